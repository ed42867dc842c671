/** @module width — how many columns of a terminal a text takes; a Chinese character takes two. */
import stringWidth from "fast-string-width";

let segmenter: Intl.Segmenter | undefined;
/** Made when it is first needed: that takes longer than everything else at start-up. */
const graphemes = (): Intl.Segmenter =>
  (segmenter ??= new Intl.Segmenter("zh", { granularity: "grapheme" }));

/** Latin text, a few marks and Chinese text: nearly all there is, known without tables of characters. */
const usual = /^[\x20-\x7E·—…“”\u3001-\u3011\u4E00-\u9FFF\uFF01-\uFF5E]*$/;
const narrow = /[\x20-\x7E·—…“”]+/g;

export const widthOf = (text: string): number =>
  usual.test(text) ? text.length + text.replace(narrow, "").length : stringWidth(text);

/** Text made exactly as wide as wanted with spaces; wider text stays as it is. */
export const padTo = (text: string, width: number, align: "left" | "right" = "left"): string => {
  const gap = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + gap : gap + text;
};

/** Text that is too wide ends in `…`; no character is cut in two. */
export const cutTo = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const { segment } of graphemes().segment(text)) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
};

/** Marks that may not begin a line of Chinese text, and those that may not end one. */
const closing = /^[，。；：、！？）》」』】”’…%,.;:!?)\]}]/u;
const opening = /[（《「『【“‘]$/u;

/** Text in lines of a width: at spaces where there are some, between Chinese characters elsewhere. */
export const wrapTo = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line: string[] = [];
  for (const word of wordsOf(text)) {
    if (line.length > 0 && widthOf(line.join("") + word.trimEnd()) > width) {
      const carried = carriedBefore(word, line);
      lines.push(
        line
          .slice(0, line.length - carried)
          .join("")
          .trimEnd(),
      );
      line = [...line.slice(line.length - carried), carried > 0 ? word : word.trimStart()];
    } else {
      line = [...line, word];
    }
  }
  return [...lines, line.join("").trimEnd()];
};

/** A line as it is written to a stream: on a terminal in lines that break between words, else as it is. */
export const onTerminal = (
  line: string,
  stream: Readonly<{ isTTY?: boolean; columns?: number }>,
): readonly string[] =>
  stream.isTTY === true && stream.columns ? wrapTo(line, stream.columns) : [line];

/** How many pieces at the end of a full line go to the next one with a word: 0 where none would be left. */
const carriedBefore = (word: string, line: readonly string[]): number => {
  let carried = 0;
  const next = (): string => line[line.length - carried] ?? word;
  const last = (): string => line[line.length - carried - 1] ?? "";
  while (carried < line.length && (closing.test(next()) || opening.test(last()))) carried += 1;
  return carried < line.length ? carried : 0;
};

/**
 * Pieces between which a line may break: a Chinese character or mark, or a run of others with its space;
 * a list of words such as `reply|opinion` also behind each stroke. The apostrophe of don’t divides nothing.
 */
const wordsOf = (text: string): readonly string[] =>
  text.match(
    /(?!(?<=[A-Za-z])’[a-z])[\p{Script=Han}\u3001-\u3011\uFF01-\uFF5E“”‘’…—]|[^\s\p{Script=Han}\u3001-\u3011\uFF01-\uFF5E“”‘’…—|]*\|+\s*|(?:[^\s\p{Script=Han}\u3001-\u3011\uFF01-\uFF5E“”‘’…—|]|(?<=[A-Za-z])’(?=[a-z]))+\s*|\s+/gu,
  ) ?? [];
