/**
 * @module guards — the rules that may forbid a fact although the lifecycle has an arrow for it.
 *
 * Each has a name, which is permanent, a sentence for the one who is refused, where it stands, and what
 * would repair it. A guard sees only the case, the fact, who records it and the case's rulebook.
 */
import type { CaseEvent, CaseEventData } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import { currentCommitment, feedbackOfRound, isWithProposer } from "../case/reading.ts";
import type { Label } from "../case/terms.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Choices, Rulebook } from "../rulebook/rulebook.ts";
import { choiceFor, printSource } from "../rulebook/rulebook.ts";
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
  source: Label | ((input: GuardInput) => Label);
  repair: Label;
}>;

const bySense: Label = { zh: "办理工作的先后次序", en: "the order of the work" };
const byRole: Label = { zh: "承办角色的分工", en: "the division of roles" };

const day = ({ fact }: GuardInput): string => dateOf(fact.on);
const kindOf = ({ state }: GuardInput): string => state.received.kind;
const sourceOf = (choices: Choices<unknown>, input: GuardInput): Label =>
  printSource(choiceFor(choices, kindOf(input)).source);
const dataOf = <Type extends CaseEvent["type"]>({ fact }: GuardInput, _type: Type) =>
  fact.data as unknown as CaseEventData[Type];

/**
 * Whether the proposer was reached in this round by a day; a contact of an earlier round that was
 * recorded late is none of this one.
 */
const isContacted = ({ contacts, round, roundBeganOn }: CaseState, by: string): boolean =>
  contacts.some(
    (contact) =>
      contact.round === round &&
      isWithProposer(contact) &&
      dateOf(contact.on) <= by &&
      dateOf(contact.on) >= roundBeganOn,
  );

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
      const window = input.state.deadlines.find((deadline) => deadline.id === "return-request");
      return window === undefined || day(input) <= window.dueOn;
    },
    why: { zh: "已超过申请退办的期限", en: "the window for sending the case back has passed" },
    source: ({ state }) => {
      const window = state.deadlines.find((deadline) => deadline.id === "return-request");
      const source = window?.source ?? "";
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
    holds: (input) =>
      !choiceFor(input.rulebook.contactBeforeReply, kindOf(input)).value ||
      input.state.contactWaived ||
      isContacted(input.state, day(input)),
    why: {
      zh: "本轮答复前尚未与提案人沟通联系",
      en: "the proposer has not been contacted in this round",
    },
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
      feedbackOfRound(input.state).length > 0,
    why: { zh: "征询意见表尚未收回", en: "the proposer's form has not come back" },
    source: (input) => sourceOf(input.rulebook.closingNeedsFeedback, input),
    repair: {
      zh: "先用 feedback 记录提案人的意见反馈。",
      en: "Record it with feedback first.",
    },
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

/** The source of a guard for a given refusal. */
export const sourceOfGuard = (name: GuardName, input: GuardInput): Label => {
  const { source }: Guard = guards[name];
  return typeof source === "function" ? source(input) : source;
};
