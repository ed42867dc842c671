/**
 * @module typed-row — values that a damaged file can give where its schema forbids them: SQLite checks a
 * column's type when it is written, never when it is read.
 */
import { altered } from "./faults.ts";

const noBytes = new Uint8Array();

/** Bytes as a verifier compares them: what is none is empty, and equal to no hash. */
export const asBytes = (value: Uint8Array): Uint8Array =>
  value instanceof Uint8Array ? value : noBytes;

/** A row whose values have these types. @throws EngineError `INTEGRITY` when one has another, or is missing */
export const typed = <Row extends object>(
  row: Row,
  types: Readonly<Record<keyof Row, string>>,
): Row => {
  for (const name of Object.keys(types) as (keyof Row)[]) {
    if (typeof row[name] !== types[name]) throw altered("ALTERED", otherType);
  }
  return row;
};

const otherType = {
  zh: "有的列的值类型不符，文件已损坏",
  en: "a column holds a value that it cannot have; the file is damaged",
};
