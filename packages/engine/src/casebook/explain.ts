/**
 * @module explain — the certificate of a due date: the rule and its article, the rulebook and the calendar,
 * every counted and skipped day with why, each extension and recomputation, and who decided.
 *
 * It is computed anew from what the events name, so it also says whether the stored date agrees.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseEventType, DueDate } from "../case/events.ts";
import { caseEvents } from "../case/events.ts";
import { deadlineNameOf, deadlineNames } from "../case/terms.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import type { DeadlineId, DeadlineState, Label } from "../case/terms.ts";
import { extendedTerm, latestExtension } from "../decider/extend.ts";
import { isCorrection } from "../decider/entries.ts";
import type { EvolveEvent } from "../decider/evolve.ts";
import { evolve } from "../decider/evolve.ts";
import { triggeredFor } from "../decider/triggers.ts";
import { EngineError } from "../errors.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { Calendar } from "../rulebook/calendar/calendar.ts";
import { termLawOf } from "../rulebook/due-on.ts";
import type { DeadlineRule, Term, Trigger } from "../rulebook/deadline-rule.ts";
import type { Confidence } from "../rulebook/source.ts";
import { printSource } from "../rulebook/source.ts";
import type { TermTrace } from "../rulebook/terms/term-trace.ts";
import { traceTerm } from "../rulebook/terms/term-trace.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { yearOf } from "../time/civil-date.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import { shanghaiInstant } from "../time/occurred-on.ts";
import type { DueDateDiffering } from "./due-dates-again.ts";
import { dueDatesAgain } from "./due-dates-again.ts";
import { deadlineStateOn, remindersOf } from "./due-status.ts";
import { caseEventOf } from "./history-of-case.ts";
import type { Reader } from "./reader.ts";
import { adoptedFor } from "./reader.ts";
import type { RulesInForce } from "./rules-in-force.ts";

/** One event that set or moved a due date. */
export type DueDateChange = Readonly<{
  /** Place in the log. */
  position: number;
  type: string;
  label: Label;
  on: OccurredOn;
  /** With the offset of Asia/Shanghai. */
  recordedAt: string;
  actor: string;
  from: CivilDate | null;
  to: CivilDate;
  provisional: boolean;
  /** Of an extension or a changed promise: who consented and why; the months where they were granted. */
  approvedBy?: string;
  reason?: string;
  months?: number;
}>;

/** The rule behind a due date, as its rulebook has it. */
export type ExplainedRule = Readonly<{
  id: string;
  term: Term;
  trigger: Trigger;
  source: Label;
  confidence: Confidence;
  onMiss: DeadlineRule["onMiss"];
  extension: DeadlineRule["extension"];
  validFrom: CivilDate;
  validTo: CivilDate | null;
}>;

export type DueDateCertificate = Readonly<{
  case: CaseId;
  title: string;
  deadline: DeadlineId;
  label: Label;
  round: number;
  dueOn: CivilDate;
  dueAt: string | null;
  provisional: boolean;
  state: DeadlineState;
  metOn: CivilDate | null;
  /** A rule computed the date, an extension put it off, or a person fixed it. */
  decidedBy: "rule" | "extension" | "person";
  source: string;
  rule: ExplainedRule | null;
  rulebook: Readonly<{ name: string; hash: string }> | null;
  /** The calendar consulted, with the notice of each year that was looked at; null where its number is not known. */
  calendar: Readonly<{
    edition: string;
    sha256: string;
    notices: readonly Readonly<{ year: number; notice: string | null }>[];
  }> | null;
  /** The fact that the term counts from. */
  countedFrom: OccurredOn;
  /** Every day on the way from the trigger to the due date; none for a date that a person fixed. */
  trace: TermTrace | null;
  /** Whether the computation gives the date that is stored; null where there is none. */
  agrees: boolean | null;
  /** The latest day to which the rule lets it be extended, null where it may not be. */
  latestExtension: CivilDate | null;
  /** The days on which the rule wants a reminder. */
  reminders: readonly CivilDate[];
  changes: readonly DueDateChange[];
}>;

/**
 * The certificates of a case's due dates, in the order in which they stand in the case.
 * @param id only this deadline; of a deadline with several dates the newest
 * @throws EngineError `NOT_FOUND` when the case has no such due date
 */
