/** @module conformance.test — tables of known answers, and the machinery that holds us to them. */
import { readdirSync, readFileSync } from "node:fs";
import { LegalHoliday } from "tyme4ts";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { displayShares } from "../src/casebook/share.ts";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import { completeRulebook } from "../src/rulebook/complete.ts";
import type {
  BetweenTable,
  ConformanceTable,
  RuleTable,
  ShareTable,
  TableContext,
  TermTable,
} from "../src/rulebook/conformance/conformance.ts";
import { checkTable } from "../src/rulebook/conformance/conformance.ts";
import { readTable } from "../src/rulebook/conformance/read-table.ts";
import { tableFileSchema } from "../src/rulebook/conformance/table-schema.ts";
import type { DeadlineRule, Term } from "../src/rulebook/deadline-rule.ts";
import type { Rounding } from "../src/rulebook/rate-definition.ts";

const folder = new URL("../src/rules/conformance/", import.meta.url);

const read = (json: unknown): ConformanceTable => {
  const answer = readTable(json);
  if ("problems" in answer) throw new Error(JSON.stringify(answer.problems));
  return answer.table;
};

// the tables of places are checked beside the rulebooks of these places
const tables = readdirSync(folder)
  .filter((name) => name.endsWith(".json") && !name.startsWith("vectors-"))
  .toSorted()
  .map((name) => ({ name, table: read(JSON.parse(readFileSync(new URL(name, folder), "utf8"))) }));

/** Shares by whole numbers without an end, knowing nothing of how the engine prints them. */
const printShares = (counts: readonly number[], { decimals, mode }: Rounding): string[] => {
  const whole = counts.reduce((sum, one) => sum + BigInt(one), 0n);
  if (whole === 0n) return counts.map(() => "—");
  const units = 10n ** BigInt(decimals) * 100n;
  const cut = counts.map((one) => (BigInt(one) * units) / whole);
  const rest = counts.map((one) => (BigInt(one) * units) % whole);
  if (mode === "halfUp") {
    rest.forEach((one, index) => (cut[index] = (cut[index] ?? 0n) + (one * 2n >= whole ? 1n : 0n)));
  }
  if (mode === "largestRemainder") {
    const order = counts
      .map((count, index) => ({ count, index, rest: Number(rest[index]) }))
      .toSorted((a, b) => b.rest - a.rest || b.count - a.count);
    const missing = units - cut.reduce((sum, one) => sum + one, 0n);
    for (const { index } of order.slice(0, Number(missing))) cut[index] = (cut[index] ?? 0n) + 1n;
  }
  return cut.map((one) => `${(Number(one) / 10 ** decimals).toFixed(decimals)}%`);
};

const context: TableContext = {
  rulebooks: () => undefined,
  calendar: stateCouncil,
  printShares,
};

describe("tables of known answers 符合性表", () => {
  it("each stands in the file of its name", () => {
    expect(tables.map(({ table }) => `${table.table}.json`)).toEqual(
      tables.map(({ name }) => name),
    );
    expect(tables.length).toBeGreaterThan(35);
  });

  it.each(tables)("$name comes out, and fails where it must", ({ table }) => {
    expect(checkTable(table, context)).toEqual({
      table: table.table,
      label: table.label,
      rows: table.rows.length,
      failures: [],
      wrongPasses: [],
      ok: true,
    });
  });
});

describe("shares as the engine prints them", () => {
  const shares = tables.filter(({ table }) => table.kind === "share");

  it.each(shares)("$name comes out", ({ table }) => {
    expect(checkTable(table, { ...context, printShares: displayShares })).toMatchObject({
      failures: [],
      wrongPasses: [],
    });
  });
});

const dayMs = 86_400_000;
const ms = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const plus = (date: string, days: number): string =>
  new Date(ms(date) + days * dayMs).toISOString().slice(0, 10);

