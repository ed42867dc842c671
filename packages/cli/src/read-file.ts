/** @module read-file — files that are named in the arguments or in an apply file. */
import { open } from "node:fs/promises";
import { EngineError, invalidInput } from "@wuding/engine";

/** A document that is kept beside the log; a scanned letter of a hundred pages stays below it. */
const bytesMax = 64 * 1024 * 1024;

const whys: Readonly<Record<string, Readonly<{ zh: string; en: string }>>> = {
  ENOENT: { zh: "没有这个文件", en: "there is none of that name" },
  ENOTDIR: { zh: "没有这个文件", en: "there is none of that name" },
  EISDIR: { zh: "这是目录", en: "it is a folder" },
  EACCES: { zh: "没有读取权限", en: "reading it is not permitted" },
  EPERM: { zh: "没有读取权限", en: "reading it is not permitted" },
};

/** The refusal for a file that could not be read, or the error itself when it has another cause. */
export const unreadable = (path: string, error: unknown): unknown => {
  if (!(error instanceof Error) || !("code" in error) || "data" in error) return error;
  const code = String(error.code);
  const { zh, en } = whys[code] ?? { zh: code, en: code };
  const expected = { zh: `可以读取的文件（${zh}）`, en: `a file that can be read (${en})` };
  return new EngineError(
    "INVALID_INPUT",
    { problems: [{ field: path, kind: "malformed", expected }] },
    { cause: error },
  );
};

/**
 * The bytes of a file.
 * @throws EngineError `INVALID_INPUT` when it cannot be read or is too large
 */
export const readDocument = async (path: string): Promise<Uint8Array> => {
  try {
    const handle = await open(path, "r");
    try {
      const { size } = await handle.stat();
      if (size > bytesMax) {
        const mib = bytesMax / 1024 / 1024;
        const expected = { zh: `不超过 ${mib} MiB 的文件`, en: `a file of at most ${mib} MiB` };
        throw invalidInput({ field: path, kind: "malformed", expected });
      }
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
};
