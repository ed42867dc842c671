/**
 * @module recorded-at — the instant that a store writes on what it records: its own clock, in UTC,
 * never running backwards. Order is always the place in the log; the instant only follows it.
 */
import { EngineError } from "../errors.ts";

/** A clock may lag the last record by this much before it is refused; such lags are ordinary. */
const clockLagMaxMs = 5000;

/**
 * The instant of the next append, `YYYY-MM-DDTHH:mm:ss.sssZ`, one for all its events.
 * @param now milliseconds since 1970 from the store's clock
 * @param last instant of the last recorded event, null in an empty log
 * @throws EngineError `CLOCK_BACKWARDS` when the clock is more than 5 s behind the last record
 */
export const recordedAtAfter = (now: number, last: string | null): string => {
  const instant = new Date(now).toISOString();
  if (last === null || instant >= last) return instant;
  if (Date.parse(last) - now > clockLagMaxMs) {
    throw new EngineError("CLOCK_BACKWARDS", { now: instant, last });
  }
  return last;
};
