/**
 * @module evolve — the next state of a case from an event. It gathers facts and judges nothing: what
 * was legal, and where it led, is written in the event.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseEvent, CaseEventType, DueDate } from "../case/events.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import type { DeadlineName, Status } from "../case/terms.ts";
import { deadlineNameOf } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import { dateOf } from "../time/occurred-on.ts";

/** What `evolve` reads of an event; a recorded and a decided event both are one. */
export type EvolveEvent = CaseEvent & Readonly<{ to: Status; actor: Readonly<{ id: string }> }>;

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

const gather = (state: CaseState, event: EvolveEvent): CaseState => {
  switch (event.type) {
    case "CaseReceived":
      return state;
    case "ReturnRequested":
      return {
        ...state,
        returnRequest: { on: event.on, reason: event.data.reason, pending: true },
        // also after the 五定, which ended the right for the to-do list but not inside its window
        deadlines: [
          ...state.deadlines.map((deadline) =>
            deadline.id === "return-request" &&
            deadline.metOn === null &&
            deadline.ended !== "superseded"
              ? { ...deadline, metOn: dateOf(event.on), ended: null }
              : deadline,
          ),
          ...(event.data.deadlines ?? []).map((due) => fresh(due, state.round)),
        ],
      };
    case "ReturnRefused":
      return {
        ...state,
        returnRequest: state.returnRequest && { ...state.returnRequest, pending: false },
        deadlines: met(state, event, "return-decision"),
      };
    case "ReturnApproved": {
      const decided = { ...state, deadlines: met(state, event, "return-decision") };
      return {
        ...state,
        returnRequest: state.returnRequest && { ...state.returnRequest, pending: false },
        deadlines: [
          // what the dispatching body owes outlives our part in the case
          ...ended(decided, "waived", ({ id }) => id !== "redispatch"),
          ...(event.data.deadlines ?? []).map((due) => fresh(due, state.round)),
        ],
      };
    }
    case "CaseAssigned":
    case "CaseReassigned": {
      const { assignment } = event.data;
      const deadlines = replaced(state, event.data.deadlines).map((deadline) =>
        // the right to send the case back ends where the unit takes it on
        deadline.id === "return-request" && isLive(deadline)
          ? { ...deadline, ended: "waived" as const }
          : deadline,
      );
      return {
        ...state,
        assignment,
        formerAssignments: state.assignment
          ? [...state.formerAssignments, state.assignment]
          : state.formerAssignments,
        deadlines,
      };
    }
    case "ContactRecorded": {
      const { mode, phase, participants, summary, jointWith } = event.data;
      const contact = {
        on: event.on,
        round: state.round,
        mode,
        ...(phase && { phase }),
        participants,
        ...(summary !== undefined && { summary }),
        ...(jointWith && { jointWith }),
      };
      return {
        ...state,
        contacts: [...state.contacts, contact],
        deadlines: met(state, event, "first-contact"),
      };
    }
    case "ContactWaived":
      return {
        ...state,
        contactWaived: true,
        deadlines: ended(state, "waived", (deadline) => deadline.id === "first-contact"),
      };
    case "ReplyDelivered": {
      const { deadlines, ...reply } = event.data;
      return {
        ...state,
        replies: [...state.replies, { ...reply, on: event.on }],
        // what stands in public is the reply of an earlier round
        publication: null,
        publicationWithdrawnOn: null,
        deadlines: [
          ...met(state, event, "reply", "rehandling", "internal"),
          ...deadlines.map((due) => fresh(due, state.round)),
        ],
      };
    }
    case "OpinionSubmitted":
      return {
        ...state,
        opinion: { on: event.on, text: event.data.text },
        deadlines: met(state, event, "co-opinion", "internal"),
      };
    case "FeedbackReceived":
      return {
        ...state,
        feedback: [...state.feedback, { ...event.data, on: event.on }],
        deadlines: met(state, event, "feedback"),
      };
    case "DeadlineExtended":
      return { ...state, deadlines: replaced(state, event.data.deadlines) };
    case "DeadlinesRecomputed":
      return {
        ...state,
        rulebook: event.data.rulebook,
        deadlines: replaced(state, event.data.deadlines),
      };
    case "FeedbackReminded": {
      const { round, channel } = event.data;
      const reminder = { on: event.on, round, ...(channel !== undefined && { channel }) };
      return { ...state, formReminders: [...state.formReminders, reminder] };
    }
    case "FeedbackExpired": {
      const { round, reason } = event.data;
      return {
        ...state,
        formsExpired: [...state.formsExpired, { on: event.on, round, reason }],
        deadlines: ended(state, "waived", (deadline) => deadline.id === "feedback"),
      };
    }
    case "ReplyPublished":
      return {
        ...state,
        publication: { ...withoutNote(event.data), on: event.on },
        deadlines: met(state, event, "publication"),
      };
    case "PublicationWithdrawn":
      return {
        ...state,
        publication: null,
        publicationWithdrawnOn: event.on,
        // the duty stands again
        deadlines: state.deadlines.map((deadline) =>
          deadline.id === "publication" && deadline.round === state.round && deadline.ended === null
            ? { ...deadline, metOn: null }
            : deadline,
        ),
      };
    case "RehandlingOrdered": {
      const { deadlines, round } = event.data;
      const kept = ended(
        state,
        "superseded",
        (deadline) => deadlineNameOf(deadline.id) !== "commitment",
      );
      return {
        ...state,
        round,
        roundBeganOn: dateOf(event.on),
        rehandlingOrderedOn: event.on,
        deadlines: [...kept, ...deadlines.map((due) => fresh(due, round))],
      };
    }
    case "FollowUpRecorded":
      return {
        ...state,
        followUps: [...state.followUps, { on: event.on, ...withoutNote(event.data) }],
      };
    case "CommitmentMade": {
      const { deadlines, note: _note, ...commitment } = event.data;
      return {
        ...state,
        commitments: [
          ...state.commitments,
          {
            ...commitment,
            madeOn: event.on,
            fulfilledOn: null,
            fulfilledBy: null,
            verifiedOn: null,
          },
        ],
        deadlines: [...state.deadlines, ...deadlines.map((due) => fresh(due, state.round))],
      };
    }
    case "CommitmentFulfilled": {
      const { commitment: number, evidence } = event.data;
      return {
        ...state,
        commitments: state.commitments.map((commitment) =>
          commitment.commitment === number
            ? {
                ...commitment,
                fulfilledOn: event.on,
                fulfilledBy: event.actor.id,
                ...(evidence !== undefined && { evidence }),
              }
            : commitment,
        ),
        deadlines: met(state, event, `commitment:${number}`),
      };
    }
    case "CommitmentVerified":
      return {
        ...state,
        commitments: state.commitments.map((commitment) =>
          commitment.commitment === event.data.commitment
            ? { ...commitment, verifiedOn: event.on }
            : commitment,
        ),
      };
    case "CaseClosed":
      return {
        ...state,
        closedOn: event.on,
        // promises and the duty to publish outlive the case
        deadlines: ended(state, "waived", ({ id }) => !outliving.has(deadlineNameOf(id))),
      };
    case "CaseReopened":
      return { ...state, closedOn: null };
    case "CaseWithdrawn":
      return { ...state, deadlines: ended(state, "waived", () => true) };
  }
};