describe("the tables, counted anew by walking day by day", () => {
  /** Whether a day is worked: by tyme4ts, or by the table's own lists. */
  const worksIn =
    (calendar: TermTable["calendar"]) =>
    (date: string): boolean => {
      const isWeekend = [0, 6].includes(new Date(ms(date)).getUTCDay());
      if (calendar !== "state-council") {
        return isWeekend ? calendar.makeUpDays.includes(date) : !calendar.daysOff.includes(date);
      }
      const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
      return LegalHoliday.fromYmd(year, month, day)?.isWork() ?? !isWeekend;
    };

  /** The State Council's holidays by tyme4ts; an ordinary weekend is none. */
  const isHoliday = (date: string): boolean => {
    const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
    return LegalHoliday.fromYmd(year, month, day)?.isWork() === false;
  };

  const monthsOn = (date: string, months: number): string => {
    const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
    const last = new Date(Date.UTC(year, month + months, 0));
    return `${last.toISOString().slice(0, 8)}${String(Math.min(day, last.getUTCDate())).padStart(2, "0")}`;
  };

  /** Where a term in days ends. */
  const walk = (term: Term, from: string, works: (date: string) => boolean): string => {
    const next = term.direction === "before" ? -1 : 1;
    const amount = term.amount ?? 0;
    let day = from;
    if (from.length > 10) {
      const local = new Intl.DateTimeFormat("sv-SE", {
        timeZone: "Asia/Shanghai",
        dateStyle: "short",
        timeStyle: "short",
      }).format(new Date(from));
      day = local.slice(0, 10);
      if (term.cutOff !== undefined && local.slice(11) >= term.cutOff) day = plus(day, 1);
    }
    const toWorked = (date: string, step: number): string => {
      let here = date;
      while (!works(here)) here = plus(here, step);
      return here;
    };
    if (term.count === "moveThenCount") day = toWorked(day, next);
    if (term.count === "nextDayZero") day = plus(day, next);
    if (term.count === "dayOne") day = plus(day, -next);
    if (term.unit === "workingDay") {
      if (amount === 0) return toWorked(day, next);
      for (let left = amount; left > 0; left -= works(day) ? 1 : 0) day = plus(day, next);
      return day;
    }
    for (let left = term.unit === "calendarDay" ? amount : 0; left > 0; left -= 1) {
      day = plus(day, next);
    }
    if (term.unit === "calendarMonth") day = monthsOn(day, next * amount);
    if (term.rollOver === "nextWorkingDay") day = toWorked(day, 1);
    if (term.rollOver === "nextNonHoliday") while (isHoliday(day)) day = plus(day, 1);
    return day;
  };

  const isOfTerms = (table: ConformanceTable): table is TermTable =>
    table.kind === undefined && table.term.unit !== "hour" && table.term.unit !== "workingHour";

  it("gives every due date of every table of terms in days", () => {
    const counted = tables.flatMap(({ table }) =>
      isOfTerms(table)
        ? table.rows.map((row) => ({
            row,
            end: walk(
              { ...table.term, ...(row.amount === undefined ? {} : { amount: row.amount }) },
              row.from,
              worksIn(table.calendar),
            ),
          }))
        : [],
    );
    expect(counted.filter(({ row, end }) => row.dueOn !== end)).toEqual([]);
    expect(counted.length).toBeGreaterThan(110);
  });

  it("gives every number of working days between two days", () => {
    const wrong = tables.flatMap(({ table }) => {
      if (table.kind !== "between") return [];
      const works = worksIn(table.calendar);
      return table.rows.filter((row) => {
        if (!("days" in row)) return works(row.on) !== row.worked;
        let days = 0;
        for (let day = row.from; day <= row.to; day = plus(day, 1)) {
          const leftOut =
            (day === row.from && (table.ends === "last" || table.ends === "none")) ||
            (day === row.to && (table.ends === "first" || table.ends === "none"));
          if (!leftOut && works(day)) days += 1;
        }
        return days !== row.days;
      });
    });
    expect(wrong).toEqual([]);
  });
});

const head = {
  table: "own",
  label: { zh: "自拟", en: "Our own" },
  source: { zh: "本单位", en: "our office" },
};
const ownTerms: TermTable = {
  ...head,
  calendar: "state-council",
  term: { unit: "workingDay", count: "dayZero", rollOver: "none" },
  failsUnder: [{ unit: "calendarDay" }],
  rows: [{ from: "2026-09-28", amount: 5, dueOn: "2026-10-10" }],
};

