/** @module given-program — the program run inside the test, on a folder of its own, with written time and person. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { afterEach } from "vitest";
import { run } from "../src/program.ts";

/** What a run left: exit code and both streams. */
export type Ran = Readonly<{ exitCode: number; out: string; err: string }>;

/** 2021-12-31, noon in Shanghai. */
export const noon = Date.parse("2021-12-31T04:00:00Z");

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const captured = (): Readonly<{ stream: Writable; text: () => string }> => {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
};

/** A folder, a casebook name in it and a way to run command lines against it. */
export const givenProgram = (variables: Readonly<Record<string, string>> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "wuding-cli-"));
  folders.push(folder);
  const db = join(folder, "wuding.db");
  const env = { WUDING_DB: db, WUDING_ACTOR: "clerk", LANG: "en_GB.UTF-8", ...variables };
  const wuding = async (
    argv: readonly string[],
    options: Readonly<{ stdin?: string | Buffer | Readable; now?: number }> = {},
  ): Promise<Ran> => {
    const [stdout, stderr] = [captured(), captured()];
    const { stdin = "", now = noon } = options;
    const input = stdin instanceof Readable ? stdin : new PassThrough().end(stdin);
    const exitCode = await run(argv, {
      env,
      stdin: input,
      stdout: stdout.stream,
      stderr: stderr.stream,
      now: () => now,
    });
    return { exitCode, out: stdout.text(), err: stderr.text() };
  };
  return {
    folder,
    db,
    wuding,
    /** A line as it would be typed; words without spaces. */
    typed: (line: string) => wuding(line.trim().split(/\s+/)),
    hasCasebook: () => existsSync(db),
    write: (name: string, contents: string | Buffer): string => {
      const path = join(folder, name);
      writeFileSync(path, contents);
      return path;
    },
  };
};

export type GivenProgram = ReturnType<typeof givenProgram>;

/** The error of a run with `--json`. */
export const errorOf = ({
  err,
}: Ran): Readonly<{ code: string; message: string; hint: string; data: Record<string, unknown> }> =>
  (JSON.parse(err) as { error: ReturnType<typeof errorOf> }).error;

/** Takes a case in and fixes its 五定. */
export const received =
  "receive --kind cppcc --session 15-5 --number 122 --title 关于改进政务信息化建设的建议 --proposer 李楠 --dispatched-on 2021-04-02 --on 2021-04-02";
export const assigned =
  "assign 122 --department 规划科 --person 经办人甲 --due 2021-06-20 --task 书面答复 --responsibility 科长负总责 --on 2021-04-06";
