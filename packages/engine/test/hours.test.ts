/** @module hours.test — 热线、信箱: terms in hours, on the same day and in office hours. */
import type { DeadlineRule, Kind, Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { describe, expect, it } from "vitest";
import { checkRulebook } from "../src/rulebook/check/check.ts";
import type { Book, Given } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  contact,
  dissatisfied,
  givenUnder,
  newBook,
  receive,
  refusalOf,
  take,
} from "./given.ts";

const national = await shippedRulebook("national");

const kind = (id: string, zh: string, en: string): Kind => ({
  id,
  label: { zh, en },
  noun: { zh: "工单", en: "request" },
  measure: "件",
  proposer: { zh: "诉求人", en: "caller" },
  numbering: "year",
});

const rule = (id: string, given: Partial<DeadlineRule>): DeadlineRule => ({
  id,
  deadline: "reply",
  appliesTo: { kinds: ["hotline"] },
  trigger: "received",
  amount: 3,
  unit: "workingDay",
  count: "dayZero",
  rollOver: "none",
  extension: null,
  onMiss: "countAsLate",
  source: { title: { zh: "某局热线工单办理办法", en: "a bureau's rules for its hotline" } },
  confidence: "page",
  validFrom: "2020-01-01",
  validTo: null,
  ...given,
});

/** The national rulebook with a hotline and a mailbox beside the two kinds that it has. */
const withHotline: Rulebook = {
  ...national,
  id: "bureau",
  validFrom: "2020-01-01",
  kinds: [
    ...national.kinds,
    kind("hotline", "热线工单", "hotline request"),
    kind("letter", "市长信箱来信", "letter to the mayor"),
  ],
  deadlines: [
    rule("urgent", {
      appliesTo: { kinds: ["hotline"], isKey: true, isComplex: false, rounds: [1] },
      amount: 0,
      unit: "calendarDay",
    }),
    rule("urgent-complex", {
      appliesTo: { kinds: ["hotline"], isKey: true, isComplex: true, rounds: [1] },
      amount: 8,
      unit: "workingHour",
    }),
    rule("complaint", { appliesTo: { kinds: ["hotline"], isComplex: true }, amount: 13 }),
    rule("enquiry", { appliesTo: { kinds: ["hotline"] }, amount: 3, cutOff: "16:30" }),
    rule("call-back", { deadline: "first-contact", amount: 12, unit: "hour" }),
    rule("again", {
      deadline: "rehandling",
      trigger: "rehandlingOrdered",
      amount: 24,
      unit: "hour",
    }),
    rule("letter-complex", { appliesTo: { kinds: ["letter"], isComplex: true }, amount: 10 }),
    rule("letter", { appliesTo: { kinds: ["letter"] }, amount: 3 }),
    ...national.deadlines,
  ],
  unregulated: [],
};

const id = "hotline/2021/57";
const call = (on: string, fields: Given = {}): Given =>
  receive({ kind: "hotline", session: "2021", number: "57", on, ...fields });
const about = (step: Given): Given => ({ ...step, case: id });

const dueOf = async ({ book }: Pick<Book, "book">, deadline: string, name: string = id) => {
  const found = (await book.show(name)).deadlines.findLast((one) => one.id === deadline);
  return found && [found.dueOn, found.dueAt ?? null, found.rule];
};

it("the rulebook of these tests has no mistake", () => {
  expect(checkRulebook(withHotline)).toEqual([]);
});

describe("a case that is named by its year", () => {
  it("is named so, and not by a session", async () => {
    const view = await givenUnder(withHotline)
      .when(call("2021-04-06T10:00:00+08:00"))
      .then("CaseReceived");
    expect(view).toMatchObject({
      case: id,
      session: "2021",
      number: "57",
      receivedOn: "2021-04-06T10:00:00+08:00",
      dispatchedOn: "2021-04-06",
    });
    const session = [{ field: "session", kind: "malformed" }];
    await givenUnder(withHotline)
      .when(call("2021-04-06T10:00:00+08:00", { session: "15-5" }))
      .thenRefused("INVALID_INPUT", { problems: session });
    await givenUnder(withHotline)
      .when(receive({ session: "2021" }))
      .thenRefused("INVALID_INPUT", { problems: session });
  });
});

