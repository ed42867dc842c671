/**
 * @module read-command — from what came from outside to a command, or to a list of all that is wrong.
 */
import { invalidInput } from "../errors.ts";
import { forbiddenCharacter } from "../text/entry.ts";
import { nearest } from "../text/nearest.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { CommandName, ReadCommand } from "./commands.ts";
import { commands, commonFields } from "./commands.ts";
import type { Remarks } from "./events.ts";
import type { AnyField, Problems } from "./fields.ts";
import type { InputProblem } from "./input-problem.ts";

/** A command with the names it was sent to and the options that steer its recording. */
export type ReadRequest = Readonly<{
  command: ReadCommand;
  /** Names as they were given, short forms included; empty for `receive` and what is about the office. */
  cases: readonly string[];
  commandId?: string;
  /** The version the caller has seen; never retried when given. */
  expect?: number;
}>;

/** Dates that are past by their nature, beside `on`. */
const pastDates = ["dispatchedOn", "proposerToldOn"] as const;

/** The dates among these that lie after today, though what they tell of has happened. */
export const datesToCome = (
  values: Readonly<Record<string, unknown>>,
  today: CivilDate,
): readonly InputProblem[] =>
  ["on", ...pastDates].flatMap((field) => {
    const value = values[field];
    return typeof value === "string" && dateOf(value) > today
      ? [{ field, kind: "future", value, today } as const]
      : [];
  });

const reserved = new Set(["__proto__", "constructor", "prototype"]);

/** What a command says beside its own fields, as every one of its events carries it. */
export const remarksOf = ({ note, late }: Remarks): Remarks => ({
  ...(note !== undefined && { note }),
  ...(late !== undefined && { late }),
});

/** Whether the text names a command. */
export const isCommandName = (name: unknown): name is CommandName =>
  typeof name === "string" && Object.hasOwn(commands, name);

/**
 * Reads a command.
 * @param given a JSON object in the form of `CaseCommand`
 * @param today what "today" is, for the default of `on` and for the bound of dates in the past
 * @throws EngineError `INVALID_INPUT` with every problem at once
 */
export const readCommand = (given: unknown, today: CivilDate): ReadRequest => {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw invalidInput({
      field: "command",
      kind: "malformed",
      expected: { zh: "一个 JSON 对象", en: "a JSON object" },
    });
  }
  const entries = given as Readonly<Record<string, unknown>>;
  const name = entries["command"];
  if (!isCommandName(name)) {
    if (name === undefined) throw invalidInput({ field: "command", kind: "missing" });
    const word = typeof name === "string" ? name.slice(0, 40) : typeof name;
    const suggestion = nearest(word, Object.keys(commands));
    const value = word.replace(/[\p{Cc}\p{Cs}]/gu, "?");
    throw invalidInput({
      field: "command",
      kind: "unknown",
      value,
      ...(suggestion && { suggestion }),
    });
  }

  const found: InputProblem[] = [];
  const { about } = commands[name];
  const fields: Readonly<Record<string, AnyField>> = commands[name].fields;
  const target =
    about === "new" || about === "office" ? [] : about === "one" ? ["case"] : ["case", "cases"];
  const known = ["command", ...target, ...Object.keys(fields), ...Object.keys(commonFields)];
  for (const field of Object.keys(entries)) {
    if (known.includes(field) && !reserved.has(field)) continue;
    const suggestion = nearest(field, known);
    found.push({ field, kind: "unknown", ...(suggestion && { suggestion }) });
  }

  const read = (table: Readonly<Record<string, AnyField>>): Record<string, unknown> => {
    const values: Record<string, unknown> = {};
    for (const [field, { required, read: readField }] of Object.entries(table)) {
      const value = Object.hasOwn(entries, field) ? entries[field] : undefined;
      if (value === undefined || value === null) {
        if (required === "yes") found.push({ field, kind: "missing" });
        continue;
      }
      const problems: Problems = {
        add: (problem, path = "") => found.push({ ...problem, field: field + path }),
      };
      const result = readField(value, problems);
      if (result !== undefined) values[field] = result;
    }
    return values;
  };

  const cases = about === "new" || about === "office" ? [] : readCaseNames(entries, about, found);
  const input = read(fields);
  const common = read(commonFields) as {
    on?: string;
    note?: string;
    lateReason?: string;
    lateApprovedBy?: string;
    commandId?: string;
    expect?: number;
  };
  const late = {
    ...(common.lateReason !== undefined && { reason: common.lateReason }),
    ...(common.lateApprovedBy !== undefined && { approvedBy: common.lateApprovedBy }),
  };
  const on = common.on ?? today;
  found.push(...datesToCome({ ...input, on }, today));
  if (found.length > 0) throw invalidInput(...found);
  return {
    command: {
      command: name,
      on,
      ...(common.note !== undefined && { note: common.note }),
      ...(Object.keys(late).length > 0 && { late }),
      input,
    } as ReadCommand,
    cases,
    ...(common.commandId !== undefined && { commandId: common.commandId }),
    ...(common.expect !== undefined && { expect: common.expect }),
  };
};

const readCaseNames = (
  entries: Readonly<Record<string, unknown>>,
  about: "one" | "many",
  found: InputProblem[],
): readonly string[] => {
  const one = entries["case"];
  const many = about === "many" ? entries["cases"] : undefined;
  const given = many === undefined ? (one === undefined ? [] : [one]) : many;
  if (!Array.isArray(given) || given.some((name) => typeof name !== "string" || name === "")) {
    found.push({
      field: many === undefined ? "case" : "cases",
      kind: "wrongType",
      expected: { zh: "件号，如 cppcc/15-5/122", en: "a case's name, such as cppcc/15-5/122" },
    });
    return [];
  }
  for (const name of given as string[]) {
    const character = forbiddenCharacter(name, { breaks: false });
    if (character === undefined) continue;
    const field = many === undefined ? "case" : "cases";
    found.push({ field, kind: "forbiddenCharacter", ...character });
  }
  if (given.length === 0) found.push({ field: "case", kind: "missing" });
  if (one !== undefined && many !== undefined) {
    const expected = { zh: "case 或 cases 之一", en: "given without case" };
    found.push({ field: "cases", kind: "malformed", expected });
  }
  return given as string[];
};
