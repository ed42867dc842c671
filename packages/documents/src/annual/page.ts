/** @module page — the annual summary as one HTML page: its sentences, five charts with their tables, the log. */
import type { Label, Lamp } from "@wuding/engine";
import { terms, threeRates } from "@wuding/engine";
import { barChart, stackedBarChart } from "../charts/bars.ts";
import { chartStyle } from "../charts/chart.ts";
import { lineChart } from "../charts/lines.ts";
import { anchorHtml, anchorStyle } from "../html/log-anchor.ts";
import { escaped } from "../html/markup.ts";
import { htmlPage } from "../html/page.ts";
import type { AnnualSummary } from "./summary.ts";
import { summaryText } from "./summary.ts";

const said = {
  rates: {
    zh: "三率走势（本年办件，各月末）",
    en: "Three rates (cases of the year, ends of months)",
  },
  results: { zh: "办理结果", en: "Results" },
  themes: { zh: "板块", en: "Themes" },
  departments: { zh: "承办科室", en: "Departments" },
  lamps: { zh: "灯色", en: "Lamps" },
  cases: { zh: "件数", en: "cases" },
  completed: { zh: "已办结", en: "completed" },
  open: { zh: "未办结", en: "open" },
  late: { zh: "逾期", en: "late: " },
  unassigned: { zh: "未落实五定", en: "without 五定" },
  unlit: { zh: "无在办时限", en: "no open due date" },
} as const satisfies Record<string, Label>;

const style = `
article p { text-indent: 2em; margin: .4em 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20em), 1fr)); gap: 0 1.2em; }
${chartStyle}${anchorStyle}
@media print {
  @page { size: A4; margin: 10mm 13mm; }
  body { font-size: 8.5pt; line-height: 1.3; } h1 { font-size: 13pt; margin: 0 0 1mm; text-align: center; }
  h2 { font-size: 9.5pt; margin: 1.4mm 0 .3mm; break-after: avoid; } section { break-inside: auto; } article p { margin: .2mm 0; orphans: 2; widows: 2; } article section:last-child p { font-size: 7.5pt; }
  .charts { display: block; columns: 2; column-gap: 8mm; margin-top: 2mm; } figure.chart { margin: 0 0 1.5mm; max-width: none; } .legend { margin: 0; } details { display: none; }
}`;

/** The page. The same summary gives the same bytes. */
export const annualPage = (summary: AnnualSummary): string => {
  const { language, anchor } = summary;
  const { title, opening, chapters } = summaryText(summary);
  const paragraph = (one: string): string => `<p>${escaped(one)}</p>`;
  const charts = [ratesChart, resultsChart, themesChart, departmentsChart, lampsChart].map(
    (chart) => chart(summary),
  );
  const body = `<article>${opening.map(paragraph).join("\n")}
${chapters
  .map(
    ({ heading, paragraphs }) =>
      `<section><h2>${escaped(heading)}</h2>${paragraphs.map(paragraph).join("\n")}</section>`,
  )
  .join("\n")}</article>
<div class="charts">${charts.join("\n")}</div>
${anchorHtml(anchor, language)}`;
  return htmlPage({ language, title, style, body });
};

/** The three rates as lines: where they stood at the end of each month. */
const ratesChart = ({ report, months, language }: AnnualSummary): string => {
  const wanted = threeRates(report);
  if (months.length === 0 || wanted.length === 0) return "";
  const shown = new Map<number, string>();
  const series = wanted.map(({ definitionId, label }) => ({
    label: label[language],
    values: months.map(({ rates }) => {
      const found = rates.rates.find((one) => one.definitionId === definitionId);
      const value = found?.value ?? null;
      if (found !== undefined && value !== null) shown.set(value, found.display);
      return value;
    }),
  }));
  return lineChart({
    title: said.rates[language],
    language,
    categories: months.map(
      ({ month }) => `${Number(month.slice(5, 7))}${language === "zh" ? "月" : ""}`,
    ),
    series,
    max: 1,
    // as the rulebook rounds it: what is not exactly 1 never shows as 100%
    shown: (value) => shown.get(value) ?? `${value * 100}%`,
  });
};

type Row = readonly [name: string, cases: number];

const casesChart = (title: Label, rows: readonly Row[], language: keyof Label): string =>
  rows.length === 0
    ? ""
    : barChart({
        title: title[language],
        language,
        categories: rows.map(([name]) => name),
        series: [{ label: said.cases[language], values: rows.map(([, cases]) => cases) }],
      });

const resultsChart = ({ report, language }: AnnualSummary): string =>
  casesChart(
    said.results,
    report.rates.results
      .filter(({ count }) => count > 0)
      .map(({ code, label, count, display }) => [
        language === "zh"
          ? `${code}类（${label.zh}）${display}`
          : `${code} ${display} (${label.en})`,
        count,
      ]),
    language,
  );

const themesChart = ({ report, language }: AnnualSummary): string =>
  casesChart(
    said.themes,
    report.themes.map(({ name, cases }) => [name, cases]),
    language,
  );

/** Of each department: completed, not completed yet; and how many of all were late. */
const departmentsChart = ({ report, language }: AnnualSummary): string => {
  const { departments } = report;
  if (departments.length === 0) return "";
  return stackedBarChart({
    title: said.departments[language],
    language,
    categories: departments.map(({ department, late }) => {
      const name = department ?? said.unassigned[language];
      return late === 0 ? name : `${name} ${said.late[language]}${late}`;
    }),
    series: [
      {
        label: said.completed[language],
        values: departments.map(({ completed }) => completed),
      },
      {
        label: said.open[language],
        values: departments.map(({ handled, completed }) => handled - completed),
      },
    ],
  });
};

const lampsChart = ({ lamps, language }: AnnualSummary): string =>
  casesChart(
    said.lamps,
    [...(Object.keys(terms.lamps) as Lamp[]), "none" as const].flatMap((lamp): readonly Row[] => {
      const count = lamps[lamp] ?? 0;
      const name = lamp === "none" ? said.unlit[language] : terms.lamps[lamp][language];
      return count === 0 ? [] : [[name, count]];
    }),
    language,
  );
