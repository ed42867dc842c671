/**
 * @module measures — the measurements of GB/T 9704—2012 that a page of ours keeps, in millimetres and
 * points. Word counts in twips, a twentieth of a point.
 */

/** Millimetres as twips. */
export const mm = (millimetres: number): number => Math.round((millimetres / 25.4) * 1440);
/** Points as twips. */
export const pt = (points: number): number => Math.round(points * 20);

/** A4, and where its type area lies: 156 × 225 mm. */
export const sheet = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 26 } as const;

/** Sizes of type in points: 2号, 3号, 4号, 小四, 小五. */
export const size = { second: 22, third: 16, fourth: 14, smallFourth: 12, smallFifth: 9 } as const;

/** From line to line, in twips: 22 lines in 225 mm. */
export const linePitch = 579;

/** 3号 stands 28 times in 156 mm when each character is a quarter of a point narrower; in twips. */
export const tracking = -5;

/** The letter form 信函格式: distances from the edges of the sheet, and the length of its red lines. */
export const letterForm = {
  /** Upper edge of the issuer's name. */
  issuer: 30,
  /** From the line of the issuer's name to the first red line, in points: 4 mm under the characters themselves. */
  space: 7,
  /** The second red line, from the lower edge. */
  lowerLine: 20,
  line: 170,
} as const;

/** Fonts by their part in an official document. */
export const fonts = {
  body: "仿宋_GB2312",
  chapter: "黑体",
  section: "楷体_GB2312",
  title: "方正小标宋简体",
  number: "宋体",
} as const;
export type Font = keyof typeof fonts;

/**
 * How wide a text stands, in full characters: Latin letters and digits take half of one, and a quarter
 * stands between them and Chinese.
 */
export const widthIn = (text: string): number => {
  const halves = [...text].map((one) => /[\u0020-\u007E]/.test(one));
  const seams = halves.filter((isHalf, at) => at > 0 && isHalf !== halves[at - 1]).length;
  return halves.reduce((sum, isHalf) => sum + (isHalf ? 0.5 : 1), seams / 4);
};
