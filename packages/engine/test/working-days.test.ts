/** @module working-days.test — which days are worked, and how terms in working days are counted. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Calendar } from "../src/rulebook/calendar/calendar.ts";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import {
  addWorkingDays,
  indexCalendar,
  isPublished,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  workingDaysBefore,
  workingDaysBetween,
} from "../src/rulebook/calendar/working-days.ts";
import { dateOfDayNumber, dayNumber } from "../src/time/civil-date.ts";

const china = indexCalendar(stateCouncil);

/** A calendar whose notices move nothing but these days. */
const withDaysOff = (...daysOff: string[]) =>
  indexCalendar({
    edition: "test.1",
    from: "1990-01-01",
    to: "2099-12-31",
    daysOff,
    makeUpDays: [],
  });
const mondayToFriday = withDaysOff();

/** The days from the first to the last, both included; one day when there is no last. */
const span = (first: string, last = first): string[] => {
  const dates: string[] = [];
  for (let day = dayNumber(first); day <= dayNumber(last); day += 1)
    dates.push(dateOfDayNumber(day));
  return dates;
};

describe("working days 工作日", () => {
  it.each([
    ["2021-02-07"],
    ["2021-02-20"],
    ["2021-09-18"],
    ["2021-09-26"],
    ["2024-02-04"],
    ["2024-02-18"],
    ["2025-01-26"],
    ["2025-02-08"],
    ["2025-04-27"],
    ["2025-09-28"],
    ["2025-10-11"],
    ["2026-01-04"],
    ["2026-02-14"],
    ["2026-02-28"],
    ["2026-05-09"],
    ["2026-09-20"],
    ["2026-10-10"],
  ])("%s, a weekend day, is worked 调休上班", (date) => {
    expect(isWorkingDay(date, china)).toBe(true);
    expect(isWorkingDay(date, mondayToFriday)).toBe(false);
  });

  it.each([
    ["2021-10-01", "2021-10-07"],
    ["2025-01-01", "2025-01-01"],
    ["2025-01-28", "2025-02-04"],
    ["2025-04-04", "2025-04-06"],
    ["2025-05-01", "2025-05-05"],
    ["2025-05-31", "2025-06-02"],
    ["2025-10-01", "2025-10-08"],
    ["2026-01-01", "2026-01-03"],
    ["2026-02-15", "2026-02-23"],
    ["2026-04-04", "2026-04-06"],
    ["2026-05-01", "2026-05-05"],
    ["2026-06-19", "2026-06-21"],
    ["2026-09-25", "2026-09-27"],
    ["2026-10-01", "2026-10-07"],
  ])("%s to %s are off 放假", (first, last) => {
    expect(span(first, last).filter((date) => isWorkingDay(date, china))).toEqual([]);
  });

  it("2026 has 248 of them: 365 days less 104 weekend days and 13 holidays by law", () => {
    expect(workingDaysBetween("2025-12-31", "2026-12-31", china)).toBe(365 - 104 - 13);
    expect(workingDaysBetween("2025-12-31", "2026-12-31", mondayToFriday)).toBe(365 - 104);
  });

  it("moves to the next working day only from a day off", () => {
    expect(nextWorkingDay("2026-10-03", china)).toEqual({ date: "2026-10-08", provisional: false });
    expect(nextWorkingDay("2026-02-28", china)).toEqual({ date: "2026-02-28", provisional: false });
    expect(nextWorkingDay("2026-03-01", china)).toEqual({ date: "2026-03-02", provisional: false });
  });
});