describe("checking an office's own table", () => {
  it("names each row that does not come out, with what was found", () => {
    const wrong: TermTable = {
      ...ownTerms,
      rows: [
        ...ownTerms.rows,
        { from: "2026-09-28", amount: 5, dueOn: "2026-10-12", provisional: true },
      ],
    };
    expect(checkTable(wrong, context)).toMatchObject({
      table: "own",
      rows: 2,
      failures: [
        {
          row: 1,
          expected: { dueOn: "2026-10-12", provisional: true },
          found: { dueOn: "2026-10-10", provisional: false },
        },
      ],
      wrongPasses: [],
      ok: false,
    });
  });

  it("is not content with a table that comes out whatever the rule", () => {
    const blunt: TermTable = {
      ...ownTerms,
      failsUnder: [{ unit: "calendarDay" }, { count: "moveThenCount" }],
    };
    expect(checkTable(blunt, context)).toMatchObject({
      failures: [],
      wrongPasses: [{ count: "moveThenCount" }],
      ok: false,
    });
  });

  it("counts a term that cannot be computed as a wrong answer", () => {
    const refused = (term: TermTable["term"], from: string) =>
      checkTable(
        { ...ownTerms, term, failsUnder: [], rows: [{ from, amount: 5, dueOn: "2026-10-10" }] },
        context,
      ).failures[0]?.found.refused?.en;
    expect(refused({ ...ownTerms.term, unit: "hour" }, "2026-09-28")).toBe(
      "on must be an instant with its time of day, such as 2021-05-07T09:30+08:00.",
    );
    expect(refused({ ...ownTerms.term, unit: "workingHour" }, "2026-09-28T09:00+08:00")).toBe(
      "the office has no working hours",
    );
  });

  it("prints 50% and 50.00% as the same share, and fails where nothing prints shares", () => {
    const shares: ShareTable = {
      ...head,
      kind: "share",
      rounding: { decimals: 2, mode: "halfUp" },
      failsUnder: [],
      rows: [{ counts: [1, 1, 0], displays: ["50%", "50.0%", "0%"] }],
    };
    expect(checkTable(shares, context).ok).toBe(true);
    const { printShares: _, ...without } = context;
    expect(checkTable(shares, without).failures).toHaveLength(1);
    const blunt: ShareTable = { ...shares, failsUnder: [{ mode: "down" }] };
    expect(checkTable(blunt, context).wrongPasses).toEqual([{ mode: "down" }]);
  });

  it("counts the days between two days by the ends that are taken in", () => {
    const week = { from: "2026-11-16", to: "2026-11-20" };
    const counted = (ends: BetweenTable["ends"], days: number) =>
      checkTable(
        {
          ...head,
          kind: "between",
          calendar: "state-council",
          ends,
          failsUnder: [],
          rows: [{ ...week, days }],
        },
        context,
      ).ok;
    expect([
      counted("both", 5),
      counted("first", 4),
      counted("last", 4),
      counted("none", 3),
    ]).toEqual([true, true, true, true]);
    expect(counted("both", 4)).toBe(false);
  });
});

describe("a table of a rulebook's rules", () => {
  const rule: DeadlineRule = {
    id: "own-reply",
    deadline: "reply",
    appliesTo: {},
    trigger: "dispatched",
    unit: "calendarMonth",
    amount: 3,
    count: "dayZero",
    rollOver: "nextWorkingDay",
    extension: null,
    onMiss: "countAsLate",
    source: { title: { zh: "默认值", en: "default" } },
    confidence: "default",
    validFrom: "2020-01-01",
    validTo: "2026-08-31",
  };
  const rulebook = completeRulebook(
    {
      format: 2,
      id: "own",
      version: "2026",
      label: { zh: "自拟", en: "Our own" },
      validFrom: "2020-01-01",
      deadlines: [rule],
    },
    undefined,
  );
  const withRules: TableContext = {
    ...context,
    rulebooks: (name) => (name === "own@2026" ? rulebook : undefined),
  };
  const table: RuleTable = {
    ...head,
    kind: "rule",
    rulebook: "own@2026",
    calendar: "state-council",
    failsUnder: [{ rollOver: "none" }, { amount: 6 }],
    rows: [{ rule: "own-reply", from: "2026-07-03", dueOn: "2026-10-08" }],
  };

  it("uses the rule's own term", () => {
    expect(checkTable(table, withRules).ok).toBe(true);
  });

  it("fails where there is no such rule, or it is not valid on that day", () => {
    const found = (row: RuleTable["rows"][number], rules = withRules) =>
      checkTable({ ...table, failsUnder: [], rows: [row] }, rules).failures[0]?.found;
    const due = { dueOn: "2026-12-01" };
    expect(found({ rule: "other", from: "2026-09-01", ...due })).toMatchObject({
      refused: { en: "the rulebook own@2026 has no rule other" },
    });
    expect(found({ rule: "own-reply", from: "2026-09-01", ...due })).toMatchObject({
      refused: { en: "the rule own-reply is not valid on 2026-09-01" },
    });
    expect(found({ rule: "own-reply", from: "2026-09-01", on: "2026-08-31", ...due })).toBe(
      undefined,
    );
    expect(found({ rule: "own-reply", from: "2026-07-03", ...due }, context)).toMatchObject({
      refused: { en: expect.stringContaining("own@2026 neither comes with the program") },
    });
  });
});

