/**
 * @module recorded-at — the instant that a store writes on what it records: its own clock, in UTC,
 * never running backwards. Order is always the place in the log; the instant only follows it.
 *
 * One event may take it back: `ClockAdjusted`, recorded by two persons after the clock had run ahead. It
 * names the instant that lay ahead; the true one is its own.
 */
import { EngineError } from "../errors.ts";
import type { AppendRequest } from "../ports/event-store.ts";

/** A clock may lag the last record by this much before it is refused; such lags are ordinary. */
export const clockLagMaxMs = 5000;

/** Name of the event of the log itself that takes the time back. */
export const clockAdjusted = "ClockAdjusted";

/** Data of that event 校正时钟. The records from `since` up to it bear instants that lay ahead. */
export type ClockAdjusted = Readonly<{
  /** The instant of the record in front of it, which lay ahead. */
  from: string;
  /** Place in the log of the first record that lay ahead; absent in logs of before 0.2. */
  since?: number;
  reason: string;
  /** The second person. */
  approvedBy: string;
  note?: string;
}>;

/** Whether a clock is further behind the last record than clocks lag. @param now milliseconds since 1970 */
export const isBehind = (now: number, last: string): boolean =>
  Date.parse(last) - now > clockLagMaxMs;

/**
 * The instant of the next append, `YYYY-MM-DDTHH:mm:ss.sssZ`, one for all its events.
 * @param now milliseconds since 1970 from the store's clock
 * @param last instant of the last recorded event, null in an empty log
 * @param ahead the instant that a `ClockAdjusted` of this append names: from there it may go back
 * @throws EngineError `CLOCK_BACKWARDS` when the clock is more than 5 s behind the last record
 */
export const recordedAtAfter = (now: number, last: string | null, ahead?: string): string => {
  const instant = new Date(now).toISOString();
  if (last === null || instant >= last) return instant;
  if (!isBehind(now, last)) return last;
  if (ahead !== last) throw new EngineError("CLOCK_BACKWARDS", { now: instant, last });
  return instant;
};

/** The instant from which an append takes the time back: that of the `ClockAdjusted` that it begins with. */
export const aheadIn = ({ streams }: Pick<AppendRequest, "streams">): string | undefined => {
  const first = streams.find(({ events }) => events.length > 0);
  const [event] = first?.events ?? [];
  if (first?.stream !== null || event?.type !== clockAdjusted) return undefined;
  return (event.data as ClockAdjusted).from;
};

/**
 * Whether an event may have been recorded before the one in front of it.
 * @param last instant of the event in front of it
 */
export const takesTimeBack = (
  event: Readonly<{
    type: string;
    case: string | null;
    at: string;
    by: Readonly<{ id: string }>;
    data: object;
  }>,
  last: string,
): boolean => {
  if (event.type !== clockAdjusted || event.case !== null) return false;
  const { from, approvedBy } = event.data as Partial<ClockAdjusted>;
  const isByTwo = typeof approvedBy === "string" && approvedBy !== event.by.id;
  return from === last && isByTwo && isBehind(Date.parse(event.at), last);
};
