/** @module import-workbook.test — a workbook as an office keeps it, taken in by the real program. */
import { writeXlsx } from "hucre/xlsx";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { GivenProgram } from "../../cli/test/given-program.ts";
import { givenProgram } from "../../cli/test/given-program.ts";
import { columnsCalled } from "../src/intake/columns.ts";
import { ledgerColumns } from "../src/ledger/columns.ts";

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const merged = (rows: readonly [number, number], cols: readonly [number, number]) => ({
  startRow: rows[0],
  endRow: rows[1],
  startCol: cols[0],
  endCol: cols[1],
});

const workbook = (...proposals: readonly (readonly (string | number | Date | null)[])[]) =>
  writeXlsx({
    sheets: [
      {
        name: "政协提案",
        rows: [
          ["2021年度提案办理台账（十五届五次会议）"],
          ["编号", "案由", "提案人", "承办角色", "交办日期", "五定"],
          [
            null,
            null,
            null,
            null,
            null,
            "科室",
            "经办人",
            "定时间",
            "定任务",
            "定责任",
            "分解日期",
          ],
          ...proposals.map((cells) => [...cells]),
          ["合计：2件"],
        ],
        merges: [
          merged([0, 0], [0, 10]),
          ...[0, 1, 2, 3, 4].map((column) => merged([1, 2], [column, column])),
          merged([1, 1], [5, 10]),
        ],
        cells: new Map([
          [
            `${3 + proposals.length - 1},1`,
            { value: "甲", formula: 'T("甲")', formulaResult: "甲" },
          ],
        ]),
      },
      { name: "填表说明", rows: [["请勿改动表头"]] },
    ],
  });

const five = ["规划科", "甲", day("2021-06-20"), "书面答复", "科长负总责", 44_292];
const ledger = () =>
  workbook(
    [122, "关于改进政务信息化建设的建议", "李　楠", "独办", day("2021-04-02"), ...five],
    [123, "关于推广智慧停车的建议", "张三、李四", "会办", 44_288, ...five],
    [124, "公式", "王五", "独办", day("2021-04-02"), ...five],
  );

type Answer = Readonly<{
  skipped: string[];
  rows: {
    row: number;
    case: string;
    verdict: string;
    events?: string[];
    error?: { cell: string };
  }[];
  counts: Record<string, number>;
}>;

const imported = async ({ wuding, write }: GivenProgram, bytes: Uint8Array) => {
  const path = write("台账.xlsx", Buffer.from(bytes));
  const { exitCode, out, err } = await wuding(["import", path, "--json", "--lang", "zh"]);
  return { exitCode, answer: out === "" ? null : (JSON.parse(out) as Answer), err };
};

describe("a workbook with merged headings", () => {
  it("goes in with its date cells; a formula as a title is refused, a sheet of words passed over", async () => {
    const program = givenProgram();
    const { exitCode, answer } = await imported(program, await ledger());
    expect(exitCode).toBe(2);
    expect(answer?.skipped).toEqual(["填表说明"]);
    expect(answer?.rows).toMatchObject([
      { row: 4, case: "cppcc/15-5/122", verdict: "new", events: ["CaseReceived", "CaseAssigned"] },
      { row: 5, case: "cppcc/15-5/123", verdict: "new" },
      { row: 6, case: "cppcc/15-5/124", verdict: "refused", error: { cell: "B6" } },
    ]);
    expect(JSON.parse((await program.typed("show 123 --json")).out)).toMatchObject({
      dispatchedOn: "2021-04-02",
      assignment: { department: "规划科", due: "2021-06-20" },
    });
    const before = readFileSync(program.db);
    expect((await imported(program, await ledger())).answer?.counts).toMatchObject({
      same: 2,
      refused: 1,
      recorded: 0,
    });
    expect(readFileSync(program.db).equals(before)).toBe(true);
  });

  it("a number that is no day of the calendar is refused in its cell, not as a defect", async () => {
    const formatted = (value: number) =>
      writeXlsx({
        sheets: [
          {
            name: "政协提案",
            rows: [
              ["编号", "届次", "案由", "提案人", "交办日期"],
              [122, "15-5", "关于改进政务信息化建设的建议", "李楠", value],
            ],
            cells: new Map([["1,4", { value, style: { numFmt: "yyyy-mm-dd" } }]]),
          },
        ],
      });
    for (const value of [1e300, 9e9, -1e9]) {
      const { exitCode, answer } = await imported(givenProgram(), await formatted(value));
      expect([value, exitCode]).toEqual([value, 2]);
      expect(answer?.rows).toMatchObject([{ verdict: "refused", error: { cell: "E2" } }]);
    }
  });

  it("that is cut off is refused, and leaves no casebook behind", async () => {
    const program = givenProgram();
    const bytes = await ledger();
    const { exitCode, err } = await imported(program, bytes.subarray(0, bytes.length / 2));
    expect(exitCode).toBe(2);
    expect(err).toContain("已损坏或不完整");
    expect(program.hasCasebook()).toBe(false);
  });
});

