/**
 * @module apply — `wuding apply FILE|-`: records commands that come as JSON lines, and answers each by
 * one JSON line. This is what other programs use.
 */
import { createReadStream, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Casebook, CommandLine, LineAnswer } from "@wuding/engine";
import { commands, isCommandName, isEngineError } from "@wuding/engine";
import { afterRecording, existingCasebook, warnOfLongQuiet } from "../casebook-to-record.ts";
import type { Command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { readLines } from "../lines.ts";
import { inNewCasebook } from "../new-casebook.ts";
import { readBeside, unreadable } from "../read-file.ts";
import { refusalJson } from "../refusal.ts";
import { plural } from "../print/words.ts";
import { emptyCasebook } from "../rehearsal.ts";
import type { Language, Shell } from "../shell.ts";
import { spooled } from "../spool.ts";
import { jsonLine } from "../visible.ts";

export const command: Command = {
  name: "apply",
  label: { zh: "从 JSON 行文件批量记录", en: "record commands from JSON lines" },
  positionals: ["FILE|-"],
  options: [
    {
      name: "atomic",
      label: { zh: "要么全部记录，要么全不记录", en: "record all lines or none" },
      typed: "flag",
      form: "",
    },
  ],
  example: "wuding apply year.jsonl",
  run: async ({ positionals: [path = "-"], flags }, shell) => {
    const source: Source = {
      bytes: path === "-" ? bytesOf(shell.stdin) : bytesOfFile(path),
      isPipe: path === "-" || !isRegularFile(path),
      folder: path === "-" ? "." : dirname(path),
    };
    const record = flags["atomic"] === true ? recordAtomically : recordEach;
    const count = { recorded: 0, refused: 0 };
    let exitCode = 0;
    for await (const answer of record(source, shell)) {
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

const isRegularFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    // whatever stands in the way, reading it says so
    return false;
  }
};

const talkCount = (
  { recorded, refused }: Readonly<{ recorded: number; refused: number }>,
  { language, talk }: Shell,
): void =>
  talk(
    language === "zh"
      ? `共 ${recorded + refused} 行：成功 ${recorded} 行，拒绝 ${refused} 行。`
      : `${plural(recorded + refused, "line")}: ${recorded} recorded, ${refused} refused.`,
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

type Source = Readonly<{
  bytes: AsyncIterable<Uint8Array | string>;
  /** Whether somebody may still be writing to it. */
  isPipe: boolean;
  /** Where the files lie that the lines name. */
  folder: string;
}>;

/** Each line for itself, as it comes. */
async function* recordEach({ bytes, folder }: Source, shell: Shell): AsyncGenerator<LineAnswer> {
  const { today } = shell;
  let casebook = await existingCasebook(shell);
  if (casebook !== undefined) await warnOfLongQuiet(casebook, shell);
  const stage = casebook ?? (await emptyCasebook(shell));
  for await (const portion of readLines(bytes)) {
    let refused = 0;
    for (const line of casebook === undefined ? portion : []) {
      // as long as every line is refused there is nothing to make a casebook for
      const answer = await answerOn(stage, withFiles([line], folder), today);
      if (answer.ok) {
        casebook = await shell.open({ create: true });
        break;
      }
      yield answer;
      refused += 1;
    }
    if (casebook !== undefined)
      yield* casebook.apply(withFiles(portion.slice(refused), folder), { today });
  }
  if (casebook !== undefined) await afterRecording(casebook, shell);
}

const answerOn = async (
  casebook: Casebook,
  line: AsyncIterable<CommandLine>,
  today: string,
): Promise<LineAnswer> => {
  const answers: LineAnswer[] = [];
  for await (const answer of casebook.apply(line, { today })) answers.push(answer);
  return answers[0] as LineAnswer;
};

/** All lines in one transaction; the answers are held back until it has ended. */
async function* recordAtomically(source: Source, shell: Shell): AsyncGenerator<LineAnswer> {
  // other programs wait for the end of the transaction: it must not wait for whoever writes the lines
  if (source.isPipe) yield* spooled(source.bytes, (bytes) => recordAllOf(bytes, source, shell));
  else yield* recordAllOf(source.bytes, source, shell);
}

async function* recordAllOf(
  bytes: Source["bytes"],
  { folder }: Source,
  shell: Shell,
): AsyncGenerator<LineAnswer> {
  const { today } = shell;
  const applyTo = (casebook: Casebook): Promise<readonly LineAnswer[]> =>
    casebook.applyAtomically(withFiles(flat(readLines(bytes)), folder), { today });
  const existing = await existingCasebook(shell);
  if (existing !== undefined) {
    await warnOfLongQuiet(existing, shell);
    yield* await applyTo(existing);
    return afterRecording(existing, shell);
  }
  yield* await inNewCasebook(shell, async (casebook) => {
    const answers = await applyTo(casebook);
    return { result: answers, isKept: answers.length > 0 && answers.every(({ ok }) => ok) };
  });
}

async function* flat(portions: AsyncIterable<readonly CommandLine[]>): AsyncGenerator<CommandLine> {
  for await (const portion of portions) yield* portion;
}

/** Puts the bytes in the place of a file's name, line by line: each is read when its turn comes. */
async function* withFiles(
  lines: AsyncIterable<CommandLine> | Iterable<CommandLine>,
  folder: string,
): AsyncGenerator<CommandLine> {
  for await (const line of lines) yield "given" in line ? await withFile(line, folder) : line;
}

const withFile = async (
  line: Extract<CommandLine, { given: unknown }>,
  folder: string,
): Promise<CommandLine> => {
  const read: Record<string, unknown> = {};
  try {
    for (const [field, path] of filesNamedBy(line.given)) {
      read[field] = { name: basename(path), bytes: await readBeside(folder, path, field) };
    }
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return { line: line.line, refusal: error };
  }
  if (Object.keys(read).length === 0) return line;
  return { line: line.line, given: { ...(line.given as object), ...read } };
};

/** The files that a command names where it may name one. */
const filesNamedBy = (given: unknown): readonly (readonly [field: string, path: string])[] => {
  const named = (given ?? {}) as Readonly<Record<string, unknown>>;
  const { command: name } = named;
  if (typeof name !== "string" || !isCommandName(name)) return [];
  return Object.entries(commands[name].fields).flatMap(([field, { typed }]) => {
    const path = named[field];
    return typed === "file" && typeof path === "string" ? [[field, path] as const] : [];
  });
};

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array | string> {
  for await (const chunk of stream) yield chunk;
}

const chunkBytes = 256 * 1024;

async function* bytesOfFile(path: string): AsyncGenerator<Uint8Array> {
  let stream;
  try {
    stream = createReadStream(path, { highWaterMark: chunkBytes });
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    stream?.destroy();
  }
}
