/** @module write-file — files that are named in the arguments and written by a command. */
import { readFileSync } from "node:fs";
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

const isSame = (path: string, contents: Buffer): boolean => {
  try {
    return readFileSync(path).equals(contents);
  } catch {
    // a folder, or what may not be read
    return false;
  }
};
