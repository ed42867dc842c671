/**
 * @module projection-store — the port to the projections: rows and tallies that can be thrown away and
 * rebuilt from the log. It keeps what the engine's folds say and knows nothing of cases.
 */
import type { CaseId } from "../case/case-id.ts";

/** A row of a projection. `stream` and `key` together name it inside its projection. */
export type ProjectionRow = Readonly<{
  stream: CaseId;
  key: string;
  /** Order in which the projection is read, a date for due dates. */
  sort: string;
  body: object;
}>;

/** A counter of a projection; `key` is canonical JSON of what is counted. */
export type Tally = Readonly<{ key: string; count: number }>;

/** What one append does to one projection. */
export type ProjectionChange = Readonly<{ projection: string }> &
  (
    | Readonly<{ put: ProjectionRow }>
    | Readonly<{ remove: Readonly<{ stream: CaseId; key: string }> }>
    | Readonly<{ add: Tally }>
  );

export type RowQuery = Readonly<{
  projection: string;
  /** Only rows of this stream. */
  stream?: CaseId;
  /** Only rows with this key or more / less, in sort order. */
  sortFrom?: string;
  sortTo?: string;
  /** Continue after this row of an earlier page. */
  after?: Readonly<{ sort: string; stream: CaseId; key: string }>;
  limit: number;
}>;

/** The reading part of the projections. */
export interface ProjectionReader {
  /** Rows in order of sort, stream, key. */
  rows(query: RowQuery): Promise<readonly ProjectionRow[]>;
  /** All counters of a projection that are not zero, in order of key. */
  tallies(projection: string): Promise<readonly Tally[]>;
  /** Fingerprint of the projection definitions that the stored rows were made with; null when none. */
  projectionVersion(): Promise<string | null>;
}

/**
 * What the events at the positions `from` up to and without `to` do to rows and tallies that were made of
 * all events before `from`.
 */
export type Refold = (from: number, to: number) => AsyncIterable<readonly ProjectionChange[]>;

export interface ProjectionStore extends ProjectionReader {
  /**
   * Makes all rows and tallies anew and puts them in the place of the old ones at once. It asks first for
   * what all events of the log do, and then for those that were recorded meanwhile: others read and record
   * as ever, but for the last round.
   */
  rebuild(version: string, refold: Refold): Promise<void>;
}
