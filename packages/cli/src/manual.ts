/**
 * @module manual — the manual page, in roff, from the same definitions as the help.
 *
 * Without a date: the page of a version is always the same. Chinese is broken into lines here, because
 * formatters break at spaces and count a Chinese character as one column.
 */
import type { Label } from "@wuding/engine";
import { globalOptions } from "./arguments.ts";
import type { Command, Option } from "./command.ts";
import { aboutOption, programWords, usageOf } from "./help.ts";
import { wrapTo } from "./print/width.ts";
import type { CommandGroup } from "./registry.ts";
import type { Language } from "./shell.ts";

type Row = Readonly<{ term: string; about: Label }>;

const said = {
  name: { zh: "名称", en: "NAME" },
  synopsis: { zh: "用法", en: "SYNOPSIS" },
  description: { zh: "说明", en: "DESCRIPTION" },
  globals: { zh: "通用选项", en: "GLOBAL OPTIONS" },
  environment: { zh: "环境变量", en: "ENVIRONMENT" },
  status: { zh: "退出码", en: "EXIT STATUS" },
  files: { zh: "文件", en: "FILES" },
  seeAlso: { zh: "另见", en: "SEE ALSO" },
  example: { zh: "示例", en: "Example" },
  manual: { zh: "五定手册", en: "Wuding Manual" },
  oneLine: {
    zh: "政协提案、人大代表建议办理台账",
    en: "casework for formal proposals",
  },
  about: {
    zh: "wuding 记录提案和建议从接收交办到办结归档的每一步，计算时限，统计见面率、办结率、满意率，并能证明记录没有被改动。全部记录保存在一个文件（办件库）里。通用选项写在命令前后均可；件号可以写全（cppcc/15-5/122），不致混淆时也可以只写编号（122）。",
    en: "wuding records each step of a formal proposal from its receipt to its closing, computes what is due when, counts the rates of meeting, completion and satisfaction, and can prove that no record was altered. Everything lies in one file, the casebook. Global options stand before or after the command. A case is named in full (cppcc/15-5/122) or, where only one fits, by its number (122).",
  },
  more: {
    zh: "wuding help 命令：一条命令的用法。wuding demo：一个完整年度的演示。",
    en: "wuding help COMMAND tells more on one command, wuding demo shows a whole year at work.",
  },
} as const satisfies Record<string, Label>;

const environment: readonly Row[] = [
  { term: "WUDING_DB", about: { zh: "办件库文件，同 --db。", en: "The casebook, as --db." } },
  { term: "WUDING_LANG", about: { zh: "提示所用语言，同 --lang。", en: "Language, as --lang." } },
  { term: "WUDING_ACTOR", about: { zh: "记录人，同 --as。", en: "Who records, as --as." } },
  { term: "WUDING_TODAY", about: { zh: "今天的日期，同 --today。", en: "Today, as --today." } },
  {
    term: "WUDING_KEY",
    about: {
      zh: "签署检查点的私钥文件，默认为办件库文件名加 .key。",
      en: "The private key that signs checkpoints; by default the casebook's name and .key.",
    },
  },
  {
    term: "WUDING_SIGNER",
    about: {
      zh: "代替私钥文件签署检查点的程序。",
      en: "A program that signs checkpoints instead of a key file.",
    },
  },
  {
    term: "WUDING_CHECKPOINTS",
    about: {
      zh: "检查点另存的文件夹，默认为办件库文件名加 .checkpoints。",
      en: "Where checkpoints are kept as well; by default the casebook's name and .checkpoints.",
    },
  },
  { term: "NO_COLOR", about: { zh: "设置后不用颜色。", en: "No colour where it is set." } },
];

const statuses: readonly Row[] = [
  { term: "0", about: { zh: "已完成。", en: "Done." } },
  { term: "1", about: { zh: "程序自身有错误。", en: "A bug in this program." } },
  {
    term: "2",
    about: { zh: "用法或者输入有误。", en: "Wrong usage or bad input." },
  },
  {
    term: "3",
    about: { zh: "办理流程或者规则不允许。", en: "Refused by the lifecycle or the rulebook." },
  },
  {
    term: "4",
    about: {
      zh: "没有这个办件、办件库、承诺或者记录。",
      en: "No such case, casebook, commitment or event.",
    },
  },
  {
    term: "5",
    about: {
      zh: "他人已先写入，或者已有内容不同的同名办件、命令、文件。",
      en: "Somebody else wrote first, or the same name is there with other content.",
    },
  },
  { term: "6", about: { zh: "记录与其证明不符。", en: "The log is not what it says it is." } },
  {
    term: "7",
    about: { zh: "办件库此刻不能使用。", en: "The casebook cannot be used now." },
  },
  { term: "130", about: { zh: "被 Ctrl-C 中止。", en: "Stopped by Ctrl-C." } },
];

const files: readonly Row[] = [
  {
    term: "./wuding.db",
    about: { zh: "默认的办件库。", en: "The casebook, where none is named." },
  },
];

const chineseColumns = 66;

/** Text in which roff sees no command: a backslash, a hyphen that is typed, a dot at the start of a line. */
const plain = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    // where a list of words may break
    .replaceAll("|", "|\\:")
    .replace(/^(?=[.'])/, "\\&");

const prose = (text: string, language: Language): readonly string[] =>
  language === "en"
    ? [plain(text)]
    : wrapTo(text, chineseColumns).flatMap((line, at) =>
        at === 0 ? [plain(line)] : [".br", plain(line)],
      );

const section = (title: string, lines: readonly string[]): readonly string[] => [
  `.SH "${title}"`,
  ...lines,
];

const tagged = (term: string, about: string, language: Language): readonly string[] => [
  ".TP",
  `.B ${plain(term)}`,
  ...prose(about, language),
];

const rows = (given: readonly Row[], language: Language): readonly string[] =>
  given.flatMap(({ term, about }) => tagged(term, about[language], language));

const optionLines = (options: readonly Option[], language: Language): readonly string[] =>
  options.flatMap((option) =>
    tagged(`--${option.name} ${option.form}`.trimEnd(), aboutOption(option, language), language),
  );

const commandLines = (command: Command, language: Language): readonly string[] => [
  `.SS "${plain(command.name)}"`,
  ...prose(command.label[language], language),
  ".PP",
  `.B ${plain(usageOf(command))}`,
  ...optionLines(command.options, language),
  ".PP",
  `${said.example[language]}:`,
  ".PP",
  ".nf",
  plain(`  ${command.example}`),
  ".fi",
];

/** The manual page of a version, for `man -l`. */
export const manualPage = (
  groups: readonly CommandGroup[],
  version: string,
  language: Language,
): string =>
  [
    '.\\" made by: wuding help --man',
    `.TH WUDING 1 "" "wuding ${version}" "${said.manual[language]}"`,
    ".nh",
    ".ad l",
    ...section(said.name[language], [`wuding \\- ${plain(said.oneLine[language])}`]),
    ...section(said.synopsis[language], [`.B ${plain(programWords.shape[language])}`]),
    ...section(said.description[language], prose(said.about[language], language)),
    ...section(said.globals[language], optionLines(globalOptions, language)),
    ...groups.flatMap(({ label, commands }) =>
      section(
        language === "en" ? label.en.toUpperCase() : label.zh,
        commands.flatMap((command) => commandLines(command, language)),
      ),
    ),
    ...section(said.environment[language], rows(environment, language)),
    ...section(said.status[language], rows(statuses, language)),
    ...section(said.files[language], rows(files, language)),
    ...section(said.seeAlso[language], prose(said.more[language], language)),
    "",
  ].join("\n");
