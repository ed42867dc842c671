/** @module term-trace-steps — the steps of a told term, and the walk that collects them. */
import type { Label } from "../../case/terms.ts";
import type { CivilDate } from "../../time/civil-date.ts";
import type { DayReason } from "../calendar/day-reasons.ts";
import { isoWeekday, weekdayName } from "../calendar/day-reasons.ts";
import type { ComputedTerm, TermLaw } from "./term.ts";

/** What a day is to the term; `traceParts` has the words. */
export type TracePart =
  | "trigger"
  | "cutOff"
  | "moved"
  | "movedBack"
  | "zero"
  | "counted"
  | "skipped"
  | "sameNumber"
  | "monthEnd"
  | "fixed"
  | "rolled"
  | "rolledBack"
  | "due";

export type TraceStep = Readonly<{
  date: CivilDate;
  /** Monday 1 to Sunday 7. */
  weekday: number;
  part: TracePart;
  /** Days or hours counted by the end of this day, 0 for the day that does not count; else null. */
  number: number | null;
  why: Label;
}>;

/** A term with every day that was looked at, in the order in which it was. */
export type TermTrace = ComputedTerm &
  Readonly<{
    /** From the trigger to the due date; a day that plays several parts stands there several times. */
    steps: readonly TraceStep[];
    /** The last day before it was moved away from a day off. */
    unrolled: CivilDate;
  }>;

/** What each part is called. */
export const traceParts: Readonly<Record<TracePart, Label>> = {
  trigger: { zh: "起算事实发生", en: "trigger" },
  cutOff: { zh: "计为次日", en: "counts as the next day" },
  moved: { zh: "顺延", en: "moved on" },
  movedBack: { zh: "提前", en: "moved back" },
  zero: { zh: "起算日，不计入", en: "day zero, does not count" },
  counted: { zh: "计入", en: "counted" },
  skipped: { zh: "休息日，不计", en: "day off, skipped" },
  sameNumber: { zh: "期满对应日", en: "same-numbered day" },
  monthEnd: { zh: "月末日", en: "end of the month" },
  fixed: { zh: "固定日期", en: "fixed date" },
  rolled: { zh: "届满日顺延", en: "last day moved on" },
  rolledBack: { zh: "届满日提前", en: "last day moved back" },
  due: { zh: "届满", en: "due" },
};

/** What a walk over days may do. */
export type Walk = Readonly<{
  step: (date: CivilDate, part: TracePart, number: number | null, why: Label) => void;
  /** Asks the calendar about a day; a day that no notice covers makes the term provisional. */
  ask: (date: CivilDate) => DayReason;
  isHoliday: (date: CivilDate) => boolean;
  told: (unrolled: CivilDate, dueOn: CivilDate, dueAt?: string) => TermTrace;
}>;

/** A walk that has not set out. */
export const walkOf = ({ calendar }: TermLaw): Walk => {
  const steps: TraceStep[] = [];
  const asked = new Set<CivilDate>();
  let provisional = false;
  const step: Walk["step"] = (date, part, number, why) => {
    const last = steps.at(-1);
    // the day of the fact and the day that does not count are told once when they are one
    if (part === "zero" && last?.part === "trigger" && last.date === date) steps.pop();
    steps.push({ date, weekday: isoWeekday(date), part, number, why });
  };
  const ask: Walk["ask"] = (date) => {
    const reason = calendar.reasonOf(date);
    asked.add(date);
    provisional ||= !reason.published;
    return reason;
  };
  return {
    step,
    ask,
    isHoliday: calendar.isHoliday,
    told: (unrolled, dueOn, dueAt) => {
      const why = asked.has(dueOn) ? calendar.reasonOf(dueOn).why : weekdayName(dueOn);
      step(dueOn, "due", null, why);
      return { steps, unrolled, dueOn, ...(dueAt === undefined ? {} : { dueAt }), provisional };
    },
  };
};
