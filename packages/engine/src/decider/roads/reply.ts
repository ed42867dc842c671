/** @module reply — the reply and how it reaches the proposers: from its commands to facts, and what the facts add to a case. */
import type { CaseEvent, CaseEventData, DueDate } from "../../case/events.ts";
import { isPublishable } from "../../case/reading.ts";
import { currentDraft, hadCome, proposersOwed } from "../../case/reading-answer.ts";
import type { CaseState, Deadline } from "../../case/state.ts";
import type { Disclosure } from "../../case/terms.ts";
import { invalidInput } from "../../errors.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { EvolveEvent, Gathering } from "../gathering.ts";
import { ended, fresh, met } from "../gathering.ts";
import type { DecideContext, LawOfCase, Proposal, Proposing } from "../proposing.ts";
import { checkRequests, dueDates, letterOf, nextNumber, placesOf } from "../proposing.ts";
import { promised, statusDuty } from "./promises.ts";

const answered = ({
  input,
  on,
  state,
  context,
  fact,
}: Proposal<"answer">): readonly CaseEvent[] => {
  const { commitments = [], contactPerson, contactPhone, file, deliveredTo, ...reply } = input;
  const letter = letterOf(reply.result, state, context);
  checkRequests(reply.adopted, state);
  checkTold(reply.toldOpinions, on, state);
  const signedBy = reply.signedBy ?? currentDraft(state)?.signature?.by;
  const reach = reachOf(deliveredTo, state, context);
  const { settledBy } = choiceFor(context.rulebook.formsCounted, state.received.kind).value;
  const delivered = fact("ReplyDelivered", {
    round: state.round,
    ...letter,
    ...reply,
    ...(signedBy !== undefined && { signedBy }),
    ...reach,
    ...(contactPerson !== undefined && { contactPerson: context.seal(contactPerson) }),
    ...(contactPhone !== undefined && { contactPhone: context.seal(contactPhone) }),
    ...(file && { file: context.keep(file) }),
    ...(commitments.length > 0 && { promises: commitments.length }),
    ...(settledBy !== "any" && { formsFrom: settledBy }),
    deadlines: dueDatesOfReply({ ...reply, ...reach }, on, state, context),
  });
  const firstPromise = nextNumber(state.commitments.map(({ commitment }) => commitment));
  const promises = commitments.map((commitment, index) =>
    fact(
      "CommitmentMade",
      promised(
        commitment,
        on,
        firstPromise + index,
        index === 0 ? statusDuty(state, on, context) : [],
      ),
    ),
  );
  return [delivered, ...promises];
};

/** Whom a reply has reached, and whom it has to reach yet; nothing where it reached everybody. */
const reachOf = (
  names: readonly string[] | undefined,
  state: CaseState,
  { rulebook }: DecideContext,
): Pick<CaseEventData["ReplyDelivered"], "deliveredTo" | "awaiting"> => {
  const { proposers, kind } = state.received;
  // one that has reached nobody is no reply yet
  if (names?.length === 0) throw invalidInput({ field: "deliveredTo", kind: "empty" });
  const deliveredTo = placesOf(names ?? [], "deliveredTo", state);
  if (names === undefined || deliveredTo.length === proposers.length) return {};
  const toReach =
    choiceFor(rulebook.deliveredWhen, kind).value === "lead"
      ? [1]
      : proposers.map((_, at) => at + 1);
  const awaiting = toReach.filter((place) => !deliveredTo.includes(place));
  return { deliveredTo, ...(awaiting.length > 0 && { awaiting }) };
};

/**
 * A reply tells opinions that are there: those that had come by its day, of any round, and those of units
 * that help and of which no record is kept.
 */
const checkTold = (told: readonly string[] = [], on: string, state: CaseState): void => {
  const { received, assignment, coOpinions } = state;
  const beside = [...(received.coUnits ?? []), ...(assignment?.coDepartments ?? [])];
  const allowed = [
    ...coOpinions.filter((opinion) => hadCome(opinion, dateOf(on))).map(({ unit }) => unit),
    ...beside.filter((unit) => !coOpinions.some((opinion) => opinion.unit === unit)),
  ];
  const unknown = told.find((unit) => !allowed.includes(unit));
  if (unknown === undefined) return;
  throw allowed.length === 0
    ? invalidInput({
        field: "toldOpinions",
        kind: "outOfRange",
        value: unknown,
        expected: noneGiven,
      })
    : invalidInput({ field: "toldOpinions", kind: "notOneOf", value: unknown, allowed });
};

const noneGiven = { zh: "没有收到协办意见", en: "no opinion has come" };

/** What begins with a reply. */
export const dueDatesOfReply = (
  reply: Readonly<{ disclosure?: Disclosure | undefined; awaiting?: readonly number[] }>,
  on: string,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] => [
  // whether a reply is made public is decided with it; without that there is no such duty
  ...(isPublishable(reply) && state.received.consentToPublish !== false
    ? publicationDue(on, state, context)
    : []),
  ...(reply.awaiting === undefined ? dueOnceDelivered(on, state, context) : []),
];

const publicationDue = (on: string, state: CaseState, context: LawOfCase): readonly DueDate[] =>
  dueDates({ replyDelivered: on }, state, state.round, context).filter(
    ({ id }) => id === "publication",
  );

