/** @module open-shell — the shell of one run, made from the options that were typed and from the environment. */
import { userInfo } from "node:os";
import type { Casebook } from "@wuding/engine";
import { EngineError, invalidInput, readName, readToday, shanghaiDate } from "@wuding/engine";
import type { Globals } from "./arguments.ts";
import { reportLanguage, talkLanguage } from "./language.ts";
import { onTerminal } from "./print/width.ts";
import type { Shell } from "./shell.ts";
import { visibleJson, visibleLine } from "./visible.ts";

type Terminal = Readonly<{ isTTY?: boolean; columns?: number }>;

/** The world as a run sees it; a test passes streams and a clock of its own. */
export type Environment = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  stdin: NodeJS.ReadableStream & Terminal;
  stdout: NodeJS.WritableStream & Terminal;
  stderr: NodeJS.WritableStream & Terminal;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds by a clock that nobody can set; absent in tests that stand still. */
  readonly monotonic?: (this: void) => number;
}>;

/** A value with the name it was given under, for refusals. */
type Named = Readonly<{ value: string; field: string }>;

const defaultFile = "./wuding.db";
const defaultColumns = 80;

/**
 * Makes the shell.
 * @throws EngineError `INVALID_INPUT` for a global option or variable that cannot be right
 */
export const openShell = (
  globals: Globals,
  environment: Environment,
): Readonly<{ shell: Shell; close(): Promise<void> }> => {
  const { env, stdout, now, monotonic } = environment;
  const opened: Casebook[] = [];
  const isTerminal = stdout.isTTY === true;
  const hasColour = isTerminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  const named = (value: string | undefined, option: string, variable: string): Named | undefined =>
    value !== undefined
      ? { value, field: option }
      : env[variable]
        ? { value: env[variable], field: variable }
        : undefined;
  const file = readFileName(named(globals.db, "--db", "WUDING_DB"));
  const real = shanghaiDate(now());
  const givenDay = named(globals.today, "--today", "WUDING_TODAY");
  const today = givenDay === undefined ? real : readToday(givenDay.value, givenDay.field, real);
  const givenActor = named(globals.as, "--as", "WUDING_ACTOR");
  const actor = {
    id: givenActor === undefined ? loginName() : readName(givenActor.value, givenActor.field),
  };
  const output = lineWriter(stdout);
  let talk: ReturnType<typeof lineWriter> | undefined;

  const shell: Shell = {
    language: talkLanguage(globals.lang, env),
    reportLanguage: reportLanguage(globals.lang),
    json: globals.json,
    today,
    now,
    actor,
    file,
    proof: {
      keyFile: env["WUDING_KEY"] || `${file}.key`,
      checkpointFolder: env["WUDING_CHECKPOINTS"] || `${file}.checkpoints`,
      ...(env["WUDING_SIGNER"] && { signer: env["WUDING_SIGNER"].split(/\s+/).filter(Boolean) }),
    },
    get isInteractive() {
      return isTerminal && environment.stdin.isTTY === true;
    },
    terminal: { isTerminal, columns: stdout.columns || defaultColumns, hasColour },
    get stdin() {
      return environment.stdin;
    },
    ...(isTerminal && { screen: stdout }),
    out: (line) =>
      output.write(globals.json ? visibleJson(line) : visibleLine(line, { hasColour })),
    drained: output.drained,
    ...(environment.stderr.isTTY === true && {
      progress: (line: string): void => {
        environment.stderr.write(`\r\u001B[2K${visibleLine(line, { hasColour: false })}`);
      },
    }),
    talk: (line) => {
      const { stderr } = environment;
      talk ??= lineWriter(stderr);
      const shown = visibleLine(line, { hasColour: hasColour && stderr.isTTY === true });
      for (const one of onTerminal(shown, stderr)) talk.write(one);
    },
    open: async ({ file: other = file, rulebook, forAudit = false, ...options } = {}) => {
      const { openCasebook } = await import("@wuding/store");
      const rules = rulebook === undefined ? undefined : await givenRulebook(rulebook, shell);
      const casebook = await openCasebook(other, {
        ...options,
        ...(forAudit && { readOnly: true, acceptAltered: true }),
        actor,
        beforeMigration: async (log) => {
          const { checkpointBeforeMigration } = await import("./proof/signing.ts");
          await checkpointBeforeMigration(log, shell);
        },
        clock: { now, ...(monotonic && { monotonic }) },
        ...(rules && { rulebook: rules }),
      });
      opened.push(casebook);
      return casebook;
    },
    writeFile: async (path, contents) =>
      (await import("./write-file.ts")).writeNewFile(path, contents),
    readFile: async (path) => (await import("./read-file.ts")).readDocument(path),
  };
  const close = async (): Promise<void> => {
    for (const casebook of opened.toReversed()) await casebook.close();
    await talk?.flushed();
    await output.flushed();
    output.assertWritten();
  };
  return { shell, close };
};

const givenRulebook = async (name: string, shell: Shell) => {
  const { rulebookNamed } = await import("./rulebook-named.ts");
  return rulebookNamed(name, shell);
};

/**
 * Writes lines. When nobody reads any more (`wuding list | head`), the rest is dropped without a word:
 * what a command records does not depend on who is looking.
 */
const lineWriter = (stream: NodeJS.WritableStream) => {
  let broken: NodeJS.ErrnoException | undefined;
  let isFull = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    broken ??= error;
  });
  return {
    write: (line: string): void => {
      if (broken === undefined) isFull = !stream.write(`${line}\n`);
    },
    drained: async (): Promise<void> => {
      if (broken !== undefined || !isFull) return;
      await new Promise<void>((resolve) => {
        const go = (): void => {
          for (const event of ["drain", "error", "close"]) stream.removeListener(event, go);
          resolve();
        };
        for (const event of ["drain", "error", "close"]) stream.on(event, go);
      });
      isFull = false;
    },
    /** Resolves once everything has left the program, or cannot. */
    flushed: (): Promise<void> =>
      new Promise((resolve) => {
        stream.write("", () => resolve());
      }),
    /** A full disk under `> file` is no silent matter. */
    assertWritten: (): void => {
      const { code = "" } = broken ?? {};
      if (broken === undefined || code === "EPIPE" || code === "ERR_STREAM_DESTROYED") return;
      const why = { zh: `写入失败（${code}）`, en: `writing failed (${code})` };
      throw new EngineError("STORE_UNAVAILABLE", { file: "stdout", why }, { cause: broken });
    },
  };
};

const readFileName = (given: Named | undefined): string => {
  if (given === undefined) return defaultFile;
  const { value, field } = given;
  if (value === "") throw invalidInput({ field, kind: "empty" });
  if (/^[a-z][a-z0-9+]+:\/\//i.test(value) || value.includes("\0")) {
    const expected = {
      zh: "文件名（本版本尚不支持数据库服务器地址）",
      en: "the name of a file (this version knows no addresses of database servers)",
    };
    throw invalidInput({ field, kind: "malformed", expected });
  }
  return value;
};

const loginName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // an account without an entry in the user database, as in containers
    return `uid-${process.getuid?.() ?? "unknown"}`;
  }
};
