/** @module check-late-entry — whether the limits of late entries 补录 ask for anything, and in a sensible order. */
import type { LateEntryRule } from "../rulebook.ts";
import type { Check } from "./checked.ts";
import type { Finding } from "./rule-problem.ts";
import { finding } from "./rule-problem.ts";

/** Each rule for late entries asks for a reason, a second person or sets a limit, and in that order. */
export const lateRulesAsk: Check = ({ rulebook }) =>
  (rulebook.lateEntry ?? []).flatMap((rule, index): readonly Finding[] => {
    const { reasonAfter, approverAfter, limit } = rule;
    const path = ["lateEntry", index];
    if (reasonAfter === undefined && approverAfter === undefined && limit === undefined) {
      return [
        finding(
          path,
          null,
          { zh: "这一条对补录没有任何要求。", en: "This entry asks for nothing." },
          {
            zh: "请写 reasonAfter、approverAfter 或 limit，或删去这一条。",
            en: "Write reasonAfter, approverAfter or limit, or take it out.",
          },
        ),
      ];
    }
    return (["reasonAfter", "approverAfter"] as const).flatMap((name) => {
      const after = rule[name];
      if (after === undefined || limit === undefined || after < limit) return [];
      return [
        finding(
          [...path, name],
          null,
          {
            zh: `“${name}”为 ${after} 个工作日，但超过 ${limit} 个工作日就不得补录，永远用不到。`,
            en: `"${name}" is ${after} working days, but nothing later than ${limit} is recorded at all.`,
          },
          {
            zh: `请改为小于 ${limit} 的数，或删去“${name}”。`,
            en: `Write less than ${limit}, or take out "${name}".`,
          },
        ),
      ];
    });
  });

/** Whether the first is for every type and kind that the second is for. */
const covers = (first: LateEntryRule, second: LateEntryRule): boolean =>
  includesAll(first.events, second.events) && includesAll(first.kinds, second.kinds);

const includesAll = (
  all: readonly string[] | undefined,
  some: readonly string[] | undefined,
): boolean => all === undefined || (some?.every((one) => all.includes(one)) ?? false);

/** In one file, each rule for late entries is for something that no earlier one is for. */
export const everyLateRuleIsReached: Check = ({ own }) => {
  const rules = own.lateEntry ?? [];
  return rules.flatMap((rule, index) => {
    const taker = rules.slice(0, index).findIndex((earlier) => covers(earlier, rule));
    if (taker === -1) return [];
    return [
      finding(
        ["lateEntry", index],
        null,
        {
          zh: `“lateEntry”的第 ${index + 1} 项永远用不到：前面的第 ${taker + 1} 项已经涵盖。`,
          en: `Entry ${index + 1} of "lateEntry" never holds: entry ${taker + 1} before it is for the same.`,
        },
        {
          zh: "请把限定记录类型或件别的项排在前面。",
          en: "Put entries for certain events or kinds first.",
        },
      ),
    ];
  });
};
