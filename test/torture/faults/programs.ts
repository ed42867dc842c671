/** @module programs — the programs of this folder, started as processes of their own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll } from "vitest";
import type { OutsideCheckpoint } from "@wuding/engine";
import { signCheckpoint } from "@wuding/engine/proof";
import { testSigner } from "../../tampering/given-log.ts";
import type { Open } from "./office.ts";
import { openOffice, receiving } from "./office.ts";

/** In memory where there is such a place: thousands of files are made, and none outlives its test. */
const placeForFolders = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

const made: string[] = [];
afterAll(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

/** A new folder, gone after the tests of a file. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(placeForFolders, "wuding-faults-"));
  made.push(folder);
  return folder;
};

/** Bundles programs to where the native module is found. */
const bundled = async (source: URL): Promise<string> => {
  const name = fileURLToPath(source).split("/").at(-1)?.replace(".ts", "") ?? "";
  const at = new URL(`../../../packages/store/.cache/${name}-${process.pid}.mjs`, import.meta.url);
  const program = fileURLToPath(at);
  mkdirSync(new URL(".", at), { recursive: true });
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@wuding/source"],
    logLevel: "error",
  });
  made.push(program);
  return program;
};

export const recordingProgram = (): Promise<string> =>
  bundled(new URL("./recording-process.ts", import.meta.url));
export const failingProgram = (): Promise<string> =>
  bundled(new URL("./failing-process.ts", import.meta.url));

/** A process that has been started. */
export const started = (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString("utf8");
  });
  const end = async () => {
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    // an exception that nobody caught
    if (code === 1) process.stderr.write(err);
    return { code, signal, out };
  };
  return { child, ended: end() };
};

/** The bytes of a casebook with a few cases, closed. */
export const smallOffice = async (cases = 5): Promise<Buffer> => {
  const file = join(newFolder(), "casebook.db");
  const { book } = await openOffice(file, true);
  for (let number = 1; number <= cases; number++) {
    await book.executeGiven({ ...receiving(90_000 + number) });
  }
  await book.close();
  return readFileSync(file);
};

/** A checkpoint of a casebook as it is now, kept outside of it. */
export const checkpointOf = async ({ book }: Open): Promise<OutsideCheckpoint> => {
  const proving = await book.proving();
  return { name: "now.checkpoint", note: await signCheckpoint(await proving.head(), testSigner) };
};

/** The program as it is installed. */
export const wudingProgram = fileURLToPath(
  new URL("../../../packages/cli/bin/wuding.js", import.meta.url),
);

/** SQLite's driver, for programs that know nothing of ours. */
export const driverPath = createRequire(
  new URL("../../../packages/store/package.json", import.meta.url),
).resolve(Number(process.versions.napi) >= 10 ? "better-sqlite3-v13" : "better-sqlite3");
