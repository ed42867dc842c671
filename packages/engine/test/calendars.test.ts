/** @module calendars.test — 采用工作日历: a year's notice comes, or changes, and the open due dates with it. */
import type { Calendar, Rulebook } from "@wuding/engine";
import { createCasebook, shippedRulebook, stateCouncil } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { describe, expect, it } from "vitest";
import type { CalendarFile } from "../src/rulebook/calendar/calendar-file.ts";
import type { Book, Given } from "./given.ts";
import {
  answer,
  assign,
  clerk,
  contact,
  contentOf,
  extend,
  newBook,
  receive,
  refusalOf,
  requestReturn,
  take,
  typesOf,
  withdraw,
} from "./given.ts";

const endOf2026 = "2026-12-28";
const origin = "office.invalid/log";

/** A notice for 2027 as it might come; 1 January is a Friday, 28 February a Sunday. */
const of2027: CalendarFile = {
  format: 1,
  edition: "cn-2027.1",
  notice: "国办发明电〔2026〕9号",
  from: "2027-01-01",
  to: "2027-12-31",
  holidays: [
    { name: "元旦", from: "2027-01-01", to: "2027-01-03" },
    { name: "春节", from: "2027-02-05", to: "2027-02-11" },
  ],
  makeUpDays: ["2027-02-14", "2027-02-28"],
};
const file = (changes: Partial<Record<keyof CalendarFile, unknown>> = {}): string =>
  JSON.stringify({ ...of2027, ...changes });

const numbered = (number: string, on: string, fields: Given = {}): Given =>
  receive({ number, title: `第${number}号`, on, ...fields });
const idOf = (number: string): string => `cppcc/15-5/${number}`;

/** A casebook at the end of 2026 in which these have been recorded. */
const bookOf2026 = async (...steps: readonly Given[]): Promise<Book> => {
  const made = await newBook(endOf2026);
  for (const step of steps) await take(made, step);
  return made;
};

const dueIn = async ({ book }: Book, number: string, deadline = "reply") => {
  const { deadlines } = await book.show(idOf(number));
  return deadlines
    .filter(({ id }) => id === deadline)
    .map(({ dueOn, provisional, state }) => [dueOn, provisional, state]);
};

const isSound = async ({ book }: Book): Promise<void> => {
  expect((await book.audit()).faults).toEqual({ first: null, more: 0 });
  expect(await book.certify()).toMatchObject({ differences: [], uncounted: [] });
};

