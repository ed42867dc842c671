/**
 * @module sentences — the year's summary in words, in the form that offices publish it.
 *
 * Every figure comes from the report; a sentence that claims something stands only where it is so, and
 * what keeps a claim from being made is named case by case at the end.
 */
import type { Label } from "../case/terms.ts";
import { chineseText } from "./chinese.ts";
import { englishText } from "./english.ts";
import type { AnnualReport } from "./figures.ts";

/** The report as text with headings, in Chinese or English. */
export const annualText = (report: AnnualReport, language: keyof Label): string =>
  language === "zh" ? chineseText(report) : englishText(report);
