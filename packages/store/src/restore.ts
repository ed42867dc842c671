/**
 * @module restore — puts a verified copy of a backup in the place of a casebook.
 *
 * At every moment one whole casebook has the name: the old one until the rename, the new one from then on.
 * A write-ahead log belongs to a name, not to a file: the old file gives its own up before the name
 * changes hands, or SQLite would write the old records into the new file.
 */
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { EngineError, isEngineError } from "@wuding/engine";
import { copyCasebook } from "./backup.ts";
import { connect, identityOf } from "./casebook-file.ts";
import type { Connection } from "./connection.ts";
import { codeOf, refusalOf, unavailable } from "./faults.ts";
import { publishFile, syncFolder } from "./write-durably.ts";

export type Restoring = Readonly<{
  /** Is given the name of the copy before it has its own, and throws when something is wrong. */
  verify: (copy: string) => Promise<void>;
  /** Take the place of a file of that name, which is kept under another; without it that one stays. */
  replace?: boolean;
  /** How long whoever has the old file open is waited for, 15,000 when not given. */
  busyTimeoutMs?: number;
}>;

/**
 * Copies a backup into `target` once `verify` has been content with the copy; the backup is only read.
 * @returns the name under which what was there is kept, null when nothing was
 * @throws EngineError `CASEBOOK_EXISTS` without `replace`; `NOT_FOUND` for the backup; `STORE_UNAVAILABLE`
 *   also while another program has the old file open; `INTEGRITY`, and what `verify` throws
 */
export const restoreCasebook = async (
  backup: string,
  target: string,
  { verify, replace = false, busyTimeoutMs = 15_000 }: Restoring,
): Promise<string | null> => {
  const isThere = identityOf(target) !== undefined;
  if (isThere && !replace) throw casebookExists(target);
  // through a link to the file, which stays a link
  const path = isThere ? realpathSync(target) : resolve(target);
  const unfinished = resolve(dirname(path), `.wuding-${randomUUID()}.new`);
  try {
    copyCasebook(backup, target, unfinished);
    await verify(unfinished);
    return isThere
      ? replaced(unfinished, path, busyTimeoutMs)
      : named(unfinished, { target, path });
  } finally {
    for (const suffix of ["", ...besides, "-shm"]) rmSync(unfinished + suffix, { force: true });
  }
};

const casebookExists = (file: string): EngineError<"CASEBOOK_EXISTS"> =>
  new EngineError("CASEBOOK_EXISTS", { file, replaceable: true });

/** What SQLite keeps beside a file and would take for the new file's. */
const besides = ["-wal", "-journal"] as const;

/** Gives the copy a name that is free; a log left over from a file that is gone is kept apart. */
const named = (
  unfinished: string,
  { target, path }: Readonly<{ target: string; path: string }>,
): string | null => {
  const kept = freeName(path);
  const apart = setApart(path, kept);
  if (!publishFile(unfinished, path)) throw casebookExists(target);
  return apart[0] ?? null;
};

const replaced = (unfinished: string, path: string, busyTimeoutMs: number): string => {
  const held = hold(path, busyTimeoutMs);
  try {
    forgetUnfinished(path);
    const kept = freeName(path);
    try {
      chmodSync(unfinished, statSync(path).mode & 0o777);
      secondName(path, kept);
      setApart(path, kept);
      syncFolder(dirname(path));
      // Windows renames nothing over a file that is open
      if (process.platform === "win32") held?.close();
      renameSync(unfinished, path);
    } catch (error) {
      for (const suffix of besides)
        if (existsSync(kept + suffix)) renameSync(kept + suffix, path + suffix);
      rmSync(kept, { force: true });
      throw refusalOf(error, path);
    }
    syncFolder(dirname(path));
    return kept;
  } finally {
    held?.close();
  }
};

/**
 * A connection that keeps everybody else out of a file that has no write-ahead log any more; undefined for
 * one that is too damaged for SQLite.
 */
const hold = (file: string, busyTimeoutMs: number): Connection | undefined => {
  let connection: Connection | undefined;
  try {
    assertReadable(file, busyTimeoutMs);
    connection = connect(file, { readOnly: false, busyTimeoutMs });
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      connection.pragma("journal_mode = DELETE");
      connection.execute("BEGIN EXCLUSIVE");
      if (connection.pragma("journal_mode") === "delete") return connection;
      // whoever opened it in between has begun a new write-ahead log
      connection.rollback();
    }
    throw unavailable(file, "inUse");
  } catch (error) {
    connection?.close();
    if (isEngineError(error, "INTEGRITY")) return undefined;
    const cause = error instanceof EngineError ? error.cause : error;
    throw codeOf(cause).startsWith("SQLITE_BUSY") ? unavailable(file, "inUse", cause) : error;
  }
};

const attemptsMax = 100;

/** Only reads: one that can write tidies up, and takes away the log of a file that it cannot read. */
const assertReadable = (file: string, busyTimeoutMs: number): void => {
  const connection = connect(file, { readOnly: true, busyTimeoutMs });
  try {
    connection.pragma("schema_version");
  } finally {
    connection.close();
  }
};

const keptName = (path: string, number: number): string => `${path}.replaced-${number}`;

const freeName = (path: string): string => {
  for (let number = 1; ; number += 1) {
    const name = keptName(path, number);
    if (["", ...besides].every((suffix) => !existsSync(name + suffix))) return name;
  }
};

/** Takes away the second name that a restore left to the file when it was killed before the rename. */
const forgetUnfinished = (path: string): void => {
  const identity = identityOf(path);
  const start = `${basename(path)}.replaced-`;
  for (const name of readdirSync(dirname(path))) {
    const other = join(dirname(path), name);
    if (name.startsWith(start) && identityOf(other) === identity) rmSync(other);
  }
};

/** A second name for a file; a copy of it where the file system has no links. */
const secondName = (path: string, kept: string): void => {
  try {
    linkSync(path, kept);
  } catch {
    copyFileSync(path, kept, constants.COPYFILE_EXCL);
    const handle = openSync(kept, "r+");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
};

/** Gives what lies beside a file the names that belong to its kept one, and says which. */
const setApart = (path: string, kept: string): readonly string[] => {
  rmSync(`${path}-shm`, { force: true });
  return besides.flatMap((suffix) => {
    const size = statSync(path + suffix, { throwIfNoEntry: false })?.size;
    if (size === undefined) return [];
    if (size === 0) {
      rmSync(path + suffix);
      return [];
    }
    renameSync(path + suffix, kept + suffix);
    return [kept + suffix];
  });
};
