/** @module certificate.test — the replay of a whole casebook finds nothing in a sound one, and each thing that was changed. */
import type { DueDate, RecordedEvent } from "@wuding/engine";
import { addDays, shippedRulebook } from "@wuding/engine";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replayedThings } from "../src/casebook/certificate.ts";
import { dueDatesAgain } from "../src/casebook/due-dates-again.ts";
import { readRules } from "../src/casebook/rules-in-force.ts";
import { assign, bookWith, caseId, handled, inRoundTwo, receive, urge } from "./given.ts";
import { moves, play } from "./random-histories.ts";

describe("the certificate of a replay 重放证明", () => {
  it("says what was computed anew, under which rules, and that nothing differs", async () => {
    const { book } = await bookWith(...inRoundTwo);
    const certificate = await book.certify();
    expect(certificate).toMatchObject({ differences: [], count: 0, uncounted: [] });
    expect(certificate.rulebooks.map(({ name }) => name)).toEqual(["national@2025"]);
    expect(certificate.calendars).toHaveLength(1);
    expect(certificate.checked.events).toBe(certificate.size - 1);
    for (const thing of Object.keys(replayedThings)) {
      expect(certificate.checked[thing as keyof typeof replayedThings]).toBeGreaterThan(0);
    }
    expect(certificate.root).toBe((await book.audit()).root);
  });

  it("tells how far it has come", async () => {
    const { book } = await bookWith(...handled);
    const told: [number, number][] = [];
    await book.certify({ onProgress: (done, of) => told.push([done, of]) });
    expect(told.at(-1)).toEqual([handled.length, handled.length + 1]);
  });

  it("counts a due date for each that an event set, and apart those that only they tell", async () => {
    const { book } = await bookWith(receive(), assign(), urge({ due: "2021-05-20" }));
    const { checked, fixed } = await book.certify();
    const { deadlines } = await book.show(caseId);
    expect(deadlines.map(({ id }) => id)).toContain("urge:1");
    expect([checked.deadlines, fixed]).toEqual([deadlines.length - 1, 1]);
  });

  it.each(["national", "linyi", "chizhou", "chongqing"])(
    "finds nothing in any history that the program recorded under the rules of %s",
    async (name) => {
      const rulebook = await shippedRulebook(name);
      await fc.assert(
        fc.asyncProperty(moves({ max: 60 }), async (history) => {
          const { book } = await play(history, rulebook);
          const { differences, uncounted } = await book.certify();
          expect({ differences, uncounted }).toEqual({ differences: [], uncounted: [] });
        }),
        { numRuns: 15 },
      );
    },
  );

  const withDueDates = (
    event: RecordedEvent,
    change: (due: readonly DueDate[]) => readonly DueDate[],
  ): RecordedEvent => ({ ...event, data: { ...event.data, deadlines: change(dueDatesIn(event)) } });

  it.each<[string, (due: readonly DueDate[]) => readonly DueDate[]]>([
    ["deleted", (due) => due.filter(({ id }) => id !== "reply")],
    [
      "given another day by nobody's rule",
      (due) =>
        due.map((one) =>
          one.id === "reply"
            ? { ...one, dueOn: "2029-12-31", rulebook: null, calendar: null }
            : one,
        ),
    ],
    ["all deleted", () => []],
  ])("finds a reply's due date that was %s", async (_how, change) => {
    const { store } = await bookWith(...handled);
    const reader = { store, rules: await readRules(store, store) };
    const [first, ...rest] = await store.readStream(caseId);
    if (first === undefined) throw new Error("no case");
    const found: unknown[] = [];
    for await (const again of dueDatesAgain(reader, caseId, [
      withDueDates(first, change),
      ...rest,
    ])) {
      if (again.outcome === "differs") found.push(again.due.id);
    }
    expect(found).toContain("reply");
  });

  it("finds any due date of a receipt, a return or a new round that was left out", async () => {
    const types = new Set([
      "CaseReceived",
      "ReceiptSigned",
      "ReturnRequested",
      "ReturnApproved",
      "RehandlingOrdered",
      "ReplyDelivered",
    ]);
    await fc.assert(
      fc.asyncProperty(moves({ max: 40 }), fc.nat(), async (history, at) => {
        const { store, ids } = await play(history);
        const reader = { store, rules: await readRules(store, store) };
        const set: Readonly<{ id: string; event: RecordedEvent; due: DueDate }>[] = [];
        for (const id of ids) {
          for (const event of await store.readStream(id)) {
            if (!types.has(event.type)) continue;
            for (const due of dueDatesIn(event)) set.push({ id, event, due });
          }
        }
        const chosen = set[at % set.length];
        fc.pre(chosen !== undefined);
        const { id, event, due } = chosen;
        const events = (await store.readStream(id)).map((one) =>
          one.globalPosition === event.globalPosition
            ? withDueDates(one, (all) => all.filter((other) => other.id !== due.id))
            : one,
        );
        const missing: string[] = [];
        for await (const again of dueDatesAgain(reader, id, events)) {
          if (again.outcome === "differs" && again.fault === "missing")
            missing.push(`${again.position} ${again.due.id}`);
        }
        expect(missing).toContain(`${event.globalPosition} ${due.id}`);
      }),
      { numRuns: 40 },
    );
  });

  it("finds any due date that was moved together with the day that it counts from", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 40 }), fc.nat(), async (history, at) => {
        const { store, ids } = await play(history);
        const reader = { store, rules: await readRules(store, store) };
        const set: Readonly<{ id: string; event: RecordedEvent; due: DueDate }>[] = [];
        for (const id of ids) {
          for (const event of await store.readStream(id)) {
            for (const due of dueDatesIn(event)) set.push({ id, event, due });
          }
        }
        const chosen = set[at % set.length];
        fc.pre(chosen !== undefined);
        const { id, event, due } = chosen;
        const events = (await store.readStream(id)).map((one) =>
          one.globalPosition === event.globalPosition ? moved(one, due.id) : one,
        );
        const found: string[] = [];
        for await (const again of dueDatesAgain(reader, id, events)) {
          const { position, outcome } = again;
          if (outcome === "differs") found.push(`${position} ${again.due.id}`);
        }
        expect(found).toContain(`${event.globalPosition} ${due.id}`);
      }),
      { numRuns: 60 },
    );
  });
});

const dueDatesIn = ({ data }: RecordedEvent): readonly DueDate[] =>
  (data as Readonly<{ deadlines?: readonly DueDate[] }>).deadlines ?? [];

/** An event one of whose due dates, and what it counts from, is a week later. */
const moved = (event: RecordedEvent, id: string): RecordedEvent => ({
  ...event,
  data: {
    ...event.data,
    deadlines: dueDatesIn(event).map((due) =>
      due.id === id
        ? { ...due, countedFrom: addDays(due.countedFrom, 7), dueOn: addDays(due.dueOn, 7) }
        : due,
    ),
  },
});
