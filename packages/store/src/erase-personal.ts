/**
 * @module erase-personal — erases personal values from the table and from the bytes of the file.
 *
 * A deleted row alone would leave its value in free pages; and pages that the table's tree has split
 * may hold old copies of rows that are still there. So the whole table is written anew, with the bytes of
 * what it gives up overwritten. The write-ahead log still has them until it is emptied.
 */
import type { Connection } from "./connection.ts";
import { statement } from "./statement.ts";

/** Erases the values behind these seals, in the transaction that is open. */
export const erasePersonal = (connection: Connection, seals: readonly string[]): void => {
  // the kept rows stay in memory: a temporary file would be one more place that holds them
  connection.execute("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
  for (const seal of seals) connection.run(deletePersonal, { seal });
  connection.execute(`
CREATE TEMP TABLE kept_personal AS SELECT seal, salt, value FROM personal;
DELETE FROM personal;
INSERT INTO personal SELECT seal, salt, value FROM kept_personal ORDER BY seal;
DROP TABLE kept_personal`);
};

/**
 * Moves the write-ahead log into the file and empties it. Not worth waiting for readers: the next close does it,
 * and so does the next erasing.
 */
export const emptyWriteAheadLog = (connection: Connection): void => {
  try {
    connection.pragma("wal_checkpoint(TRUNCATE)");
  } catch {
    // Nothing is lost: what was acknowledged is on the disk, and the next opening reads it there.
  }
};

const deletePersonal = statement("deletePersonal", ({ tables }, given: { seal: string }) =>
  tables.deleteFrom("personal").where("seal", "=", given.seal),
);