describe("the notice of a new year 公布新一年安排", () => {
  const cases = [
    // six months end on Sunday 28 February: Monday for now, and that Sunday is worked
    numbered("1", "2026-08-31", { isComplex: true }),
    // three months end on Saturday 6 February: Monday for now, then behind the holiday
    numbered("2", "2026-11-06"),
    // three months end on Monday 15 March, where no notice changes anything
    numbered("3", "2026-12-15"),
    // ends in 2026
    numbered("4", "2026-09-01"),
    // ten working days over the turn of the year
    numbered("5", "2026-12-25"),
  ];

  it("moves what it moves, makes certain what was provisional, and says both", async () => {
    const made = await bookOf2026(...cases);
    expect(await dueIn(made, "1")).toEqual([["2027-03-01", true, "open"]]);
    const told = await made.book.adoptCalendar(file());
    const was = { wasProvisional: true, isProvisional: false, isPast: false };
    expect(told).toEqual({
      name: "cn-2027.1",
      unchanged: false,
      cases: 4,
      impact: [
        {
          case: idOf("1"),
          title: "第1号",
          deadline: "reply",
          from: "2027-03-01",
          to: "2027-02-28",
          ...was,
        },
        {
          case: idOf("2"),
          title: "第2号",
          deadline: "reply",
          from: "2027-02-08",
          to: "2027-02-12",
          ...was,
        },
        {
          case: idOf("3"),
          title: "第3号",
          deadline: "reply",
          from: "2027-03-15",
          to: "2027-03-15",
          ...was,
        },
        {
          case: idOf("5"),
          title: "第5号",
          deadline: "reply",
          from: "2027-03-25",
          to: "2027-03-25",
          ...was,
        },
        {
          case: idOf("5"),
          title: "第5号",
          deadline: "return-request",
          from: "2027-01-08",
          to: "2027-01-11",
          ...was,
        },
      ],
      position: 6,
    });
    expect(await dueIn(made, "2")).toEqual([
      ["2027-02-08", true, "superseded"],
      ["2027-02-12", false, "open"],
    ]);
    expect(await dueIn(made, "4")).toEqual([["2026-12-01", false, "overdue"]]);
    expect(await typesOf(made.store, idOf("4"))).toEqual(["CaseReceived"]);
    await isSound(made);
  });

  it("is an event of the log, and one of each case, which goes on as it was", async () => {
    const made = await bookOf2026(...cases);
    await made.book.adoptCalendar(file(), { actor: { id: "日历员" } });
    const [, adopted] = await made.store.readStream(null);
    expect(adopted).toMatchObject({
      type: "CalendarAdopted",
      on: endOf2026,
      actor: { id: "日历员" },
      data: { edition: "cn-2027.1", notice: "国办发明电〔2026〕9号" },
    });
    const [, moved] = await made.store.readStream(idOf("5"));
    expect(moved).toMatchObject({
      type: "DeadlinesRecomputed",
      on: endOf2026,
      from: "received",
      to: "received",
      data: {
        cause: "calendar",
        rulebook: "national@2025",
        deadlines: [
          { id: "reply", dueOn: "2027-03-25", calendar: "cn-2027.1" },
          { id: "return-request", dueOn: "2027-01-11", countedFrom: "2026-12-25" },
        ],
      },
    });
    expect(made.book.rules.calendars).toMatchObject([
      { edition: stateCouncil.edition, notice: null },
      { edition: "cn-2027.1", notice: "国办发明电〔2026〕9号", adoptedOn: endOf2026 },
    ]);
    await isSound(made);
  });

  it("the window for sending a case back is the moved one", async () => {
    const made = await bookOf2026(...cases);
    await made.book.adoptCalendar(file());
    made.clock.set("2027-01-20T04:00:00.000Z");
    const sendBack = (on: string): Given => ({ ...requestReturn({ on }), case: idOf("5") });
    await refusalOf(made.store, () => take(made, sendBack("2027-01-12")), "RULE_REFUSED", {
      rule: "withinReturnWindow",
    });
    await take(made, sendBack("2027-01-11"));
    expect(await dueIn(made, "5", "return-request")).toEqual([
      ["2027-01-08", true, "superseded"],
      ["2027-01-11", false, "met"],
    ]);
    await isSound(made);
  });

  it("new cases and the lamps count by it at once", async () => {
    const made = await bookOf2026();
    await made.book.adoptCalendar(file());
    await take(made, numbered("9", "2026-12-28"));
    expect(await dueIn(made, "9", "return-request")).toEqual([["2027-01-12", false, "open"]]);
    // from Thursday 4 February only Friday 12 is left before the date
    await take(made, numbered("10", "2026-11-06"));
    const { due } = await made.book.due({ today: "2027-02-04" });
    expect(due.find(({ case: id }) => id === idOf("10"))).toMatchObject({
      dueOn: "2027-02-12",
      workingDaysLeft: 1,
      lamp: "yellow",
    });
  });

  it("on trial records nothing", async () => {
    const made = await bookOf2026(...cases);
    const before = await contentOf(made.store);
    const tried = await made.book.adoptCalendar(file(), { dryRun: true });
    expect(tried).toMatchObject({ cases: 4, position: null });
    expect(await contentOf(made.store)).toEqual(before);
    const done = await made.book.adoptCalendar(file());
    expect(done).toEqual({ ...tried, position: 6 });
  });

  it("leaves alone what is answered, ended, and put off to a day; months go with it", async () => {
    const about = (number: string, step: Given): Given => ({ ...step, case: idOf(number) });
    const made = await bookOf2026(
      ...["1", "2", "3", "4"].map((number) => numbered(number, "2026-11-06")),
      about("1", assign({ on: "2026-11-09", due: "2026-12-20" })),
      about("1", contact({ on: "2026-11-20" })),
      about("1", answer({ on: "2026-12-20" })),
      about("2", withdraw({ on: "2026-11-20" })),
      about("3", extend({ on: "2026-12-20", due: "2027-04-06" })),
      about("4", extend({ on: "2026-12-20", due: undefined, months: 1 })),
    );
    // a month from Monday 8 February, the date that was put off, is Monday 8 March
    const { impact } = await made.book.adoptCalendar(file());
    expect(impact.map(({ case: id, from, to }) => [id, from, to])).toEqual([
      [idOf("4"), "2027-03-08", "2027-03-08"],
    ]);
    expect((await dueIn(made, "3")).at(-1)).toEqual(["2027-04-06", false, "open"]);
    expect((await dueIn(made, "4")).at(-1)).toEqual(["2027-03-08", false, "open"]);
    await isSound(made);
  });

  it("a date that counts from another one moves with it", async () => {
    const national = await shippedRulebook("national");
    const reply = national.deadlines.find(({ id }) => id === "cppcc-reply");
    if (reply === undefined) throw new Error("the national rulebook has no reply term");
    const rulebook: Rulebook = {
      ...national,
      id: "office",
      deadlines: [
        {
          ...reply,
          id: "first-contact",
          deadline: "first-contact",
          trigger: "dueDateOf:reply",
          direction: "before",
          amount: 14,
          unit: "calendarDay",
          rollOver: "none",
          extension: null,
        },
        ...national.deadlines,
      ],
      unregulated: national.unregulated.filter(({ deadline }) => deadline !== "first-contact"),
    };
    const made = await newBook(endOf2026, createMemoryStore, rulebook);
    await take(made, numbered("2", "2026-11-06"));
    expect(await dueIn(made, "2", "first-contact")).toEqual([["2027-01-25", false, "open"]]);
    await made.book.adoptCalendar(file());
    expect((await dueIn(made, "2", "first-contact")).at(-1)).toEqual(["2027-01-29", false, "open"]);
    await isSound(made);
  });
});

