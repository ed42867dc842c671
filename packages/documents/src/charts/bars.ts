/** @module bars — lying bars, one or several to a category, or stacked into one; names stand above them. */
import { escaped } from "../html/markup.ts";
import type { Chart } from "./chart.ts";
import { chartWidth, fitted, framed, lookOf, scaleOf, shownBy } from "./chart.ts";

const nameHeight = 16;
const barHeight = 14;
const gap = 7;
/** Room for the figure behind the longest bar. */
const figureWidth = 56;
const across = chartWidth - figureWidth;

const name = (text: string, y: number): string =>
  `<text x="0" y="${y + 12}">${escaped(fitted(text, chartWidth))}</text>`;
const bar = (x: number, y: number, width: number, fill: string): string =>
  `<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${barHeight}" fill="${fill}" stroke="#111" stroke-width=".5"/>`;
const round = (value: number): number => Math.round(value * 100) / 100;

/** A bar for each figure; those of a category stand together. */
export const barChart = (chart: Chart): string => {
  const { categories, series } = chart;
  const values = series.flatMap((one) => one.values.map((value) => value ?? 0));
  const scale = scaleOf(chart, Math.max(0, ...values));
  const each = nameHeight + series.length * barHeight + gap;
  const drawing = categories.map((category, place) => {
    const top = place * each;
    const bars = series.map(({ values: own }, at) => {
      const value = own[place] ?? null;
      const y = top + nameHeight + at * barHeight;
      const width = (Math.min(value ?? 0, scale) / scale) * across;
      const drawn = value === null ? "" : bar(0, y, width, lookOf(chart, at).fill);
      return `${drawn}<text x="${round(width + 4)}" y="${y + 11}">${escaped(shownBy(chart, value))}</text>`;
    });
    return name(category, top) + bars.join("");
  });
  return framed(chart, categories.length * each, drawing.join(""));
};

/**
 * One bar a category, of all its series; each part bears its figure where there is room.
 * A part that is the whole bar bears none: the sum behind it says the same.
 */
export const stackedBarChart = (chart: Chart): string => {
  const { categories, series } = chart;
  const sumAt = (place: number): number =>
    series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0);
  const scale = scaleOf(chart, Math.max(0, ...categories.map((_, place) => sumAt(place))));
  const each = nameHeight + barHeight + gap;
  const drawing = categories.map((category, place) => {
    const top = place * each;
    const y = top + nameHeight;
    let x = 0;
    const parts = series.map(({ values }, at) => {
      const value = values[place] ?? 0;
      if (value === 0) return "";
      const width = (value / scale) * across;
      const text = shownBy(chart, value);
      const fits = value < sumAt(place) && width > text.length * 8 + 8;
      // on white, so that it can be read on a dark part too
      const figure = `<rect x="${round(x + 2)}" y="${y + 2}" width="${text.length * 8 + 2}" height="${barHeight - 4}" fill="#fff"/><text x="${round(x + 3)}" y="${y + 11}">${escaped(text)}</text>`;
      const drawn = bar(x, y, width, lookOf(chart, at).fill) + (fits ? figure : "");
      x += width;
      return drawn;
    });
    const total = `<text x="${round(x + 4)}" y="${y + 11}">${escaped(shownBy(chart, sumAt(place)))}</text>`;
    return name(category, top) + parts.join("") + total;
  });
  return framed(chart, categories.length * each, drawing.join(""));
};
