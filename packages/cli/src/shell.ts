/**
 * @module shell — all that a command may touch: the streams, the language, the day, the actor and the
 * casebook. A test passes a literal; nothing else in this package reads the environment or the clock.
 */
import type { Actor, Casebook, CivilDate, Label } from "@wuding/engine";

export type Language = keyof Label;

export type Shell = Readonly<{
  /** Language of words for people. */
  language: Language;
  /** Language of reports: Chinese unless `--lang en` was typed. */
  reportLanguage: Language;
  /** One JSON document on stdout instead of text. */
  json: boolean;
  /** What "today" is: `--today`, or the day in Asia/Shanghai. */
  today: CivilDate;
  /** The real clock: milliseconds since 1970, whatever `--today` says. */
  now(): number;
  actor: Actor;
  /** The casebook's file. */
  file: string;
  /** Where the casebook's proof lies beside it. */
  proof: Readonly<{
    /** The private key that signs checkpoints. */
    keyFile: string;
    /** The program that signs instead, with its first arguments; absent: the key does. */
    signer?: readonly string[];
    /** Where checkpoints are kept outside the casebook. */
    checkpointFolder: string;
  }>;
  /** Whether a person sits at stdin and stdout; nothing is asked otherwise. */
  isInteractive: boolean;
  /** Whether stdout is a terminal, and how wide. */
  terminal: Readonly<{ isTerminal: boolean; columns: number; hasColour: boolean }>;
  stdin: NodeJS.ReadableStream;
  /** The terminal itself, for the line that a person is typing; absent where stdout is none. */
  screen?: NodeJS.WritableStream;
  /** Writes a line of result to stdout. Text from the casebook must have been made visible. */
  out(line: string): void;
  /** Resolves once stdout takes more; awaited between lines where there are very many of them. */
  drained?(): Promise<void>;
  /** Puts a line in the place of the one before it, on a terminal; absent where stderr is none. */
  progress?(line: string): void;
  /** Writes a line of talk (hints, warnings, progress) to stderr. */
  talk(line: string): void;
  /**
   * Opens the casebook; with `create` it is made when there is none, with `forAudit` it is read only and
   * opened even where its tables or triggers have been altered. Closed when the command ends.
   */
  open(
    options?: Readonly<{
      create?: boolean;
      forAudit?: boolean;
      office?: string;
      origin?: string;
      rulebook?: string;
      file?: string;
    }>,
  ): Promise<Casebook>;
  /**
   * Writes a file named on the command line; it is whole on the disk when this resolves.
   * @throws EngineError `FILE_EXISTS` when there is one with other content; `STORE_UNAVAILABLE`
   */
  writeFile(path: string, contents: string | Uint8Array): Promise<void>;
  /** Reads a file named on the command line. @throws EngineError `NOT_FOUND`, `INVALID_INPUT` */
  readFile(path: string): Promise<Uint8Array>;
}>;
