/** @module help — the help of the program and of each command, in the language of the shell. */
import type { Command, Option } from "./command.ts";
import { globalOptions } from "./arguments.ts";
import { beside, paragraph } from "./print/page.ts";
import { labelled, listed, meaningsOf, withAside } from "./print/words.ts";
import { loadGroups } from "./registry.ts";
import type { Language, Shell } from "./shell.ts";
import { jsonLine } from "./visible.ts";

/** What the help says of the whole program. */
export const programWords = {
  about: {
    zh: "五定 wuding：政协提案、人大代表建议办理工作的台账、时限和核验",
    en: "wuding 五定: casework for formal proposals, from receipt to the three 100%",
  },
  usage: { zh: "用法", en: "Usage" },
  shape: {
    zh: "wuding [通用选项] 命令 [件号] [选项]",
    en: "wuding [global options] COMMAND [CASE] [options]",
  },
  options: { zh: "选项", en: "Options" },
  global: { zh: "通用选项", en: "Global options" },
  example: { zh: "示例", en: "Example" },
  required: { zh: "必填", en: "required" },
  repeatable: { zh: "可重复", en: "may be repeated" },
  more: {
    zh: "某条命令的用法：wuding help 命令。一个完整年度的演示：wuding demo",
    en: "More on one command: wuding help COMMAND. A whole year at work: wuding demo",
  },
} as const;

/** Longer forms, which are lists of words, are told after the label. */
const formMax = 16;

/** Help of a command, or of the program. */
export const showHelpOf = async (command: Command | undefined, shell: Shell): Promise<void> => {
  if (command === undefined) return showOverview(shell);
  if (shell.json) shell.out(jsonLine(described(command, shell.language)));
  else showCommand(command, shell);
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
  paragraph(programWords.about[language], shell);
  shell.out("");
  shell.out(heading(programWords.usage, language));
  beside("", programWords.shape[language], 0, shell);
  for (const { label, commands } of groups) {
    shell.out("");
    shell.out(heading(label, language));
    for (const { name, label: does } of commands) {
      entry(`  ${name}`, does[language], width + 2, shell);
    }
  }
  shell.out("");
  shell.out(heading(programWords.global, language));
  showOptions(globalOptions, shell);
  shell.out("");
  paragraph(programWords.more[language], shell);
};

/** Columns that a text needs beside what it explains; on a narrower terminal it stands below. */
const besideMin = 24;

/** What is typed, and beside or below it what that does. */
const entry = (typed: string, does: string, width: number, shell: Shell): void => {
  const { isTerminal, columns } = shell.terminal;
  if (!isTerminal || columns - width - 2 >= besideMin) {
    beside(typed.padEnd(width), does, width, shell);
    return;
  }
  shell.out(typed);
  paragraph(does, shell, 6);
};

const heading = (label: Readonly<Record<Language, string>>, language: Language): string =>
  `${label[language]}${language === "zh" ? "：" : ":"}`;

/** How a command is typed, with the options that it demands. */
export const usageOf = ({ name, positionals, options }: Command): string =>
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

const showCommand = (command: Command, shell: Shell): void => {
  const { language, out } = shell;
  paragraph(command.label[language], shell);
  out("");
  out(heading(programWords.usage, language));
  beside("", usageOf(command), 0, shell);
  if (command.options.length > 0) {
    out("");
    out(heading(programWords.options, language));
    showOptions(command.options, shell);
  }
  out("");
  out(heading(programWords.global, language));
  showOptions(globalOptions, shell);
  out("");
  out(heading(programWords.example, language));
  out(`  ${command.example}`);
};

const showOptions = (options: readonly Option[], shell: Shell): void => {
  const typed = options.map(({ name, form }) => `  --${name} ${shortForm(form)}`.trimEnd());
  const width = Math.max(...typed.map(({ length }) => length));
  for (const [at, option] of options.entries()) {
    entry(typed[at] ?? "", aboutOption(option, shell.language), width, shell);
  }
};

/** What an option is for, and the words that it accepts; in Chinese with what they mean. */
export const aboutOption = (option: Option, language: Language): string => {
  const { label, form, required, typed, words: accepted = [] } = option;
  const marks = [
    ...(required === true ? [programWords.required[language]] : []),
    ...(typed === "list" ? [programWords.repeatable[language]] : []),
  ];
  const about = withAside(label[language], listed(marks, language), language);
  if (accepted.length === 0 || accepted.join("|") === shortForm(form)) return about;
  const meanings = language === "zh" ? meaningsOf(accepted, language) : [];
  const told = accepted.map((word, at) => `${word} ${meanings[at] ?? ""}`.trimEnd());
  return labelled(about, listed(told, language), language);
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
