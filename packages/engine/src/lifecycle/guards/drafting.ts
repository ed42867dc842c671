/** @module drafting — guards: the way of a reply from its draft over the reviews to the signature. */
import { approvalsOf, currentDraft, isSentBack } from "../../case/reading-answer.ts";
import type { Draft } from "../../case/state.ts";
import type { Label } from "../../case/terms.ts";
import type { ReplySteps } from "../../rulebook/rulebook.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, dataOf, day, kindOf, sourceOf } from "./guard.ts";

const stepsOf = (input: GuardInput): ReplySteps =>
  choiceFor(input.rulebook.replySteps, kindOf(input)).value;

const bySourceOfSteps = (input: GuardInput): Label => sourceOf(input.rulebook.replySteps, input);

const isSignedBy = (draft: Draft | undefined, by: string): boolean => {
  const signature = draft?.signature ?? null;
  return signature !== null && dateOf(signature.on) <= by;
};

/** What of a reply differs from the draft that went through the demanded steps. */
const differenceOf = (input: GuardInput): Label | null => {
  const { reviews, signature } = stepsOf(input);
  const draft = currentDraft(input.state);
  if ((reviews === 0 && !signature) || draft === undefined) return null;
  const { result, signedBy } = dataOf(input, "ReplyDelivered");
  if (result !== draft.result) {
    return {
      zh: `第 ${draft.draft} 稿的办理结果是 ${draft.result}，答复却是 ${result}`,
      en: `draft ${draft.draft} has the result ${draft.result}, and the reply ${result}`,
    };
  }
  const signer = draft.signature?.by;
  if (!signature || signer === undefined || signedBy === signer) return null;
  return {
    zh: `第 ${draft.draft} 稿由${signer}签发，答复却写由${signedBy ?? "他人"}签发`,
    en: `draft ${draft.draft} was signed by ${signer}, and the reply names ${signedBy ?? "nobody"}`,
  };
};

export const draftingGuards = {
  draftAtHand: {
    holds: (input) => {
      const draft = currentDraft(input.state);
      return (
        draft !== undefined &&
        draft.draft === dataOf(input, "DraftReviewed").draft &&
        !isSentBack(draft) &&
        draft.signature === null
      );
    },
    why: { zh: "本轮没有待核稿、待签发的拟稿", en: "no draft of this round waits for it" },
    told: ({ state }) => {
      const draft = currentDraft(state);
      if (draft === undefined) return null;
      return isSentBack(draft)
        ? {
            zh: `第 ${draft.draft} 稿已退回修改`,
            en: `draft ${draft.draft} was sent back`,
          }
        : { zh: `第 ${draft.draft} 稿已经签发`, en: `draft ${draft.draft} is signed already` };
    },
    source: bySense,
    repair: { zh: "先用 draft 提交新的拟稿。", en: "Submit a new draft with draft first." },
  },
  notBeforeDraft: {
    holds: (input) => {
      const draft = currentDraft(input.state);
      return draft === undefined || day(input) >= dateOf(draft.on);
    },
    why: { zh: "发生日期早于拟稿日期", en: "it is dated before the draft" },
    source: bySense,
    repair: { zh: "核对 --on 的日期。", en: "Check the date given with --on." },
  },
  anotherChecks: {
    holds: (input) => {
      if (!stepsOf(input).checkerDiffers) return true;
      const drafter = currentDraft(input.state)?.by;
      return drafter !== dataOf(input, "DraftReviewed").by && drafter !== input.actor.id;
    },
    why: {
      zh: "拟稿人不能核稿或者签发自己的拟稿",
      en: "whoever drafted the reply neither reviews nor signs it",
    },
    source: bySourceOfSteps,
    repair: {
      zh: "请由他人核稿、签发并记录（--as）。",
      en: "Let another person do and record it (--as).",
    },
  },
  draftReviewed: {
    holds: (input) => {
      const { reviews } = stepsOf(input);
      const draft = currentDraft(input.state);
      if (reviews === 0) return true;
      return draft !== undefined && !isSentBack(draft) && approvalsOf(draft, day(input)) >= reviews;
    },
    why: { zh: "答复拟稿尚未核稿", en: "the draft of the reply has not been reviewed" },
    told: (input) => {
      const { reviews } = stepsOf(input);
      const draft = currentDraft(input.state);
      if (draft === undefined) {
        return { zh: "本轮没有答复拟稿", en: "there is no draft of the reply in this round" };
      }
      if (isSentBack(draft)) {
        return {
          zh: `第 ${draft.draft} 稿已退回修改`,
          en: `draft ${draft.draft} was sent back`,
        };
      }
      const made = approvalsOf(draft, day(input));
      return {
        zh: `第 ${draft.draft} 稿须经 ${reviews} 人核稿同意，现有 ${made} 人`,
        en: `draft ${draft.draft} needs ${reviews} reviews in its favour and has ${made}`,
      };
    },
    source: bySourceOfSteps,
    repair: {
      zh: "先用 draft 提交拟稿，再用 review 记录核稿。",
      en: "Submit a draft with draft, and record its reviews with review.",
    },
  },
  replySigned: {
    holds: (input) =>
      !stepsOf(input).signature || isSignedBy(currentDraft(input.state), day(input)),
    why: { zh: "答复尚未签发", en: "the reply has not been signed" },
    source: bySourceOfSteps,
    repair: { zh: "先用 sign 记录签发。", en: "Record the signature with sign first." },
  },
  asSigned: {
    holds: (input) => differenceOf(input) === null,
    why: {
      zh: "答复与核稿、签发的拟稿不一致",
      en: "the reply differs from the draft that was reviewed and signed",
    },
    told: differenceOf,
    source: bySourceOfSteps,
    repair: {
      zh: "按签发的拟稿答复；确需修改的，用 draft 重新拟稿并再次核稿、签发。",
      en: "Reply as it was signed, or submit a new draft and have it reviewed and signed again.",
    },
  },
} as const satisfies Record<string, Guard>;
