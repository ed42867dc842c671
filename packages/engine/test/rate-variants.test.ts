/**
 * @module rate-variants.test — how places count their rates, each as a definition, with the figures that
 * they published where these can be computed again.
 */
import { describe, expect, it } from "vitest";
import { foldCase } from "../src/casebook/history-of-case.ts";
import { displayShare } from "../src/casebook/share.ts";
import type { CaseState } from "../src/case/state.ts";
import { standingOf } from "../src/projections/shares.ts";
import type { RateDefinition } from "../src/rulebook/rate-definition.ts";
import { shippedRulebook } from "../src/rulebook/shipped.ts";
import type { Given, Step } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  by,
  caseId,
  commit,
  contact,
  dissatisfied,
  feedback,
  followUp,
  fulfil,
  receive,
  submitOpinion,
  verify,
  waiveContact,
  withdraw,
} from "./given.ts";

const national = await shippedRulebook("national");

type Variant = Omit<Partial<RateDefinition>, "exclusions"> &
  Pick<RateDefinition, "population" | "numerator">;

/** A definition of some place; cases that ended are left out as everywhere. */
const rate = (variant: Variant, ...exclusions: RateDefinition["exclusions"]): RateDefinition => ({
  id: "rate",
  version: 1,
  label: { zh: "某率", en: "a rate" },
  definition: { zh: "某数占某数的比例", en: "some over some" },
  exclusions: ["returned", "withdrawn", "merged", ...exclusions],
  rounding: { decimals: 2, mode: "halfUp" },
  source: { title: { zh: "公开通报", en: "a public bulletin" } },
  confidence: "page",
  ...variant,
});

/** How a case stands after these commands. */
const after = async (...steps: readonly Step[]): Promise<CaseState> => {
  const { store } = await bookWith(...steps);
  const state = foldCase(caseId, await store.readStream(caseId));
  if (state === null) throw new Error("no case was received");
  return state;
};

/** So many cases of each sort, counted by a definition. */
const figure = (
  definition: RateDefinition,
  ...sorts: readonly (readonly [count: number, state: CaseState])[]
): string => {
  let [numerator, denominator] = [0, 0];
  for (const [count, state] of sorts) {
    const standing = standingOf(definition, state, national);
    if (standing.place !== "inside") continue;
    for (const part of standing.parts) {
      numerator += count * part.numerator;
      denominator += count * part.denominator;
    }
  }
  const { rounding } = definition;
  return `${numerator}/${denominator} ${displayShare(numerator, denominator, rounding)}`;
};

const replied = [receive(), assign(), contact(), answer()] as const;
const rated = (...forms: readonly Given[]) => after(...replied, ...forms);
const remind = { command: "remind-feedback", case: caseId, on: "2021-08-20" };
const expire = { command: "expire-feedback", case: caseId, on: "2021-09-01", reason: "未反馈" };

const open = await after(receive(), assign(), contact());
const unasked = await after(...replied);
const good = await rated(feedback());
const mostly = await rated(feedback({ attitude: "mostly", result: "mostly" }));
const bad = await rated(dissatisfied({ attitude: "dissatisfied" }));
const badResult = await rated(dissatisfied());
const silent = await after(...replied, remind, expire);
const assisting = await after(receive({ role: "assist" }), assign(), contact(), submitOpinion());
const withdrawn = await after(...replied, withdraw({ on: "2021-07-20" }));

const satisfied = (
  form: Partial<NonNullable<RateDefinition["form"]>> = {},
  population: RateDefinition["population"] = "returnedForms",
  ...exclusions: RateDefinition["exclusions"]
): RateDefinition =>
  rate(
    {
      population,
      numerator: "satisfied",
      form: {
        axis: "result",
        ratings: ["satisfied", "mostly"],
        round: "latest",
        proposers: "worst",
        silence: "excluded",
        ...form,
      },
    },
    ...exclusions,
  );

