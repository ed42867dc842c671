/**
 * @module asking — questions to a person at a terminal, one line each.
 *
 * On a terminal the line is edited here, so that a Chinese character is rubbed out whole. Whoever ends the
 * input or presses Ctrl-C has left, and whoever types `<` goes back: both come out of the question as what
 * is thrown, so that no caller goes on with half an answer.
 */
import { createInterface } from "node:readline";
import type { AnyField, InputProblem, Label } from "@wuding/engine";
import { describeProblems, isCivilDate, terms } from "@wuding/engine";
import { beside, paragraph } from "./print/page.ts";
import { padTo, widthOf } from "./print/width.ts";
import { meaningsOf, withAside } from "./print/words.ts";
import type { Shell } from "./shell.ts";
import type { SpokenOn } from "./spoken-date.ts";
import { readSpokenDate, shownDate, spokenForms } from "./spoken-date.ts";
import { visible } from "./visible.ts";

/** Thrown out of a question: the person has left. */
export class PersonLeft extends Error {
  /** Ctrl-C, and not the end of the input. */
  readonly isInterrupted: boolean;

  constructor(isInterrupted: boolean) {
    super("the person left");
    this.isInterrupted = isInterrupted;
  }
}

/** Thrown out of a question: the person wants to go back to where the step was chosen. */
export class PersonTurnedBack extends Error {}

/** Asks and reads. */
export interface Asking {
  /**
   * The line that was typed, trimmed. `completions` are words that the Tab key completes.
   * @throws PersonLeft, PersonTurnedBack
   */
  answer(question: string, completions?: readonly string[]): Promise<string>;
  close(): void;
}

const backWord = "<";
const prompt = "> ";

/** Asks on stdin. */
export const askingOn = (shell: Shell): Asking => {
  let offered: readonly string[] = [];
  const { screen, stdin } = shell;
  const reader = createInterface({
    input: stdin,
    crlfDelay: Infinity,
    ...(screen && { output: screen, terminal: true, historySize: 0 }),
    completer: (typed: string) => [offered.filter((word) => word.startsWith(typed)), typed],
  });
  reader.setPrompt(prompt);
  /** Typed before it was asked for, as when several lines are pasted. */
  const typedAhead: string[] = [];
  let left: PersonLeft | undefined;
  let waiting: (() => void) | undefined;
  const leave = (isInterrupted: boolean): void => {
    left ??= new PersonLeft(isInterrupted);
    if (isInterrupted) typedAhead.length = 0;
    waiting?.();
  };
  reader.on("line", (line) => {
    typedAhead.push(line.trim());
    waiting?.();
  });
  reader.on("SIGINT", () => leave(true));
  reader.on("close", () => leave(false));
  const nextLine = async (): Promise<string> => {
    if (typedAhead.length === 0 && left === undefined) {
      await new Promise<void>((resolve) => {
        waiting = resolve;
      });
    }
    waiting = undefined;
    const line = typedAhead.shift();
    if (line !== undefined) return line;
    // the terminal stands behind the prompt
    screen?.write("\n");
    throw left ?? new PersonLeft(false);
  };
  return {
    answer: async (question, completions = []) => {
      paragraph(question, shell);
      offered = completions;
      if (left === undefined) reader.prompt();
      const line = await nextLine();
      if (line === backWord || line === "＜") throw new PersonTurnedBack();
      return line;
    },
    close: () => reader.close(),
  };
};

const said = {
  outOfRange: { zh: "没有这一项，请重新输入。", en: "There is no such choice. Type it again." },
  required: { zh: "必填", en: "required" },
  number: { zh: "输入序号或词", en: "a number or a word" },
  numberOrText: { zh: "输入序号或内容", en: "a number, or what it is" },
  list: { zh: "每行一项，空行结束", en: "one a line, an empty line ends" },
  flag: { zh: "y（是）或 n（否）", en: "y or n" },
  yesOrNo: { zh: "请输入 y 或 n。", en: "Type y or n." },
  today: { zh: "直接回车为今天", en: "Enter for today" },
} as const satisfies Record<string, Label>;

/** What to type, where the name of a form does not say it to everybody. */
const forms: Readonly<Record<string, Label>> = {
  TEXT: { zh: "", en: "" },
  KIND: { zh: "", en: "" },
  NAME: { zh: "姓名或名称", en: "a name" },
  DATE: spokenForms,
  N: { zh: "数字", en: "a number" },
  FILE: { zh: "文件名", en: "the name of a file" },
  "NAME:ROLE": { zh: "姓名:角色，如 李楠:提案人", en: "name:role, as Li Nan:proposer" },
  "TEXT@DATE": { zh: "内容@日期，或内容@长期", en: "text@date, or text@long-term" },
};

