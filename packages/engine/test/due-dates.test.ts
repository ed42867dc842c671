/** @module due-dates.test — from a rule and the day of its trigger to the last day in time. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stateCouncil } from "../src/rulebook/calendars/state-council.ts";
import type { Term, TriggerFacts } from "../src/rulebook/due-on.ts";
import { dueDatesFor, dueOn, rulesFor } from "../src/rulebook/due-on.ts";
import type { DeadlineRule } from "../src/rulebook/rulebook.ts";
import { national } from "../src/rulebook/rulebooks/national.ts";
import { indexCalendar, isWorkingDay } from "../src/rulebook/working-days.ts";
import { addMonths, dateOfDayNumber, dayNumber } from "../src/time/civil-date.ts";

const calendar = indexCalendar(stateCouncil);

const months = (amount: number, rollOver: Term["rollOver"] = "nextWorkingDay"): Term => ({
  amount,
  unit: "calendarMonth",
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
    expect(dueOn(months(amount, "none"), from, calendar).dueOn).toBe(plain);
    expect(dueOn(months(amount), from, calendar).dueOn).toBe(rolled);
  });

  it("are certain while they end in a published year", () => {
    expect(dueOn(months(4), "2026-08-31", calendar)).toEqual({
      dueOn: "2026-12-31",
      provisional: false,
    });
  });

  it("are provisional when the roll depends on a year that is not yet published", () => {
    expect(dueOn(months(6), "2026-08-31", calendar)).toEqual({
      dueOn: "2027-03-01",
      provisional: true,
    });
    expect(dueOn(months(6), "2026-09-01", calendar)).toEqual({
      dueOn: "2027-03-01",
      provisional: true,
    });
  });

  it("are never provisional without a roll: no notice can move them", () => {
    expect(dueOn(months(6, "none"), "2026-08-31", calendar)).toEqual({
      dueOn: "2027-02-28",
      provisional: false,
    });
  });
});

describe("terms in days 日数期限", () => {
  const days = (amount: number, unit: Term["unit"], rollOver: Term["rollOver"]): Term => ({
    amount,
    unit,
    rollOver,
  });

  it("calendar days count holidays too, and end where they end unless they roll", () => {
    expect(dueOn(days(15, "calendarDay", "none"), "2026-09-18", calendar)).toEqual({
      dueOn: "2026-10-03",
      provisional: false,
    });
    expect(dueOn(days(15, "calendarDay", "nextWorkingDay"), "2026-09-18", calendar)).toEqual({
      dueOn: "2026-10-08",
      provisional: false,
    });
  });

  it("ten working days are not fourteen calendar days", () => {
    expect(dueOn(days(10, "workingDay", "none"), "2026-09-18", calendar).dueOn).toBe("2026-10-09");
    expect(dueOn(days(14, "calendarDay", "none"), "2026-09-18", calendar).dueOn).toBe("2026-10-02");
  });

  it("working days never roll: they end on one, a make-up Saturday included", () => {
    for (const rollOver of ["none", "nextWorkingDay"] as const) {
      expect(dueOn(days(5, "workingDay", rollOver), "2026-09-28", calendar)).toEqual({
        dueOn: "2026-10-10",
        provisional: false,
      });
    }
  });
});

const facts = (given: Partial<TriggerFacts> = {}): TriggerFacts => ({
  kind: "cppcc",
  role: "sole",
  isComplex: false,
  isKey: false,
  on: "2021-04-02",
  ...given,
});

const idsOf = (rules: readonly DeadlineRule[]): string[] => rules.map(({ id }) => id);

describe("which rules apply 适用规则", () => {
  it("a proposal that is ours to answer has a term for the reply and a window for sending it back", () => {
    for (const role of ["sole", "lead", "separate"] as const) {
      expect(idsOf(rulesFor(national, "dispatched", facts({ role })))).toEqual([
        "cppcc-reply",
        "return-request",
      ]);
    }
  });

  it("a co-handler owes its opinion, not the reply", () => {
    expect(idsOf(rulesFor(national, "dispatched", facts({ role: "assist" })))).toEqual([
      "co-opinion",
      "return-request",
    ]);
  });

  it("a complex case has the longer term, and only that one", () => {
    expect(idsOf(rulesFor(national, "dispatched", facts({ isComplex: true })))[0]).toBe(
      "cppcc-reply-complex",
    );
    expect(
      idsOf(rulesFor(national, "dispatched", facts({ kind: "npc", isComplex: true })))[0],
    ).toBe("npc-reply-complex");
  });

  it("a rule is for its own trigger alone", () => {
    expect(idsOf(rulesFor(national, "rehandlingOrdered", facts()))).toEqual(["rehandling"]);
    expect(rulesFor(national, "replyDelivered", facts())).toEqual([]);
  });

  it("an unknown kind has only what holds for every kind", () => {
    expect(idsOf(rulesFor(national, "dispatched", facts({ kind: "toString" })))).toEqual([
      "return-request",
    ]);
  });

  const [reply] = rulesFor(national, "dispatched", facts());
  const rule = (id: string, given: Partial<DeadlineRule>): DeadlineRule => {
    if (reply === undefined) throw new Error("the national rulebook has no reply term");
    return { ...reply, id, ...given };
  };

  it("the first rule that fits wins, deadline by deadline", () => {
    const deadlines = [
      rule("key", { appliesTo: { isKey: true } }),
      rule("plain", { appliesTo: { isKey: false } }),
      rule("contact", { appliesTo: {}, deadline: "first-contact" }),
      rule("fallback", { appliesTo: {} }),
    ];
    const idsFor = (isKey: boolean) =>
      idsOf(rulesFor({ deadlines }, "dispatched", facts({ isKey })));
    expect(idsFor(true)).toEqual(["key", "contact"]);
    expect(idsFor(false)).toEqual(["plain", "contact"]);
  });

  it("a rule holds from its first day up to and including its last", () => {
    const deadlines = [
      rule("old", { validFrom: "2015-08-29", validTo: "2025-03-11" }),
      rule("new", { validFrom: "2025-03-12", validTo: null }),
    ];
    const idsOn = (on: string) => idsOf(rulesFor({ deadlines }, "dispatched", facts({ on })));
    expect(idsOn("2015-08-28")).toEqual([]);
    expect(idsOn("2015-08-29")).toEqual(["old"]);
    expect(idsOn("2025-03-11")).toEqual(["old"]);
    expect(idsOn("2025-03-12")).toEqual(["new"]);
  });
});

describe("due dates with their reasons 时限及依据", () => {
  const law = { rulebook: national, calendar };

  it("each says what it was computed from, ready to be written into an event", () => {
    expect(dueDatesFor(law, "dispatched", facts({ kind: "npc" }))).toEqual([
      {
        id: "reply",
        dueOn: "2021-07-02",
        provisional: false,
        countedFrom: "2021-04-02",
        rule: "npc-reply",
        source: "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》第五十一条",
        rulebook: "national@2025",
        calendar: "cn-2026.1",
      },
      {
        id: "return-request",
        dueOn: "2021-04-19",
        provisional: false,
        countedFrom: "2021-04-02",
        rule: "return-request",
        source: "默认值：国家法律未规定退办期限，取地方规定中较宽的十个工作日",
        rulebook: "national@2025",
        calendar: "cn-2026.1",
      },
    ]);
  });

  it("name no calendar when none was consulted", () => {
    const plain = (unit: Term["unit"], rollOver: Term["rollOver"]) =>
      dueDatesFor(
        {
          calendar,
          rulebook: {
            ...national,
            deadlines: national.deadlines.map((rule) => ({ ...rule, unit, rollOver })),
          },
        },
        "rehandlingOrdered",
        facts(),
      ).map((due) => due.calendar);
    expect(plain("calendarMonth", "none")).toEqual([null]);
    expect(plain("calendarDay", "none")).toEqual([null]);
    expect(plain("workingDay", "none")).toEqual(["cn-2026.1"]);
    expect(plain("calendarMonth", "nextWorkingDay")).toEqual(["cn-2026.1"]);
  });

  it("say when an unpublished year may still move them", () => {
    const due = dueDatesFor(law, "dispatched", facts({ isComplex: true, on: "2026-08-31" }));
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
    rollOver: fc.constantFrom("none", "nextWorkingDay"),
  });

  it("a rolled due date is a working day and never earlier than the unrolled one", () => {
    fc.assert(
      fc.property(date, term, (from, given) => {
        const plain = dueOn({ ...given, rollOver: "none" }, from, calendar).dueOn;
        const rolled = dueOn({ ...given, rollOver: "nextWorkingDay" }, from, calendar).dueOn;
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
        expect(dueOn(given, earlier, calendar).dueOn <= dueOn(given, later, calendar).dueOn).toBe(
          true,
        );
      }),
    );
  });

  it("a month term keeps the day's number or takes the month's last day", () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 60 }), (from, amount) => {
        const due = dueOn(months(amount, "none"), from, calendar).dueOn;
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
    import { stateCouncil } from "./rulebook/calendars/state-council.ts";
    import { dueOn } from "./rulebook/due-on.ts";
    import { indexCalendar, workingDaysBetween } from "./rulebook/working-days.ts";
    import { dateOfDayNumber, dayNumber } from "./time/civil-date.ts";
    const calendar = indexCalendar(stateCouncil);
    const answers = [];
    for (const start of ["1986-05-02", "2011-12-20", "2021-03-10", "2021-10-01", "2026-10-28"]) {
      for (let day = dayNumber(start); day < dayNumber(start) + 14; day += 1) {
        const from = dateOfDayNumber(day);
        for (const unit of ["workingDay", "calendarDay", "calendarMonth"]) {
          for (const rollOver of ["none", "nextWorkingDay"]) {
            for (const amount of [1, 3, 10]) {
              const due = dueOn({ amount, unit, rollOver }, from, calendar);
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