describe("who is counted 统计范围", () => {
  it("Zhengzhou: four led and three assisted are seven, or the four alone", () => {
    const cases = [
      [4, unasked],
      [3, assisting],
    ] as const;
    expect(figure(rate({ population: "all", numerator: "completed" }), ...cases)).toBe("7/7 100%");
    expect(figure(rate({ population: "answering", numerator: "completed" }), ...cases)).toBe(
      "4/4 100%",
    );
  });

  it("Shenzhen: the reply rate is over all 38, satisfaction over the 7 that are rated", () => {
    const cases = [
      [7, good],
      [31, assisting],
    ] as const;
    expect(figure(rate({ population: "all", numerator: "completed" }), ...cases)).toBe(
      "38/38 100%",
    );
    expect(figure(satisfied(), ...cases)).toBe("7/7 100%");
  });

  it("Chenggong: 99.12% of 115 items are 112 of the 113 that were answered", () => {
    const cases = [
      [112, good],
      [1, bad],
      [2, assisting],
    ] as const;
    expect(figure(satisfied({}, "answering"), ...cases)).toBe("112/113 99.12%");
    expect(figure(satisfied({}, "all"), ...cases)).toBe("112/115 97.39%");
  });

  it("Ningbo: 591 answered, 527 forms back, 526 of them satisfied", () => {
    const definition = {
      ...satisfied({ axis: "attitude" }),
      rounding: { decimals: 1, mode: "halfUp" },
    } as const;
    const ofResult = {
      ...definition,
      form: { ...definition.form, axis: "result" },
    } as RateDefinition;
    const cases = [
      [519, good],
      [7, badResult],
      [1, bad],
      [64, unasked],
    ] as const;
    expect(figure(definition, ...cases)).toBe("526/527 99.8%");
    expect(figure(ofResult, ...cases)).toBe("519/527 98.5%");
  });

  it("Tongzhou: satisfied over every proposal, whether or not a form came back", () => {
    expect(
      figure(satisfied({}, "answering"), [90, good], [5, unasked], [5, open], [1, withdrawn]),
    ).toBe("90/100 90%");
  });

  it("Chongqing: a form that expired after a reminder is left out, one still out is not", () => {
    const definition = satisfied({}, "answered", "formExpired");
    const cases = [
      [9, good],
      [1, silent],
      [1, unasked],
    ] as const;
    expect(figure(definition, ...cases)).toBe("9/10 90%");
    expect(figure(satisfied({}, "answered", "formExpired", "formOut"), ...cases)).toBe("9/9 100%");
    expect(figure(satisfied({}, "answered"), ...cases)).toBe("9/11 81.82%");
  });

  it("cases that were withdrawn are over and done with, whatever is counted", () => {
    for (const population of ["all", "answering", "answered"] as const) {
      expect(
        figure(rate({ population, numerator: "completed" }), [1, unasked], [3, withdrawn]),
      ).toBe("1/1 100%");
    }
  });
});

describe("who was met 见面、面商、沟通", () => {
  const inPerson = ["visit", "meeting", "symposium", "site-visit"] as const;
  const met = (rule: Partial<NonNullable<RateDefinition["contact"]>>) =>
    rate({
      population: "answering",
      numerator: "contacted",
      contact: {
        modes: inPerson,
        withProposer: true,
        minTimes: 1,
        phases: [],
        waiver: "notMet",
        ...rule,
      },
    });
  const spoken = (...contacts: readonly Given[]) => after(receive(), assign(), ...contacts);
  const visit = contact({ phase: "before" });
  const again = contact({ on: "2021-05-10", mode: "meeting", phase: "during" });
  const phone = contact({ mode: "phone" });

  it("the assessment table counts visits and meetings, a provincial office any contact", async () => {
    const cases = [
      [8, await spoken(visit)],
      [1, await spoken(phone)],
      [1, await spoken(contact({ mode: "online" }))],
    ] as const;
    expect(figure(met({}), ...cases)).toBe("8/10 80%");
    expect(figure(met({ modes: [...inPerson, "online"] }), ...cases)).toBe("9/10 90%");
    expect(figure(met({ modes: [...inPerson, "online", "phone"] }), ...cases)).toBe("10/10 100%");
  });

  it("Hongkou: visited, not wanted, or not visited", async () => {
    const cases = [
      [6, await spoken(visit)],
      [3, await spoken(waiveContact())],
      [1, await spoken()],
    ] as const;
    expect(figure(met({ waiver: "excluded" }), ...cases)).toBe("6/7 85.71%");
    expect(figure(met({ waiver: "met" }), ...cases)).toBe("9/10 90%");
    expect(figure(met({ waiver: "notMet" }), ...cases)).toBe("6/10 60%");
  });

  it("Tongzhou: twice, before the handling and in the middle of it", async () => {
    const cases = [
      [5, await spoken(visit, again)],
      [2, await spoken(visit)],
      [2, await spoken(visit, contact({ on: "2021-05-10", phase: "before" }))],
      [1, await spoken(phone, again)],
    ] as const;
    expect(figure(met({ minTimes: 2 }), ...cases)).toBe("7/10 70%");
    expect(figure(met({ minTimes: 2, phases: ["before", "during"] }), ...cases)).toBe("5/10 50%");
    expect(figure(met({ phases: ["before"] }), ...cases)).toBe("9/10 90%");
  });

  it("Fengyang: consulted before the handling", async () => {
    const before = [
      [3, await spoken(visit)],
      [1, await spoken(again)],
    ] as const;
    expect(figure(met({ phases: ["before"] }), ...before)).toBe("3/4 75%");
  });

  it("a visit to an expert alone is with a proposer only where that does not matter", async () => {
    const expert = await spoken(contact({ participants: ["周教授:expert"] }));
    expect(figure(met({}), [1, expert])).toBe("0/1 0%");
    expect(figure(met({ withProposer: false }), [1, expert])).toBe("1/1 100%");
  });
});

