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
import { isSameData } from "../log/same-data.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";

/** A row before it is stored; `key` is unique among the rows of its case. */
export type Row = Readonly<{ key: string; sort: string; body: object }>;

/** What a case says in a projection. */
export type Said = Readonly<{
  /** Rows that are searched or listed. */
  rows: readonly Row[];
  /** Its share of counters, by what is counted; it takes the share back when it changes. */
  tallies: ReadonlyMap<string, number>;
}>;

export type Projection = Readonly<{
  /** Permanent; names the stored rows. */
  name: string;
  /** Raised when the rows of the same case change; stored rows are then rebuilt. */
  version: number;
  of(state: CaseState, rulebook: Rulebook): Said;
}>;

/** For projections that count nothing. */
export const noTallies: Said["tallies"] = new Map();

/** A case with the rulebook that it is under. */
export type RuledCase = Readonly<{ state: CaseState; rulebook: Rulebook }>;

/** What a change of one case, or its first appearance (`before` null), does to projections. */
export const changesOf = (
  projections: readonly Projection[],
  stream: CaseId,
  before: RuledCase | null,
  after: RuledCase,
): readonly ProjectionChange[] => {
  const changes: ProjectionChange[] = [];
  for (const projection of projections) {
    const { name } = projection;
    const former = before && saidBy(projection, before);
    const said = saidBy(projection, after);
    addRowChanges(changes, name, stream, former?.rows ?? [], said.rows);
    addTallyChanges(changes, name, former?.tallies ?? noTallies, said.tallies);
  }
  return changes;
};

type Remembered = Readonly<{ rulebook: Rulebook; said: Map<Projection, Said> }>;

/** A case is often changed again soon: what it says after one change is what it said before the next. */
const remembered = new WeakMap<CaseState, Remembered>();

const saidBy = (projection: Projection, { state, rulebook }: RuledCase): Said => {
  let known = remembered.get(state);
  if (known?.rulebook !== rulebook) {
    known = { rulebook, said: new Map() };
    remembered.set(state, known);
  }
  const found = known.said.get(projection);
  if (found !== undefined) return found;
  const said = projection.of(state, rulebook);
  known.said.set(projection, said);
  return said;
};

const addRowChanges = (
  changes: ProjectionChange[],
  projection: string,
  stream: CaseId,
  before: readonly Row[],
  after: readonly Row[],
): void => {
  for (const row of after) {
    const known = before.find(({ key }) => key === row.key);
    if (known !== undefined && known.sort === row.sort && isSameData(known.body, row.body))
      continue;
    changes.push({ projection, put: { stream, key: row.key, sort: row.sort, body: row.body } });
  }
  for (const { key } of before) {
    if (!after.some((row) => row.key === key))
      changes.push({ projection, remove: { stream, key } });
  }
};

const addTallyChanges = (
  changes: ProjectionChange[],
  projection: string,
  before: Said["tallies"],
  after: Said["tallies"],
): void => {
  const add = (key: string, count: number): void => {
    if (count !== 0) changes.push({ projection, add: { key, count } });
  };
  for (const [key, count] of after) add(key, count - (before.get(key) ?? 0));
  for (const [key, count] of before) if (!after.has(key)) add(key, -count);
};
