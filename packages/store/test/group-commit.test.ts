import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { create, listed, open, request } from "./given-files.ts";

/** Transactions in the write-ahead log: frames that carry the size of the file after a commit. */
const commitsIn = (file: string): number => {
  const log = readFileSync(`${file}-wal`);
  if (log.length === 0) return 0;
  const pageSize = log.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at < log.length; at += 24 + pageSize) {
    // Frames of an earlier use of the same file have another salt.
    const isOfThisUse = log.subarray(at + 8, at + 16).equals(log.subarray(16, 24));
    if (isOfThisUse && log.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
};

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

describe("appends that wait at the same moment", () => {
  it("share one transaction", async () => {
    const { file, store } = await create();
    await store.append(request("c", "cppcc/15-5/0", 0));
    const before = commitsIn(file);
    await Promise.all(range(100).map((n) => store.append(request(`c${n}`, `a/1/${n}`, 0))));
    expect(commitsIn(file) - before).toBe(1);
    for (const n of range(5)) await store.append(request(`d${n}`, `a/2/${n}`, 0));
    expect(commitsIn(file) - before).toBe(6);
  });

  it("are recorded in the order in which they were asked for, however many wait", async () => {
    const { file, store } = await create();
    const before = commitsIn(file);
    const results = await Promise.all(
      range(1100).map((n) => store.append(request(`c${n}`, "a/1/1", n))),
    );
    expect(results.map(({ events }) => events[0]?.globalPosition)).toEqual(range(1100));
    expect(commitsIn(file) - before).toBe(3);
  });

  it("succeed or fail alone, also when SQLite refuses one while it is written", async () => {
    const { store } = await create();
    const broken = {
      ...request("broken", "a/1/broken", 0, { changes: listed("a/1/broken") }),
      personal: [{ seal: "s", salt: null as unknown as string, value: "v" }],
    };
    const outcomes = await Promise.allSettled([
      store.append(request("c1", "a/1/1", 0, { changes: listed("a/1/1") })),
      store.append(broken),
      store.append(request("c2", "a/1/1", 0)),
      store.append(request("c3", "a/1/3", 0, { changes: listed("a/1/3") })),
      store.append({
        ...request("c4", "a/1/4", 0),
        changes: [{ projection: "p", put: { stream: "a", key: "", sort: "", body: { n: 1n } } }],
      }),
      store.append(request("c1", "a/1/1", 0)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(outcomes[1]).toMatchObject({ reason: { code: "SQLITE_CONSTRAINT_NOTNULL" } });
    expect(outcomes[2]).toMatchObject({ reason: { code: "VERSION_CONFLICT" } });
    expect(outcomes[5]).toMatchObject({ value: { repeated: true } });
    expect(await store.listStreams({ limit: 9 })).toEqual(["a/1/1", "a/1/3"]);
    expect(await store.tallies("ledger")).toEqual([{ key: "cases", count: 2 }]);
    expect(await store.findCommand("broken")).toBeUndefined();
  });

  it("go on after another store of the same file has appended in between", async () => {
    const { file, store } = await create();
    const other = await open(file);
    for (const n of range(20)) {
      await (n % 3 === 0 ? other : store).append(request(`c${n}`, "a/1/1", n));
    }
    const events = await other.readStream("a/1/1");
    expect(events.map(({ streamVersion }) => streamVersion)).toEqual(range(20).map((n) => n + 1));
  });
});

describe("readers", () => {
  it("who wait are told of what another process appends", async () => {
    const { file, store } = await create();
    const other = await open(file);
    const waiting = store.waitForMore(-1);
    await other.append(request("c1", "a/1/1", 0));
    await waiting;
    expect(await store.size()).toBe(1);
  });

  it("who wait are let go when the store is closed", async () => {
    const { store } = await create();
    const waiting = store.waitForMore(-1);
    await store.close();
    await waiting;
    await expect(store.size()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });

  it("see the old rows until a rebuild is complete", async () => {
    const { store } = await create();
    await store.append(request("c1", "a/1/1", 0, { changes: listed("a/1/1") }));
    const seen: unknown[] = [];
    await store.rebuild("v1", async function* () {
      yield listed("a/1/2");
      seen.push((await store.rows({ projection: "ledger", limit: 9 })).map(({ stream }) => stream));
    });
    seen.push((await store.rows({ projection: "ledger", limit: 9 })).map(({ stream }) => stream));
    expect(seen).toEqual([["a/1/1"], ["a/1/2"]]);
  });
});
