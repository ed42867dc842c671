/**
 * @module arrows — the lifecycle as data: the only place that says which fact may follow which.
 *
 *   received ──五定──▶ assigned ──contact──▶ contacted ──answer──▶ answered ──feedback──▶ followUp ──▶ closed
 *                         ▲                                                                  │ 不满意     │
 *                         └──────────────────────── a new round ────────────────────────────┴──◀ reopen ┘
 *
 * A kind whose rulebook asks for no 五定 is answered from `received`, and its new round begins there.
 *
 * `machine.ts` makes an XState machine of exactly these arrows, `table.ts` looks them up. The type knows
 * flat phases and plain arrows only, so nothing can be written here that the two could read differently.
 */
import type { CaseEventType } from "../case/events.ts";
import type { Status } from "../case/terms.ts";
import type { GuardName } from "./guards.ts";

/** Where a case is before its first event. */
export type Phase = "unreceived" | Status;

/** To `target`, if every guard named in `params` holds; in the form that XState takes. */
export type Arrow = Readonly<{
  target: Phase;
  guard?: { type: "all"; params: readonly GuardName[] };
}>;

/** What leads out of a phase: of several arrows for one event, the first whose guards hold. */
export type Leaving = Readonly<Partial<Record<CaseEventType, Arrow | readonly Arrow[]>>>;

const to = (target: Phase, ...names: readonly GuardName[]): Arrow =>
  names.length === 0 ? { target } : { target, guard: { type: "all", params: names } };

const withdrawal = { CaseWithdrawn: to("withdrawn", "notBeforeLastStep") } as const;

/** A reorganisation moves what is open; what is closed keeps the name of its time. */
const renaming = (phase: Phase) => ({ AssignmentRenamed: to(phase, "ofDepartment") }) as const;

/** 并案、分案, as long as nothing is answered; later the guards say why not. */
const joining = (phase: Phase) =>
  ({
    CaseMerged: to(
      "merged",
      "notClosed",
      "unanswered",
      "returnNotPending",
      "mergesElsewhere",
      "noMergeRing",
      "mergesWithinKind",
      "mergesIntoOpen",
      "mergesWithinRole",
      "promisesSettled",
      "notBeforeLastStep",
    ),
    ProposersJoined: to(phase, "notClosed", "unanswered", "returnNotPending", "notBeforeDispatch"),
    CaseSplit: to(
      phase,
      "notClosed",
      "unanswered",
      "returnNotPending",
      "requestsRemain",
      "notBeforeLastStep",
    ),
  }) as const;

const returning = (phase: Phase) =>
  ({
    ReturnRequested: to(phase, "notBeforeDispatch", "withinReturnWindow", "returnNotPending"),
    ReturnApproved: to("returned", "returnPending", "notBeforeRequest", "returnNotLapsed"),
    ReturnRefused: to(phase, "returnPending", "notBeforeRequest"),
  }) as const;

/** 改办: to another unit, or to us in another part; a refusal names what both ways have in common first. */
const redispatching = (away: Phase, here: Phase) =>
  ({
    CaseRedispatched: [
      to(away, "notBeforeDispatch", "notBeforeReturn", "notBeforeRedispatch", "leavesUs"),
      to(here, "notBeforeDispatch", "notBeforeReturn", "notBeforeRedispatch", "staysWithUs"),
    ],
  }) as const;

const signing = (phase: Phase) =>
  ({
    ReceiptSigned: to(phase, "notBeforeDispatch", "notBeforeRedispatch", "receiptUnsigned"),
  }) as const;

/** 催办、督办 */
const urging = (phase: Phase) =>
  ({ CaseUrged: to(phase, "notBeforeDispatch", "slipTimePassed", "slipInOrder") }) as const;

/** What is only looked at while the case is open. */
const watched = (phase: Phase) => ({ ...signing(phase), ...urging(phase) }) as const;

/** Promises live beside the main road, also after the case is closed. */
const keeping = (phase: Phase) =>
  ({
    ProgressReported: to(phase, "notBeforeDispatch", "commitmentUnfulfilled", "notBeforePromise"),
    CommitmentChanged: to(
      phase,
      "commitmentUnfulfilled",
      "notBeforePromise",
      "notBeforeChange",
      "postponementApproved",
    ),
    CommitmentFulfilled: to(phase, "commitmentUnfulfilled", "notBeforePromise", "evidenceGiven"),
    CommitmentVerified: to(phase, "commitmentFulfilled", "notBeforePromise", "anotherVerifies"),
    FollowUpReplySent: to(phase, "answersProposer", "secondReplyOpen", "notBeforePromise"),
    CommitmentStatusSent: to(
      phase,
      "answersProposer",
      "notBeforeDispatch",
      "promisesMade",
      "statusNotSent",
    ),
  }) as const;

/** What is found out once the reply is out, also after the case is closed. */
const reviewing = (phase: Phase) =>
  ({
    ResultReclassified: to(
      phase,
      "answersProposer",
      "notBeforeReply",
      "resultChanges",
      "notBeforeReclassification",
    ),
    LookedBack: to(phase, "notBeforeReply"),
  }) as const;