const outliving: ReadonlySet<DeadlineName> = new Set<DeadlineName>(["commitment", "publication"]);

const withoutNote = <Data extends object>(data: Data & { note?: string }): Data => {
  const { note: _note, ...rest } = data;
  return rest as unknown as Data;
};

const fresh = (due: DueDate, round: number): Deadline => ({
  ...due,
  round,
  metOn: null,
  ended: null,
});

const isLive = (deadline: Deadline): boolean => deadline.metOn === null && deadline.ended === null;

const met = (state: CaseState, event: CaseEvent, ...ids: readonly string[]): readonly Deadline[] =>
  state.deadlines.map((deadline) =>
    ids.includes(deadline.id) && isLive(deadline)
      ? { ...deadline, metOn: dateOf(event.on), ...metAtOf(deadline, event.on) }
      : deadline,
  );

/** The instant matters only for a due date that is one itself. */
const metAtOf = (deadline: Deadline, on: OccurredOn): Pick<Deadline, "metAt"> =>
  deadline.dueAt !== undefined && on.length > 10 ? { metAt: on } : {};

/** The due dates with new ones in place of the open ones of the same id and round. */
const replaced = (state: CaseState, due: readonly DueDate[]): readonly Deadline[] => {
  const ids = new Set<string>(due.map(({ id }) => id));
  return [
    ...ended(state, "superseded", ({ id }) => ids.has(id)),
    ...due.map((one) => fresh(one, state.round)),
  ];
};

const ended = (
  state: CaseState,
  how: "waived" | "superseded",
  which: (deadline: Deadline) => boolean,
): readonly Deadline[] =>
  state.deadlines.map((deadline) =>
    isLive(deadline) && which(deadline) ? { ...deadline, ended: how } : deadline,
  );
