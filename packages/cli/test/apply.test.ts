/** @module apply.test — commands as JSON lines: each line answered, in order, whatever the lines hold. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { lineBytesMax, readLines } from "../src/lines.ts";
import type { GivenProgram } from "./given-program.ts";
import { givenProgram, noon } from "./given-program.ts";

const receive = (number: number | string, more: object = {}): object => ({
  command: "receive",
  kind: "cppcc",
  session: "15-5",
  number: String(number),
  title: `第${number}件`,
  proposers: ["李楠"],
  on: "2021-04-02",
  ...more,
});

const assign = (number: number): object => ({
  command: "assign",
  case: `cppcc/15-5/${number}`,
  department: "规划科",
  person: "甲",
  due: "2021-06-20",
  task: "答复",
  responsibility: "科长",
  on: "2021-04-06",
});

const text = (...lines: readonly (object | string)[]): string =>
  lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");

type Answer = Readonly<{
  line: number;
  ok: boolean;
  case?: string;
  events?: string[];
  version?: number;
  error?: { code: string; message: string; hint: string; data: object };
}>;

const answersOf = (out: string): Answer[] =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Answer);

const applied = async (
  { wuding }: GivenProgram,
  stdin: string | Buffer | Readable,
  ...options: readonly string[]
) => {
  const { exitCode, out, err } = await wuding(["apply", "-", ...options], { stdin });
  return { exitCode, answers: answersOf(out), err };
};

const casesIn = async ({ typed }: GivenProgram): Promise<number> =>
  (JSON.parse((await typed("list --json")).out) as { cases: unknown[] }).cases.length;

describe("answers", () => {
  it("have the shape that programs rely on", async () => {
    const { wuding } = givenProgram();
    const stdin = text(receive(1), { ...assign(1), task: undefined }, assign(1));
    const { out, exitCode } = await wuding(["apply", "-"], { stdin });
    const [first, second, third] = out.split("\n");
    expect(first).toBe(
      '{"line":1,"ok":true,"case":"cppcc/15-5/1","events":["CaseReceived"],"version":1}',
    );
    expect(JSON.parse(second ?? "")).toEqual({
      line: 2,
      ok: false,
      error: {
        code: "INCOMPLETE_ASSIGNMENT",
        message: expect.stringContaining("task") as string,
        hint: expect.any(String) as string,
        data: { case: "cppcc/15-5/1", missing: ["task"] },
      },
    });
    expect(JSON.parse(third ?? "")).toMatchObject({ line: 3, ok: true, version: 2 });
    expect(exitCode).toBe(3);
  });

  it("come from a file as from stdin", async () => {
    const given = givenProgram();
    const path = given.write("year.jsonl", text(receive(1), receive(2)));
    const { exitCode, out, err } = await given.wuding(["apply", path]);
    expect(exitCode).toBe(0);
    expect(answersOf(out).map(({ ok }) => ok)).toEqual([true, true]);
    expect(err).toBe("2 lines: 2 recorded, 0 refused.\n");
  });

  it("the exit code is that of the first refused line", async () => {
    const given = givenProgram();
    const lines = text(receive(1), { command: "close", case: "9" }, "{", receive(2));
    const { exitCode, answers } = await applied(given, lines);
    expect(answers.map(({ error }) => error?.code)).toEqual([
      undefined,
      "NOT_FOUND",
      "INVALID_INPUT",
      undefined,
    ]);
    expect(exitCode).toBe(4);
  });

  it("a repeated case says that nothing changed", async () => {
    const given = givenProgram();
    const { answers } = await applied(given, text(receive(1), receive(1)));
    expect(answers[1]).toEqual({
      line: 2,
      ok: true,
      case: "cppcc/15-5/1",
      events: [],
      version: 1,
      unchanged: true,
    });
  });

  it("come while the other program still writes", async () => {
    const given = givenProgram();
    let isAnswered = false;
    const { exitCode } = await applied(
      given,
      Readable.from(
        (async function* () {
          yield Buffer.from(text(receive(1)));
          // the second line is only written once the first is in the casebook
          for (let tries = 0; tries < 500 && !isAnswered; tries += 1) {
            await new Promise((resolve) => setTimeout(resolve, 10));
            isAnswered = given.hasCasebook() && (await casesIn(given)) === 1;
          }
          yield Buffer.from(text(receive(2)));
        })(),
      ),
    );
    expect({ isAnswered, exitCode }).toEqual({ isAnswered: true, exitCode: 0 });
  });
});

describe("lines", () => {
  it("malformed JSON on line 4,711 is answered as line 4711, and the others go in", async () => {
    const given = givenProgram();
    const lines = Array.from({ length: 5000 }, (_, index) => receive(index + 1) as object | string);
    lines[4710] = '{"command":"receive",,}';
    const { exitCode, answers } = await applied(given, text(...lines));
    expect(answers).toHaveLength(5000);
    expect(answers.every(({ line }, index) => line === index + 1)).toBe(true);
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused).toMatchObject([{ line: 4711, error: { code: "INVALID_INPUT" } }]);
    expect(refused[0]?.error?.message).toBe(
      "line 4711 must be well-formed JSON (character 22 is wrong).",
    );
    expect(exitCode).toBe(2);
    expect(await casesIn(given)).toBe(4999);
  });

  it("a byte order mark, CRLF, blank lines and a last line without an end are understood", async () => {
    const given = givenProgram();
    const lines = `\uFEFF${JSON.stringify(receive(1))}\r\n\r\n  \n${JSON.stringify(receive(2))}`;
    const { exitCode, answers } = await applied(given, lines);
    expect(answers.map(({ line, ok }) => [line, ok])).toEqual([
      [1, true],
      [4, true],
    ]);
    expect(exitCode).toBe(0);
  });

  it.each([
    ["bytes that are no UTF-8", Buffer.from([0x22, 0xff, 0x22, 0x0a])],
    ["GB18030", Buffer.from([0x7b, 0x22, 0xd5, 0xc5, 0x22, 0x3a, 0x31, 0x7d, 0x0a])],
    ["a repeated name", text('{"command":"close","command":"receive"}')],
    ["a name that reaches the prototype", text('{"command":"close","__proto__":{"case":"1"}}')],
    ["constructor as a name", text('{"command":"close","case":"1","constructor":1}')],
    ["a command that is none", text({ command: "__proto__" })],
    ["toString as a command", text({ command: "toString" })],
    ["no command", text({ case: "1" })],
    ["a list", text("[1]")],
    ["null", text("null")],
    ["nesting without end", text("[".repeat(100_000))],
    ["a number too large", text(`{"command":"close","expect":123456789012345678901}`)],
    ["an unknown field", text(receive(1, { titel: "x" }))],
    ["a wrong type", text(receive(1, { title: 7 }))],
    ["proposers that are no list", text(receive(1, { proposers: "李楠" }))],
    ["an impossible date", text(receive(1, { on: "2021-02-30" }))],
    ["a future date", text(receive(1, { on: "2021-04-02", dispatchedOn: "2022-01-01" }))],
    ["a lone surrogate", text(JSON.stringify(receive(1)).replace("第1件", "a\\ud800b"))],
    ["NUL", text(receive(1, { title: "a\0b" }))],
    ["a terminal escape", text(receive(1, { title: "\u001B[2J" }))],
    ["a byte order mark inside", text(receive(1, { title: "a\uFEFFb" }))],
    ["a file that is not there", text({ command: "answer", case: "1", result: "A", file: "no" })],
    ["a line that is too long", text(receive(1, { text: "长".repeat(lineBytesMax) }))],
  ])("%s is refused, and no casebook is made", async (_what, lines) => {
    const given = givenProgram();
    const { exitCode, answers } = await applied(given, lines);
    expect(answers).toMatchObject([{ line: 1, ok: false, error: { code: "INVALID_INPUT" } }]);
    expect(exitCode).toBe(2);
    expect(readdirSync(given.folder)).toEqual([]);
  });

  it("is cut the same way wherever the stream is cut", async () => {
    const bytes = Buffer.from(`\uFEFF${text(receive(1), "", receive(2))}\r\n{"é": "𠮷"}`);
    const read = async (size: number): Promise<unknown[]> => {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      const lines: unknown[] = [];
      for await (const portion of readLines(Readable.from(chunks))) lines.push(...portion);
      return lines;
    };
    const whole = await read(bytes.length);
    expect(whole).toHaveLength(3);
    for (const size of [1, 2, 3, 7, 64]) expect(await read(size)).toEqual(whole);
  });

  it("a line may be as long as the limit and no longer", async () => {
    const line = (size: number): Buffer => Buffer.from(`"${"x".repeat(size - 2)}"\r\n`);
    const lines: unknown[] = [];
    const stream = Readable.from([line(lineBytesMax), line(lineBytesMax + 1), line(9)]);
    for await (const portion of readLines(stream)) lines.push(...portion);
    expect(lines).toMatchObject([
      { line: 1, given: expect.any(String) as string },
      { line: 2, refusal: { code: "INVALID_INPUT" } },
      { line: 3, given: "xxxxxxx" },
    ]);
  });
});

describe("files named by a line", () => {
  it("are read as seen from the folder of the apply file", async () => {
    const given = givenProgram();
    given.write("reply.txt", "答复");
    const contact = { command: "contact", case: "1", mode: "visit", on: "2021-05-01" };
    const answer = {
      command: "answer",
      case: "1",
      result: "A",
      file: "reply.txt",
      on: "2021-06-01",
    };
    const path = given.write("year.jsonl", text(receive(1), assign(1), contact, answer));
    const { exitCode } = await given.wuding(["apply", path]);
    expect(exitCode).toBe(0);
    const view = JSON.parse((await given.typed("show 1 --json")).out) as { reply: object };
    expect(view.reply).toMatchObject({ file: { name: "reply.txt", size: 6 } });
  });
});

describe("files that a line may not name", () => {
  const answering = (file: string): object => ({
    command: "answer",
    case: "1",
    result: "A",
    file,
    on: "2021-06-01",
  });
  const ready = text(receive(1), assign(1), {
    command: "contact",
    case: "1",
    mode: "visit",
    on: "2021-05-01",
  });

  it.each([
    ["an absolute path", () => "/dev/zero"],
    ["one outside the folder", () => "../secret.txt"],
    ["a link that leads outside", () => "link.txt"],
    ["a folder", () => "inner"],
    ["the folder itself", () => "."],
    ["a device reached by steps", () => `${"../".repeat(20)}dev/zero`],
  ])("%s is refused by the name of the field, and is not read", async (_what, file) => {
    const given = givenProgram();
    given.write("secret.txt", "secret");
    mkdirSync(join(given.folder, "lines", "inner"), { recursive: true });
    symlinkSync(join(given.folder, "secret.txt"), join(given.folder, "lines", "link.txt"));
    const path = given.write("lines/year.jsonl", ready + text(answering(file())));
    const { out, exitCode } = await given.wuding(["apply", path]);
    expect(exitCode).toBe(2);
    expect(answersOf(out)[3]).toMatchObject({
      ok: false,
      error: { code: "INVALID_INPUT", data: { problems: [{ field: "file" }] } },
    });
  });

  it.skipIf(process.platform === "win32")("a pipe is refused without waiting for it", async () => {
    const given = givenProgram();
    spawnSync("sh", ["-c", 'mkfifo "$0"', join(given.folder, "pipe")]);
    const path = given.write("year.jsonl", ready + text(answering("pipe")));
    const { exitCode } = await given.wuding(["apply", path]);
    expect(exitCode).toBe(2);
  });

  it("one of a command that takes none is not looked at", async () => {
    const given = givenProgram();
    const path = given.write("year.jsonl", text(receive(1, { file: "nowhere.txt" })));
    const { out } = await given.wuding(["apply", path]);
    expect(answersOf(out)[0]?.error?.message).toContain("there is no field file");
  });
});

describe("--atomic", () => {
  it("waits for its last line before it keeps other programs from recording", async () => {
    const given = givenProgram();
    await applied(given, text(receive(1)));
    let other: number | undefined;
    const { exitCode } = await applied(
      given,
      Readable.from(
        (async function* () {
          yield Buffer.from(text(receive(2)));
          // time enough to take the lock
          await new Promise((resolve) => setTimeout(resolve, 50));
          other = (await given.wuding(["apply", "-"], { stdin: text(receive(3)) })).exitCode;
          yield Buffer.from(text(receive(4)));
        })(),
      ),
      "--atomic",
    );
    expect({ other, exitCode }).toEqual({ other: 0, exitCode: 0 });
    expect(await casesIn(given)).toBe(4);
  });

  it("records all of them", async () => {
    const given = givenProgram();
    const { exitCode, answers } = await applied(given, text(receive(1), assign(1)), "--atomic");
    expect(answers).toMatchObject([
      { line: 1, ok: true, version: 1 },
      { line: 2, ok: true, version: 2 },
    ]);
    expect(exitCode).toBe(0);
    expect(await casesIn(given)).toBe(1);
    expect(readdirSync(given.folder)).toEqual(["wuding.db"]);
  });

  it("or none, and says which line it was", async () => {
    const given = givenProgram();
    await applied(given, text(receive(1)));
    const lines = text(receive(2), { command: "close", case: "7" }, "{", receive(3));
    const { exitCode, answers } = await applied(given, lines, "--atomic");
    expect(answers.map(({ line, error }) => [line, error?.code])).toEqual([
      [1, "ROLLED_BACK"],
      [2, "NOT_FOUND"],
      [3, "INVALID_INPUT"],
      [4, "ROLLED_BACK"],
    ]);
    expect(exitCode).toBe(4);
    expect(await casesIn(given)).toBe(1);
  });

  it("none leaves no file where there was none", async () => {
    const given = givenProgram();
    const { exitCode, answers } = await applied(given, text(receive(1), "{"), "--atomic");
    expect(answers.map(({ error }) => error?.code)).toEqual(["ROLLED_BACK", "INVALID_INPUT"]);
    expect(exitCode).toBe(2);
    expect(readdirSync(given.folder)).toEqual([]);
  });
});

describe("the file of lines", () => {
  it.each([["nowhere.jsonl"], ["."], ["no\0where"]])("%j cannot be read: exit 2", async (path) => {
    const given = givenProgram();
    const { exitCode, err, out } = await given.wuding(["apply", path]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toContain("a file that can be read");
    expect(given.hasCasebook()).toBe(false);
  });

  it("must be named", async () => {
    const { wuding } = givenProgram();
    expect((await wuding(["apply"])).err).toContain("Missing: FILE|-.");
  });

  it("may be empty", async () => {
    const given = givenProgram();
    const { exitCode, answers } = await applied(given, "\n\n");
    expect({ exitCode, answers, made: given.hasCasebook() }).toEqual({
      exitCode: 0,
      answers: [],
      made: false,
    });
  });

  it("is recorded at the time of the clock, for the day that --today names", async () => {
    const given = givenProgram();
    const { answers } = await applied(given, text(receive(1)), "--today", "2021-04-01");
    expect(answers[0]?.error?.message).toContain("future");
    expect(new Date(noon).getUTCFullYear()).toBe(2021);
  });
});
