/**
 * @module statement — SQL that Kysely types and writes and better-sqlite3 runs.
 *
 * A statement is written once as a query with named gaps, compiled when it is first needed (a command
 * line that reads one case compiles one query) and prepared once per connection. Kysely never runs it.
 */
import type { CompiledQuery } from "kysely";
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Tables } from "./tables.ts";

/** Kysely over our tables; what a query begins with. */
export type QueryBuilder = Kysely<Tables>;

/** Text with `?` for each gap, and the names of the gaps in the order of the question marks. */
type CompiledStatement = Readonly<{ text: string; names: readonly string[] }>;

/** A query that wants `Given` and yields rows of `Row`. `Given` is unknown when it has no gap. */
export type Statement<Given, Row> = Readonly<{
  compiled: () => CompiledStatement;
  /** Only a type: what is wanted and what comes back. */
  shape?: (given: Given) => Row;
}>;

class Gap {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

// Every member of this object is the gap of that name; the query builder takes it for the value.
const gaps = new Proxy({}, { get: (_target, name) => new Gap(String(name)) });

let tables: QueryBuilder | undefined;
const queryBuilder = (): QueryBuilder =>
  (tables ??= new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new SqliteIntrospector(database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }));

/** Every query builder of Kysely; a `sql` template wants the builder to compile itself. */
type Written<Row> = Readonly<{ compile: (tables: QueryBuilder) => CompiledQuery<Row> }>;

const nameOf = (parameter: unknown): string => {
  if (parameter instanceof Gap) return parameter.name;
  throw new TypeError(`a statement holds the value ${String(parameter)} where a gap belongs`);
};

/** A statement from a query; `given.name` leaves a gap of that name. Nothing is compiled yet. */
export const statement = <Given, Row>(
  write: (tables: QueryBuilder, given: Given) => Written<Row>,
): Statement<Given, Row> => {
  let compiled: CompiledStatement | undefined;
  const compile = (): CompiledStatement => {
    const builder = queryBuilder();
    const { sql: text, parameters } = write(builder, gaps as Given).compile(builder);
    return { text, names: parameters.map(nameOf) };
  };
  return { compiled: () => (compiled ??= compile()) };
};
