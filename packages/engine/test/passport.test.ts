/** @module passport.test — every case of a choice stands in exactly one place of each rate, with its reason. */
import type { RatePassport } from "@wuding/engine";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Given, Step } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  commit,
  contact,
  decideReturn,
  feedback,
  receive,
  requestReturn,
  submitOpinion,
  waiveContact,
  withdraw,
} from "./given.ts";
import { moves, play } from "./random-histories.ts";

const today = "2021-12-31";

const of = (number: number, ...steps: readonly Given[]): readonly Given[] => [
  receive({ number }),
  ...steps.map((step) => ({ ...step, case: `cppcc/15-5/${number}` })),
];

const passportOf = async (id: string, ...steps: readonly Step[]): Promise<RatePassport> => {
  const made = await bookWith(...steps);
  const [passport] = await made.book.passports({ today }, id);
  if (passport === undefined) throw new Error(`no passport of ${id}`);
  return passport;
};

const numbers = (cases: readonly Readonly<{ case: string }>[]) =>
  cases.map((one) => Number(one.case.split("/")[2]));

const year = [
  ...of(1, assign(), contact(), answer(), feedback()),
  ...of(2, assign(), contact({ mode: "phone" })),
  ...of(3, assign(), waiveContact()),
  ...of(4, requestReturn(), decideReturn()),
  ...of(5, withdraw({ on: "2021-05-01" })),
  receive({ number: 6, role: "assist" }),
  assign({ case: "6" }),
  submitOpinion({ case: "6" }),
  ...of(
    7,
    assign(),
    contact(),
    answer(),
    { command: "remind-feedback", on: "2021-08-20" },
    { command: "expire-feedback", on: "2021-09-01", reason: "未反馈" },
  ),
];

describe("the passport of a figure 口径与清单", () => {
  it("names its definition, its rulebook and the moment it was read at", async () => {
    const made = await bookWith(...year);
    const [passport] = await made.book.passports({ today }, "meeting");
    expect(passport).toMatchObject({
      id: "meeting",
      version: 1,
      rulebook: "national@2025",
      computation: {
        population: "answering",
        numerator: "contacted",
        contact: { modes: ["visit", "meeting", "symposium", "site-visit"], waiver: "excluded" },
      },
      rounding: { decimals: 2, mode: "halfUp" },
      periodBasis: "dispatch year",
      confidence: "default",
      asOf: today,
      position: (await made.store.size()) - 1,
      numerator: 2,
      denominator: 3,
      display: "66.67%",
    });
    expect(passport?.definitionId).toMatch(/^meeting@1-/);
  });

  it("puts each case where it belongs: counted, missing, excluded or outside", async () => {
    const { counted, missing, excluded, outside } = await passportOf("meeting", ...year);
    expect(numbers(counted)).toEqual([1, 7]);
    expect(missing).toMatchObject([
      {
        case: "cppcc/15-5/2",
        numerator: 0,
        denominator: 1,
        why: { zh: "尚未与提案人当面沟通" },
        repair: { zh: expect.stringContaining("contact --mode visit") },
      },
    ]);
    expect(excluded.map(({ by, on, why }) => [by, on, why.zh, why.en])).toEqual([
      [
        "waived",
        "2021-04-15",
        "提案人提出免予走访 2021-04-15",
        "contact waived by the proposer 2021-04-15",
      ],
      ["returned", "2021-04-12", "退办 2021-04-12", "returned 2021-04-12"],
      ["withdrawn", "2021-05-01", "撤案 2021-05-01", "withdrawn 2021-05-01"],
    ]);
    expect(outside).toMatchObject([{ case: "cppcc/15-5/6", why: { en: "not ours to answer" } }]);
  });

  it("names an expired form with its day, and a case without a form as outside", async () => {
    const { excluded, outside } = await passportOf("satisfaction", ...year);
    expect(excluded.map(({ case: id, why }) => [id, why.zh])).toEqual([
      ["cppcc/15-5/4", "退办 2021-04-12"],
      ["cppcc/15-5/5", "撤案 2021-05-01"],
      ["cppcc/15-5/7", "征询意见表逾期未反馈 2021-09-01"],
    ]);
    expect(outside.map(({ case: id, why }) => [id, why.zh])).toEqual([
      ["cppcc/15-5/2", "没有收回的征询意见表"],
      ["cppcc/15-5/3", "没有收回的征询意见表"],
      ["cppcc/15-5/6", "协办，不由本单位答复"],
    ]);
  });

  it("weighs requests and promises, of which only those that are due", async () => {
    const steps = [
      receive({ number: 1, requests: ["一", "二", "三"] }),
      assign({ case: "1" }),
      contact({ case: "1" }),
      answer({ case: "1", adopted: [1, 3] }),
      ...of(2, assign(), commit({ due: "2021-11-30" }), commit({ due: "2022-06-30" })),
      ...of(3, assign(), commit({ due: "2022-06-30" })),
    ];
    const requests = await passportOf("adoption", ...steps);
    expect(requests.missing).toMatchObject([{ numerator: 2, denominator: 3 }]);
    expect(numbers(requests.outside)).toEqual([2, 3]);
    const promises = await passportOf("commitment", ...steps);
    expect(promises.missing).toMatchObject([
      { case: "cppcc/15-5/2", numerator: 0, denominator: 1 },
    ]);
    expect(promises.outside.map(({ why }) => why.en)).toEqual([
      "no promises",
      "no promise is due yet",
    ]);
  });

  it("of an earlier day is that of what was true then", async () => {
    const made = await bookWith(...year);
    const [then] = await made.book.passports({ today, asOf: "2021-04-20" }, "meeting");
    expect(then).toMatchObject({ asOf: "2021-04-20", numerator: 2, denominator: 4 });
    expect(then?.excluded.map(({ by }) => by)).toEqual(["waived", "returned"]);
  });

  it("of an unknown rate is refused with the rates that there are", async () => {
    const made = await bookWith(receive());
    await expect(made.book.passports({ today }, "metting")).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("of random years 任意年份", () => {
  it("every case of the choice stands in one place of each rate, and the weights make the figure", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 60 }), async (history) => {
        const player = await play(history);
        const day = player.today();
        for (const scope of [{}, { year: 2021 }, { role: "assist" as const }]) {
          const inScope = (await player.book.list({ scope, today: day })).map((one) => one.case);
          const { rates } = await player.book.rates({ scope, today: day });
          const passports = await player.book.passports({ scope, today: day });
          expect(passports.map(({ definitionId }) => definitionId)).toEqual(
            rates.map(({ definitionId }) => definitionId),
          );
          for (const [at, passport] of passports.entries()) {
            const { counted, missing, excluded, outside } = passport;
            const places = [...counted, ...missing, ...excluded, ...outside].map((one) => one.case);
            expect(places.toSorted()).toEqual(inScope.toSorted());
            const weight = (name: "numerator" | "denominator") =>
              [...counted, ...missing].reduce((sum, one) => sum + one[name], 0);
            const { numerator, denominator, display } = rates[at] ?? {};
            expect([weight("numerator"), weight("denominator"), passport.display]).toEqual([
              numerator,
              denominator,
              display,
            ]);
            expect(missing.map((one) => one.case)).toEqual(rates[at]?.missing);
            for (const { why } of [...missing, ...excluded, ...outside]) {
              expect([why.zh, why.en]).not.toContain("");
            }
          }
        }
      }),
      { numRuns: 10 },
    );
  });
});
