/**
 * @module apply — `wuding apply FILE|-`: records commands that come as JSON lines, and answers each by
 * one JSON line. This is what other programs use.
 */
import { createReadStream } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Casebook, CommandLine, LineAnswer } from "@wuding/engine";
import { isEngineError } from "@wuding/engine";
import { existingCasebook } from "../casebook-to-record.ts";
import type { Command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { readLines } from "../lines.ts";
import { inNewCasebook } from "../new-casebook.ts";
import { readDocument, unreadable } from "../read-file.ts";
import { refusalJson } from "../refusal.ts";
import { emptyCasebook } from "../rehearsal.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

export const command: Command = {
  name: "apply",
  label: { zh: "批量记录：读取 JSON 行", en: "record commands from JSON lines" },
  positionals: ["FILE|-"],
  options: [
    {
      name: "atomic",
      label: { zh: "全部记录或全部不记录", en: "record all lines or none" },
      typed: "flag",
      form: "",
    },
  ],
  example: "wuding apply year.jsonl",
  run: async ({ positionals: [path = "-"], flags }, shell) => {
    const portions = readLines(path === "-" ? bytesOf(shell.stdin) : bytesOfFile(path));
    const folder = path === "-" ? "." : dirname(path);
    const record = flags["atomic"] === true ? recordAtomically : recordEach;
    const count = { recorded: 0, refused: 0 };
    let exitCode = 0;
    for await (const answer of record(withFiles(portions, folder), shell)) {
      shell.out(jsonLine(answerJson(answer, shell.language)));
      await shell.drained?.();
      count[answer.ok ? "recorded" : "refused"] += 1;
      if (!answer.ok && exitCode === 0 && answer.refusal.code !== "ROLLED_BACK") {
        exitCode = exitCodes[answer.refusal.code];
      }
    }
    if (!shell.json) talkCount(count, shell);
    return exitCode;
  },
};

const talkCount = (
  { recorded, refused }: Readonly<{ recorded: number; refused: number }>,
  { language, talk }: Shell,
): void =>
  talk(
    language === "zh"
      ? `共 ${recorded + refused} 行：成功 ${recorded} 行，拒绝 ${refused} 行。`
      : `${recorded + refused} lines: ${recorded} recorded, ${refused} refused.`,
  );

const answerJson = (answer: LineAnswer, language: Language): object => {
  const { line } = answer;
  if (!answer.ok) return { line, ok: false, error: refusalJson(answer.refusal, language) };
  const { case: id, events, version, unchanged, cases } = answer.recorded;
  return {
    line,
    ok: true,
    case: id,
    events,
    version,
    ...(unchanged && { unchanged }),
    ...(cases && { cases }),
  };
};

type Portions = AsyncGenerator<readonly CommandLine[]>;

/** Each line for itself, as it comes. */
async function* recordEach(portions: Portions, shell: Shell): AsyncGenerator<LineAnswer> {
  const { today } = shell;
  let casebook = await existingCasebook(shell);
  const stage = casebook ?? (await emptyCasebook(shell));
  for await (const portion of portions) {
    let refused = 0;
    for (const line of casebook === undefined ? portion : []) {
      // as long as every line is refused there is nothing to make a casebook for
      const answer = await answerOn(stage, line, today);
      if (answer.ok) {
        casebook = await shell.open({ create: true });
        break;
      }
      yield answer;
      refused += 1;
    }
    if (casebook !== undefined) yield* casebook.apply(portion.slice(refused), { today });
  }
}

const answerOn = async (
  casebook: Casebook,
  line: CommandLine,
  today: string,
): Promise<LineAnswer> => {
  const answers: LineAnswer[] = [];
  for await (const answer of casebook.apply([line], { today })) answers.push(answer);
  return answers[0] as LineAnswer;
};

/** All lines in one transaction; the answers are held back until it has ended. */
async function* recordAtomically(portions: Portions, shell: Shell): AsyncGenerator<LineAnswer> {
  const { today } = shell;
  const applyTo = (casebook: Casebook): Promise<readonly LineAnswer[]> =>
    casebook.applyAtomically(flat(portions), { today });
  const existing = await existingCasebook(shell);
  if (existing !== undefined) return yield* await applyTo(existing);
  yield* await inNewCasebook(shell, async (casebook) => {
    const answers = await applyTo(casebook);
    return { result: answers, isKept: answers.length > 0 && answers.every(({ ok }) => ok) };
  });
}

async function* flat(portions: Portions): AsyncGenerator<CommandLine> {
  for await (const portion of portions) yield* portion;
}

/** Puts the bytes in the place of each `file` that names one, as seen from the folder of the lines. */
async function* withFiles(portions: Portions, folder: string): Portions {
  for await (const portion of portions) {
    const read: CommandLine[] = [];
    for (const line of portion) read.push(await withFile(line, folder));
    yield read;
  }
}

const withFile = async (line: CommandLine, folder: string): Promise<CommandLine> => {
  if (!("given" in line) || typeof line.given !== "object" || line.given === null) return line;
  const { file } = line.given as Readonly<{ file?: unknown }>;
  if (typeof file !== "string") return line;
  try {
    const bytes = await readDocument(resolve(folder, file));
    const name = file.split("/").at(-1) ?? file;
    return { line: line.line, given: { ...line.given, file: { name, bytes } } };
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return { line: line.line, refusal: error };
  }
};

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array | string> {
  for await (const chunk of stream) yield chunk;
}

const chunkBytes = 256 * 1024;

async function* bytesOfFile(path: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: chunkBytes });
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    stream.destroy();
  }
}
