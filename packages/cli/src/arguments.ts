/**
 * @module arguments — from the words of a command line to a command's name, its options and the global
 * options, or to a refusal that says which word is wrong.
 *
 * Global options may stand before or after the command, `--` ends the options, `--no-NAME` negates a
 * flag. A value that begins with a dash is written `--name=-value`, so that a forgotten value is noticed.
 */
import { parseArgs } from "node:util";
import type { InputProblem } from "@wuding/engine";
import { EngineError, invalidInput, nearest } from "@wuding/engine";
import type { Command, Option, Typed } from "./command.ts";
import type { Language } from "./shell.ts";

/** The global options as typed; environment variables are not looked at here. */
export type Globals = Readonly<{
  db?: string;
  lang?: Language;
  as?: string;
  today?: string;
  json: boolean;
  help: boolean;
  version: boolean;
}>;

export const globalOptions = [
  {
    name: "db",
    label: {
      zh: "办件库文件（WUDING_DB，默认为 ./wuding.db）",
      en: "the casebook (WUDING_DB, default ./wuding.db)",
    },
    typed: "value",
    form: "FILE",
  },
  {
    name: "json",
    label: { zh: "标准输出只含一份 JSON", en: "one JSON document on stdout, nothing else" },
    typed: "flag",
    form: "",
  },
  {
    name: "lang",
    label: { zh: "提示所用语言（WUDING_LANG）", en: "language of words for people (WUDING_LANG)" },
    typed: "value",
    form: "zh|en",
    words: ["zh", "en"],
  },
  {
    name: "as",
    label: {
      zh: "记录人（WUDING_ACTOR，默认为登录名）",
      en: "who records this (WUDING_ACTOR, default: the login name)",
    },
    typed: "value",
    form: "PERSON",
  },
  {
    name: "today",
    label: {
      zh: "以该日为今天（WUDING_TODAY），不得晚于实际日期",
      en: "what today is (WUDING_TODAY), never after the real date",
    },
    typed: "value",
    form: "DATE",
  },
  {
    name: "help",
    label: { zh: "显示帮助（-h）", en: "show help (-h)" },
    typed: "flag",
    form: "",
  },
] as const satisfies readonly Option[];

const versionOption: Option = {
  name: "version",
  label: { zh: "显示版本（-V）", en: "show the version (-V)" },
  typed: "flag",
  form: "",
};
const shorts: Readonly<Record<string, string>> = { help: "h", version: "V" };

