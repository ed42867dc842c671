/** @module appending — expected versions, several streams, and what an event looks like afterwards. */
import { expect, it } from "vitest";
import type { OpenStore } from "./given.ts";
import {
  contentOf,
  event,
  expectRefusal,
  first,
  givenStore,
  request,
  rulebookHash,
  second,
  start,
  to,
} from "./given.ts";

export const appending = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  it("a new store holds nothing", async () => {
    expect(await contentOf(given.store)).toEqual({
      size: 0,
      events: [],
      nodes: [[], []],
      rows: [],
      tallies: [],
      version: null,
    });
    expect(await given.store.readStream(first)).toEqual([]);
    expect(await given.store.listStreams({ limit: 10 })).toEqual([]);
  });

  it("an event gets its place, instant, id and hash, and keeps all that was given", async () => {
    const { events, repeated } = await given.store.append({
      ...request("c1", to(first, 0, event("CaseReceived", { title: "关于" }))),
      actor: { id: "u12", org: "o3", role: "clerk" },
    });
    expect(repeated).toBe(false);
    expect(events).toEqual([
      {
        globalPosition: 0,
        stream: first,
        streamVersion: 1,
        id: "0000000000000000000001",
        type: "CaseReceived",
        dataVersion: 1,
        on: "2026-11-21",
        recordedAt: start,
        actor: { id: "u12", org: "o3", role: "clerk" },
        commandId: "c1",
        rulebookHash,
        from: "received",
        to: "assigned",
        data: { title: "关于" },
        hash: expect.stringMatching(/^[\da-f]{64}$/),
      },
    ]);
  });

  it("what an append answers is what every reader finds", async () => {
    const { events } = await given.store.append(
      request("c1", to(first, 0, event("A"), event("B")), to(second, 0, event("C"))),
    );
    expect(await given.store.readAll({ limit: 10 })).toEqual(events);
    expect(await given.store.readStream(first)).toEqual(events.slice(0, 2));
    expect(await given.store.readStream(second)).toEqual(events.slice(2));
    expect(await given.store.size()).toBe(3);
  });

  it("positions run through the whole log, versions through each stream", async () => {
    await given.store.append(request("c1", to(first, 0, event("A"))));
    await given.store.append(request("c2", to(second, 0, event("B"), event("C"))));
    await given.store.append(request("c3", to(first, 1, event("D"))));
    const places = (await given.store.readAll({ limit: 10 })).map(
      ({ globalPosition, stream, streamVersion }) => [globalPosition, stream, streamVersion],
    );
    expect(places).toEqual([
      [0, first, 1],
      [1, second, 1],
      [2, second, 2],
      [3, first, 2],
    ]);
  });

  it("a field without a value is left out", async () => {
    await given.store.append(request("c1", to(first, 0, event("A", { a: 1, b: undefined }))));
    const [recorded] = await given.store.readStream(first);
    expect(Object.keys(recorded?.data ?? {})).toEqual(["a"]);
  });

  it("rare and compatibility characters of names are kept exactly", async () => {
    const names = ["𠮷田", "\u8C48", "\uF900", "辻\u{E0100}", "e\u0301"];
    await given.store.append(request("c1", to(first, 0, event("A", { names }))));
    const [recorded] = await given.store.readStream(first);
    expect(recorded?.data).toEqual({ names });
  });

  it("a stream that has moved on refuses, and says both versions", async () => {
    await given.store.append(request("c1", to(first, 0, event("A"), event("B"))));
    const before = await contentOf(given.store);
    await expectRefusal(
      given.store.append(request("c2", to(first, 1, event("C")))),
      "VERSION_CONFLICT",
      { stream: first, expectedVersion: 1, actualVersion: 2 },
    );
    await expectRefusal(
      given.store.append(request("c3", to(second, 1, event("C")))),
      "VERSION_CONFLICT",
      { stream: second, expectedVersion: 1, actualVersion: 0 },
    );
    expect(await contentOf(given.store)).toEqual(before);
  });

  it("several streams are appended all or none", async () => {
    await given.store.append(request("c1", to(first, 0, event("A"))));
    const before = await contentOf(given.store);
    const stale = request("c2", to(second, 0, event("B")), to(first, 0, event("C")));
    await expectRefusal(given.store.append(stale), "VERSION_CONFLICT", { stream: first });
    expect(await contentOf(given.store)).toEqual(before);
    const fresh = request("c2", to(second, 0, event("B")), to(first, 1, event("C")));
    expect((await given.store.append(fresh)).events.map(({ type }) => type)).toEqual(["B", "C"]);
  });

  it("a stream named twice counts its own events", async () => {
    const { events } = await given.store.append(
      request("c1", to(first, 0, event("A")), to(first, 1, event("B"))),
    );
    expect(events.map(({ streamVersion }) => streamVersion)).toEqual([1, 2]);
  });

  it("events of the log itself have no case, no version of their own, and are counted", async () => {
    const ofLog = { ...event("LogCreated"), from: null, to: null };
    await given.store.append(request("c1", to(null, 0, ofLog)));
    await given.store.append(request("c2", to(first, 0, event("A"))));
    const { events } = await given.store.append(request("c3", to(null, 1, ofLog)));
    expect(events[0]).toMatchObject({ stream: null, streamVersion: 0, from: null, to: null });
    expect(await given.store.readStream(null)).toHaveLength(2);
    expect(await given.store.listStreams({ limit: 10 })).toEqual([first]);
    await expectRefusal(given.store.append(request("c4", to(null, 1, ofLog))), "VERSION_CONFLICT", {
      expectedVersion: 1,
      actualVersion: 2,
    });
  });

  it("an event may be 65,535 bytes long and no longer", async () => {
    await given.store.append(request("c1", to(first, 0, event("A", { text: "" }))));
    const [shortest] = await given.store.readRaw({ limit: 1 });
    // The second event names the first one's hash where that one has null: 44 + 2 - 4 bytes more.
    const room = 65_535 - (shortest?.body.length ?? 0) - 42;
    const tooLong = event("A", { text: "x".repeat(room + 1) });
    await expectRefusal(
      given.store.append(request("c2", to(second, 0, event("B")), to(first, 1, tooLong))),
      "INVALID_INPUT",
      { problems: [{ kind: "tooLarge", bytes: 65_536, max: 65_535 }] },
    );
    expect(await given.store.size()).toBe(1);
    await given.store.append(request("c3", to(first, 1, event("A", { text: "x".repeat(room) }))));
    const [longest] = await given.store.readRaw({ after: 0, limit: 1 });
    expect(longest?.body).toHaveLength(65_535);
  });

  it("of writers that have seen the same version, exactly one wins", async () => {
    const outcomes = await Promise.allSettled(
      ["c1", "c2", "c3", "c4"].map((id) =>
        given.store.append(request(id, to(first, 0, event(id)))),
      ),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
    ]);
    expect(await given.store.size()).toBe(1);
  });

  it("appends that wait together succeed or fail alone", async () => {
    const outcomes = await Promise.allSettled([
      given.store.append(request("c1", to(first, 0, event("A")))),
      given.store.append(request("c2", to(second, 7, event("B")))),
      given.store.append(request("c3", to(second, 0, event("C", { text: "x".repeat(70_000) })))),
      given.store.append(request("c4", to(second, 0, event("D")))),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    expect((await given.store.readAll({ limit: 10 })).map(({ type }) => type)).toEqual(["A", "D"]);
  });
};
