/**
 * @module failing-process — a program whose disk fails on order, over and over: at the first call, at the second, until
 * none is left to fail; or when it is full.
 *
 * Arguments: folder that is watched, what is to be done (`calls` or `room`), the orders as JSON. It writes one
 * line of JSON for each round: a `Round`.
 */
import { copyFileSync, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isEngineError } from "@wuding/engine";
import type { Ack, Open } from "./office.ts";
import { acksOf, commandIdOf, examine, openOffice, receiving } from "./office.ts";

/** What is asked of this program. */
export type Orders = Readonly<{
  /** A casebook to begin with in each round; it lies outside the folder. */
  office: string;
  /** How calls fail: `EIO once`, `ENOSPC sticky`. For `calls`. */
  fault?: string;
  /** Whether the long work is done. For `calls`. */
  isLong?: boolean;
  /** Bytes by which files may grow. For `room`. */
  rooms?: readonly number[];
}>;

/** What one round came to. */
export type Round = Readonly<{
  /** The call that failed, or the bytes there were. */
  n: number;
  /** What failed: `sync casebook.db-wal`. */
  struck: string;
  acknowledged: number;
  refused: number;
  /** Commands of which it was unknown whether they are recorded, and those of them that were. */
  ambiguous: number;
  ambiguousRecorded: number;
  lost: number;
  altered: number;
  broken: readonly string[];
}>;

const [folder = "", what = "", given = "{}"] = process.argv.slice(2);
const orders = JSON.parse(given) as Orders;
const file = join(folder, "casebook.db");
const struckFile = join(folder, "struck");
const toDisk = openSync(join(folder, "orders"), "a");
const order = (text: string): void => void writeSync(toDisk, text);

const lay = (): void => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  rmSync(struckFile, { force: true });
  copyFileSync(orders.office, file);
};

/** What a round has seen so far. */
type Seen = {
  readonly acks: Ack[];
  /** Commands that were acknowledged. */
  readonly done: Set<string>;
  /** Commands whose refusal says that they may have been recorded. */
  readonly unknown: Set<string>;
  refused: number;
  readonly broken: string[];
};

const whyOf = (error: unknown): string =>
  isEngineError(error, "STORE_UNAVAILABLE") ? error.data.why.en : "";

const diskFailed = /the disk reported an error/;

/** Does some work that may be refused for the disk's sake, and for no other reason. */
const attempt = async (
  seen: Seen,
  name: string,
  commandIds: readonly string[],
  work: () => Promise<unknown>,
): Promise<unknown> => {
  try {
    await work();
    for (const commandId of commandIds) seen.done.add(commandId);
    return undefined;
  } catch (error) {
    seen.refused += 1;
    if (!isEngineError(error, "STORE_UNAVAILABLE")) {
      seen.broken.push(`${name}: ${String(error)}`);
    } else if (error.data["outcomeUnknown"] === true) {
      for (const commandId of commandIds) seen.unknown.add(commandId);
    }
    return error;
  }
};

type Step = Readonly<{ numbers: readonly number[]; work: (open: Open) => Promise<unknown> }>;

const one = (number: number): Step => ({
  numbers: [number],
  work: ({ book }) => book.executeGiven(receiving(number)),
});
const inOneTransaction = (...numbers: readonly number[]): Step => ({
  numbers,
  work: async ({ book }) => {
    const lines = numbers.map((number) => ({ line: number, given: receiving(number) }));
    const answers = await book.applyAtomically(lines);
    for (const answer of answers) if (!answer.ok) throw answer.refusal;
  },
});
const rebuilding: Step = { numbers: [], work: ({ book }) => book.rebuildProjections() };

const openings: readonly (readonly Step[])[] = orders.isLong
  ? [
      [one(1), inOneTransaction(2, 3), one(4), rebuilding, one(5)],
      [one(6), rebuilding, inOneTransaction(7), one(8)],
    ]
  : [[one(1), inOneTransaction(2, 3), one(4)]];
const numbers = openings.flat().flatMap((step) => step.numbers);

/** After an error of the disk the store is of no use until it is opened again. */
const assertStopped = async (seen: Seen, { store }: Open, error: unknown): Promise<void> => {
  if (!diskFailed.test(whyOf(error))) return;
  const answer = await store.size().then(String, whyOf);
  if (!answer.includes("open it again and verify it")) {
    seen.broken.push(`after "${whyOf(error)}" the store goes on: ${answer}`);
  }
};

const workThrough = async (seen: Seen, steps: readonly Step[]): Promise<void> => {
  let open: Open | undefined;
  await attempt(seen, "opening", [], async () => {
    open = await openOffice(file);
  });
  if (open === undefined) return;
  for (const { numbers: cases, work } of steps) {
    const opened = open;
    const commandIds = cases.map(commandIdOf);
    const error = await attempt(seen, commandIds.join(), commandIds, () => work(opened));
    if (error !== undefined) await assertStopped(seen, opened, error);
    else {
      for (const commandId of commandIds) {
        seen.acks.push(...(await acksOf(opened.store, commandId).catch(() => [])));
      }
    }
  }
  const opened = open;
  await attempt(seen, "closing", [], () => opened.book.close());
};

