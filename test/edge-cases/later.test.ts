/** @module later.test — edge cases 31–34: what comes later: a new law, a new round, a form, an entry. */
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  caseId,
  contact,
  feedback,
  receive,
  take,
  typesOf,
} from "../../packages/engine/test/given.ts";
import { national, versionOf } from "../../packages/engine/test/given-adoption.ts";
import type { BookInFile } from "./given-file.ts";
import {
  bookInFile,
  dueIn,
  npc,
  rateIn,
  recordOn,
  recordTogether,
  term,
  withOnly,
} from "./given-file.ts";

describe("时间：修法与轮次", () => {
  it("31. 年中修法：按交办日期适用规则，可选“新规则适用于在办件” (the law changes within the year: the rulebook by date of dispatch, and the option for open cases)", async () => {
    const thirtyDays = term("rehandling", {
      id: "old-rehandling",
      amount: 30,
      unit: "calendarDay",
    });
    const old = versionOf(withOnly(thirtyDays), "2016", { id: "henan", validTo: "2017-07-31" });
    const henan = await shippedRulebook("henan");
    const made = await bookInFile({ day: "2017-10-31", rulebook: old });
    await made.book.adoptRulebook(henan);
    const [before, after] = ["npc/18-4/1", "npc/18-4/2"];
    const road = (number: string, dispatchedOn: string) => {
      const about = { case: `npc/18-4/${number}` };
      return [
        npc({ number, dispatchedOn, on: "2017-08-02" }),
        assign({ ...about, on: "2017-08-03", due: "2017-09-20" }),
        contact({ ...about, on: "2017-08-10" }),
        answer({ ...about, on: "2017-09-29" }),
        feedback({ ...about, on: "2017-10-10", result: "dissatisfied" }),
      ];
    };
    await recordTogether(made, ...road("1", "2017-07-31"), ...road("2", "2017-08-01"));
    const stands = async (name: string) => {
      const due = await dueIn(made, name, "rehandling");
      return [(await made.book.show(name)).rulebook, due?.rule, due?.dueOn];
    };
    // both were ordered on the same day: thirty days under the old rules, a month under the new ones
    expect(await stands(before)).toEqual(["henan@2016", "old-rehandling", "2017-11-09"]);
    expect(await stands(after)).toEqual(["henan@2017", "npc-rehandling", "2017-11-10"]);

    // open cases come under a new version only where it says so, and only those that its span is for
    const impactOf = async (changes: Partial<Rulebook>) =>
      (await made.book.adoptRulebook(versionOf(henan, "2017.1", changes), { dryRun: true })).impact;
    const [bindsOpen, wholeYear] = [{ appliesToOpenCases: true }, { validFrom: "2017-01-01" }];
    expect(await impactOf(wholeYear)).toEqual([]);
    expect(await impactOf(bindsOpen)).toEqual([]);
    const forOpenCases = versionOf(henan, "2017.1", { ...bindsOpen, ...wholeYear });
    const told = await made.book.adoptRulebook(forOpenCases);
    expect(told.impact).toMatchObject([
      { case: before, deadline: "rehandling", from: "2017-11-09", to: "2017-11-10" },
    ]);
    expect(await stands(before)).toEqual(["henan@2017.1", "npc-rehandling", "2017-11-10"]);
    expect((await typesOf(made.store, before)).at(-1)).toBe("DeadlinesRecomputed");

    // 代表法 as amended came into force on 12 March 2025, inside one version of a rulebook
    made.clock.set("2025-06-30T04:00:00.000Z");
    await made.book.adoptRulebook(national);
    const articles = [
      ["3", "2025-03-11", "第四十二条"],
      ["4", "2025-03-12", "第五十一条"],
    ] as const;
    for (const [number, on, article] of articles) {
      await take(made, npc({ number, on, isComplex: true }));
      const { deadlines } = await made.book.show(`npc/18-4/${number}`);
      expect(deadlines.find(({ id }) => id === "reply")?.source).toContain(article);
    }
  });

  it("32. 第二轮自重新办理的决定起算，年度按时办结率写明按哪一轮 (round two counts from its order, not from the dispatch; the on-time figure says which round it means)", async () => {
    const onTime = national.rates.find(({ id }) => id === "on-time");
    if (onTime === undefined) throw new Error("no on-time rate");
    const rulebook = versionOf(national, "2025.1", {
      rates: [...national.rates, { ...onTime, id: "first-on-time", round: "first" }],
    });
    const made = await bookInFile({ rulebook });
    await recordTogether(
      made,
      receive(),
      assign(),
      contact(),
      // the reply was due on 2 July
      answer({ on: "2021-07-09" }),
      feedback({ on: "2021-07-20", result: "dissatisfied" }),
      contact({ on: "2021-07-25" }),
      answer({ on: "2021-08-10" }),
    );
    const { deadlines, round } = await made.book.show(caseId);
    expect(round).toBe(2);
    expect(deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", round: 1, dueOn: "2021-07-02", state: "late" }),
    );
    expect(deadlines).toContainEqual(
      expect.objectContaining({ id: "rehandling", round: 2, dueOn: "2021-08-20", state: "met" }),
    );
    const [certificate] = await made.book.explain(caseId, "rehandling");
    expect(certificate).toMatchObject({
      round: 2,
      countedFrom: "2021-07-20",
      rule: { trigger: "rehandlingOrdered" },
    });
    const year = { scope: { year: 2021 } };
    expect(await rateIn(made, "on-time", year)).toBe("1/1");
    expect(await rateIn(made, "first-on-time", year)).toBe("0/1");
    const [passport] = await made.book.passports(year, "on-time");
    expect(passport?.definition.zh).toContain("最后一轮");
    expect(passport?.definition.en).toContain("last");
  });
});

