/**
 * @module machine — the lifecycle: the only place that says which fact may follow which.
 *
 * The machine takes facts, not commands. It keeps no state of its own: the case is its context, given
 * with each question, so there is nothing to get out of step. It has no timers, no actors and no
 * actions; a timer in a machine would be a fact that nobody recorded.
 *
 *   received ──五定──▶ assigned ──contact──▶ contacted ──answer──▶ answered ──feedback──▶ followUp ──▶ closed
 *                         ▲                                                                  │ 不满意     │
 *                         └──────────────────────── a new round ────────────────────────────┴──◀ reopen ┘
 *
 * This is the one file that imports XState.
 */
import { setup, transition } from "xstate";
import type { CaseEvent, CaseEventType } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import type { Status } from "../case/terms.ts";
import type { GuardInput, GuardName } from "./guards.ts";
import { guards } from "./guards.ts";

/** Where a case is before its first event. */
export type Phase = "unreceived" | Status;

type Arrow = Readonly<{ target: Phase; guard?: { type: "all"; params: readonly GuardName[] } }>;
/** The arrows of the lifecycle as data: of several for one event, the first whose guards hold. */
export type Arrows = Readonly<
  Record<Phase, Readonly<Partial<Record<CaseEventType, Arrow | readonly Arrow[]>>>>
>;

const to = (target: Phase, ...names: readonly GuardName[]): Arrow =>
  names.length === 0 ? { target } : { target, guard: { type: "all", params: names } };

const withdrawal = { CaseWithdrawn: to("withdrawn", "notBeforeDispatch") } as const;

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
    CaseReassigned: to(phase, "notBeforeDispatch"),
    ContactRecorded: to("contacted"),
    ContactWaived: to(phase),
    // a form on an earlier round's reply may still come back while the new round runs
    FeedbackReceived: to(phase, "answersProposer", "replyDelivered", "notBeforeReply"),
    ...replying,
    ...returning(phase),
    ...promising(phase),
    ...withdrawal,
  }) as const;

/** The reply is out: between the reply and the closing. */
const answered = (phase: Phase) =>
  ({
    CaseReassigned: to(phase, "notBeforeDispatch"),
    ContactRecorded: to(phase),
    FeedbackReceived: to("followUp", "answersProposer", "notBeforeReply"),
    FollowUpRecorded: to("followUp", "answersProposer", "notBeforeReply"),
    RehandlingOrdered: to("assigned", "answersProposer", "notBeforeReply"),
    CaseClosed: to("closed", "notBeforeReply", "formSettled"),
    ...promising(phase),
    ...withdrawal,
  }) as const;

/** 办理流程 */
export const arrows = {
  unreceived: { CaseReceived: to("received") },
  received: {
    CaseAssigned: to("assigned", "notBeforeDispatch", "returnNotPending"),
    ContactWaived: to("received"),
    ...returning("received"),
    ...withdrawal,
  },
  assigned: handling("assigned"),
  contacted: handling("contacted"),
  answered: answered("answered"),
  followUp: answered("followUp"),
  closed: {
    CaseReopened: [
      to("answered", "assistsLead", "notBeforeClosing"),
      to("followUp", "notBeforeClosing"),
    ],
    ...keeping("closed"),
  },
  returned: {},
  withdrawn: {},
} as const satisfies Arrows;

type MachineEvent = {
  [Type in CaseEventType]: { type: Type; input: Omit<GuardInput, "state"> };
}[CaseEventType];

/** The XState machine over the arrows. */
export const lifecycle = setup({
  types: { context: {} as { state: CaseState | null }, events: {} as MachineEvent },
  guards: {
    all: ({ context, event }, names: readonly GuardName[]) => {
      const { state } = context;
      return state !== null && names.every((name) => guards[name].holds({ state, ...event.input }));
    },
  },
}).createMachine({
  id: "case",
  initial: "unreceived",
  context: { state: null },
  states: {
    unreceived: { on: arrows.unreceived },
    received: { on: arrows.received },
    assigned: { on: arrows.assigned },
    contacted: { on: arrows.contacted },
    answered: { on: arrows.answered },
    followUp: { on: arrows.followUp },
    closed: { on: arrows.closed },
    returned: { type: "final" },
    withdrawn: { type: "final" },
  },
});

/**
 * Asks the machine itself what a fact leads to.
 * @returns the next phase, or null where the machine does not allow the fact
 */
export const judge = (
  state: CaseState | null,
  fact: CaseEvent,
  by: Omit<GuardInput, "state" | "fact">,
): Phase | null => {
  const snapshot = lifecycle.resolveState({
    value: state?.status ?? "unreceived",
    context: { state },
  });
  const event: MachineEvent = { type: fact.type, input: { ...by, fact } };
  if (!snapshot.can(event)) return null;
  return transition(lifecycle, snapshot, event)[0].value;
};
