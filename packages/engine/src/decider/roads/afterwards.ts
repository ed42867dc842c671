/** @module afterwards — what is found out after the reply: results that changed, and look-backs. */
import type { CaseEvent } from "../../case/events.ts";
import { currentResult, lastReply } from "../../case/reading.ts";
import { invalidInput } from "../../errors.ts";
import { schemeFor } from "../../rulebook/rulebook.ts";
import type { Gathering } from "../gathering.ts";
import { withoutRemarks } from "../gathering.ts";
import type { Proposal, Proposing } from "../proposing.ts";

const reclassified = ({
  input,
  state,
  context,
  fact,
}: Proposal<"reclassify">): readonly CaseEvent[] => {
  const { scheme, codes } = schemeFor(context.rulebook, state.received.kind);
  const code = codes.find((one) => one.code === input.result);
  if (code === undefined) {
    const allowed = codes.map((one) => one.code);
    throw invalidInput({ field: "result", kind: "notOneOf", value: input.result, allowed });
  }
  const from = currentResult(state)?.result ?? "";
  return [fact("ResultReclassified", { from, ...input, scheme, meaning: code.meaning })];
};

/** What its commands ask for. */
export const afterwardsProposals: Proposing<"reclassify" | "look-back"> = {
  reclassify: reclassified,
  "look-back": ({ input, context: { jointWith = [] }, fact }) => [
    fact("LookedBack", { ...input, ...(jointWith.length > 0 && { jointWith }) }),
  ],
};

/** What its events add to a case. */
export const afterwardsFacts: Gathering<"ResultReclassified" | "LookedBack"> = {
  ResultReclassified: (state, event) => {
    const round = lastReply(state)?.round ?? state.round;
    const changed = { ...withoutRemarks(event.data), on: event.on, round };
    return { ...state, reclassifications: [...state.reclassifications, changed] };
  },
  LookedBack: (state, event) => ({
    ...state,
    lookBacks: [...state.lookBacks, { ...withoutRemarks(event.data), on: event.on }],
  }),
};
