/** @module show — where a case stands, in the shape that people and scripts read. */
import type { CaseId } from "../case/case-id.ts";
import type { Assignment, CaseEventData, Proposer, Remarks, Sealed } from "../case/events.ts";
import type { OfficeFacts } from "../case/office.ts";
import { actingFor, plainOffice } from "../case/office.ts";
import { currentResult, isCarriedOver, lastReply, owesReply } from "../case/reading.ts";
import { dueDateOfOpinion, mayHelp, opinionsDueAfterReply } from "../case/reading-answer.ts";
import type {
  CaseState,
  Contact,
  CoOpinion,
  Deadline,
  Feedback,
  FollowUp,
  Commitment,
  Reply,
  ReturnRequest,
} from "../case/state.ts";
import type { DeadlineState, Level, Role, Status } from "../case/terms.ts";
import { statuses } from "../case/terms.ts";
import { isRefusedBySilence } from "../lifecycle/silent-return.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { deadlineStateOn } from "./due-status.ts";

export type DeadlineView = Pick<
  Deadline,
  "id" | "dueOn" | "dueAt" | "metOn" | "provisional" | "rule" | "source" | "round" | "extended"
> &
  Readonly<{ state: DeadlineState }>;

/** A reply with personal values in the open, or null where they have been erased. */
export type ReplyView = Omit<
  CaseEventData["ReplyDelivered"],
  "deadlines" | "contactPerson" | "contactPhone"
> &
  Pick<Reply, "deliveredOn" | "deliveries" | "disclosureDecisions"> &
  Readonly<{ on: string; contactPerson?: string | null; contactPhone?: string | null }>;

/** A promise, with what it still asks for on the day. */
export type CommitmentView = Commitment &
  Readonly<{
    /** Made in an earlier year, and still to be kept 跨年结转. */
    carriedOver: boolean;
    /** Kept, and the proposer still to be told. */
    secondReplyOwed: boolean;
  }>;

/** A co-handler's opinion with its due date as it lies now. */
export type CoOpinionView = CoOpinion &
  Readonly<{
    dueOn: CivilDate | null;
    state: DeadlineState | null;
    /** Whether it is due only after the reply itself. */
    isDueAfterReply: boolean;
  }>;

/** A form with the name of whose it is. */
export type FeedbackView = Omit<Feedback, "proposer"> & Readonly<{ proposer: string }>;

export type ProposerView = Omit<Proposer, "phone"> & Readonly<{ phone?: string | null }>;

/** A request to send the case back; nobody decided in time and the rulebook takes that for a refusal. */
export type ReturnRequestView = ReturnRequest & Readonly<{ refusedBySilence: boolean }>;

export type CaseView = Readonly<{
  case: CaseId;
  status: Status;
  round: number;
  version: number;
  kind: string;
  session: string;
  number: string;
  title: string;
  proposers: readonly ProposerView[];
  proposerType: CaseState["received"]["proposerType"];
  role: Role;
  dispatchedOn: CivilDate;
  dispatchedBy: string | null;
  /** The level of the body that it was put to. */
  level: Level | null;
  receivedOn: string;
  leadUnit: string | null;
  coUnits: readonly string[];
  block: string | null;
  category: string | null;
  otherNumbers: readonly string[];
  requests: readonly string[];
  isKey: boolean;
  isComplex: boolean;
  /** What was noted at the receipt, a line each; an import keeps columns there that have no field. */
  note: string | null;
  rulebook: string;
  assignment: Assignment | null;
  /** Who acts for the 责任人 on the day of the view, and until when; null: he himself. */
  delegate: Readonly<{ name: string; until: CivilDate }> | null;
  /** Names that its departments had before a reorganisation, oldest first. */
  formerDepartments: CaseState["formerDepartments"];
  receipt: CaseState["receipt"];
  returnRequest: ReturnRequestView | null;
  formerReturnRequests: CaseState["formerReturnRequests"];
  /** Every 改办; `dispatchedOn` is the first dispatch, and stays. */
  redispatches: CaseState["redispatches"];
  complexity: CaseState["complexity"];
  extensions: CaseState["extensions"];
  urges: CaseState["urges"];
  deadlines: readonly DeadlineView[];
  contacts: readonly Contact[];
  contactWaived: boolean;
  opinion: CaseState["opinion"];
  opinionReturns: CaseState["opinionReturns"];
  coOpinions: readonly CoOpinionView[];
  drafts: CaseState["drafts"];
  /** The newest reply, of whichever round. */
  reply: ReplyView | null;
  replies: readonly ReplyView[];
  feedback: readonly FeedbackView[];
  followUps: readonly FollowUp[];
  /** The result that holds now: the newest reply's, or what it was changed to since. */
  result: Readonly<{ result: string; scheme: string; on: string }> | null;
  reclassifications: CaseState["reclassifications"];
  escalations: CaseState["escalations"];
  lookBacks: CaseState["lookBacks"];
  commitments: readonly CommitmentView[];
  progress: CaseState["progress"];
  statusSent: CaseState["statusSent"];
  formReminders: CaseState["formReminders"];
  formsExpired: CaseState["formsExpired"];
  publication: CaseState["publication"];
  /** What was corrected, oldest first. */
  corrections: CaseState["corrections"];
  closedOn: string | null;
  /** The case that this one is handled in now; all cases that are handled in this one, those of others too. */
  mergedInto: CaseId | null;
  merged: readonly CaseId[];
  /** The case that it was split from, the cases that were split from it, and the requests that went. */
  splitFrom: CaseId | null;
  splits: readonly CaseId[];
  requestsGone: readonly number[];
}>;

