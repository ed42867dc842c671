/** @module rates-definitions.test — a figure never mixes two definitions of a rate. */
import { createCasebook, rateDefinitions } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { describe, expect, it } from "vitest";
import { definitionKey } from "../src/projections/definitions.ts";
import type { RateDefinition } from "../src/rulebook/rate-definition.ts";
import type { Rulebook } from "../src/rulebook/rulebook.ts";
import { shippedRulebook } from "../src/rulebook/shipped.ts";
import type { Given } from "./given.ts";
import { answer, assign, clerk, contact, feedback, receive } from "./given.ts";

const national = await shippedRulebook("national");

const rateOf = (id: string): RateDefinition => {
  const found = national.rates.find((rate) => rate.id === id);
  if (found === undefined) throw new Error(`no rate ${id}`);
  return found;
};
const meeting = rateOf("meeting");
const satisfaction = rateOf("satisfaction");

/** The national rulebook with some rates changed, under a name of its own, for the cases of 2021 on. */
const variant = (
  version: string,
  rates: readonly RateDefinition[],
  changes: Partial<Rulebook> = {},
): Rulebook => ({
  ...national,
  id: "office",
  version,
  validFrom: "2021-01-01",
  rates: national.rates.map((rate) => rates.find(({ id }) => id === rate.id) ?? rate),
  ...changes,
});

/** A meeting by telephone counts too. */
const byPhone: RateDefinition = {
  ...meeting,
  version: 2,
  label: { zh: "见面沟通率", en: "meeting or call rate" },
  contact: {
    modes: ["visit", "phone"],
    withProposer: true,
    minTimes: 1,
    phases: [],
    waiver: "excluded",
  },
};

const bookOf = async (rulebook: Rulebook) => {
  const clock = settableClock("2021-12-31T04:00:00.000Z");
  const ids = countingIds();
  const origin = "office.invalid/log";
  const store = createMemoryStore({ clock, ids, origin });
  const book = await createCasebook({ store, clock, ids, actor: { id: clerk }, origin, rulebook });
  const record = async (...steps: readonly Given[]): Promise<void> => {
    for (const step of steps) await book.executeGiven(step);
  };
  return { book, record };
};

const telephoned = (number: number): readonly Given[] => [
  receive({ number }),
  assign({ case: String(number) }),
  contact({ case: String(number), mode: "phone" }),
];

describe("the key of a definition 口径标识", () => {
  it("is the id, the version and a digest of what is computed", () => {
    expect(definitionKey(meeting)).toMatch(/^meeting@1-[0-9a-f]{12}$/);
  });

  it("stays when only words, rounding or the order of a list change", () => {
    const said: RateDefinition = {
      ...meeting,
      label: byPhone.label,
      definition: byPhone.label,
      rounding: { decimals: 0, mode: "down" },
      exclusions: meeting.exclusions.toReversed(),
      confidence: "law",
    };
    expect(definitionKey(said)).toBe(definitionKey(meeting));
  });

  it.each([
    ["version", { version: 2 }],
    ["population", { population: "all" }],
    ["exclusions", { exclusions: ["returned"] }],
    ["numerator", { numerator: "completed" }],
    ["contact", { contact: byPhone.contact }],
    ["round", { round: "every" }],
    ["meanings", { meanings: ["resolved", "planned"] }],
  ] as const)("changes with its %s", (_what, change) => {
    expect(definitionKey({ ...meeting, ...change } as RateDefinition)).not.toBe(
      definitionKey(meeting),
    );
  });
});