describe("terms in working days 工作日期限", () => {
  // the last column is what counting Monday to Friday alone would say
  it.each([
    [
      "2026-02-12",
      5,
      "2026-02-26",
      "2026-02-19",
      "the make-up Saturday before the festival counts",
    ],
    ["2026-02-11", 20, "2026-03-17", "2026-03-11", "two make-up Saturdays count"],
    ["2026-09-18", 10, "2026-10-09", "2026-10-02", "the make-up Sunday counts"],
    ["2026-09-28", 5, "2026-10-10", "2026-10-05", "a term may end on a Saturday"],
    ["2026-04-29", 5, "2026-05-09", "2026-05-06", "a term may end on a Saturday"],
    ["2025-01-24", 5, "2025-02-07", "2025-01-31", "a make-up Sunday inside the term counts"],
    ["2025-09-26", 5, "2025-10-10", "2025-10-03", "the long holiday does not count"],
  ])("%s and %i working days end on %s, not %s: %s", (from, days, end, weekendsOnly) => {
    expect(addWorkingDays(from, days, china)).toEqual({ date: end, provisional: false });
    expect(addWorkingDays(from, days, mondayToFriday).date).toBe(weekendsOnly);
  });

  it("day 1 is the day after, whether the term begins on a working day or on a day off", () => {
    expect(addWorkingDays("2021-04-02", 1, china).date).toBe("2021-04-06");
    expect(addWorkingDays("2021-04-04", 1, china).date).toBe("2021-04-06");
    expect(addWorkingDays("2021-04-06", 1, china).date).toBe("2021-04-07");
  });

  it("a term crosses a year on one count", () => {
    expect(addWorkingDays("2025-12-30", 3, china).date).toBe("2026-01-05");
    expect(addWorkingDays("2005-12-30", 1, china).date).toBe("2005-12-31");
  });

  it.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])("%d is no term in days", (days) => {
    expect(() => addWorkingDays("2026-03-02", days, china)).toThrow(RangeError);
  });

  it("text that is no date is refused", () => {
    expect(() => addWorkingDays("2026-3-2", 5, china)).toThrow(RangeError);
    expect(() => isWorkingDay("2026-14-01", china)).toThrow(RangeError);
  });

  // tables that other systems settled after getting them wrong; day 1 is the day after
  const uk = withDaysOff("2020-01-01", "2020-04-10", "2020-05-08", "2020-05-25", "2020-08-31");
  const hesse = withDaysOff("2018-03-30", "2018-04-02", "2018-05-01");
  it.each([
    ["2020-08-17", 20, "2020-09-15", uk, "a bank holiday inside"],
    ["2020-02-01", 20, "2020-02-28", uk, "a Saturday is day 0 and does not first become a Monday"],
    ["2018-03-29", 1, "2018-04-03", hesse, "four days off in a row"],
    ["2018-03-29", 2, "2018-04-04", hesse, "four days off in a row"],
    ["2018-04-27", 2, "2018-05-02", hesse, "a weekend, a Monday, a holiday"],
    ["2019-10-11", 9, "2019-10-24", mondayToFriday, "a Friday"],
    ["2019-08-18", 5, "2019-08-23", mondayToFriday, "a Sunday"],
    ["2019-10-12", 1, "2019-10-14", mondayToFriday, "a Saturday"],
    ["2019-10-12", 5, "2019-10-18", mondayToFriday, "a Saturday and a whole week"],
  ])("elsewhere %s and %i working days end on %s", (from, days, end, calendar, _why) => {
    expect(addWorkingDays(from, days, calendar).date).toBe(end);
  });
});

describe("counting back 向前数", () => {
  it.each([
    ["2026-10-10", 5, "2026-09-28", "over the National Day, from a worked Saturday"],
    ["2026-02-26", 5, "2026-02-12", "Saturday 02-14 counts"],
    ["2026-10-08", 1, "2026-09-30", "the working day before a holiday"],
    ["2026-10-04", 1, "2026-09-30", "from inside a holiday"],
    ["2006-01-04", 1, "2005-12-31", "a worked Saturday of the year before"],
  ])("%s less %i working days is %s: %s", (from, days, date) => {
    expect(workingDaysBefore(from, days, china)).toEqual({ date, provisional: false });
  });

  it("stays on a working day, and leaves a day off for the one before", () => {
    expect(previousWorkingDay("2026-10-10", china).date).toBe("2026-10-10");
    expect(previousWorkingDay("2026-10-03", china).date).toBe("2026-09-30");
    expect(previousWorkingDay("2027-01-01", china)).toEqual({
      date: "2027-01-01",
      provisional: true,
    });
  });

  it.each([0, -1, 2.5, Number.NaN])("%d is no term in days", (days) => {
    expect(() => workingDaysBefore("2026-03-02", days, china)).toThrow(RangeError);
  });
});

