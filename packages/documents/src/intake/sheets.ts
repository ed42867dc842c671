/** @module sheets — the sheets of a file as lists are read from them. */
import type { TableCell } from "../spreadsheet/read-table.ts";
import { readTable } from "../spreadsheet/read-table.ts";
import type { ListSheet } from "./header.ts";
import type { Written } from "./written.ts";

/**
 * The sheets of a file, without what is empty.
 * @param name the file's name; what follows its last full stop says whether it is a workbook or CSV
 * @throws EngineError `INVALID_INPUT` for what is neither, is damaged, encrypted or too large
 */
export const readSheets = async (
  bytes: Uint8Array,
  name: string,
): Promise<readonly ListSheet[]> => {
  const { sheets } = await readTable(bytes, name);
  return sheets.map((sheet) => {
    const rows = new Map<number, Map<number, Written>>();
    for (const cell of sheet.cells) {
      const written = writtenIn(cell);
      if (written === undefined) continue;
      const row = rows.get(cell.row) ?? new Map<number, Written>();
      rows.set(cell.row, row.set(cell.column, written));
    }
    return {
      // CSV has no sheets: rows are told by the file's own name
      name: sheet.name === "" ? name : sheet.name,
      rows: [...rows]
        .toSorted(([left], [right]) => left - right)
        .map(([row, cells]) => ({ row, cells })),
    };
  });
};

const writtenIn = ({ address, value, date, formula }: TableCell): Written | undefined => {
  const isFormula = formula !== undefined;
  const text = date ?? String(value ?? (isFormula ? `=${formula}` : "")).trim();
  if (text === "") return undefined;
  return {
    address,
    text,
    ...(typeof value === "number" && { number: value }),
    ...(date !== undefined && { date }),
    ...(isFormula && { isFormula: true }),
  };
};
