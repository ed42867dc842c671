/** @module rates.test — `rates` with what its figures rest on: explanations and definitions. */
import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { command as rates } from "../src/commands/rates.ts";
import { jsonOf, linyi2021, textOf, typed } from "./given-year.ts";

type Entry = Readonly<Record<string, unknown>>;

describe("rates --json", () => {
  it("gives each figure with its definition's version, rounding, source and rulebook", async () => {
    const { rates: entries } = await jsonOf<{ rates: readonly Entry[] }>(
      rates,
      {},
      await linyi2021(),
    );
    expect(entries[0]).toEqual({
      id: "meeting",
      label: "见面率",
      definition: expect.stringContaining("当面沟通"),
      numerator: 11,
      denominator: 11,
      value: 1,
      display: "100%",
      missing: [],
      version: 1,
      definitionId: expect.stringMatching(/^meeting@1-[0-9a-f]{12}$/),
      rulebook: "national@2025",
      rounding: { decimals: 2, mode: "halfUp" },
      source: expect.stringContaining("默认值"),
      confidence: "default",
    });
  });
});

describe("rates --explain", () => {
  const withdrawn = async () => {
    const year = await linyi2021();
    const casebook = await year.shell.open();
    const about = { kind: "cppcc", session: "15-5", number: "300", title: "新提案" };
    const on = "2021-12-01";
    await casebook.executeGiven({ command: "receive", ...about, proposers: ["委员子"], on });
    const reason = "提案人申请撤案";
    await casebook.executeGiven({ command: "withdraw", case: "300", reason, on: "2021-12-02" });
    return year;
  };

  it("says of each rate which cases are counted, missing and left out, and by which definition", async () => {
    const given = { values: { "as-of": "2021-12-31" }, flags: { explain: true } };
    const { explain } = await jsonOf<{ explain: readonly Entry[] }>(
      rates,
      given,
      await withdrawn(),
    );
    const completion = explain.find(({ rate }) => rate === "completion");
    expect(completion).toMatchObject({
      label: "办结率",
      cases: [],
      excluded: [
        {
          case: "cppcc/15-5/300",
          title: "新提案",
          by: "withdrawn",
          on: "2021-12-02",
          why: "撤案 2021-12-02",
        },
      ],
      definitionId: expect.stringMatching(/^completion@1-/),
      rulebook: "national@2025",
      computation: {
        population: "all",
        exclusions: ["returned", "withdrawn", "merged"],
        numerator: "completed",
      },
      periodBasis: "dispatch year",
      asOf: "2021-12-31",
      position: expect.any(Number),
      numerator: 11,
      denominator: 11,
      display: "100%",
    });
    expect(completion?.["counted"]).toHaveLength(11);
  });

  it("prints them below the table, in either language", async () => {
    const year = await withdrawn();
    const given = { flags: { explain: true } };
    const text = await textOf(rates, given, year);
    expect(text).toContain("办结率：1 件不在统计范围\n  cppcc/15-5/300  新提案\n");
    expect(text).toContain("    不在统计范围：撤案 2021-12-02");
    const english = { shell: { ...year.shell, language: "en" as const } };
    expect(await textOf(rates, given, english)).toContain("left out: withdrawn 2021-12-02");
  });
});

describe("rates --definition", () => {
  it("prints every definition in force without looking at a case", async () => {
    const text = await textOf(rates, { flags: { definition: true } }, await linyi2021());
    for (const part of ["见面率", "公开率", "统计范围", "保留小数", "national@2025", "依据"]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("cppcc/15-5");
  });

  it("prints one rate with its modes, axis, round, proposers and silence", async () => {
    const year = await linyi2021();
    const of = (rate: string) => ({ positionals: [rate], flags: { definition: true } });
    const satisfaction = await textOf(rates, of("satisfaction"), year);
    expect(satisfaction).toMatch(/^满意率\n/);
    for (const part of ["办理结果", "满意、基本满意", "取最低评价", "每名提案人最近的一份"]) {
      expect(satisfaction).toContain(part);
    }
    const english = { shell: { ...year.shell, language: "en" as const } };
    const meeting = await textOf(rates, of("meeting"), english);
    expect(meeting).toContain("visit, meeting, symposium, site visit");
    expect(meeting).toContain("at least 1; with a proposer");
  });

  it("gives them as data", async () => {
    const { definitions } = await jsonOf<{ definitions: readonly Entry[] }>(
      rates,
      { positionals: ["publication"], flags: { definition: true } },
      await linyi2021(),
    );
    expect(definitions).toMatchObject([
      {
        id: "publication",
        version: 1,
        label: "公开率",
        rulebook: "national@2025",
        computation: { population: "publishable", numerator: "published" },
        rounding: { decimals: 2, mode: "halfUp" },
        periodBasis: "dispatch year",
        confidence: "default",
      },
    ]);
  });

  it("refuses an unknown rate with those that there are, and a rate without the option", async () => {
    const { shell } = await linyi2021();
    const unknown = rates.run(
      typed({ positionals: ["metting"], flags: { definition: true } }),
      shell,
    );
    await expect(unknown).rejects.toSatisfy(
      (error) =>
        isEngineError(error, "INVALID_INPUT") && error.sentence.en.includes("first-satisfaction"),
    );
    await expect(rates.run(typed({ positionals: ["meeting"] }), shell)).rejects.toSatisfy((error) =>
      isEngineError(error, "USAGE"),
    );
  });
});
