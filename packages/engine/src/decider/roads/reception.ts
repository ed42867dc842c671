/** @module reception — a case that is sent back: from its commands to facts, and what the facts add to a case. */
import { dateOf } from "../../time/occurred-on.ts";
import type { Gathering } from "../gathering.ts";
import { ended, fresh, met } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";
import { owed } from "../proposing.ts";

/** What its commands ask for. */
export const receptionProposals: Proposing<"request-return" | "decide-return"> = {
  "request-return": ({ input, on, state, context, fact }) => [
    fact("ReturnRequested", { ...input, ...owed({ returnRequested: on }, state, context) }),
  ],
  "decide-return": ({ input: { decision, by }, on, state, context, fact }) =>
    decision === "refused"
      ? [fact("ReturnRefused", { by })]
      : [fact("ReturnApproved", { by, ...owed({ returnApproved: on }, state, context) })],
};

/** What its events add to a case. */
export const receptionFacts: Gathering<"ReturnRequested" | "ReturnApproved" | "ReturnRefused"> = {
  ReturnRequested: (state, event) => ({
    ...state,
    returnRequest: { on: event.on, reason: event.data.reason, pending: true },
    // also after the 五定, which ended the right for the to-do list but not inside its window
    deadlines: [
      ...state.deadlines.map((deadline) =>
        deadline.id === "return-request" &&
        deadline.metOn === null &&
        deadline.ended !== "superseded"
          ? { ...deadline, metOn: dateOf(event.on), ended: null }
          : deadline,
      ),
      ...(event.data.deadlines ?? []).map((due) => fresh(due, state.round)),
    ],
  }),
  ReturnApproved: (state, event) => {
    const decided = { ...state, deadlines: met(state, event, "return-decision") };
    return {
      ...state,
      returnRequest: state.returnRequest && { ...state.returnRequest, pending: false },
      deadlines: [
        // what the dispatching body owes outlives our part in the case
        ...ended(decided, "waived", ({ id }) => id !== "redispatch"),
        ...(event.data.deadlines ?? []).map((due) => fresh(due, state.round)),
      ],
    };
  },
  ReturnRefused: (state, event) => ({
    ...state,
    returnRequest: state.returnRequest && { ...state.returnRequest, pending: false },
    deadlines: met(state, event, "return-decision"),
  }),
};
