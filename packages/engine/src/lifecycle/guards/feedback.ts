/** @module feedback — guards: the proposer's form. */
import {
  feedbackOfRound,
  formsWanted,
  isFormOut,
  isFormSettled,
  isOpen,
  lastReply,
} from "../../case/reading.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Label } from "../../case/terms.ts";
import type { Guard, GuardInput } from "./guard.ts";
import { bySense, day, kindOf, sourceOf } from "./guard.ts";

/** Whose forms are missing, where that of any proposer is not enough and one is back. */
const missingForms = ({ state }: GuardInput): Label | null => {
  if (lastReply(state)?.formsFrom === undefined || feedbackOfRound(state).length === 0) return null;
  const names = formsWanted(state).map((place) => state.received.proposers[place - 1]?.name ?? "");
  return {
    zh: `${names.join("、")}的征询意见表尚未收回`,
    en: `the form of ${names.join(", ")} has not come back`,
  };
};

export const feedbackGuards = {
  formSettled: {
    holds: (input) =>
      input.state.received.role === "assist" ||
      !choiceFor(input.rulebook.closingNeedsFeedback, kindOf(input)).value ||
      isFormSettled(input.state),
    why: { zh: "征询意见表尚未收回", en: "the proposer's form has not come back" },
    told: missingForms,
    source: (input) =>
      missingForms(input) === null
        ? sourceOf(input.rulebook.closingNeedsFeedback, input)
        : sourceOf(input.rulebook.formsCounted, input),
    repair: {
      zh: "先用 feedback 记录提案人的意见反馈；催收后仍未收回的，用 expire-feedback 记录。",
      en: "Record it with feedback first, or with expire-feedback if it never came back after a reminder.",
    },
  },
  formOut: {
    holds: ({ state }) => isFormOut(state),
    why: {
      zh: "没有未收回的征询意见表",
      en: "no form is out",
    },
    source: bySense,
    repair: {
      zh: "答复后、收回征询意见表前才能记录；用 show 查看。",
      en: "It goes between the reply and the form's return; see show.",
    },
  },
  reminded: {
    holds: (input) =>
      !choiceFor(input.rulebook.expiryNeedsReminder, kindOf(input)).value ||
      input.state.formReminders.some(
        (reminder) => reminder.round === input.state.round && dateOf(reminder.on) <= day(input),
      ),
    why: { zh: "征询意见表尚未催收", en: "the proposer has not been reminded of the form" },
    source: (input) => sourceOf(input.rulebook.expiryNeedsReminder, input),
    repair: {
      zh: "先用 remind-feedback 记录催收。",
      en: "Record the reminder with remind-feedback first.",
    },
  },
  mayExpire: {
    holds: (input) => {
      const window = input.state.deadlines.findLast(
        (deadline) => deadline.id === "feedback" && isOpen(deadline),
      );
      return window === undefined || day(input) > window.dueOn;
    },
    why: { zh: "反馈期限尚未届满", en: "the proposer's time for the form is not over" },
    told: ({ state }) => {
      const window = state.deadlines.findLast((deadline) => deadline.id === "feedback");
      return window === undefined
        ? null
        : {
            zh: `反馈期限至 ${window.dueOn}，尚未届满`,
            en: `the proposer has until ${window.dueOn} for the form`,
          };
    },
    source: ({ state }) => {
      const source =
        state.deadlines.findLast((deadline) => deadline.id === "feedback")?.source ?? "";
      return { zh: source, en: source };
    },
    repair: { zh: "期限届满后再记录。", en: "Record it once that time is over." },
  },
} as const satisfies Record<string, Guard>;
