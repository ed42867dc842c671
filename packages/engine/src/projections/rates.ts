/**
 * @module rates — 见面率、办结率、满意率 and their relatives, added up case by case.
 *
 * A rate is never computed over cases: each case has a share (how much of the population, how much of
 * the count), the shares are added up in tallies per scope and definition, and reading a rate adds a few
 * tallies. A case counts under the definitions of the rulebook that it is under.
 */
import type { CaseId } from "../case/case-id.ts";
import { answersProposer, currentResult, isEnded, latestForms, worst } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { Rating } from "../case/terms.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { Projection, Row } from "./projection.ts";
import type { CaseScope, TallyScope } from "./scope.ts";
import { scopeOf, tallyNames } from "./scope.ts";
import type { Share } from "./shares.ts";
import { isFormSent, sharesOf } from "./shares.ts";

/** Counts that stand beside the rates. */
export type Side =
  | `result:${string}/${string}`
  | "feedback:asked"
  | "feedback:returned"
  | `attitude:${Rating}`
  | `rating:${Rating}`;

/** What one case adds to the counts beside the rates. */
const sidesOf = (state: CaseState, rulebook: Rulebook): readonly Side[] => {
  if (!answersProposer(state) || isEnded(state)) return [];
  const sides: Side[] = [];
  const current = currentResult(state);
  if (current !== undefined) {
    sides.push(`result:${current.scheme}/${current.result}`);
    if (isFormSent(state, rulebook)) sides.push("feedback:asked");
  }
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
  /** The key of the rate's definition, or the side count. */
  of: string;
  from: CivilDate | null;
}>;

type KeyOf = (what: TallyKey["what"], of: string, from: CivilDate | null) => string;

/** Scopes whose keys are remembered: more than a casebook has in one year. */
const scopesMax = 1000;
const known = new Map<string, KeyOf>();

/** Gives the keys of one scope; cases by the thousand share them, so each is spelt once. */
const keysIn = (scope: TallyScope): KeyOf => {
  const filed = canonicalJson(tallyNames.map((name) => scope[name]));
  const found = known.get(filed);
  if (found !== undefined) return found;
  const keys = { numerator: new Map(), denominator: new Map(), side: new Map() };
  const keyOf: KeyOf = (what, of, from) => {
    const spelt = (): string =>
      `[${filed},${JSON.stringify(what)},${JSON.stringify(of)},${JSON.stringify(from)}]`;
    if (from !== null) return spelt();
    const same: Map<string, string> = keys[what];
    const key = same.get(of) ?? spelt();
    same.set(of, key);
    return key;
  };
  if (known.size >= scopesMax) known.clear();
  known.set(filed, keyOf);
  return keyOf;
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

/** A rate that a case is in the population of, and not, or not wholly, counted in. */
type Missing = Readonly<{
  rate: string;
  /** The key of the definition that it is missing under. */
  definition: string;
  from: CivilDate | null;
}>;

/** A case and all the rates that it is missing from: one row, because one step often moves several. */
export type MissingRow = CaseScope & Readonly<{ case: CaseId; missing: readonly Missing[] }>;

/** 三率 */
export const rates: Projection = {
  name: "rates",
  version: 5,
  of: (state, rulebook) => {
    const scope = scopeOf(state);
    const shares = sharesOf(state, rulebook);
    return {
      rows: missingRows(state, scope, shares),
      tallies: talliesOf(keysIn(scope), shares, sidesOf(state, rulebook)),
    };
  },
};

const talliesOf = (
  keyOf: KeyOf,
  shares: readonly Share[],
  sides: readonly Side[],
): ReadonlyMap<string, number> => {
  const tallies = new Map<string, number>();
  const add = (key: string, count: number): void => {
    if (count !== 0) tallies.set(key, (tallies.get(key) ?? 0) + count);
  };
  for (const { definition, from, denominator, numerator } of shares) {
    add(keyOf("denominator", definition, from), denominator);
    add(keyOf("numerator", definition, from), numerator);
  }
  for (const side of sides) add(keyOf("side", side, null), 1);
  return tallies;
};

const missingRows = (
  state: CaseState,
  scope: CaseScope,
  shares: readonly Share[],
): readonly Row[] => {
  const missing = shares
    .filter(({ numerator, denominator }) => numerator < denominator)
    .map(({ rate, definition, from }): Missing => ({ rate, definition, from }));
  if (missing.length === 0) return [];
  const body: MissingRow = { case: state.case, ...scope, missing };
  return [{ key: "", sort: "", body }];
};
