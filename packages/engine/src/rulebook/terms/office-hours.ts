/**
 * @module office-hours — terms in hours: elapsed day and night, or only while the office is open.
 *
 * Instants are read and written at +08:00, the offset of every instant this system can record.
 */
import { invalidInput } from "../../errors.ts";
import type { CivilDate } from "../../time/civil-date.ts";
import { addDays } from "../../time/civil-date.ts";
import type { OccurredOn } from "../../time/occurred-on.ts";
import { shanghaiInstant } from "../../time/occurred-on.ts";
import type { WorkingCalendar } from "../calendar/working-days.ts";
import { isPublished, isWorkingDay } from "../calendar/working-days.ts";

/** The spans of `HH:mm` in which the office is open on a working day, sorted. */
export type OfficeHours = readonly Readonly<{ from: string; to: string }>[];

/** A clock of working hours cannot run through days that no notice covers. */
export class UnpublishedYear extends RangeError {
  override readonly name = "UnpublishedYear";
  /** The year whose notice is missing. */
  readonly year: number;

  constructor(year: number) {
    super(`the working days of ${year} are not published`);
    this.year = year;
  }
}

const hourMs = 3_600_000;

/**
 * An instant in milliseconds since 1970.
 * @throws EngineError `INVALID_INPUT` for field `on` when it is a plain date
 */
export const readInstant = (from: OccurredOn): number => {
  if (from.length > 10) return Date.parse(from);
  throw invalidInput({
    field: "on",
    kind: "malformed",
    expected: {
      zh: "带时刻的时间，如 2021-05-07T09:30+08:00",
      en: "an instant with its time of day, such as 2021-05-07T09:30+08:00",
    },
  });
};

/** `HH:mm` of an instant written at +08:00. */
export const wallTime = (instant: string): string => instant.slice(11, 16);

/** The instant at +08:00, to the minute, or to the second where there are seconds. */
export const writeInstant = (ms: number): string => {
  const [time = ""] = shanghaiInstant(new Date(ms).toISOString()).split(".");
  return `${time.endsWith(":00") ? time.slice(0, -3) : time}+08:00`;
};

/** The moment that lies some hours, day and night, after or before another one. */
export const endOfHours = (hours: number, start: number, back: boolean): string =>
  writeInstant(start + (back ? -1 : 1) * hours * hourMs);

/**
 * The moment at which the office has been open for some hours since `start`. A start outside its hours
 * waits for the next opening; hours that are used up at closing time end there. Counting back, a start
 * outside waits for the closing before.
 * @throws UnpublishedYear when a day is asked for that no notice covers
 * @throws RangeError when the office has no hours
 */
export const endOfWorkingHours = (
  hours: number,
  start: number,
  back: boolean,
  law: Readonly<{ calendar: WorkingCalendar; workingHours: OfficeHours }>,
): string => {
  if (!law.workingHours.some(({ from, to }) => from < to)) {
    throw new RangeError("the office has no working hours");
  }
  const sign = back ? -1 : 1;
  let left = hours * hourMs;
  for (let date = dayOf(start); ; date = addDays(date, sign)) {
    const spans = spansOn(date, law);
    for (const { from, to } of back ? spans.toReversed() : spans) {
      // counting back, a span is walked from its closing to its opening
      const [enter, leave] = back ? [Math.min(start, to), from] : [Math.max(start, from), to];
      const open = (leave - enter) * sign;
      if (open <= 0) continue;
      if (left <= open) return writeInstant(enter + sign * left);
      left -= open;
    }
  }
};

const dayOf = (ms: number): CivilDate => writeInstant(ms).slice(0, 10);

/** The open spans of a day in milliseconds; none on a day off. */
const spansOn = (
  date: CivilDate,
  { calendar, workingHours }: Readonly<{ calendar: WorkingCalendar; workingHours: OfficeHours }>,
): readonly Readonly<{ from: number; to: number }>[] => {
  if (!isPublished(date, date, calendar)) throw new UnpublishedYear(Number(date.slice(0, 4)));
  if (!isWorkingDay(date, calendar)) return [];
  const at = (time: string): number => Date.parse(`${date}T${time}+08:00`);
  return workingHours.map(({ from, to }) => ({ from: at(from), to: at(to) }));
};
