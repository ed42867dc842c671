import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { appendLeaf, emptyFrontier, treeHashOf } from "@wuding/engine";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "../src/index.ts";
import { create, newFile, open, request } from "./given-files.ts";

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Inside the package, so that the native module is found from there. */
const program = pathOf(`../.cache/writing-process-${process.pid}.mjs`);

beforeAll(async () => {
  mkdirSync(pathOf("../.cache"), { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL("./writing-process.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@wuding/source"],
    logLevel: "error",
  });
});
afterAll(() => rmSync(program, { force: true }));

/** Starts a program and gives the lines that it has written until it ends. */
const start = (command: string, args: readonly string[]) => {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  const ended = once(child, "close");
  return { child, lines, ended };
};

const startWriting = (file: string, name: string, count: number) =>
  start(process.execPath, [program, file, name, String(count)]);

/** Reads the whole log and checks place, chain, leaf and tree of every event; gives the command ids. */
const soundCommandsOf = async (store: Store): Promise<readonly string[]> => {
  const ends = new Map<string, { caseSeq: number; leaf: string }>();
  const commands: string[] = [];
  const nodes: Uint8Array[] = [];
  let frontier = emptyFrontier;
  for (const { seq, body, leaf } of await store.readRaw({ limit: 100_000 })) {
    const event = JSON.parse(Buffer.from(body).toString()) as {
      [name in "case" | "cmd" | "prev"]: string;
    } & { seq: number; caseSeq: number };
    const sum = createHash("sha256").update(Buffer.of(0)).update(body).digest();
    const end = ends.get(event.case);
    expect([seq, event.seq, sum.equals(leaf)]).toEqual([frontier.size, frontier.size, true]);
    expect([event.caseSeq, event.prev]).toEqual([(end?.caseSeq ?? 0) + 1, end?.leaf ?? null]);
    ends.set(event.case, { caseSeq: event.caseSeq, leaf: sum.toString("base64") });
    const grown = appendLeaf(frontier, leaf, treeHashOf("office.invalid/log"));
    frontier = grown.frontier;
    nodes.push(...grown.nodes.filter(({ level }) => level === 1).map(({ hash }) => hash));
    commands.push(event.cmd);
  }
  expect(await store.readNodes(1, { limit: 100_000 })).toEqual(nodes);
  return commands;
};

describe("two processes", () => {
  it("that append at once lose nothing and leave no gap", async () => {
    const file = newFile();
    const writers = [startWriting(file, "east", 500), startWriting(file, "west", 500)];
    await Promise.all(writers.map(({ ended }) => ended));
    const acknowledged = writers.flatMap(({ lines }) => lines);
    expect(acknowledged).toHaveLength(1000);
    const commands = await soundCommandsOf(await open(file));
    expect(commands.toSorted()).toEqual(acknowledged.toSorted());
  });

  it("of which one is killed keep all that was acknowledged", async () => {
    const file = newFile();
    for (const kills of [5, 60, 25]) {
      const { child, lines, ended } = startWriting(file, `killed-${kills}`, 100_000);
      while (lines.length < kills) await once(child.stdout, "data");
      child.kill("SIGKILL");
      await ended;
      const store = await open(file);
      const commands = new Set(await soundCommandsOf(store));
      expect(lines.filter((id) => !commands.has(id))).toEqual([]);
      await store.append(request(`after-${kills}`, `a/1/after-${kills}`, 0));
      await store.close();
    }
  });
});

describe("a casebook that another process is writing to", () => {
  const load = createRequire(import.meta.url);
  const driver = load.resolve(
    Number(process.versions.napi) >= 10 ? "better-sqlite3-v13" : "better-sqlite3",
  );
  const holder = `
    const db = new (require(process.argv[1]))(process.argv[2]);
    db.exec("begin immediate");
    console.log("locked");
    process.stdin.resume().on("end", () => db.exec("commit"));`;

  it("is read without waiting, and written to once the other is done", async () => {
    const { file, store } = await create();
    await store.append(request("c1", "a/1/1", 0));
    const { child, ended } = start(process.execPath, ["-e", holder, driver, file]);
    await once(child.stdout, "data");
    const impatient = await open(file, { busyTimeoutMs: 50 });
    expect(await impatient.readStream("a/1/1")).toHaveLength(1);
    const outcomes = await Promise.allSettled([
      impatient.append(request("c2", "a/1/1", 1)),
      impatient.append(request("c3", "a/1/2", 0)),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        reason: {
          code: "STORE_UNAVAILABLE",
          data: { why: { en: expect.stringContaining("another program is writing") } },
        },
      });
    }
    expect(await impatient.size()).toBe(1);
    child.stdin.end();
    await ended;
    expect((await impatient.append(request("c2", "a/1/1", 1))).repeated).toBe(false);
  });
});

describe.skipIf(process.platform === "win32")("a disk that fails", () => {
  it("stops the store: nothing acknowledged is lost, and nothing is believed any more", async () => {
    const file = newFile();
    const limited = `ulimit -f 256; exec "$0" "$@"`;
    const args = ["-c", limited, process.execPath, program, file, "limited", "100000"];
    const { lines, ended } = start("sh", args);
    await ended;
    expect(lines.slice(-2)).toEqual(["refused STORE_UNAVAILABLE", "then STORE_UNAVAILABLE"]);
    const commands = new Set(await soundCommandsOf(await open(file)));
    expect(commands.size).toBeGreaterThan(0);
    expect(lines.slice(0, -2).filter((id) => !commands.has(id))).toEqual([]);
  });
});
