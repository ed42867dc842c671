/** @module chart — what a chart is drawn of, and what all charts share: their frame, legend and figures as a table. */
import type { Label } from "@wuding/engine";
import { cells, escaped, table } from "../html/markup.ts";

export type Series = Readonly<{
  label: string;
  /** One for each category; null where there is no figure. Never negative. */
  values: readonly (number | null)[];
  /** Its colour where that means something, such as a lamp's; absent: one of the chart's own. */
  fill?: string;
}>;

export type Chart = Readonly<{
  title: string;
  language: keyof Label;
  /** What the figures are about: years, departments, themes. */
  categories: readonly string[];
  /** Up to six; more share their looks. */
  series: readonly Series[];
  /** The end of the scale, such as 1 for rates; absent: the greatest figure. */
  max?: number;
  /** A figure as it is printed; absent: as it is. */
  shown?: (value: number) => string;
}>;

/** Units of a drawing across: a pixel each on a phone of 360 pixels with its margins. */
export const chartWidth = 328;

/** Units that a Chinese character is high and wide. */
const textSize = 12;

export type Look = Readonly<{ fill: string; dash: string }>;

/** Looks that differ in lightness and in dashes, so that a copy in black and white can be read. */
const looks: readonly Look[] = [
  { fill: "#17375e", dash: "" },
  { fill: "#e9b44c", dash: "6 3" },
  { fill: "#5f8f6b", dash: "2 2" },
  { fill: "#d9e2ec", dash: "9 3 2 3" },
  { fill: "#8c2f39", dash: "1 3" },
  { fill: "#9fb3c8", dash: "12 4" },
];
const plain: Look = { fill: "#17375e", dash: "" };
export const lookOf = ({ series }: Chart, at: number): Look => {
  const look = looks[at % looks.length] ?? plain;
  return { ...look, fill: series[at]?.fill ?? look.fill };
};

/** CSS of charts; a page with charts has it once. */
export const chartStyle = `
figure.chart { margin: 1em 0; max-width: 36em; } figure.chart svg { width: 100%; height: auto; display: block; }
figure.chart figcaption { font-weight: bold; } figure.chart text { font-size: ${textSize}px; fill: #111; }
.legend { list-style: none; margin: .2em 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2em 1em; font-size: .85em; }
figure.chart .legend svg { width: 2em; height: .8em; display: inline-block; }
@media print { figure.chart { break-inside: avoid; max-width: 13cm; } figure.chart * { print-color-adjust: exact; } }
`;

const figures: Label = { zh: "图中数字", en: "The figures" };

export const shownBy = ({ shown = String }: Chart, value: number | null): string =>
  value === null ? "—" : shown(value);

/** The end of the scale, above zero. */
export const scaleOf = (chart: Chart, greatest: number): number => (chart.max ?? greatest) || 1;

/** Text that fits a width of units, cut with an ellipsis; a Chinese character is twice as wide as a letter. */
export const fitted = (text: string, units: number): string => {
  let used = 0;
  let kept = "";
  for (const one of text) {
    used += (one.codePointAt(0) ?? 0) > 0x2e_7f ? textSize : textSize * 0.6;
    if (used > units - textSize) return `${kept}…`;
    kept += one;
  }
  return text;
};

/** A drawing in its frame: title, legend, and the same figures as a table for whoever cannot see it. */
export const framed = (chart: Chart, height: number, drawing: string): string => {
  const { title, language, categories, series } = chart;
  const legend = series.map(({ label }, at) => {
    const { fill } = lookOf(chart, at);
    return `<li><svg viewBox="0 0 20 8" aria-hidden="true"><rect width="20" height="8" fill="${fill}" stroke="#111"/></svg> ${escaped(label)}</li>`;
  });
  const rows = categories.map((category, at) =>
    cells([category, ...series.map(({ values }) => shownBy(chart, values[at] ?? null))]),
  );
  const headings = ["", ...series.map(({ label }) => label)];
  return `<figure class="chart"><figcaption>${escaped(title)}</figcaption>
${series.length > 1 ? `<ul class="legend">${legend.join("")}</ul>` : ""}
<svg viewBox="0 0 ${chartWidth} ${height}" role="img" aria-label="${escaped(title)}">${drawing}</svg>
<details><summary>${figures[language]}</summary>${table(headings, rows)}</details></figure>`;
};
