/** @module promises — guards: promises: made with the reply, changed, fulfilled, verified, told of. */
import { isSameHand, plainOffice } from "../../case/office.ts";
import { currentCommitment } from "../../case/reading.ts";
import type { Commitment } from "../../case/state.ts";
import type { Label } from "../../case/terms.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, dataOf, day, kindOf, sourceOf } from "./guard.ts";

/** The promise that a fact is about; undefined for one about the case. */
const promiseOf = (input: GuardInput): Commitment | undefined =>
  currentCommitment(input.state, dataOf(input, "CommitmentFulfilled").commitment);

/** 上海：年内未解决的，书面说明原因并由负责人签字 */
const explainedInWriting: Label = {
  zh: "默认值：参照《上海市人民代表大会关于代表建议、批评和意见的规定》第二十二条，未能按期落实的说明原因并由负责人签字",
  en: "a default, after the Shanghai provisions on deputies' suggestions, art. 22: the head signs the reasons for what could not be kept",
};

/** The letter of the reply that is delivered, or of the draft that is signed. */
const letterOf = (input: GuardInput): Readonly<{ result: string; scheme: string }> | undefined =>
  input.fact.type === "ReplySigned"
    ? input.state.drafts.find(({ draft }) => draft === dataOf(input, "ReplySigned").draft)
    : dataOf(input, "ReplyDelivered");

/** Whether the letter of a reply owes promises. */
const owesPromises = (input: GuardInput): boolean => {
  const letter = letterOf(input);
  const codes = input.rulebook.results.find(({ scheme }) => scheme === letter?.scheme)?.codes ?? [];
  return codes.find(({ code }) => code === letter?.result)?.createsCommitment ?? false;
};

/** Whether the fulfilment was recorded by the same person, or by one of whom either acts for the other. */
const isByOneHand = (input: GuardInput): boolean => {
  const { fulfilledBy = null, fulfilledOn = null } = promiseOf(input) ?? {};
  if (fulfilledBy === null || fulfilledOn === null) return false;
  const { office = plainOffice, actor } = input;
  return [dateOf(fulfilledOn), day(input)].some((when) =>
    isSameHand(office, fulfilledBy, actor.id, when),
  );
};