/** What begins once a reply has reached those whom it has to reach. */
const dueOnceDelivered = (on: string, state: CaseState, context: LawOfCase): readonly DueDate[] =>
  dueDates({ replyDelivered: on }, state, state.round, context).filter(
    ({ id }) => id !== "publication",
  );

const delivered = ({
  input: { proposer: name, channel },
  on,
  state,
  context,
  fact,
}: Proposal<"deliver">): readonly CaseEvent[] => {
  const [proposer = 0] = placesOf([name], "proposer", state);
  return [
    fact("DeliveryRecorded", {
      round: state.replies.at(-1)?.round ?? state.round,
      proposer,
      ...(channel !== undefined && { channel }),
      deadlines: dueDatesOfDelivery(proposer, on, state, context),
    }),
  ];
};

/** What begins where the reply has reached the last proposer that it had to reach. */
export const dueDatesOfDelivery = (
  proposer: number,
  on: string,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] => {
  const owed = proposersOwed(state);
  const isLast = owed.length === 1 && owed[0] === proposer;
  return isLast ? dueOnceDelivered(on, state, context) : [];
};

const disclosed = ({
  input,
  on,
  state,
  context,
  fact,
}: Proposal<"disclose">): readonly CaseEvent[] => {
  const reply = state.replies.at(-1);
  return [
    fact("DisclosureDecided", {
      round: reply?.round ?? state.round,
      ...(reply?.disclosure && { from: reply.disclosure }),
      ...input,
      deadlines: dueDatesOfDisclosure(input, on, state, context),
    }),
  ];
};

/** A publication that is owed from the decision on, where it was not owed before. */
export const dueDatesOfDisclosure = (
  decided: Readonly<{ disclosure: Disclosure }>,
  on: string,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] => {
  const reply = state.replies.at(-1);
  const isOwedNow = !isPublishable(reply) && isPublishable(decided) && reply?.round === state.round;
  return isOwedNow ? publicationDue(on, state, context) : [];
};

/** What its commands ask for. */
export const replyProposals: Proposing<"answer" | "deliver" | "disclose"> = {
  answer: answered,
  deliver: delivered,
  disclose: disclosed,
};

/** The duties that a reply meets once it counts as delivered. */
const answering = ["reply", "rehandling", "internal"] as const;

/** What happens to the due dates when the reply counts as delivered: some are met, others begin. */
const deadlinesOnceDelivered = (
  state: CaseState,
  event: EvolveEvent,
  isDelivered: boolean,
  due: readonly DueDate[],
): readonly Deadline[] => [
  ...(isDelivered ? met(state, event, ...answering) : state.deadlines),
  ...due.map((one) => fresh(one, state.round)),
];

/** What its events add to a case. */
export const replyFacts: Gathering<"ReplyDelivered" | "DeliveryRecorded" | "DisclosureDecided"> = {
  ReplyDelivered: (state, event) => {
    const { deadlines, ...reply } = event.data;
    const isDelivered = reply.awaiting === undefined;
    const deliveredOn = isDelivered ? event.on : null;
    return {
      ...state,
      replies: [
        ...state.replies,
        { ...reply, on: event.on, deliveredOn, deliveries: [], disclosureDecisions: [] },
      ],
      // what stands in public is the reply of an earlier round
      publication: null,
      publicationWithdrawnOn: null,
      deadlines: deadlinesOnceDelivered(state, event, isDelivered, deadlines),
    };
  },
  DeliveryRecorded: (state, event) => {
    const { proposer, channel, deadlines } = event.data;
    const [last, ...earlier] = state.replies.toReversed();
    if (last === undefined) return state;
    const { awaiting = [], ...reply } = last;
    const left = awaiting.filter((place) => place !== proposer);
    const isDeliveredNow = awaiting.length > 0 && left.length === 0;
    const way = { on: event.on, proposer, ...(channel !== undefined && { channel }) };
    const reached = {
      ...reply,
      deliveredTo: [...(reply.deliveredTo ?? []), proposer].toSorted((one, other) => one - other),
      ...(left.length > 0 && { awaiting: left }),
      deliveredOn: isDeliveredNow ? event.on : reply.deliveredOn,
      deliveries: [...reply.deliveries, way],
    };
    return {
      ...state,
      replies: [...earlier.toReversed(), reached],
      deadlines: deadlinesOnceDelivered(state, event, isDeliveredNow, deadlines),
    };
  },
  DisclosureDecided: (state, event) => {
    const { from, disclosure, reason, deadlines } = event.data;
    const [last, ...earlier] = state.replies.toReversed();
    if (last === undefined) return state;
    const decision = { on: event.on, ...(from && { from }), disclosure, reason };
    const disclosureDecisions = [...last.disclosureDecisions, decision];
    return {
      ...state,
      replies: [...earlier.toReversed(), { ...last, disclosure, disclosureDecisions }],
      deadlines: [
        ...(isPublishable(event.data)
          ? state.deadlines
          : ended(state, "waived", ({ id }) => id === "publication")),
        ...deadlines.map((due) => fresh(due, state.round)),
      ],
    };
  },
};
