/** @module projection-rows — rows and tallies: applied with the append, read in order, rebuilt whole. */
import { expect, it } from "vitest";
import type {
  ProjectionChange,
  ProjectionRow,
  Refold,
  RowQuery,
  Tally,
} from "../../ports/projection-store.ts";
import type { OpenStore } from "./given.ts";
import {
  contentOf,
  event,
  expectRefusal,
  first,
  givenStore,
  request,
  second,
  to,
} from "./given.ts";

const projection = "ledger";
const row = (stream: string, key: string, sort: string, body: object = {}): ProjectionRow => ({
  stream,
  key,
  sort,
  body,
});
const put = (...given: Parameters<typeof row>): ProjectionChange => ({
  projection,
  put: row(...given),
});
const add = (key: string, count: number): ProjectionChange => ({ projection, add: { key, count } });

const batches = (...changes: readonly (readonly ProjectionChange[])[]): Refold =>
  async function* () {
    yield* changes;
  };

export const projectionRows = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  let commands = 0;
  const apply = async (...changes: readonly ProjectionChange[]): Promise<void> => {
    commands += 1;
    const stream = `filler/1/${commands}`;
    await given.store.append({ ...request(stream, to(stream, 0, event("A"))), changes });
  };
  const rows = (query: Partial<RowQuery> = {}): Promise<readonly ProjectionRow[]> =>
    given.store.rows({ projection, limit: 100, ...query });
  const keys = async (query: Partial<RowQuery> = {}): Promise<readonly string[]> =>
    (await rows(query)).map(({ key }) => key);
  const tallies = (): Promise<readonly Tally[]> => given.store.tallies(projection);

  it("a row is put, replaced under its stream and key, and removed", async () => {
    await apply(put(first, "a", "1", { title: "旧" }), put(second, "a", "1", {}));
    await apply(put(first, "a", "2", { title: "新", list: [1, null] }));
    expect(await rows()).toEqual([
      row(second, "a", "1"),
      row(first, "a", "2", { title: "新", list: [1, null] }),
    ]);
    await apply(
      { projection, remove: { stream: second, key: "a" } },
      { projection, remove: { stream: second, key: "never there" } },
    );
    expect(await rows()).toEqual([row(first, "a", "2", { title: "新", list: [1, null] })]);
  });

  it("changes of one append are made in their order", async () => {
    await apply(
      put(first, "a", "1"),
      { projection, remove: { stream: first, key: "a" } },
      put(first, "a", "2"),
      put(first, "b", "1"),
      { projection, remove: { stream: first, key: "b" } },
    );
    expect(await rows()).toEqual([row(first, "a", "2")]);
  });

  it("rows come by sort, then stream, then key, each in the order of bytes", async () => {
    await apply(
      put(second, "k5", "2021-02-01"),
      put(first, "k𠮷", "2021-02-01"),
      put(first, "kＡ", "2021-02-01"),
      put(first, "k1", "2021-01-31"),
      put(first, "k6", "9999"),
    );
    expect(await keys()).toEqual(["k1", "kＡ", "k𠮷", "k5", "k6"]);
  });

  it("rows are asked for by stream, by bounds of sort, both included, and in pages", async () => {
    await apply(
      put(first, "a", "1"),
      put(second, "b", "2"),
      put(first, "c", "2"),
      put(second, "d", "3"),
      put(first, "e", "4"),
    );
    expect(await keys({ stream: first })).toEqual(["a", "c", "e"]);
    expect(await keys({ sortFrom: "2", sortTo: "3" })).toEqual(["c", "b", "d"]);
    expect(await keys({ sortFrom: "3" })).toEqual(["d", "e"]);
    expect(await keys({ sortTo: "1" })).toEqual(["a"]);
    expect(await keys({ stream: second, sortFrom: "3" })).toEqual(["d"]);
    expect(await keys({ limit: 2 })).toEqual(["a", "c"]);
    expect(await keys({ limit: 2, after: { sort: "2", stream: first, key: "c" } })).toEqual([
      "b",
      "d",
    ]);
    expect(await keys({ sortTo: "3", after: { sort: "2", stream: second, key: "b" } })).toEqual([
      "d",
    ]);
  });

  it("tallies add up, vanish at zero, and come by key", async () => {
    await apply(add("b", 2), add("a", 1), add("c", 1));
    await apply(add("b", -1), add("c", -1), add("d", 3));
    expect(await tallies()).toEqual([
      { key: "a", count: 1 },
      { key: "b", count: 1 },
      { key: "d", count: 3 },
    ]);
    await apply(add("b", -3), add("b", 5));
    expect((await tallies())[1]).toEqual({ key: "b", count: 3 });
  });

  it("projections know nothing of each other", async () => {
    await apply(put(first, "a", "1"), add("n", 1), {
      projection: "other",
      put: row(first, "a", "2"),
    });
    expect(await given.store.rows({ projection: "other", limit: 9 })).toEqual([
      row(first, "a", "2"),
    ]);
    expect(await given.store.tallies("other")).toEqual([]);
    expect(await rows()).toEqual([row(first, "a", "1")]);
  });

  it("a refused append changes no projection", async () => {
    await apply(put(first, "a", "1"), add("n", 1));
    const before = await contentOf(given.store);
    const refused = {
      ...request("stale", to(first, 9, event("A"))),
      changes: [put(first, "a", "2"), add("n", 1)],
    };
    await expectRefusal(given.store.append(refused), "VERSION_CONFLICT");
    expect(await contentOf(given.store)).toEqual(before);
  });

  it("a rebuild throws everything away, takes the given instead, and keeps its version", async () => {
    await apply(put(first, "a", "1"), add("n", 1), {
      projection: "gone",
      add: { key: "x", count: 1 },
    });
    await given.store.rebuild(
      "v2",
      batches([put(second, "b", "1"), add("n", 5)], [], [add("n", 2), put(second, "b", "2")]),
    );
    expect(await rows()).toEqual([row(second, "b", "2")]);
    expect(await tallies()).toEqual([{ key: "n", count: 7 }]);
    expect(await given.store.tallies("gone")).toEqual([]);
    expect(await given.store.projectionVersion()).toBe("v2");
    expect(await given.store.size()).toBe(1);
  });

  it("a rebuild that fails leaves everything as it was", async () => {
    await given.store.rebuild("v1", batches([add("n", 1)]));
    await apply(put(first, "a", "1"));
    const before = await contentOf(given.store);
    const failing = async function* (): AsyncGenerator<readonly ProjectionChange[]> {
      yield [put(first, "b", "2"), add("n", 9)];
      throw new Error("the log cannot be read");
    };
    await expect(given.store.rebuild("v2", failing)).rejects.toThrow("the log cannot be read");
    expect(await contentOf(given.store)).toEqual(before);
  });

  it("a rebuild reads the log that it rebuilds from, and counts what is recorded meanwhile once", async () => {
    await apply(add("n", 1));
    await apply(add("n", 1));
    const asked: (readonly [number, number])[] = [];
    const oneForEachEvent: Refold = async function* (from, until) {
      asked.push([from, until]);
      const page = { after: from - 1, limit: until - from };
      for (const _ of await given.store.readAll(page)) yield [add("n", 1)];
      // nobody who records has to wait for the first round
      if (from === 0) await apply(add("n", 10));
    };
    await given.store.rebuild("v1", oneForEachEvent);
    expect(await tallies()).toEqual([{ key: "n", count: 3 }]);
    expect(asked).toEqual([
      [0, 2],
      [2, 3],
    ]);
    await apply(add("n", 10));
    expect(await tallies()).toEqual([{ key: "n", count: 13 }]);
  });
};
