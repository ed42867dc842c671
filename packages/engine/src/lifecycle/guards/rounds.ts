/** @module rounds — guards: how often a case is handled again, and what is decided above. */
import { feedbackOfRound } from "../../case/reading.ts";
import type { CaseState } from "../../case/state.ts";
import type { Rulebook } from "../../rulebook/rulebook.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import type { Guard } from "./guard.ts";
import { sourceOf } from "./guard.ts";

const maxOf = (state: CaseState, { rounds }: Rulebook): number | null =>
  choiceFor(rounds, state.received.kind).value.max;

/** Whether the rulebook lets no other round follow by itself. */
const isLastRound = (state: CaseState, rulebook: Rulebook): boolean => {
  const max = maxOf(state, rulebook);
  return max !== null && state.round >= max;
};

/** Whether there is something to decide above: a dissatisfied form, or the last round. */
export const mayEscalate = (state: CaseState, rulebook: Rulebook): boolean =>
  isLastRound(state, rulebook) ||
  feedbackOfRound(state).some(
    ({ attitude, result }) => attitude === "dissatisfied" || result === "dissatisfied",
  );

export const roundsGuards = {
  roundsLeft: {
    holds: ({ state, rulebook }) =>
      !isLastRound(state, rulebook) || state.escalations.some(({ round }) => round === state.round),
    why: {
      zh: "已到规定的办理轮次，须先提级处理",
      en: "no further round is allowed without a decision from above",
    },
    told: ({ state, rulebook }) => {
      const { round } = state;
      const max = maxOf(state, rulebook);
      return {
        zh: `已办理 ${round} 轮，规定最多 ${max} 轮，须先提级处理`,
        en: `${round} rounds are done of ${max} allowed; a decision from above comes first`,
      };
    },
    source: (input) => sourceOf(input.rulebook.rounds, input),
    repair: {
      zh: "先用 escalate 记录上级的处理意见；要求再次办理的，再用 rehandle 记录。",
      en: "Record what was decided with escalate first, then rehandle if it is to be handled again.",
    },
  },
  escalatable: {
    holds: ({ state, rulebook }) => mayEscalate(state, rulebook),
    why: {
      zh: "本轮没有不满意的意见反馈，也未到规定的最后一轮",
      en: "no form of this round says dissatisfied, and it is not the last round",
    },
    source: (input) => sourceOf(input.rulebook.rounds, input),
    repair: {
      zh: "收到不满意的意见反馈后，先用 feedback 记录。",
      en: "Record the dissatisfied form with feedback first.",
    },
  },
} as const satisfies Record<string, Guard>;
