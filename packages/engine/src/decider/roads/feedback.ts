/** @module feedback — the proposer's form, and new rounds: from its commands to facts, and what the facts add to a case. */
import type { CaseEvent, CaseEventData } from "../../case/events.ts";
import { answersProposer, lastReply } from "../../case/reading.ts";
import type { CaseState } from "../../case/state.ts";
import { deadlineNameOf } from "../../case/terms.ts";
import { invalidInput } from "../../errors.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Gathering } from "../gathering.ts";
import { ended, fresh, met, withoutNote } from "../gathering.ts";
import type { DecideContext, Proposal, Proposing } from "../proposing.ts";
import { checkRequests, dueDates } from "../proposing.ts";

const rated = ({ input, on, state, context, fact }: Proposal<"feedback">): readonly CaseEvent[] => {
  const names = state.received.proposers.map((proposer) => proposer.name);
  const { proposer = names[0] ?? "", enteredOnBehalf = false, ...form } = input;
  if (!names.includes(proposer)) {
    throw invalidInput({ field: "proposer", kind: "notOneOf", value: proposer, allowed: names });
  }
  const round = lastReply(state)?.round ?? state.round;
  const returned = fact("FeedbackReceived", {
    round,
    proposer: names.indexOf(proposer) + 1,
    ...form,
    enteredOnBehalf,
  });
  const { ratings, axes } = choiceFor(context.rulebook.rehandlingOn, state.received.kind).value;
  const opensRound =
    answersProposer(state) &&
    round === state.round &&
    axes.some((axis) => ratings.includes(form[axis]));
  if (!opensRound) return [returned];
  return [returned, fact("RehandlingOrdered", newRound(state, on, context))];
};

/** The round that begins: by a form that demands it, or by somebody's order. */
const newRound = (
  state: CaseState,
  on: string,
  context: DecideContext,
  order?: Readonly<{ orderedBy: string; reason: string }>,
): CaseEventData["RehandlingOrdered"] => ({
  round: state.round + 1,
  cause: order === undefined ? "feedback" : "order",
  ...order,
  deadlines: dueDates({ rehandlingOrdered: on }, state, state.round + 1, context),
});

/** What its commands ask for. */
export const feedbackProposals: Proposing<
  "feedback" | "rehandle" | "remind-feedback" | "expire-feedback" | "follow-up"
> = {
  feedback: rated,
  rehandle: ({ input, on, state, context, fact }) => [
    fact("RehandlingOrdered", newRound(state, on, context, input)),
  ],
  "remind-feedback": ({ input, state, fact }) => [
    fact("FeedbackReminded", { round: state.round, ...input }),
  ],
  "expire-feedback": ({ input, state, fact }) => [
    fact("FeedbackExpired", { round: state.round, ...input }),
  ],
  "follow-up": ({ input, state, fact }) => {
    checkRequests(input.adopted, state);
    return [fact("FollowUpRecorded", input)];
  },
};

/** What its events add to a case. */
export const feedbackFacts: Gathering<
  | "FeedbackReceived"
  | "FeedbackReminded"
  | "FeedbackExpired"
  | "RehandlingOrdered"
  | "FollowUpRecorded"
> = {
  FeedbackReceived: (state, event) => ({
    ...state,
    feedback: [...state.feedback, { ...event.data, on: event.on }],
    deadlines: met(state, event, "feedback"),
  }),
  FeedbackReminded: (state, event) => {
    const { round, channel } = event.data;
    const reminder = { on: event.on, round, ...(channel !== undefined && { channel }) };
    return { ...state, formReminders: [...state.formReminders, reminder] };
  },
  FeedbackExpired: (state, event) => {
    const { round, reason } = event.data;
    return {
      ...state,
      formsExpired: [...state.formsExpired, { on: event.on, round, reason }],
      deadlines: ended(state, "waived", (deadline) => deadline.id === "feedback"),
    };
  },
  RehandlingOrdered: (state, event) => {
    const { deadlines, round } = event.data;
    const kept = ended(
      state,
      "superseded",
      (deadline) => deadlineNameOf(deadline.id) !== "commitment",
    );
    return {
      ...state,
      round,
      roundBeganOn: dateOf(event.on),
      rehandlingOrderedOn: event.on,
      deadlines: [...kept, ...deadlines.map((due) => fresh(due, round))],
    };
  },
  FollowUpRecorded: (state, event) => ({
    ...state,
    followUps: [...state.followUps, { on: event.on, ...withoutNote(event.data) }],
  }),
};
