/**
 * @module witness-folder — the memory of a witness: the last checkpoint of each log that it cosigned, a
 * file each. It is on the disk before the cosignature is given away, and one request is answered at a time.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isEngineError, sha256Hex } from "@wuding/engine";
import type { Policy, Signer } from "@wuding/engine/proof";
import {
  cosign,
  judgeWitnessRequest,
  readCheckpoint,
  readWitnessRequest,
} from "@wuding/engine/proof";
import { codeOf, refusalOf, unavailable } from "../faults.ts";
import { writeDurably } from "../write-durably.ts";

export type WitnessAnswer = Readonly<{
  /** The line to give back. */
  line: string;
  origin: string;
  size: number;
  /** Size that had been cosigned before, 0 for none. */
  older: number;
}>;

/**
 * Judges a request and cosigns it.
 * @param now seconds since 1970
 * @throws EngineError `UNPROVEN`; what proves a fault of the log is kept in the folder first
 */
export const answerWitnessRequest = async (
  request: string,
  given: Readonly<{ folder: string; policy: Policy; signer: Signer; now: number }>,
): Promise<WitnessAnswer> => {
  const { folder, policy, signer, now } = given;
  return alone(folder, async () => {
    try {
      const { checkpoint, text } = judgeWitnessRequest(request, policy, (origin) => {
        const note = remembered(folder, origin);
        return note === undefined ? undefined : rememberedHead(note, fileOf(folder, origin));
      });
      const { origin, size } = checkpoint;
      const line = await cosign(text, now, signer);
      const { older, checkpoint: note } = readWitnessRequest(request);
      writeDurably(fileOf(folder, origin), note, { mode: 0o600, replace: true });
      return { line, origin, size, older };
    } catch (error) {
      if (isEngineError(error, "UNPROVEN") && error.data.isEvidence === true) {
        keepEvidence(folder, request);
      }
      throw error;
    }
  });
};

const fileOf = (folder: string, origin: string): string =>
  join(folder, `${sha256Hex(origin).slice(0, 16)}.checkpoint`);

const remembered = (folder: string, origin: string): string | undefined => {
  const file = fileOf(folder, origin);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw refusalOf(error, file);
  }
};

/** What was cosigned last; a file with other content is not this memory, and nothing is signed on it. */
const rememberedHead = (note: string, file: string): ReturnType<typeof readCheckpoint> => {
  try {
    return readCheckpoint(note);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw unavailable(file, noMemory, error);
  }
};

const noMemory = {
  zh: "内容不是见证方保存的检查点，请从备份中恢复",
  en: "it holds no checkpoint as a witness keeps them; put it back from a backup",
};

/** The request contradicts what the log has signed before; both together show it. */
const keepEvidence = (folder: string, request: string): void => {
  const name = `evidence-${sha256Hex(request).slice(0, 16)}`;
  writeDurably(join(folder, `${name}.request`), request, { mode: 0o600 });
  const { checkpoint } = readWitnessRequest(request);
  const before = remembered(folder, readCheckpoint(checkpoint).origin);
  if (before !== undefined) {
    writeDurably(join(folder, `${name}.remembered`), before, { mode: 0o600 });
  }
};

/** Two requests that were judged by the same memory could both be cosigned. */
const alone = async <Result>(folder: string, work: () => Promise<Result>): Promise<Result> => {
  const lock = join(folder, ".answering");
  makeFolder(folder);
  try {
    closeSync(openSync(lock, "wx", 0o600));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw refusalOf(error, folder);
    throw unavailable(lock, isFolder(lock) ? "aFolder" : busy, error);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
};

const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    // a file stands in the place of the folder, or of one above it
    const isFile = codeOf(error) === "EEXIST" || codeOf(error) === "ENOTDIR";
    throw isFile ? unavailable(folder, "noDirectory", error) : refusalOf(error, folder);
  }
};

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const busy = {
  zh: "另一程序正在副署；如该程序已中断，请删除此文件后重试",
  en: "another program is cosigning; if it was interrupted, delete this file and try again",
};
