/**
 * @module waiting-turn — waits for a file that another connection has locked, so that nobody waits for ever.
 *
 * SQLite's own waiting sleeps the longer the longer it has waited, up to 100 ms, and whoever has just come
 * overtakes it: of eight processes that wrote at once, one waited seconds for a lock that is held for a
 * fifth of a millisecond. Here it is the other way round: a newcomer pauses long and gives way, and who has
 * waited tries ever more often. SQLite itself is told not to wait at all.
 */
import { setImmediate as letOthersGoOn, setTimeout as pause } from "node:timers/promises";
import { codeOf } from "./faults.ts";

/** Between a newcomer's attempts; some twenty commits of others. */
const firstStepMs = 4;
/** Between the attempts of one who has waited for `eldestMs`; less than a commit takes. */
const lastStepMs = 0.1;
const eldestMs = 10;

/** Who has waited for longer waits for no commit: no use in many attempts. */
const longMs = 1000;
const stepOfLongMs = 1;

/** How long to pause after an attempt in vain, by how long one has waited. */
const stepAfter = (waitedMs: number): number => {
  if (waitedMs > longMs) return stepOfLongMs;
  const age = Math.min(1, waitedMs / eldestMs);
  return firstStepMs + (lastStepMs - firstStepMs) * age;
};

const neverWoken = new Int32Array(new SharedArrayBuffer(4));
const standStill = (ms: number): void => void Atomics.wait(neverWoken, 0, 0, ms);

type Waiting = Readonly<{
  /** How long it has been; throws what the attempt threw when nothing is locked, or patience is at its end. */
  afterFailure(error: unknown): number;
}>;

const waiting = (patienceMs: number): Waiting => {
  let since: number | undefined;
  return {
    afterFailure: (error) => {
      if (!codeOf(error).startsWith("SQLITE_BUSY")) throw error;
      since ??= performance.now();
      const waited = performance.now() - since;
      if (waited >= patienceMs) throw error;
      return waited;
    },
  };
};

/**
 * Does `work` as soon as nothing that it needs is locked. The process stands still meanwhile.
 * @param patienceMs after so many milliseconds SQLite's `SQLITE_BUSY` is thrown
 */
export const inTurn = <Result>(patienceMs: number, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    const { afterFailure } = waiting(patienceMs);
    for (let failure = error; ;) {
      standStill(stepAfter(afterFailure(failure)));
      try {
        return work();
      } catch (again) {
        failure = again;
      }
    }
  }
};

/**
 * The same, and whatever else there is to do in this process is done meanwhile. It stands still for one step at
 * a time all the same: a timer is too coarse, and would let newcomers overtake.
 */
export const inTurnMeanwhile = async <Result>(
  patienceMs: number,
  work: () => Result,
): Promise<Result> => {
  try {
    return work();
  } catch (error) {
    const { afterFailure } = waiting(patienceMs);
    for (let failure = error; ;) {
      const waited = afterFailure(failure);
      if (waited > longMs) {
        await pause(stepOfLongMs);
      } else {
        standStill(stepAfter(waited));
        await letOthersGoOn();
      }
      try {
        return work();
      } catch (again) {
        failure = again;
      }
    }
  }
};
