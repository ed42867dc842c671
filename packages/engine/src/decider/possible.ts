/** @module possible — which commands a case would take now, and what keeps it from taking the others. */
import type { CaseCommandName, CommandName } from "../case/commands.ts";
import type { CaseEvent, CaseEventType } from "../case/events.ts";
import type { OfficeFacts } from "../case/office.ts";
import { isSameHand, plainOffice } from "../case/office.ts";
import {
  answersProposer,
  isCompleted,
  isFormOut,
  isPromiseOpen,
  isToBePublished,
  openAnswer,
  requestsLeft,
  standingExtension,
} from "../case/reading.ts";
import type { CaseState, Commitment } from "../case/state.ts";
import type { GuardName } from "../lifecycle/guards.ts";
import { approversOf } from "../lifecycle/guards/due-dates.ts";
import { mayEscalate } from "../lifecycle/guards/rounds.ts";
import { repairOfGuard, sourceOfGuard, whyOfGuard } from "../lifecycle/guards.ts";
import type { Label } from "../case/terms.ts";
import { hasArrow, verdict } from "../lifecycle/table.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { dateOf } from "../time/occurred-on.ts";
import { answerAtHand, isIdleAboutAnswer } from "./at-hand-answer.ts";
import { latestDate } from "../time/civil-date.ts";

/** The facts that each command may lead with; what the lifecycle is asked about first. */
export const leadingEvents = {
  receive: ["CaseReceived"],
  "request-return": ["ReturnRequested"],
  "decide-return": ["ReturnApproved", "ReturnRefused"],
  assign: ["CaseAssigned"],
  reassign: ["CaseReassigned"],
  contact: ["ContactRecorded"],
  "waive-contact": ["ContactWaived"],
  answer: ["ReplyDelivered"],
  "submit-opinion": ["OpinionSubmitted"],
  extend: ["DeadlineExtended"],
  feedback: ["FeedbackReceived"],
  rehandle: ["RehandlingOrdered"],
  "remind-feedback": ["FeedbackReminded"],
  "expire-feedback": ["FeedbackExpired"],
  publish: ["ReplyPublished"],
  unpublish: ["PublicationWithdrawn"],
  "follow-up": ["FollowUpRecorded"],
  commit: ["CommitmentMade"],
  fulfil: ["CommitmentFulfilled"],
  verify: ["CommitmentVerified"],
  close: ["CaseClosed"],
  reopen: ["CaseReopened"],
  withdraw: ["CaseWithdrawn"],
  "sign-receipt": ["ReceiptSigned"],
  redispatch: ["CaseRedispatched"],
  "mark-complex": ["CaseMarkedComplex"],
  "request-opinion": ["OpinionRequested"],
  "record-opinion": ["OpinionRecorded"],
  "return-opinion": ["OpinionReturned"],
  draft: ["DraftSubmitted"],
  review: ["DraftReviewed"],
  sign: ["ReplySigned"],
  deliver: ["DeliveryRecorded"],
  disclose: ["DisclosureDecided"],
  reclassify: ["ResultReclassified"],
  "withdraw-extension": ["ExtensionWithdrawn"],
  urge: ["CaseUrged"],
  escalate: ["RoundEscalated"],
  "look-back": ["LookedBack"],
  progress: ["ProgressReported"],
  "change-commitment": ["CommitmentChanged"],
  "reply-again": ["FollowUpReplySent"],
  "report-status": ["CommitmentStatusSent"],
  merge: ["CaseMerged"],
  split: ["CaseSplit"],
  amend: ["EntryAmended"],
  retract: ["EntryRetracted"],
  forget: ["PersonalDataForgotten"],
} as const satisfies Record<CaseCommandName, readonly CaseEventType[]>;

/** Whether the lifecycle has an arrow for the command in this phase, whatever its guards say. */
export const hasArrowFor = (command: CaseCommandName, state: CaseState | null): boolean =>
  leadingEvents[command].some((type) => hasArrow(state?.status ?? "unreceived", type));

/** A command that the lifecycle knows here but a guard forbids for now. */
export type BlockedCommand = Readonly<{
  command: CommandName;
  rule: GuardName;
  why: Label;
  source: Label;
  repair: Label;
}>;

/** Who would record, and when it would have been true. */
export type Supposed = Readonly<{
  actor: Actor;
  on: string;
  rulebook: Rulebook;
  office?: OfficeFacts;
}>;

/** What may be recorded now, and what a guard forbids. */
export const possibilities = (
  state: CaseState,
  supposed: Supposed,
): Readonly<{ allowed: readonly CommandName[]; blocked: readonly BlockedCommand[] }> => {
  const allowed: CommandName[] = [];
  const blocked: BlockedCommand[] = [];
  for (const command of Object.keys(leadingEvents) as CaseCommandName[]) {
    if (!hasArrowFor(command, state) || isIdle(command, state, supposed.rulebook)) continue;
    const barrier = barrierOf(command, state, supposed);
    if (barrier === null) allowed.push(command);
    else blocked.push(barrier);
  }
  return { allowed, blocked };
};

