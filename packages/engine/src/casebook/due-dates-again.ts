/**
 * @module due-dates-again — every due date that an event set, derived once more from the facts: its rule, what its term
 * counts from, its end, and the day that a person fixed. What is stored beside the facts is believed nowhere.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseEventData, CaseEventType, DueDate } from "../case/events.ts";
import { isOpen, isPublishable } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import { deadlineNameOf } from "../case/terms.ts";
import { extendedTerm } from "../decider/extend.ts";
import { entriesOf, isCorrection } from "../decider/entries.ts";
import type { EvolveEvent } from "../decider/evolve.ts";
import { evolve } from "../decider/evolve.ts";
import { withTimes } from "../decider/recompute.ts";
import {
  answerTerms,
  dueDatesOfReceipt,
  ruleFactsOf,
  signedOn,
  triggeredFor,
  triggeredInRound,
} from "../decider/triggers.ts";
import { EngineError } from "../errors.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { DeadlineRule } from "../rulebook/deadline-rule.ts";
import type { Law, Triggered } from "../rulebook/due-on.ts";
import { dueDateOf, dueDatesFor } from "../rulebook/due-on.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import { dateOf } from "../time/occurred-on.ts";
import { caseEventOf, foldCase } from "./history-of-case.ts";
import type { Reader } from "./reader.ts";

/** As much of a due date as follows from facts and rules. */
export type DerivedDueDate = Pick<DueDate, "dueOn" | "dueAt" | "countedFrom" | "rule">;

/** A due date that an event set, and what the facts say of it. */
export type DueDateAgain = Readonly<{
  /** Place in the log of the event. */
  position: number;
  due: DueDate;
  /**
   * `fixed`: no other record tells the day that a person fixed; `uncounted`: its rulebook, its rule or its
   * calendar is not there.
   */
  outcome: "agrees" | "differs" | "fixed" | "uncounted";
  /** As derived, where it differs; null where no fact sets its term in motion. */
  expected: DerivedDueDate | null;
  /** The event does not set it, though its fact does by the rules; `due` is as derived then. */
  isMissing?: true;
}>;

/** An entry with the case before and after it, as far as the facts before a place in the log say. */
type Setting = Readonly<{
  position: number;
  fact: EvolveEvent;
  before: CaseState | null;
  after: CaseState;
  /** The due dates that the entry set until a correction. */
  earlier: readonly DueDate[] | null;
  /** Whether another entry was corrected, and these due dates follow from it. */
  isDerived: boolean;
}>;

/** Derives the due dates that the events of a case set, in order. */
export async function* dueDatesAgain(
  reader: Pick<Reader, "rules" | "store">,
  id: CaseId,
  events: readonly RecordedEvent[],
): AsyncGenerator<DueDateAgain> {
  let before: CaseState | null = null;
  for (const event of events) {
    const fact = caseEventOf(event);
    if (before === null && fact.type !== "CaseReceived") return;
    const after: CaseState = evolve(id, before, fact);
    for (const setting of settingsOf(event.globalPosition, fact, before, after)) {
      for (const due of dueDatesIn(setting.fact)) {
        if (isLeftAlone(due, setting)) continue;
        const derived = await derivedSafely(() => derivedFrom(due, setting, reader));
        yield { position: event.globalPosition, due, ...compared(due, derived) };
      }
      for (const due of await missingIn(setting, reader)) {
        const position = event.globalPosition;
        yield { position, due, outcome: "differs", expected: due, isMissing: true };
      }
    }
    before = after;
  }
}

const dueDatesIn = ({ data }: Pick<EvolveEvent, "data">): readonly DueDate[] =>
  (data as Readonly<{ deadlines?: readonly DueDate[] }>).deadlines ?? [];

/** The entries whose due dates an event says: itself, or those that it corrects. */
const settingsOf = (
  position: number,
  fact: EvolveEvent,
  before: CaseState | null,
  after: CaseState,
): readonly Setting[] => {
  if (!isCorrection(fact) || before === null) {
    return [{ position, fact, before, after, earlier: null, isDerived: false }];
  }
  if (fact.type === "EntryRetracted") return [];
  const { entry: amended, derived = [] } = fact.data;
  const until = new Map(entriesOf(before.past).map(({ entry, event }) => [entry, event]));
  const settings: Setting[] = [];
  let folded: CaseState | null = null;
  for (const { entry, event } of entriesOf(after.past)) {
    const next: CaseState = evolve(after.case, folded, event);
    const isDerived = derived.some((one) => one.entry === entry);
    if (entry === amended || isDerived) {
      const stood = until.get(entry);
      const earlier = stood === undefined ? [] : dueDatesIn(stood);
      settings.push({ position, fact: event, before: folded, after: next, earlier, isDerived });
    }
    folded = next;
  }
  return settings;
};

