import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf, pairsOf, searchable, wordsOf } from "../src/text/searching.ts";
import { bookWith, receive } from "./given.ts";

describe("words that are looked for", () => {
  it("are what stands between spaces and marks, each once, in one width and case", () => {
    expect(wordsOf(" 政务，信息化  ＡＰＰ、app ")).toEqual(["政务", "信息化", "app"]);
    expect(wordsOf("， ")).toEqual([]);
  });
});

describe("what stands around a word", () => {
  it("is cut where it is long, and marks the word as it was written", () => {
    const text = `${"前".repeat(20)}５Ｇ基站${"后".repeat(20)}`;
    const found = excerptOf(text, "5g");
    expect(found?.text).toBe(`…${"前".repeat(14)}５Ｇ基站${"后".repeat(12)}…`);
    expect(found?.text.slice(found.from, found.to)).toBe("５Ｇ");
  });

  it("holds the word wherever characters change their length when they are compared", () => {
    const piece = string({ unit: constantFrom("ﬁ", "㎡", "号", "𠮷", "İ", "a", "Ⅳ") });
    assert(
      property(piece, constantFrom("电梯", "号", "m2"), piece, (before, word, after) => {
        const found = excerptOf(before + word + after, word);
        expect(found).toBeDefined();
        expect(searchable(found?.text.slice(found.from, found.to) ?? "")).toContain(word);
      }),
    );
  });
});

it("half a character, cut off by whoever asks, is found nowhere", async () => {
  const { book } = await bookWith(receive({ title: "关于𠮷祥路的建议" }));
  const titles = async (question: string): Promise<number> =>
    (await book.search(question)).found.length;
  expect([await titles("𠮷"), await titles("\uD842"), await titles("建议 \uDFB7")]).toEqual([
    1, 0, 0,
  ]);
});

it("titles are compared by pairs of neighbours, without marks", () => {
  expect([...pairsOf("“5G”建设")]).toEqual(["5g", "g建", "建设"]);
});
