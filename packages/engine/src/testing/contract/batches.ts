/** @module batches — many requests in one write: all are recorded or none. */
import { expect, it } from "vitest";
import type { OpenStore } from "./given.ts";
import { contentOf, counted, expectRefusal, first, givenStore, second } from "./given.ts";

export const batches = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  it("every request is recorded, in order", async () => {
    await given.store.appendTogether([
      counted("c1", first, 0),
      counted("c2", first, 1),
      counted("c3", second, 0),
    ]);
    await given.store.appendTogether([]);
    const types = (await given.store.readAll({ limit: 9 })).map(({ type }) => type);
    expect(types).toEqual(["c1", "c2", "c3"]);
    expect(await given.store.tallies("ledger")).toEqual([{ key: "n", count: 3 }]);
  });

  it("one refusal undoes everything, and is what the caller gets", async () => {
    await given.store.append(counted("c0", first, 0));
    const before = await contentOf(given.store);
    await expectRefusal(
      given.store.appendTogether([
        counted("c1", first, 1),
        counted("c2", second, 0),
        counted("c3", first, 1),
      ]),
      "VERSION_CONFLICT",
      { stream: first, expectedVersion: 1, actualVersion: 2 },
    );
    expect(await contentOf(given.store)).toEqual(before);
    expect(await given.store.findCommand("c1")).toBeUndefined();
    expect(await given.store.listStreams({ limit: 9 })).toEqual([first]);
    expect((await given.store.personalValues(["seal of c1"])).size).toBe(0);
    expect((await given.store.append(counted("c1", first, 1))).repeated).toBe(false);
  });

  it("a command recorded before is no obstacle", async () => {
    await given.store.append(counted("c1", first, 0));
    await given.store.appendTogether([counted("c1", first, 0), counted("c2", first, 1)]);
    expect(await given.store.size()).toBe(2);
  });

  it("whoever waits for events is told", async () => {
    const waiting = given.store.waitForMore(-1);
    await given.store.appendTogether([counted("c1", first, 0)]);
    await waiting;
    expect(await given.store.size()).toBe(1);
  });
};
