/**
 * @module event-data — the data of each fact, and the values that it is made of. A shape is stored for
 * ever: a changed one gets a higher `dataVersion` and an upcaster, never an edit.
 */
import type { CivilDate } from "../time/civil-date.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import type {
  ContactMode,
  ContactPhase,
  DeadlineId,
  Disclosure,
  Level,
  OpinionDefect,
  ParticipantRole,
  ProgressOccasion,
  PromiseStanding,
  ProposerType,
  Rating,
  RedispatchClock,
  ResultMeaning,
  ReviewDecision,
  Role,
  Status,
  SubmissionPhase,
  UrgeMethod,
  UrgeSlip,
} from "./terms.ts";

/**
 * A personal value (phone, contact person) as an event holds it: a salted hash. The value itself lies
 * beside the log, from where it can be erased without touching a proof.
 */
export type Sealed = Readonly<{ sealed: string }>;

/** A document as an event holds it: its hash; the bytes lie in the file table. */
export type FileRef = Readonly<{ sha256: string; size: number; name: string }>;

/** A standing entry, by the version that it made, that leads elsewhere since a correction. */
export type LeadingElsewhere = Readonly<{ entry: number; from: Status; to: Status }>;

/** A due date with everything it was computed from; replay never asks today's rulebook. */
export type DueDate = Readonly<{
  id: DeadlineId;
  /** The last day on which the duty is met in time. */
  dueOn: CivilDate;
  /** The instant, with its offset, for a term that counts hours. */
  dueAt?: string;
  /** True while the State Council has not published the calendar that the date depends on. */
  provisional: boolean;
  /** The date that the term counts from. */
  countedFrom: CivilDate;
  /** Id of the rule in the rulebook, or `assignment` / `commitment` for a date that a person fixed. */
  rule: string;
  /** The article, notice or decision behind the rule, as it is printed. */
  source: string;
  /** `<id>@<version>` of the rulebook, null for a date that a person fixed. */
  rulebook: string | null;
  /** Edition of the working-day calendar that was consulted, null when none was. */
  calendar: string | null;
  /** Set on a date that an extension gave, with the months in all where a term of months got longer by months. */
  extended?: Readonly<{ from: CivilDate; approvedBy: string; months?: number }>;
}>;

export type Proposer = Readonly<{
  name: string;
  unit?: string;
  /** 界别 */
  sector?: string;
  phone?: Sealed;
}>;

export type Participant = Readonly<{ name: string; role: ParticipantRole }>;

/** The 五定: department, person, time, task, responsibility. */
export type Assignment = Readonly<{
  department: string;
  person: string;
  due: CivilDate;
  task: string;
  responsibility: string;
  leader?: string;
  coDepartments?: readonly string[];
}>;

