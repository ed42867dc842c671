/**
 * @module events — the facts of a case: their names, what people read for them, and what each carries.
 * A type name is stored for ever.
 */
import type { OccurredOn } from "../time/occurred-on.ts";
import type { CaseEventData } from "./event-data.ts";
import type { Label, Status } from "./terms.ts";

export type {
  Sealed,
  FileRef,
  DueDate,
  LeadingElsewhere,
  Proposer,
  Participant,
  Assignment,
  CaseEventData,
} from "./event-data.ts";

export type CaseEventType = keyof CaseEventData;

/** What was said of why a fact is recorded on a later day than it was true 补录. */
export type LateGrounds = Readonly<{ reason?: string; approvedBy?: string }>;

/** What every event may carry beside its own data. */
export type Remarks = Readonly<{ note?: string; late?: LateGrounds }>;

type EventOf<Type extends CaseEventType> = Readonly<{
  type: Type;
  /** When it was true; the recording instant belongs to the store. */
  on: OccurredOn;
  data: CaseEventData[Type] & Remarks;
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
  ReceiptSigned: { zh: "签收", en: "receipt signed", dataVersion: 1 },
  ReturnRequested: { zh: "申请退办", en: "return requested", dataVersion: 1 },
  ReturnApproved: { zh: "同意退办", en: "return approved", dataVersion: 1 },
  ReturnRefused: { zh: "不予退办", en: "return refused", dataVersion: 1 },
  CaseRedispatched: { zh: "改办", en: "redispatched", dataVersion: 1 },
  CaseMarkedComplex: { zh: "列为复杂件", en: "marked complex", dataVersion: 1 },
  CaseAssigned: { zh: "落实五定", en: "五定 fixed", dataVersion: 1 },
  CaseReassigned: { zh: "调整五定", en: "五定 fixed anew", dataVersion: 1 },
  AssignmentRenamed: { zh: "承办科室更名", en: "department renamed", dataVersion: 1 },
  ContactRecorded: { zh: "沟通联系", en: "contact", dataVersion: 1 },
  ContactWaived: { zh: "免予走访", en: "contact waived", dataVersion: 1 },
  OpinionRequested: { zh: "征求协办意见", en: "opinion requested", dataVersion: 1 },
  OpinionRecorded: { zh: "收到协办意见", en: "opinion received", dataVersion: 1 },
  OpinionReturned: { zh: "退回协办意见", en: "opinion returned", dataVersion: 1 },
  DraftSubmitted: { zh: "拟稿", en: "draft", dataVersion: 1 },
  DraftReviewed: { zh: "核稿", en: "review", dataVersion: 1 },
  ReplySigned: { zh: "签发", en: "signature", dataVersion: 1 },
  ReplyDelivered: { zh: "答复", en: "reply", dataVersion: 1 },
  DeliveryRecorded: { zh: "送达", en: "delivery", dataVersion: 1 },
  DisclosureDecided: { zh: "重新确定公开方式", en: "disclosure decided", dataVersion: 1 },
  ResultReclassified: { zh: "调整办理结果类别", en: "result reclassified", dataVersion: 1 },
  OpinionSubmitted: { zh: "提交协办意见", en: "opinion", dataVersion: 1 },
  DeadlineExtended: { zh: "延期", en: "extension", dataVersion: 1 },
  ExtensionWithdrawn: { zh: "撤回延期", en: "extension withdrawn", dataVersion: 1 },
  DeadlinesRecomputed: { zh: "重新计算时限", en: "due dates computed anew", dataVersion: 1 },
  FeedbackReceived: { zh: "意见反馈", en: "feedback", dataVersion: 1 },
  FeedbackReminded: { zh: "催收征询意见表", en: "form reminded", dataVersion: 1 },
  FeedbackExpired: { zh: "逾期未反馈", en: "form expired", dataVersion: 1 },
  ReplyPublished: { zh: "公开答复", en: "reply published", dataVersion: 1 },
  PublicationWithdrawn: { zh: "撤回公开", en: "publication withdrawn", dataVersion: 1 },
  RehandlingOrdered: { zh: "重新办理", en: "rehandling", dataVersion: 1 },
  RoundEscalated: { zh: "提级处理", en: "escalated", dataVersion: 1 },
  FollowUpRecorded: { zh: "回访", en: "follow-up", dataVersion: 1 },
  LookedBack: { zh: "回头看", en: "look-back", dataVersion: 1 },
  CommitmentMade: { zh: "作出承诺", en: "commitment", dataVersion: 1 },
  ProgressReported: { zh: "报告进展", en: "progress", dataVersion: 1 },
  CommitmentChanged: { zh: "变更承诺", en: "commitment changed", dataVersion: 1 },
  CommitmentFulfilled: { zh: "承诺兑现", en: "fulfilment", dataVersion: 1 },
  CommitmentVerified: { zh: "对账销号", en: "verification", dataVersion: 1 },
  FollowUpReplySent: { zh: "兑现后再次答复", en: "second reply", dataVersion: 1 },
  CommitmentStatusSent: { zh: "告知承诺事项情况", en: "commitment status", dataVersion: 1 },
  CaseClosed: { zh: "办结归档", en: "case closed", dataVersion: 1 },
  CaseReopened: { zh: "恢复办理", en: "case reopened", dataVersion: 1 },
  CaseWithdrawn: { zh: "撤案", en: "case withdrawn", dataVersion: 1 },
  CaseMerged: { zh: "并案", en: "merged", dataVersion: 1 },
  ProposersJoined: { zh: "并入提案人", en: "proposers joined", dataVersion: 1 },
  CaseSplit: { zh: "分案", en: "split", dataVersion: 1 },
  CaseUrged: { zh: "催办督办", en: "urged", dataVersion: 1 },
  PersonalDataForgotten: { zh: "删除个人信息", en: "personal data erased", dataVersion: 1 },
  EntryAmended: { zh: "更正记录", en: "entry amended", dataVersion: 1 },
  EntryRetracted: { zh: "撤销记录", en: "entry retracted", dataVersion: 1 },
} as const satisfies Record<CaseEventType, EventKind>;
