/** @module possible — which commands a case would take now, and what keeps it from taking the others. */
import type { CommandName } from "../case/commands.ts";
import { commands } from "../case/commands.ts";
import type { CaseEvent, CaseEventType } from "../case/events.ts";
import { isFormOut, isPublishable, lastReply, openAnswer } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { GuardName } from "../lifecycle/guards.ts";
import { guards, sourceOfGuard, whyOfGuard } from "../lifecycle/guards.ts";
import type { Label } from "../case/terms.ts";
import { hasArrow, verdict } from "../lifecycle/table.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";

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
} as const satisfies Record<CommandName, readonly CaseEventType[]>;

/** Whether the lifecycle has an arrow for the command in this phase, whatever its guards say. */
export const hasArrowFor = (command: CommandName, state: CaseState | null): boolean =>
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
export type Supposed = Readonly<{ actor: Actor; on: string; rulebook: Rulebook }>;

/** What may be recorded now, and what a guard forbids. */
export const possibilities = (
  state: CaseState,
  supposed: Supposed,
): Readonly<{ allowed: readonly CommandName[]; blocked: readonly BlockedCommand[] }> => {
  const allowed: CommandName[] = [];
  const blocked: BlockedCommand[] = [];
  for (const command of Object.keys(commands) as CommandName[]) {
    if (!hasArrowFor(command, state) || isIdle(command, state)) continue;
    const barrier = barrierOf(command, state, supposed);
    if (barrier === null) allowed.push(command);
    else blocked.push(barrier);
  }
  return { allowed, blocked };
};

/** Whether there is nothing that the command could be about. */
const isIdle = (command: CommandName, state: CaseState): boolean => {
  switch (command) {
    case "fulfil":
      return state.commitments.every(({ fulfilledOn }) => fulfilledOn !== null);
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
    case "remind-feedback":
    case "expire-feedback":
      return !isFormOut(state);
    case "publish":
      return state.publication !== null || !isPublishable(lastReply(state));
    case "unpublish":
      return state.publication === null;
    default:
      return false;
  }
};

const barrierOf = (
  command: CommandName,
  state: CaseState,
  supposed: Supposed,
): BlockedCommand | null => {
  const { actor, on, rulebook } = supposed;
  let barrier: BlockedCommand | null = null;
  for (const type of leadingEvents[command]) {
    const fact = { type, on, data: supposedData(type, state, supposed) } as unknown as CaseEvent;
    const input = { state, fact, actor, rulebook };
    const judged = verdict(state.status, type, input);
    if (judged.allowed) return null;
    if (judged.guard === null) continue;
    const { repair } = guards[judged.guard];
    barrier = {
      command,
      rule: judged.guard,
      why: whyOfGuard(judged.guard, input),
      source: sourceOfGuard(judged.guard, input),
      repair,
    };
  }
  return barrier;
};

/** As much of a fact's data as its guards look at. */
const supposedData = (type: CaseEventType, state: CaseState, supposed: Supposed): object =>
  type === "DeadlineExtended"
    ? extensionAtHand(state, supposed.rulebook)
    : promiseAtHand(type, state, supposed.actor);

/** An extension of the open answer, as long as the rule allows any. */
const extensionAtHand = (state: CaseState, { deadlines }: Rulebook): object => {
  const open = openAnswer(state);
  const extension = deadlines.find(({ id }) => id === open?.rule)?.extension ?? null;
  const far = "9999-12-31";
  return {
    deadline: open?.id,
    latest: extension === null ? null : far,
    deadlines: [{ dueOn: far }],
  };
};

/** The promise that a command about promises would be about. */
const promiseAtHand = (type: CaseEventType, { commitments }: CaseState, actor: Actor): object => {
  const candidates =
    type === "CommitmentFulfilled"
      ? commitments.filter(({ fulfilledOn }) => fulfilledOn === null)
      : commitments.filter(
          ({ fulfilledOn, verifiedOn }) => fulfilledOn !== null && verifiedOn === null,
        );
  const best = candidates.find(({ fulfilledBy }) => fulfilledBy !== actor.id) ?? candidates[0];
  return { commitment: best?.commitment ?? 0 };
};
