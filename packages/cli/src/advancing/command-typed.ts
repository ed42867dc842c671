/** @module command-typed — a command as it would be typed, and as a line for `wuding apply`. */
import { basename } from "node:path";
import type { AnyField, CommandName } from "@wuding/engine";
import { commands, commonFields } from "@wuding/engine";
import { optionNameOf } from "../arguments.ts";
import type { Shell } from "../shell.ts";
import { jsonLine, visible } from "../visible.ts";

/** Values by field, as `apply` reads them; a file by the path it was named with. */
export type Answers = Readonly<Record<string, unknown>>;

/** A step of a case, filled in; `case` is absent where the step takes one in. */
export type Step = Readonly<{ command: CommandName; case?: string; answers: Answers }>;

/** All fields of a command, with those that every command takes. */
export const fieldsOf = (name: CommandName): Readonly<Record<string, AnyField>> => ({
  ...commands[name].fields,
  ...commonFields,
});

/** `wuding assign cppcc/15-5/122 --department 规划科 …`. */
export const commandTyped = ({ command, case: id, answers }: Step): string => {
  const fields = fieldsOf(command);
  const words = Object.entries(answers).flatMap(([name, value]) => {
    const option = optionNameOf(fields[name]?.element ?? name);
    if (typeof value === "boolean") return [value ? `--${option}` : `--no-${option}`];
    const pairs = isPairs(value) ? pairsOf(value) : undefined;
    if (pairs !== undefined) return pairs.map(shellWord);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.map((one) => `--${option}${optionValue(String(one))}`);
  });
  return visible(["wuding", command, ...(id === undefined ? [] : [id]), ...words].join(" "));
};

/** The same as a line of JSON; undefined where a file is handed in, which no line can hold. */
export const commandAsJson = ({ command, case: id, answers }: Step): string | undefined =>
  hasFile(command, answers)
    ? undefined
    : jsonLine({ command, ...(id !== undefined && { case: id }), ...answers });

/** What is handed to the casebook: the same, with the bytes of its files. */
export const commandGiven = async (
  { command, case: id, answers }: Step,
  shell: Pick<Shell, "readFile">,
): Promise<object> => {
  const given: Record<string, unknown> = { command, ...(id !== undefined && { case: id }) };
  for (const [name, value] of Object.entries(answers)) {
    given[name] =
      fieldsOf(command)[name]?.typed === "file"
        ? { name: basename(String(value)), bytes: await shell.readFile(String(value)) }
        : value;
  }
  return given;
};

const hasFile = (command: CommandName, answers: Answers): boolean =>
  Object.keys(answers).some((name) => fieldsOf(command)[name]?.typed === "file");

const isPairs = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Corrections, `name=value`; a list repeats its name. */
const pairsOf = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}=${String(one)}`),
  );

/** A value that begins with a dash is written with `=`, else it would be taken for an option. */
const optionValue = (text: string): string =>
  `${text.startsWith("-") ? "=" : " "}${shellWord(text)}`;

const shellWord = (text: string): string =>
  /^[\p{L}\p{N}./:@_=-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
