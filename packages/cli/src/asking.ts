/**
 * @module asking — questions to a person at a terminal, one line each.
 *
 * The terminal itself echoes what is typed; the answers are lines of stdin. The end of input is an
 * answer too: the person has left, and nothing more is asked.
 */
import { createInterface } from "node:readline/promises";
import type { AnyField, InputProblem, Label } from "@wuding/engine";
import { describeProblems } from "@wuding/engine";
import { paragraph } from "./print/page.ts";
import { padTo, widthOf } from "./print/width.ts";
import { meaningsOf, withAside } from "./print/words.ts";
import type { Shell } from "./shell.ts";
import { visible } from "./visible.ts";

/** Asks and reads. */
export interface Asking {
  /** The line that was typed, trimmed; undefined once the input has ended. */
  answer(question: string): Promise<string | undefined>;
  close(): void;
}

/** Asks on stdin. */
export const askingOn = (shell: Shell): Asking => {
  const reader = createInterface({ input: shell.stdin, crlfDelay: Infinity });
  const lines = reader[Symbol.asyncIterator]();
  return {
    answer: async (question) => {
      paragraph(question, shell);
      const { value, done } = await lines.next();
      return done === true ? undefined : value.trim();
    },
    close: () => reader.close(),
  };
};

const said = {
  choose: { zh: "输入序号", en: "Type a number" },
  outOfRange: { zh: "没有这个序号。", en: "There is no such number." },
  required: { zh: "必填", en: "required" },
  list: { zh: "每行一项，空行结束", en: "one a line, an empty line ends" },
  flag: { zh: "y（是）或 n（否）", en: "y or n" },
  yesOrNo: { zh: "请输入 y 或 n。", en: "Type y or n." },
} as const satisfies Record<string, Label>;

/** What to type, where the name of a form does not say it to everybody. */
const forms: Readonly<Record<string, Label>> = {
  TEXT: { zh: "", en: "" },
  NAME: { zh: "姓名或名称", en: "a name" },
  DATE: { zh: "格式如 2021-06-20", en: "as in 2021-06-20" },
  N: { zh: "数字", en: "a number" },
  "NAME:ROLE": { zh: "姓名:角色", en: "name:role" },
  "TEXT@DATE": { zh: "内容@日期", en: "text@date" },
};

/** A choice in a numbered list. */
export type Choice = Readonly<{ word: string; label: string }>;

/** The word that was chosen by its number or its name; undefined when nothing was. */
export const choose = async (
  question: string,
  choices: readonly Choice[],
  asking: Asking,
  shell: Shell,
): Promise<string | undefined> => {
  const width = Math.max(0, ...choices.map(({ word }) => widthOf(word)));
  for (;;) {
    for (const [at, { word, label }] of choices.entries()) {
      shell.out(visible(`  ${String(at + 1).padStart(2)}  ${padTo(word, width)}  ${label}`));
    }
    const typed = await asking.answer(question);
    if (typed === undefined || typed === "") return undefined;
    const found = choices[Number(typed) - 1] ?? choices.find(({ word }) => word === typed);
    if (found !== undefined) return found.word;
    shell.out(said.outOfRange[shell.language]);
  }
};

/** What a field was answered with: its value, nothing, or the end of the input. */
export type FieldAnswer = Readonly<{ value: unknown } | { skipped: true } | { left: true }>;

/** Asks for one field until it can be read; an optional one may be left empty. */
export const askField = async (
  name: string,
  field: AnyField,
  words: readonly Choice[],
  asking: Asking,
  shell: Shell,
): Promise<FieldAnswer> => {
  const { language } = shell;
  const isRequired = field.required !== "no";
  const label = withAside(
    field.label[language],
    isRequired ? said.required[language] : "",
    language,
  );
  for (;;) {
    const given = await readGiven(label, field, words, asking, shell);
    if (given === undefined) return { left: true };
    if (given === null) {
      if (!isRequired) return { skipped: true };
      sayProblems([{ field: name, kind: "missing" }], shell);
      continue;
    }
    const problems: InputProblem[] = [];
    const read = field.read(given, {
      add: (problem, path = "") => problems.push({ ...problem, field: name + path }),
    });
    if (read !== undefined && problems.length === 0) return { value: given };
    sayProblems(problems, shell);
  }
};

const sayProblems = (problems: readonly InputProblem[], { language, out }: Shell): void => {
  if (problems.length === 0) return;
  out(visible(`${describeProblems(problems)[language]}${language === "zh" ? "。" : "."}`));
};

/** The value as typed; null for an empty line, undefined at the end of the input. */
const readGiven = async (
  label: string,
  field: AnyField,
  words: readonly Choice[],
  asking: Asking,
  shell: Shell,
): Promise<unknown> => {
  const { language } = shell;
  if (words.length > 0) {
    let left = false;
    const watched: Asking = {
      ...asking,
      answer: async (question) => {
        const typed = await asking.answer(question);
        left = typed === undefined;
        return typed;
      },
    };
    const word = await choose(`${label}  ${said.choose[language]}`, words, watched, shell);
    return left ? undefined : (word ?? null);
  }
  const asked = `${label}  ${forms[field.form]?.[language] ?? field.form}`.trimEnd();
  if (field.typed === "list") {
    const lines: string[] = [];
    for (;;) {
      const question = lines.length === 0 ? withAside(asked, said.list[language], language) : "…";
      const line = await asking.answer(question);
      if (line === undefined) return undefined;
      if (line === "") return lines.length === 0 ? null : lines;
      lines.push(line);
    }
  }
  if (field.typed === "flag") return readFlag(label, asking, shell);
  const line = await asking.answer(asked);
  if (line === undefined) return undefined;
  if (line === "") return null;
  return field.form === "N" && /^\d{1,9}$/.test(line) ? Number(line) : line;
};

const readFlag = async (label: string, asking: Asking, shell: Shell): Promise<unknown> => {
  for (;;) {
    const line = await asking.answer(`${label}  ${said.flag[shell.language]}`);
    if (line === undefined) return undefined;
    if (line === "") return null;
    if (/^(y|yes|是)$/i.test(line)) return true;
    if (/^(n|no|否)$/i.test(line)) return false;
    shell.out(said.yesOrNo[shell.language]);
  }
};

/** The words that a field accepts, with what they mean. */
export const choicesOf = ({ words = [] }: AnyField, { language }: Shell): readonly Choice[] => {
  const meanings = meaningsOf(words, language);
  return words.map((word, at) => ({ word, label: meanings[at] ?? "" }));
};
