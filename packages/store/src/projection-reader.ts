/** @module projection-reader — reads the rows and counters of the projections. */
import type { ProjectionReader, ProjectionRow, RowQuery, Tally } from "@wuding/engine";
import type { Connection } from "./connection.ts";
import { altered } from "./faults.ts";
import type { Statement, StatementName } from "./statement.ts";
import { statement } from "./statement.ts";
import { readable } from "./typed-row.ts";

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

/** The reading part of the port over one connection. */
export const projectionReader = (connection: Connection): ProjectionReader => ({
  rows: async (query) => readRows(connection, query),
  tallies: async (projection) => readTallies(connection, projection),
  projectionVersion: async () => readVersion(connection),
});

/** Rows in order of sort, stream, key. */
const readRows = (connection: Connection, query: RowQuery): ProjectionRow[] => {
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
  const last = rows.length === limit ? rows.at(-1) : undefined;
  if (last !== undefined) for (const name of [last.sort, last.stream, last.key]) readable(name);
  return rows.map((row) => ({ ...row, body: bodyOf(row) }));
};

/** Projections are not proven by any hash: one that was damaged must not pass for a bug. */
const bodyOf = ({ body }: StoredRow): object => {
  try {
    return JSON.parse(body) as object;
  } catch (cause) {
    throw altered("ALTERED", unreadable, null, cause);
  }
};

const unreadable = {
  zh: "有一行汇总数据无法读取",
  en: "a row of a projection cannot be read",
};

/** Counters that are not zero, in order of key. */
const readTallies = (connection: Connection, projection: string): Tally[] =>
  connection.all(talliesOf, { projection });

const readVersion = (connection: Connection): string | null =>
  connection.get(versionOfRows)?.version ?? null;

const conditions = ["stream", "sortFrom", "sortTo", "after"] as const;
type Condition = (typeof conditions)[number];

const rowsWhere = (has: ReadonlySet<Condition>): Statement<RowGaps, StoredRow> => {
  const name = ["rows", ...has].join("_") as StatementName;
  return statement(name, ({ tables, sql }, given: RowGaps) => {
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
};

/** One statement for each combination of conditions, so that each one uses its index. */
const rowStatements = Array.from({ length: 2 ** conditions.length }, (_none, combination) =>
  rowsWhere(new Set(conditions.filter((_name, bit) => (combination >> bit) % 2 === 1))),
);

const rowsLike = (query: RowQuery): Statement<RowGaps, StoredRow> => {
  const bits = conditions.map((name, bit) => (query[name] === undefined ? 0 : 2 ** bit));
  return rowStatements[bits.reduce((sum, bit) => sum + bit)] as Statement<RowGaps, StoredRow>;
};

const talliesOf = statement("talliesOf", ({ tables }, given: { projection: string }) =>
  tables
    .selectFrom("projection_tally")
    .select(["key", "count"])
    .where("projection", "=", given.projection)
    .orderBy("key"),
);

const versionOfRows = statement("versionOfRows", ({ tables }) =>
  tables.selectFrom("projection_meta").select("version"),
);
