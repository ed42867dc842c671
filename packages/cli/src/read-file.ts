/** @module read-file — files that are named in the arguments or in an apply file. */
import type { FileHandle } from "node:fs/promises";
import { constants, open, realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
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
export const unreadable = (field: string, error: unknown): unknown => {
  if (!(error instanceof Error) || !("code" in error) || "data" in error) return error;
  const code = String(error.code);
  const { zh, en } = whys[code] ?? { zh: code, en: code };
  const expected = { zh: `可以读取的文件（${zh}）`, en: `a file that can be read (${en})` };
  return new EngineError(
    "INVALID_INPUT",
    { problems: [{ field, kind: "malformed", expected }] },
    { cause: error },
  );
};

/**
 * The bytes of a file that somebody has named on the command line; a pipe will do.
 * @throws EngineError `INVALID_INPUT` when it cannot be read or is too large
 */
export const readDocument = async (path: string): Promise<Uint8Array> => {
  try {
    return await withHandle(path, constants.O_RDONLY, (handle) => bytesIn(handle, path));
  } catch (error) {
    throw unreadable(path, error);
  }
};

/**
 * The bytes of a file that a line names. Whoever wrote the line is not necessarily whoever runs this
 * program, so only a regular file inside the folder of the lines is read, links followed.
 * @param field what a refusal calls it
 * @throws EngineError `INVALID_INPUT`
 */
export const readBeside = async (
  folder: string,
  path: string,
  field: string,
): Promise<Uint8Array> => {
  const outside = invalidInput({
    field,
    kind: "malformed",
    expected: {
      zh: `命令行文件所在目录内的普通文件，用相对路径（“${path}”不是）`,
      en: `a regular file inside the folder of the lines, by its relative path ("${path}" is none)`,
    },
  });
  if (isAbsolute(path) || path.includes("\0")) throw outside;
  try {
    const [inside, found] = [await realpath(folder), await realpath(resolve(folder, path))];
    const steps = relative(inside, found);
    if (steps === "" || isAbsolute(steps) || steps.split(sep)[0] === "..") throw outside;
    // without waiting: opening a pipe would stand still until somebody writes to it
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
    return await withHandle(found, flags, async (handle) => {
      if (!(await handle.stat()).isFile()) throw outside;
      return await bytesIn(handle, field);
    });
  } catch (error) {
    throw unreadable(field, error);
  }
};

const withHandle = async <Result>(
  path: string,
  flags: number,
  use: (handle: FileHandle) => Promise<Result>,
): Promise<Result> => {
  const handle = await open(path, flags);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
};

const chunkBytes = 1024 * 1024;

/** All bytes of a file, whatever it says its size is. */
const bytesIn = async (handle: FileHandle, field: string): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes);
    if (bytesRead === 0) return Buffer.concat(chunks);
    size += bytesRead;
    if (size > bytesMax) {
      const mib = bytesMax / 1024 / 1024;
      const expected = { zh: `不超过 ${mib} MiB 的文件`, en: `a file of at most ${mib} MiB` };
      throw invalidInput({ field, kind: "malformed", expected });
    }
    // a small document must not keep a whole chunk
    chunks.push(Buffer.from(buffer.subarray(0, bytesRead)));
  }
};
