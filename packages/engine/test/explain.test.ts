/** @module explain.test — 时限依据: the certificate of a due date, and every date counted again. */
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook, stateCouncil } from "@wuding/engine";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CalendarFile } from "../src/rulebook/calendar/calendar-file.ts";
import type { Book, Step } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  bookWith,
  by,
  caseId,
  commit,
  contact,
  dissatisfied,
  extend,
  inRoundTwo,
  newBook,
  publish,
  reassign,
  receive,
  refusalOf,
  take,
  waiveContact,
} from "./given.ts";
import { standing } from "./independent-count.ts";
import { countDueDates } from "./independent-due-dates.ts";
import { moves, play } from "./random-histories.ts";

/** The newest certificate of a due date after these commands. */
const certificate = async (deadline: string, ...steps: readonly Step[]) => {
  const made = await bookWith(...steps);
  return { ...made, told: await certificateIn(made, deadline) };
};

const certificateIn = async ({ book }: Pick<Book, "book">, deadline: string) => {
  const [told] = await book.explain(caseId, deadline);
  if (told === undefined) throw new Error(`no certificate of ${deadline}`);
  return told;
};

const linesOf = ({ trace }: Awaited<ReturnType<typeof certificateIn>>): readonly string[] =>
  (trace?.steps ?? []).map(({ date, part, number, why }) =>
    [date, part, number ?? "-", why.zh].join(" "),
  );

