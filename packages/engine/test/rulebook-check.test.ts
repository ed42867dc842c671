/** @module rulebook-check.test — mistakes that only show when the rules of a file are read together. */
import { describe, expect, it } from "vitest";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import { checkAgainstCalendar, checkRulebook } from "../src/rulebook/check/check.ts";
import { completeRulebook } from "../src/rulebook/complete.ts";
import { daysOf } from "../src/rulebook/check/lengths.ts";
import { readRulebook } from "../src/rulebook/check/read-rulebook.ts";
import type { RuleProblem } from "../src/rulebook/check/rule-problem.ts";
import type { DeadlineRule } from "../src/rulebook/deadline-rule.ts";
import type { Rulebook } from "../src/rulebook/rulebook.ts";
import { addWorkingDays, indexCalendar } from "../src/rulebook/calendar/working-days.ts";
import { addDays, addMonths, dayNumber } from "../src/time/civil-date.ts";
import type { Changes } from "./sample-rulebook.ts";
import { fileWith, replyRule, sample } from "./sample-rulebook.ts";

const problemsIn = (changes: Changes): readonly RuleProblem[] => {
  const read = readRulebook(fileWith(changes), () => undefined);
  return "problems" in read ? read.problems : [];
};

/** A mistake, the file nearest to it that is right, and the place, the rule and the facts that are named. */
type Row = Readonly<{
  mistake: Changes;
  right: Changes;
  place: string;
  rule?: string;
  says: readonly string[];
}>;

const table = (rows: Readonly<Record<string, Row>>): void => {
  it.each(Object.entries(rows))("%s", (_, { mistake, right, place, rule = null, says }) => {
    const problems = problemsIn(mistake);
    expect(problems).toMatchObject([{ place, rule }]);
    for (const { problem, repair } of problems) {
      for (const fact of says) {
        expect(problem.zh + repair.zh).toContain(fact);
        expect(problem.en + repair.en).toContain(fact);
      }
      expect([problem.zh, repair.zh].every((text) => text.endsWith("。"))).toBe(true);
      expect([problem.en, repair.en].every((text) => text.endsWith("."))).toBe(true);
    }
    expect(problemsIn(right)).toEqual([]);
  });
};

const fixedDay = {
  unit: "date",
  trigger: "fixedDate",
  monthDay: "07-31",
  amount: undefined,
  extension: null,
};
/** Changes of the first rule, `npc-reply`. */
const first = (members: Readonly<Record<string, unknown>>, index = 0): Changes =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [`/deadlines/${index}/${name}`, value]),
  );
const added = (rule: Readonly<Record<string, unknown>>, index = 4): Changes => ({
  [`/deadlines/${index}`]: rule,
});
const hours = [
  { from: "09:00", to: "12:00" },
  { from: "14:00", to: "17:30" },
];

describe("the sample", () => {
  it("has no mistake, as a file and in memory", () => {
    expect(problemsIn({})).toEqual([]);
    expect(checkRulebook(completeRulebook(sample, undefined))).toEqual([]);
  });
});

describe("one term 期限", () => {
  table({
    "has no length": {
      mistake: first({ amount: undefined }),
      right: first({ amount: 4 }),
      place: "/deadlines/0/amount",
      rule: "npc-reply",
      says: ["npc-reply", "amount"],
    },
    "has a length and a fixed day": {
      mistake: first({ ...fixedDay, amount: 3 }),
      right: first(fixedDay),
      place: "/deadlines/0/amount",
      rule: "npc-reply",
      says: ["3"],
    },
    "ends on a fixed day that is not named": {
      mistake: first({ ...fixedDay, monthDay: undefined }),
      right: first(fixedDay),
      place: "/deadlines/0/monthDay",
      rule: "npc-reply",
      says: ["monthDay"],
    },
    "ends on a fixed day and counts from the dispatch": {
      mistake: first({ ...fixedDay, trigger: "dispatched" }),
      right: first(fixedDay),
      place: "/deadlines/0/trigger",
      rule: "npc-reply",
      says: ["dispatched", "fixedDate"],
    },
    "counts months from nothing": {
      mistake: first({ trigger: "fixedDate" }),
      right: first({ trigger: "received" }),
      place: "/deadlines/0/unit",
      rule: "npc-reply",
      says: ["calendarMonth", "fixedDate"],
    },
    "names a day that is not read": {
      mistake: first({ monthDay: "07-31" }),
      right: first({ monthDay: undefined }),
      place: "/deadlines/0/monthDay",
      rule: "npc-reply",
      says: ["07-31"],
    },
    "counts back from the dispatch": {
      mistake: first({ direction: "before", extension: null }),
      right: first({ direction: "after" }),
      place: "/deadlines/0/direction",
      rule: "npc-reply",
      says: ["dispatched", "dueDateOf:"],
    },
    "counts hours from a day that has none": {
      mistake: first({ unit: "hour", amount: 900, trigger: "dispatched" }),
      right: first({ unit: "hour", amount: 900, trigger: "received" }),
      place: "/deadlines/0/trigger",
      rule: "npc-reply",
      says: ["dispatched", "received"],
    },
    "has a cut-off from a day without a time": {
      mistake: first({ cutOff: "17:00" }),
      right: first({ cutOff: "17:00", trigger: "received" }),
      place: "/deadlines/0/trigger",
      rule: "npc-reply",
      says: ["dispatched", "received"],
    },
    "counts from what comes after it is met": {
      mistake: first({ trigger: "replyDelivered" }),
      right: first({ trigger: "received" }),
      place: "/deadlines/0/trigger",
      rule: "npc-reply",
      says: ["replyDelivered", "dispatched"],
    },
    "has a cut-off on a fixed day": {
      mistake: first({ ...fixedDay, cutOff: "16:00" }),
      right: first({ trigger: "received", cutOff: "16:00" }),
      place: "/deadlines/0/cutOff",
      rule: "npc-reply",
      says: ["16:00"],
    },
    "ends before it is in force": {
      mistake: first({ validTo: "2019-12-31" }),
      right: first({ validTo: "2020-01-01" }),
      place: "/deadlines/0/validTo",
      rule: "npc-reply",
      says: ["2020-01-01", "2019-12-31"],
    },
  });
});

