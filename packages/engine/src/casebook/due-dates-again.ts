/**
 * @module due-dates-again — every due date that an event set, decided once more from the facts, the whole set
 * of each event: one that was moved, that no rule and no person set, that is missing or that is too many.
 * What is stored of due dates is believed nowhere.
 */
import type { CaseId } from "../case/case-id.ts";
import type { DueDate } from "../case/events.ts";
import { isOpen } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import { derivedFrom, movedByCorrection } from "../decider/correct.ts";
import type { LawThen } from "../decider/due-dates-set.ts";
import {
  dueDatesSetBy,
  endedBy,
  isToldNowhereElse,
  setsDueDates,
} from "../decider/due-dates-set.ts";
import type { CorrectionEvent } from "../decider/entries.ts";
import { entriesOf, isCorrection } from "../decider/entries.ts";
import type { EvolveEvent } from "../decider/evolve.ts";
import { evolve, foldEntries } from "../decider/evolve.ts";
import { dueDateIn } from "../decider/roads/due-dates.ts";
import { EngineError } from "../errors.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import { caseEventOf, foldCase } from "./history-of-case.ts";
import type { Reader } from "./reader.ts";

/** A due date that an event set or should have set, and what the facts say of it. */
export type DueDateAgain = Readonly<{
  /** Place in the log of the event. */
  position: number;
}> &
  Found;

/** A due date that is not what the facts give. */
export type DueDateDiffering = Extract<DueDateAgain, { outcome: "differs" }>;

type Found =
  /** `fixed`: no other record tells the day that a person fixed. */
  | Readonly<{ outcome: "agrees" | "fixed"; due: DueDate }>
  | Readonly<{
      outcome: "differs";
      /** As stored; as derived where it is `missing`. */
      due: DueDate;
      /** As derived; null where the facts set no such due date, or tell its day no more. */
      expected: DueDate | null;
      /** Where it is not that it reads otherwise: the event does not set it, or ends it wrongly or not. */
      fault?: "missing" | "ended" | "notEnded";
    }>
  /** Its rulebook or its calendar is not there; `due` is null where nothing tells which ones there should be. */
  | Readonly<{ outcome: "uncounted"; due: DueDate | null }>;

type Rules = Pick<Reader, "rules" | "store">;

/** Derives the due dates that the events of a case set, in order. */
export async function* dueDatesAgain(
  { rules, store }: Rules,
  id: CaseId,
  events: readonly RecordedEvent[],
): AsyncGenerator<DueDateAgain> {
  let before: CaseState | null = null;
  for (const [at, event] of events.entries()) {
    const fact = caseEventOf(event);
    if (before === null && fact.type !== "CaseReceived") return;
    const after: CaseState = evolve(id, before, fact);
    const { globalPosition: position } = event;
    const law = await lawAt({ rules, store }, fact, before, after, position);
    const next = events[at + 1];
    const found =
      isCorrection(fact) && before !== null
        ? correctionAgain(fact, before, after, law, next && caseEventOf(next))
        : factAgain(fact, before, law);
    for (const one of found) yield { position, ...one };
    before = after;
  }
}

/** What an event was decided under; undefined where it is not there any more. */
const lawAt = async (
  { rules, store }: Rules,
  fact: EvolveEvent,
  before: CaseState | null,
  after: CaseState,
  position: number,
): Promise<LawThen | undefined> => {
  const isTakenOver = fact.type === "DeadlinesRecomputed" && fact.data.cause === "rulebook";
  const { rulebook: name } = before === null || isTakenOver ? after : before;
  const rulebook = rules.byName.get(name)?.rulebook;
  if (rulebook === undefined) return undefined;
  const calendar = await unlessGone(() => rules.calendarBefore(position));
  if (calendar === undefined) return undefined;
  const other = before === null ? after.received.splitFrom : undefined;
  return {
    case: after.case,
    rulebook,
    calendar,
    rulebookNamed: (named) => rules.byName.get(named)?.rulebook,
    ...(other !== undefined && { splitFrom: await asItStood(store, other, position) }),
  };
};

/** A case before a place in the log. */
const asItStood = async (
  store: Reader["store"],
  id: CaseId,
  position: number,
): Promise<CaseState | null> => {
  const events = await store.readStream(id);
  return foldCase(
    id,
    events.filter(({ globalPosition }) => globalPosition < position),
  );
};

/** A calendar that is not there, or a fact that no term can count from, is no reason to stop. */
const unlessGone = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (isNoReasonToStop(error)) return undefined;
    throw error;
  }
};

const isNoReasonToStop = (error: unknown): boolean =>
  error instanceof EngineError || error instanceof RangeError;

const dueDatesIn = ({ data }: Pick<EvolveEvent, "data">): readonly DueDate[] =>
  (data as Readonly<{ deadlines?: readonly DueDate[] }>).deadlines ?? [];

