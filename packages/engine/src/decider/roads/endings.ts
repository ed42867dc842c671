/** @module endings — closing, reopening, withdrawing: from its commands to facts, and what the facts add to a case. */
import type { DeadlineName } from "../../case/terms.ts";
import { deadlineNameOf } from "../../case/terms.ts";
import type { Gathering } from "../gathering.ts";
import { ended } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";

/** What its commands ask for. */
export const endingsProposals: Proposing<"close" | "reopen" | "withdraw"> = {
  close: ({ fact }) => [fact("CaseClosed", {})],
  reopen: ({ input, fact }) => [fact("CaseReopened", input)],
  withdraw: ({ input, fact }) => [fact("CaseWithdrawn", input)],
};

const outliving: ReadonlySet<DeadlineName> = new Set<DeadlineName>(["commitment", "publication"]);

/** What its events add to a case. */
export const endingsFacts: Gathering<"CaseClosed" | "CaseReopened" | "CaseWithdrawn"> = {
  CaseClosed: (state, event) => ({
    ...state,
    closedOn: event.on,
    // promises and the duty to publish outlive the case
    deadlines: ended(state, "waived", ({ id }) => !outliving.has(deadlineNameOf(id))),
  }),
  CaseReopened: (state) => ({ ...state, closedOn: null }),
  CaseWithdrawn: (state) => ({ ...state, deadlines: ended(state, "waived", () => true) }),
};
