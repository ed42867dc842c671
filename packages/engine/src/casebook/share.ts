/** @module share — shares as they are printed: in whole numbers to the end, and never up to a claim. */
import type { Rounding } from "../rulebook/rate-definition.ts";

/** How a share is printed where nothing else is said. */
const usual: Rounding = { decimals: 2, mode: "halfUp" };

/**
 * One share: `100%` for exactly all, `—` over nothing, else with as many decimals as said, cut only for
 * whole numbers (`50%`, `61.90%`). What is not exactly all shows at most `99.99%` (`99%` without
 * decimals). Standing alone, `largestRemainder` has nothing to add up to and rounds half up.
 * @param numerator a whole number from 0
 * @param denominator a whole number, at least the numerator
 */
export const displayShare = (
  numerator: number,
  denominator: number,
  rounding: Rounding = usual,
): string => {
  if (denominator === 0) return "—";
  const whole = wholeOf(rounding);
  const units =
    rounding.mode === "down"
      ? quotient(numerator * whole, denominator)
      : quotient(2 * numerator * whole + denominator, 2 * denominator);
  return printed(numerator < denominator ? Math.min(units, whole - 1) : units, rounding);
};

/**
 * The shares of a whole, in the order of the counts. `largestRemainder` makes them add up to exactly 100%:
 * each is cut, and what is left over goes to those that lost most, of equals to the larger count.
 */
export const displayShares = (counts: readonly number[], rounding: Rounding): readonly string[] => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || rounding.mode !== "largestRemainder") {
    return counts.map((count) => displayShare(count, total, rounding));
  }
  const whole = wholeOf(rounding);
  const units = counts.map((count) => quotient(count * whole, total));
  const left = whole - units.reduce((sum, unit) => sum + unit, 0);
  const lost = (at: number): number => ((counts[at] ?? 0) * whole) % total;
  const raised = counts
    .map((_, at) => at)
    // one that is not all of it must not become 100%
    .filter((at) => (units[at] ?? 0) < whole - 1)
    .toSorted(
      (one, other) =>
        lost(other) - lost(one) || (counts[other] ?? 0) - (counts[one] ?? 0) || one - other,
    )
    .slice(0, left);
  return units.map((unit, at) => printed(raised.includes(at) ? unit + 1 : unit, rounding));
};

/** 100% in units of the last decimal. */
const wholeOf = ({ decimals }: Rounding): number => 100 * 10 ** decimals;

/** The quotient without its fraction; a plain division could be rounded up to the next whole number. */
const quotient = (value: number, by: number): number => (value - (value % by)) / by;

const printed = (units: number, { decimals }: Rounding): string => {
  const one = 10 ** decimals;
  const fraction = units % one;
  const whole = quotient(units, one);
  return fraction === 0 ? `${whole}%` : `${whole}.${String(fraction).padStart(decimals, "0")}%`;
};
