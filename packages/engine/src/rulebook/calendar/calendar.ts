/**
 * @module calendar — the shape of a working-day calendar: which days of which years are worked.
 */
import type { Label } from "../../case/terms.ts";
import type { CivilDate } from "../../time/civil-date.ts";

/** A public holiday as a notice gives it, from its first day to its last, weekend days included. */
export type Holiday = Readonly<{ from: CivilDate; to: CivilDate; name: Label }>;

/** The number of the notice that settled a span of days: 国办发明电〔2024〕12号. */
export type Notice = Readonly<{ from: CivilDate; to: CivilDate; notice: string }>;

/**
 * The State Council's yearly notices as data. Outside `from`–`to` nothing is published: there Monday to
 * Friday stand in, and whatever depends on such a day is provisional.
 */
export type Calendar = Readonly<{
  /** Names this edition in every due date computed with it, for example `cn-2026.2`. */
  edition: string;
  /** First and last day that a notice covers. */
  from: CivilDate;
  to: CivilDate;
  /** Weekdays (Monday to Friday) that are off 放假, sorted. */
  daysOff: readonly CivilDate[];
  /** Weekend days that are worked 调休上班, sorted. */
  makeUpDays: readonly CivilDate[];
  /**
   * The holidays by name, sorted. Without them a weekday off is a holiday without a name, and so are
   * weekend days between two of them.
   */
  holidays?: readonly Holiday[];
  /** The notices whose numbers are known, sorted. */
  notices?: readonly Notice[];
}>;
