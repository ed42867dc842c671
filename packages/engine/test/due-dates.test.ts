/** @module due-dates.test — from a rule and the day of its trigger to the last day in time. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import type { RuleFacts, Triggered } from "../src/rulebook/due-on.ts";
import { dueDatesFor } from "../src/rulebook/due-on.ts";
import type { DeadlineRule, Term } from "../src/rulebook/deadline-rule.ts";
import type { Rulebook } from "../src/rulebook/rulebook.ts";
import { shippedRulebook } from "../src/rulebook/shipped.ts";
import { endOfTerm } from "../src/rulebook/terms/term.ts";
import { indexCalendar, isWorkingDay } from "../src/rulebook/calendar/working-days.ts";
import { addMonths, dateOfDayNumber, dayNumber } from "../src/time/civil-date.ts";
import { caseId } from "./given.ts";

const calendar = indexCalendar(stateCouncil);
const national = await shippedRulebook("national");

const dueOn = (term: Term, from: string) => endOfTerm(term, from, { calendar, workingHours: [] });

const months = (amount: number, rollOver: Term["rollOver"] = "nextWorkingDay"): Term => ({
  amount,
  unit: "calendarMonth",
  count: "dayZero",
  rollOver,
});

describe("terms in months 月数期限", () => {
  // the unrolled date stands beside the rolled one, so that each shows what the other switch does
  it.each([
    ["2021-04-02", 3, "2021-07-02", "2021-07-02", "the same-numbered day"],
    ["2021-03-26", 3, "2021-06-26", "2021-06-28", "a Saturday rolls to Monday"],
    ["2026-03-31", 3, "2026-06-30", "2026-06-30", "June has no 31st"],
    ["2025-11-30", 3, "2026-02-28", "2026-02-28", "a working Saturday does not roll"],
    ["2026-07-03", 3, "2026-10-03", "2026-10-08", "a day in the holiday rolls behind it"],
    ["2026-02-02", 3, "2026-05-02", "2026-05-06", "a day in the holiday rolls behind it"],
    ["2023-11-30", 3, "2024-02-29", "2024-02-29", "a leap year's February"],
    ["2023-11-29", 3, "2024-02-29", "2024-02-29", "a leap day is a day like any other"],
    ["2024-02-29", 12, "2025-02-28", "2025-02-28", "no leap day a year later"],
    ["2024-02-29", 1, "2024-03-29", "2024-03-29", "the 29th, not the end of the month"],
    ["2024-02-29", 48, "2028-02-29", "2028-02-29", "the next leap day"],
    ["2021-01-31", 1, "2021-02-28", "2021-03-01", "clamped to a Sunday, then rolled"],
    ["2020-12-31", 6, "2021-06-30", "2021-06-30", "over the end of a year"],
    ["2021-10-31", 4, "2022-02-28", "2022-02-28", "over the end of a year, clamped"],
    ["2020-08-31", 1, "2020-09-30", "2020-09-30", "September has no 31st"],
    ["2024-12-01", 1, "2025-01-01", "2025-01-02", "New Year's Day rolls"],
    ["2020-02-29", 56, "2024-10-29", "2024-10-29", "many months"],
    ["2023-04-21", 46, "2027-02-21", "2027-02-22", "many months"],
  ])("%s and %i months end on %s, rolled on %s: %s", (from, amount, plain, rolled) => {
    expect(dueOn(months(amount, "none"), from).dueOn).toBe(plain);
    expect(dueOn(months(amount), from).dueOn).toBe(rolled);
  });

  it("are certain while they end in a published year", () => {
    expect(dueOn(months(4), "2026-08-31")).toEqual({
      dueOn: "2026-12-31",
      provisional: false,
    });
  });

  it("are provisional when the roll depends on a year that is not yet published", () => {
    expect(dueOn(months(6), "2026-08-31")).toEqual({
      dueOn: "2027-03-01",
      provisional: true,
    });
    expect(dueOn(months(6), "2026-09-01")).toEqual({
      dueOn: "2027-03-01",
      provisional: true,
    });
  });

  it("are never provisional without a roll: no notice can move them", () => {
    expect(dueOn(months(6, "none"), "2026-08-31")).toEqual({
      dueOn: "2027-02-28",
      provisional: false,
    });
  });
});

describe("terms in days 日数期限", () => {
  const days = (amount: number, unit: Term["unit"], rollOver: Term["rollOver"]): Term => ({
    amount,
    unit,
    count: "dayZero",
    rollOver,
  });

  it("calendar days count holidays too, and end where they end unless they roll", () => {
    expect(dueOn(days(15, "calendarDay", "none"), "2026-09-18")).toEqual({
      dueOn: "2026-10-03",
      provisional: false,
    });
    expect(dueOn(days(15, "calendarDay", "nextWorkingDay"), "2026-09-18")).toEqual({
      dueOn: "2026-10-08",
      provisional: false,
    });
  });

  it("ten working days are not fourteen calendar days", () => {
    expect(dueOn(days(10, "workingDay", "none"), "2026-09-18").dueOn).toBe("2026-10-09");
    expect(dueOn(days(14, "calendarDay", "none"), "2026-09-18").dueOn).toBe("2026-10-02");
  });

  it("working days never roll: they end on one, a make-up Saturday included", () => {
    for (const rollOver of ["none", "nextWorkingDay"] as const) {
      expect(dueOn(days(5, "workingDay", rollOver), "2026-09-28")).toEqual({
        dueOn: "2026-10-10",
        provisional: false,
      });
    }
  });
});

const facts = (given: Partial<RuleFacts> = {}): RuleFacts => ({
  kind: "cppcc",
  role: "sole",
  isComplex: false,
  isKey: false,
  round: 1,
  ...given,
});

const dispatched: Triggered = { dispatched: "2021-04-02" };

/** The due dates of a case under a rulebook. */
const dueUnder = (rulebook: Rulebook, triggered: Triggered, given: Partial<RuleFacts> = {}) =>
  dueDatesFor(caseId, { rulebook, calendar }, triggered, facts(given));

