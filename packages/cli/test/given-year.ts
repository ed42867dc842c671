/** @module given-year — a year of `examples/` in a file of its own, and a shell that remembers what it prints. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Casebook, CommandLine, EngineError } from "@wuding/engine";
import { openCasebook } from "@wuding/store";
import { afterEach } from "vitest";
import type { Command, Typed } from "../src/command.ts";
import type { Shell } from "../src/shell.ts";

const leftovers: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of leftovers.splice(0).toReversed()) await end();
});

/** A new folder, gone after the test. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "wuding-cli-"));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const actor = { id: "办公室" };

/** What a shell printed. */
export type Printed = Readonly<{ out: string[]; talk: string[] }>;

/** A shell over a file; what it opens is closed after the test. */
export const shellOn = (
  file: string,
  changes: Partial<Shell> = {},
): Readonly<{ shell: Shell; printed: Printed }> => {
  const printed: Printed = { out: [], talk: [] };
  const shell: Shell = {
    language: "zh",
    reportLanguage: "zh",
    json: false,
    today: "2021-12-31",
    now: () => Date.now(),
    actor,
    file,
    proof: { keyFile: `${file}.key`, checkpointFolder: `${file}.checkpoints` },
    isInteractive: false,
    terminal: { isTerminal: false, columns: 80, hasColour: false },
    stdin: Readable.from([]),
    out: (line) => void printed.out.push(line),
    talk: (line) => void printed.talk.push(line),
    open: async ({ file: other = file, rulebook: _rulebook, forAudit, ...options } = {}) => {
      const asAuditor = forAudit === true && { readOnly: true, acceptAltered: true };
      const casebook = await openCasebook(other, { ...options, ...asAuditor, actor });
      leftovers.push(() => casebook.close());
      return casebook;
    },
    writeFile: async (path, contents) => writeFileSync(path, contents),
    readFile: async (path) => readFileSync(path),
    ...changes,
  };
  return { shell, printed };
};

/** The commands of an example, one a line; `change` may rewrite them. */
export const linesOf = (
  example: string,
  change: (given: Record<string, unknown>) => object = (given) => given,
): readonly CommandLine[] =>
  readFileSync(fileURLToPath(new URL(`../../../examples/${example}`, import.meta.url)), "utf8")
    .trim()
    .split("\n")
    .map((text, at) => ({
      line: at + 1,
      given: change(JSON.parse(text) as Record<string, unknown>),
    }));

/** Records lines; each must go in. */
export const recordAll = async (
  casebook: Casebook,
  lines: readonly CommandLine[],
  who = actor,
): Promise<void> => {
  const [refusal] = await recordSome(casebook, lines, who);
  if (refusal !== undefined) throw refusal;
};

/** Records the lines that can be recorded and gives the refusals of the others. */
const recordSome = async (
  casebook: Casebook,
  lines: readonly CommandLine[],
  who = actor,
): Promise<readonly EngineError[]> => {
  const refusals: EngineError[] = [];
  for await (const answer of casebook.apply(lines, { actor: who })) {
    if (!answer.ok) refusals.push(answer.refusal);
  }
  return refusals;
};

/** A casebook file with the recorded year of 2021 and a shell on it; changed lines may be refused. */
export const linyi2021 = async (
  changes: Partial<Shell> = {},
  change?: Parameters<typeof linesOf>[1],
): Promise<ReturnType<typeof shellOn> & Readonly<{ file: string }>> => {
  const file = join(newFolder(), "wuding.db");
  const casebook = await openCasebook(file, { create: true, actor });
  const record = change === undefined ? recordAll : recordSome;
  await record(casebook, linesOf("linyi-2021/commands.jsonl", change));
  await casebook.close();
  return { file, ...shellOn(file, changes) };
};

/** What was typed, with nothing where nothing is said. */
export const typed = (given: Partial<Typed> = {}): Typed => ({
  positionals: [],
  values: {},
  flags: {},
  lists: {},
  ...given,
});

/** Runs a command with `--json` and reads its one document. */
export const jsonOf = async <Shape>(
  command: Command,
  given: Partial<Typed>,
  { shell }: Readonly<{ shell: Shell }>,
): Promise<Shape> => {
  const lines: string[] = [];
  await command.run(typed(given), { ...shell, json: true, out: (line) => void lines.push(line) });
  if (lines.length !== 1) throw new Error(`${lines.length} lines where one document belongs`);
  return JSON.parse(lines[0] ?? "") as Shape;
};

/** Runs a command and gives its text. */
export const textOf = async (
  command: Command,
  given: Partial<Typed>,
  { shell }: Readonly<{ shell: Shell }>,
): Promise<string> => {
  const lines: string[] = [];
  await command.run(typed(given), { ...shell, out: (line) => void lines.push(line) });
  return lines.join("\n");
};
