/** @module due-dates — due dates that are put off or computed anew: from its commands to facts, and what the facts add to a case. */
import { extension } from "../extend.ts";
import type { Gathering } from "../gathering.ts";
import { replaced } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";

/** What its commands ask for. */
export const dueDatesProposals: Proposing<"extend"> = {
  extend: ({ input, on, state, context, fact }) => [
    fact("DeadlineExtended", extension(input, on, state, context)),
  ],
};

/** What its events add to a case. */
export const dueDatesFacts: Gathering<"DeadlineExtended" | "DeadlinesRecomputed"> = {
  DeadlineExtended: (state, event) => ({
    ...state,
    deadlines: replaced(state, event.data.deadlines),
  }),
  DeadlinesRecomputed: (state, event) => ({
    ...state,
    rulebook: event.data.rulebook,
    deadlines: replaced(state, event.data.deadlines),
  }),
};
