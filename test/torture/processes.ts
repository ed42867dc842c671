/** @module processes — programs of this folder as processes of their own, from the sources as they are. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openStore } from "@wuding/store";
import type { Store } from "@wuding/store";
import { build } from "esbuild";
import { onTestFinished } from "vitest";
import type { Seen } from "./contending-process.ts";

/** A new folder, gone after the test. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "wuding-torture-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export const origin = "office.invalid/log";

/** Opens a file of which nobody looks at the recording times; closed after the test. */
export const openPlainly = async (file: string, readOnly = false): Promise<Store> => {
  let ids = 0;
  const store = await openStore(file, {
    clock: { now: () => Date.UTC(2026, 10, 22, 1, 2, 3, 456) },
    ids: { next: () => `plain-${(ids += 1)}` },
    create: !readOnly,
    readOnly,
    origin,
  });
  onTestFinished(() => store.close());
  return store;
};

export const openingEvents = 1;

/** A new file with the one event that names its log. */
export const newLog = async (): Promise<string> => {
  const file = join(newFolder(), "casebook.db");
  const store = await openPlainly(file);
  const on = "2026-11-21";
  const opened = { type: "CasebookOpened", dataVersion: 1, on, data: {}, from: null, to: null };
  await store.append({
    commandId: "first",
    requestHash: "00",
    actor: { id: "clerk" },
    streams: [{ stream: null, expectedVersion: 0, rulebookHash: "sha256:0", events: [opened] }],
  });
  await store.close();
  return file;
};

/** Bundles a program of this folder to where the native module is found; gone after the test. */
const bundled = async (name: string): Promise<string> => {
  const at = new URL(`../../packages/store/.cache/${name}-${process.pid}.mjs`, import.meta.url);
  const program = fileURLToPath(at);
  mkdirSync(new URL(".", at), { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@wuding/source"],
    logLevel: "error",
  });
  onTestFinished(() => rmSync(program, { force: true }));
  return program;
};

export type Contender = Readonly<{
  begin(): void;
  /** What it saw, once it is done. */
  seen(): Promise<readonly Seen[]>;
  kill(): Promise<void>;
}>;

/** Starts processes that will write to the same file; all are ready and none has begun. */
export const contenders = async (
  file: string,
  processes: number,
  commands: number,
): Promise<readonly Contender[]> => {
  const program = await bundled("contending-process");
  return Promise.all(
    Array.from({ length: processes }, async (_, number) => {
      const args = [program, file, `p${number}`, String(commands)];
      const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
      const lines: string[] = [];
      const told = createInterface({ input: child.stdout });
      told.on("line", (line) => lines.push(line));
      const ended = once(child, "close");
      onTestFinished(() => void child.kill("SIGKILL"));
      await once(told, "line");
      return {
        begin: () => void child.stdin.end("go"),
        seen: async () => {
          await ended;
          return lines.slice(1).map((line) => JSON.parse(line) as Seen);
        },
        kill: async () => {
          child.kill("SIGKILL");
          await ended;
        },
      };
    }),
  );
};