/** The view of a case on a day, under its rulebook. */
export const viewOf = async (
  state: CaseState,
  today: CivilDate,
  store: Pick<EventStore, "personalValues">,
  rulebook: Pick<Rulebook, "silentReturn">,
  office: OfficeFacts = plainOffice,
): Promise<CaseView> => {
  const { received } = state;
  const open = await opener(state, store);
  const replyView = ({
    contactPerson,
    contactPhone,
    ...reply
  }: CaseState["replies"][number]): ReplyView => ({
    ...reply,
    ...(contactPerson && { contactPerson: open(contactPerson) }),
    ...(contactPhone && { contactPhone: open(contactPhone) }),
  });
  const replies = state.replies.map(replyView);
  return {
    case: state.case,
    status: state.status,
    round: state.round,
    version: state.version,
    kind: received.kind,
    session: received.session,
    number: received.number,
    title: received.title,
    proposers: received.proposers.map(({ phone, ...proposer }) =>
      phone === undefined ? proposer : { ...proposer, phone: open(phone) },
    ),
    proposerType: received.proposerType,
    role: received.role,
    dispatchedOn: received.dispatchedOn,
    dispatchedBy: received.dispatchedBy ?? null,
    level: received.level ?? null,
    receivedOn: state.receivedOn,
    leadUnit: received.leadUnit ?? null,
    coUnits: received.coUnits ?? [],
    block: received.block ?? null,
    category: received.category ?? null,
    otherNumbers: received.otherNumbers ?? [],
    requests: received.requests ?? [],
    isKey: received.isKey,
    isComplex: received.isComplex,
    note: (received as Remarks).note ?? null,
    rulebook: state.rulebook,
    assignment: state.assignment,
    delegate: delegateOf(state, today, office),
    formerDepartments: state.formerDepartments,
    receipt: state.receipt,
    returnRequest: state.returnRequest && {
      ...state.returnRequest,
      refusedBySilence: isRefusedBySilence(state, rulebook, today),
    },
    formerReturnRequests: state.formerReturnRequests,
    redispatches: state.redispatches,
    complexity: state.complexity,
    extensions: state.extensions,
    urges: state.urges,
    deadlines: state.deadlines.map((deadline) => ({
      id: deadline.id,
      dueOn: deadline.dueOn,
      ...(deadline.dueAt !== undefined && { dueAt: deadline.dueAt }),
      ...(deadline.extended && { extended: deadline.extended }),
      metOn: deadline.metOn,
      state: deadlineStateOn(deadline, today),
      provisional: deadline.provisional,
      rule: deadline.rule,
      source: deadline.source,
      round: deadline.round,
    })),
    contacts: state.contacts,
    contactWaived: state.contactWaived,
    opinion: state.opinion,
    opinionReturns: state.opinionReturns,
    coOpinions: coOpinionViews(state, today),
    drafts: state.drafts,
    reply: lastReply(state) === undefined ? null : (replies.at(-1) ?? null),
    replies,
    feedback: state.feedback.map(({ proposer, ...form }) => ({
      ...form,
      proposer: received.proposers[proposer - 1]?.name ?? "",
    })),
    followUps: state.followUps,
    result: resultOf(state),
    reclassifications: state.reclassifications,
    escalations: state.escalations,
    lookBacks: state.lookBacks,
    commitments: state.commitments.map((promise) => ({
      ...promise,
      carriedOver: isCarriedOver(promise, today),
      secondReplyOwed: owesReply(promise),
    })),
    progress: state.progress,
    statusSent: state.statusSent,
    formReminders: state.formReminders,
    formsExpired: state.formsExpired,
    publication: state.publication,
    corrections: state.corrections,
    closedOn: state.closedOn,
    mergedInto: state.mergedInto,
    merged: state.merged,
    splitFrom: received.splitFrom ?? null,
    splits: state.splits,
    requestsGone: state.requestsGone,
  };
};

const resultOf = (state: CaseState): CaseView["result"] => {
  const current = currentResult(state);
  return current === undefined
    ? null
    : { result: current.result, scheme: current.scheme, on: current.on };
};

const delegateOf = (
  { assignment, status }: CaseState,
  today: CivilDate,
  office: OfficeFacts,
): CaseView["delegate"] => {
  if (assignment === null || !statuses[status].open) return null;
  const acting = actingFor(office, assignment.person, today);
  return acting === undefined ? null : { name: acting.to, until: acting.until };
};

const coOpinionViews = (state: CaseState, today: CivilDate): readonly CoOpinionView[] => {
  const tooLate = opinionsDueAfterReply(state);
  return state.coOpinions.map((opinion) => {
    const due = dueDateOfOpinion(state, opinion.opinion);
    return {
      ...opinion,
      dueOn: due?.dueOn ?? null,
      state: stateOfOpinion(state, opinion, due, today),
      isDueAfterReply: tooLate.includes(opinion),
    };
  });
};

/** How an opinion stands to its due date; one that is no longer owed is waived without one too. */
const stateOfOpinion = (
  state: CaseState,
  opinion: CoOpinion,
  due: Deadline | undefined,
  today: CivilDate,
): DeadlineState | null => {
  if (due !== undefined) return deadlineStateOn(due, today);
  return opinion.text === null && !mayHelp(state, opinion.unit) ? "waived" : null;
};

/** Gives the personal value behind a seal, null where it has been erased. */
const opener = async (
  state: CaseState,
  store: Pick<EventStore, "personalValues">,
): Promise<(sealed: Sealed) => string | null> => {
  const seals = [
    ...state.received.proposers.map((proposer) => proposer.phone),
    ...state.replies.flatMap((reply) => [reply.contactPerson, reply.contactPhone]),
  ].flatMap((sealed) => (sealed === undefined ? [] : [sealed.sealed]));
  const values = seals.length === 0 ? new Map() : await store.personalValues(seals);
  return ({ sealed }) => values.get(sealed)?.value ?? null;
};