describe("reminders and extensions 提醒、延期", () => {
  table({
    "a reminder as long before as the whole term": {
      mistake: first({ remindBefore: [{ amount: 20, unit: "workingDay" }] }, 2),
      right: first({ remindBefore: [{ amount: 19, unit: "workingDay" }] }, 2),
      place: "/deadlines/2/remindBefore/0",
      rule: "co-opinion",
      says: ["20"],
    },
    "92 days before the end of three months": {
      mistake: first({ remindBefore: [{ amount: 92, unit: "calendarDay" }] }),
      right: first({ remindBefore: [{ amount: 91, unit: "calendarDay" }] }),
      place: "/deadlines/0/remindBefore/0",
      rule: "npc-reply",
      says: ["3", "92"],
    },
    "any reminder of a right that lapses at once": {
      mistake: first({ amount: 0, remindBefore: [{ amount: 0, unit: "workingDay" }] }, 3),
      right: first({ amount: 0, remindBefore: [] }, 3),
      place: "/deadlines/3/remindBefore/0",
      rule: "feedback",
      says: ["0"],
    },
    "two days before a term of four working hours": {
      mistake: {
        ...first(
          { amount: 4, unit: "workingHour", remindBefore: [{ amount: 20, unit: "calendarDay" }] },
          3,
        ),
        "/workingHours/0/value": hours,
      },
      right: {
        ...first(
          { amount: 4, unit: "workingHour", remindBefore: [{ amount: 0, unit: "calendarDay" }] },
          3,
        ),
        "/workingHours/0/value": hours,
      },
      place: "/deadlines/3/remindBefore/0",
      rule: "feedback",
      says: ["4", "20"],
    },
    "more than a year before a fixed day": {
      mistake: first({ ...fixedDay, remindBefore: [{ amount: 366, unit: "calendarDay" }] }),
      right: first({ ...fixedDay, remindBefore: [{ amount: 30, unit: "calendarDay" }] }),
      place: "/deadlines/0/remindBefore/0",
      rule: "npc-reply",
      says: ["366"],
    },
    "an extension to the term itself": {
      mistake: { "/deadlines/0/extension/max/amount": 3 },
      right: { "/deadlines/0/extension/max/amount": 4 },
      place: "/deadlines/0/extension/max",
      rule: "npc-reply",
      says: ["3", "dueDate"],
    },
    "90 days are no longer than three months": {
      mistake: {
        "/deadlines/0/extension/max": { from: "trigger", amount: 90, unit: "calendarDay" },
      },
      right: { "/deadlines/0/extension/max": { from: "dueDate", amount: 90, unit: "calendarDay" } },
      place: "/deadlines/0/extension/max",
      rule: "npc-reply",
      says: ["90", "3"],
    },
    "an extension that counts from the beginning of a fixed day": {
      mistake: first({
        ...fixedDay,
        extension: { ...sample.deadlines?.[0]?.extension },
      }),
      right: first({
        ...fixedDay,
        extension: {
          ...sample.deadlines?.[0]?.extension,
          max: { from: "dueDate", amount: 1, unit: "calendarMonth" },
        },
      }),
      place: "/deadlines/0/extension/max/from",
      rule: "npc-reply",
      says: ["dueDate"],
    },
  });

  it("a number of working days takes no fewer and no more days in any year of the calendar", () => {
    const calendar = indexCalendar(stateCouncil);
    for (let day = "2004-01-02"; day < "2025-12-01"; day = addDays(day, 11)) {
      const lasts = (end: string): number => dayNumber(end) - dayNumber(day);
      for (const amount of [1, 3, 5, 10, 20, 30, 60, 130]) {
        const { least, most } = daysOf({ amount, unit: "workingDay" });
        const days = lasts(addWorkingDays(day, amount, calendar).date);
        expect([day, amount, least <= days && days <= most]).toEqual([day, amount, true]);
      }
      for (const amount of [1, 2, 3, 5, 6]) {
        const { least, most } = daysOf({ amount, unit: "calendarMonth" });
        const days = lasts(addMonths(day, amount));
        expect([day, amount, least <= days && days <= most]).toEqual([day, amount, true]);
      }
    }
  });

  it("a month has 28 to 31 days, three have 89 to 92, six 181 to 184", () => {
    const months = (amount: number) => daysOf({ amount, unit: "calendarMonth" });
    expect(months(1)).toEqual({ least: 28, most: 31 });
    expect(months(3)).toEqual({ least: 89, most: 92 });
    expect(months(6)).toEqual({ least: 181, most: 184 });
  });
});

