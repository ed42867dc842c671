/**
 * @module due-on — from the rules of a rulebook and the facts of a case to its due dates.
 *
 * Which rule holds is decided here; when its term ends, in `term.ts`.
 */
import type { DueDate } from "../case/events.ts";
import type { Level, Role, SubmissionPhase } from "../case/terms.ts";
import { EngineError } from "../errors.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import { BeyondAllDates } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { AppliesTo, DeadlineRule, RuledDeadline, Trigger } from "./deadline-rule.ts";
import type { Rulebook } from "./rulebook.ts";
import { choiceFor, rulebookName } from "./rulebook.ts";
import { printSource } from "./source.ts";
import type { TermLaw } from "./terms/term.ts";
import { consultsCalendar, endOfTerm, UnpublishedYear } from "./terms/term.ts";
import type { WorkingCalendar } from "./calendar/working-days.ts";

/**
 * What a rule asks about a case. A case that does not say its level is of the rulebook's own one; a rule
 * for certain levels, phases or categories is for no case that has none.
 */
export type RuleFacts = Readonly<{
  kind: string;
  role: Role;
  isComplex: boolean;
  isKey: boolean;
  level?: Level;
  submissionPhase?: SubmissionPhase;
  category?: string;
  round: number;
}>;

/** The triggers that have come, each with its day or instant. */
export type Triggered = Readonly<Partial<Record<Trigger, OccurredOn>>>;

/** What due dates are computed from: the case's rulebook, and the calendar as published by now. */
export type Law = Readonly<{ rulebook: Rulebook; calendar: WorkingCalendar }>;

/**
 * The due dates that triggers set, ready to be written into their event: of each deadline the one of the
 * first rule that holds, in the rulebook's order.
 * @throws EngineError `RULE_REFUSED` when a term of working hours runs into a year without calendar,
 * `INVALID_INPUT` when a term of hours counts from a day without its time
 */
export const dueDatesFor = (
  name: string,
  law: Law,
  triggered: Triggered,
  facts: RuleFacts,
): DueDate[] => {
  const due = new Map<RuledDeadline, DueDate>();
  const { ownLevel } = law.rulebook;
  const known = ownLevel === undefined ? facts : { level: ownLevel, ...facts };
  const rules = law.rulebook.deadlines.filter((rule) => isFor(rule, known));
  // a rule may count from a due date that another sets, whichever stands first
  for (let found = -1; found !== due.size;) {
    found = due.size;
    for (const rule of rules) {
      if (due.has(rule.deadline)) continue;
      const on = countedFrom(rule, triggered, due);
      if (on !== undefined && isValidOn(rule, on)) {
        due.set(rule.deadline, dueDateOf(name, rule, on, law, facts.kind));
      }
    }
  }
  const order = rules.map((rule) => rule.deadline);
  return [...due.values()].toSorted(
    (left, right) =>
      order.indexOf(left.id as RuledDeadline) - order.indexOf(right.id as RuledDeadline),
  );
};

/**
 * The due date that one rule sets.
 * @param name the case, for a refusal
 * @throws EngineError as `dueDatesFor`
 */
export const dueDateOf = (
  name: string,
  rule: DeadlineRule,
  on: OccurredOn,
  law: Law,
  kind: string,
): DueDate => {
  const { calendar, rulebook } = law;
  return {
    id: rule.deadline,
    ...endOrRefusal(name, rule, on, termLawOf(law, kind)),
    countedFrom: dateOf(on),
    rule: rule.id,
    source: printSource(rule.source).zh,
    rulebook: rulebookName(rulebook),
    calendar: consultsCalendar(rule) ? calendar.edition : null,
  };
};

/** What a term is computed with, for a kind. */
export const termLawOf = ({ rulebook, calendar }: Law, kind: string): TermLaw => ({
  calendar,
  workingHours: choiceFor(rulebook.workingHours, kind).value,
});

const endOrRefusal = (name: string, rule: DeadlineRule, on: OccurredOn, law: TermLaw) => {
  try {
    return endOfTerm(rule, on, law);
  } catch (error) {
    if (error instanceof BeyondAllDates) {
      throw new EngineError("RULE_REFUSED", {
        case: name,
        rule: rule.id,
        why: {
          zh: `从 ${dateOf(on)} 起算的时限晚于 9999 年`,
          en: `the term from ${dateOf(on)} on ends after the year 9999`,
        },
        source: printSource(rule.source),
        repair: { zh: "核对日期后重试。", en: "Check the date and try again." },
      });
    }
    if (!(error instanceof UnpublishedYear)) throw error;
    throw new EngineError("RULE_REFUSED", {
      case: name,
      rule: rule.id,
      why: {
        zh: `${error.year} 年的工作日历尚未公布，不能按办公时间计算时限`,
        en: `the calendar of ${error.year} is not published, so working hours cannot be counted`,
      },
      source: printSource(rule.source),
      repair: {
        zh: `先用 calendar adopt 采用包含 ${error.year} 年的日历。`,
        en: `Adopt a calendar that covers ${error.year} first, with calendar adopt.`,
      },
    });
  }
};

/** What the rule counts from, where that has come. */
const countedFrom = (
  { trigger, monthDay }: DeadlineRule,
  triggered: Triggered,
  due: ReadonlyMap<string, DueDate>,
): OccurredOn | undefined => {
  if (trigger.startsWith("dueDateOf:")) return due.get(trigger.slice("dueDateOf:".length))?.dueOn;
  const on = triggered[trigger];
  if (trigger !== "fixedDate" || on === undefined) return on;
  // a case dispatched on the fixed day or later is not bound by it
  return dateOf(on) < `${on.slice(0, 4)}-${monthDay}` ? on : undefined;
};

const isValidOn = ({ validFrom, validTo }: DeadlineRule, on: OccurredOn): boolean =>
  validFrom <= dateOf(on) && (validTo === null || dateOf(on) <= validTo);

/** What only a unit that answers the proposer owes or waits for. */
const ofAnswering: ReadonlySet<RuledDeadline> = new Set<RuledDeadline>([
  "reply",
  "rehandling",
  "feedback",
  "publication",
]);

/** What sets a due date for an opinion that we have asked another for. */
const byAsking: ReadonlySet<Trigger> = new Set<Trigger>(["opinionRequested", "opinionReturned"]);

/** Whether a role has this due date at all, whatever a rule says. */
const isOfRole = ({ deadline, trigger }: DeadlineRule, role: Role): boolean =>
  role === "assist"
    ? !ofAnswering.has(deadline)
    : deadline !== "co-opinion" || byAsking.has(trigger);

const isFor = (rule: DeadlineRule, facts: RuleFacts): boolean => {
  const { appliesTo, notApplied } = rule;
  return notApplied === undefined && isOfRole(rule, facts.role) && isForCase(appliesTo, facts);
};

const isForCase = (appliesTo: AppliesTo, facts: RuleFacts): boolean =>
  fits(appliesTo.kinds, facts.kind) &&
  fits(appliesTo.roles, facts.role) &&
  fits(appliesTo.levels, facts.level) &&
  fits(appliesTo.phases, facts.submissionPhase) &&
  fits(appliesTo.categories, facts.category) &&
  fits(appliesTo.rounds, facts.round) &&
  (appliesTo.isComplex ?? facts.isComplex) === facts.isComplex &&
  (appliesTo.isKey ?? facts.isKey) === facts.isKey;

const fits = <Value>(allowed: readonly Value[] | undefined, value: Value | undefined): boolean =>
  allowed === undefined || (value !== undefined && allowed.includes(value));
