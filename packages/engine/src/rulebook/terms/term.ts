/**
 * @module term — from a term and its trigger to the last day, or the last moment, of the term.
 *
 * Days are civil dates in Asia/Shanghai and are never counted as instants. What the parts of a term mean
 * stands in `rulebook.ts`; the same computation, told day by day, is in `term-trace.ts`.
 */
import type { Label } from "../../case/terms.ts";
import type { CivilDate } from "../../time/civil-date.ts";
import { addDays, addMonths, isCivilDate } from "../../time/civil-date.ts";
import type { OccurredOn } from "../../time/occurred-on.ts";
import { dateOf, shanghaiInstant } from "../../time/occurred-on.ts";
import type { OfficeHours } from "./office-hours.ts";
import { endOfHours, endOfWorkingHours, readInstant, wallTime } from "./office-hours.ts";
import type { CountRule, RollRule, Term, TermUnit } from "../deadline-rule.ts";
import type { ComputedDate, WorkingCalendar } from "../calendar/working-days.ts";
import {
  addWorkingDays,
  isPublished,
  nextWorkingDay,
  previousWorkingDay,
  workingDaysBefore,
} from "../calendar/working-days.ts";

export { UnpublishedYear } from "./office-hours.ts";

/** What terms are computed with: the calendar, and the office's hours for terms in working hours. */
export type TermLaw = Readonly<{ calendar: WorkingCalendar; workingHours: OfficeHours }>;

/** Where a term ends. */
export type ComputedTerm = Readonly<{
  dueOn: CivilDate;
  /** The last moment, `2021-05-07T09:30+08:00`; only of terms in hours. */
  dueAt?: string;
  /** Whether a day was asked for that no notice covers, so that a notice to come may move the end. */
  provisional: boolean;
}>;

/** The words of each rule of counting. */
export const counts: Readonly<Record<CountRule, Label>> = {
  dayZero: { zh: "当日不计入，自次日起算", en: "the day itself does not count" },
  moveThenCount: {
    zh: "当日为休息日的，先顺延至下一工作日；该日不计入，自其次日起算",
    en: "a day off first moves to the next working day; that day does not count",
  },
  nextWorkingDay: {
    zh: "自其后第一个工作日起算，该日计为第一日",
    en: "the first working day after it is day one",
  },
  nextDayZero: {
    zh: "以次日为起始日，起始日不计入",
    en: "the term starts on the next day, which does not count",
  },
  dayOne: { zh: "当日计为第一日", en: "the day itself is day one" },
};

/** The words of what happens to a last day that is a day off. */
export const rolls: Readonly<Record<RollRule, Label>> = {
  none: { zh: "届满日遇休息日不顺延", en: "a last day that is a day off stays" },
  nextWorkingDay: {
    zh: "届满日遇休息日的，顺延至下一工作日",
    en: "a last day that is a day off moves to the next working day",
  },
  nextNonHoliday: {
    zh: "届满日遇法定休假日的，顺延至休假结束的次日",
    en: "a last day in a public holiday moves to the day after the holiday",
  },
  previousWorkingDay: {
    zh: "届满日遇休息日的，提前至前一工作日",
    en: "a last day that is a day off moves back to the working day before",
  },
};

/** The words of each unit as they follow a number; `date` follows none. */
export const units: Readonly<Record<TermUnit, Label>> = {
  workingDay: { zh: "个工作日", en: "working days" },
  calendarDay: { zh: "日", en: "days" },
  calendarMonth: { zh: "个月", en: "months" },
  hour: { zh: "小时", en: "hours" },
  workingHour: { zh: "个工作小时", en: "working hours" },
  date: { zh: "固定日期", en: "a fixed date" },
};

/**
 * Where a term ends that counts from a day or an instant.
 * @throws EngineError `INVALID_INPUT` for field `on` when a term in hours counts from a plain date
 * @throws UnpublishedYear when a term in working hours reaches a day that no notice covers
 * @throws RangeError when the amount is no whole number from 0, or the end is no date that exists
 */
export const endOfTerm = (term: Term, from: OccurredOn, law: TermLaw): ComputedTerm => {
  const { calendar, workingHours } = law;
  if (term.unit === "workingHour") {
    const end = endOfWorkingHours(amountOf(term), startOf(term, from), back(term), {
      calendar,
      workingHours,
    });
    return { dueOn: end.slice(0, 10), dueAt: end, provisional: false };
  }
  if (term.unit === "hour") {
    const end = endOfHours(amountOf(term), startOf(term, from), back(term));
    const { date, provisional } = rolled(existing(end.slice(0, 10)), term, calendar);
    return { dueOn: date, dueAt: `${date}${end.slice(10)}`, provisional };
  }
  const zero = zeroDay(term, triggerDay(term, from), calendar);
  const last = lastDay(term, zero.date, calendar);
  // a working-day term ends on a working day: nothing is left to roll
  const end = term.unit === "workingDay" ? last : rolled(last.date, term, calendar);
  return {
    dueOn: existing(end.date),
    provisional: zero.provisional || last.provisional || end.provisional,
  };
};

