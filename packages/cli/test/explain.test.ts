import { describe, expect, it } from "vitest";
import type { Json } from "./given-answers.ts";
import { documentOf, listOf } from "./given-answers.ts";
import type { GivenProgram } from "./given-program.ts";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";
import { county } from "./given-rules.ts";

/** A casebook with one case in it, received on 2021-04-02. */
const withCase = async (): Promise<GivenProgram> => {
  const program = givenProgram();
  await program.typed(received);
  return program;
};

describe("explain 时限的计算说明", () => {
  it("names rule, article, rulebook, calendar and computation", async () => {
    const { typed } = await withCase();
    const { out } = await typed("explain 122 reply --today 2021-06-01 --lang zh");
    for (const line of [
      /^答复 +2021-07-02$/m,
      /^现状 +未到期$/m,
      /^确定方式 +按规则计算$/m,
      /^规则 +cppcc-reply：自交办之日起 3 个月$/m,
      /^依据性质 +默认值$/m,
      /^规则集 +national@2025（sha256:[0-9a-f]{64}）$/m,
      /^工作日历 +cn-2026\.2/m,
      /^起算日 +2021-04-02$/m,
      /^起算方式 +当日不计入，自次日起算$/m,
      /^届满处理 +届满日遇休息日的，顺延至下一工作日$/m,
      /^核对 +重新计算与记录一致$/m,
      /^延期 +最长至 6 个月.*最迟可延至 2021-10-08$/m,
    ]) {
      expect(out).toMatch(line);
    }
    expect(out).not.toContain("逐日计算");
  });

  it("--long tells every day that was counted or skipped, and why", async () => {
    const { typed } = await withCase();
    const { out } = await typed("explain 122 return-request --long --lang zh");
    // ten working days from Friday 2 April: 清明 on Monday the 5th is off
    expect(out).toMatch(/^2021-04-05 +周一 +休息日，不计 +周一，清明节/m);
    expect(out).toMatch(/^2021-04-06 +周二 +计入 +1 /m);
    expect(out).toMatch(/^2021-04-19 +周一 +计入 +10 /m);
    expect(out).toMatch(/^2021-04-19 +周一 +届满/m);
  });

  it("gives scripts the certificate, with the days only when they are asked for", async () => {
    const { typed } = await withCase();
    const short = await typed("explain 122 reply --today 2021-06-01 --json");
    expect(documentOf(short)["case"]).toBe("cppcc/15-5/122");
    const [reply, ...others] = listOf(short, "deadlines");
    expect(others).toEqual([]);
    expect(reply).toMatchObject({
      deadline: "reply",
      label: "reply",
      dueOn: "2021-07-02",
      dueAt: null,
      state: "open",
      provisional: false,
      decidedBy: "rule",
      countedFrom: "2021-04-02",
      agrees: true,
      latestExtension: "2021-10-08",
      rule: { id: "cppcc-reply", confidence: "default" },
      rulebook: { name: "national@2025" },
      calendar: { edition: "cn-2026.2" },
      changes: [{ position: 1, type: "CaseReceived", from: null, to: "2021-07-02" }],
    });
    expect(reply?.["trace"]).not.toHaveProperty("steps");
    const long = listOf(await typed("explain 122 return-request --long --json"), "deadlines");
    const { steps } = (long[0] ?? {})["trace"] as { steps: readonly Json[] };
    expect(steps.filter(({ part }) => part === "counted")).toHaveLength(10);
  });

  it("explains every due date of a case when none is named, those of people too", async () => {
    const { typed } = await withCase();
    await typed(assigned);
    const deadlines = listOf(await typed("explain 122 --json"), "deadlines");
    expect(deadlines.map(({ deadline }) => deadline)).toEqual([
      "reply",
      "return-request",
      "internal",
    ]);
    expect(deadlines.at(-1)).toMatchObject({
      decidedBy: "person",
      dueOn: "2021-06-20",
      rule: null,
      trace: null,
      agrees: null,
    });
  });

  it("tells which event moved a date, by whom and when", async () => {
    const program = await withCase();
    const file = program.write("county.json", JSON.stringify(county({ appliesToOpenCases: true })));
    await program.wuding(["rulebook", "adopt", file, "--as", "主任", "--today", "2021-04-06"]);
    const deadlines = listOf(await program.typed("explain 122 return-request --json"), "deadlines");
    expect(deadlines[0]).toMatchObject({
      dueOn: "2021-04-12",
      rule: { id: "county-return" },
      rulebook: { name: "county@2021" },
      agrees: true,
      changes: [
        { type: "CaseReceived", to: "2021-04-19", actor: "clerk" },
        { type: "DeadlinesRecomputed", on: "2021-04-06", from: "2021-04-19", actor: "主任" },
      ],
    });
  });

  it("explains a date as it was on a day of the past", async () => {
    const program = await withCase();
    const file = program.write("county.json", JSON.stringify(county({ appliesToOpenCases: true })));
    await program.wuding(["rulebook", "adopt", file, "--today", "2021-04-06"]);
    const then = await program.typed("explain 122 return-request --as-of 2021-04-05 --json");
    expect(listOf(then, "deadlines")[0]).toMatchObject({
      dueOn: "2021-04-19",
      state: "open",
      rulebook: { name: "national@2025" },
    });
  });

  it.each(["replies", "publication", "commitment:1"])(
    "finds no due date %s where there is none",
    async (name) => {
      const { typed } = await withCase();
      const ran = await typed(`explain 122 ${name} --json`);
      expect(ran.exitCode).toBe(4);
      expect(errorOf(ran)).toMatchObject({
        code: "NOT_FOUND",
        data: { what: "deadline", name: `cppcc/15-5/122 ${name}` },
      });
    },
  );

  it("finds no case that is not there", async () => {
    const { typed } = await withCase();
    const ran = await typed("explain 999 --json");
    expect([ran.exitCode, errorOf(ran).data["what"]]).toEqual([4, "case"]);
  });
});