const rulesOf = (...under: Parameters<typeof dueUnder>): string[] =>
  dueUnder(...under).map(({ rule }) => rule);

describe("which rules apply 适用规则", () => {
  it("a proposal that is ours to answer has a term for the reply and a window for sending it back", () => {
    for (const role of ["sole", "lead", "separate"] as const) {
      expect(rulesOf(national, dispatched, { role })).toEqual(["cppcc-reply", "return-request"]);
    }
  });

  it("a co-handler owes its opinion, not the reply", () => {
    expect(rulesOf(national, dispatched, { role: "assist" })).toEqual([
      "co-opinion",
      "return-request",
    ]);
  });

  it("a complex case has the longer term, and only that one", () => {
    expect(rulesOf(national, dispatched, { isComplex: true })[0]).toBe("cppcc-reply-complex");
    expect(rulesOf(national, dispatched, { kind: "npc", isComplex: true })[0]).toBe(
      "npc-reply-complex-2015",
    );
  });

  it("a rule is for its own trigger alone", () => {
    const rehandlingOrdered = "2021-07-05";
    expect(rulesOf(national, { rehandlingOrdered }, { round: 2 })).toEqual(["rehandling"]);
    expect(rulesOf(national, { replyDelivered: "2021-06-30" })).toEqual(["publication"]);
    expect(rulesOf(national, { submitted: "2021-03-01" })).toEqual([]);
    expect(rulesOf(national, {})).toEqual([]);
  });

  it("an unknown kind has only what holds for every kind", () => {
    expect(rulesOf(national, dispatched, { kind: "toString" })).toEqual(["return-request"]);
  });

  const reply = national.deadlines.find(({ id }) => id === "cppcc-reply");
  const rule = (id: string, given: Partial<DeadlineRule>): DeadlineRule => {
    if (reply === undefined) throw new Error("the national rulebook has no reply term");
    return { ...reply, id, ...given };
  };
  const withRules = (...deadlines: readonly DeadlineRule[]): Rulebook => ({
    ...national,
    deadlines,
  });

  it("the first rule that fits wins, deadline by deadline", () => {
    const rulebook = withRules(
      rule("key", { appliesTo: { isKey: true } }),
      rule("plain", { appliesTo: { isKey: false } }),
      rule("contact", { appliesTo: {}, deadline: "first-contact" }),
      rule("fallback", { appliesTo: {} }),
    );
    expect(rulesOf(rulebook, dispatched, { isKey: true })).toEqual(["key", "contact"]);
    expect(rulesOf(rulebook, dispatched, { isKey: false })).toEqual(["plain", "contact"]);
  });

  it("a rule that is only shown sets no due date and does not stand in another's way", () => {
    const notApplied = { zh: "供参考", en: "for information" };
    const rulebook = withRules(rule("shown", { notApplied }), rule("applied", {}));
    expect(rulesOf(rulebook, dispatched)).toEqual(["applied"]);
  });

  it("a rule holds from its first day up to and including its last", () => {
    const rulebook = withRules(
      rule("old", { validFrom: "2015-08-29", validTo: "2025-03-11" }),
      rule("new", { validFrom: "2025-03-12", validTo: null }),
    );
    const rulesOn = (on: string) => rulesOf(rulebook, { dispatched: on });
    expect(rulesOn("2015-08-28")).toEqual([]);
    expect(rulesOn("2015-08-29")).toEqual(["old"]);
    expect(rulesOn("2025-03-11")).toEqual(["old"]);
    expect(rulesOn("2025-03-12")).toEqual(["new"]);
  });

  it("a rule for levels, phases or rounds is for no case that does not say its own", () => {
    const rulebook = withRules(
      rule("city", { appliesTo: { levels: ["city", "county"] } }),
      rule("between", { appliesTo: { phases: ["intersession"] } }),
      rule("again", { appliesTo: { rounds: [2] } }),
      rule("fallback", { appliesTo: {} }),
    );
    expect(rulesOf(rulebook, dispatched)).toEqual(["fallback"]);
    expect(rulesOf(rulebook, dispatched, { level: "county" })).toEqual(["city"]);
    expect(rulesOf(rulebook, dispatched, { level: "provincial" })).toEqual(["fallback"]);
    expect(rulesOf(rulebook, dispatched, { submissionPhase: "intersession" })).toEqual(["between"]);
    expect(rulesOf(rulebook, dispatched, { submissionPhase: "inSession" })).toEqual(["fallback"]);
    expect(rulesOf(rulebook, dispatched, { round: 2 })).toEqual(["again"]);
    expect(rulesOf(rulebook, dispatched, { round: 3 })).toEqual(["fallback"]);
  });

  it("a case that does not say its level is of the rulebook's own one", () => {
    const rulebook = { ...withRules(rule("city", { appliesTo: { levels: ["city"] } })) };
    const own: Rulebook = { ...rulebook, ownLevel: "city" };
    expect(rulesOf(own, dispatched)).toEqual(["city"]);
    expect(rulesOf(own, dispatched, { level: "provincial" })).toEqual([]);
  });

  it("a term may count from a due date that another rule sets, whichever stands first", () => {
    const contact = rule("contact", {
      appliesTo: {},
      deadline: "first-contact",
      trigger: "dueDateOf:reply",
      direction: "before",
      amount: 20,
      unit: "calendarDay",
      rollOver: "previousWorkingDay",
    });
    // the reply is due on 2 July; twenty days before is Saturday 12 June, the eve of a holiday
    for (const rulebook of [
      withRules(contact, rule("reply", {})),
      withRules(rule("reply", {}), contact),
    ]) {
      const due = dueUnder(rulebook, dispatched);
      expect(due.find(({ id }) => id === "first-contact")).toMatchObject({
        dueOn: "2021-06-11",
        countedFrom: "2021-07-02",
      });
    }
    expect(dueUnder(withRules(contact), dispatched)).toEqual([]);
  });

  it("a term that ends on a fixed day is for the cases dispatched before it in that year", () => {
    const { amount: _amount, ...fixed } = rule("by-july", {
      trigger: "fixedDate",
      unit: "date",
      monthDay: "07-31",
      rollOver: "none",
    });
    const rulebook = withRules(fixed, rule("otherwise", {}));
    const dueOf = (on: string) =>
      dueUnder(rulebook, { dispatched: on, fixedDate: on }).map(({ rule: id, dueOn: due }) => [
        id,
        due,
      ]);
    expect(dueOf("2021-04-02")).toEqual([["by-july", "2021-07-31"]]);
    expect(dueOf("2021-07-30")).toEqual([["by-july", "2021-07-31"]]);
    expect(dueOf("2021-07-31")).toEqual([["otherwise", "2021-11-01"]]);
    expect(dueOf("2021-09-10")).toEqual([["otherwise", "2021-12-10"]]);
  });
});

