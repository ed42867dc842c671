/**
 * @module recompute — the open due dates of a case computed anew, when a calendar is published or changed
 * or when a new rulebook applies to open cases. What was met, ended or extended by a decision stays.
 */
import type { CaseEvent, DecidedEvent, DueDate } from "../case/events.ts";
import { isCompleted, isEnded, isFormSettled, isOpen, isToBePublished } from "../case/reading.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import { deadlineNameOf, deadlineNames, statuses } from "../case/terms.ts";
import { verdict } from "../lifecycle/table.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Law, Triggered } from "../rulebook/due-on.ts";
import { dueDateOf, dueDatesFor } from "../rulebook/due-on.ts";
import type { DeadlineRule } from "../rulebook/deadline-rule.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { rulebookName } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import { dateOf } from "../time/occurred-on.ts";
import { extendedTerm } from "./extend.ts";
import { ruleFactsOf, triggeredFor } from "./triggers.ts";

/** A due date before and after; `from` is null for one that the new rulebook adds. */
export type MovedDueDate = Readonly<{ from: Deadline | null; to: DueDate }>;

/** Whether anything of a case can still be computed anew; a closed one may owe its publication. */
const isRecomputable = (state: CaseState): boolean =>
  !isEnded(state) && (statuses[state.status].open || state.deadlines.some(isCounted));

/**
 * The open due dates that another calendar moves, or makes certain, each under the rule that set it.
 * @param rulebookNamed the rulebooks that have been adopted, by name
 */
export const underCalendar = (
  state: CaseState,
  law: Law,
  today: CivilDate,
  rulebookNamed: (name: string) => Rulebook | undefined,
): readonly MovedDueDate[] => {
  if (!isRecomputable(state)) return [];
  const moved = new Map<string, Moved>();
  // one that counts from another moves with it, whichever stands first
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const deadline of state.deadlines.filter(isCounted)) {
      if (hasLapsed(deadline, today)) continue;
      const rulebook = rulebookNamed(deadline.rulebook ?? "") ?? law.rulebook;
      const to = again(state, deadline, { ...law, rulebook }, moved);
      if (to === undefined || !differs(moved.get(deadline.id)?.to ?? deadline, to)) continue;
      moved.set(deadline.id, { from: deadline, to });
      isSettled = false;
    }
  }
  return [...moved.values()].filter(({ from, to }) => differs(from, to));
};

/** Open and set by a rule, or put off by months, which a calendar may still move. */
const isCounted = (deadline: Deadline): boolean =>
  isOpen(deadline) &&
  deadline.rulebook !== null &&
  (deadline.extended === undefined || deadline.extended.months !== undefined);

/** A right that was not used in its time has lapsed for good. */
const hasLapsed = ({ id, dueOn }: Deadline, today: CivilDate): boolean =>
  deadlineNames[deadlineNameOf(id)].window && dueOn < today;

type Moved = Readonly<{ from: Deadline; to: DueDate }>;

/** The open due dates that another rulebook moves, names anew or adds. */
export const underRulebook = (
  state: CaseState,
  law: Law,
  today: CivilDate,
): readonly MovedDueDate[] => {
  if (!isRecomputable(state)) return [];
  const { round, received } = state;
  const facts = ruleFactsOf(received, round);
  const dueAfter = (triggered: Triggered): readonly DueDate[] =>
    dueDatesFor(state.case, withTimes(law, triggered), triggered, facts);
  // each counts from what has set it in motion; the other one's dates are there for what follows them
  const names = [...new Set(law.rulebook.deadlines.map(({ deadline }) => deadline))];
  const due = names
    // that one comes with promises
    .filter((name) => name !== "status-report")
    .flatMap((name) => dueAfter(triggeredFor(name, state)).filter(({ id }) => id === name));
  return due.flatMap((to): readonly MovedDueDate[] => {
    const known = state.deadlines.findLast(({ id, round: of }) => id === to.id && of === round);
    if (known === undefined) return isDone(to, state) ? [] : [{ from: null, to }];
    return isRuled(known) && !hasLapsed(known, today) ? [{ from: known, to }] : [];
  });
};

/** The law less the rules in hours that would count from a day without its time: they came too late. */
export const withTimes = ({ rulebook, calendar }: Law, triggered: Triggered): Law => ({
  calendar,
  rulebook: {
    ...rulebook,
    deadlines: rulebook.deadlines.filter(
      (rule) => !isTimed(rule) || hasTime(triggered[rule.trigger]),
    ),
  },
});

