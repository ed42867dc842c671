/**
 * @module console-block — runs the console sessions of Markdown files and compares what they show.
 *
 * A session is a fenced `console` block: `$ command` (continued by a trailing `\`), then what it prints,
 * stdout and stderr as a terminal shows them, then `[exit N]` unless N is 0. A line that is only `…`
 * stands for any lines, one that ends in `…` is cut off there. All sessions of a file run in one folder, in order. Instants, hashes, log names
 * and the folder's path are masked before comparing: they differ every time.
 *
 * `UPDATE_DOCS=1 npx vitest run test` writes what was printed into the files in which it differs.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

export const root = fileURLToPath(new URL("../", import.meta.url));
const program = path.join(root, "packages/cli/bin/wuding.js");

/** The text of a file, named from the root. */
export const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** A fenced block of a Markdown file. */
export type Block = Readonly<{ language: string; text: string; line: number }>;

/** The fenced blocks of a text; `line` is that of its first line, from 1. */
export const blocksOf = (markdown: string): readonly Block[] => {
  const blocks: Block[] = [];
  for (const found of markdown.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)) {
    const [, language = "", text = ""] = found;
    blocks.push({ language, text, line: markdown.slice(0, found.index).split("\n").length + 1 });
  }
  return blocks;
};

/** A command of a session with what it should print. */
export type Step = Readonly<{ command: string; printed: readonly string[]; line: number }>;

/** The commands of one `console` block. */
export const stepsOf = ({ text, line }: Block): readonly Step[] => {
  const steps: { command: string; printed: string[]; line: number }[] = [];
  for (const [index, each] of text.split("\n").slice(0, -1).entries()) {
    const last = steps.at(-1);
    if (each.startsWith("$ ")) {
      steps.push({ command: each.slice(2), printed: [], line: line + index });
    } else if (last === undefined) {
      throw new Error(`line ${line + index}: a session begins with "$ "`);
    } else if (last.command.endsWith("\\") && last.printed.length === 0) {
      last.command += `\n${each}`;
    } else {
      last.printed.push(each);
    }
  }
  return steps;
};

export type SessionOptions = Readonly<{
  /** Language of the person at the terminal. */
  language: "zh" | "en";
  /** Lets sessions name `examples/…`, as they do from the project's root. */
  withExamples?: boolean;
  /** Sessions run beside a copy of this folder's data files, as the page tells its reader to copy them. */
  filesOf?: string;
  /** Sessions run in a copy of the folder in which their file lies. */
  inItsFolder?: boolean;
}>;

// Words of a session stand for the built program; whatever else it types is the shell's.
const preamble = `
wuding() { "$NODE" "$PROGRAM" "$@"; }
npx() { "$@"; }
npm() { if [ "$1" = start ]; then wuding demo; else echo "a session runs no npm $1"; return 99; fi; }
`;

/** Runs a command as a person would in that folder; gives the lines it printed. */
export const run = (
  command: string,
  folder: string,
  { language }: SessionOptions,
): readonly string[] => {
  const { status, stdout, error } = spawnSync("sh", ["-c", `exec 2>&1\n${preamble}${command}`], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      NODE: process.execPath,
      PROGRAM: program,
      LANG: language === "zh" ? "zh_CN.UTF-8" : "en_GB.UTF-8",
      WUDING_ACTOR: "clerk",
      TZ: process.env["TZ"],
    },
  });
  if (error !== undefined) throw error;
  const lines = stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n");
  return status === 0 ? lines : [...lines, `[exit ${status}]`];
};

/** A line without what differs from run to run. */
const masked = (line: string, folder: string): string =>
  line
    .replaceAll(folder, "<folder>")
    .replace(/\S*wuding-demo-\w{6}/g, "<folder>")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)/g, "<instant>")
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?/g, "<time>")
    .replace(/\b[0-9a-f]{64}\b/g, "<hash>")
    .replace(/\b[0-9a-f]{8,}…/g, "<hash>…")
    .replace(/[A-Za-z0-9+/]{43}=/g, "<root>")
    .replace(/(?<=根哈希\s+|root )[A-Za-z0-9+/]{12}(?![A-Za-z0-9+/])/g, "<root>")
    .replace(/wuding\.invalid\/[\w-]{22}/g, "wuding.invalid/<log>")
    .replace(/\bv?\d+\.\d+\.\d+\b/g, "<version>")
    .trimEnd();

const isLine = (shown: string, printed: string | undefined): boolean =>
  shown === printed || (shown.endsWith("…") && printed?.startsWith(shown.slice(0, -1)) === true);

/** Whether what was printed is what the document shows, `…` standing for any lines but an exit code. */
const isShown = (shown: readonly string[], printed: readonly string[]): boolean => {
  const [first, ...rest] = shown;
  if (first === undefined) return printed.length === 0;
  if (first !== "…") return isLine(first, printed[0]) && isShown(rest, printed.slice(1));
  for (let from = 0; from <= printed.length; from += 1) {
    if (isShown(rest, printed.slice(from))) return true;
    if (printed[from]?.startsWith("[exit ") === true) return false;
  }
  return false;
};

/** Runs every session of a Markdown file, and fails at the first that prints something else. */
export const checkSessions = (file: string, options: SessionOptions): number => {
  const markdown = readFileSync(path.join(root, file), "utf8");
  const folder = mkdtempSync(path.join(tmpdir(), "wuding-session-"));
  const mask = (each: string): string => masked(each, folder);
  const isUpdating = process.env["UPDATE_DOCS"] === "1";
  const ran: (Step & { output: readonly string[]; isRight: boolean })[] = [];
  try {
    if (options.withExamples === true) {
      symlinkSync(path.join(root, "examples"), path.join(folder, "examples"));
    }
    if (options.filesOf !== undefined) {
      const from = path.join(root, options.filesOf);
      for (const name of readdirSync(from).filter((each) => /\.jsonl?$/.test(each))) {
        cpSync(path.join(from, name), path.join(folder, name));
      }
    }
    if (options.inItsFolder === true) {
      cpSync(path.join(root, path.dirname(file)), folder, { recursive: true });
    }
    const blocks = blocksOf(markdown).filter(({ language }) => language === "console");
    for (const step of blocks.flatMap(stepsOf)) {
      const { command, printed, line } = step;
      const output = run(command, folder, options);
      const isRight = isShown(printed.map(mask), output.map(mask));
      ran.push({ ...step, output, isRight });
      const what = `${file}:${line} $ ${command}`;
      if (output.at(-1) === "[exit 1]") throw new Error(`${what}\n${output.join("\n")}`);
      // what was left out with care is not written over
      const isElided = printed.some((each) => each.endsWith("…"));
      if (isRight || (isUpdating && !isElided)) continue;
      expect({ what, printed: printed.map(mask) }).toEqual({ what, printed: output.map(mask) });
      // what is elided may make the two equal only here
      throw new Error(`${what} printed something else than the document shows`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (isUpdating && ran.some(({ isRight }) => !isRight)) {
    writeFileSync(path.join(root, file), withOutput(markdown, ran));
  }
  return ran.length;
};

/** The text with what was printed in all its steps, so that a log keeps its name from one to the next. */
const withOutput = (
  markdown: string,
  ran: readonly (Step & { output: readonly string[]; isRight: boolean })[],
): string => {
  const lines = markdown.split("\n");
  for (const { command, printed, line, output, isRight } of ran.toReversed()) {
    if (isRight && printed.some((each) => each.endsWith("…"))) continue;
    const from = line - 1 + command.split("\n").length;
    lines.splice(from, printed.length, ...output.map((each) => each.trimEnd()));
  }
  return lines.join("\n");
};
