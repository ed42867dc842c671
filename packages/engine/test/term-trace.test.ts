/** @module term-trace.test — a term told day by day, and the telling against the computation. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Calendar } from "../src/rulebook/calendar/calendar.ts";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import type { CountRule, RollRule, Term } from "../src/rulebook/deadline-rule.ts";
import { counts, endOfTerm, rolls, UnpublishedYear } from "../src/rulebook/terms/term.ts";
import { traceParts, traceTerm } from "../src/rulebook/terms/term-trace.ts";
import { indexCalendar } from "../src/rulebook/calendar/working-days.ts";
import { dateOfDayNumber, dayNumber } from "../src/time/civil-date.ts";
import { china, officeHours, term } from "./given-term.ts";

/** The steps as lines: day, part, number, reason. */
const told = (parts: Partial<Term>, from: string): string[] =>
  traceTerm(term(parts), from, china).steps.map(({ date, part, number, why }) =>
    [date, part, number ?? "-", why.zh].join(" "),
  );

describe("a term told day by day 逐日说明", () => {
  it("names each counted and each skipped day: 5 working days from 2026-09-28", () => {
    expect(told({ amount: 5 }, "2026-09-28")).toEqual([
      "2026-09-28 zero 0 当日不计入",
      "2026-09-29 counted 1 周二，工作日",
      "2026-09-30 counted 2 周三，工作日",
      "2026-10-01 skipped - 周四，国庆节放假",
      "2026-10-02 skipped - 周五，国庆节放假",
      "2026-10-03 skipped - 周六，国庆节放假",
      "2026-10-04 skipped - 周日，国庆节放假",
      "2026-10-05 skipped - 周一，国庆节放假",
      "2026-10-06 skipped - 周二，国庆节放假",
      "2026-10-07 skipped - 周三，国庆节放假",
      "2026-10-08 counted 3 周四，工作日",
      "2026-10-09 counted 4 周五，工作日",
      "2026-10-10 counted 5 周六，调休上班",
      "2026-10-10 due - 周六，调休上班",
    ]);
  });

  it("tells the end of a month, and a last day moved over a holiday", () => {
    expect(told({ unit: "calendarMonth", amount: 3 }, "2026-03-31")).toEqual([
      "2026-03-31 zero 0 当日不计入",
      "2026-06-30 monthEnd - 该月没有 31 日，以月末日为届满日",
      "2026-06-30 due - 周二",
    ]);
    expect(
      told({ unit: "calendarMonth", amount: 3, rollOver: "nextWorkingDay" }, "2026-02-02"),
    ).toEqual([
      "2026-02-02 zero 0 当日不计入",
      "2026-05-02 sameNumber - 3 个月后的对应日",
      "2026-05-02 rolled - 周六，劳动节放假",
      "2026-05-03 rolled - 周日，劳动节放假",
      "2026-05-04 rolled - 周一，劳动节放假",
      "2026-05-05 rolled - 周二，劳动节放假",
      "2026-05-06 due - 周三，工作日",
    ]);
  });

  it("tells a late arrival, and how it moves to the next working day", () => {
    expect(
      told({ amount: 1, count: "moveThenCount", cutOff: "16:30" }, "2026-11-20T16:30+08:00"),
    ).toEqual([
      "2026-11-20 trigger - 周五",
      "2026-11-21 cutOff - 16:30 及以后发生的，计为次日",
      "2026-11-21 moved - 周六",
      "2026-11-22 moved - 周日",
      "2026-11-23 zero 0 顺延至此日，不计入",
      "2026-11-24 counted 1 周二，工作日",
      "2026-11-24 due - 周二，工作日",
    ]);
  });

  it("tells which way a day off moves: back where the rule or the term runs back", () => {
    expect(
      told({ unit: "calendarDay", amount: 5, rollOver: "previousWorkingDay" }, "2026-11-17"),
    ).toContain("2026-11-22 rolledBack - 周日");
    expect(told({ amount: 1, direction: "before", count: "moveThenCount" }, "2026-11-22")).toEqual([
      "2026-11-22 trigger - 周日",
      "2026-11-22 movedBack - 周日",
      "2026-11-21 movedBack - 周六",
      "2026-11-20 zero 0 提前至此日，不计入",
      "2026-11-19 counted 1 周四，工作日",
      "2026-11-19 due - 周四，工作日",
    ]);
    expect(traceParts).toMatchObject({
      zero: { zh: "起算日，不计入" },
      skipped: { zh: "休息日，不计" },
      moved: { zh: "顺延" },
      movedBack: { zh: "提前" },
      rolled: { zh: "届满日顺延" },
      rolledBack: { zh: "届满日提前" },
      sameNumber: { zh: "期满对应日" },
    });
  });

  it("tells the hours of each opening", () => {
    expect(told({ unit: "workingHour", amount: 8 }, "2026-02-13T16:00+08:00")).toEqual([
      "2026-02-13 trigger - 周五",
      "2026-02-13 counted 1.5 周五，工作日，计入 16:00–17:30",
      "2026-02-14 counted 4.5 周六，调休上班，计入 09:00–12:00",
      "2026-02-14 counted 8 周六，调休上班，计入 13:30–17:00",
      "2026-02-14 due - 周六，调休上班",
    ]);
  });

  it("says where a day is not published, and that the end may move", () => {
    const trace = traceTerm(term({ amount: 3 }), "2026-12-30", china);
    expect(trace.steps.map(({ why }) => why.zh).slice(1, 4)).toEqual([
      "周四，工作日",
      "尚未公布，按周一至周五计",
      "尚未公布，按周一至周五计",
    ]);
    expect(trace).toMatchObject({ dueOn: "2027-01-04", provisional: true });
  });

  it("keeps the last day that was moved", () => {
    expect(
      traceTerm(
        term({ unit: "calendarMonth", amount: 3, rollOver: "nextWorkingDay" }),
        "2026-07-03",
        china,
      ),
    ).toMatchObject({ unrolled: "2026-10-03", dueOn: "2026-10-08", provisional: false });
  });
});