describe("a calendar that is corrected 调整已公布的安排", () => {
  /** The first half of 2020 as it had been published in November 2019. */
  const first: Calendar = {
    edition: "cn-2020.1",
    from: "2020-01-01",
    to: "2020-06-30",
    daysOff: [
      "2020-01-01",
      "2020-01-24",
      "2020-01-27",
      "2020-01-28",
      "2020-01-29",
      "2020-01-30",
      "2020-04-06",
      "2020-05-01",
      "2020-05-04",
      "2020-05-05",
      "2020-06-25",
      "2020-06-26",
    ],
    makeUpDays: ["2020-01-19", "2020-02-01", "2020-04-26", "2020-05-09", "2020-06-28"],
  };
  /** The Spring Festival, lengthened while it was running. */
  const lengthened: CalendarFile = {
    format: 1,
    edition: "cn-2020.2",
    notice: "国办发明电〔2020〕1号",
    from: "2020-01-24",
    to: "2020-02-02",
    holidays: [{ name: "春节", from: "2020-01-24", to: "2020-02-02" }],
    makeUpDays: [],
  };

  it("moves the terms that run, and none that have ended before", async () => {
    const clock = settableClock("2020-01-27T04:00:00.000Z");
    const ids = countingIds();
    const store = createMemoryStore({ clock, ids, origin });
    const actor = { id: clerk };
    const book = await createCasebook({ store, clock, ids, actor, origin, calendar: first });
    const made = { book, store, clock };
    await take(made, numbered("1", "2020-01-20"));
    await take(made, numbered("2", "2020-01-06"));
    expect(await dueIn(made, "1", "return-request")).toEqual([["2020-02-07", false, "open"]]);
    const told = await book.adoptCalendar(JSON.stringify(lengthened));
    expect(told.impact.map(({ case: id, deadline, from, to }) => [id, deadline, from, to])).toEqual(
      [[idOf("1"), "return-request", "2020-02-07", "2020-02-11"]],
    );
    // outside the span of the notice the calendar is as it was
    const calendar = await book.rules.calendarData();
    expect(calendar.makeUpDays).toEqual(["2020-01-19", "2020-04-26", "2020-05-09", "2020-06-28"]);
    expect(calendar.daysOff.slice(0, 8)).toEqual([
      "2020-01-01",
      "2020-01-24",
      "2020-01-27",
      "2020-01-28",
      "2020-01-29",
      "2020-01-30",
      "2020-01-31",
      "2020-04-06",
    ]);
    await isSound(made);
  });
});

