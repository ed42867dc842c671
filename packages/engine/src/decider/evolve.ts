/**
 * @module evolve — the next state of a case from an event. It gathers facts and judges nothing: what
 * was legal, and where it led, is written in the event.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseEventType } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { EvolveEvent } from "./gathering.ts";
import { fresh } from "./gathering.ts";
import { gatherings } from "./roads.ts";

export type { EvolveEvent } from "./gathering.ts";

/**
 * The state after an event.
 * @param state the state before, null before the first event
 */
export const evolve = (id: CaseId, state: CaseState | null, event: EvolveEvent): CaseState => {
  if (event.type === "CaseReceived") return begin(id, event);
  if (state === null) throw new RangeError(`${id} begins with ${event.type}`);
  return {
    ...gather(state, event),
    status: event.to,
    version: state.version + 1,
    lastStepOn: lastStepOn(state, event),
  };
};

const begin = (id: CaseId, event: Extract<EvolveEvent, { type: "CaseReceived" }>): CaseState => {
  const { deadlines, ...received } = event.data;
  return {
    case: id,
    status: event.to,
    version: 1,
    round: 1,
    roundBeganOn: received.dispatchedOn,
    rehandlingOrderedOn: null,
    received,
    rulebook: received.rulebook,
    receivedOn: event.on,
    assignment: null,
    formerAssignments: [],
    returnRequest: null,
    contacts: [],
    contactWaived: false,
    opinion: null,
    replies: [],
    feedback: [],
    formReminders: [],
    formsExpired: [],
    publication: null,
    publicationWithdrawnOn: null,
    followUps: [],
    commitments: [],
    deadlines: deadlines.map((due) =>
      due.id === "dispatch" ? { ...fresh(due, 1), metOn: received.dispatchedOn } : fresh(due, 1),
    ),
    closedOn: null,
    lastStepOn: received.dispatchedOn,
  };
};

/** Facts that the case's end may not precede. Contacts and promises stand beside the main road. */
const steps: ReadonlySet<CaseEventType> = new Set<CaseEventType>([
  "CaseAssigned",
  "ReplyDelivered",
  "OpinionSubmitted",
  "FeedbackReceived",
  "FeedbackExpired",
  "RehandlingOrdered",
  "FollowUpRecorded",
  "CaseClosed",
  "CaseReopened",
]);

const lastStepOn = (state: CaseState, { type, on }: EvolveEvent): CivilDate => {
  const date = dateOf(on);
  return steps.has(type) && date > state.lastStepOn ? date : state.lastStepOn;
};

const gather = (
  state: CaseState,
  event: Exclude<EvolveEvent, { type: "CaseReceived" }>,
): CaseState => {
  const add = gatherings[event.type] as (state: CaseState, event: EvolveEvent) => CaseState;
  return add(state, event);
};
