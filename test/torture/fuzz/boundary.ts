/**
 * @module boundary — throws hostile input at one boundary of the product and holds each answer to what is
 * promised (`docs/errors.md`): success, or a refusal with a permanent code; never anything else thrown,
 * never more than a second of the processor's time or 200 MB more memory for one input.
 *
 * Every input comes from the seed, the boundary's name and its own number, so one of them can be made
 * again by itself: `WUDING_SEED=<seed> WUDING_INPUT=<number> npx vitest run test/torture/fuzz -t <boundary>`.
 */
import { EngineError, errorCodes } from "@wuding/engine";
import { expect, vi } from "vitest";
import type { Dice } from "../frame.ts";
import { diceOf, report, scaled, seedAsked } from "../frame.ts";

// the long form takes its time
vi.setConfig({ testTimeout: 7_200_000, hookTimeout: 600_000 });

/** What became of an input: `accepted`, the code of its refusal, or a sentence that says what was broken. */
export type Answer = "accepted" | Readonly<{ refused: string }> | Readonly<{ broken: string }>;

export const accepted: Answer = "accepted";
export const broken = (what: string): Answer => ({ broken: what });

export type Boundary<Input> = Readonly<{
  name: string;
  /** Inputs in the short form; the long one takes ten times as many. */
  count: number;
  make(dice: Dice, number: number): Input;
  /** Gives the input to the product; a refusal may be thrown. */
  put(input: Input, dice: Dice, number: number): Answer | Promise<Answer>;
  /** Looks after every so many inputs whether all is still in order; throws where it is not. */
  every?: Readonly<{ inputs: number; look(): Promise<void> }>;
}>;

/** Where nobody asks for one, that of the day: every day throws something else. */
const seed = seedAsked ?? Number(new Date().toISOString().slice(0, 10).replaceAll("-", ""));

/** For one input of at most 256 KiB. */
const secondsMax = 1;
const memoryMax = 200 * 2 ** 20;
const shownMax = 12;

const seedOf = (name: string, number: number): number => {
  let mixed = seed | 0;
  for (const character of `${name}/${number}`) {
    mixed = Math.imul(mixed ^ (character.codePointAt(0) as number), 0x01_00_01_93);
    mixed ^= mixed >>> 13;
  }
  return mixed;
};

/** What a thrown value is: a refusal with a permanent code, or a defect. */
export const answerOf = (thrown: unknown): Answer => {
  if (!(thrown instanceof EngineError)) {
    const { stack = String(thrown) } = thrown instanceof Error ? thrown : {};
    return broken(`uncaught: ${stack.slice(0, 1500)}`);
  }
  const { code, sentence } = thrown as EngineError;
  if (code === "INTERNAL" || !errorCodes.includes(code)) return broken(`refused with ${code}`);
  if (sentence.zh === "" || sentence.en === "") return broken(`${code} without a sentence`);
  return { refused: code };
};

/** Puts all inputs, reports what became of them, and fails when a promise was broken. */
export const besiege = async <Input>(boundary: Boundary<Input>): Promise<void> => {
  const { name, make, put, every } = boundary;
  const count = scaled(boundary.count, boundary.count * 10);
  const only = process.env["WUDING_INPUT"];
  const answers = new Map<string, number>();
  const defects: string[] = [];
  let [slowest, hungriest, thrown] = [0, 0, 0];
  const from = only === undefined ? 0 : Number(only);
  const to = only === undefined ? count : from + 1;
  for (let number = from; number < to; number++) {
    const dice = diceOf(seedOf(name, number));
    const input = make(dice, number);
    const before = process.resourceUsage();
    let answer: Answer;
    try {
      answer = await put(input, dice, number);
    } catch (error) {
      answer = answerOf(error);
    }
    const after = process.resourceUsage();
    const seconds =
      (after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime) / 1e6;
    const memory = (after.maxRSS - before.maxRSS) * 1024;
    slowest = Math.max(slowest, seconds);
    hungriest = Math.max(hungriest, memory);
    // the first inputs load the program itself
    if (number >= 50 && seconds > secondsMax) answer = broken(`${seconds} s of the processor`);
    if (number >= 50 && memory > memoryMax) answer = broken(`${memory} bytes more memory`);
    const key =
      answer === accepted
        ? accepted
        : "refused" in Object(answer)
          ? (answer as { refused: string }).refused
          : "broken";
    answers.set(key, (answers.get(key) ?? 0) + 1);
    if (typeof answer === "object" && "broken" in answer) {
      thrown += 1;
      if (defects.length < shownMax) {
        defects.push(`input ${number}: ${answer.broken}\n  of ${shownInput(input)}`);
        report(`fuzz, ${name}: ${defects.at(-1)}`);
      }
    }
    if (every !== undefined && (number + 1) % every.inputs === 0) await every.look();
  }
  await every?.look();
  const told = [...answers]
    .filter(([key]) => key !== "broken")
    .toSorted(([left], [right]) => Number(right === accepted) - Number(left === accepted))
    .map(([key, times]) => `${key} ${times}`)
    .join(", ");
  report(
    `fuzz, ${name}: ${to - from} inputs: ${told}; promises broken ${thrown}; ` +
      `slowest ${Math.round(slowest * 1000)} ms, most memory ${Math.round(hungriest / 2 ** 20)} MB; seed ${seed}`,
  );
  expect(defects, `WUDING_SEED=${seed}`).toEqual([]);
  expect(answers.size, "inputs are answered in several ways").toBeGreaterThan(
    only === undefined ? 1 : 0,
  );
};

const shownInput = (input: unknown): string => {
  const bytes = input instanceof Uint8Array;
  try {
    return (
      bytes
        ? `base64 ${Buffer.from(input).toString("base64")}`
        : (JSON.stringify(input) ?? String(input))
    ).slice(0, 1500);
  } catch {
    return "an input that cannot be shown";
  }
};
