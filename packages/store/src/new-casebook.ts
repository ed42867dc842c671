/**
 * @module new-casebook — makes a casebook file, readable and writable by its owner alone.
 *
 * It is made under another name and linked to its own when it is complete: whatever happens in
 * between, a file of that name is a whole casebook. SQLite gives `-wal` and `-shm` the mode of the file.
 */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { connect, migrate } from "./casebook-file.ts";
import { codeOf, refusalOf, unavailable } from "./faults.ts";
import { applySettings } from "./settings.ts";

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

/**
 * Gives a complete, closed file its name, for good: the folder's entry is on the disk when this returns.
 * @returns false when there is a file of that name, which stays as it is
 * @throws EngineError `STORE_UNAVAILABLE`
 */
export const publishFile = (unfinished: string, file: string): boolean => {
  try {
    return named(unfinished, file);
  } catch (error) {
    throw refusalOf(error, file);
  }
};

const named = (unfinished: string, file: string): boolean => {
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    // Some file systems have no links; there the name could be taken in between.
    if (existsSync(file)) return false;
    renameSync(unfinished, file);
  }
  syncFolder(dirname(file));
  return true;
};

const syncFolder = (folder: string): void => {
  // Windows has no handle for a folder, and no need of one here.
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
