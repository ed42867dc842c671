/** @module note — how a clerk is told what to look at before a document goes out. */
import type { Label } from "@wuding/engine";
import type { Shell } from "../shell.ts";
import { visible } from "../visible.ts";

const said: Label = { zh: "注意：", en: "Note: " };

/** The line of talk about one thing that was found. */
export const noteOf = (warning: Label, { language }: Pick<Shell, "language">): string =>
  `${said[language]}${visible(warning[language])}`;
