/**
 * @module title-lines — a title that is too long for one line, in lines of about the same length that break
 * no word: GB/T 9704—2012 7.3.1 wants 词意完整，排列对称，长短适宜.
 */
import { widthIn } from "./measures.ts";

/** Full characters of 2号 that stand side by side in 156 mm. */
const most = 20;

/** What is never broken: numbers, names of meetings and cases, and what a letter is called. */
const whole =
  /第[^第号]{1,12}号(?:提案|建议)?|[\u0021-\u007E]+|(?:[市省县区]|全国)?(?:政协)?[一二三四五六七八九十]+届(?:全国)?(?:人大)?[一二三四五六七八九十]+次会议|(?:会办|协办)意见|申请退办|延期答复|的?答复$|的函$/g;
/** Stand at no end of a line, and at no beginning of one. */
const opening = /[《〈“‘（【〔]/;
const closing = /[》〉”’）】〕、，。；：]/;

/** What a break costs, in squared characters of unequal length. */
const cost = { insideWord: 40, beforeParticle: 30 } as const;

let segmenter: Intl.Segmenter | undefined;
const wordStarts = (text: string): ReadonlySet<number> => {
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  return new Set([...segmenter.segment(text)].map(({ index }) => index));
};

/** Places where a line may begin, each with what that costs. */
const breaksOf = (text: string): ReadonlyMap<number, number> => {
  const held = [...text.matchAll(whole)].map(
    ({ index, 0: found }) => [index, index + found.length] as const,
  );
  const starts = wordStarts(text);
  const places = Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => at + 1);
  return new Map(
    places
      .filter((at) => !held.some(([from, to]) => at > from && at < to))
      .filter((at) => !opening.test(text[at - 1] ?? "") && !closing.test(text[at] ?? ""))
      .map((at) => {
        const isParticle = /[的和与及]/.test(text[at] ?? "");
        const isEdge = starts.has(at) || held.some((edges) => edges.includes(at));
        return [at, (isEdge ? 0 : cost.insideWord) + (isParticle ? cost.beforeParticle : 0)];
      }),
  );
};

type Way = Readonly<{ cost: number; lines: readonly string[] }>;

/** The lines of a title. One that fits stays whole, and so does one that no break fits. */
export const titleLines = (text: string): readonly string[] => {
  const width = widthIn(text);
  if (width <= most || !/^\p{Script=Han}/u.test(text)) return [text];
  const fair = width / Math.ceil(width / most);
  const breaks = new Map([...breaksOf(text), [text.length, 0]]);
  const ways = new Map<number, Way>([[0, { cost: 0, lines: [] }]]);
  for (const [to, price] of breaks) {
    const reached = [...ways].flatMap(([from, way]): Way[] => {
      const line = text.slice(from, to);
      const wide = widthIn(line);
      if (wide > most) return [];
      return [{ cost: way.cost + price + (wide - fair) ** 2, lines: [...way.lines, line] }];
    });
    const [best] = reached.toSorted((one, other) => one.cost - other.cost);
    if (best !== undefined) ways.set(to, best);
  }
  return ways.get(text.length)?.lines ?? [text];
};
