/**
 * @module checkpoint-folder — checkpoints kept outside the casebook, a file each, named by their size.
 * The folder is worth most on a medium that whoever keeps the casebook cannot rewrite.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, refusalOf } from "../faults.ts";
import { writeDurably } from "../write-durably.ts";

export type CheckpointFolder = Readonly<{
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

export const openCheckpointFolder = (folder: string): CheckpointFolder => ({
  newest: () => {
    const name = namesIn(folder).at(-1);
    return name === undefined ? undefined : noteIn(folder, name);
  },
  keep: ({ size, note }) => {
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw refusalOf(error, folder);
    }
    writeDurably(fileOf(folder, size), note);
  },
  addLine: (size, line) => {
    const file = fileOf(folder, size);
    try {
      const note = readFileSync(file, "utf8");
      if (!note.includes(line)) writeDurably(file, note + line, { replace: true });
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw refusalOf(error, file);
    }
  },
  read: () => namesIn(folder).map((name) => noteIn(folder, name)),
});
