/**
 * @module evolve — the next state of a case from an event. It gathers facts and judges nothing: what
 * was legal, and where it led, is written in the event.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseEventType } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import { deadlineNameOf } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { CorrectionEvent, Entry } from "./entries.ts";
import { correctionOf, entriesOf, isCorrection, kept, pastOf, standingAfter } from "./entries.ts";
import type { EvolveEvent } from "./gathering.ts";
import { fresh, met } from "./gathering.ts";
import { gatherings } from "./roads.ts";

export type { EvolveEvent } from "./gathering.ts";

/**
 * The state after an event.
 * @param state the state before, null before the first event
 */
export const evolve = (id: CaseId, state: CaseState | null, event: EvolveEvent): CaseState => {
  if (event.type === "CaseReceived") return begin(id, event);
  if (state === null) throw new RangeError(`${id} begins with ${event.type}`);
  if (isCorrection(event)) return corrected(id, state, event);
  // no fact of the work: no correction looks at it, and nothing takes it back
  if (event.type === "PersonalDataForgotten") {
    return { ...state, status: event.to, version: state.version + 1 };
  }
  const entry = state.version + 1;
  const next = copyOf(gather(state, event));
  if (answersUrges.has(event.type)) next.deadlines = met(next, event, ...urgesOf(next));
  next.lastStepOn = lastStepOn(state, event);
  next.past = { entry, event: kept(event), earlier: state.past };
  next.status = event.to;
  next.version = entry;
  return next;
};

/**
 * A copy, written out so that every state has one shape, whatever was gathered on the way to it: the
 * platform copies objects of many shapes five times more slowly.
 */
const copyOf = (
  state: CaseState,
): { -readonly [Member in keyof CaseState]: CaseState[Member] } => ({
  case: state.case,
  status: state.status,
  version: state.version,
  round: state.round,
  roundBeganOn: state.roundBeganOn,
  rehandlingOrderedOn: state.rehandlingOrderedOn,
  received: state.received,
  rulebook: state.rulebook,
  receivedOn: state.receivedOn,
  receipt: state.receipt,
  redispatches: state.redispatches,
  assignment: state.assignment,
  formerAssignments: state.formerAssignments,
  formerDepartments: state.formerDepartments,
  complexity: state.complexity,
  returnRequest: state.returnRequest,
  formerReturnRequests: state.formerReturnRequests,
  contacts: state.contacts,
  contactWaived: state.contactWaived,
  opinion: state.opinion,
  opinionReturns: state.opinionReturns,
  coOpinions: state.coOpinions,
  drafts: state.drafts,
  replies: state.replies,
  feedback: state.feedback,
  formReminders: state.formReminders,
  formsExpired: state.formsExpired,
  publication: state.publication,
  publicationWithdrawnOn: state.publicationWithdrawnOn,
  escalations: state.escalations,
  followUps: state.followUps,
  lookBacks: state.lookBacks,
  reclassifications: state.reclassifications,
  progress: state.progress,
  statusSent: state.statusSent,
  urges: state.urges,
  extensions: state.extensions,
  commitments: state.commitments,
  deadlines: state.deadlines,
  corrections: state.corrections,
  past: state.past,
  closedOn: state.closedOn,
  mergedInto: state.mergedInto,
  merged: state.merged,
  splits: state.splits,
  joined: state.joined,
  requestsGone: state.requestsGone,
  lastStepOn: state.lastStepOn,
});

/** What an urge 催办 wants to see: the answer or the opinion, or how the case stands. */
const answersUrges: ReadonlySet<CaseEventType> = new Set<CaseEventType>([
  "ReplyDelivered",
  "OpinionSubmitted",
  "ProgressReported",
]);

const urgesOf = ({ deadlines }: CaseState): readonly string[] =>
  deadlines.flatMap(({ id }) => (deadlineNameOf(id) === "urge" ? [id] : []));

/** The case as the facts that stand after a correction leave it. */
const corrected = (id: CaseId, state: CaseState, event: CorrectionEvent): CaseState => {
  const standing = standingAfter(entriesOf(state.past), event);
  const folded = foldEntries(id, standing);
  if (folded === null) throw new RangeError(`nothing is left of ${id}`);
  return {
    ...folded,
    status: event.to,
    version: state.version + 1,
    rulebook: state.rulebook,
    corrections: [...state.corrections, correctionOf(event)],
    past: pastOf(standing),
  };
};

/** The case as these entries leave it. */
export const foldEntries = (id: CaseId, entries: readonly Entry[]): CaseState | null =>
  entries.reduce<CaseState | null>((state, { event }) => evolve(id, state, event), null);

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
    receivedOn: received.receivedOn ?? event.on,
    receipt: null,
    redispatches: [],
    assignment: null,
    formerAssignments: [],
    formerDepartments: [],
    complexity: null,
    returnRequest: null,
    formerReturnRequests: [],
    contacts: [],
    contactWaived: false,
    opinion: null,
    opinionReturns: [],
    coOpinions: [],
    drafts: [],
    replies: [],
    feedback: [],
    formReminders: [],
    formsExpired: [],
    publication: null,
    publicationWithdrawnOn: null,
    escalations: [],
    followUps: [],
    lookBacks: [],
    reclassifications: [],
    progress: [],
    statusSent: [],
    urges: [],
    extensions: [],
    commitments: [],
    deadlines: deadlines.map((due) =>
      due.id === "dispatch" ? { ...fresh(due, 1), metOn: received.dispatchedOn } : fresh(due, 1),
    ),
    corrections: [],
    past: { entry: 1, event: kept(event), earlier: null },
    closedOn: null,
    mergedInto: null,
    merged: [],
    splits: [],
    joined: { proposers: 0, requests: 0 },
    requestsGone: [],
    lastStepOn: received.dispatchedOn,
  };
};

/** Facts that the case's end may not precede. Contacts and promises stand beside the main road. */
const steps: ReadonlySet<CaseEventType> = new Set<CaseEventType>([
  "CaseRedispatched",
  "CaseAssigned",
  "ReplyDelivered",
  "DeliveryRecorded",
  "OpinionSubmitted",
  "FeedbackReceived",
  "FeedbackExpired",
  "RehandlingOrdered",
  "RoundEscalated",
  "FollowUpRecorded",
  "CaseClosed",
  "CaseReopened",
  "ProposersJoined",
  "CaseSplit",
]);

const lastStepOn = (state: CaseState, { type, on }: EvolveEvent): CivilDate => {
  const date = dateOf(on);
  return steps.has(type) && date > state.lastStepOn ? date : state.lastStepOn;
};

const gather = (
  state: CaseState,
  event: Exclude<EvolveEvent, { type: "CaseReceived" | "PersonalDataForgotten" } | CorrectionEvent>,
): CaseState => {
  const add = gatherings[event.type] as (state: CaseState, event: EvolveEvent) => CaseState;
  return add(state, event);
};