describe("the telling and the computation agree", () => {
  const firstDay = dayNumber("2004-01-01");
  const lastDay = dayNumber("2028-12-31");
  const day = fc.integer({ min: firstDay, max: lastDay }).map(dateOfDayNumber);
  const minute = fc.integer({ min: 0, max: 1439 });
  const instant = fc
    .tuple(day, minute)
    .map(([date, at]) => `${date}T${new Date(at * 60_000).toISOString().slice(11, 16)}+08:00`);
  const isWeekend = (date: string): boolean =>
    [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

  const calendar: fc.Arbitrary<Calendar> = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: firstDay, max: lastDay }), { maxLength: 400 }),
      fc.integer({ min: firstDay, max: lastDay }),
      fc.integer({ min: 0, max: 6000 }),
    )
    .map(([moved, from, length]) => {
      const dates = moved
        .filter((one) => one >= from && one <= from + length)
        .map(dateOfDayNumber)
        .toSorted();
      return {
        edition: "test.1",
        from: dateOfDayNumber(from),
        to: dateOfDayNumber(from + length),
        daysOff: dates.filter((date) => !isWeekend(date)),
        makeUpDays: dates.filter(isWeekend),
      };
    });
  const law = fc
    .oneof(fc.constant(stateCouncil), calendar)
    .map((one) => ({ calendar: indexCalendar(one), workingHours: officeHours }));

  const isOneOf =
    <Name extends string>(table: Readonly<Record<Name, unknown>>) =>
    (name: string): name is Name =>
      Object.hasOwn(table, name);
  const counting: fc.Arbitrary<CountRule> = fc.constantFrom(
    ...Object.keys(counts).filter(isOneOf(counts)),
  );
  const rolling: fc.Arbitrary<RollRule> = fc.constantFrom(
    ...Object.keys(rolls).filter(isOneOf(rolls)),
  );
  const parts = {
    amount: fc.integer({ min: 0, max: 90 }),
    count: counting,
    rollOver: rolling,
    direction: fc.constantFrom<"after" | "before">("after", "before"),
  };
  const inDays: fc.Arbitrary<Term> = fc
    .tuple(
      fc.record({
        ...parts,
        unit: fc.constantFrom<Term["unit"]>("workingDay", "calendarDay", "calendarMonth", "date"),
      }),
      fc.constantFrom("02-28", "07-31", "12-31"),
      fc.option(fc.constant("16:30"), { nil: undefined }),
    )
    .map(([one, monthDay, cutOff]) => ({
      ...one,
      ...(one.unit === "date" ? { monthDay } : {}),
      ...(cutOff === undefined ? {} : { cutOff }),
    }));
  const inHours: fc.Arbitrary<Term> = fc
    .tuple(
      fc.record({ ...parts, unit: fc.constantFrom<Term["unit"]>("hour", "workingHour") }),
      fc.option(fc.constant("16:30"), { nil: undefined }),
    )
    .map(([one, cutOff]) => (cutOff === undefined ? one : { ...one, cutOff }));

  /** The answer, or the year that is missing. */
  const answer = (compute: () => ReturnType<typeof endOfTerm>) => {
    try {
      const { dueOn, dueAt, provisional } = compute();
      return { dueOn, dueAt, provisional };
    } catch (error) {
      if (error instanceof UnpublishedYear) return error.year;
      throw error;
    }
  };

  it("for every term in days, every calendar and every trigger", () => {
    fc.assert(
      fc.property(inDays, fc.oneof(day, instant), law, (one, from, known) => {
        expect(answer(() => traceTerm(one, from, known))).toEqual(
          answer(() => endOfTerm(one, from, known)),
        );
      }),
      { numRuns: 800 },
    );
  });

  it("for every term in hours", () => {
    fc.assert(
      fc.property(inHours, instant, law, (one, from, known) => {
        expect(answer(() => traceTerm(one, from, known))).toEqual(
          answer(() => endOfTerm(one, from, known)),
        );
      }),
      { numRuns: 400 },
    );
  });

  it("counts every number once, up to the amount", () => {
    fc.assert(
      fc.property(inDays, day, law, (one, from, known) => {
        if (one.unit !== "workingDay" && one.unit !== "calendarDay") return;
        const { steps } = traceTerm(one, from, known);
        expect(steps.filter(({ part }) => part === "counted").map(({ number }) => number)).toEqual(
          Array.from({ length: one.amount ?? 0 }, (_, index) => index + 1),
        );
      }),
      { numRuns: 200 },
    );
  });
});
