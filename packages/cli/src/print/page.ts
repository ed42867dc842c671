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
    const dim = (text: string): string => painterOf(shell)(text, "dim");
    for (const line of besideLines({ label, text: value, width, dim }, shell)) shell.out(line);
  }
};

/** Text to the right of something that is as wide as said, or below it. */
export const beside = (label: string, text: string, width: number, shell: Shell): void => {
  for (const line of besideLines({ label, text, width }, shell)) shell.out(line);
};

type Beside = Readonly<{
  label: string;
  text: string;
  /** Of the column that the label stands in. */
  width: number;
  dim?(label: string): string;
  tone?(line: string): string;
}>;

/**
 * Narrower than this a text cannot be read beside its label, and stands below it; so does what does not fit, and
 * a text of several lines that needs half as many there.
 */
const leastRoom = 12;
const severalLines = 4;
const below = "    ";
const asItIs = (text: string): string => text;

/** A label with its text, line by line: wrapped on a terminal, on a very narrow one each by itself. */
export const besideLines = (
  { label, text, width, dim = asItIs, tone = asItIs }: Beside,
  { terminal }: Pick<Shell, "terminal">,
): readonly string[] => {
  const lines = text.split("\n").map(visible);
  const { isTerminal, columns } = terminal;
  const room = columns - width - 2;
  const shown = isTerminal ? lines.flatMap((line) => wrapTo(line, room)) : lines;
  const own = isTerminal ? lines.flatMap((line) => wrapTo(line, columns - below.length)) : lines;
  const isSqueezed = shown.length >= severalLines && own.length * 2 <= shown.length;
  const isTooWide = shown.some((line) => widthOf(line) > room);
  if (isTerminal && (room < leastRoom || isTooWide || isSqueezed)) {
    return [
      ...wrapTo(label.trimEnd(), columns).map(dim),
      ...(text === "" ? [] : own.map((line) => below + tone(line))),
    ];
  }
  return shown.map(
    (line, at) => `${at === 0 ? dim(padTo(label, width)) : " ".repeat(width)}  ${tone(line)}`,
  );
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