/** Whether there is nothing that the command could be about. */
const isIdle = (command: CaseCommandName, state: CaseState, rulebook: Rulebook): boolean => {
  switch (command) {
    case "forget":
      // no step of the work: it waits for somebody who asks for it
      return true;
    case "fulfil":
    case "change-commitment":
      return !state.commitments.some(isPromiseOpen);
    case "reply-again":
      return !state.commitments.some(isUnanswered);
    case "report-status":
      return state.commitments.length === 0;
    case "escalate":
      return !mayEscalate(state, rulebook);
    case "verify":
      return state.commitments.every(
        ({ fulfilledOn, verifiedOn }) => fulfilledOn === null || verifiedOn !== null,
      );
    case "waive-contact":
      return state.contactWaived;
    case "decide-return":
      return state.returnRequest?.pending !== true;
    case "extend":
      return openAnswer(state) === undefined;
    case "withdraw-extension":
      return standingExtension(state) === undefined;
    case "sign-receipt":
      return state.receipt !== null;
    case "mark-complex":
      return state.received.isComplex || openAnswer(state)?.id !== "reply";
    case "redispatch":
      return answersProposer(state) && isCompleted(state);
    case "remind-feedback":
    case "expire-feedback":
      return !isFormOut(state);
    case "publish":
      return state.publication !== null || !isToBePublished(state);
    case "unpublish":
      return state.publication === null;
    case "split":
      return requestsLeft(state).length < 2;
    default:
      return isIdleAboutAnswer[command]?.(state) ?? false;
  }
};

const barrierOf = (
  command: CaseCommandName,
  state: CaseState,
  supposed: Supposed,
): BlockedCommand | null => {
  const { actor, on, rulebook, office } = supposed;
  let barrier: BlockedCommand | null = null;
  for (const type of leadingEvents[command]) {
    const fact = { type, on, data: supposedData(type, state, supposed) } as unknown as CaseEvent;
    const input = { state, fact, actor, rulebook, ...(office && { office }) };
    const judged = verdict(state.status, type, input);
    if (judged.allowed) return null;
    if (judged.guard === null) continue;
    barrier = {
      command,
      rule: judged.guard,
      why: whyOfGuard(judged.guard, input),
      source: sourceOfGuard(judged.guard, input),
      repair: repairOfGuard(judged.guard, input),
    };
  }
  return barrier;
};

/** As much of a fact's data as its guards look at. */
const supposedData = (type: CaseEventType, state: CaseState, supposed: Supposed): object => {
  const ofAnswer = answerAtHand[type]?.(state, dateOf(supposed.on));
  if (ofAnswer !== undefined) return ofAnswer;
  switch (type) {
    case "DeadlineExtended":
      return extensionAtHand(state, supposed.rulebook);
    case "EntryAmended":
      return receiptAtHand(state);
    case "EntryRetracted":
      return lastEntryAtHand(state);
    case "CaseMarkedComplex":
      return complexTermAtHand(state, supposed.rulebook);
    case "CaseRedispatched":
      return { role: "sole" };
    case "CaseMerged":
      return mergerAtHand(state);
    case "CaseSplit":
      return { requests: requestsLeft(state).slice(0, 1) };
    default:
      return promiseAtHand(type, state, supposed);
  }
};

/** A merger into a case that would take this one in. */
const mergerAtHand = (state: CaseState): object => ({
  into: `${state.received.kind}/0-0/0`,
  target: { status: "received", answersProposer: answersProposer(state) },
});

/** The receipt, which an amendment is about unless it names another entry. */
const receiptAtHand = ({ status }: CaseState): object => ({
  entry: 1,
  type: "CaseReceived",
  leadsTo: status,
});

/** The last entry; what else may be taken back is too much to tell. */
const lastEntryAtHand = ({ past, status }: CaseState): object => {
  const { entry = 0, event } = past ?? {};
  return { entries: [entry], type: event?.type, leadsTo: status };
};

const far = latestDate;

/** A later due date of the reply, where the rulebook has a term of its own for complex cases. */
const complexTermAtHand = ({ received }: CaseState, { deadlines }: Rulebook): object => ({
  deadlines: deadlines.some(
    ({ deadline, appliesTo, notApplied }) =>
      deadline === "reply" &&
      appliesTo.isComplex === true &&
      notApplied === undefined &&
      (appliesTo.kinds?.includes(received.kind) ?? true),
  )
    ? [{ id: "reply", dueOn: far }]
    : [],
});

/** An extension of the open answer, as long as the rule allows any. */
const extensionAtHand = (state: CaseState, { deadlines }: Rulebook): object => {
  const open = openAnswer(state);
  const extension = deadlines.find(({ id }) => id === open?.rule)?.extension ?? null;
  return {
    deadline: open?.id,
    latest: extension === null ? null : far,
    approvedBy: approversOf(extension, state)?.[0],
    proposerToldOn: far,
    deadlines: [{ dueOn: far }],
  };
};

/** Whether a promise was kept and the proposer not told of it. */
const isUnanswered = ({ fulfilledOn, repliedOn }: Commitment): boolean =>
  fulfilledOn !== null && repliedOn === null;

/** The promise that a command about promises would be about, with its evidence. */
const promiseAtHand = (
  type: CaseEventType,
  { commitments }: CaseState,
  { actor, on, office = plainOffice }: Supposed,
): object => {
  // progress may be that of the case
  if (type === "ProgressReported") return {};
  if (type === "CommitmentStatusSent") return { year: Number(dateOf(on).slice(0, 4)) };
  const candidates = commitments.filter(
    type === "CommitmentFulfilled" || type === "CommitmentChanged"
      ? isPromiseOpen
      : type === "FollowUpReplySent"
        ? isUnanswered
        : ({ fulfilledOn, verifiedOn }) => fulfilledOn !== null && verifiedOn === null,
  );
  const best =
    candidates.find(
      ({ fulfilledBy }) => !isSameHand(office, fulfilledBy ?? "", actor.id, dateOf(on)),
    ) ?? candidates[0];
  return { commitment: best?.commitment ?? 0, evidence: "" };
};
