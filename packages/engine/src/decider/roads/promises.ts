/** @module promises — promises and what became of them: from its commands to facts, and what the facts add to a case. */
import type { CaseEvent, CaseEventData, DueDate } from "../../case/events.ts";
import type { InputOf } from "../../case/commands.ts";
import { answersProposer, currentCommitment, isPromiseOpen } from "../../case/reading.ts";
import type { CaseState, Commitment } from "../../case/state.ts";
import { EngineError, invalidInput } from "../../errors.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { EvolveEvent, Gathering } from "../gathering.ts";
import { fresh, isLive, met, replaced, withoutRemarks } from "../gathering.ts";
import type { DecideContext, LawOfCase, Proposal, Proposing } from "../proposing.ts";
import { byPerson, dueDates, nextNumber } from "../proposing.ts";

type PromiseCommand =
  | "commit"
  | "change-commitment"
  | "fulfil"
  | "verify"
  | "reply-again"
  | "report-status";

/** What its commands ask for. */
export const promisesProposals: Proposing<PromiseCommand> = {
  commit: ({ input, on, state, context, fact }) => {
    const next = nextNumber(state.commitments.map(({ commitment }) => commitment));
    return [fact("CommitmentMade", promised(input, on, next, statusDuty(state, on, context)))];
  },
  "change-commitment": (proposal) => changed(proposal),
  fulfil: ({ input, on, state, context, fact }) => {
    checkThere(state, input.commitment);
    const told = secondReply(input.commitment, state, on, context);
    return [fact("CommitmentFulfilled", { ...input, ...told })];
  },
  verify: ({ input, state, fact }) => {
    checkThere(state, input.commitment);
    return [fact("CommitmentVerified", input)];
  },
  "reply-again": ({ input, state, fact }) => {
    checkThere(state, input.commitment);
    return [fact("FollowUpReplySent", input)];
  },
  "report-status": (proposal) => statusReported(proposal),
};

/** @throws EngineError `NOT_FOUND` */
export const checkThere = (state: CaseState, commitment: number): Commitment => {
  const found = currentCommitment(state, commitment);
  if (found !== undefined) return found;
  throw new EngineError("NOT_FOUND", { what: "commitment", name: `${state.case}#${commitment}` });
};

/**
 * A promise as it is recorded; also of those that a reply makes.
 * @param duties what the case owes from now on because of it
 */
export const promised = (
  { longTerm = false, due, ...input }: InputOf<"commit">,
  on: string,
  commitment: number,
  duties: readonly DueDate[] = [],
): CaseEventData["CommitmentMade"] => {
  if (longTerm === (due !== undefined)) {
    const expected = {
      zh: "兑现时限，或者标明长期（longTerm），二者取一",
      en: "a date, or marked as long-term, and not both",
    };
    throw invalidInput({ field: "due", kind: "malformed", expected });
  }
  if (due === undefined) return { commitment, ...input, longTerm: true, deadlines: duties };
  return { commitment, ...input, due, deadlines: [dueDateOf(commitment, due, on), ...duties] };
};

/** The date that a promise is made for, or put off to. */
const dueDateOf = (commitment: number, due: string, on: string): DueDate => {
  if (due < dateOf(on)) {
    throw invalidInput({ field: "due", kind: "tooEarly", value: due, earliest: dateOf(on) });
  }
  return promisedDay(commitment, due, on);
};

/** The day that a person named for a promise. */
export const promisedDay = (commitment: number, due: string, on: string): DueDate =>
  byPerson(`commitment:${commitment}`, due, on, "commitment", "承诺事项");

/** A promise that reads otherwise from now on. */
const changed = ({
  input,
  on,
  state,
  fact,
}: Proposal<"change-commitment">): readonly CaseEvent[] => {
  const { commitment, reason, approvedBy, text, due } = input;
  const before = checkThere(state, commitment);
  const newText = text === before.text ? undefined : text;
  const newDue = due === before.due ? undefined : due;
  if (newText === undefined && newDue === undefined) {
    const expected = {
      zh: "与原承诺不同的内容（text）或者时限（due）",
      en: "another promise, or another date, than now (text, due)",
    };
    throw invalidInput({ field: "text", kind: "malformed", expected });
  }
  return [
    fact("CommitmentChanged", {
      commitment,
      reason,
      ...(approvedBy !== undefined && { approvedBy }),
      ...(newText !== undefined && { text: newText }),
      ...(newDue !== undefined && { due: newDue }),
      deadlines: newDue === undefined ? [] : [dueDateOf(commitment, newDue, on)],
    }),
  ];
};

/** The second reply that a kept promise owes the proposer, with its date where a rule sets one. */
const secondReply = (
  commitment: number,
  state: CaseState,
  on: string,
  context: DecideContext,
): Pick<CaseEventData["CommitmentFulfilled"], "owesReply" | "deadlines"> => {
  if (!owesSecondReply(state, context)) return {};
  const due = dueDatesOfFulfilment(commitment, on, state, context);
  return { owesReply: true, ...(due.length > 0 && { deadlines: due }) };
};

const owesSecondReply = (state: CaseState, { rulebook }: LawOfCase): boolean =>
  choiceFor(rulebook.promises, state.received.kind).value.secondReply && answersProposer(state);

/** By when the second reply is owed, where a rule sets a date. */
export const dueDatesOfFulfilment = (
  commitment: number,
  on: string,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] =>
  owesSecondReply(state, context)
    ? dueDates({ commitmentFulfilled: on }, state, state.round, context)
        .filter(({ id }) => id === "second-reply")
        .map((one): DueDate => ({ ...one, id: `second-reply:${commitment}` }))
    : [];

