import { describe, expect, it } from "vitest";
import type { Json } from "./given-answers.ts";
import { documentOf, listOf } from "./given-answers.ts";
import type { GivenProgram, Ran } from "./given-program.ts";
import { errorOf, givenProgram } from "./given-program.ts";
import { year2027 } from "./given-rules.ts";

/** 2026-11-20, noon in Shanghai: the notice for 2027 has just come. */
const november = Date.parse("2026-11-20T04:00:00Z");

/** The program in November 2026. */
const inNovember = () => {
  const program = givenProgram();
  return { ...program, run: (line: string) => program.wuding(line.split(" "), { now: november }) };
};

const written = (program: GivenProgram, changes: Json = {}): string =>
  program.write("2027.json", JSON.stringify(year2027(changes)));

// three months on is Saturday 2027-01-02: without a notice, Monday the 4th
const dispatched =
  "receive --kind npc --session 18-4 --number 9 --title 关于政务服务下沉的建议 --proposer 代表甲 --on 2026-10-02";

const replyOf = async (run: (line: string) => Promise<Ran>): Promise<unknown> => {
  const deadlines = listOf(await run("show 9 --json"), "deadlines");
  return deadlines.findLast(({ id }) => id === "reply");
};

describe("what needs no casebook", () => {
  it("lists the calendar that comes with the program", async () => {
    const { typed, hasCasebook } = givenProgram();
    expect(documentOf(await typed("calendar list --json"))).toMatchObject({
      current: "cn-2026.2",
      from: "2004-01-01",
      to: "2026-12-31",
      calendars: [{ edition: "cn-2026.2", adoptedOn: null, notice: null }],
    });
    expect((await typed("calendar --lang zh")).out).toMatch(
      /^已公布区间 +2004-01-01 – 2026-12-31$/m,
    );
    expect(hasCasebook()).toBe(false);
  });

  it("shows the holidays and make-up days of a year", async () => {
    const { typed } = givenProgram();
    const shown = documentOf(await typed("calendar show 2025 --json --lang zh"));
    expect(shown).toMatchObject({
      year: 2025,
      notices: ["国办发明电〔2024〕12号"],
      makeUpDays: ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"],
    });
    expect(shown["holidays"]).toContainEqual({
      from: "2025-01-28",
      to: "2025-02-04",
      name: "春节",
    });
    const { out } = await typed("calendar show 2025 --lang zh");
    expect(out).toMatch(/^春节 +2025-01-28 – 2025-02-04$/m);
    expect(out).toMatch(/^通知文号 +国办发明电〔2024〕12号$/m);
  });

  it("says that a year is not published", async () => {
    const { exitCode, err } = await inNovember().run("calendar show 2027");
    expect([exitCode, err]).toEqual([0, "Nothing is published for that year.\n"]);
  });

  it.each(["27", "next", "20271"])("%s is no year", async (year) => {
    const ran = await givenProgram().typed(`calendar show ${year} --json`);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([2, "INVALID_INPUT"]);
  });

  it("checks a file", async () => {
    const program = givenProgram();
    const file = written(program);
    const ran = await program.wuding(["calendar", "check", file, "--json"]);
    expect(documentOf(ran)).toEqual({ ok: true, edition: "cn-2027.1", problems: [] });
    const { out } = await program.wuding(["calendar", "check", file, "--lang", "zh"]);
    expect(out).toBe("cn-2027.1：未发现错误。\n");
    expect(program.hasCasebook()).toBe(false);
  });
});

describe("a file with mistakes", () => {
  const newYear = { name: "元旦", from: "2027-01-01", to: "2027-01-03" };

  it.each<readonly [string, Json, string]>([
    ["no notice", { notice: undefined }, "/notice"],
    [
      "a holiday without end",
      { holidays: [{ name: "元旦", from: "2027-01-01" }] },
      "/holidays/0/to",
    ],
    ["a worked day that is no weekend day", { makeUpDays: ["2027-01-11"] }, "/makeUpDays/0"],
    ["a worked day in a holiday", { makeUpDays: ["2027-01-02"] }, "/makeUpDays/0"],
    ["a day outside the span", { makeUpDays: ["2028-01-08"] }, "/makeUpDays/0"],
    ["a holiday twice", { holidays: [newYear, newYear] }, "/holidays/1"],
    ["the edition that it changes", { edition: "cn-2026.2" }, "/edition"],
  ])("%s is named with its place", async (_, changes, place) => {
    const program = givenProgram();
    const ran = await program.wuding(["calendar", "check", written(program, changes), "--json"]);
    expect(ran.exitCode).toBe(2);
    const { code, data } = errorOf(ran);
    expect([code, data["what"]]).toEqual(["INVALID_RULES", "calendar"]);
    const problems = data["problems"] as readonly Json[];
    expect(problems.map((problem) => String(problem["place"]).slice(0, place.length))).toContain(
      place,
    );
  });

  it("is told with what to do", async () => {
    const program = givenProgram();
    const file = written(program, { makeUpDays: ["2027-01-11"] });
    const ran = await program.wuding(["calendar", "check", file, "--lang", "zh"]);
    expect(ran.exitCode).toBe(2);
    expect(ran.out).toMatch(/^\/makeUpDays\/0\n {2}\S.*\n {2}办法：/m);
  });
});

