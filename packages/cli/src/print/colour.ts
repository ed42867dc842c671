/** @module colour — colours on a terminal that wants them, nothing anywhere else. */
import type { Lamp } from "@wuding/engine";
import { terms } from "@wuding/engine";
import pc from "picocolors";
import type { Shell } from "../shell.ts";

export type Tone = "red" | "yellow" | "green" | "dim" | "bold";

/** Puts a tone on text that has been made visible and measured. */
export type Paint = (text: string, tone: Tone | undefined) => string;

/** The painter of a terminal; it changes nothing on a pipe or where `NO_COLOR` is set. */
export const painterOf = ({ terminal }: Pick<Shell, "terminal">): Paint => {
  const colours = pc.createColors(terminal.isTerminal && terminal.hasColour);
  return (text, tone) => (tone === undefined ? text : colours[tone](text));
};

/** A lamp in words, so that it is read without colour too: 红, yellow. */
export const lampWord = (lamp: Lamp | null, { language }: Pick<Shell, "language">): string =>
  lamp === null ? "—" : terms.lamps[lamp][language];
