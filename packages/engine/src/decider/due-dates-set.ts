/**
 * @module due-dates-set — the due dates that a recorded fact sets, decided once more: from the fact, the case
 * before it and the law of that moment, by the functions that decided them when it was recorded.
 *
 * Of the due dates in the fact itself nothing is read but the days that a person named and that are told
 * nowhere else.
 */
import type { CaseEventData, CaseEventType, DueDate } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import type { DeadlineId } from "../case/terms.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { dateOf } from "../time/occurred-on.ts";
import { extendedStill } from "./amend.ts";
import { movedByCorrection } from "./correct.ts";
import { dueDatesOfExtension } from "./extend.ts";
import type { EvolveEvent } from "./gathering.ts";
import type { LawOfCase } from "./proposing.ts";
import { owed } from "./proposing.ts";
import { underCalendar, underRulebook } from "./recompute.ts";
import { dueDatesOfAssignment } from "./roads/assignment.ts";
import { unextended } from "./roads/due-dates.ts";
import { dueDatesOfRound } from "./roads/feedback.ts";
import { asExtended } from "./roads/joining.ts";
import { dueDatesOfRequest, dueDatesOfReturn } from "./roads/opinions.ts";
import { nextReport } from "./roads/progress.ts";
import { dueDatesOfFulfilment, nextStatusDuty, promisedDay, statusDuty } from "./roads/promises.ts";
import { asComplex } from "./roads/reception.ts";
import { dueDatesOfPart } from "./roads/redispatch.ts";
import { dueDatesOfDelivery, dueDatesOfDisclosure, dueDatesOfReply } from "./roads/reply.ts";
import { urgedDay } from "./roads/urging.ts";
import { dueDatesOfReceipt, signedOn } from "./triggers.ts";

/** What a fact was decided under, as far as its due dates ask. */
export type LawThen = LawOfCase &
  Readonly<{
    /** The rulebooks that have been adopted, by name. */
    rulebookNamed(name: string): Rulebook | undefined;
    /** The case that this one was split off, as it stood then. */
    splitFrom?: CaseState | null;
    /** The receipt as it read until a correction. */
    receivedBefore?: Pick<CaseEventData["CaseReceived"], "deadlines">;
  }>;

/** The facts that may set due dates. */
type SettingType = {
  [Type in CaseEventType]: "deadlines" extends keyof CaseEventData[Type] ? Type : never;
}[CaseEventType];

type Fact<Type extends CaseEventType> = Extract<EvolveEvent, { type: Type }>;

/**
 * The due dates that a fact sets.
 * @param before the case before it, null before its receipt
 * @throws EngineError `RULE_REFUSED`, `INVALID_INPUT` where no such fact could have been recorded
 */
export const dueDatesSetBy = (
  fact: EvolveEvent,
  before: CaseState | null,
  law: LawThen,
): readonly DueDate[] => {
  if (fact.type === "CaseReceived") return ofReceipt(fact, law);
  if (before === null || !setsDueDates(fact.type)) return [];
  const set = setBy[fact.type] as (
    fact: EvolveEvent,
    state: CaseState,
    law: LawThen,
  ) => readonly DueDate[];
  return set(fact, before, law);
};

const ofReceipt = ({ on, data }: Fact<"CaseReceived">, law: LawThen): readonly DueDate[] => {
  const due = dueDatesOfReceipt(data, data.receivedOn ?? on, law);
  const { splitFrom, receivedBefore } = law;
  if (receivedBefore !== undefined) {
    const amended = { kind: data.kind, deadlines: due };
    return extendedStill(amended, receivedBefore, law)?.deadlines ?? due;
  }
  return splitFrom == null ? due : due.map((one) => asExtended(one, splitFrom));
};

type SetBy = {
  readonly [Type in Exclude<SettingType, "CaseReceived">]: (
    fact: Fact<Type>,
    state: CaseState,
    law: LawThen,
  ) => readonly DueDate[];
};

