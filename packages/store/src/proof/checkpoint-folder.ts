/**
 * @module checkpoint-folder — checkpoints kept outside the casebook, a file each, named by their size.
 * The folder is worth most on a medium that whoever keeps the casebook cannot rewrite.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { EngineError } from "@wuding/engine";
import type { Why } from "../faults.ts";
import { codeOf, refusalOf, unavailable } from "../faults.ts";
import { writeDurably } from "../write-durably.ts";

export type CheckpointFolder = Readonly<{
  /** There is a place for checkpoints, as far as a look can tell. @throws as `keep` */
  assertPlace(): void;
  /** Keeps a checkpoint; the one of that size that is there stays. @throws EngineError `STORE_UNAVAILABLE` */
  keep(checkpoint: Readonly<{ size: number; note: string }>): void;
  /** Adds a witness's line to the checkpoint of a size, where it is kept. @throws as `keep` */
  addLine(size: number, line: string): void;
  /** The one of the largest size; undefined where none is kept. */
  newest(): Readonly<{ name: string; note: string }> | undefined;
  /** All that are kept, with the names of their files, smallest first. */
  read(): readonly Readonly<{ name: string; note: string }>[];
}>;

const suffix = ".checkpoint";
/** So that a listing shows them in order. */
const digits = 12;

const fileOf = (folder: string, size: number): string =>
  join(folder, `${String(size).padStart(digits, "0")}${suffix}`);

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(suffix))
      .toSorted();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    if (codeOf(error) === "ENOTDIR") throw unavailable(folder, "noDirectory", error);
    throw refusalOf(error, folder);
  }
};

const noteIn = (folder: string, name: string): Readonly<{ name: string; note: string }> => {
  const file = join(folder, name);
  try {
    return { name: file, note: readFileSync(file, "utf8") };
  } catch (error) {
    throw refusalOf(error, file);
  }
};

/** Makes a folder and those above it. Node's own way gives ENOENT on a read-only medium, which hides why. */
const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) === "EEXIST" && statSync(folder).isDirectory()) return;
    if (codeOf(error) !== "ENOENT" || dirname(folder) === folder) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder);
  }
};

const whysOfFolder: Readonly<Record<string, Why>> = {
  EACCES: "notWritable",
  EPERM: "notWritable",
  EROFS: "notWritable",
  EEXIST: "noDirectory",
  ENOTDIR: "noDirectory",
};

/** What keeps a file from being written is told of the folder: that is what a person can change, or choose anew. */
const refusalOfFolder = (error: unknown, folder: string): unknown => {
  const cause = error instanceof EngineError ? error.cause : error;
  const why = whysOfFolder[codeOf(cause)];
  return why === undefined ? refusalOf(error, folder) : unavailable(folder, why, cause);
};

/** The folder, or the nearest above it that is there. */
const nearestThere = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearestThere(dirname(folder));

export const openCheckpointFolder = (folder: string): CheckpointFolder => ({
  assertPlace: () => {
    const nearest = nearestThere(resolve(folder));
    try {
      if (!statSync(nearest).isDirectory()) throw unavailable(folder, "noDirectory");
      accessSync(nearest, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw refusalOfFolder(error, folder);
    }
  },
  newest: () => {
    const name = namesIn(folder).at(-1);
    return name === undefined ? undefined : noteIn(folder, name);
  },
  keep: ({ size, note }) => {
    try {
      makeFolder(resolve(folder));
      writeDurably(fileOf(folder, size), note);
    } catch (error) {
      throw refusalOfFolder(error, folder);
    }
  },
  addLine: (size, line) => {
    const file = fileOf(folder, size);
    let note: string;
    try {
      note = readFileSync(file, "utf8");
    } catch (error) {
      if (codeOf(error) === "ENOENT") return;
      throw refusalOf(error, file);
    }
    if (note.includes(line)) return;
    try {
      writeDurably(file, note + line, { replace: true });
    } catch (error) {
      throw refusalOfFolder(error, folder);
    }
  },
  read: () => namesIn(folder).map((name) => noteIn(folder, name)),
});