describe("why a day is worked or not 缘由", () => {
  it.each([
    ["2026-11-20", true, "周五，工作日", "Friday, a working day"],
    ["2026-11-21", false, "周六", "Saturday"],
    ["2026-02-16", false, "周一，春节放假", "Monday, Spring Festival"],
    ["2026-02-15", false, "周日，春节放假", "Sunday, Spring Festival"],
    ["2026-02-14", true, "周六，调休上班", "Saturday, worked in exchange for a holiday"],
    [
      "2025-10-06",
      false,
      "周一，国庆节、中秋节放假",
      "Monday, National Day and Mid-Autumn Festival",
    ],
  ])("%s", (date, worked, zh, en) => {
    expect(china.reasonOf(date)).toEqual({ worked, why: { zh, en }, published: true });
  });

  it("says where no notice covers a day", () => {
    expect(china.reasonOf("2027-01-01")).toEqual({
      worked: true,
      published: false,
      why: {
        zh: "尚未公布，按周一至周五计",
        en: "not yet published, counted as Monday to Friday",
      },
    });
    expect(china.reasonOf("2003-12-27")).toMatchObject({
      worked: false,
      published: false,
      why: { zh: "日历未收录，按周一至周五计" },
    });
  });

  it("has no name for a day off of a calendar without names", () => {
    const known = withDaysOff("2026-05-15", "2026-05-18");
    expect(known.reasonOf("2026-05-15").why.zh).toBe("周五，放假");
    expect(known.reasonOf("2026-05-16").why.zh).toBe("周六，放假");
    expect(known.reasonOf("2026-05-23").why.zh).toBe("周六");
  });

  it("agrees with the count on every day of 2003 to 2028", () => {
    const all = span("2003-01-01", "2028-12-31");
    expect(all.filter((date) => china.reasonOf(date).worked !== isWorkingDay(date, china))).toEqual(
      [],
    );
  });
});

describe("working days left 剩余工作日", () => {
  const holiday = withDaysOff("2021-07-22");
  it.each([
    ["2021-07-20", "2021-07-20", 0],
    ["2021-07-20", "2021-07-21", 1],
    ["2021-07-20", "2021-07-22", 1],
    ["2021-07-20", "2021-07-23", 2],
    ["2021-07-20", "2021-07-25", 2],
    ["2021-07-20", "2021-07-26", 3],
    ["2025-05-24", "2025-05-31", 5],
    ["2019-07-20", "2019-07-28", 5],
    ["2019-07-27", "2019-07-28", 0],
    ["2021-07-23", "2021-07-20", -2],
  ])("after %s and up to %s: %i", (from, to, days) => {
    expect(workingDaysBetween(from, to, holiday)).toBe(days);
  });

  it("none is left on the due date, and one working day late is minus one", () => {
    expect(workingDaysBetween("2021-07-02", "2021-07-02", china)).toBe(0);
    expect(workingDaysBetween("2021-07-03", "2021-07-02", china)).toBe(0);
    expect(workingDaysBetween("2021-07-05", "2021-07-02", china)).toBe(-1);
  });
});