describe("the certificate of a due date 时限依据", () => {
  it("names the rule, its article, the rulebook's hash, and the calendar that was consulted", async () => {
    const { book, told } = await certificate("reply", receive({ on: "2021-03-26" }));
    const { hash } = book.rules.current;
    expect(told).toMatchObject({
      case: caseId,
      title: "关于改进政务信息化建设的建议",
      deadline: "reply",
      label: { zh: "答复", en: "reply" },
      round: 1,
      dueOn: "2021-06-28",
      dueAt: null,
      provisional: false,
      state: "overdue",
      metOn: null,
      decidedBy: "rule",
      rule: {
        id: "cppcc-reply",
        term: { amount: 3, unit: "calendarMonth", count: "dayZero", rollOver: "nextWorkingDay" },
        trigger: "dispatched",
        confidence: "default",
        onMiss: "countAsLate",
        validFrom: "2010-01-01",
        validTo: null,
      },
      rulebook: { name: "national@2025", hash },
      countedFrom: "2021-03-26",
      agrees: true,
      // six months end on Sunday 26 September 2021, which is worked
      latestExtension: "2021-09-26",
    });
    expect(told.calendar).toMatchObject({ edition: stateCouncil.edition });
    expect(told.calendar?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await book.rules.calendarData(told.calendar?.edition)).toMatchObject({
      edition: stateCouncil.edition,
    });
    expect(linesOf(told)).toEqual([
      "2021-03-26 zero 0 当日不计入",
      "2021-06-26 sameNumber - 3 个月后的对应日",
      "2021-06-26 rolled - 周六",
      "2021-06-27 rolled - 周日",
      "2021-06-28 due - 周一，工作日",
    ]);
  });

  it("names the notices of the years that the term ran through, where their numbers are known", async () => {
    const made = await newBook("2026-11-20");
    await take(made, receive({ on: "2025-11-10" }));
    const { dueOn, calendar } = await certificateIn(made, "reply");
    expect(dueOn).toBe("2026-02-10");
    expect(calendar?.notices).toEqual([
      { year: 2025, notice: "国办发明电〔2024〕12号" },
      { year: 2026, notice: null },
    ]);
  });

  it("a window in working days tells every day, and why some do not count", async () => {
    const { told } = await certificate("return-request", receive());
    expect(linesOf(told)).toEqual([
      "2021-04-02 zero 0 当日不计入",
      "2021-04-03 skipped - 周六，清明节放假",
      "2021-04-04 skipped - 周日，清明节放假",
      "2021-04-05 skipped - 周一，清明节放假",
      "2021-04-06 counted 1 周二，工作日",
      "2021-04-07 counted 2 周三，工作日",
      "2021-04-08 counted 3 周四，工作日",
      "2021-04-09 counted 4 周五，工作日",
      "2021-04-10 skipped - 周六",
      "2021-04-11 skipped - 周日",
      "2021-04-12 counted 5 周一，工作日",
      "2021-04-13 counted 6 周二，工作日",
      "2021-04-14 counted 7 周三，工作日",
      "2021-04-15 counted 8 周四，工作日",
      "2021-04-16 counted 9 周五，工作日",
      "2021-04-17 skipped - 周六",
      "2021-04-18 skipped - 周日",
      "2021-04-19 counted 10 周一，工作日",
      "2021-04-19 due - 周一，工作日",
    ]);
    expect(told).toMatchObject({ agrees: true, latestExtension: null, state: "waived" });
  });

  it("of a new round counts from the form", async () => {
    const { told } = await certificate("rehandling", ...inRoundTwo);
    expect(told).toMatchObject({
      round: 2,
      dueOn: "2021-08-05",
      countedFrom: "2021-07-05",
      agrees: true,
      rule: { trigger: "rehandlingOrdered" },
      changes: [{ type: "RehandlingOrdered", from: null, to: "2021-08-05" }],
    });
  });

  it("of a publication counts from the reply, by the article of its law", async () => {
    const { told } = await certificate(
      "publication",
      receive(),
      assign(),
      contact(),
      answer({ disclosure: "full" }),
      publish(),
    );
    expect(told).toMatchObject({
      dueOn: "2021-07-28",
      metOn: "2021-07-08",
      state: "met",
      countedFrom: "2021-06-30",
      source: "《中华人民共和国政府信息公开条例》第二十六条",
      rule: { confidence: "law", source: { en: expect.stringContaining("art. 26") } },
      agrees: true,
    });
  });

  it("of a date that a person fixed says so, and computes nothing", async () => {
    const steps = [receive(), assign(), reassign({ due: "2021-06-10" }), commit()];
    const { book, told } = await certificate("internal", ...steps);
    expect(told).toMatchObject({
      decidedBy: "person",
      dueOn: "2021-06-10",
      rule: null,
      rulebook: null,
      calendar: null,
      trace: null,
      agrees: null,
      latestExtension: null,
    });
    expect(told.changes.map(({ type, from, to }) => [type, from, to])).toEqual([
      ["CaseAssigned", null, "2021-06-20"],
      ["CaseReassigned", "2021-06-20", "2021-06-10"],
    ]);
    expect(await certificateIn({ book }, "commitment:1")).toMatchObject({
      decidedBy: "person",
      dueOn: "2021-11-30",
      trace: null,
    });
  });

  it("of a date that was put off tells the lawful term, and who put it off and why", async () => {
    const { told } = await certificate("reply", receive(), by("提案委丙", extend()));
    expect(told).toMatchObject({
      decidedBy: "extension",
      dueOn: "2021-09-30",
      trace: { dueOn: "2021-07-02" },
      agrees: true,
      latestExtension: "2021-10-08",
    });
    expect(told.changes).toEqual([
      {
        position: 1,
        type: "CaseReceived",
        label: { zh: "接收交办", en: "case received" },
        on: "2021-04-02",
        recordedAt: "2021-12-31T12:00:00.000+08:00",
        actor: "经办人甲",
        from: null,
        to: "2021-07-02",
        provisional: false,
      },
      {
        position: 2,
        type: "DeadlineExtended",
        label: { zh: "延期", en: "extension" },
        on: "2021-06-25",
        recordedAt: "2021-12-31T12:00:00.000+08:00",
        actor: "提案委丙",
        from: "2021-07-02",
        to: "2021-09-30",
        provisional: false,
        approvedBy: "区政协提案委",
        reason: "涉及面广，需多部门会商",
      },
    ]);
  });

  it("of a date that a calendar moved names both, and counts by the new one", async () => {
    const made = await bookWith(receive());
    await made.book.adoptCalendar(JSON.stringify(corrected));
    const told = await certificateIn(made, "reply");
    expect(told).toMatchObject({
      dueOn: "2021-07-05",
      calendar: { edition: "office-1", notices: [{ notice: "测试〔2021〕1号" }] },
      agrees: true,
      trace: { unrolled: "2021-07-02" },
    });
    expect(told.changes.map(({ type, from, to }) => [type, from, to])).toEqual([
      ["CaseReceived", null, "2021-07-02"],
      ["DeadlinesRecomputed", "2021-07-02", "2021-07-05"],
    ]);
    // the window did not move, and is still told by the calendar that it was counted with
    expect(await certificateIn(made, "return-request")).toMatchObject({
      calendar: { edition: stateCouncil.edition },
      agrees: true,
    });
  });

  it("of a date that another rulebook set names that one", async () => {
    const chongqing = await shippedRulebook("chongqing");
    const forAll: Rulebook = { ...chongqing, version: "2018.1", appliesToOpenCases: true };
    const made = await bookWith(receive({ kind: "npc" }));
    await made.book.adoptRulebook(forAll);
    const told = await made.book.explain("npc/15-5/122");
    expect(
      told.map(({ deadline, rulebook, agrees }) => [deadline, rulebook?.name, agrees]),
    ).toEqual([
      ["reply", "chongqing@2018.1", true],
      // the right to send it back had lapsed
      ["return-request", "national@2025", true],
      ["first-contact", "chongqing@2018.1", true],
    ]);
    expect(told[0]?.rulebook?.hash).toBe(made.book.rules.current.hash);
  });

  it("counts from the instant where there is a cut-off", async () => {
    const national = await shippedRulebook("national");
    const rulebook: Rulebook = {
      ...national,
      id: "office",
      deadlines: national.deadlines.map((rule) =>
        rule.id === "return-request" ? { ...rule, trigger: "received", cutOff: "16:30" } : rule,
      ),
    };
    const made = await bookUnder(
      rulebook,
      receive({ on: "2021-04-06T16:30:00+08:00", dispatchedOn: "2021-04-06" }),
    );
    const told = await certificateIn(made, "return-request");
    expect(told).toMatchObject({
      dueOn: "2021-04-21",
      countedFrom: "2021-04-06T16:30:00+08:00",
      agrees: true,
    });
    expect(linesOf(told).slice(0, 3)).toEqual([
      "2021-04-06 trigger - 周二",
      "2021-04-07 cutOff - 16:30 及以后发生的，计为次日",
      "2021-04-07 zero 0 当日不计入",
    ]);
  });

  it("all of a case, in its order; one that it lacks is not found", async () => {
    const { book, store } = await bookWith(receive(), waiveContact(), assign());
    expect((await book.explain(caseId)).map(({ deadline }) => deadline)).toEqual([
      "reply",
      "return-request",
      "internal",
    ]);
    expect(await book.explain("122", "reply")).toMatchObject([{ case: caseId }]);
    for (const name of ["rehandling", "commitment:1", "toString", ""]) {
      await refusalOf(store, () => book.explain(caseId, name), "NOT_FOUND", {
        what: "deadline",
        name: `${caseId} ${name}`,
      });
    }
    await refusalOf(store, () => book.explain("999"), "NOT_FOUND", { what: "case" });
  });

  it("of a deadline of several rounds is the newest one's", async () => {
    const again = [
      ...inRoundTwo,
      contact({ on: "2021-07-12" }),
      answer({ on: "2021-07-20" }),
      dissatisfied({ on: "2021-07-26" }),
    ];
    const { told } = await certificate("rehandling", ...again);
    expect(told).toMatchObject({ round: 3, dueOn: "2021-08-26", countedFrom: "2021-07-26" });
    expect(told.changes).toHaveLength(1);
  });
});

