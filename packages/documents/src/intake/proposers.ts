/**
 * @module proposers — who put a case, as lists write it: `张三、李四等12名委员`, `民进市委会`, one name a
 * line, a unit or a telephone number in brackets.
 */
import { readNumeral } from "./numerals.ts";

export type WrittenProposer = Readonly<{ name: string; unit?: string; phone?: string }>;

export type WrittenProposers = Readonly<{
  proposers: readonly WrittenProposer[];
  type: "individual" | "joint" | "collective" | "delegation";
  /** How many there are where more are counted than named; null where 等 says only that there are more. */
  counted?: number | null;
}>;

const separators = /[、，,;；/\n\r\t]+/u;
const others =
  /\s*等\s*(?:(?:共)?\s*([0-9〇零一二两三四五六七八九十]{1,4})\s*(?:名|位|个)?\s*)?(?:政协委员|人大代表|委员|代表|人)?\s*$/u;
const organisation =
  /(?:委员会|委会|支部|总支|党委|[省市县区]委|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工商联|共青团|团委|妇联|工会|侨联|台联|文联|科协|协会|学会|商会|联合会|集团|公司|[局厅院所站]|中心|大学|学校|小组|联组|界|界别|专委会)$/u;
const delegation = /代表团$/u;
const aside = /^(.+?)\s*[（(]\s*([^（()）]+?)\s*[)）]$/u;
const phoneForm = /^(?:1\d{10}|0\d{2,3}-?\d{7,8})$/;

/** Reads the proposers of a cell; the first one leads. Names stay as they are written. */
export const readProposers = (text: string): WrittenProposers => {
  const more = others.exec(text);
  const named = more === null || more.index === 0 ? text : text.slice(0, more.index);
  const proposers = partsOf(named).map(proposerIn);
  const names = proposers.map(({ name }) => name);
  const counted =
    more === null || more.index === 0 ? undefined : (readNumeral(more[1] ?? "") ?? null);
  const type = names.some((name) => delegation.test(name))
    ? "delegation"
    : names.some((name) => organisation.test(name))
      ? "collective"
      : names.length > 1 || counted === null || (counted ?? 1) > 1
        ? "joint"
        : "individual";
  return { proposers, type, ...(counted !== undefined && { counted }) };
};

const han = /^\p{Script=Han}+$/u;

const partsOf = (text: string): readonly string[] =>
  text
    .split(separators)
    .flatMap((part) => bySpaces(part.trim()))
    .filter((part) => part !== "");

/** Names apart by spaces; a name of two characters is often spread by a wide one. */
const bySpaces = (text: string): readonly string[] => {
  const pieces = text.split(/\s+/u);
  if (pieces.length === 1 || organisation.test(text) || !pieces.every((one) => han.test(one)))
    return [text];
  const names: string[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const [piece = "", next = ""] = [pieces[at], pieces[at + 1]];
    const isSpread = piece.length === 1 && next.length === 1;
    names.push(isSpread ? piece + next : piece);
    if (isSpread) at += 1;
  }
  return names;
};

const proposerIn = (text: string): WrittenProposer => {
  const [, before, inside] = aside.exec(text) ?? [];
  const name = withoutAddress((before ?? text).trim());
  if (inside === undefined) return { name };
  return phoneForm.test(inside) ? { name, phone: inside } : { name, unit: inside };
};

/** 李楠委员 is addressed, and called 李楠. */
const withoutAddress = (name: string): string =>
  /^(\p{Script=Han}{2,4}?)(?:委员|代表)$/u.exec(name)?.[1] ?? name;