describe("unpublished years 未公布的年份", () => {
  it("a term that ends within the published years is certain", () => {
    expect(addWorkingDays("2026-12-28", 3, china)).toEqual({
      date: "2026-12-31",
      provisional: false,
    });
  });

  it("past the last notice Monday to Friday stand in, and the date is provisional", () => {
    expect(addWorkingDays("2026-12-28", 5, china)).toEqual({
      date: "2027-01-04",
      provisional: true,
    });
    expect(addWorkingDays("2026-12-25", 10, china)).toEqual({
      date: "2027-01-08",
      provisional: true,
    });
    expect(nextWorkingDay("2027-02-28", china)).toEqual({ date: "2027-03-01", provisional: true });
    expect(nextWorkingDay("2027-03-01", china)).toEqual({ date: "2027-03-01", provisional: true });
  });

  it("before the first notice as well", () => {
    expect(addWorkingDays("2003-12-30", 2, china)).toEqual({
      date: "2004-01-02",
      provisional: true,
    });
    expect(addWorkingDays("2003-12-31", 1, china)).toEqual({
      date: "2004-01-02",
      provisional: false,
    });
  });

  it("a span is published when a notice covers each of its days", () => {
    expect(isPublished("2004-01-01", "2026-12-31", china)).toBe(true);
    expect(isPublished("2003-12-31", "2004-01-05", china)).toBe(false);
    expect(isPublished("2026-12-31", "2027-01-01", china)).toBe(false);
  });
});

