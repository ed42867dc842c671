/** @module moments.test — 两个时间: what was true on a day, and what was known on it. */
import type { AsOf, Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { describe, expect, it } from "vitest";
import type { Book, Given } from "./given.ts";
import { answer, assign, contact, newBook, receive, refusalOf, take } from "./given.ts";

const id = "npc/18-4/9";
const chongqing = await shippedRulebook("chongqing");

/** Records each command on its own day, at noon. */
const recordedOn = async (
  rulebook: Rulebook,
  ...days: readonly (readonly [string, Given])[]
): Promise<Book> => {
  const made = await newBook("2021-04-02", createMemoryStore, rulebook);
  for (const [day, command] of days) {
    made.clock.set(`${day}T04:00:00.000Z`);
    await take(made, "case" in command ? { ...command, case: id } : command);
  }
  made.clock.set("2021-12-31T04:00:00.000Z");
  return made;
};

/** A visit of 15 April that was written down two weeks later. */
const belated = (): Promise<Book> =>
  recordedOn(
    chongqing,
    ["2021-04-02", receive({ kind: "npc", session: "18-4", number: "9" })],
    ["2021-04-06", assign()],
    ["2021-04-29", contact()],
    ["2021-06-30", answer({ result: "1" })],
  );

const statusAt = async ({ book }: Book, moment: AsOf): Promise<readonly unknown[]> => {
  const { status, contacts } = await book.show(id, moment);
  return [status, contacts.map(({ on }) => on)];
};

describe("a contact that was recorded two weeks late 补记", () => {
  it.each([
    ["true by 14 April: it had not been", { asOf: "2021-04-14" }, "assigned", []],
    ["true by 20 April: it had been", { asOf: "2021-04-20" }, "contacted", ["2021-04-15"]],
    ["known on 20 April: nobody knew", { knownOn: "2021-04-20" }, "assigned", []],
    ["known on the 28th: still nobody", { knownOn: "2021-04-28" }, "assigned", []],
    ["known on the 29th: yes", { knownOn: "2021-04-29" }, "contacted", ["2021-04-15"]],
    [
      "true by the 20th, as known then: no",
      { asOf: "2021-04-20", knownOn: "2021-04-20" },
      "assigned",
      [],
    ],
    [
      "true by the 20th, as known in May: yes",
      { asOf: "2021-04-20", knownOn: "2021-05-06" },
      "contacted",
      ["2021-04-15"],
    ],
    [
      "true by the 14th, as known in May: no",
      { asOf: "2021-04-14", knownOn: "2021-05-06" },
      "assigned",
      [],
    ],
  ] as const)("%s", async (_what, moment, status, contacts) => {
    const made = await belated();
    expect(await statusAt(made, moment)).toEqual([status, contacts]);
    const replayed = await made.book.replay(id, moment);
    expect([replayed?.status, replayed?.contacts.map(({ on }) => on)]).toEqual([status, contacts]);
    expect(replayed?.firstFault).toBeNull();
    expect((await made.book.list(moment)).map((row) => row.status)).toEqual([status]);
    expect((await made.book.replayAll(moment)).statuses).toEqual({ [status]: 1 });
  });

  it("is known on the day of its recording in Shanghai, up to midnight there", async () => {
    const made = await recordedOn(
      chongqing,
      ["2021-04-02", receive({ kind: "npc", session: "18-4", number: "9" })],
      ["2021-04-06", assign()],
    );
    made.clock.set("2021-04-29T16:00:00.000Z");
    await take(made, { ...contact(), case: id });
    made.clock.set("2021-12-31T04:00:00.000Z");
    expect(await statusAt(made, { knownOn: "2021-04-29" })).toEqual(["assigned", []]);
    expect(await statusAt(made, { knownOn: "2021-04-30" })).toEqual(["contacted", ["2021-04-15"]]);
  });

  it("counts in the rates of a day by what is asked", async () => {
    const { book } = await belated();
    const meeting = async (moment: AsOf) => {
      const { asOf, rates } = await book.rates(moment);
      const { numerator, denominator } = rates.find((rate) => rate.id === "meeting") ?? {};
      return [asOf, numerator, denominator];
    };
    expect(await meeting({ asOf: "2021-04-20" })).toEqual(["2021-04-20", 1, 1]);
    expect(await meeting({ knownOn: "2021-04-20" })).toEqual(["2021-04-20", 0, 1]);
    expect(await meeting({ asOf: "2021-04-20", knownOn: "2021-05-06" })).toEqual([
      "2021-04-20",
      1,
      1,
    ]);
    expect(await meeting({ asOf: "2021-04-14", knownOn: "2021-05-06" })).toEqual([
      "2021-04-14",
      0,
      1,
    ]);
    expect((await book.gaps(id, { knownOn: "2021-04-20" })).map(({ rate }) => rate)).toContain(
      "meeting",
    );
    expect((await book.gaps(id, { asOf: "2021-04-20" })).map(({ rate }) => rate)).not.toContain(
      "meeting",
    );
  });

  it("was still to be made on the list of due dates of those who did not know", async () => {
    const { book } = await belated();
    const dueAt = async (moment: AsOf) => {
      const { asOf, due } = await book.due(moment);
      return [asOf, due.map(({ deadline, dueOn, lamp }) => [deadline, dueOn, lamp])];
    };
    const later = [
      ["internal", "2021-06-20", "green"],
      ["reply", "2021-07-02", "green"],
    ];
    // six more working days: 25 April is worked
    const firstContact = ["first-contact", "2021-04-30", "green"];
    expect(await dueAt({ knownOn: "2021-04-22" })).toEqual([
      "2021-04-22",
      [firstContact, ...later],
    ]);
    expect(await dueAt({ asOf: "2021-04-22" })).toEqual(["2021-04-22", later]);
    expect(await dueAt({ asOf: "2021-04-14" })).toEqual(["2021-04-14", [firstContact, ...later]]);
  });

  it("its due date is open, or met, by the same", async () => {
    const { book } = await belated();
    const told = async (moment: AsOf) => {
      const [one] = await book.explain(id, "first-contact", moment);
      return [one?.state, one?.metOn, one?.agrees];
    };
    expect(await told({ knownOn: "2021-04-20" })).toEqual(["open", null, true]);
    expect(await told({ asOf: "2021-04-20" })).toEqual(["met", "2021-04-15", true]);
    expect(await told({})).toEqual(["met", "2021-04-15", true]);
  });
});

describe("before the first record", () => {
  it.each([
    ["true", { asOf: "2021-04-01" }],
    ["known", { knownOn: "2021-04-01" }],
    ["both", { asOf: "2021-12-31", knownOn: "2021-04-01" }],
    ["the other both", { asOf: "2021-04-01", knownOn: "2021-12-31" }],
  ])("there is nothing, by what was %s", async (_what, moment) => {
    const { book, store } = await belated();
    const missing = { what: "case", name: id };
    await refusalOf(store, () => book.show(id, moment), "NOT_FOUND", missing);
    await refusalOf(store, () => book.explain(id, undefined, moment), "NOT_FOUND", missing);
    expect(await book.replay(id, moment)).toBeNull();
    expect(await book.gaps(id, moment)).toEqual([]);
    expect(await book.list(moment)).toEqual([]);
    expect((await book.due(moment)).due).toEqual([]);
    expect(await book.replayAll(moment)).toMatchObject({ cases: 0, events: 0 });
    for (const { numerator, denominator } of (await book.rates(moment)).rates) {
      expect([numerator, denominator]).toEqual([0, 0]);
    }
  });
});

describe("today at a moment", () => {
  it("is its day: what was true, else what was known", async () => {
    const { book } = await belated();
    const lampAt = async (moment: AsOf) => (await book.list(moment))[0]?.lamp;
    const stateAt = async (moment: AsOf) =>
      (await book.show(id, moment)).deadlines.find(({ id: name }) => name === "internal")?.state;
    expect(await lampAt({ knownOn: "2021-06-21" })).toBe("red");
    expect(await lampAt({ knownOn: "2021-06-18" })).toBe("yellow");
    expect(await lampAt({ asOf: "2021-06-01", knownOn: "2021-06-21" })).toBe("green");
    expect(await stateAt({ knownOn: "2021-06-21" })).toBe("overdue");
    expect(await stateAt({ asOf: "2021-06-20", knownOn: "2021-06-21" })).toBe("open");
    expect((await book.due({ asOf: "2021-06-01", knownOn: "2021-06-21" })).asOf).toBe("2021-06-01");
  });

  it("given beside a moment does not stand in its way", async () => {
    const { book } = await belated();
    const options = { asOf: "2021-06-01", today: "2021-12-31" };
    expect((await book.due(options)).asOf).toBe("2021-06-01");
    expect((await book.list(options))[0]?.lamp).toBe("green");
  });
});

describe("rules that came later", () => {
  const national2026 = async (): Promise<Rulebook> => {
    const national = await shippedRulebook("national");
    return {
      ...national,
      version: "2026",
      appliesToOpenCases: true,
      deadlines: national.deadlines.map((rule) =>
        rule.id === "npc-reply-2015" ? { ...rule, amount: 2 } : rule,
      ),
    };
  };

  it("did not bind a case before they were adopted", async () => {
    const made = await recordedOn(await shippedRulebook("national"), [
      "2021-04-02",
      receive({ kind: "npc", session: "18-4", number: "9" }),
    ]);
    const { book, clock } = made;
    clock.set("2022-01-05T04:00:00.000Z");
    await book.adoptRulebook(await national2026());
    clock.set("2022-02-01T04:00:00.000Z");
    for (const moment of [{ asOf: "2022-01-04" }, { knownOn: "2022-01-04" }]) {
      expect(await book.show(id, moment)).toMatchObject({ rulebook: "national@2025" });
      const [told] = await book.explain(id, "reply", moment);
      expect(told).toMatchObject({
        dueOn: "2021-07-02",
        rulebook: { name: "national@2025" },
        agrees: true,
      });
      expect((await book.due(moment)).due).toMatchObject([{ dueOn: "2021-07-02" }]);
    }
    for (const moment of [{}, { asOf: "2022-01-05" }, { knownOn: "2022-01-05" }]) {
      expect(await book.show(id, moment)).toMatchObject({ rulebook: "national@2026" });
      expect(await book.explain(id, "reply", moment)).toMatchObject([{ dueOn: "2021-06-02" }]);
      expect((await book.due(moment)).due).toMatchObject([{ dueOn: "2021-06-02" }]);
    }
  });
});
