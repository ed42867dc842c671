/**
 * @module calendar — the shape of a working-day calendar: which days of which years are worked.
 */
import type { CivilDate } from "../time/civil-date.ts";

/**
 * The State Council's yearly notices as data. Outside `from`–`to` nothing is published: there Monday to
 * Friday stand in, and whatever depends on such a day is provisional.
 */
export type Calendar = Readonly<{
  /** Names this edition in every due date computed with it, for example `cn-2026.1`. */
  edition: string;
  /** First and last day that a notice covers. */
  from: CivilDate;
  to: CivilDate;
  /** Weekdays (Monday to Friday) that are off 放假, sorted. */
  daysOff: readonly CivilDate[];
  /** Weekend days that are worked 调休上班, sorted. */
  makeUpDays: readonly CivilDate[];
}>;
