/** @module gap-reasons — why a case does not count in a rate, and what would repair it. */
import { isCompleted, lastReply, wasLate } from "../case/reading.ts";
import { proposerNames, proposersOwed } from "../case/reading-answer.ts";
import type { CaseState } from "../case/state.ts";
import type { Label } from "../case/terms.ts";
import { contactModes, contactPhases } from "../case/terms.ts";
import { formsRead, isFormAwaited } from "../projections/form-rating.ts";
import { contactsCounted } from "../projections/shares.ts";
import type { RateDefinition, RateNumerator } from "../rulebook/rate-definition.ts";

export type Reason = Readonly<{ why: Label; repair: Label }>;

/** Why a case in a rate's population is not, or not wholly, counted. */
export const reasonOf = (state: CaseState, rate: RateDefinition): Reason =>
  reasons[rate.numerator](state, rate);

const irreparable: Label = { zh: "已成事实，无法补救", en: "it cannot be repaired" };

/** An answer of any round came after its due date. */
export const lateAnswer: Reason = {
  why: { zh: "答复超过时限", en: "the answer came after its due date" },
  repair: {
    zh: "已成事实，无法补救；请核对所记日期是否有误",
    en: "it cannot be repaired; check whether the recorded date is right",
  },
};

/** The form on the reply is neither back nor expired. */
export const formOut = (state: CaseState): Reason => ({
  why: { zh: "征询意见表尚未收回", en: "the proposer's form has not come back" },
  repair: state.formReminders.some(({ round }) => round === state.round)
    ? {
        zh: "收回后用 feedback 记录意见反馈；已经催收，仍不反馈的用 expire-feedback 记录",
        en: "record it with feedback once it is back; a reminder was sent, so one that never comes is recorded with expire-feedback",
      }
    : {
        zh: "收回后用 feedback 记录意见反馈；未收回的用 remind-feedback 记录催收，催收后仍不反馈的用 expire-feedback 记录",
        en: "record it with feedback once it is back; record a reminder with remind-feedback and, if it never comes, expire-feedback",
      },
});

const notContacted = (state: CaseState, rate: RateDefinition): Reason => {
  const { contact } = rate;
  const made = contactsCounted(rate, state);
  const lacking = (contact?.phases ?? []).filter(
    (phase) => !made.some((one) => one.phase === phase),
  );
  const isInPerson = contact?.modes.every((mode) => contactModes[mode].inPerson) ?? false;
  if (contact !== undefined && (contact.minTimes > 1 || lacking.length > 0)) {
    return {
      why: {
        zh: `沟通 ${made.length} 次，要求 ${Math.max(contact.minTimes, contact.phases.length)} 次${lacking.length > 0 ? `，缺${lacking.map((phase) => contactPhases[phase].zh).join("、")}沟通` : ""}`,
        en: `${made.length} of ${Math.max(contact.minTimes, contact.phases.length)} contacts are recorded${lacking.length > 0 ? `; none ${lacking.map((phase) => contactPhases[phase].en).join(", ")} the handling` : ""}`,
      },
      repair: {
        zh: "沟通后用 contact 记录，并用 --phase 注明办前、办中或办后",
        en: "record each with contact, and its phase with --phase",
      },
    };
  }
  return isInPerson
    ? {
        why: { zh: "尚未与提案人当面沟通", en: "no contact in person with a proposer is recorded" },
        repair: {
          zh: "当面沟通后用 contact --mode visit（或 meeting、symposium、site-visit）记录；提案人提出免予走访的，用 waive-contact 记录",
          en: "record one with contact --mode visit (or meeting, symposium, site-visit), or waive-contact if the proposer asked not to be visited",
        },
      }
    : {
        why: { zh: "尚未与提案人沟通", en: "no contact with a proposer is recorded" },
        repair: { zh: "沟通后用 contact 记录", en: "record one with contact" },
      };
};

const unanswered = (zh: string, en: string): Reason => ({
  why: { zh: "尚未答复", en: "it is not answered yet" },
  repair: { zh, en },
});

/** Whether the round is answered, and the answer has not reached everybody whom it has to reach. */
const isWaitingToBeDelivered = (state: CaseState): boolean =>
  lastReply(state)?.round === state.round && proposersOwed(state).length > 0;