/** The option's name for a field: `dispatchedOn` → `dispatched-on`. */
export const optionNameOf = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const tokensOf = (argv: readonly string[], options: readonly Option[]) =>
  parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      options.map(({ name, typed }) => [
        name,
        {
          type: typed === "flag" ? ("boolean" as const) : ("string" as const),
          ...(shorts[name] !== undefined && { short: shorts[name] }),
        },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;

type OptionToken = Extract<ReturnType<typeof tokensOf>[number], { kind: "option" }>;

/** Wrong usage; the help of the command is pointed at where nothing better can be suggested. */
const usage = (
  zh: string,
  en: string,
  hint: Readonly<{ suggestion?: string | undefined; command?: Command | undefined }>,
): EngineError<"USAGE"> => {
  const { suggestion, command } = hint;
  return new EngineError("USAGE", {
    problem: { zh: `${zh}。`, en: `${en}.` },
    ...(suggestion !== undefined && { suggestion }),
    ...(command !== undefined && { command: command.name }),
  });
};

/**
 * Finds the command among the words; where `isFamily` says that its word needs another one, with that.
 * @returns its name, undefined where there is none, and the words without it
 * @throws EngineError `USAGE` for an option before it that is not global
 */
export const findCommand = (
  argv: readonly string[],
  isFamily: (word: string) => boolean = () => false,
): Readonly<{ name: string | undefined; rest: readonly string[] }> => {
  const first = findWord(argv);
  if (first.name === undefined || !isFamily(first.name)) return first;
  const second = findWord(first.rest);
  return second.name === undefined ? first : { ...second, name: `${first.name} ${second.name}` };
};

const findWord = (argv: readonly string[]): ReturnType<typeof findCommand> => {
  const options = [...globalOptions, versionOption];
  for (const token of tokensOf(argv, options)) {
    if (token.kind === "positional") {
      return { name: token.value, rest: argv.toSpliced(token.index, 1) };
    }
    if (token.kind === "option") optionOf(token, options, argv, undefined);
  }
  return { name: undefined, rest: argv };
};

/** What a refusal needs to know before the words have been understood. */
export const glanceAt = (argv: readonly string[]): Pick<Globals, "json" | "lang"> => {
  const typed = tokensOf(argv, globalOptions).filter((token) => token.kind === "option");
  const lang = typed.findLast((token) => token.name === "lang")?.value;
  return {
    json: typed.some((token) => token.name === "json"),
    ...((lang === "zh" || lang === "en") && { lang }),
  };
};

/**
 * Reads everything but the command's name.
 * @throws EngineError `USAGE`; `INVALID_INPUT` for a word that an option does not know, and for all
 * that is missing together
 */
export const readArguments = (
  argv: readonly string[],
  command: Command | undefined,
): Readonly<{ globals: Globals; typed: Typed }> => {
  const options: readonly Option[] =
    command === undefined
      ? [...globalOptions, versionOption]
      : [...globalOptions, ...command.options];
  const tokens = tokensOf(argv, options);
  if (tokens.some((token) => token.kind === "option" && token.name === "help")) {
    // whoever asks for help is not told first what is wrong
    const typed: Typed = { positionals: [], values: {}, flags: {}, lists: {} };
    return { globals: { ...glanceAt(argv), help: true, version: false }, typed };
  }

  const positionals: string[] = [];
  const values: Record<string, string> = {};
  const flags: Record<string, boolean> = {};
  const lists: Record<string, string[]> = {};
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { option, isNegated } = optionOf(token, options, argv, command);
    const { name } = option;
    if (option.typed === "flag") {
      if (flags[name] === isNegated) throw onlyOnce(`--${name}`, command);
      flags[name] = !isNegated;
      continue;
    }
    const value = valueOf(token, options, command);
    if (option.typed === "list") (lists[name] ??= []).push(value);
    else if (Object.hasOwn(values, name)) throw onlyOnce(`--${name}`, command);
    else values[name] = value;
  }
  assertWords(values, lists, command?.namesMissing === true ? globalOptions : options);
  assertPositionals(positionals, command, { ...values, ...lists });

  const { db, lang, as, today } = values;
  return {
    globals: {
      ...(db !== undefined && { db }),
      ...(lang !== undefined && { lang: lang as Language }),
      ...(as !== undefined && { as }),
      ...(today !== undefined && { today }),
      json: flags["json"] ?? false,
      help: false,
      version: flags["version"] ?? false,
    },
    typed: { positionals, values, flags, lists },
  };
};

const onlyOnce = (option: string, command: Command | undefined): EngineError<"USAGE"> =>
  usage(`${option} 只能给出一次`, `${option} may be given only once`, { command });

const optionOf = (
  token: OptionToken,
  options: readonly Option[],
  argv: readonly string[],
  command: Command | undefined,
): Readonly<{ option: Option; isNegated: boolean }> => {
  const exact = options.find(({ name }) => name === token.name);
  const isNegated = exact === undefined && token.name.startsWith("no-");
  const option =
    exact ?? options.find(({ name, typed }) => typed === "flag" && `no-${name}` === token.name);
  if (option === undefined) {
    // as it was typed: a word like -json is taken apart by the parser
    const word = (argv[token.index] ?? token.rawName).split("=")[0] ?? "";
    const negations = options
      .filter(({ typed }) => typed === "flag")
      .map(({ name }) => `no-${name}`);
    const meant = nearest(word.replace(/^-+/, ""), [
      ...options.map(({ name }) => name),
      ...negations,
    ]);
    throw usage(`没有选项 ${word}`, `There is no option ${word}`, {
      suggestion: meant && `--${meant}`,
      command,
    });
  }
  if (option.typed === "flag" && token.value !== undefined) {
    throw usage(`${token.rawName} 不带值`, `${token.rawName} takes no value`, { command });
  }
  return { option, isNegated };
};

const valueOf = (
  { value, rawName, inlineValue }: OptionToken,
  options: readonly Option[],
  command: Command | undefined,
): string => {
  if (value !== undefined && (inlineValue || value === "-" || !value.startsWith("-"))) return value;
  const isOption = options.some(({ name }) => value === `--${name}` || value === "--");
  throw usage(`${rawName} 后面缺少值`, `${rawName} needs a value`, {
    suggestion: value === undefined || isOption ? undefined : `${rawName}=${value}`,
    command,
  });
};

const assertWords = (
  values: Readonly<Record<string, string>>,
  lists: Readonly<Record<string, readonly string[]>>,
  options: readonly Option[],
): void => {
  for (const { name, words } of options) {
    if (words === undefined) continue;
    const given = [values[name], ...(lists[name] ?? [])].filter((value) => value !== undefined);
    const value = given.find((one) => !words.includes(one));
    if (value === undefined) continue;
    throw invalidInput({ field: `--${name}`, kind: "notOneOf", value, allowed: words });
  }
};

const assertPositionals = (
  positionals: readonly string[],
  command: Command | undefined,
  given: Readonly<Record<string, unknown>>,
): void => {
  const places = command?.positionals ?? [];
  const isOpenEnded = places.some((place) => place.includes("..."));
  const surplus = isOpenEnded ? undefined : positionals[places.length];
  if (surplus !== undefined) {
    throw usage(`多余的参数“${surplus}”`, `There is a word too many: "${surplus}"`, { command });
  }
  if (command === undefined || command.namesMissing === true) return;
  const missing: InputProblem[] = [
    ...places
      .slice(positionals.length)
      .filter((place) => !place.startsWith("["))
      .map((place) => place.replace("...", "")),
    ...command.options
      .filter(({ name, required }) => required === true && !Object.hasOwn(given, name))
      .map(({ name }) => `--${name}`),
  ].map((field) => ({ field, kind: "missing" }));
  if (missing.length > 0) throw invalidInput(...missing);
};
