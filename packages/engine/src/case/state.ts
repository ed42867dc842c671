/**
 * @module state — a case as its events leave it; the only thing that decisions, due dates and rates read.
 *
 * Plain JSON data, so it can be compared, printed and sent as it is.
 */
import type { CivilDate } from "../time/civil-date.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import type { CaseId } from "./case-id.ts";
import type { Assignment, CaseEventData, DueDate, Participant } from "./events.ts";
import type { ContactMode, ContactPhase, Status } from "./terms.ts";

export type Contact = Readonly<{
  on: OccurredOn;
  /** The round it was made in, 1 for the first handling. */
  round: number;
  mode: ContactMode;
  phase?: ContactPhase;
  participants: readonly Participant[];
  summary?: string;
  jointWith?: readonly string[];
}>;

export type Reply = Readonly<
  Omit<CaseEventData["ReplyDelivered"], "deadlines"> & { on: OccurredOn }
>;

export type Feedback = Readonly<CaseEventData["FeedbackReceived"] & { on: OccurredOn }>;

export type Commitment = Readonly<{
  commitment: number;
  text: string;
  due: CivilDate;
  department?: string;
  person?: string;
  madeOn: OccurredOn;
  fulfilledOn: OccurredOn | null;
  /** Who recorded the fulfilment; somebody else must verify it. */
  fulfilledBy: string | null;
  evidence?: string;
  verifiedOn: OccurredOn | null;
}>;

/** A due date and what became of it. Whether it is overdue depends on the day and is not kept here. */
export type Deadline = DueDate &
  Readonly<{
    round: number;
    metOn: CivilDate | null;
    /** The instant at which it was met, where the due date is one and the fact says it. */
    metAt?: string;
    /** `waived`: the duty or right fell away; `superseded`: a later due date took its place. */
    ended: "waived" | "superseded" | null;
  }>;

export type FollowUp = Readonly<{
  on: OccurredOn;
  outcome: string;
  mode?: ContactMode;
  adopted?: readonly number[];
}>;

export type CaseState = Readonly<{
  case: CaseId;
  status: Status;
  /** Number of events so far; the `expectedVersion` of the next append. */
  version: number;
  /** 1, and one more for each 重新办理. */
  round: number;
  /** The date the current round began: the dispatch, or the order to handle again. */
  roundBeganOn: CivilDate;
  /** When the current round was ordered, with its time where that was said; null in the first one. */
  rehandlingOrderedOn: OccurredOn | null;
  received: Readonly<Omit<CaseEventData["CaseReceived"], "deadlines">>;
  /** The rulebook that the case is under, `<id>@<version>`: that of its dispatch, unless a later one took it over. */
  rulebook: string;
  receivedOn: OccurredOn;
  assignment: Assignment | null;
  formerAssignments: readonly Assignment[];
  returnRequest: Readonly<{ on: OccurredOn; reason: string; pending: boolean }> | null;
  contacts: readonly Contact[];
  contactWaived: boolean;
  /** The opinion handed to the lead unit, for role `assist`. */
  opinion: Readonly<{ on: OccurredOn; text: string }> | null;
  /** Replies of all rounds, oldest first. */
  replies: readonly Reply[];
  feedback: readonly Feedback[];
  /** Reminders of forms that are out. */
  formReminders: readonly Readonly<{ on: OccurredOn; round: number; channel?: string }>[];
  /** Forms that never came back, by round. */
  formsExpired: readonly Readonly<{ on: OccurredOn; round: number; reason: string }>[];
  /** Where the reply stands in public, null while it does not. */
  publication: Readonly<CaseEventData["ReplyPublished"] & { on: OccurredOn }> | null;
  /** When the reply was last taken out of the public; null when it never was. */
  publicationWithdrawnOn: OccurredOn | null;
  followUps: readonly FollowUp[];
  commitments: readonly Commitment[];
  deadlines: readonly Deadline[];
  closedOn: OccurredOn | null;
  /** The greatest day of a step of the main road; the case cannot end or reopen before it. */
  lastStepOn: CivilDate;
}>;
