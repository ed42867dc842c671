/**
 * @module table — rows in columns that line up, whatever the script of their words.
 *
 * On a terminal that is too narrow the columns that may give way are cut or wrapped; on a pipe nothing
 * ever is. Every cell is made visible before it is measured.
 */
import type { Shell } from "../shell.ts";
import { visible } from "../visible.ts";
import type { Tone } from "./colour.ts";
import { painterOf } from "./colour.ts";
import { cutTo, padTo, widthOf, wrapTo } from "./width.ts";

export type Column<Row> = Readonly<{
  heading: string;
  text(row: Row): string;
  tone?(row: Row): Tone | undefined;
  align?: "left" | "right";
  /** What happens to it on a narrow terminal; it keeps its width when absent. */
  narrow?: "cut" | "wrap";
}>;

const gap = "  ";
const narrowest = 8;

/** The lines of a table with its headings. */
export const tableLines = <Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  shell: Pick<Shell, "terminal">,
): readonly string[] => {
  const paint = painterOf(shell);
  const cells = rows.map((row) => columns.map((column) => visible(column.text(row))));
  const natural = columns.map(({ heading }, at) =>
    Math.max(widthOf(heading), ...cells.map((line) => widthOf(line[at] ?? ""))),
  );
  const widths = fitted(natural, columns, shell);
  const joined = (parts: readonly string[]): string => parts.join(gap).trimEnd();
  const headings = columns.map(({ heading, align }, at) => padTo(heading, widths[at] ?? 0, align));
  const lines = [paint(joined(headings), "bold")];
  for (const [number, row] of rows.entries()) {
    const pieces = columns.map((column, at) =>
      piecesOf(cells[number]?.[at] ?? "", widths[at] ?? 0, column.narrow, natural[at] ?? 0),
    );
    const height = Math.max(1, ...pieces.map((own) => own.length));
    for (let level = 0; level < height; level += 1) {
      lines.push(
        joined(
          columns.map((column, at) => {
            const text = padTo(pieces[at]?.[level] ?? "", widths[at] ?? 0, column.align);
            return text.trim() === "" ? text : paint(text, column.tone?.(row));
          }),
        ),
      );
    }
  }
  return lines;
};

const piecesOf = (
  text: string,
  width: number,
  narrow: Column<unknown>["narrow"],
  natural: number,
): readonly string[] => {
  if (width >= natural || narrow === undefined) return [text];
  return narrow === "cut" ? [cutTo(text, width)] : wrapTo(text, width);
};

/** Widths that fit the terminal: the widest column that may give way gives way first. */
const fitted = <Row>(
  natural: readonly number[],
  columns: readonly Column<Row>[],
  { terminal }: Pick<Shell, "terminal">,
): readonly number[] => {
  if (!terminal.isTerminal) return natural;
  const widths = [...natural];
  const total = (): number =>
    widths.reduce((sum, width) => sum + width, 0) + gap.length * (columns.length - 1);
  while (total() > terminal.columns) {
    let widest = -1;
    for (const [at, { narrow }] of columns.entries()) {
      const mayShrink = narrow !== undefined && (widths[at] ?? 0) > narrowest;
      if (mayShrink && (widest < 0 || (widths[at] ?? 0) > (widths[widest] ?? 0))) widest = at;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
};
