/** @module rates-compared — the rates of a casebook and those of an independent count, in one shape. */
import type { Casebook } from "@wuding/engine";
import type { countRates } from "./independent-count.ts";
import { printShare } from "./independent-count.ts";

/** The rates as a casebook prints them, by id. */
export const ratesOf = async (book: Casebook, options: Parameters<Casebook["rates"]>[0] = {}) =>
  Object.fromEntries(
    (await book.rates(options)).rates.map(({ id, numerator, denominator, missing, display }) => [
      id,
      { numerator, denominator, missing: missing.toSorted(), display },
    ]),
  );

/** The same from an independent count. */
export const printed = (counted: ReturnType<typeof countRates>) =>
  Object.fromEntries(
    Object.entries(counted).map(([id, { numerator, denominator, missing }]) => [
      id,
      { numerator, denominator, missing, display: printShare(numerator, denominator) },
    ]),
  );