describe("due dates with their reasons 时限及依据", () => {
  it("each says what it was computed from, ready to be written into an event", () => {
    expect(dueUnder(national, dispatched, { kind: "npc" })).toEqual([
      {
        id: "reply",
        dueOn: "2021-07-02",
        provisional: false,
        countedFrom: "2021-04-02",
        rule: "npc-reply-2015",
        source:
          "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》（2015年修正）第四十二条",
        rulebook: "national@2025",
        calendar: stateCouncil.edition,
      },
      {
        id: "return-request",
        dueOn: "2021-04-19",
        provisional: false,
        countedFrom: "2021-04-02",
        rule: "return-request",
        source: "默认值：未查到国家层面关于退办期限的规定，取地方规定中较宽的十个工作日",
        rulebook: "national@2025",
        calendar: stateCouncil.edition,
      },
    ]);
  });

  it("name no calendar when none was consulted", () => {
    const calendarOf = (unit: Term["unit"], rollOver: Term["rollOver"]) =>
      dueUnder(
        {
          ...national,
          deadlines: national.deadlines.map((rule) => ({ ...rule, unit, rollOver })),
        },
        { rehandlingOrdered: "2021-07-05" },
        { round: 2 },
      ).map((due) => due.calendar);
    expect(calendarOf("calendarMonth", "none")).toEqual([null]);
    expect(calendarOf("calendarDay", "none")).toEqual([null]);
    expect(calendarOf("workingDay", "none")).toEqual([stateCouncil.edition]);
    expect(calendarOf("calendarMonth", "nextWorkingDay")).toEqual([stateCouncil.edition]);
  });

  it("say when an unpublished year may still move them", () => {
    const due = dueUnder(national, { dispatched: "2026-08-31" }, { isComplex: true });
    expect(due.map(({ id, dueOn: on, provisional }) => [id, on, provisional])).toEqual([
      ["reply", "2027-03-01", true],
      ["return-request", "2026-09-14", false],
    ]);
  });
});

