/** @module show — where a case stands, in the shape that people and scripts read. */
import type { CaseId } from "../case/case-id.ts";
import type { Assignment, CaseEventData, Proposer, Sealed } from "../case/events.ts";
import { lastReply } from "../case/reading.ts";
import type {
  CaseState,
  Contact,
  Deadline,
  Feedback,
  FollowUp,
  Commitment,
} from "../case/state.ts";
import type { DeadlineState, Role, Status } from "../case/terms.ts";
import type { EventStore } from "../ports/event-store.ts";
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
  Readonly<{ on: string; contactPerson?: string | null; contactPhone?: string | null }>;

/** A form with the name of whose it is. */
export type FeedbackView = Omit<Feedback, "proposer"> & Readonly<{ proposer: string }>;

export type ProposerView = Omit<Proposer, "phone"> & Readonly<{ phone?: string | null }>;

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
  receivedOn: string;
  leadUnit: string | null;
  coUnits: readonly string[];
  block: string | null;
  category: string | null;
  requests: readonly string[];
  isKey: boolean;
  isComplex: boolean;
  rulebook: string;
  assignment: Assignment | null;
  returnRequest: CaseState["returnRequest"];
  deadlines: readonly DeadlineView[];
  contacts: readonly Contact[];
  contactWaived: boolean;
  opinion: CaseState["opinion"];
  /** The newest reply, of whichever round. */
  reply: ReplyView | null;
  replies: readonly ReplyView[];
  feedback: readonly FeedbackView[];
  followUps: readonly FollowUp[];
  commitments: readonly Commitment[];
  formReminders: CaseState["formReminders"];
  formsExpired: CaseState["formsExpired"];
  publication: CaseState["publication"];
  closedOn: string | null;
}>;

/** The view of a case on a day. */
export const viewOf = async (
  state: CaseState,
  today: CivilDate,
  store: Pick<EventStore, "personalValues">,
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
    receivedOn: state.receivedOn,
    leadUnit: received.leadUnit ?? null,
    coUnits: received.coUnits ?? [],
    block: received.block ?? null,
    category: received.category ?? null,
    requests: received.requests ?? [],
    isKey: received.isKey,
    isComplex: received.isComplex,
    rulebook: state.rulebook,
    assignment: state.assignment,
    returnRequest: state.returnRequest,
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
    reply: lastReply(state) === undefined ? null : (replies.at(-1) ?? null),
    replies,
    feedback: state.feedback.map(({ proposer, ...form }) => ({
      ...form,
      proposer: received.proposers[proposer - 1]?.name ?? "",
    })),
    followUps: state.followUps,
    commitments: state.commitments,
    formReminders: state.formReminders,
    formsExpired: state.formsExpired,
    publication: state.publication,
    closedOn: state.closedOn,
  };
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