describe("what is done, and in time 办结、按时办结", () => {
  const onTime = (round: RateDefinition["round"]) =>
    rate({ population: "all", numerator: "completedOnTime", ...(round && { round }) });

  it("Ningguo: 601 dispatched, 597 in time and 4 late are 100% closed and 99% in time", async () => {
    const late = await after(receive(), assign(), contact(), answer({ on: "2021-07-03" }));
    const cases = [
      [597, unasked],
      [4, late],
    ] as const;
    const closed = rate({ population: "all", numerator: "completed" });
    expect(figure(closed, ...cases)).toBe("601/601 100%");
    const whole = { decimals: 0, mode: "halfUp" } as const;
    expect(figure({ ...onTime("last"), rounding: whole }, ...cases)).toBe("597/601 99%");
    expect(figure(onTime("last"), ...cases)).toBe("597/601 99.33%");
  });

  it("the first round's answer, the last one's, or every one's", async () => {
    const second = [contact({ on: "2021-07-10" }), answer({ on: "2021-07-20" })] as const;
    const lateThenGood = await after(
      receive(),
      assign(),
      contact(),
      answer({ on: "2021-07-03" }),
      dissatisfied({ on: "2021-07-05" }),
      ...second,
    );
    const goodThenLate = await after(
      ...replied,
      dissatisfied(),
      contact({ on: "2021-07-10" }),
      answer({ on: "2021-09-30" }),
    );
    const cases = [
      [2, unasked],
      [3, lateThenGood],
      [5, goodThenLate],
      [1, open],
    ] as const;
    expect(figure(onTime("first"), ...cases)).toBe("7/11 63.64%");
    expect(figure(onTime("last"), ...cases)).toBe("5/11 45.45%");
    expect(figure(onTime("every"), ...cases)).toBe("2/11 18.18%");
  });

  it("Hainan: within a granted extension is in time", async () => {
    const extension = {
      command: "extend",
      case: caseId,
      on: "2021-06-25",
      months: 1,
      approvedBy: "交办单位",
      reason: "情况复杂",
    };
    const extended = await after(
      receive(),
      assign(),
      contact(),
      extension,
      answer({ on: "2021-07-20" }),
    );
    expect(figure(onTime("last"), [1, extended])).toBe("1/1 100%");
  });
});

