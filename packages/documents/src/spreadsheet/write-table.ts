/**
 * @module write-table — a workbook or a CSV file from rows of typed cells. The same rows give the same bytes.
 *
 * No cell is ever computed: in a workbook a text is typed as text, and in CSV, which has no types, one that
 * a spreadsheet program would take for a formula begins with an apostrophe.
 */
import type { CivilDate } from "@wuding/engine";
import { disarmed } from "./formula-like.ts";
import { letters } from "./read-table.ts";

/** Backgrounds, by what they say. */
export const fills = {
  heading: "D9E1F2",
  red: "F8B4B4",
  yellow: "FFE699",
  green: "C6E0B4",
} as const;

export type Fill = keyof typeof fills;

/** A cell; null is an empty one. */
export type OutCell = Readonly<{
  value: string | number | null;
  /** The value is a day, `YYYY-MM-DD`. */
  isDate?: boolean;
  fill?: Fill;
}>;

export type OutSheet = Readonly<{
  name: string;
  /** Width in characters of the western kind. */
  columns: readonly Readonly<{ heading: string; width: number }>[];
  rows: readonly (readonly OutCell[])[];
  /** A sheet of plain lines has no header that stays in place and no filter. */
  isProse?: boolean;
}>;

const dateFormat = "yyyy-mm-dd";

/** @param day what the file says that it was made on */
export const writeWorkbook = async (
  sheets: readonly OutSheet[],
  day: CivilDate,
): Promise<Uint8Array> => {
  const { writeXlsx } = await import("hucre/xlsx");
  const made = new Date(`${day}T00:00:00Z`).toISOString();
  return writeXlsx({
    properties: { created: new Date(made), modified: new Date(made) },
    defaultFont: { name: "宋体", size: 11 },
    sheets: sheets.map((sheet) => {
      const { columns, rows, isProse = false } = sheet;
      const headings = isProse ? [] : [columns.map(({ heading }) => heading)];
      const last = letters(Math.max(0, columns.length - 1));
      return {
        name: sheet.name,
        columns: columns.map(({ width }, column) => ({
          width,
          // a text that is edited stays as it is typed: `15-6` becomes no date
          ...(isTextColumn(rows, column) && { style: { numFmt: "@" } }),
        })),
        rows: [...headings, ...rows.map((cells) => cells.map(valueOf))],
        cells: stylesOf(columns, rows, isProse),
        ...(!isProse && {
          freezePane: { rows: 1 },
          autoFilter: { range: `A1:${last}${rows.length + 1}` },
          pageSetup: {
            paperSize: "a4",
            orientation: "landscape",
            // four pages wide is the least that can be read
            fitToPage: true,
            fitToWidth: 4,
            fitToHeight: 0,
            printTitlesRow: "$1:$1",
            printTitlesColumn: "$A:$A",
          } as const,
        }),
      };
    }),
  });
};

/** Whether a column holds texts and nothing else. */
const isTextColumn = (rows: OutSheet["rows"], column: number): boolean => {
  const filled = rows.flatMap((cells) => cells[column] ?? []).filter(({ value }) => value !== null);
  return (
    filled.length > 0 &&
    filled.every(({ value, isDate = false }) => typeof value === "string" && !isDate)
  );
};

const valueOf = ({ value, isDate = false }: OutCell): string | number | Date | null =>
  isDate && typeof value === "string"
    ? new Date(`${value}T00:00:00Z`)
    : typeof value === "string"
      ? escapedText(value)
      : value;

/** In a workbook `_x0041_` stands for a character; where a text says just that, its `_` is spelled so itself. */
const escapedText = (text: string): string => text.replaceAll(/_(?=x[\da-f]{4}_)/giu, "_x005F_");

const solid = (fill: Fill) =>
  ({ type: "pattern", pattern: "solid", fgColor: { rgb: fills[fill] } }) as const;

const stylesOf = (
  columns: OutSheet["columns"],
  rows: OutSheet["rows"],
  isProse: boolean,
): Map<string, { value: string | number | Date | null; style: object }> => {
  const styled = new Map<string, { value: string | number | Date | null; style: object }>();
  if (!isProse) {
    for (const [column, { heading }] of columns.entries()) {
      const style = {
        font: { bold: true },
        fill: solid("heading"),
        alignment: { wrapText: true, vertical: "center" },
      };
      styled.set(`0,${column}`, { value: heading, style });
    }
  }
  for (const [row, cells] of rows.entries()) {
    for (const [column, cell] of cells.entries()) {
      const { isDate = false, fill } = cell;
      if (!isDate && fill === undefined) continue;
      const style = {
        ...(isDate && { numFmt: dateFormat }),
        ...(fill !== undefined && { fill: solid(fill) }),
      };
      styled.set(`${row + (isProse ? 0 : 1)},${column}`, { value: valueOf(cell), style });
    }
  }
  return styled;
};

/** RFC 4180 with every field in quotes, and a byte order mark, without which Excel reads another encoding. */
export const writeCsv = ({ columns, rows }: Pick<OutSheet, "columns" | "rows">): Uint8Array => {
  const field = (value: string | number | null): string => {
    const text = String(value ?? "");
    const safe = typeof value === "number" ? text : disarmed(text);
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const lines = [
    columns.map(({ heading }) => field(heading)),
    ...rows.map((cells) => cells.map(({ value }) => field(value))),
  ].map((fields) => `${fields.join(",")}\r\n`);
  return new TextEncoder().encode(`\uFEFF${lines.join("")}`);
};
