/** @module lamps.test — 红黄绿灯: how near a due date is, on every day. */
/* oxlint-disable vitest/no-conditional-expect -- what is expected depends on what the history did */
import type { ListedCase, Rulebook } from "@wuding/engine";
import { addDays, shippedRulebook } from "@wuding/engine";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assign,
  bookUnder,
  bookWith,
  close,
  contact,
  extend,
  handled,
  receive,
  take,
  waiveContact,
  withdraw,
} from "./given.ts";
import { moves, play } from "./random-histories.ts";

const national = await shippedRulebook("national");

/** The national rulebook with another number of working days before a date is yellow. */
const yellowWithin = (days: number, version: string): Rulebook => {
  const [lamp] = national.lamps;
  if (lamp === undefined) throw new Error("the national rulebook has no lamps");
  return {
    ...national,
    version,
    lamps: [
      { ...lamp, kinds: ["npc"], value: { yellowWithinWorkingDays: days * 2 } },
      { ...lamp, value: { yellowWithinWorkingDays: days } },
    ],
  };
};

const lampsOn = async (
  { book }: Pick<Awaited<ReturnType<typeof bookWith>>, "book">,
  today: string,
) => (await book.list({ today })).map(({ lamp }) => lamp);

describe("the lamp of a due date 灯色", () => {
  it.each([
    // due on Friday 2 July; five working days before it are yellow
    ["2021-06-24", "green"],
    ["2021-06-25", "yellow"],
    ["2021-07-01", "yellow"],
    ["2021-07-02", "yellow"],
    ["2021-07-03", "red"],
    ["2021-08-02", "red"],
  ])("on %s it is %s", async (today, lamp) => {
    const made = await bookWith(receive(), waiveContact());
    expect(await lampsOn(made, today)).toEqual([lamp]);
    const { due } = await made.book.due({ today });
    expect(due.find(({ deadline }) => deadline === "reply")?.lamp).toBe(lamp);
  });

  it("counts working days, over a holiday and with its make-up days", async () => {
    const made = await bookWith(receive({ on: "2021-07-08" }));
    // due on Friday 8 October; Sunday 26 September is worked, 1 to 7 October is off
    expect((await made.book.list())[0]?.dueOn).toBe("2021-10-08");
    expect(await lampsOn(made, "2021-09-26")).toEqual(["yellow"]);
    expect(await lampsOn(made, "2021-09-24")).toEqual(["green"]);
    const { due } = await made.book.due({ today: "2021-09-26" });
    expect(due.find(({ deadline }) => deadline === "reply")?.workingDaysLeft).toBe(5);
  });

  it("is due on its last day, and overdue only after it", async () => {
    const { book } = await bookWith(receive(), assign({ due: "2021-06-18" }));
    const stateOn = async (today: string) =>
      (await book.show("122", { today })).deadlines.find(({ id }) => id === "internal")?.state;
    expect(await stateOn("2021-06-18")).toBe("open");
    expect(await stateOn("2021-06-19")).toBe("overdue");
    expect((await book.due({ today: "2021-06-18" })).due[0]).toMatchObject({
      deadline: "internal",
      workingDaysLeft: 0,
      lamp: "yellow",
    });
  });

  it("follows an extension", async () => {
    const made = await bookWith(receive(), extend());
    expect(await lampsOn(made, "2021-07-05")).toEqual(["green"]);
    expect(await lampsOn(made, "2021-09-30")).toEqual(["yellow"]);
    expect(await lampsOn(made, "2021-10-01")).toEqual(["red"]);
  });

  it("is green where nothing is owed, and off where nothing can be", async () => {
    const made = await bookWith(...handled);
    expect(await lampsOn(made, "2021-12-31")).toEqual(["green"]);
    await take(made, close());
    expect(await lampsOn(made, "2021-12-31")).toEqual([null]);
    const gone = await bookWith(receive(), withdraw());
    expect(await lampsOn(gone, "2021-12-31")).toEqual([null]);
  });
});