const notReached = (state: CaseState): Reason => {
  const owed = proposerNames(state, proposersOwed(state));
  return {
    why: {
      zh: `答复尚未送达：${owed.join("、")}`,
      en: `the reply has not reached ${owed.join(", ")}`,
    },
    repair: { zh: "送达后用 deliver 记录", en: "record its delivery with deliver" },
  };
};

const notCompleted = (state: CaseState): Reason =>
  state.received.role === "assist"
    ? {
        why: { zh: "协办意见尚未提交", en: "the opinion has not been handed over" },
        repair: { zh: "用 submit-opinion 提交协办意见", en: "hand it over with submit-opinion" },
      }
    : isWaitingToBeDelivered(state)
      ? notReached(state)
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
        : unanswered(
            "沟通后用 answer 答复",
            "talk to the proposer, then record the reply with answer",
          );

/** Nothing says that an answer without a due date came in time. */
const withoutTerm: Reason = {
  why: {
    zh: "没有答复时限，无法认定按时",
    en: "it has no due date, so it cannot count as on time",
  },
  repair: irreparable,
};

const notSatisfied = (state: CaseState, rate: RateDefinition): Reason => {
  if (formsRead(rate, state).length === 0) {
    if (lastReply(state) === undefined) {
      return unanswered("答复并征询意见", "record the reply with answer and ask for the form");
    }
    return isFormAwaited(rate, state)
      ? formOut(state)
      : {
          why: { zh: "征询意见表逾期未反馈", en: "the form expired" },
          repair: { zh: "收回后用 feedback 记录", en: "record it with feedback if it still comes" },
        };
  }
  return rate.form?.round === "first"
    ? {
        why: { zh: "初次反馈为不满意", en: "the first form says dissatisfied" },
        repair: irreparable,
      }
    : {
        why: { zh: "最近一次反馈为不满意", en: "the latest form says dissatisfied" },
        repair: {
          zh: "重新办理并再次征询意见，收回后用 feedback 记录",
          en: "handle it again, ask once more, and record the form with feedback",
        },
      };
};

const solveIt: Label = {
  zh: "问题解决后用 reclassify 调整办理结果",
  en: "solve it, then record the changed result with reclassify",
};

const notResolved = (state: CaseState): Reason =>
  lastReply(state) === undefined
    ? unanswered("用 answer 答复", "record the reply with answer")
    : {
        why: {
          zh: "当前办理结果不是“已经解决或基本解决”",
          en: "its current result is not resolved",
        },
        repair: solveIt,
      };

/** What is missing for each thing that rates count, and what would repair it. */
const reasons: Readonly<Record<RateNumerator, (state: CaseState, rate: RateDefinition) => Reason>> =
  {
    contacted: notContacted,
    assigned: () => ({
      why: { zh: "五定尚未落实", en: "the 五定 are not fixed" },
      repair: { zh: "用 assign 将五项一次定齐", en: "fix all five with assign" },
    }),
    completed: notCompleted,
    completedOnTime: (state) =>
      isCompleted(state)
        ? wasLate(state)
          ? lateAnswer
          : withoutTerm
        : isWaitingToBeDelivered(state)
          ? notReached(state)
          : unanswered("在时限内用 answer 答复", "record the reply with answer by the due date"),
    followedUp: (state) =>
      isCompleted(state)
        ? {
            why: { zh: "办结后尚未回访", en: "nobody has followed it up" },
            repair: { zh: "回访后用 follow-up 记录", en: "record it with follow-up" },
          }
        : notCompleted(state),
    satisfied: notSatisfied,
    resolved: notResolved,
    upgraded: () => ({
      why: {
        zh: "首次答复承诺逐步解决，当前尚未解决",
        en: "its first result promised a solution, and it is not solved yet",
      },
      repair: solveIt,
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
    verified: () => ({
      why: { zh: "有事项尚未核验销号", en: "not everything has been verified" },
      repair: {
        zh: "兑现后用 fulfil 记录，再由他人用 verify 核验销号",
        en: "record it with fulfil once it is done; somebody else then verifies it with verify",
      },
    }),
    published: () => ({
      why: { zh: "答复尚未公开", en: "the reply is not published" },
      repair: { zh: "公开后用 publish 记录", en: "publish it and record that with publish" },
    }),
  };
