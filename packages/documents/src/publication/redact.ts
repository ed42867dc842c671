/**
 * @module redact — personal contact data in a text that goes public: found, replaced by ××, and told.
 *
 * What the casebook keeps of the case is looked for as it is; what nobody recorded is found by its form or
 * by the word before it (联系人：…). A form can be mistaken, so everything that was replaced is named.
 */
import type { Label } from "@wuding/engine";

/** What was replaced, in which paragraph (from 1), with the words around it. */
export type Redaction = Readonly<{ what: PersonalKind; paragraph: number; around: string }>;

export const personalKinds = {
  recorded: { zh: "办件库所记的联系人或者电话", en: "a contact person or phone of the casebook" },
  identity: { zh: "身份证件号码", en: "identity number" },
  mobile: { zh: "手机号码", en: "mobile number" },
  phone: { zh: "固定电话", en: "phone number" },
  chat: { zh: "微信号或者 QQ 号", en: "WeChat or QQ account" },
  email: { zh: "电子邮箱", en: "e-mail address" },
  person: { zh: "联系人", en: "contact person" },
  address: { zh: "通讯地址", en: "address" },
  account: { zh: "银行账号", en: "bank account" },
} as const satisfies Record<string, Label>;
export type PersonalKind = keyof typeof personalKinds;

/** What stands in the place of a personal value. */
const blank = "××";

const d = "[0-9０-９]";
/** People write a number in groups. */
const gap = String.raw`[ \u3000\-‐–—－]?`;
/** A look back is taken only where a value can begin, or a long run of spaces is gone through from each of them. */
const startsWithDigit = `(?=${d})`;
const notInNumber = { before: `(?<!${d})`, after: `(?!${d})` };

/** The forms in the order in which they are looked for: a longer number before one that it could hold. */
const forms: readonly Readonly<{ what: PersonalKind; form: RegExp }>[] = [
  {
    what: "identity",
    form: new RegExp(
      `${notInNumber.before}[1-9１-９]${d}{5}${gap}(?:18|19|20|１８|１９|２０)${d}{6}${gap}${d}{3}[0-9０-９XxＸｘ]${notInNumber.after}`,
      "gu",
    ),
  },
  {
    what: "account",
    form: new RegExp(
      String.raw`${startsWithDigit}(?<=(?:账号|帐号|卡号)[:：\s]*)${d}(?:${gap}${d}){11,22}`,
      "gu",
    ),
  },
  {
    what: "mobile",
    form: new RegExp(
      `${notInNumber.before}(?:[+＋]?86${gap})?[1１][3-9３-９]${d}${gap}${d}{4}${gap}${d}{4}${notInNumber.after}`,
      "gu",
    ),
  },
  {
    what: "phone",
    form: new RegExp(
      `${notInNumber.before}[(（]?[0０]${d}{2,3}[)）]?${gap}[2-9２-９]${d}{6,7}(?:(?:转|-|－)${d}{1,6})?${notInNumber.after}`,
      "gu",
    ),
  },
  {
    what: "phone",
    form: new RegExp(
      String.raw`(?<=(?:电话|热线|传真|手机|座机|号码)[^0-9０-９。；;\n]{0,8})[2-9２-９]${d}{6,7}${notInNumber.after}`,
      "gu",
    ),
  },
  {
    what: "chat",
    form: /(?=[A-Za-z1-9])(?<=(?:微信|QQ|ＱＱ|WeChat)[ \u3000]*(?:(?:号码|账号|帐号|号|ID)[ \u3000]*)?(?:[为是:：][ \u3000]*)?)(?:[A-Za-z][\w-]{5,19}|[1-9]\d{4,11})(?![\w-])/giu,
  },
  { what: "email", form: /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu },
  {
    what: "person",
    form: /(?=\p{Script=Han})(?<=(?:联系人|联络人|经办人|承办人|联系人及电话|联系人及联系电话)[ \u3000]*[:：][ \u3000]*)\p{Script=Han}[\p{Script=Han}·\u3000 ]{0,7}?(?=[，,；;。、（(：:\n\d\u{F0000}-\u{FFFFD}]|$|[ \u3000]*(?:电话|联系电话|手机))/gmu,
  },
  {
    what: "address",
    form: /(?=[^ \u3000])(?<=(?:住址|家庭地址|通讯地址|通信地址|联系地址|地址)[ \u3000]*[:：][ \u3000]*)[^，,；;。\n\u{F0000}-\u{FFFFD}]+/gu,
  },
];

const phoneForms = forms.filter(({ what }) => what === "mobile" || what === "phone");

/** The text without telephone numbers, with those that stood in it. */
export const withoutPhones = (
  text: string,
): Readonly<{ text: string; phones: readonly string[] }> => {
  const phones: string[] = [];
  let left = text;
  for (const { form } of phoneForms) {
    left = left.replaceAll(form, (phone) => {
      phones.push(phone.trim());
      return " ";
    });
  }
  return { text: left, phones };
};

/** The text without personal contact data, and what was taken out of it. */
export const redacted = (
  text: string,
  recorded: readonly string[],
): Readonly<{ text: string; redactions: readonly Redaction[] }> => {
  const redactions: Redaction[] = [];
  const paragraphs = text.split("\n").map((paragraph, at) => {
    const found: PersonalKind[] = [];
    let left = paragraph;
    // each value is taken out before the words around any of them are told
    const take = (what: PersonalKind, form: RegExp | string): void => {
      left = left.replaceAll(form, () => {
        found.push(what);
        return String.fromCodePoint(firstMark + found.length - 1);
      });
    };
    // a longer value may hold a shorter one
    for (const value of [...recorded].filter(isTelling).toSorted((a, b) => b.length - a.length)) {
      take("recorded", value);
    }
    for (const { what, form } of forms) take(what, form);
    if (found.length === 0) return left;
    const characters = [...left];
    const places = new Map(characters.map((one, place) => [one.codePointAt(0), place]));
    for (const [index, what] of found.entries()) {
      const around = aroundOf(characters, places.get(firstMark + index) ?? 0);
      redactions.push({ what, paragraph: at + 1, around });
    }
    return filled(left);
  });
  return { text: paragraphs.join("\n"), redactions };
};

/** Places of values while a paragraph is searched: characters that no text has (private use). */
const firstMark = 0xf_0000;
const marks = /[\u{F0000}-\u{FFFFD}]/gu;
const filled = (text: string): string => text.replaceAll(marks, blank);

/** One character stands in too many words to be a name. */
const isTelling = (value: string): boolean => value.trim().length > 1;

const aroundWidth = 6;

/** The words on both sides of a value, as far as the next values. */
const aroundOf = (characters: readonly string[], place: number): string => {
  const before = characters.slice(Math.max(0, place - aroundWidth), place).join("");
  const after = characters.slice(place + 1, place + aroundWidth + 1).join("");
  const [next = ""] = after.split(marks);
  return `${before.split(marks).at(-1) ?? ""}${blank}${next}`;
};
