/** @module rule-words — rules as people read them: 自交办之日起 3 个月; 3 months from the dispatch. */
import type { Label } from "../case/terms.ts";
import { deadlineNames, levels, roles, submissionPhases } from "../case/terms.ts";
import type {
  AppliesTo,
  DeadlineRule,
  Extension,
  RuledDeadline,
  Term,
  Trigger,
} from "./deadline-rule.ts";
import type { Kind } from "./rulebook.ts";
import type { Confidence } from "./source.ts";
import { units } from "./terms/term.ts";

/** What each trigger is called; `dueDateOf:…` is put together from the due date's name. */
const triggers: Readonly<Record<Exclude<Trigger, `dueDateOf:${string}`>, Label>> = {
  submitted: { zh: "提出之日", en: "the submission" },
  sessionClosed: { zh: "大会闭会之日", en: "the closing of the session" },
  dispatched: { zh: "交办之日", en: "the dispatch" },
  received: { zh: "收到之日", en: "the receipt" },
  receiptSigned: { zh: "签收之日", en: "the signed receipt" },
  assigned: { zh: "落实五定之日", en: "the 五定" },
  opinionRequested: { zh: "征求协办意见之日", en: "the request for an opinion" },
  opinionReturned: { zh: "退回协办意见之日", en: "the return of the opinion" },
  commitmentFulfilled: { zh: "承诺兑现之日", en: "the fulfilment of the promise" },
  progressReported: { zh: "上次报告进展之日", en: "the last report of progress" },
  progressDispatched: { zh: "上次调度之日", en: "the last dispatch meeting" },
  returnRequested: { zh: "申请退办之日", en: "the request to send it back" },
  returnApproved: { zh: "同意退办之日", en: "the consent to its return" },
  replyDelivered: { zh: "答复之日", en: "the reply" },
  rehandlingOrdered: { zh: "决定重新办理之日", en: "the order to handle it again" },
  fixedDate: { zh: "交办之年", en: "the year of the dispatch" },
};

/** What a term counts from. */
export const triggerWords = (trigger: Trigger): Label => {
  if (!trigger.startsWith("dueDateOf:")) return triggers[trigger as keyof typeof triggers];
  const { zh, en } = deadlineNames[trigger.slice("dueDateOf:".length) as RuledDeadline];
  return { zh: `${zh}时限`, en: `the due date of the ${en}` };
};

/** How long a term is and what it counts from. */
export const termWords = ({
  amount = 0,
  unit,
  direction,
  monthDay,
  trigger,
  cutOff,
}: Term & Readonly<{ trigger: Trigger }>): Label => {
  const from = triggerWords(trigger);
  if (unit === "date") {
    const [month = "", day = ""] = (monthDay ?? "").split("-");
    return {
      zh: `当年 ${Number(month)} 月 ${Number(day)} 日前`,
      en: `by ${monthDay} of the same year`,
    };
  }
  const after = cutOff === undefined ? none : cutOffWords(cutOff);
  if (amount === 0 && unit !== "hour" && unit !== "workingHour") {
    return { zh: `${from.zh}当日${after.zh}`, en: `on the day of ${from.en}${after.en}` };
  }
  const length = { zh: `${amount} ${units[unit].zh}`, en: inEnglish(amount, units[unit].en) };
  return direction === "before"
    ? { zh: `${from.zh}前 ${length.zh}`, en: `${length.en} before ${from.en}` }
    : {
        zh: `自${from.zh}起 ${length.zh}${after.zh}`,
        en: `${length.en} from ${from.en}${after.en}`,
      };
};

const none: Label = { zh: "", en: "" };

const cutOffWords = (cutOff: string): Label => ({
  zh: `（${cutOff} 起计为次日）`,
  en: ` (from ${cutOff} on it counts as the next day)`,
});

const inEnglish = (amount: number, unit: string): string =>
  `${amount} ${amount === 1 ? unit.replace(/s$/, "") : unit}`;

/** How far a term may be extended, and by whom. */
export const extensionWords = (extension: Extension | null): Label => {
  if (extension === null) return { zh: "不得延期", en: "none" };
  const { max, approver, mustApplyBeforeDue, needsWrittenNoticeToProposer, confidence } = extension;
  const length = `${max.amount} ${units[max.unit].zh}`;
  const zh = [
    max.from === "trigger" ? `最长至 ${length}` : `延长不超过 ${length}`,
    approver === null ? "" : `须经${approver.zh}同意`,
    mustApplyBeforeDue ? "须在到期前申请" : "",
    needsWrittenNoticeToProposer ? "书面告知提案人" : "",
    confidence === "default" ? confidences.default.zh : "",
  ];
  const english = inEnglish(max.amount, units[max.unit].en);
  const en = [
    max.from === "trigger" ? `to ${english} at most` : `by ${english} at most`,
    approver === null ? "" : `with the consent of ${approver.en}`,
    mustApplyBeforeDue ? "asked for before the due date" : "",
    needsWrittenNoticeToProposer ? "with written notice to the proposer" : "",
    confidence === "default" ? confidences.default.en : "",
  ];
  return { zh: said(zh).join("，"), en: said(en).join(", ") };
};

const said = (parts: readonly string[]): readonly string[] => parts.filter((part) => part !== "");

/** Which cases a rule is for. */
export const appliesToWords = (appliesTo: AppliesTo, kinds: readonly Kind[]): Label => {
  const { roles: own, levels: of, phases, categories, isComplex, isKey, rounds } = appliesTo;
  const parts: readonly (readonly Label[])[] = [
    (appliesTo.kinds ?? []).map((id) => kinds.find((kind) => kind.id === id)?.label ?? same(id)),
    (own ?? []).map((role) => roles[role]),
    (of ?? []).map((level) => levels[level]),
    (phases ?? []).map((phase) => submissionPhases[phase]),
    (categories ?? []).map(same),
    isComplex === undefined ? [] : [isComplex ? complex : ordinary],
    isKey === undefined ? [] : [isKey ? key : notKey],
    (rounds ?? []).map((round) => ({ zh: `第 ${round} 轮`, en: `round ${round}` })),
  ];
  const named = parts.filter((part) => part.length > 0);
  if (named.length === 0) return { zh: "全部", en: "all" };
  return {
    zh: named.map((part) => part.map(({ zh }) => zh).join("、")).join("；"),
    en: named.map((part) => part.map(({ en }) => en).join(", ")).join("; "),
  };
};

const same = (id: string): Label => ({ zh: id, en: id });
const complex: Label = { zh: "复杂件", en: "complex" };
const ordinary: Label = { zh: "非复杂件", en: "not complex" };
const key: Label = { zh: "重点件", en: "key" };
const notKey: Label = { zh: "非重点件", en: "not key" };

/** On what basis a rule stands. */
export const confidences: Readonly<Record<Confidence, Label>> = {
  law: { zh: "法律法规条文", en: "law" },
  page: { zh: "网页所载", en: "page" },
  document: { zh: "文件所载", en: "document" },
  default: { zh: "默认值", en: "default" },
};

/** What follows when a due date is missed. */
export const misses: Readonly<Record<DeadlineRule["onMiss"], Label>> = {
  lockRight: { zh: "不得再行使该权利", en: "the right lapses" },
  escalate: { zh: "报上级督办", en: "it is escalated" },
  countAsLate: { zh: "计为逾期", en: "it counts as late" },
};
