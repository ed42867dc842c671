/**
 * @module names — what a case is called in a list: its kind, session and number, each in a column of its own
 * or together, as in `政协十五届五次会议第122号提案`.
 */
import type { CaseId, Kind } from "@wuding/engine";
import { caseIdOf, normalNumber, normalSession, parseCaseId } from "@wuding/engine";
import type { Meant, Written } from "./written.ts";
import { plainForm, shouldBe } from "./written.ts";

/** The parts of a case's name that a text tells. */
export type NameParts = Readonly<{ kind?: string; session?: string; number?: string }>;

type NamedKind = Pick<Kind, "id" | "label" | "noun">;

/** The kind that a word means among those of the rulebook: its label, its noun, a part or more of one. */
export const readKind = (text: string, kinds: readonly NamedKind[]): Meant<string> => {
  const said = plainForm(text);
  const found =
    only(kinds, (names) => names.includes(said)) ??
    only(kinds, (names) => said.length > 1 && names.some((name) => name.includes(said))) ??
    only(kinds, (names) => names.some((name) => said.includes(name)));
  if (found !== undefined) return { value: found.id };
  return shouldBe(
    `${kinds.map(({ label }) => label.zh).join("、")}之一（不能是“${text}”）`,
    `one of ${kinds.map(({ id }) => id).join(", ")}, not "${text}"`,
  );
};

const only = (
  kinds: readonly NamedKind[],
  fits: (names: readonly string[]) => boolean,
): NamedKind | undefined => {
  const found = kinds.filter(({ id, label, noun }) =>
    fits([id, label.zh, label.en, noun.zh, noun.en].map(plainForm)),
  );
  return found.length === 1 ? found[0] : undefined;
};

const numeral = "[0-9〇零一二两三四五六七八九十]{1,3}";
const sessionIn = new RegExp(
  `第?(${numeral})届[^0-9〇零一二两三四五六七八九十第届次]{0,12}第?(${numeral})次`,
  "u",
);
/** `15-5` alone, or before a number: `15-5-122`. */
const shortSession = /^(\d{1,2}-\d{1,3})(?:[-/](.+))?$/;

/** Kind and session where a title line or a sheet's name tells them, the kind among those of the rulebook. */
export const namePartsIn = (text: string, kinds: readonly NamedKind[]): NameParts => {
  const said = text.normalize("NFKC").trim();
  const whole = parseCaseId(said);
  if (whole !== undefined) return whole;
  const found = sessionIn.exec(said);
  const session =
    found === null
      ? shortSession.exec(said)?.[1]
      : normalSession(`${found[1] ?? ""}届${found[2] ?? ""}次`);
  const kind = kindIn(said, kinds);
  return { ...(kind !== undefined && { kind }), ...(session !== undefined && { session }) };
};

const numberForm = String.raw`([\p{L}\p{N}][\p{L}\p{N}._-]{0,31}?)`;
/** `15-5-122`, `15-5/122`, `2021/57`. */
const shortName = /^(?:(\d{1,2}-\d{1,3})[-/]|(\d{4})\/)(.+)$/u;
/** What stands behind a session: `会议第122号提案`. */
const behindSession = new RegExp(
  String.raw`^(?:全体)?(?:会议|全会)?(?:提案|建议|议案)?\s*第?\s*${numberForm}\s*号?\s*(?:提案|建议|议案|件|案)?$`,
  "u",
);
/** `第122号`, `政协第122号`, `第122号提案`. */
const titled = new RegExp(
  String.raw`^(\p{Script=Han}{0,12}?)\s*第\s*${numberForm}\s*号\s*(\p{Script=Han}{0,8})$`,
  "u",
);
const bare = new RegExp(String.raw`^第?\s*${numberForm}\s*号?$`, "u");
/** A number that went through a spreadsheet's number format: `203.0`. */
const withZeros = /^(\d{1,9})\.0+$/;
const several = /\d[^\d]*[、,;/和及与至到~&\s][^\d]*\d|号.*号/u;

/**
 * The name of a case in a cell of its own. What is a number already stays as it stands: `203-1`, `122附1`.
 * @returns what is wrong with anything else, several numbers and dates among it; nothing is guessed
 */