describe("terms together 各项期限之间", () => {
  const allLevels = ["national", "provincial", "city", "county", "township"];
  const before = { trigger: "dueDateOf:rehandling", direction: "before" };
  const rehandling = replyRule({
    id: "rehandling",
    deadline: "rehandling",
    appliesTo: {},
    trigger: "rehandlingOrdered",
    extension: null,
  });
  table({
    "one counts from a due date that no rule sets": {
      mistake: first(before, 2),
      right: { ...first(before, 2), ...added(rehandling) },
      place: "/deadlines/2/trigger",
      rule: "co-opinion",
      says: ["rehandling"],
    },
    "one counts from a due date that is only listed": {
      mistake: {
        ...first(before, 2),
        ...added({ ...rehandling, notApplied: { zh: "供参考", en: "for information" } }),
      },
      right: { ...first(before, 2), ...added(rehandling) },
      place: "/deadlines/2/trigger",
      rule: "co-opinion",
      says: ["rehandling"],
    },
    "one counts from a due date that its own cases never have": {
      mistake: first({ trigger: "dueDateOf:reply", direction: "before" }, 2),
      right: {
        ...first({ trigger: "dueDateOf:reply", direction: "before" }, 2),
        ...first({ appliesTo: { kinds: ["cppcc"] } }, 1),
      },
      place: "/deadlines/2/trigger",
      rule: "co-opinion",
      says: ["reply"],
    },
    "one counts from its own due date": {
      mistake: first({ trigger: "dueDateOf:feedback" }, 3),
      right: first({ trigger: "dueDateOf:reply" }, 3),
      place: "/deadlines/3/trigger",
      rule: "feedback",
      says: ["feedback → feedback"],
    },
    "a second one is never reached": {
      mistake: added(
        replyRule({
          id: "npc-reply-complex",
          appliesTo: { kinds: ["npc"], roles: ["lead"], isComplex: true },
        }),
      ),
      right: {
        ...added(
          replyRule({
            id: "npc-reply-complex",
            appliesTo: { kinds: ["npc"], roles: ["lead", "assist"] },
          }),
        ),
      },
      place: "/deadlines/4",
      rule: "npc-reply-complex",
      says: ["npc-reply-complex", "npc-reply"],
    },
    "one for all kinds stands behind one for every role": {
      mistake: added(
        replyRule({ id: "late", deadline: "feedback", appliesTo: {}, trigger: "replyDelivered" }),
      ),
      right: added(
        replyRule({
          id: "other",
          deadline: "publication",
          appliesTo: {},
          trigger: "replyDelivered",
        }),
      ),
      place: "/deadlines/4",
      rule: "late",
      says: ["feedback"],
    },
    "a term from the receipt stands behind one from the dispatch": {
      mistake: added(replyRule({ id: "received", trigger: "received" })),
      right: {
        ...first({ appliesTo: { kinds: ["npc"], isComplex: true } }),
        ...added(replyRule({ id: "received", trigger: "received" })),
      },
      place: "/deadlines/4",
      rule: "received",
      says: ["npc-reply"],
    },
    "one for every level stands behind one for the own level and all others": {
      mistake: {
        "/ownLevel": "county",
        ...first({ appliesTo: { kinds: ["npc"], levels: allLevels } }),
        ...added(replyRule({ id: "any-level", appliesTo: { kinds: ["npc"] } })),
      },
      right: {
        // a case that names no level has none
        ...first({ appliesTo: { kinds: ["npc"], levels: allLevels } }),
        ...added(replyRule({ id: "any-level", appliesTo: { kinds: ["npc"] } })),
      },
      place: "/deadlines/4",
      rule: "any-level",
      says: ["npc-reply"],
    },
    "one for a category stands behind one for it and others": {
      mistake: {
        ...first({ appliesTo: { kinds: ["npc"], categories: ["咨询", "求助"] } }),
        ...added(replyRule({ id: "enquiry", appliesTo: { kinds: ["npc"], categories: ["咨询"] } })),
      },
      right: {
        // a case of no category is for the second alone
        ...first({ appliesTo: { kinds: ["npc"], categories: ["咨询", "求助"] } }),
        ...added(replyRule({ id: "any-category", appliesTo: { kinds: ["npc"] } })),
      },
      place: "/deadlines/4",
      rule: "enquiry",
      says: ["npc-reply"],
    },
    "an earlier fixed day stands behind a later one": {
      mistake: {
        ...first(fixedDay),
        ...added({ ...replyRule({ id: "may" }), ...fixedDay, monthDay: "05-10" }),
      },
      right: {
        ...first({ ...fixedDay, monthDay: "05-10" }),
        ...added({ ...replyRule({ id: "july" }), ...fixedDay }),
      },
      place: "/deadlines/4",
      rule: "may",
      says: ["npc-reply"],
    },
    "two versions are in force at once": {
      mistake: {
        ...first({ validTo: "2024-12-31" }),
        ...added(replyRule({ id: "npc-reply-2024", amount: 2, validFrom: "2024-06-01" })),
      },
      right: {
        ...first({ validTo: "2024-05-31" }),
        ...added(replyRule({ id: "npc-reply-2024", amount: 2, validFrom: "2024-06-01" })),
      },
      place: "/deadlines/4/validFrom",
      rule: "npc-reply-2024",
      says: ["npc-reply", "2024-06-01", "2024-12-31"],
    },
  });

  it("two that count from each other are both named", () => {
    const problems = problemsIn({
      ...first({ trigger: "dueDateOf:rehandling" }, 3),
      ...added({ ...rehandling, trigger: "dueDateOf:feedback" }),
    });
    expect(problems).toMatchObject([
      { place: "/deadlines/3/trigger", rule: "feedback" },
      { place: "/deadlines/4/trigger", rule: "rehandling" },
    ]);
    expect(problems[0]?.problem.en).toContain("feedback → rehandling → feedback");
  });

  it("a rule that is only listed stands in nobody's way", () => {
    const listedOnly = replyRule({
      id: "listed",
      notApplied: { zh: "另有规定", en: "another text" },
    });
    expect(problemsIn({ "/deadlines": [listedOnly, ...(sample.deadlines ?? [])] })).toEqual([]);
  });
});