describe("reading a table", () => {
  const places = (json: unknown): string[] => {
    const answer = readTable(json);
    return "problems" in answer ? answer.problems.map(({ place }) => place) : [];
  };
  const changed = (change: Readonly<Record<string, unknown>>): unknown => ({
    ...ownTerms,
    ...change,
  });

  it("gives the table back", () => {
    expect(readTable(ownTerms)).toEqual({ table: ownTerms });
  });

  it.each([
    [
      "a term without its way of counting",
      { term: { unit: "workingDay", rollOver: "none" } },
      "/term/count",
    ],
    ["an unknown unit", { term: { ...ownTerms.term, unit: "week" } }, "/term/unit"],
    ["an unknown calendar", { calendar: "lunar" }, "/calendar"],
    ["no calendar", { calendar: null }, "/calendar"],
    [
      "a date that does not exist",
      { rows: [{ from: "2026-02-30", amount: 1, dueOn: "2026-03-02" }] },
      "/rows/0/from",
    ],
    [
      "a negative amount",
      { rows: [{ from: "2026-03-02", amount: -1, dueOn: "2026-03-02" }] },
      "/rows/0/amount",
    ],
    [
      "half a day",
      { rows: [{ from: "2026-03-02", amount: 1.5, dueOn: "2026-03-02" }] },
      "/rows/0/amount",
    ],
    [
      "a member that is not known",
      { rows: [{ from: "2026-03-02", amount: 1, dueon: "2026-03-03" }] },
      "/rows/0/dueOn",
    ],
    ["no rows", { rows: [] }, "/rows"],
    ["an unknown kind", { kind: "pause" }, "/kind"],
  ])("names the place of %s", (_what, change, place) => {
    expect(places(changed(change))).toContain(place);
  });

  it("is no table at all without an object", () => {
    expect(places("a table")).toEqual([""]);
    expect(places(null)).toEqual([""]);
  });

  it.each([
    ["out of order", { daysOff: ["2026-05-04", "2026-05-01"] }, "/calendar/daysOff/1"],
    ["twice", { daysOff: ["2026-05-01", "2026-05-01"] }, "/calendar/daysOff/1"],
    ["a weekend day off", { daysOff: ["2026-05-02"] }, "/calendar/daysOff/0"],
    ["a weekday made up", { makeUpDays: ["2026-05-08"] }, "/calendar/makeUpDays/0"],
    ["outside the calendar", { daysOff: ["2027-01-01"] }, "/calendar/daysOff/0"],
    ["in another form", { daysOff: ["2026/05/01"] }, "/calendar/daysOff/0"],
    ["without its span", { to: undefined }, "/calendar/to"],
    ["that ends before it begins", { to: "2025-12-31" }, "/calendar/to"],
  ])("refuses a calendar with days %s", (_what, change, place) => {
    const calendar = {
      from: "2026-01-01",
      to: "2026-12-31",
      daysOff: [],
      makeUpDays: [],
      ...change,
    };
    expect(places(changed({ calendar }))).toContain(place);
  });

  it("says what is wrong and what to do, in both languages", () => {
    const shares = {
      ...head,
      kind: "share",
      rounding: { decimals: 2, mode: "halfUp" },
      failsUnder: [],
      rows: [{ counts: [1, 2], displays: ["33.33%"] }],
    };
    expect(readTable(shares)).toEqual({
      problems: [
        {
          place: "/rows/0/displays",
          rule: null,
          problem: {
            zh: "有 2 个数，却有 1 个占比。",
            en: "There are 2 counts and 1 shares.",
          },
          repair: { zh: "请为每个数写一个占比。", en: "Give one share for each count." },
        },
      ],
    });
  });
});

describe("given the schema an editor knows tables by", () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith(".json")))("%s fits it", (name) => {
    const json: unknown = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
    expect(v.is(tableFileSchema, json)).toBe(true);
  });

  it("a row with a member it does not know does not fit", () => {
    const json = JSON.parse(readFileSync(new URL("cmc-response.json", folder), "utf8")) as object;
    expect(
      v.is(tableFileSchema, { ...json, rows: [{ from: "2026-01-05", due: "2026-01-08" }] }),
    ).toBe(false);
  });
});
