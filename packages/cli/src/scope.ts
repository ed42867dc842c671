/** @module scope — the options that choose cases, alike for every command that looks at many. */
import type { Casebook, CivilDate, Rulebook, Scope } from "@wuding/engine";
import { dateProblem, invalidInput, isCivilDate, shanghaiDate, terms } from "@wuding/engine";
import type { Option, Typed } from "./command.ts";
import type { Shell } from "./shell.ts";

/** The two axes of the past: what was true on a day, and what was known then. */
export const momentOptions: readonly Option[] = [
  {
    name: "as-of",
    label: { zh: "截至该日的情况", en: "as things stood on that day" },
    typed: "value",
    form: "DATE",
  },
  {
    name: "known-on",
    label: { zh: "只看该日前已经记录的", en: "only what had been recorded by that day" },
    typed: "value",
    form: "DATE",
  },
];

export const scopeOptions: readonly Option[] = [
  {
    name: "kind",
    label: { zh: "件别，如 cppcc、npc", en: "kind of case, such as cppcc, npc" },
    typed: "value",
    form: "KIND",
  },
  {
    name: "year",
    label: { zh: "交办年份", en: "year of dispatch" },
    typed: "value",
    form: "YEAR",
  },
  {
    name: "department",
    label: { zh: "承办科室", en: "department" },
    typed: "value",
    form: "TEXT",
  },
  { name: "block", label: { zh: "板块", en: "theme block" }, typed: "value", form: "TEXT" },
  {
    name: "role",
    label: { zh: "承办角色", en: "our role" },
    typed: "value",
    form: "ROLE",
    words: Object.keys(terms.roles),
  },
  {
    name: "status",
    label: { zh: "办理状态", en: "status" },
    typed: "value",
    form: "STATUS",
    words: Object.keys(terms.statuses),
  },
  ...momentOptions,
];

/** The kinds of case that rulebooks know, each once. */
export const kindsIn = (rulebooks: readonly Pick<Rulebook, "kinds">[]): readonly string[] => [
  ...new Set(rulebooks.flatMap(({ kinds }) => kinds.map(({ id }) => id))),
];

/**
 * The choice of cases as it was given, and nothing else.
 * @throws EngineError `INVALID_INPUT` for a kind that the casebook's rulebook does not know
 */
export const readScope = ({ values }: Typed, { rules }: Pick<Casebook, "rules">): Scope => {
  const { kind, department, block, role, status } = values;
  const kinds = kindsIn(rules.rulebooks.map(({ rulebook }) => rulebook));
  if (kind !== undefined && !kinds.includes(kind)) {
    throw invalidInput({ field: "--kind", kind: "notOneOf", value: kind, allowed: kinds });
  }
  const year = readYear(values["year"]);
  return {
    ...(kind !== undefined && { kind }),
    ...(year !== undefined && { year }),
    ...(department !== undefined && { department }),
    ...(block !== undefined && { block }),
    ...(role !== undefined && { role: oneOf("role", role, terms.roles) }),
    ...(status !== undefined && { status: oneOf("status", status, terms.statuses) }),
  };
};

/** @throws EngineError `INVALID_INPUT` for what is no year of four digits */
export const readYear = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{3}$/.test(given)) return Number(given);
  const expected = { zh: "四位数字的年份", en: "a year of four digits" };
  throw invalidInput({ field: "--year", kind: "malformed", expected });
};

/**
 * The moment of `--as-of` and `--known-on`.
 * @throws EngineError `INVALID_INPUT` for a date that does not exist or lies after today
 */
export const readMoment = (
  { values }: Typed,
  shell: Pick<Shell, "today" | "now">,
): Readonly<{ asOf?: CivilDate; knownOn?: CivilDate }> => {
  const asOf = readPastDay(values["as-of"], "--as-of", shell.today);
  // records are made by the real clock, whatever stands for today
  const knownOn = readPastDay(values["known-on"], "--known-on", shanghaiDate(shell.now()));
  return { ...(asOf !== undefined && { asOf }), ...(knownOn !== undefined && { knownOn }) };
};

/**
 * A day that exists and is not after today.
 * @throws EngineError `INVALID_INPUT`
 */
export const readPastDay = (
  value: string | undefined,
  field: string,
  today: CivilDate,
): CivilDate | undefined => {
  if (value === undefined) return undefined;
  if (!isCivilDate(value)) throw invalidInput({ field, ...dateProblem(value) });
  if (value > today) throw invalidInput({ field, kind: "future", value, today });
  return value;
};

const oneOf = <Word extends string>(
  name: string,
  value: string,
  known: Readonly<Record<Word, unknown>>,
): Word => {
  if (Object.hasOwn(known, value)) return value as Word;
  const allowed = Object.keys(known);
  throw invalidInput({ field: `--${name}`, kind: "notOneOf", value, allowed });
};
