/** @module check-hours — the office's hours, and the terms that are counted in them. */
import type { Check, RuleCheck } from "./checked.ts";
import { isForKind, kindsFor } from "./checked.ts";
import type { Finding } from "./rule-problem.ts";
import { finding, listed } from "./rule-problem.ts";

/** The spans of a day follow each other. */
export const hoursAreInOrder: Check = ({ rulebook }) =>
  rulebook.workingHours.flatMap(({ value }, choice) =>
    value.flatMap(({ from, to }, index): readonly Finding[] => {
      const path = ["workingHours", choice, "value", index];
      if (to <= from) {
        return [
          finding(
            [...path, "to"],
            null,
            {
              zh: `办公时间 ${from}–${to} 的结束不晚于开始。`,
              en: `The office hours ${from}–${to} end before they begin.`,
            },
            { zh: "请改正；过夜的时段分成两段。", en: "Correct them; write a night as two spans." },
          ),
        ];
      }
      const previous = value[index - 1];
      if (previous === undefined || previous.to <= from) return [];
      return [
        finding(
          [...path, "from"],
          null,
          {
            zh: `办公时间 ${from}–${to} 与前一段 ${previous.from}–${previous.to} 重叠或次序颠倒。`,
            en: `The office hours ${from}–${to} overlap ${previous.from}–${previous.to} or stand after them.`,
          },
          { zh: "请按先后排列，互不重叠。", en: "Put the spans in order, without overlaps." },
        ),
      ];
    }),
  );

/** A term in working hours is for kinds whose office hours are set. */
export const workingHoursAreSet: RuleCheck = ({ id, unit, appliesTo }, path, rulebook) => {
  if (unit !== "workingHour") return [];
  const without = kindsFor(rulebook, appliesTo.kinds)
    .map((kind) => kind.id)
    .filter((kind) => {
      const choice = rulebook.workingHours.find(({ kinds }) => isForKind(kinds, kind));
      return choice === undefined || choice.value.length === 0;
    });
  if (without.length === 0) return [];
  const { zh, en } = listed(without);
  return [
    finding(
      [...path, "unit"],
      id,
      {
        zh: `规则“${id}”按工作小时计算，但没有为 ${zh} 设定办公时间。`,
        en: `Rule "${id}" is counted in working hours, but no office hours are set for ${en}.`,
      },
      {
        zh: "请在 workingHours 中补充，如 09:00–12:00、14:00–17:30。",
        en: "Add them under workingHours, such as 09:00–12:00 and 14:00–17:30.",
      },
    ),
  ];
};