/** The answers of a sound disk. */
const answersOf = async (): Promise<readonly string[]> => {
  const { book } = await openOffice(file);
  const answers: string[] = [];
  for (const number of numbers) {
    answers.push(JSON.stringify(await book.executeGiven(receiving(number))));
  }
  await book.close();
  return answers;
};

const roundOf = async (n: number, seen: Seen, answers: readonly string[]): Promise<Round> => {
  const struck = existsSync(struckFile) ? readFileSync(struckFile, "utf8").split("\n") : [];
  order("heal");
  // what was acknowledged is there before anything is done again
  const first = await examine(file, seen.acks);
  const { store, book } = await openOffice(file);
  let ambiguousRecorded = 0;
  for (const commandId of seen.unknown) {
    if ((await store.findCommand(commandId)) !== undefined) ambiguousRecorded += 1;
  }
  for (const commandId of seen.done) {
    if ((await store.findCommand(commandId)) === undefined) seen.broken.push(`${commandId} lost`);
  }
  for (const [at, number] of numbers.entries()) {
    const again = JSON.stringify(await book.executeGiven(receiving(number)));
    if (again !== answers[at]) seen.broken.push(`${commandIdOf(number)} again: ${again}`);
  }
  await book.close();
  const last = await examine(file, seen.acks);
  if (first.fault !== null) seen.broken.push(`at once: ${first.fault}`);
  if (last.fault !== null) seen.broken.push(`in the end: ${last.fault}`);
  if (last.size !== sizeInTheEnd) seen.broken.push(`${last.size} events, not ${sizeInTheEnd}`);
  return {
    n,
    struck: struck[0] ?? "",
    acknowledged: seen.done.size,
    refused: seen.refused,
    ambiguous: seen.unknown.size,
    ambiguousRecorded,
    lost: first.lost + last.lost,
    altered: first.altered + last.altered,
    broken: seen.broken.map((text) => `${struck[0] ?? ""} (${n}): ${text}`),
  };
};

const nothingSeen = (): Seen => ({
  acks: [],
  done: new Set(),
  unknown: new Set(),
  refused: 0,
  broken: [],
});

const say = (round: Round): void => void process.stdout.write(`${JSON.stringify(round)}\n`);

lay();
const answers = await answersOf();
const sizeInTheEnd = (await examine(file, [])).size;

const failAtEveryCall = async (): Promise<void> => {
  const [errno = "", how = ""] = (orders.fault ?? "").split(" ");
  for (let n = 1; ; n++) {
    lay();
    const seen = nothingSeen();
    order(`fail ${n} ${errno} ${how}`);
    for (const steps of openings) await workThrough(seen, steps);
    if (!existsSync(struckFile)) return;
    say(await roundOf(n, seen, answers));
  }
};

/** Fills the disk by recording; then reads, makes room and goes on in the same opening. */
const fillUp = async (room: number): Promise<void> => {
  lay();
  const seen = nothingSeen();
  order(`room ${room}`);
  let open: Open | undefined;
  const opening = await attempt(seen, "opening", [], async () => {
    open = await openOffice(file);
  });
  if (open === undefined) {
    if (!/full/.test(whyOf(opening))) seen.broken.push(`opening says: ${whyOf(opening)}`);
  } else {
    const { store, book } = open;
    let isFull = false;
    for (let number = 1000; !isFull && number < 3000; number++) {
      const commandId = commandIdOf(number);
      const error = await attempt(seen, commandId, [commandId], () =>
        book.executeGiven(receiving(number)),
      );
      if (error === undefined) seen.acks.push(...(await acksOf(store, commandId)));
      else {
        isFull = true;
        if (!/full/.test(whyOf(error))) seen.broken.push(`it says: ${whyOf(error)}`);
        const listed = (await book
          .list()
          .catch((refused: unknown) => whyOf(refused))) as readonly object[];
        if (listed.length !== seen.done.size + casesBefore) {
          seen.broken.push(`reading gives ${JSON.stringify(listed).slice(0, 200)}`);
        }
        order("heal");
        const hadNoRoomAtAll = seen.done.size === 0;
        if (hadNoRoomAtAll) {
          // it was read from a copy in memory
          await book.close();
          open = await openOffice(file);
        }
        const opened = open;
        const again = await attempt(seen, "with room", [commandId], () =>
          opened.book.executeGiven(receiving(number)),
        );
        if (again !== undefined) seen.broken.push(`with room again: ${whyOf(again)}`);
      }
    }
    const opened = open;
    await attempt(seen, "closing", [], () => opened.book.close());
  }
  order("heal");
  const { lost, altered, fault } = await examine(file, seen.acks);
  if (fault !== null) seen.broken.push(fault);
  say({
    n: room,
    struck: existsSync(struckFile) ? (readFileSync(struckFile, "utf8").split("\n")[0] ?? "") : "",
    acknowledged: seen.done.size,
    refused: seen.refused,
    ambiguous: seen.unknown.size,
    ambiguousRecorded: 0,
    lost,
    altered,
    broken: seen.broken.map((text) => `${room} bytes: ${text}`),
  });
};

/** Cases of the office to begin with. */
const casesBefore = 5;

if (what === "calls") await failAtEveryCall();
else for (const room of orders.rooms ?? []) await fillUp(room);
