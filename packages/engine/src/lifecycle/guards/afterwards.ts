/** @module afterwards — guards: results that change after the reply. */
import { currentResult } from "../../case/reading.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard } from "./guard.ts";
import { bySense, dataOf, day } from "./guard.ts";

export const afterwardsGuards = {
  resultChanges: {
    holds: (input) => {
      const { result, scheme } = dataOf(input, "ResultReclassified");
      const current = currentResult(input.state);
      return current?.result !== result || current.scheme !== scheme;
    },
    why: {
      zh: "办理结果已经是这一类别",
      en: "that is the result code already",
    },
    source: bySense,
    repair: { zh: "用 show 查看当前办理结果。", en: "See the current result with show." },
  },
  notBeforeReclassification: {
    holds: (input) => {
      const current = currentResult(input.state);
      return current === undefined || day(input) >= dateOf(current.on);
    },
    why: {
      zh: "发生日期早于上一次调整办理结果的日期",
      en: "it is dated before the last change of the result",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
} as const satisfies Record<string, Guard>;
