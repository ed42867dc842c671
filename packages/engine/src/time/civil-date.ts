/**
 * @module civil-date — calendar dates as `YYYY-MM-DD` strings, with no clock and no host time zone.
 *
 * A civil date is a day in Asia/Shanghai. It is never turned into an instant: China had summer time
 * until 1991, so a historical date has no fixed offset. All arithmetic runs on UTC dates inside.
 */
import { UTCDateMini } from "@date-fns/utc/date/mini";
import { addDays as addDaysTo } from "date-fns/addDays";
import { addMonths as addMonthsTo } from "date-fns/addMonths";

/** A day in Asia/Shanghai, `YYYY-MM-DD`; compares correctly as a string. */
export type CivilDate = string;

const form = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;

type Parts = readonly [year: number, month: number, day: number];

const partsOf = (text: string): Parts | undefined => {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // to `Date.UTC` a year below 100 is one of the twentieth century
  const isThere =
    year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month);
  return isThere ? [year, month, day] : undefined;
};

const lastDay = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;

/** @throws RangeError for what is no date that exists: `Date` itself would go on to the next month */
const parts = (date: CivilDate): Parts => {
  const found = partsOf(date);
  if (found === undefined) throw new RangeError(`not a civil date: ${date}`);
  return found;
};

const toUtc = (date: CivilDate): Date => {
  const [year, month, day] = parts(date);
  return new UTCDateMini(Date.UTC(year, month - 1, day));
};

/** A date was computed that no four digits can write: later than 9999-12-31. */
export class BeyondAllDates extends RangeError {}

/** @throws BeyondAllDates */
const fromMs = (ms: number): CivilDate => {
  if (ms >= yearTenThousand) throw new BeyondAllDates("a date after 9999-12-31");
  return new Date(ms).toISOString().slice(0, 10);
};

const yearTenThousand = Date.UTC(10_000, 0);

/** Whether the text is a date that exists: `2021-02-30` and `2008-09-31` are not. */
export const isCivilDate = (text: string): boolean => partsOf(text) !== undefined;

/** The earliest date that is known here: to `Date.UTC` a year below 100 is one of the twentieth century. */
export const earliestDate: CivilDate = "0100-01-01";

/** Whether the text is a date that exists and lies before the earliest one that is known here. */
export const isBeforeEarliest = (text: string): boolean =>
  // four hundred years on the calendar is the same
  /^00(?!00)\d{2}-/.test(text) && isCivilDate(`04${text.slice(2)}`);

/** The day that lies `days` calendar days after (or, negative, before) `date`. */
export const addDays = (date: CivilDate, days: number): CivilDate =>
  fromMs(addDaysTo(toUtc(date), days).getTime());

/** The last date that has four digits for its year. */
export const latestDate: CivilDate = "9999-12-31";

/** The same, or the last date there is where it would lie beyond. */
export const addDaysWithin = (date: CivilDate, days: number): CivilDate => {
  const left = dayNumber(latestDate) - dayNumber(date);
  return days > left ? latestDate : addDays(date, days);
};

/** The same-numbered day `months` later, or the month's last day where that number is missing. */
export const addMonths = (date: CivilDate, months: number): CivilDate =>
  fromMs(addMonthsTo(toUtc(date), months).getTime());

/** Days since 1970-01-01; consecutive days have consecutive numbers. */
export const dayNumber = (date: CivilDate): number => {
  const [year, month, day] = parts(date);
  return Date.UTC(year, month - 1, day) / dayMs;
};

/** The date of a day number, the inverse of `dayNumber`. */
export const dateOfDayNumber = (number: number): CivilDate => fromMs(number * dayMs);

/** Day of the week, 0 Sunday to 6 Saturday. */
export const weekday = (date: CivilDate): number => toUtc(date).getDay();

/** The calendar year of a date. */
export const yearOf = (date: CivilDate): number => Number(date.slice(0, 4));
