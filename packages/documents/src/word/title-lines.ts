/**
 * @module title-lines — a title that is too long for one line, in lines of about the same length that break
 * no word: GB/T 9704—2012 7.3.1 wants 词意完整，排列对称，长短适宜.
 */
import { widthIn } from "./measures.ts";

/** Full characters of 2号 that stand side by side in 156 mm. */
const most = 20;
/** No line has more units of a text: the narrowest takes half of a full character. */
const mostUnits = 2 * most;

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

const placesBetween = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from - 1) }, (_, at) => from + at + 1);

/** Places where a line may begin, each with what that costs. */
const breaksOf = (text: string): ReadonlyMap<number, number> => {
  const held = [...text.matchAll(whole)].map(
    ({ index, 0: found }) => [index, index + found.length] as const,
  );
  const inside = new Set(held.flatMap(([from, to]) => placesBetween(from, to)));
  const edges = new Set(held.flat());
  const starts = wordStarts(text);
  return new Map(
    placesBetween(0, text.length)
      .filter((at) => !inside.has(at))
      .filter((at) => !opening.test(text[at - 1] ?? "") && !closing.test(text[at] ?? ""))
      .map((at) => {
        const isParticle = /[的和与及]/.test(text[at] ?? "");
        const isEdge = starts.has(at) || edges.has(at);
        return [at, (isEdge ? 0 : cost.insideWord) + (isParticle ? cost.beforeParticle : 0)];
      }),
  );
};

/** The cheapest way to a place: what it costs, and where its last line begins. */
type Way = Readonly<{ from: number; cost: number }>;

/** The lines of a title. One that fits stays whole, and so does one that no break fits. */
export const titleLines = (text: string): readonly string[] => {
  const width = widthIn(text);
  if (width <= most || !/^\p{Script=Han}/u.test(text)) return [text];
  const fair = width / Math.ceil(width / most);
  const ways = new Map<number, Way>([[0, { from: 0, cost: 0 }]]);
  for (const [to, price] of [...breaksOf(text), [text.length, 0] as const]) {
    let best: Way | undefined;
    for (let from = Math.max(0, to - mostUnits); from < to; from++) {
      const before = ways.get(from);
      const wide = before === undefined ? Infinity : widthIn(text.slice(from, to));
      if (before === undefined || wide > most) continue;
      const sum = before.cost + price + (wide - fair) ** 2;
      if (best === undefined || sum < best.cost) best = { from, cost: sum };
    }
    if (best !== undefined) ways.set(to, best);
  }
  return linesTo(text, ways);
};

/** The lines of the cheapest way to the end of a text; the whole text where there is none. */
const linesTo = (text: string, ways: ReadonlyMap<number, Way>): readonly string[] => {
  const lines: string[] = [];
  for (let to = text.length; to > 0;) {
    const way = ways.get(to);
    if (way === undefined) return [text];
    lines.unshift(text.slice(way.from, to));
    to = way.from;
  }
  return lines;
};