/** The due dates that a fact sets by the rules and that its event does not say. */
const missingIn = async (
  setting: Setting,
  { rules }: Pick<Reader, "rules">,
): Promise<readonly DueDate[]> => {
  const { fact, after, earlier, position } = setting;
  const whole = wholeSet[fact.type];
  const rulebook = rules.byName.get(after.rulebook)?.rulebook;
  if (whole === undefined || rulebook === undefined || earlier !== null) return [];
  const calendar = await rules.calendarBefore(position);
  const said = new Set(dueDatesIn(fact).map(({ id }) => deadlineNameOf(id)));
  try {
    return whole(setting, { rulebook, calendar }).filter(({ id }) => !said.has(deadlineNameOf(id)));
  } catch (error) {
    if (error instanceof EngineError || error instanceof RangeError) return [];
    throw error;
  }
};

type WholeSet = {
  readonly [Type in CaseEventType]?: (setting: Setting, law: Law) => readonly DueDate[];
};

const setBy =
  (triggeredOf: (setting: Setting) => Triggered): NonNullable<WholeSet["CaseReceived"]> =>
  (setting, law) => {
    const { after } = setting;
    return dueDatesFor(
      after.case,
      law,
      triggeredOf(setting),
      ruleFactsOf(after.received, after.round),
    );
  };

const replySets = setBy(({ fact }) => ({ replyDelivered: fact.on }));

/** The facts that set every due date which a rule gives them; others set some of them only. */
const wholeSet: WholeSet = {
  CaseReceived: ({ fact, after }, law) =>
    dueDatesOfReceipt(after.received, fact.on, { case: after.case, ...law }),
  ReceiptSigned: setBy(({ fact, before }) => ({
    receiptSigned: signedOn(before ?? { deadlines: [] }, fact.on),
  })),
  ReturnRequested: setBy(({ fact }) => ({ returnRequested: fact.on })),
  ReturnApproved: setBy(({ fact }) => ({ returnApproved: fact.on })),
  OpinionRequested: setBy(({ fact }) => ({ opinionRequested: fact.on })),
  RehandlingOrdered: setBy(({ fact }) => ({ rehandlingOrdered: fact.on })),
  ReplyDelivered: (setting, law) => {
    const { disclosure, awaiting } = setting.fact.data as CaseEventData["ReplyDelivered"];
    return replySets(setting, law).filter(({ id }) =>
      id === "publication"
        ? isPublishable({ ...(disclosure && { disclosure }) })
        : awaiting === undefined,
    );
  },
};

/** What follows from a corrected entry, and is what it was: it has been derived where it was set. */
const isLeftAlone = (due: DueDate, { earlier, isDerived }: Setting): boolean =>
  isDerived && earlier !== null && earlier.some((one) => canonicalJson(one) === canonicalJson(due));

/** What the facts give: any of some dates, a day that only the due date itself says, or nothing to count by. */
type Derived = readonly DerivedDueDate[] | Readonly<{ countedFrom: string | null }> | undefined;

const compared = (due: DueDate, derived: Derived): Pick<DueDateAgain, "outcome" | "expected"> => {
  if (derived === undefined) return { outcome: "uncounted", expected: null };
  if ("countedFrom" in derived) {
    const { countedFrom } = derived;
    if (countedFrom === due.countedFrom) return { outcome: "fixed", expected: null };
    const expected = countedFrom === null ? null : { ...due, countedFrom };
    return { outcome: "differs", expected };
  }
  const agrees = derived.some(
    ({ dueOn, dueAt, countedFrom, rule }) =>
      dueOn === due.dueOn &&
      dueAt === due.dueAt &&
      countedFrom === due.countedFrom &&
      rule === due.rule,
  );
  return agrees
    ? { outcome: "agrees", expected: null }
    : { outcome: "differs", expected: derived[0] ?? null };
};

/** A calendar that is not there, or a fact that no term can count from, is no reason to stop. */
const derivedSafely = async (derive: () => Promise<Derived>): Promise<Derived> => {
  try {
    return await derive();
  } catch (error) {
    if (error instanceof EngineError || error instanceof RangeError) return undefined;
    throw error;
  }
};

