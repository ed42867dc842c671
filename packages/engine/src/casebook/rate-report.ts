/** @module rate-report — the rates of a choice of cases, each with its definition, counts and gaps. */
import type { CaseId } from "../case/case-id.ts";
import type { Label, Rating } from "../case/terms.ts";
import { ratings } from "../case/terms.ts";
import type { MissingRow, TallyKey } from "../projections/rates.ts";
import { rates as ratesProjection, readTallyKey } from "../projections/rates.ts";
import type { Scope, ScopeName } from "../projections/scope.ts";
import { isInScope, scopeOf } from "../projections/scope.ts";
import type { Rounding } from "../rulebook/rate-definition.ts";
import type { Confidence } from "../rulebook/source.ts";
import { printSource } from "../rulebook/source.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { Moment } from "./as-of.ts";
import { dayOf, isPast } from "./as-of.ts";
import type { AdoptedRate, Figure } from "./rate-definitions.ts";
import { adoptedRates, figureOf } from "./rate-definitions.ts";
import { byName, casesOf, foldOn, rowsOf, rulebookOf } from "./reader.ts";
import type { Reader } from "./reader.ts";
import type { ResultCount } from "./result-counts.ts";
import { resultCounts } from "./result-counts.ts";

export type { ResultCount } from "./result-counts.ts";

export type RateResult = Readonly<{ id: string; label: Label; definition: Label }> &
  Figure &
  Readonly<{
    /** Cases in the population that are not, or not wholly, counted. */
    missing: readonly CaseId[];
    version: number;
    /** Key of what is computed; cases of another key are never in this figure. */
    definitionId: string;
    /** `<id>@<version>` of the rulebook that the definition is in. */
    rulebook: string;
    rounding: Rounding;
    source: Label;
    confidence: Confidence;
    /** The kinds that it is about, where it is not about all. */
    kinds?: readonly string[];
  }>;

export type FeedbackCount = Readonly<{
  /** Cases whose form a rule asks for, or whose form came back without. */
  asked: number;
  returned: number;
  attitude: Readonly<Record<Rating, number>>;
  result: Readonly<Record<Rating, number>>;
}>;

export type RateGroup = Readonly<{ key: string | null; rates: readonly RateResult[] }>;

export type RateReport = Readonly<{
  asOf: CivilDate;
  scope: Scope;
  /**
   * The rates of the rulebook in force, in its order. Cases that are under an older rulebook with another
   * definition of a rate stand in an entry of their own after it.
   */
  rates: readonly RateResult[];
  results: readonly ResultCount[];
  feedback: FeedbackCount;
  /** The same rates for each value of a dimension, when asked for. */
  groups?: readonly RateGroup[];
}>;

/** Which cases, and when: a moment in the past is folded from the log. */
export type RateOptions = Moment &
  Readonly<{ scope: Scope; today: CivilDate; by?: ScopeName | undefined }>;

/** A tally with what the counted cases are filed under. */
type Count = Readonly<{ key: TallyKey; scope: Scope; count: number }>;
type Figures = Readonly<{ counts: readonly Count[]; missing: readonly MissingRow[] }>;

/** Reads the rates: from the tallies, or, for an earlier moment or by status, from the log. */
export const rateReport = async (reader: Reader, options: RateOptions): Promise<RateReport> => {
  const { scope, by } = options;
  const asOf = dayOf(options);
  const isTallied =
    reader.hasProjections && !isPast(options) && scope.status === undefined && by !== "status";
  const all = isTallied ? await stored(reader) : await refolded(reader, options);
  const isCounted = (filed: { from: CivilDate | null }): boolean =>
    filed.from === null || filed.from <= asOf;
  const counts = all.counts.filter(
    (count) => isInScope(count.scope, scope) && isCounted(count.key),
  );
  const missing = all.missing.filter((row) => isInScope(row, scope));
  const counted = new Set(counts.map(({ key }) => key.of));
  const shown = adoptedRates(reader.rules).filter(
    ({ key, isInForce }) => isInForce || counted.has(key),
  );
  const resultsOf = (figures: Figures): readonly RateResult[] => {
    const missed = missedBy(figures.missing, isCounted);
    return shown.map((rate) => rateResult(rate, figures.counts, missed.get(rate.key) ?? []));
  };
  return {
    asOf,
    scope,
    rates: resultsOf({ counts, missing }),
    results: resultCounts(reader.rules, (scheme, code) =>
      sum(counts, "side", `result:${scheme}/${code}`),
    ),
    feedback: feedbackCount(counts),
    ...(by !== undefined && {
      groups: keysOf(counts, by).map((key) => ({
        key: key === null ? null : String(key),
        rates: resultsOf({
          counts: counts.filter((count) => (count.scope[by] ?? null) === key),
          missing: missing.filter((row) => row[by] === key),
        }),
      })),
    }),
  };
};

