/**
 * @module recording — every command that records facts, made from the engine's table of commands: a new
 * command of the engine is a command of the command line without a line here.
 */
import { basename } from "node:path";
import type { AnyField, CommandName, InputProblem } from "@wuding/engine";
import {
  commands,
  commonFields,
  invalidInput,
  isCommandName,
  isEngineError,
  readCommand,
} from "@wuding/engine";
import { optionNameOf } from "../arguments.ts";
import { afterRecording, casebookFor } from "../casebook-to-record.ts";
import type { Command, Option, Typed } from "../command.ts";
import { examples } from "../examples.ts";
import { showRecorded } from "../print/recorded.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

type Fields = Readonly<Record<string, AnyField>>;

/** Names of all commands that record. */
export const recordingNames = Object.keys(commands) as readonly CommandName[];

const fieldsOf = (name: CommandName): Fields => ({ ...commands[name].fields, ...commonFields });

/** The field that is typed after the case, without its name. */
const positionalOf = (name: CommandName): string | undefined => {
  const kind = commands[name];
  return "positional" in kind ? kind.positional : undefined;
};

const optionOf = (
  field: string,
  { label, typed, form, element, required, words }: AnyField,
): Option => ({
  name: optionNameOf(element ?? field),
  label,
  typed: typed === "file" ? "value" : typed,
  form,
  ...(required !== "no" && { required: true }),
  ...(words && { words }),
});

/** The command of a name, undefined when none that records has it. */
export const recordingCommand = (name: string): Command | undefined => {
  if (!isCommandName(name)) return undefined;
  const { label, about } = commands[name];
  const typedAfter = positionalOf(name);
  const options = Object.entries(fieldsOf(name))
    .filter(([field]) => field !== typedAfter)
    .map(([field, kind]) => optionOf(field, kind));
  const cases = { new: [], one: ["CASE"], many: ["CASE..."], office: [] }[about];
  const after =
    typedAfter === undefined
      ? pairsField(name) === undefined
        ? []
        : ["[NAME=VALUE...]"]
      : [`[${typedAfter.toUpperCase()}]`];
  const positionals = [...cases, ...after];
  return {
    name,
    label,
    positionals,
    options,
    namesMissing: true,
    example: examples[name] ?? ["wuding", name, ...positionals].join(" "),
    run: (typed, shell) => recordTyped(name, typed, shell),
  };
};

const isPairs = ({ form }: AnyField): boolean => form === "NAME=VALUE";

/** The field that may be typed without its option, as words `name=value` behind the case. */
const pairsField = (name: CommandName): string | undefined =>
  Object.entries(fieldsOf(name)).find(([, kind]) => isPairs(kind))?.[0];

/** The words of a command: the cases that it is about, and the pairs where it takes any. */
const wordsOf = (
  name: CommandName,
  words: readonly string[],
): Readonly<{ cases: readonly string[]; pairs: readonly string[] }> => {
  if (pairsField(name) === undefined) return { cases: words, pairs: [] };
  const isPair = (word: string): boolean => word.includes("=");
  const [, surplus] = words.filter((word) => !isPair(word));
  if (surplus !== undefined) {
    const expected = { zh: "名称=值", en: "name=value" };
    throw invalidInput({ field: surplus, kind: "malformed", expected });
  }
  return { cases: words.filter((word) => !isPair(word)), pairs: words.filter(isPair) };
};

const recordTyped = async (name: CommandName, typed: Typed, shell: Shell): Promise<void> => {
  try {
    const given = await givenOf(name, typed, shell);
    // before anything is opened, so that bad input never makes a file
    readCommand(given, shell.today);
    const casebook = await casebookFor(given, shell);
    const recorded = await casebook.executeGiven(given, { today: shell.today });
    if (shell.json) {
      const { case: id, events, version, unchanged, cases } = recorded;
      shell.out(jsonLine({ case: id, events, version, unchanged, ...(cases && { cases }) }));
    } else {
      await showRecorded(recorded, casebook, shell);
    }
    await afterRecording(casebook, shell);
  } catch (error) {
    throw inOptions(error, name);
  }
};

/** The command in the form that `apply` reads, so that both record alike under one command id. */
const givenOf = async (name: CommandName, typed: Typed, shell: Shell): Promise<object> => {
  const typedAfter = positionalOf(name);
  const { cases, pairs } = wordsOf(
    name,
    typedAfter === undefined ? typed.positionals : typed.positionals.slice(0, 1),
  );
  const given: Record<string, unknown> = { command: name };
  if (typedAfter !== undefined && typed.positionals.length > 1) {
    given[typedAfter] = typed.positionals[1];
  }
  if (cases.length === 1) [given["case"]] = cases;
  if (cases.length > 1) given["cases"] = cases;
  for (const [field, kind] of Object.entries(fieldsOf(name))) {
    const option = optionNameOf(kind.element ?? field);
    const { [option]: value } = typed.values;
    const { [option]: list } = typed.lists;
    const { [option]: flag } = typed.flags;
    if (flag !== undefined) given[field] = flag;
    const items = [...(list ?? []), ...(isPairs(kind) ? pairs : [])];
    if (items.length > 0) given[field] = items.map((one) => plain(one, kind));
    if (value === undefined) continue;
    given[field] =
      kind.typed === "file"
        ? { name: basename(value), bytes: await shell.readFile(value) }
        : plain(value, kind);
  }
  return given;
};

/** Numbers are numbers in JSON; what is none stays as typed and is refused by its field. */
const plain = (value: string, { form }: AnyField): string | number =>
  form === "N" && /^\d{1,9}$/.test(value) ? Number(value) : value;

/** Refused input in the words of the command line: `dispatchedOn` is `--dispatched-on` there. */
const inOptions = (error: unknown, name: CommandName): unknown => {
  if (!isEngineError(error, "INVALID_INPUT")) return error;
  const problems = error.data.problems.map((problem) => ({
    ...problem,
    field: fieldInOptions(problem.field, fieldsOf(name), positionalOf(name)),
  }));
  return invalidInput(...(problems as InputProblem[]));
};

/** `participants[0].role` is `--participant #1 role`. */
const fieldInOptions = (field: string, fields: Fields, after?: string): string => {
  const [, base = "", index, member] = /^(\w+)(?:\[(\d+)\])?(?:\.(\w+))?$/.exec(field) ?? [];
  const kind = Object.hasOwn(fields, base) ? fields[base] : undefined;
  if (kind !== undefined && base === after) return base.toUpperCase();
  if (kind === undefined) return base === "case" || base === "cases" ? "CASE" : field;
  return [
    `--${optionNameOf(kind.element ?? base)}`,
    ...(index === undefined ? [] : [`#${Number(index) + 1}`]),
    ...(member === undefined ? [] : [member]),
  ].join(" ");
};
