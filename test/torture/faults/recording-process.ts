/**
 * @module recording-process — a program that records in one of the ways there are, and writes each
 * acknowledgement into the file `acks` beside the casebook before it goes on.
 *
 * Arguments: file, way, number of the first case, how many cases.
 */
import { openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Open } from "./office.ts";
import { ackLine, acksOf, commandIdOf, openOffice, receiving } from "./office.ts";

const [file = "", way = "", first = "1", count = "0"] = process.argv.slice(2);
const from = Number(first);
const to = from + Number(count);
const acks = openSync(join(dirname(file), "acks"), "a");

/** Acknowledges all at once, as a caller does whose answers come together. */
const acknowledge = async ({ store }: Open, commandIds: readonly string[]): Promise<void> => {
  const all = await Promise.all(commandIds.map((commandId) => acksOf(store, commandId)));
  writeSync(acks, all.flat().map(ackLine).join(""));
};

const ranges = (size: number): readonly (readonly number[])[] => {
  const found: number[][] = [];
  for (let at = from; at < to; at += size) {
    found.push(Array.from({ length: Math.min(size, to - at) }, (_, n) => at + n));
  }
  return found;
};

const record = async (open: Open, number: number): Promise<void> => {
  await open.book.executeGiven(receiving(number));
  await acknowledge(open, [commandIdOf(number)]);
};

/** Without a casebook's projections: the store alone. */
const append = async (open: Open, number: number): Promise<void> => {
  const { store } = open;
  const prepared = receiving(number);
  const data = { ...prepared, commandId: undefined };
  const event = { type: "Noted", dataVersion: 1, on: "2021-04-02", data, from: null, to: null };
  await store.append({
    commandId: prepared.commandId,
    requestHash: "00",
    actor: { id: "经办人甲" },
    streams: [
      {
        stream: `note/1/${number}`,
        expectedVersion: 0,
        rulebookHash: "sha256:0",
        events: [event],
      },
    ],
  });
  await acknowledge(open, [prepared.commandId]);
};

const inOneOpening = async (work: (open: Open) => Promise<void>): Promise<void> => {
  const open = await openOffice(file);
  await work(open);
  await open.book.close();
};

const ways: Readonly<Record<string, () => Promise<void>>> = {
  "one by one": () =>
    inOneOpening(async (open) => {
      for (let number = from; number < to; number++) await record(open, number);
    }),
  append: () =>
    inOneOpening(async (open) => {
      for (let number = from; number < to; number++) await append(open, number);
    }),
  together: () =>
    inOneOpening(async (open) => {
      for (const numbers of ranges(8)) {
        await Promise.all(numbers.map((number) => open.book.executeGiven(receiving(number))));
        await acknowledge(open, numbers.map(commandIdOf));
      }
    }),
  transaction: () =>
    inOneOpening(async (open) => {
      for (const numbers of ranges(5)) {
        const lines = numbers.map((number) => ({ line: number, given: receiving(number) }));
        await open.book.applyAtomically(lines);
        await acknowledge(open, numbers.map(commandIdOf));
      }
    }),
  rebuild: () =>
    inOneOpening(async (open) => {
      for (let number = from; number < to; number++) {
        await record(open, number);
        await open.book.rebuildProjections();
      }
    }),
  "open and close": async () => {
    for (let number = from; number < to; number++) {
      await inOneOpening((open) => record(open, number));
    }
  },
  "a new casebook": async () => {
    const open = await openOffice(file, true);
    await acknowledgeOpening(open);
    for (let number = from; number < to; number++) await record(open, number);
    await open.book.close();
  },
};

const acknowledgeOpening = async ({ store }: Open): Promise<void> => {
  const [event] = await store.readAll({ limit: 1 });
  if (event === undefined) throw new Error("a new casebook has no event");
  writeSync(acks, ackLine({ commandId: event.commandId, seq: 0, leaf: event.hash }));
};

await ways[way]?.();
