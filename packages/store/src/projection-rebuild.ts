/**
 * @module projection-rebuild — replaces all projections by what a reading of the log gives.
 *
 * It runs on a connection of its own: readers keep the old rows until the new ones are complete. Its
 * transaction excludes writers, so that no event is recorded that the new rows do not know.
 */
import type { ProjectionChange } from "@wuding/engine";
import type { Connection } from "./connection.ts";
import { gather, noChanges, writeChanges } from "./projection-changes.ts";
import { statement } from "./statement.ts";

/** Rows gathered before they are written: bounds the memory, and spares most rewriting of a row. */
const gatheredMax = 20_000;

export const rebuildProjections = async (
  connection: Connection,
  version: string,
  changes: AsyncIterable<readonly ProjectionChange[]>,
): Promise<void> => {
  connection.begin();
  try {
    for (const emptied of [deleteRows, deleteTallies, deleteVersion]) connection.run(emptied);
    const gathered = noChanges();
    for await (const some of changes) {
      gather(gathered, some);
      const count = gathered.rows.size + gathered.tallies.size;
      if (count > gatheredMax) writeChanges(connection, gathered);
    }
    writeChanges(connection, gathered);
    connection.run(insertVersion, { version });
    connection.commit();
  } catch (error) {
    connection.rollback();
    throw error;
  }
};

const deleteRows = statement("deleteRows", ({ tables }) => tables.deleteFrom("projection_row"));
const deleteTallies = statement("deleteTallies", ({ tables }) =>
  tables.deleteFrom("projection_tally"),
);
const deleteVersion = statement("deleteVersion", ({ tables }) =>
  tables.deleteFrom("projection_meta"),
);
const insertVersion = statement("insertVersion", ({ tables }, given: { version: string }) =>
  tables.insertInto("projection_meta").values({ version: given.version }),
);
