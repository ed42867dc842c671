/** @module reading — questions about a case that rules, rates and screens ask alike. */
import type {
  CaseState,
  Commitment,
  Contact,
  Deadline,
  Extension,
  Feedback,
  Reply,
} from "./state.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { DeadlineName, Disclosure, Rating, ResultMeaning } from "./terms.ts";
import { deadlineNameOf, ratings } from "./terms.ts";

const endings: ReadonlySet<string> = new Set(["returned", "withdrawn", "merged"]);

/** Whether the case left our hands: returned, withdrawn or merged. */
export const isEnded = (state: CaseState): boolean => endings.has(state.status);

/** Whether it is ours to answer the proposer: role sole, lead or separate. */
export const answersProposer = (state: CaseState): boolean => state.received.role !== "assist";

/**
 * Whether the current round has been answered, and the answer has reached those whom it has to reach, or,
 * for `assist`, the opinion handed over.
 */
export const isCompleted = (state: CaseState): boolean =>
  answersProposer(state) ? deliveredOn(state) !== null : state.opinion !== null;

/** When the current round's reply counted as delivered; null while it does not. */
export const deliveredOn = (state: CaseState): OccurredOn | null => {
  const reply = lastReply(state);
  return reply?.round === state.round ? reply.deliveredOn : null;
};

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

/** The extension by which the open answer is due when it is; undefined where it was not put off. */
export const standingExtension = (state: CaseState): Extension | undefined => {
  const open = openAnswer(state);
  return state.extensions.findLast(
    ({ deadline, round, stands }) => stands && deadline === open?.id && round === open.round,
  );
};

const progressDuties: ReadonlySet<string> = new Set<DeadlineName>([
  "urge",
  "progress-report",
  "progress-dispatch",
]);

/** Whether a due date asks only how the case stands; one that has passed means behind, not overdue. */
export const isProgressDuty = (id: string): boolean => progressDuties.has(deadlineNameOf(id));

/** What was received, as it read before we had another part or the case was marked complex. */
export const firstReceived = ({
  received,
  redispatches,
  complexity,
}: CaseState): CaseState["received"] => {
  const { role, leadUnit, ...rest } = received;
  const former = redispatches[0]?.former ?? { role, ...(leadUnit !== undefined && { leadUnit }) };
  return { ...rest, ...former, isComplex: complexity === null && rest.isComplex };
};

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

/** What the case came to: the letter of the newest reply, or the one that it was changed to since. */
export type Result = Readonly<{
  result: string;
  scheme: string;
  meaning?: ResultMeaning;
  on: OccurredOn;
}>;

/** The result that holds now; undefined before the first reply. */
export const currentResult = (state: CaseState): Result | undefined => {
  const reply = lastReply(state);
  // a later round's reply says anew what the case came to
  return state.reclassifications.findLast(({ round }) => round === reply?.round) ?? reply;
};

/** The forms that came back on the current round's reply. */
export const feedbackOfRound = (state: CaseState): readonly Feedback[] =>
  state.feedback.filter((form) => form.round === state.round);

/** The proposers whose forms on the current round's reply are still wanted, by 1-based place. */
export const formsWanted = (state: CaseState): readonly number[] => {
  const back = new Set(feedbackOfRound(state).map(({ proposer }) => proposer));
  const from = lastReply(state)?.formsFrom ?? "any";
  if (from === "any" && back.size > 0) return [];
  const everyone = state.received.proposers.map((_, at) => at + 1);
  return (from === "lead" ? [1] : everyone).filter((proposer) => !back.has(proposer));
};

/**
 * Whether the forms on the current round's reply that the rulebook asks for came back, or expired; an
 * expiry is of all that were missing.
 */
export const isFormSettled = (state: CaseState): boolean =>
  state.formsExpired.some(({ round }) => round === state.round) || formsWanted(state).length === 0;

/** Whether the current round is answered and its form is neither back nor expired. */
export const isFormOut = (state: CaseState): boolean =>
  answersProposer(state) && isCompleted(state) && !isFormSettled(state);

/** Whether a reply may be made public, in full or as a summary. */
export const isPublishable = (
  reply: Readonly<{ disclosure?: Disclosure | undefined }> | undefined,
): boolean => reply?.disclosure === "full" || reply?.disclosure === "summary";

/** Whether the newest reply is made public, for all that was decided and that the proposer wants. */
export const isToBePublished = (state: CaseState): boolean =>
  isPublishable(lastReply(state)) && state.received.consentToPublish !== false;

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

/** Whether a promise is still to be kept. */
export const isPromiseOpen = ({ fulfilledOn }: Commitment): boolean => fulfilledOn === null;

/**
 * The date by which a promise counts as kept: the one in force, unless it was put off only after it had
 * been missed. Undefined for a long-term one.
 */
export const dueThatCounts = ({ due, changes }: Commitment): CivilDate | undefined =>
  changes.find((change) => change.due !== undefined && dateOf(change.on) > change.due)?.due ?? due;

/** Whether the proposer is still to be told that a promise was kept. */
export const owesReply = ({ owesReply: owed, repliedOn }: Commitment): boolean =>
  owed === true && repliedOn === null;

/** Whether a promise of an earlier year is still to be kept on a day 跨年结转. */
export const isCarriedOver = (promise: Commitment, today: CivilDate): boolean =>
  isPromiseOpen(promise) && dateOf(promise.madeOn).slice(0, 4) < today.slice(0, 4);
/** The numbers of the requests that are this case's; those that were split off are another's. */
export const requestsLeft = ({ received, requestsGone }: CaseState): readonly number[] =>
  (received.requests ?? [])
    .map((_request, at) => at + 1)
    .filter((number) => !requestsGone.includes(number));

/** A commitment by its number. */
export const currentCommitment = (state: CaseState, number: number): Commitment | undefined =>
  state.commitments.find((commitment) => commitment.commitment === number);
