/** @module redispatch — guards: a case that goes to another unit, or to us in another part. */
import { answersProposer, isCompleted } from "../../case/reading.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard } from "./guard.ts";
import { bySense, dataOf, day } from "./guard.ts";

export const redispatchGuards = {
  leavesUs: {
    holds: (input) => dataOf(input, "CaseRedispatched").role === undefined,
    why: { zh: "写明了本单位此后的角色", en: "it says what our part is from now on" },
    source: bySense,
    repair: {
      zh: "已不由本单位承办的，不写 --role。",
      en: "Leave --role out if the case left us.",
    },
  },
  staysWithUs: {
    holds: (input) => dataOf(input, "CaseRedispatched").role !== undefined,
    why: { zh: "没有写明本单位此后的角色", en: "it does not say what our part is from now on" },
    source: bySense,
    repair: {
      zh: "由本单位承办的，用 --role 写明角色。",
      en: "Say with --role what our part is.",
    },
  },
  takesOnAnswer: {
    holds: (input) => {
      const { role } = dataOf(input, "CaseRedispatched");
      return role !== undefined && role !== "assist";
    },
    why: {
      zh: "协办意见已经提交，只能改为由本单位答复",
      en: "our opinion is handed over; only the answer can still become ours",
    },
    source: bySense,
    repair: {
      zh: "用 --role 写明独办、主办或者分办（sole、lead、separate）。",
      en: "Say --role sole, lead or separate.",
    },
  },
  replyNotGiven: {
    holds: ({ state }) => !(answersProposer(state) && isCompleted(state)),
    why: { zh: "本轮已经答复提案人", en: "the proposer has been answered in this round" },
    source: bySense,
    repair: {
      zh: "需要重新办理的，用 rehandle 记录。",
      en: "If it is to be handled again, record that with rehandle.",
    },
  },
  notBeforeReturn: {
    holds: ({ state, fact }) => {
      const left = state.returnRequest?.decidedOn;
      return left === null || left === undefined || dateOf(fact.on) >= dateOf(left);
    },
    why: { zh: "发生日期早于退办决定的日期", en: "it is dated before the case was sent back" },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  notBeforeRedispatch: {
    holds: (input) => {
      const last = input.state.redispatches.at(-1)?.on;
      return last === undefined || day(input) >= dateOf(last);
    },
    why: { zh: "发生日期早于改办日期", en: "it is dated before the case was redispatched" },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
} as const satisfies Record<string, Guard>;
