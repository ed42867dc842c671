/** @module report-diff.test — `report diff`: why the rates of two days differ. */
import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { command as report } from "../src/commands/report.ts";
import { jsonOf, linyi2021, textOf, typed } from "./given-year.ts";

const days = ["2021-06-22", "2021-06-23"] as const;
const diff = { positionals: ["diff", ...days] };

describe("report diff", () => {
  it("has the shape that scripts read", async () => {
    const found = await jsonOf<{ rates: readonly Readonly<Record<string, unknown>>[] }>(
      report,
      diff,
      await linyi2021(),
    );
    expect(found).toMatchObject({ from: days[0], to: days[1], axis: "true", scope: {} });
    expect(found.rates.find(({ id }) => id === "satisfaction")).toEqual({
      id: "satisfaction",
      label: "满意率",
      definitionId: expect.stringMatching(/^satisfaction@1-/),
      rulebook: "national@2025",
      before: { numerator: 1, denominator: 1, display: "100%" },
      after: { numerator: 2, denominator: 2, display: "100%" },
      changes: [
        {
          case: "cppcc/15-5/902",
          title: "关于推进农业产业数字化的建议",
          before: { numerator: 0, denominator: 0 },
          after: { numerator: 1, denominator: 1 },
          kind: "entered",
          why: "进入统计范围",
          events: [
            {
              position: expect.any(Number),
              type: "FeedbackReceived",
              on: "2021-06-23",
              recordedAt: expect.stringMatching(/\+08:00$/),
              actor: "办公室",
            },
          ],
        },
      ],
    });
  });

  it("prints what moved with its events, and only names what did not", async () => {
    const year = await linyi2021();
    const text = await textOf(report, diff, year);
    expect(text).toContain("2021-06-22 → 2021-06-23（按各日当时的事实）");
    expect(text).toContain("满意率  100%（1/1） → 100%（2/2）");
    expect(text).toMatch(/^ {4}2021-06-23 意见反馈（第 \d+ 条记录；.*由 办公室 记录）$/m);
    expect(text).toMatch(/^没有变化：见面率 100%（11\/11）、/m);
    const english = { shell: { ...year.shell, language: "en" as const } };
    expect(await textOf(report, diff, english)).toMatch(
      /^ {4}0\/0 → 1\/1: entered the population$/m,
    );
  });

  it("--known compares what had been recorded: everything went in on one later day", async () => {
    const year = await linyi2021();
    const known = { ...diff, flags: { known: true } };
    const found = await jsonOf<{ axis: string; rates: readonly { changes: object[] }[] }>(
      report,
      known,
      year,
    );
    expect(found.axis).toBe("known");
    expect(found.rates.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it("is narrowed by the scopes", async () => {
    const given = { ...diff, values: { block: "没有这个板块" } };
    const found = await jsonOf<{ scope: object; rates: readonly { changes: object[] }[] }>(
      report,
      given,
      await linyi2021(),
    );
    expect(found.scope).toEqual({ block: "没有这个板块" });
    expect(found.rates.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it.each([
    ["one day is missing", ["diff", "2021-06-22"]],
    ["a day that does not exist", ["diff", "2021-06-31", "2021-07-01"]],
    ["a day ahead", ["diff", "2021-06-22", "2022-06-22"]],
    ["the second comes first", ["diff", "2021-06-23", "2021-06-22"]],
    ["the annual summary without its year", ["annual"]],
  ])("refuses %s as bad input", async (_what, positionals) => {
    const { shell } = await linyi2021();
    await expect(report.run(typed({ positionals }), shell)).rejects.toSatisfy((error) =>
      isEngineError(error, "INVALID_INPUT"),
    );
  });

  it("the annual summary takes its year and nothing else", async () => {
    const { shell } = await linyi2021();
    const values = { year: "2021", kind: "cppcc" };
    await expect(report.run(typed({ positionals: ["annual"], values }), shell)).rejects.toSatisfy(
      (error) => isEngineError(error, "USAGE"),
    );
  });
});