describe("which calendar may be adopted", () => {
  const second = file({ edition: "cn-2027.2", makeUpDays: ["2027-02-14"] });

  it("the one in force again changes nothing", async () => {
    const made = await bookOf2026(numbered("2", "2026-11-06"));
    await made.book.adoptCalendar(file());
    const before = await contentOf(made.store);
    expect(await made.book.adoptCalendar(file())).toMatchObject({
      name: "cn-2027.1",
      unchanged: true,
      position: null,
    });
    expect(await contentOf(made.store)).toEqual(before);
  });

  it("an older edition is refused", async () => {
    const { book, store } = await bookOf2026();
    await book.adoptCalendar(file());
    await book.adoptCalendar(second);
    const older = { what: "calendar", newer: "cn-2027.2" };
    await refusalOf(store, () => book.adoptCalendar(file()), "RULES_OLDER", {
      ...older,
      given: "cn-2027.1",
    });
    const unknown = file({ edition: "cn-2025.3" });
    await refusalOf(store, () => book.adoptCalendar(unknown), "RULES_OLDER", {
      ...older,
      given: "cn-2025.3",
    });
  });

  it("the same edition with other days is refused", async () => {
    const { book, store } = await bookOf2026();
    await book.adoptCalendar(file());
    const changed = file({ makeUpDays: ["2027-02-14"] });
    const differs = { what: "calendar", name: "cn-2027.1" };
    await refusalOf(store, () => book.adoptCalendar(changed), "RULES_DIFFER", differs);
    await book.adoptCalendar(second);
    await refusalOf(store, () => book.adoptCalendar(changed), "RULES_DIFFER", differs);
  });

  it.each([
    ["a make-up day in a holiday", { makeUpDays: ["2027-02-06"] }, "/makeUpDays/0"],
    ["a make-up day on a weekday", { makeUpDays: ["2027-03-03"] }, "/makeUpDays/0"],
    ["a span that ends before it begins", { to: "2026-12-31" }, "/to"],
    ["a year after one that is missing", { from: "2028-01-01", to: "2028-12-31" }, "/from"],
    ["the edition in use", { edition: stateCouncil.edition }, "/edition"],
    ["an impossible day", { to: "2027-02-30" }, "/to"],
    ["an edition that is no text", { edition: { toString: "2027" } }, "/edition"],
  ])("%s is refused at its place", async (_what, changes, place) => {
    const { book, store } = await bookOf2026();
    await refusalOf(store, () => book.adoptCalendar(file(changes)), "INVALID_RULES", {
      what: "calendar",
      problems: expect.arrayContaining([expect.objectContaining({ place })]),
    });
  });

  it("two notices that come at once are both in the calendar", async () => {
    const made = await bookOf2026();
    const spring = file({ to: "2027-02-28", edition: "cn-2027.1" });
    const rest = file({
      edition: "cn-2027.2",
      notice: "国办发明电〔2027〕1号",
      from: "2027-01-01",
      to: "2027-12-31",
      holidays: [{ name: "国庆节", from: "2027-10-01", to: "2027-10-07" }],
      makeUpDays: [],
    });
    const told = await Promise.all([
      made.book.adoptCalendar(spring),
      made.book.adoptCalendar(rest),
    ]);
    expect(told.map(({ name }) => name)).toEqual(["cn-2027.1", "cn-2027.2"]);
    expect(made.book.rules.calendars.map(({ edition }) => edition)).toEqual([
      stateCouncil.edition,
      "cn-2027.1",
      "cn-2027.2",
    ]);
    const calendar = await made.book.rules.calendarData();
    expect(calendar.daysOff.filter((day) => day >= "2027")).toEqual([
      "2027-10-01",
      "2027-10-04",
      "2027-10-05",
      "2027-10-06",
      "2027-10-07",
    ]);
  });
});
