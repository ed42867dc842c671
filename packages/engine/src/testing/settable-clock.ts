/** @module settable-clock — a clock that stands until a test moves it. */
import type { Clock } from "../ports/clock.ts";

export interface SettableClock extends Clock {
  /** Puts the clock to an instant, `2026-11-22T01:02:03.456Z`; backwards too. */
  set(instant: string): void;
  /** Moves the clock by milliseconds, negative ones backwards. */
  advance(ms: number): void;
}

export const settableClock = (instant: string): SettableClock => {
  let now = Date.parse(instant);
  return {
    now: () => now,
    set: (next) => {
      now = Date.parse(next);
    },
    advance: (ms) => {
      now += ms;
    },
  };
};
