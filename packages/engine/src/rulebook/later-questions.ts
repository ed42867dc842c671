/**
 * @module later-questions — the questions that rulebooks of older programs do not answer, each with the
 * answer by which those programs worked.
 *
 * What stands in a log is never rewritten; a stored book without an answer is read as if it gave this one.
 */
import type { Choices, Rulebook } from "./rulebook.ts";

type LaterQuestion =
  | "redispatchClock"
  | "silentReturn"
  | "assignmentBeforeReply"
  | "coOpinions"
  | "replySteps"
  | "deliveredWhen"
  | "formsCounted"
  | "rounds"
  | "promises";

const byDefault = <Value>(value: Value, zh: string, en: string): Choices<Value> => [
  {
    value,
    source: { title: { zh: `默认值：${zh}`, en: `a default: ${en}` } },
    confidence: "default",
  },
];

const answers: Pick<Rulebook, LaterQuestion> = {
  redispatchClock: byDefault("continue", "改办后继续计算", "the term goes on"),
  silentReturn: byDefault("waits", "等待退办决定", "the decision is waited for"),
  assignmentBeforeReply: byDefault(true, "落实五定后答复", "a case is answered after the 五定"),
  coOpinions: byDefault(
    { beforeReply: false, toldInReply: false },
    "协办意见不作为答复的前提",
    "opinions are no condition of a reply",
  ),
  replySteps: byDefault(
    { reviews: 0, signature: false, checkerDiffers: false },
    "不要求记录核稿和签发",
    "no review or signature need be recorded",
  ),
  deliveredWhen: byDefault(
    "each",
    "答复送达每位提案人，参照《浙江省人民代表大会代表建议、批评和意见办理的规定》第二十二条",
    "the reply goes to each proposer; after the Zhejiang rules on deputies' suggestions, art. 22",
  ),
  formsCounted: byDefault(
    { settledBy: "any", openedBy: "any" },
    "收回任一提案人的征询意见表即可，任一提案人不满意即重新办理",
    "any proposer's form is enough, and any dissatisfied one opens a new round",
  ),
  rounds: byDefault({ max: null }, "办理轮次不限", "any number of rounds"),
  promises: byDefault(
    { withResult: false, evidence: false, secondReply: false },
    "承诺事项不作附加要求",
    "nothing more is demanded of promises",
  ),
};

/** A rulebook with an answer to every question. */
export const withAllAnswers = (
  stored: Omit<Rulebook, LaterQuestion> & Partial<Rulebook>,
): Rulebook => ({
  ...answers,
  ...stored,
});
