/** @module triggers — what the terms of a case count from, and what its rules ask about it. */
import { lastReply } from "../case/reading.ts";
import type { CaseEventData } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import type { RuleFacts, Triggered } from "../rulebook/due-on.ts";
import type { OccurredOn } from "../time/occurred-on.ts";

type Received = Omit<CaseEventData["CaseReceived"], "deadlines" | "rulebook">;

/** What rules ask about a case in a round. */
export const ruleFactsOf = (received: Received, round: number): RuleFacts => {
  const { kind, role, isComplex, isKey, level, submissionPhase } = received;
  return {
    kind,
    role,
    isComplex,
    isKey,
    ...(level && { level }),
    ...(submissionPhase && { submissionPhase }),
    round,
  };
};

/** What the receipt of a case sets in motion. */
export const triggeredByReceipt = (received: Received, on: OccurredOn): Triggered => ({
  ...(received.submittedOn && { submitted: received.submittedOn }),
  ...(received.sessionClosedOn && { sessionClosed: received.sessionClosedOn }),
  dispatched: received.dispatchedOn,
  fixedDate: received.dispatchedOn,
  received: on,
});

/** All that has set terms in motion in the current round. */
export const triggeredInRound = (state: CaseState): Triggered => {
  const reply = lastReply(state);
  return {
    ...(state.rehandlingOrderedOn === null
      ? triggeredByReceipt(state.received, state.receivedOn)
      : { rehandlingOrdered: state.rehandlingOrderedOn }),
    ...(state.returnRequest && { returnRequested: state.returnRequest.on }),
    ...(reply?.round === state.round && { replyDelivered: reply.on }),
  };
};