describe("due dates, for every date", () => {
  const date = fc
    .integer({ min: dayNumber("2004-01-01"), max: dayNumber("2027-12-31") })
    .map(dateOfDayNumber);
  const term = fc.record<Term>({
    amount: fc.integer({ min: 1, max: 60 }),
    unit: fc.constantFrom("workingDay", "calendarDay", "calendarMonth"),
    count: fc.constantFrom("dayZero", "nextDayZero", "dayOne", "moveThenCount", "nextWorkingDay"),
    rollOver: fc.constantFrom("none", "nextWorkingDay"),
  });

  it("a rolled due date is a working day and never earlier than the unrolled one", () => {
    fc.assert(
      fc.property(date, term, (from, given) => {
        const plain = dueOn({ ...given, rollOver: "none" }, from).dueOn;
        const rolled = dueOn({ ...given, rollOver: "nextWorkingDay" }, from).dueOn;
        expect(isWorkingDay(rolled, calendar)).toBe(true);
        expect(rolled === plain).toBe(isWorkingDay(plain, calendar));
        expect(rolled >= plain).toBe(true);
      }),
    );
  });

  it("a later trigger never falls due earlier", () => {
    fc.assert(
      fc.property(date, date, term, (one, other, given) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        expect(dueOn(given, earlier).dueOn <= dueOn(given, later).dueOn).toBe(true);
      }),
    );
  });

  it("a month term keeps the day's number or takes the month's last day", () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 60 }), (from, amount) => {
        const due = dueOn(months(amount, "none"), from).dueOn;
        const number = Number(from.slice(8));
        const dayAfter = dateOfDayNumber(dayNumber(due) + 1);
        const isLastOfMonth = dayAfter.endsWith("-01");
        expect(
          Number(due.slice(8)) === number || (isLastOfMonth && Number(due.slice(8)) < number),
        ).toBe(true);
        expect(due.slice(0, 7)).toBe(addMonths(`${from.slice(0, 7)}-01`, amount).slice(0, 7));
      }),
    );
  });
});