const setBy: SetBy = {
  ReceiptSigned: ({ on }, state, law) =>
    owed({ receiptSigned: signedOn(state, on) }, state, law).deadlines ?? [],
  ReturnRequested: ({ on }, state, law) =>
    owed({ returnRequested: on }, state, law).deadlines ?? [],
  ReturnApproved: ({ on }, state, law) => owed({ returnApproved: on }, state, law).deadlines ?? [],
  CaseRedispatched: (fact, state, law) => newPart(fact, state, law)?.due ?? [],
  CaseMarkedComplex: (_fact, state, law) => asComplex(state, law),
  CaseAssigned: ({ on, data }, state, law) => dueDatesOfAssignment(data.assignment, on, state, law),
  CaseReassigned: ({ on, data }, state, law) =>
    dueDatesOfAssignment(data.assignment, on, state, law),
  OpinionRequested: ({ on, data: { opinion, deadlines } }, state, law) =>
    dueDatesOfRequest({ opinion, due: namedIn(deadlines, on) }, on, state, law),
  OpinionReturned: ({ on, data: { opinion } }, state, law) =>
    dueDatesOfReturn(opinion, on, state, law),
  ReplyDelivered: ({ on, data }, state, law) => dueDatesOfReply(data, on, state, law),
  DeliveryRecorded: ({ on, data }, state, law) => dueDatesOfDelivery(data.proposer, on, state, law),
  DisclosureDecided: ({ on, data }, state, law) => dueDatesOfDisclosure(data, on, state, law),
  DeadlineExtended: ({ data }, state, law) => dueDatesOfExtension(data, state, law),
  ExtensionWithdrawn: (_fact, state, law) => unextended(state, law).deadlines,
  DeadlinesRecomputed: ({ on, data: { cause } }, state, law) => {
    if (cause === "correction") return movedByCorrection(state, on, law);
    const moved =
      cause === "calendar"
        ? underCalendar(state, law, dateOf(on), law.rulebookNamed)
        : underRulebook(state, law, dateOf(on));
    return moved.map(({ to }) => to);
  },
  RehandlingOrdered: ({ on }, state, law) => dueDatesOfRound(on, state, law),
  CommitmentMade: ({ on, data: { commitment, due } }, state, law) => [
    ...(due === undefined ? [] : [promisedDay(commitment, due, on)]),
    ...statusDuty(state, on, law),
  ],
  ProgressReported: ({ on, data: { occasion = "report" } }, state, law) =>
    nextReport(occasion, state, on, law),
  CommitmentChanged: ({ on, data: { commitment, due } }) =>
    due === undefined ? [] : [promisedDay(commitment, due, on)],
  CommitmentFulfilled: ({ on, data: { commitment } }, state, law) =>
    dueDatesOfFulfilment(commitment, on, state, law),
  CommitmentStatusSent: ({ data: { year } }, state, law) => nextStatusDuty(year, state, law),
  CaseUrged: ({ on, data: { deadlines, ...urged } }) => {
    // a slip always names a day, the earliest where it is told no more
    const due = namedIn(deadlines, on) ?? (urged.slip === undefined ? undefined : dateOf(on));
    return due === undefined ? [] : [urgedDay(urged, due, on)];
  },
};

/** Whether facts of a type may set due dates. */
export const setsDueDates = (type: CaseEventType): type is SettingType =>
  type === "CaseReceived" || Object.hasOwn(setBy, type);

/** The day that a person named, which lies no earlier than the fact itself. */
const namedIn = (deadlines: readonly DueDate[] = [], on: string): DueDate["dueOn"] | undefined => {
  const named = deadlines.find(({ rulebook }) => rulebook === null);
  return named && (named.dueOn < dateOf(on) ? dateOf(on) : named.dueOn);
};

const newPart = ({ on, data }: Fact<"CaseRedispatched">, state: CaseState, law: LawThen) => {
  const { unit, by, reason, role } = data;
  return role === undefined
    ? undefined
    : dueDatesOfPart({ unit, by, reason, role, on }, state, law);
};

/** The open due dates that a fact ends because our new part does not have them. */
export const endedBy = (
  fact: EvolveEvent,
  before: CaseState,
  law: LawThen,
): readonly DeadlineId[] =>
  fact.type === "CaseRedispatched" ? (newPart(fact, before, law)?.waived ?? []) : [];

/** Whether nothing but the due date itself tells its day: a person fixed it, in a fact that says no day. */
export const isToldNowhereElse = (type: CaseEventType, { rulebook, extended }: DueDate): boolean =>
  type === "DeadlineExtended"
    ? extended?.months === undefined
    : rulebook === null && (type === "CaseUrged" || type === "OpinionRequested");
