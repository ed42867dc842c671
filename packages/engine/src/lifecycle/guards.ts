/**
 * @module guards — the rules that may forbid a fact although the lifecycle has an arrow for it.
 *
 * Each has a name, which is permanent, a sentence for the one who is refused, where it stands, and what
 * would repair it. A guard sees only the case, the fact, who records it and the case's rulebook.
 */
import type { CaseEvent, CaseEventData } from "../case/events.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import {
  currentCommitment,
  isFormOut,
  isFormSettled,
  isOpen,
  isPublishable,
  isWithProposer,
  lastReply,
} from "../case/reading.ts";
import type { Label } from "../case/terms.ts";
import { contactPhases } from "../case/terms.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Choices, ContactDemand, Rulebook } from "../rulebook/rulebook.ts";
import { choiceFor } from "../rulebook/rulebook.ts";
import { printSource } from "../rulebook/source.ts";
import { dateOf } from "../time/occurred-on.ts";

/** What a guard may look at. */
export type GuardInput = Readonly<{
  state: CaseState;
  fact: CaseEvent;
  actor: Actor;
  rulebook: Rulebook;
}>;

type Guard = Readonly<{
  holds(input: GuardInput): boolean;
  why: Label;
  /** What is said instead where there are figures to give, null where there are none. */
  told?(input: GuardInput): Label | null;
  source: Label | ((input: GuardInput) => Label);
  repair: Label;
}>;

const bySense: Label = { zh: "办理工作的先后次序", en: "the order of the work" };
/** 国办发〔2014〕46号：答复与公开同步审查 */
const disclosedWithReply: Label = {
  zh: "国办发〔2014〕46号：公开与答复同步审查",
  en: "国办发〔2014〕46号: disclosure is reviewed together with the reply",
};
const byRole: Label = { zh: "承办角色的分工", en: "the division of roles" };

const day = ({ fact }: GuardInput): string => dateOf(fact.on);
const kindOf = ({ state }: GuardInput): string => state.received.kind;
const sourceOf = (choices: Choices<unknown>, input: GuardInput): Label =>
  printSource(choiceFor(choices, kindOf(input)).source);
const dataOf = <Type extends CaseEvent["type"]>({ fact }: GuardInput, _type: Type) =>
  fact.data as unknown as CaseEventData[Type];

/**
 * Whether the proposer was reached in this round by a day as the rulebook demands it; a contact of an
 * earlier round that was recorded late is none of this one.
 */
const isContacted = (state: CaseState, by: string, demand: ContactDemand): boolean => {
  const made = contactsCounted(state, by, demand);
  return (
    made.length >= (demand.minTimes ?? 1) &&
    (demand.phases ?? []).every((phase) => made.some((contact) => contact.phase === phase))
  );
};

/** The window for sending the case back as it lies now; new rules may have moved it. */
const returnWindow = ({ deadlines }: CaseState): Deadline | undefined =>
  deadlines.findLast(({ id }) => id === "return-request");

/** The contacts of this round by a day that count towards what the rulebook demands. */
const contactsCounted = (
  state: CaseState,
  by: string,
  { modes }: ContactDemand,
): CaseState["contacts"] =>
  state.contacts.filter(
    (contact) =>
      contact.round === state.round &&
      isWithProposer(contact) &&
      dateOf(contact.on) <= by &&
      dateOf(contact.on) >= state.roundBeganOn &&
      (modes?.includes(contact.mode) ?? true),
  );

/** How far a demand for several contacts, or for some in each phase, is met. */
const contactTold = (input: GuardInput): Label | null => {
  const demand = choiceFor(input.rulebook.contactBeforeReply, kindOf(input)).value;
  const { minTimes = 1, phases = [] } = demand;
  const made = contactsCounted(input.state, day(input), demand);
  if (made.length === 0) return null;
  const missing = phases.filter((phase) => !made.some((contact) => contact.phase === phase));
  const few = made.length < minTimes;
  const zh = [
    few ? `本轮只与提案人沟通 ${made.length} 次，规定至少 ${minTimes} 次` : "",
    missing.length > 0
      ? `本轮缺少${missing.map((one) => contactPhases[one].zh).join("、")}沟通`
      : "",
  ];
  const en = [
    few ? `the proposer was contacted ${made.length} of ${minTimes} times in this round` : "",
    missing.length > 0
      ? `no contact ${missing.map((one) => contactPhases[one].en).join(", ")} the handling`
      : "",
  ];
  const said = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("; ");
  return { zh: said(zh).replace("; ", "；"), en: said(en) };
};

