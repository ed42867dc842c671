/** @module endings — closing, reopening, withdrawing: from its commands to facts, and what the facts add to a case. */
import type { DeadlineName } from "../../case/terms.ts";
import { deadlineNameOf } from "../../case/terms.ts";
import { nameOn, plainOffice } from "../../case/office.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Gathering } from "../gathering.ts";
import { ended } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";

/** What its commands ask for. */
export const endingsProposals: Proposing<"close" | "reopen" | "withdraw"> = {
  close: ({ fact }) => [fact("CaseClosed", {})],
  reopen: ({ input, on, state, context, fact }) => {
    // a closed case kept the name of its time; what is handled again goes on under today's
    const from = state.assignment?.department;
    const to = from === undefined ? from : nameOn(context.office ?? plainOffice, from, dateOf(on));
    return [
      fact("CaseReopened", input),
      ...(from === undefined || to === undefined || to === from
        ? []
        : [fact("AssignmentRenamed", { from, to })]),
    ];
  },
  withdraw: ({ input, fact }) => [fact("CaseWithdrawn", input)],
};

const outliving: ReadonlySet<DeadlineName> = new Set<DeadlineName>([
  "commitment",
  "second-reply",
  "status-report",
  "publication",
]);

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
