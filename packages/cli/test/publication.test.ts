/** @module publication.test — the record of 政府信息公开: what it says, what it leaves out, and when it is refused. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";

const letter = `李楠委员:
您提出的《关于改进政务信息化建设的建议》的提案收悉，现答复如下：
一、政务信息化建设现状
全市83个部门534个业务系统上云，3616个账号。如有疑问请致电0539-8727051或者138 0013 8000。
二、下步打算
联系人：王建国，联系电话：8727051；身份证371302199001011234；地址：临沂市北城新区1号。
邮箱 wang@example.cn，微信号：wang_jg88，QQ 12345678。`;

/** A case that was answered with this letter. */
const answered = async (how: string, text = letter) => {
  const program = givenProgram({ LANG: "zh_CN.UTF-8" });
  const { typed, wuding, write, folder } = program;
  await typed("init --office 临沂市大数据局");
  await typed(received);
  await typed(assigned);
  await typed("contact 122 --mode visit --on 2021-05-10");
  const file = write("letter.txt", text);
  const asked = `answer 122 --result A --on 2021-06-28 ${how} --contact-person 赵敏 --contact-phone 8123456`;
  const ran = await wuding([...asked.trim().split(/\s+/), "--text", readFileSync(file, "utf8")]);
  expect(ran).toMatchObject({ exitCode: 0 });
  const path = (name: string): string => join(folder, name);
  const record = async (options = "") => {
    const out = path("record.json");
    const made = await typed(`document 122 publication ${out} ${options}`);
    expect(made).toMatchObject({ exitCode: 0 });
    return { made, record: JSON.parse(readFileSync(out, "utf8")) as Record<string, unknown> };
  };
  return { ...program, path, record };
};

