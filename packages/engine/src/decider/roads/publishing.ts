/** @module publishing — the reply in public: from its commands to facts, and what the facts add to a case. */
import type { Gathering } from "../gathering.ts";
import { met, withoutRemarks } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";

/** What its commands ask for. */
export const publishingProposals: Proposing<"publish" | "unpublish"> = {
  publish: ({ input, fact }) => [fact("ReplyPublished", input)],
  unpublish: ({ input, fact }) => [fact("PublicationWithdrawn", input)],
};

/** What its events add to a case. */
export const publishingFacts: Gathering<"ReplyPublished" | "PublicationWithdrawn"> = {
  ReplyPublished: (state, event) => ({
    ...state,
    publication: { ...withoutRemarks(event.data), on: event.on },
    deadlines: met(state, event, "publication"),
  }),
  PublicationWithdrawn: (state, event) => ({
    ...state,
    publication: null,
    publicationWithdrawnOn: event.on,
    // the duty stands again
    deadlines: state.deadlines.map((deadline) =>
      deadline.id === "publication" && deadline.round === state.round && deadline.ended === null
        ? { ...deadline, metOn: null }
        : deadline,
    ),
  }),
};
