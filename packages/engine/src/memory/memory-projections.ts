/** @module memory-projections — rows and tallies in memory, kept as text so that nobody shares them. */
import { canonicalJson } from "../log/canonical-json.ts";
import type {
  ProjectionChange,
  ProjectionRow,
  RowQuery,
  Tally,
} from "../ports/projection-store.ts";
import { compareBytes } from "./byte-order.ts";

type StoredRow = Readonly<Omit<ProjectionRow, "body"> & { body: string }>;
type Projection = { rows: Map<string, StoredRow>; counts: Map<string, number> };
type RowPlace = Readonly<Pick<ProjectionRow, "sort" | "stream" | "key">>;

/** What `memory-store.ts` needs. */
export interface MemoryProjections {
  apply(changes: readonly ProjectionChange[]): void;
  rows(query: RowQuery): readonly ProjectionRow[];
  tallies(projection: string): readonly Tally[];
  version(): string | null;
  /** Rows and tallies that go their own way from here on. */
  copy(): MemoryProjections;
}

export const createMemoryProjections = (
  projections = new Map<string, Projection>(),
  madeWith: string | null = null,
): MemoryProjections => ({
  apply: (changes) => applyTo(projections, changes.map(frozen)),
  rows: (query) => {
    const { stream, sortFrom, sortTo, after, limit } = query;
    return [...(projections.get(query.projection)?.rows.values() ?? [])]
      .filter(
        (row) =>
          (stream === undefined || row.stream === stream) &&
          (sortFrom === undefined || compareBytes(row.sort, sortFrom) >= 0) &&
          (sortTo === undefined || compareBytes(row.sort, sortTo) <= 0) &&
          (after === undefined || comparePlaces(row, after) > 0),
      )
      .toSorted(comparePlaces)
      .slice(0, limit)
      .map((row) => ({ ...row, body: JSON.parse(row.body) as object }));
  },
  tallies: (projection) =>
    [...(projections.get(projection)?.counts ?? [])]
      .map(([key, count]) => ({ key, count }))
      .toSorted((one, other) => compareBytes(one.key, other.key)),
  version: () => madeWith,
  copy: () =>
    createMemoryProjections(
      new Map(
        [...projections].map(([name, { rows, counts }]) => [
          name,
          { rows: new Map(rows), counts: new Map(counts) },
        ]),
      ),
      madeWith,
    ),
});

type StoredChange =
  | Readonly<{ projection: string; put: StoredRow }>
  | Exclude<ProjectionChange, { put: ProjectionRow }>;

/** A change with its row as text. Refuses what is not JSON before anything has been changed. */
const frozen = (change: ProjectionChange): StoredChange => {
  if (!("put" in change)) return change;
  const { projection, put } = change;
  return { projection, put: { ...put, body: canonicalJson(put.body) } };
};

const applyTo = (projections: Map<string, Projection>, changes: readonly StoredChange[]): void => {
  for (const change of changes) {
    let projection = projections.get(change.projection);
    if (projection === undefined) {
      projection = { rows: new Map(), counts: new Map() };
      projections.set(change.projection, projection);
    }
    const { rows, counts } = projection;
    if ("put" in change) {
      rows.set(nameOf(change.put), change.put);
    } else if ("remove" in change) {
      rows.delete(nameOf(change.remove));
    } else {
      const { key, count } = change.add;
      const sum = (counts.get(key) ?? 0) + count;
      if (sum === 0) counts.delete(key);
      else counts.set(key, sum);
    }
  }
};

const nameOf = ({ stream, key }: Readonly<{ stream: string; key: string }>): string =>
  JSON.stringify([stream, key]);

const comparePlaces = (one: RowPlace, other: RowPlace): number =>
  compareBytes(one.sort, other.sort) ||
  compareBytes(one.stream, other.stream) ||
  compareBytes(one.key, other.key);
