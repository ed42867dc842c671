/** @module triggers — what the terms of a case count from, and what its rules ask about it. */
import { deliveredOn, isPublishable, lastReply } from "../case/reading.ts";
import type { CaseEventData, DueDate } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import type { DeadlineName } from "../case/terms.ts";
import { deadlineNameOf } from "../case/terms.ts";
import type { RuleFacts, Triggered } from "../rulebook/due-on.ts";
import { dueDatesFor } from "../rulebook/due-on.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { LawOfCase } from "./proposing.ts";

type Received = Omit<CaseEventData["CaseReceived"], "deadlines" | "rulebook">;

/** As much of a case as says what handed it to us. */
type Handed = Pick<
  CaseState,
  "receivedOn" | "receipt" | "round" | "rehandlingOrderedOn" | "redispatches" | "deadlines"
> &
  Readonly<{ received: Received }>;

/** What rules ask about a case in a round. */
export const ruleFactsOf = (received: Received, round: number): RuleFacts => {
  const { kind, role, isComplex, isKey, level, submissionPhase, category } = received;
  return {
    kind,
    role,
    isComplex,
    isKey,
    ...(level && { level }),
    ...(submissionPhase && { submissionPhase }),
    ...(category !== undefined && { category }),
    round,
  };
};

/** The answer's terms: whether a redispatch begins them anew is a choice of the rulebook. */
export const answerTerms: ReadonlySet<string> = new Set<DeadlineName>([
  "reply",
  "rehandling",
  "co-opinion",
]);

/** What handed the case to us in this round: the dispatch, the order to handle it again, or a redispatch. */
const handed = (state: Handed, id: string): Triggered => {
  const { receipt, round, rehandlingOrderedOn } = state;
  const first: Triggered =
    rehandlingOrderedOn === null
      ? {
          ...receiptAlone(state.received, state.receivedOn),
          ...(receipt && { receiptSigned: signedOn(state, receipt.on) }),
        }
      : { rehandlingOrdered: rehandlingOrderedOn };
  const anew =
    state.redispatches.findLast((one) => one.round === round && one.role !== undefined) ??
    (rehandlingOrderedOn === null ? state.received.redispatched : undefined);
  if (anew === undefined) return first;
  const isAnswer = answerTerms.has(deadlineNameOf(id));
  if (isAnswer && anew.clock !== "restart") return first;
  const { on } = anew;
  return {
    ...first,
    ...(receipt && { receiptSigned: receipt.on < on ? on : signedOn(state, receipt.on) }),
    ...(rehandlingOrderedOn !== null && { rehandlingOrdered: on }),
    // a later round's answer counts from its order alone
    ...((rehandlingOrderedOn === null || !isAnswer) && {
      dispatched: on,
      received: on,
      fixedDate: on,
    }),
  };
};

/** When the receipt was signed, as terms count it: signing late on purpose gains no time. */
export const signedOn = (
  { deadlines }: Pick<CaseState, "deadlines">,
  on: OccurredOn,
): OccurredOn => {
  const due = deadlines.findLast(({ id, ended }) => id === "receipt" && ended !== "superseded");
  if (due === undefined || dateOf(on) <= due.dueOn) return on;
  return on.length > 10 ? (due.dueAt ?? `${due.dueOn}T23:59:59+08:00`) : due.dueOn;
};

/** What the receipt of a case sets in motion, by itself. */
const receiptAlone = (received: Received, on: OccurredOn): Triggered => ({
  ...(received.submittedOn && { submitted: received.submittedOn }),
  ...(received.sessionClosedOn && { sessionClosed: received.sessionClosedOn }),
  dispatched: received.dispatchedOn,
  fixedDate: received.dispatchedOn,
  received: on,
});

/** The same, of a case that was split off with the redispatches that the other one had had. */
const triggeredByReceipt = (received: Received, on: OccurredOn, id: string = "reply"): Triggered =>
  handed(
    {
      received,
      receivedOn: received.receivedOn ?? on,
      receipt: null,
      round: 1,
      rehandlingOrderedOn: null,
      redispatches: [],
      deadlines: [],
    },
    id,
  );

/** The due dates that the receipt of a case sets; the answer's may count from another day than the rest. */
export const dueDatesOfReceipt = (
  received: Received,
  on: OccurredOn,
  context: LawOfCase,
): readonly DueDate[] => {
  const facts = ruleFactsOf(received, 1);
  const dueAfter = (id: string): readonly DueDate[] =>
    dueDatesFor(context.case, context, triggeredByReceipt(received, on, id), facts).filter(
      // nothing is promised yet
      (due) => due.id !== "status-report",
    );
  if (received.redispatched === undefined) return dueAfter("reply");
  const isOfAnswer = ({ id }: DueDate): boolean => answerTerms.has(deadlineNameOf(id));
  return [
    ...dueAfter("reply").filter((due) => isOfAnswer(due)),
    ...dueAfter("receipt").filter((due) => !isOfAnswer(due)),
  ];
};

/**
 * All that has set terms in motion in the current round.
 * @param id the due date that is asked about; after a redispatch the answer may count from another day
 * than the rest
 */
export const triggeredInRound = (state: CaseState, id: string = "reply"): Triggered => {
  const delivered = deliveredOn(state);
  return {
    ...handed(state, id),
    ...(state.returnRequest && { returnRequested: state.returnRequest.on }),
    ...(delivered !== null && { replyDelivered: delivered }),
  };
};

/** What has set the terms of a deadline in motion. */
export const triggeredFor = (deadline: string, state: CaseState): Triggered => {
  const sentBack = state.opinionReturns.at(-1);
  if (deadline === "co-opinion" && sentBack) return { opinionReturned: sentBack.on };
  return deadline === "publication"
    ? publicationTriggered(state)
    : triggeredInRound(state, deadline);
};

/**
 * What the publication of the newest reply counts from, where it is this round's: the decision that it is
 * published, which came with the reply or later, whomever the reply has reached by then.
 */
const publicationTriggered = (state: CaseState): Triggered => {
  const reply = lastReply(state);
  if (reply?.round !== state.round) return {};
  const decided = reply.disclosureDecisions.findLast(
    ({ from, disclosure }) => !isPublishable({ disclosure: from }) && isPublishable({ disclosure }),
  );
  return { ...triggeredInRound(state), replyDelivered: decided?.on ?? reply.on };
};
