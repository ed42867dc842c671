/**
 * @module calendar-years — a calendar written year by year, as the notices come.
 *
 * A year's days stand in one line of spans, each inside one month: `01-01 05-03..07` is 1 January and
 * 3 to 7 May.
 */
import type { CivilDate } from "../time/civil-date.ts";
import type { Calendar } from "./calendar.ts";

/** The spans of each year, by its four digits. */
export type DaysByYear = Readonly<Record<string, string>>;

export type CalendarYears = Readonly<
  Pick<Calendar, "edition" | "from" | "to"> & { daysOff: DaysByYear; makeUpDays: DaysByYear }
>;

/** The calendar behind the lines. They are spelt out when a day is first asked for, not at start. */
export const calendarOfYears = ({ edition, from, to, ...years }: CalendarYears): Calendar => {
  let daysOff: readonly CivilDate[] | undefined;
  let makeUpDays: readonly CivilDate[] | undefined;
  return {
    edition,
    from,
    to,
    get daysOff() {
      return (daysOff ??= datesOf(years.daysOff));
    },
    get makeUpDays() {
      return (makeUpDays ??= datesOf(years.makeUpDays));
    },
  };
};

const datesOf = (years: DaysByYear): readonly CivilDate[] => {
  const dates: CivilDate[] = [];
  for (const [year, spans] of Object.entries(years)) {
    for (const span of spans.split(" ")) {
      const month = `${year}-${span.slice(0, 3)}`;
      const last = Number(span.slice(-2));
      for (let day = Number(span.slice(3, 5)); day <= last; day += 1) {
        dates.push(day < 10 ? `${month}0${day}` : `${month}${day}`);
      }
    }
  }
  return dates;
};
