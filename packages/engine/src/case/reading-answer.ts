/** @module reading-answer — questions about what goes before a reply, and about whom it has reached. */
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import { isOpen, lastReply, openAnswer } from "./reading.ts";
import type { CaseState, CoOpinion, Deadline, Draft } from "./state.ts";

/** The opinions that were asked for in the current round. */
const opinionsOfRound = (state: CaseState): readonly CoOpinion[] =>
  state.coOpinions.filter(({ round }) => round === state.round);

/** Whether an opinion had come by a day. */
export const hadCome = ({ recordedOn }: CoOpinion, by: CivilDate): boolean =>
  recordedOn !== null && dateOf(recordedOn) <= by;

/** Whether a unit helps us: a lead whomever it asks, a sole or separate one only its own departments. */
export const mayHelp = (
  { received: { role }, assignment }: Pick<CaseState, "received" | "assignment">,
  unit: string,
): boolean =>
  role === "lead" || (role !== "assist" && assignment?.coDepartments?.includes(unit) === true);

/** Whether an opinion is still to come: one asked of a unit that helps us no more is not. */
export const isAwaited = (state: CaseState, { unit, text }: CoOpinion): boolean =>
  text === null && mayHelp(state, unit);

/** The opinions asked for in this round that had not come by a day. */
export const opinionsAwaited = (state: CaseState, by: CivilDate): readonly CoOpinion[] =>
  opinionsOfRound(state).filter((opinion) => !hadCome(opinion, by) && mayHelp(state, opinion.unit));

/** The co-handlers named at the dispatch that were not asked, and of which no opinion had come by a day. */
export const coHandlersUnheard = (state: CaseState, by: CivilDate): readonly string[] => {
  const { role, coUnits = [] } = state.received;
  if (role !== "lead") return [];
  return coUnits.filter(
    (unit) =>
      !isAsked(state, unit) &&
      !state.coOpinions.some((opinion) => opinion.unit === unit && hadCome(opinion, by)),
  );
};

/** The opinions asked for in this round that had come by a day. */
export const opinionsGiven = (state: CaseState, by: CivilDate): readonly CoOpinion[] =>
  opinionsOfRound(state).filter((opinion) => hadCome(opinion, by));

/** Whether a unit was asked for its opinion in this round. */
export const isAsked = (state: CaseState, unit: string): boolean =>
  opinionsOfRound(state).some((opinion) => opinion.unit === unit);

/** An opinion by its number. */
export const coOpinion = (state: CaseState, number: number | undefined): CoOpinion | undefined =>
  state.coOpinions.find(({ opinion }) => opinion === number);

/** The due date of an opinion as it lies now. */
export const dueDateOfOpinion = (state: CaseState, number: number): Deadline | undefined =>
  state.deadlines.findLast(({ id }) => id === `co-opinion:${number}`);

/** The opinions that are due only after the reply itself: they would come too late for it. */
export const opinionsDueAfterReply = (state: CaseState): readonly CoOpinion[] => {
  const reply = openAnswer(state);
  if (reply === undefined) return [];
  return opinionsOfRound(state).filter(({ opinion }) => {
    const due = dueDateOfOpinion(state, opinion);
    return due !== undefined && isOpen(due) && due.dueOn > reply.dueOn;
  });
};

/** The newest draft of the current round; those before it are void. */
export const currentDraft = ({ drafts, round }: CaseState): Draft | undefined => {
  const newest = drafts.at(-1);
  return newest?.round === round ? newest : undefined;
};

/** Whether a review sent a draft back, so that a new one is needed. */
export const isSentBack = ({ reviews }: Draft): boolean =>
  reviews.some(({ decision }) => decision === "returned");

/** How many people had approved a draft by a day. */
export const approvalsOf = ({ reviews }: Draft, by: CivilDate): number =>
  new Set(
    reviews
      .filter(({ decision, on }) => decision === "approved" && dateOf(on) <= by)
      .map((review) => review.by),
  ).size;

/** The proposers whom the newest reply has not reached, by their 1-based place. */
export const unreachedProposers = (state: CaseState): readonly number[] => {
  const reached = lastReply(state)?.deliveredTo;
  if (reached === undefined) return [];
  return state.received.proposers
    .map((_, at) => at + 1)
    .filter((place) => !reached.includes(place));
};

/** The proposers whom the newest reply must still reach before it counts as delivered. */
export const proposersOwed = (state: CaseState): readonly number[] =>
  lastReply(state)?.awaiting ?? [];

/** Names of proposers by their places. */
export const proposerNames = (state: CaseState, places: readonly number[]): readonly string[] =>
  places.flatMap((place) => state.received.proposers[place - 1]?.name ?? []);
