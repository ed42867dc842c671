/** @module clock-adjusting.test — 校正时钟: the one way back after the clock had run ahead, by two persons. */
import { openCasebookOn } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Book } from "./given.ts";
import {
  assign,
  by,
  caseId,
  clerk,
  contact,
  idsNamed,
  newBook,
  receive,
  refusalOf,
  take,
} from "./given.ts";

const truth = "2021-12-31T04:00:00.000Z";
const ahead = "2022-12-31T04:00:00.000Z";
const leader = "办公室主任";
const adjust = (fields: object = {}) => ({
  command: "adjust-clock",
  reason: "服务器时间被误设为明年",
  approvedBy: leader,
  ...fields,
});

/** A case was taken in on time, its 五定 with a clock that was a year ahead; now the clock is right again. */
const afterTheJump = async (): Promise<Book> => {
  const made = await newBook();
  await take(made, receive());
  made.clock.set(ahead);
  await take(made, assign());
  made.clock.set(truth);
  return made;
};

describe("after the clock had run ahead 时钟超前", () => {
  it("nothing can be recorded until two persons say so", async () => {
    const made = await afterTheJump();
    await refusalOf(made.store, () => take(made, contact()), "CLOCK_BACKWARDS", {
      now: truth,
      last: ahead,
    });
    expect(await take(made, adjust())).toEqual({
      case: null,
      events: ["ClockAdjusted"],
      version: 2,
      unchanged: false,
    });
    const [event] = (await made.store.readAll({ limit: 9 })).slice(-1);
    expect(event).toMatchObject({
      stream: null,
      on: "2021-12-31",
      recordedAt: truth,
      actor: { id: clerk },
      data: { from: ahead, since: 2, reason: "服务器时间被误设为明年", approvedBy: leader },
    });
    made.clock.advance(1000);
    await take(made, contact());
    expect((await made.store.readAll({ limit: 9 })).map(({ recordedAt }) => recordedAt)).toEqual([
      truth,
      truth,
      ahead,
      truth,
      "2021-12-31T04:00:01.000Z",
    ]);
  });

  it("the log verifies, replays, and is monotone from there on", async () => {
    const made = await afterTheJump();
    await take(made, adjust());
    await take(made, contact());
    expect((await made.book.audit()).faults).toEqual({ first: null, more: 0 });
    expect(await made.book.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
    made.clock.advance(-60_000);
    await refusalOf(
      made.store,
      () => take(made, contact({ on: "2021-04-16" })),
      "CLOCK_BACKWARDS",
      { last: truth },
    );
  });

  it("what was known on a day has no hole where the clock was wrong", async () => {
    const made = await afterTheJump();
    await take(made, adjust());
    await take(made, contact());
    const known = await made.book.show(caseId, { knownOn: "2021-12-31" });
    expect(known.status).toBe("contacted");
    expect(known.assignment?.person).toBe(clerk);
  });

  it("what only the fast clock recorded was known at the latest on the day of the adjustment", async () => {
    const made = await afterTheJump();
    const other = { session: "15-5", number: "7", title: "关于绿化的建议" };
    made.clock.set(ahead);
    await take(made, receive(other));
    await take(made, { command: "delegate", from: "甲", to: "乙", until: "2023-12-31" });
    made.clock.set(truth);
    expect((await made.book.show(caseId, { knownOn: "2021-12-31" })).status).toBe("received");
    await take(made, adjust());
    const known = { knownOn: "2021-12-31" };
    expect((await made.book.show(caseId, known)).assignment?.person).toBe(clerk);
    expect(await made.book.list(known)).toHaveLength(2);
    expect(await made.book.replayAll(known)).toMatchObject({ cases: 2 });
    await expect(made.book.show(caseId, { knownOn: "2021-12-30" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("every adjustment is a question for the auditor, with what it took in", async () => {
    const made = await afterTheJump();
    await take(made, adjust());
    const { alarms } = await made.book.alarms();
    expect(alarms.find(({ id }) => id === "clock-adjusted")?.findings).toMatchObject([
      {
        case: null,
        position: 3,
        on: "2021-12-31",
        entries: 1,
        what: {
          zh: "经办人甲、办公室主任 由 2022-12-31T12:00:00.000+08:00 退回 2021-12-31T12:00:00.000+08:00（365 天），涉及第 2 至第 2 条，共 1 条记录",
          en: "经办人甲 and 办公室主任 took it back by 365 days, from 2022-12-31T12:00:00.000+08:00 to 2021-12-31T12:00:00.000+08:00, over 1 record, 2 to 2",
        },
      },
    ]);
    expect((await made.book.audit()).clockAdjustments).toMatchObject([
      { position: 3, since: 2, from: ahead, recordedAt: truth },
    ]);
  });

  it("the register of late entries is no shorter for it: two persons could say so of any entry", async () => {
    const made = await newBook("2021-12-31");
    await take(made, receive({ on: "2021-04-02" }));
    const late = async (): Promise<readonly number[]> =>
      (await made.book.lateEntries()).map(({ days }) => days);
    const before = await late();
    expect(before).toHaveLength(1);
    // nobody's clock was ahead: it was set back by 200 days
    made.clock.advance(-200 * 86_400_000);
    await take(made, adjust());
    expect(await late()).toEqual(before);
    expect(await made.book.lateEntries()).toMatchObject([{ clockAdjustedAt: 2 }]);
  });

  it("is taken into account for whoever had the casebook open before it", async () => {
    const made = await afterTheJump();
    const { store, clock } = made;
    const other = await openCasebookOn({
      store,
      clock,
      ids: idsNamed("other"),
      actor: { id: "乙" },
    });
    await take(made, adjust());
    const known = { knownOn: "2021-12-31" };
    expect(await other.replayAll(known)).toMatchObject({ statuses: { assigned: 1 } });
    expect(await other.ledger(known)).toEqual(await made.book.ledger(known));
  });

  it("a second one, of a clock that the first left ahead, takes in what both say", async () => {
    const made = await afterTheJump();
    made.clock.set("2022-06-30T04:00:00.000Z");
    await take(made, adjust());
    await take(made, contact());
    made.clock.set(truth);
    await take(made, adjust({ reason: "仍快半年" }));
    const { clockAdjustments, faults } = await made.book.audit();
    expect(clockAdjustments.map(({ position, since }) => [position, since])).toEqual([
      [3, 2],
      [5, 2],
    ]);
    expect(faults.first).toBeNull();
  });

  it("is not accused of what lies between looking for the interval and writing it down", async () => {
    const made = await afterTheJump();
    made.clock.advance(-1000);
    const append = made.store.append.bind(made.store);
    Object.assign(made.store, {
      append: (request: Parameters<typeof append>[0]) => {
        made.clock.set(truth);
        return append(request);
      },
    });
    await take(made, adjust());
    expect(await made.book.audit()).toMatchObject({
      clockAdjustments: [{ position: 3, since: 0 }],
      faults: { first: null },
    });
  });

  it("is asked again under its command id and answers what it answered", async () => {
    const made = await afterTheJump();
    const once = adjust({ commandId: "adjust-1" });
    expect(await take(made, once)).toEqual(await take(made, once));
    expect(await made.store.size()).toBe(4);
  });
});

describe("the clock is not adjusted 不得校正", () => {
  it("by one person alone, nor by two of whom one acts for the other", async () => {
    const made = await newBook();
    const delegation = { command: "delegate", from: clerk, to: "代理人", until: "2022-12-31" };
    await take(made, delegation);
    made.clock.set(ahead);
    await take(made, receive());
    made.clock.set(truth);
    for (const approvedBy of [clerk, "代理人"]) {
      await refusalOf(made.store, () => take(made, adjust({ approvedBy })), "RULE_REFUSED", {
        case: null,
        rule: "twoPersons",
      });
    }
    await refusalOf(made.store, () => take(made, by(leader, adjust())), "RULE_REFUSED", {
      rule: "twoPersons",
    });
    expect(await take(made, by("代理人", adjust()))).toMatchObject({ events: ["ClockAdjusted"] });
  });

  it("while it is not behind: a lag of five seconds is ordinary", async () => {
    const made = await newBook();
    await take(made, receive());
    for (const lag of [0, 5000]) {
      made.clock.set(truth);
      made.clock.advance(-lag);
      await refusalOf(made.store, () => take(made, adjust()), "RULE_REFUSED", {
        rule: "clockBehind",
      });
    }
    made.clock.advance(-1);
    expect(await take(made, adjust())).toMatchObject({ events: ["ClockAdjusted"] });
  });

  it("without a reason and a name", async () => {
    const made = await newBook();
    await refusalOf(made.store, () => take(made, { command: "adjust-clock" }), "INVALID_INPUT", {
      problems: [{ field: "reason" }, { field: "approvedBy" }],
    });
  });
});

describe("what an honest office is not accused of", () => {
  it("a clock that was set back a little over midnight, between the decision and the record", async () => {
    const made = await newBook("2021-04-02");
    await take(made, receive());
    made.clock.set("2021-04-02T16:00:01.000Z");
    const append = made.store.append.bind(made.store);
    Object.assign(made.store, {
      append: (request: Parameters<typeof append>[0]) => {
        made.clock.set("2021-04-02T15:59:59.000Z");
        return append(request);
      },
    });
    await take(made, assign({ on: "2021-04-03" }));
    expect((await made.book.audit()).faults.first).toBeNull();
  });
});

/** An adjustment that no command decided; only the store has looked at it. */
const writtenByHand = async (made: Book, data: object): Promise<void> => {
  const log = await made.store.readStream(null);
  await made.store.append({
    commandId: "by-hand",
    requestHash: "00".repeat(32),
    actor: { id: clerk },
    streams: [
      {
        stream: null,
        expectedVersion: log.length,
        rulebookHash: made.book.rules.current.hash,
        events: [
          { type: "ClockAdjusted", dataVersion: 1, on: "2021-12-31", data, from: null, to: null },
        ],
      },
    ],
  });
};

describe("an adjustment that was written past the command", () => {
  const said = { from: ahead, reason: "误设", approvedBy: leader };

  it.each([
    ["begins at a record that was sound", 1],
    ["begins behind the first record that lay ahead", 3],
    ["begins at itself", 4],
    ["begins nowhere", 99],
    ["begins before the log", -1],
    ["begins between two records", 1.5],
  ])("names another interval than the recording times show: it %s", async (_, since) => {
    const made = await afterTheJump();
    made.clock.set(ahead);
    await take(made, contact());
    made.clock.set("2021-12-31T04:01:00.000Z");
    await writtenByHand(made, { ...said, since });
    expect((await made.book.audit()).faults.first).toMatchObject({ kind: "ILLEGAL", position: 4 });
  });

  it("is found out where an earlier one lies in between, after which the clock was right", async () => {
    const made = await afterTheJump();
    await take(made, adjust());
    made.clock.set(ahead);
    await take(made, contact());
    made.clock.set("2021-12-31T05:00:00.000Z");
    await writtenByHand(made, { ...said, since: 2 });
    expect((await made.book.audit()).faults.first).toMatchObject({ kind: "ILLEGAL", position: 5 });
  });

  it("is read where it names no beginning, as older logs do: from the first record that lay ahead", async () => {
    const made = await afterTheJump();
    await writtenByHand(made, said);
    expect(await made.book.audit()).toMatchObject({
      clockAdjustments: [{ position: 3, since: 2 }],
      faults: { first: null },
    });
    expect(await made.book.lateEntries()).toMatchObject([
      { position: 1, clockAdjustedAt: null },
      { position: 2, clockAdjustedAt: 3 },
    ]);
  });

  it("is no more lawful where one hand consented to its own", async () => {
    const made = await newBook();
    await take(made, { command: "delegate", from: clerk, to: "代理人", until: "2022-12-31" });
    made.clock.set(ahead);
    await take(made, receive());
    made.clock.set(truth);
    const [first] = await made.store.readStream(null);
    const data = { from: ahead, reason: "服务器时间有误", approvedBy: "代理人" };
    const type = "ClockAdjusted";
    await made.store.append({
      commandId: "by hand",
      requestHash: "00",
      actor: { id: clerk },
      streams: [
        {
          stream: null,
          expectedVersion: 2,
          rulebookHash: first?.rulebookHash ?? "",
          events: [{ type, dataVersion: 1, on: "2021-12-31", data, from: null, to: null }],
        },
      ],
    });
    const { first: fault } = (await made.book.audit()).faults;
    expect(fault).toMatchObject({ kind: "ILLEGAL", position: 3 });
  });
});
