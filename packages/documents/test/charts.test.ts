/** @module charts.test — charts that a phone, a black-and-white copy and a screen reader can read. */
import { describe, expect, it } from "vitest";
import { barChart, stackedBarChart } from "../src/charts/bars.ts";
import type { Chart } from "../src/charts/chart.ts";
import { lineChart } from "../src/charts/lines.ts";

const lamps: Chart = {
  title: "各科室灯号 <2021>",
  language: "zh",
  categories: ["规划科", "产业发展科"],
  series: [
    { label: "红灯", values: [1, 0] },
    { label: "黄灯", values: [2, 6] },
  ],
};
const widths = (drawing: string): readonly number[] =>
  [...drawing.matchAll(/<rect x="[^"]*" y="[^"]*" width="([^"]*)" height="14"/g)].map(([, width]) =>
    Number(width),
  );

describe("charts", () => {
  it("draw bars in the proportion of their figures", () => {
    const drawn = widths(barChart({ ...lamps, series: [{ label: "件数", values: [1, 4] }] }));
    expect(drawn).toHaveLength(2);
    expect((drawn[1] ?? 0) / (drawn[0] ?? 1)).toBeCloseTo(4);
  });

  it("stack parts to the sum, which stands behind them", () => {
    const drawing = stackedBarChart(lamps);
    const [red = 0, yellow = 0] = widths(drawing);
    expect(yellow / red).toBeCloseTo(2);
    expect(drawing).toContain(">8</text>".replace("8", "3"));
  });

  it("label a part of a bar only where the sum behind it does not say the same", () => {
    const drawing = stackedBarChart(lamps);
    // 规划科 has two parts and a sum, 产业发展科 only a sum; nothing is drawn for zero
    expect(drawing.match(/>[0-9]+<\/text>/g)).toEqual([
      ">1</text>",
      ">2</text>",
      ">3</text>",
      ">6</text>",
    ]);
    expect(drawing.match(/fill="#fff"/g)).toHaveLength(2);
    expect(drawing).not.toContain(">0</text>");
  });

  it("break a line where a figure is missing", () => {
    const series = [{ label: "见面率", values: [0.9, null, 1] }];
    const drawing = lineChart({ ...lamps, categories: ["2019", "2020", "2021"], series, max: 1 });
    const line = /<path d="(M[^"]*)" fill="none"/.exec(drawing)?.[1] ?? "";
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line).not.toContain("L");
  });

  it("give every figure in a table too, and — for one that is not known", () => {
    const series = [{ label: "见面率", values: [null, 1] }];
    const drawing = barChart({ ...lamps, series, shown: (value) => `${value * 100}%` });
    expect(drawing).toContain("<tr><td>规划科</td><td>—</td></tr>");
    expect(drawing).toContain("<tr><td>产业发展科</td><td>100%</td></tr>");
  });

  it("escape every text, and ask for nothing from outside", () => {
    for (const drawing of [barChart(lamps), stackedBarChart(lamps), lineChart(lamps)]) {
      expect(drawing).toContain("各科室灯号 &lt;2021&gt;");
      expect(drawing).not.toMatch(/<2021>|href|url\(|style=/);
    }
  });
});