export const promisesGuards = {
  promiseMade: {
    holds: (input) =>
      !choiceFor(input.rulebook.promises, kindOf(input)).value.withResult ||
      !owesPromises(input) ||
      (dataOf(input, "ReplyDelivered").promises ?? 0) > 0 ||
      input.state.commitments.some(
        ({ madeOn, fulfilledOn }) => fulfilledOn === null && dateOf(madeOn) <= day(input),
      ),
    why: {
      zh: "这一类别的答复应当列明承诺事项，注明时限或者标明长期",
      en: "a reply with this result names at least one promise, dated or long-term",
    },
    source: (input) => sourceOf(input.rulebook.promises, input),
    repair: {
      zh: "用 --commitment 内容@日期 写明承诺事项，长期事项写“内容@长期”；也可以先用 commit 登记。",
      en: "Name it with --commitment TEXT@DATE, or TEXT@长期 for a long-term one; or record it with commit before.",
    },
  },
  commitmentUnfulfilled: {
    holds: (input) =>
      // progress may be that of the case
      dataOf(input, "ProgressReported").commitment === undefined ||
      promiseOf(input)?.fulfilledOn === null,
    why: { zh: "该承诺事项已经兑现", en: "the commitment is already fulfilled" },
    source: bySense,
    repair: { zh: "用 show 查看承诺事项。", en: "See the commitments with show." },
  },
  commitmentFulfilled: {
    holds: (input) => {
      const found = promiseOf(input);
      return typeof found?.fulfilledOn === "string" && found.verifiedOn === null;
    },
    why: {
      zh: "该承诺事项尚未兑现或已经销号",
      en: "the commitment is not fulfilled yet, or is already verified",
    },
    source: bySense,
    repair: { zh: "先用 fulfil 记录兑现情况。", en: "Record its fulfilment with fulfil first." },
  },
  notBeforePromise: {
    holds: (input) => {
      const found = promiseOf(input);
      const since = found?.fulfilledOn ?? found?.madeOn;
      return since === undefined || day(input) >= dateOf(since);
    },
    why: {
      zh: "发生日期早于作出承诺或兑现的日期",
      en: "it is dated before the promise or its fulfilment",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  anotherVerifies: {
    holds: (input) =>
      !choiceFor(input.rulebook.verifierDiffers, kindOf(input)).value || !isByOneHand(input),
    why: { zh: "记录兑现的人不能自行销号", en: "whoever recorded the fulfilment cannot verify it" },
    source: (input) => sourceOf(input.rulebook.verifierDiffers, input),
    told: (input) => {
      const by = promiseOf(input)?.fulfilledBy;
      return by == null || by === input.actor.id
        ? null
        : {
            zh: `${by} 记录兑现，${input.actor.id} 与其互为代理，不能销号`,
            en: `${by} recorded the fulfilment, and of ${by} and ${input.actor.id} one acts for the other`,
          };
    },
    repair: { zh: "请由他人核验后记录（--as）。", en: "Let another person record it (--as)." },
  },
  evidenceGiven: {
    holds: (input) =>
      !choiceFor(input.rulebook.promises, kindOf(input)).value.evidence ||
      dataOf(input, "CommitmentFulfilled").evidence !== undefined,
    why: { zh: "记录兑现须有佐证材料", en: "a fulfilment is recorded with evidence" },
    source: (input) => sourceOf(input.rulebook.promises, input),
    repair: { zh: "用 --evidence 写明佐证材料。", en: "Give it with --evidence." },
  },
  notBeforeChange: {
    holds: (input) => {
      const last = promiseOf(input)?.changes.at(-1);
      return last === undefined || day(input) >= dateOf(last.on);
    },
    why: {
      zh: "发生日期早于上一次变更的日期",
      en: "it is dated before the last change of the promise",
    },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  postponementApproved: {
    holds: (input) => {
      const { due, approvedBy } = dataOf(input, "CommitmentChanged");
      const before = promiseOf(input)?.due;
      const isLater = due !== undefined && before !== undefined && due > before;
      return !isLater || approvedBy !== undefined;
    },
    why: {
      zh: "推迟承诺时限须经负责人批准",
      en: "somebody in charge approves a promise that is put off",
    },
    source: explainedInWriting,
    repair: { zh: "用 --approved-by 写明批准人。", en: "Say who approved it with --approved-by." },
  },
  secondReplyOpen: {
    holds: (input) => {
      const found = promiseOf(input);
      return typeof found?.fulfilledOn === "string" && found.repliedOn === null;
    },
    why: {
      zh: "该承诺事项尚未兑现，或者已经再次答复",
      en: "the commitment is not fulfilled yet, or its second reply is out",
    },
    source: bySense,
    repair: {
      zh: "兑现后先用 fulfil 记录；用 show 查看承诺事项。",
      en: "Record its fulfilment with fulfil first; show lists the commitments.",
    },
  },
  promisesMade: {
    holds: ({ state }) => state.commitments.length > 0,
    why: { zh: "本件没有承诺事项", en: "the case has no commitments" },
    source: bySense,
    repair: { zh: "先用 commit 登记承诺事项。", en: "Record them with commit first." },
  },
  statusNotSent: {
    holds: (input) => {
      const { year } = dataOf(input, "CommitmentStatusSent");
      return !input.state.statusSent.some((sent) => sent.year === year);
    },
    why: {
      zh: "该年度的承诺事项情况已经告知",
      en: "the proposer has been told for that year",
    },
    source: bySense,
    repair: { zh: "一个年度告知一次；用 show 查看。", en: "Once a year is enough; see show." },
  },
} as const satisfies Record<string, Guard>;
