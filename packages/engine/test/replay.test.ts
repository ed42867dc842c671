/** @module replay.test — the past as it stood, run through the machine again. */
import { createCasebook, openCasebookOn } from "@wuding/engine";
import type { MemoryStore } from "@wuding/engine/memory";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  by,
  caseId,
  close,
  commit,
  contact,
  fulfil,
  handled,
  newBook,
  receive,
  refusalOf,
  take,
  verify,
  withdraw,
} from "./given.ts";

const whole = [
  ...handled,
  commit({ on: "2021-07-06" }),
  close(),
  fulfil(),
  by("核验人乙", verify()),
] as const;

describe("replaying a case 回放", () => {
  it("gives what show gives, from events alone", async () => {
    const { book } = await bookWith(...whole);
    const shown = await book.show(caseId);
    expect(await book.replay(caseId)).toEqual({ ...shown, events: 9, firstFault: null });
  });

  it("at a position it stops there", async () => {
    const { book } = await bookWith(...whole);
    const at = async (position: number) => {
      const then = await book.replay(caseId, { at: position });
      return then && [then.status, then.version, then.events];
    };
    // position 0 opened the log
    expect(await at(0)).toBeNull();
    expect(await at(1)).toEqual(["received", 1, 1]);
    expect(await at(3)).toEqual(["contacted", 3, 3]);
    expect(await at(7)).toEqual(["closed", 7, 7]);
    expect(await at(999)).toEqual(["closed", 9, 9]);
  });

  it("as of a day it knows what was true by then", async () => {
    const { book } = await bookWith(...whole);
    const asOf = async (day: string) => (await book.replay(caseId, { asOf: day }))?.status ?? null;
    expect(await asOf("2021-04-01")).toBeNull();
    expect(await asOf("2021-04-02")).toBe("received");
    expect(await asOf("2021-04-06")).toBe("assigned");
    expect(await asOf("2021-06-29")).toBe("contacted");
    expect(await asOf("2021-07-09")).toBe("followUp");
    expect(await asOf("2021-07-10")).toBe("closed");
  });

  it("a fact that was recorded late counts from its own day, if it was recorded by the position", async () => {
    const { book } = await bookWith(
      receive(),
      assign(),
      contact(),
      answer(),
      contact({ on: "2021-05-05" }),
    );
    const may = await book.replay(caseId, { asOf: "2021-05-31" });
    expect(may?.contacts.map(({ on }) => on)).toEqual(["2021-04-15", "2021-05-05"]);
    const asKnownThen = await book.replay(caseId, { asOf: "2021-05-31", at: 4 });
    expect(asKnownThen?.contacts.map(({ on }) => on)).toEqual(["2021-04-15"]);
  });

  it("show, list, due and rates as of a day are of that day", async () => {
    const { book } = await bookWith(...whole);
    expect((await book.show(caseId, { asOf: "2021-05-01" })).deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", metOn: null, state: "open" }),
    );
    expect((await book.list({ asOf: "2021-05-01" })).map(({ status }) => status)).toEqual([
      "contacted",
    ]);
    expect((await book.list({ asOf: "2021-04-01" })).length).toBe(0);
    const { asOf, due } = await book.due({ asOf: "2021-05-01" });
    expect(asOf).toBe("2021-05-01");
    expect(due.map(({ deadline, dueOn }) => [deadline, dueOn])).toEqual([
      ["internal", "2021-06-20"],
      ["reply", "2021-07-02"],
    ]);
  });

  it("a case that did not exist yet is not shown", async () => {
    const { book, store } = await bookWith(...whole);
    await refusalOf(store, () => book.show(caseId, { asOf: "2021-04-01" }), "NOT_FOUND");
    await refusalOf(store, () => book.replay("cppcc/15-5/9"), "NOT_FOUND");
  });

  it("a contact dated before the 五定 does not move the case by itself", async () => {
    const { book } = await bookWith(
      receive(),
      assign({ on: "2021-04-20" }),
      contact({ on: "2021-04-05" }),
    );
    const view = await book.show(caseId, { asOf: "2021-04-10" });
    expect(view).toMatchObject({ status: "received", contacts: [{ on: "2021-04-05" }] });
  });
});

describe("replaying a casebook 全卷回放", () => {
  it("counts the cases by where they stand", async () => {
    const { book } = await bookWith(
      ...whole,
      receive({ number: 7 }),
      receive({ number: 8 }),
      withdraw({ case: "8" }),
    );
    expect(await book.replayAll()).toEqual({
      events: 12,
      cases: 3,
      statuses: { closed: 1, received: 1, withdrawn: 1 },
      firstFault: null,
      faults: 0,
    });
    expect(await book.replayAll({ at: 2 })).toMatchObject({
      events: 2,
      cases: 1,
      statuses: { assigned: 1 },
    });
    expect(await book.replayAll({ asOf: "2021-04-30" })).toMatchObject({
      cases: 3,
      statuses: { contacted: 1, received: 2 },
    });
  });
});

