/** @module opinions — co-handlers' opinions: from its commands to facts, and what the facts add to a case. */
import type { DueDate } from "../../case/events.ts";
import { answersProposer } from "../../case/reading.ts";
import type { CaseState, CoOpinion, Deadline } from "../../case/state.ts";
import type { DeadlineId } from "../../case/terms.ts";
import { invalidInput } from "../../errors.ts";
import type { Triggered } from "../../rulebook/due-on.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Gathering } from "../gathering.ts";
import { fresh, met } from "../gathering.ts";
import type { LawOfCase, Proposal, Proposing } from "../proposing.ts";
import { byPerson, dueDates, nextNumber } from "../proposing.ts";

type OpinionDeadline = Extract<DeadlineId, `co-opinion${string}`>;

/** The due date of an opinion, under its own id, where a rule sets one. */
const ruledDue = (
  id: OpinionDeadline,
  triggered: Triggered,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] =>
  dueDates(triggered, state, state.round, context)
    .filter((due) => due.id === "co-opinion")
    .map((due) => ({ ...due, id }));

const requested = ({
  input: { due, ...asked },
  on,
  state,
  context,
  fact,
}: Proposal<"request-opinion">) => {
  const opinion = nextNumber(state.coOpinions.map((one) => one.opinion));
  const earliest = dateOf(on);
  if (due !== undefined && due < earliest) {
    throw invalidInput({ field: "due", kind: "tooEarly", value: due, earliest });
  }
  const deadlines = dueDatesOfRequest({ opinion, due }, on, state, context);
  return [fact("OpinionRequested", { opinion, ...asked, deadlines })];
};

/** By when an opinion is wanted: the day that was named, or what a rule gives. */
export const dueDatesOfRequest = (
  { opinion, due }: Readonly<{ opinion: number; due: string | undefined }>,
  on: string,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] => {
  const id: OpinionDeadline = `co-opinion:${opinion}`;
  return due === undefined
    ? ruledDue(id, { opinionRequested: on }, state, context)
    : [byPerson(id, due, on, "opinion-request", "征求协办意见时所定")];
};

/** By when an opinion that was sent back is wanted; without a number it is our own. */
export const dueDatesOfReturn = (
  opinion: number | undefined,
  on: string,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] =>
  ruledDue(
    opinion === undefined ? "co-opinion" : `co-opinion:${opinion}`,
    { opinionReturned: on },
    state,
    context,
  );

/**
 * The number of the opinion that a command means: that of the unit, or the only one that it could be about.
 * @returns 0 when there is none; a guard then says why nothing can be recorded
 */
const opinionMeant = (
  { coOpinions }: CaseState,
  unit: string | undefined,
  couldBe: (opinion: CoOpinion) => boolean,
): number => {
  const possible = coOpinions.filter(couldBe);
  if (unit === undefined) {
    const units = new Set(possible.map((one) => one.unit));
    if (units.size > 1) throw invalidInput({ field: "unit", kind: "missing" });
    return possible.at(-1)?.opinion ?? 0;
  }
  const allowed = [...new Set(coOpinions.map((one) => one.unit))];
  if (allowed.length > 0 && !allowed.includes(unit)) {
    throw invalidInput({ field: "unit", kind: "notOneOf", value: unit, allowed });
  }
  return possible.findLast((one) => one.unit === unit)?.opinion ?? 0;
};

const returned = ({
  input: { unit, defect = "other", reason },
  on,
  state,
  context,
  fact,
}: Proposal<"return-opinion">) => {
  if (!answersProposer(state)) {
    // it is our own, which the lead sends back to us
    if (unit !== undefined) throw invalidInput({ field: "unit", kind: "unknown" });
    const deadlines = dueDatesOfReturn(undefined, on, state, context);
    return [fact("OpinionReturned", { defect, reason, deadlines })];
  }
  const opinion = opinionMeant(state, unit, ({ text }) => text !== null);
  const deadlines = dueDatesOfReturn(opinion, on, state, context);
  return [fact("OpinionReturned", { opinion, defect, reason, deadlines })];
};

/** What its commands ask for. */
export const opinionsProposals: Proposing<
  "request-opinion" | "record-opinion" | "return-opinion" | "submit-opinion"
> = {
  "request-opinion": requested,
  "record-opinion": ({ input: { unit, text }, state, fact }) => [
    fact("OpinionRecorded", {
      opinion: opinionMeant(state, unit, (one) => one.text === null),
      text,
    }),
  ],
  "return-opinion": returned,
  "submit-opinion": ({ input, fact }) => [fact("OpinionSubmitted", input)],
};

/** An opinion with something about it changed. */
const withOpinion = (
  { coOpinions }: CaseState,
  number: number,
  change: (opinion: CoOpinion) => Partial<CoOpinion>,
): CaseState["coOpinions"] =>
  coOpinions.map((one) => (one.opinion === number ? { ...one, ...change(one) } : one));

/** An opinion is owed again: by the new due date, or by the one it had where no rule sets another. */
const owedAgain = (
  state: CaseState,
  id: OpinionDeadline,
  due: readonly DueDate[],
): readonly Deadline[] => {
  if (due.length > 0) return [...state.deadlines, ...due.map((one) => fresh(one, state.round))];
  const last = state.deadlines.findLastIndex((one) => one.id === id && one.ended === null);
  return state.deadlines.map((deadline, at) => {
    if (at !== last) return deadline;
    const { metAt: _metAt, ...owed } = deadline;
    return { ...owed, metOn: null };
  });
};

/** What its events add to a case. */
export const opinionsFacts: Gathering<
  "OpinionRequested" | "OpinionRecorded" | "OpinionReturned" | "OpinionSubmitted"
> = {
  OpinionRequested: (state, { on, data: { opinion, unit, deadlines } }) => ({
    ...state,
    coOpinions: [
      ...state.coOpinions,
      {
        opinion,
        round: state.round,
        unit,
        requestedOn: on,
        text: null,
        recordedOn: null,
        returns: [],
      },
    ],
    deadlines: [...state.deadlines, ...deadlines.map((due) => fresh(due, state.round))],
  }),
  OpinionRecorded: (state, event) => {
    const { opinion, text } = event.data;
    return {
      ...state,
      coOpinions: withOpinion(state, opinion, () => ({ text, recordedOn: event.on })),
      deadlines: met(state, event, `co-opinion:${opinion}`),
    };
  },
  OpinionReturned: (state, { on, data }) => {
    const { opinion, defect, reason, deadlines } = data;
    const sentBack = { on, defect, reason };
    if (opinion === undefined) {
      return {
        ...state,
        opinion: null,
        opinionReturns: [...state.opinionReturns, sentBack],
        deadlines: owedAgain(state, "co-opinion", deadlines),
      };
    }
    return {
      ...state,
      coOpinions: withOpinion(state, opinion, ({ returns }) => ({
        text: null,
        recordedOn: null,
        returns: [...returns, sentBack],
      })),
      deadlines: owedAgain(state, `co-opinion:${opinion}`, deadlines),
    };
  },
  OpinionSubmitted: (state, event) => ({
    ...state,
    opinion: { on: event.on, text: event.data.text },
    deadlines: met(state, event, "co-opinion", "internal"),
  }),
};
