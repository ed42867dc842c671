/** @module word — the annual summary as an official document: its sentences, the year's figures in tables, the signature. */
import type { Label } from "@wuding/engine";
import { footOf } from "../letters/letter.ts";
import { dayInWords } from "../letters/naming.ts";
import type { Block, WordDocument, WordTable } from "../word/document.ts";
import type { AnnualSummary, Chapter } from "./summary.ts";
import { summaryText } from "./summary.ts";

const said = {
  annex: { zh: "附：本年数字", en: "Annex: figures of the year" },
  rate: { zh: "指标", en: "rate" },
  counts: { zh: "件数", en: "counts" },
  value: { zh: "数值", en: "value" },
  department: { zh: "承办科室", en: "department" },
  handled: { zh: "办理", en: "handled" },
  completed: { zh: "办结", en: "completed" },
  late: { zh: "逾期", en: "late" },
  unassigned: { zh: "未落实五定", en: "without 五定" },
} as const satisfies Record<string, Label>;

/** The document. Its file is made by `wordFile`. */
export const annualDocument = (summary: AnnualSummary): WordDocument => {
  const { language, report, anchor } = summary;
  const { title, opening, chapters } = summaryText(summary);
  const signature: readonly Block[] =
    report.office === null
      ? []
      : [{ kind: "signature", unit: report.office, date: dayInWords(report.asOf)[language] }];
  return {
    language,
    title,
    creator: report.office ?? "",
    page: { kind: "report" },
    blocks: [
      { kind: "title", text: title },
      ...opening.map((text): Block => ({ kind: "body", text })),
      ...chapters.flatMap(chapterBlocks),
      ...signature,
      { kind: "newPage" },
      { kind: "chapter", text: said.annex[language] },
      ratesTable(summary),
      { kind: "blank" },
      departmentsTable(summary),
      footOf({ language, log: anchor }),
    ],
  };
};

const chapterBlocks = ({ heading, paragraphs }: Chapter): readonly Block[] => [
  { kind: "chapter", text: heading },
  ...paragraphs.map(paragraphBlock),
];

/** （一）强化责任落实。实行…: its first sentence is a heading. */
const paragraphBlock = (text: string): Block => {
  const [, heading, rest] = /^(（[一二三四五六七八九十]+）[^。]+。)(.*)$/u.exec(text) ?? [];
  if (heading === undefined || rest === undefined) return { kind: "body", text };
  return { kind: "section", heading, text: rest };
};

const headings = (
  names: readonly (keyof typeof said)[],
  language: keyof Label,
): WordTable["rows"][number] => ({
  cells: names.map((name) => ({ lines: [said[name][language]], isHeading: true })),
});

const row = ([name = "", ...figures]: readonly string[]): WordTable["rows"][number] => ({
  cells: [
    { lines: [name], align: "left" },
    ...figures.map((figure) => ({ lines: [figure], align: "centre" as const })),
  ],
});

const ratesTable = ({ report, language }: AnnualSummary): WordTable => ({
  kind: "table",
  widths: [80, 38, 38],
  headings: 1,
  rows: [
    headings(["rate", "counts", "value"], language),
    ...report.rates.rates.map(({ label, numerator, denominator, display }) =>
      row([label[language], `${numerator}/${denominator}`, display]),
    ),
    ...report.rates.results
      .filter(({ count }) => count > 0)
      .map(({ code, label, count, display }) =>
        row([
          language === "zh" ? `${code}类（${label.zh}）` : `${code} (${label.en})`,
          String(count),
          display,
        ]),
      ),
  ],
});

const departmentsTable = ({ report, language }: AnnualSummary): WordTable => ({
  kind: "table",
  widths: [78, 26, 26, 26],
  headings: 1,
  rows: [
    headings(["department", "handled", "completed", "late"], language),
    ...report.departments.map(({ department, handled, completed, late }) =>
      row([
        department ?? said.unassigned[language],
        String(handled),
        String(completed),
        String(late),
      ]),
    ),
  ],
});
