/**
 * @module case-id — a case's name, `<kind>/<session>/<number>`, which is also its stream's id.
 *
 * `cppcc/15-5/122` is 政协十五届五次会议第122号提案. Kinds without sessions use the year:
 * `hotline/2021/57`. People write sessions and numbers in several ways, full-width digits among them;
 * a name has one.
 */
import { readNumeral } from "../text/numerals.ts";

/** `<kind>/<session>/<number>`, unique in a casebook. */
export type CaseId = string;

/** Sessions are counted from one, and in three figures at most. */
const sessionNumber = (text: string): number | undefined => {
  const number = readNumeral(text) ?? 0;
  return number > 0 && number < 1000 ? number : undefined;
};

/**
 * The one spelling of a session: `十五届五次`, `15届5次会议` and `15-5` all give `15-5`; a year gives
 * itself (`2021年` → `2021`). Undefined when it is neither.
 */
export const normalSession = (text: string): string | undefined => {
  const trimmed = text.normalize("NFKC").trim().replace(/^第/, "");
  const session =
    /^(.+?)届(?:第)?(.+?)次(?:会议|全体会议|全会)?$/.exec(trimmed) ??
    /^(\d{1,3})-(\d{1,3})$/.exec(trimmed);
  if (session !== null) {
    const term = sessionNumber(session[1] ?? "");
    const meeting = sessionNumber(session[2] ?? "");
    return term === undefined || meeting === undefined ? undefined : `${term}-${meeting}`;
  }
  const year = /^(\d{4})年?$/.exec(trimmed);
  return year?.[1];
};

/** The one spelling of a number: `第122号` and `122` give `122`; undefined when it cannot be one. */
export const normalNumber = (text: string): string | undefined => {
  const bare = text.normalize("NFKC").trim().replace(/^第/, "").replace(/号$/, "");
  if (/^\d{1,9}$/.test(bare)) return String(Number(bare));
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,31}$/u.test(bare) ? bare : undefined;
};

/** Joins the three parts, already in their one spelling. */
export const caseIdOf = (kind: string, session: string, number: string): CaseId =>
  `${kind}/${session}/${number}`;

/** The parts of a full name, or undefined when the text is not one. */
export const parseCaseId = (
  text: string,
): { kind: string; session: string; number: string } | undefined => {
  const parts = text.split("/");
  if (parts.length !== 3) return undefined;
  const [kind = "", sessionText = "", numberText = ""] = parts;
  const session = normalSession(sessionText);
  const number = normalNumber(numberText);
  if (!/^[a-z][a-z0-9]*$/.test(kind) || session === undefined || number === undefined)
    return undefined;
  return { kind, session, number };
};

/**
 * The end of a name that a short form stands for: `122` → `/122`, `15-5/122` → `/15-5/122`,
 * a full name → itself. Undefined when the text can be no case's name.
 */
export const nameEnding = (text: string): string | undefined => {
  const parts = text.split("/");
  if (parts.length === 3) {
    const full = parseCaseId(text);
    return full && caseIdOf(full.kind, full.session, full.number);
  }
  const number = normalNumber(parts.at(-1) ?? "");
  if (number === undefined) return undefined;
  if (parts.length === 1) return `/${number}`;
  if (parts.length !== 2) return undefined;
  const session = normalSession(parts[0] ?? "");
  return session && `/${session}/${number}`;
};
