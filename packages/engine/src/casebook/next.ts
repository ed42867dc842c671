/** @module next — what may be recorded now, what is missing for each, and what endangers the rates. */
import type { CaseId } from "../case/case-id.ts";
import type { CommandName } from "../case/commands.ts";
import { commands } from "../case/commands.ts";
import {
  answersProposer,
  feedbackOfRound,
  isCompleted,
  isEnded,
  wasLate,
} from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { Label, Status } from "../case/terms.ts";
import type { BlockedCommand, Supposed } from "../decider/possible.ts";
import { possibilities } from "../decider/possible.ts";
import { sharesOf } from "../projections/rates.ts";
import type { RateDefinition, Rulebook } from "../rulebook/rulebook.ts";

/** A command that may be given now and the fields it needs. */
export type AllowedCommand = Readonly<{ command: CommandName; missing: readonly string[] }>;

/** What keeps a case out of a rate's count, and what would repair it. */
export type Blocking = Readonly<{ rate: string; why: Label; repair: Label }>;

export type NextSteps = Readonly<{
  case: CaseId;
  status: Status;
  allowed: readonly AllowedCommand[];
  blocked: readonly BlockedCommand[];
  blocking: readonly Blocking[];
}>;

/** The next steps of a case. */
export const nextSteps = (state: CaseState, supposed: Supposed): NextSteps => {
  const { allowed, blocked } = possibilities(state, supposed);
  return {
    case: state.case,
    status: state.status,
    allowed: allowed.map((command) => ({ command, missing: demandedFields(command) })),
    blocked,
    blocking: claimBlockers(state, supposed.rulebook),
  };
};

/** Fields a command cannot be given without. */
const demandedFields = (command: CommandName): readonly string[] =>
  Object.entries(commands[command].fields)
    .filter(([, { required }]) => required !== "no")
    .map(([name]) => name);

/** What stands between a case and the three 100%: the three rates, a form still out, a late answer. */
export const claimBlockers = (state: CaseState, rulebook: Rulebook): readonly Blocking[] => {
  if (isEnded(state)) return [];
  const isFormOut =
    answersProposer(state) && isCompleted(state) && feedbackOfRound(state).length === 0;
  return [
    ...gapsOf(state, rulebook).filter(
      ({ rate }) => rate === "meeting" || rate === "completion" || rate === "satisfaction",
    ),
    ...(wasLate(state) ? [lateAnswer] : []),
    ...(isFormOut ? [formOut] : []),
  ];
};

const lateAnswer: Blocking = {
  rate: "on-time",
  why: { zh: "答复超过时限", en: "the answer came after its due date" },
  repair: {
    zh: "已成事实，无法补救；请核对所记日期是否有误",
    en: "it cannot be repaired; check whether the recorded date is right",
  },
};

const formOut: Blocking = {
  rate: "satisfaction",
  why: { zh: "征询意见表尚未收回", en: "the proposer's form has not come back" },
  repair: { zh: "收回后用 feedback 记录意见反馈", en: "record it with feedback once it is back" },
};

/** Why the case is not, or not wholly, counted in each rate it belongs to. */
export const gapsOf = (state: CaseState, rulebook: Rulebook): readonly Blocking[] =>
  [
    ...new Set(
      sharesOf(state, rulebook)
        .filter(({ numerator, denominator }) => numerator < denominator)
        .map(({ rate }) => rate),
    ),
  ].flatMap((id) => {
    const rate = rulebook.rates.find((one) => one.id === id);
    return rate === undefined ? [] : [{ rate: id, ...reasons[rate.count](state, rate) }];
  });

type Reason = Readonly<{ why: Label; repair: Label }>;

/** What is missing for each thing that rates count, and what would repair it. */
const reasons: Readonly<
  Record<RateDefinition["count"], (state: CaseState, rate: RateDefinition) => Reason>
> = {
  contacted: (_state, rate) =>
    rate.countedModes?.includes("phone") === true
      ? {
          why: { zh: "尚未与提案人沟通", en: "no contact with a proposer is recorded" },
          repair: { zh: "沟通后用 contact 记录", en: "record one with contact" },
        }
      : {
          why: {
            zh: "尚未与提案人当面沟通",
            en: "no contact in person with a proposer is recorded",
          },
          repair: {
            zh: "当面沟通后用 contact --mode visit（或 meeting、symposium、site-visit）记录；提案人提出免予走访的，用 waive-contact 记录",
            en: "record one with contact --mode visit (or meeting, symposium, site-visit), or waive-contact if the proposer asked not to be visited",
          },
        },
  assigned: () => ({
    why: { zh: "五定尚未落实", en: "the 五定 are not fixed" },
    repair: { zh: "用 assign 将五项一次定齐", en: "fix all five with assign" },
  }),
  completed: (state) =>
    state.received.role === "assist"
      ? {
          why: { zh: "协办意见尚未提交", en: "the opinion has not been handed over" },
          repair: { zh: "用 submit-opinion 提交协办意见", en: "hand it over with submit-opinion" },
        }
      : state.round > 1
        ? {
            why: {
              zh: `第 ${state.round} 轮重新办理尚未答复`,
              en: `round ${state.round} is not answered yet`,
            },
            repair: {
              zh: "再次沟通后用 answer 答复",
              en: "talk to the proposer again, then record the reply with answer",
            },
          }
        : {
            why: { zh: "尚未答复", en: "it is not answered yet" },
            repair: {
              zh: "沟通后用 answer 答复",
              en: "talk to the proposer, then record the reply with answer",
            },
          },
  completedOnTime: (state) =>
    isCompleted(state)
      ? { why: lateAnswer.why, repair: lateAnswer.repair }
      : {
          why: { zh: "尚未答复", en: "it is not answered yet" },
          repair: {
            zh: "在时限内用 answer 答复",
            en: "record the reply with answer by the due date",
          },
        },
  lastFormGood: () => ({
    why: { zh: "最近一次反馈为不满意", en: "the latest form says dissatisfied" },
    repair: {
      zh: "重新办理并再次征询意见，收回后用 feedback 记录",
      en: "handle it again, ask once more, and record the form with feedback",
    },
  }),
  firstFormGood: () => ({
    why: { zh: "初次反馈为不满意", en: "the first form says dissatisfied" },
    repair: { zh: "已成事实，无法补救", en: "it cannot be repaired" },
  }),
  resolved: () => ({
    why: { zh: "当前办理结果不是“已经解决或基本解决”", en: "its current result is not resolved" },
    repair: {
      zh: "待问题解决后调整办理结果（本版本尚不能记录）",
      en: "solve it; this version cannot record the changed result yet",
    },
  }),
  adopted: () => ({
    why: { zh: "所提意见建议尚未全部采纳", en: "not every request has been taken up" },
    repair: {
      zh: "采纳后用 follow-up --adopted 记录",
      en: "record what has been taken up with follow-up --adopted",
    },
  }),
  fulfilledOnTime: () => ({
    why: { zh: "有承诺事项未按期兑现", en: "a commitment was not fulfilled by its date" },
    repair: {
      zh: "尚未兑现的，尽快兑现并用 fulfil 记录",
      en: "if it is still open, fulfil it and record that with fulfil",
    },
  }),
};
