/** @module check-projections — the stored projections against a fresh fold of the log, and their rebuild. */
import type { CaseId } from "../case/case-id.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type {
  ProjectionChange,
  ProjectionRow,
  ProjectionStore,
} from "../ports/projection-store.ts";
import type { RuledCase } from "../projections/projection.ts";
import { changesOf } from "../projections/projection.ts";
import { projectionFingerprint, projections } from "../projections/registry.ts";
import { foldCase } from "./history-of-case.ts";
import type { Reader } from "./reader.ts";
import { casesOf, rowsOf, rulebookOf } from "./reader.ts";

/** A row or tally that is not what the log says. */
export type ProjectionDifference = Readonly<{
  projection: string;
  /** The case of a row, null for a tally. */
  case: CaseId | null;
  key: string;
  kind: "missing" | "surplus" | "changed";
  /** What is stored and what the log says: a count, or the members of a row that differ; null where there is none. */
  recorded: string | null;
  expected: string | null;
}>;

export type ProjectionCheck = Readonly<{
  /** False where the stored ones are another version's: nobody reads them, and nothing is compared. */
  areRead: boolean;
  rows: number;
  tallies: number;
  /** The first differences; `count` counts all. */
  differences: readonly ProjectionDifference[];
  count: number;
}>;

/** Differences that are listed where nobody asks for more. */
const listedByDefault = 20;

/** What the log says the projections are, one case at a time. */
async function* freshChanges(reader: Reader): AsyncGenerator<readonly ProjectionChange[]> {
  for await (const { id, events } of casesOf(reader.store)) {
    const changes = changesOfCase(reader, id, events);
    if (changes.length > 0) yield changes;
  }
}

/** What the events of one case do, where those before `from` have been counted. */
const changesOfCase = (
  reader: Reader,
  id: CaseId,
  events: readonly RecordedEvent[],
  from = 0,
): readonly ProjectionChange[] => {
  const after = ruledCase(reader, id, events);
  if (after === null) return [];
  const counted = events.filter(({ globalPosition }) => globalPosition < from);
  const before = ruledCase(reader, id, counted);
  return changesOf(projections, id, before, after);
};

const ruledCase = (
  reader: Reader,
  id: CaseId,
  events: readonly RecordedEvent[],
): RuledCase | null => {
  const state = foldCase(id, events);
  return state === null ? null : { state, rulebook: rulebookOf(reader, state) };
};

/** Told now and then how many of the log's events have been read. */
export type RebuildProgress = (done: number, of: number) => void;

/**
 * Makes all projections anew from the log, while others read and record.
 * @param now the casebook as it is when it is asked: rules may be adopted meanwhile
 */
export const rebuildProjections = (
  now: () => Promise<Reader>,
  store: Pick<ProjectionStore, "rebuild">,
  onProgress?: RebuildProgress,
): Promise<void> =>
  store.rebuild(projectionFingerprint, async function* (from, to) {
    const reader = await now();
    let done = from;
    for await (const { id, events } of casesBetween(reader, from, to)) {
      yield changesOfCase(reader, id, events, from);
      done += events.length;
      if (from === 0) onProgress?.(Math.min(done, to), to);
    }
  });

/** Events that are looked through at a time for the cases that they belong to. */
const pageSize = 1000;

