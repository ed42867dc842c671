/**
 * @module arrows — the lifecycle as data: the only place that says which fact may follow which.
 *
 *   received ──五定──▶ assigned ──contact──▶ contacted ──answer──▶ answered ──feedback──▶ followUp ──▶ closed
 *                         ▲                                                                  │ 不满意     │
 *                         └──────────────────────── a new round ────────────────────────────┴──◀ reopen ┘
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

const returning = (phase: Phase) =>
  ({
    ReturnRequested: to(phase, "notBeforeDispatch", "withinReturnWindow", "returnNotPending"),
    ReturnApproved: to("returned", "returnPending", "notBeforeRequest"),
    ReturnRefused: to(phase, "returnPending", "notBeforeRequest"),
  }) as const;

/** Promises live beside the main road, also after the case is closed. */
const keeping = (phase: Phase) =>
  ({
    CommitmentFulfilled: to(phase, "commitmentUnfulfilled", "notBeforePromise"),
    CommitmentVerified: to(phase, "commitmentFulfilled", "notBeforePromise", "anotherVerifies"),
  }) as const;

const promising = (phase: Phase) =>
  ({ CommitmentMade: to(phase, "notBeforeDispatch"), ...keeping(phase) }) as const;

/** Due dates move by an extension, a corrected calendar or a new rulebook, never by themselves. */
const recomputing = (phase: Phase) => ({ DeadlinesRecomputed: to(phase) }) as const;
const moving = (phase: Phase) =>
  ({
    DeadlineExtended: to(
      phase,
      "dutyOpen",
      "notBeforeRound",
      "mayBeExtended",
      "extendedInTime",
      "extendsFurther",
      "withinExtension",
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
      "notPublished",
      "notBeforeReply",
      "notBeforePublication",
    ),
    PublicationWithdrawn: to(phase, "isPublished", "notBeforePublication"),
  }) as const;

const replying = {
  ReplyDelivered: to(
    "answered",
    "answersProposer",
    "returnNotPending",
    "notBeforeRound",
    "contactMade",
  ),
  OpinionSubmitted: to("answered", "assistsLead", "returnNotPending", "notBeforeRound"),
} as const;

/** Handling in hand: between the 五定 and the reply. */
const handling = (phase: Phase) =>
  ({
    CaseReassigned: to(phase, "notBeforeDispatch", "returnNotPending"),
    ContactRecorded: to("contacted", "notBeforeDispatch"),
    ContactWaived: to(phase),
    // a form on an earlier round's reply may still come back while the new round runs
    FeedbackReceived: to(phase, "answersProposer", "replyDelivered", "notBeforeReply"),
    ...replying,
    ...moving(phase),
    ...publishing(phase),
    ...returning(phase),
    ...promising(phase),
    ...withdrawal,
  }) as const;

/** The reply is out: between the reply and the closing. */
const answered = (phase: Phase) =>
  ({
    CaseReassigned: to(phase, "notBeforeDispatch"),
    ContactRecorded: to(phase, "notBeforeDispatch"),
    FeedbackReceived: to("followUp", "answersProposer", "notBeforeReply"),
    FeedbackReminded: to(phase, "answersProposer", "formOut", "notBeforeReply"),
    FeedbackExpired: to("followUp", "answersProposer", "formOut", "reminded", "mayExpire"),
    FollowUpRecorded: to("followUp", "answersProposer", "notBeforeReply"),
    RehandlingOrdered: to("assigned", "answersProposer", "notBeforeReply"),
    CaseClosed: to("closed", "formSettled", "notBeforeLastStep"),
    ...recomputing(phase),
    ...publishing(phase),
    ...promising(phase),
    ...withdrawal,
  }) as const;

/** 办理流程 */
export const arrows = {
  unreceived: { CaseReceived: to("received") },
  received: {
    CaseAssigned: to("assigned", "notBeforeDispatch", "returnNotPending"),
    ContactWaived: to("received"),
    ...moving("received"),
    ...returning("received"),
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
    ...recomputing("closed"),
    ...publishing("closed"),
    ...keeping("closed"),
  },
  returned: {},
  withdrawn: {},
} as const satisfies Readonly<Record<Phase, Leaving>>;
