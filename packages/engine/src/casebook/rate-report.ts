/** @module rate-report — the rates of a choice of cases, each with its definition, counts and gaps. */
import type { CaseId } from "../case/case-id.ts";
import type { Label, Rating } from "../case/terms.ts";
import { ratings } from "../case/terms.ts";
import type { MissingRow, TallyKey } from "../projections/rates.ts";
import { rates as ratesProjection, readTallyKey } from "../projections/rates.ts";
import type { Scope, ScopeName } from "../projections/scope.ts";
import { isInScope, scopeOf } from "../projections/scope.ts";
import type { RateDefinition, Rulebook } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { byName, casesOf, foldOn, rowsOf, rulebookOf } from "./reader.ts";
import type { Reader } from "./reader.ts";
import { displayShare } from "./share.ts";

export type RateResult = Readonly<{
  id: string;
  label: Label;
  definition: Label;
  numerator: number;
  denominator: number;
  /** Null over nothing. */
  value: number | null;
  /** `100%`, `61.90%`, `—`; never 100% for what is not exactly 1. */
  display: string;
  /** Cases in the population that are not, or not wholly, counted. */
  missing: readonly CaseId[];
}>;

export type ResultCount = Readonly<{
  /** The scheme that the letter belongs to. */
  scheme: string;
  code: string;
  label: Label;
  count: number;
  share: number | null;
  display: string;
}>;

export type FeedbackCount = Readonly<{
  asked: number;
  returned: number;
  attitude: Readonly<Record<Rating, number>>;
  result: Readonly<Record<Rating, number>>;
}>;

export type RateGroup = Readonly<{ key: string | null; rates: readonly RateResult[] }>;

export type RateReport = Readonly<{
  asOf: CivilDate;
  scope: Scope;
  rates: readonly RateResult[];
  results: readonly ResultCount[];
  feedback: FeedbackCount;
  /** The same rates for each value of a dimension, when asked for. */
  groups?: readonly RateGroup[];
}>;

export type RateOptions = Readonly<{
  scope: Scope;
  today: CivilDate;
  /** Only facts that were true by this day, folded from the log. */
  asOf?: CivilDate;
  by?: ScopeName;
}>;

/** A tally with what the counted cases are filed under. */
type Count = Readonly<{ key: TallyKey; scope: Scope; count: number }>;
type Figures = Readonly<{ counts: readonly Count[]; missing: readonly MissingRow[] }>;

/** Reads the rates: from the tallies, or, for an earlier day or by status, from the log. */
export const rateReport = async (reader: Reader, options: RateOptions): Promise<RateReport> => {
  const { scope, by } = options;
  const asOf = options.asOf ?? options.today;
  const isTallied =
    reader.hasProjections &&
    options.asOf === undefined &&
    scope.status === undefined &&
    by !== "status";
  const all = isTallied ? await stored(reader) : await refolded(reader, options.asOf);
  const isCounted = (filed: { from: CivilDate | null }): boolean =>
    filed.from === null || filed.from <= asOf;
  const counts = all.counts.filter(
    (count) => isInScope(count.scope, scope) && isCounted(count.key),
  );
  const missing = all.missing.filter((row) => isInScope(row, scope) && isCounted(row));
  const { rulebook } = reader.rules.current;
  const resultsOf = (figures: Figures): readonly RateResult[] =>
    rulebook.rates.map((rate) => rateResult(rate, figures));
  return {
    asOf,
    scope,
    rates: resultsOf({ counts, missing }),
    results: resultCounts(rulebook, counts),
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

const refolded = async (reader: Reader, asOf: CivilDate | undefined): Promise<Figures> => {
  const counts: Count[] = [];
  const missing: MissingRow[] = [];
  for await (const { id, events } of casesOf(reader.store)) {
    const state = foldOn(id, events, asOf);
    if (state === null) continue;
    const rulebook = rulebookOf(reader, state);
    const scope = scopeOf(state);
    for (const [text, count] of ratesProjection.tallies?.(state, rulebook) ?? []) {
      counts.push({ key: readTallyKey(text), scope, count });
    }
    for (const { body } of ratesProjection.rows?.(state, rulebook) ?? []) {
      missing.push(body as MissingRow);
    }
  }
  return { counts, missing };
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

const rateResult = (rate: RateDefinition, { counts, missing }: Figures): RateResult => {
  const numerator = sum(counts, "numerator", rate.id);
  const denominator = sum(counts, "denominator", rate.id);
  const cases = missing.filter((row) => row.rate === rate.id).map((row) => row.case);
  return {
    id: rate.id,
    label: rate.label,
    definition: rate.definition,
    numerator,
    denominator,
    value: denominator === 0 ? null : numerator / denominator,
    display: displayShare(numerator, denominator),
    missing: [...new Set(cases)].toSorted(byName),
  };
};

const resultCounts = (rulebook: Rulebook, counts: readonly Count[]): readonly ResultCount[] => {
  const answered = sum(counts, "side", "feedback:asked");
  return rulebook.results.flatMap(({ scheme, codes }) =>
    codes.map(({ code, label }) => {
      const count = sum(counts, "side", `result:${scheme}/${code}`);
      const share = answered === 0 ? null : count / answered;
      return { scheme, code, label, count, share, display: displayShare(count, answered) };
    }),
  );
};

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
