/** @module late-entries.test — 补录: what was recorded on a later day than it was true, and how much later. */
import { describe, expect, it } from "vitest";
import { assign, by, caseId, clerk, contact, newBook, receive, take } from "./given.ts";

/** Received on the day; assigned the next Monday; a contact at midnight told the day after. */
const april = async () => {
  const made = await newBook("2021-04-02");
  await take(made, receive());
  made.clock.set("2021-04-12T01:00:00.000Z");
  await take(made, by("补录员", assign({ on: "2021-04-06" })));
  // 2021-04-13 00:30 in Shanghai, still the 12th in UTC
  made.clock.set("2021-04-12T16:30:00.000Z");
  await take(made, contact({ on: "2021-04-12T23:50+08:00" }));
  return made;
};

describe("the register of late entries 补录登记", () => {
  it("has every entry recorded after its day, by the days of Shanghai and the working days", async () => {
    const { book } = await april();
    expect(await book.lateEntries()).toEqual([
      {
        position: 2,
        case: caseId,
        type: "CaseAssigned",
        on: "2021-04-06",
        recordedAt: "2021-04-12T09:00:00.000+08:00",
        days: 6,
        workingDays: 4,
        actor: "补录员",
        reason: null,
        approvedBy: null,
        clockAdjustedAt: null,
      },
      {
        position: 3,
        case: caseId,
        type: "ContactRecorded",
        on: "2021-04-12T23:50+08:00",
        recordedAt: "2021-04-13T00:30:00.000+08:00",
        days: 1,
        workingDays: 1,
        actor: clerk,
        reason: null,
        approvedBy: null,
        clockAdjustedAt: null,
      },
    ]);
  });

  it("of the office too, where no cases are chosen", async () => {
    const made = await april();
    const until = "2021-12-31";
    await take(made, { command: "delegate", from: clerk, to: "乙", until, on: "2021-04-11" });
    expect((await made.book.lateEntries()).at(-1)).toMatchObject({
      case: null,
      type: "DelegationMade",
      days: 2,
      workingDays: 2,
    });
    expect(await made.book.lateEntries({ scope: { kind: "cppcc" } })).toHaveLength(2);
    expect(await made.book.lateEntries({ scope: { kind: "npc" } })).toEqual([]);
  });

  it("over a number of working days, or as it was known on a day", async () => {
    const { book } = await april();
    const positions = async (options: object) =>
      (await book.lateEntries(options)).map(({ position }) => position);
    expect(await positions({ over: 3 })).toEqual([2]);
    expect(await positions({ over: 4 })).toEqual([]);
    expect(await positions({ knownOn: "2021-04-12" })).toEqual([2]);
    expect(await positions({ asOf: "2021-04-06" })).toEqual([2]);
  });

  it("counts no working day where only a holiday lies between", async () => {
    const made = await newBook("2021-10-04");
    await take(made, receive({ on: "2021-10-01", dispatchedOn: "2021-09-30" }));
    expect(await made.book.lateEntries()).toMatchObject([{ days: 3, workingDays: 0 }]);
    expect(await made.book.lateEntries({ over: 0 })).toEqual([]);
  });

  it("says of an entry that the clock ran ahead then, where two persons said so", async () => {
    const made = await newBook("2021-04-02");
    made.clock.set("2022-04-02T04:00:00.000Z");
    await take(made, receive());
    expect(await made.book.lateEntries()).toMatchObject([{ days: 365 }]);
    made.clock.set("2021-04-02T05:00:00.000Z");
    await take(made, { command: "adjust-clock", reason: "误设", approvedBy: "主任" });
    expect(await made.book.lateEntries()).toMatchObject([{ days: 365, clockAdjustedAt: 2 }]);
  });
});

describe("the history of a case", () => {
  it("says how late an entry is, and nothing of one that is not", async () => {
    const { book } = await april();
    const history = await book.history(caseId);
    expect(history.map(({ isLateEntry, late }) => [isLateEntry, late])).toEqual([
      [false, undefined],
      [true, { days: 6, workingDays: 4 }],
      [true, { days: 1, workingDays: 1 }],
    ]);
    expect(history[0]).not.toHaveProperty("late");
  });
});
