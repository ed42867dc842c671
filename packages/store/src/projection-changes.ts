/**
 * @module projection-changes — what appends do to the projections, gathered and written together.
 *
 * Of several changes to one row only the last is written, and of several additions to one counter only
 * the sum: the result is the same, in one write.
 */
import type { ProjectionChange } from "@wuding/engine";
import type { Connection } from "./connection.ts";
import { statement } from "./statement.ts";
import type { Tables } from "./tables.ts";

type RowChange = Extract<ProjectionChange, { put: unknown } | { remove: unknown }>;
type TallyChange = Readonly<{ projection: string; key: string; count: number }>;

/** Changes that have been gathered and not written yet. */
export type GatheredChanges = Readonly<{
  rows: Map<string, RowChange>;
  tallies: Map<string, TallyChange>;
}>;

export const noChanges = (): GatheredChanges => ({ rows: new Map(), tallies: new Map() });

/** Adds changes in the order in which they happened. */
export const gather = (into: GatheredChanges, changes: readonly ProjectionChange[]): void => {
  for (const change of changes) {
    if ("add" in change) {
      const { key, count } = change.add;
      const name = nameOf(change.projection, key);
      const before = into.tallies.get(name)?.count ?? 0;
      into.tallies.set(name, { projection: change.projection, key, count: before + count });
    } else {
      const { stream, key } = "put" in change ? change.put : change.remove;
      into.rows.set(nameOf(change.projection, stream, key), change);
    }
  }
};

/** Writes what was gathered and empties it. */
export const writeChanges = (connection: Connection, gathered: GatheredChanges): void => {
  for (const change of gathered.rows.values()) {
    const { projection } = change;
    if ("put" in change) {
      const { stream, key, sort, body } = change.put;
      const text = JSON.stringify(body);
      connection.run(putRow, { projection, stream, key, sort, body: text });
    } else {
      const { stream, key } = change.remove;
      connection.run(removeRow, { projection, stream, key });
    }
  }
  for (const { projection, key, count } of gathered.tallies.values()) {
    if (count === 0) continue;
    const now = connection.get(addToTally, { projection, key, count })?.count;
    if (now === 0) connection.run(removeTally, { projection, key });
  }
  gathered.rows.clear();
  gathered.tallies.clear();
};

// Length first: no name can then be read as two others.
const nameOf = (...parts: readonly string[]): string =>
  parts.map((part) => `${part.length}:${part}`).join("");

const putRow = statement("putRow", ({ tables }, given: Tables["projection_row"]) =>
  tables
    .insertInto("projection_row")
    .values({
      projection: given.projection,
      stream: given.stream,
      key: given.key,
      sort: given.sort,
      body: given.body,
    })
    .onConflict((row) =>
      row
        .columns(["projection", "stream", "key"])
        .doUpdateSet((old) => ({ sort: old.ref("excluded.sort"), body: old.ref("excluded.body") })),
    ),
);

const removeRow = statement(
  "removeRow",
  ({ tables }, given: { projection: string; stream: string; key: string }) =>
    tables
      .deleteFrom("projection_row")
      .where("projection", "=", given.projection)
      .where("stream", "=", given.stream)
      .where("key", "=", given.key),
);

const addToTally = statement("addToTally", ({ tables }, given: Tables["projection_tally"]) =>
  tables
    .insertInto("projection_tally")
    .values({ projection: given.projection, key: given.key, count: given.count })
    .onConflict((row) =>
      row.columns(["projection", "key"]).doUpdateSet((old) => ({
        count: old("projection_tally.count", "+", old.ref("excluded.count")),
      })),
    )
    .returning("count"),
);

const removeTally = statement(
  "removeTally",
  ({ tables }, given: { projection: string; key: string }) =>
    tables
      .deleteFrom("projection_tally")
      .where("projection", "=", given.projection)
      .where("key", "=", given.key),
);
