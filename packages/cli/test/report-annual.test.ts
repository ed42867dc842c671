/** @module report-annual.test — the year's summary in files, held against an edited text and against what was published. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorOf, givenProgram } from "./given-program.ts";

const commands = fileURLToPath(
  new URL("../../../examples/linyi-2021/commands.jsonl", import.meta.url),
);

/** The year of the example, in Chinese. */
const givenYear = async () => {
  const program = givenProgram({ LANG: "zh_CN.UTF-8" });
  expect(await program.wuding(["apply", commands])).toMatchObject({ exitCode: 0 });
  const path = (name: string): string => join(program.folder, name);
  const read = (name: string): string => readFileSync(path(name), "utf8");
  return { ...program, path, read };
};

describe("the summary in a file", () => {
  it("is Markdown with the sentences of the terminal and the size of the log", async () => {
    const { typed, path, read } = await givenYear();
    const made = await typed(`report annual --year 2021 ${path("2021.md")}`);
    expect(made).toMatchObject({ exitCode: 0 });
    expect(read("2021.md")).toMatch(
      /^# 临沂市大数据局2021年度办理政协提案工作总结\n\n## 一、基本情况\n/,
    );
    expect(read("2021.md")).toContain("三个100%");
    expect(read("2021.md")).toMatch(/办件库记录 \d+ 条，根哈希 /);
  });

  it("is a page with five charts, each with its figures in words, and nothing from elsewhere", async () => {
    const { typed, path, read } = await givenYear();
    await typed(`report annual --year 2021 ${path("2021.html")}`);
    const page = read("2021.html");
    expect(page.match(/<svg [^>]*role="img"/g)).toHaveLength(5);
    expect(page.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(5);
    expect(page.match(/<figure class="chart">[\s\S]*?<table>/g)).toHaveLength(5);
    expect(page).not.toMatch(/https?:|style="|<script/);
    expect(page).toContain("<td>12月</td><td>100%</td><td>100%</td><td>100%</td>");
    await typed(`report annual --year 2021 ${path("again.html")}`);
    expect(read("again.html")).toBe(page);
  });

  it("is a Word file, the same bytes each time", async () => {
    const { typed, path } = await givenYear();
    for (const name of ["2021.docx", "again.docx"]) {
      const made = await typed(`report annual --year 2021 ${path(name)}`);
      expect(made).toMatchObject({ exitCode: 0 });
    }
    const [one, other] = ["2021.docx", "again.docx"].map((name) => readFileSync(path(name)));
    expect(one?.subarray(0, 2).toString()).toBe("PK");
    expect(other?.equals(one ?? Buffer.alloc(0))).toBe(true);
  });

  it("carries the newest checkpoint as a QR code, where there is one", async () => {
    const { typed, path, read } = await givenYear();
    await typed("audit checkpoint");
    await typed(`report annual --year 2021 ${path("2021.html")}`);
    expect(read("2021.html")).toContain("<figcaption>检查点（签名）</figcaption>");
  });

  it("replaces no other file, and is of a kind that the program knows", async () => {
    const { typed, write, path } = await givenYear();
    const taken = await typed(`report annual --year 2021 ${write("2021.md", "我的")} --json`);
    expect([taken.exitCode, errorOf(taken).code]).toEqual([5, "FILE_EXISTS"]);
    const other = await typed(`report annual --year 2021 ${path("2021.pdf")} --json`);
    expect([other.exitCode, errorOf(other).code]).toEqual([2, "INVALID_INPUT"]);
  });

  it("escapes what a title says in Markdown and HTML", async () => {
    const { wuding, typed, folder } = givenProgram({ LANG: "zh_CN.UTF-8" });
    const receive =
      "receive --kind cppcc --session 15-5 --number 1 --proposer 李楠 --on 2021-04-02";
    const [title, block] = ["关于<script>alert(1)</script>*的*建议", "<b>数据</b>"];
    await wuding([...receive.split(" "), "--title", title, "--block", block]);
    const textOf = async (name: string): Promise<string> => {
      await typed(`report annual --year 2021 ${join(folder, name)}`);
      return readFileSync(join(folder, name), "utf8");
    };
    expect(await textOf("x.html")).not.toMatch(/<script>alert|<b>/);
    expect(await textOf("x.md")).not.toMatch(/[^\\]<(script|b)>/);
  });
});

describe("a summary that was edited", () => {
  /** The check of the summary that the program writes, with words replaced by others. */
  const checking = async (...edits: readonly (readonly [string, string])[]) => {
    const program = await givenYear();
    const { typed, write, path, read } = program;
    await typed(`report annual --year 2021 ${path("own.md")}`);
    const edited = edits.map(([words, others]) => {
      expect(read("own.md")).toContain(words);
      return write(`${others}.md`.replaceAll("/", ""), read("own.md").replace(words, others));
    });
    const check = (file: string, options = "") =>
      typed(`report annual --year 2021 --check ${file} ${options}`);
    return { ...program, edited, check };
  };

  it("is held against the cases, and what is wrong is the answer", async () => {
    const { typed, write } = await givenYear();
    const text = "2021年，市大数据局共收到政协提案12件。\n\n主动加强与代表的沟通衔接。";
    const ran = await typed(`report annual --year 2021 --check ${write("edited.txt", text)}`);
    expect(ran).toMatchObject({ exitCode: 3, err: "" });
    expect(ran.out.trim().split("\n")).toEqual([
      "第1段：写“市大数据局共收到政协提案12件”，按所记的办件应为11",
      "第2段：写了“代表”，而本年没有代表提出的办件（应为委员）",
      "发现2处不符：核对了2个数字，另有0个数字办件库无从核对。",
    ]);
  });

  it("is sound as the program wrote it, with how much of it could be compared", async () => {
    const { check, path } = await checking();
    const ran = await check(path("own.md"));
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toMatch(/^未发现不符：核对了\d{2}个数字，另有\d个数字办件库无从核对。\n$/);
  });

  it("has each changed figure named", async () => {
    const edits = [
      ["占63.64%", "占70%"],
      ["7件，占", "8件，占"],
      ["电话联系11次", "电话联系12次"],
      ["意见建议10条", "意见建议12条"],
      ["兑现2项", "兑现3项"],
      ["收回11份", "收回10份"],
      ["覆盖11件", "覆盖10件"],
      ["11件提案逐一", "10件提案逐一"],
      ["智慧城市建设4件", "智慧城市建设5件"],
      ["11月8日", "11月9日"],
      ["见面率100%", "见面率99%"],
      ["2021年，", "2022年，"],
      ["登门走访5次", "登门走访5次、实地调研3次"],
      ["政协提案11件", "政协提案十二件"],
      ["占63.64%", "占百分之七十"],
    ] as const;
    const { check, edited } = await checking(...edits);
    for (const [at, file] of edited.entries()) {
      const ran = await check(file);
      expect([edits[at], ran.exitCode]).toEqual([edits[at], 3]);
      expect([edits[at], ran.out.match(/^第\d+段：/gm)]).toEqual([edits[at], [expect.any(String)]]);
    }
  });

  it("may say of other things and other years what it likes, and the same in words", async () => {
    const edits = [
      ["电话联系11次", "电话联系十一次"],
      ["已全部按期办结", "较2020年收到政协提案9件增加2件，已全部按期办结"],
      ["做到件件有落实", "报送信息25篇，召开调度会议6次，做到件件有落实"],
      ["2021年，临沂市大数据局", "2021年，我局"],
    ] as const;
    const { check, edited } = await checking(...edits);
    for (const file of edited) {
      const ran = await check(file);
      expect([ran.exitCode, ran.out]).toEqual([0, expect.stringContaining("未发现不符")]);
    }
  });

  it("gives programs its problems, and never passes for what was published", async () => {
    const { check, edited, typed, path } = await checking(["收回11份", "收回10份"]);
    const [file = ""] = edited;
    await typed("report annual --year 2021 --freeze");
    expect((await check(file)).out).not.toContain("与定稿的数字一致");
    expect((await check(path("own.md"))).out).toContain("与定稿的数字一致");
    const ran = await check(file, "--json");
    expect(ran.exitCode).toBe(3);
    expect(JSON.parse(ran.out)).toMatchObject({
      problems: [expect.stringContaining("应为11")],
      compared: expect.any(Number),
    });
  });

  it("is not published while it is wrong", async () => {
    const { check, edited, folder } = await checking(["收回11份", "收回10份"]);
    const ran = await check(edited[0] ?? "", "--freeze");
    expect(ran.err).toContain("也没有定稿");
    expect(readdirSync(folder).filter((name) => name.endsWith(".docx"))).toEqual([]);
  });

  it("may be saved by a word processor as plain text, but not as a Word file", async () => {
    const { typed, check, path, folder } = await checking();
    const text = Buffer.from([0xd5, 0xfe, 0xd0, 0xad, 0xcc, 0xe1, 0xb0, 0xb8]);
    writeFileSync(join(folder, "gb.txt"), text);
    expect(await check(path("gb.txt"))).toMatchObject({ exitCode: 0 });
    await typed(`report annual --year 2021 ${path("x.docx")}`);
    const refused = await check(path("x.docx"));
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain("另存为 .txt 或 .md");
  });
});

describe("a year to come", () => {
  it("has no summary", async () => {
    const { typed } = await givenYear();
    const refused = await typed("report annual --year 2031 --json");
    expect([refused.exitCode, errorOf(refused).code]).toEqual([2, "INVALID_INPUT"]);
  });
});

describe("published figures", () => {
  it("are kept only where the file that publishes them could be written", async () => {
    const { typed, path } = await givenYear();
    const size = async (): Promise<unknown> =>
      (JSON.parse((await typed("audit verify --json")).out) as { size: number }).size;
    const before = await size();
    const refused = await typed(`report annual --year 2021 ${path("nowhere/2021.md")} --freeze`);
    expect(refused.exitCode).toBe(7);
    expect(await size()).toBe(before);
  });

  it("leave a file that was written, and say so, where they may not be kept", async () => {
    const { typed, path, read } = await givenYear();
    const refused = await typed(`report annual --year 2019 ${path("2019.md")} --freeze`);
    expect(refused.exitCode).toBe(3);
    expect(refused.err).toContain("文件已写出，但没有定稿：");
    expect(read("2019.md")).toContain("2019");
  });

  it("are kept, and a later report says what differs and by which case", async () => {
    const { typed } = await givenYear();
    expect((await typed("report annual --year 2021 --freeze")).err).toContain("已定稿");
    expect((await typed("report annual --year 2021 --freeze")).err).toContain(
      "此前已按相同的数字定稿",
    );
    expect((await typed("report annual --year 2021")).out).toContain(
      "与定稿的数字一致：2021-12-31 定稿",
    );
    await typed(
      "receive --kind cppcc --session 15-5 --number 999 --title 关于补记的建议 --proposer 委员子 --dispatched-on 2021-12-01 --on 2021-12-01",
    );
    const { out } = await typed("report annual --year 2021");
    expect(out).toContain("收到  11 → 12");
    expect(out).toContain("cppcc/15-5/999  关于补记的建议");
    const json = JSON.parse((await typed("report annual --year 2021 --json")).out) as {
      published: { changed: { id: string }[] };
    };
    expect(json.published.changed.map(({ id }) => id)).toContain("received:cppcc");
    expect(await typed("audit verify")).toMatchObject({ exitCode: 0 });
  });
});