export const explainDueDates = async (
  { rules, store }: Pick<Reader, "rules" | "store">,
  state: CaseState,
  events: readonly RecordedEvent[],
  today: CivilDate,
  id?: string,
): Promise<readonly DueDateCertificate[]> => {
  const newest = new Map(state.deadlines.map((deadline) => [deadline.id, deadline]));
  const wanted = [...newest.values()].filter((deadline) => id === undefined || deadline.id === id);
  if (id !== undefined && wanted.length === 0) {
    throw new EngineError("NOT_FOUND", {
      what: "deadline",
      name: `${state.case} ${id}`,
      known: [...newest.keys()],
    });
  }
  const all = await store.readStream(state.case);
  const wrong: DueDateDiffering[] = [];
  for await (const again of dueDatesAgain({ rules, store }, state.case, all)) {
    if (again.outcome === "differs") wrong.push(again);
  }
  return Promise.all(
    wanted.map((deadline) => certificateOf(rules, state, events, today, deadline, wrong)),
  );
};

const certificateOf = async (
  rules: RulesInForce,
  state: CaseState,
  events: readonly RecordedEvent[],
  today: CivilDate,
  deadline: Deadline,
  wrong: readonly DueDateDiffering[],
): Promise<DueDateCertificate> => {
  const changes = changesTo(deadline, events, state.case);
  const computed = await computation(rules, state, events, deadline, wrong);
  const { id, round, dueOn, dueAt, provisional, metOn, source } = deadline;
  return {
    case: state.case,
    title: state.received.title,
    deadline: id,
    label: labelOf(deadlineNames[deadlineNameOf(id)]),
    round,
    dueOn,
    dueAt: dueAt ?? null,
    provisional,
    state: deadlineStateOn(deadline, today),
    metOn,
    decidedBy: deadline.extended ? "extension" : deadline.rulebook === null ? "person" : "rule",
    source,
    rule: null,
    rulebook: null,
    calendar: null,
    countedFrom: deadline.countedFrom,
    trace: null,
    agrees: null,
    latestExtension: null,
    reminders: [],
    ...computed,
    changes,
  };
};

type Computation = Pick<
  DueDateCertificate,
  | "rule"
  | "rulebook"
  | "calendar"
  | "countedFrom"
  | "trace"
  | "agrees"
  | "latestExtension"
  | "reminders"
>;

/** The computation behind a due date, or behind the one that was extended. */
const computation = async (
  rules: RulesInForce,
  state: CaseState,
  events: readonly RecordedEvent[],
  deadline: Deadline,
  wrong: readonly DueDateDiffering[],
): Promise<Computation | undefined> => {
  const lawful = computedOne(state, deadline);
  const adopted = rules.byName.get(lawful.rulebook ?? "");
  const rule = adopted?.rulebook.deadlines.find((one) => one.id === lawful.rule);
  if (adopted === undefined || rule === undefined) return undefined;
  const calendar = await rules.calendar(lawful.calendar ?? undefined);
  const law = { rulebook: adopted.rulebook, calendar };
  const from = derivedFrom(lawful, wrong);
  const countedFrom = from === lawful.countedFrom ? triggerOf(rule, lawful, state, events) : from;
  const months = lawful.extended?.months;
  const term = months === undefined ? rule : extendedTerm(rule, months);
  const trace = traceTerm(term, countedFrom, termLawOf(law, state.received.kind));
  const { trigger, confidence, onMiss, extension, validFrom, validTo } = rule;
  const used = rules.calendars.findLast(({ edition }) => edition === lawful.calendar);
  return {
    rule: {
      id: rule.id,
      term: termOf(rule),
      trigger,
      source: printSource(rule.source),
      confidence,
      onMiss,
      extension,
      validFrom,
      validTo,
    },
    rulebook: { name: adopted.name, hash: adopted.hash },
    calendar: used
      ? {
          edition: used.edition,
          sha256: used.sha256,
          notices: noticesFor(
            await rules.calendarData(used.edition),
            lawful.countedFrom,
            trace.dueOn,
          ),
        }
      : null,
    countedFrom,
    trace,
    agrees:
      from === lawful.countedFrom && trace.dueOn === lawful.dueOn && trace.dueAt === lawful.dueAt,
    latestExtension: latestExtensionOf(rules, state, deadline, await rules.calendar()),
    reminders: remindersOf(rule, deadline.dueOn, calendar),
  };
};

/** The notice of each year between two days, in either order. */
const noticesFor = (
  { notices = [] }: Calendar,
  one: CivilDate,
  other: CivilDate,
): readonly Readonly<{ year: number; notice: string | null }>[] => {
  const [first, last] = one < other ? [yearOf(one), yearOf(other)] : [yearOf(other), yearOf(one)];
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const year = first + at;
    const of = notices.filter(({ from, to }) => yearOf(from) <= year && yearOf(to) >= year);
    return { year, notice: of.length === 0 ? null : of.map(({ notice }) => notice).join("、") };
  });
};

/** By the rulebook that the case is under now, which an extension would be granted by. */
const latestExtensionOf = (
  rules: RulesInForce,
  state: CaseState,
  deadline: Deadline,
  calendar: WorkingCalendar,
): CivilDate | null => {
  const { rulebook } = adoptedFor(rules, state);
  const rule = rulebook.deadlines.find(({ id }) => id === deadline.rule);
  return latestExtension(deadline, rule, { rulebook, calendar }, state);
};

