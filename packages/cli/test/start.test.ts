/** @module start.test — the bundled program as a shell starts it. Build it before: `npm run build`. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { run } from "../src/program.ts";
import { givenProgram, received } from "./given-program.ts";

const program = fileURLToPath(new URL("../bin/wuding.js", import.meta.url));

const started = (folder: string, argv: readonly string[], input = "") =>
  spawnSync(process.execPath, [program, ...argv], {
    cwd: folder,
    encoding: "utf8",
    input,
    env: { PATH: process.env["PATH"], LANG: "en_GB.UTF-8" },
  });

describe("the program", () => {
  it("answers its version without loading anything else", () => {
    const { folder } = givenProgram();
    const { status, stdout, stderr } = started(folder, ["--version"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^wuding \d+\.\d+\.\d+\n$/);
  });

  it.each([
    ["damaged", (file: string) => writeFileSync(file, readFileSync(file).fill(90, 200))],
    ["cut short", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 1000))],
    ["another program's", (file: string) => writeFileSync(file, "#!/bin/sh\n")],
    ["not there", (file: string) => rmSync(file)],
  ])("starts from its source when the machine code kept beside it is %s", (_how, spoil) => {
    const { folder } = givenProgram();
    const installed = fileURLToPath(new URL("../", import.meta.url));
    for (const part of ["bin", "bundle"]) {
      cpSync(join(installed, part), join(folder, part), { recursive: true });
    }
    const bundle = join(folder, "bundle");
    const kept = readdirSync(bundle).filter((file) => file.endsWith(".compiled"));
    expect(kept.length).toBeGreaterThan(5);
    for (const file of kept) spoil(join(bundle, file));
    const { status, stdout } = spawnSync(process.execPath, [join(folder, "bin/wuding.js"), "help"]);
    expect({ status, text: stdout.toString() }).toEqual({
      status: 0,
      text: expect.stringContaining("Usage:") as string,
    });
  });

  it("makes ./wuding.db for its owner alone, and exits with the codes of the page", () => {
    const { folder } = givenProgram();
    const made = started(folder, received.split(" "));
    expect(made.stderr).toContain("Possible now");
    expect(made.status).toBe(0);
    expect(statSync(join(folder, "wuding.db")).mode & 0o777).toBe(0o600);
    expect(started(folder, ["show", "7"]).status).toBe(4);
    expect(started(folder, ["bogus"]).status).toBe(2);
    const shown = started(folder, ["show", "122", "--json"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ case: "cppcc/15-5/122" });
  });

  it("goes on quietly when nobody reads any more", async () => {
    const { folder } = givenProgram();
    const lines = Array.from({ length: 3000 }, (_, index) =>
      JSON.stringify({
        command: "receive",
        kind: "cppcc",
        session: "15-5",
        number: `${index + 1}`,
        title: "题",
        proposers: ["甲"],
      }),
    );
    const child = spawn(process.execPath, [program, "apply", "-"], { cwd: folder });
    child.stdout.destroy();
    child.stdin.end(lines.join("\n"));
    const errors: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(Buffer.concat(errors).toString()).toMatch(/^3000 .*\n$/);
    const { stdout } = started(folder, ["list", "--json"]);
    expect((JSON.parse(stdout) as { cases: unknown[] }).cases).toHaveLength(3000);
  });

  it("two of them writing at once lose nothing, and who verifies meanwhile finds nothing wrong", async () => {
    const { folder } = givenProgram();
    const writers = ["15-4", "15-5"].map((session) => {
      const child = spawn(process.execPath, [program, "apply", "-"], { cwd: folder });
      child.stdout.resume();
      const lines = Array.from({ length: 500 }, (_, index) =>
        JSON.stringify({
          command: "receive",
          kind: "cppcc",
          session,
          number: `${index + 1}`,
          title: "题",
          proposers: ["甲"],
        }),
      );
      child.stdin.end(lines.join("\n"));
      return once(child, "exit");
    });
    const verdicts: (readonly [
      check: readonly string[],
      exitCode: number,
      said: readonly string[],
    ])[] = [];
    let isWriting = true;
    const ended = Promise.all(writers).finally(() => {
      isWriting = false;
    });
    while (!existsSync(join(folder, "wuding.db"))) await new Promise((go) => setTimeout(go, 5));
    // as long as they write, and once afterwards
    for (let isLast = false; ; isLast = !isWriting) {
      for (const check of [["doctor"], ["audit", "verify"]]) {
        const said: string[] = [];
        const sink = () =>
          new Writable({
            write: (chunk: Buffer, _encoding, done) => {
              said.push(chunk.toString());
              done();
            },
          });
        const exitCode = await run(["--db", join(folder, "wuding.db"), ...check], {
          env: { LANG: "en_GB.UTF-8" },
          stdin: new PassThrough(),
          stdout: sink(),
          stderr: sink(),
          now: () => Date.now(),
        });
        // the file is there a moment before its first event
        const isEarly =
          said.join("").includes("no casebook") || said.join("").includes("first event");
        if (!isEarly) verdicts.push([check, exitCode, exitCode === 0 ? [] : said]);
      }
      if (isLast) break;
      // what a check awaits may all be there already: let the writers' ends be heard
      await new Promise((go) => setTimeout(go, 5));
    }
    expect(verdicts.filter(([, exitCode]) => exitCode !== 0)).toEqual([]);
    expect(verdicts.length).toBeGreaterThanOrEqual(2);
    expect(await ended).toEqual([
      [0, null],
      [0, null],
    ]);
    const { stdout } = started(folder, ["list", "--json"]);
    expect((JSON.parse(stdout) as { cases: unknown[] }).cases).toHaveLength(1000);
  });
});
