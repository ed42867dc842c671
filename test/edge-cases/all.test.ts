/**
 * @module all.test — every edge case of the work has its test: the numbers 1 to 50 of section 8 of the domain
 * notes, each the name of exactly one `it` in this folder. The numbers of a road that is not
 * built yet are listed as missing.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("./", import.meta.url);
const numbers = Array.from({ length: 50 }, (_one, at) => at + 1);

/** The tests of this folder that have a number: skipped ones and those still to be written do not count. */
const named = readdirSync(folder)
  .filter((file) => file.endsWith(".test.ts") && file !== "all.test.ts")
  .toSorted()
  .flatMap((file) =>
    [
      ...readFileSync(new URL(file, folder), "utf8").matchAll(/\bit\(\s*(["'`])(\d+)\. (.*?)\1,/gu),
    ].map(([, , number, words = ""]) => ({ file, number: Number(number), words })),
  );

/** The numbers with so many tests as the condition wants, with the files that these stand in. */
const having = (isWanted: (count: number) => boolean): readonly string[] =>
  numbers
    .map((number) => ({ number, files: named.filter((one) => one.number === number) }))
    .filter(({ files }) => isWanted(files.length))
    .map(({ number, files }) => [number, ...files.map(({ file }) => file)].join(" "));

describe("the fifty edge cases 五十个边界情形", () => {
  it("have a test each", () => {
    expect(having((count) => count === 0)).toEqual([]);
  });

  it("have no more than one", () => {
    expect(having((count) => count > 1)).toEqual([]);
  });

  it("have no other numbers, and are named in both languages", () => {
    const wrong = named.filter(
      ({ number, words }) =>
        !numbers.includes(number) || !/\p{Script=Han}.*[(（][^)）]*[a-z]/u.test(words),
    );
    expect(wrong).toEqual([]);
  });
});
