/** @module next — what may be recorded now, what is missing for each, and what endangers the rates. */
import type { CaseId } from "../case/case-id.ts";
import type { CommandName } from "../case/commands.ts";
import { commands } from "../case/commands.ts";
import {
  isCarriedOver,
  isEnded,
  isFormOut,
  isPromiseOpen,
  owesReply,
  wasLate,
} from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { Status } from "../case/terms.ts";
import type { BlockedCommand, Supposed } from "../decider/possible.ts";
import { possibilities } from "../decider/possible.ts";
import { asksForForm, standingOf } from "../projections/shares.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { Reason } from "./gap-reasons.ts";
import { formOut, lateAnswer, reasonOf } from "./gap-reasons.ts";
import { warningsOf } from "./warnings.ts";

/** A command that may be given now and the fields it needs. */
export type AllowedCommand = Readonly<{ command: CommandName; missing: readonly string[] }>;

/** What keeps a case out of a rate's count, and what would repair it. */
export type Blocking = Readonly<{ rate: string }> & Reason;

/** A promise that is still to be kept, or of which the proposer is still to be told. */
export type StandingPromise = Readonly<{
  commitment: number;
  text: string;
  /** When it is to be kept, or told of; null where no date is set. */
  dueOn: CivilDate | null;
  owed: "fulfilment" | "secondReply";
  /** Made in an earlier year 跨年结转. */
  carriedOver: boolean;
}>;

export type NextSteps = Readonly<{
  case: CaseId;
  status: Status;
  /** Returned, withdrawn or merged: no rate counts it any more. */
  ended: boolean;
  /** Where a merged case is handled now. */
  mergedInto: CaseId | null;
  allowed: readonly AllowedCommand[];
  blocked: readonly BlockedCommand[];
  blocking: readonly Blocking[];
  promises: readonly StandingPromise[];
  /** What no rule forbids and somebody should know. */
  warnings: readonly Reason[];
}>;

/**
 * The next steps of a case.
 * @param mergedInto where a merged one is handled now, at the end of the chain
 */
export const nextSteps = (
  state: CaseState,
  supposed: Supposed,
  mergedInto: CaseId | null = state.mergedInto,
): NextSteps => {
  const { allowed, blocked } = possibilities(state, supposed);
  return {
    case: state.case,
    status: state.status,
    ended: isEnded(state),
    mergedInto,
    allowed: allowed.map((command) => ({ command, missing: demandedFields(command) })),
    blocked,
    blocking: claimBlockers(state, supposed.rulebook),
    promises: standingPromises(state, dateOf(supposed.on)),
    warnings: isEnded(state) ? [] : warningsOf(state),
  };
};

/** What is still owed on the promises of a case that is ours, closed or not. */
const standingPromises = (state: CaseState, today: CivilDate): readonly StandingPromise[] =>
  isEnded(state)
    ? []
    : state.commitments.flatMap((promise): readonly StandingPromise[] => {
        const { commitment, text, due = null } = promise;
        const carriedOver = isCarriedOver(promise, today);
        if (isPromiseOpen(promise)) {
          return [{ commitment, text, dueOn: due, owed: "fulfilment", carriedOver }];
        }
        if (!owesReply(promise)) return [];
        const duty = state.deadlines.findLast(({ id }) => id === `second-reply:${commitment}`);
        return [{ commitment, text, dueOn: duty?.dueOn ?? null, owed: "secondReply", carriedOver }];
      });

/** Fields a command cannot be given without. */
const demandedFields = (command: CommandName): readonly string[] =>
  Object.entries(commands[command].fields)
    .filter(([, { required }]) => required !== "no")
    .map(([name]) => name);

/** What stands between a case and the three 100%: the three rates, a form still out, a late answer. */
export const claimBlockers = (state: CaseState, rulebook: Rulebook): readonly Blocking[] => {
  if (isEnded(state)) return [];
  const gaps = gapsOf(state, rulebook).filter(
    ({ rate }) => rate === "meeting" || rate === "completion" || rate === "satisfaction",
  );
  const late: readonly Blocking[] = wasLate(state) ? [{ rate: "on-time", ...lateAnswer }] : [];
  if (!isFormOut(state) || !asksForForm(state, rulebook)) return [...gaps, ...late];
  const out: Blocking = { rate: "satisfaction", ...formOut(state) };
  // where a rate is over all answered cases, its gap has said so
  const isSaid = gaps.some(({ rate, why }) => rate === out.rate && why.en === out.why.en);
  return [...gaps, ...late, ...(isSaid ? [] : [out])];
};

/** Why the case is not, or not wholly, counted in each rate it belongs to. */
export const gapsOf = (state: CaseState, rulebook: Rulebook): readonly Blocking[] =>
  rulebook.rates.flatMap((rate) => {
    const standing = standingOf(rate, state, rulebook);
    const isWhole =
      standing.place !== "inside" ||
      standing.parts.every(({ numerator, denominator }) => numerator >= denominator);
    return isWhole ? [] : [{ rate: rate.id, ...reasonOf(state, rate) }];
  });
