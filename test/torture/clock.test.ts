/** @module clock.test — the clock of the machine goes back, forward and to and fro under a real casebook. */
import { join } from "node:path";
import type { Casebook, Clock } from "@wuding/engine";
import { isEngineError } from "@wuding/engine";
import { countingIds, runningClock, settableClock } from "@wuding/engine/testing";
import { openCasebook } from "@wuding/store";
import { describe, expect, it, onTestFinished } from "vitest";
import { assign, caseId, receive } from "../../packages/engine/test/given.ts";
import { diceOf, report, scaled, seedAsked } from "./frame.ts";
import { newFolder, origin } from "./processes.ts";

const noon = "2021-04-20T04:00:00.000Z";
const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

let opened = 0;
/** Opens a casebook by a clock; closed after the test. A new process knows nothing of the time that has passed. */
const open = async (file: string, clock: Clock): Promise<Casebook> => {
  opened += 1;
  const numbers = countingIds();
  const ids = { next: () => `${opened}-${numbers.next()}` };
  const actor = { id: "经办人甲" };
  const book = await openCasebook(file, { create: true, origin, clock, ids, actor });
  onTestFinished(() => book.close());
  return book;
};

/** A casebook with one case, received and assigned at noon. */
const received = async () => {
  const file = join(newFolder(), "casebook.db");
  const clock = settableClock(noon);
  const book = await open(file, clock);
  await book.executeGiven(receive());
  await book.executeGiven(assign());
  return { file, clock, book };
};

/** A contact on the day that the clock says it is. */
const contact = { command: "contact", case: caseId, mode: "visit" } as const;
const spoken = (book: Casebook) => book.executeGiven(contact);
const instantsOf = async (book: Casebook): Promise<readonly string[]> =>
  (await book.history("122")).map(({ recordedAt }) => new Date(recordedAt).toISOString());
const adjust = {
  command: "adjust-clock",
  reason: "服务器时间被误设",
  approvedBy: "办公室主任",
} as const;

const isSound = async (book: Casebook): Promise<void> => {
  expect((await book.audit()).faults).toEqual({ first: null, more: 0 });
  expect(await book.certify()).toMatchObject({ differences: [], uncounted: [] });
};

describe("a clock that was put back", () => {
  it.each([1, 2000, 5000])("by %i ms is ordinary: the last record's time is taken", async (lag) => {
    const { book, clock } = await received();
    clock.advance(-lag);
    await spoken(book);
    expect(await instantsOf(book)).toEqual([noon, noon, noon]);
    await isSound(book);
  });

  it.each([5001, hour, 10 * day])(
    "by %i ms is refused with both times, and reading goes on",
    async (lag) => {
      const { file, book, clock } = await received();
      clock.advance(-lag);
      const now = new Date(clock.now()).toISOString();
      await expect(spoken(book)).rejects.toMatchObject({
        code: "CLOCK_BACKWARDS",
        data: { now, last: noon },
      });
      // opening it again does not help
      await expect(spoken(await open(file, clock))).rejects.toMatchObject({
        code: "CLOCK_BACKWARDS",
      });
      expect((await book.show("122")).version).toBe(2);
      await isSound(book);
      clock.set(noon);
      clock.advance(1);
      await spoken(book);
      await isSound(book);
    },
  );
});

describe("a clock that was put ahead", () => {
  it("under an open casebook stops recording from 5 s on, and recording goes on once it is right", async () => {
    const { file } = await received();
    const clock = runningClock(noon);
    const book = await open(file, clock);
    clock.pass(10 * second);
    await spoken(book);
    for (const by of [5001, hour, 365 * day, -5001, -hour]) {
      clock.advance(by);
      await expect(spoken(book)).rejects.toMatchObject({ code: "CLOCK_JUMPED" });
      clock.advance(-by);
      clock.pass(second);
      await spoken(book);
    }
    // what is steered is no jump, however far it comes in the end
    for (let steps = 0; steps < 20; steps++) {
      clock.pass(second);
      clock.advance(5000);
      await spoken(book);
    }
    await isSound(book);
  });

  it("before the start poisons the log, until two persons put it right: one step back, and no other", async () => {
    const { file, book, clock } = await received();
    const ahead = settableClock(noon);
    ahead.advance(365 * day);
    await spoken(await open(file, ahead));
    clock.advance(second);
    // the one that was open all the time is as helpless: its own clock is right
    await expect(spoken(book)).rejects.toMatchObject({ code: "CLOCK_BACKWARDS" });
    await expect(book.executeGiven({ ...adjust, approvedBy: "经办人甲" })).rejects.toMatchObject({
      code: "RULE_REFUSED",
      data: { rule: "twoPersons" },
    });
    await book.executeGiven(adjust);
    clock.advance(second);
    await spoken(book);
    expect(await instantsOf(book)).toEqual([
      noon,
      noon,
      new Date(ahead.now()).toISOString(),
      "2021-04-20T04:00:02.000Z",
    ]);
    const { clockAdjustments, faults } = await book.audit();
    expect(faults).toEqual({ first: null, more: 0 });
    expect(clockAdjustments).toMatchObject([{ from: new Date(ahead.now()).toISOString() }]);
    clock.advance(-hour);
    await expect(spoken(book)).rejects.toMatchObject({ code: "CLOCK_BACKWARDS" });
    await isSound(book);
  });
});

describe("a clock that strobes", () => {
  const seed = seedAsked ?? 20_210_420;
  const steps = scaled(150, 2000);

  it(`leaves a sound log after ${steps} commands: each is recorded in order or refused (seed ${seed})`, async () => {
    const dice = diceOf(seed);
    const { file } = await received();
    const clock = runningClock(noon);
    let book = await open(file, clock);
    const refusals: Record<string, number> = {};
    let recorded = 2;
    let repaired = 0;
    for (let step = 0; step < steps; step++) {
      // the clock swings around the true time, and mostly comes back
      const swing = [0, 0, 1, -1][dice(4)] ?? 0;
      const by = swing * [second, 4 * second, 6 * second, hour, 10 * day][dice(5)]!;
      clock.pass(dice(3 * second));
      clock.advance(by);
      if (dice(12) === 0) {
        await book.close();
        book = await open(file, clock);
      }
      try {
        await book.executeGiven({ ...contact, commandId: `c${step}` });
        recorded += 1;
      } catch (error) {
        if (!isEngineError(error)) throw error;
        refusals[error.code] = (refusals[error.code] ?? 0) + 1;
      }
      clock.advance(-by);
      // an office that finds its log ahead puts it right
      if (dice(20) === 0) {
        await book.close();
        book = await open(file, clock);
        try {
          await book.executeGiven(adjust);
          repaired += 1;
        } catch (error) {
          if (!isEngineError(error)) throw error;
        }
      }
    }
    expect(Object.keys(refusals).toSorted()).toEqual(["CLOCK_BACKWARDS", "CLOCK_JUMPED"]);
    expect(await instantsOf(book)).toHaveLength(recorded);
    const { clockAdjustments } = await book.audit();
    expect(clockAdjustments).toHaveLength(repaired);
    await isSound(book);
    report(
      `clock: ${steps} commands by a strobing clock, ${recorded} recorded, ${JSON.stringify(refusals)}, put right ${repaired} times (seed ${seed})`,
    );
  }, 600_000);
});