describe("the publication record", () => {
  it("has the metadata block, the title and the salutation, and leaves empty what nobody recorded", async () => {
    const { record: make } = await answered("--disclosure full");
    const { record, made } = await make();
    expect(record).toMatchObject({
      indexNumber: null,
      catalogue: null,
      publisher: "临沂市大数据局",
      publishedOn: null,
      disclosureLabel: "主动公开",
      documentNumber: null,
      title: "对政协十五届五次会议第122号提案《关于改进政务信息化建设的建议》的答复",
      overview: "一、政务信息化建设现状；二、下步打算",
      writtenOn: "2021-06-28",
      salutation: "李楠委员：",
    });
    expect(made.err).toContain("没有记录索引号");
    expect(made.err).toContain("没有记录公开目录");
    expect((record["body"] as string[])[0]).toMatch(/^您提出的/);
  });

  it("leaves out contact data and names each place", async () => {
    const { record: make } = await answered("--disclosure full", `${letter}\n请找赵敏，8123456。`);
    const { record, made } = await make();
    const body = (record["body"] as string[]).join("\n");
    for (const value of [
      "8727051",
      "138 0013",
      "王建国",
      "37130219",
      "北城新区",
      "wang@",
      "赵敏",
      "8123456",
    ]) {
      expect(body).not.toContain(value);
      expect(made.err).not.toContain(value);
    }
    // figures of the work stay
    expect(body).toContain("83个部门534个业务系统上云，3616个账号");
    // each kind is told once, with its places
    expect(made.err.match(/已替换/g)).toHaveLength(8);
    expect(made.err).toContain("微信号或者 QQ 号已替换2处：");
    expect(made.err).not.toMatch(/××[^”]*××[^”]*”/);
  });

  it("takes what publish recorded", async () => {
    const { typed, record: make } = await answered("--disclosure full");
    await typed(
      "publish 122 --catalogue 政协提案办理结果 --index-number 1560037521/dsjj/2021-0000040 --on 2021-06-30",
    );
    const { record, made } = await make("--index-pattern 1560037521/dsjj/{year}-{counter:7}");
    expect(record).toMatchObject({
      indexNumber: "1560037521/dsjj/2021-0000040",
      indexNumberIs: "recorded",
      catalogue: "政协提案办理结果",
      publishedOn: "2021-06-30",
    });
    expect(made.err).not.toContain("索引号");
  });

  it("makes a number by the site's pattern only with the counter that its keeper gave", async () => {
    const { record: make, path, typed } = await answered("--disclosure full");
    const { record } = await make(
      "--index-pattern 1560037521/dsjj/{year}-{counter:7} --index-counter 40",
    );
    expect(record).toMatchObject({
      indexNumber: "1560037521/dsjj/2021-0000040",
      indexNumberIs: "proposed",
    });
    const wrong = await typed(
      `document 122 publication ${path("x.html")} --index-pattern {counter:7} --json`,
    );
    expect([wrong.exitCode, errorOf(wrong).code]).toEqual([2, "INVALID_INPUT"]);
  });

  it("says of which day year and month of a proposed number are: of the recorded publication, else of today", async () => {
    const { record: make, typed, path } = await answered("--disclosure full");
    const asked = "--index-pattern {year}{month}-{counter:7} --index-counter 40";
    const before = await make(asked);
    expect(before.record["indexNumber"]).toBe("202112-0000040");
    expect(before.made.err).toContain("年月按今日 2021-12-31（没有记录公开日期）");
    await typed("publish 122 --on 2021-06-30");
    rmSync(path("record.json"));
    const after = await make(asked);
    expect(after.record["indexNumber"]).toBe("202106-0000040");
    expect(after.made.err).toContain("年月按所记公开日期 2021-06-30");
  });

  it.each([
    "微信号：wx_abc12",
    "微信 wx_abc12",
    "微信号为wx_abc12",
    "QQ 12345678",
    "QQ号：12345678",
    "QQ号码 12345678",
  ])("leaves out %s", async (account) => {
    const { record: make } = await answered("--disclosure full", `${letter}\n${account}。`);
    const { record } = await make();
    expect(JSON.stringify(record)).not.toMatch(/wx_abc12|12345678/);
  });

  it("tells when the text is another case's letter", async () => {
    const { record: make, write } = await answered("--disclosure full");
    const other = letter.replace("李楠委员", "王芳代表").replace("政务信息化", "智慧城市");
    const { made } = await make(`--text ${write("other.txt", other)}`);
    expect(made.err).toContain("正文的称呼“王芳代表:”与本件的提案人不符");
    expect(made.err).toContain("正文所答的《关于改进智慧城市建设的建议》不是本件的");
  });

  it("says the same as a page", async () => {
    const { record: make, path, typed } = await answered("--disclosure full");
    const { record } = await make();
    await typed(`document 122 publication ${path("record.html")}`);
    const page = readFileSync(path("record.html"), "utf8");
    for (const value of [
      record["title"],
      record["overview"],
      record["writtenOn"],
      ...(record["body"] as string[]),
    ]) {
      expect(page).toContain(value);
    }
  });

  it.each([
    ["--disclosure withheld --disclosure-reason 涉密", "mayBePublished"],
    ["--disclosure on-request", "mayBePublished"],
    ["", "mayBePublished"],
  ])("is refused for a reply with %j", async (how, rule) => {
    const { typed, path } = await answered(how);
    const ran = await typed(`document 122 publication ${path("x.html")} --json`);
    expect([ran.exitCode, errorOf(ran).data["rule"]]).toEqual([3, rule]);
  });

  it("is refused where the proposer does not consent", async () => {
    const { typed, path } = await answered("--disclosure on-request");
    await typed("amend 122 consentToPublish=false --reason 提案人要求 --on 2021-06-29");
    const ran = await typed(`document 122 publication ${path("x.html")} --json`);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([3, "RULE_REFUSED"]);
  });

  it("of a summary demands the summary, and never gives the letter for it", async () => {
    const { typed, path, write, record: make } = await answered("--disclosure summary");
    const ran = await typed(`document 122 publication ${path("x.html")} --json`);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([2, "INVALID_INPUT"]);
    const { record } = await make(`--text ${write("summary.txt", "上云工作已经完成。")}`);
    expect(record["body"]).toEqual(["上云工作已经完成。"]);
    expect(JSON.stringify(record)).not.toContain("534");
  });
});
