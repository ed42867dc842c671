/** @module lateness — 补录: how much later than it was true a fact was recorded, in days of Asia/Shanghai. */
import type { LateGrounds } from "../case/events.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import { workingDaysBetween } from "../rulebook/calendar/working-days.ts";
import { dayNumber } from "../time/civil-date.ts";
import { dateOf, recordedOn } from "../time/occurred-on.ts";

/** How late an entry is. A Sunday's fact that is recorded on Monday is one day and one working day late. */
export type Lateness = Readonly<{
  /** Days after the one on which it was true. */
  days: number;
  /** How many of them were worked. */
  workingDays: number;
}>;

/** What was said of why an entry is late; empty where nothing was. */
export const lateGroundsOf = ({ data }: Pick<RecordedEvent, "data">): LateGrounds =>
  (data as Readonly<{ late?: LateGrounds }>).late ?? {};

/**
 * How late an entry is by the instant that it bears; undefined for one that was recorded on the day of its
 * fact. An adjustment of the clock makes nothing less late: two persons could say so of any entry.
 */
export const latenessOf = (
  event: Pick<RecordedEvent, "on" | "recordedAt">,
  calendar: WorkingCalendar,
): Lateness | undefined => {
  const on = dateOf(event.on);
  const recorded = recordedOn(event);
  if (recorded <= on) return undefined;
  return {
    days: dayNumber(recorded) - dayNumber(on),
    workingDays: workingDaysBetween(on, recorded, calendar),
  };
};
