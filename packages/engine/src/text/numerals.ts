/** @module numerals — numbers in Chinese words, as sessions, dates and counts have them. */

const digits = "〇一二三四五六七八九";

/** The same digit in other hands. */
const spelt: Readonly<Record<string, string>> = {
  "○": "〇",
  零: "〇",
  两: "二",
  廿: "二十",
  卅: "三十",
};

/** 一百零三, 三十一, 十: hundreds, then tens and ones, or ones alone behind a nought. */
const counted =
  /^(?:([一二三四五六七八九])百)?(?:([一二三四五六七八九])?(十)([一二三四五六七八九])?|〇([一二三四五六七八九]))?$/u;

/** 26, 二十六, 廿六 → 26; 一百零三 → 103; 二〇二一 → 2021; undefined for anything else. */
export const readNumeral = (text: string): number | undefined => {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === "") return undefined;
  const plain = [...text].map((one) => spelt[one] ?? one).join("");
  const value = (digit = "〇"): number => digits.indexOf(digit);
  const [whole, hundreds, tens, ten, ones, alone] = counted.exec(plain) ?? [];
  if (whole !== undefined) {
    return value(hundreds) * 100 + (ten ? value(tens ?? "一") * 10 : 0) + value(ones ?? alone);
  }
  const read = [...plain].map((one) => digits.indexOf(one));
  return read.includes(-1) ? undefined : Number(read.join(""));
};

/** 15 → 十五, 4 → 四, 103 → 一百零三; up to 999, and in digits beyond. */
export const chineseNumeral = (number: number): string => {
  if (number > 999) return String(number);
  const digit = (one: number): string => digits.charAt(one);
  const hundreds = Math.floor(number / 100);
  const tens = Math.floor(number / 10) % 10;
  const ones = number % 10;
  const one = ones === 0 && number > 0 ? "" : digit(ones);
  if (hundreds === 0) return tens === 0 ? one : `${tens === 1 ? "" : digit(tens)}十${one}`;
  const rest = tens === 0 ? (ones === 0 ? "" : `零${one}`) : `${digit(tens)}十${one}`;
  return `${digit(hundreds)}百${rest}`;
};
