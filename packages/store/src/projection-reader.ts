/** @module projection-reader — reads the rows and counters of the projections. */
import type { ProjectionRow, RowQuery, Tally } from "@wuding/engine";
import { sql } from "kysely";
import type { Connection } from "./connection.ts";
import type { Statement } from "./statement.ts";
import { statement } from "./statement.ts";

/** Every gap that a query for rows can have. */
type RowGaps = Readonly<{
  projection: string;
  stream: string | undefined;
  sortFrom: string | undefined;
  sortTo: string | undefined;
  afterSort: string | undefined;
  afterStream: string | undefined;
  afterKey: string | undefined;
  limit: number;
}>;

type StoredRow = Readonly<{ stream: string; key: string; sort: string; body: string }>;

/** Rows in order of sort, stream, key. */
export const readRows = (connection: Connection, query: RowQuery): ProjectionRow[] => {
  const { projection, stream, sortFrom, sortTo, after, limit } = query;
  const rows = connection.all(rowsLike(query), {
    projection,
    stream,
    sortFrom,
    sortTo,
    afterSort: after?.sort,
    afterStream: after?.stream,
    afterKey: after?.key,
    limit,
  });
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as object }));
};

/** Counters that are not zero, in order of key. */
export const readTallies = (connection: Connection, projection: string): Tally[] =>
  connection.all(talliesOf, { projection });

export const readVersion = (connection: Connection): string | null =>
  connection.get(versionOfRows)?.version ?? null;

const statements = new Map<string, Statement<RowGaps, StoredRow>>();

/** One statement for each combination of conditions, so that each one uses its index. */
const rowsLike = (query: RowQuery): Statement<RowGaps, StoredRow> => {
  const has = (["stream", "sortFrom", "sortTo", "after"] as const).filter(
    (name) => query[name] !== undefined,
  );
  const name = has.join();
  const known = statements.get(name);
  if (known !== undefined) return known;
  const made = rowsWhere(new Set(has));
  statements.set(name, made);
  return made;
};

const rowsWhere = (
  has: ReadonlySet<"stream" | "sortFrom" | "sortTo" | "after">,
): Statement<RowGaps, StoredRow> =>
  statement((tables, given: RowGaps) => {
    // The plus hides the column from the index by sort, which would read every other stream's rows too.
    const sort = has.has("stream") ? sql<string>`+sort` : sql<string>`sort`;
    const after = sql`(${given.afterSort}, ${given.afterStream}, ${given.afterKey})`;
    return tables
      .selectFrom("projection_row")
      .select(["stream", "key", "sort", "body"])
      .where("projection", "=", given.projection)
      .$if(has.has("stream"), (rows) => rows.where("stream", "=", sql<string>`${given.stream}`))
      .$if(has.has("sortFrom"), (rows) => rows.where(sort, ">=", sql<string>`${given.sortFrom}`))
      .$if(has.has("sortTo"), (rows) => rows.where(sort, "<=", sql<string>`${given.sortTo}`))
      .$if(has.has("after"), (rows) => rows.where(sql<boolean>`(${sort}, stream, key) > ${after}`))
      .orderBy(sort)
      .orderBy("stream")
      .orderBy("key")
      .limit(given.limit);
  });

const talliesOf = statement((tables, given: { projection: string }) =>
  tables
    .selectFrom("projection_tally")
    .select(["key", "count"])
    .where("projection", "=", given.projection)
    .orderBy("key"),
);

const versionOfRows = statement((tables) => tables.selectFrom("projection_meta").select("version"));
