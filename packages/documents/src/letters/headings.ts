/** @module headings — how the paragraphs of a letter are numbered, and how what is added goes on. */
import { chineseNumeral } from "@wuding/engine";
import type { Block } from "../word/document.ts";

/** 一、 before （一） before 1., after GB/T 9704—2012. */
type Level = "chapter" | "section" | "item";

/** The highest level at which a text numbers its paragraphs, and the last number there. */
export type Numbering = Readonly<{ level: Level; last: number }>;

/** The numbers that paragraphs begin with. 一、二、三产业 begins with none, nor do 一是 and 1.5万. */
const marks = {
  chapter: /^([一二三四五六七八九十]{1,3})、(?![一二三四五六七八九十]{1,3}、)/u,
  section: /^[（(]([一二三四五六七八九十]{1,3})[）)]/u,
  item: /^(\d{1,2})(?:[、．]|\.(?!\d))/u,
} as const satisfies Record<Level, RegExp>;

const levels = ["chapter", "section", "item"] as const satisfies readonly Level[];

const numerals = Array.from({ length: 99 }, (_, at) => chineseNumeral(at + 1));
const valueOf = (mark: string): number => Number(mark) || numerals.indexOf(mark) + 1;

/** Whether a paragraph begins with a number of its own. */
export const isNumbered = (text: string): boolean =>
  levels.some((level) => marks[level].test(text));

const beginOf = (block: Block): string =>
  block.kind === "section"
    ? block.heading
    : block.kind === "chapter" || block.kind === "body"
      ? block.text
      : "";

/** How a letter's body is numbered; null where it is not. A heading may run into its paragraph. */
export const numberingOf = (blocks: readonly Block[]): Numbering | null => {
  for (const level of levels) {
    const numbers = blocks.flatMap((block) => {
      const [, mark] = marks[level].exec(beginOf(block)) ?? [];
      return mark === undefined ? [] : [valueOf(mark)];
    });
    if (numbers.length > 0) return { level, last: Math.max(...numbers) };
  }
  return null;
};

/** A heading that bears the next number after the ones that stand there. */
export const headingAfter = ({ level, last }: Numbering, step: number, heading: string): Block => {
  const number = last + step;
  if (level === "section") {
    return { kind: "section", heading: `（${chineseNumeral(number)}）${heading}`, text: "" };
  }
  return level === "chapter"
    ? { kind: "chapter", text: `${chineseNumeral(number)}、${heading}` }
    : { kind: "body", text: `${number}. ${heading}` };
};
