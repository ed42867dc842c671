/** @module numerals — Chinese numerals as they stand in dates and counts: 三十一, 二〇二一, 廿六. */

const ones: Readonly<Record<string, number>> = {
  〇: 0,
  "○": 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** 26, 二十六, 廿六 → 26; 二〇二一 → 2021; undefined for anything else. */
export const readNumeral = (text: string): number | undefined => {
  if (/^\d+$/.test(text)) return Number(text);
  const spelt = text.replace("廿", "二十").replace("卅", "三十");
  const tens = /^([一二两三四五六七八九])?十([一二三四五六七八九])?$/u.exec(spelt);
  if (tens !== null) return (ones[tens[1] ?? "一"] ?? 0) * 10 + (ones[tens[2] ?? "〇"] ?? 0);
  const read = [...spelt].map((one) => ones[one]);
  if (read.length === 0 || read.includes(undefined)) return undefined;
  return Number(read.join(""));
};