describe("office hours 办公时间", () => {
  const workingHour = first({ amount: 4, unit: "workingHour", remindBefore: [] }, 3);
  table({
    "a term in working hours without office hours": {
      mistake: workingHour,
      right: { ...workingHour, "/workingHours/0/value": hours },
      place: "/deadlines/3/unit",
      rule: "feedback",
      says: ["npc", "cppcc", "workingHours"],
    },
    "overlapping spans": {
      mistake: { "/workingHours/0/value": [hours[0], { from: "11:30", to: "17:30" }] },
      right: { "/workingHours/0/value": [hours[0], { from: "12:00", to: "17:30" }] },
      place: "/workingHours/0/value/1/from",
      says: ["11:30", "12:00"],
    },
    "unsorted spans": {
      mistake: { "/workingHours/0/value": hours.toReversed() },
      right: { "/workingHours/0/value": hours },
      place: "/workingHours/0/value/1/from",
      says: ["09:00", "14:00"],
    },
    "a span that ends before it begins": {
      mistake: { "/workingHours/0/value": [{ from: "17:30", to: "09:00" }] },
      right: { "/workingHours/0/value": [{ from: "09:00", to: "17:30" }] },
      place: "/workingHours/0/value/0/to",
      says: ["17:30", "09:00"],
    },
  });

  const bookWith = (rule: Partial<DeadlineRule>): Rulebook =>
    completeRulebook(
      {
        ...sample,
        validFrom: "1998-01-01",
        deadlines: [replyRule({ id: "urgent", amount: 4, extension: null, ...rule })],
      },
      undefined,
    );

  it("a rule in hours does not reach back into a year without calendar", () => {
    const book = bookWith({ unit: "workingHour", validFrom: "2003-03-01" });
    const problems = checkAgainstCalendar(book, stateCouncil);
    expect(problems).toMatchObject([{ place: "/deadlines/0/validFrom", rule: "urgent" }]);
    expect(problems[0]?.problem.zh).toContain("2003 年没有日历");
    expect(problems[0]?.repair.en).toContain("2004-01-01");
  });

  it.each<[string, Partial<DeadlineRule>]>([
    ["in a covered year", { unit: "workingHour", validFrom: "2004-01-01" }],
    ["in days", { unit: "workingDay", validFrom: "2003-03-01" }],
    ["in hours day and night", { unit: "hour", rollOver: "none", validFrom: "2003-03-01" }],
    [
      "only listed",
      { unit: "workingHour", validFrom: "2003-03-01", notApplied: { zh: "略", en: "-" } },
    ],
  ])("a rule %s needs no earlier calendar", (_, rule) => {
    expect(checkAgainstCalendar(bookWith(rule), stateCouncil)).toEqual([]);
  });

  it("no case is older than its rulebook", () => {
    const book = bookWith({ unit: "workingHour", validFrom: "2003-03-01" });
    expect(checkAgainstCalendar({ ...book, validFrom: "2010-01-01" }, stateCouncil)).toEqual([]);
  });
});

