/**
 * @module new-casebook — fills a new casebook under another name and gives it its own when all went well,
 * so that a batch that is refused as a whole leaves no file behind.
 */
import { rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import type { Casebook } from "@wuding/engine";
import { EngineError, isEngineError } from "@wuding/engine";
import type { Shell } from "./shell.ts";

/**
 * Makes a casebook, runs `fill` on it, and keeps it when that says so.
 * @throws EngineError `STORE_UNAVAILABLE`; `CASEBOOK_EXISTS` when somebody made one in the meantime
 */
export const inNewCasebook = async <Result>(
  shell: Shell,
  fill: (casebook: Casebook) => Promise<Readonly<{ result: Result; isKept: boolean }>>,
): Promise<Result> => {
  const { file } = shell;
  const unfinished = join(dirname(file), `.wuding-${randomUUID()}.new`);
  try {
    const casebook = await shell.open({ create: true, file: unfinished });
    const { result, isKept } = await filledBy(fill, casebook);
    if (isKept) await publish(unfinished, file);
    return result;
  } catch (error) {
    throw isEngineError(error, "STORE_UNAVAILABLE")
      ? new EngineError("STORE_UNAVAILABLE", { ...error.data, file }, { cause: error })
      : error;
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(unfinished + suffix, { force: true });
  }
};

const filledBy = async <Filled>(
  fill: (casebook: Casebook) => Promise<Filled>,
  casebook: Casebook,
): Promise<Filled> => {
  try {
    return await fill(casebook);
  } finally {
    // only a closed casebook is whole without the files beside it
    await casebook.close();
  }
};

const publish = async (unfinished: string, file: string): Promise<void> => {
  const { publishFile } = await import("@wuding/store");
  if (!publishFile(unfinished, resolve(file))) throw new EngineError("CASEBOOK_EXISTS", { file });
};
