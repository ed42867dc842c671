/**
 * @module statements.test — the SQL that runs is the SQL that Kysely writes.
 *
 * `npm run statements` writes `compiled-statements.ts` anew; here every query is compiled again and
 * compared, so that neither a changed query nor a new release of Kysely can go unnoticed.
 */
import {
  DummyDriver,
  Kysely,
  sql,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { describe, expect, it } from "vitest";
// every statement is in a file that this one reaches
import "../src/index.ts";
import { compiledStatements } from "../src/compiled-statements.ts";
import { writtenStatements } from "../src/statement.ts";
import type { Tables } from "../src/tables.ts";

class Gap {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Writes `:name` for the gap of that name, where Kysely writes `?`. */
class CompilerWithGaps extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (!(value instanceof Gap))
      throw new TypeError(`the value ${String(value)} where a gap belongs`);
    this.append(`:${value.name}`);
  }
}

const tables = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new CompilerWithGaps(),
  },
});

// every member of this object is the gap of that name
const gaps = new Proxy({}, { get: (_target, name) => new Gap(String(name)) });

const compiled = [...writtenStatements]
  .map(([name, write]) => ({
    name,
    text: write({ tables, sql }, gaps as never).compile(tables as Kysely<unknown>).sql,
  }))
  .toSorted((one, other) => (one.name < other.name ? -1 : 1));

describe("the statements", () => {
  it("are compiled as they are written", async () => {
    const file = [
      "/**",
      " * @module compiled-statements — the SQL of every statement, as Kysely compiles it.",
      " *",
      " * `npm run statements` writes this file; nobody else does. `:name` is a gap.",
      " */",
      "export const compiledStatements = {",
      ...compiled.map(({ name, text }) => `  ${name}: \`${text}\`,`),
      "} as const;",
      "",
    ].join("\n");
    await expect(file).toMatchFileSnapshot("../src/compiled-statements.ts");
  });

  it("have names of their own, and none is left that nobody wrote", () => {
    expect(Object.keys(compiledStatements)).toEqual(compiled.map(({ name }) => name));
  });
});
