/**
 * @module advance — the guided way to record the next step of a case: where it stands, what is possible,
 * only the questions that the chosen step needs, a preview, and then the record.
 */
import { basename } from "node:path";
import type { AnyField, Casebook, CommandName, Label, NextSteps, CaseView } from "@wuding/engine";
import {
  commands,
  commonFields,
  EngineError,
  isEngineError,
  terms,
  schemeFor,
} from "@wuding/engine";
import { optionNameOf } from "../arguments.ts";
import type { Asking, Choice } from "../asking.ts";
import { askField, askingOn, choicesOf, choose } from "../asking.ts";
import { afterRecording, warnOfLongQuiet } from "../casebook-to-record.ts";
import type { Command } from "../command.ts";
import { heading, paragraph } from "../print/page.ts";
import { showRecorded } from "../print/recorded.ts";
import { labelled } from "../print/words.ts";
import type { Shell } from "../shell.ts";
import { visible } from "../visible.ts";
import { printBlocking } from "./next.ts";

const said = {
  possible: { zh: "现在可以记录", en: "Possible now" },
  which: { zh: "输入序号；直接回车退出", en: "Type a number, or Enter to leave" },
  left: { zh: "未记录任何内容。", en: "Nothing was recorded." },
  optional: {
    zh: "选填项：输入序号填写，直接回车跳过",
    en: "Optional: type a number to fill one in, or Enter to go on",
  },
  preview: { zh: "将要执行", en: "About to run" },
  confirm: { zh: "确认记录请输入 y，放弃请直接回车", en: "Type y to record it, or Enter to leave" },
  ended: {
    zh: "本件已终结，不能再记录。",
    en: "The case has ended; nothing can be recorded.",
  },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "advance",
  label: { zh: "逐项提问，引导记录下一步", en: "record the next step of a case, guided" },
  positionals: ["CASE"],
  options: [],
  example: "wuding advance 122",
  run: async ({ positionals: [name = ""] }, shell) => {
    if (!shell.isInteractive || shell.json) {
      throw new EngineError("USAGE", {
        problem: {
          zh: `advance 须在终端中逐项回答；程序请用 wuding next ${name} --json 查询，再用所列命令或 wuding apply 记录。`,
          en: `advance asks questions on a terminal; a script reads wuding next ${name} --json and records with the command named there, or with wuding apply.`,
        },
        suggestion: `wuding next ${name}`,
      });
    }
    const casebook = await shell.open();
    await warnOfLongQuiet(casebook, shell);
    const asking = askingOn(shell);
    try {
      await guide(name, casebook, asking, shell);
    } finally {
      asking.close();
    }
  },
};

/** Goes on until a step is recorded or the person leaves. */
const guide = async (
  name: string,
  casebook: Casebook,
  asking: Asking,
  shell: Shell,
): Promise<void> => {
  const { language, actor, today } = shell;
  for (;;) {
    const steps = await casebook.next(name, { actor, today });
    const view = await casebook.show(steps.case, { today });
    paragraph(`${view.case}  ${view.title}`, shell);
    paragraph(terms.statuses[view.status][language], shell);
    printBlocking(steps, casebook, shell);
    const chosen = await chooseStep(steps, asking, shell);
    if (chosen === undefined) return shell.out(said.left[language]);
    const fields = await askFields(chosen, view, casebook, asking, shell);
    if (fields === undefined) return shell.out(said.left[language]);
    const isConfirmed = await confirm(chosen, steps.case, fields, asking, shell);
    if (!isConfirmed) return shell.out(said.left[language]);
    const given = { command: chosen, case: steps.case, expect: view.version, ...fields };
    try {
      const recorded = await casebook.executeGiven(given, { actor, today });
      await showRecorded(recorded, casebook, shell);
      return await afterRecording(casebook, shell);
    } catch (error) {
      // a wrong answer is asked again; that somebody wrote first, or a broken file, is not one
      const mayRepeat =
        isEngineError(error, "INVALID_INPUT") ||
        isEngineError(error, "RULE_REFUSED") ||
        isEngineError(error, "NOT_FOUND");
      if (!mayRepeat) throw error;
      paragraph(`${error.sentence[language]} ${error.hint[language]}`, shell);
    }
  }
};

