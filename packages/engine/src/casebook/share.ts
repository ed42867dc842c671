/** @module share — a share as it is printed, without ever rounding up to a claim. */

/**
 * `100%` for exactly all, `—` over nothing, else two decimals rounded half up, cut only for whole
 * numbers (`50%`, `61.90%`); what is not exactly 1 shows at most `99.99%`.
 */
export const displayShare = (numerator: number, denominator: number): string => {
  if (denominator === 0) return "—";
  if (numerator === denominator) return "100%";
  // whole numbers until the end: 1.005 % must not round by its binary neighbour
  const hundredths = Math.floor((numerator * 20_000 + denominator) / (2 * denominator));
  const shown = numerator < denominator ? Math.min(hundredths, 9999) : hundredths;
  const text = `${Math.floor(shown / 100)}.${String(shown % 100).padStart(2, "0")}`;
  return `${text.replace(/\.00$/, "")}%`;
};