const promising = (phase: Phase) =>
  ({
    CommitmentMade: to(phase, "notBeforeDispatch", "departmentStands"),
    ...keeping(phase),
  }) as const;

/** Due dates move by an extension, a corrected calendar or a new rulebook, never by themselves. */
const takingBack = (phase: Phase) =>
  ({
    ExtensionWithdrawn: to(phase, "roundOpen", "extensionStands", "notBeforeExtension"),
  }) as const;
const recomputing = (phase: Phase) => ({ DeadlinesRecomputed: to(phase) }) as const;
const moving = (phase: Phase) =>
  ({
    DeadlineExtended: to(
      phase,
      "dutyOpen",
      "notBeforeRound",
      "mayBeExtended",
      "extendedInTime",
      "approvedByRightBody",
      "withinTimes",
      "extendsFurther",
      "withinExtension",
      "proposerTold",
    ),
    ...takingBack(phase),
    CaseMarkedComplex: to(
      phase,
      "notBeforeRound",
      "notComplexYet",
      "complexInTime",
      "complexHasLongerTerm",
    ),
    ...recomputing(phase),
  }) as const;

/** The reply in public, also after the case is closed. */
const publishing = (phase: Phase) =>
  ({
    ReplyPublished: to(
      phase,
      "replyDelivered",
      "mayBePublished",
      "proposerConsents",
      "notPublished",
      "notBeforeReply",
      "notBeforePublication",
    ),
    PublicationWithdrawn: to(phase, "isPublished", "notBeforePublication"),
    DisclosureDecided: to(
      phase,
      "replyDelivered",
      "notBeforeReply",
      "disclosureChanges",
      "proposerConsents",
      "takenBackFirst",
    ),
  }) as const;

/** Corrections lead wherever the facts that stand afterwards lead. */
const corrected = (...names: readonly GuardName[]): readonly Arrow[] => [
  to("received", ...names, "leadsToReceived"),
  to("assigned", ...names, "leadsToAssigned"),
  to("contacted", ...names, "leadsToContacted"),
  to("answered", ...names, "leadsToAnswered"),
  to("followUp", ...names, "leadsToFollowUp"),
  to("closed", ...names, "leadsToClosed"),
  to("returned", ...names, "leadsToReturned"),
  to("withdrawn", ...names, "leadsToWithdrawn"),
];
const correcting = {
  EntryAmended: corrected("mayBeAmended", "entryStands", "sameConsequences", "nothingRestsOnIt"),
  EntryRetracted: corrected("mayBeRetracted", "entryStands", "nothingRestsOnIt"),
} as const;

/** 删除个人信息: at any time, also when the case has ended; it leads nowhere. */
const forgetting = (phase: Phase) =>
  ({ PersonalDataForgotten: to(phase, "anotherApprovesErasure") }) as const;

/** The answer to the proposer, or the opinion to the lead; where the 五定 are not there yet, kinds that go without. */
const replying = (...names: readonly GuardName[]) =>
  ({
    ReplyDelivered: to(
      "answered",
      ...names,
      "answersProposer",
      "returnNotPending",
      "notBeforeRound",
      "notBeforeRedispatch",
      "contactMade",
      "promiseMade",
      "opinionsIn",
      "opinionsTold",
      "draftReviewed",
      "replySigned",
      "asSigned",
    ),
    OpinionSubmitted: to(
      "answered",
      ...names,
      "assistsLead",
      "returnNotPending",
      "notBeforeRound",
      "notBeforeRedispatch",
    ),
  }) as const;

/** A co-handler's opinion may still come after the reply, and stays on record. */
const hearing = (phase: Phase) =>
  ({ OpinionRecorded: to(phase, "opinionAwaited", "notBeforeOpinion") }) as const;

/** The lead asks its co-handlers, and sends back what will not do. */
const consulting = (phase: Phase) =>
  ({
    OpinionRequested: to(
      phase,
      "mayAskOpinion",
      "returnNotPending",
      "notBeforeRound",
      "opinionNotAsked",
      "departmentStands",
    ),
    OpinionReturned: to(phase, "opinionGiven", "notBeforeOpinion"),
    ...hearing(phase),
  }) as const;

/** 拟稿、核稿、签发 */
const drafting = (phase: Phase, ...names: readonly GuardName[]) =>
  ({
    DraftSubmitted: to(phase, ...names, "answersProposer", "returnNotPending", "notBeforeRound"),
    DraftReviewed: to(phase, "draftAtHand", "notBeforeDraft", "anotherChecks"),
    ReplySigned: to(
      phase,
      "draftAtHand",
      "notBeforeDraft",
      "anotherChecks",
      "draftReviewed",
      "promiseMade",
    ),
  }) as const;

/** The reply reaches those whom it has not reached yet. */
const delivering = (phase: Phase) =>
  ({ DeliveryRecorded: to(phase, "replyDelivered", "notReached", "notBeforeReply") }) as const;
