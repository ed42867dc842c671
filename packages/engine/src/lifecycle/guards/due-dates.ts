/** @module due-dates — guards: extensions, and taking one back. */
import type { CaseState, Deadline } from "../../case/state.ts";
import { isCompleted, isOpen, standingExtension } from "../../case/reading.ts";
import type { Label } from "../../case/terms.ts";
import type { Extension } from "../../rulebook/deadline-rule.ts";
import { printSource } from "../../rulebook/source.ts";
import { dateOf } from "../../time/occurred-on.ts";
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

/** How often the due date has been put off already, less what was taken back. */
const timesExtended = ({ state }: GuardInput, deadline: Deadline | undefined): number =>
  state.extensions.filter(
    (one) => one.stands && one.deadline === deadline?.id && one.round === deadline.round,
  ).length;

/** Stands in a rulebook for whoever dispatched the case. */
const dispatcher = "dispatcher";

/**
 * The bodies that may consent to an extension; undefined where anybody may, or where it is the dispatching
 * body and nobody wrote down which one that is.
 */
export const approversOf = (
  extension: Extension | null | undefined,
  { received, redispatches }: CaseState,
): readonly string[] | undefined => {
  const { approvers } = extension ?? {};
  if (approvers === undefined || !approvers.includes(dispatcher)) return approvers;
  const { dispatchedBy } = received;
  if (dispatchedBy === undefined) return undefined;
  return [
    ...approvers.filter((name) => name !== dispatcher),
    ...new Set([dispatchedBy, ...redispatches.map(({ by }) => by)]),
  ];
};

const approvers = (input: GuardInput): readonly string[] | undefined =>
  approversOf(ruleOf(input, extended(input))?.extension, input.state);

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
  approvedByRightBody: {
    holds: (input) =>
      approvers(input)?.includes(dataOf(input, "DeadlineExtended").approvedBy) ?? true,
    why: { zh: "批准延期的单位无权批准", en: "whoever consented may not grant an extension" },
    told: (input) => {
      const { approvedBy } = dataOf(input, "DeadlineExtended");
      const may = approvers(input) ?? [];
      return {
        zh: `延期须经${may.join("、")}同意，${approvedBy}无权批准`,
        en: `an extension needs the consent of ${may.join(" or ")}, not of ${approvedBy}`,
      };
    },
    source: sourceOfRule,
    repair: {
      zh: "报有权批准的单位同意后再记录；核对 --approved-by。",
      en: "Record it once the right body has consented; check --approved-by.",
    },
  },
  withinTimes: {
    holds: (input) => {
      const deadline = extended(input);
      const times = ruleOf(input, deadline)?.extension?.times;
      return times === undefined || timesExtended(input, deadline) < times;
    },
    why: { zh: "延期次数已经用完", en: "it has been put off as often as it may be" },
    told: (input) => {
      const times = ruleOf(input, extended(input))?.extension?.times;
      return times === undefined
        ? null
        : {
            zh: `该时限最多延期 ${times} 次，次数已经用完`,
            en: `this term may be put off ${times === 1 ? "once" : `${times} times`}, and has been`,
          };
    },
    source: sourceOfRule,
    repair: { zh: "请在现时限内办理。", en: "Meet the due date as it stands." },
  },
  proposerTold: {
    holds: (input) => {
      const extension = ruleOf(input, extended(input))?.extension;
      return (
        extension?.needsWrittenNoticeToProposer !== true ||
        dataOf(input, "DeadlineExtended").proposerToldOn !== undefined
      );
    },
    why: {
      zh: "延期尚未书面告知提案人",
      en: "the proposer has not been told of the extension in writing",
    },
    source: sourceOfRule,
    repair: {
      zh: "书面告知后，用 --proposer-told-on 写明告知日期。",
      en: "Tell the proposer in writing, and give that day with --proposer-told-on.",
    },
  },
  roundOpen: {
    holds: ({ state }) => !isCompleted(state),
    why: { zh: "本轮已经办理完毕，时限不再变动", en: "the round is answered; its due date stands" },
    source: bySense,
    repair: { zh: "用 show 查看时限。", en: "See the due dates with show." },
  },
  extensionStands: {
    holds: ({ state }) => standingExtension(state) !== undefined,
    why: { zh: "没有可以撤回的延期", en: "there is no extension to take back" },
    source: bySense,
    repair: { zh: "用 show 查看时限。", en: "See the due dates with show." },
  },
  notBeforeExtension: {
    holds: (input) => {
      const on = standingExtension(input.state)?.on;
      return on === undefined || day(input) >= dateOf(on);
    },
    why: { zh: "发生日期早于批准延期的日期", en: "it is dated before the extension" },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
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
