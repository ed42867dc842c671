/** @module opinions — co-handlers' opinions: from its commands to facts, and what the facts add to a case. */
import type { Gathering } from "../gathering.ts";
import { met } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";

/** What its commands ask for. */
export const opinionsProposals: Proposing<"submit-opinion"> = {
  "submit-opinion": ({ input, fact }) => [fact("OpinionSubmitted", input)],
};

/** What its events add to a case. */
export const opinionsFacts: Gathering<"OpinionSubmitted"> = {
  OpinionSubmitted: (state, event) => ({
    ...state,
    opinion: { on: event.on, text: event.data.text },
    deadlines: met(state, event, "co-opinion", "internal"),
  }),
};
