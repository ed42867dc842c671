/**
 * @module names — what a case is called in a list: its kind, session and number, each in a column of its own
 * or together, as in `政协十五届五次会议第122号提案`.
 */
import type { CaseId, Kind } from "@wuding/engine";
import { caseIdOf, normalSession, parseCaseId } from "@wuding/engine";
import type { Meant } from "./written.ts";
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

/** Every part of a name that a text tells, the kind among those of the rulebook. */
export const namePartsIn = (text: string, kinds: readonly NamedKind[]): NameParts => {
  const said = text.normalize("NFKC").trim();
  const whole = parseCaseId(said);
  if (whole !== undefined) return whole;
  const found = sessionIn.exec(said);
  const short = shortSession.exec(said);
  const session =
    found === null ? short?.[1] : normalSession(`${found[1] ?? ""}届${found[2] ?? ""}次`);
  const rest = found === null ? said : said.slice(found.index + found[0].length);
  const number = short?.[2] ?? numberIn(rest);
  const kind = kindIn(said, kinds);
  return {
    ...(kind !== undefined && { kind }),
    ...(session !== undefined && { session }),
    ...(number !== undefined && { number }),
  };
};

const numberIn = (text: string): string | undefined =>
  /第\s*([\p{L}\p{N}][\p{L}\p{N}._-]{0,31}?)\s*号/u.exec(text)?.[1] ??
  /([a-z]{0,8}\d[\d._-]{0,31})\s*号/iu.exec(text)?.[1] ??
  /(?:^|\D)(\d{1,9})$/.exec(text)?.[1];

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
