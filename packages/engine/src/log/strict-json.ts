/**
 * @module strict-json — reads JSON that came from outside, and says where it is wrong.
 *
 * Stricter than `JSON.parse` where that one guesses: a repeated member name is refused instead of the
 * last one winning, an integer that a double would change is refused instead of rounded, names that
 * reach a prototype are refused, and depth and number of values are bounded before they can hurt.
 * Which characters a text may hold is not decided here: that refusal names the field.
 */
import type { Json } from "../ports/event-store.ts";
import { depthMax, isForbiddenName } from "./canonical-json.ts";

/** Values in one text, containers included. */
const valuesMax = 10_000;

/** What is wrong and where; `at` counts UTF-16 code units from 0. */
export type JsonFault = Readonly<{ at: number }> &
  (
    | Readonly<{ kind: "syntax" | "unfinished" | "tooDeep" | "tooManyValues" }>
    | Readonly<{ kind: "duplicateName" | "forbiddenName"; name: string }>
    /** An integer beyond what a double holds exactly, or a number beyond all doubles. */
    | Readonly<{ kind: "inexactNumber"; written: string }>
  );

export type StrictJson =
  | Readonly<{ ok: true; value: Json }>
  | Readonly<{ ok: false; fault: JsonFault }>;

/** Reads one JSON text (RFC 8259) as plain data, or says what is wrong with it. */
export const parseStrict = (text: string): StrictJson => {
  const reader: Reader = { text, at: 0, values: 0 };
  try {
    const value = readValue(reader, 0);
    skipSpace(reader);
    if (reader.at < text.length) throw new Refusal({ kind: "syntax", at: reader.at });
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault };
    throw error;
  }
};

type Reader = { readonly text: string; at: number; values: number };

/** Carries a fault out of the recursion; never leaves this file. */
class Refusal extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

const unexpected = (reader: Reader): Refusal =>
  new Refusal({
    kind: reader.at >= reader.text.length ? "unfinished" : "syntax",
    at: Math.min(reader.at, reader.text.length),
  });

const words = [
  ["true", true],
  ["false", false],
  ["null", null],
] as const;

const readValue = (reader: Reader, depth: number): Json => {
  skipSpace(reader);
  reader.values++;
  if (reader.values > valuesMax) throw new Refusal({ kind: "tooManyValues", at: reader.at });
  const first = reader.text[reader.at];
  if (first === '"') return readString(reader);
  if (first === "{" || first === "[") {
    if (depth === depthMax) throw new Refusal({ kind: "tooDeep", at: reader.at });
    return first === "{" ? readObject(reader, depth + 1) : readArray(reader, depth + 1);
  }
  for (const [word, value] of words) {
    if (reader.text.startsWith(word, reader.at)) {
      reader.at += word.length;
      return value;
    }
  }
  return readNumber(reader);
};

const readObject = (reader: Reader, depth: number): Json => {
  const members: Record<string, Json> = {};
  reader.at++;
  if (takes(reader, "}")) return members;
  do {
    skipSpace(reader);
    const at = reader.at;
    const name = readString(reader);
    if (isForbiddenName(name)) throw new Refusal({ kind: "forbiddenName", at, name });
    if (Object.hasOwn(members, name)) throw new Refusal({ kind: "duplicateName", at, name });
    if (!takes(reader, ":")) throw unexpected(reader);
    members[name] = readValue(reader, depth);
  } while (takes(reader, ","));
  if (!takes(reader, "}")) throw unexpected(reader);
  return members;
};

const readArray = (reader: Reader, depth: number): Json => {
  const items: Json[] = [];
  reader.at++;
  if (takes(reader, "]")) return items;
  do {
    items.push(readValue(reader, depth));
  } while (takes(reader, ","));
  if (!takes(reader, "]")) throw unexpected(reader);
  return items;
};

// oxlint-disable-next-line no-control-regex -- JSON forbids these characters inside a string
const stringEnd = /[^"\\\u0000-\u001f]*/y;
const escape = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

const readString = (reader: Reader): string => {
  const { text } = reader;
  const start = reader.at;
  if (text[start] !== '"') throw unexpected(reader);
  reader.at++;
  let isEscaped = false;
  for (;;) {
    skip(reader, stringEnd);
    if (text[reader.at] === '"') break;
    if (!skip(reader, escape)) throw unexpected(reader);
    isEscaped = true;
  }
  reader.at++;
  return isEscaped
    ? (JSON.parse(text.slice(start, reader.at)) as string)
    : text.slice(start + 1, reader.at - 1);
};

const numberForm = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

const readNumber = (reader: Reader): number => {
  const at = reader.at;
  numberForm.lastIndex = at;
  const match = numberForm.exec(reader.text);
  if (match === null) throw unexpected(reader);
  const [written, fraction, exponent] = match;
  const value = Number(written);
  const isInteger = fraction === undefined && exponent === undefined;
  const isChanged = isInteger && !Number.isSafeInteger(value) && String(value) !== written;
  if (!Number.isFinite(value) || isChanged) {
    throw new Refusal({ kind: "inexactNumber", at, written });
  }
  reader.at += written.length;
  return value;
};

/** Steps over what a sticky pattern matches here; false when that is nothing. */
const skip = (reader: Reader, pattern: RegExp): boolean => {
  pattern.lastIndex = reader.at;
  if (!pattern.test(reader.text)) return false;
  const moved = pattern.lastIndex > reader.at;
  reader.at = pattern.lastIndex;
  return moved;
};

const skipSpace = (reader: Reader): void => {
  while (" \t\n\r".includes(reader.text[reader.at] ?? "end")) reader.at++;
};

/** Steps over white space and, if it comes next, this character; says whether it did. */
const takes = (reader: Reader, character: string): boolean => {
  skipSpace(reader);
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
};
