/**
 * @module paragraphs — the paragraphs of a text that may have been broken into lines anywhere, as mail and
 * web pages do: a figure and the words that tell what it counts belong together.
 */

/** Ends a paragraph, or at least a sentence: behind it a new line begins something new. */
const isEnded = (line: string): boolean => /[。！？；：!?;:|][”"』）)]?$/u.test(line);

/** 一、基本情况; 关于…的总结 — stands alone, though no mark ends it. */
const isHeading = (line: string): boolean =>
  line.startsWith("#") ||
  (!/[，。；,;]/u.test(line) &&
    (line.length <= 12 ||
      /(?:总结|报告|情况|汇报|通报)$/u.test(line) ||
      (line.length <= 30 && isBegun(line))));

/** Begins something new, whatever stands above it. */
const isBegun = (line: string): boolean =>
  /^(?:[#|>*•-]|[（(]?[一二三四五六七八九十\d]+[）)、.．](?!\d))/u.test(line);

/** Lines that go on with a sentence are joined to it; empty lines are no paragraphs. */
export const paragraphsOf = (text: string): readonly string[] => {
  const paragraphs: string[] = [];
  let isOpen = false;
  for (const given of text.split(/\r?\n/u)) {
    const line = given.trim();
    const last = paragraphs.at(-1);
    if (line === "") isOpen = false;
    else if (isOpen && last !== undefined && !isBegun(line)) {
      paragraphs[paragraphs.length - 1] = last + line;
      isOpen = !isEnded(line);
    } else {
      paragraphs.push(line);
      isOpen = !isEnded(line) && !isHeading(line);
    }
  }
  return paragraphs;
};
