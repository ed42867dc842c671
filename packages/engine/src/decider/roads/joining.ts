/**
 * @module joining — 并案、分案: from their commands to facts, and what the facts add to a case.
 *
 * Both are about two cases: the one that is named, and the one that it leads into. Each gets a fact of
 * its own, which the lifecycle judges on its own state.
 */
import { normalNumber } from "../../case/case-id.ts";
import type { InputOf, ReadCaseCommand } from "../../case/commands.ts";
import type { CaseEvent, CaseEventData, DueDate, Proposer, Remarks } from "../../case/events.ts";
import { answersProposer, isOpen, requestsLeft } from "../../case/reading.ts";
import type { CaseState } from "../../case/state.ts";
import { invalidInput } from "../../errors.ts";
import { rulebookName } from "../../rulebook/rulebook.ts";
import type { Gathering } from "../gathering.ts";
import { ended } from "../gathering.ts";
import type { DecideContext, MakeFact, OtherCase, Proposing } from "../proposing.ts";
import { dueDatesOfReceipt } from "../triggers.ts";

/** What its commands ask of the case that is named. */
export const joiningProposals: Proposing<"merge" | "split"> = {
  merge: ({ input: { reason }, context, fact }) => {
    const { case: into, state, mergedInto } = otherOf(context);
    // the guards see one case only: what they ask about the other one is written down
    const target: CaseEventData["CaseMerged"]["target"] = {
      status: state?.status ?? "received",
      answersProposer: state !== null && answersProposer(state),
      ...(mergedInto !== null && { mergedInto }),
    };
    return [fact("CaseMerged", { into, target, ...(reason !== undefined && { reason }) })];
  },
  split: ({ input: { requests, reason }, state, context, fact }) => {
    const gone = checkedRequests(requests, state);
    return [fact("CaseSplit", { into: otherOf(context).case, requests: gone, reason })];
  },
};

const otherOf = ({ other }: DecideContext): OtherCase => {
  if (other === undefined) throw new RangeError("the other case was not loaded");
  return other;
};

/** The numbers of requests that go, each once, in order. @throws EngineError `INVALID_INPUT` */
const checkedRequests = (requests: readonly number[], state: CaseState): readonly number[] => {
  if (requests.length === 0) throw invalidInput({ field: "requests", kind: "missing" });
  const left = requestsLeft(state);
  const beyond = requests.find((number) => !left.includes(number));
  if (beyond === undefined) return [...new Set(requests)].toSorted((one, other) => one - other);
  const numbers = left.join("、");
  const expected = {
    zh: left.length === 0 ? "本件没有分条的意见建议" : `本件现有的意见建议：第 ${numbers} 条`,
    en: left.length === 0 ? "the case has no numbered requests" : `one of ${left.join(", ")}`,
  };
  throw invalidInput({ field: "requests", kind: "outOfRange", value: String(beyond), expected });
};

/** What a command does to the case that the named one leads into, before the lifecycle has judged it. */
export const factsInto = (
  { command, input }: ReadCaseCommand,
  from: CaseState,
  into: CaseState | null,
  context: DecideContext,
  fact: MakeFact,
): readonly CaseEvent[] => {
  if (command === "merge" && into !== null) return [fact("ProposersJoined", joining(from, into))];
  if (command === "split" && into === null) {
    return [fact("CaseReceived", splitOff(input, from, context))];
  }
  return [];
};

/** Proposers and requests that the other case does not have already; nobody gets two answers. */
const joining = (from: CaseState, into: CaseState): CaseEventData["ProposersJoined"] => {
  // what was split off the other case may come back to it
  const known = new Set(requestTexts(into));
  const others = requestTexts(from).filter((request) => !known.has(request));
  return {
    from: from.case,
    proposers: from.received.proposers.filter(
      (proposer) => !into.received.proposers.some((one) => isSame(one, proposer)),
    ),
    ...(others.length > 0 && { requests: others }),
  };
};

/** The requests that a case still has. */
const requestTexts = (state: CaseState): readonly string[] =>
  requestsLeft(state).flatMap((number) => state.received.requests?.[number - 1] ?? []);

const isSame = (one: Proposer, other: Proposer): boolean =>
  one.name === other.name && one.unit === other.unit;

/** The case that some requests of another one make: with its proposers, its dispatch and its clock. */
const splitOff = (
  { number, title, requests }: InputOf<"split">,
  from: CaseState,
  context: DecideContext,
): CaseEventData["CaseReceived"] => {
  const {
    note: _note,
    late: _late,
    requests: asked = [],
    ...kept
  } = from.received as typeof from.received & Remarks;
  const made = {
    ...kept,
    number: normalNumber(number) ?? number,
    title: title ?? kept.title,
    requests: checkedRequests(requests, from).flatMap((one) => asked[one - 1] ?? []),
    splitFrom: from.case,
    receivedOn: from.receivedOn,
    ...redispatchOf(from),
    rulebook: rulebookName(context.rulebook),
  };
  const due = dueDatesOfReceipt(made, from.receivedOn, context);
  return { ...made, deadlines: due.map((one) => asExtended(one, from)) };
};

/** The last redispatch to us, where there was one: the clock goes on from there. */
const redispatchOf = ({
  redispatches,
}: CaseState): Pick<CaseEventData["CaseReceived"], "redispatched"> => {
  const last = redispatches.findLast(({ role }) => role !== undefined);
  return last === undefined
    ? {}
    : { redispatched: { on: last.on, clock: last.clock ?? "continue" } };
};

/** A due date that was extended before the split is extended for both cases. */
export const asExtended = (due: DueDate, { deadlines }: CaseState): DueDate => {
  const held = deadlines.findLast((one) => one.id === due.id && isOpen(one));
  return held?.extended === undefined
    ? due
    : { ...due, dueOn: held.dueOn, provisional: held.provisional, extended: held.extended };
};

/** What its events add to a case. */
export const joiningFacts: Gathering<"CaseMerged" | "ProposersJoined" | "CaseSplit"> = {
  CaseMerged: (state, event) => ({
    ...state,
    mergedInto: event.data.into,
    deadlines: ended(state, "waived", () => true),
  }),
  ProposersJoined: (state, { data: { from, proposers, requests = [] } }) => ({
    ...state,
    received: {
      ...state.received,
      proposers: [...state.received.proposers, ...proposers],
      ...(requests.length > 0 && { requests: [...(state.received.requests ?? []), ...requests] }),
    },
    merged: [...state.merged, from],
    joined: {
      proposers: state.joined.proposers + proposers.length,
      requests: state.joined.requests + requests.length,
    },
  }),
  CaseSplit: (state, { data: { into, requests } }) => ({
    ...state,
    splits: [...state.splits, into],
    requestsGone: [...state.requestsGone, ...requests],
  }),
};