/** A choice in a numbered list; the word of one that `isToldByLabel` is accepted and not shown. */
export type Choice = Readonly<{ word: string; label: string; isToldByLabel?: true }>;

/** Shows choices with the numbers by which they are chosen; where the words are numbers, with those. */
const showChoices = (choices: readonly Choice[], shell: Shell, from = 1): void => {
  const isTold = ({ word, label, isToldByLabel }: Choice): boolean =>
    isToldByLabel === true || label === word;
  // where one word is shown, all are: the list is read down a column
  const told = choices.map((choice) =>
    choices.every(isTold) || choice.isToldByLabel === true ? "" : choice.word,
  );
  const wordWidth = Math.max(0, ...told.map(widthOf));
  const isPlain = isNumbered(choices);
  for (const [at, { label }] of choices.entries()) {
    const word = told[at] ?? "";
    const number = isPlain ? "" : String(at + from).padStart(2);
    const left = [number, padTo(word, wordWidth)].filter((part) => part.trim() !== "").join("  ");
    const width = widthOf(number) + wordWidth + (number !== "" && wordWidth > 0 ? 2 : 0);
    beside(visible(`  ${padTo(left, width)}`), label, width + 2, shell);
  }
};

const isNumbered = (choices: readonly Choice[]): boolean =>
  choices.every(({ word }) => /^\d+$/.test(word));

/** The choice that a number, a word or a meaning stands for. */
export const chosenFrom = (typed: string, choices: readonly Choice[]): Choice | undefined => {
  const folded = typed.normalize("NFKC").toLowerCase();
  const byNumber = isNumbered(choices) ? undefined : choices[Number(folded) - 1];
  return (
    byNumber ??
    choices.find(({ word }) => word.toLowerCase() === folded) ??
    choices.find(({ label }) => label.toLowerCase() === folded)
  );
};

/** The word that was chosen by its number, its name or its meaning; undefined for an empty line. */
export const choose = async (
  question: string,
  groups: readonly (readonly Choice[])[],
  asking: Asking,
  shell: Shell,
  explain: (typed: string) => string | undefined = () => undefined,
): Promise<string | undefined> => {
  const choices = groups.flat();
  let from = 1;
  for (const group of groups) {
    if (from > 1 && group.length > 0) shell.out("");
    showChoices(group, shell, from);
    from += group.length;
  }
  for (;;) {
    const words = choices.map(({ word }) => word);
    const typed = await asking.answer(question, words);
    if (typed === "") return undefined;
    const found = chosenFrom(typed, choices);
    if (found !== undefined) return found.word;
    paragraph(explain(typed) ?? said.outOfRange[shell.language], shell);
  }
};

/** What a field is asked with beside itself. */
export type FieldHelp = Readonly<{
  /** Words that the field accepts and no others. */
  words: readonly Choice[];
  /** Values of the case that are likely; another may be typed. */
  likely: readonly Choice[];
  dates: SpokenOn;
}>;

