/** @module arguments.test — what is typed, and what the program makes of it. */
import { EngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { findCommand, glanceAt, optionNameOf, readArguments } from "../src/arguments.ts";
import type { Command } from "../src/command.ts";
import { givenProgram } from "./given-program.ts";

const label = { zh: "试", en: "try" };
const tried: Command = {
  name: "try",
  label,
  positionals: ["CASE", "[OTHER]"],
  options: [
    { name: "title", label, typed: "value", form: "TEXT", required: true },
    { name: "proposer", label, typed: "list", form: "NAME" },
    { name: "is-key", label, typed: "flag", form: "" },
    { name: "by", label, typed: "value", form: "WORD", words: ["block", "role"] },
  ],
  example: "wuding try 1 --title x",
  run: async () => undefined,
};

const read = (line: string) => {
  const { rest } = findCommand(line.split(" "));
  return readArguments(rest, tried);
};

const refusalOf = (line: string): EngineError => {
  try {
    read(line);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error(`not refused: ${line}`);
};

describe("what is understood", () => {
  it.each([
    ["try 122 --title x", { positionals: ["122"], values: { title: "x" } }],
    ["try --title=x 122", { positionals: ["122"], values: { title: "x" } }],
    ["try 122 --title=-x", { values: { title: "-x" } }],
    ["try 122 --title=a=b", { values: { title: "a=b" } }],
    ["try 122 --title -", { values: { title: "-" } }],
    ["try 122 7 --title x", { positionals: ["122", "7"] }],
    ["try --title x -- --122", { positionals: ["--122"] }],
    ["try 1 --title x --proposer 李楠 --proposer=王强", { lists: { proposer: ["李楠", "王强"] } }],
    ["try 1 --title x --is-key", { flags: { "is-key": true } }],
    ["try 1 --title x --no-is-key", { flags: { "is-key": false } }],
    ["try 1 --title x --is-key --is-key", { flags: { "is-key": true } }],
    ["try 1 --title x --by role", { values: { by: "role" } }],
  ])("%s", (line, expected) => {
    expect(read(line).typed).toMatchObject(expected);
  });

  it.each([
    ["--json try 1 --title x", { json: true }],
    ["try 1 --title x --json", { json: true }],
    ["--db a.db --lang zh try 1 --title x", { db: "a.db", lang: "zh" }],
    ["try 1 --title x --as 甲 --today 2021-12-31", { as: "甲", today: "2021-12-31" }],
    ["try --help", { help: true }],
    ["try -h --nonsense", { help: true }],
    ["--help try", { help: true }],
    ["try 1 --title x -- --json", { json: false }],
  ])("global options stand before or after the command: %s", (line, expected) => {
    const given = line.replace("x -- --json", "x 2 --").split(" ");
    const { rest } = findCommand(given);
    expect(readArguments(rest, tried).globals).toMatchObject(expected);
  });

  it("a field's option is its name in kebab-case", () => {
    expect(["dispatchedOn", "isKey", "on", "commandId"].map(optionNameOf)).toEqual([
      "dispatched-on",
      "is-key",
      "on",
      "command-id",
    ]);
  });

  it("a refusal knows early whether to speak JSON, and which language", () => {
    expect(glanceAt(["--lang", "zh", "bogus", "--json"])).toEqual({ json: true, lang: "zh" });
    expect(glanceAt(["bogus", "--lang", "fr"])).toEqual({ json: false });
  });
});

describe("what is refused as usage", () => {
  it.each([
    ["try 1 --titel x", "There is no option --titel.", "Did you mean --title?"],
    ["try 1 --title x --no-is-kye", "There is no option --no-is-kye.", "Did you mean --no-is-key?"],
    ["--jsn try 1 --title x", "There is no option --jsn.", "Did you mean --json?"],
    ["try 1 --title x -json", "There is no option -json.", "Did you mean --json?"],
    ["try 1 --title x --no-title", "There is no option --no-title.", undefined],
    ["try 1 --title", "--title needs a value.", "Run wuding help try to see how it is used."],
    [
      "try 1 --title --is-key",
      "--title needs a value.",
      "Run wuding help try to see how it is used.",
    ],
    ["try 1 --title -x", "--title needs a value.", "Did you mean --title=-x?"],
    ["try 1 --title x --title y", "--title may be given only once.", undefined],
    ["--db a try 1 --title x --db b", "--db may be given only once.", undefined],
    ["try 1 --title x --is-key --no-is-key", "--is-key may be given only once.", undefined],
    ["try 1 --title x --is-key=yes", "--is-key takes no value.", undefined],
    ["try 1 2 3 --title x", 'There is a word too many: "3".', undefined],
    ["try 1 --title x --__proto__ y", "There is no option --__proto__.", undefined],
    ["try 1 --title x --constructor", "There is no option --constructor.", undefined],
  ])("%s", (line, sentence, hint) => {
    const refusal = refusalOf(line);
    expect(refusal.code).toBe("USAGE");
    expect(refusal.sentence.en).toBe(sentence);
    expect([hint, undefined]).toContain(hint === undefined ? hint : refusal.hint.en);
  });

  it("everything that is missing is named at once", () => {
    const refusal = refusalOf("try --is-key");
    expect(refusal.code).toBe("INVALID_INPUT");
    expect(refusal.sentence.en).toMatch(/CASE.*--title/);
  });

  it("a word that an option does not know is refused with the words it knows", () => {
    const refusal = refusalOf("try 1 --title x --by person");
    expect(refusal.code).toBe("INVALID_INPUT");
    expect(refusal.sentence.en).toContain("block, role");
  });
});

describe("help and version", () => {
  it.each([[""], ["--help"], ["-h"], ["help"]])("wuding %s shows all commands", async (line) => {
    const { wuding, hasCasebook } = givenProgram();
    const { exitCode, out, err } = await wuding(line === "" ? [] : [line]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    for (const name of [
      "receive",
      "assign",
      "advance",
      "show",
      "rates",
      "audit",
      "init",
      "apply",
    ]) {
      expect(out).toContain(`  ${name} `);
    }
    expect(hasCasebook()).toBe(false);
  });

  it("help of a command comes both ways and names what is required", async () => {
    const { typed } = givenProgram();
    const { out } = await typed("help receive");
    expect(out).toMatch(/--title TEXT +title \(required\)/);
    expect(out).toContain("Example:\n  wuding receive ");
    expect(await typed("receive --help")).toMatchObject({ exitCode: 0, out, err: "" });
    expect((await typed("receive --help --lang zh")).out).toMatch(/--title TEXT +案由（必填）/);
  });

  it("help says what the words that an option accepts mean", async () => {
    const { typed } = givenProgram();
    expect((await typed("help feedback --lang zh")).out).toContain(
      "对办理结果（必填）：satisfied 满意、mostly 基本满意、dissatisfied 不满意",
    );
    expect((await typed("help rates")).out).toMatch(/--by WORD +group by: kind, year, department/);
  });

  it("every command has help with an example that begins with its name", async () => {
    const { typed } = givenProgram();
    const { out } = await typed("help --json");
    const { commands } = JSON.parse(out) as { commands: { command: string; example: string }[] };
    expect(commands.length).toBeGreaterThan(25);
    for (const { command, example } of commands) {
      expect(example).toMatch(new RegExp(`^wuding ${command}( |$)`));
    }
  });

  it("the version is the manifest's", async () => {
    const { typed } = givenProgram();
    expect((await typed("--version")).out).toMatch(/^wuding \d+\.\d+\.\d+\n$/);
    expect(JSON.parse((await typed("-V --json")).out)).toEqual({ version: expect.any(String) });
  });

  it("a mistyped command is refused with the one that was meant", async () => {
    const { typed } = givenProgram();
    expect(await typed("recieve")).toEqual({
      exitCode: 2,
      out: "",
      err: 'There is no command "recieve".\nDid you mean receive?\n',
    });
    expect((await typed("help shwo")).err).toContain("Did you mean show?");
    expect((await typed("constructor")).exitCode).toBe(2);
  });
});