const chooseStep = async (
  { allowed }: NextSteps,
  asking: Asking,
  shell: Shell,
): Promise<CommandName | undefined> => {
  const { language } = shell;
  if (allowed.length === 0) {
    shell.out(said.ended[language]);
    return undefined;
  }
  heading(said.possible[language], shell);
  const choices = allowed.map(({ command: word }) => ({
    word,
    label: commands[word].label[language],
  }));
  return (await choose(said.which[language], choices, asking, shell)) as CommandName | undefined;
};

type Given = Readonly<Record<string, unknown>>;

/** The fields of a step: the demanded ones and the day, then those that are chosen. */
const askFields = async (
  chosen: CommandName,
  view: CaseView,
  casebook: Casebook,
  asking: Asking,
  shell: Shell,
): Promise<Given | undefined> => {
  const own: Readonly<Record<string, AnyField>> = commands[chosen].fields;
  const given: Record<string, unknown> = {};
  const ask = async (name: string, field: AnyField): Promise<boolean> => {
    const words = wordsFor(chosen, name, field, view, casebook, shell);
    const answer = await askField(name, field, words, asking, shell);
    if ("left" in answer) return false;
    if ("value" in answer) given[name] = answer.value;
    return true;
  };
  const demanded = Object.entries(own).filter(([, { required }]) => required !== "no");
  for (const [name, field] of [...demanded, ["on", commonFields.on] as const]) {
    if (!(await ask(name, field))) return undefined;
  }
  for (;;) {
    const open = Object.entries({ ...own, note: commonFields.note }).filter(
      ([name, { required }]) => required === "no" && !Object.hasOwn(given, name),
    );
    const choices = open.map(([word, { label }]) => ({ word, label: label[shell.language] }));
    const name = await choose(said.optional[shell.language], choices, asking, shell);
    const field = open.find(([one]) => one === name)?.[1];
    if (name === undefined || field === undefined) return given;
    if (field.typed === "file") {
      const path = await asking.answer(field.label[shell.language]);
      if (path) given[name] = { name: basename(path), bytes: await shell.readFile(path) };
    } else if (!(await ask(name, field))) {
      return undefined;
    }
  }
};

/** The words to choose from; the result letters are those of the case's rulebook. */
const wordsFor = (
  chosen: CommandName,
  name: string,
  field: AnyField,
  { kind, rulebook: own }: CaseView,
  { rules }: Casebook,
  shell: Shell,
): readonly Choice[] =>
  chosen === "answer" && name === "result"
    ? schemeFor((rules.byName.get(own) ?? rules.current).rulebook, kind).codes.map(
        ({ code, label }) => ({
          word: code,
          label: label[shell.language],
        }),
      )
    : choicesOf(field, shell);

/** Shows what will be recorded, as the command that would do the same, and asks. */
const confirm = async (
  chosen: CommandName,
  id: string,
  given: Given,
  asking: Asking,
  shell: Shell,
): Promise<boolean> => {
  const { language } = shell;
  heading(labelled(said.preview, commands[chosen].label[language], language), shell);
  shell.out(visible(`  wuding ${chosen} ${id} ${typedOf(chosen, given)}`.trimEnd()));
  const typed = await asking.answer(said.confirm[language]);
  return typed !== undefined && /^(y|yes|是)$/i.test(typed);
};

const typedOf = (chosen: CommandName, given: Given): string => {
  const fields: Readonly<Record<string, AnyField>> = {
    ...commands[chosen].fields,
    ...commonFields,
  };
  return Object.entries(given)
    .flatMap(([name, value]) => {
      const option = optionNameOf(fields[name]?.element ?? name);
      if (typeof value === "boolean") return value ? `--${option}` : `--no-${option}`;
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return values.map((one) => `--${option} ${shellWord(one)}`);
    })
    .join(" ");
};

const shellWord = (value: unknown): string => {
  const text =
    typeof value === "object" && value !== null && "name" in value
      ? String(value.name)
      : String(value);
  return /^[\p{L}\p{N}./:@_-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
};
