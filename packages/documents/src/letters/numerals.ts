/** @module numerals — numbers in Chinese words, as sessions are counted. */

const numerals = "〇一二三四五六七八九";

/** 15 → 十五, 4 → 四, 103 → 一百零三; up to 999. */
export const chineseNumeral = (number: number): string => {
  const digit = (one: number): string => numerals[one] ?? "";
  const [hundreds, tens, ones] = [
    Math.floor(number / 100),
    Math.floor(number / 10) % 10,
    number % 10,
  ];
  const ten =
    tens === 0
      ? hundreds > 0 && ones > 0
        ? "零"
        : ""
      : `${tens === 1 && hundreds === 0 ? "" : digit(tens)}十`;
  const rest = `${ten}${ones === 0 && number > 0 ? "" : digit(ones)}`;
  return hundreds === 0 ? rest : `${digit(hundreds)}百${rest}`;
};
