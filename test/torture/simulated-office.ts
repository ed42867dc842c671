/**
 * @module simulated-office — an office whose year only a seed decides: who does what, what is asked twice, what
 * fails and when the machine goes down. Two programs are open on one file, by one scripted clock.
 *
 * Whatever happens: what was answered is recorded once, what was refused is not recorded, and the log that
 * is left is sound. `check` compares it with everything that can be counted another way.
 */
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { Casebook, RecordedEvent } from "@wuding/engine";
import { openCasebookOn, shippedRulebook } from "@wuding/engine";
import type { SettableClock } from "@wuding/engine/testing";
import type { Store } from "@wuding/store";
import { openStore } from "@wuding/store";
import { expect } from "vitest";
import { clerk, idsNamed } from "../../packages/engine/test/given.ts";
import { countRates, standing } from "../../packages/engine/test/independent-count.ts";
import { countDueDates } from "../../packages/engine/test/independent-due-dates.ts";
import type { Move, Planned, Played, Player } from "../../packages/engine/test/random-histories.ts";
import { newPlayer } from "../../packages/engine/test/random-histories.ts";
import { printed, ratesOf } from "../../packages/engine/test/rates-compared.ts";
import type { FailingStore, Strike } from "./failing-store.ts";
import { Crash, failingStore } from "./failing-store.ts";
import type { Dice } from "./frame.ts";
import { diceOf } from "./frame.ts";
import { origin } from "./processes.ts";

/** What has happened so far, counted. */
export type Tally = Readonly<Record<string, number>>;

export type SimulatedOffice = Readonly<{
  /** Something happens. */
  step(): Promise<void>;
  /** Everything that must hold at any time, asserted. */
  check(): Promise<void>;
  /** Who recorded what, when; the same for the same seed. */
  trail(): Promise<readonly string[]>;
  tally(): Tally;
  /** The last things that happened, for whoever looks for a fault. */
  lately(): readonly string[];
  close(): Promise<void>;
}>;

/** One of the programs that are open on the file. */
type Desk = Readonly<{ book: Casebook; strike: FailingStore["strike"] }>;

const desks = 2;
const lots = 1_000_000;

const moveOf = (dice: Dice): Move => ({
  turn: dice(100),
  command: dice(1000),
  sensible: dice(7) > 0,
  // some hundred of them are a year, for which the days off are known
  days: dice(4) > 0 ? dice(2) : dice(12),
  lag: dice(6) > 0 ? 0 : dice(42) - 1,
  seed: dice(lots),
});

const strikes: readonly Strike[] = ["errorBefore", "errorAfter", "crashBefore", "crashAfter"];
const national = await shippedRulebook("national");

/**
 * A new office in a folder.
 * @param spoil makes a store that breaks a promise of every store: to see that it is found out
 */
