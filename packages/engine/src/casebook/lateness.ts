/** @module lateness — 补录: how much later than it was true a fact was recorded, in days of Asia/Shanghai. */
import type { LateGrounds } from "../case/events.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import { workingDaysBetween } from "../rulebook/calendar/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dayNumber } from "../time/civil-date.ts";
import { dateOf, shanghaiDate } from "../time/occurred-on.ts";

/** How late an entry is. A Sunday's fact that is recorded on Monday is one day and one working day late. */
export type Lateness = Readonly<{
  /** Days after the one on which it was true. */
  days: number;
  /** How many of them were worked. */
  workingDays: number;
}>;

/** Where and when the recording time was taken back. */
export type ClockAdjustment = Readonly<{ position: number; recordedAt: string }>;

/** What was said of why an entry is late; empty where nothing was. */
export const lateGroundsOf = ({ data }: Pick<RecordedEvent, "data">): LateGrounds =>
  (data as Readonly<{ late?: LateGrounds }>).late ?? {};

/**
 * The day on which an entry was recorded. An instant of a clock that ran ahead lies before the adjustment
 * that took it back, so that one says when it was at the latest.
 */
const recordedOn = (
  { recordedAt, globalPosition }: Pick<RecordedEvent, "recordedAt" | "globalPosition">,
  adjustments: readonly ClockAdjustment[],
): CivilDate => {
  const adjusted = adjustments.find(
    (one) => one.position > globalPosition && one.recordedAt < recordedAt,
  );
  return shanghaiDate(Date.parse(adjusted?.recordedAt ?? recordedAt));
};

/** How late an entry is; undefined for one that was recorded on the day of its fact. */
export const latenessOf = (
  event: Pick<RecordedEvent, "on" | "recordedAt" | "globalPosition">,
  calendar: WorkingCalendar,
  adjustments: readonly ClockAdjustment[],
): Lateness | undefined => {
  const on = dateOf(event.on);
  const recorded = recordedOn(event, adjustments);
  if (recorded <= on) return undefined;
  return {
    days: dayNumber(recorded) - dayNumber(on),
    workingDays: workingDaysBetween(on, recorded, calendar),
  };
};
