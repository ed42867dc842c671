/**
 * @module working-days — counting days that are worked 工作日, on civil dates alone.
 *
 * One rule here: the day after `from` is day 1, `from` itself is day 0, worked or not; counting back, the
 * day before is day 1. Beyond what the notices cover, Monday to Friday stand in, and whatever rests on
 * such a day is provisional.
 */
import type { CivilDate } from "../../time/civil-date.ts";
import { dateOfDayNumber, dayNumber } from "../../time/civil-date.ts";
import type { Calendar } from "./calendar.ts";
import type { DayReasons } from "./day-reasons.ts";
import { reasonsOf } from "./day-reasons.ts";

/** A calendar made ready for counting. */
export type WorkingCalendar = Readonly<
  Pick<Calendar, "edition" | "from" | "to"> &
    DayReasons & {
      /** A running number of working days up to and including a day; only differences have a meaning. */
      workedUpTo: (date: CivilDate) => number;
    }
>;

/** A day that was computed, and whether an unpublished notice may still move it. */
export type ComputedDate = Readonly<{ date: CivilDate; provisional: boolean }>;

/**
 * Makes a calendar ready for counting. Costs nothing by itself: a year is added up when a day of it is
 * first asked for, and answered from a table afterwards.
 */
export const indexCalendar = (calendar: Calendar): WorkingCalendar => {
  const years = new Map<string, YearIndex>();
  const indexOf = (year: string): YearIndex => {
    const known = years.get(year);
    if (known !== undefined) return known;
    const index = indexYear(calendar, year);
    years.set(year, index);
    return index;
  };
  return {
    edition: calendar.edition,
    from: calendar.from,
    to: calendar.to,
    ...reasonsOf(calendar),
    workedUpTo: (date) => {
      const { firstDay, workedUpTo } = indexOf(date.slice(0, 4));
      const count = workedUpTo[dayNumber(date) - firstDay];
      if (count === undefined) throw new RangeError(`not a civil date: ${date}`);
      return count;
    },
  };
};

/** Whether a notice covers every day from `first` up to and including `last`. */
export const isPublished = (
  first: CivilDate,
  last: CivilDate,
  calendar: WorkingCalendar,
): boolean => first >= calendar.from && last <= calendar.to;

/** Whether a day is worked; by Monday to Friday where nothing is published. */
export const isWorkingDay = (date: CivilDate, calendar: WorkingCalendar): boolean =>
  calendar.workedUpTo(date) > calendar.workedUpTo(dayBefore(date));

/**
 * The day on which a term of `days` working days ends; always a working day.
 * @throws RangeError unless `days` is a whole number from 1
 */
export const addWorkingDays = (
  from: CivilDate,
  days: number,
  calendar: WorkingCalendar,
): ComputedDate => {
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`not a term in days: ${days}`);
  const wanted = calendar.workedUpTo(from) + days;
  // A calendar day holds at most one working day: stepping on by what is missing never steps too far,
  // so the first day that misses nothing is the first with the wanted count.
  let day = dayNumber(from);
  let date = from;
  for (let missing = days; missing > 0; missing = wanted - calendar.workedUpTo(date)) {
    day += missing;
    date = dateOfDayNumber(day);
  }
  return { date, provisional: !isPublished(dayAfter(from), date, calendar) };
};

/**
 * The day from which `days` working days lie before `from`, itself the first of them; always a working
 * day.
 * @throws RangeError unless `days` is a whole number from 1
 */
export const workingDaysBefore = (
  from: CivilDate,
  days: number,
  calendar: WorkingCalendar,
): ComputedDate => {
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`not a term in days: ${days}`);
  const last = dayBefore(from);
  const unwanted = calendar.workedUpTo(last) - days;
  let day = dayNumber(from);
  let date = from;
  for (let missing = days; missing > 0;) {
    day -= missing;
    date = dateOfDayNumber(day);
    missing = calendar.workedUpTo(dayBefore(date)) - unwanted;
  }
  return { date, provisional: !isPublished(date, last, calendar) };
};

/**
 * The number of working days after `from` up to and including `to`; negative when `to` lies before
 * `from`. It rests on unpublished days unless `isPublished` says otherwise.
 */
export const workingDaysBetween = (
  from: CivilDate,
  to: CivilDate,
  calendar: WorkingCalendar,
): number => calendar.workedUpTo(to) - calendar.workedUpTo(from);

/** The first working day from `date` on: `date` itself when it is worked. */
export const nextWorkingDay = (date: CivilDate, calendar: WorkingCalendar): ComputedDate =>
  addWorkingDays(dayBefore(date), 1, calendar);

/** The last working day up to `date`: `date` itself when it is worked. */
export const previousWorkingDay = (date: CivilDate, calendar: WorkingCalendar): ComputedDate =>
  workingDaysBefore(dayAfter(date), 1, calendar);

/** Running numbers of one year; place 0 is 1 January. */
type YearIndex = Readonly<{ firstDay: number; workedUpTo: Int32Array }>;

const indexYear = (calendar: Calendar, year: string): YearIndex => {
  const newYear = `${year}-01-01`;
  const firstDay = dayNumber(newYear);
  // 366 places: in a common year the last one is never asked for
  const workedUpTo = new Int32Array(366);
  for (const date of datesIn(calendar.daysOff, year)) workedUpTo[dayNumber(date) - firstDay] = -1;
  for (const date of datesIn(calendar.makeUpDays, year)) workedUpTo[dayNumber(date) - firstDay] = 1;
  // what the years before come to, without visiting them
  let count =
    mondaysToFridaysBefore(firstDay) -
    countBefore(calendar.daysOff, newYear) +
    countBefore(calendar.makeUpDays, newYear);
  const weekdayOfNewYear = daysSinceMonday(firstDay);
  for (let place = 0; place < workedUpTo.length; place += 1) {
    const turned = workedUpTo[place] ?? 0;
    count += turned + ((weekdayOfNewYear + place) % 7 < 5 ? 1 : 0);
    workedUpTo[place] = count;
  }
  return { firstDay, workedUpTo };
};

const dayBefore = (date: CivilDate): CivilDate => dateOfDayNumber(dayNumber(date) - 1);
const dayAfter = (date: CivilDate): CivilDate => dateOfDayNumber(dayNumber(date) + 1);

/** Monday 0 to Sunday 6; day number 0 is a Thursday. */
const daysSinceMonday = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Counted from a Monday before 1970; negative before that. */
const mondaysToFridaysBefore = (day: number): number =>
  Math.floor((day + 3) / 7) * 5 + Math.min(daysSinceMonday(day), 5);

/** How many of the sorted dates lie before a date, by halving. */
const countBefore = (dates: readonly CivilDate[], date: CivilDate): number => {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((dates[middle] ?? date) < date) low = middle + 1;
    else high = middle;
  }
  return low;
};

const datesIn = (dates: readonly CivilDate[], year: string): readonly CivilDate[] =>
  // no date of the year has a month 13, every later year sorts behind it
  dates.slice(countBefore(dates, year), countBefore(dates, `${year}-13`));
