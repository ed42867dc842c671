/**
 * @module typed-row — values that a damaged file can give where its schema forbids them: SQLite checks a
 * column's type when it is written, never when it is read.
 */
import { altered } from "./faults.ts";

const noBytes = new Uint8Array();

/** Bytes as a verifier compares them: what is none is empty, and equal to no hash. */
export const asBytes = (value: Uint8Array): Uint8Array =>
  value instanceof Uint8Array ? value : noBytes;

/**
 * A name by which the next page is asked for. Bytes that are no UTF-8 are read as U+FFFD, which names
 * another row or the same one for ever; no name of ours has that character.
 * @throws EngineError `INTEGRITY` when it has
 */
export const readable = (name: string): string => {
  if (typeof name !== "string" || name.includes("\uFFFD")) throw altered("ALTERED", otherType);
  return name;
};

/**
 * A row whose values have these types, its texts readable.
 * @throws EngineError `INTEGRITY` when one has another, or is missing
 */
export const typed = <Row extends object>(
  row: Row,
  types: Readonly<Record<keyof Row, string>>,
): Row => {
  for (const name of Object.keys(types) as (keyof Row)[]) {
    if (typeof row[name] !== types[name]) throw altered("ALTERED", otherType);
    if (keys.has(name as string)) readable(row[name] as string);
  }
  return row;
};

/** Columns by which pages are asked for. */
const keys: ReadonlySet<string> = new Set(["seal", "sha256"]);

const otherType = {
  zh: "有的列的值类型不符，文件已损坏",
  en: "a column holds a value that it cannot have; the file is damaged",
};