describe("terms of a hotline 热线时限", () => {
  it.each([
    ["urgent: the same day", { isKey: true }, "2021-04-06T10:00:00+08:00", "2021-04-06", null],
    [
      "urgent and on a day off: that day",
      { isKey: true },
      "2021-04-04T23:59:00+08:00",
      "2021-04-04",
      null,
    ],
    [
      "eight office hours, two of them on the next morning",
      { isKey: true, isComplex: true },
      "2021-04-06T10:00:00+08:00",
      "2021-04-07",
      "2021-04-07T10:30+08:00",
    ],
    [
      "eight office hours over the holiday",
      { isKey: true, isComplex: true },
      "2021-04-02T16:00:00+08:00",
      "2021-04-06",
      "2021-04-06T16:30+08:00",
    ],
    [
      "eight office hours from a night",
      { isKey: true, isComplex: true },
      "2021-04-06T23:00:00+08:00",
      "2021-04-08",
      "2021-04-08T09:00+08:00",
    ],
    ["an enquiry: 3 working days", {}, "2021-04-06T10:00:00+08:00", "2021-04-09", null],
    [
      "a complaint: 13 working days",
      { isComplex: true },
      "2021-04-06T10:00:00+08:00",
      "2021-04-23",
      null,
    ],
  ])("%s", async (_what, fields, on, dueOn, dueAt) => {
    const made = await bookUnder(withHotline, call(on, fields));
    expect((await dueOf(made, "reply"))?.slice(0, 2)).toEqual([dueOn, dueAt]);
  });

  it.each([
    ["2021-04-06T16:29:59+08:00", "2021-04-09"],
    ["2021-04-06T16:30:00+08:00", "2021-04-12"],
    ["2021-04-06T08:30:00Z", "2021-04-12"],
    ["2021-04-06T23:00:00+08:00", "2021-04-12"],
  ])("a call at %s is due on %s: from 16:30 on it is the next day's", async (on, dueOn) => {
    const made = await bookUnder(withHotline, call(on));
    expect((await dueOf(made, "reply"))?.[0]).toBe(dueOn);
  });

  it("a mailbox has 3 working days, 10 for what is complex, and needs no time of day", async () => {
    const letter = (fields: Given): Given =>
      receive({ kind: "letter", session: "2021", number: "1", on: "2021-09-18", ...fields });
    const simple = await bookUnder(withHotline, letter({}));
    // 19 to 21 September is off
    expect(await dueOf(simple, "reply", "letter/2021/1")).toEqual(["2021-09-24", null, "letter"]);
    const complex = await bookUnder(withHotline, letter({ isComplex: true }));
    // Sunday 26 September and Saturday 9 October are worked, 1 to 7 October is off
    expect(await dueOf(complex, "reply", "letter/2021/1")).toEqual([
      "2021-10-09",
      null,
      "letter-complex",
    ]);
  });

  it("twelve hours run day and night", async () => {
    const made = await bookUnder(withHotline, call("2021-04-02T20:00:00+08:00"));
    expect(await dueOf(made, "first-contact")).toEqual([
      "2021-04-03",
      "2021-04-03T08:00+08:00",
      "call-back",
    ]);
    expect((await made.book.due({ today: "2021-04-03" })).due[0]).toMatchObject({
      deadline: "first-contact",
      dueAt: "2021-04-03T08:00+08:00",
    });
  });

  it("hours need the time of day that they run from", () =>
    givenUnder(withHotline)
      .when(call("2021-04-02"))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "on" }] }));
});

describe("met, to the minute", () => {
  const calledAt8InTheEvening = [
    call("2021-04-02T20:00:00+08:00"),
    about(assign({ on: "2021-04-02" })),
  ];
  it.each([
    ["at the instant", "2021-04-03T08:00:00+08:00", "met"],
    ["at the instant, said in another zone", "2021-04-03T00:00:00Z", "met"],
    ["a minute later", "2021-04-03T08:01:00+08:00", "late"],
    ["a minute later, said in another zone", "2021-04-02T19:01:00-05:00", "late"],
    ["the day before, without a time", "2021-04-02", "met"],
    ["on the day, without a time, which nobody can know to be in time", "2021-04-03", "late"],
    ["a day later, without a time", "2021-04-04", "late"],
  ])("%s is %s", async (_when, on, state) => {
    const view = await givenUnder(withHotline, ...calledAt8InTheEvening)
      .when(about(contact({ on, mode: "phone" })))
      .then("ContactRecorded");
    expect(view.deadlines.find((one) => one.id === "first-contact")).toMatchObject({ state });
  });

  it.each([
    ["2021-04-07T10:30:00+08:00", 1],
    ["2021-04-07T10:31:00+08:00", 0],
  ])("an answer at %s counts %i in time", async (on, numerator) => {
    const { book } = await bookUnder(
      withHotline,
      call("2021-04-06T10:00:00+08:00", { isKey: true, isComplex: true }),
      ...[
        assign({ on: "2021-04-06" }),
        contact({ on: "2021-04-06T10:05:00+08:00", mode: "phone" }),
        answer({ on }),
      ].map(about),
    );
    const { rates } = await book.rates();
    expect(rates.find((rate) => rate.id === "on-time")).toMatchObject({
      numerator,
      denominator: 1,
    });
    expect((await book.checkProjections()).differences).toEqual([]);
  });
});