const isTimed = ({ unit }: Pick<DeadlineRule, "unit">): boolean =>
  unit === "hour" || unit === "workingHour";

const hasTime = (on: OccurredOn | undefined): boolean => on !== undefined && on.length > 10;

/** Whether a case is taken over by another rulebook at all. */
export const changesRulebook = (state: CaseState, law: Law): boolean =>
  isRecomputable(state) && state.rulebook !== rulebookName(law.rulebook);

/** Open, set by a rule, and not put off by anybody's decision. */
const isRuled = (deadline: Deadline): boolean =>
  isOpen(deadline) && deadline.rulebook !== null && deadline.extended === undefined;

/** A due date that a rule has set, computed anew under the rule as a law has it; undefined where it has none. */
export const again = (
  state: CaseState,
  deadline: Deadline,
  law: Law,
  moved: ReadonlyMap<string, Moved> = new Map(),
): DueDate | undefined => {
  const rule = law.rulebook.deadlines.find(({ id }) => id === deadline.rule);
  if (rule === undefined) return undefined;
  const { extended, countedFrom } = deadline;
  if (extended?.months !== undefined) {
    const term = extendedTerm(rule, extended.months);
    return { ...dueDateOf(state.case, term, countedFrom, law, state.received.kind), extended };
  }
  const on = rule.trigger.startsWith("dueDateOf:")
    ? followed(deadline, moved.get(rule.trigger.slice("dueDateOf:".length)))
    : triggeredOn(state, rule, deadline);
  if (on === undefined) return undefined;
  // one of several of its name keeps its number
  return { ...dueDateOf(state.case, rule, on, law, state.received.kind), id: deadline.id };
};

/**
 * What a due date counts from: the day that it has always counted from, with its time where the fact of
 * that day said one. A rule in hours has nothing to count from without a time.
 */
const triggeredOn = (
  state: CaseState,
  { trigger, unit }: DeadlineRule,
  { id, countedFrom }: Deadline,
): OccurredOn | undefined => {
  const known = triggeredFor(id, state)[trigger];
  if (known !== undefined && dateOf(known) === countedFrom) return known;
  return unit === "hour" || unit === "workingHour" ? undefined : countedFrom;
};

/** The due date that another counts from, where it now lies. */
const followed = ({ countedFrom }: Deadline, base: Moved | undefined): CivilDate =>
  base !== undefined && base.from.dueOn === countedFrom ? base.to.dueOn : countedFrom;

const differs = (before: DueDate, after: DueDate): boolean =>
  before.dueOn !== after.dueOn ||
  before.dueAt !== after.dueAt ||
  before.provisional !== after.provisional;

/** Whether what a new due date asks for has been done before the rule came. */
export const isDone = ({ id }: DueDate, state: CaseState): boolean => {
  switch (id) {
    case "first-contact":
      return state.contacts.length > 0 || state.contactWaived;
    case "publication":
      return state.publication !== null || !isToBePublished(state);
    case "return-request":
      return state.assignment !== null;
    case "receipt":
      return state.receipt !== null;
    case "reply":
    case "rehandling":
    case "co-opinion":
      return isCompleted(state);
    case "feedback":
      return isFormSettled(state);
    // others' duties, which only the receipt of a case sets
    case "dispatch":
    case "acceptance-notice":
    case "return-decision":
    case "redispatch":
      return true;
    default:
      return false;
  }
};

/** The fact that due dates have been computed anew, with the transition it makes: none. */
export const recomputed = (
  state: CaseState,
  moved: readonly MovedDueDate[],
  by: Readonly<{ actor: Actor; on: CivilDate; law: Law; cause: "calendar" | "rulebook" }>,
): DecidedEvent => {
  const { actor, on, law, cause } = by;
  const fact: CaseEvent = {
    type: "DeadlinesRecomputed",
    on,
    data: {
      cause,
      rulebook: rulebookName(law.rulebook),
      deadlines: moved.map(({ to }) => to),
    },
  };
  const judged = verdict(state.status, fact.type, { state, fact, actor, rulebook: law.rulebook });
  if (!judged.allowed) {
    throw new RangeError(`due dates cannot be computed anew while a case is ${state.status}`);
  }
  return { ...fact, from: state.status, to: judged.to };
};