describe("时间：迟到的事实", () => {
  const inYear = { scope: { year: 2021 } };
  const printedOn = "2021-12-31";

  /** A year whose figures were printed, before its last form came in. */
  const printedYear = async (): Promise<BookInFile> => {
    const made = await bookInFile({ day: "2021-04-02" });
    await recordOn(made, "2021-04-02", receive());
    await recordOn(made, "2021-04-20", assign(), contact());
    await recordOn(made, "2021-06-30", answer());
    made.clock.set(`${printedOn}T04:00:00.000Z`);
    return made;
  };

  it("33. 年度总结定稿后才收到反馈：总结是当时的快照，此后的报告显示更正 (feedback after the annual report was frozen)", async () => {
    const made = await printedYear();
    const printed = await made.book.rates(inYear);
    await recordOn(
      made,
      "2022-01-10",
      feedback({ on: "2021-12-28", attitude: "dissatisfied", result: "dissatisfied" }),
    );
    // as it was known: the printed figures, to the letter
    expect(await made.book.rates({ ...inYear, knownOn: printedOn })).toEqual(printed);
    expect(await rateIn(made, "completion", { ...inYear, knownOn: printedOn })).toBe("1/1");
    // as it was true: with the form that lay there already
    expect(await rateIn(made, "completion", { ...inYear, asOf: printedOn })).toBe("0/1");
    expect(await rateIn(made, "satisfaction", { ...inYear, asOf: printedOn })).toBe("0/1");

    const days = { from: printedOn, to: "2022-01-10", ...inYear };
    const moved = async (known: boolean) =>
      (await made.book.reportDiff({ ...days, known })).rates
        .filter(({ changes }) => changes.length > 0)
        .map(({ id, before, after, changes }) => ({
          rate: `${id} ${before.display} → ${after.display}`,
          because: changes.flatMap(({ events }) => events.map(({ type, on }) => `${type} ${on}`)),
        }));
    const order = ["RehandlingOrdered 2021-12-28"];
    expect(await moved(true)).toEqual(
      expect.arrayContaining([
        { rate: "completion 100% → 0%", because: order },
        { rate: "satisfaction — → 0%", because: ["FeedbackReceived 2021-12-28"] },
      ]),
    );
    expect(await moved(false)).toEqual([]);
  });

  it("34. 补录的事实：时限按发生日期核对，审计两个日期都显示 (recorded late: due dates look at when it was true, the audit shows both)", async () => {
    const made = await bookInFile({
      day: "2021-04-02",
      rulebook: await shippedRulebook("chongqing"),
    });
    const [prompt, tardy] = ["npc/18-4/1", "npc/18-4/2"];
    await recordOn(made, "2021-04-02", npc({ number: "1" }), npc({ number: "2" }));
    await recordOn(made, "2021-04-06", assign({ case: prompt }), assign({ case: tardy }));
    // twenty working days from the receipt: 30 April
    const stateOf = async (name: string) =>
      (await made.book.show(name)).deadlines
        .filter(({ id }) => id === "first-contact")
        .map(({ dueOn, metOn, state }) => [dueOn, metOn, state]);
    made.clock.set("2021-05-12T04:00:00.000Z");
    expect(await stateOf(prompt)).toEqual([["2021-04-30", null, "overdue"]]);
    await recordOn(
      made,
      "2021-05-13",
      contact({ case: prompt, mode: "phone", on: "2021-04-29", note: "补录：电话记录单遗漏" }),
      contact({ case: tardy, mode: "phone", on: "2021-05-13" }),
    );
    expect(await stateOf(prompt)).toEqual([["2021-04-30", "2021-04-29", "met"]]);
    expect(await stateOf(tardy)).toEqual([["2021-04-30", "2021-05-13", "late"]]);

    const entries = [await made.book.history(prompt), await made.book.history(tardy)];
    expect(entries.map((of) => of.at(-1))).toMatchObject([
      {
        type: "ContactRecorded",
        on: "2021-04-29",
        recordedAt: "2021-05-13T12:00:00.000+08:00",
        isLateEntry: true,
        data: { note: "补录：电话记录单遗漏" },
      },
      { on: "2021-05-13", recordedAt: "2021-05-13T12:00:00.000+08:00", isLateEntry: false },
    ]);
    // true by the end of April, known a fortnight later
    expect(await rateIn(made, "contact", { asOf: "2021-04-30" })).toBe("1/2");
    expect(await rateIn(made, "contact", { knownOn: "2021-05-12" })).toBe("0/2");
    expect(await rateIn(made, "contact", { knownOn: "2021-05-13" })).toBe("2/2");
  });
});
