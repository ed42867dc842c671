/** @module summary — what the documents of a year are made from, and the text taken apart into chapters. */
import type { AnnualReport, Label, Lamp, RateReport } from "@wuding/engine";
import { annualText } from "@wuding/engine";
import type { LogAnchor } from "../html/log-anchor.ts";

export type AnnualSummary = Readonly<{
  language: keyof Label;
  report: AnnualReport;
  /** The rates of the year's cases at the end of each month that has begun. */
  months: readonly Readonly<{ month: string; rates: RateReport }>[];
  /** Cases of the year by their lamp; `none` for those without an open due date. */
  lamps: Readonly<Partial<Record<Lamp | "none", number>>>;
  anchor: LogAnchor;
}>;

export type Chapter = Readonly<{ heading: string; paragraphs: readonly string[] }>;

/** The title, the paragraphs before the first chapter, and the chapters. */
export type SummaryText = Readonly<{
  title: string;
  opening: readonly string[];
  chapters: readonly Chapter[];
}>;

/** The sentences of the year, as the terminal prints them. */
export const summaryText = ({ report, language }: AnnualSummary): SummaryText => {
  const [title = "", ...blocks] = annualText(report, language).split("\n\n");
  const isChapter = (block: string): boolean => block.includes("\n");
  return {
    title,
    opening: blocks.filter((block) => !isChapter(block)),
    chapters: blocks.filter(isChapter).map((block) => {
      const [heading = "", ...paragraphs] = block.split("\n");
      return { heading, paragraphs };
    }),
  };
};
