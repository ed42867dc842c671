/**
 * @module state — a case as its events leave it; the only thing that decisions, due dates and rates read.
 *
 * Plain JSON data, so it can be compared, printed and sent as it is.
 */
import type { CivilDate } from "../time/civil-date.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import type { CaseId } from "./case-id.ts";
import type { Past } from "../decider/gathering.ts";
import type { Assignment, CaseEventData, DueDate, Participant } from "./events.ts";
import type {
  ContactMode,
  ContactPhase,
  DeadlineId,
  Disclosure,
  OpinionDefect,
  ProgressOccasion,
  ReviewDecision,
  ReturnDecision,
  Role,
  Status,
  UrgeMethod,
  UrgeSlip,
} from "./terms.ts";

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
  Omit<CaseEventData["ReplyDelivered"], "deadlines"> & {
    on: OccurredOn;
    /** When it had reached everybody that it has to reach; null until then. */
    deliveredOn: OccurredOn | null;
    /** How it reached the others, one by one. */
    deliveries: readonly Readonly<{ on: OccurredOn; proposer: number; channel?: string }>[];
    /** Every later decision on how far it is disclosed, oldest first. */
    disclosureDecisions: readonly Readonly<{
      on: OccurredOn;
      from?: Disclosure;
      disclosure: Disclosure;
      reason: string;
    }>[];
  }
>;

export type Feedback = Readonly<CaseEventData["FeedbackReceived"] & { on: OccurredOn }>;

export type Commitment = Readonly<{
  commitment: number;
  text: string;
  /** Absent for a long-term promise. */
  due?: CivilDate;
  longTerm?: true;
  department?: string;
  person?: string;
  leader?: string;
  madeOn: OccurredOn;
  fulfilledOn: OccurredOn | null;
  /** Who recorded the fulfilment; somebody else must verify it. */
  fulfilledBy: string | null;
  evidence?: string;
  /** The rulebook demanded that the proposer be told again, once it was fulfilled. */
  owesReply?: true;
  verifiedOn: OccurredOn | null;
  /** When the proposer was told again after it was fulfilled. */
  repliedOn: OccurredOn | null;
  /** Every change, oldest first, with what it was before. */
  changes: readonly Readonly<{
    on: OccurredOn;
    reason: string;
    text: string;
    due?: CivilDate;
    approvedBy?: string;
  }>[];
}>;

/** How a promise, or the case, was reported to stand. */
export type Progress = Readonly<{
  on: OccurredOn;
  commitment?: number;
  occasion: ProgressOccasion;
  summary: string;
}>;

/** A co-handler's opinion 协办意见. */
export type CoOpinion = Readonly<{
  opinion: number;
  /** The round in which it was asked for. */
  round: number;
  unit: string;
  requestedOn: OccurredOn;
  /** As it was recorded last; null while none is there, or after it was returned. */
  text: string | null;
  recordedOn: OccurredOn | null;
  returns: readonly Readonly<{ on: OccurredOn; defect: OpinionDefect; reason: string }>[];
}>;

/** A draft of the reply 拟稿, with its way to signature. */
export type Draft = Readonly<
  Omit<CaseEventData["DraftSubmitted"], "text"> & {
    on: OccurredOn;
    /** Who submitted it. */
    by: string;
    reviews: readonly Readonly<{
      on: OccurredOn;
      decision: ReviewDecision;
      by: string;
      actor: string;
      comment?: string;
    }>[];
    signature: Readonly<{ on: OccurredOn; by: string }> | null;
  }
>;

/** A correction 更正、撤销: of which entry, and why. */
export type Correction = Readonly<{
  on: OccurredOn;
  /** Place of the corrected event in the log. */
  event: number;
  type: string;
  /** What was amended; absent where the entry was taken back. */
  fields?: readonly string[];
  reason: string;
  approvedBy?: string;
}>;

/** 催办 */
export type Urge = Readonly<{
  urge: number;
  on: OccurredOn;
  by: string;
  reason: string;
  method?: UrgeMethod;
  slip?: UrgeSlip;
}>;

