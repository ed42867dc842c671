/**
 * @module frame — what all of the torture shares: how much of it there is, and the seed that repeats it.
 *
 * `WUDING_TORTURE=long` asks for the long form, `WUDING_SEED=…` for the run that printed this seed, and
 * `WUDING_MINUTES=…` for how long what has no end of its own goes on in the long form.
 */
import { appendFileSync } from "node:fs";
import process from "node:process";

export const isLong = process.env["WUDING_TORTURE"] === "long";

/** How much of something: enough for every change, or enough for a night. */
export const scaled = (short: number, long: number): number => (isLong ? long : short);

/** Minutes in the long form. */
export const minutes = Number(process.env["WUDING_MINUTES"] ?? 10);

/** The seed that was asked for, undefined where a test may choose its own. */
export const seedAsked: number | undefined =
  process.env["WUDING_SEED"] === undefined ? undefined : Number(process.env["WUDING_SEED"]);

/** Digits that only a seed decides: each call gives an integer from 0 up to, not including, `sides`. */
export type Dice = (sides: number) => number;

/** Dice of a seed (mulberry32). */
export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
};

/** The seed that was asked for, or one by the clock, for tests that begin somewhere else each time. */
export const seed = seedAsked ?? Date.now() % 2 ** 31;

/** Where `npm run torture` collects the report: a line of JSON for each line and row. */
const collected = process.env["WUDING_TORTURE_REPORT"];
const collect = (found: object): void => {
  if (collected !== undefined) appendFileSync(collected, `${JSON.stringify(found)}\n`);
};

/** Says a line of the report: figures, and the seed that makes them again. */
export const report = (line: string): void => {
  process.stderr.write(`torture: ${line}\n`);
  collect({ line });
};

/** A row of the report's table: what was done to the program, how often, and what came of it. */
export type Row = Readonly<{
  fault: string;
  rounds: number;
  /** Acknowledged events that were not there afterwards. */
  lost: number;
  /** Events that were others afterwards, or a log that did not verify. */
  altered: number;
  /** Rounds that did not end as promised; the first ones, in words that name the round. */
  broken: readonly string[];
  /** What else was counted. */
  figures?: Readonly<Record<string, number | string>>;
}>;

/** Says a row of the report as it was measured by the clock that began with `stopwatch()`. */
export const reportRow = (row: Row, elapsed: () => number): void => {
  const { fault, rounds, lost, altered, broken, figures = {} } = row;
  const more = Object.entries(figures).map(([name, value]) => `, ${name} ${value}`);
  const kept = broken.length === 0 ? "as promised" : `BROKEN: ${broken.slice(0, 3).join("; ")}`;
  process.stderr.write(
    `torture: ${fault}: ${rounds} rounds, ${lost} lost, ${altered} altered${more.join("")}: ${kept}, ${elapsed()} s (WUDING_SEED=${seed})\n`,
  );
  collect({ ...row, broken: broken.length, seconds: elapsed(), seed });
};

/** Seconds since this was called. */
export const stopwatch = (): (() => number) => {
  const begun = performance.now();
  return () => Math.round((performance.now() - begun) / 100) / 10;
};
