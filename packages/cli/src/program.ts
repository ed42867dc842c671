/**
 * @module program — one run of the command line: find the command, read its options, run it, say what
 * was refused, close the casebook.
 */
import type { Globals } from "./arguments.ts";
import { findCommand, glanceAt, readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { talkLanguage } from "./language.ts";
import type { Environment } from "./open-shell.ts";
import { openShell } from "./open-shell.ts";
import { onTerminal } from "./print/width.ts";
import { refusalLines } from "./refusal.ts";
import { commandNamed, isFamily } from "./registry.ts";

export type { Environment } from "./open-shell.ts";

/** Runs a command line (without the program's own name) and resolves to its exit code; never rejects. */
export const run = async (argv: readonly string[], environment: Environment): Promise<number> => {
  try {
    return await runCommand(argv, environment);
  } catch (error) {
    const { lang, json } = glanceAt(argv);
    const voice = { language: talkLanguage(lang, environment.env), json };
    const { lines, exitCode } = refusalLines(error, voice);
    const shown = json ? lines : lines.flatMap((line) => onTerminal(line, environment.stderr));
    await say(`${shown.join("\n")}\n`, environment.stderr);
    return exitCode;
  }
};

const say = async (text: string, stream: NodeJS.WritableStream): Promise<void> => {
  // nobody listens: the exit code says it all
  stream.once("error", () => undefined);
  await new Promise<void>((resolve) => {
    stream.write(text, () => resolve());
  });
};

const runCommand = async (argv: readonly string[], environment: Environment): Promise<number> => {
  const { name = "help", rest } = findCommand(argv, isFamily);
  const isNamed = name !== "help" || rest.length < argv.length;
  const command = await commandAsked(name, rest);
  const { globals, typed } = readArguments(rest, isNamed ? command : undefined);
  if (globals.version) return showVersion(globals, environment);
  const { shell, close } = openShell(globals, environment);
  const asked: Command["run"] = globals.help
    ? async () => (await import("./help.ts")).showHelpOf(isNamed ? command : undefined, shell)
    : (given, its) => command.run(given, its);
  let exitCode: number;
  try {
    exitCode = (await asked(typed, shell)) ?? 0;
  } catch (error) {
    // the refusal is what counts, whatever closing says
    await close().catch(() => undefined);
    throw error;
  }
  await close();
  return exitCode;
};

/** The command of a name; whoever asks for the help of a first word alone is shown the overview. */
const commandAsked = async (name: string, rest: readonly string[]): Promise<Command> =>
  isFamily(name) && rest.some((word) => word === "--help" || word === "-h")
    ? commandNamed("help")
    : commandNamed(name);

const showVersion = async (globals: Globals, { stdout }: Environment): Promise<number> => {
  const { readVersion } = await import("./version.ts");
  const version = readVersion();
  stdout.write(globals.json ? `${JSON.stringify({ version })}\n` : `wuding ${version}\n`);
  return 0;
};
