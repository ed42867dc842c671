/**
 * @module completion.test — the built program completes its own command lines in real shells; zsh and fish only
 * where they are installed, bash is everywhere.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCasebook } from "@wuding/store";
import { beforeAll, describe, expect, it } from "vitest";
import { linesOf, recordAll } from "./given-year.ts";

import { errorOf, givenProgram } from "./given-program.ts";

const program = fileURLToPath(new URL("../bin/wuding.js", import.meta.url));
const has = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wuding-completion-"));
  const casebook = await openCasebook(join(folder, "year.db"), {
    create: true,
    actor: { id: "办公室" },
  });
  await recordAll(casebook, linesOf("linyi-2021/commands.jsonl"));
  await casebook.close();
  writeFileSync(join(folder, "a list.xlsx"), "");
  writeFileSync(
    join(folder, "wuding"),
    `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`,
  );
  chmodSync(join(folder, "wuding"), 0o755);
  return () => rmSync(folder, { recursive: true, force: true });
});

const inShell = (shell: string, script: string, ...words: readonly string[]): readonly string[] => {
  const { stdout, stderr } = spawnSync(shell, ["-c", script, shell, ...words], {
    encoding: "utf8",
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
      WUDING_DB: join(folder, "year.db"),
      WUDING_LANG: "en",
      HOME: folder,
    },
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
};

/** What bash would offer for the last of the words. */
const inBash = (...words: readonly string[]): readonly string[] =>
  inShell(
    "bash",
    'source <(wuding completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _wuding 2>/dev/null; printf "%s\\n" "${COMPREPLY[@]}"',
    ...words,
  );

/** What fish would offer at the end of a line. */
const inFish = (line: string): readonly string[] =>
  inShell("fish", `wuding completion fish | source; complete -C "${line}"`).map(
    (found) => found.split("\t")[0] ?? "",
  );

