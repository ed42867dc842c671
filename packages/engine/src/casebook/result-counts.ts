/** @module result-counts — how many replies carry each letter, and its share among the letters of its scheme. */
import type { Label } from "../case/terms.ts";
import type { ResultCode, ResultScheme } from "../rulebook/rulebook.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import { displayShares } from "./share.ts";

export type ResultCount = Readonly<{
  /** The scheme that the letter belongs to. */
  scheme: string;
  code: string;
  label: Label;
  count: number;
  /** Of the replies with a letter of this scheme; null where there are none. */
  share: number | null;
  display: string;
}>;

/** The letters of the rulebook in force, then those of older schemes that replies carry. */
export const resultCounts = (
  rules: RulesInForce,
  countOf: (scheme: string, code: string) => number,
): readonly ResultCount[] =>
  schemesOf(rules).flatMap(({ scheme, codes, rounding, isInForce }) => {
    const counts = codes.map(({ code }) => countOf(scheme, code));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0 && !isInForce) return [];
    const displays = displayShares(counts, rounding);
    return codes.map(({ code, label }, at): ResultCount => {
      const count = counts[at] ?? 0;
      const share = total === 0 ? null : count / total;
      return { scheme, code, label, count, share, display: displays[at] ?? "—" };
    });
  });

type Shown = Pick<ResultScheme, "scheme" | "rounding"> &
  Readonly<{ codes: readonly ResultCode[]; isInForce: boolean }>;

/** Each scheme once, as the newest rulebook has it, with the letters that only older ones had. */
const schemesOf = ({ current, rulebooks }: RulesInForce): readonly Shown[] => {
  const found = new Map<string, Shown>();
  for (const one of [current, ...rulebooks.toReversed()]) {
    for (const { scheme, codes, rounding } of one.rulebook.results) {
      const known = found.get(scheme);
      const added = codes.filter(({ code }) => !known?.codes.some((own) => own.code === code));
      found.set(scheme, {
        scheme,
        rounding: known?.rounding ?? rounding,
        isInForce: known?.isInForce ?? one === current,
        codes: [...(known?.codes ?? []), ...added],
      });
    }
  }
  return [...found.values()];
};
