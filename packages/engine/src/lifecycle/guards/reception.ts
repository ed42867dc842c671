/** @module reception — guards: signing for a case, sending it back, marking it complex. */
import { isOpen } from "../../case/reading.ts";
import type { CaseState, Deadline } from "../../case/state.ts";
import type { Label } from "../../case/terms.ts";
import { printSource } from "../../rulebook/source.ts";
import { dateOf } from "../../time/occurred-on.ts";
import { isRefusedBySilence, missedDecision } from "../silent-return.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, dataOf, day, sourceOf } from "./guard.ts";

/** The window for sending the case back as it lies now; new rules may have moved it. */
const returnWindow = ({ deadlines }: CaseState): Deadline | undefined =>
  deadlines.findLast(({ id }) => id === "return-request");

const isSilent = (input: GuardInput): boolean =>
  isRefusedBySilence(input.state, input.rulebook, day(input));

/** The rulebook's choice where somebody is silent, the order of the work otherwise. */
const bySilence = (input: GuardInput): Label =>
  missedDecision(input.state, day(input)) === undefined
    ? bySense
    : sourceOf(input.rulebook.silentReturn, input);

const openReply = ({ state }: GuardInput): Deadline | undefined =>
  state.deadlines.findLast((deadline) => deadline.id === "reply" && isOpen(deadline));

/** The rule that set the reply's due date. */
const byReplyRule = (input: GuardInput): Label => {
  const due = openReply(input);
  const rule = input.rulebook.deadlines.find(({ id }) => id === due?.rule);
  if (rule !== undefined) return printSource(rule.source);
  return due === undefined ? bySense : { zh: due.source, en: due.source };
};

export const receptionGuards = {
  receiptUnsigned: {
    holds: ({ state }) => state.receipt === null,
    why: { zh: "本件已经签收", en: "the receipt is already signed" },
    told: ({ state: { receipt } }) =>
      receipt === null
        ? null
        : {
            zh: `${receipt.by} 已于 ${dateOf(receipt.on)} 签收`,
            en: `${receipt.by} signed for it on ${dateOf(receipt.on)}`,
          },
    source: bySense,
    repair: { zh: "用 show 查看签收情况。", en: "See it with show." },
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
    holds: (input) => input.state.returnRequest?.pending !== true || isSilent(input),
    why: { zh: "退办申请尚未决定", en: "a request to send the case back is still undecided" },
    told: (input) => {
      const due = missedDecision(input.state, day(input))?.dueOn;
      return due === undefined
        ? null
        : {
            zh: `退办申请逾 ${due} 未作决定，按规则仍须等待决定`,
            en: `the request to send the case back was to be decided by ${due}, and the rules wait for the decision`,
          };
    },
    source: bySilence,
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
  returnNotLapsed: {
    holds: (input) => !isSilent(input),
    why: {
      zh: "逾期未作决定，视为不予退办",
      en: "no decision came in time, which means that the case stays",
    },
    source: bySilence,
    repair: {
      zh: "请继续办理；交办单位另行改办的，用 redispatch 记录。",
      en: "Go on handling it; if it is given to another unit after all, record that with redispatch.",
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
  notComplexYet: {
    holds: ({ state }) => !state.received.isComplex,
    why: { zh: "本件已经是复杂件", en: "the case is complex already" },
    source: bySense,
    repair: { zh: "用 show 查看。", en: "See it with show." },
  },
  complexInTime: {
    holds: (input) => {
      const due = openReply(input);
      return due === undefined || day(input) <= due.dueOn;
    },
    why: {
      zh: "答复时限届满后才列为复杂件",
      en: "the case was marked complex after its reply was due",
    },
    told: (input) => {
      const due = openReply(input)?.dueOn;
      return due === undefined
        ? null
        : {
            zh: `答复时限 ${due} 届满后，不能再列为复杂件`,
            en: `its reply was due on ${due}; it cannot become complex after that`,
          };
    },
    source: byReplyRule,
    repair: {
      zh: "到期前已经认定的，用 --on 写明认定日期；否则按原时限计为逾期。",
      en: "Give the day with --on if it was decided before that; otherwise the reply is late.",
    },
  },
  complexHasLongerTerm: {
    holds: (input) => {
      const now = openReply(input)?.dueOn;
      const later = dataOf(input, "CaseMarkedComplex").deadlines.find(({ id }) => id === "reply");
      return now !== undefined && later !== undefined && later.dueOn > now;
    },
    why: {
      zh: "所依据的规则集没有为复杂件规定更长的答复时限",
      en: "the rulebook gives complex cases no longer term for the reply",
    },
    source: byReplyRule,
    repair: {
      zh: "需要更多时间的，经批准后用 extend 记录延期。",
      en: "If more time is needed, get consent and record it with extend.",
    },
  },
} as const satisfies Record<string, Guard>;
