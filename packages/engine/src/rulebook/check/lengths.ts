/**
 * @module lengths — how long terms are in days, as far as it can be said without a calendar.
 *
 * For comparing terms in different units only; no due date is ever computed from it.
 */
import type { TermUnit } from "../deadline-rule.ts";

/** A length of time: a term, a reminder, the bound of an extension. */
export type Length = Readonly<{ amount: number; unit: TermUnit }>;

/** The fewest and the most days that a length can take. */
export const daysOf = ({ amount, unit }: Length): Readonly<{ least: number; most: number }> => {
  switch (unit) {
    case "calendarDay":
      return { least: amount, most: amount };
    case "calendarMonth":
      return { least: monthsFrom(amount, 28, Math.min), most: monthsFrom(amount, 29, Math.max) };
    case "workingDay":
      return workingDays(amount);
    case "hour":
      return { least: Math.floor(amount / 24), most: Math.ceil(amount / 24) };
    case "workingHour":
      // an office is open for half a day at least
      return { least: Math.floor(amount / 24), most: workingDays(Math.ceil(amount / 4)).most };
    case "date":
      return { least: 0, most: 366 };
  }
};

/** Whether the first is surely longer than the second; in the same unit the numbers tell. */
export const isLonger = (first: Length, second: Length): boolean =>
  first.unit === second.unit
    ? first.amount > second.amount
    : daysOf(first).least > daysOf(second).most;

/** Whether the first is surely as long as the second or longer. */
export const isAsLong = (first: Length, second: Length): boolean =>
  first.unit === second.unit
    ? first.amount >= second.amount
    : daysOf(first).least >= daysOf(second).most;

/**
 * A week has five working days; notices move a few of them beside each other. The holidays of a year
 * are put on top, the longest run of days off among them. Holds for every term since 2004.
 */
const workingDays = (amount: number): Readonly<{ least: number; most: number }> => {
  if (amount === 0) return { least: 0, most: 0 };
  return {
    least: amount + Math.max(0, 2 * Math.floor((amount - 1) / 5) - 4),
    most: amount + 2 * Math.ceil(amount / 5) + Math.ceil(amount / 20) + 10,
  };
};

const monthsFrom = (
  months: number,
  february: 28 | 29,
  choose: (...days: readonly number[]) => number,
): number => {
  const lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const spans = lengths.map((_, first) => {
    let days = 0;
    for (let month = first; month < first + months; month += 1) days += lengths[month % 12] ?? 0;
    return days;
  });
  return choose(...spans);
};
