/** @module snapshots — a long reading of one moment, while others go on recording. */
import { expect, it } from "vitest";
import type { OpenStore } from "./given.ts";
import { contentOf, counted, first, givenStore, second } from "./given.ts";

export const snapshots = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  it("a snapshot reads one moment, whatever is recorded meanwhile", async () => {
    await given.store.append(counted("c1", first, 0));
    const before = await contentOf(given.store);
    const pages = await given.store.snapshot(async (reader) => {
      // before it has read anything itself
      await given.store.append(counted("c2", first, 1));
      const page = await contentOf(reader);
      await given.store.transaction((transaction) =>
        transaction.append([counted("c3", second, 0)]),
      );
      expect(await reader.listStreams({ limit: 9 })).toEqual([first]);
      expect(await reader.findStreams("/2", 9)).toEqual([]);
      expect(await reader.findCommand("c2")).toBeUndefined();
      expect((await reader.personalValues(["seal of c2"])).size).toBe(0);
      return [page, await contentOf(reader)];
    });
    expect(pages).toEqual([before, before]);
    expect(await given.store.size()).toBe(3);
    expect(await given.store.tallies("ledger")).toEqual([{ key: "n", count: 3 }]);
  });

  it("reads the old rows while the projections are rebuilt", async () => {
    await given.store.append(counted("c1", first, 0));
    await given.store.snapshot(async (reader) => {
      await given.store.rebuild("v2", async function* () {
        yield [{ projection: "ledger", add: { key: "n", count: 7 } }];
      });
      expect(await reader.tallies("ledger")).toEqual([{ key: "n", count: 1 }]);
      expect(await reader.projectionVersion()).toBeNull();
    });
    expect(await given.store.tallies("ledger")).toEqual([{ key: "n", count: 7 }]);
  });

  it("gives what its work gives, or the error of it", async () => {
    expect(await given.store.snapshot((reader) => reader.size())).toBe(0);
    await expect(
      given.store.snapshot(() => Promise.reject(new Error("unreadable"))),
    ).rejects.toThrow("unreadable");
  });
};
