/** @module time.test — edge cases 26–29: calendars, terms, and dates that do not exist. */
import type { DeadlineRule } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "../../packages/engine/test/given.ts";
import {
  answer,
  assign,
  caseId,
  commit,
  contact,
  extend,
  receive,
  refusalOf,
  take,
  typesOf,
} from "../../packages/engine/test/given.ts";
import { bookInFile, dueIn, npc, recordTogether, term, withOnly, withTerms } from "./given-file.ts";

describe("时间：日历与期限", () => {
  it("26. 调休上班日、延长的假期、落在周六工作日的时限、没有日历的年份 (make-up workdays, lengthened holidays, a due date on a working Saturday, a year without a calendar)", async () => {
    const window = (id: string, amount: number, appliesTo: DeadlineRule["appliesTo"]) =>
      term("return-request", { id, amount, appliesTo });
    const rulebook = withTerms(
      window("twenty", 20, { kinds: ["npc"] }),
      window("ten", 10, { kinds: ["cppcc"], isKey: true }),
      window("five", 5, { kinds: ["cppcc"] }),
    );
    const made = await bookInFile({ day: "2026-10-05", rulebook });
    // counted day by day on the notices of 2025 and 2026, the day of the dispatch being day zero
    const counted = [
      ["1", "2026-02-12", "return-request", "2026-02-26", {}],
      ["2", "2026-09-18", "return-request", "2026-10-09", { isKey: true }],
      ["3", "2026-09-28", "return-request", "2026-10-10", {}],
      ["4", "2026-04-29", "return-request", "2026-05-09", {}],
      ["5", "2025-01-24", "return-request", "2025-02-07", {}],
      ["6", "2025-09-26", "return-request", "2025-10-10", {}],
      ["7", "2026-03-31", "reply", "2026-06-30", {}],
      ["8", "2025-11-30", "reply", "2026-02-28", {}],
      ["9", "2026-07-03", "reply", "2026-10-08", {}],
      ["10", "2026-02-02", "reply", "2026-05-06", {}],
    ] as const;
    const acrossTheYear = [
      npc({ number: "12", on: "2026-08-31", isComplex: true }),
      npc({ number: "13", on: "2026-08-15", isComplex: true }),
    ];
    await recordTogether(
      made,
      ...counted.map(([number, on, , , fields]) => receive({ number, on, ...fields })),
      npc({ number: "11", on: "2026-02-11" }),
      ...acrossTheYear,
    );
    for (const [number, , deadline, dueOn] of counted) {
      const found = await dueIn(made, `cppcc/15-5/${number}`, deadline);
      expect([number, found?.dueOn, found?.provisional]).toEqual([number, dueOn, false]);
    }
    expect(await dueIn(made, "npc/18-4/11", "return-request")).toMatchObject({
      dueOn: "2026-03-17",
    });

    // six months end on Sunday 28 February 2027: the Monday for now, until the notice makes that Sunday worked
    const acrossTo = async (number: string) => {
      const due = await dueIn(made, `npc/18-4/${number}`, "reply");
      return [due?.dueOn, due?.provisional];
    };
    expect(await acrossTo("12")).toEqual(["2027-03-01", true]);
    expect(await acrossTo("13")).toEqual(["2027-02-15", true]);
    const year = { format: 1, from: "2027-01-01", to: "2027-12-31" };
    await made.book.adoptCalendar(
      JSON.stringify({
        ...year,
        edition: "cn-2027.1",
        notice: "示例：2027年安排",
        holidays: [{ name: "春节", from: "2027-02-05", to: "2027-02-11" }],
        makeUpDays: ["2027-02-28"],
      }),
    );
    expect(await acrossTo("12")).toEqual(["2027-02-28", false]);
    expect(await acrossTo("13")).toEqual(["2027-02-15", false]);

    // 国庆 lengthened while it runs: the 8th and 9th come off, the working Saturday stays
    const days = [
      ["元旦", "01-01", "01-03"],
      ["春节", "02-15", "02-23"],
      ["清明节", "04-04", "04-06"],
      ["劳动节", "05-01", "05-05"],
      ["端午节", "06-19", "06-21"],
      ["中秋节", "09-25", "09-27"],
      ["国庆节", "10-01", "10-09"],
    ];
    const worked = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"];
    const told = await made.book.adoptCalendar(
      JSON.stringify({
        format: 1,
        from: "2026-01-01",
        to: "2026-12-31",
        edition: "cn-2027.2",
        notice: "示例：延长假期",
        holidays: days.map(([name, from, to]) => ({
          name,
          from: `2026-${from}`,
          to: `2026-${to}`,
        })),
        makeUpDays: worked.map((day) => `2026-${day}`),
      }),
    );
    // the third of five working days is the Saturday now; case 9 rolled to the 8th, which is off
    expect(told.impact.map(({ case: id, deadline, from, to }) => [id, deadline, from, to])).toEqual(
      [
        ["cppcc/15-5/2", "return-request", "2026-10-09", "2026-10-12"],
        ["cppcc/15-5/3", "return-request", "2026-10-10", "2026-10-13"],
        ["cppcc/15-5/9", "reply", "2026-10-08", "2026-10-10"],
      ],
    );
    expect(await typesOf(made.store, "cppcc/15-5/9")).toEqual([
      "CaseReceived",
      "DeadlinesRecomputed",
    ]);
  });

  it("27. “日”、“工作日”、“个月”、“30天”各不相同：同一城市的办件由层级决定 (days, working days, months and 30 days differ; the level decides)", async () => {
    const made = await bookInFile({ rulebook: await shippedRulebook("qingdao") });
    const on = "2021-09-28";
    await recordTogether(
      made,
      npc({ number: "1", level: "city", on }),
      npc({ number: "2", level: "provincial", on }),
    );
    // 五个工作日: 29, 30, 8, the working Saturday 9, 11
    expect(await dueIn(made, "npc/18-4/1", "return-request")).toMatchObject({
      dueOn: "2021-10-11",
      rule: "qingdao-npc-return-request",
    });
    // 五日: 3 October, and from there to the first day of work
    expect(await dueIn(made, "npc/18-4/2", "return-request")).toMatchObject({
      dueOn: "2021-10-08",
      rule: "npc-return-request",
    });

    const thirtyDays = term("cppcc-reply", { id: "thirty-days", amount: 30, unit: "calendarDay" });
    const oneMonth = term("cppcc-reply", {
      id: "one-month",
      amount: 1,
      appliesTo: { kinds: ["npc"] },
    });
    const other = await bookInFile({ rulebook: withOnly(thirtyDays, oneMonth) });
    const both = [
      ["1", "2021-02-01", "2021-03-03", "2021-03-01"],
      ["2", "2021-07-05", "2021-08-04", "2021-08-05"],
    ] as const;
    for (const [number, dispatched, after30Days, after1Month] of both) {
      await recordTogether(
        other,
        receive({ number, on: dispatched }),
        npc({ number, on: dispatched }),
      );
      expect(await dueIn(other, `cppcc/15-5/${number}`, "reply")).toMatchObject({
        dueOn: after30Days,
      });
      expect(await dueIn(other, `npc/18-4/${number}`, "reply")).toMatchObject({
        dueOn: after1Month,
      });
    }
  });

  it("28. 通知中不存在的日期（9月31日）和“11月底前”一类日期 (impossible dates such as 31 September, and “by the end of November”)", async () => {
    const made = await bookInFile();
    await take(made, receive());
    const handled = [assign(), contact()];
    const refused = async (step: Given, problem: object): Promise<void> =>
      refusalOf(made.store, () => take(made, step), "INVALID_INPUT", { problems: [problem] });
    const impossible = "2021-09-31";
    await refused(assign({ due: impossible }), {
      field: "due",
      kind: "impossibleDate",
      value: impossible,
    });
    for (const step of handled) await take(made, step);
    await refused(receive({ number: "123", dispatchedOn: "2021-02-29" }), {
      field: "dispatchedOn",
      kind: "impossibleDate",
    });
    await refused(contact({ on: `${impossible}T10:00:00+08:00` }), { field: "on" });
    await refused(extend({ due: impossible }), { field: "due", kind: "impossibleDate" });
    await refused(answer({ commitments: [`上线二百项@${impossible}`] }), {
      field: "commitments[0].due",
      kind: "impossibleDate",
    });
    // the words of a letter are no date: who records them says which day they mean
    for (const vague of ["11月底前", "2021-11", "2021-9-31", "20210931", "2021年11月30日"]) {
      await refused(commit({ due: vague }), { field: "due", kind: "notADate", value: vague });
    }
    await take(made, commit({ due: "2021-11-30", on: "2021-06-30", text: "11月底前上线二百项" }));
    expect((await made.book.show(caseId)).commitments).toMatchObject([
      { text: "11月底前上线二百项", due: "2021-11-30" },
    ]);

    // 2008年9月31日 as the last day of a rulebook's own term
    const fixed = {
      ...term("cppcc-reply", { trigger: "fixedDate", unit: "date", monthDay: "09-31" }),
    };
    const { amount: _amount, ...final } = { ...fixed, id: "by-september", extension: null };
    await refusalOf(made.store, () => made.book.adoptRulebook(withTerms(final)), "INVALID_RULES", {
      problems: [expect.objectContaining({ place: "/deadlines/0/monthDay" })],
    });
  });

  it("29. 固定日期的规则，交办却在其后（7月才交办、限7月31日）(a fixed date, and an item dispatched too late for it)", async () => {
    const elsewhere = await shippedRulebook("elsewhere");
    const zibo = elsewhere.deadlines.find(({ id }) => id === "zibo-reply");
    if (zibo === undefined) throw new Error("no term of Zibo");
    // copied into a rulebook of one's own, as the collection says
    const { notApplied: _notApplied, ...byJuly } = zibo;
    const made = await bookInFile({ rulebook: withTerms(byJuly) });
    const dispatched = [
      ["1", "2021-04-02", "2021-07-31", "zibo-reply"],
      ["2", "2021-07-30", "2021-07-31", "zibo-reply"],
      // on that day or behind it the fixed date binds nobody: the three months of the default do
      ["3", "2021-07-31", "2021-11-01", "cppcc-reply"],
      ["4", "2021-08-20", "2021-11-22", "cppcc-reply"],
    ] as const;
    await recordTogether(
      made,
      ...dispatched.map(([number, dispatchedOn]) =>
        // taken in late as well, which moves nothing
        receive({ number, dispatchedOn, on: "2021-08-25" }),
      ),
    );
    for (const [number, , dueOn, rule] of dispatched) {
      const found = await dueIn(made, `cppcc/15-5/${number}`, "reply");
      expect([number, found?.dueOn, found?.rule]).toEqual([number, dueOn, rule]);
    }
  });
});
