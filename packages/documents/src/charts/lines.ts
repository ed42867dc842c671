/** @module lines — figures over time: a line for each series, told apart by dashes and by the sign of its points. */
import { escaped } from "../html/markup.ts";
import type { Chart } from "./chart.ts";
import { chartWidth, framed, lookOf, scaleOf, shownBy } from "./chart.ts";

const height = 190;
const top = 18;
const foot = 24;
const left = 40;
const right = 16;
const levels = [0, 0.25, 0.5, 0.75, 1];

const round = (value: number): number => Math.round(value * 100) / 100;

/** A sign of its own for each series. */
const point = (x: number, y: number, at: number, fill: string): string => {
  const [cx, cy] = [round(x), round(y)];
  const paint = `fill="${fill}" stroke="#111" stroke-width=".7"`;
  if (at % 3 === 0) return `<circle cx="${cx}" cy="${cy}" r="3.2" ${paint}/>`;
  if (at % 3 === 1) {
    return `<rect x="${round(x - 3)}" y="${round(y - 3)}" width="6" height="6" ${paint}/>`;
  }
  return `<path d="M${cx} ${round(y - 4)}l4 7h-8z" ${paint}/>`;
};

/** Lines over the categories in their order; where a figure is missing the line is broken. */
export const lineChart = (chart: Chart): string => {
  const { categories, series } = chart;
  const known = series.flatMap(({ values }) => values.map((value) => value ?? 0));
  const scale = scaleOf(chart, Math.max(0, ...known));
  const step = (chartWidth - left - right) / Math.max(1, categories.length - 1);
  const xOf = (place: number): number => left + place * step;
  const yOf = (value: number): number =>
    height - foot - (Math.min(value, scale) / scale) * (height - top - foot);
  const grid = levels.map((level) => {
    const y = round(yOf(level * scale));
    const text = escaped(shownBy(chart, round(level * scale)));
    return `<path d="M${left} ${y}H${chartWidth - right}" stroke="#bbb" stroke-width=".5"/><text x="${left - 4}" y="${y + 4}" text-anchor="end">${text}</text>`;
  });
  // as many names as have room
  const every = Math.max(1, Math.ceil(categories.length / 7));
  const names = categories.map((category, place) =>
    place % every === 0
      ? `<text x="${round(xOf(place))}" y="${height - 8}" text-anchor="middle">${escaped(category)}</text>`
      : "",
  );
  const lines = series.map(({ values }, at) => {
    const { fill, dash } = lookOf(chart, at);
    let isBroken = true;
    const steps = categories.map((_, place) => {
      const value = values[place] ?? null;
      const move = isBroken ? "M" : "L";
      isBroken = value === null;
      return value === null ? "" : `${move}${round(xOf(place))} ${round(yOf(value))}`;
    });
    const points = categories.map((_, place) => {
      const value = values[place] ?? null;
      if (value === null) return "";
      const figure = `<text x="${round(xOf(place))}" y="${round(yOf(value) - 7)}" text-anchor="middle">${escaped(shownBy(chart, value))}</text>`;
      return (
        point(xOf(place), yOf(value), at, fill) + (series.length === 1 && every === 1 ? figure : "")
      );
    });
    const dashes = dash === "" ? "" : ` stroke-dasharray="${dash}"`;
    return `<path d="${steps.join("")}" fill="none" stroke="${fill}" stroke-width="2"${dashes}/>${points.join("")}`;
  });
  return framed(chart, height, grid.join("") + names.join("") + lines.join(""));
};
