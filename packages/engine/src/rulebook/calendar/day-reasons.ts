/**
 * @module day-reasons — why a day is worked or not, in words.
 */
import type { Label } from "../../case/terms.ts";
import type { CivilDate } from "../../time/civil-date.ts";
import { addDays, weekday } from "../../time/civil-date.ts";
import type { Calendar } from "./calendar.ts";

/** Whether a day is worked and why; `published` is false where no notice covers it. */
export type DayReason = Readonly<{ worked: boolean; why: Label; published: boolean }>;

export type DayReasons = Readonly<{
  /** Why a day is worked or not. */
  reasonOf: (date: CivilDate) => DayReason;
  /** Whether a day lies in a public holiday 法定休假日, and not in an ordinary weekend. */
  isHoliday: (date: CivilDate) => boolean;
}>;

/** The reasons behind a calendar. Costs nothing until the first day is asked for. */
export const reasonsOf = (calendar: Calendar): DayReasons => {
  let known: Days | undefined;
  const days = (): Days => (known ??= indexDays(calendar));
  return {
    reasonOf: (date) => reasonOf(date, calendar, days()),
    isHoliday: (date) => days().holidays.has(date) && !days().makeUpDays.has(date),
  };
};

/** Monday 1 to Sunday 7. */
export const isoWeekday = (date: CivilDate): number => ((weekday(date) + 6) % 7) + 1;

/** 周一 to 周日 by `isoWeekday`. */
export const weekdayName = (date: CivilDate): Label => ({
  zh: `周${"一二三四五六日".charAt(isoWeekday(date) - 1)}`,
  en: weekdaysInEnglish[isoWeekday(date) - 1] ?? "",
});

const weekdaysInEnglish = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];

type Days = Readonly<{
  makeUpDays: ReadonlySet<CivilDate>;
  daysOff: ReadonlySet<CivilDate>;
  /** Every day of every holiday; null for one without a name. */
  holidays: ReadonlyMap<CivilDate, Label | null>;
}>;

const indexDays = (calendar: Calendar): Days => {
  const daysOff = new Set(calendar.daysOff);
  const makeUpDays = new Set(calendar.makeUpDays);
  const holidays = new Map<CivilDate, Label | null>();
  for (const date of calendar.daysOff) holidays.set(date, null);
  if (calendar.holidays === undefined) {
    for (const friday of calendar.daysOff) {
      const weekend = [addDays(friday, 1), addDays(friday, 2)];
      if (isoWeekday(friday) === 5 && daysOff.has(addDays(friday, 3))) {
        for (const date of weekend) holidays.set(date, null);
      }
    }
  }
  for (const { from, to, name } of calendar.holidays ?? []) {
    for (let date = from; date <= to; date = addDays(date, 1)) holidays.set(date, name);
  }
  return { makeUpDays, daysOff, holidays };
};

const reasonOf = (date: CivilDate, calendar: Calendar, days: Days): DayReason => {
  const isWeekend = isoWeekday(date) > 5;
  const worked = isWeekend ? days.makeUpDays.has(date) : !days.daysOff.has(date);
  const published = calendar.from <= date && date <= calendar.to;
  const why = published
    ? whyPublished(date, worked, isWeekend, days)
    : date > calendar.to
      ? { zh: "尚未公布，按周一至周五计", en: "not yet published, counted as Monday to Friday" }
      : {
          zh: "日历未收录，按周一至周五计",
          en: "before the calendar, counted as Monday to Friday",
        };
  return { worked, why, published };
};

const whyPublished = (
  date: CivilDate,
  worked: boolean,
  isWeekend: boolean,
  { holidays }: Days,
): Label => {
  const day = weekdayName(date);
  if (worked) {
    return isWeekend
      ? { zh: `${day.zh}，调休上班`, en: `${day.en}, worked in exchange for a holiday` }
      : { zh: `${day.zh}，工作日`, en: `${day.en}, a working day` };
  }
  const name = holidays.get(date);
  if (name === undefined) return day;
  return name === null
    ? { zh: `${day.zh}，放假`, en: `${day.en}, a public holiday` }
    : { zh: `${day.zh}，${name.zh}放假`, en: `${day.en}, ${name.en}` };
};
