/** @module due-dates — guards: extensions. */
import type { Deadline } from "../../case/state.ts";
import { isOpen } from "../../case/reading.ts";
import type { Label } from "../../case/terms.ts";
import { printSource } from "../../rulebook/source.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, dataOf, day } from "./guard.ts";

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

export const dueDateGuards = {
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
} as const satisfies Record<string, Guard>;
