/**
 * @module shape-problems — what a schema found wrong, in sentences for the office.
 *
 * The schema's own words never reach anybody: an issue tells its kind, and the schema's message is a key
 * of `expectations` or the list of an object's members.
 */
import type { Label } from "../../case/terms.ts";
import { nearest } from "../../text/nearest.ts";
import type { Finding, Path } from "./rule-problem.ts";
import { finding, listed } from "./rule-problem.ts";

/** Prefix of the message of an object's schema: the names of its members follow. */
export const membersKey = "members:";

/** What the problems are made from; valibot's issues have this shape. */
type ShapeIssue = Readonly<{
  type: string;
  input: unknown;
  expected: string | null;
  message: string;
  path?: readonly Readonly<{ key: unknown; input: unknown }>[] | undefined;
}>;

/** What a value must be, by the key that the schema names. */
const expectations = {
  visible: { zh: "不为空的文字", en: "text that is not empty" },
  writable: {
    zh: "一行可见的文字，不含换行和控制字符",
    en: "one line of visible text without control characters",
  },
  id: {
    zh: "由小写字母、数字和连字符组成的编号，如 npc-reply",
    en: "an id of small letters, digits and hyphens, such as npc-reply",
  },
  kindId: {
    zh: "以小写字母开头、由小写字母和数字组成的件别编号，如 cppcc",
    en: "a kind's id of small letters and digits, a letter first, such as cppcc",
  },
  date: { zh: "YYYY-MM-DD 形式的日期", en: "a date of the form YYYY-MM-DD" },
  existingDate: { zh: "确实存在的日期", en: "a date that exists" },
  monthDay: {
    zh: "MM-DD 形式的月日，如 07-31",
    en: "a month and day of the form MM-DD, such as 07-31",
  },
  yearlyDay: { zh: "每年都有的一天", en: "a day that every year has" },
  time: { zh: "00:00 至 23:59 的 HH:mm 时刻", en: "a time from 00:00 to 23:59 of the form HH:mm" },
  whole: { zh: "整数", en: "a whole number" },
  notNegative: { zh: "不小于 0 的整数", en: "a whole number from 0" },
  positive: { zh: "不小于 1 的整数", en: "a whole number from 1" },
  small: { zh: "不大于 9999 的整数", en: "a whole number up to 9999" },
  filled: { zh: "至少有一项的列表", en: "a list with at least one element" },
  once: { zh: "各项互不重复的列表", en: "a list without repeated elements" },
  version: {
    zh: "由数字和点组成的版本，如 2025.2",
    en: "a version of digits and dots, such as 2025.2",
  },
  bookName: {
    zh: "“编号@版本”形式的规则集名称，如 national@2025",
    en: "a rulebook's name of the form id@version, such as national@2025",
  },
  edition: {
    zh: "由小写字母、数字、点和连字符组成的版次，如 cn-2027.1",
    en: "an edition of small letters, digits, dots and hyphens, such as cn-2027.1",
  },
  string: { zh: "文字", en: "text" },
  number: { zh: "数字", en: "a number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  array: { zh: "列表，写在 [ ] 内", en: "a list in [ ]" },
  strict_object: { zh: "一组成员，写在 { } 内", en: "members in { }" },
} as const satisfies Record<string, Label>;

/** Every mistake of shape, in the order in which the schema found them. */
export const shapeFindings = (issues: readonly ShapeIssue[]): readonly Finding[] =>
  issues.flatMap((issue) => {
    const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
    const rule = idAlong(issue);
    if (issue.type === "strict_object" && issue.expected === "never") {
      return unknownMembers(issue, path, rule);
    }
    if (issue.type === "strict_object" && issue.input === undefined) {
      return [missingMember(path, rule)];
    }
    if (issue.type === "picklist" || issue.type === "literal") {
      return [notAllowed(issue, path, rule)];
    }
    return [wrongValue(issue, path, rule)];
  });

const nameOf = (path: Path): string => String(path.at(-1) ?? "");

/** The id of the innermost rule, kind, rate or scheme that the place lies in. */
const idAlong = ({ path = [] }: ShapeIssue): string | null => {
  const ids = path.slice(1).flatMap(({ input }) => {
    const { id, scheme } = Object(input) as Readonly<Record<string, unknown>>;
    const named = id ?? scheme;
    return typeof named === "string" ? [named] : [];
  });
  return ids.at(-1) ?? null;
};

/** The schema stops at an object's first unknown member; all of them are told. */
const unknownMembers = (issue: ShapeIssue, path: Path, rule: string | null): readonly Finding[] => {
  const known = issue.message.slice(membersKey.length).split(" ");
  const given = Object.keys(Object(issue.path?.at(-1)?.input) as object);
  return given
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      return finding(
        [...path.slice(0, -1), name],
        rule,
        { zh: `没有名为“${name}”的成员。`, en: `There is no member "${name}".` },
        allowedWords(meant, known),
      );
    });
};

const missingMember = (path: Path, rule: string | null): Finding =>
  finding(
    path,
    rule,
    { zh: `缺少“${nameOf(path)}”。`, en: `"${nameOf(path)}" is missing.` },
    { zh: `请补充“${nameOf(path)}”。`, en: `Add "${nameOf(path)}".` },
  );

const notAllowed = (issue: ShapeIssue, path: Path, rule: string | null): Finding => {
  const allowed =
    (issue.expected ?? "").match(/"[^"]*"|\d+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
  const given = quoted(issue.input);
  return finding(
    path,
    rule,
    { zh: `“${nameOf(path)}”不能是${given.zh}。`, en: `"${nameOf(path)}" cannot be ${given.en}.` },
    allowedWords(
      typeof issue.input === "string" ? nearest(issue.input, allowed) : undefined,
      allowed,
    ),
  );
};

const allowedWords = (meant: string | undefined, allowed: readonly string[]): Label => {
  const words = listed(allowed);
  return meant === undefined
    ? { zh: `可用：${words.zh}。`, en: `Use one of: ${words.en}.` }
    : {
        zh: `是否应为“${meant}”？可用：${words.zh}。`,
        en: `Did you mean "${meant}"? Use one of: ${words.en}.`,
      };
};

const wrongValue = (issue: ShapeIssue, path: Path, rule: string | null): Finding => {
  const key = Object.hasOwn(expectations, issue.message) ? issue.message : issue.type;
  const expected: Label = Object.hasOwn(expectations, key)
    ? expectations[key as keyof typeof expectations]
    : { zh: "规定的内容", en: "what the schema says" };
  const given = quoted(issue.input);
  const name = nameOf(path);
  return finding(
    path,
    rule,
    { zh: `“${name}”不能是${given.zh}。`, en: `"${name}" cannot be ${given.en}.` },
    { zh: `请写${expected.zh}。`, en: `Write ${expected.en}.` },
  );
};

/** A value as a sentence quotes it: short, in one line, without characters that hide. */
const quoted = (value: unknown): Label => {
  if (Array.isArray(value)) {
    return value.length === 0
      ? { zh: "空列表", en: "an empty list" }
      : { zh: "这样的列表", en: "such a list" };
  }
  if (typeof value === "object" && value !== null) {
    return { zh: "一组成员", en: "a group of members" };
  }
  if (typeof value !== "string") return { zh: ` ${String(value)}`, en: String(value) };
  if (value === "") return { zh: "空文字", en: "empty text" };
  const shown = Array.from(value)
    .slice(0, 40)
    .join("")
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
  return { zh: `“${shown}”`, en: `"${shown}"` };
};
