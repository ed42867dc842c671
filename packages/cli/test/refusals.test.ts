/** @module refusals.test — every bad input: its exit code, one sentence, a hint, and nothing recorded. */
import { errorCodes } from "@wuding/engine";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exitCodes } from "../src/exit-codes.ts";
import { refusalLines } from "../src/refusal.ts";
import type { GivenProgram } from "./given-program.ts";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";
import { withoutPrivileges } from "./without-privileges.ts";

/** Refused in text and in JSON alike, without a word on stdout. */
const expectRefused = async (
  { wuding }: GivenProgram,
  argv: readonly string[],
  expected: Readonly<{ exitCode: number; code: string; sentence: RegExp }>,
): Promise<void> => {
  const text = await wuding(argv);
  expect(text.out).toBe("");
  const [sentence = "", hint = "", ...more] = text.err.trimEnd().split("\n");
  expect(sentence).toMatch(expected.sentence);
  expect(hint).not.toBe("");
  expect(more).toEqual([]);
  expect(text.exitCode).toBe(expected.exitCode);

  const json = await wuding([...argv, "--json"]);
  expect(json.out).toBe("");
  expect(json.err.split("\n")).toHaveLength(2);
  expect(errorOf(json)).toEqual({
    code: expected.code,
    message: sentence,
    hint,
    data: expect.any(Object) as object,
  });
  expect(json.exitCode).toBe(expected.exitCode);
};

const eventsIn = async ({ typed }: GivenProgram, name: string): Promise<number> =>
  (JSON.parse((await typed(`history ${name} --json`)).out) as unknown[]).length;

const receiveWith = (changes: Readonly<Record<string, string>>): string[] => {
  const fields = {
    kind: "cppcc",
    session: "15-5",
    number: "122",
    title: "题目",
    proposer: "李楠",
    "dispatched-on": "2021-04-02",
    on: "2021-04-02",
    ...changes,
  };
  return ["receive", ...Object.entries(fields).flatMap(([name, value]) => [`--${name}=${value}`])];
};

