/** @module settable-clock — a clock that stands until a test moves it, and one that notices. */
import type { Clock } from "../ports/clock.ts";

export interface SettableClock extends Clock {
  /** Puts the clock to an instant, `2026-11-22T01:02:03.456Z`; backwards too. */
  set(instant: string): void;
  /** Moves the clock by milliseconds, negative ones backwards. */
  advance(ms: number): void;
}

/** A clock of which a test can tell the time that passes from the hands that are moved. */
export interface RunningClock extends SettableClock {
  readonly monotonic: (this: void) => number;
  /** Lets time pass. */
  pass(ms: number): void;
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

export const runningClock = (instant: string): RunningClock => {
  const clock = settableClock(instant);
  let passed = 0;
  return {
    ...clock,
    monotonic: () => passed,
    pass: (ms) => {
      passed += ms;
      clock.advance(ms);
    },
  };
};