describe("counting, for every date and calendar", () => {
  const firstDay = dayNumber("2003-06-01");
  const lastDay = dayNumber("2027-12-31");
  const date = fc.integer({ min: firstDay, max: lastDay }).map(dateOfDayNumber);
  const days = fc.integer({ min: 1, max: 400 });

  /** Any notices for a span of years: each weekday may be off, each weekend day worked. */
  const calendar: fc.Arbitrary<Calendar> = fc
    .record({
      moved: fc.uniqueArray(fc.integer({ min: firstDay, max: lastDay }), { maxLength: 300 }),
      from: fc.integer({ min: firstDay, max: lastDay }),
      length: fc.integer({ min: 0, max: 3000 }),
    })
    .map(({ moved, from, length }) => {
      const published = moved
        .filter((day) => day >= from && day <= from + length)
        .toSorted((a, b) => a - b);
      return {
        edition: "test.1",
        from: dateOfDayNumber(from),
        to: dateOfDayNumber(from + length),
        daysOff: published.filter((day) => !isWeekend(day)).map(dateOfDayNumber),
        makeUpDays: published.filter(isWeekend).map(dateOfDayNumber),
      };
    });
  const calendars = fc.oneof(fc.constant(stateCouncil), calendar);

  const isWeekend = (day: number): boolean =>
    [0, 6].includes(new Date(day * 86_400_000).getUTCDay());

  /** The same question answered by walking day by day, knowing nothing of running numbers. */
  const walk = (from: string, wanted: number, known: Calendar) => {
    const daysOff = new Set(known.daysOff);
    const makeUpDays = new Set(known.makeUpDays);
    let [day, left, provisional, here] = [dayNumber(from), wanted, false, from];
    while (left > 0) {
      day += 1;
      here = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (here < known.from || here > known.to) provisional = true;
      if (isWeekend(day) ? makeUpDays.has(here) : !daysOff.has(here)) left -= 1;
    }
    return { date: here, provisional };
  };

  it("a term ends where walking day by day ends it", () => {
    fc.assert(
      fc.property(date, days, calendars, (from, term, known) => {
        expect(addWorkingDays(from, term, indexCalendar(known))).toEqual(walk(from, term, known));
      }),
      { numRuns: 2000 },
    );
  });

  it("from each day of the weeks around a holiday, one to thirty days, in each published year", () => {
    const wrong: string[] = [];
    for (let year = 2004; year <= 2026; year += 1) {
      for (const month of ["01-27", "04-28", "09-26", "12-25"]) {
        const start = dayNumber(`${year}-${month}`);
        for (const from of span(dateOfDayNumber(start), dateOfDayNumber(start + 6))) {
          for (let term = 1; term <= 30; term += 1) {
            const { date: end, provisional } = addWorkingDays(from, term, china);
            const walked = walk(from, term, stateCouncil);
            if (end !== walked.date || provisional !== walked.provisional) {
              wrong.push(`${from} + ${term} = ${end}, walking says ${walked.date}`);
            }
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("a term ends on a working day, and counting it gives its length again", () => {
    fc.assert(
      fc.property(date, days, calendars, (from, term, known) => {
        const index = indexCalendar(known);
        const end = addWorkingDays(from, term, index).date;
        expect(isWorkingDay(end, index)).toBe(true);
        expect(workingDaysBetween(from, end, index)).toBe(term);
        expect(workingDaysBetween(end, from, index)).toBe(-term);
      }),
    );
  });

  it("counting back leads to the first of the days that a term counts", () => {
    fc.assert(
      fc.property(date, days, calendars, (from, term, known) => {
        const index = indexCalendar(known);
        const { date: first, provisional } = workingDaysBefore(from, term, index);
        const eve = dateOfDayNumber(dayNumber(first) - 1);
        const walked = walk(eve, term, known);
        expect(isWorkingDay(first, index)).toBe(true);
        expect(walked.date < from).toBe(true);
        expect(span(walked.date, from).filter((day) => isWorkingDay(day, index)).length).toBe(
          isWorkingDay(from, index) ? 2 : 1,
        );
        const eveOfFrom = dateOfDayNumber(dayNumber(from) - 1);
        expect(provisional).toBe(first < known.from || eveOfFrom > known.to);
      }),
      { numRuns: 300 },
    );
  });

  it("a later start never ends earlier, and a longer term always ends later", () => {
    fc.assert(
      fc.property(date, date, days, calendars, (one, other, term, known) => {
        const index = indexCalendar(known);
        const end = (from: string, length: number) => addWorkingDays(from, length, index).date;
        const [earlier, later] = one < other ? [one, other] : [other, one];
        expect(end(earlier, term) <= end(later, term)).toBe(true);
        expect(end(one, term) < end(one, term + 1)).toBe(true);
      }),
    );
  });

  it("a count over two spans is the sum of both, whatever the order of the days", () => {
    fc.assert(
      fc.property(date, date, date, calendars, (a, b, c, known) => {
        const index = indexCalendar(known);
        expect(workingDaysBetween(a, b, index) + workingDaysBetween(b, c, index)).toBe(
          workingDaysBetween(a, c, index),
        );
      }),
    );
  });

  it("the next working day is the day itself exactly when that is worked", () => {
    fc.assert(
      fc.property(date, calendars, (from, known) => {
        const index = indexCalendar(known);
        const next = nextWorkingDay(from, index).date;
        expect(next === from).toBe(isWorkingDay(from, index));
        expect(nextWorkingDay(next, index).date).toBe(next);
        expect(span(from, next).filter((day) => isWorkingDay(day, index))).toEqual([next]);
      }),
    );
  });

  it("a date is provisional exactly when some notice still to come would move it", () => {
    const edge = fc.constantFrom("from", "to");
    const distance = fc.integer({ min: -90, max: 30 });
    const term = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(calendar, edge, distance, term, (known, near, away, length) => {
        const from = dateOfDayNumber(dayNumber(known[near]) + away);
        const { date: end, provisional } = addWorkingDays(from, length, indexCalendar(known));
        /** The end of the term once a notice has turned this unpublished day round. */
        const endAfterNotice = (turned: string) => {
          const kind = isWeekend(dayNumber(turned)) ? "makeUpDays" : "daysOff";
          const published = { ...known, [kind]: [...known[kind], turned].toSorted() };
          return addWorkingDays(from, length, indexCalendar(published)).date;
        };
        const unpublished = span(from, dateOfDayNumber(dayNumber(end) + 7)).filter(
          (day) => day > from && (day < known.from || day > known.to),
        );
        expect(unpublished.some((day) => endAfterNotice(day) !== end)).toBe(provisional);
      }),
      { numRuns: 1000 },
    );
  });
});
