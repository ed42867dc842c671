/**
 * @module projection — what a projection is: a pure function from a case to rows and tallies.
 *
 * A projection never sees an event. Its rows are what the case says after its events, and what an
 * append does to it is the difference between before and after. So a projection is written once, and
 * rebuilding it from the log gives what the appends gave.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import type { ProjectionChange } from "../ports/projection-store.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";

/** A row before it is stored; `key` is unique among the rows of its case. */
export type Row = Readonly<{ key: string; sort: string; body: object }>;

export type Projection = Readonly<{
  /** Permanent; names the stored rows. */
  name: string;
  /** Raised when the rows of the same case change; stored rows are then rebuilt. */
  version: number;
  /** Rows that are searched or listed. */
  rows?(state: CaseState, rulebook: Rulebook): readonly Row[];
  /** Counters, by what is counted; a case adds its share and takes it back when it changes. */
  tallies?(state: CaseState, rulebook: Rulebook): ReadonlyMap<string, number>;
}>;

/** A case with the rulebook that it is under. */
export type RuledCase = Readonly<{ state: CaseState; rulebook: Rulebook }>;

/** What a change of one case, or its first appearance (`before` null), does to a projection. */
export const changesOf = (
  projection: Projection,
  stream: CaseId,
  before: RuledCase | null,
  after: RuledCase,
): readonly ProjectionChange[] => [
  ...rowChanges(projection, stream, before, after),
  ...tallyChanges(projection, before, after),
];

const rowChanges = (
  { name, rows }: Projection,
  stream: CaseId,
  before: RuledCase | null,
  after: RuledCase,
): readonly ProjectionChange[] => {
  if (rows === undefined) return [];
  const former = before === null ? [] : rows(before.state, before.rulebook);
  const old = new Map(former.map((row) => [row.key, row]));
  const changes: ProjectionChange[] = [];
  for (const row of rows(after.state, after.rulebook)) {
    const known = old.get(row.key);
    old.delete(row.key);
    // both come from the same function, so equal rows have equal texts
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(row)) continue;
    changes.push({ projection: name, put: { stream, ...row } });
  }
  for (const key of old.keys()) changes.push({ projection: name, remove: { stream, key } });
  return changes;
};

const tallyChanges = (
  { name, tallies }: Projection,
  before: RuledCase | null,
  after: RuledCase,
): readonly ProjectionChange[] => {
  if (tallies === undefined) return [];
  const differences = new Map(tallies(after.state, after.rulebook));
  for (const [key, count] of before === null ? [] : tallies(before.state, before.rulebook)) {
    differences.set(key, (differences.get(key) ?? 0) - count);
  }
  return [...differences]
    .filter(([, count]) => count !== 0)
    .map(([key, count]) => ({ projection: name, add: { key, count } }));
};
