/** @module reading — pages, orders, searches, and waiting for what comes next. */
import { expect, it } from "vitest";
import type { OpenStore } from "./given.ts";
import {
  aWhile,
  event,
  expectRefusal,
  first,
  givenStore,
  request,
  second,
  to,
  watched,
} from "./given.ts";

export const reading = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  const receive = async (...cases: readonly string[]): Promise<void> => {
    for (const id of cases) await given.store.append(request(id, to(id, 0, event("A"))));
  };

  it("the log is read in pages after a position, as events and as bytes", async () => {
    await receive("a/1/1", "a/1/2", "a/1/3", "a/1/4");
    const { store } = given;
    const positions = async (page: { after?: number; limit: number }): Promise<unknown> => [
      (await store.readAll(page)).map(({ globalPosition }) => globalPosition),
      (await store.readRaw(page)).map(({ seq }) => seq),
    ];
    expect(await positions({ limit: 2 })).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(await positions({ after: -1, limit: 2 })).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(await positions({ after: 1, limit: 9 })).toEqual([
      [2, 3],
      [2, 3],
    ]);
    expect(await positions({ after: 3, limit: 9 })).toEqual([[], []]);
  });

  it("tree nodes are read in pages after an index", async () => {
    await receive("a/1/1", "a/1/2", "a/1/3", "a/1/4", "a/1/5", "a/1/6");
    const all = await given.store.readNodes(1, { limit: 9 });
    expect(all).toHaveLength(3);
    expect(await given.store.readNodes(1, { after: 0, limit: 1 })).toEqual([all[1]]);
    expect(await given.store.readNodes(2, { limit: 9 })).toHaveLength(1);
    expect(await given.store.readNodes(3, { limit: 9 })).toEqual([]);
  });

  it("cases are found by a text in the bytes of their events, letters in either case", async () => {
    const told = async (id: string, text: string): Promise<unknown> =>
      given.store.append(request(id, to(id, 0, event("A", { text }))));
    await told("cppcc/15-5/2", "推进5G基站建设，完成100%_覆盖");
    await told("cppcc/15-5/1", "推进5g应用，完成1000条覆盖");
    const found = (text: string): Promise<readonly string[]> => given.store.streamsMentioning(text);
    expect(await found("推进5G")).toEqual(["cppcc/15-5/1", "cppcc/15-5/2"]);
    expect(await found("基站")).toEqual(["cppcc/15-5/2"]);
    expect(await found("100%_覆盖")).toEqual(["cppcc/15-5/2"]);
    expect(await found("!覆盖")).toEqual([]);
    expect(await found("医院")).toEqual([]);
  });

  it("cases are listed in the order of their bytes, rare characters last", async () => {
    await receive("cppcc/15-5/𠮷", "cppcc/15-5/Ａ", "cppcc/15-5/9", "npc/15-5/1", "cppcc/15-5/10");
    const order = ["cppcc/15-5/10", "cppcc/15-5/9", "cppcc/15-5/Ａ", "cppcc/15-5/𠮷", "npc/15-5/1"];
    expect(await given.store.listStreams({ limit: 9 })).toEqual(order);
    expect(await given.store.listStreams({ limit: 2 })).toEqual(order.slice(0, 2));
    expect(await given.store.listStreams({ after: order[2] as string, limit: 9 })).toEqual(
      order.slice(3),
    );
  });

  it("a short name finds every case that ends in it, and its letters mean themselves", async () => {
    await receive(
      "cppcc/15-5/122",
      "npc/15-5/122",
      "cppcc/15-5/1122",
      "a/1/x_Y",
      "a/1/xzY",
      "a/1/x_y",
    );
    const { store } = given;
    const found = async (ending: string): Promise<unknown> =>
      (await store.findStreams(ending, 9)).toSorted();
    expect(await found("/122")).toEqual(["cppcc/15-5/122", "npc/15-5/122"]);
    expect(await found("/15-5/122")).toEqual(["cppcc/15-5/122", "npc/15-5/122"]);
    expect(await found("npc/15-5/122")).toEqual(["npc/15-5/122"]);
    expect(await found("/x_Y")).toEqual(["a/1/x_Y"]);
    expect(await found("/%")).toEqual([]);
    expect(await store.findStreams("/122", 1)).toHaveLength(1);
  });

  it("waiting ends at once when the event is already there", async () => {
    await receive("a/1/1");
    await given.store.waitForMore(-1);
    expect(await given.store.size()).toBe(1);
  });

  it("waiting ends with the next event, and not with a refusal", async () => {
    await receive("a/1/1");
    const { waiting, isOver } = watched(given.store.waitForMore(0));
    await expectRefusal(
      given.store.append(request("x", to("a/1/1", 0, event("A")))),
      "VERSION_CONFLICT",
    );
    await aWhile();
    expect(isOver()).toBe(false);
    await receive("a/1/2");
    await waiting;
    expect(await given.store.size()).toBe(2);
  });

  it("waiting ends when the signal aborts, also when it has done so before", async () => {
    const controller = new AbortController();
    const waiting = given.store.waitForMore(-1, controller.signal);
    controller.abort();
    await waiting;
    await given.store.waitForMore(-1, controller.signal);
    expect(await given.store.size()).toBe(0);
  });

  it("what a reader was given cannot be changed under another reader", async () => {
    await given.store.append(request("c", to(first, 0, event("A", { list: [1] })), to(second, 0)));
    const mine = await given.store.readStream(first);
    for (const { data } of mine) (data as { list: number[] }).list.push(2);
    expect((await given.store.readStream(first))[0]?.data).toEqual({ list: [1] });
  });
};
