/** @module check-projections — the stored projections against a fresh fold of the log, and their rebuild. */
import type { CaseId } from "../case/case-id.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type {
  ProjectionChange,
  ProjectionRow,
  ProjectionStore,
} from "../ports/projection-store.ts";
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

const changesOfCase = (
  reader: Reader,
  id: CaseId,
  events: readonly RecordedEvent[],
): readonly ProjectionChange[] => {
  const state = foldCase(id, events);
  if (state === null) return [];
  const rulebook = rulebookOf(reader, state);
  const ruled = { state, rulebook };
  return changesOf(projections, id, null, ruled);
};

/** Makes all projections anew from the log. */
export const rebuildProjections = (
  reader: Reader,
  store: Pick<ProjectionStore, "rebuild">,
): Promise<void> => store.rebuild(projectionFingerprint, freshChanges(reader));

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