/** A request to send the case back 退办, and what was decided on it. */
export type ReturnRequest = Readonly<{
  on: OccurredOn;
  reason: string;
  suggestedUnit?: string;
  /** No decision has been recorded. */
  pending: boolean;
  decision: ReturnDecision | null;
  decidedOn: OccurredOn | null;
  decidedBy: string | null;
}>;

/** 改办: whose the case became, and our part in it before and after. */
export type Redispatch = Readonly<
  Omit<CaseEventData["CaseRedispatched"], "deadlines"> & {
    on: OccurredOn;
    round: number;
    /** Our part and the lead unit until then. */
    former: Readonly<{ role: Role; leadUnit?: string }>;
  }
>;

/** 延期, as it was granted. */
export type Extension = Readonly<{
  on: OccurredOn;
  deadline: DeadlineId;
  round: number;
  from: CivilDate;
  to: CivilDate;
  approvedBy: string;
  reason: string;
  proposerToldOn?: CivilDate;
  /** When and by whom it was taken back. */
  withdrawn: Readonly<{ on: OccurredOn; by: string; reason: string }> | null;
  /** Whether the due date is what it is because of it, or of one after it. */
  stands: boolean;
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
  /** When and by whom the receipt was signed. */
  receipt: Readonly<{ on: OccurredOn; by: string }> | null;
  /** Every 改办, oldest first; `received` has the part and the lead unit of today. */
  redispatches: readonly Redispatch[];
  /** When and by whom a case that was not complex at first was marked so. */
  complexity: Readonly<{ on: OccurredOn; by: string; reason: string }> | null;
  assignment: Assignment | null;
  formerAssignments: readonly Assignment[];
  /** Names that departments of the 五定 had before a reorganisation, oldest first. */
  formerDepartments: readonly Readonly<{ on: OccurredOn; from: string; to: string }>[];
  /** The newest request to send the case back, and those before it, oldest first. */
  returnRequest: ReturnRequest | null;
  formerReturnRequests: readonly ReturnRequest[];
  contacts: readonly Contact[];
  contactWaived: boolean;
  /** The opinion handed to the lead unit, for role `assist`. */
  opinion: Readonly<{ on: OccurredOn; text: string }> | null;
  /** How often the lead sent our opinion back, and why. */
  opinionReturns: CoOpinion["returns"];
  /** The opinions that were asked of co-handlers. */
  coOpinions: readonly CoOpinion[];
  drafts: readonly Draft[];
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
  /** Rounds after which somebody above decided, by round. */
  escalations: readonly Readonly<{
    on: OccurredOn;
    round: number;
    by: string;
    outcome: string;
  }>[];
  followUps: readonly FollowUp[];
  lookBacks: readonly Readonly<CaseEventData["LookedBack"] & { on: OccurredOn }>[];
  /** Every change of a reply's result code, oldest first. */
  reclassifications: readonly Readonly<
    CaseEventData["ResultReclassified"] & { on: OccurredOn; round: number }
  >[];
  progress: readonly Progress[];
  /** When the proposer was told how the promises stand, by year. */
  statusSent: readonly Readonly<{ on: OccurredOn; year: number }>[];
  urges: readonly Urge[];
  /** Every extension, oldest first. */
  extensions: readonly Extension[];
  commitments: readonly Commitment[];
  deadlines: readonly Deadline[];
  /** What was corrected, oldest first. */
  corrections: readonly Correction[];
  /** The facts that stand; what a correction is judged by. */
  past: Past | null;
  closedOn: OccurredOn | null;
  /** The case that this one was merged into. */
  mergedInto: CaseId | null;
  /** The cases that were merged into this one, and those that were split from it. */
  merged: readonly CaseId[];
  splits: readonly CaseId[];
  /** How many of the proposers and requests, the last ones, came with merged cases. */
  joined: Readonly<{ proposers: number; requests: number }>;
  /** Numbers of the requests that went to a case of their own. */
  requestsGone: readonly number[];
  /** The greatest day of a step of the main road; the case cannot end or reopen before it. */
  lastStepOn: CivilDate;
}>;
