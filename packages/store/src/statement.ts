/**
 * @module statement — SQL that Kysely types and writes, and better-sqlite3 runs.
 *
 * A statement is a query with named gaps. Its text is not compiled at every start, which would cost
 * more than most commands: `npm run statements` has Kysely write all texts into
 * `compiled-statements.ts`, and a test compiles them again and compares. Only Kysely's types are here.
 */
import type { CompiledQuery, Kysely, sql } from "kysely";
import { compiledStatements } from "./compiled-statements.ts";
import type { Tables } from "./tables.ts";

/** What a query is written with: Kysely over our tables, and its template for plain SQL. */
export type Pen = Readonly<{ tables: Kysely<Tables>; sql: typeof sql }>;

/** Every query builder of Kysely; a `sql` template wants the builder to compile itself. */
type Written<Row> = Readonly<{ compile: (tables: Kysely<Tables>) => CompiledQuery<Row> }>;

export type StatementName = keyof typeof compiledStatements;

/** A query that wants `Given` and yields rows of `Row`. `Given` is unknown when it has no gap. */
export type Statement<Given, Row> = Readonly<{
  /** With `:name` for the gap of that name. */
  text: string;
  /** Only a type: what is wanted and what comes back. */
  shape?: (given: Given) => Row;
}>;

type Query = (pen: Pen, gaps: never) => Written<unknown>;

const queries = new Map<StatementName, Query>();

/** How each statement was written, for the test that compiles them. */
export const writtenStatements: ReadonlyMap<StatementName, Query> = queries;

/** A statement from a query; `given.name` leaves a gap of that name. */
export const statement = <Given, Row>(
  name: StatementName,
  write: (pen: Pen, given: Given) => Written<Row>,
): Statement<Given, Row> => {
  if (queries.has(name)) throw new TypeError(`two statements are called ${name}`);
  queries.set(name, write);
  return { text: compiledStatements[name] };
};