/** When the proposer is told how the promises stand; set with the first one that is not yet told of. */
export const statusDuty = (
  state: CaseState,
  on: string,
  context: LawOfCase,
): readonly DueDate[] => {
  const runs = state.deadlines.some((one) => one.id === "status-report" && isLive(one));
  if (runs || !answersProposer(state)) return [];
  const dueIn = (from: string): readonly DueDate[] =>
    dueDates({ fixedDate: from }, state, state.round, context).filter(
      ({ id }) => id === "status-report",
    );
  const thisYear = dueIn(dateOf(on));
  return thisYear.length > 0 ? thisYear : dueIn(firstDayAfter(yearOf(on)));
};

const yearOf = (on: string): number => Number(dateOf(on).slice(0, 4));
const firstDayAfter = (year: number): string => `${String(year + 1).padStart(4, "0")}-01-01`;

/** The report of a year; the next one is owed on promises of that year, and on those still to be kept. */
const statusReported = ({
  input: { year: given, summary },
  on,
  state,
  context,
  fact,
}: Proposal<"report-status">): readonly CaseEvent[] => {
  const year = given ?? yearOf(on);
  const [first, last] = [yearOf(state.received.dispatchedOn), yearOf(on)];
  if (year < first || year > last) {
    const expected = { zh: `${first}至${last}年`, en: `a year from ${first} to ${last}` };
    throw invalidInput({ field: "year", kind: "outOfRange", value: String(year), expected });
  }
  const deadlines = nextStatusDuty(year, state, context);
  return [
    fact("CommitmentStatusSent", { year, ...(summary !== undefined && { summary }), deadlines }),
  ];
};

/** When the report of the year after one is due, where it is still owed. */
export const nextStatusDuty = (
  year: number,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] => {
  const goesOn = state.commitments.some(
    (promise) => isPromiseOpen(promise) || yearOf(promise.madeOn) >= year,
  );
  const told = { ...state, deadlines: state.deadlines.filter(({ id }) => id !== "status-report") };
  return goesOn ? statusDuty(told, firstDayAfter(year), context) : [];
};

/** The promises, with one of them changed. */
const withPromise = (
  { commitments }: CaseState,
  number: number,
  change: (promise: Commitment) => Commitment,
): CaseState["commitments"] =>
  commitments.map((promise) => (promise.commitment === number ? change(promise) : promise));

const rewritten = (
  promise: Commitment,
  { on, data }: Extract<EvolveEvent, { type: "CommitmentChanged" }>,
): Commitment => {
  const { longTerm, ...rest } = promise;
  const before = {
    on,
    reason: data.reason,
    text: promise.text,
    ...(promise.due !== undefined && { due: promise.due }),
    ...(data.approvedBy !== undefined && { approvedBy: data.approvedBy }),
  };
  return {
    ...rest,
    text: data.text ?? promise.text,
    ...(data.due !== undefined ? { due: data.due } : longTerm && { longTerm }),
    changes: [...promise.changes, before],
  };
};

/** What its events add to a case. */
export const promisesFacts: Gathering<
  | "CommitmentMade"
  | "CommitmentChanged"
  | "CommitmentFulfilled"
  | "CommitmentVerified"
  | "FollowUpReplySent"
  | "CommitmentStatusSent"
> = {
  CommitmentMade: (state, event) => {
    const { deadlines, ...commitment } = withoutRemarks(event.data);
    const made: Commitment = {
      ...commitment,
      madeOn: event.on,
      fulfilledOn: null,
      fulfilledBy: null,
      verifiedOn: null,
      repliedOn: null,
      changes: [],
    };
    return {
      ...state,
      commitments: [...state.commitments, made],
      deadlines: [...state.deadlines, ...deadlines.map((due) => fresh(due, state.round))],
    };
  },
  CommitmentChanged: (state, event) => ({
    ...state,
    commitments: withPromise(state, event.data.commitment, (promise) => rewritten(promise, event)),
    deadlines: replaced(state, event.data.deadlines),
  }),
  CommitmentFulfilled: (state, event) => {
    const { commitment: number, evidence, owesReply, deadlines = [] } = event.data;
    return {
      ...state,
      commitments: withPromise(state, number, (promise) => ({
        ...promise,
        fulfilledOn: event.on,
        fulfilledBy: event.actor.id,
        ...(evidence !== undefined && { evidence }),
        ...(owesReply && { owesReply }),
      })),
      deadlines: [
        ...met(state, event, `commitment:${number}`),
        ...deadlines.map((due) => fresh(due, state.round)),
      ],
    };
  },
  CommitmentVerified: (state, event) => ({
    ...state,
    commitments: withPromise(state, event.data.commitment, (promise) => ({
      ...promise,
      verifiedOn: event.on,
    })),
  }),
  FollowUpReplySent: (state, event) => ({
    ...state,
    commitments: withPromise(state, event.data.commitment, (promise) => ({
      ...promise,
      repliedOn: event.on,
    })),
    deadlines: met(state, event, `second-reply:${event.data.commitment}`),
  }),
  CommitmentStatusSent: (state, event) => ({
    ...state,
    statusSent: [...state.statusSent, { on: event.on, year: event.data.year }],
    deadlines: [
      ...met(state, event, "status-report"),
      ...event.data.deadlines.map((due) => fresh(due, state.round)),
    ],
  }),
};
