/** @module transactions — work of several steps that others see whole or not at all. */
import { expect, it } from "vitest";
import { subscribeTo } from "../../casebook/subscribe.ts";
import type { StoreTransaction } from "../../ports/event-store.ts";
import type { OpenStore, Store } from "./given.ts";
import {
  aWhile,
  contentOf,
  counted,
  expectRefusal,
  first,
  givenStore,
  second,
  watched,
} from "./given.ts";

/** A transaction that has appended and stands still until it is let go. */
const paused = async (store: Store) => {
  let commit = (): void => undefined;
  let fail = (_error: Error): void => undefined;
  const released = new Promise<void>((resolve, reject) => {
    commit = resolve;
    fail = reject;
  });
  let over: Promise<string> | undefined;
  const transaction = await new Promise<StoreTransaction>((reached) => {
    over = store.transaction(async (its) => {
      await its.append([counted("c1", first, 0)]);
      await its.append([counted("c2", first, 1), counted("c3", second, 0)]);
      reached(its);
      await released;
      return "done";
    });
  });
  return {
    transaction,
    commit: async () => {
      commit();
      return await over;
    },
    fail: async (error: Error) => {
      fail(error);
      await expect(over).rejects.toBe(error);
    },
  };
};

export const transactions = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  /** Everything that others can read. */
  const seen = async (): Promise<unknown> => ({
    content: await contentOf(given.store),
    streams: await given.store.listStreams({ limit: 9 }),
    found: await given.store.findStreams("/1", 9),
    stream: await given.store.readStream(first),
    bytes: (await given.store.readRaw({ limit: 9 })).length,
    command: await given.store.findCommand("c1"),
    personal: (await given.store.personalValues(["seal of c1"])).size,
  });

  it("what it has appended is read by it alone, until it is committed", async () => {
    const before = await seen();
    const { transaction, commit } = await paused(given.store);
    expect(await seen()).toEqual(before);
    expect(await transaction.readStream(first)).toHaveLength(2);
    expect(await transaction.findStreams("/2", 9)).toEqual([second]);
    expect((await transaction.findCommand("c1"))?.events).toHaveLength(1);
    expect((await transaction.personalValues(["seal of c1"])).size).toBe(1);
    expect(await commit()).toBe("done");
    const types = (await given.store.readAll({ limit: 9 })).map(({ type }) => type);
    expect(types).toEqual(["c1", "c2", "c3"]);
    expect(await given.store.tallies("ledger")).toEqual([{ key: "n", count: 3 }]);
    expect(await given.store.listStreams({ limit: 9 })).toEqual([first, second]);
  });

  it("nothing remains of one whose work fails, and the places are free again", async () => {
    const before = await seen();
    const { fail } = await paused(given.store);
    await fail(new Error("line 4711"));
    expect(await seen()).toEqual(before);
    const { events, repeated } = await given.store.append(counted("c1", first, 0));
    expect({ repeated, position: events[0]?.globalPosition }).toEqual({
      repeated: false,
      position: 0,
    });
  });

  it("a subscriber is told of what is committed, and never of what is undone", async () => {
    const controller = new AbortController();
    const told: string[] = [];
    const subscription = (async () => {
      for await (const { type } of subscribeTo(given.store, -1, controller.signal)) told.push(type);
    })();
    const undone = await paused(given.store);
    await aWhile();
    await undone.fail(new Error("undone"));
    await aWhile();
    expect(told).toEqual([]);
    await given.store.append(counted("other", second, 0));
    await given.store.transaction((transaction) => transaction.append([counted("c1", first, 0)]));
    await given.store.waitForMore(0);
    await aWhile();
    controller.abort();
    await subscription;
    expect(told).toEqual(["other", "c1"]);
  });

  it("nobody who waits for events is told of one that is undone", async () => {
    const { waiting, isOver } = watched(given.store.waitForMore(-1));
    const { fail } = await paused(given.store);
    await aWhile();
    await fail(new Error("undone"));
    await aWhile();
    expect(isOver()).toBe(false);
    await given.store.transaction((transaction) => transaction.append([counted("c1", first, 0)]));
    await waiting;
    expect(isOver()).toBe(true);
  });

  it("other appends wait until it is over", async () => {
    const { commit } = await paused(given.store);
    const others = watched(
      Promise.all([
        given.store.append(counted("other", first, 2)),
        given.store.appendTogether([counted("others", second, 1)]),
        given.store.transaction((next) => next.append([counted("next", second, 2)])),
      ]),
    );
    await aWhile();
    expect(others.isOver()).toBe(false);
    await commit();
    await others.waiting;
    const types = (await given.store.readAll({ limit: 9 })).map(({ type }) => type);
    expect(types).toHaveLength(6);
    expect(types.slice(0, 3)).toEqual(["c1", "c2", "c3"]);
  });

  it("a refusal in it undoes all of it, also when the work goes on", async () => {
    const before = await seen();
    const stubborn = given.store.transaction(async (transaction) => {
      await transaction.append([counted("c1", first, 0)]);
      await expectRefusal(transaction.append([counted("c2", first, 7)]), "VERSION_CONFLICT");
      await transaction.append([counted("c3", second, 0)]);
    });
    await expectRefusal(stubborn, "VERSION_CONFLICT", { actualVersion: 1 });
    expect(await seen()).toEqual(before);
  });

  it("is of no use once it is over", async () => {
    const { transaction, commit } = await paused(given.store);
    await commit();
    await expectRefusal(transaction.append([counted("late", first, 2)]), "STORE_UNAVAILABLE");
    await expectRefusal(transaction.readStream(first), "STORE_UNAVAILABLE");
    expect(await given.store.size()).toBe(3);
  });
};
