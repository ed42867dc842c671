/**
 * @module projection-rebuild — replaces all projections by what a reading of the log gives, while others
 * read and write.
 *
 * The new rows are made in temporary tables of a connection of its own, which nobody else sees and which
 * are gone with it, also when the process is killed. What is recorded meanwhile is made up for in ever
 * shorter rounds; the last one, and the exchange of the rows, are one transaction that excludes writers.
 */
import { setImmediate } from "node:timers/promises";
import type { Refold } from "@wuding/engine";
import type { Connection } from "./connection.ts";
import { migrations, schemaOf } from "./migrations.ts";
import type { GatheredChanges } from "./projection-changes.ts";
import { gather, noChanges, writeChanges } from "./projection-changes.ts";
import { statement } from "./statement.ts";

/** Rows gathered before they are written: bounds the memory, and spares most rewriting of a row. */
const gatheredMax = 2000;

/** So many events are left to the round that keeps writers waiting. */
const lastEventsMax = 200;
/** Where others write faster than this reads, it ends all the same. */
const roundsMax = 20;

export type Rebuild = Readonly<{
  /** To the file, for this alone: a name without its database means the temporary table there. */
  own: Connection;
  version: string;
  refold: Refold;
  /** Events in the log now. */
  size: () => number;
  /** Runs what excludes the other writers of this process. */
  alone: (work: () => Promise<void>) => Promise<void>;
}>;

export const rebuildProjections = async (rebuild: Rebuild): Promise<void> => {
  const { own, version, size, alone } = rebuild;
  own.execute(temporaryTables.join(";"));
  let done = size();
  await foldInto(rebuild, 0, done);
  for (let round = 0; round < roundsMax && size() - done > lastEventsMax; round += 1) {
    const until = size();
    await foldInto(rebuild, done, until);
    done = until;
  }
  own.execute(compare);
  await alone(async () => {
    await own.beginMeanwhile();
    try {
      const until = size();
      if (until > done) await foldInto(rebuild, done, until, writeChanges);
      // every case that has moved since the last round is looked at again
      own.execute(exchangeSince(done));
      own.run(deleteVersion);
      own.run(insertVersion, { version });
      own.commit();
    } catch (error) {
      own.rollback();
      throw error;
    }
  });
};

/** Writes what the events of a stretch of the log do into the temporary tables. */
const foldInto = async (
  { own, refold }: Rebuild,
  from: number,
  to: number,
  write: Write = writeTogether,
): Promise<void> => {
  const gathered = noChanges();
  for await (const some of refold(from, to)) {
    gather(gathered, some);
    if (gathered.rows.size + gathered.tallies.size <= gatheredMax) continue;
    write(own, gathered);
    // whoever else is served by this process has a turn
    await setImmediate();
  }
  write(own, gathered);
};

type Write = (own: Connection, gathered: GatheredChanges) => void;

/** In one transaction, which costs a fraction of one for each row; on temporary tables it keeps nobody out. */
const writeTogether: Write = (own, gathered) => {
  own.beginReading();
  writeChanges(own, gathered);
  own.commit();
};

const temporaryTables = ["projection_row", "projection_tally"].map((table) => {
  const start = `CREATE TABLE ${table}(`;
  const text = schemaOf(migrations.length).find((part) => part.startsWith(start));
  if (text === undefined) throw new TypeError(`no step makes ${table}`);
  return text.replace("CREATE TABLE", "CREATE TEMP TABLE");
});

const sameRow = (one: string, other: string): string =>
  ["stream", "projection", "key"].map((name) => `${one}.${name} = ${other}.${name}`).join(" AND ");

/** The names of the rows that are not what they should be, found while others still write. */
const compare = `
CREATE TEMP TABLE differing AS
SELECT stream, projection, key FROM main.projection_row AS old
  WHERE NOT EXISTS (SELECT 1 FROM temp.projection_row AS fresh
    WHERE ${sameRow("fresh", "old")} AND fresh.sort = old.sort AND fresh.body = old.body)
UNION ALL SELECT stream, projection, key FROM temp.projection_row AS fresh
  WHERE NOT EXISTS (SELECT 1 FROM main.projection_row AS old WHERE ${sameRow("fresh", "old")})`;

/**
 * Writes the rows that differ: those that were found, and those of cases that have moved since.
 * Writers wait as long as the difference is large, and no longer.
 */
const exchangeSince = (position: number): string => {
  const moved = `stream IN (SELECT case_id FROM main.event WHERE seq >= ${position})`;
  return `
INSERT INTO temp.differing SELECT stream, projection, key FROM temp.projection_row WHERE ${moved};
INSERT INTO temp.differing SELECT stream, projection, key FROM main.projection_row WHERE ${moved};
DELETE FROM main.projection_row AS old
  WHERE (stream, projection, key) IN (SELECT stream, projection, key FROM temp.differing)
  AND NOT EXISTS (SELECT 1 FROM temp.projection_row AS fresh WHERE ${sameRow("fresh", "old")});
INSERT INTO main.projection_row(stream, projection, key, sort, body)
  SELECT fresh.stream, fresh.projection, fresh.key, fresh.sort, fresh.body
  FROM temp.differing AS named CROSS JOIN temp.projection_row AS fresh ON ${sameRow("fresh", "named")}
  WHERE true ON CONFLICT(stream, projection, key) DO UPDATE SET sort = excluded.sort, body = excluded.body
  WHERE sort <> excluded.sort OR body <> excluded.body;
DELETE FROM main.projection_tally AS old WHERE NOT EXISTS (SELECT 1 FROM temp.projection_tally AS fresh
  WHERE fresh.projection = old.projection AND fresh.key = old.key);
INSERT INTO main.projection_tally SELECT * FROM temp.projection_tally WHERE true
  ON CONFLICT(projection, key) DO UPDATE SET count = excluded.count WHERE count <> excluded.count`;
};

const deleteVersion = statement("deleteVersion", ({ tables }) =>
  tables.deleteFrom("projection_meta"),
);
const insertVersion = statement("insertVersion", ({ tables }, given: { version: string }) =>
  tables.insertInto("projection_meta").values({ version: given.version }),
);
