/**
 * @module redispatch — 改办: another unit has the case from now on, or we have it in another part.
 *
 * Whether the answer's term begins anew is a choice of the rulebook; everything else about this dispatch,
 * such as the right to send the case back, counts from it in any case.
 */
import { mayHelp } from "../../case/reading-answer.ts";
import type { DueDate } from "../../case/events.ts";
import type { CaseState, Redispatch } from "../../case/state.ts";
import type { DeadlineId, DeadlineName, RedispatchClock, Role } from "../../case/terms.ts";
import { deadlineNameOf } from "../../case/terms.ts";
import { dueDatesFor } from "../../rulebook/due-on.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import type { EvolveEvent, Gathering } from "../gathering.ts";
import { ended, isLive, met, replaced } from "../gathering.ts";
import type { LawOfCase, Proposing } from "../proposing.ts";
import { isDone, withTimes } from "../recompute.ts";
import { answerTerms, ruleFactsOf, triggeredInRound } from "../triggers.ts";
import { decided } from "./reception.ts";

/** What its commands ask for. */
export const redispatchProposals: Proposing<"redispatch"> = {
  redispatch: ({ input, on, state, context, fact }) => {
    const { role, ...named } = input;
    if (role === undefined) return [fact("CaseRedispatched", { ...named, deadlines: [] })];
    const { clock, due, waived } = dueDatesOfPart({ ...named, role, on }, state, context);
    return [
      fact("CaseRedispatched", {
        ...named,
        role,
        clock,
        ...(waived.length > 0 && { waived }),
        deadlines: due,
      }),
    ];
  },
};

type NewPart = Omit<Redispatch, "round" | "former"> & Readonly<{ role: Role }>;

/**
 * The case with our new part in it. Where it comes back after it had left us, it has to be signed for and
 * given to somebody again; an opinion that was owed to another lead is owed anew. Units that assisted us
 * assist nobody where none leads any more.
 */
const inPart = (state: CaseState, part: NewPart): CaseState => {
  const { leadUnit: _former, coUnits, ...received } = state.received;
  const hasLead = part.role === "lead" || part.role === "assist";
  const isBack = state.status === "returned";
  return {
    ...state,
    received: {
      ...received,
      role: part.role,
      ...(hasLead && coUnits && { coUnits }),
      ...(part.role === "assist" && { leadUnit: part.unit }),
    },
    redispatches: [...state.redispatches, entryOf(state, part)],
    opinion: part.role === "assist" ? null : state.opinion,
    ...(isBack && {
      receipt: null,
      assignment: null,
      formerAssignments: state.assignment
        ? [...state.formerAssignments, state.assignment]
        : state.formerAssignments,
    }),
  };
};

const entryOf = (
  { received: { role, leadUnit }, round }: CaseState,
  redispatch: Omit<Redispatch, "round" | "former">,
): Redispatch => ({
  ...redispatch,
  round,
  former: { role, ...(leadUnit !== undefined && { leadUnit }) },
});

/** What a redispatch sets anew; what was promised, asked of others or published is none of it. */
const setAnew: ReadonlySet<DeadlineName> = new Set<DeadlineName>([
  "reply",
  "rehandling",
  "co-opinion",
  "first-contact",
  "return-request",
  "receipt",
]);

/** What a new part of ours sets anew, and what falls away with the old one. */
export const dueDatesOfPart = (
  part: Omit<NewPart, "clock">,
  before: CaseState,
  context: LawOfCase,
): Readonly<{
  clock: RedispatchClock;
  due: readonly DueDate[];
  waived: readonly DeadlineId[];
}> => {
  const clock = choiceFor(context.rulebook.redispatchClock, before.received.kind).value;
  const later = inPart(before, { ...part, clock });
  const owed = [...ofTerms(later, context, true), ...ofTerms(later, context, false)];
  const goesOn = ({ id, rule }: DueDate): boolean =>
    clock === "continue" &&
    answerTerms.has(id) &&
    before.deadlines.some((one) => one.id === id && one.rule === rule && isLive(one));
  const ids = new Set<string>(owed.map(({ id }) => id));
  return {
    clock,
    due: owed.filter((one) => !isDone(one, later) && !goesOn(one)),
    waived: before.deadlines
      .filter((one) => isLive(one) && fallsAway(one.id, ids, later))
      .map(({ id }) => id),
  };
};

/** The due dates of the new part: those of the answer, or the others, each counted from its own day. */
const ofTerms = (state: CaseState, context: LawOfCase, ofAnswer: boolean): DueDate[] => {
  const triggered = triggeredInRound(state, ofAnswer ? "reply" : "receipt");
  const facts = ruleFactsOf(state.received, state.round);
  return dueDatesFor(state.case, withTimes(context, triggered), triggered, facts).filter(
    ({ id }) => setAnew.has(deadlineNameOf(id)) && answerTerms.has(id) === ofAnswer,
  );
};

/** Whether a due date is none of our new part: it has no such term, or its unit helps us no more. */
const fallsAway = (id: DeadlineId, owed: ReadonlySet<string>, later: CaseState): boolean => {
  const asked = later.coOpinions.find(({ opinion }) => id === `co-opinion:${opinion}`);
  if (asked !== undefined) return !mayHelp(later, asked.unit);
  return (answerTerms.has(id) || id === "first-contact") && !owed.has(id);
};

/** What its events add to a case. */
export const redispatchFacts: Gathering<"CaseRedispatched"> = {
  CaseRedispatched: (state, event) =>
    event.data.role === undefined ? left(state, event) : stayed(state, event),
};

type Redispatched = Extract<EvolveEvent, { type: "CaseRedispatched" }>;

/** It left us, as a case that was returned. */
const left = (state: CaseState, event: Redispatched): CaseState => {
  const { deadlines: _none, ...data } = event.data;
  return {
    ...state,
    redispatches: [...state.redispatches, entryOf(state, { ...data, on: event.on })],
    returnRequest: decided(state, event, "approved", data.by),
    deadlines: ended(settled(state, event), "waived", () => true),
  };
};

/** It is ours in another part. */
const stayed = (state: CaseState, event: Redispatched): CaseState => {
  const { deadlines, ...data } = event.data;
  const { role = state.received.role, waived = [] } = data;
  const open = {
    ...state,
    deadlines: ended(settled(state, event), "waived", ({ id }) => waived.includes(id)),
  };
  const superseded = new Set<string>([...waived, ...deadlines.map(({ id }) => id)]);
  return {
    ...inPart(state, { ...data, role, on: event.on }),
    returnRequest: decided(state, event, "refused", data.by),
    extensions: state.extensions.map((one) =>
      superseded.has(one.deadline) ? { ...one, stands: false } : one,
    ),
    deadlines: replaced(open, deadlines),
  };
};

/** With what the dispatching body owed done by it. */
const settled = (state: CaseState, event: Redispatched): CaseState => ({
  ...state,
  deadlines: met(state, event, "redispatch", "return-decision"),
});
