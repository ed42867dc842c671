/**
 * @module result-schemes.test — 办理结果类别: the same letters mean other things elsewhere, and a rulebook file
 * alone says so. The classes are those of published notices; no rulebook of these places is shipped.
 */
import type { ResultMeaning, Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { readRulebook } from "../src/rulebook/check/read-rulebook.ts";
import { answer, assign, bookUnder, contact, givenUnder, receive, typesOf } from "./given.ts";

const national = await shippedRulebook("national");

type Letter = Readonly<{
  zh: string;
  en: string;
  meaning: ResultMeaning;
  /** Whether a reply with it promises something. */
  promises?: true;
}>;

/** What four places write for A, B, C and D. */
const places: Readonly<Record<string, Readonly<Record<string, Letter>>>> = {
  foping: {
    A: { zh: "解决或者采纳", en: "solved or taken up", meaning: "resolved" },
    B: { zh: "列入计划拟解决", en: "in a plan", meaning: "planned", promises: true },
    C: { zh: "留作参考", en: "kept for reference", meaning: "referenceOnly" },
  },
  "zhejiang-fisheries": {
    A: { zh: "解决或者基本解决", en: "solved or basically solved", meaning: "resolved" },
    B: {
      zh: "部分解决或者列入计划",
      en: "partly solved or in a plan",
      meaning: "partlyResolved",
      promises: true,
    },
    C: {
      zh: "受条件限制，留作参考或者不可行",
      en: "limited by conditions",
      meaning: "referenceOnly",
    },
  },
  "prefecture-city": {
    A: { zh: "解决或者以其他方式解决", en: "solved, or in another way", meaning: "resolved" },
    B: { zh: "正在解决", en: "being solved", meaning: "inProgress", promises: true },
    C: {
      zh: "列入计划逐步解决",
      en: "in a plan, step by step",
      meaning: "planned",
      promises: true,
    },
    D: { zh: "暂时不能解决，已作说明", en: "not possible now, explained", meaning: "infeasible" },
  },
  kunming: {
    A: { zh: "解决或者部分解决", en: "solved or partly solved", meaning: "resolved" },
    B: { zh: "列入计划", en: "in a plan", meaning: "planned", promises: true },
    C: { zh: "具有前瞻性，尚不具备条件", en: "ahead of its time", meaning: "deferred" },
  },
};
const names = Object.keys(places);

/** The file of an office that differs from the national rulebook in its letters and nothing else. */
const fileOf = (place: string): string => {
  const source = {
    source: { title: { zh: "样例：公开通报所列类别", en: "a sample, after a published notice" } },
    confidence: "page",
  };
  const codes = Object.entries(places[place] ?? {}).map(
    ([code, { zh, en, meaning, promises }]) => ({
      code,
      label: { zh, en },
      meaning,
      createsCommitment: promises === true,
    }),
  );
  const rounding = { decimals: 2, mode: "halfUp" };
  return JSON.stringify({
    format: 2,
    id: place,
    version: "2025",
    label: { zh: "某地规则集", en: "a place's rulebook" },
    extends: "national@2025",
    validFrom: "2020-01-01",
    results: [{ scheme: place, kinds: ["cppcc"], codes, rounding, ...source }],
    promises: [
      { kinds: ["cppcc"], value: { ...national.promises[0]?.value, withResult: true }, ...source },
    ],
  });
};

const rulebookOf = (place: string): Rulebook => {
  const read = readRulebook(fileOf(place), () => national);
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  return read.rulebook;
};

const inHand = [receive(), assign(), contact()] as const;
const promise = { commitments: [{ text: "按计划办理", due: "2021-11-30" }] };

describe.each(names)("the letters of %s", (place) => {
  const letters = Object.entries(places[place] ?? {});
  const rules = rulebookOf(place);

  it.each(letters)("%s goes out with its own meaning", async (code, { meaning, promises }) => {
    const view = await givenUnder(rules, ...inHand)
      .when(answer({ result: code, ...(promises && promise) }))
      .thenStatus("answered");
    expect(view.reply).toMatchObject({ result: code, scheme: place, meaning });
  });

  it("those that put the solution off need a promise, the others need none", async () => {
    for (const [code, { promises }] of letters) {
      const made = await bookUnder(rules, ...inHand);
      const refusal = await made.book.executeGiven(answer({ result: code })).then(
        () => null,
        (error: unknown) => error,
      );
      const expected = promises ? { data: { rule: "promiseMade" } } : null;
      expect(refusal ?? {}).toMatchObject(expected ?? {});
      expect((await typesOf(made.store)).includes("ReplyDelivered")).toBe(expected === null);
    }
  });

  it("a letter that the place does not know is refused", () =>
    givenUnder(rules, ...inHand)
      .when(answer({ result: letters.length === 4 ? "E" : "D" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "result", kind: "notOneOf" }] }));

  it("what counts as solved is read from the meaning", async () => {
    const { book } = await bookUnder(rules, ...inHand, answer({ result: "A" }));
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "resolved")).toMatchObject({ numerator: 1 });
  });
});

it("a deputy's suggestion keeps the letters of the national rulebook", () => {
  for (const place of names) {
    const { results } = rulebookOf(place);
    expect(results.map(({ scheme }) => scheme)).toEqual([place, "national"]);
  }
});