describe("whose rulebook sets the lamp", () => {
  it("each case's own, and its kind's", async () => {
    const made = await bookUnder(yellowWithin(2, "2025.1"), receive({ number: "1" }));
    await made.book.adoptRulebook(yellowWithin(10, "2026"));
    await take(made, receive({ number: "2" }));
    await take(made, receive({ kind: "npc", session: "18-4", number: "3" }));
    const seenOn = async (today: string) =>
      (await made.book.list({ today })).map(({ case: id, lamp }) => [id, lamp]);
    // due on Friday 2 July: ten working days before is Friday 18 June, twenty is Thursday 3 June
    expect(await seenOn("2021-06-02")).toEqual([
      ["cppcc/15-5/1", "green"],
      ["cppcc/15-5/2", "green"],
      ["npc/18-4/3", "green"],
    ]);
    expect(await seenOn("2021-06-03")).toEqual([
      ["cppcc/15-5/1", "green"],
      ["cppcc/15-5/2", "green"],
      ["npc/18-4/3", "yellow"],
    ]);
    expect(await seenOn("2021-06-18")).toEqual([
      ["cppcc/15-5/1", "green"],
      ["cppcc/15-5/2", "yellow"],
      ["npc/18-4/3", "yellow"],
    ]);
    expect(await seenOn("2021-06-30")).toEqual([
      ["cppcc/15-5/1", "yellow"],
      ["cppcc/15-5/2", "yellow"],
      ["npc/18-4/3", "yellow"],
    ]);
  });

  it("the one that took a case over sets it from then on", async () => {
    const made = await bookWith(receive(), waiveContact());
    expect(await lampsOn(made, "2021-06-18")).toEqual(["green"]);
    await made.book.adoptRulebook({ ...yellowWithin(10, "2026"), appliesToOpenCases: true });
    expect(await lampsOn(made, "2021-06-18")).toEqual(["yellow"]);
    const { due } = await made.book.due({ today: "2021-06-18" });
    expect(due.map(({ lamp }) => lamp)).toEqual(["yellow"]);
  });
});

describe("the lamps of any year", () => {
  const open = ["received", "assigned", "contacted", "answered", "followUp"];
  const inLamp = (rows: readonly ListedCase[], lamp: string | null): number =>
    rows.filter((row) => row.lamp === lamp).length;

  it("every open case has one on each of 400 days, by its nearest date, and they never go back", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 40 }), async (history) => {
        const { book } = await play(history);
        const order = ["green", "yellow", "red"];
        const latest = new Map<string, number>();
        for (let day = "2021-01-01", count = 0; count < 400; day = addDays(day, 1), count += 1) {
          const rows = await book.list({ today: day });
          const isOpen = rows.filter(({ status }) => open.includes(status));
          for (const { case: id, lamp, dueOn, status } of rows) {
            if (dueOn === null) {
              expect([id, lamp]).toEqual([id, open.includes(status) ? "green" : null]);
              continue;
            }
            // red after its last day and never on it
            expect([id, day, lamp === "red"]).toEqual([id, day, day > dueOn]);
            const place = order.indexOf(lamp ?? "");
            expect(place).toBeGreaterThanOrEqual(latest.get(id) ?? 0);
            latest.set(id, place);
          }
          const lamps = ["green", "yellow", "red"].map((lamp) => inLamp(isOpen, lamp));
          expect(lamps.reduce((sum, found) => sum + found, 0)).toBe(isOpen.length);
        }
      }),
      { numRuns: 4 },
    );
  });

  it("the list of due dates shows the same colours, and its late ones are the red ones", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 60 }), fc.nat({ max: 400 }), async (history, later) => {
        const { book } = await play(history);
        const today = addDays("2021-01-01", later);
        const { due } = await book.due({ today });
        for (const { case: id, deadline, dueOn, lamp, workingDaysLeft } of due) {
          expect([id, deadline, lamp === "red"]).toEqual([id, deadline, dueOn < today]);
          if (lamp === "yellow") expect(workingDaysLeft).toBeLessThanOrEqual(5);
          if (lamp === "green") expect(workingDaysLeft).toBeGreaterThan(5);
          const { deadlines } = await book.show(id, { today });
          const found = deadlines.findLast((one) => one.id === deadline);
          expect(found).toMatchObject({ dueOn, state: lamp === "red" ? "overdue" : "open" });
        }
        for (const { case: id, dueOn, lamp } of await book.list({ today })) {
          if (dueOn === null) continue;
          const nearest = due.find((one) => one.case === id && one.dueOn === dueOn);
          expect([id, nearest?.lamp]).toEqual([id, lamp]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("what a contact, an answer or a closing settles is off the list", async () => {
    const { book } = await bookWith(receive(), assign(), contact());
    expect((await book.due()).due.map(({ deadline }) => deadline)).toEqual(["internal", "reply"]);
    const all = await bookWith(...handled, close());
    expect((await all.book.due()).due).toEqual([]);
  });
});
