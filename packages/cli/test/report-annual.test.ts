/** @module report-annual.test — the year's summary in files, held against an edited text and against what was published. */
import { readFileSync } from "node:fs";
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
  it("is held against the cases", async () => {
    const { typed, write } = await givenYear();
    const text = "2021年，市大数据局共收到政协提案12件。\n主动加强与代表的沟通衔接。";
    const ran = await typed(`report annual --year 2021 --check ${write("edited.txt", text)}`);
    expect(ran.err).toBe(
      "注意：第1段：写政协提案12件，所记为11件\n注意：第2段：写了“代表”，而本年没有代表提出的办件（应为委员）\n",
    );
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
