/**
 * @module calendar-file — a year's notice as a file, read into the calendar that it changes.
 *
 * Inside its span the file replaces what the calendar said, outside nothing changes: so a new year is
 * added, and a correction in the middle of one, as in 2020, is the same thing.
 */
import * as v from "valibot";
import type { CivilDate } from "../../time/civil-date.ts";
import { addDays, weekday } from "../../time/civil-date.ts";
import { calendarContradictions } from "./calendar-contradictions.ts";
import type { Calendar, Holiday, Notice } from "./calendar.ts";
import { readJson } from "../check/read-json.ts";
import type { RuleProblem } from "../check/rule-problem.ts";
import { placed } from "../check/rule-problem.ts";
import { calendarFileSchema } from "../check/schema.ts";
import { shapeFindings } from "../check/shape-problems.ts";

/** A notice of the State Council as an office writes it down. */
export type CalendarFile = Readonly<{
  $schema?: string;
  format: 1;
  /** Names the calendar that the file makes; another one than that of the calendar it changes. */
  edition: string;
  /** The number of the notice: 国办发明电〔2025〕7号. */
  notice: string;
  /** First and last day that the notice covers. */
  from: CivilDate;
  to: CivilDate;
  /** From the first day to the last, weekend days included; sorted. */
  holidays: readonly Readonly<{
    name: string;
    nameEn?: string;
    from: CivilDate;
    to: CivilDate;
  }>[];
  /** Weekend days that are worked 调休上班, sorted. */
  makeUpDays: readonly CivilDate[];
}>;

/** The changed calendar with the number of the notice, or all that is wrong in the file. */
export type ReadCalendar =
  | Readonly<{ calendar: Calendar; notice: string }>
  | Readonly<{ problems: readonly RuleProblem[] }>;

/**
 * Reads a calendar file.
 * @param file its text or its bytes in UTF-8
 * @param base the calendar that it changes
 */
export const readCalendarFile = (file: string | Uint8Array, base: Calendar): ReadCalendar => {
  const json = readJson(file);
  if ("problem" in json) return { problems: [json.problem] };
  const parsed = v.safeParse(calendarFileSchema, json.value);
  if (!parsed.success) return { problems: placed(shapeFindings(parsed.issues)) };
  const findings = calendarContradictions(parsed.output, base);
  if (findings.length > 0) return { problems: placed(findings) };
  return { calendar: changed(base, parsed.output), notice: parsed.output.notice };
};

const changed = (base: Calendar, file: CalendarFile): Calendar => {
  const { from, to } = file;
  return {
    edition: file.edition,
    from: from < base.from ? from : base.from,
    to: to > base.to ? to : base.to,
    daysOff: [...daysOutside(base.daysOff, file), ...file.holidays.flatMap(weekdaysOf)].toSorted(),
    makeUpDays: [...daysOutside(base.makeUpDays, file), ...file.makeUpDays].toSorted(),
    holidays: inOrder([...spansOutside(base.holidays, file), ...file.holidays.map(holidayOf)]),
    notices: inOrder<Notice>([
      ...spansOutside(base.notices, file),
      { from, to, notice: file.notice },
    ]),
  };
};

type Span = Readonly<{ from: CivilDate; to: CivilDate }>;

const holidayOf = ({ from, to, name, nameEn }: CalendarFile["holidays"][number]): Holiday => ({
  from,
  to,
  name: { zh: name, en: nameEn ?? name },
});

const weekdaysOf = ({ from, to }: Span): readonly CivilDate[] => {
  const days: CivilDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (weekday(day) !== 0 && weekday(day) !== 6) days.push(day);
  }
  return days;
};

const daysOutside = (days: readonly CivilDate[], { from, to }: Span): readonly CivilDate[] =>
  days.filter((day) => day < from || to < day);

/** The spans without their days inside; one that reaches out on both sides becomes two. */
const spansOutside = <One extends Span>(
  spans: readonly One[] = [],
  { from, to }: Span,
): readonly One[] =>
  spans.flatMap((span) => {
    if (span.to < from || to < span.from) return [span];
    return [
      ...(span.from < from ? [{ ...span, to: addDays(from, -1) }] : []),
      ...(to < span.to ? [{ ...span, from: addDays(to, 1) }] : []),
    ];
  });

const inOrder = <One extends Span>(spans: readonly One[]): readonly One[] =>
  spans.toSorted((left, right) => (left.from < right.from ? -1 : left.from > right.from ? 1 : 0));
