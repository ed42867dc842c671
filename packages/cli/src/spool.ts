/**
 * @module spool — takes in all that comes through a pipe before anything is done with it, so that nobody
 * waits for the other end while holding a lock.
 *
 * It lies in a file of the system's temporary folder, readable by its owner alone, which loses its name
 * as soon as it is open: whatever happens to this program, nothing is left behind.
 */
import { randomUUID } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineError } from "@wuding/engine";

const chunkBytes = 256 * 1024;

/**
 * Reads a stream to its end and gives its bytes to `use`.
 * @throws EngineError `STORE_UNAVAILABLE` when there is no room for them
 */
export async function* spooled<Given>(
  stream: AsyncIterable<Uint8Array | string>,
  use: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Given>,
): AsyncGenerator<Given> {
  const path = join(tmpdir(), `wuding-${randomUUID()}.lines`);
  const handle = await orRefused(path, open(path, "wx+", 0o600));
  try {
    // Windows keeps the name of a file that is open; there it goes at the end
    await rm(path, { force: true }).catch(() => undefined);
    for await (const chunk of stream) await orRefused(path, handle.writeFile(chunk));
    yield* use(bytesIn(handle));
  } finally {
    await handle.close();
    await rm(path, { force: true });
  }
}

async function* bytesIn(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(chunkBytes), 0, chunkBytes, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const orRefused = async <Result>(path: string, work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const why = { zh: `写入失败（${code}）`, en: `writing failed (${code})` };
    throw new EngineError("STORE_UNAVAILABLE", { file: path, why }, { cause: error });
  }
};
