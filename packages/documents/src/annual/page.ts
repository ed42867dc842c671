/** @module page — the annual summary as one HTML page: its sentences, five charts with their tables, the log. */
import type { Label, Lamp } from "@wuding/engine";
import { terms, threeRates } from "@wuding/engine";
import { anchorHtml, anchorStyle } from "../html/log-anchor.ts";
import { cells, escaped, table } from "../html/markup.ts";
import { htmlPage } from "../html/page.ts";
import type { Bar } from "./charts.ts";
import { barChart, lineChart } from "./charts.ts";
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
  month: { zh: "月末", en: "end of" },
  name: { zh: "名称", en: "name" },
  cases: { zh: "件数", en: "cases" },
  late: { zh: "其中逾期", en: "of these late" },
  unassigned: { zh: "未落实五定", en: "without 五定" },
  unlit: { zh: "无在办时限", en: "no open due date" },
  figures: { zh: "数字", en: "Figures" },
} as const satisfies Record<string, Label>;

const style = `
article p { text-indent: 2em; margin: .4em 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20em), 1fr)); gap: 1.2em; }
.charts section { border: 1px solid #bbb; padding: .6em .8em; } .charts h2 { margin: 0 0 .5em; }
.charts svg { width: 100%; height: auto; display: block; } summary { font-size: .85em; margin-top: .5em; }
@media print { .charts { grid-template-columns: 1fr 1fr; gap: .6em; } details { display: none; } }
${anchorStyle}`;

type Chart = Readonly<{ heading: string; drawing: string; table: string }>;

/** The page. The same summary gives the same bytes. */
export const annualPage = (summary: AnnualSummary): string => {
  const { language, anchor } = summary;
  const { title, opening, chapters } = summaryText(summary);
  const paragraph = (one: string): string => `<p>${escaped(one)}</p>`;
  const shown = [ratesChart, resultsChart, themesChart, departmentsChart, lampsChart]
    .flatMap((chart) => chart(summary) ?? [])
    .map(
      ({ heading, drawing, table: rows }) =>
        `<section><h2>${escaped(heading)}</h2>${drawing}<details><summary>${said.figures[language]}</summary>${rows}</details></section>`,
    );
  const body = `<article>${opening.map(paragraph).join("\n")}
${chapters
  .map(
    ({ heading, paragraphs }) =>
      `<section><h2>${escaped(heading)}</h2>${paragraphs.map(paragraph).join("\n")}</section>`,
  )
  .join("\n")}</article>
<div class="charts">${shown.join("\n")}</div>
${anchorHtml(anchor, language)}`;
  return htmlPage({ language, title, style, body });
};

const ratesChart = ({ report, months, language }: AnnualSummary): Chart | null => {
  const wanted = threeRates(report);
  if (months.length === 0 || wanted.length === 0) return null;
  const lines = wanted.slice(0, 3).map(({ definitionId, label }) => ({
    name: label[language],
    found: months.map(({ rates }) => rates.rates.find((one) => one.definitionId === definitionId)),
  }));
  const axis = months.map(
    ({ month }) => `${Number(month.slice(5, 7))}${language === "zh" ? "月" : ""}`,
  );
  const drawing = lineChart(
    said.rates[language],
    axis,
    lines.map(({ name, found }) => ({ name, values: found.map((one) => one?.value ?? null) })),
    (value) => `${Math.floor(value * 10_000) / 100}%`,
  );
  const rows = months.map(({ month }, at) =>
    cells([month, ...lines.map(({ found }) => found[at]?.display ?? "—")]),
  );
  return {
    heading: said.rates[language],
    drawing,
    table: table([said.month[language], ...lines.map(({ name }) => name)], rows),
  };
};

const barsChart = (heading: string, bars: readonly Bar[], language: keyof Label): Chart | null =>
  bars.length === 0
    ? null
    : {
        heading,
        drawing: barChart(heading, bars),
        table: table(
          [said.name[language], said.cases[language]],
          bars.map(({ name, shown }) => cells([name, shown])),
        ),
      };

const resultsChart = ({ report, language }: AnnualSummary): Chart | null =>
  barsChart(
    said.results[language],
    report.rates.results
      .filter(({ count }) => count > 0)
      .map(({ code, label, count, display }) => ({
        name: language === "zh" ? `${code}类（${label.zh}）` : `${code} (${label.en})`,
        value: count,
        shown: `${count} · ${display}`,
      })),
    language,
  );

const themesChart = ({ report, language }: AnnualSummary): Chart | null =>
  barsChart(
    said.themes[language],
    report.themes.map(({ name, cases }) => ({ name, value: cases, shown: String(cases) })),
    language,
  );

const departmentsChart = ({ report, language }: AnnualSummary): Chart | null =>
  barsChart(
    said.departments[language],
    report.departments.map(({ department, handled, completed, late }) => ({
      name: department ?? said.unassigned[language],
      value: handled,
      shown: `${completed}/${handled}${late > 0 ? `，${said.late[language]} ${late}` : ""}`,
      part: { value: late, name: said.late[language] },
    })),
    language,
  );

const lampsChart = ({ lamps, language }: AnnualSummary): Chart | null =>
  barsChart(
    said.lamps[language],
    [...(Object.keys(terms.lamps) as Lamp[]), "none" as const].flatMap((lamp) => {
      const count = lamps[lamp] ?? 0;
      if (count === 0) return [];
      const name = lamp === "none" ? said.unlit[language] : terms.lamps[lamp][language];
      return [{ name, value: count, shown: String(count) }];
    }),
    language,
  );
