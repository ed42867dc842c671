/**
 * @module step-form — one step of a case, filled in by a person: the demanded fields, those that are chosen,
 * a preview of what exactly would be recorded, and the word that records it.
 */
import type {
  AnyField,
  Casebook,
  CommandName,
  Label,
  Recorded,
  Rehearsed,
  WorkingCalendar,
} from "@wuding/engine";
import {
  commands,
  commonFields,
  isCivilDate,
  isEngineError,
  leadingEvents,
  terms,
} from "@wuding/engine";
import type { Asking, Choice, FieldHelp } from "../asking.ts";
import { askField, choicesOf, choose, chosenFrom, nameOfField, readYesOrNo } from "../asking.ts";
import { heading, paragraph } from "../print/page.ts";
import { eventsOf } from "../print/recorded.ts";
import { labelled, withAside } from "../print/words.ts";
import type { Shell } from "../shell.ts";
import { shownDate } from "../spoken-date.ts";
import { beforeItIsFinal } from "./after-the-fact.ts";
import type { Answers, Step } from "./command-typed.ts";
import { commandAsJson, commandGiven, commandTyped, fieldsOf } from "./command-typed.ts";
import { dueChanges } from "./due-changes.ts";
import type { KnownCase } from "./likely-values.ts";
import { boundWords, likelyValues } from "./likely-values.ts";

/** What a step is filled in with. */
export type Desk = Readonly<{
  casebook: Casebook;
  calendar: WorkingCalendar;
  asking: Asking;
  shell: Shell;
}>;

const said = {
  optional: {
    zh: "选填项：输入序号填写，直接回车继续",
    en: "Optional: a number to fill one in, Enter to go on",
  },
  change: {
    zh: "输入序号修改或补填，直接回车放弃",
    en: "A number to change or fill in, Enter to give up",
  },
  correct: {
    zh: "更正哪一项：输入序号，直接回车表示已全部写好",
    en: "Which one is wrong: a number, Enter when that is all",
  },
  filled: { zh: "已填写", en: "Filled in" },
  records: { zh: "将要记录", en: "Will record" },
  nothing: { zh: "没有变化：已有相同记录。", en: "Nothing would change: it says so already." },
  command: { zh: "等同于命令", en: "The same as the command" },
  json: { zh: "等同于 apply 的一行", en: "The same as a line for apply" },
  hasFile: {
    zh: "随带文件，不能写成 apply 的一行。",
    en: "A file goes with it, which a line for apply cannot hold.",
  },
  confirm: {
    zh: "记录请输入 y；修改请输入序号；放弃请直接回车",
    en: "y to record it; a number to change one; Enter to give up",
  },
  yes: { zh: "是", en: "yes" },
  no: { zh: "否", en: "no" },
  notUnderstood: { zh: "请输入 y、序号或直接回车。", en: "Type y, a number, or Enter." },
} as const satisfies Record<string, Label>;

/** Fields that every command takes and a person at the desk may want. */
const sometimesWanted = ["note", "lateReason", "lateApprovedBy"] as const;

/** Refusals that another answer may avoid. */
const answerable = [
  "INVALID_INPUT",
  "RULE_REFUSED",
  "WRONG_STATE",
  "INCOMPLETE_ASSIGNMENT",
  "NOT_FOUND",
  "AMBIGUOUS_CASE",
  "DUPLICATE_CASE",
] as const;

/**
 * Fills in a step and says what it is to be recorded with; undefined where the person gave it up.
 * @throws PersonLeft, PersonTurnedBack; EngineError where no other answer would help
 */
export const fillIn = async (
  command: CommandName,
  known: KnownCase | undefined,
  prefilled: Answers,
  desk: Desk,
): Promise<object | undefined> => {
  const { shell } = desk;
  const warning = beforeItIsFinal[command];
  if (warning !== undefined) paragraph(warning[shell.language], shell);
  let answers: Answers = await askDemanded(command, known, prefilled, desk);
  answers = await askOptional(command, known, answers, desk);
  for (;;) {
    const step = stepOf(command, known, answers);
    const given = await rehearsed(step, known, desk);
    const typed =
      given === undefined
        ? await chooseField(command, known, answers, desk)
        : await confirm(command, known, answers, desk);
    if (typed === undefined) return undefined;
    if (typed === "y") return given;
    answers = await askOne(command, typed, known, answers, desk);
  }
};

/** What is recorded is meant for the case as it was shown. */
const stepOf = (command: CommandName, known: KnownCase | undefined, answers: Answers): Step =>
  known === undefined
    ? { command, answers }
    : { command, case: known.view.case, answers: { ...answers, expect: known.view.version } };

const askDemanded = async (
  command: CommandName,
  known: KnownCase | undefined,
  prefilled: Answers,
  desk: Desk,
): Promise<Answers> => {
  const own: Readonly<Record<string, AnyField>> = commands[command].fields;
  const demanded = Object.entries(own).flatMap(([name, { required }]) =>
    required === "no" ? [] : [name],
  );
  // which entry is corrected decides what can be asked about it
  const first = command === "amend" ? ["event"] : [];
  let answers = prefilled;
  for (const name of new Set([...first, ...demanded, "on"])) {
    if (!Object.hasOwn(answers, name)) answers = await askOne(command, name, known, answers, desk);
  }
  return answers;
};

