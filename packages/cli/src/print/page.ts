/** @module page — text in paragraphs: headings, labelled lines, free text of several lines. */
import type { Shell } from "../shell.ts";
import { visible } from "../visible.ts";
import { painterOf } from "./colour.ts";
import { padTo, widthOf, wrapTo } from "./width.ts";

/** A label and what stands behind it; an empty value leaves the line out. */
export type Fact = readonly [label: string, value: string | null | undefined];

/** Writes a heading with an empty line in front of it. */
export const heading = (text: string, shell: Shell): void => {
  shell.out("");
  for (const line of wrapped(text, shell, 0)) shell.out(painterOf(shell)(line, "bold"));
};

/** Labels in one column, values in the next, wrapped on a terminal. */
export const facts = (given: readonly Fact[], shell: Shell): void => {
  const shown = given.flatMap(([label, value]) =>
    value === null || value === undefined || value === "" ? [] : [[label, value] as const],
  );
  const width = Math.max(0, ...shown.map(([label]) => widthOf(label)));
  for (const [label, value] of shown) {
    beside(painterOf(shell)(padTo(label, width), "dim"), value, width, shell);
  }
};

/** Text to the right of something that is as wide as said. */
export const beside = (left: string, text: string, width: number, shell: Shell): void => {
  for (const [at, line] of wrapped(text, shell, width + 2).entries()) {
    shell.out(`${at === 0 ? left : " ".repeat(width)}  ${line}`);
  }
};

/** Text with its own line breaks, indented and wrapped on a terminal. */
export const paragraph = (text: string, shell: Shell, indent = 0): void => {
  for (const line of wrapped(text, shell, indent)) shell.out(" ".repeat(indent) + line);
};

const wrapped = (text: string, { terminal }: Shell, indent: number): readonly string[] => {
  const lines = text.split("\n").map(visible);
  const width = Math.max(12, terminal.columns - indent);
  return terminal.isTerminal ? lines.flatMap((line) => wrapTo(line, width)) : lines;
};
