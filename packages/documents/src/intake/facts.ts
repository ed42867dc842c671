/** @module facts — what a row of a ledger says of its case, fact by fact, and the command that records each. */
import type { CommandName, Label } from "@wuding/engine";

type Fact = Readonly<{
  label: Label;
  command: CommandName;
  /** The types of event that say it. */
  types: readonly string[];
  /** Fields without which it cannot be recorded. */
  needs: readonly string[];
}>;

/** In the order of the work; facts of one day are recorded in it. */
export const facts = {
  received: {
    label: { zh: "接收", en: "receipt" },
    command: "receive",
    types: ["CaseReceived"],
    needs: [],
  },
  receipt: {
    label: { zh: "签收", en: "signed receipt" },
    command: "sign-receipt",
    types: ["ReceiptSigned"],
    needs: ["on", "by"],
  },
  assignment: {
    label: { zh: "五定", en: "五定" },
    command: "assign",
    types: ["CaseAssigned", "CaseReassigned"],
    needs: ["department", "person", "due", "task", "responsibility"],
  },
  firstContact: {
    label: { zh: "沟通", en: "contact" },
    command: "contact",
    types: ["ContactRecorded"],
    needs: ["on", "mode"],
  },
  firstMeeting: {
    label: { zh: "见面", en: "meeting" },
    command: "contact",
    types: ["ContactRecorded"],
    needs: ["on", "mode"],
  },
  opinion: {
    label: { zh: "协办意见", en: "opinion" },
    command: "submit-opinion",
    types: ["OpinionSubmitted"],
    needs: ["on", "text"],
  },
  answer: {
    label: { zh: "答复", en: "reply" },
    command: "answer",
    types: ["ReplyDelivered"],
    needs: ["on", "result"],
  },
  publication: {
    label: { zh: "公开", en: "publication" },
    command: "publish",
    types: ["ReplyPublished"],
    needs: ["on"],
  },
  feedback: {
    label: { zh: "反馈", en: "feedback" },
    command: "feedback",
    types: ["FeedbackReceived"],
    needs: ["on", "attitude", "result"],
  },
  followUp: {
    label: { zh: "回访", en: "follow-up" },
    command: "follow-up",
    types: ["FollowUpRecorded"],
    needs: ["on", "outcome"],
  },
  closing: {
    label: { zh: "办结", en: "closing" },
    command: "close",
    types: ["CaseClosed"],
    needs: ["on"],
  },
} as const satisfies Readonly<Record<string, Fact>>;

export type FactName = keyof typeof facts;

/** In the order of the work. */
export const factNames = Object.keys(facts) as readonly FactName[];