const monthsOf2021 = Array.from(
  { length: 12 },
  (_, index) => `2021-${String(index + 1).padStart(2, "0")}`,
);

/** A notice that nobody issued: 2 July 2021 and the week from 6 September are off. */
const corrected: CalendarFile = {
  format: 1,
  edition: "office-1",
  notice: "测试〔2021〕1号",
  from: "2021-07-01",
  to: "2021-09-16",
  holidays: [
    { name: "甲日", from: "2021-07-02", to: "2021-07-04" },
    { name: "乙日", from: "2021-09-06", to: "2021-09-10" },
  ],
  makeUpDays: ["2021-09-11"],
};

/** Another one: the week from the 8th of each month is off, and the Sunday before it is worked. */
const weeksOff: CalendarFile = {
  ...corrected,
  edition: "office-2",
  from: "2021-01-01",
  to: "2021-12-31",
  holidays: monthsOf2021.map((month) => ({
    name: "周",
    from: `${month}-08`,
    to: `${month}-14`,
  })),
  makeUpDays: monthsOf2021
    .flatMap((month) => ["01", "02", "03", "04", "05", "06", "07"].map((day) => `${month}-${day}`))
    .filter((day) => new Date(day).getUTCDay() === 0),
};

describe("every due date of every case, counted again", () => {
  it("by hand and from bare events, is the one that was stored, before and after a calendar moved it", async () => {
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(
        moves({ max: 60 }),
        moves({ max: 30 }),
        fc.boolean(),
        async (before, after, isCorrected) => {
          const player = await play(before);
          const { book, store } = player;
          if (isCorrected) await book.adoptCalendar(JSON.stringify(weeksOff));
          for (const move of after) await player.make(move);
          const calendars = new Map(
            await Promise.all(
              book.rules.calendars.map(
                async ({ edition }) => [edition, await book.rules.calendarData(edition)] as const,
              ),
            ),
          );
          const events = await store.readAll({ limit: 100_000 });
          const compared = countDueDates(events, calendars);
          for (const { rule, stored, counted, ...of } of compared) {
            expect({ ...of, rule, ...stored }).toEqual({ ...of, rule, ...counted });
            seen[rule] = (seen[rule] ?? 0) + 1;
          }
          // a due date that was corrected is the one of the facts that stand
          const standingNow = countDueDates(standing(events), calendars);
          for (const id of await store.listStreams({ limit: 1000 })) {
            for (const told of await book.explain(id)) {
              expect([told.deadline, told.agrees]).not.toEqual([told.deadline, false]);
              const last = standingNow.findLast(
                (one) => one.stream === id && one.id === told.deadline,
              );
              expect(told.dueOn).toBe(last?.counted.dueOn);
              expect(told.changes.at(-1)?.to).toBe(told.dueOn);
            }
          }
          for (const { type } of events) seen[type] = (seen[type] ?? 0) + 1;
        },
      ),
      { numRuns: 40 },
    );
    // every rule was really counted, and some dates were put off or moved
    const counted = [
      "npc-reply-2015",
      "cppcc-reply",
      "cppcc-reply-complex",
      "co-opinion",
      "rehandling",
      "publication",
      "return-request",
      "assignment",
      "commitment",
      "DeadlineExtended",
      "DeadlinesRecomputed",
    ];
    expect(counted.filter((name) => seen[name] === undefined)).toEqual([]);
  });
});
