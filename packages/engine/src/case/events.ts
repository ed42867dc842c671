/**
 * @module events — the facts of a case. A type name and the shape of its data are stored for ever:
 * a changed shape gets a higher `dataVersion` in the table below and an upcaster, never an edit.
 */
import type { CivilDate } from "../time/civil-date.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import type {
  ContactMode,
  ContactPhase,
  DeadlineId,
  Disclosure,
  Label,
  Level,
  ParticipantRole,
  ProposerType,
  Rating,
  ResultMeaning,
  Role,
  Status,
  SubmissionPhase,
} from "./terms.ts";

/**
 * A personal value (phone, contact person) as an event holds it: a salted hash. The value itself lies
 * beside the log, from where it can be erased without touching a proof.
 */
export type Sealed = Readonly<{ sealed: string }>;

/** A document as an event holds it: its hash; the bytes lie in the file table. */
export type FileRef = Readonly<{ sha256: string; size: number; name: string }>;

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

/** Data of each event type. Every one may carry `note`. */
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
    requests?: readonly string[];
    isKey: boolean;
    isComplex: boolean;
    consentToPublish?: boolean;
    text?: string;
    /** `<id>@<version>` of the rulebook that this case keeps for life. */
    rulebook: string;
    deadlines: readonly DueDate[];
  }>;
  /** With what the dispatching body owes now, where the rulebook says so; the approval likewise. */
  ReturnRequested: Readonly<{
    reason: string;
    suggestedUnit?: string;
    deadlines?: readonly DueDate[];
  }>;
  ReturnApproved: Readonly<{ by: string; deadlines?: readonly DueDate[] }>;
  ReturnRefused: Readonly<{ by: string }>;
  CaseAssigned: Readonly<{ assignment: Assignment; deadlines: readonly DueDate[] }>;
  CaseReassigned: Readonly<{
    assignment: Assignment;
    reason: string;
    deadlines: readonly DueDate[];
  }>;
  ContactRecorded: Readonly<{
    mode: ContactMode;
    phase?: ContactPhase;
    participants: readonly Participant[];
    summary?: string;
    /** The other cases of a joint meeting; absent when the contact was about this case alone. */
    jointWith?: readonly string[];
  }>;
  ContactWaived: Readonly<{ reason: string }>;
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
    contactPerson?: Sealed;
    contactPhone?: Sealed;
    text?: string;
    file?: FileRef;
    deadlines: readonly DueDate[];
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
    /** The one new due date. */
    deadlines: readonly DueDate[];
  }>;
  DeadlinesRecomputed: Readonly<{
    cause: "calendar" | "rulebook";
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
  FollowUpRecorded: Readonly<{
    outcome: string;
    mode?: ContactMode;
    adopted?: readonly number[];
  }>;
  CommitmentMade: Readonly<{
    /** 1-based number inside the case. */
    commitment: number;
    text: string;
    due: CivilDate;
    department?: string;
    person?: string;
    deadlines: readonly DueDate[];
  }>;
  CommitmentFulfilled: Readonly<{ commitment: number; evidence?: string }>;
  CommitmentVerified: Readonly<{ commitment: number }>;
  CaseClosed: Readonly<Record<never, never>>;
  CaseReopened: Readonly<{ reason: string }>;
  CaseWithdrawn: Readonly<{ reason: string }>;
}

export type CaseEventType = keyof CaseEventData;

type EventOf<Type extends CaseEventType> = Readonly<{
  type: Type;
  /** When it was true; the recording instant belongs to the store. */
  on: OccurredOn;
  data: CaseEventData[Type] & Readonly<{ note?: string }>;
}>;

/** A fact as it is decided, before the lifecycle has said which transition it makes. */
export type CaseEvent = { [Type in CaseEventType]: EventOf<Type> }[CaseEventType];

/** The transition an event made; `from` is null for the first event of a case. */
export type Transition = Readonly<{ from: Status | null; to: Status }>;

/** A fact with its transition, ready to be recorded. */
export type DecidedEvent = CaseEvent & Transition;

type EventKind = Label & Readonly<{ dataVersion: number }>;

/** What people read for each event type. A type without a row does not compile. */
export const caseEvents = {
  CaseReceived: { zh: "接收交办", en: "case received", dataVersion: 1 },
  ReturnRequested: { zh: "申请退办", en: "return requested", dataVersion: 1 },
  ReturnApproved: { zh: "同意退办", en: "return approved", dataVersion: 1 },
  ReturnRefused: { zh: "不予退办", en: "return refused", dataVersion: 1 },
  CaseAssigned: { zh: "落实五定", en: "五定 fixed", dataVersion: 1 },
  CaseReassigned: { zh: "调整五定", en: "五定 fixed anew", dataVersion: 1 },
  ContactRecorded: { zh: "沟通联系", en: "contact", dataVersion: 1 },
  ContactWaived: { zh: "免予走访", en: "contact waived", dataVersion: 1 },
  ReplyDelivered: { zh: "答复", en: "reply", dataVersion: 1 },
  OpinionSubmitted: { zh: "提交协办意见", en: "opinion", dataVersion: 1 },
  DeadlineExtended: { zh: "延期", en: "extension", dataVersion: 1 },
  DeadlinesRecomputed: { zh: "重新计算时限", en: "due dates computed anew", dataVersion: 1 },
  FeedbackReceived: { zh: "意见反馈", en: "feedback", dataVersion: 1 },
  FeedbackReminded: { zh: "催收征询意见表", en: "form reminded", dataVersion: 1 },
  FeedbackExpired: { zh: "逾期未反馈", en: "form expired", dataVersion: 1 },
  ReplyPublished: { zh: "公开答复", en: "reply published", dataVersion: 1 },
  PublicationWithdrawn: { zh: "撤回公开", en: "publication withdrawn", dataVersion: 1 },
  RehandlingOrdered: { zh: "重新办理", en: "rehandling", dataVersion: 1 },
  FollowUpRecorded: { zh: "回访", en: "follow-up", dataVersion: 1 },
  CommitmentMade: { zh: "作出承诺", en: "commitment", dataVersion: 1 },
  CommitmentFulfilled: { zh: "承诺兑现", en: "fulfilment", dataVersion: 1 },
  CommitmentVerified: { zh: "对账销号", en: "verification", dataVersion: 1 },
  CaseClosed: { zh: "办结归档", en: "case closed", dataVersion: 1 },
  CaseReopened: { zh: "恢复办理", en: "case reopened", dataVersion: 1 },
  CaseWithdrawn: { zh: "撤案", en: "case withdrawn", dataVersion: 1 },
} as const satisfies Record<CaseEventType, EventKind>;
