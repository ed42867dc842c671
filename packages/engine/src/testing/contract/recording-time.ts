/** @module recording-time — the store's clock, and what happens when it is wrong. */
import { expect, it } from "vitest";
import type { OpenStore } from "./given.ts";
import { contentOf, event, expectRefusal, first, givenStore, request, start, to } from "./given.ts";

export const recordingTime = (openStore: OpenStore): void => {
  const given = givenStore(openStore);

  const instants = async (): Promise<readonly string[]> =>
    (await given.store.readAll({ limit: 10 })).map(({ recordedAt }) => recordedAt);

  it("is the store's clock, in UTC, one for all events of an append", async () => {
    await given.store.append(request("c1", to(first, 0, event("A"), event("B"))));
    given.clock.advance(1);
    await given.store.append(request("c2", to(first, 2, event("C"))));
    expect(await instants()).toEqual([start, start, "2026-11-22T01:02:03.457Z"]);
  });

  it.each([1, 2000, 5000])("a clock %i ms behind gives the last instant again", async (lag) => {
    await given.store.append(request("c1", to(first, 0, event("A"))));
    given.clock.advance(-lag);
    await given.store.append(request("c2", to(first, 1, event("B"))));
    expect(await instants()).toEqual([start, start]);
  });

  it("a clock more than 5 s behind refuses and says both instants", async () => {
    await given.store.append(request("c1", to(first, 0, event("A"))));
    const before = await contentOf(given.store);
    given.clock.advance(-5001);
    await expectRefusal(
      given.store.append(request("c2", to(first, 1, event("B")))),
      "CLOCK_BACKWARDS",
      { now: "2026-11-22T01:01:58.455Z", last: start },
    );
    expect(await contentOf(given.store)).toEqual(before);
    given.clock.set(start);
    expect((await given.store.append(request("c2", to(first, 1, event("B"))))).repeated).toBe(
      false,
    );
  });

  it("a repeated command is answered whatever the clock says", async () => {
    await given.store.append(request("c1", to(first, 0, event("A"))));
    given.clock.advance(-3_600_000);
    const again = await given.store.append(request("c1", to(first, 0, event("A"))));
    expect(again.repeated).toBe(true);
  });
};
