/** @module day-words — of which day a paper tells, and which records it counts, as the paper says it. */
import type { AnsweredFrom, Label } from "@wuding/engine";

/** 截至 2021-06-18 for the facts of that day; other words where what was recorded since is counted too. */
export const dayWords = ({
  asOf,
  knownOn,
  includesLater,
}: Pick<AnsweredFrom, "asOf" | "knownOn" | "includesLater">): Label => {
  if (includesLater) {
    return {
      zh: `今日 ${asOf}（计入截至目前的全部记录；如需当日情况请用 --as-of）`,
      en: `Today taken as ${asOf} (every record up to now is counted; for the facts of that day use --as-of)`,
    };
  }
  if (knownOn === undefined) return { zh: `截至 ${asOf}`, en: `As of ${asOf}` };
  return {
    zh: `截至 ${asOf}（只计 ${knownOn} 当日及以前已经记录的）`,
    en: `As of ${asOf} (only what had been recorded by ${knownOn})`,
  };
};
