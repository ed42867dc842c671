/** @module order — guards: what may not be dated before what. */
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard } from "./guard.ts";
import { bySense, day } from "./guard.ts";

export const orderGuards = {
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
} as const satisfies Record<string, Guard>;