describe("kinds and choices 件别与选择", () => {
  it("a rate of a kind that is not there is pointed out", () => {
    expect(problemsIn({ "/rates/0/kinds": ["npd"] })).toMatchObject([
      { place: "/rates/0/kinds/0", rule: "meeting" },
    ]);
    expect(problemsIn({ "/rates/0/kinds": ["npc"] })).toEqual([]);
  });

  const letter = { ...sample.kinds?.[0], id: "letter" };
  const choices = sample.closingNeedsFeedback?.[0];
  const note = { zh: "未规定", en: "not set" };
  table({
    "a rule names a kind that is not there": {
      mistake: { "/deadlines/2/appliesTo/kinds": ["cpcc"] },
      right: { "/deadlines/2/appliesTo/kinds": ["cppcc"] },
      place: "/deadlines/2/appliesTo/kinds/0",
      rule: "co-opinion",
      says: ["cpcc", "cppcc", "npc"],
    },
    "a choice names a kind that is not there": {
      mistake: { "/contactBeforeReply/0/kinds": ["hotline"] },
      right: { "/contactBeforeReply/0/kinds": ["cppcc"] },
      place: "/contactBeforeReply/0/kinds/0",
      says: ["hotline", "npc"],
    },
    "a scheme names a kind that is not there": {
      mistake: {
        "/results/-": { ...sample.results?.[0], scheme: "letters", kinds: ["npx"] },
        "/results/0/kinds": ["npc", "cppcc"],
      },
      right: { "/results/0/kinds": ["npc", "cppcc"] },
      place: "/results/1/kinds/0",
      rule: "letters",
      says: ["npx", "npc"],
    },
    "a kind has no term for its answer": {
      mistake: { "/kinds/-": letter },
      right: {
        "/kinds/-": letter,
        "/unregulated": [{ deadline: "reply", note }],
      },
      place: "/kinds/2",
      rule: "letter",
      says: ["letter", "reply", "unregulated"],
    },
    "a kind's answers have no term, which is noted of another": {
      mistake: {
        "/kinds/-": letter,
        "/unregulated": [{ deadline: "reply", kinds: ["npc"], note }],
      },
      right: {
        "/kinds/-": letter,
        "/unregulated": [{ deadline: "reply", kinds: ["letter"], note }],
      },
      place: "/kinds/2",
      rule: "letter",
      says: ["letter", "reply"],
    },
    "a kind's answers have a term only after the first day": {
      mistake: first({ validFrom: "2020-03-01" }),
      right: first({ validFrom: "2019-03-01" }),
      place: "/validFrom",
      rule: "npc",
      says: ["npc", "2020-01-01", "2020-03-01"],
    },
    "a kind's answers have terms one after the other, the first too late": {
      mistake: {
        "/deadlines/0": replyRule({
          id: "npc-reply",
          validFrom: "2020-02-01",
          validTo: "2021-12-31",
        }),
        "/deadlines/4": replyRule({ id: "npc-reply-2022", validFrom: "2022-01-01" }),
      },
      right: {
        "/deadlines/0": replyRule({
          id: "npc-reply",
          validFrom: "2020-01-01",
          validTo: "2021-12-31",
        }),
        "/deadlines/4": replyRule({ id: "npc-reply-2022", validFrom: "2022-01-01" }),
      },
      place: "/validFrom",
      rule: "npc",
      says: ["npc", "2020-01-01", "2020-02-01"],
    },
    "a kind's answers have a term that is only listed": {
      mistake: {
        "/kinds/-": letter,
        ...added(
          replyRule({ id: "letter-reply", appliesTo: { kinds: ["letter"] }, notApplied: note }),
        ),
      },
      right: {
        "/isCollection": true,
        "/kinds/-": letter,
        ...added(
          replyRule({ id: "letter-reply", appliesTo: { kinds: ["letter"] }, notApplied: note }),
        ),
      },
      place: "/kinds/2",
      rule: "letter",
      says: ["letter", "reply"],
    },
    "a note names a kind that is not there": {
      mistake: { "/unregulated": [{ deadline: "dispatch", kinds: ["npb"], note }] },
      right: { "/unregulated": [{ deadline: "dispatch", kinds: ["npc"], note }] },
      place: "/unregulated/0/kinds/0",
      says: ["npb", "npc"],
    },
    "a kind has no result letters": {
      mistake: { "/results/0/kinds": ["npc"] },
      right: { "/results/0/kinds": ["npc", "cppcc"] },
      place: "/results",
      rule: "cppcc",
      says: ["cppcc"],
    },
    "a question is not answered for a kind": {
      mistake: { "/verifierDiffers/0/kinds": ["npc"] },
      right: { "/verifierDiffers/0/kinds": ["cppcc", "npc"] },
      place: "/verifierDiffers",
      says: ["cppcc", "kinds"],
    },
    "a question is not answered at all": {
      mistake: { "/lamps": undefined },
      right: {},
      place: "/lamps",
      says: ["npc", "cppcc"],
    },
    "a choice stands behind one for all kinds": {
      mistake: { "/closingNeedsFeedback/-": { ...choices, kinds: ["npc"] } },
      right: { "/closingNeedsFeedback": [{ ...choices, kinds: ["npc"] }, choices] },
      place: "/closingNeedsFeedback/1",
      says: ["closingNeedsFeedback", "1", "2"],
    },
    "a choice is for kinds that are taken": {
      mistake: {
        "/closingNeedsFeedback": [
          { ...choices, kinds: ["npc"] },
          { ...choices, kinds: ["npc"] },
          choices,
        ],
      },
      right: {
        "/closingNeedsFeedback": [
          { ...choices, kinds: ["npc"] },
          { ...choices, kinds: ["cppcc", "npc"] },
        ],
      },
      place: "/closingNeedsFeedback/1",
      says: ["closingNeedsFeedback"],
    },
    "a second scheme never holds": {
      mistake: { "/results/-": { ...sample.results?.[0], scheme: "second" } },
      right: {
        "/results/0/kinds": ["npc"],
        "/results/-": { ...sample.results?.[0], scheme: "second" },
      },
      place: "/results/1",
      rule: "second",
      says: ["results", "2"],
    },
    "demands on a contact that is not demanded": {
      mistake: { "/contactBeforeReply/0/value": { required: false, minTimes: 2 } },
      right: { "/contactBeforeReply/0/value": { required: true, minTimes: 2 } },
      place: "/contactBeforeReply/0/value/minTimes",
      says: ["minTimes", "required"],
    },
    "the book ends before it begins": {
      mistake: { "/validTo": "2019-12-31" },
      right: { "/validTo": "2020-01-01" },
      place: "/validTo",
      says: ["2020-01-01", "2019-12-31"],
    },
  });

  it("a kind that nothing is for is told once", () => {
    const forBoth = { kinds: ["npc", "cppcc"] };
    const mistake: Changes = {
      "/kinds/-": letter,
      "/deadlines/2/appliesTo": forBoth,
      "/deadlines/3/appliesTo": forBoth,
      "/results/0/kinds": forBoth.kinds,
    };
    expect(problemsIn(mistake)).toMatchObject([{ place: "/kinds/2", rule: "letter" }]);
    expect(problemsIn({ ...mistake, "/kinds/2": undefined, "/kinds": sample.kinds })).toEqual([]);
  });

  it("a rulebook without kinds is for no cases", () => {
    expect(problemsIn({ "/kinds": [] })).toContainEqual(
      expect.objectContaining({ place: "/kinds", rule: null }),
    );
  });
});

