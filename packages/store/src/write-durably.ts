/** @module write-durably — a small file that is whole on the disk, or not there at all. */
import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { EngineError } from "@wuding/engine";
import { codeOf, refusalOf } from "./faults.ts";

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

/**
 * Before work that cannot be taken back: a new file of this name can be written, as far as a look can tell.
 * @throws EngineError `FILE_EXISTS`, `STORE_UNAVAILABLE`
 */
export const assertFree = (file: string): void => {
  const path = resolve(file);
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
      accessSync(dirname(path), constants.W_OK | constants.X_OK);
      return;
    }
  } catch (error) {
    throw refusalOf(error, file);
  }
  throw new EngineError("FILE_EXISTS", { file });
};

/** Writes the entries of a folder to the disk. */
export const syncFolder = (folder: string): void => {
  // Windows has no handle for a folder, and no need of one here.
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** Takes away what was not finished; where it could not even be made, there is nothing to take away. */
export const discard = (unfinished: string): void => {
  try {
    rmSync(unfinished, { force: true });
  } catch (error) {
    // what lies above it is no folder, which is what stood in the way before
    if (codeOf(error) !== "ENOTDIR") throw error;
  }
};

type Writing = Readonly<{
  /** Permissions of the file. */
  mode?: number;
  /** Take the place of a file of that name; without it that one stays. */
  replace?: boolean;
}>;

/**
 * Writes a file; it is on the disk when this returns.
 * @returns false when there was one of that name and `replace` is not set
 * @throws EngineError `STORE_UNAVAILABLE`
 */
export const writeDurably = (
  file: string,
  contents: string | Uint8Array,
  { mode = 0o644, replace = false }: Writing = {},
): boolean => {
  const path = resolve(file);
  const unfinished = resolve(dirname(path), `.wuding-${randomUUID()}.new`);
  try {
    const handle = openSync(unfinished, "wx", mode);
    try {
      writeFileSync(handle, contents);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (!replace) return publishFile(unfinished, path);
    renameSync(unfinished, path);
    syncFolder(dirname(path));
    return true;
  } catch (error) {
    throw refusalOf(error, file);
  } finally {
    discard(unfinished);
  }
};
