/** @module reading — questions about a case that rules, rates and screens ask alike. */
import type { CaseState, Commitment, Contact, Deadline, Feedback, Reply } from "./state.ts";
import type { Rating } from "./terms.ts";
import { ratings } from "./terms.ts";

const endings: ReadonlySet<string> = new Set(["returned", "withdrawn"]);

/** Whether the case left our hands: returned, withdrawn or merged. */
export const isEnded = (state: CaseState): boolean => endings.has(state.status);

/** Whether it is ours to answer the proposer: role sole, lead or separate. */
export const answersProposer = (state: CaseState): boolean => state.received.role !== "assist";

/** Whether the current round has been answered, or, for `assist`, the opinion handed over. */
export const isCompleted = (state: CaseState): boolean =>
  answersProposer(state) ? state.replies.at(-1)?.round === state.round : state.opinion !== null;

/** Whether the proposer was reached: a proposer took part, or nobody is named, which means the proposer. */
export const isWithProposer = ({ participants }: Contact): boolean =>
  participants.length === 0 || participants.some(({ role }) => role === "proposer");

/** Whether a due date still waits to be met. */
export const isOpen = ({ metOn, ended }: Deadline): boolean => metOn === null && ended === null;

/**
 * Whether a due date was met after its day, or after its instant. Where an instant is due, a fact of the
 * same day that does not say its time is not known to have come in time.
 */
export const wasMetLate = ({ dueOn, dueAt, metOn, metAt }: Deadline): boolean => {
  if (metOn === null) return false;
  if (dueAt === undefined) return metOn > dueOn;
  return metAt === undefined ? metOn >= dueOn : Date.parse(metAt) > Date.parse(dueAt);
};

const answerDuties: ReadonlySet<string> = new Set(["reply", "rehandling", "co-opinion"]);

/** The due date of the round's answer, or of the opinion, that is still to be met. */
export const openAnswer = (state: CaseState): Deadline | undefined =>
  state.deadlines.findLast((deadline) => answerDuties.has(deadline.id) && isOpen(deadline));

/** Whether the last round's answer, or the opinion, had a due date and came no later than it. */
export const isOnTime = (state: CaseState): boolean => {
  const duty = state.deadlines.findLast(
    ({ id, ended, round }) => ended === null && round === state.round && answerDuties.has(id),
  );
  return duty !== undefined && duty.metOn !== null && !wasMetLate(duty);
};

/** Whether an answer of any round, or the opinion, came after its due date. */
export const wasLate = (state: CaseState): boolean =>
  state.deadlines.some((deadline) => answerDuties.has(deadline.id) && wasMetLate(deadline));

/** The newest reply of any round. */
export const lastReply = (state: CaseState): Reply | undefined => state.replies.at(-1);

/** The forms that came back on the current round's reply. */
const feedbackOfRound = (state: CaseState): readonly Feedback[] =>
  state.feedback.filter((form) => form.round === state.round);

/** Whether a form on the current round's reply came back, or expired. */
export const isFormSettled = (state: CaseState): boolean =>
  feedbackOfRound(state).length > 0 ||
  state.formsExpired.some(({ round }) => round === state.round);

/** Whether the current round is answered and its form is neither back nor expired. */
export const isFormOut = (state: CaseState): boolean =>
  answersProposer(state) && isCompleted(state) && !isFormSettled(state);

/** Whether a reply may be made public, in full or as a summary. */
export const isPublishable = (reply: Pick<Reply, "disclosure"> | undefined): boolean =>
  reply?.disclosure === "full" || reply?.disclosure === "summary";

/** The newest form of each proposer, any round. */
export const latestForms = (state: CaseState): readonly Feedback[] => [
  ...new Map(state.feedback.map((form) => [form.proposer, form])).values(),
];

const order = Object.keys(ratings) as readonly Rating[];

/** The worst of several ratings, undefined for none. */
export const worst = (given: readonly Rating[]): Rating | undefined =>
  order.findLast((rating) => given.includes(rating));

/** The requests taken up so far, by number, each once. */
export const adoptedRequests = (state: CaseState): readonly number[] => [
  ...new Set([
    ...state.replies.flatMap((reply) => reply.adopted ?? []),
    ...state.followUps.flatMap((followUp) => followUp.adopted ?? []),
  ]),
];

/** A commitment by its number. */
export const currentCommitment = (state: CaseState, number: number): Commitment | undefined =>
  state.commitments.find((commitment) => commitment.commitment === number);
