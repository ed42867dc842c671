/**
 * @module rates — 见面率、办结率、满意率 and their relatives, as the share that each case has in them.
 *
 * A rate is never computed over cases: each case has a share (how much of the population, how much of
 * the count), the shares are added up in tallies per scope, and reading a rate adds a few tallies. Which
 * population and which count a rate has is data in the rulebook.
 */
import type { CaseId } from "../case/case-id.ts";
import {
  adoptedRequests,
  answersProposer,
  isCompleted,
  isEnded,
  isOnTime,
  isWithProposer,
  lastReply,
  latestForms,
  worst,
} from "../case/reading.ts";
import type { CaseState, Feedback } from "../case/state.ts";
import type { Rating } from "../case/terms.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { RateDefinition, RatePopulation, Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { Projection, Row } from "./projection.ts";
import type { CaseScope, TallyScope } from "./scope.ts";
import { scopeOf, tallyNames } from "./scope.ts";

/** What one case adds to one rate. */
export type Share = Readonly<{
  rate: string;
  /** Counts from this date on; null when it counts on any day. */
  from: CivilDate | null;
  denominator: number;
  numerator: number;
}>;

/** Every case's shares in the rates of its rulebook; a share of nothing is left out. */
export const sharesOf = (state: CaseState, rulebook: Rulebook): readonly Share[] =>
  rulebook.rates.flatMap((rate) =>
    rate.population === "commitmentsDue"
      ? promiseShares(rate, state)
      : caseShare(rate, state, rulebook),
  );

const caseShare = (
  rate: RateDefinition,
  state: CaseState,
  rulebook: Rulebook,
): readonly Share[] => {
  const denominator = populations[rate.population as CasePopulation](state);
  if (denominator === 0) return [];
  const numerator = counted(rate, state, rulebook);
  return [{ rate: rate.id, from: null, denominator, numerator }];
};

const promiseShares = (rate: RateDefinition, state: CaseState): readonly Share[] =>
  isEnded(state)
    ? []
    : state.commitments.map(({ due, fulfilledOn }) => ({
        rate: rate.id,
        from: due,
        denominator: 1,
        numerator: fulfilledOn !== null && dateOf(fulfilledOn) <= due ? 1 : 0,
      }));

const one = (condition: boolean): number => (condition ? 1 : 0);
const isOurs = (state: CaseState): boolean => answersProposer(state) && !isEnded(state);

type CasePopulation = Exclude<RatePopulation, "commitmentsDue">;
const populations: Readonly<Record<CasePopulation, (state: CaseState) => number>> = {
  handled: (state) => one(!isEnded(state)),
  ours: (state) => one(isOurs(state)),
  oursNotWaived: (state) => one(isOurs(state) && !state.contactWaived),
  formReturned: (state) => one(isOurs(state) && state.feedback.length > 0),
  answered: (state) => one(isOurs(state) && state.replies.length > 0),
  requests: (state) => (isOurs(state) ? (state.received.requests?.length ?? 0) : 0),
};

const counted = (rate: RateDefinition, state: CaseState, rulebook: Rulebook): number => {
  switch (rate.count) {
    case "contacted":
      return one(isContacted(rate, state));
    case "assigned":
      return one(state.assignment !== null);
    case "completed":
      return one(isCompleted(state));
    case "completedOnTime":
      return one(isCompleted(state) && isOnTime(state));
    case "lastFormGood":
      return one(isGood(rate, latestForms(state)));
    case "firstFormGood":
      return one(isGood(rate, state.feedback.slice(0, 1)));
    case "resolved":
      return one(isResolved(state, rulebook));
    case "adopted":
      return adoptedRequests(state).length;
    case "fulfilledOnTime":
      return 0;
  }
};

const isContacted = (
  { countedModes = [], withProposer = false }: RateDefinition,
  { contacts }: CaseState,
): boolean =>
  contacts.some(
    (contact) => countedModes.includes(contact.mode) && (!withProposer || isWithProposer(contact)),
  );