describe("limits of late entries 补录限度", () => {
  const ruled = {
    source: { title: { zh: "某区补录管理办法", en: "a district's rules" } },
    confidence: "document",
  };
  const limits = (...rules: readonly object[]): Changes => ({
    "/lateEntry": rules.map((rule) => ({ ...ruled, ...rule })),
  });
  table({
    "a limit that asks for nothing": {
      mistake: limits({}),
      right: limits({ limit: 0 }),
      place: "/lateEntry/0",
      says: ["reasonAfter", "approverAfter", "limit"],
    },
    "a reason for what is refused anyway": {
      mistake: limits({ reasonAfter: 10, limit: 10 }),
      right: limits({ reasonAfter: 9, limit: 10 }),
      place: "/lateEntry/0/reasonAfter",
      says: ["reasonAfter", "10"],
    },
    "an approval of what is refused anyway": {
      mistake: limits({ approverAfter: 11, limit: 10 }),
      right: limits({ approverAfter: 5 }),
      place: "/lateEntry/0/approverAfter",
      says: ["approverAfter", "11"],
    },
    "a limit behind one for everything": {
      mistake: limits({ limit: 5 }, { events: ["ReplyDelivered"], limit: 0 }),
      right: limits({ events: ["ReplyDelivered"], limit: 0 }, { limit: 5 }),
      place: "/lateEntry/1",
      says: ["lateEntry", "1", "2"],
    },
    "a limit for a kind that is not there": {
      mistake: limits({ kinds: ["hotline"], limit: 5 }),
      right: limits({ kinds: ["npc"], limit: 5 }),
      place: "/lateEntry/0/kinds/0",
      says: ["hotline", "npc"],
    },
    "a law without its article": {
      mistake: limits({ limit: 5, confidence: "law" }),
      right: limits({ limit: 5 }),
      place: "/lateEntry/0/source/article",
      says: ["article"],
    },
    "an event that there is not": {
      mistake: limits({ events: ["ReplyDeliverd"], limit: 5 }),
      right: limits({ events: ["ReplyDelivered"], limit: 5 }),
      place: "/lateEntry/0/events/0",
      says: ["ReplyDelivered"],
    },
  });

  it("those of a file stand before those of the book that it extends", () => {
    const of = (limit: number) => ({ ...completeRulebook(sample, undefined), ...lateAt(limit) });
    const lateAt = (limit: number) =>
      ({ lateEntry: [{ ...ruled, confidence: "document", limit }] }) as const;
    const complete = completeRulebook({ ...sample, ...lateAt(3) }, of(9));
    expect(complete.lateEntry?.map(({ limit }) => limit)).toEqual([3, 9]);
    expect(completeRulebook(sample, undefined)).not.toHaveProperty("lateEntry");
  });
});