/** Kinds that go without the 五定 are talked over and answered as they come in. */
const handledAsReceived = {
  ContactRecorded: to("received", "mayGoUnassigned", "notBeforeDispatch"),
  ...drafting("received", "mayGoUnassigned"),
  ...replying("mayGoUnassigned"),
} as const;

/** Handling in hand: between the 五定 and the reply. */
const handling = (phase: Phase) =>
  ({
    ...correcting,
    ...forgetting(phase),
    CaseReassigned: to(phase, "notBeforeDispatch", "returnNotPending", "departmentStands"),
    ...renaming(phase),
    ContactRecorded: to("contacted", "notBeforeDispatch"),
    ContactWaived: to(phase),
    // a form on an earlier round's reply may still come back while the new round runs
    FeedbackReceived: to(phase, "answersProposer", "replyDelivered", "notBeforeReply"),
    ...consulting(phase),
    ...drafting(phase),
    ...replying(),
    ...moving(phase),
    ...publishing(phase),
    ...returning(phase),
    ...redispatching("returned", phase),
    ...watched(phase),
    ...promising(phase),
    ...joining(phase),
    ...withdrawal,
  }) as const;

/** The reply is out: between the reply and the closing. */
const answered = (phase: Phase) =>
  ({
    ...correcting,
    ...forgetting(phase),
    CaseReassigned: to(phase, "notBeforeDispatch", "departmentStands"),
    ...renaming(phase),
    ContactRecorded: to(phase, "notBeforeDispatch"),
    // our own opinion comes back from the lead and is to be handed in again
    OpinionReturned: [
      to(phase, "opinionGiven", "notBeforeOpinion", "returnsToCoHandler"),
      to("contacted", "opinionGiven", "notBeforeOpinion", "contactedInRound"),
      to("assigned", "opinionGiven", "notBeforeOpinion"),
    ],
    FeedbackReceived: to("followUp", "answersProposer", "notBeforeReply", "replyReachedThem"),
    FeedbackReminded: to(phase, "answersProposer", "formOut", "notBeforeReply"),
    FeedbackExpired: to("followUp", "answersProposer", "formOut", "reminded", "mayExpire"),
    FollowUpRecorded: to("followUp", "answersProposer", "notBeforeReply"),
    RehandlingOrdered: [
      to("received", "answersProposer", "notBeforeReply", "roundsLeft", "isUnassigned"),
      to("assigned", "answersProposer", "notBeforeReply", "roundsLeft"),
    ],
    RoundEscalated: to(phase, "answersProposer", "notBeforeReply", "escalatable"),
    CaseClosed: to("closed", "everybodyReached", "formSettled", "notBeforeLastStep"),
    ...hearing(phase),
    ...delivering(phase),
    // an assisting unit whose opinion is handed over may still be given the answer
    CaseRedispatched: to(
      "assigned",
      "notBeforeDispatch",
      "notBeforeRedispatch",
      "replyNotGiven",
      "takesOnAnswer",
    ),
    ...takingBack(phase),
    ...watched(phase),
    ...recomputing(phase),
    ...publishing(phase),
    ...promising(phase),
    ...reviewing(phase),
    ...joining(phase),
    ...withdrawal,
  }) as const;

/** 办理流程 */
export const arrows = {
  unreceived: { CaseReceived: to("received") },
  received: {
    CaseAssigned: to(
      "assigned",
      "notBeforeDispatch",
      "notBeforeRedispatch",
      "returnNotPending",
      "departmentStands",
    ),
    ContactWaived: to("received"),
    ...handledAsReceived,
    ...correcting,
    ...forgetting("received"),
    FeedbackReceived: to("received", "answersProposer", "replyDelivered", "notBeforeReply"),
    ...consulting("received"),
    ...moving("received"),
    ...returning("received"),
    ...joining("received"),
    ...redispatching("returned", "received"),
    ...watched("received"),
    ...withdrawal,
  },
  assigned: handling("assigned"),
  contacted: handling("contacted"),
  answered: answered("answered"),
  followUp: answered("followUp"),
  closed: {
    CaseReopened: [
      to("answered", "assistsLead", "notBeforeLastStep"),
      to("followUp", "notBeforeLastStep"),
    ],
    ...correcting,
    ...forgetting("closed"),
    // another form goes to the files; a new round begins only once the case is open again
    FeedbackReceived: to("closed", "answersProposer", "notBeforeReply"),
    ...hearing("closed"),
    ...delivering("closed"),
    ...takingBack("closed"),
    ...recomputing("closed"),
    ...publishing("closed"),
    ...keeping("closed"),
    ...reviewing("closed"),
    ...joining("closed"),
  },
  returned: { ...redispatching("returned", "received"), ...correcting, ...forgetting("returned") },
  // a withdrawal or a return that was recorded in error
  withdrawn: { ...correcting, ...forgetting("withdrawn") },
  // the guard of a retraction lets nothing through: its arrow is there so that the refusal says why, and what to do instead
  merged: { EntryRetracted: to("merged", "mayBeRetracted"), ...forgetting("merged") },
} as const satisfies Readonly<Record<Phase, Leaving>>;