const termOf = ({ amount, unit, direction, count, cutOff, monthDay, rollOver }: Term): Term => ({
  ...(amount !== undefined && { amount }),
  unit,
  ...(direction && { direction }),
  count,
  ...(cutOff !== undefined && { cutOff }),
  ...(monthDay !== undefined && { monthDay }),
  rollOver,
});

/**
 * The due date itself, or, where somebody fixed another day, the one of the same round that was computed. A
 * case that was split off began with the other day; the computed one is what that put off.
 */
const computedOne = (state: CaseState, deadline: Deadline): Deadline => {
  const { id, round, extended } = deadline;
  if (extended === undefined || extended.months !== undefined) return deadline;
  return (
    state.deadlines.findLast(
      (one) => one.id === id && one.round === round && one.extended === undefined,
    ) ?? { ...deadline, dueOn: extended.from }
  );
};

/** The day that a due date counts from by the facts, which is not always the one that is stored. */
const derivedFrom = (
  { id, dueOn, countedFrom }: Deadline,
  wrong: readonly DueDateDiffering[],
): CivilDate => {
  const found = wrong.findLast(
    ({ due }) => due.id === id && due.dueOn === dueOn && due.countedFrom === countedFrom,
  );
  return found?.expected?.countedFrom ?? countedFrom;
};

/** The day or instant that the term counts from, as it was known when the date was set. */
const triggerOf = (
  { trigger, unit, cutOff }: DeadlineRule,
  deadline: Deadline,
  state: CaseState,
  events: readonly RecordedEvent[],
): OccurredOn => {
  const isOfADay = unit !== "hour" && unit !== "workingHour" && cutOff === undefined;
  if (isOfADay) return deadline.countedFrom;
  let then: CaseState | null = null;
  for (const event of events) {
    then = evolve(state.case, then, caseEventOf(event));
    const isSet = then.deadlines.some(
      (one) =>
        one.id === deadline.id &&
        one.round === deadline.round &&
        one.dueOn === deadline.dueOn &&
        one.dueAt === deadline.dueAt,
    );
    if (isSet) return triggeredFor(deadline.id, then)[trigger] ?? deadline.countedFrom;
  }
  return deadline.countedFrom;
};

/** The events that set or moved a due date, its round's and no other's. */
const changesTo = (
  deadline: Deadline,
  events: readonly RecordedEvent[],
  id: CaseId,
): readonly DueDateChange[] => {
  const changes: DueDateChange[] = [];
  let state: CaseState | null = null;
  for (const event of events) {
    const fact = caseEventOf(event);
    const now: CaseState = evolve(id, state, fact);
    state = now;
    const due = isCorrection(fact) ? movedTo(deadline, now, changes) : setBy(fact, deadline, now);
    if (due === undefined) continue;
    changes.push({
      position: event.globalPosition,
      type: fact.type,
      label: labelOf(caseEvents[fact.type]),
      on: event.on,
      recordedAt: shanghaiInstant(event.recordedAt),
      actor: event.actor.id,
      from: changes.at(-1)?.to ?? null,
      to: due.dueOn,
      provisional: due.provisional,
      ...(decided.has(fact.type) && consentTo(fact.data)),
      ...(due.extended?.months !== undefined && { months: due.extended.months }),
    });
  }
  return changes;
};

/** What an event sets a due date of this round to. */
const setBy = (
  fact: EvolveEvent,
  { id, round }: Deadline,
  state: CaseState,
): DueDate | undefined => {
  const set = "deadlines" in fact.data ? (fact.data.deadlines ?? []) : [];
  return state.round === round ? set.find((due) => due.id === id) : undefined;
};

/** Where a correction leaves a due date, where that is another day than before. */
const movedTo = (
  { id, round }: Deadline,
  { deadlines }: CaseState,
  changes: readonly DueDateChange[],
): DueDate | undefined => {
  const now = deadlines.findLast((one) => one.id === id && one.round === round);
  return now?.dueOn === changes.at(-1)?.to ? undefined : now;
};

/** The events that somebody decided, with a reason. */
const decided: ReadonlySet<string> = new Set<CaseEventType>([
  "DeadlineExtended",
  "CommitmentChanged",
  "EntryAmended",
  "EntryRetracted",
]);

const consentTo = (data: object): Pick<DueDateChange, "approvedBy" | "reason"> => {
  const { approvedBy, reason } = data as Readonly<{ approvedBy?: string; reason: string }>;
  return { ...(approvedBy !== undefined && { approvedBy }), reason };
};

const labelOf = ({ zh, en }: Label): Label => ({ zh, en });