describe("names 编号", () => {
  table({
    "two kinds of one id": {
      mistake: { "/kinds/-": sample.kinds?.[0] },
      right: {},
      place: "/kinds/2/id",
      rule: "npc",
      says: ["npc"],
    },
    "two rules of one id": {
      mistake: { "/deadlines/1/id": "npc-reply" },
      right: { "/deadlines/1/id": "npc-reply-2" },
      place: "/deadlines/1/id",
      rule: "npc-reply",
      says: ["npc-reply"],
    },
    "two rates of one id": {
      mistake: { "/rates/1/id": "meeting" },
      right: { "/rates/1/id": "meeting-2" },
      place: "/rates/1/id",
      rule: "meeting",
      says: ["meeting"],
    },
    "two duties of one id": {
      mistake: { "/duties/-": sample.duties?.[0] },
      right: { "/duties/-": { ...sample.duties?.[0], id: "letters" } },
      place: "/duties/1/id",
      rule: "annual-report",
      says: ["annual-report"],
    },
    "two notes on one term for one kind": {
      mistake: {
        "/unregulated": [
          { deadline: "dispatch", note: { zh: "未规定", en: "not set" } },
          { deadline: "dispatch", kinds: ["npc"], note: { zh: "未规定", en: "not set" } },
        ],
      },
      right: {
        "/unregulated": [
          { deadline: "dispatch", kinds: ["cppcc"], note: { zh: "未规定", en: "not set" } },
          { deadline: "dispatch", kinds: ["npc"], note: { zh: "未规定", en: "not set" } },
        ],
      },
      place: "/unregulated/1/deadline",
      rule: "dispatch",
      says: ["dispatch"],
    },
    "one letter twice": {
      mistake: { "/results/0/codes/1/code": "A" },
      right: { "/results/0/codes/1/code": "B1" },
      place: "/results/0/codes/1/code",
      rule: "county",
      says: ["A"],
    },
  });

  it("two schemes of one name, of which the second never holds either", () => {
    expect(problemsIn({ "/results/-": sample.results?.[0] })).toMatchObject([
      { place: "/results/1/scheme", rule: "county" },
      { place: "/results/1", rule: "county" },
    ]);
  });
});

describe("sources 依据", () => {
  const title = (zh: string, en: string) => ({ title: { zh, en } });
  table({
    "a law without article": {
      mistake: { "/deadlines/0/source/article": undefined },
      right: { "/deadlines/0/source/article": undefined, "/deadlines/0/confidence": "page" },
      place: "/deadlines/0/source/article",
      rule: "npc-reply",
      says: ["article"],
    },
    "a default that does not say so in Chinese": {
      mistake: { "/lamps/0/source": title("惯例", "a default: custom") },
      right: { "/lamps/0/source": title("默认值：惯例", "a default: custom") },
      place: "/lamps/0/source/title/zh",
      says: ["惯例"],
    },
    "a default that does not say so in English": {
      mistake: { "/rates/2/source": title("默认值：惯例", "custom") },
      right: { "/rates/2/source": title("默认值：惯例", "a default: custom") },
      place: "/rates/2/source/title/en",
      rule: "on-time",
      says: ["custom"],
    },
    "a document that calls itself a default": {
      mistake: {
        "/results/0/source": title("默认值：惯例", "the procedure"),
        "/results/0/confidence": "document",
      },
      right: {
        "/results/0/source": title("办理程序", "the procedure"),
        "/results/0/confidence": "document",
      },
      place: "/results/0/source/title/zh",
      rule: "county",
      says: ["document"],
    },
  });
});

