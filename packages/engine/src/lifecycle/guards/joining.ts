/** @module joining — guards: merging a case into another, and splitting one. */
import { answersProposer, isCompleted, requestsLeft } from "../../case/reading.ts";
import type { Label } from "../../case/terms.ts";
import { statuses } from "../../case/terms.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, dataOf } from "./guard.ts";

/** 山东第20条、浙江第18条、河南第21条 */
const answeredEach: Label = {
  zh: "默认值：参照《山东省人民代表大会代表建议、批评和意见办理工作条例》第二十条：内容相同的可以并案办理，分别答复",
  en: "a default, after the Shandong regulations on deputies' suggestions, art. 20: the same matter may be handled together and is answered to each",
};
const byKind: Label = { zh: "件别的划分", en: "the division of kinds" };
const byRole: Label = { zh: "承办角色的分工", en: "the division of roles" };

const mergerOf = (input: GuardInput) => dataOf(input, "CaseMerged");
const kindIn = (id: string): string => id.split("/", 1)[0] ?? "";
const openPromises = ({ state }: GuardInput): readonly number[] =>
  state.commitments
    .filter(({ verifiedOn }) => verifiedOn === null)
    .map(({ commitment }) => commitment);

export const joiningGuards = {
  notClosed: {
    holds: ({ state }) => state.status !== "closed",
    why: { zh: "本件已经办结", en: "the case is closed" },
    source: bySense,
    repair: { zh: "确需继续办理的，先用 reopen 恢复办理。", en: "Reopen it first, if it must be." },
  },
  unanswered: {
    holds: ({ state }) => state.replies.length === 0 && !isCompleted(state),
    why: {
      zh: "本件已经答复，不再并案、分案，也不再并入其他提案人",
      en: "the case is already answered and is neither merged nor split any more",
    },
    source: answeredEach,
    repair: {
      zh: "请各自办理、分别答复。",
      en: "Handle and answer the cases each by itself.",
    },
  },
  mergesElsewhere: {
    holds: (input) => mergerOf(input).into !== input.state.case,
    why: { zh: "不能并入本件自身", en: "a case cannot be merged into itself" },
    source: bySense,
    repair: { zh: "用 --into 写明另一件。", en: "Name another case with --into." },
  },
  noMergeRing: {
    holds: (input) => mergerOf(input).target.mergedInto !== input.state.case,
    why: { zh: "那一件已经并入本件", en: "that case has been merged into this one" },
    told: (input) => {
      const { into } = mergerOf(input);
      const { case: id } = input.state;
      return {
        zh: `${into} 已经并入 ${id}，不能再反过来并入`,
        en: `${into} has been merged into ${id}, which cannot go back into it`,
      };
    },
    source: bySense,
    repair: { zh: "两件已经并案，无须再记录。", en: "The two are merged; nothing is left to do." },
  },
  mergesWithinKind: {
    holds: (input) => kindIn(mergerOf(input).into) === input.state.received.kind,
    why: { zh: "件别不同，不能并案", en: "cases of two kinds are not merged" },
    source: byKind,
    repair: {
      zh: "内容相同的可以一并办理，请用 contact 记录共同沟通，分别答复。",
      en: "They can be handled together: record joint contacts, and answer each.",
    },
  },
  mergesIntoOpen: {
    holds: (input) => isUnanswered[mergerOf(input).target.status] === true,
    why: { zh: "要并入的那一件不能再并入", en: "the other case takes no more in" },
    told: (input) => {
      const { into, target } = mergerOf(input);
      const { zh, en } = statuses[target.status];
      const at = target.mergedInto;
      return at === undefined
        ? { zh: `${into} ${zh}，不能再并入`, en: `${into} is ${en} and takes no more in` }
        : { zh: `${into} 已经并入 ${at}`, en: `${into} has itself been merged into ${at}` };
    },
    source: answeredEach,
    repair: {
      zh: "请并入尚未答复的办件；已经并案的，并入现在办理的那一件。",
      en: "Merge it into a case that is not answered yet; of merged ones, the one that is handled now.",
    },
  },
  mergesWithinRole: {
    holds: (input) => mergerOf(input).target.answersProposer === answersProposer(input.state),
    why: {
      zh: "一件由本单位答复，另一件由主办单位答复，不能并案",
      en: "one is ours to answer and the other is not",
    },
    source: byRole,
    repair: {
      zh: "协办件用 submit-opinion 向主办单位提交协办意见。",
      en: "Of the one that we assist, hand the opinion to the lead unit with submit-opinion.",
    },
  },
  promisesSettled: {
    holds: (input) => openPromises(input).length === 0,
    why: { zh: "本件还有没有销号的承诺事项", en: "the case has promises that are not settled" },
    told: (input) => ({
      zh: `本件第 ${openPromises(input).join("、")} 项承诺尚未销号，并案后无人再跟踪`,
      en: `promise ${openPromises(input).join(", ")} is not settled, and nobody would follow it after the merger`,
    }),
    source: { zh: "承诺事项须对账销号", en: "every promise is settled" },
    repair: {
      zh: "先用 fulfil、verify 兑现销号，或者在另一件上重新登记后撤销本件的登记。",
      en: "Settle it with fulfil and verify first, or record it with the other case and retract it here.",
    },
  },
  requestsRemain: {
    holds: (input) => {
      const { requests } = dataOf(input, "CaseSplit");
      return requestsLeft(input.state).some((number) => !requests.includes(number));
    },
    why: { zh: "分案后本件不再有意见建议", en: "no request would be left in the case" },
    source: bySense,
    repair: { zh: "至少留下一条。", en: "Leave at least one of them." },
  },
} as const satisfies Record<string, Guard>;

const isUnanswered: Readonly<Record<string, boolean>> = {
  received: true,
  assigned: true,
  contacted: true,
};
