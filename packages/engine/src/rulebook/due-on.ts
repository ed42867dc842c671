/**
 * @module due-on — from a rule, a date and a calendar to the last day on which a duty is met in time.
 *
 * The day of the trigger is day zero. Month terms follow the Civil Code 《民法典》第二百零一至二百零三条:
 * the same-numbered day, or the month's last where that number is missing.
 */
import type { DueDate } from "../case/events.ts";
import type { Role } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { addDays, addMonths } from "../time/civil-date.ts";
import type { DeadlineRule, Rulebook, Trigger } from "./rulebook.ts";
import { printSource, rulebookName } from "./rulebook.ts";
import type { ComputedDate, WorkingCalendar } from "./working-days.ts";
import { addWorkingDays, nextWorkingDay } from "./working-days.ts";

/** How long a term is and what happens when it ends on a day off. */
export type Term = Pick<DeadlineRule, "amount" | "unit" | "rollOver">;

/** What a rule asks about a case on the day of its trigger. */
export type TriggerFacts = Readonly<{
  kind: string;
  role: Role;
  isComplex: boolean;
  isKey: boolean;
  /** The day of the trigger. */
  on: CivilDate;
}>;

/** What due dates are computed from: the case's rulebook, and the calendar as published by now. */
export type Law = Readonly<{ rulebook: Rulebook; calendar: WorkingCalendar }>;

/** The due dates that a trigger sets, in the rulebook's order, ready to be written into its event. */
export const dueDatesFor = (law: Law, trigger: Trigger, facts: TriggerFacts): DueDate[] =>
  rulesFor(law.rulebook, trigger, facts).map((rule) => dueDateOf(rule, facts.on, law));

/** Of each deadline the first rule that is for this trigger and case and valid on that day. */
export const rulesFor = (
  rulebook: Pick<Rulebook, "deadlines">,
  trigger: Trigger,
  facts: TriggerFacts,
): DeadlineRule[] => {
  const first = new Map<DeadlineRule["deadline"], DeadlineRule>();
  for (const rule of rulebook.deadlines) {
    if (rule.trigger !== trigger || first.has(rule.deadline)) continue;
    if (isValidOn(rule, facts.on) && isFor(rule, facts)) first.set(rule.deadline, rule);
  }
  return [...first.values()];
};

/** When a term that counts from `countedFrom` ends. */
export const dueOn = (
  term: Term,
  countedFrom: CivilDate,
  calendar: WorkingCalendar,
): Pick<DueDate, "dueOn" | "provisional"> => {
  const { date, provisional } = endOf(term, countedFrom, calendar);
  return { dueOn: date, provisional };
};

const dueDateOf = (rule: DeadlineRule, countedFrom: CivilDate, law: Law): DueDate => ({
  id: rule.deadline,
  ...dueOn(rule, countedFrom, law.calendar),
  countedFrom,
  rule: rule.id,
  source: printSource(rule.source).zh,
  rulebook: rulebookName(law.rulebook),
  calendar: consultsCalendar(rule) ? law.calendar.edition : null,
});

const endOf = (term: Term, countedFrom: CivilDate, calendar: WorkingCalendar): ComputedDate => {
  switch (term.unit) {
    case "workingDay":
      return addWorkingDays(countedFrom, term.amount, calendar);
    case "calendarDay":
      return rolled(addDays(countedFrom, term.amount), term, calendar);
    case "calendarMonth":
      return rolled(addMonths(countedFrom, term.amount), term, calendar);
  }
};

const rolled = (date: CivilDate, { rollOver }: Term, calendar: WorkingCalendar): ComputedDate => {
  switch (rollOver) {
    case "none":
      return { date, provisional: false };
    case "nextWorkingDay":
      return nextWorkingDay(date, calendar);
  }
};

const consultsCalendar = ({ unit, rollOver }: Term): boolean =>
  unit === "workingDay" || rollOver === "nextWorkingDay";

const isValidOn = ({ validFrom, validTo }: DeadlineRule, on: CivilDate): boolean =>
  validFrom <= on && (validTo === null || on <= validTo);

const isFor = ({ appliesTo }: DeadlineRule, facts: TriggerFacts): boolean =>
  (appliesTo.kinds?.includes(facts.kind) ?? true) &&
  (appliesTo.roles?.includes(facts.role) ?? true) &&
  (appliesTo.isComplex ?? facts.isComplex) === facts.isComplex &&
  (appliesTo.isKey ?? facts.isKey) === facts.isKey;