const isGood = (rate: RateDefinition, forms: readonly Feedback[]): boolean => {
  const { axis = "result", goodRatings = [] } = rate;
  const rating = worst(forms.map((form) => form[axis]));
  return rating !== undefined && goodRatings.includes(rating);
};

const isResolved = (state: CaseState, rulebook: Rulebook): boolean => {
  const reply = lastReply(state);
  const scheme = rulebook.results.find((row) => row.scheme === reply?.scheme);
  const code = scheme?.codes.find((row) => row.code === reply?.result);
  return code?.meaning === "resolved";
};

/** Counts that stand beside the rates. */
export type Side =
  | `result:${string}/${string}`
  | "feedback:asked"
  | "feedback:returned"
  | `attitude:${Rating}`
  | `rating:${Rating}`;

/** What one case adds to the counts beside the rates. */
const sidesOf = (state: CaseState): readonly Side[] => {
  if (!isOurs(state)) return [];
  const sides: Side[] = [];
  const reply = lastReply(state);
  if (reply !== undefined) sides.push(`result:${reply.scheme}/${reply.result}`, "feedback:asked");
  if (state.feedback.length > 0) {
    sides.push("feedback:returned");
    const forms = latestForms(state);
    const attitude = worst(forms.map((form) => form.attitude));
    const result = worst(forms.map((form) => form.result));
    if (attitude !== undefined) sides.push(`attitude:${attitude}`);
    if (result !== undefined) sides.push(`rating:${result}`);
  }
  return sides;
};

/** What a tally counts: a rate's population or count, or a side count, within one scope. */
export type TallyKey = Readonly<{
  scope: TallyScope;
  what: "numerator" | "denominator" | "side";
  /** The rate's id or the side count. */
  of: string;
  from: CivilDate | null;
}>;

/** Gives the keys of one scope; the scope is spelt once for all its tallies. */
const keysIn = (scope: TallyScope) => {
  const filed = canonicalJson(tallyNames.map((name) => scope[name]));
  return (what: TallyKey["what"], of: string, from: CivilDate | null): string =>
    `[${filed},${JSON.stringify(what)},${JSON.stringify(of)},${JSON.stringify(from)}]`;
};

/** Reads a tally's key back. */
export const readTallyKey = (key: string): TallyKey => {
  const [values, what, of, from] = JSON.parse(key) as [
    readonly unknown[],
    TallyKey["what"],
    string,
    CivilDate | null,
  ];
  const scope = Object.fromEntries(tallyNames.map((name, index) => [name, values[index]]));
  return { scope: scope as unknown as TallyScope, what, of, from };
};

/** A case that is in a rate's population but not, or not wholly, counted. */
export type MissingRow = CaseScope &
  Readonly<{ case: CaseId; title: string; rate: string; from: CivilDate | null }>;

/** 三率 */
export const rates: Projection = {
  name: "rates",
  version: 1,
  tallies: (state, rulebook) => {
    const keyOf = keysIn(scopeOf(state));
    const tallies = new Map<string, number>();
    const add = (key: string, count: number): void => {
      if (count !== 0) tallies.set(key, (tallies.get(key) ?? 0) + count);
    };
    for (const { rate, from, denominator, numerator } of sharesOf(state, rulebook)) {
      add(keyOf("denominator", rate, from), denominator);
      add(keyOf("numerator", rate, from), numerator);
    }
    for (const side of sidesOf(state)) add(keyOf("side", side, null), 1);
    return tallies;
  },
  rows: (state, rulebook) =>
    sharesOf(state, rulebook).flatMap((share, index): readonly Row[] => {
      if (share.numerator >= share.denominator) return [];
      const body: MissingRow = {
        case: state.case,
        title: state.received.title,
        ...scopeOf(state),
        rate: share.rate,
        from: share.from,
      };
      const key = share.from === null ? share.rate : `${share.rate}:${index}`;
      return [{ key, sort: share.rate, body }];
    }),
};
