/** @module command — what a command of the command line is: its words, its options, what it runs. */
import type { Label } from "@wuding/engine";
import type { Shell } from "./shell.ts";

/** An option as it is typed, `--name VALUE`. */
export type Option = Readonly<{
  /** Kebab-case, without dashes. */
  name: string;
  label: Label;
  /** `flag` takes no value (and may be negated with `--no-`), `list` may be repeated. */
  typed: "value" | "flag" | "list";
  /** What the value looks like: `DATE`, `N`, `FILE`. */
  form: string;
  required?: boolean;
  /** Accepted words, for help and completion. */
  words?: readonly string[];
}>;

/** What was typed for a command, options by name. */
export type Typed = Readonly<{
  positionals: readonly string[];
  values: Readonly<Record<string, string>>;
  flags: Readonly<Record<string, boolean>>;
  lists: Readonly<Record<string, readonly string[]>>;
}>;

export type Command = Readonly<{
  name: string;
  label: Label;
  /** Names of the positional arguments as help shows them: `CASE`, `[CASE]`, `FILE|-`, `CASE...`. */
  positionals: readonly string[];
  options: readonly Option[];
  /** The command itself names what is missing, together with whatever else is wrong. */
  namesMissing?: true;
  /** One line that can be pasted. */
  example: string;
  /** Runs the command; resolves to an exit code, 0 when nothing is given. */
  run(typed: Typed, shell: Shell): Promise<number | void>;
}>;
