/**
 * @module frame — what all of the torture shares: how much of it there is, and the seed that repeats it.
 *
 * `WUDING_TORTURE=long` asks for the long form, `WUDING_SEED=…` for the run that printed this seed, and
 * `WUDING_MINUTES=…` for how long what has no end of its own goes on in the long form.
 */
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

/** Says a line of the report: figures, and the seed that makes them again. */
export const report = (line: string): void => {
  process.stderr.write(`torture: ${line}\n`);
};
