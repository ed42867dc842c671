/**
 * @module read-table — the cells of a workbook or of a CSV file, with the addresses that people know them by.
 *
 * CSV is UTF-8, with or without a byte order mark, or GB18030, as Excel saves it in China. Nothing is
 * guessed from text: a date is what the workbook formats as one.
 */
import type { CivilDate } from "@wuding/engine";
import { isCivilDate } from "@wuding/engine";
import { rearmed } from "./formula-like.ts";
import { refused, assertSoundWorkbook, whys } from "./zip-guard.ts";

/** A cell that is not empty. */
export type TableCell = Readonly<{
  /** `B3` */
  address: string;
  /** From 1. */
  row: number;
  /** From 1. */
  column: number;
  /** What it holds; null for a formula that was never computed. */
  value: string | number | boolean | null;
  /** For a number that the workbook formats as a date. */
  date?: CivilDate;
  /** A formula, without `=`. */
  formula?: string;
}>;

export type TableSheet = Readonly<{
  /** Its name in the workbook; `""` in CSV. */
  name: string;
  /** From top to bottom, each row from left to right. */
  cells: readonly TableCell[];
}>;

export type Table = Readonly<{ sheets: readonly TableSheet[] }>;

/**
 * Reads a file; which form it has is told by its name.
 * @throws EngineError `INVALID_INPUT` for what is neither `.xlsx` nor `.csv`, is damaged, encrypted or too large
 */
export const readTable = async (bytes: Uint8Array, name: string): Promise<Table> => {
  const form = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (form === "xlsx") return readWorkbook(bytes, name);
  if (form === "csv") return readCsv(bytes, name);
  throw refused(name, { zh: ".xlsx 或 .csv 文件", en: "a file whose name ends in .xlsx or .csv" });
};

const readWorkbook = async (bytes: Uint8Array, name: string): Promise<Table> => {
  assertSoundWorkbook(bytes, name);
  const { readXlsx } = await import("hucre/xlsx");
  let workbook;
  try {
    workbook = await readXlsx(bytes, {
      sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden,
    });
  } catch (error) {
    // a directory that is sound over entries that are not
    throw refused(name, isTooLarge(error) ? whys.tooLarge : whys.cutOff);
  }
  return {
    sheets: workbook.sheets.map((sheet) => ({
      name: sheet.name,
      cells: cellsIn(sheet.rows, (row, column) => sheet.cells?.get(`${row},${column}`)?.formula),
    })),
  };
};

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && /too large|exceeds|limit/i.test(error.message);

const readCsv = async (bytes: Uint8Array, name: string): Promise<Table> => {
  if (bytes.length > csvBytesMax) {
    throw refused(name, { zh: "不超过 50 MB 的文件", en: "a file of at most 50 MB" });
  }
  const { parseCsv } = await import("hucre/csv");
  const text = decoded(bytes);
  if (text === undefined) {
    throw refused(name, { zh: "UTF-8 或 GB18030 编码的文本", en: "text in UTF-8 or GB18030" });
  }
  const rows = parseCsv(text);
  // what was disarmed when it was written is text; anything else that begins so would be computed
  const formulaAt = (row: number, column: number): string | undefined => {
    const value = rows[row]?.[column];
    return typeof value === "string" && /^[=＝]/u.test(value) ? value.slice(1) : undefined;
  };
  const cells = cellsIn(rows, formulaAt);
  return {
    sheets: [
      {
        name: "",
        cells: cells.map((cell) =>
          typeof cell.value === "string" ? { ...cell, value: rearmed(cell.value) } : cell,
        ),
      },
    ],
  };
};

const csvBytesMax = 50 * 2 ** 20;

/** UTF-8 is strict enough to be told from GB18030 by itself. */
const decoded = (bytes: Uint8Array): string | undefined => {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // the next one
    }
  }
  return undefined;
};

type Value = string | number | boolean | Date | null;

const cellsIn = (
  rows: readonly (readonly Value[])[],
  formulaAt: (row: number, column: number) => string | undefined,
): readonly TableCell[] =>
  rows.flatMap((values, row) =>
    values.flatMap((value, column): readonly TableCell[] => {
      const formula = formulaAt(row, column);
      if (formula === undefined && (value === null || value === "")) return [];
      const place = {
        address: `${letters(column)}${row + 1}`,
        row: row + 1,
        column: column + 1,
        ...(formula !== undefined && { formula }),
      };
      if (!(value instanceof Date)) return [{ ...place, value }];
      const date = dayOf(value);
      return date === undefined ? [{ ...place, value: noDay }] : [{ ...place, value: date, date }];
    }),
  );

/** What a spreadsheet program shows in place of a number that is no day of its calendar. */
const noDay = "########";

/** The day of a cell that is formatted as one; undefined where its number is of no year up to 9999. */
const dayOf = (value: Date): CivilDate | undefined => {
  if (Number.isNaN(value.getTime())) return undefined;
  const date = value.toISOString().slice(0, 10);
  return isCivilDate(date) ? date : undefined;
};

/** `A`, `B`, … `Z`, `AA`; from 0. */
export const letters = (column: number): string => {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : "") + String.fromCodePoint(65 + (column % 26));
};
