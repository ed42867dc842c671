/** @module rounding.test — shares as they are printed: never a false 100%, and a whole that adds up. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayShare, displayShares } from "../src/casebook/share.ts";
import type { Rounding } from "../src/rulebook/rate-definition.ts";

const rounding = (decimals: Rounding["decimals"], mode: Rounding["mode"] = "halfUp"): Rounding => ({
  decimals,
  mode,
});

describe("one share 单项比率", () => {
  it.each([
    [0, 0, "—"],
    [0, 3, "0%"],
    [3, 3, "100%"],
    [1, 2, "50%"],
    [13, 21, "61.90%"],
    [7, 11, "63.64%"],
    [1, 3, "33.33%"],
    [2, 3, "66.67%"],
    [1, 8, "12.50%"],
    [1, 1000, "0.10%"],
    [1, 20_000, "0.01%"],
    [1, 20_001, "0%"],
    [1, 16, "6.25%"],
    [1, 32, "3.13%"],
    [1, 800, "0.13%"],
    [201, 20_000, "1.01%"],
    [99_995, 100_000, "99.99%"],
    [999_999, 1_000_000, "99.99%"],
    [9_999_999_999, 10_000_000_000, "99.99%"],
    [99_994, 100_000, "99.99%"],
    [99_984, 100_000, "99.98%"],
  ])("%i of %i is shown as %s", (numerator, denominator, shown) => {
    expect(displayShare(numerator, denominator)).toBe(shown);
  });

  it.each([
    // published with one decimal, and with none
    [526, 527, rounding(1), "99.8%"],
    [519, 527, rounding(1), "98.5%"],
    [146, 319, rounding(1), "45.8%"],
    [170, 319, rounding(1), "53.3%"],
    [3, 319, rounding(1), "0.9%"],
    [597, 601, rounding(0), "99%"],
    [601, 601, rounding(0), "100%"],
    [597, 601, rounding(2), "99.33%"],
    [996, 1000, rounding(0), "99%"],
    [9996, 10_000, rounding(1), "99.9%"],
    [99_996, 100_000, rounding(2), "99.99%"],
    [999_996, 1_000_000, rounding(3), "99.999%"],
    [1, 3, rounding(3), "33.333%"],
    [1, 2, rounding(0), "50%"],
    [2, 3, rounding(2, "down"), "66.66%"],
    [2, 3, rounding(0, "down"), "66%"],
    [1, 8, rounding(1, "largestRemainder"), "12.5%"],
    [1, 3, rounding(2, "largestRemainder"), "33.33%"],
    [0, 0, rounding(0), "—"],
  ] as const)("%i of %i, rounded %o, is shown as %s", (numerator, denominator, how, shown) => {
    expect(displayShare(numerator, denominator, how)).toBe(shown);
  });
});

describe("the shares of a whole 各类占比", () => {
  it.each([
    // 93 items, published as 58.07% so that they add up
    [[54, 33, 2, 4], rounding(2, "largestRemainder"), ["58.07%", "35.48%", "2.15%", "4.30%"]],
    [[54, 33, 2, 4], rounding(2), ["58.06%", "35.48%", "2.15%", "4.30%"]],
    // 12 items, published as 58.34%
    [[4, 7, 1], rounding(2, "largestRemainder"), ["33.33%", "58.34%", "8.33%"]],
    [[4, 7, 1], rounding(2), ["33.33%", "58.33%", "8.33%"]],
    [[1, 7], rounding(1, "largestRemainder"), ["12.5%", "87.5%"]],
    [[64, 38, 21, 5], rounding(1), ["50%", "29.7%", "16.4%", "3.9%"]],
    [[64, 38, 21, 5], rounding(1, "largestRemainder"), ["50%", "29.7%", "16.4%", "3.9%"]],
    // 50.00, 29.69, 16.41 and 3.91 make 100.01: of the two that lost half a unit the larger is raised
    [[64, 38, 21, 5], rounding(2), ["50%", "29.69%", "16.41%", "3.91%"]],
    [[64, 38, 21, 5], rounding(2, "largestRemainder"), ["50%", "29.69%", "16.41%", "3.90%"]],
    [[20, 7, 32, 44, 25], rounding(1), ["15.6%", "5.5%", "25%", "34.4%", "19.5%"]],
    [[1, 1, 1], rounding(0, "largestRemainder"), ["34%", "33%", "33%"]],
    [[2, 1], rounding(2, "down"), ["66.66%", "33.33%"]],
    [[99_999, 1], rounding(2, "largestRemainder"), ["99.99%", "0.01%"]],
    [[99_999, 1], rounding(2), ["99.99%", "0%"]],
    [[5, 0], rounding(2, "largestRemainder"), ["100%", "0%"]],
    [[0, 0], rounding(2, "largestRemainder"), ["—", "—"]],
    [[], rounding(2, "largestRemainder"), []],
  ] as const)("%j, rounded %o, are %j", (counts, how, shown) => {
    expect(displayShares(counts, how)).toEqual(shown);
  });
});

const decimals = fc.constantFrom<Rounding["decimals"]>(0, 1, 2, 3);
const modes = fc.constantFrom<Rounding["mode"]>("halfUp", "largestRemainder", "down");
const counts = fc
  .array(fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 5_000_000 })), { minLength: 1, maxLength: 8 })
  .filter((given) => given.some((count) => count > 0));

/** A printed share in units of its last decimal, read as people read it. */
const unitsOf = (shown: string, places: number): bigint => {
  const [whole = "", fraction = ""] = shown.slice(0, -1).split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
};

describe("of any counts 任意数值", () => {
  it("shares with largest remainders add up to exactly 100%", () => {
    fc.assert(
      fc.property(counts, decimals, (given, places) => {
        const shown = displayShares(given, rounding(places, "largestRemainder"));
        const sum = shown.reduce((total, one) => total + unitsOf(one, places), 0n);
        expect(sum).toBe(100n * 10n ** BigInt(places));
      }),
      { numRuns: 400 },
    );
  });

  it("each is within one unit of the exact share, and says 100% or 0% only where it may", () => {
    fc.assert(
      fc.property(counts, decimals, modes, (given, places, mode) => {
        const total = BigInt(given.reduce((sum, count) => sum + count, 0));
        const all = 100n * 10n ** BigInt(places);
        for (const [at, shown] of displayShares(given, rounding(places, mode)).entries()) {
          const count = BigInt(given[at] ?? 0);
          const off = unitsOf(shown, places) * total - count * all;
          expect(off > -total && off < total).toBe(true);
          expect(shown === "100%").toBe(count === total);
          expect(count > 0n || shown === "0%").toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("of two counts the larger never shows less", () => {
    fc.assert(
      fc.property(counts, decimals, modes, (given, places, mode) => {
        const shown = displayShares(given, rounding(places, mode));
        const sorted = given
          .map((count, at) => ({ count, units: unitsOf(shown[at] ?? "", places) }))
          .toSorted((one, other) => one.count - other.count || Number(one.units - other.units));
        const units = sorted.map((one) => one.units);
        expect(units).toEqual(units.toSorted((one, other) => Number(one - other)));
      }),
      { numRuns: 200 },
    );
  });
});
