/** @module help — the help of the program and of each command, in the language of the shell. */
import type { Command, Option } from "./command.ts";
import { globalOptions } from "./arguments.ts";
import { loadGroups } from "./registry.ts";
import type { Language, Shell } from "./shell.ts";
import { jsonLine } from "./visible.ts";

const words = {
  about: {
    zh: "五定 wuding：政协提案、人大代表建议的办理台账与流程",
    en: "wuding 五定: casework for formal proposals, from receipt to the three 100%",
  },
  usage: { zh: "用法", en: "Usage" },
  options: { zh: "选项", en: "Options" },
  global: { zh: "通用选项", en: "Global options" },
  example: { zh: "示例", en: "Example" },
  required: { zh: "必填", en: "required" },
  repeatable: { zh: "可重复", en: "may be repeated" },
  more: {
    zh: "查看某条命令：wuding help 命令；查看一个完整年度：wuding demo",
    en: "More on one command: wuding help COMMAND. A whole year at work: wuding demo",
  },
} as const;

/** Forms longer than this are told after the label. */
const formMax = 16;

/** Help of a command, or of the program. */
export const showHelpOf = async (command: Command | undefined, shell: Shell): Promise<void> => {
  if (command === undefined) return showOverview(shell);
  if (shell.json) shell.out(jsonLine(described(command, shell.language)));
  else for (const line of commandHelp(command, shell.language)) shell.out(line);
};

const showOverview = async (shell: Shell): Promise<void> => {
  const { language } = shell;
  const groups = await loadGroups();
  if (shell.json) {
    const commands = groups.flatMap((group) => group.commands);
    shell.out(jsonLine({ commands: commands.map((command) => described(command, language)) }));
    return;
  }
  const width = Math.max(
    ...groups.flatMap(({ commands }) => commands.map(({ name }) => name.length)),
  );
  const lines = [
    words.about[language],
    "",
    heading(words.usage, language),
    "  wuding [--db FILE] [--json] [--lang zh|en] [--as PERSON] [--today DATE] <command> [CASE] [options]",
    ...groups.flatMap(({ label, commands }) => [
      "",
      heading(label, language),
      ...commands.map(({ name, label: does }) => `  ${name.padEnd(width)}  ${does[language]}`),
    ]),
    "",
    heading(words.global, language),
    ...optionLines(globalOptions, language),
    "",
    words.more[language],
  ];
  for (const line of lines) shell.out(line);
};

const heading = (label: Readonly<Record<Language, string>>, language: Language): string =>
  `${label[language]}${language === "zh" ? "：" : ":"}`;

const usageOf = ({ name, positionals, options }: Command): string =>
  [
    "wuding",
    name,
    ...positionals,
    ...options
      .filter(({ required }) => required)
      .map(({ name: option, form }) => `--${option} ${shortForm(form)}`),
    ...(options.some(({ required }) => !required) ? ["[options]"] : []),
  ].join(" ");

const shortForm = (form: string): string => (form.length > formMax ? "WORD" : form);

const commandHelp = (command: Command, language: Language): readonly string[] => [
  command.label[language],
  "",
  heading(words.usage, language),
  `  ${usageOf(command)}`,
  ...(command.options.length > 0
    ? ["", heading(words.options, language), ...optionLines(command.options, language)]
    : []),
  "",
  heading(words.global, language),
  ...optionLines(globalOptions, language),
  "",
  heading(words.example, language),
  `  ${command.example}`,
];

const optionLines = (options: readonly Option[], language: Language): readonly string[] => {
  const typed = options.map(({ name, form }) => `--${name} ${shortForm(form)}`.trimEnd());
  const width = Math.max(...typed.map(({ length }) => length));
  return options.map((option, index) => {
    const { label, form, required, typed: kind } = option;
    const marks = [
      ...(required === true ? [words.required[language]] : []),
      ...(kind === "list" ? [words.repeatable[language]] : []),
    ];
    const [open, comma, close] = language === "zh" ? ["（", "，", "）"] : [" (", ", ", ")"];
    const mark = marks.length > 0 ? `${open}${marks.join(comma)}${close}` : "";
    const values = form.length > formMax ? `${language === "zh" ? "：" : ": "}${form}` : "";
    return `  ${(typed[index] ?? "").padEnd(width)}  ${label[language]}${values}${mark}`;
  });
};

const described = (command: Command, language: Language) => ({
  command: command.name,
  label: command.label[language],
  usage: usageOf(command),
  options: command.options.map(({ name, label, typed, form, required, words: accepted }) => ({
    name,
    label: label[language],
    typed,
    form,
    required: required === true,
    ...(accepted && { words: accepted }),
  })),
  example: command.example,
});
