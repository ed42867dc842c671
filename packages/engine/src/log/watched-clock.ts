/**
 * @module watched-clock — the wall clock of a long-running process, compared with one that nobody can set.
 *
 * A clock that is put ahead is the dangerous one: one record of next year makes everything after it
 * run backwards. So nothing is recorded once the wall clock has moved otherwise than the time that has
 * passed. A laptop that slept looks the same, because the monotonic clock stands still meanwhile: it is
 * refused too, and opening the casebook again is what says that the time is right.
 */
import { EngineError } from "../errors.ts";
import type { Clock } from "../ports/clock.ts";

/** The wall clock may move by this much against the time that has passed; one that is steered does. */
const jumpMaxMs = 5000;

/**
 * The same clock, refusing to tell the time after a jump, forwards or backwards. It tells it again once it
 * has been put right. A clock without `monotonic` is given as it is.
 *
 * Each look is compared with the last one that was in order, so that a clock steered slowly over months
 * is no jump.
 * @throws EngineError `CLOCK_JUMPED` from `now`
 */
export const watchedClock = (clock: Clock): Clock => {
  const { monotonic } = clock;
  if (monotonic === undefined) return clock;
  let last = { wall: clock.now(), passed: monotonic() };
  return {
    now: () => {
      const look = { wall: clock.now(), passed: monotonic() };
      const expected = last.wall + (look.passed - last.passed);
      const by = look.wall - expected;
      if (Math.abs(by) > jumpMaxMs) {
        throw new EngineError("CLOCK_JUMPED", {
          now: new Date(look.wall).toISOString(),
          expected: new Date(expected).toISOString(),
          seconds: Math.round(by / 1000),
        });
      }
      last = look;
      return look.wall;
    },
    monotonic,
  };
};