export const readCaseName = (
  { text, date }: Pick<Written, "text" | "date">,
  kinds: readonly NamedKind[],
): Meant<NameParts> => {
  if (date !== undefined) {
    // 3-1 becomes the first of March where a cell is not text
    return shouldBe(
      `编号（单元格里是日期 ${text}，请改为文本）`,
      `a number (the cell holds the date ${text}; make it text)`,
    );
  }
  const said = text.normalize("NFKC").trim();
  const whole = parseCaseId(said);
  if (whole !== undefined) return { value: whole };
  return withSession(said, kinds) ?? withoutSession(said, kinds) ?? noNumber(said, text);
};

const noNumber = (said: string, text: string): Meant<NameParts> =>
  several.test(said)
    ? shouldBe(`一个编号（“${text}”里不止一个）`, `one number ("${text}" holds more than one)`)
    : shouldBe(
        `编号，如 122、203-1（不能是“${text}”）`,
        `a number, such as 122 or 203-1, not "${text}"`,
      );

const withSession = (said: string, kinds: readonly NamedKind[]): Meant<NameParts> | undefined => {
  const found = sessionIn.exec(said);
  const short = shortName.exec(said);
  const session =
    found === null
      ? (short?.[1] ?? short?.[2])
      : normalSession(`${found[1] ?? ""}届${found[2] ?? ""}次`);
  const rest = found === null ? short?.[3] : said.slice(found.index + found[0].length);
  const number = oneNumber(behindSession.exec(rest?.trim() ?? "")?.[1]);
  if (session === undefined || number === undefined) return undefined;
  const kind = kindIn(said, kinds);
  return { value: { ...(kind !== undefined && { kind }), session, number } };
};

const withoutSession = (
  said: string,
  kinds: readonly NamedKind[],
): Meant<NameParts> | undefined => {
  const [, before = "", inside, behind = ""] = titled.exec(said) ?? [];
  if (inside !== undefined) {
    const kind = kindIn(before + behind, kinds);
    const number = oneNumber(inside);
    if (number === undefined) return undefined;
    if (kind !== undefined) return { value: { kind, number } };
    return before === "" && /^(?:提案|建议|议案|件|案)?$/u.test(behind)
      ? { value: { number } }
      : undefined;
  }
  const number = oneNumber(withZeros.exec(said)?.[1] ?? bare.exec(said)?.[1]);
  return number === undefined ? undefined : { value: { number } };
};

/** A number in its one spelling; words of a name and a second number are no part of it. */
const oneNumber = (text: string | undefined): string | undefined =>
  text === undefined || /[第号届]|\d[和及与至到]\d/u.test(text) ? undefined : normalNumber(text);

/** The kind that is named somewhere in a title line, a sheet's name or a case's full name. */
const kindIn = (text: string, kinds: readonly NamedKind[]): string | undefined => {
  const said = plainForm(text);
  const named = kinds.filter(({ label, noun }) =>
    [label.zh, noun.zh].some((name) => said.includes(plainForm(name))),
  );
  // 政协 and 人大 say it too, where the rulebook's own words do not
  const bodies = kinds.filter(({ label }) =>
    ["政协", "人大"].some((body) => said.includes(body) && label.zh.includes(body)),
  );
  const [first, ...others] = bodies.length === 1 ? bodies : named;
  return others.length === 0 ? first?.id : undefined;
};

/** A session in its one spelling, or what is wrong. */
export const readSession = (text: string): Meant<string> => {
  const value = normalSession(text.replace(/年度$/u, "年")) ?? namePartsIn(text, []).session;
  return value === undefined
    ? shouldBe(
        `届次或年份，如 十五届五次、15-5、2021（不能是“${text}”）`,
        `a session or a year, such as 15-5 or 2021, not "${text}"`,
      )
    : { value };
};

/** The case's name where all three parts are there and well formed. */
export const caseIdFrom = ({ kind, session, number }: NameParts): CaseId | undefined => {
  if (kind === undefined || session === undefined || number === undefined) return undefined;
  const parts = parseCaseId(`${kind}/${session}/${number}`);
  return parts && caseIdOf(parts.kind, parts.session, parts.number);
};
