/** @module term.test — where a term ends, by each way of counting, and what may move it. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEngineError } from "../src/errors.ts";
import type { Term } from "../src/rulebook/deadline-rule.ts";
import type { TermLaw } from "../src/rulebook/terms/term.ts";
import { consultsCalendar, endOfTerm, UnpublishedYear } from "../src/rulebook/terms/term.ts";
import { indexCalendar, isWorkingDay } from "../src/rulebook/calendar/working-days.ts";
import { dateOfDayNumber, dayNumber } from "../src/time/civil-date.ts";
import { china, officeHours, term } from "./given-term.ts";

const end = (parts: Partial<Term>, from: string, law = china) => endOfTerm(term(parts), from, law);
const dueOn = (parts: Partial<Term>, from: string): string => end(parts, from).dueOn;

describe("which day is day one 起算", () => {
  // Friday 2026-11-20; Monday is the 23rd
  it.each([
    ["dayZero", "2026-11-20", "2026-11-23", "2026-11-21", "2026-12-20"],
    ["moveThenCount", "2026-11-20", "2026-11-23", "2026-11-21", "2026-12-20"],
    ["nextWorkingDay", "2026-11-20", "2026-11-23", "2026-11-23", "2026-12-22"],
    ["nextDayZero", "2026-11-20", "2026-11-23", "2026-11-22", "2026-12-21"],
    ["dayOne", "2026-11-20", "2026-11-20", "2026-11-20", "2026-12-19"],
    ["dayZero", "2026-11-21", "2026-11-23", "2026-11-22", "2026-12-21"],
    ["moveThenCount", "2026-11-21", "2026-11-24", "2026-11-24", "2026-12-23"],
    ["nextWorkingDay", "2026-11-21", "2026-11-23", "2026-11-23", "2026-12-22"],
    ["nextDayZero", "2026-11-21", "2026-11-23", "2026-11-23", "2026-12-22"],
    ["dayOne", "2026-11-21", "2026-11-23", "2026-11-21", "2026-12-20"],
  ] as const)("%s from %s: one working day, one day, one month", (count, from, ...ends) => {
    expect([
      dueOn({ unit: "workingDay", amount: 1, count }, from),
      dueOn({ unit: "calendarDay", amount: 1, count }, from),
      dueOn({ unit: "calendarMonth", amount: 1, count }, from),
    ]).toEqual(ends);
  });

  // back from Monday the 23rd or Sunday the 22nd
  it.each([
    ["dayZero", "2026-11-23", "2026-11-20", "2026-11-22", "2026-10-23"],
    ["moveThenCount", "2026-11-22", "2026-11-19", "2026-11-19", "2026-10-20"],
    ["nextWorkingDay", "2026-11-23", "2026-11-20", "2026-11-20", "2026-10-21"],
    ["nextDayZero", "2026-11-23", "2026-11-20", "2026-11-21", "2026-10-22"],
    ["dayOne", "2026-11-23", "2026-11-23", "2026-11-23", "2026-10-24"],
  ] as const)("%s counted back from %s: the same mirrored", (count, from, ...ends) => {
    const back = { count, direction: "before", amount: 1 } as const;
    expect([
      dueOn({ ...back, unit: "workingDay" }, from),
      dueOn({ ...back, unit: "calendarDay" }, from),
      dueOn({ ...back, unit: "calendarMonth" }, from),
    ]).toEqual(ends);
  });

  it("no days at all are the day that does not count, for working days the next worked one", () => {
    expect(dueOn({ amount: 0 }, "2026-11-20")).toBe("2026-11-20");
    expect(dueOn({ amount: 0 }, "2026-11-21")).toBe("2026-11-23");
    expect(dueOn({ amount: 0, direction: "before" }, "2026-11-21")).toBe("2026-11-20");
    expect(dueOn({ unit: "calendarDay", amount: 0 }, "2026-11-21")).toBe("2026-11-21");
    expect(dueOn({ unit: "calendarMonth", amount: 0, count: "nextDayZero" }, "2026-11-21")).toBe(
      "2026-11-22",
    );
  });
});

describe("a last day that is a day off 届满顺延", () => {
  it.each([
    ["none", "2026-10-03", "2026-11-21"],
    ["nextWorkingDay", "2026-10-08", "2026-11-23"],
    ["nextNonHoliday", "2026-10-08", "2026-11-21"],
    ["previousWorkingDay", "2026-09-30", "2026-11-20"],
  ] as const)("%s: a holiday ends on %s, an ordinary Saturday on %s", (rollOver, ...ends) => {
    expect([
      dueOn({ unit: "calendarMonth", amount: 3, rollOver }, "2026-07-03"),
      dueOn({ unit: "calendarMonth", amount: 3, rollOver }, "2026-08-21"),
    ]).toEqual(ends);
  });

  it("a weekend inside a holiday is part of it, whole or at its edge", () => {
    const at = (from: string): string =>
      dueOn({ unit: "calendarDay", amount: 0, rollOver: "nextNonHoliday" }, from);
    // 2026-02-15 is the Sunday on which the Spring Festival begins, 02-14 a worked Saturday
    expect(at("2026-02-15")).toBe("2026-02-24");
    expect(at("2026-02-14")).toBe("2026-02-14");
    expect(at("2026-06-21")).toBe("2026-06-22");
    expect(at("2026-06-27")).toBe("2026-06-27");
  });

  it("without named holidays, a weekend between two days off is one", () => {
    const law: TermLaw = {
      workingHours: [],
      calendar: indexCalendar({
        edition: "test.1",
        from: "2026-01-01",
        to: "2026-12-31",
        daysOff: ["2026-05-15", "2026-05-18"],
        makeUpDays: [],
      }),
    };
    const at = (from: string): string =>
      end({ unit: "calendarDay", amount: 0, rollOver: "nextNonHoliday" }, from, law).dueOn;
    expect(at("2026-05-16")).toBe("2026-05-19");
    expect(at("2026-05-23")).toBe("2026-05-23");
  });
});

describe("fixed days 固定日期", () => {
  it("are the day of the trigger's year, moved as the rule says", () => {
    expect(dueOn({ unit: "date", monthDay: "08-31" }, "2026-03-16")).toBe("2026-08-31");
    expect(
      dueOn({ unit: "date", monthDay: "10-01", rollOver: "nextWorkingDay" }, "2026-03-16"),
    ).toBe("2026-10-08");
    expect(dueOn({ unit: "date", monthDay: "08-31" }, "2025-12-31T16:30Z")).toBe("2026-08-31");
  });
});

describe("hours 小时", () => {
  it.each([
    ["2026-11-20T17:00+08:00", "hour", 48, "2026-11-22T17:00+08:00"],
    ["2026-11-20T09:00:30Z", "hour", 1, "2026-11-20T18:00:30+08:00"],
    ["2026-11-20T09:00+08:00", "workingHour", 7, "2026-11-20T17:30+08:00"],
    ["2026-11-20T08:15+08:00", "workingHour", 1, "2026-11-20T10:00+08:00"],
    ["2026-11-20T12:30+08:00", "workingHour", 1, "2026-11-20T14:30+08:00"],
    ["2026-11-20T17:30+08:00", "workingHour", 1, "2026-11-23T10:00+08:00"],
    ["2026-11-20T16:30+08:00", "workingHour", 8, "2026-11-23T17:30+08:00"],
    ["2026-11-21T11:00+08:00", "workingHour", 0, "2026-11-23T09:00+08:00"],
    ["2026-02-13T17:00+08:00", "workingHour", 1, "2026-02-14T09:30+08:00"],
  ] as const)("from %s, unit %s, %i end at %s", (from, unit, amount, dueAt) => {
    expect(end({ unit, amount }, from)).toEqual({
      dueOn: dueAt.slice(0, 10),
      dueAt,
      provisional: false,
    });
  });

  it("count back to an opening", () => {
    const back = { direction: "before", unit: "workingHour" } as const;
    expect(end({ ...back, amount: 1 }, "2026-11-23T09:15+08:00").dueAt).toBe(
      "2026-11-20T16:45+08:00",
    );
    expect(end({ ...back, amount: 7 }, "2026-11-22T10:00+08:00").dueAt).toBe(
      "2026-11-20T09:00+08:00",
    );
    expect(end({ ...back, amount: 0 }, "2026-11-22T10:00+08:00").dueAt).toBe(
      "2026-11-20T17:30+08:00",
    );
    expect(
      end({ unit: "hour", direction: "before", amount: 24 }, "2026-11-22T10:00+08:00").dueAt,
    ).toBe("2026-11-21T10:00+08:00");
  });

  it("run from midnight after the cut-off, and keep their time on a moved day", () => {
    const late = "2026-11-20T16:45+08:00";
    expect(end({ unit: "hour", amount: 2, cutOff: "16:30" }, late).dueAt).toBe(
      "2026-11-21T02:00+08:00",
    );
    expect(end({ unit: "workingHour", amount: 2, cutOff: "16:30" }, late).dueAt).toBe(
      "2026-11-23T11:00+08:00",
    );
    expect(end({ unit: "hour", amount: 24, rollOver: "nextWorkingDay" }, late).dueAt).toBe(
      "2026-11-23T16:45+08:00",
    );
  });

  it("need an instant", () => {
    for (const unit of ["hour", "workingHour"] as const) {
      let thrown: unknown;
      try {
        end({ unit, amount: 1 }, "2026-11-20");
      } catch (error) {
        thrown = error;
      }
      expect(isEngineError(thrown, "INVALID_INPUT") && thrown.data.problems).toMatchObject([
        { field: "on", kind: "malformed" },
      ]);
    }
  });

  it("of the office never run into days that no notice covers", () => {
    expect(() => end({ unit: "workingHour", amount: 8 }, "2026-12-31T16:30+08:00")).toThrow(
      UnpublishedYear,
    );
    expect(end({ unit: "workingHour", amount: 1 }, "2026-12-31T16:30+08:00").dueAt).toBe(
      "2026-12-31T17:30+08:00",
    );
    expect(end({ unit: "hour", amount: 24 }, "2026-12-31T16:30+08:00").provisional).toBe(false);
    let thrown: unknown;
    try {
      end({ unit: "workingHour", amount: 1 }, "2027-03-16T09:00+08:00");
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ year: 2027 });
  });

  it("need an office that opens", () => {
    for (const workingHours of [[], [{ from: "09:00", to: "09:00" }]]) {
      expect(() =>
        end({ unit: "workingHour", amount: 1 }, "2026-11-20T09:00+08:00", {
          ...china,
          workingHours,
        }),
      ).toThrow("the office has no working hours");
    }
  });
});

describe("provisional dates 暂定日期", () => {
  it.each([
    [{ amount: 5 }, "2026-12-28", true],
    [{ amount: 4 }, "2026-12-25", false],
    [{ unit: "calendarMonth", amount: 6 }, "2026-08-31", false],
    [{ unit: "calendarMonth", amount: 6, rollOver: "nextWorkingDay" }, "2026-08-31", true],
    [{ unit: "calendarMonth", amount: 6, rollOver: "nextNonHoliday" }, "2026-08-31", true],
    [{ unit: "calendarDay", amount: 0, rollOver: "previousWorkingDay" }, "2027-01-03", true],
    [{ unit: "calendarDay", amount: 9, count: "moveThenCount" }, "2027-01-15", true],
    [{ unit: "calendarDay", amount: 9, count: "moveThenCount" }, "2026-12-31", false],
    [{ unit: "calendarDay", amount: 9, count: "nextWorkingDay" }, "2026-12-31", true],
    [{ unit: "date", monthDay: "07-31" }, "2027-03-16", false],
    [{ unit: "date", monthDay: "07-31", rollOver: "nextWorkingDay" }, "2027-03-16", true],
    [{ amount: 1, direction: "before" }, "2027-01-01", false],
    [{ amount: 1, direction: "before" }, "2027-01-02", true],
  ] as const)("%j from %s: %s", (parts, from, provisional) => {
    expect(end(parts, from).provisional).toBe(provisional);
  });

  it("come only from terms that look days up", () => {
    expect(consultsCalendar(term({ amount: 5 }))).toBe(true);
    expect(consultsCalendar(term({ unit: "workingHour", amount: 5 }))).toBe(true);
    expect(consultsCalendar(term({ unit: "calendarMonth", amount: 5 }))).toBe(false);
    expect(consultsCalendar(term({ unit: "calendarDay", count: "nextWorkingDay" }))).toBe(true);
    expect(consultsCalendar(term({ unit: "date", count: "moveThenCount" }))).toBe(false);
    expect(consultsCalendar(term({ unit: "hour", count: "moveThenCount" }))).toBe(false);
    expect(consultsCalendar(term({ unit: "hour", rollOver: "nextWorkingDay" }))).toBe(true);
    expect(consultsCalendar(term({ unit: "date", rollOver: "nextNonHoliday" }))).toBe(true);
  });
});

describe("what is no term", () => {
  it.each([undefined, Number.NaN, -1, 2.5, Number.POSITIVE_INFINITY])("%s days", (amount) => {
    for (const unit of ["workingDay", "calendarDay", "calendarMonth", "hour"] as const) {
      const none = amount === undefined ? { unit } : { unit, amount };
      expect(() => end(none, "2026-11-20T09:00+08:00")).toThrow(RangeError);
    }
  });

  it("an end beyond the calendar, and a day that no year has", () => {
    for (const unit of ["calendarDay", "calendarMonth", "hour"] as const) {
      expect(() => end({ unit, amount: 99_000_000 }, "2026-11-20T09:00+08:00")).toThrow(RangeError);
    }
    expect(() => end({ unit: "date", monthDay: "02-30" }, "2026-01-20")).toThrow(RangeError);
    expect(() => end({ unit: "date" }, "2026-01-20")).toThrow(RangeError);
  });
});

describe("every start and every length", () => {
  const withDaysOff = (daysOff: readonly string[]): TermLaw => ({
    workingHours: officeHours,
    calendar: indexCalendar({
      edition: "test.1",
      from: "2020-01-01",
      to: "2029-12-31",
      daysOff,
      makeUpDays: [],
    }),
  });
  const uk = ["2020-04-10", "2020-04-13", "2020-05-08", "2020-05-25", "2020-08-31"];
  const calendars = [
    { law: china, from: "2026-09-21" },
    { law: withDaysOff([]), from: "2026-11-16" },
    { law: withDaysOff(uk), from: "2020-04-06" },
  ];

  it("from each weekday, -30 to 30 working days end on a working day, later the longer", () => {
    for (const { law, from } of calendars) {
      for (let weekday = 0; weekday < 7; weekday += 1) {
        const start = dateOfDayNumber(dayNumber(from) + weekday);
        const ends: string[] = [];
        for (let amount = -30; amount <= 30; amount += 1) {
          const back = { amount: -amount, direction: "before" } as const;
          ends.push(end(amount < 0 ? back : { amount }, start, law).dueOn);
        }
        expect(ends.filter((date) => !isWorkingDay(date, law.calendar))).toEqual([]);
        expect(ends.toSorted()).toEqual(ends);
        // from a day off, no days and one day both end on the next working day
        const isOff = !isWorkingDay(start, law.calendar);
        expect(new Set(ends).size).toBe(isOff ? 60 : 61);
        expect(ends[30] === start).toBe(!isOff);
      }
    }
  });

  it("counting there and back again comes home", () => {
    const day = fc
      .integer({ min: dayNumber("2004-02-01"), max: dayNumber("2026-11-30") })
      .map(dateOfDayNumber);
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 200 }), (from, amount) => {
        const start = dueOn({ amount: 0 }, from);
        const there = dueOn({ amount }, start);
        expect(dueOn({ amount, direction: "before" }, there)).toBe(start);
      }),
      { numRuns: 300 },
    );
  });
});

describe("receipt at an hour 收到时刻", () => {
  // 2026-10-25 is a Sunday on which clocks change in Europe, 2026-11-01 one on which they do in New York
  const hours = ["16:29", "16:30", "16:31", "21:59", "22:00", "23:59"];
  const receipts = ["2026-10-24", "2026-10-25", "2026-10-31", "2026-11-16"].flatMap((day) =>
    hours.map((hour) => `${day}T${hour}+08:00`),
  );

  it("at the cut-off or later is one of the next day", () => {
    expect(
      hours.map((hour) => dueOn({ amount: 1, cutOff: "16:30" }, `2026-11-16T${hour}+08:00`)),
    ).toEqual(["2026-11-17", ...hours.slice(1).map(() => "2026-11-18")]);
    expect(
      hours.map((hour) =>
        dueOn({ unit: "calendarDay", amount: 1, cutOff: "22:00" }, `2026-11-16T${hour}+08:00`),
      ),
    ).toEqual([...hours.slice(0, 4).map(() => "2026-11-17"), "2026-11-18", "2026-11-18"]);
  });

  it("ends the same wherever the clock of the machine stands", () => {
    const script = `
      import { stateCouncil } from "./rulebook/calendar/state-council.ts";
      import { endOfTerm } from "./rulebook/terms/term.ts";
      import { indexCalendar } from "./rulebook/calendar/working-days.ts";
      const law = {
        calendar: indexCalendar(stateCouncil),
        workingHours: [{ from: "09:00", to: "17:00" }],
      };
      const parts = { count: "dayZero", rollOver: "nextWorkingDay", cutOff: "16:30" };
      const units = ["workingDay", "calendarDay", "calendarMonth", "hour", "workingHour"];
      const ends = ${JSON.stringify(receipts)}.map((from) =>
        units.map((unit) => Object.values(endOfTerm({ ...parts, unit, amount: 3 }, from, law))),
      );
      process.stdout.write(JSON.stringify(ends));
    `;
    const parts = { rollOver: "nextWorkingDay", cutOff: "16:30", amount: 3 } as const;
    const law = { ...china, workingHours: [{ from: "09:00", to: "17:00" }] };
    const units = ["workingDay", "calendarDay", "calendarMonth", "hour", "workingHour"] as const;
    const here = receipts.map((from) =>
      units.map((unit) => Object.values(end({ ...parts, unit }, from, law))),
    );
    const [bundle] = buildSync({
      stdin: {
        contents: script,
        loader: "ts",
        resolveDir: fileURLToPath(new URL("../src", import.meta.url)),
      },
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
    }).outputFiles;
    for (const zone of ["UTC", "Asia/Shanghai", "America/New_York"]) {
      const ran = execFileSync(
        process.execPath,
        ["--input-type=module", "--eval", String(bundle?.text)],
        {
          encoding: "utf8",
          env: { ...process.env, TZ: zone },
        },
      );
      expect(JSON.parse(ran)).toEqual(here);
    }
  });
});
