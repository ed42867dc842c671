/**
 * @module proposers — who put a case, as lists write it: `张三、李四等12名委员`, `民进市委会`, one name a
 * line, a unit or a telephone number in brackets.
 */
import { withoutPhones } from "../publication/redact.ts";
import { readNumeral } from "@wuding/engine";

export type WrittenProposer = Readonly<{ name: string; unit?: string; phone?: string }>;

export type WrittenProposers = Readonly<{
  proposers: readonly WrittenProposer[];
  type: "individual" | "joint" | "collective" | "delegation";
  /** How many there are where more are counted than named; null where 等 says only that there are more. */
  counted?: number | null;
  /** Names that may be of one person or of several, taken as one. */
  unsure?: readonly string[];
}>;

/** What stands between separators; those in brackets divide nothing. */
const parts = /(?:[（(][^（()）]*[)）]|[^、，,;；/\n\r\t])+/gu;
const others =
  /(?<!\s)\s*等\s*(?:(?:共)?\s*([0-9〇零一二两三四五六七八九十]{1,4})\s*(?:名|位|个)?\s*)?(?:政协委员|人大代表|委员|代表|人)?\s*$/u;
const organisation =
  /(?:委员会|委会|支部|总支|党委|[省市县区]委|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工商联|共青团|团委|妇联|工会|侨联|台联|文联|科协|协会|学会|商会|联合会|集团|公司|[局厅院所站]|中心|大学|学校|小组|联组|界|界别|专委会)$/u;
const delegation = /代表团$/u;
const aside = /^(.+?)\s*[（(]\s*([^（()）]+?)\s*[)）]$/u;
/** Nothing but digits in brackets is a telephone number, of whatever length. */
const digitsOnly = /^[\d\s-]{5,}$/;

/** Reads the proposers of a cell; the first one leads. Names stay as they are written. */
export const readProposers = (text: string): WrittenProposers => {
  const more = others.exec(text);
  const named = more === null || more.index === 0 ? text : text.slice(0, more.index);
  const read = withPhonesAlone((named.match(parts) ?? []).map(proposersIn));
  const proposers = read.flatMap((one) => one.proposers);
  const unsure = read.flatMap((one) => (one.isSure ? [] : one.proposers.map(({ name }) => name)));
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
  return {
    proposers,
    type,
    ...(counted !== undefined && { counted }),
    ...(unsure.length > 0 && { unsure }),
  };
};

const han = /^\p{Script=Han}+$/u;
/** How people are addressed, behind their names: 李楠委员 is called 李楠. */
const address = /(?<!\s)\s*(?:政协委员|人大代表|委员|代表)(?=\s|$)/u;
const addressBehindAside = /([)）])\s*(?:政协委员|人大代表|委员|代表)(?=\s|$)/gu;
const titleOnly = /^(?:政协委员|人大代表|委员|代表)$/u;
const phoneLabel = /(?:联系|办公)?(?:电话|手机|座机|tel)(?:号码?)?\s*[:：.]?\s*(?=$|[)）]|\s)/giu;
const emptyAside = /[（(][\s，,;；:：、]*[)）]/gu;
const trailing = /(?<![\s，,;；:：、])[\s，,;；:：、]+$/u;

/** A name in a cell without telephone numbers and what introduced them; undefined where there are none. */
export const nameWithoutPhones = (text: string): string | undefined => {
  const { text: left, phones } = withoutPhones(text);
  const plain = left.replaceAll(longNumber, " ");
  if (phones.length === 0 && plain === left) return undefined;
  return plain
    .replaceAll(phoneLabel, "")
    .replaceAll(emptyAside, "")
    .replace(trailing, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
};
/** No name has so many digits: 12345热线办 has five, a number of the town seven. */
const longNumber = /[0-9０-９](?:[ \-－]?[0-9０-９]){6,}/gu;

type Read = Readonly<{
  proposers: readonly WrittenProposer[];
  /** Numbers that stand between two separators without a name. */
  alone: readonly string[];
  isSure: boolean;
}>;

/** A number behind a separator is of whoever stands before it. */
const withPhonesAlone = (read: readonly Read[]): readonly Read[] => {
  const given: Read[] = [];
  for (const one of read) {
    const last = given.at(-1);
    const owner = last?.proposers.at(-1);
    if (last === undefined || owner === undefined || one.alone.length === 0) {
      given.push(one);
      continue;
    }
    const phone = [owner.phone ?? [], one.alone].flat().join("、");
    const proposers = [...last.proposers.slice(0, -1), { ...owner, phone }];
    given.splice(-1, 1, { ...last, proposers });
  }
  return given;
};

/** Whoever stands between two separators: mostly one, several where only spaces lie between them. */
const proposersIn = (part: string): Read => {
  const { text, phones } = withoutPhones(part);
  const plain = (phones.length === 0 ? text : text.replaceAll(phoneLabel, ""))
    .replaceAll(emptyAside, "")
    .replaceAll(addressBehindAside, "$1")
    .trim();
  const pieces = plain.split(/(?<=[)）])\s+/u).map((piece) => unitIn(piece, phones.length > 0));
  const found = pieces.map((piece) => ({ ...piece, ...namesIn(piece.before) }));
  const proposers = found.flatMap(({ names, unit, phone }) =>
    names.map((name, at) => ({
      name,
      // what stands in brackets is said of whom it follows
      ...(at === names.length - 1 && {
        ...(unit !== undefined && { unit }),
        ...(phone !== undefined && { phone }),
      }),
    })),
  );
  return {
    proposers: withTheir(phones, proposers),
    alone: proposers.length === 0 ? phones : [],
    isSure: found.every(({ isSure }) => isSure),
  };
};