describe("bad input to receive makes no casebook", () => {
  it.each([
    ["nothing at all", ["receive"], /--kind.*--session.*--number.*--title.*--proposer/],
    ["an impossible date", receiveWith({ on: "2021-02-30" }), /--on.*2021-02-30/],
    [
      "another impossible date",
      receiveWith({ "dispatched-on": "2008-09-31" }),
      /--dispatched-on.*2008-09-31/,
    ],
    ["a date too long ago", receiveWith({ on: "0001-01-01" }), /--on.*from 0100-01-01 on/],
    ["no date", receiveWith({ on: "2021/4/2" }), /--on.*YYYY-MM-DD/],
    ["a date in the future", receiveWith({ on: "2022-01-01" }), /--on.*future/],
    [
      "a dispatch in the future",
      receiveWith({ "dispatched-on": "2022-01-01" }),
      /--dispatched-on.*future/,
    ],
    ["received before the dispatch", receiveWith({ on: "2021-04-01" }), /--on.*2021-04-01/],
    ["an unknown kind", receiveWith({ kind: "letter" }), /--kind/],
    ["an unknown role", receiveWith({ role: "boss" }), /--role.*sole/],
    ["a session that is none", receiveWith({ session: "春季" }), /--session/],
    ["a number that is none", receiveWith({ number: "!" }), /--number/],
    ["a control character", receiveWith({ title: "a\u0007b" }), /--title.*U\+0007/],
    ["a line break in a title", receiveWith({ title: "a\nb" }), /--title.*U\+000A/],
    ["a terminal escape", receiveWith({ title: "\u001B[2Jx" }), /--title.*U\+001B/],
    ["a bidirectional control", receiveWith({ title: "a\u202Eb" }), /--title.*U\+202E/],
    ["NUL", receiveWith({ title: "a\0b" }), /--title.*U\+0000/],
    ["a lone surrogate", receiveWith({ title: "a\uD800b" }), /--title.*U\+D800/],
    ["an empty title", receiveWith({ title: " " }), /--title is empty/],
    ["a title too long", receiveWith({ title: "长".repeat(501) }), /--title.*500/],
    ["a version that is none", receiveWith({ expect: "soon" }), /--expect/],
    ["a today that is none", [...receiveWith({}), "--today", "2021-13-01"], /--today.*2021-13-01/],
    ["a today in the future", [...receiveWith({}), "--today", "2022-01-01"], /--today.*future/],
    ["nobody who records", [...receiveWith({}), "--as", " "], /--as is empty/],
    ["a server's address", [...receiveWith({}), "--db", "postgres://host/x"], /--db/],
  ])("%s", async (_what, argv, sentence) => {
    const given = givenProgram();
    await expectRefused(given, argv, { exitCode: 2, code: "INVALID_INPUT", sentence });
    expect(readdirSync(given.folder)).toEqual([]);
  });

  it("an unreadable file is refused before anything else", async () => {
    const given = givenProgram();
    for (const path of ["nowhere.txt", given.folder]) {
      const argv = ["answer", "122", "--result", "A", "--file", path];
      const sentence = /file that can be read/;
      await expectRefused(given, argv, { exitCode: 2, code: "INVALID_INPUT", sentence });
    }
    expect(given.hasCasebook()).toBe(false);
  });

  it("a file in the place of a folder, and a name that no file can have", async () => {
    const given = givenProgram();
    await given.typed(received);
    await given.typed("audit keys");
    const file = given.write("list.txt", "");
    const long = join(given.folder, `${"长".repeat(200)}.csv`);
    const refused: readonly (readonly [argv: readonly string[], exitCode: number, RegExp])[] = [
      [["apply", join(file, "x")], 2, /file that can be read/],
      [["apply", long], 2, /file that can be read/],
      [["demo", file], 7, /folder cannot be made/],
      [["backup", join(file, "x")], 7, /folder does not exist/],
      [["export", join(file, "x.csv")], 7, /folder does not exist/],
      [["export", long], 7, /name is too long/],
      [["backup", long], 7, /name is too long/],
      [["list", "--db", long], 7, /name is too long/],
    ];
    for (const [argv, exitCode, sentence] of refused) {
      const code = exitCode === 2 ? "INVALID_INPUT" : "STORE_UNAVAILABLE";
      await expectRefused(given, argv, { exitCode, code, sentence });
    }
    expect(readdirSync(given.folder).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  it("a backup that cannot be made signs nothing before it is refused", async () => {
    const given = givenProgram();
    await given.typed(received);
    const before = readdirSync(given.folder);
    for (const target of [given.db, join(given.folder, "nowhere", "x.db")]) {
      const { exitCode } = await given.wuding(["backup", target]);
      expect([target, exitCode]).toEqual([target, target === given.db ? 5 : 7]);
    }
    expect(readdirSync(given.folder)).toEqual(before);
  });

  it("what is signed for has a place before the first signature records a key", async () => {
    const given = givenProgram();
    await given.typed(received);
    const taken = given.write("taken", "");
    const long = join(given.folder, "长".repeat(200));
    const nowhere = join(given.folder, "nowhere", "x");
    mkdirSync(join(given.folder, "proof"));
    given.write("proof/case.jsonl", "");
    given.write("proof/checkpoint", "");
    const before = readdirSync(given.folder);
    const refused: readonly (readonly [argv: readonly string[], exitCode: number])[] = [
      ...[taken, long, nowhere].flatMap((place) =>
        [
          ["audit", "checkpoint", "--out", place],
          ["audit", "keys", "--out", place],
          ["audit", "evidence", "122", place],
          ["backup", place],
        ].map((argv) => [argv, place === taken ? 5 : 7] as const),
      ),
      [["audit", "prove", "122", "--out", taken], 7],
      [["audit", "prove", "122", "--out", join(given.folder, "proof")], 5],
      [["audit", "checkpoint", "--checkpoints", taken], 7],
      [["audit", "checkpoint", "--checkpoints", `${given.db}.key`], 7],
      [["audit", "checkpoint", "--checkpoints", join(`${given.db}.key`, "x")], 7],
      [["audit", "checkpoint", "--out", `${given.db}.key`], 7],
      [["audit", "checkpoint", "--out", `${given.db}.checkpoints`], 7],
    ];
    for (const [argv, exitCode] of refused) {
      expect([argv, (await given.wuding(argv)).exitCode]).toEqual([argv, exitCode]);
      expect([argv, readdirSync(given.folder)]).toEqual([argv, before]);
    }
    const { out } = await given.typed("audit verify --json");
    expect(JSON.parse(out)).toMatchObject({ size: 2 });
  });

  it("once there is a key, a file that says the same already may stay", async () => {
    const given = givenProgram();
    await given.typed(received);
    const file = join(given.folder, "note");
    for (const _time of ["once", "once more"]) {
      expect((await given.typed(`audit checkpoint --out ${file}`)).exitCode).toBe(0);
    }
  });

  it("the sentence is Chinese for who reads Chinese", async () => {
    const { wuding } = givenProgram({ LANG: "zh_CN.UTF-8" });
    const { err } = await wuding(receiveWith({ on: "2021-02-30" }));
    expect(err).toBe("--on 的日期 2021-02-30 不存在。\n改正后重试；未记录任何内容。\n");
  });

  it("variables are checked like options", async () => {
    const { typed } = givenProgram({ WUDING_TODAY: "2022-01-01" });
    const { exitCode, err } = await typed(received);
    expect(exitCode).toBe(2);
    expect(err).toContain("WUDING_TODAY");
  });
});

describe("without a casebook", () => {
  it.each([
    ["show 122"],
    ["list"],
    ["assign 122 --department a --person b --due 2021-06-01 --task c --responsibility d"],
    ["close cppcc/15-5/122"],
  ])("%s says that there is none, and makes none", async (line) => {
    const given = givenProgram();
    const sentence = /There is no casebook/;
    await expectRefused(given, line.split(" "), { exitCode: 4, code: "NOT_FOUND", sentence });
    expect(readdirSync(given.folder)).toEqual([]);
  });

  it("a missing folder is named", async () => {
    expect.hasAssertions();
    const given = givenProgram();
    const argv = [...receiveWith({}), "--db", join(given.folder, "nowhere", "x.db")];
    const sentence = /folder does not exist/;
    await expectRefused(given, argv, { exitCode: 7, code: "STORE_UNAVAILABLE", sentence });
  });
});

describe("refused by lifecycle, rules and what others have recorded", () => {
  const cases: readonly (readonly [
    what: string,
    before: readonly string[],
    line: string,
    expected: Readonly<{ exitCode: number; code: string; sentence: RegExp }>,
  ])[] = [
    [
      "three of the five",
      [received],
      "assign 122 --department 规划科 --person 甲 --due 2021-06-20",
      { exitCode: 3, code: "INCOMPLETE_ASSIGNMENT", sentence: /task, responsibility/ },
    ],
    [
      "an answer before contact",
      [received, assigned],
      "answer 122 --result A --on 2021-06-01",
      { exitCode: 3, code: "RULE_REFUSED", sentence: /based on a default/ },
    ],
    [
      "a command out of turn",
      [received],
      "close 122",
      { exitCode: 3, code: "WRONG_STATE", sentence: /close/ },
    ],
    [
      "the same case with other content",
      [received],
      received.replace("李楠", "王强"),
      { exitCode: 5, code: "DUPLICATE_CASE", sentence: /proposers/ },
    ],
    [
      "a stale version",
      [received, assigned],
      "waive-contact 122 --reason 来电 --expect 1",
      { exitCode: 5, code: "VERSION_CONFLICT", sentence: /version 2, not 1/ },
    ],
    [
      "a command id used for something else",
      [received, `${assigned} --command-id x`],
      "waive-contact 122 --reason 来电 --command-id x",
      { exitCode: 5, code: "COMMAND_ID_REUSED", sentence: /x/ },
    ],
    [
      "a fact dated before the dispatch",
      [received],
      assigned.replace("--on 2021-04-06", "--on 2021-04-01"),
      { exitCode: 3, code: "RULE_REFUSED", sentence: /before the dispatch/ },
    ],
    [
      "an unknown case",
      [received],
      "close 7",
      { exitCode: 4, code: "NOT_FOUND", sentence: /no case "7"/ },
    ],
    [
      "a name that fits several",
      [received, received.replace("--session 15-5", "--session 15-4")],
      "close 122",
      { exitCode: 2, code: "AMBIGUOUS_CASE", sentence: /15-4.*15-5/ },
    ],
    [
      "an unknown commitment",
      [received, assigned],
      "fulfil 122 --commitment 3",
      { exitCode: 4, code: "NOT_FOUND", sentence: /commitment/ },
    ],
  ];

  it.each(cases)("%s", async (_what, before, line, expected) => {
    const given = givenProgram();
    for (const earlier of before) expect((await given.typed(earlier)).exitCode).toBe(0);
    const events = await eventsIn(given, "cppcc/15-5/122");
    await expectRefused(given, line.split(" "), expected);
    expect(await eventsIn(given, "cppcc/15-5/122")).toBe(events);
  });

  it("bad input comes before what is known of the case", async () => {
    const { typed } = givenProgram();
    await typed(received);
    expect((await typed("close 122 --on 2021-02-30")).exitCode).toBe(2);
    expect((await typed("close 122 --expect 7")).exitCode).toBe(5);
  });
});

describe("files that are no casebook", () => {
  it("text, an empty file and a folder are refused and stay as they are", async () => {
    const given = givenProgram();
    mkdirSync(join(given.folder, "folder"));
    const files = [
      given.write("a.txt", "text"),
      given.write("empty", ""),
      join(given.folder, "folder"),
    ];
    for (const file of files) {
      for (const argv of [
        ["list", "--db", file],
        [...receiveWith({}), "--db", file],
      ]) {
        const ran = await given.wuding([...argv, "--json"]);
        expect(ran.exitCode).toBe(7);
        expect(errorOf(ran).code).toBe("NOT_A_CASEBOOK");
      }
    }
  });

  it("a casebook of a newer version is left to that version", async () => {
    expect.hasAssertions();
    const given = givenProgram();
    await given.typed(received);
    const bytes = readFileSync(given.db);
    // where SQLite keeps the number of the newest migration
    bytes.writeUInt32BE(99, 60);
    writeFileSync(given.db, bytes);
    const sentence = /newer version/;
    for (const argv of [["list"], receiveWith({})]) {
      await expectRefused(given, argv, { exitCode: 7, code: "STORE_NEWER", sentence });
    }
  });

  it("a damaged casebook is an integrity matter", async () => {
    const given = givenProgram();
    await given.typed(received);
    const header = Buffer.alloc(100);
    header.write("SQLite format 3\0");
    writeFileSync(given.db, Buffer.concat([header, Buffer.alloc(4000, 0xff)]));
    expect([6, 7]).toContain((await given.typed("list")).exitCode);
  });

  it("a read-only folder", async () => {
    const given = givenProgram();
    chmodSync(given.folder, 0o555);
    const { exitCode } = await withoutPrivileges(() => given.typed(received));
    chmodSync(given.folder, 0o700);
    expect(exitCode).toBe(7);
    expect(readdirSync(given.folder)).toEqual([]);
  });

  it("a read-only casebook can be read and takes no record", async () => {
    const given = givenProgram();
    await given.typed(received);
    chmodSync(given.db, 0o444);
    chmodSync(given.folder, 0o555);
    const [listed, refused] = await withoutPrivileges(async () => [
      await given.typed("list --json"),
      await given.typed("withdraw 122 --reason 撤案"),
    ]);
    chmodSync(given.folder, 0o700);
    expect(listed?.exitCode).toBe(0);
    expect(refused?.exitCode).toBe(7);
  });
});

describe("the printer of refusals", () => {
  it("every code has its exit code", () => {
    expect(Object.keys(exitCodes).toSorted()).toEqual([...errorCodes].toSorted());
  });

  it("a bug shows its stack, and in JSON stays one line", () => {
    const bug = new TypeError("no\u001Bsense");
    const text = refusalLines(bug, { language: "en", json: false });
    expect(text.exitCode).toBe(1);
    expect(text.lines.join("\n")).toMatch(/no\\u\{1B\}sense[\s\S]*refusals\.test/);
    const json = refusalLines(bug, { language: "zh", json: true });
    expect(json.lines).toHaveLength(1);
    expect(JSON.parse(json.lines[0] ?? "")).toMatchObject({
      error: { code: "INTERNAL", data: { detail: "no\u001Bsense" } },
    });
  });
});
