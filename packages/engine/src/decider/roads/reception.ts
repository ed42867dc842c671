/** @module reception — a case that is signed for, sent back, or found complex: from its commands to facts, and what the facts add to a case. */
import type { CaseEventData, DueDate } from "../../case/events.ts";
import type { CaseState, ReturnRequest } from "../../case/state.ts";
import type { ReturnDecision } from "../../case/terms.ts";
import { dueDatesFor } from "../../rulebook/due-on.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { EvolveEvent, Gathering } from "../gathering.ts";
import { ended, fresh, isLive, met, replaced } from "../gathering.ts";
import type { LawOfCase, Proposing } from "../proposing.ts";
import { owed } from "../proposing.ts";
import { withTimes } from "../recompute.ts";
import { ruleFactsOf, signedOn, triggeredInRound } from "../triggers.ts";

/** What its commands ask for. */
export const receptionProposals: Proposing<
  "sign-receipt" | "request-return" | "decide-return" | "mark-complex"
> = {
  "sign-receipt": ({ input: { by }, on, state, context, fact }) => [
    fact("ReceiptSigned", {
      by,
      ...owed({ receiptSigned: signedOn(state, on) }, state, context),
    }),
  ],
  "request-return": ({ input, on, state, context, fact }) => [
    fact("ReturnRequested", { ...input, ...owed({ returnRequested: on }, state, context) }),
  ],
  "decide-return": ({ input: { decision, by }, on, state, context, fact }) =>
    decision === "refused"
      ? [fact("ReturnRefused", { by })]
      : [fact("ReturnApproved", { by, ...owed({ returnApproved: on }, state, context) })],
  "mark-complex": ({ input, state, context, fact }) => [
    fact("CaseMarkedComplex", { ...input, deadlines: asComplex(state, context) }),
  ],
};

/** The open due dates for which the rulebook has another term for complex cases, counted from the same day. */
export const asComplex = (state: CaseState, context: LawOfCase): readonly DueDate[] => {
  const facts = { ...ruleFactsOf(state.received, state.round), isComplex: true };
  const triggered = triggeredInRound(state);
  return dueDatesFor(state.case, withTimes(context, triggered), triggered, facts).filter((due) =>
    state.deadlines.some((one) => one.id === due.id && isLive(one) && one.rule !== due.rule),
  );
};

/** The newest request with a decision on it, where it waits for one. */
export const decided = (
  { returnRequest }: CaseState,
  { on }: Pick<EvolveEvent, "on">,
  decision: ReturnDecision,
  by: string,
): ReturnRequest | null =>
  returnRequest?.pending === true
    ? { ...returnRequest, pending: false, decision, decidedOn: on, decidedBy: by }
    : returnRequest;

/** What its events add to a case. */
export const receptionFacts: Gathering<
  "ReceiptSigned" | "ReturnRequested" | "ReturnApproved" | "ReturnRefused" | "CaseMarkedComplex"
> = {
  ReceiptSigned: (state, event) => ({
    ...state,
    receipt: { on: event.on, by: event.data.by },
    deadlines: replaced(
      { ...state, deadlines: met(state, event, "receipt") },
      event.data.deadlines ?? [],
    ),
  }),
  ReturnRequested: (state, event) => ({
    ...state,
    returnRequest: requested(event.data, event.on),
    formerReturnRequests: state.returnRequest
      ? [...state.formerReturnRequests, state.returnRequest]
      : state.formerReturnRequests,
    deadlines: replaced(
      { ...state, deadlines: windowUsed(state, event) },
      event.data.deadlines ?? [],
    ),
  }),
  ReturnApproved: (state, event) => {
    const settled = { ...state, deadlines: met(state, event, "return-decision") };
    return {
      ...state,
      returnRequest: decided(state, event, "approved", event.data.by),
      deadlines: [
        // what the dispatching body owes outlives our part in the case
        ...ended(settled, "waived", ({ id }) => id !== "redispatch"),
        ...(event.data.deadlines ?? []).map((due) => fresh(due, state.round)),
      ],
    };
  },
  ReturnRefused: (state, event) => ({
    ...state,
    returnRequest: decided(state, event, "refused", event.data.by),
    deadlines: met(state, event, "return-decision"),
  }),
  CaseMarkedComplex: (state, event) => {
    const { deadlines, by, reason } = event.data;
    const moved = new Set<string>(deadlines.map(({ id }) => id));
    return {
      ...state,
      received: { ...state.received, isComplex: true },
      complexity: { on: event.on, by, reason },
      extensions: state.extensions.map((one) =>
        moved.has(one.deadline) ? { ...one, stands: false } : one,
      ),
      deadlines: replaced(state, deadlines),
    };
  },
};

const requested = (
  { reason, suggestedUnit }: CaseEventData["ReturnRequested"],
  on: ReturnRequest["on"],
): ReturnRequest => ({
  on,
  reason,
  ...(suggestedUnit !== undefined && { suggestedUnit }),
  pending: true,
  decision: null,
  decidedOn: null,
  decidedBy: null,
});

/** The newest window met, also after the 五定, which ended the right for the to-do list but not inside it. */
const windowUsed = (
  { deadlines }: CaseState,
  { on }: Pick<EvolveEvent, "on">,
): CaseState["deadlines"] => {
  const newest = deadlines.findLastIndex(
    ({ id, ended: how }) => id === "return-request" && how !== "superseded",
  );
  return deadlines.map((deadline, at) =>
    at === newest && deadline.metOn === null
      ? { ...deadline, metOn: dateOf(on), ended: null }
      : deadline,
  );
};
