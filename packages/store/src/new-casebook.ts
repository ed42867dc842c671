/**
 * @module new-casebook — makes a casebook file, readable and writable by its owner alone.
 *
 * It is made under another name and linked to its own when it is complete: whatever happens in
 * between, a file of that name is a whole casebook. SQLite gives `-wal` and `-shm` the mode of the file.
 */
import { randomUUID } from "node:crypto";
import { closeSync, openSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { connect, migrate } from "./casebook-file.ts";
import { refusalOf, unavailable } from "./faults.ts";
import { applySettings } from "./settings.ts";
import { publishFile } from "./write-durably.ts";

/**
 * Makes an empty casebook where no file is; one that appears in the meantime stays as it is.
 * @throws EngineError `STORE_UNAVAILABLE` when the folder is missing, read-only or full
 */
export const makeCasebookFile = (file: string): void => {
  const unfinished = resolve(dirname(file), `.wuding-${randomUUID()}.new`);
  try {
    closeSync(openSync(unfinished, "wx", 0o600));
    writeEmptyCasebook(file, unfinished);
    // one that appeared in the meantime stays as it is
    publishFile(unfinished, resolve(file));
  } catch (error) {
    throw refusalOf(error, file);
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(unfinished + suffix, { force: true });
  }
};

const writeEmptyCasebook = (file: string, path: string): void => {
  const connection = connect(file, { readOnly: false, busyTimeoutMs: 0 }, path);
  try {
    applySettings(connection);
    if (connection.pragma("journal_mode = WAL") !== "wal") throw unavailable(file, "noWal");
    migrate(connection);
  } finally {
    connection.close();
  }
};