const year = fileURLToPath(new URL("../../../examples/linyi-2021/commands.jsonl", import.meta.url));

/** The year of the example, and its ledger as it was given away. */
const givenLedger = async (name: string) => {
  const program = givenProgram({ LANG: "zh_CN.UTF-8" });
  const path = join(program.folder, name);
  await program.wuding(["apply", year]);
  await program.wuding(["export", path]);
  return { program, path, ...program };
};

describe("a ledger that was given away", () => {
  it.each(ledgerColumns.flatMap(({ label }) => [label.zh, label.en]))(
    "has the column %s, which is read or knowingly passed over",
    (heading) => {
      const { sure, candidates } = columnsCalled(heading);
      expect([sure, candidates.length]).toEqual([true, 1]);
    },
  );

  it.each(["台账.xlsx", "台账.csv"])("as %s comes in again as the same", async (name) => {
    const { wuding, path, db } = await givenLedger(name);
    const before = readFileSync(db);
    const { exitCode, out } = await wuding([
      "import",
      path,
      "--json",
      "--update",
      "--reason",
      "核对",
    ]);
    expect(exitCode).toBe(0);
    expect((JSON.parse(out) as Answer).counts).toMatchObject({ rows: 11, same: 11, recorded: 0 });
    expect(readFileSync(db).equals(before)).toBe(true);
  });

  it("fills an empty casebook", async () => {
    const { path } = await givenLedger("台账.xlsx");
    const other = givenProgram();
    const { exitCode, out } = await other.wuding(["import", path, "--json"]);
    expect(exitCode).toBe(0);
    expect((JSON.parse(out) as Answer).counts).toMatchObject({ new: 11, recorded: 11 });
    const again = await other.wuding(["import", path, "--json"]);
    expect((JSON.parse(again.out) as Answer).counts).toMatchObject({ same: 11, recorded: 0 });
  });

  it("keeps the 督办领导 and the remarks of a list, each in its column", async () => {
    const program = givenProgram({ LANG: "zh_CN.UTF-8" });
    const { wuding, write } = program;
    const list = write(
      "交办清单.csv",
      "件别,编号,届次,案由,提案人,督办领导,备注,交办日期\n政协提案,122,十五届五次,关于公交的建议,李楠,张副市长,重点提案,2021-04-02\n",
    );
    await wuding(["import", list]);
    const path = join(program.folder, "台账.csv");
    await wuding(["export", path]);
    const [headings = [], cells = []] = readFileSync(path, "utf8")
      .split(/\r?\n/)
      .map((line) => line.split(","));
    const under = (heading: string) => cells[headings.findIndex((one) => one.includes(heading))];
    expect([under("督办领导"), under("备注")]).toEqual(['"张副市长"', '"重点提案"']);
    const { out } = await wuding(["import", path, "--json"]);
    expect((JSON.parse(out) as Answer).counts).toMatchObject({ same: 1, recorded: 0 });
    expect(out).not.toContain("备注不能更正");
    // what a note cannot take any more is told, cell by cell
    const edited = write("改.csv", readFileSync(path, "utf8").replace("张副市长", "王副市长"));
    const told = (await wuding(["import", edited])).out;
    expect(told).toMatch(/未记入（备注不能更正）：[A-Z]+2 督办领导/);
    // a casebook elsewhere takes both over, once
    const other = givenProgram({ LANG: "zh_CN.UTF-8" });
    await other.wuding(["import", path]);
    const elsewhere = join(other.folder, "台账.csv");
    await other.wuding(["export", elsewhere]);
    expect(readFileSync(elsewhere, "utf8")).toContain('"张副市长"');
    expect(readFileSync(elsewhere, "utf8").match(/张副市长/gu)).toHaveLength(1);
  });

  it("changes exactly what was edited in it", async () => {
    const { wuding, write, path, program } = await givenLedger("台账.csv");
    const given = readFileSync(path, "utf8");
    const edited = given
      .replace("关于推广智慧停车的建议", "关于大力推广智慧停车的建议")
      .replace(/(cppcc\/15-5\/901.*)经办人甲/u, "$1经办人新")
      .replace(/(cppcc\/15-5\/910.*)"基本满意"/u, '$1"满意"');
    const list = write("改过.csv", edited);
    const update = ["--update", "--reason", "依台账更正"];
    const { exitCode } = await wuding(["import", list, ...update]);
    expect(exitCode).toBe(0);
    const after = join(program.folder, "其后.csv");
    await wuding(["export", after]);
    const cellsOf = (text: string): string[] => text.split(/,|\r?\n/);
    const [was, wanted, is] = [given, edited, readFileSync(after, "utf8")].map(cellsOf);
    expect(is).toEqual(wanted);
    expect(is?.filter((cell, at) => cell !== was?.[at])).toHaveLength(3);
  });
});