/** The due dates that a fact says against those that it sets, and what it ends against what falls away. */
const factAgain = (
  fact: EvolveEvent,
  before: CaseState | null,
  law: LawThen | undefined,
): readonly Found[] => {
  const said = dueDatesIn(fact);
  const sets = law && derived(() => dueDatesSetBy(fact, before, law));
  if (law === undefined || sets === undefined) {
    if (said.length > 0) return said.map((due) => uncounted(due));
    return setsDueDates(fact.type) ? [uncounted(null)] : [];
  }
  return [...compared(fact, said, sets), ...endedAgain(fact, before, law)];
};

const uncounted = (due: DueDate | null): Found => ({ due, outcome: "uncounted" });

const derived = <Result>(derive: () => Result): Result | undefined => {
  try {
    return derive();
  } catch (error) {
    if (isNoReasonToStop(error)) return undefined;
    throw error;
  }
};

/** Each due date that is said or derived, once; the one beside the other by its name. */
const compared = (
  { type }: EvolveEvent,
  said: readonly DueDate[],
  sets: readonly DueDate[],
): readonly Found[] => {
  const left = new Map(sets.map((due) => [due.id, due]));
  const found = said.map((due): Found => {
    const expected = left.get(due.id) ?? null;
    left.delete(due.id);
    if (!isSame(due, expected)) return { due, outcome: "differs", expected };
    return { due, outcome: isToldNowhereElse(type, due) ? "fixed" : "agrees" };
  });
  const missing = [...left.values()].map((due): Found => ({
    due,
    outcome: "differs",
    expected: isToldNowhereElse(type, due) ? null : due,
    fault: "missing",
  }));
  return [...found, ...missing];
};

const isSame = (one: unknown, other: unknown): boolean =>
  canonicalJson(one) === canonicalJson(other);

const endedAgain = (
  fact: EvolveEvent,
  before: CaseState | null,
  law: LawThen,
): readonly Found[] => {
  if (before === null || fact.type !== "CaseRedispatched") return [];
  const said = new Set<string>(fact.data.waived);
  const falling = new Set<string>(endedBy(fact, before, law));
  return before.deadlines.flatMap((deadline): readonly Found[] => {
    if (!isOpen(deadline) || said.has(deadline.id) === falling.has(deadline.id)) return [];
    const due = dueDateIn(deadline);
    return [
      said.has(deadline.id)
        ? { due, outcome: "differs", expected: due, fault: "ended" }
        : { due, outcome: "differs", expected: null, fault: "notEnded" },
    ];
  });
};

/**
 * The due dates of an entry as it should read, of the later entries that follow otherwise from it, and of
 * those that an event of its own is to compute anew.
 */
const correctionAgain = (
  correction: CorrectionEvent,
  before: CaseState,
  after: CaseState,
  law: LawThen | undefined,
  next: EvolveEvent | undefined,
): readonly Found[] => {
  const isFollowed = next?.type === "DeadlinesRecomputed" && next.data.cause === "correction";
  const moved =
    law === undefined || isFollowed
      ? []
      : (derived(() => movedByCorrection(after, correction.on, law)) ?? []);
  return [
    ...(correction.type === "EntryAmended" ? amendmentAgain(correction, before, law) : []),
    ...moved.map((due): Found => ({ due, outcome: "differs", expected: due, fault: "missing" })),
  ];
};

const amendmentAgain = (
  amendment: Extract<CorrectionEvent, { type: "EntryAmended" }>,
  before: CaseState,
  law: LawThen | undefined,
): readonly Found[] => {
  const { entry: place, on, data, derived: said = [] } = amendment.data;
  const standing = entriesOf(before.past);
  const old = standing.find(({ entry }) => entry === place)?.event;
  if (old === undefined) return [];
  const fact = { ...old, on, data } as EvolveEvent;
  const earlier = foldEntries(
    before.case,
    standing.filter(({ entry }) => entry < place),
  );
  const lawThen = law && old.type === "CaseReceived" ? { ...law, receivedBefore: old.data } : law;
  const follows = law && derived(() => derivedFrom(asMade(amendment), before, law));
  const later = standing.flatMap(({ entry, event }): readonly Found[] => {
    const one = said.find((other) => other.entry === entry)?.deadlines;
    if (follows === undefined) return (one ?? []).map((due) => uncounted(due));
    const other = follows.find((another) => another.entry === entry)?.deadlines;
    const unmoved = dueDatesIn(event);
    // what is as it was has been derived where it was set
    return one === undefined && other === undefined
      ? []
      : compared(event, one ?? unmoved, other ?? unmoved).filter(
          ({ due, outcome }) => outcome === "differs" || !unmoved.some((was) => isSame(was, due)),
        );
  });
  return [...factAgain(fact, earlier, lawThen), ...later];
};

/** An amendment before what follows from it was known. */
const asMade = (
  amendment: Extract<CorrectionEvent, { type: "EntryAmended" }>,
): Extract<CorrectionEvent, { type: "EntryAmended" }> => {
  const { derived: _derived, leading: _leading, ...data } = amendment.data;
  return { ...amendment, data };
};
