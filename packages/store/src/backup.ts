/** @module backup — a consistent copy of a casebook while others write to it. */
import { closeSync, existsSync, fsyncSync, openSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, resolve } from "node:path";
import { EngineError } from "@wuding/engine";
import { openCasebookFile } from "./casebook-file.ts";
import { refusalOf } from "./faults.ts";
import { discard, publishFile } from "./write-durably.ts";

/**
 * Copies a casebook as it is at one moment into one file, which opens on read-only media too. It bears its
 * name only once `verify` has been content with it.
 * @param verify is given the name of the copy before it has its own, and throws when something is wrong
 * @throws EngineError `FILE_EXISTS`, `NOT_FOUND`, `STORE_UNAVAILABLE`, and what `verify` throws
 */
export const backUpCasebook = async (
  file: string,
  target: string,
  verify: (copy: string) => Promise<void>,
): Promise<void> => {
  const path = resolve(target);
  if (existsSync(path)) throw new EngineError("FILE_EXISTS", { file: target });
  const unfinished = resolve(dirname(path), `.wuding-${randomUUID()}.new`);
  try {
    copyCasebook(file, target, unfinished);
    await verify(unfinished);
    if (!publishFile(unfinished, path)) throw new EngineError("FILE_EXISTS", { file: target });
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) discard(unfinished + suffix);
  }
};

/**
 * A copy of a casebook as it is at one moment, on the disk when this returns, without a write-ahead log.
 * @param target what refusals call the copy, whose name `unfinished` is not for people
 * @throws EngineError as opening the casebook does, and `STORE_UNAVAILABLE`
 */
export const copyCasebook = (file: string, target: string, unfinished: string): void => {
  try {
    // made first, so that it is never readable for others; SQLite takes an empty file for a new one
    closeSync(openSync(unfinished, "wx", 0o600));
  } catch (error) {
    throw refusalOf(error, target);
  }
  const connection = openCasebookFile(file, { readOnly: true, busyTimeoutMs: 15_000 });
  try {
    connection.execute(`VACUUM INTO '${unfinished.replaceAll("'", "''")}'`);
  } finally {
    connection.close();
  }
  const handle = openSync(unfinished, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
