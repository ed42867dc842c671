/** @module warnings — what no rule forbids and somebody should know before it is too late. */
import { isPublishable, lastReply, openAnswer } from "../case/reading.ts";
import { dueDateOfOpinion, opinionsDueAfterReply } from "../case/reading-answer.ts";
import type { CaseState } from "../case/state.ts";
import type { Reason } from "./gap-reasons.ts";

/** What to look out for in a case, with what would put it right. */
export const warningsOf = (state: CaseState): readonly Reason[] => [
  ...opinionsTooLate(state),
  ...withheldWithoutReason(state),
  ...publicAgainstWish(state),
];

/** An opinion that is due only after the reply comes too late for it, though nobody is late. */
const opinionsTooLate = (state: CaseState): readonly Reason[] => {
  const reply = openAnswer(state);
  if (reply === undefined) return [];
  return opinionsDueAfterReply(state).map(({ opinion, unit }) => {
    const due = dueDateOfOpinion(state, opinion)?.dueOn ?? "";
    return {
      why: {
        zh: `${unit}的协办意见时限 ${due} 晚于本件答复时限 ${reply.dueOn}`,
        en: `the opinion of ${unit} is due on ${due}, after the reply itself on ${reply.dueOn}`,
      },
      repair: {
        zh: "商请协办单位提前提交，或者在到期前申请延期",
        en: "ask for it earlier, or have the reply put off before it is due",
      },
    };
  });
};

const withheldWithoutReason = (state: CaseState): readonly Reason[] => {
  const reply = lastReply(state);
  const isExplained =
    reply?.disclosureReason !== undefined || (reply?.disclosureDecisions.length ?? 0) > 0;
  if (reply?.disclosure !== "withheld" || isExplained) return [];
  return [
    {
      why: { zh: "答复不予公开，没有写明理由", en: "the reply is withheld without a reason" },
      repair: {
        zh: "答复时用 --disclosure-reason 写明理由；可以公开的，用 disclose 重新确定",
        en: "give it with --disclosure-reason of answer; if it may be published, decide so with disclose",
      },
    },
  ];
};

const publicAgainstWish = (state: CaseState): readonly Reason[] =>
  state.received.consentToPublish === false && isPublishable(lastReply(state))
    ? [
        {
          why: {
            zh: "答复定为公开，而提案人不同意公开",
            en: "the reply is to be published, and the proposer does not consent",
          },
          repair: {
            zh: "用 disclose 改为依申请公开或者不予公开",
            en: "decide with disclose that it is disclosed on request or withheld",
          },
        },
      ]
    : [];