const derivedFrom = async (
  due: DueDate,
  setting: Setting,
  { rules, store }: Pick<Reader, "rules" | "store">,
): Promise<Derived> => {
  const { fact, position, after, earlier } = setting;
  if (due.rulebook === null) return fixedBy(due, fact);
  const rulebook = rules.byName.get(due.rulebook)?.rulebook;
  const rule = rulebook?.deadlines.find(({ id }) => id === due.rule);
  if (rulebook === undefined || rule === undefined) return undefined;
  const calendar = await (due.calendar === null
    ? rules.calendarBefore(position)
    : rules.calendar(due.calendar));
  const law = { rulebook, calendar };
  const begun = begunBy(rule, due, setting, law);
  const counted = (months?: number): readonly DerivedDueDate[] =>
    begun.map(({ rule: one, on }) => {
      const term = months === undefined ? one : extendedTerm(one, months);
      return dueDateOf(after.case, term, on, law, after.received.kind);
    });
  const { extended } = due;
  if (extended === undefined) return counted();

  const byMonths = () => (extended.months === undefined ? [] : counted(extended.months));
  const putOffTo = (...others: readonly (End | undefined)[]): readonly DerivedDueDate[] =>
    begun.slice(0, 1).flatMap((one) => others.flatMap((end) => (end ? endingAt(end, one) : [])));
  if (fact.type === "DeadlineExtended" && extended.months === undefined) {
    // the fact tells the day that was granted nowhere but in the due date
    const [from] = begun;
    return { countedFrom: from === undefined ? null : dateOf(from.on) };
  }
  if (fact.type === "DeadlineExtended") return byMonths();
  if (earlier !== null) {
    return [...putOffTo(...earlier.filter(({ id }) => id === due.id)), ...byMonths()];
  }
  switch (fact.type) {
    case "CaseReceived":
      return putOffTo(await heldBy(store, after, due, position));
    case "ExtensionWithdrawn":
      return [...byMonths(), ...putOffTo(priorTo(due, setting))];
    default:
      return byMonths();
  }
};

/** The rule that sets a due date, and what its term counts from. */
type Begun = Readonly<{ rule: DeadlineRule; on: OccurredOn }>;

type End = Pick<DueDate, "dueOn" | "dueAt">;

const endingAt = ({ dueOn, dueAt }: End, { rule, on }: Begun): DerivedDueDate => ({
  dueOn,
  ...(dueAt !== undefined && { dueAt }),
  countedFrom: dateOf(on),
  rule: rule.id,
});

type Fixing = {
  readonly [Type in CaseEventType]?: (data: CaseEventData[Type]) => string | undefined;
};

/** Where a fact says the day that a person fixed. */
const fixing: Fixing = {
  CaseAssigned: ({ assignment }) => assignment.due,
  CaseReassigned: ({ assignment }) => assignment.due,
  CommitmentMade: ({ due }) => due,
  CommitmentChanged: ({ due }) => due,
};

/** Facts whose day a person fixes, and which tell it nowhere but in their due date. */
const tellsNoDay: ReadonlySet<string> = new Set<CaseEventType>([
  "CaseUrged",
  "OpinionRequested",
  "OpinionReturned",
]);

const fixedBy = ({ rule }: DueDate, { type, data, on }: EvolveEvent): Derived => {
  const dayOf = fixing[type] as ((of: unknown) => string | undefined) | undefined;
  const countedFrom = dateOf(on);
  // with every other fact a rule sets the due date, and one that names no rulebook was not set by it
  if (dayOf === undefined) return tellsNoDay.has(type) ? { countedFrom } : [];
  const dueOn = dayOf(data);
  return dueOn === undefined ? [] : [{ dueOn, countedFrom, rule }];
};

/** The extended due date of the case that this one was split off, as it stood then. */
const heldBy = async (
  store: Reader["store"],
  { received: { splitFrom } }: CaseState,
  { id }: DueDate,
  position: number,
): Promise<DueDate | undefined> => {
  if (splitFrom === undefined) return undefined;
  const events = await store.readStream(splitFrom);
  const then = foldCase(
    splitFrom,
    events.filter(({ globalPosition }) => globalPosition < position),
  );
  return then?.deadlines.findLast((one) => one.id === id && isOpen(one));
};

/** What set a due date by the facts; more than one where its rule has a choice. */
const begunBy = (
  rule: DeadlineRule,
  due: DueDate,
  setting: Setting,
  law: Law,
): readonly Begun[] => {
  const { fact, after, isDerived } = setting;
  if (goesOn(fact)) return fromsOfPrior(rule, due, setting).map((on) => ({ rule, on }));
  if (isDerived) {
    const on = triggeredFor(due.id, after)[rule.trigger];
    return on === undefined ? [] : [{ rule, on }];
  }
  const facts = ruleFactsOf(after.received, after.round);
  return triggeredBy(setting, due.id).flatMap((triggered) => {
    const set = dueDatesFor(after.case, withTimes(law, triggered), triggered, facts);
    const chosen = set.find(({ id }) => id === deadlineNameOf(due.id));
    const by = law.rulebook.deadlines.find(({ id }) => id === chosen?.rule);
    const on = by && (triggered[by.trigger] ?? chosen?.countedFrom);
    return by === undefined || on === undefined ? [] : [{ rule: by, on }];
  });
};