/** Data of each event type. Every one may carry `note` and `late`. */
export interface CaseEventData {
  CaseReceived: Readonly<{
    kind: string;
    session: string;
    number: string;
    title: string;
    proposers: readonly Proposer[];
    proposerType: ProposerType;
    role: Role;
    dispatchedOn: CivilDate;
    leadUnit?: string;
    coUnits?: readonly string[];
    dispatchedBy?: string;
    /** When the item was put to the dispatching body, and when the session that it belongs to closed. */
    submittedOn?: CivilDate;
    sessionClosedOn?: CivilDate;
    level?: Level;
    submissionPhase?: SubmissionPhase;
    block?: string;
    category?: string;
    /** Its numbers in the ledger, on the platform and on paper. */
    otherNumbers?: readonly string[];
    requests?: readonly string[];
    isKey: boolean;
    isComplex: boolean;
    consentToPublish?: boolean;
    text?: string;
    /** The case that this one was split from, and when that one was received: the clock goes on. */
    splitFrom?: string;
    receivedOn?: OccurredOn;
    /** The last 改办 to us of the case that this one was split from: its terms count from there. */
    redispatched?: Readonly<{ on: OccurredOn; clock: RedispatchClock }>;
    /** `<id>@<version>` of the rulebook that this case keeps for life. */
    rulebook: string;
    deadlines: readonly DueDate[];
  }>;
  /** 签收, with the terms that count from it. */
  ReceiptSigned: Readonly<{ by: string; deadlines?: readonly DueDate[] }>;
  /** With what the dispatching body owes now, where the rulebook says so; the approval likewise. */
  ReturnRequested: Readonly<{
    reason: string;
    suggestedUnit?: string;
    deadlines?: readonly DueDate[];
  }>;
  ReturnApproved: Readonly<{ by: string; deadlines?: readonly DueDate[] }>;
  ReturnRefused: Readonly<{ by: string }>;
  /** 改办: another unit has it from now on, or we have it in another role, with the due dates that it has then. */
  CaseRedispatched: Readonly<{
    unit: string;
    by: string;
    reason: string;
    /** Our part from now on; absent where the case left us. */
    role?: Role;
    /** Whether the answer's term began anew on that day; with `role` only. */
    clock?: RedispatchClock;
    /** The open due dates that our new part does not have. */
    waived?: readonly DeadlineId[];
    deadlines: readonly DueDate[];
  }>;
  /** The reply's term is that of complex cases from now on. */
  CaseMarkedComplex: Readonly<{ by: string; reason: string; deadlines: readonly DueDate[] }>;
  CaseAssigned: Readonly<{ assignment: Assignment; deadlines: readonly DueDate[] }>;
  CaseReassigned: Readonly<{
    assignment: Assignment;
    reason: string;
    deadlines: readonly DueDate[];
  }>;
  /** The department's name after a reorganisation; the history keeps the old one. */
  AssignmentRenamed: Readonly<{ from: string; to: string }>;
  ContactRecorded: Readonly<{
    mode: ContactMode;
    phase?: ContactPhase;
    participants: readonly Participant[];
    summary?: string;
    /** The other cases of a joint meeting; absent when the contact was about this case alone. */
    jointWith?: readonly string[];
  }>;
  ContactWaived: Readonly<{ reason: string }>;
  /** A co-handler is asked, with the due date of its opinion. */
  OpinionRequested: Readonly<{
    /** 1-based number inside the case. */
    opinion: number;
    unit: string;
    text?: string;
    deadlines: readonly DueDate[];
  }>;
  OpinionRecorded: Readonly<{ opinion: number; text: string }>;
  /** Back to the co-handler; without a number it is our own, which the lead sent back. */
  OpinionReturned: Readonly<{
    opinion?: number;
    defect: OpinionDefect;
    reason: string;
    deadlines: readonly DueDate[];
  }>;
  DraftSubmitted: Readonly<{
    /** 1-based number inside the case. */
    draft: number;
    round: number;
    result: string;
    scheme: string;
    meaning?: ResultMeaning;
    text?: string;
    file?: FileRef;
  }>;
  DraftReviewed: Readonly<{
    draft: number;
    decision: ReviewDecision;
    by: string;
    comment?: string;
  }>;
  ReplySigned: Readonly<{ draft: number; by: string }>;
  ReplyDelivered: Readonly<{
    round: number;
    /** The letter, and the scheme of the rulebook that says what it means. */
    result: string;
    scheme: string;
    /** What the letter meant in that scheme when the reply went out. */
    meaning?: ResultMeaning;
    adopted?: readonly number[];
    documentNumber?: string;
    signedBy?: string;
    disclosure?: Disclosure;
    disclosureReason?: string;
    /** The proposers that it has reached, by 1-based place; absent when it reached all of them. */
    deliveredTo?: readonly number[];
    /** The proposers that it has to reach before it counts as delivered; absent when it does already. */
    awaiting?: readonly number[];
    /** The co-handlers whose opinions it tells the proposer. */
    toldOpinions?: readonly string[];
    /** How many promises it makes, each of them a fact of its own; absent for none. */
    promises?: number;
    /** Whose forms settle the round, where that of any proposer is not enough. */
    formsFrom?: "lead" | "all";
    contactPerson?: Sealed;
    contactPhone?: Sealed;
    text?: string;
    file?: FileRef;
    deadlines: readonly DueDate[];
  }>;
  /** The reply reached another proposer; with the due dates that begin where it counts as delivered now. */
  DeliveryRecorded: Readonly<{
    round: number;
    proposer: number;
    channel?: string;
    deadlines: readonly DueDate[];
  }>;
  DisclosureDecided: Readonly<{
    round: number;
    from?: Disclosure;
    disclosure: Disclosure;
    reason: string;
    deadlines: readonly DueDate[];
  }>;
  ResultReclassified: Readonly<{
    from: string;
    result: string;
    scheme: string;
    meaning?: ResultMeaning;
    reason: string;
  }>;
  OpinionSubmitted: Readonly<{ text: string }>;
  DeadlineExtended: Readonly<{
    deadline: DeadlineId;
    /** The due date until now. */
    from: CivilDate;
    /** The latest day to which the rule lets it be extended, null where it may not be extended at all. */
    latest: CivilDate | null;
    approvedBy: string;
    reason: string;
    /** When the extension was asked for, where that was not the day of the consent. */
    appliedOn?: CivilDate;
    /** When the proposer was told in writing. */
    proposerToldOn?: CivilDate;
    /** The one new due date. */
    deadlines: readonly DueDate[];
  }>;
  /** The consent was taken back: the due date is what it was. */
  ExtensionWithdrawn: Readonly<{
    deadline: DeadlineId;
    from: CivilDate;
    by: string;
    reason: string;
    deadlines: readonly DueDate[];
  }>;
  DeadlinesRecomputed: Readonly<{
    cause: "calendar" | "rulebook" | "correction";
    /** The rulebook that the case is under from now on, `<id>@<version>`. */
    rulebook: string;
    /** New due dates; each takes the place of the open one with its id. */
    deadlines: readonly DueDate[];
  }>;
  FeedbackReceived: Readonly<{
    round: number;
    /** Whose form it is: the 1-based place among the case's proposers. */
    proposer: number;
    attitude: Rating;
    result: Rating;
    comment?: string;
    channel?: string;
    enteredOnBehalf: boolean;
  }>;
  FeedbackReminded: Readonly<{ round: number; channel?: string }>;
  FeedbackExpired: Readonly<{ round: number; reason: string }>;
  ReplyPublished: Readonly<{ catalogue?: string; indexNumber?: string; url?: string }>;
  PublicationWithdrawn: Readonly<{ reason: string }>;
  RehandlingOrdered: Readonly<{
    /** The round that begins, 2 or more. */
    round: number;
    cause: "feedback" | "order";
    orderedBy?: string;
    reason?: string;
    deadlines: readonly DueDate[];
  }>;
  /** What was decided after the last round that the rulebook allows. */
  RoundEscalated: Readonly<{ round: number; by: string; outcome: string }>;
  FollowUpRecorded: Readonly<{
    outcome: string;
    mode?: ContactMode;
    adopted?: readonly number[];
  }>;
  /** 回头看: what was found, in a campaign perhaps. */
  LookedBack: Readonly<{
    finding: string;
    standing?: PromiseStanding;
    campaign?: string;
    /** The other cases of the same look; absent for one case. */
    jointWith?: readonly string[];
  }>;
  CommitmentMade: Readonly<{
    /** 1-based number inside the case. */
    commitment: number;
    text: string;
    /** Absent for a long-term promise. */
    due?: CivilDate;
    longTerm?: true;
    department?: string;
    person?: string;
    leader?: string;
    deadlines: readonly DueDate[];
  }>;
  /** How a promise, or the case where no number is given, stands; with the due date of the next report. */
  ProgressReported: Readonly<{
    commitment?: number;
    occasion?: ProgressOccasion;
    summary: string;
    deadlines: readonly DueDate[];
  }>;
  CommitmentChanged: Readonly<{
    commitment: number;
    reason: string;
    approvedBy?: string;
    text?: string;
    due?: CivilDate;
    deadlines: readonly DueDate[];
  }>;
  CommitmentFulfilled: Readonly<{
    commitment: number;
    evidence?: string;
    /** The proposer is to be told again now, as the rulebook demands. */
    owesReply?: true;
    /** By when, where a rule says so. */
    deadlines?: readonly DueDate[];
  }>;
  CommitmentVerified: Readonly<{ commitment: number }>;
  /** The proposer was told again, after a promise was fulfilled. */
  FollowUpReplySent: Readonly<{ commitment: number; documentNumber?: string; text?: string }>;
  /** The proposer was told how the promises stand at the end of a year. */
  CommitmentStatusSent: Readonly<{
    year: number;
    summary?: string;
    deadlines: readonly DueDate[];
  }>;
  CaseClosed: Readonly<Record<never, never>>;
  CaseReopened: Readonly<{ reason: string }>;
  CaseWithdrawn: Readonly<{ reason: string }>;
  /** Handled in another case from now on. */
  CaseMerged: Readonly<{
    into: string;
    /** The other case as it stood, as far as the rules of merging ask. */
    target: Readonly<{
      status: Status;
      answersProposer: boolean;
      /** Where it is handled now, if it was itself merged. */
      mergedInto?: string;
    }>;
    reason?: string;
  }>;
  /** The proposers and requests of a case that was merged into this one. */
  ProposersJoined: Readonly<{
    from: string;
    proposers: readonly Proposer[];
    requests?: readonly string[];
  }>;
  /** Some requests went to a case of their own. */
  CaseSplit: Readonly<{ into: string; requests: readonly number[]; reason: string }>;
  /** 催办 / 督办 */
  CaseUrged: Readonly<{
    /** 1-based number inside the case. */
    urge: number;
    by: string;
    reason: string;
    method?: UrgeMethod;
    slip?: UrgeSlip;
    deadlines: readonly DueDate[];
  }>;
  /** 删除个人信息: the values are gone, their seals stay; nothing else of the case changes. */
  PersonalDataForgotten: Readonly<{
    /** Each with what it was (`contactPhone`, `proposers[1].phone`) and the place of the event that sealed it. */
    values: readonly Readonly<{ seal: string; field: string; event: number }>[];
    reason: string;
    approvedBy: string;
  }>;
  /** What was written down wrongly, as it should read; everything after it is judged anew. */
  EntryAmended: Readonly<{
    /** Place of the corrected event in the log. */
    event: number;
    /** Version of the case that the event made. */
    entry: number;
    type: string;
    /** What was corrected, by the names that the command calls it; the old values stand in the event itself. */
    fields: readonly string[];
    /** The whole entry as it should read: its day, and its data with what follows from them. */
    on: OccurredOn;
    data: object;
    /** Due dates that later entries have otherwise now, by the versions of the case that those made. */
    derived?: readonly Readonly<{ entry: number; deadlines: readonly DueDate[] }>[];
    /** Entries that lead elsewhere now. */
    leading?: readonly LeadingElsewhere[];
    reason: string;
    approvedBy?: string;
    /** Where the case stands with it. */
    leadsTo: Status;
  }>;
  /** An entry made in error, with all that its command recorded. */
  EntryRetracted: Readonly<{
    event: number;
    /** Versions of the case that the entries made. */
    entries: readonly number[];
    type: string;
    leading?: readonly LeadingElsewhere[];
    reason: string;
    approvedBy?: string;
    leadsTo: Status;
  }>;
}
