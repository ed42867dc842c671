/** @module check-triggers — whether what a term counts from can set it, and can say a time of day. */
import type { DeadlineRule, RuledDeadline, Trigger } from "../deadline-rule.ts";
import { triggerWords } from "../rule-words.ts";
import type { RuleCheck } from "./checked.ts";
import { finding, listed } from "./rule-problem.ts";

const atReceipt: readonly Trigger[] = [
  "submitted",
  "sessionClosed",
  "dispatched",
  "received",
  "fixedDate",
];

/** What each due date may count from, beside another due date: nothing that comes after it is met. */
const triggersOf: Readonly<Record<RuledDeadline, readonly Trigger[]>> = {
  dispatch: ["submitted", "sessionClosed"],
  "acceptance-notice": ["submitted", "sessionClosed", "dispatched"],
  "return-request": [...atReceipt, "receiptSigned"],
  "return-decision": ["returnRequested"],
  redispatch: ["returnRequested", "returnApproved"],
  "first-contact": [...atReceipt, "receiptSigned"],
  "co-opinion": [...atReceipt, "receiptSigned", "opinionRequested", "opinionReturned"],
  reply: [...atReceipt, "receiptSigned"],
  feedback: ["replyDelivered"],
  rehandling: ["rehandlingOrdered"],
  publication: ["replyDelivered"],
  receipt: atReceipt,
  "second-reply": ["commitmentFulfilled"],
  "status-report": ["fixedDate"],
  "progress-report": ["assigned", "progressReported"],
  "progress-dispatch": ["assigned", "progressDispatched"],
};

const isDueDate = (trigger: Trigger): boolean => trigger.startsWith("dueDateOf:");

/** A due date counts from something that comes before it is met. */
export const triggerFits: RuleCheck = ({ id, deadline, trigger }, path) => {
  const allowed = triggersOf[deadline];
  if (isDueDate(trigger) || allowed.includes(trigger)) return [];
  const words = listed(allowed);
  return [
    finding(
      [...path, "trigger"],
      id,
      {
        zh: `规则“${id}”的时限“${deadline}”不能自${triggerWords(trigger).zh}（${trigger}）起算。`,
        en: `Rule "${id}": a due date "${deadline}" cannot count from ${triggerWords(trigger).en} (${trigger}).`,
      },
      { zh: `可用：${words.zh}。`, en: `Possible: ${words.en}.` },
    ),
  ];
};

/** Facts that may say their time of day; all others are days. */
const timed: ReadonlySet<Trigger> = new Set<Trigger>([
  "received",
  "receiptSigned",
  "returnRequested",
  "returnApproved",
  "replyDelivered",
  "rehandlingOrdered",
]);

const asksForTime = ({ unit, cutOff }: DeadlineRule): boolean =>
  unit === "hour" || unit === "workingHour" || cutOff !== undefined;

/** A term in hours, or one with a cut-off, counts from a fact that may say its time. */
export const timeIsKnown: RuleCheck = (rule, path) => {
  const { id, trigger } = rule;
  if (!asksForTime(rule) || timed.has(trigger) || trigger === "fixedDate") return [];
  const words = listed([...timed]);
  return [
    finding(
      [...path, "trigger"],
      id,
      {
        zh: `规则“${id}”要看时刻，但${triggerWords(trigger).zh}（${trigger}）只有日期，没有时刻。`,
        en: `Rule "${id}" asks for a time of day, but ${triggerWords(trigger).en} (${trigger}) is a day without one.`,
      },
      {
        zh: `请改用有时刻的事实：${words.zh}；或者改为按日计算，并删去 cutOff。`,
        en: `Count from a fact with a time: ${words.en}; or count in days, and take out cutOff.`,
      },
    ),
  ];
};
