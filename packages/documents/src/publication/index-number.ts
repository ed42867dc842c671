/**
 * @module index-number — 索引号 by the pattern of a site, such as `1560037521/dsjj/{year}-{counter:7}` or
 * `11341800MB1623840P/{year}{month}-{counter:5}`.
 *
 * One counter a year runs over all kinds of documents of an agency, so this casebook never knows the next
 * number: it is given by whoever keeps the counter. What the casebook knows is which numbers are taken.
 */
import type { CivilDate, UsedIndexNumber } from "@wuding/engine";

/** A pattern as read: text and placeholders in turn. */
export type IndexPattern = readonly (
  | Readonly<{ text: string }>
  | Readonly<{ part: "year" | "month" }>
  | Readonly<{ part: "counter"; digits: number }>
)[];

const placeholder = /\{(?:(year|month)|counter:([1-9]\d?))\}/g;

/** Reads a pattern; undefined unless it has one counter, a year, and no other braces. */
export const readIndexPattern = (given: string): IndexPattern | undefined => {
  const parts: IndexPattern[number][] = [];
  let from = 0;
  for (const match of given.matchAll(placeholder)) {
    const [whole, name, digits] = match;
    if (match.index > from) parts.push({ text: given.slice(from, match.index) });
    if (name === "year" || name === "month") parts.push({ part: name });
    else parts.push({ part: "counter", digits: Number(digits) });
    from = match.index + whole.length;
  }
  if (from < given.length) parts.push({ text: given.slice(from) });
  const counters = parts.filter((one) => "part" in one && one.part === "counter").length;
  const hasYear = parts.some((one) => "part" in one && one.part === "year");
  const hasStray = parts.some((one) => "text" in one && /[{}]/.test(one.text));
  return counters === 1 && hasYear && !hasStray ? parts : undefined;
};

/** The number that the pattern gives to a counter on a day. */
export const indexNumberOf = (pattern: IndexPattern, counter: number, on: CivilDate): string =>
  pattern
    .map((one) => {
      if ("text" in one) return one.text;
      if ("digits" in one) return String(counter).padStart(one.digits, "0");
      return one.part === "year" ? on.slice(0, 4) : on.slice(5, 7);
    })
    .join("");

/** The year and counter of a number that was made by the pattern; undefined for any other. */
export const readIndexNumber = (
  pattern: IndexPattern,
  number: string,
): Readonly<{ year: number; counter: number }> | undefined => {
  const source = pattern
    .map((one) => {
      if ("text" in one) return one.text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
      if ("digits" in one) return String.raw`(?<counter>\d{${one.digits},})`;
      return one.part === "year" ? String.raw`(?<year>\d{4})` : String.raw`(?:0[1-9]|1[0-2])`;
    })
    .join("");
  const groups = new RegExp(`^${source}$`).exec(number)?.groups;
  if (groups === undefined) return undefined;
  return { year: Number(groups["year"]), counter: Number(groups["counter"]) };
};

/** The largest counter of a year among the numbers that this casebook has recorded; 0 for none. */
export const largestCounter = (
  pattern: IndexPattern,
  used: readonly UsedIndexNumber[],
  year: number,
): number =>
  used.reduce((largest, { indexNumber }) => {
    const read = readIndexNumber(pattern, indexNumber);
    return read?.year === year ? Math.max(largest, read.counter) : largest;
  }, 0);