const stored = async (reader: Reader): Promise<Figures> => {
  const tallies = await reader.store.tallies(ratesProjection.name);
  const missing: MissingRow[] = [];
  for await (const { body } of rowsOf(reader, { projection: ratesProjection.name })) {
    missing.push(body as MissingRow);
  }
  const counts = tallies.map(({ key: text, count }) => {
    const key = readTallyKey(text);
    return { key, scope: key.scope, count };
  });
  return { counts, missing };
};

const refolded = async (reader: Reader, moment: Moment): Promise<Figures> => {
  const counts: Count[] = [];
  const missing: MissingRow[] = [];
  for await (const { id, events } of casesOf(reader.store)) {
    const state = foldOn(id, events, moment);
    if (state === null) continue;
    const rulebook = rulebookOf(reader, state);
    const scope = scopeOf(state);
    const { rows, tallies } = ratesProjection.of(state, rulebook);
    for (const [text, count] of tallies) counts.push({ key: readTallyKey(text), scope, count });
    for (const { body } of rows) missing.push(body as MissingRow);
  }
  return { counts, missing };
};

/**
 * The cases that each definition misses, by its key and in order of their names; a case with several promises
 * may be there several times.
 */
const missedBy = (
  rows: readonly MissingRow[],
  isCounted: (one: MissingRow["missing"][number]) => boolean,
): ReadonlyMap<string, readonly CaseId[]> => {
  const missed = new Map<string, CaseId[]>();
  const inOrder = rows.toSorted((left, right) => byName(left.case, right.case));
  for (const { case: id, missing } of inOrder) {
    for (const one of missing) {
      if (!isCounted(one)) continue;
      const cases = missed.get(one.definition);
      if (cases === undefined) missed.set(one.definition, [id]);
      else cases.push(id);
    }
  }
  return missed;
};

const keysOf = (counts: readonly Count[], by: ScopeName): readonly (string | number | null)[] =>
  [...new Set(counts.map(({ scope }) => scope[by] ?? null))].toSorted((left, right) =>
    String(left ?? "").localeCompare(String(right ?? ""), "zh"),
  );

const sum = (counts: readonly Count[], what: TallyKey["what"], of: string): number =>
  counts.reduce(
    (total, { key, count }) => (key.what === what && key.of === of ? total + count : total),
    0,
  );

const rateResult = (
  { rate, key, rulebook }: AdoptedRate,
  counts: readonly Count[],
  missed: readonly CaseId[],
): RateResult => ({
  id: rate.id,
  label: rate.label,
  definition: rate.definition,
  ...figureOf(sum(counts, "numerator", key), sum(counts, "denominator", key), rate.rounding),
  missing: [...new Set(missed)],
  version: rate.version,
  definitionId: key,
  rulebook,
  rounding: rate.rounding,
  source: printSource(rate.source),
  confidence: rate.confidence,
  ...(rate.kinds && { kinds: rate.kinds }),
});

const feedbackCount = (counts: readonly Count[]): FeedbackCount => {
  const axis = (name: "attitude" | "rating"): Record<Rating, number> =>
    Object.fromEntries(
      Object.keys(ratings).map((rating) => [rating, sum(counts, "side", `${name}:${rating}`)]),
    ) as Record<Rating, number>;
  return {
    asked: sum(counts, "side", "feedback:asked"),
    returned: sum(counts, "side", "feedback:returned"),
    attitude: axis("attitude"),
    result: axis("rating"),
  };
};