export const simulatedOffice = async (
  seed: number,
  folder: string,
  spoil: (store: Store) => Store = (store) => store,
): Promise<SimulatedOffice> => {
  const dice = diceOf(seed);
  let file = join(folder, "casebook-0.db");
  let restarts = 0;
  let adoptions = 0;
  let commands = 0;
  const opened: Store[] = [];
  const counts: Record<string, number> = {};
  const events: string[] = [];
  /** By command id: what was asked and what was answered. */
  const acknowledged = new Map<string, Readonly<{ planned: Planned; played: Played }>>();
  /** Leaf hashes as they were at the last check. */
  let seenLeaves: readonly string[] = [];

  const note = (what: string, more = ""): void => {
    counts[what] = (counts[what] ?? 0) + 1;
    events.push(`${what} ${more}`.trimEnd());
  };

  const storeOn = async (clock: SettableClock): Promise<FailingStore> => {
    const ids = idsNamed(`${restarts}-${opened.length}`);
    const store = await openStore(file, { clock, ids, origin, create: true });
    opened.push(store);
    return failingStore(spoil(store));
  };

  let first: FailingStore | undefined;
  const player: Player = await newPlayer(async ({ clock }) => {
    first = await storeOn(clock as SettableClock);
    return first.store;
  });
  const { clock } = player;

  const newDesk = async (): Promise<Desk> => {
    const { store, strike } = await storeOn(clock);
    const ids = idsNamed(`book-${restarts}-${opened.length}`);
    const book = await openCasebookOn({ store, clock, ids, actor: { id: clerk } });
    return { book, strike };
  };
  let open: Desk[] = [];
  const openAll = async (): Promise<void> => {
    open = [];
    while (open.length < desks) open.push(await newDesk());
    player.reopened(deskOf(0).book);
  };
  const deskOf = (number: number): Desk => {
    const desk = open[number % open.length];
    if (desk === undefined) throw new Error("the office is closed");
    return desk;
  };
  await openAll();

  /** Nobody closes anything: the file and its write-ahead log are found as they lie there. */
  const restart = async (): Promise<void> => {
    restarts += 1;
    if (dice(2) === 0) {
      note("restart", "of the machine");
      // the index of the write-ahead log is gone, and no lock is left
      const next = join(folder, `casebook-${restarts}.db`);
      for (const suffix of ["", "-wal"]) {
        if (existsSync(file + suffix)) copyFileSync(file + suffix, next + suffix);
      }
      file = next;
    } else {
      note("restart", "of the programs");
    }
    await openAll();
  };

  const allEvents = (): Promise<readonly RecordedEvent[]> => newest().readAll({ limit: lots });
  const newest = (): Store => {
    const store = opened.at(-1);
    if (store === undefined) throw new Error("the office is closed");
    return store;
  };

  /** Asks until there is an answer: an error of the store is none, nor is silence. */
  const settle = async (planned: Planned, strike: Strike): Promise<Played> => {
    for (let coming = strike; ; coming = "none") {
      const desk = deskOf(dice(desks));
      desk.strike(coming);
      try {
        const played = await player.ask(planned, desk.book);
        desk.strike("none");
        if (played.ok || played.code !== "STORE_UNAVAILABLE") return played;
        note(coming);
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        note(coming);
        await restart();
      }
    }
  };

  const idOf = (planned: Planned): string => String(planned.command["commandId"]);
  const withId = (planned: Planned): Planned => {
    commands += 1;
    return { ...planned, command: { ...planned.command, commandId: `s-${commands}` } };
  };

  /** What asked for nothing new leaves no trace, and is judged anew when it is asked for again. */
  const keep = (planned: Planned, played: Played): void => {
    if (!played.ok || played.answer.unchanged) return;
    // nor does a reorganisation that was recorded before, except by the cases that have come since
    if (played.answer.case === null && played.answer.events.length === 0) return;
    acknowledged.set(idOf(planned), { planned, played });
  };

  const judge = async (planned: Planned, played: Played, before: number): Promise<void> => {
    const grown = await newest().readAll({ after: before - 1, limit: lots });
    // what a reorganisation finds behind it is moved under an id of its own
    const foreign = grown.filter(
      ({ commandId }) => commandId !== idOf(planned) && commandId.startsWith("s-"),
    );
    expect(foreign).toEqual([]);
    if (!played.ok) expect(grown).toEqual([]);
    keep(planned, played);
    const { command } = planned;
    const { command: name, case: id } = command;
    const about = `${idOf(planned)} ${JSON.stringify([name, id])}`;
    note(played.ok ? "recorded" : "refused", played.ok ? about : `${about} ${played.code}`);
  };

  const command = async (): Promise<void> => {
    const planned = withId(await player.plan(moveOf(dice)));
    const before = await newest().size();
    const strike = dice(4) === 0 ? (strikes[dice(strikes.length)] ?? "none") : "none";
    await judge(planned, await settle(planned, strike), before);
  };

  /** Several persons at once, on both programs. */
  const rush = async (): Promise<void> => {
    const together: Planned[] = [];
    for (let n = 0; n < 4; n++) together.push(withId(await player.plan(moveOf(dice))));
    const all = together.map((planned, n) => player.ask(planned, deskOf(n).book));
    for (const [n, played] of (await Promise.all(all)).entries()) {
      const planned = together[n];
      if (planned !== undefined) keep(planned, played);
      note(played.ok ? "recorded in a rush" : "refused in a rush", played.ok ? "" : played.code);
    }
  };

  const someAcknowledged = () => [...acknowledged.values()][dice(Math.max(1, acknowledged.size))];

  /** The same again under the same id: the same answer, and nothing new. */
  const repeat = async (): Promise<void> => {
    const known = someAcknowledged();
    // a reorganisation asked for again moves what has come to the old department since
    if (known === undefined || known.planned.command["command"] === "rename-department") return;
    const before = await newest().size();
    const played = await player.ask(known.planned, deskOf(dice(desks)).book);
    expect({ of: known.planned.command, played }).toEqual({
      of: known.planned.command,
      played: known.played,
    });
    expect(await newest().size()).toBe(before);
    note("repeated", idOf(known.planned));
  };

  /** Something else under an id that is taken. */
  const reuse = async (): Promise<void> => {
    const known = someAcknowledged();
    if (known === undefined) return;
    const before = await newest().size();
    const other = { ...known.planned.command, note: `另一件事${dice(lots)}` };
    const played = await player.ask({ ...known.planned, command: other });
    expect(played).toMatchObject({ ok: false, code: "COMMAND_ID_REUSED" });
    expect(await newest().size()).toBe(before);
    note("reused", idOf(known.planned));
  };

  /** Somebody who has not seen the last event of a case. */
  const stale = async (): Promise<void> => {
    const planned = withId(await player.plan(moveOf(dice)));
    const { case: id } = planned.command;
    if (typeof id !== "string" || !player.ids.includes(id)) return;
    const { version } = await deskOf(0).book.show(id);
    const before = await newest().size();
    const late = { ...planned, command: { ...planned.command, expect: version - 1 } };
    const played = await player.ask(late, deskOf(dice(desks)).book);
    // what is so already is so, whoever asks
    expect(played.ok && !played.answer.unchanged).toBe(false);
    expect(await newest().size()).toBe(before);
    note("stale", played.ok ? "unchanged" : played.code);
  };

  const adopt = async (): Promise<void> => {
    adoptions += 1;
    const desk = deskOf(dice(desks));
    const strike = dice(2) === 0 ? "none" : (strikes[dice(strikes.length)] ?? "none");
    const rules = { ...national, version: `${national.version}.${adoptions}` };
    desk.strike(strike);
    try {
      await desk.book.adoptRulebook(rules);
      note("adopted", rules.version);
    } catch (error) {
      note("adoption failed", strike);
      if (error instanceof Crash) await restart();
      else expect(error).toMatchObject({ code: "STORE_UNAVAILABLE" });
    }
    desk.strike("none");
  };

  const rebuild = async (): Promise<void> => {
    await deskOf(dice(desks)).book.rebuildProjections();
    note("rebuilt");
  };

  const check = async (): Promise<void> => {
    const log = await allEvents();
    const leaves = log.map(({ hash }) => hash);
    expect(leaves.slice(0, seenLeaves.length)).toEqual(seenLeaves);
    seenLeaves = leaves;
    const recorded = new Set(log.map(({ commandId }) => commandId));
    const ours = [...recorded].filter((id) => id.startsWith("s-"));
    expect(ours.filter((id) => !acknowledged.has(id))).toEqual([]);
    expect([...acknowledged.keys()].filter((id) => !recorded.has(id))).toEqual([]);
    const { book } = deskOf(dice(desks));
    expect((await book.audit()).faults).toEqual({ first: null, more: 0 });
    expect(await book.certify()).toMatchObject({ differences: [], uncounted: [] });
    expect(await book.checkProjections()).toMatchObject({ count: 0 });
    expect(await ratesOf(book)).toEqual(printed(countRates(standing(log), player.today())));
    const calendars = new Map(
      await Promise.all(
        book.rules.calendars.map(
          async ({ edition }) => [edition, await book.rules.calendarData(edition)] as const,
        ),
      ),
    );
    for (const { rule, stored, counted, ...of } of countDueDates(log, calendars))
      expect({ ...of, rule, ...stored }).toEqual({ ...of, rule, ...counted });
    note("checked");
  };

  const step = async (): Promise<void> => {
    const lot = dice(100);
    if (lot < 72) return command();
    if (lot < 78) return rush();
    if (lot < 86) return repeat();
    if (lot < 90) return reuse();
    if (lot < 94) return stale();
    if (lot < 96) return restart();
    if (lot < 98) return adopt();
    if (lot < 99) return rebuild();
    return check();
  };

  return {
    step,
    check,
    trail: async () =>
      (await allEvents()).map(
        ({ commandId, stream, type, recordedAt }) =>
          `${recordedAt} ${commandId} ${stream ?? ""} ${type}`,
      ),
    tally: () => counts,
    lately: () => events.slice(-20),
    close: async () => {
      for (const store of opened) await store.close();
    },
  };
};