const askOptional = async (
  command: CommandName,
  known: KnownCase | undefined,
  demanded: Answers,
  desk: Desk,
): Promise<Answers> => {
  const { asking, shell } = desk;
  let answers = demanded;
  for (;;) {
    const open = openFields(command, answers, shell);
    shell.out("");
    const name = await choose(said.optional[shell.language], [open], asking, shell);
    if (name === undefined) return answers;
    answers = await askOne(command, name, known, answers, desk);
  }
};

/** The fields that are not filled in yet, as choices. */
const openFields = (
  command: CommandName,
  answers: Answers,
  { language }: Shell,
): readonly Choice[] => {
  const own = Object.entries(commands[command].fields as Readonly<Record<string, AnyField>>);
  const common = sometimesWanted.map((name) => [name, commonFields[name]] as const);
  return [...own, ...common]
    .filter(([name]) => !Object.hasOwn(answers, name))
    .map(([word, { label }]) => ({ word, label: label[language], isToldByLabel: true as const }));
};

/** Asks for one field and puts its answer in its place; an empty one takes the old answer out. */
const askOne = async (
  command: CommandName,
  name: string,
  known: KnownCase | undefined,
  answers: Answers,
  desk: Desk,
): Promise<Answers> => {
  const field = fieldsOf(command)[name];
  if (field === undefined) return answers;
  const value =
    command === "amend" && name === "fields"
      ? await askCorrections(known, answers, desk)
      : field.typed === "file"
        ? await askFile(field, desk)
        : await askField(
            name,
            field,
            helpFor(command, name, field, known, desk),
            desk.asking,
            desk.shell,
          );
  const { [name]: _old, ...others } = answers;
  // named, so that the command means the same tomorrow
  if (name === "on" && value === undefined) return { ...others, on: desk.shell.today };
  return value === undefined ? others : { ...others, [name]: value };
};

const helpFor = (
  command: CommandName,
  name: string,
  field: AnyField,
  known: KnownCase | undefined,
  { casebook, calendar, shell }: Desk,
): FieldHelp => {
  const bound = boundWords(command, name, known, casebook.rules, shell.language);
  return {
    words: bound.length > 0 ? bound : choicesOf(field, shell),
    likely: likelyValues(command, name, known, shell.language),
    dates: { today: shell.today, calendar },
  };
};

/** The name of a file that can be read. */
const askFile = async (field: AnyField, { asking, shell }: Desk): Promise<string | undefined> => {
  for (;;) {
    const path = await asking.answer(field.label[shell.language]);
    if (path === "") return undefined;
    try {
      await shell.readFile(path);
      return path;
    } catch (error) {
      if (!isEngineError(error)) throw error;
      paragraph(error.sentence[shell.language], shell);
    }
  }
};

/** The command that made the entry which is corrected. */
const madeBy = (known: KnownCase | undefined, { event }: Answers): CommandName | undefined => {
  const entry = known?.history.find(
    ({ position, version }) => position === event || (event === undefined && version === 1),
  );
  return Object.entries(leadingEvents).find(([, types]) =>
    (types as readonly string[]).includes(entry?.type ?? ""),
  )?.[0] as CommandName | undefined;
};

/** What an entry should read, field by field of the command that made it. */
const askCorrections = async (
  known: KnownCase | undefined,
  answers: Answers,
  desk: Desk,
): Promise<Answers | undefined> => {
  const { asking, shell } = desk;
  const made = madeBy(known, answers);
  if (made === undefined) return undefined;
  const fields: Readonly<Record<string, AnyField>> = {
    ...commands[made].fields,
    on: commonFields.on,
  };
  const choices = Object.entries(fields)
    .filter(([, { typed }]) => typed !== "file")
    .map(([word, { label }]) => ({
      word,
      label: label[shell.language],
      isToldByLabel: true as const,
    }));
  const corrected: Record<string, unknown> = {};
  for (;;) {
    const name = await choose(said.correct[shell.language], [choices], asking, shell);
    const field = fields[name ?? ""];
    if (name === undefined || field === undefined) {
      return Object.keys(corrected).length === 0 ? undefined : corrected;
    }
    const value = await askField(
      name,
      field,
      helpFor(made, name, field, known, desk),
      asking,
      shell,
    );
    if (value !== undefined) corrected[name] = value;
  }
};

/** Shows what the step would record; undefined where it would be refused, after saying why. */
const rehearsed = async (
  step: Step,
  known: KnownCase | undefined,
  desk: Desk,
): Promise<object | undefined> => {
  const { casebook, shell } = desk;
  const { actor, today, language } = shell;
  try {
    const given = await commandGiven(step, shell);
    const rehearsal = await casebook.rehearse(given, { actor, today });
    showPreview(step, rehearsal, known, desk);
    return given;
  } catch (error) {
    if (!answerable.some((code) => isEngineError(error, code)) || !isEngineError(error))
      throw error;
    shell.out("");
    paragraph(`${error.sentence[language]} ${error.hint[language]}`.trim(), shell);
    return undefined;
  }
};