describe("adopting", () => {
  it("makes certain what was provisional, and moves what falls on a day off", async () => {
    const program = inNovember();
    await program.run(dispatched);
    expect(await replyOf(program.run)).toMatchObject({ dueOn: "2027-01-04", provisional: true });
    // the notice lets New Year reach to Monday
    const holidays = [{ name: "元旦", from: "2027-01-01", to: "2027-01-04" }];
    const file = written(program, { holidays });
    const dry = documentOf(await program.run(`calendar adopt ${file} --dry-run --json`));
    expect(dry).toMatchObject({
      name: "cn-2027.1",
      cases: 1,
      position: null,
      dryRun: true,
      impact: [
        {
          case: "npc/18-4/9",
          deadline: "reply",
          from: "2027-01-04",
          to: "2027-01-05",
          wasProvisional: true,
          isProvisional: false,
        },
      ],
    });
    expect(await replyOf(program.run)).toMatchObject({ dueOn: "2027-01-04", provisional: true });
    const { out } = await program.run(`calendar adopt ${file} --lang zh`);
    expect(out).toMatch(/^npc\/18-4\/9 .*答复 +2027-01-04（暂定） +2027-01-05$/m);
    expect(await replyOf(program.run)).toMatchObject({ dueOn: "2027-01-05", provisional: false });
  });

  it("records a date that only becomes certain", async () => {
    const program = inNovember();
    await program.run(dispatched);
    const adopted = documentOf(await program.run(`calendar adopt ${written(program)} --json`));
    expect(adopted).toMatchObject({ cases: 1, position: 2 });
    expect(await replyOf(program.run)).toMatchObject({ dueOn: "2027-01-04", provisional: false });
    expect(documentOf(await program.run("calendar list --json"))).toMatchObject({
      current: "cn-2027.1",
      to: "2027-12-31",
      calendars: [
        { edition: "cn-2026.2", notice: null },
        { edition: "cn-2027.1", notice: "示例一号", adoptedOn: "2026-11-20" },
      ],
    });
    expect((await program.run("audit verify")).exitCode).toBe(0);
  });

  it("the same file again changes nothing; other content needs another edition", async () => {
    const program = inNovember();
    await program.run(dispatched);
    const file = written(program);
    await program.run(`calendar adopt ${file}`);
    expect(documentOf(await program.run(`calendar adopt ${file} --json`))).toMatchObject({
      unchanged: true,
      position: null,
    });
    const differs = await program.run(
      `calendar adopt ${written(program, { notice: "示例二号" })} --json`,
    );
    expect([differs.exitCode, errorOf(differs).code]).toEqual([5, "RULES_DIFFER"]);
    const older = await program.run(
      `calendar adopt ${written(program, { edition: "cn-2026.9" })} --json`,
    );
    expect([older.exitCode, errorOf(older).code]).toEqual([3, "RULES_OLDER"]);
  });

  it("a correction replaces its span and nothing else", async () => {
    const program = inNovember();
    await program.run(dispatched);
    await program.run(`calendar adopt ${written(program)}`);
    const correction = written(program, {
      edition: "cn-2027.2",
      notice: "示例二号",
      to: "2027-01-31",
      holidays: [{ name: "元旦", from: "2027-01-01", to: "2027-01-05" }],
      makeUpDays: [],
    });
    await program.run(`calendar adopt ${correction}`);
    expect(await replyOf(program.run)).toMatchObject({ dueOn: "2027-01-06" });
    const shown = documentOf(await program.run("calendar show 2027 --json"));
    expect(shown).toMatchObject({ makeUpDays: [], notices: ["示例二号", "示例一号"] });
    expect(documentOf(await program.run("calendar show 2026 --json"))["makeUpDays"]).toHaveLength(
      6,
    );
  });

  it("makes no casebook", async () => {
    const program = givenProgram();
    const ran = await program.wuding(["calendar", "adopt", written(program), "--json"]);
    expect([ran.exitCode, program.hasCasebook()]).toEqual([4, false]);
  });

  it.each(["check", "adopt"])("%s asks for a file", async (action) => {
    const ran = await givenProgram().typed(`calendar ${action} --json`);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([2, "INVALID_INPUT"]);
  });

  it("a mistyped action is guessed", async () => {
    const ran = await givenProgram().typed("calendar adpot --json");
    expect(errorOf(ran)).toMatchObject({
      code: "USAGE",
      data: { suggestion: "wuding calendar adopt" },
    });
  });
});
