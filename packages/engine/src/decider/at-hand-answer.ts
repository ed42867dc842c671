/** @module at-hand-answer — what the commands on the way to a reply, and after it, would be about now. */
import type { CaseCommandName } from "../case/commands.ts";
import type { CaseEventType } from "../case/events.ts";
import { answersProposer, isPublishable, lastReply } from "../case/reading.ts";
import {
  currentDraft,
  isAsked,
  isAwaited,
  isSentBack,
  opinionsGiven,
  proposersOwed,
  unreachedProposers,
} from "../case/reading-answer.ts";
import type { CaseState, CoOpinion } from "../case/state.ts";
import type { Disclosure } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";

/** The units that the case itself names and that have not been asked in this round. */
const unitsToAsk = (state: CaseState): readonly string[] => {
  const { coUnits = [], role } = state.received;
  const departments = state.assignment?.coDepartments ?? [];
  const named = role === "lead" ? [...coUnits, ...departments] : departments;
  return named.filter((unit) => !isAsked(state, unit));
};

const awaited = (state: CaseState): CoOpinion | undefined =>
  state.coOpinions.find((opinion) => isAwaited(state, opinion));

const given = ({ coOpinions }: CaseState): CoOpinion | undefined =>
  coOpinions.findLast(({ text }) => text !== null);

/** The other way of disclosure that a decision would most likely be about. */
const otherDisclosure = (state: CaseState): Disclosure => {
  const reply = lastReply(state);
  if (isPublishable(reply)) return reply?.disclosure === "full" ? "summary" : "full";
  const withConsent = state.received.consentToPublish !== false;
  if (withConsent) return "full";
  return reply?.disclosure === "withheld" ? "on-request" : "withheld";
};

const draftWaits = (state: CaseState): boolean => {
  const draft = currentDraft(state);
  return draft !== undefined && !isSentBack(draft) && draft.signature === null;
};

/** Whether there is nothing that one of these commands could be about. */
export const isIdleAboutAnswer: Readonly<
  Partial<Record<CaseCommandName, (state: CaseState) => boolean>>
> = {
  // a lead may ask anybody, and asks whom it has not named when it took the case in
  "request-opinion": (state) => state.received.role !== "lead" && unitsToAsk(state).length === 0,
  "record-opinion": (state) => awaited(state) === undefined,
  "return-opinion": (state) =>
    answersProposer(state) ? given(state) === undefined : state.opinion === null,
  draft: (state) => !answersProposer(state),
  review: (state) => !draftWaits(state),
  sign: (state) => !draftWaits(state),
  deliver: (state) => unreachedProposers(state).length === 0,
  disclose: (state) => lastReply(state) === undefined,
};

/** As much of the data of these facts as their guards look at. */
export const answerAtHand: Readonly<
  Partial<Record<CaseEventType, (state: CaseState, on: CivilDate) => object>>
> = {
  OpinionRequested: (state) => ({ unit: unitsToAsk(state)[0] ?? "" }),
  OpinionRecorded: (state) => ({ opinion: awaited(state)?.opinion ?? 0 }),
  OpinionReturned: (state) =>
    answersProposer(state) ? { opinion: given(state)?.opinion ?? 0 } : {},
  DraftReviewed: (state) => ({ draft: currentDraft(state)?.draft ?? 0 }),
  ReplySigned: (state) => ({ draft: currentDraft(state)?.draft ?? 0 }),
  // a reply that says what it has to say
  ReplyDelivered: (state, on) => {
    const draft = currentDraft(state);
    return {
      toldOpinions: opinionsGiven(state, on).map(({ unit }) => unit),
      result: draft?.result,
      signedBy: draft?.signature?.by,
    };
  },
  DeliveryRecorded: (state) => ({
    proposer: proposersOwed(state)[0] ?? unreachedProposers(state)[0] ?? 0,
  }),
  FeedbackReceived: (state) => ({
    proposer:
      state.received.proposers.findIndex((_, at) => !proposersOwed(state).includes(at + 1)) + 1,
  }),
  DisclosureDecided: (state) => ({ disclosure: otherDisclosure(state) }),
};
