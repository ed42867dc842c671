/** @module given — a new store for each test, and the shortest way to write a request. */
import { hash } from "node:crypto";
import { afterEach, beforeEach, expect } from "vitest";
import type { CaseId } from "../../case/case-id.ts";
import type { Clock } from "../../ports/clock.ts";
import type {
  AppendRequest,
  EventStore,
  NewEvent,
  StoreReader,
  StreamAppend,
} from "../../ports/event-store.ts";
import type { Ids } from "../../ports/ids.ts";
import type { ProjectionStore } from "../../ports/projection-store.ts";
import { countingIds } from "../counting-ids.ts";
import type { SettableClock } from "../settable-clock.ts";
import { settableClock } from "../settable-clock.ts";

export type Store = EventStore & ProjectionStore;

/** What every store is opened with; the origin is written into each event. */
export type StoreGiven = Readonly<{ clock: Clock; ids: Ids; origin: string }>;

export type OpenStore = (given: StoreGiven) => Store | Promise<Store>;

export const origin = "contract.invalid/log";
export const start = "2026-11-22T01:02:03.456Z";

/** A store and its clock, new before each test of the group that calls this. */
export const givenStore = (
  openStore: OpenStore,
): Readonly<{ store: Store; clock: SettableClock }> => {
  // Filled before any test runs; tests read it only then.
  const given = {} as { store: Store; clock: SettableClock };
  beforeEach(async () => {
    given.clock = settableClock(start);
    given.store = await openStore({ clock: given.clock, ids: countingIds(), origin });
  });
  afterEach(() => given.store.close());
  return given;
};

export const first: CaseId = "cppcc/15-5/1";
export const second: CaseId = "cppcc/15-5/2";

export const event = (type: string, data: object = {}): NewEvent => ({
  type,
  dataVersion: 1,
  on: "2026-11-21",
  data,
  from: "received",
  to: "assigned",
});

export const rulebookHash = `sha256:${"0".repeat(64)}`;

export const to = (
  stream: CaseId | null,
  expectedVersion: number,
  ...events: readonly NewEvent[]
): StreamAppend => ({ stream, expectedVersion, rulebookHash, events });

/** A request whose hash is that of its own command id. */
export const request = (commandId: string, ...streams: readonly StreamAppend[]): AppendRequest => ({
  commandId,
  requestHash: hash("sha256", commandId),
  actor: { id: "clerk" },
  streams,
});

/** A request for one event that counts for one in the projection `ledger` and brings a personal value. */
export const counted = (commandId: string, stream: CaseId, version: number): AppendRequest => ({
  ...request(commandId, to(stream, version, event(commandId))),
  changes: [{ projection: "ledger", add: { key: "n", count: 1 } }],
  personal: [{ seal: `seal of ${commandId}`, salt: "salt", value: "value" }],
});

/** Fails unless the work is refused with this code and at least these facts. */
export const expectRefusal = async (
  work: Promise<unknown>,
  code: string,
  data: object = {},
): Promise<void> => {
  await expect(work).rejects.toMatchObject({ name: "EngineError", code, data });
};

/** Everything that a test of "nothing changed" compares. */
export const contentOf = async (store: StoreReader): Promise<unknown> => ({
  size: await store.size(),
  events: await store.readAll({ limit: 1000 }),
  nodes: [await store.readNodes(1, { limit: 1000 }), await store.readNodes(2, { limit: 1000 })],
  rows: await store.rows({ projection: "ledger", limit: 1000 }),
  tallies: await store.tallies("ledger"),
  version: await store.projectionVersion(),
});

/** Lets everything that could already have happened happen. */
export const aWhile = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
};

/** A promise, and whether it has been kept yet. */
export const watched = <Result>(
  waiting: Promise<Result>,
): Readonly<{ waiting: Promise<Result>; isOver: () => boolean }> => {
  let over = false;
  const watching = async (): Promise<Result> => {
    try {
      return await waiting;
    } finally {
      over = true;
    }
  };
  return { waiting: watching(), isOver: () => over };
};
