/** @module import.test — a list of cases taken in: every row answered, nothing changed that was not asked for. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { GivenProgram, Ran } from "./given-program.ts";
import { givenProgram } from "./given-program.ts";

type Row = Readonly<{
  row: number;
  case: string | null;
  verdict: string;
  recorded: boolean;
  events?: string[];
  version?: number;
  differences?: {
    cell: string;
    column: string;
    theirs: unknown;
    ours: unknown;
    planned: boolean;
  }[];
  remarks?: string[];
  title?: { given: string; suggested: string; taken: boolean };
  error?: { code: string; message: string; cell?: string; column?: string };
}>;
type Answer = Readonly<{
  file: string;
  dryRun: boolean;
  columns: { read: string[]; computed: string[]; notes: string[]; told: object }[];
  skipped: string[];
  rows: Row[];
  counts: Record<string, number>;
}>;

const answerOf = ({ out }: Ran): Answer => JSON.parse(out) as Answer;

const zh = (): GivenProgram => givenProgram({ LANG: "zh_CN.UTF-8" });

const quoted = (cell: string): string =>
  /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const csv = (...rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");

const headings = ["件别", "届次", "编号", "案由", "提案人", "承办角色", "交办日期"];
const row = (number: string, fields: Readonly<Partial<Record<string, string>>> = {}): string[] =>
  headings.map(
    (heading) =>
      fields[heading] ??
      {
        件别: "政协提案",
        届次: "十五届五次",
        编号: number,
        案由: `关于第${number}件事的建议`,
        提案人: "李楠",
        承办角色: "独办",
        交办日期: "2021年4月2日",
      }[heading] ??
      "",
  );

const imported = async (
  { wuding, write }: GivenProgram,
  contents: string,
  ...options: readonly string[]
): Promise<Ran> => wuding(["import", write("list.csv", contents), "--json", ...options]);

describe("a list of new cases", () => {
  it("goes in row by row, and importing it again changes nothing", async () => {
    const program = zh();
    const list = csv(headings, row("122"), row("123", { 提案人: "张三、李四", 承办角色: "会办" }));
    const first = await imported(program, list);
    expect(first.exitCode).toBe(0);
    expect(answerOf(first).rows).toEqual([
      {
        sheet: expect.any(String) as string,
        row: 2,
        case: "cppcc/15-5/122",
        verdict: "new",
        recorded: true,
        events: ["CaseReceived"],
        version: 1,
      },
      expect.objectContaining({ row: 3, case: "cppcc/15-5/123", verdict: "new" }) as object,
    ]);
    const before = readFileSync(program.db);
    const again = await imported(program, list);
    expect(again.exitCode).toBe(0);
    expect(answerOf(again).counts).toEqual({
      rows: 2,
      new: 0,
      same: 2,
      differs: 0,
      refused: 0,
      recorded: 0,
    });
    expect(readFileSync(program.db).equals(before)).toBe(true);
    const shown = JSON.parse((await program.typed("show 123 --json")).out) as object;
    expect(shown).toMatchObject({
      proposers: [{ name: "张三" }, { name: "李四" }],
      proposerType: "joint",
      role: "assist",
      dispatchedOn: "2021-04-02",
    });
  });

  it("leaves no casebook behind in a dry run", async () => {
    const program = zh();
    const run = await imported(program, csv(headings, row("122")), "--dry-run");
    expect(answerOf(run)).toMatchObject({
      dryRun: true,
      rows: [{ verdict: "new", recorded: false }],
    });
    expect(program.hasCasebook()).toBe(false);
  });

  it("is read under title lines, in any order, with Chinese or English headings", async () => {
    const program = zh();
    const list = csv(
      ["市政协十五届五次会议提案交办清单"],
      ["临沂市人民政府办公室　2021年4月2日"],
      ["序号", "Title", "提案者", "编号", "联系地址", "办理方式"],
      ["1", "关于推广智慧停车的建议", "张三等12名委员", "第122号", "市府路1号", "主办"],
    );
    const run = await imported(program, list);
    expect(answerOf(run)).toMatchObject({
      columns: [
        { computed: ["序号"], notes: ["联系地址"], told: { kind: "cppcc", session: "15-5" } },
      ],
      rows: [{ row: 4, case: "cppcc/15-5/122", verdict: "new", recorded: true }],
    });
    const history = JSON.parse((await program.typed("history 122 --json")).out) as {
      data: { note: string };
    }[];
    expect(history[0]?.data.note).toBe("提案者：张三等12名委员\n联系地址：××");
  });
});

describe("personal data", () => {
  it("of the proposer is sealed; what is not known is neither read nor put into a note", async () => {
    const program = zh();
    const list = csv(
      [...headings, "界别", "提案人电话", "联系电话", "会场"],
      [...row("1"), "经济界", "13800000000", "13900000000", "一楼"],
    );
    const run = await imported(program, list);
    expect(answerOf(run).columns).toMatchObject([{ personal: ["联系电话"], notes: ["会场"] }]);
    const history = (await program.typed("history 1 --json")).out;
    expect(history).not.toMatch(/13[89]00000000/);
    expect(JSON.parse((await program.typed("show 1 --json")).out)).toMatchObject({
      proposers: [{ name: "李楠", sector: "经济界", phone: "13800000000" }],
    });
    expect(answerOf(await imported(program, list)).counts).toMatchObject({ same: 1 });
  });
});

describe("telephone numbers", () => {
  it("get neither into a name, a unit nor a note, and the row says so", async () => {
    const program = zh();
    const list = csv(
      [...headings, "提案人单位", "备注", "督办领导"],
      [...row("1", { 提案人: "张三（13900001111）、李四等12名委员" }), "", "", ""],
      [...row("2", { 提案人: "王五" }), "市一中 13900003333", "催办 13900005555", ""],
      [...row("3"), "", "", "李市长 13700007777"],
    );
    const run = await imported(program, list);
    const { rows } = answerOf(run);
    expect(rows.map(({ verdict }) => verdict)).toEqual(["new", "new", "new"]);
    expect(rows.map(({ remarks }) => remarks?.at(-1))).toEqual([
      expect.stringContaining("E2 提案人"),
      "I3 备注：手机号码未写入备注（以××代替）",
      "J4 督办领导：手机号码未写入备注（以××代替）",
    ]);
    for (const number of ["1", "2", "3"]) {
      expect((await program.typed(`history ${number} --json`)).out).not.toMatch(/1[37]90000/);
    }
    expect(JSON.parse((await program.typed("show 2 --json")).out)).toMatchObject({
      proposers: [{ name: "王五", unit: "市一中", phone: "13900003333" }],
    });
    expect(answerOf(await imported(program, list)).counts).toMatchObject({ same: 3 });
  });
});

describe("a telephone number in the name of who handles the case", () => {
  const five = ["承办科室", "经办人", "办理时限", "办理任务", "责任要求"];
  const handled = (person: string, department = "规划科"): string[] => {
    const rest = ["2021-06-20", "答复", "科长负总责"];
    return [department, person, ...rest];
  };

  it("is refused with its cell, the reason and the name that would be left; nothing of the row goes in", async () => {
    const program = zh();
    const list = csv(
      [...headings, ...five],
      [...row("1"), ...handled("张三 13812345678")],
      [...row("2"), ...handled("李四（电话：8012345）")],
      [...row("3"), ...handled("13812345678")],
      [...row("4"), ...handled("王五", "规划科 0539-8012345")],
      [...row("5"), ...handled("王五", "12345热线办")],
    );
    for (const options of [["--dry-run"], []]) {
      const run = await imported(program, list, ...options);
      const { rows } = answerOf(run);
      const verdicts = rows.map(({ verdict }) => verdict).join(" ");
      expect(verdicts).toBe("refused refused refused refused new");
      expect(rows.slice(0, 4).map(({ error }) => [error?.cell, error?.column])).toEqual([
        ["I2", "经办人"],
        ["I3", "经办人"],
        ["I4", "经办人"],
        ["H5", "承办科室"],
      ]);
      expect(rows[0]?.error?.message).toContain("有电话号码，不予记录；建议改为“张三”");
      expect(rows[1]?.error?.message).toContain("建议改为“李四”");
      expect(rows[2]?.error?.message).toContain("只有电话号码");
      expect(rows[3]?.error?.message).toContain("建议改为“规划科”");
      expect(run.out).not.toMatch(/8012345|13812345678/);
    }
    expect((await program.typed("show 1")).exitCode).toBe(4);
    expect(JSON.parse((await program.typed("show 5 --json")).out)).toMatchObject({
      assignment: { department: "12345热线办", person: "王五" },
    });
  });
});

describe("the sum at the end", () => {
  it.each([
    [1, "1 row: 1 new,"],
    [2, "2 rows: 2 new,"],
  ])("of %i in English", async (count, sum) => {
    const { typed, write } = givenProgram();
    const rows = ["1", "2"].slice(0, count).map((number) => row(number));
    const { out } = await typed(`import ${write("list.csv", csv(headings, ...rows))}`);
    expect(out).toContain(sum);
  });
});

describe("days that belong together", () => {
  const update = ["--update", "--reason", "依台账更正"];

  it("move together where the list tells only the dispatch, and are shown to", async () => {
    const program = zh();
    await imported(program, csv(headings, row("1")));
    const later = csv(headings, row("1", { 交办日期: "2021-04-09" }));
    const shown = await imported(program, later, "--dry-run");
    expect(answerOf(shown).rows[0]?.differences).toMatchObject([
      { column: "交办日期", cell: "G2", theirs: "2021-04-09", ours: "2021-04-02" },
      { column: "接收日期", cell: "G2", theirs: "2021-04-09", ours: "2021-04-02" },
    ]);
    expect(answerOf(await imported(program, later, ...update)).counts).toMatchObject({
      recorded: 1,
    });
    expect(answerOf(await imported(program, later)).counts).toMatchObject({ same: 1 });
  });

  it("are refused where they contradict each other", async () => {
    const program = zh();
    const both = [...headings, "接收日期"];
    await imported(program, csv(both, [...row("1"), "2021-04-03"]));
    const list = csv(both, [...row("1", { 交办日期: "2021-04-09" }), "2021-04-03"]);
    const run = await imported(program, list, ...update);
    expect(run.exitCode).toBe(2);
    expect(answerOf(run).rows[0]?.error).toMatchObject({
      cell: "H2",
      message: expect.stringContaining("互相矛盾") as string,
    });
  });
});

describe("a number", () => {
  it("is taken as it stands, or refused with its cell", async () => {
    const program = zh();
    const run = await imported(program, csv(headings, row("203-1"), row("第77、78号")));
    expect(answerOf(run).rows).toMatchObject([
      { case: "cppcc/15-5/203-1", verdict: "new" },
      {
        sheet: "list.csv",
        verdict: "refused",
        error: { cell: "C3", message: "C3 编号 应为一个编号（“第77、78号”里不止一个）。" },
      },
    ]);
  });
});

describe("bad rows", () => {
  it("are named with row, column and reason, and good ones go in", async () => {
    const program = zh();
    const list = csv(
      headings,
      row("1", { 交办日期: "2021年6月31日" }),
      row("2", { 案由: "=1+1" }),
      row("3", { 承办角色: "参与" }),
      row("4", { 件别: "信访件" }),
      row("5", { 提案人: "" }),
      row("6", { 交办日期: "9月31日" }),
      row("7", { 交办日期: "2027-04-02" }),
      row("8"),
    );
    const run = await imported(program, list);
    expect(run.exitCode).toBe(2);
    const answer = answerOf(run);
    const bad = answer.rows.flatMap(({ row: at, error }) =>
      error === undefined ? [] : [[at, error.cell, error.message]],
    );
    expect(bad).toEqual([
      [2, "G2", "G2 交办日期 2021年6月31日 不存在。"],
      [3, "D3", "D3 案由 应为文字（不能是公式）。"],
      [4, "F4", "F4 承办角色 应为独办、主办、分办、协办之一（不能是“参与”）。"],
      [5, "A5", "A5 件别 应为政协提案、人大代表建议之一（不能是“信访件”）。"],
      [6, undefined, "缺少：提案人（proposers）。"],
      [7, "G7", "G7 交办日期 9月31日 不存在。"],
      [8, "G8", "G8 交办日期 2027-04-02 晚于今天（2021-12-31）。"],
    ]);
    expect(answer.counts).toMatchObject({ new: 1, refused: 7, recorded: 1 });
  });

  it("are both refused where one number has two titles, each naming the other", async () => {
    const program = zh();
    const list = csv(headings, row("1"), row("2"), row("1", { 案由: "关于另一件事的建议" }));
    const { exitCode, out } = await imported(program, list);
    const { rows } = JSON.parse(out) as Answer;
    expect(exitCode).toBe(2);
    expect(rows.map(({ verdict }) => verdict)).toEqual(["refused", "new", "refused"]);
    expect(rows[0]?.error?.message).toContain("关于另一件事的建议");
    expect(rows[2]?.error?.message).toContain("关于第1件事的建议");
  });

  it("are the same where a row only comes twice", async () => {
    const { rows } = answerOf(await imported(zh(), csv(headings, row("1"), row("1"))));
    expect(rows.map(({ verdict }) => verdict)).toEqual(["new", "same"]);
  });

  it("a row that the engine refuses is not recorded by halves", async () => {
    const program = zh();
    const list = csv(
      [...headings, "答复日期", "结果类别"],
      [...row("1"), "2021-06-30", "A"],
      [...row("2"), "", ""],
    );
    const run = await imported(program, list);
    expect(run.exitCode).toBe(3);
    expect(answerOf(run).rows).toMatchObject([
      {
        verdict: "refused",
        recorded: false,
        error: { code: "RULE_REFUSED", cell: "H2", column: "答复日期" },
      },
      { verdict: "new", recorded: true },
    ]);
    expect((await program.typed("show 1")).exitCode).toBe(4);
  });
});

describe("a header", () => {
  it.each([
    [[...headings, "案由"], "H1 案由", "只出现一次"],
    [[...headings, "标题"], "H1 标题", "D1“案由”"],
    [headings.filter((one) => one !== "案由"), "案由", "缺少"],
    [headings.filter((one) => one !== "届次"), "届次", "缺少"],
  ])("%j is refused by name", async (given, name, why) => {
    const program = zh();
    const run = await imported(
      program,
      csv(
        given,
        given.map((_one, at) => `值${at}`),
      ),
    );
    expect(run.exitCode).toBe(2);
    expect(run.err).toContain(name);
    expect(run.err).toContain(why);
    expect(program.hasCasebook()).toBe(false);
  });

  it("that is not there is said so", async () => {
    const run = await imported(zh(), csv(["甲", "乙"], ["1", "2"]));
    expect(run.exitCode).toBe(2);
    expect(run.err).toContain("表头");
  });
});

const wholeHeadings = [
  ...headings,
  ..."签收日期 签收人 五定日期 承办科室 经办人 办理时限 办理任务 责任要求".split(" "),
  ..."首次沟通 沟通方式 首次见面 见面方式 答复日期 类别 公开方式 反馈日期 态度 结果 办结日期".split(
    " ",
  ),
];
const whole = (number: string): string[] => [
  ...row(number),
  ..."2021-04-03 收发员 2021/4/6 规划科 甲 2021.6.20 答复 科长负总责".split(" "),
  ..."2021-4-8 电话 2021-5-20 走访 2021-6-10 A类 主动公开".split(" "),
  ..."2021-7-1 满意 基本满意 2021-8-1".split(" "),
];

describe("a whole ledger", () => {
  it("goes in with every fact that its columns say", async () => {
    const program = zh();
    const run = await imported(program, csv(wholeHeadings, whole("122")));
    expect(answerOf(run).rows).toMatchObject([
      {
        verdict: "new",
        events: [
          "CaseReceived",
          "ReceiptSigned",
          "CaseAssigned",
          "ContactRecorded",
          "ContactRecorded",
          "ReplyDelivered",
          "FeedbackReceived",
          "CaseClosed",
        ],
      },
    ]);
    const again = await imported(program, csv(wholeHeadings, whole("122")));
    expect(answerOf(again).counts).toMatchObject({ same: 1, recorded: 0 });
  });

  const edited = whole("122").map(
    (cell, at) =>
      ({ 案由: "关于新案由的建议", 经办人: "乙", 结果: "满意" })[wholeHeadings[at] ?? ""] ?? cell,
  );

  it("shows what differs and leaves it alone", async () => {
    const program = zh();
    await imported(program, csv(wholeHeadings, whole("122")));
    const run = await imported(program, csv(wholeHeadings, edited));
    expect(run.exitCode).toBe(5);
    expect(answerOf(run).rows[0]?.differences).toMatchObject([
      { column: "案由", theirs: "关于新案由的建议", ours: "关于第122件事的建议", planned: false },
      { column: "经办人", cell: "L2", theirs: "乙", ours: "甲" },
      { column: "结果", theirs: "satisfied", ours: "mostly" },
    ]);
    const again = await imported(program, csv(wholeHeadings, whole("122")));
    expect(answerOf(again).counts).toMatchObject({ same: 1 });
  });

  it("is amended in exactly the fields that differ, when that is asked for with a reason", async () => {
    const program = zh();
    await imported(program, csv(wholeHeadings, whole("122")));
    const without = await imported(program, csv(wholeHeadings, edited), "--update");
    expect(without.exitCode).toBe(2);
    expect(without.err).toContain("--reason");
    const list = csv(wholeHeadings, edited);
    const run = await imported(program, list, "--update", "--reason", "依台账更正");
    expect(run.exitCode).toBe(0);
    expect(answerOf(run).rows).toMatchObject([{ verdict: "differs", recorded: true, version: 11 }]);
    const history = JSON.parse((await program.typed("history 122 --json")).out) as {
      type: string;
      data: { fields?: string[]; reason?: string };
    }[];
    const amended = history.filter(({ type }) => type === "EntryAmended").map(({ data }) => data);
    expect(amended.map(({ fields }) => fields)).toEqual([["title"], ["person"], ["result"]]);
    expect(amended[0]?.reason).toBe("依台账更正");
    const again = await imported(program, list, "--update", "--reason", "依台账更正");
    expect(answerOf(again).counts).toMatchObject({ same: 1, recorded: 0 });
  });

  it("keeps what is recorded where a cell was emptied, and says so", async () => {
    const program = zh();
    await imported(program, csv(wholeHeadings, whole("122")));
    const emptied = whole("122").map((cell, at) => (wholeHeadings[at] === "经办人" ? "" : cell));
    const list = csv(wholeHeadings, emptied);
    const run = await imported(program, list, "--update", "--reason", "依台账更正");
    expect(answerOf(run).rows).toMatchObject([
      { verdict: "same", remarks: ["单元格为空，原记录保留：L2 经办人"] },
    ]);
    expect((await imported(program, csv(wholeHeadings, whole("122")))).out).not.toContain("单元格");
  });

  it("names the cell that cannot be amended, and foresees it", async () => {
    const program = zh();
    const published = [...wholeHeadings, "公开日期"];
    const line = [...whole("122"), "2021-06-12"];
    await imported(program, csv(published, line));
    const at = (column: string): number => wholeHeadings.indexOf(column);
    // the reply may well have been given on another day; its disclosure has been acted upon
    const withheld = csv(
      published,
      line.with(at("公开方式"), "不公开").with(at("答复日期"), "2021-06-09"),
    );
    const foreseen = await imported(program, withheld, "--dry-run");
    expect(answerOf(foreseen).rows[0]).toMatchObject({
      verdict: "differs",
      remarks: [expect.stringMatching(/^如用 --update，此行将被拒绝：[A-Z]+2 公开方式：/)],
    });
    const run = await imported(program, withheld, "--update", "--reason", "依台账更正");
    expect(answerOf(run).rows[0]).toMatchObject({
      verdict: "refused",
      error: { column: "公开方式" },
    });
  });

  it("records what its columns newly say, when that is asked for", async () => {
    const program = zh();
    await imported(program, csv(headings, row("122")));
    const list = csv(wholeHeadings, whole("122"));
    const shown = await imported(program, list);
    expect(shown.exitCode).toBe(5);
    expect(answerOf(shown).rows[0]?.differences?.[0]).toMatchObject({
      column: "签收日期",
      theirs: "2021-04-03",
      ours: null,
    });
    const run = await imported(program, list, "--update", "--reason", "补记");
    expect(answerOf(run).rows[0]?.events).toHaveLength(7);
    expect(answerOf(await imported(program, list)).counts).toMatchObject({ same: 1 });
  });

  it("keeps an incomplete 五定 as a note and says so", async () => {
    const program = zh();
    const list = csv([...headings, "承办科室", "经办人"], [...row("1"), "规划科", "甲"]);
    const run = await imported(program, list);
    expect(answerOf(run).rows).toMatchObject([
      { verdict: "new", events: ["CaseReceived"], remarks: [expect.stringContaining("办理时限")] },
    ]);
    expect(answerOf(await imported(program, list)).counts).toMatchObject({ same: 1 });
  });
});

describe("a title with something glued to it", () => {
  const glued = "万博登录官网|360足球直播|主页推进城市精细管理的建议 打印 关闭";

  it("is shown as it might read, and taken as it is", async () => {
    const program = zh();
    const run = await imported(program, csv(headings, row("1", { 案由: glued })));
    expect(answerOf(run).rows[0]?.title).toMatchObject({
      given: glued,
      suggested: "推进城市精细管理的建议",
      taken: false,
    });
    expect((await program.typed("show 1 --json")).out).toContain(glued);
  });

  it("is cleaned only when that is asked for, and is the same when it comes again", async () => {
    const program = zh();
    const list = csv(headings, row("1", { 案由: glued }));
    await imported(program, list, "--clean-titles");
    const { title } = JSON.parse((await program.typed("show 1 --json")).out) as { title: string };
    expect(title).toBe("推进城市精细管理的建议");
    expect(answerOf(await imported(program, list)).counts).toMatchObject({ same: 1 });
  });
});

describe("for people", () => {
  it("tells what differs in sentences that fit the words of the list", async () => {
    const program = zh();
    await imported(program, csv(headings, row("1")));
    const path = program.write("list.csv", csv(headings, row("1", { 承办角色: "主办" }), row("2")));
    const { out, err, exitCode } = await program.wuding(["import", path, "--dry-run"]);
    expect(exitCode).toBe(5);
    expect(out).toMatch(
      /2 {2}不同 {2}cppcc\/15-5\/1\n {2}F2 承办角色：清单：“主办”；已记录：“独办”\n/,
    );
    expect(out).toContain("共 2 行：新件 1，相同 0，不同 1，拒绝 0；未记录任何内容（--dry-run）。");
    expect(err).toContain("--update --reason");
  });
});