const showPreview = (
  step: Step,
  { recorded, deadlines }: Rehearsed,
  known: KnownCase | undefined,
  { calendar, shell }: Desk,
): void => {
  const { language } = shell;
  heading(labelled(said.records, commands[step.command].label[language], language), shell);
  if (recorded.unchanged) {
    paragraph(said.nothing[language], shell, 2);
  } else {
    for (const one of recorded.cases ?? [recorded]) paragraph(eventsOf(one, language), shell, 2);
    for (const change of dueChanges(known?.view.deadlines ?? [], deadlines, calendar, language)) {
      paragraph(change, shell, 2);
    }
  }
  heading(said.command[language], shell);
  // whole, so that they can be copied: the terminal breaks the lines where it must
  shell.out(commandTyped(step));
  heading(said.json[language], shell);
  shell.out(commandAsJson(step) ?? said.hasFile[language]);
};

/** The fields that are filled in, with their values as the person chose them. */
const filledFields = (
  command: CommandName,
  known: KnownCase | undefined,
  answers: Answers,
  desk: Desk,
): readonly Choice[] =>
  Object.entries(answers).map(([word, value]) => {
    const isCorrection = command === "amend" && word === "fields";
    const made = isCorrection ? madeBy(known, answers) : undefined;
    const label =
      made === undefined
        ? filledField(command, known, word, value, desk)
        : Object.entries(value as Answers)
            .map(([name, one]) => filledField(made, known, name, one, desk))
            .join("; ");
    return { word, label, isToldByLabel: true };
  });

/** 方式：电话联系: a field's name and its value. */
const filledField = (
  command: CommandName,
  known: KnownCase | undefined,
  name: string,
  value: unknown,
  desk: Desk,
): string => {
  const { language } = desk.shell;
  const field = fieldsOf(command)[name];
  const called = field === undefined ? name : nameOfField(field, language);
  const words = field === undefined ? [] : helpFor(command, name, field, known, desk).words;
  return labelled(called, shownValue(value, words, desk), language);
};

/** A value as a person reads it: a word of a closed set by its meaning, a date with what kind of day it is. */
const shownValue = (value: unknown, words: readonly Choice[], desk: Desk): string => {
  const { calendar, shell } = desk;
  const { language } = shell;
  if (Array.isArray(value)) return value.map((one) => shownValue(one, words, desk)).join("; ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, one]) => `${name}=${shownValue(one, [], desk)}`)
      .join("; ");
  }
  if (typeof value === "boolean") return said[value ? "yes" : "no"][language];
  if (typeof value !== "string") return String(value);
  if (isCivilDate(value)) return shownDate({ date: value, provisional: false }, calendar, language);
  const meaning = words.find(({ word }) => word === value)?.label;
  if (meaning === undefined || meaning === "") return withRoleLabel(value, language);
  // the letter of a result is what people say and write; a word for programs is not
  return /^[A-Z]$/.test(value) ? withAside(value, meaning, language) : meaning;
};

/** 李楠:proposer is read as 李楠:提案人, as it may be typed. */
const withRoleLabel = (text: string, language: keyof Label): string =>
  text.replace(/(?<=:)[a-z-]+$/, (role) =>
    Object.hasOwn(terms.participantRoles, role)
      ? terms.participantRoles[role as keyof typeof terms.participantRoles][language]
      : role,
  );

/** `y` to record, the name of a field to change, undefined to give up. */
const confirm = async (
  command: CommandName,
  known: KnownCase | undefined,
  answers: Answers,
  desk: Desk,
): Promise<string | undefined> => {
  const { asking, shell } = desk;
  const { language } = shell;
  const filled = filledFields(command, known, answers, desk);
  heading(said.filled[language], shell);
  for (const [at, { label }] of filled.entries()) {
    paragraph(`${String(at + 1).padStart(2)}  ${label}`, shell, 2);
  }
  for (;;) {
    const typed = await asking.answer(said.confirm[language]);
    if (typed === "" || readYesOrNo(typed) === false) return undefined;
    if (readYesOrNo(typed) === true) return "y";
    const found = chosenFrom(typed, filled);
    if (found !== undefined) return found.word;
    paragraph(said.notUnderstood[language], shell);
  }
};

/** The field to change after a refusal. */
const chooseField = async (
  command: CommandName,
  known: KnownCase | undefined,
  answers: Answers,
  desk: Desk,
): Promise<string | undefined> => {
  const { asking, shell } = desk;
  const groups = [filledFields(command, known, answers, desk), openFields(command, answers, shell)];
  shell.out("");
  return choose(said.change[shell.language], groups, asking, shell);
};

/** Records what was confirmed. */
export const recordGiven = (
  given: object,
  casebook: Casebook,
  { actor, today }: Shell,
): Promise<Recorded> => casebook.executeGiven(given, { actor, today });
