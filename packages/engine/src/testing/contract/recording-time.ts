/** @module recording-time — the store's clock, and what happens when it is wrong. */
import { describe, expect, it } from "vitest";
import type { OpenStore } from "./given.ts";
import { countingIds } from "../counting-ids.ts";
import { runningClock } from "../settable-clock.ts";
import {
  contentOf,
  event,
  expectRefusal,
  first,
  givenStore,
  origin,
  request,
  start,
  to,
} from "./given.ts";

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

  describe("after a clock had run ahead", () => {
    const ahead = "2027-11-22T01:02:03.456Z";
    const adjusted = (from: string) =>
      to(null, 0, event("ClockAdjusted", { from, reason: "误设", approvedBy: "主任" }));

    it("the adjustment takes the time back, once, and it never runs backwards again", async () => {
      given.clock.set(ahead);
      await given.store.append(request("c1", to(first, 0, event("A"))));
      given.clock.set(start);
      await given.store.append(request("c2", adjusted(ahead)));
      given.clock.advance(1);
      await given.store.append(request("c3", to(first, 1, event("B"))));
      expect(await instants()).toEqual([ahead, start, "2026-11-22T01:02:03.457Z"]);
      given.clock.advance(-60_000);
      await expectRefusal(
        given.store.append(request("c4", to(first, 2, event("C")))),
        "CLOCK_BACKWARDS",
        { now: "2026-11-22T01:01:03.457Z", last: "2026-11-22T01:02:03.457Z" },
      );
    });

    it("an adjustment of another instant than the last one takes nothing back", async () => {
      given.clock.set(ahead);
      await given.store.append(request("c1", to(first, 0, event("A"))));
      given.clock.set(start);
      const before = await contentOf(given.store);
      for (const append of [
        adjusted("2027-11-22T01:02:03.455Z"),
        to(first, 1, event("ClockAdjusted", { from: ahead })),
      ]) {
        await expectRefusal(given.store.append(request("c2", append)), "CLOCK_BACKWARDS", {
          now: start,
          last: ahead,
        });
      }
      const late = given.store.append(request("c3", to(first, 1, event("B")), adjusted(ahead)));
      await expectRefusal(late, "CLOCK_BACKWARDS", { now: start, last: ahead });
      expect(await contentOf(given.store)).toEqual(before);
    });
  });

  describe("where the clock of a store that stays open is set", () => {
    const opened = async () => {
      const clock = runningClock(start);
      const store = await openStore({ clock, ids: countingIds(), origin });
      await store.append(request("c1", to(first, 0, event("A"))));
      return { clock, store };
    };
    const next = request("c2", to(first, 1, event("B")));

    it.each([5001, -5001, 366 * 86_400_000])("by %i ms, nothing is recorded", async (by) => {
      const { clock, store } = await opened();
      clock.pass(60_000);
      clock.advance(by);
      const before = await contentOf(store);
      await expectRefusal(store.append(next), "CLOCK_JUMPED", {
        now: new Date(clock.now()).toISOString(),
        expected: "2026-11-22T01:03:03.456Z",
        seconds: Math.round(by / 1000),
      });
      expect(await contentOf(store)).toEqual(before);
      // put right again, it goes on
      clock.advance(-by);
      expect((await store.append(next)).events[0]?.recordedAt).toBe("2026-11-22T01:03:03.456Z");
      await store.close();
    });

    it("by no more than clocks are steered, or while time passes, it goes on", async () => {
      const { clock, store } = await opened();
      clock.pass(365 * 86_400_000);
      clock.advance(5000);
      expect((await store.append(next)).repeated).toBe(false);
      clock.advance(5000);
      await store.append(request("c3", to(first, 2, event("C"))));
      await store.close();
    });
  });

  it("a repeated command is answered whatever the clock says", async () => {
    await given.store.append(request("c1", to(first, 0, event("A"))));
    given.clock.advance(-3_600_000);
    const again = await given.store.append(request("c1", to(first, 0, event("A"))));
    expect(again.repeated).toBe(true);
  });
};
