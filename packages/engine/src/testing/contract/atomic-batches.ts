/** @module atomic-batches — many requests, all recorded or none. */
import { expect, it } from "vitest";
import type { AppendRequest } from "../../ports/event-store.ts";
import type { OpenStore } from "./given.ts";
import {
  aWhile,
  contentOf,
  event,
  expectRefusal,
  first,
  givenStore,
  request,
  second,
  to,
  watched,
} from "./given.ts";

async function* batches(
  ...requests: readonly (readonly AppendRequest[])[]
): AsyncGenerator<readonly AppendRequest[]> {
  yield* requests;
}

export const atomicBatches = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  const counted = (commandId: string, stream: string, version: number): AppendRequest => ({
    ...request(commandId, to(stream, version, event(commandId))),
    changes: [{ projection: "ledger", add: { key: "n", count: 1 } }],
    personal: [{ seal: `seal of ${commandId}`, salt: "salt", value: "value" }],
  });

  it("every request of every batch is recorded, in order", async () => {
    await given.store.appendAtomically(
      batches([counted("c1", first, 0), counted("c2", first, 1)], [], [counted("c3", second, 0)]),
    );
    const types = (await given.store.readAll({ limit: 9 })).map(({ type }) => type);
    expect(types).toEqual(["c1", "c2", "c3"]);
    expect(await given.store.tallies("ledger")).toEqual([{ key: "n", count: 3 }]);
  });

  it("one refusal undoes everything, and is what the caller gets", async () => {
    await given.store.append(counted("c0", first, 0));
    const before = await contentOf(given.store);
    await expectRefusal(
      given.store.appendAtomically(
        batches([counted("c1", first, 1)], [counted("c2", second, 0), counted("c3", first, 1)]),
      ),
      "VERSION_CONFLICT",
      { stream: first, expectedVersion: 1, actualVersion: 2 },
    );
    expect(await contentOf(given.store)).toEqual(before);
    expect(await given.store.findCommand("c1")).toBeUndefined();
    expect(await given.store.listStreams({ limit: 9 })).toEqual([first]);
    expect((await given.store.personalValues(["seal of c1"])).size).toBe(0);
  });

  it("a source that breaks undoes everything too", async () => {
    const before = await contentOf(given.store);
    const breaking = async function* (): AsyncGenerator<readonly AppendRequest[]> {
      yield [counted("c1", first, 0)];
      throw new Error("line 4711");
    };
    await expect(given.store.appendAtomically(breaking())).rejects.toThrow("line 4711");
    expect(await contentOf(given.store)).toEqual(before);
    expect((await given.store.append(counted("c1", first, 0))).repeated).toBe(false);
  });

  it("while it runs, its own reads see what it has appended and other appends wait", async () => {
    let other: Promise<unknown> | undefined;
    const seen: number[] = [];
    const source = async function* (): AsyncGenerator<readonly AppendRequest[]> {
      yield [counted("c1", first, 0)];
      seen.push((await given.store.readStream(first)).length);
      other = given.store.append(counted("other", second, 0));
      await aWhile();
      seen.push(await given.store.size());
      yield [counted("c2", first, 1)];
    };
    await given.store.appendAtomically(source());
    await other;
    expect(seen).toEqual([1, 1]);
    const types = (await given.store.readAll({ limit: 9 })).map(({ type }) => type);
    expect(types).toEqual(["c1", "c2", "other"]);
  });

  it("nobody who waits for events is told of one that is undone", async () => {
    const { waiting, isOver } = watched(given.store.waitForMore(-1));
    const breaking = async function* (): AsyncGenerator<readonly AppendRequest[]> {
      yield [counted("c1", first, 0)];
      await aWhile();
      throw new Error("undone");
    };
    await expect(given.store.appendAtomically(breaking())).rejects.toThrow("undone");
    await aWhile();
    expect(isOver()).toBe(false);
    await given.store.appendAtomically(batches([counted("c1", first, 0)]));
    await waiting;
    expect(isOver()).toBe(true);
  });

  it("a command recorded before is no obstacle", async () => {
    await given.store.append(counted("c1", first, 0));
    await given.store.appendAtomically(batches([counted("c1", first, 0), counted("c2", first, 1)]));
    expect(await given.store.size()).toBe(2);
  });
};