/** Whether any day must be looked up in a calendar to compute the term. */
export const consultsCalendar = ({ unit, count, rollOver }: Term): boolean =>
  unit === "workingDay" ||
  unit === "workingHour" ||
  rollOver !== "none" ||
  ((unit === "calendarDay" || unit === "calendarMonth") &&
    (count === "moveThenCount" || count === "nextWorkingDay"));

/**
 * The length of a term.
 * @throws RangeError unless it is a whole number from 0
 */
export const amountOf = ({ amount, unit }: Term): number => {
  if (amount === undefined || !Number.isSafeInteger(amount) || amount < 0) {
    throw new RangeError(`not a term in ${unit}: ${amount}`);
  }
  return amount;
};

/** The civil date of a trigger; from the cut-off on it is the next day. */
const triggerDay = ({ cutOff }: Term, from: OccurredOn): CivilDate => {
  const day = dateOf(from);
  return isAfter(cutOff, from) ? addDays(day, 1) : day;
};

/** Whether an instant lies at or after the cut-off; a plain date never does. */
const isAfter = (cutOff: string | undefined, from: OccurredOn): boolean =>
  cutOff !== undefined && from.length > 10 && wallTime(shanghaiInstant(from)) >= cutOff;

/** The moment from which hours run: the trigger, or midnight after one that missed the cut-off. */
const startOf = (term: Term, from: OccurredOn): number =>
  isAfter(term.cutOff, from)
    ? readInstant(`${triggerDay(term, from)}T00:00+08:00`)
    : readInstant(from);

const back = ({ direction }: Term): boolean => direction === "before";

const existing = (date: CivilDate): CivilDate => {
  if (!isCivilDate(date)) throw new RangeError(`the term ends on no date that exists: ${date}`);
  return date;
};

const certain = (date: CivilDate): ComputedDate => ({ date, provisional: false });

/** The day that does not count, next to day one. */
const zeroDay = (term: Term, trigger: CivilDate, calendar: WorkingCalendar): ComputedDate => {
  if (term.unit === "date") return certain(trigger);
  const towardsEnd = back(term) ? -1 : 1;
  switch (term.count) {
    case "dayZero":
      return certain(trigger);
    case "moveThenCount":
      return back(term) ? previousWorkingDay(trigger, calendar) : nextWorkingDay(trigger, calendar);
    case "nextWorkingDay": {
      const dayOne = workingDaysFrom(trigger, 1, term, calendar);
      return { ...dayOne, date: addDays(dayOne.date, -towardsEnd) };
    }
    case "nextDayZero":
      return certain(addDays(trigger, towardsEnd));
    case "dayOne":
      return certain(addDays(trigger, -towardsEnd));
  }
};

const lastDay = (term: Term, zero: CivilDate, calendar: WorkingCalendar): ComputedDate => {
  if (term.unit === "date") return certain(fixedDay(term, zero));
  const amount = amountOf(term);
  if (term.unit === "workingDay") return workingDaysFrom(zero, amount, term, calendar);
  const signed = back(term) ? -amount : amount;
  return certain(term.unit === "calendarMonth" ? addMonths(zero, signed) : addDays(zero, signed));
};

/** No working days at all are the day itself when it is worked, else the next one that is. */
const workingDaysFrom = (
  day: CivilDate,
  amount: number,
  term: Term,
  calendar: WorkingCalendar,
): ComputedDate => {
  if (back(term)) {
    return amount === 0
      ? previousWorkingDay(day, calendar)
      : workingDaysBefore(day, amount, calendar);
  }
  return amount === 0 ? nextWorkingDay(day, calendar) : addWorkingDays(day, amount, calendar);
};

/** The day in the trigger's year. */
const fixedDay = ({ monthDay = "" }: Term, trigger: CivilDate): CivilDate => {
  const day = `${trigger.slice(0, 5)}${monthDay}`;
  if (!isCivilDate(day)) throw new RangeError(`not a month and day: ${monthDay}`);
  return day;
};

const rolled = (date: CivilDate, { rollOver }: Term, calendar: WorkingCalendar): ComputedDate => {
  switch (rollOver) {
    case "none":
      return certain(date);
    case "nextWorkingDay":
      return nextWorkingDay(date, calendar);
    case "previousWorkingDay":
      return previousWorkingDay(date, calendar);
    case "nextNonHoliday": {
      let end = date;
      while (calendar.isHoliday(end)) end = addDays(end, 1);
      return { date: end, provisional: !isPublished(date, end, calendar) };
    }
  }
};