describe("bash completes", () => {
  it.each([
    [["audi"], ["audit"]],
    [["audit", "ver"], ["verify"]],
    [["answer", "122", "--disclosure", "s"], ["summary"]],
    [["answer", "122", "--disclosure", "=", "s"], ["summary"]],
    [
      ["answer", "122", "--disc"],
      ["--disclosure", "--disclosure-reason"],
    ],
    [
      ["--lang", ""],
      ["zh", "en"],
    ],
    [["show", "cppcc/15-5/12"], ["cppcc/15-5/122"]],
    [["show", "12"], ["122"]],
    [["--lang", "zh", "show", "15-5/12"], ["15-5/122"]],
    [["apply", "a"], ["a list.xlsx"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["help", "audi"], ["audit"]],
    [
      ["list", "--kind", ""],
      ["cppcc", "npc"],
    ],
    [["receive", "--kind", "c"], ["cppcc"]],
    // anything may stand there
    [["assign", "122", "--responsibility", ""], []],
    [["assign", "122", "--department", "规"], ["规划科"]],
    [["list", "--department", "不"], []],
    [["delegate", "--from", "经办人甲"], ["经办人甲"]],
  ])("%j to %j", (words, offered) => {
    expect(inBash("wuding", ...words)).toEqual(offered);
  });

  it("cases of the casebook that the line names, and nothing where there is none", () => {
    expect(inBash("wuding", "--db", "year.db", "show", "12")).toEqual(["122"]);
    expect(inBash("wuding", "--db", "none.db", "show", "12")).toEqual([]);
    expect(inBash("wuding", "--db", "=", "none.db", "show", "12")).toEqual([]);
  });

  it("departments, persons and blocks of the casebook that the line names, and nothing where there is none", () => {
    for (const [option, some] of [
      ["--department", "规划科"],
      ["--person", "经办人甲"],
    ] as const) {
      const offered = inBash("wuding", "--db", "year.db", "reassign", "122", option, "");
      expect(offered).toContain(some);
      expect(offered).toEqual([...new Set(offered)]);
      expect(inBash("wuding", "--db", "none.db", "reassign", "122", option, "")).toEqual([]);
    }
    expect(inBash("wuding", "list", "--block", "").length).toBeGreaterThan(1);
  });

  it("a name with marks of the shell's as one word, and runs none of it", async () => {
    const file = join(folder, "odd.db");
    const casebook = await openCasebook(file, { create: true, actor: { id: "办公室" } });
    const receipt = {
      command: "receive",
      kind: "cppcc",
      session: "15-5",
      number: "1",
      title: "关于第1件事的建议",
      proposers: ["李楠"],
      on: "2021-04-02",
    };
    const assigned = {
      command: "assign",
      case: "cppcc/15-5/1",
      department: "Planning $(touch ran) 'A'",
      person: "甲",
      due: "2021-06-20",
      task: "答复",
      responsibility: "科长",
      on: "2021-04-12",
    };
    await recordAll(
      casebook,
      [receipt, assigned].map((given, at) => ({ line: at + 1, given })),
    );
    await casebook.close();
    const offered = inBash("wuding", "--db", "odd.db", "list", "--department", "Pl");
    expect(offered).toEqual(["Planning\\ \\$\\(touch\\ ran\\)\\ \\'A\\'"]);
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  it("kinds of the rulebooks that are shipped, where there is no casebook yet", () => {
    expect(inBash("wuding", "--db", "none.db", "list", "--kind", "cp")).toEqual(["cppcc"]);
  });
});

describe.skipIf(!has("fish"))(`fish${has("fish") ? "" : " (not here)"} completes`, () => {
  it.each([
    ["audi", ["audit"]],
    ["audit ver", ["verify"]],
    ["answer 122 --disclosure s", ["summary"]],
    ["answer 122 --disc", ["--disclosure", "--disclosure-reason"]],
    ["show cppcc/15-5/12", ["cppcc/15-5/122"]],
    ["--db year.db show 12", ["122"]],
    ["--db none.db show 12", []],
    ["list --kind cp", ["cppcc"]],
    ["list --department 规", ["规划科"]],
    ["--db none.db list --department 规", []],
  ])("%s to %j", (line, offered) => {
    expect(inFish(`wuding ${line}`)).toEqual(offered);
  });
});

describe.skipIf(!has("zsh"))(`zsh${has("zsh") ? "" : " (not here)"}`, () => {
  it("reads the script, and its tables say what belongs where", () => {
    const script =
      'autoload -Uz compinit; compinit -u -D; source <(wuding completion zsh); _wuding_place "show 1"; _wuding_value "answer --disclosure"; _wuding_value "assign --co-department"; _wuding_actions audit';
    expect(inShell("zsh", script)).toEqual([
      "@case",
      "full summary on-request withheld",
      "@department",
      expect.stringContaining("verify"),
    ]);
  });
});

describe("completion", () => {
  it("refuses a shell that it does not know, and names those it knows", async () => {
    const { exitCode, err } = await givenProgram().typed("completion tcsh");
    expect(exitCode).toBe(2);
    expect(err).toContain("bash, zsh, fish");
  });

  it("names its argument alike, missing or wrong, and as help shows it", async () => {
    const { typed } = givenProgram();
    const named = await Promise.all(
      ["completion", "completion tcsh"].map(async (line) => errorOf(await typed(`${line} --json`))),
    );
    expect(named).toMatchObject([
      { data: { problems: [{ field: "bash|zsh|fish", kind: "missing" }] } },
      { data: { problems: [{ field: "bash|zsh|fish", kind: "notOneOf" }] } },
    ]);
  });

  it.each(["bash", "zsh", "fish"])("knows every command and option in %s", async (shell) => {
    const given = givenProgram();
    const { out } = await given.typed(`completion ${shell}`);
    const { commands } = JSON.parse((await given.typed("help --json")).out) as {
      commands: { command: string; options: { name: string }[] }[];
    };
    for (const { command, options } of commands) {
      expect(out).toContain(command.split(" ").at(-1));
      for (const { name } of options) expect(out).toMatch(new RegExp(`(--|-l )${name}\\b`));
    }
  });
});