describe("cases under two rulebooks 两套规则集", () => {
  const twoBooks = async () => {
    const made = await bookOf(variant("1", []));
    await made.record(...telephoned(1), ...telephoned(2));
    await made.book.adoptRulebook(variant("2", [byPhone]));
    await made.record(...telephoned(3));
    return made;
  };

  it("stand in two figures, the one in force first and the other right after it", async () => {
    const { book } = await twoBooks();
    const { rates } = await book.rates();
    expect(
      rates
        .slice(0, 3)
        .map(({ id, rulebook, numerator, denominator, version, missing }) => [
          id,
          version,
          rulebook,
          `${numerator}/${denominator}`,
          missing.length,
        ]),
    ).toEqual([
      ["meeting", 2, "office@2", "1/1", 0],
      ["meeting", 1, "office@1", "0/2", 2],
      ["contact", 1, "office@2", "3/3", 0],
    ]);
    expect(rates.map(({ label }) => label.en).slice(0, 2)).toEqual([
      "meeting or call rate",
      "meeting rate",
    ]);
  });

  it("stand in one where both count the same, whatever else the rulebooks say", async () => {
    const { book } = await twoBooks();
    const { rates } = await book.rates();
    expect(rates.filter(({ id }) => id === "assignment")).toMatchObject([
      { rulebook: "office@2", numerator: 3, denominator: 3 },
    ]);
  });

  it("only the figures that cases of the choice are in are shown beside those in force", async () => {
    const { book } = await twoBooks();
    const ids = async (scope: object) =>
      (await book.rates({ scope })).rates
        .filter(({ id }) => id === "meeting")
        .map(({ rulebook }) => rulebook);
    expect(await ids({})).toEqual(["office@2", "office@1"]);
    expect(await ids({ year: 2019 })).toEqual(["office@2"]);
  });

  it("folded from the log the figures are the same as from the tallies", async () => {
    const { book } = await twoBooks();
    const tallied = await book.rates();
    expect(await book.rates({ asOf: "2021-12-31" })).toEqual(tallied);
    expect((await book.checkProjections()).differences).toEqual([]);
  });

  it("an open case that comes under the new rulebook changes figures", async () => {
    const made = await bookOf(variant("1", []));
    await made.record(...telephoned(1));
    await made.book.adoptRulebook(variant("2", [byPhone], { appliesToOpenCases: true }));
    const { rates } = await made.book.rates();
    expect(rates.filter(({ id }) => id === "meeting")).toMatchObject([
      { rulebook: "office@2", numerator: 1, denominator: 1 },
    ]);
    expect((await made.book.checkProjections()).differences).toEqual([]);
  });

  it("the day it comes under it is a change of definition, named with the event", async () => {
    const made = await bookOf(variant("1", []));
    await made.record(...telephoned(1));
    await made.book.adoptRulebook(variant("2", [byPhone], { appliesToOpenCases: true }));
    const { rates } = await made.book.reportDiff({
      from: "2021-12-30",
      to: "2021-12-31",
      scope: {},
    });
    const moved = rates.filter(({ changes }) => changes.length > 0);
    expect(
      moved.map(({ id, rulebook, before, after, changes }) => [
        id,
        rulebook,
        `${before.numerator}/${before.denominator} → ${after.numerator}/${after.denominator}`,
        changes.map(({ kind, events }) => [kind, ...events.map(({ type }) => type)]),
      ]),
    ).toEqual([
      ["meeting", "office@2", "0/0 → 1/1", [["definitionChanged", "DeadlinesRecomputed"]]],
      ["meeting", "office@1", "0/1 → 0/0", [["definitionChanged", "DeadlinesRecomputed"]]],
    ]);
  });

  it("a rate that is no longer counted is shown at the end while cases are in it", async () => {
    const made = await bookOf(variant("1", []));
    await made.record(...telephoned(1));
    const fewer = { rates: national.rates.filter(({ id }) => id !== "meeting") };
    await made.book.adoptRulebook(variant("2", [], fewer));
    const { rates } = await made.book.rates();
    expect(rates.at(-1)).toMatchObject({ id: "meeting", rulebook: "office@1", denominator: 1 });
  });

  it("letters are counted within their scheme", async () => {
    const [own] = national.results;
    if (own === undefined) throw new Error("no letters");
    const made = await bookOf(variant("1", []));
    const handled = (number: number, result: string) => [
      ...telephoned(number),
      answer({ case: String(number), result }),
    ];
    await made.record(...handled(1, "A"), ...handled(2, "B"));
    const other = { ...own, scheme: "other", codes: own.codes.slice(0, 2) };
    await made.book.adoptRulebook(variant("2", [], { results: [other] }));
    await made.record(...handled(3, "A"));
    const { results } = await made.book.rates();
    expect(
      results.map(({ scheme, code, count, display }) => [scheme, code, count, display]),
    ).toEqual([
      ["other", "A", 1, "100%"],
      ["other", "B", 0, "0%"],
      ["national", "A", 1, "50%"],
      ["national", "B", 1, "50%"],
      ["national", "C", 0, "0%"],
      ["national", "D", 0, "0%"],
    ]);
  });

  it("the year claims 三个100% only when every figure of the three is exactly all", async () => {
    const strict: RateDefinition = { ...meeting, version: 2 };
    const handled = (number: number, mode: string) => [
      receive({ number }),
      assign({ case: String(number) }),
      contact({ case: String(number), mode }),
      answer({ case: String(number) }),
      feedback({ case: String(number) }),
    ];
    const claimsOf = async (first: string, second: string) => {
      const made = await bookOf(variant("1", []));
      await made.record(...handled(1, first));
      await made.book.adoptRulebook(variant("2", [strict]));
      await made.record(...handled(2, second));
      return (await made.book.annual(2021)).claims.threeHundred;
    };
    expect(await claimsOf("visit", "visit")).toBe(true);
    expect(await claimsOf("phone", "visit")).toBe(false);
    expect(await claimsOf("visit", "phone")).toBe(false);
  });
});

describe("what is printed with a figure 随数字列出的口径", () => {
  it("rounds as its definition says", async () => {
    const whole: RateDefinition = { ...meeting, rounding: { decimals: 0, mode: "down" } };
    const { book, record } = await bookOf(variant("1", [whole]));
    await record(...telephoned(1), ...telephoned(2), receive({ number: 3 }), assign({ case: "3" }));
    await record(contact({ case: "3" }));
    const [first] = (await book.rates()).rates;
    expect(first).toMatchObject({ numerator: 1, denominator: 3, display: "33%" });
    expect(first?.rounding).toEqual({ decimals: 0, mode: "down" });
  });

  it("gives version, source, confidence and the key of what is computed", async () => {
    const { book } = await bookOf(national);
    const [first] = (await book.rates()).rates;
    expect(first).toMatchObject({
      version: 1,
      definitionId: definitionKey(meeting),
      rulebook: "national@2025",
      rounding: { decimals: 2, mode: "halfUp" },
      confidence: "default",
    });
    expect(first?.source.zh).toContain("默认值");
  });

  it("definitions are told without looking at a case, older ones when one rate is asked for", async () => {
    const { book } = await bookOf(variant("1", []));
    await book.adoptRulebook(variant("2", [byPhone]));
    expect(rateDefinitions(book.rules).map(({ id }) => id)).toEqual(
      national.rates.map(({ id }) => id),
    );
    expect(rateDefinitions(book.rules, "meeting").map(({ rulebook }) => rulebook)).toEqual([
      "office@2",
      "office@1",
    ]);
    expect(rateDefinitions(book.rules, "satisfaction")).toMatchObject([
      {
        id: "satisfaction",
        version: 1,
        periodBasis: "dispatch year",
        computation: { population: "returnedForms", form: satisfaction.form },
      },
    ]);
    expect(() => rateDefinitions(book.rules, "metting")).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT" }),
    );
  });
});
