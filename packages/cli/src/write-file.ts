/** @module write-file — files and folders that are named in the arguments and made by a command. */
import { mkdirSync, readFileSync } from "node:fs";
import { EngineError } from "@wuding/engine";
import { writeDurably } from "@wuding/store";

/**
 * Writes a file. One of that name with the same content stays; one with other content is never replaced.
 * @throws EngineError `FILE_EXISTS`, `STORE_UNAVAILABLE`
 */
export const writeNewFile = (path: string, contents: string | Uint8Array): void => {
  if (writeDurably(path, contents)) return;
  if (!isSame(path, Buffer.from(contents))) throw new EngineError("FILE_EXISTS", { file: path });
};

/** Makes a folder, and those that it lies in. @throws EngineError `STORE_UNAVAILABLE` */
export const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const why = { zh: "无法建立目录", en: "the folder cannot be made" };
    throw new EngineError("STORE_UNAVAILABLE", { file: folder, why }, { cause });
  }
};

const isSame = (path: string, contents: Buffer): boolean => {
  try {
    return readFileSync(path).equals(contents);
  } catch {
    // a folder, or what may not be read
    return false;
  }
};