describe("a year that is not published 未公布年份", () => {
  /** The end of 2026, at noon; the notice for 2027 has not come. */
  const endOf2026 = () => newBook("2026-12-31", createMemoryStore, withHotline);
  const late = (fields: Given = {}): Given =>
    call("2026-12-31T11:00:00+08:00", { session: "2026", isKey: true, ...fields });
  const notice = {
    format: 1,
    edition: "cn-2027.1",
    notice: "国办发明电〔2026〕9号",
    from: "2027-01-01",
    to: "2027-12-31",
    holidays: [{ name: "元旦", from: "2027-01-01", to: "2027-01-03" }],
    makeUpDays: [],
  };

  it("no office hours are counted into it: the rule is named, and what would help", async () => {
    const { book, store } = await endOf2026();
    await refusalOf(store, () => book.executeGiven(late({ isComplex: true })), "RULE_REFUSED", {
      case: "hotline/2026/57",
      rule: "urgent-complex",
      why: { zh: "2027 年的工作日历尚未公布，不能按办公时间计算时限" },
    });
    await book.adoptCalendar(JSON.stringify(notice));
    await book.executeGiven(late({ isComplex: true }));
    // five hours on that day, three on Monday 4 January
    expect(await dueOf({ book }, "reply", "hotline/2026/57")).toEqual([
      "2027-01-04",
      "2027-01-04T11:30+08:00",
      "urgent-complex",
    ]);
  });

  it("what only runs through the day needs no notice", async () => {
    const { book } = await endOf2026();
    await book.executeGiven(late());
    expect(await dueOf({ book }, "reply", "hotline/2026/57")).toEqual([
      "2026-12-31",
      null,
      "urgent",
    ]);
    const { deadlines } = await book.show("hotline/2026/57");
    expect(deadlines.map((due) => [due.id, due.provisional])).toEqual([
      ["reply", false],
      ["first-contact", false],
      // ten working days, some of them in 2027
      ["return-request", true],
    ]);
  });

  it("working days into it are counted, provisionally", async () => {
    const { book } = await endOf2026();
    await book.executeGiven(late({ isKey: false }));
    const { deadlines } = await book.show("hotline/2026/57");
    expect(deadlines.find((one) => one.id === "reply")).toMatchObject({
      dueOn: "2027-01-05",
      provisional: true,
    });
    await book.adoptCalendar(JSON.stringify(notice));
    const moved = (await book.show("hotline/2026/57")).deadlines.findLast(
      (one) => one.id === "reply",
    );
    expect(moved).toMatchObject({ dueOn: "2027-01-06", provisional: false });
  });
});

describe("a new round in hours", () => {
  const answeredCall = [
    call("2021-04-06T10:00:00+08:00"),
    ...[
      assign({ on: "2021-04-06" }),
      contact({ on: "2021-04-06T10:05:00+08:00", mode: "phone" }),
      answer({ on: "2021-04-07T09:00:00+08:00" }),
    ].map(about),
  ];

  it("runs from the instant of the form, which must say it", async () => {
    await givenUnder(withHotline, ...answeredCall)
      .when(about(dissatisfied({ on: "2021-04-08" })))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "on" }] });
    const view = await givenUnder(withHotline, ...answeredCall)
      .when(about(dissatisfied({ on: "2021-04-08T15:20:00+08:00" })))
      .then("FeedbackReceived", "RehandlingOrdered");
    expect(view.deadlines.at(-1)).toMatchObject({
      id: "rehandling",
      dueOn: "2021-04-09",
      dueAt: "2021-04-09T15:20+08:00",
    });
  });

  it("keeps its instant when calendars and rulebooks change, and is told from it", async () => {
    const made = await bookUnder(
      withHotline,
      ...answeredCall,
      about(dissatisfied({ on: "2021-04-08T15:20:00+08:00" })),
    );
    const corrected = {
      format: 1,
      edition: "office-1",
      notice: "测试〔2021〕1号",
      from: "2021-04-09",
      to: "2021-04-09",
      holidays: [{ name: "甲日", from: "2021-04-09", to: "2021-04-09" }],
      makeUpDays: [],
    };
    await made.book.adoptCalendar(JSON.stringify(corrected));
    const longer: Rulebook = {
      ...withHotline,
      version: "2026",
      appliesToOpenCases: true,
      deadlines: withHotline.deadlines.map((one) =>
        one.id === "again" ? { ...one, amount: 48 } : one,
      ),
    };
    const { impact } = await made.book.adoptRulebook(longer);
    expect(impact.map(({ deadline, from, to }) => [deadline, from, to])).toEqual([
      ["rehandling", "2021-04-09", "2021-04-10"],
    ]);
    const [told] = await made.book.explain(id, "rehandling");
    expect(told).toMatchObject({
      dueAt: "2021-04-10T15:20+08:00",
      countedFrom: "2021-04-08T15:20:00+08:00",
      agrees: true,
    });
    await take(made, about(contact({ on: "2021-04-09T09:00:00+08:00", mode: "phone" })));
    await take(made, about(answer({ on: "2021-04-10T15:20:00+08:00" })));
    expect((await made.book.show(id)).deadlines.at(-1)).toMatchObject({ state: "met" });
    expect((await made.book.checkProjections()).differences).toEqual([]);
    expect(await made.book.replayAll()).toMatchObject({ firstFault: null });
  });
});
