/** @module rule-problem — what is wrong in a rulebook or calendar file: where, what, and how to repair it. */
import type { Label } from "../../case/terms.ts";

/** One mistake in a file. */
export type RuleProblem = Readonly<{
  /**
   * A JSON pointer (RFC 6901) such as `/deadlines/3/trigger`, empty for the whole file, or
   * `line:column` from 1 where the text is no JSON. `/extends` where two books do not fit together.
   */
  place: string;
  /** Id of the rule, rate, kind, scheme or duty that is concerned; null where it is none of them. */
  rule: string | null;
  /** A sentence with the facts. */
  problem: Label;
  /** A sentence that says what to do. */
  repair: Label;
}>;

/** A way into the data: names of members and numbers of elements. */
export type Path = readonly (string | number)[];

/** A mistake before its place is written as a pointer. */
export type Finding = Omit<RuleProblem, "place"> & Readonly<{ path: Path }>;

/** A finding of one rule, for short. */
export const finding = (
  path: Path,
  rule: string | null,
  problem: Label,
  repair: Label,
): Finding => ({ path, rule, problem, repair });

/** `["deadlines", 3, "trigger"]` → `/deadlines/3/trigger` */
const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Words as a sentence lists them. */
export const listed = (words: readonly string[]): Label => ({
  zh: words.join("、"),
  en: words.join(", "),
});

/** The numbers of all elements that have the same key as one before them. */
export const repeated = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly number[] => {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (seen.has(key)) return [index];
    seen.add(key);
    return [];
  });
};

/** Findings as problems, each with its place as a pointer. */
export const placed = (findings: readonly Finding[]): readonly RuleProblem[] =>
  findings.map(({ path, rule, problem, repair }) => ({
    place: pointerOf(path),
    rule,
    problem,
    repair,
  }));
