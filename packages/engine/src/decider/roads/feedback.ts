/** @module feedback — the proposer's form, and new rounds: from its commands to facts, and what the facts add to a case. */
import type { CaseEvent, CaseEventData, DueDate } from "../../case/events.ts";
import { answersProposer, isFormSettled, lastReply } from "../../case/reading.ts";
import type { CaseState } from "../../case/state.ts";
import type { DeadlineName, Rating } from "../../case/terms.ts";
import { deadlineNameOf } from "../../case/terms.ts";
import { invalidInput } from "../../errors.ts";
import { hasArrow } from "../../lifecycle/table.ts";
import type { Rulebook } from "../../rulebook/rulebook.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Gathering } from "../gathering.ts";
import { ended, fresh, met, withoutRemarks } from "../gathering.ts";
import type { DecideContext, LawOfCase, Proposal, Proposing } from "../proposing.ts";
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
  const opens =
    round === state.round &&
    opensRound({ ...form, proposer: names.indexOf(proposer) + 1 }, state, context.rulebook);
  if (!opens) return [returned];
  return [returned, fact("RehandlingOrdered", newRound(state, on, context))];
};

/**
 * Whether a form on the current round's reply begins a new one by itself: one whose word counts, with a
 * rating that demands it, before the last round. A closed case only takes it to its files.
 */
const opensRound = (
  form: Readonly<{ proposer: number; attitude: Rating; result: Rating }>,
  state: CaseState,
  rulebook: Rulebook,
): boolean => {
  const { kind } = state.received;
  const { ratings, axes } = choiceFor(rulebook.rehandlingOn, kind).value;
  const { openedBy } = choiceFor(rulebook.formsCounted, kind).value;
  const { max } = choiceFor(rulebook.rounds, kind).value;
  return (
    answersProposer(state) &&
    hasArrow(state.status, "RehandlingOrdered") &&
    (openedBy === "any" || form.proposer === 1) &&
    (max === null || state.round < max) &&
    axes.some((axis) => ratings.includes(form[axis]))
  );
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
  deadlines: dueDatesOfRound(on, state, context),
});

/** What is due in the round that begins after the present one. */
export const dueDatesOfRound = (
  on: string,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] => dueDates({ rehandlingOrdered: on }, state, state.round + 1, context);

/** What its commands ask for. */
export const feedbackProposals: Proposing<
  "feedback" | "rehandle" | "remind-feedback" | "expire-feedback" | "escalate" | "follow-up"
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
  escalate: ({ input, state, fact }) => [fact("RoundEscalated", { round: state.round, ...input })],
  "follow-up": ({ input, state, fact }) => {
    checkRequests(input.adopted, state);
    return [fact("FollowUpRecorded", input)];
  },
};

/** Due dates that a new round leaves alone: what was promised, and the reports on it. */
const ofEveryRound: ReadonlySet<DeadlineName> = new Set<DeadlineName>([
  "commitment",
  "second-reply",
  "status-report",
  "progress-report",
  "progress-dispatch",
]);

/** What its events add to a case. */
export const feedbackFacts: Gathering<
  | "FeedbackReceived"
  | "FeedbackReminded"
  | "FeedbackExpired"
  | "RehandlingOrdered"
  | "RoundEscalated"
  | "FollowUpRecorded"
> = {
  FeedbackReceived: (state, event) => {
    const after = { ...state, feedback: [...state.feedback, { ...event.data, on: event.on }] };
    return isFormSettled(after) ? { ...after, deadlines: met(after, event, "feedback") } : after;
  },
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
    const kept = ended(state, "superseded", ({ id }) => !ofEveryRound.has(deadlineNameOf(id)));
    return {
      ...state,
      round,
      roundBeganOn: dateOf(event.on),
      rehandlingOrderedOn: event.on,
      deadlines: [...kept, ...deadlines.map((due) => fresh(due, round))],
    };
  },
  RoundEscalated: (state, event) => ({
    ...state,
    escalations: [...state.escalations, { ...withoutRemarks(event.data), on: event.on }],
  }),
  FollowUpRecorded: (state, event) => ({
    ...state,
    followUps: [...state.followUps, { on: event.on, ...withoutRemarks(event.data) }],
  }),
};
