/** @module input-problem — what can be wrong with one field of a command, in both languages. */
import { earliestDate, isBeforeEarliest } from "../time/civil-date.ts";
import type { Label } from "./terms.ts";

/** A field (as in JSON, dotted for nested ones) and what is wrong with it. */
export type InputProblem = Readonly<
  {
    field: string;
    /** Its value was not given now: it stands in the entry that is amended, and no longer fits. */
    asRecorded?: true;
  } & Problem
>;

type Problem =
  | { kind: "missing" }
  | { kind: "empty" }
  | { kind: "unknown"; value?: string; suggestion?: string }
  | { kind: "notOneOf"; value: string; allowed: readonly string[] }
  | { kind: "wrongType"; expected: Label }
  | { kind: "impossibleDate"; value: string }
  | { kind: "notADate"; value: string }
  | { kind: "future"; value: string; today: string }
  | { kind: "tooEarly"; value: string; earliest: string }
  | { kind: "tooLong"; max: number }
  | { kind: "tooLarge"; bytes: number; max: number }
  | { kind: "forbiddenCharacter"; codePoint: string; at: number }
  | { kind: "malformed"; expected: Label; line?: number }
  | { kind: "outOfRange"; value: string; expected: Label };

/** What is wrong with a text that is no civil date: its form, the calendar, or how far back dates go here. */
export const dateProblem = (value: string): Problem => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return { kind: "notADate", value };
  if (!isBeforeEarliest(value)) return { kind: "impossibleDate", value };
  const expected = {
    zh: `可用日期自 ${earliestDate} 起`,
    en: `dates can be recorded from ${earliestDate} on`,
  };
  return { kind: "outOfRange", value, expected };
};

/** All that is wrong, in clauses without a full stop; what is missing is named together, first. */
export const describeProblems = (problems: readonly InputProblem[]): Label => {
  const missing = problems.filter(({ kind }) => kind === "missing").map(({ field }) => field);
  const clauses = [
    ...(missing.length > 0
      ? [{ zh: `缺少：${missing.join("、")}`, en: `Missing: ${missing.join(", ")}` }]
      : []),
    ...problems.flatMap((problem) => (problem.kind === "missing" ? [] : [clauseOf(problem)])),
  ];
  return {
    zh: clauses.map(({ zh }) => zh).join("；"),
    en: clauses.map(({ en }) => en).join("; "),
  };
};

const aDate: Label = { zh: "日期", en: "date" };

/** 发生日期 2026-09-31, on 的日期 2026-09-31: a field that is called a date is not called one twice. */
const dateIn = (field: string, value: string): Label => ({
  zh: field.endsWith(aDate.zh) ? `${field} ${value}` : `${field} 的日期 ${value}`,
  en: `${field}: ${value}`,
});

/** 应为一个编号, 应为 1 至 366 的天数: Latin letters and digits stand apart from Chinese. */
const mustBe = (subject: Label, { zh, en }: Label): Label => ({
  zh: `${subject.zh}应为${/^[\dA-Za-z]/.test(zh) ? " " : ""}${zh}`,
  en: `${subject.en} must be ${en}`,
});

const clauseOf = (problem: Exclude<InputProblem, { kind: "missing" }>): Label => {
  const { field } = problem;
  switch (problem.kind) {
    case "empty":
      return { zh: `${field} 不能为空`, en: `${field} is empty` };
    case "unknown": {
      const { value, suggestion } = problem;
      const zh = value === undefined ? `没有 ${field} 这一项` : `没有名为“${value}”的 ${field}`;
      const en = value === undefined ? `field ${field}` : `${field} "${value}"`;
      return {
        zh: suggestion === undefined ? zh : `${zh}（是否应为 ${suggestion}）`,
        en: `there is no ${en}${suggestion === undefined ? "" : ` (did you mean ${suggestion})`}`,
      };
    }
    case "notOneOf":
      return {
        zh: `${field} 不能是“${problem.value}”，可用 ${problem.allowed.join("、")}`,
        en: `${field} cannot be "${problem.value}"; it is one of ${problem.allowed.join(", ")}`,
      };
    case "wrongType":
      return mustBe({ zh: `${field} `, en: field }, problem.expected);
    case "impossibleDate":
      return {
        zh: `${dateIn(field, problem.value).zh} 不存在`,
        en: `${field}: there is no such date as ${problem.value}`,
      };
    case "notADate":
      return {
        zh: `${field} 的“${problem.value}”不是 YYYY-MM-DD 形式的日期`,
        en: `${field}: "${problem.value}" is not a date of the form YYYY-MM-DD`,
      };
    case "future":
      return {
        zh: `${dateIn(field, problem.value).zh} 晚于今天（${problem.today}）`,
        en: `${dateIn(field, problem.value).en} lies in the future (today is ${problem.today})`,
      };
    case "tooEarly":
      return {
        zh: `${dateIn(field, problem.value).zh} 早于 ${problem.earliest}`,
        en: `${dateIn(field, problem.value).en} is before ${problem.earliest}`,
      };
    case "tooLong":
      return {
        zh: `${field} 超过 ${problem.max} 个字符`,
        en: `${field} is longer than ${problem.max} characters`,
      };
    case "tooLarge":
      return {
        zh: `${field} 使记录达到 ${problem.bytes} 字节，上限为 ${problem.max} 字节`,
        en: `${field} makes the record ${problem.bytes} bytes long; at most ${problem.max} are possible`,
      };
    case "forbiddenCharacter":
      return {
        zh: `${field} 的第 ${problem.at} 个字符（${problem.codePoint}）不允许使用`,
        en: `${field}: character ${problem.at} is ${problem.codePoint}, which is not allowed`,
      };
    case "malformed": {
      const { line, expected } = problem;
      const zh = line === undefined ? `${field} ` : `第 ${line} 行`;
      return mustBe({ zh, en: field }, expected);
    }
    case "outOfRange":
      return {
        zh: `${field} 的值 ${problem.value} 超出范围（${problem.expected.zh}）`,
        en: `${field}: ${problem.value} is out of range (${problem.expected.en})`,
      };
  }
};