/** What a field is called in a sentence: its label without what it explains. */
export const nameOfField = (field: AnyField, language: keyof Label): string =>
  field.label[language].split(/[（：，(;]|: |, /)[0]?.trim() ?? "";

/** Asks for one field until it can be read; undefined where an optional one was left empty. */
export const askField = async (
  name: string,
  field: AnyField,
  help: FieldHelp,
  asking: Asking,
  shell: Shell,
): Promise<unknown> => {
  const { language } = shell;
  const isRequired = field.required !== "no";
  const label = withAside(
    field.label[language],
    isRequired ? said.required[language] : "",
    language,
  );
  const called = nameOfField(field, language);
  for (;;) {
    const given = await readGiven(label, name, field, help, asking, shell);
    if (given === undefined) {
      if (!isRequired) return undefined;
      sayProblems([{ field: called, kind: "missing" }], shell);
      continue;
    }
    const problems: InputProblem[] = [];
    const read = field.read(given, {
      add: (problem, path = "") => problems.push({ ...problem, field: placeIn(called, path) }),
    });
    // the field itself knows no today
    if (name === "on" && typeof given === "string" && given.slice(0, 10) > help.dates.today) {
      problems.push({ field: called, kind: "future", value: given, today: help.dates.today });
    }
    if (read !== undefined && problems.length === 0) return given;
    sayProblems(problems, shell);
  }
};

/** `[1].due` of a list is its second entry. */
const placeIn = (called: string, path: string): string => {
  const [, index, member = ""] = /^\[(\d+)\](?:\.(\w+))?$/.exec(path) ?? [];
  return index === undefined ? called + path : `${called} #${Number(index) + 1} ${member}`.trim();
};

const sayProblems = (problems: readonly InputProblem[], shell: Shell): void => {
  if (problems.length === 0) return;
  const { language } = shell;
  paragraph(`${describeProblems(problems)[language]}${language === "zh" ? "。" : "."}`, shell);
};

/** The value as typed; undefined for an empty line. */
const readGiven = async (
  label: string,
  name: string,
  field: AnyField,
  help: FieldHelp,
  asking: Asking,
  shell: Shell,
): Promise<unknown> => {
  const { language } = shell;
  const { words, likely, dates } = help;
  if (words.length > 0) {
    shell.out("");
    return choose(`${label}  ${said.number[language]}`, [words], asking, shell);
  }
  if (field.typed === "flag") return readFlag(label, asking, shell);
  const form =
    likely.length > 0 ? said.numberOrText[language] : (forms[field.form]?.[language] ?? field.form);
  const today = name === "on" ? said.today[language] : "";
  const asked = withAside(`${label}  ${form}`.trimEnd(), today, language);
  shell.out("");
  showChoices(likely, shell);
  const meant = (line: string): unknown => meantBy(line, field, likely, dates, shell);
  const completions = likely.map(({ word }) => word);
  if (field.typed !== "list") {
    const line = await asking.answer(asked, completions);
    return line === "" ? undefined : meant(line);
  }
  const values: unknown[] = [];
  for (;;) {
    const question = values.length === 0 ? withAside(asked, said.list[language], language) : "…";
    const line = await asking.answer(question, completions);
    if (line === "") return values.length === 0 ? undefined : values;
    values.push(...entriesOf(line, likely).map(meant));
  }
};

/** Several numbers of a list on one line are several entries. */
const entriesOf = (line: string, likely: readonly Choice[]): readonly string[] => {
  const parts = line.split(/[\s,，、]+/);
  const areChoices = parts.every((one) => /^\d+$/.test(one) && chosenFrom(one, likely));
  return areChoices ? parts : [line];
};

/** The value that a line means: a choice's word, a date that was said, a number. */
const meantBy = (
  line: string,
  field: AnyField,
  likely: readonly Choice[],
  dates: SpokenOn,
  shell: Shell,
): unknown => {
  const chosen = chosenFrom(line, likely);
  if (chosen !== undefined) line = chosen.word;
  switch (field.form) {
    case "DATE":
      return dateMeant(line, dates, shell);
    case "N":
      return /^\d{1,9}$/.test(line) ? Number(line) : line;
    case "TEXT@DATE": {
      const at = line.lastIndexOf("@");
      return at < 0 ? line : `${line.slice(0, at)}@${dateMeant(line.slice(at + 1), dates, shell)}`;
    }
    case "NAME:ROLE":
      return withRoleWord(line);
    default:
      return line;
  }
};

/** The date that was said, shown back; what is none stays as it was typed, for its field to refuse. */
const dateMeant = (typed: string, dates: SpokenOn, shell: Shell): string => {
  const meant = readSpokenDate(typed, dates);
  if (meant === undefined) return typed;
  if (isCivilDate(meant.date)) {
    paragraph(`→ ${shownDate(meant, dates.calendar, shell.language)}`, shell, 2);
  }
  return meant.date;
};

/** 李楠：提案人 is 李楠:proposer. */
const withRoleWord = (line: string): string => {
  const [, name = "", role = ""] = /^(.*)[:：]\s*(\S+)$/u.exec(line) ?? [];
  const word = Object.entries(terms.participantRoles).find(
    ([one, { zh }]) => zh === role || one === role.toLowerCase(),
  )?.[0];
  return word === undefined ? line : `${name.trim()}:${word}`;
};

const readFlag = async (label: string, asking: Asking, shell: Shell): Promise<unknown> => {
  shell.out("");
  for (;;) {
    const line = await asking.answer(`${label}  ${said.flag[shell.language]}`, ["y", "n"]);
    if (line === "") return undefined;
    const answer = readYesOrNo(line);
    if (answer !== undefined) return answer;
    paragraph(said.yesOrNo[shell.language], shell);
  }
};

/** Yes or no in either language; undefined for anything else. */
export const readYesOrNo = (line: string): boolean | undefined =>
  /^(y|yes|是|好)$/i.test(line) ? true : /^(n|no|否|不)$/i.test(line) ? false : undefined;

/** The words that a field accepts, with what they mean. */
export const choicesOf = ({ words = [] }: AnyField, { language }: Shell): readonly Choice[] => {
  const meanings = meaningsOf(words, language);
  return words.map((word, at) => ({ word, label: meanings[at] ?? "" }));
};