const baseOf = ({ trigger }: DeadlineRule): string | undefined =>
  trigger.startsWith("dueDateOf:") ? trigger.slice("dueDateOf:".length) : undefined;

/** Whether a due date goes on counting from where it did. */
const goesOn = ({ type, data }: EvolveEvent): boolean =>
  type === "DeadlineExtended" ||
  type === "ExtensionWithdrawn" ||
  (type === "DeadlinesRecomputed" && data.cause === "calendar");

/** The due date in whose place another one comes. */
const priorTo = ({ id, extended }: DueDate, { fact, before }: Setting): DueDate | undefined => {
  const known = before?.deadlines.filter((one) => one.id === id) ?? [];
  return fact.type === "ExtensionWithdrawn"
    ? known.findLast((one) => one.round === before?.round && one.extended?.from === extended?.from)
    : (known.findLast((one) => isOpen(one)) ?? known.at(-1));
};

const fromsOfPrior = (
  rule: DeadlineRule,
  due: DueDate,
  setting: Setting,
): readonly OccurredOn[] => {
  const { fact, before } = setting;
  const prior = priorTo(due, setting);
  if (prior === undefined || before === null) return [];
  const base = baseOf(rule);
  const { countedFrom } = prior;
  if (base !== undefined) {
    // it moves with the one that it counts from
    const was = before.deadlines.findLast(({ id }) => id === base);
    const moved = dueDatesIn(fact).find(({ id }) => id === base);
    return [was?.dueOn === countedFrom && moved ? moved.dueOn : countedFrom];
  }
  const known = triggeredFor(due.id, before)[rule.trigger];
  return [known !== undefined && dateOf(known) === countedFrom ? known : countedFrom];
};

type Triggering = {
  readonly [Type in CaseEventType]?: (
    event: Extract<EvolveEvent, { type: Type }>,
    setting: Setting,
    id: string,
  ) => readonly Triggered[];
};

const replied = ({ on }: Pick<EvolveEvent, "on">): readonly Triggered[] => [{ replyDelivered: on }];
const assigned = ({ on }: Pick<EvolveEvent, "on">): readonly Triggered[] => [{ assigned: on }];
const firstDayOf = (year: number): string => `${String(year).padStart(4, "0")}-01-01`;

/** What sets terms in motion with each fact; with the others it is all that the case has seen. */
const triggering: Triggering = {
  CaseReceived: (_event, { after }, id) => [triggeredInRound(after, id)],
  ReceiptSigned: ({ on }, { before }) => [
    { receiptSigned: signedOn(before ?? { deadlines: [] }, on) },
  ],
  ReturnRequested: ({ on }) => [{ returnRequested: on }],
  ReturnApproved: ({ on }) => [{ returnApproved: on }],
  CaseMarkedComplex: (_event, { after }) => [triggeredInRound(after)],
  CaseRedispatched: (_event, { after }, id) => [
    triggeredInRound(after, answerTerms.has(id) ? "reply" : "receipt"),
  ],
  CaseAssigned: assigned,
  CaseReassigned: assigned,
  OpinionRequested: ({ on }) => [{ opinionRequested: on }],
  OpinionReturned: ({ on }) => [{ opinionReturned: on }],
  ReplyDelivered: replied,
  DeliveryRecorded: replied,
  DisclosureDecided: replied,
  RehandlingOrdered: ({ on }) => [{ rehandlingOrdered: on }],
  CommitmentFulfilled: ({ on }) => [{ commitmentFulfilled: on }],
  ProgressReported: ({ on, data: { occasion = "report" } }) => [
    occasion === "report" ? { progressReported: on } : { progressDispatched: on },
  ],
  // the report of this year, or where its day has passed, of the next
  CommitmentMade: ({ on }) => [
    { fixedDate: dateOf(on) },
    { fixedDate: firstDayOf(Number(on.slice(0, 4)) + 1) },
  ],
  CommitmentStatusSent: ({ data: { year } }) => [
    { fixedDate: firstDayOf(year + 1) },
    { fixedDate: firstDayOf(year + 2) },
  ],
};

const triggeredBy = (setting: Setting, id: string): readonly Triggered[] => {
  const { fact, after } = setting;
  const own = triggering[fact.type];
  return own === undefined
    ? [triggeredFor(id, after)]
    : (own as (event: EvolveEvent, of: Setting, id: string) => readonly Triggered[])(
        fact,
        setting,
        id,
      );
};
