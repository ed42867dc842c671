/**
 * @module calendar-years — a calendar written year by year, as the notices come.
 *
 * A year's days stand in one line of spans: `01-01 05-03..07` is 1 January and 3 to 7 May. Its holidays
 * stand in one line as well, each a name and a span, which may reach into another month or the next
 * year: `元旦 12-30..01-01`.
 */
import type { Label } from "../../case/terms.ts";
import type { CivilDate } from "../../time/civil-date.ts";
import type { Calendar, Holiday } from "./calendar.ts";

/** The spans of each year, by its four digits. */
export type DaysByYear = Readonly<Record<string, string>>;

export type CalendarYears = Readonly<
  Pick<Calendar, "edition" | "from" | "to" | "notices"> & {
    /** Each span inside one month. */
    daysOff: DaysByYear;
    makeUpDays: DaysByYear;
    holidays: DaysByYear;
    /** The English of each name; holidays in one run are joined by 、 in `holidays`. */
    holidayNames: Readonly<Record<string, string>>;
  }
>;

/** The calendar behind the lines. They are spelt out when a day is first asked for, not at start. */
export const calendarOfYears = (years: CalendarYears): Calendar => {
  const { edition, from, to, notices } = years;
  let daysOff: readonly CivilDate[] | undefined;
  let makeUpDays: readonly CivilDate[] | undefined;
  let holidays: readonly Holiday[] | undefined;
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
    get holidays() {
      return (holidays ??= holidaysOf(years));
    },
    ...(notices === undefined ? {} : { notices }),
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

const holidaysOf = ({ holidays, holidayNames }: CalendarYears): readonly Holiday[] => {
  const found: Holiday[] = [];
  for (const [year, line] of Object.entries(holidays)) {
    for (const [, zh = "", span = ""] of line.matchAll(/(\S+) (\S+)/g)) {
      found.push({ ...spanIn(year, span), name: nameOf(zh, holidayNames) });
    }
  }
  return found;
};

/** `02-15..23`, `05-31..06-02` or, into the next year, `12-30..01-01`. */
const spanIn = (year: string, span: string): Readonly<{ from: CivilDate; to: CivilDate }> => {
  const [first = "", last = first] = span.split("..");
  const end = last.length === 2 ? `${first.slice(0, 3)}${last}` : last;
  return { from: `${year}-${first}`, to: `${Number(year) + (end < first ? 1 : 0)}-${end}` };
};

const nameOf = (zh: string, english: Readonly<Record<string, string>>): Label => ({
  zh,
  en: zh
    .split("、")
    .map((one) => english[one] ?? one)
    .join(" and "),
});