describe("who is satisfied 满意", () => {
  const only = (rating: "satisfied" | "mostly") => satisfied({ ratings: [rating] });

  it("基本满意 counts: 144 satisfied and 2 mostly satisfied of 146 are 100%", () => {
    expect(figure(satisfied(), [144, good], [2, mostly])).toBe("146/146 100%");
  });

  it("or stands apart: 92.47% and 7.53% of 93", () => {
    expect(figure(only("satisfied"), [86, good], [7, mostly])).toBe("86/93 92.47%");
    expect(figure(only("mostly"), [86, good], [7, mostly])).toBe("7/93 7.53%");
  });

  it("with the manner, the result, or both", () => {
    const cases = [
      [7, good],
      [2, badResult],
      [1, bad],
    ] as const;
    expect(figure(satisfied({ axis: "attitude" }), ...cases)).toBe("9/10 90%");
    expect(figure(satisfied({ axis: "result" }), ...cases)).toBe("7/10 70%");
    expect(figure(satisfied({ axis: "both" }), ...cases)).toBe("7/10 70%");
  });

  it("at first, or in the end", async () => {
    const second = [contact({ on: "2021-07-10" }), answer({ on: "2021-07-20" })] as const;
    const won = await rated(dissatisfied(), ...second, feedback({ on: "2021-07-25" }));
    expect(figure(satisfied({ round: "first" }), [9, good], [1, won])).toBe("9/10 90%");
    expect(figure(satisfied({ round: "latest" }), [9, good], [1, won])).toBe("10/10 100%");
  });

  it("an expired form is left out, or says yes, or says no", () => {
    const cases = [
      [8, good],
      [2, silent],
      [5, unasked],
    ] as const;
    const reading = (silence: NonNullable<RateDefinition["form"]>["silence"]) =>
      figure(satisfied({ silence }), ...cases);
    expect(reading("excluded")).toBe("8/8 100%");
    expect(reading("countsAsSatisfied")).toBe("10/10 100%");
    expect(reading("countsAsDissatisfied")).toBe("8/10 80%");
  });

  it("silence on the second round speaks for the latest form, not for the first", async () => {
    const rude = feedback({ attitude: "dissatisfied" });
    const quiet = await rated(
      rude,
      contact({ on: "2021-07-10" }),
      answer({ on: "2021-07-20" }),
      remind,
      expire,
    );
    const said = { silence: "countsAsDissatisfied" } as const;
    expect(figure(satisfied({ ...said, round: "first" }), [1, quiet])).toBe("1/1 100%");
    expect(figure(satisfied({ ...said, round: "latest" }), [1, quiet])).toBe("0/1 0%");
    expect(figure(satisfied({ round: "latest" }), [1, quiet])).toBe("1/1 100%");
  });
});

describe("several proposers 多名提案人", () => {
  const names = ["李楠", "王兰", "赵六"];
  const formOf = (proposer: number, result: string) =>
    feedback({ proposer: names[proposer - 1], result });
  const from = (...results: readonly string[]) =>
    after(
      receive({ proposers: names }),
      assign(),
      contact(),
      answer(),
      ...results.map((result, at) => formOf(at + 1, result)),
    );
  const counted = (proposers: NonNullable<RateDefinition["form"]>["proposers"], state: CaseState) =>
    figure(satisfied({ proposers, ratings: ["satisfied"] }), [1, state]);

  it.each([
    ["lead", "1/1 100%"],
    ["worst", "0/1 0%"],
    ["best", "1/1 100%"],
    ["majority", "1/1 100%"],
  ] as const)("one of three is only mostly satisfied: %s", async (proposers, shown) => {
    const state = await from("satisfied", "satisfied", "mostly");
    expect(counted(proposers, state)).toBe(shown);
  });

  it.each([
    ["lead", "0/1 0%"],
    ["worst", "0/1 0%"],
    ["best", "1/1 100%"],
    ["majority", "0/1 0%"],
  ] as const)("opinions are divided, and a tie goes to the worse: %s", async (proposers, shown) => {
    const state = await from("mostly", "satisfied");
    expect(counted(proposers, state)).toBe(shown);
  });

  it("where the lead speaks for all, another's form is none", async () => {
    const state = await after(
      receive({ proposers: names }),
      assign(),
      contact(),
      answer(),
      formOf(2, "satisfied"),
    );
    expect(counted("lead", state)).toBe("0/0 —");
    expect(counted("worst", state)).toBe("1/1 100%");
  });
});

