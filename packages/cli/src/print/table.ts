/**
 * @module table — rows in columns that line up, whatever the script of their words.
 *
 * On a terminal that is too narrow the columns that may give way are cut, wrapped or left out; on a pipe
 * nothing ever is. Every cell is made visible before it is measured.
 */
import type { Shell } from "../shell.ts";
import { visible } from "../visible.ts";
import type { Tone } from "./colour.ts";
import { painterOf } from "./colour.ts";
import { besideLines } from "./page.ts";
import { cutTo, padTo, widthOf, wrapTo } from "./width.ts";

export type Column<Row> = Readonly<{
  heading: string;
  text(row: Row): string;
  tone?(row: Row): Tone | undefined;
  align?: "left" | "right";
  /**
   * What happens to it on a narrow terminal; it keeps its width when absent. Columns with `drop` are left
   * out from the right, as long as what is cut or wrapped could not be read otherwise.
   */
  narrow?: "cut" | "wrap" | "drop";
}>;

const gap = "  ";
const narrowest = 8;
/** A column that is cut or wrapped says too little when it is narrower. */
const readable = 16;

/** The lines of a table with its headings. */
export const tableLines = <Row>(
  rows: readonly Row[],
  given: readonly Column<Row>[],
  shell: Pick<Shell, "terminal">,
): readonly string[] => {
  const paint = painterOf(shell);
  const measured = given.map((column): Measured<Row> => {
    const cells = rows.map((row) => visible(column.text(row)));
    const natural = cells.reduce(
      (most, text) => Math.max(most, widthOf(text)),
      widthOf(column.heading),
    );
    return { ...column, cells, natural };
  });
  const { columns, widths } = laidOut(measured, shell);
  if (isTooWide(columns, widths, shell)) return blocksOf(measured, rows, shell);
  const joined = (parts: readonly string[]): string => parts.join(gap).trimEnd();
  const headings = columns.map(({ heading, align }, at) => padTo(heading, widths[at] ?? 0, align));
  const lines = [paint(joined(headings), "bold")];
  for (const [number, row] of rows.entries()) {
    const pieces = columns.map((column, at) =>
      piecesOf(column.cells[number] ?? "", widths[at] ?? 0, column),
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

/** Whether rows would break at the edge of the terminal, or say too little to be read. */
const isTooWide = <Row>(
  columns: readonly Measured<Row>[],
  widths: readonly number[],
  { terminal }: Pick<Shell, "terminal">,
): boolean => {
  if (!terminal.isTerminal) return false;
  const total = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
  return (
    total > terminal.columns ||
    columns.some(
      (column, at) => givesWay(column) && (widths[at] ?? 0) < Math.min(readable, column.natural),
    )
  );
};

/** Each row by itself, label beside value, with an empty line between rows: for a narrow terminal. */
const blocksOf = <Row>(
  columns: readonly Measured<Row>[],
  rows: readonly Row[],
  shell: Pick<Shell, "terminal">,
): readonly string[] => {
  const paint = painterOf(shell);
  const width = Math.max(0, ...columns.map(({ heading }) => widthOf(heading)));
  return rows.flatMap((row, number) => [
    ...(number === 0 ? [] : [""]),
    ...columns.flatMap((column) => {
      const text = column.cells[number] ?? "";
      if (text.trim() === "") return [];
      const dim = (label: string): string => paint(label, "dim");
      const tone = (line: string): string => paint(line, column.tone?.(row));
      return besideLines({ label: column.heading, text, width, dim, tone }, shell);
    }),
  ]);
};

/** A column with what stands in it and the width that this takes. */
type Measured<Row> = Column<Row> & Readonly<{ cells: readonly string[]; natural: number }>;

const givesWay = ({ narrow }: Pick<Column<unknown>, "narrow">): boolean =>
  narrow === "cut" || narrow === "wrap";

const piecesOf = <Row>(
  text: string,
  width: number,
  { narrow, natural }: Measured<Row>,
): readonly string[] => {
  if (width >= natural || narrow === undefined) return [text];
  return narrow === "cut" ? [cutTo(text, width)] : wrapTo(text, width);
};

/** The columns that there is room for, and their widths. */
const laidOut = <Row>(
  columns: readonly Measured<Row>[],
  shell: Pick<Shell, "terminal">,
): Readonly<{ columns: readonly Measured<Row>[]; widths: readonly number[] }> => {
  const widths = fitted(columns, shell);
  const isCrowded = columns.some(
    (column, at) => givesWay(column) && (widths[at] ?? 0) < Math.min(readable, column.natural),
  );
  const last = columns.findLastIndex(({ narrow }) => narrow === "drop");
  return isCrowded && last >= 0 ? laidOut(columns.toSpliced(last, 1), shell) : { columns, widths };
};

/** Widths that fit the terminal: the widest column that may give way gives way first. */
const fitted = <Row>(
  columns: readonly Measured<Row>[],
  { terminal }: Pick<Shell, "terminal">,
): readonly number[] => {
  const widths = columns.map(({ natural }) => natural);
  if (!terminal.isTerminal) return widths;
  const total = (): number =>
    widths.reduce((sum, width) => sum + width, 0) + gap.length * (columns.length - 1);
  while (total() > terminal.columns) {
    let widest = -1;
    for (const [at, column] of columns.entries()) {
      const mayShrink = givesWay(column) && (widths[at] ?? 0) > narrowest;
      if (mayShrink && (widest < 0 || (widths[at] ?? 0) > (widths[widest] ?? 0))) widest = at;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
};
