/**
 * @module term-trace — a term told day by day: which day counted as which number, and why another did not.
 *
 * It walks every day and shares no arithmetic with `term.ts`, so each is a check of the other.
 */
import type { CivilDate } from "../../time/civil-date.ts";
import { addDays } from "../../time/civil-date.ts";
import type { OccurredOn } from "../../time/occurred-on.ts";
import { dateOf, shanghaiInstant } from "../../time/occurred-on.ts";
import { weekdayName } from "../calendar/day-reasons.ts";
import { readInstant, wallTime, writeInstant } from "./office-hours.ts";
import type { Term } from "../deadline-rule.ts";
import type { TermLaw } from "./term.ts";
import { amountOf } from "./term.ts";
import { walkWorkingHours } from "./term-trace-hours.ts";
import type { TermTrace, TracePart, Walk } from "./term-trace-steps.ts";
import { walkOf } from "./term-trace-steps.ts";

export type { TracePart, TraceStep, TermTrace } from "./term-trace-steps.ts";
export { traceParts } from "./term-trace-steps.ts";

/**
 * The same answer as `endOfTerm`, with every day on the way to it.
 * @throws as `endOfTerm` does
 */
export const traceTerm = (term: Term, from: OccurredOn, law: TermLaw): TermTrace => {
  const walk = walkOf(law);
  const back = term.direction === "before";
  walk.step(dateOf(from), "trigger", null, weekdayName(dateOf(from)));
  const day = afterCutOff(term, from, walk);
  if (term.unit === "workingHour") {
    const dueAt = walkWorkingHours(term, startOf(from, day), back, law.workingHours, walk);
    return walk.told(dueAt.slice(0, 10), dueAt.slice(0, 10), dueAt);
  }
  if (term.unit === "hour") {
    const hours = amountOf(term) * (back ? -1 : 1);
    const dueAt = writeInstant(startOf(from, day) + hours * 3_600_000);
    const unrolled = dueAt.slice(0, 10);
    const dueOn = walkRoll(term, unrolled, walk);
    return walk.told(unrolled, dueOn, `${dueOn}${dueAt.slice(10)}`);
  }
  const unrolled =
    term.unit === "date" ? walkToDate(term, day, walk) : walkTerm(term, day, back, walk);
  return walk.told(unrolled, walkRoll(term, unrolled, walk));
};

const afterCutOff = ({ cutOff }: Term, from: OccurredOn, walk: Walk): CivilDate => {
  const day = dateOf(from);
  if (cutOff === undefined || from === day) return day;
  if (wallTime(shanghaiInstant(from)) < cutOff) return day;
  const next = addDays(day, 1);
  walk.step(next, "cutOff", null, {
    zh: `${cutOff} 及以后发生的，计为次日`,
    en: `what happens at ${cutOff} or later counts as the next day`,
  });
  return next;
};

/** The instant that a term in hours runs from: midnight when the cut-off moved the day on. */
const startOf = (from: OccurredOn, day: CivilDate): number =>
  readInstant(from.length > 10 && dateOf(from) !== day ? `${day}T00:00+08:00` : from);

const walkTerm = (term: Term, trigger: CivilDate, back: boolean, walk: Walk): CivilDate => {
  const next = back ? -1 : 1;
  const amount = amountOf(term);
  const zero = walkToZero(term, trigger, next, walk);
  if (term.unit === "calendarMonth") return walkMonths(zero, amount * next, walk);
  let day = zero;
  if (term.unit === "calendarDay") {
    for (let number = 1; number <= amount; number += 1) {
      day = addDays(day, next);
      walk.step(day, "counted", number, weekdayName(day));
    }
    return day;
  }
  if (amount === 0) return walkPastDaysOff(day, next, "skipped", walk);
  for (let number = 0; number < amount;) {
    day = addDays(day, next);
    const { worked, why } = walk.ask(day);
    if (worked) number += 1;
    walk.step(day, worked ? "counted" : "skipped", worked ? number : null, why);
  }
  return day;
};

/** The first working day from a day on, with each day off before it. */
const walkPastDaysOff = (from: CivilDate, next: number, part: TracePart, walk: Walk): CivilDate => {
  for (let day = from; ; day = addDays(day, next)) {
    const { worked, why } = walk.ask(day);
    if (worked) return day;
    walk.step(day, part, null, why);
  }
};