describe("due dates on any machine 不受主机时区影响", () => {
  /** Answers for days on which one of the zones changed its clock or, as Apia in 2011, left out a day. */
  const program = `
    import { stateCouncil } from "./rulebook/calendar/state-council.ts";
    import { endOfTerm } from "./rulebook/terms/term.ts";
    import { indexCalendar, workingDaysBetween } from "./rulebook/calendar/working-days.ts";
    import { dateOfDayNumber, dayNumber } from "./time/civil-date.ts";
    const calendar = indexCalendar(stateCouncil);
    const answers = [];
    for (const start of ["1986-05-02", "2011-12-20", "2021-03-10", "2021-10-01", "2026-10-28"]) {
      for (let day = dayNumber(start); day < dayNumber(start) + 14; day += 1) {
        const from = dateOfDayNumber(day);
        for (const unit of ["workingDay", "calendarDay", "calendarMonth"]) {
          for (const rollOver of ["none", "nextWorkingDay"]) {
            for (const amount of [1, 3, 10]) {
              const term = { amount, unit, count: "dayZero", rollOver };
              const due = endOfTerm(term, from, { calendar, workingHours: [] });
              answers.push([from, due, workingDaysBetween(from, due.dueOn, calendar)]);
            }
          }
        }
      }
    }
    const offset = new Date(2021, 6, 1).getTimezoneOffset();
    process.stdout.write(JSON.stringify({ offset, answers }));
  `;
  const [bundle] = buildSync({
    stdin: {
      contents: program,
      loader: "ts",
      resolveDir: fileURLToPath(new URL("../src", import.meta.url)),
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
  }).outputFiles;

  const runIn = (zone: string): { offset: number; answers: unknown[] } =>
    JSON.parse(
      execFileSync(process.execPath, ["--input-type=module", "-"], {
        input: bundle?.text ?? "",
        env: { ...process.env, TZ: zone },
        encoding: "utf8",
      }),
    );

  it("are the same in Los Angeles, Shanghai, Apia and at UTC", () => {
    const zones = ["America/Los_Angeles", "Asia/Shanghai", "Pacific/Apia", "UTC"];
    const [first, ...others] = zones.map(runIn);
    // the control: the machines do differ
    expect([first, ...others].map((run) => run?.offset)).toEqual([420, -480, -780, 0]);
    expect(first?.answers).toHaveLength(5 * 14 * 3 * 2 * 3);
    for (const other of others) expect(other.answers).toEqual(first?.answers);
  });
});