/** One number each, in their order; else all of them are of who comes first. */
const withTheir = (
  phones: readonly string[],
  proposers: readonly WrittenProposer[],
): readonly WrittenProposer[] => {
  if (phones.length === 0) return proposers;
  return proposers.map((one, at) => {
    if (phones.length === proposers.length) return { ...one, phone: phones[at] as string };
    return at === 0 ? { ...one, phone: phones.join("、") } : one;
  });
};

const unitIn = (
  piece: string,
  hadPhone: boolean,
): Readonly<{ before: string; unit?: string; phone?: string }> => {
  const [, before, inside] = aside.exec(piece) ?? [];
  if (before === undefined || inside === undefined) return { before: piece };
  if (digitsOnly.test(inside)) return { before, phone: inside };
  if (titleOnly.test(inside)) return { before };
  return { before, unit: hadPhone ? inside.replace(trailing, "") : inside };
};

type Names = Readonly<{ names: readonly string[]; isSure: boolean }>;

const namesIn = (text: string): Names => {
  const plain = text.trim().replaceAll(/\s+/gu, " ");
  if (plain === "") return { names: [], isSure: true };
  if (organisation.test(plain) || delegation.test(plain)) return { names: [plain], isSure: true };
  const called = plain
    .split(address)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  // 各民主党派代表 is no person's name with 代表 behind it
  if (called.some((one) => han.test(one) && one.length > longestName))
    return { names: [plain], isSure: true };
  const divided = called.map(bySpaces);
  const names = divided.flatMap((one) => one ?? []);
  return divided.includes(undefined) ? { names: [plain], isSure: false } : { names, isSure: true };
};

const longestName = 4;
/** More pieces are no list of people. */
const mostPieces = 400;

const compoundSurnames = new Set(
  "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 轩辕 端木 南宫 独孤 呼延 闻人 澹台 申屠 淳于 公羊 钟离 鲜于 拓跋 万俟 赫连 濮阳 左丘".split(
    " ",
  ),
);

/** Whether pieces are one name, spread by spaces or not: 李楠, 李 楠, 李 小明, 李 小 明, 欧阳 修. */
const isOneName = (pieces: readonly string[]): boolean => {
  const [first = "", second = "", third = ""] = pieces;
  if (pieces.length === 1) return first.length > 1 && !compoundSurnames.has(first);
  if (pieces.length === 2)
    return second.length <= 2 && (first.length === 1 || compoundSurnames.has(first));
  return first.length === 1 && second.length === 1 && third.length === 1;
};

/**
 * Names with spaces between them or in them.
 * @returns undefined where they can be divided in more ways than one, or in none
 */
const bySpaces = (text: string): readonly string[] | undefined => {
  const pieces = text.split(" ");
  if (!pieces.every((one) => han.test(one))) return [text];
  if (pieces.length > mostPieces) return undefined;
  // from the end: at most two ways of dividing what follows
  const ways: (readonly (readonly string[])[])[] = [];
  ways[pieces.length] = [[]];
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    ways[at] = [1, 2, 3]
      .flatMap((size) => {
        const name = pieces.slice(at, at + size);
        return name.length === size && isOneName(name)
          ? (ways[at + size] ?? []).map((rest) => [name.join(""), ...rest])
          : [];
      })
      .slice(0, 2);
  }
  const [first, second] = ways[0] ?? [];
  if (first !== undefined) return second === undefined ? first : undefined;
  const together = pieces.join("");
  return together.length > 1 && together.length <= longestName ? [together] : undefined;
};