/** The open due date that an extension is about. */
const extended = (input: GuardInput): Deadline | undefined => {
  const { deadline } = dataOf(input, "DeadlineExtended");
  return input.state.deadlines.find((one) => one.id === deadline && isOpen(one));
};

/** The rule behind a due date, where the case's rulebook has it. */
const ruleOf = ({ rulebook }: GuardInput, deadline: Deadline | undefined) =>
  rulebook.deadlines.find((rule) => rule.id === deadline?.rule);

const sourceOfRule = (input: GuardInput): Label => {
  const rule = ruleOf(input, extended(input));
  return rule === undefined ? bySense : printSource(rule.extension?.source ?? rule.source);
};

export const guards = {
  notBeforeDispatch: {
    holds: (input) => day(input) >= input.state.received.dispatchedOn,
    why: { zh: "发生日期早于交办日期", en: "it is dated before the dispatch" },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  notBeforeRound: {
    holds: (input) => day(input) >= input.state.roundBeganOn,
    why: {
      zh: "发生日期早于本轮办理开始的日期",
      en: "it is dated before this round of handling began",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  notBeforeReply: {
    holds: (input) => {
      const given = input.state.replies.at(-1)?.on ?? input.state.opinion?.on;
      return given === undefined || day(input) >= dateOf(given);
    },
    why: { zh: "发生日期早于答复日期", en: "it is dated before the reply" },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  notBeforeLastStep: {
    holds: (input) => day(input) >= input.state.lastStepOn,
    why: {
      zh: "发生日期早于本件最近一步的日期",
      en: "it is dated before the last step of the case",
    },
    source: bySense,
    repair: {
      zh: "核对 --on 的日期；用 history 查看各步日期。",
      en: "Check the date given with --on; history shows the dates.",
    },
  },
  withinReturnWindow: {
    holds: (input) => {
      const window = returnWindow(input.state);
      return window === undefined || day(input) <= window.dueOn;
    },
    why: { zh: "已超过申请退办的期限", en: "the window for sending the case back has passed" },
    source: ({ state }) => {
      const source = returnWindow(state)?.source ?? "";
      return { zh: source, en: source };
    },
    repair: {
      zh: "逾期不再退办，请继续办理。",
      en: "It is too late to send it back; go on handling it.",
    },
  },
  returnNotPending: {
    holds: ({ state }) => state.returnRequest?.pending !== true,
    why: { zh: "退办申请尚未决定", en: "a request to send the case back is still undecided" },
    source: bySense,
    repair: {
      zh: "先用 decide-return 记录退办决定。",
      en: "Record the decision with decide-return first.",
    },
  },
  returnPending: {
    holds: ({ state }) => state.returnRequest?.pending === true,
    why: { zh: "没有待决定的退办申请", en: "no request to send the case back is pending" },
    source: bySense,
    repair: {
      zh: "先用 request-return 申请退办。",
      en: "Record the request with request-return first.",
    },
  },
  notBeforeRequest: {
    holds: (input) => {
      const requested = input.state.returnRequest?.on;
      return requested === undefined || day(input) >= dateOf(requested);
    },
    why: {
      zh: "发生日期早于申请退办的日期",
      en: "it is dated before the request to send the case back",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  answersProposer: {
    holds: ({ state }) => state.received.role !== "assist",
    why: {
      zh: "协办件不由本单位直接答复提案人",
      en: "an assisting unit does not answer the proposer",
    },
    source: byRole,
    repair: {
      zh: "用 submit-opinion 向主办单位提交协办意见。",
      en: "Hand the opinion to the lead unit with submit-opinion.",
    },
  },
  assistsLead: {
    holds: ({ state }) => state.received.role === "assist",
    why: {
      zh: "本件不是协办件，无须提交协办意见",
      en: "only an assisting unit hands an opinion to the lead",
    },
    source: byRole,
    repair: { zh: "用 answer 答复提案人。", en: "Record the reply with answer." },
  },
  contactMade: {
    holds: (input) => {
      const demand = choiceFor(input.rulebook.contactBeforeReply, kindOf(input)).value;
      return (
        !demand.required ||
        input.state.contactWaived ||
        isContacted(input.state, day(input), demand)
      );
    },
    why: {
      zh: "本轮答复前尚未与提案人沟通联系",
      en: "the proposer has not been contacted in this round",
    },
    told: contactTold,
    source: (input) => sourceOf(input.rulebook.contactBeforeReply, input),
    repair: {
      zh: "先用 contact 记录沟通联系；提案人提出免予走访的，用 waive-contact 记录。",
      en: "Record it with contact first, or with waive-contact if the proposer asked not to be visited.",
    },
  },
  replyDelivered: {
    holds: ({ state }) => state.replies.length > 0,
    why: { zh: "尚未答复", en: "no reply has been delivered" },
    source: bySense,
    repair: { zh: "先用 answer 记录答复。", en: "Record the reply with answer first." },
  },
  formSettled: {
    holds: (input) =>
      input.state.received.role === "assist" ||
      !choiceFor(input.rulebook.closingNeedsFeedback, kindOf(input)).value ||
      isFormSettled(input.state),
    why: { zh: "征询意见表尚未收回", en: "the proposer's form has not come back" },
    source: (input) => sourceOf(input.rulebook.closingNeedsFeedback, input),
    repair: {
      zh: "先用 feedback 记录提案人的意见反馈；催收后仍未收回的，用 expire-feedback 记录。",
      en: "Record it with feedback first, or with expire-feedback if it never came back after a reminder.",
    },
  },
  formOut: {
    holds: ({ state }) => isFormOut(state),
    why: {
      zh: "没有未收回的征询意见表",
      en: "no form is out",
    },
    source: bySense,
    repair: {
      zh: "答复后、收回征询意见表前才能记录；用 show 查看。",
      en: "It goes between the reply and the form's return; see show.",
    },
  },
  reminded: {
    holds: (input) =>
      !choiceFor(input.rulebook.expiryNeedsReminder, kindOf(input)).value ||
      input.state.formReminders.some(
        (reminder) => reminder.round === input.state.round && dateOf(reminder.on) <= day(input),
      ),
    why: { zh: "征询意见表尚未催收", en: "the proposer has not been reminded of the form" },
    source: (input) => sourceOf(input.rulebook.expiryNeedsReminder, input),
    repair: {
      zh: "先用 remind-feedback 记录催收。",
      en: "Record the reminder with remind-feedback first.",
    },
  },
  mayExpire: {
    holds: (input) => {
      const window = input.state.deadlines.findLast(
        (deadline) => deadline.id === "feedback" && isOpen(deadline),
      );
      return window === undefined || day(input) > window.dueOn;
    },
    why: { zh: "反馈期限尚未届满", en: "the proposer's time for the form is not over" },
    told: ({ state }) => {
      const window = state.deadlines.findLast((deadline) => deadline.id === "feedback");
      return window === undefined
        ? null
        : {
            zh: `反馈期限至 ${window.dueOn}，尚未届满`,
            en: `the proposer has until ${window.dueOn} for the form`,
          };
    },
    source: ({ state }) => {
      const source =
        state.deadlines.findLast((deadline) => deadline.id === "feedback")?.source ?? "";
      return { zh: source, en: source };
    },
    repair: { zh: "期限届满后再记录。", en: "Record it once that time is over." },
  },
  dutyOpen: {
    holds: (input) => extended(input) !== undefined,
    why: { zh: "没有可以延期的未到期时限", en: "there is no open due date to extend" },
    source: bySense,
    repair: { zh: "用 show 查看时限。", en: "See the due dates with show." },
  },
  mayBeExtended: {
    holds: (input) => dataOf(input, "DeadlineExtended").latest !== null,
    why: { zh: "该时限不得延期", en: "this term may not be extended" },
    source: sourceOfRule,
    repair: { zh: "请在原时限内办理。", en: "Meet the due date as it stands." },
  },
  extendedInTime: {
    holds: (input) => {
      const deadline = extended(input);
      const rule = ruleOf(input, deadline);
      if (deadline === undefined || rule?.extension?.mustApplyBeforeDue !== true) return true;
      return (dataOf(input, "DeadlineExtended").appliedOn ?? day(input)) <= deadline.dueOn;
    },
    why: { zh: "时限届满后才申请延期", en: "the extension was asked for after the due date" },
    source: sourceOfRule,
    repair: {
      zh: "延期须在到期前申请；到期前已经申请的，用 --applied-on 写明申请日期。",
      en: "It must be asked for before the due date; give that day with --applied-on if it was.",
    },
  },
  extendsFurther: {
    holds: (input) =>
      (dataOf(input, "DeadlineExtended").deadlines[0]?.dueOn ?? "") >
      (extended(input)?.dueOn ?? ""),
    why: { zh: "延期后的时限不晚于原时限", en: "the new due date is no later than the old one" },
    source: bySense,
    repair: { zh: "核对 --due 的日期。", en: "Check the date given with --due." },
  },
  withinExtension: {
    holds: (input) => {
      const { latest, deadlines } = dataOf(input, "DeadlineExtended");
      return latest !== null && (deadlines[0]?.dueOn ?? "") <= latest;
    },
    why: {
      zh: "超过了规则允许的最长期限",
      en: "it goes beyond the longest term that the rule allows",
    },
    told: (input) => {
      const { latest } = dataOf(input, "DeadlineExtended");
      return latest === null
        ? null
        : {
            zh: `超过了最迟可延至的日期 ${latest}`,
            en: `it goes beyond ${latest}, the latest day that the rule allows`,
          };
    },
    source: sourceOfRule,
    repair: {
      zh: "请将 --due 或 --months 改到该日以内。",
      en: "Give a --due or --months up to that day.",
    },
  },
  mayBePublished: {
    holds: ({ state }) => isPublishable(lastReply(state)),
    why: {
      zh: "答复的公开方式不是主动公开或者摘要公开",
      en: "the reply is not to be disclosed in full or as a summary",
    },
    source: disclosedWithReply,
    repair: {
      zh: "公开方式随答复确定，本轮不能再改；下一轮答复时用 --disclosure 写明。",
      en: "That is decided with the reply and cannot be changed in this round; the next reply says it with --disclosure.",
    },
  },
  notPublished: {
    holds: ({ state }) => state.publication === null,
    why: { zh: "答复已经公开", en: "the reply is already published" },
    source: bySense,
    repair: { zh: "用 show 查看公开情况。", en: "See it with show." },
  },
  isPublished: {
    holds: ({ state }) => state.publication !== null,
    why: { zh: "答复没有公开", en: "the reply is not published" },
    source: bySense,
    repair: { zh: "用 show 查看公开情况。", en: "See it with show." },
  },
  notBeforePublication: {
    holds: (input) => {
      const { publication, publicationWithdrawnOn } = input.state;
      const last = publication?.on ?? publicationWithdrawnOn;
      return last === null || day(input) >= dateOf(last);
    },
    why: {
      zh: "发生日期早于公开或者撤回公开的日期",
      en: "it is dated before the publication or its withdrawal",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  commitmentUnfulfilled: {
    holds: (input) =>
      currentCommitment(input.state, dataOf(input, "CommitmentFulfilled").commitment)
        ?.fulfilledOn === null,
    why: { zh: "该承诺事项已经兑现", en: "the commitment is already fulfilled" },
    source: bySense,
    repair: { zh: "用 show 查看承诺事项。", en: "See the commitments with show." },
  },
  commitmentFulfilled: {
    holds: (input) => {
      const { commitment } = dataOf(input, "CommitmentVerified");
      const found = currentCommitment(input.state, commitment);
      return typeof found?.fulfilledOn === "string" && found.verifiedOn === null;
    },
    why: {
      zh: "该承诺事项尚未兑现或已经销号",
      en: "the commitment is not fulfilled yet, or is already verified",
    },
    source: bySense,
    repair: { zh: "先用 fulfil 记录兑现情况。", en: "Record its fulfilment with fulfil first." },
  },
  notBeforePromise: {
    holds: (input) => {
      const { commitment } = dataOf(input, "CommitmentFulfilled");
      const found = currentCommitment(input.state, commitment);
      const since = found?.fulfilledOn ?? found?.madeOn;
      return since === undefined || day(input) >= dateOf(since);
    },
    why: {
      zh: "发生日期早于作出承诺或兑现的日期",
      en: "it is dated before the promise or its fulfilment",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  anotherVerifies: {
    holds: (input) =>
      !choiceFor(input.rulebook.verifierDiffers, kindOf(input)).value ||
      currentCommitment(input.state, dataOf(input, "CommitmentVerified").commitment)
        ?.fulfilledBy !== input.actor.id,
    why: { zh: "记录兑现的人不能自行销号", en: "whoever recorded the fulfilment cannot verify it" },
    source: (input) => sourceOf(input.rulebook.verifierDiffers, input),
    repair: { zh: "请由他人核验后记录（--as）。", en: "Let another person record it (--as)." },
  },
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof guards;

/** Why a guard forbids, with the figures of this refusal. */
export const whyOfGuard = (name: GuardName, input: GuardInput): Label => {
  const { why, told }: Guard = guards[name];
  return told?.(input) ?? why;
};

/** The source of a guard for a given refusal. */
export const sourceOfGuard = (name: GuardName, input: GuardInput): Label => {
  const { source }: Guard = guards[name];
  return typeof source === "function" ? source(input) : source;
};
