/** @module drafting — 拟稿、核稿、签发: from its commands to facts, and what the facts add to a case. */
import { currentDraft } from "../../case/reading-answer.ts";
import type { CaseState, Draft } from "../../case/state.ts";
import type { Gathering } from "../gathering.ts";
import { withoutRemarks } from "../gathering.ts";
import type { Proposing } from "../proposing.ts";
import { letterOf, nextNumber } from "../proposing.ts";

/** The number of the draft that is reviewed or signed; 0 when there is none, and a guard says so. */
const draftAtHand = (state: CaseState): number => currentDraft(state)?.draft ?? 0;

/** What its commands ask for. */
export const draftingProposals: Proposing<"draft" | "review" | "sign"> = {
  draft: ({ input: { file, ...draft }, state, context, fact }) => [
    fact("DraftSubmitted", {
      draft: nextNumber(state.drafts.map((one) => one.draft)),
      round: state.round,
      ...letterOf(draft.result, state, context),
      ...draft,
      ...(file && { file: context.keep(file) }),
    }),
  ],
  review: ({ input, state, fact }) => [
    fact("DraftReviewed", { draft: draftAtHand(state), ...input }),
  ],
  sign: ({ input, state, fact }) => [fact("ReplySigned", { draft: draftAtHand(state), ...input })],
};

/** The drafts with something about one of them changed. */
const withDraft = (
  { drafts }: CaseState,
  number: number,
  change: (draft: Draft) => Partial<Draft>,
): CaseState["drafts"] =>
  drafts.map((one) => (one.draft === number ? { ...one, ...change(one) } : one));

/** What its events add to a case. */
export const draftingFacts: Gathering<"DraftSubmitted" | "DraftReviewed" | "ReplySigned"> = {
  DraftSubmitted: (state, { on, actor, data }) => {
    const { text: _text, ...draft } = withoutRemarks(data);
    return {
      ...state,
      drafts: [...state.drafts, { ...draft, on, by: actor.id, reviews: [], signature: null }],
    };
  },
  DraftReviewed: (state, { on, actor, data }) => {
    const { draft, ...review } = withoutRemarks(data);
    return {
      ...state,
      drafts: withDraft(state, draft, ({ reviews }) => ({
        reviews: [...reviews, { on, actor: actor.id, ...review }],
      })),
    };
  },
  ReplySigned: (state, { on, data: { draft, by } }) => ({
    ...state,
    drafts: withDraft(state, draft, () => ({ signature: { on, by } })),
  }),
};