/** A casebook whose log holds an event that no command would have recorded. */
const withForeignEvent = async (change: (event: Event) => Event) => {
  const made = await bookWith(receive(), assign());
  const [last] = (await made.store.readStream(caseId)).slice(-1);
  const event = change({
    type: "ContactRecorded",
    dataVersion: 1,
    on: "2021-04-15",
    data: { mode: "visit", participants: [] },
    from: "assigned",
    to: "contacted",
  });
  await made.store.append({
    commandId: "by hand",
    requestHash: "0".repeat(64),
    actor: { id: "某人" },
    streams: [
      {
        stream: caseId,
        expectedVersion: 2,
        rulebookHash: String(last?.rulebookHash),
        events: [event],
      },
    ],
  });
  return made;
};
type Event = Parameters<MemoryStore["append"]>[0]["streams"][number]["events"][number];

describe("what should not be there 不合流程的记录", () => {
  it.each([
    ["a changed target", { to: "answered" }, { from: "assigned", to: "contacted" }],
    ["a changed origin", { from: "received" }, { from: "assigned", to: "contacted" }],
    [
      "an event without an arrow",
      { type: "CaseReopened", data: { reason: "无" }, to: "followUp" },
      { from: "assigned", to: null },
    ],
    [
      "an event that a guard forbids",
      { type: "ReplyDelivered", data: { round: 1, result: "A", deadlines: [] }, to: "answered" },
      { from: "assigned", to: null },
    ],
  ] as const)("%s is found, with what was expected", async (_what, change, expected) => {
    const made = await withForeignEvent((event) => ({ ...event, ...change }));
    const fault = { position: 3, case: caseId, version: 3, expected };
    expect((await made.book.replay(caseId))?.firstFault).toMatchObject(fault);
    expect(await made.book.replayAll()).toMatchObject({ firstFault: fault, faults: 1 });
    expect((await made.book.audit()).faults.first).toMatchObject({
      kind: "ILLEGAL",
      position: 3,
      case: caseId,
    });
    // before that position all is well
    expect((await made.book.replay(caseId, { at: 2 }))?.firstFault).toBeNull();
  });

  it("an event under a rulebook that the casebook does not hold is found", async () => {
    const made = await bookWith(receive());
    await made.store.append({
      commandId: "by hand",
      requestHash: "0".repeat(64),
      actor: { id: "某人" },
      streams: [
        {
          stream: caseId,
          expectedVersion: 1,
          rulebookHash: `sha256:${"0".repeat(64)}`,
          events: [
            {
              type: "CaseWithdrawn",
              dataVersion: 1,
              on: "2021-04-15",
              data: { reason: "无" },
              from: "received",
              to: "withdrawn",
            },
          ],
        },
      ],
    });
    expect((await made.book.replay(caseId))?.firstFault).toMatchObject({ position: 2 });
  });

  it("an untouched event is none", async () => {
    const made = await withForeignEvent((event) => event);
    expect((await made.book.replayAll()).faults).toBe(0);
    // the projections were not told of it
    expect((await made.book.checkProjections()).count).toBeGreaterThan(0);
    await made.book.rebuildProjections();
    expect((await made.book.checkProjections()).count).toBe(0);
  });
});

describe("opening a casebook 打开卷册", () => {
  it("the rules come from the log, also for a second reader", async () => {
    const { book, store, clock } = await bookWith(...handled);
    const again = await openCasebookOn({ store, clock, ids: countingIds(), actor: { id: "乙" } });
    expect(again.rules.opening).toEqual(book.rules.opening);
    expect(again.rules.current.rulebook).toEqual(book.rules.current.rulebook);
    expect(await again.show(caseId)).toEqual(await book.show(caseId));
  });

  it("an empty store is no casebook, and a casebook is not begun twice", async () => {
    const { store, clock } = await newBook();
    const ids = settableIds();
    const options = { store, clock, ids, actor: { id: "乙" }, origin: "office.invalid/log" };
    await refusalOf(store, () => createCasebook(options), "VERSION_CONFLICT");
  });

  it("the clock may stand on any day; what is recorded keeps its own", async () => {
    const made = await newBook("2021-04-02");
    await take(made, receive({ on: undefined }));
    made.clock.set("2021-04-06T16:30:00.000Z");
    await take(made, assign({ on: undefined }));
    const history = await made.book.history(caseId);
    expect(history.map(({ on, recordedAt }) => [on, recordedAt])).toEqual([
      ["2021-04-02", "2021-04-02T12:00:00.000+08:00"],
      ["2021-04-07", "2021-04-07T00:30:00.000+08:00"],
    ]);
    expect(settableClock("2021-04-06T16:30:00.000Z").now()).toBe(made.clock.now());
  });
});

const settableIds = () => ({ next: () => "another-command-id-0000" });