describe("rates 比率", () => {
  table({
    "the waived are left out and yet counted": {
      mistake: { "/rates/0/contact/waiver": "met" },
      right: { "/rates/0/contact/waiver": "met", "/rates/0/exclusions": [] },
      place: "/rates/0/contact/waiver",
      rule: "meeting",
      says: ["waived", "met"],
    },
    "the waived are excluded in word only": {
      mistake: { "/rates/0/exclusions": [] },
      right: { "/rates/0/exclusions": ["waived"] },
      place: "/rates/0/contact/waiver",
      rule: "meeting",
      says: ["waived", "exclusions"],
    },
    "silence is satisfaction and yet left out": {
      mistake: {
        "/rates/1/form/silence": "countsAsSatisfied",
        "/rates/1/exclusions": ["formExpired"],
      },
      right: { "/rates/1/form/silence": "countsAsSatisfied" },
      place: "/rates/1/form/silence",
      rule: "satisfaction",
      says: ["formExpired", "countsAsSatisfied"],
    },
    "silence is excluded in word only": {
      mistake: { "/rates/1/population": "answered" },
      right: { "/rates/1/population": "answered", "/rates/1/exclusions": ["formExpired"] },
      place: "/rates/1/form/silence",
      rule: "satisfaction",
      says: ["formExpired", "silence"],
    },
    "returned forms less those still out": {
      mistake: { "/rates/1/exclusions": ["formOut"] },
      right: {
        "/rates/1/exclusions": ["formOut", "formExpired"],
        "/rates/1/population": "answering",
      },
      place: "/rates/1/exclusions/0",
      rule: "satisfaction",
      says: ["formOut"],
    },
    "on-time answers less the waived": {
      mistake: { "/rates/2/exclusions": ["returned", "waived"] },
      right: { "/rates/2/exclusions": ["returned", "merged"] },
      place: "/rates/2/exclusions/1",
      rule: "on-time",
      says: ["waived", "completedOnTime"],
    },
    "taken-up requests among cases": {
      mistake: { "/rates/3/population": "answering" },
      right: { "/rates/3/population": "requests" },
      place: "/rates/3/population",
      rule: "adoption",
      says: ["adopted", "answering", "requests"],
    },
    "kept promises among cases": {
      mistake: { "/rates/4/population": "all" },
      right: { "/rates/4/population": "commitmentsDue" },
      place: "/rates/4/population",
      rule: "commitment",
      says: ["fulfilledOnTime", "commitmentsDue"],
    },
    "answers among promises": {
      mistake: { "/rates/4/numerator": "completed" },
      right: { "/rates/4/numerator": "completed", "/rates/4/population": "answered" },
      place: "/rates/4/population",
      rule: "commitment",
      says: ["completed", "answered"],
    },
    "published among answered": {
      mistake: { "/rates/3/numerator": "published", "/rates/3/population": "answered" },
      right: { "/rates/3/numerator": "published", "/rates/3/population": "publishable" },
      place: "/rates/3/population",
      rule: "adoption",
      says: ["published", "publishable"],
    },
    "resolved among promised results": {
      mistake: { "/rates/5/numerator": "resolved" },
      right: { "/rates/5/numerator": "resolved", "/rates/5/population": "answered" },
      place: "/rates/5/population",
      rule: "upgraded",
      says: ["resolved", "answered"],
    },
    "what counts as a contact is not said": {
      mistake: { "/rates/2/numerator": "contacted", "/rates/2/round": undefined },
      right: { "/rates/2/numerator": "completed", "/rates/2/round": undefined },
      place: "/rates/2/contact",
      rule: "on-time",
      says: ["contact"],
    },
    "which round is meant is not said": {
      mistake: { "/rates/2/round": undefined },
      right: { "/rates/2/round": "every" },
      place: "/rates/2/round",
      rule: "on-time",
      says: ["round"],
    },
    "meanings that nobody reads": {
      mistake: { "/rates/2/meanings": ["resolved"] },
      right: {},
      place: "/rates/2/meanings",
      rule: "on-time",
      says: ["meanings", "completedOnTime"],
    },
    "every rating is a good one": {
      mistake: { "/rates/1/form/ratings": ["satisfied", "mostly", "dissatisfied"] },
      right: { "/rates/1/form/ratings": ["satisfied"] },
      place: "/rates/1/form/ratings",
      rule: "satisfaction",
      says: ["100%"],
    },
    "promises turn into what they were": {
      mistake: { "/rates/5/meanings": ["resolved", "planned"] },
      right: { "/rates/5/meanings": ["resolved", "partlyResolved"] },
      place: "/rates/5/meanings",
      rule: "upgraded",
      says: ["100%", "resolved"],
    },
    "a meaning that no letter has": {
      mistake: { "/rates/5/meanings": ["infeasible"] },
      right: { "/rates/5/meanings": ["infeasible", "resolved"] },
      place: "/rates/5/meanings",
      rule: "upgraded",
      says: ["infeasible", "resolved", "planned"],
    },
  });
});