/** Each case that has events at these positions, with its events before `to`. */
async function* casesBetween(
  { store }: Reader,
  from: number,
  to: number,
): ReturnType<typeof casesOf> {
  const before = (events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
    events.filter(({ globalPosition }) => globalPosition < to);
  if (from === 0) {
    for await (const { id, events } of casesOf(store)) yield { id, events: before(events) };
    return;
  }
  const ids = new Set<CaseId>();
  for (let after = from - 1; after < to - 1;) {
    const page = await store.readAll({ after, limit: Math.min(pageSize, to - 1 - after) });
    for (const { stream } of page) if (stream !== null) ids.add(stream);
    if (page.length === 0) break;
    after += page.length;
  }
  for (const id of ids) yield { id, events: before(await store.readStream(id)) };
}

/**
 * Compares every stored row and tally with a fresh fold; of a snapshot, or what is recorded meanwhile differs.
 * @param listedMax how many differences are listed
 */
export const checkProjections = async (
  reader: Reader,
  listedMax: number = listedByDefault,
): Promise<ProjectionCheck> => {
  if (!reader.hasProjections) {
    return { areRead: false, rows: 0, tallies: 0, differences: [], count: 0 };
  }
  const differences: ProjectionDifference[] = [];
  let count = 0;
  let rows = 0;
  const differs = (difference: ProjectionDifference): void => {
    count += 1;
    if (differences.length < listedMax) differences.push(difference);
  };
  const tallies = new Map<string, number>();
  const expectedRows = new Map<string, number>();
  for await (const changes of freshChanges(reader)) {
    for (const change of changes) {
      if (!("add" in change)) continue;
      const name = `${change.projection}\n${change.add.key}`;
      tallies.set(name, (tallies.get(name) ?? 0) + change.add.count);
    }
    const { found, differences: ofCase } = await compareRows(reader, changes);
    for (const difference of ofCase) differs(difference);
    for (const [name, number] of found) {
      rows += number;
      expectedRows.set(name, (expectedRows.get(name) ?? 0) + number);
    }
  }
  for (const { name } of projections) {
    // rows of cases that the log does not hold
    let stored = 0;
    for await (const _row of rowsOf(reader, { projection: name })) stored += 1;
    const surplus = stored - (expectedRows.get(name) ?? 0);
    for (let index = 0; index < surplus; index += 1) {
      differs({ projection: name, case: null, key: "", kind: "surplus", ...notCompared });
    }
    for (const { key, count: found } of await reader.store.tallies(name)) {
      const full = `${name}\n${key}`;
      const wanted = tallies.get(full) ?? 0;
      tallies.delete(full);
      if (wanted === found) continue;
      const kind = wanted === 0 ? "surplus" : "changed";
      const [recorded, expected] = [String(found), String(wanted)];
      differs({ projection: name, case: null, key, kind, recorded, expected });
    }
  }
  for (const [full, wanted] of tallies) {
    if (wanted === 0) continue;
    const [projection = "", key = ""] = full.split("\n");
    const [recorded, expected] = ["0", String(wanted)];
    differs({ projection, case: null, key, kind: "missing", recorded, expected });
  }
  const stored = await Promise.all(projections.map(({ name }) => reader.store.tallies(name)));
  return { areRead: true, rows, tallies: stored.flat().length, differences, count };
};

/** The stored rows of one case against a fresh fold of it. */
export const checkRowsOfCase = async (
  reader: Reader,
  id: CaseId,
  events: readonly RecordedEvent[],
): Promise<Readonly<{ rows: number; differences: readonly ProjectionDifference[] }>> => {
  const { found, differences } = await compareRows(reader, changesOfCase(reader, id, events));
  return { rows: [...found.values()].reduce((sum, number) => sum + number, 0), differences };
};

const notCompared = { recorded: null, expected: null };

/** Compares the rows of the case that fresh changes are of; `found` are the stored ones by projection. */
const compareRows = async (
  reader: Reader,
  changes: readonly ProjectionChange[],
): Promise<
  Readonly<{ found: ReadonlyMap<string, number>; differences: readonly ProjectionDifference[] }>
> => {
  const found = new Map<string, number>();
  const differences: ProjectionDifference[] = [];
  const expected = new Map(
    changes.flatMap((change) =>
      "put" in change ? [[`${change.projection}\n${change.put.key}`, change.put] as const] : [],
    ),
  );
  const [stream] = [...expected.values()].map((row) => row.stream);
  if (stream === undefined) return { found, differences };
  for (const { name } of projections) {
    for await (const row of rowsOf(reader, { projection: name, stream })) {
      found.set(name, (found.get(name) ?? 0) + 1);
      const { key } = row;
      const wanted = expected.get(`${name}\n${key}`);
      expected.delete(`${name}\n${key}`);
      const about = { projection: name, case: stream, key };
      if (wanted === undefined) differences.push({ ...about, kind: "surplus", ...notCompared });
      else if (canonicalJson(wanted) !== canonicalJson(row)) {
        const [recorded, ought] = differingMembers(row, wanted);
        differences.push({ ...about, kind: "changed", recorded, expected: ought });
      }
    }
  }
  for (const name of expected.keys()) {
    const [projection = "", key = ""] = name.split("\n");
    differences.push({ projection, case: stream, key, kind: "missing", ...notCompared });
  }
  return { found, differences };
};

/** The members of two rows that are not the same, each side as canonical JSON. */
const differingMembers = (row: ProjectionRow, wanted: ProjectionRow): [string, string] => {
  const [stored, fresh] = [row, wanted].map(
    ({ sort, body }): Readonly<Record<string, unknown>> => ({ sort, ...body }),
  ) as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  const names = [...new Set([...Object.keys(stored), ...Object.keys(fresh)])].filter(
    (name) => canonicalJson(stored[name] ?? null) !== canonicalJson(fresh[name] ?? null),
  );
  const only = (of: Readonly<Record<string, unknown>>): string =>
    canonicalJson(Object.fromEntries(names.map((name) => [name, of[name] ?? null])));
  return [only(stored), only(fresh)];
};
