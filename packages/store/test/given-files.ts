/** @module given-files — casebook files in folders of their own, and the shortest way to fill them. */
import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppendRequest, Clock, Ids, ProjectionChange } from "@wuding/engine";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { afterEach } from "vitest";
import type { Store, StoreOptions } from "../src/index.ts";
import { openStore } from "../src/index.ts";

const folders: string[] = [];
const stores: Store[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, gone after the test. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "wuding-store-"));
  folders.push(folder);
  return folder;
};

/** The name of a file that is not there yet, in a new folder. */
export const newFile = (): string => join(newFolder(), "casebook.db");

const clock: Clock = settableClock("2026-11-22T01:02:03.456Z");
const ids: Ids = countingIds();

/** Opens a casebook with a written clock; closed after the test. */
export const open = async (file: string, options: Partial<StoreOptions> = {}): Promise<Store> => {
  const store = await openStore(file, { clock, ids, origin: "test.invalid/log", ...options });
  stores.push(store);
  return store;
};

/** A new casebook in a new file. */
export const create = async (file = newFile()): Promise<{ file: string; store: Store }> => ({
  file,
  store: await open(file, { create: true }),
});

/** A request to record one event in a case that has `expectedVersion` of them. */
export const request = (
  commandId: string,
  stream: string,
  expectedVersion: number,
  more: Partial<AppendRequest> = {},
): AppendRequest => ({
  commandId,
  requestHash: hash("sha256", commandId),
  actor: { id: "clerk" },
  streams: [
    {
      stream,
      expectedVersion,
      rulebookHash: `sha256:${"0".repeat(64)}`,
      events: [
        {
          type: "ContactRecorded",
          dataVersion: 1,
          on: "2026-11-21",
          data: { summary: "就加快推进老旧小区改造提出意见" },
          from: "assigned",
          to: "contacted",
        },
      ],
    },
  ],
  ...more,
});

/** A row of the projection `ledger`, which counts for one. */
export const listed = (stream: string): readonly ProjectionChange[] => [
  { projection: "ledger", put: { stream, key: "", sort: stream, body: { case: stream } } },
  { projection: "ledger", add: { key: "cases", count: 1 } },
];
