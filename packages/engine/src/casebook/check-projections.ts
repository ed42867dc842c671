/** @module check-projections — the stored projections against a fresh fold of the log, and their rebuild. */
import type { CaseId } from "../case/case-id.ts";
import { canonicalJson } from "../log/canonical-json.ts";
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
}>;

export type ProjectionCheck = Readonly<{
  rows: number;
  tallies: number;
  /** The first differences; `count` counts all. */
  differences: readonly ProjectionDifference[];
  count: number;
}>;

const listedMax = 20;

/** What the log says the projections are, one case at a time. */
async function* freshChanges(reader: Reader): AsyncGenerator<readonly ProjectionChange[]> {
  for await (const { id, events } of casesOf(reader.store)) {
    const state = foldCase(id, events);
    if (state === null) continue;
    const rulebook = rulebookOf(reader, state);
    const ruled = { state, rulebook };
    yield projections.flatMap((projection) => changesOf(projection, id, null, ruled));
  }
}

/** Makes all projections anew from the log. */
export const rebuildProjections = (
  reader: Reader,
  store: Pick<ProjectionStore, "rebuild">,
): Promise<void> => store.rebuild(projectionFingerprint, freshChanges(reader));

/** Compares every stored row and tally with a fresh fold; of a snapshot, or what is recorded meanwhile differs. */
export const checkProjections = async (reader: Reader): Promise<ProjectionCheck> => {
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
    const expected = new Map<string, ProjectionRow>();
    for (const change of changes) {
      if ("put" in change) expected.set(`${change.projection}\n${change.put.key}`, change.put);
      if ("add" in change) {
        const name = `${change.projection}\n${change.add.key}`;
        tallies.set(name, (tallies.get(name) ?? 0) + change.add.count);
      }
    }
    const [stream] = [...expected.values()].map((row) => row.stream);
    if (stream === undefined) continue;
    for (const { name } of projections) {
      let found = 0;
      for await (const row of rowsOf(reader, { projection: name, stream })) {
        found += 1;
        const wanted = expected.get(`${name}\n${row.key}`);
        expected.delete(`${name}\n${row.key}`);
        if (wanted === undefined) {
          differs({ projection: name, case: stream, key: row.key, kind: "surplus" });
        } else if (canonicalJson(wanted) !== canonicalJson(row)) {
          differs({ projection: name, case: stream, key: row.key, kind: "changed" });
        }
      }
      rows += found;
      expectedRows.set(name, (expectedRows.get(name) ?? 0) + found);
    }
    for (const name of expected.keys()) {
      const [projection = "", key = ""] = name.split("\n");
      differs({ projection, case: stream, key, kind: "missing" });
    }
  }
  for (const { name } of projections) {
    // rows of cases that the log does not hold
    let stored = 0;
    for await (const _row of rowsOf(reader, { projection: name })) stored += 1;
    const surplus = stored - (expectedRows.get(name) ?? 0);
    for (let index = 0; index < surplus; index += 1) {
      differs({ projection: name, case: null, key: "", kind: "surplus" });
    }
    for (const { key, count: found } of await reader.store.tallies(name)) {
      const full = `${name}\n${key}`;
      const wanted = tallies.get(full) ?? 0;
      tallies.delete(full);
      if (wanted !== found) {
        differs({ projection: name, case: null, key, kind: wanted === 0 ? "surplus" : "changed" });
      }
    }
  }
  const talliesLeft = [...tallies].filter(([, wanted]) => wanted !== 0);
  for (const [full] of talliesLeft) {
    const [projection = "", key = ""] = full.split("\n");
    differs({ projection, case: null, key, kind: "missing" });
  }
  const stored = await Promise.all(projections.map(({ name }) => reader.store.tallies(name)));
  return { rows, tallies: stored.flat().length, differences, count };
};