describe("what came of it 采纳、解决、转化、兑现、公开", () => {
  const withResult = (result: string) => after(receive(), assign(), contact(), answer({ result }));

  it("a city's bulletin: 146 A, 170 B and 3 C of 319 are 45.8%, 53.3% and 0.9%", async () => {
    const cases = [
      [146, await withResult("A")],
      [170, await withResult("B")],
      [3, await withResult("C")],
    ] as const;
    const share = (meaning: "resolved" | "inProgress" | "deferred") =>
      figure(
        {
          ...rate({ population: "answered", numerator: "resolved", meanings: [meaning] }),
          rounding: { decimals: 1, mode: "halfUp" },
        },
        ...cases,
      );
    expect(share("resolved")).toBe("146/319 45.8%");
    expect(share("inProgress")).toBe("170/319 53.3%");
    expect(share("deferred")).toBe("3/319 0.9%");
  });

  it("another: 433 of 470 are 92.1%", async () => {
    const definition = {
      ...rate({ population: "answered", numerator: "resolved", meanings: ["resolved"] }),
      rounding: { decimals: 1, mode: "halfUp" },
    } as const;
    expect(figure(definition, [433, await withResult("A")], [37, await withResult("B")])).toBe(
      "433/470 92.1%",
    );
  });

  it("Chenggong: of last year's 23 B cases 16 are solved now", async () => {
    const solved = await after(
      receive(),
      assign(),
      contact(),
      answer({ result: "B" }),
      dissatisfied(),
      contact({ on: "2021-07-10" }),
      answer({ on: "2021-07-20", result: "A" }),
    );
    const definition = {
      ...rate({ population: "promisedResults", numerator: "upgraded", meanings: ["resolved"] }),
      rounding: { decimals: 1, mode: "halfUp" },
    } as const;
    const cases = [
      [16, solved],
      [7, await withResult("B")],
      [40, await withResult("A")],
      [9, open],
    ] as const;
    expect(figure(definition, ...cases)).toBe("16/23 69.6%");
  });

  it("five suggestions in two items, all five taken up", async () => {
    const asking = (requests: readonly string[], ...steps: readonly Given[]) =>
      after(receive({ requests }), assign(), contact(), ...steps);
    const two = await asking(["一", "二"], answer({ adopted: [1, 2] }));
    const three = await asking(
      ["一", "二", "三"],
      answer({ adopted: [1] }),
      followUp({ adopted: [2, 3] }),
    );
    const requests = rate({ population: "requests", numerator: "adopted" });
    expect(figure(requests, [1, two], [1, three], [1, unasked])).toBe("5/5 100%");
    const whole = rate({ population: "answered", numerator: "adopted" });
    expect(figure(whole, [1, two], [1, unasked])).toBe("1/2 50%");
  });

  it("promises kept by their date, one by one or case by case", async () => {
    const promised = [...replied, commit({ due: "2021-11-30" }), commit({ due: "2021-12-31" })];
    const kept = await after(
      ...promised,
      fulfil(),
      by("乙", verify()),
      fulfil({ commitment: 2, on: "2021-12-30" }),
    );
    const half = await after(...promised, fulfil());
    const promises = rate({ population: "commitmentsDue", numerator: "fulfilledOnTime" });
    expect(figure(promises, [1, kept], [1, half])).toBe("3/4 75%");
    const cases = rate({ population: "answered", numerator: "fulfilledOnTime" });
    expect(figure(cases, [1, kept], [1, half], [1, unasked])).toBe("1/3 33.33%");
  });

  it("replies published, of those that may be; or of all that were led", async () => {
    const reply = (disclosure: string) =>
      [receive(), assign(), contact(), answer({ disclosure })] as const;
    const published = await after(...reply("full"), {
      command: "publish",
      case: caseId,
      on: "2021-07-10",
    });
    const waiting = await after(...reply("summary"));
    const onRequest = await after(...reply("on-request"));
    const cases = [
      [4, published],
      [1, waiting],
      [2, onRequest],
    ] as const;
    expect(figure(rate({ population: "publishable", numerator: "published" }), ...cases)).toBe(
      "4/5 80%",
    );
    expect(figure(rate({ population: "answered", numerator: "published" }), ...cases)).toBe(
      "4/7 57.14%",
    );
  });

  it("the 五定, over all that are there", async () => {
    const cases = [
      [3, open],
      [1, await after(receive())],
    ] as const;
    expect(figure(rate({ population: "all", numerator: "assigned" }), ...cases)).toBe("3/4 75%");
  });
});