const walkToZero = (term: Term, trigger: CivilDate, next: number, walk: Walk): CivilDate => {
  // a day before day one is only told where the end is found from it
  const tellsZero = term.unit === "calendarMonth" || term.amount === 0;
  const beforeDayOne = (dayOne: CivilDate): CivilDate => {
    const zero = addDays(dayOne, -next);
    if (tellsZero) walk.step(zero, "zero", 0, whyZero.beforeDayOne);
    return zero;
  };
  const moved = next < 0 ? "movedBack" : "moved";
  switch (term.count) {
    case "dayZero":
      walk.step(trigger, "zero", 0, whyZero.trigger);
      return trigger;
    case "nextDayZero": {
      const zero = addDays(trigger, next);
      walk.step(zero, "zero", 0, whyZero.nextDay);
      return zero;
    }
    case "moveThenCount": {
      const zero = walkPastDaysOff(trigger, next, moved, walk);
      walk.step(zero, "zero", 0, zero === trigger ? whyZero.trigger : whyZero[moved]);
      return zero;
    }
    case "nextWorkingDay":
      return beforeDayOne(walkPastDaysOff(addDays(trigger, next), next, moved, walk));
    case "dayOne":
      return beforeDayOne(trigger);
  }
};

const whyZero = {
  trigger: { zh: "当日不计入", en: "the day itself does not count" },
  nextDay: { zh: "以次日为起始日，起始日不计入", en: "the next day starts the term, uncounted" },
  moved: { zh: "顺延至此日，不计入", en: "moved on to this day, which does not count" },
  movedBack: { zh: "提前至此日，不计入", en: "moved back to this day, which does not count" },
  beforeDayOne: { zh: "第一日的前一日", en: "the day next to day one, uncounted" },
} as const;

/** By the numbers of year, month and day, not by a library's months. */
const walkMonths = (zero: CivilDate, months: number, walk: Walk): CivilDate => {
  const month = Number(zero.slice(0, 4)) * 12 + Number(zero.slice(5, 7)) - 1 + months;
  const padded = (value: number, length: number): string => String(value).padStart(length, "0");
  const start = (index: number): string =>
    `${padded(Math.floor(index / 12), 4)}-${padded((index % 12) + 1, 2)}-`;
  const number = zero.slice(8);
  const lastOfMonth = addDays(`${start(month + 1)}01`, -1);
  if (number <= lastOfMonth.slice(8)) {
    const day = `${start(month)}${number}`;
    const count = Math.abs(months);
    walk.step(day, "sameNumber", null, {
      zh: `${count} 个月${months < 0 ? "前" : "后"}的对应日`,
      en: `the same-numbered day ${count} months ${months < 0 ? "before" : "later"}`,
    });
    return day;
  }
  walk.step(lastOfMonth, "monthEnd", null, {
    zh: `该月没有 ${Number(number)} 日，以月末日为届满日`,
    en: `the month has no day ${Number(number)}; its last day ends the term`,
  });
  return lastOfMonth;
};

const walkToDate = ({ monthDay = "" }: Term, trigger: CivilDate, walk: Walk): CivilDate => {
  const day = `${trigger.slice(0, 5)}${monthDay}`;
  walk.step(day, "fixed", null, {
    zh: `${Number(monthDay.slice(0, 2))} 月 ${Number(monthDay.slice(3))} 日前`,
    en: `due by ${monthDay} of the year`,
  });
  return day;
};

const walkRoll = (term: Term, unrolled: CivilDate, walk: Walk): CivilDate => {
  if (term.unit === "workingDay" || term.rollOver === "none") return unrolled;
  if (term.rollOver !== "nextNonHoliday") {
    const next = term.rollOver === "previousWorkingDay" ? -1 : 1;
    return walkPastDaysOff(unrolled, next, next < 0 ? "rolledBack" : "rolled", walk);
  }
  for (let day = unrolled; ; day = addDays(day, 1)) {
    const { why } = walk.ask(day);
    if (!walk.isHoliday(day)) return day;
    walk.step(day, "rolled", null, why);
  }
};
