/** @module letters.test — letters come out with the text that was recorded, and say what is wrong with them. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorOf, givenProgram } from "../../cli/test/given-program.ts";
import { widthIn } from "../src/word/measures.ts";
import { titleLines } from "../src/word/title-lines.ts";
import { documentOf, recorded, unzipped, wordText } from "./given-letters.ts";

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), "utf8");

const received = {
  command: "receive",
  kind: "cppcc",
  session: "15-4",
  number: "138",
  level: "city",
  title: "关于推行智慧城市建设的建议",
  proposers: ["刘桂敏"],
  dispatchedBy: "市政府办公室",
  dispatchedOn: "2020-07-08",
  on: "2020-07-08",
};
const assigned = {
  command: "assign",
  case: "138",
  department: "智慧城市科",
  person: "经办人乙",
  due: "2020-09-30",
  task: "答复",
  responsibility: "科长负总责",
  leader: "分管领导甲",
  on: "2020-07-10",
};
const contacted = {
  command: "contact",
  case: "138",
  mode: "visit",
  participants: ["刘桂敏:proposer"],
  on: "2020-08-12",
};
const answered = {
  command: "answer",
  case: "138",
  result: "B",
  signedBy: "局长甲",
  documentNumber: "临数函〔2020〕12号",
  disclosure: "full",
  contactPerson: "张三",
  contactPhone: "0539-1234567",
  on: "2020-09-30",
};

type Fields = Readonly<Record<string, unknown>>;

/** A casebook in which a case was received and answered, each with these fields. */
const givenReply = async (answer: Fields = {}, receive: Fields = {}) => {
  const program = givenProgram({ LANG: "zh_CN.UTF-8" });
  await program.typed("init --office 临沂市大数据局");
  await recorded(program, [
    { ...received, ...receive },
    assigned,
    contacted,
    { ...answered, ...answer },
  ]);
  return program;
};

const withoutSpaces = (text: string): string => text.replaceAll(/\s/g, "");

describe("the reply", () => {
  it("of 2020 no. 138 comes out with every sentence of its text, in order", async () => {
    const text = fixture("reply-15-4-138.txt");
    const program = await givenReply({ text });
    const { file } = await documentOf(program, "138", "reply");
    const { paragraphs } = wordText(file);
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    expect(paragraphs).toEqual([
      "临数函〔2020〕12号",
      "办理结果：B",
      lines[0],
      "刘桂敏委员：",
      ...lines.slice(2, -2),
      "临沂市大数据局",
      "2020年9月30日",
      "（公开方式：主动公开）",
      "（联系人：张三，联系电话：0539-1234567）",
      "抄送：市政府办公室。",
      expect.stringMatching(/^办件库记录 \d+ 条，根哈希 /),
    ]);
  });

  it("of 2021 no. 122, which a web page left on one line, has its chapters again and not a character less", async () => {
    const text = fixture("reply-15-5-122.txt");
    const program = await givenReply(
      { text },
      { session: "15-4", title: "关于改进政务信息化建设的建议", proposers: ["李楠"] },
    );
    const { file } = await documentOf(program, "138", "reply");
    const { paragraphs } = wordText(file);
    const begin = paragraphs.findIndex((one) => one.startsWith("您提出的"));
    const end = paragraphs.indexOf("临沂市大数据局");
    expect(paragraphs.slice(0, begin)).toContain("李楠委员：");
    expect(withoutSpaces(paragraphs.slice(begin, end).join(""))).toBe(
      withoutSpaces(text).replace("李楠委员:", ""),
    );
    expect(paragraphs).toContain("一、政务信息化建设现状");
    expect(paragraphs).toContain("(一)加强政府领导");
    expect(paragraphs).toContain("四、下一步工作");
  });

  it.each([
    [
      "lines",
      [
        "索引号 1560037521/dsjj/2020-0000054 公开目录 政协提案办理结果",
        "发布机构 临沂市大数据局 发布日期 2020-09-30",
        "公开方式 主动公开 文号",
        "标  题 对市政协十五届四次会议第138号提案的答复",
      ],
      ["正文。", "临沂市大数据局", "2020年9月30日", "  ", "关闭"],
    ],
    [
      "a table",
      ["索引号 | 1560037521/dsjj/2020-0000054 | 公开目录 | 政协提案办理结果 |", "文号 | |"],
      ["正文。 |", "【关闭】 |"],
    ],
  ])(
    "copied with its web page, as %s, is the letter without the page, and that is told",
    async (_form, above, below) => {
      const title = "对市政协十五届四次会议第138号提案的答复";
      const text = [...above, title, "刘桂敏委员:", ...below].join("\n");
      const program = await givenReply({ text });
      const { file, findings } = await documentOf(program, "138", "reply");
      const { paragraphs } = wordText(file);
      expect(paragraphs.filter((one) => one === title || one.includes("刘桂敏委员"))).toHaveLength(
        2,
      );
      expect(paragraphs).toContain("正文。");
      expect(paragraphs.join("\n")).not.toMatch(/索引号|关闭|\|/);
      expect(findings.map(({ check }) => check)).toContain("page-furniture");
    },
  );

  it("has the title that its page names among the metadata, where it bears none itself", async () => {
    const title = "对政协十五届四次会议第138号提案的复函";
    const text = `索引号 | 1/2 |\n标 题 | ${title} |\n刘桂敏委员：\n正文。`;
    const { file } = await documentOf(await givenReply({ text }), "138", "reply");
    expect(wordText(file).paragraphs.join("")).toContain(title);
  });

  it("gives headings their type: chapters 黑体, sections 楷体, the rest 仿宋", async () => {
    const program = await givenReply({ text: "一、现状\n（一）平台。已经建成。\n1. 上云\n正文。" });
    const { xml } = wordText((await documentOf(program, "138", "reply")).file);
    const fontOf = (text: string): string | undefined =>
      new RegExp(`w:eastAsia="([^"]+)"(?:(?!w:eastAsia).)*?>${text}<`).exec(xml)?.[1];
    expect(fontOf("一、现状")).toBe("黑体");
    expect(fontOf("（一）平台。")).toBe("楷体_GB2312");
    expect(fontOf("已经建成。")).toBe("仿宋_GB2312");
    expect(fontOf("1. 上云")).toBe("仿宋_GB2312");
  });

  it.each([
    ["a member", { proposers: ["刘桂敏"] }, "刘桂敏委员：", "您提出的"],
    [
      "several members",
      { proposers: ["刘桂敏", "李楠", "王五"], proposerType: "joint" },
      "刘桂敏（等3名）委员：",
      "你们提出的",
    ],
    [
      "an organisation",
      { proposers: ["民建临沂市委员会"], proposerType: "collective" },
      "民建临沂市委员会：",
      "贵单位提出的",
    ],
    ["a deputy", { kind: "npc", proposers: ["刘桂敏"] }, "刘桂敏代表：", "您提出的"],
    [
      "a delegation",
      { kind: "npc", proposers: ["兰山"], proposerType: "delegation" },
      "兰山代表团：",
      "贵团提出的",
    ],
  ])("addresses %s", async (_who, receive, salutation, opening) => {
    const program = await givenReply({ text: "正文。" }, receive);
    const { paragraphs } = wordText((await documentOf(program, "138", "reply")).file);
    expect(paragraphs).toContain(salutation);
    expect(paragraphs.find((one) => one.includes("收悉"))).toContain(opening);
  });

  it("names the meeting as its assembly does, and leaves a level out that nobody recorded", async () => {
    const titleOf = async (receive: Fields): Promise<string | undefined> => {
      const program = await givenReply({ text: "正文。" }, receive);
      return wordText((await documentOf(program, "138", "reply")).file).paragraphs[2];
    };
    const title = "《关于推行智慧城市建设的建议》的答复";
    expect(await titleOf({})).toBe(`对市政协十五届四次会议第138号提案${title}`);
    expect(await titleOf({ level: undefined })).toBe(`对政协十五届四次会议第138号提案${title}`);
    expect(await titleOf({ kind: "npc" })).toBe(`对市十五届人大四次会议第138号建议${title}`);
    expect(await titleOf({ kind: "npc", level: "national" })).toBe(
      `对十五届全国人大四次会议第138号建议${title}`,
    );
  });

  it("answers point by point where there are as many paragraphs as requests", async () => {
    const program = await givenReply(
      { text: "已建成平台。\n已接入事项。" },
      { requests: ["建设平台", "接入事项"] },
    );
    const { paragraphs } = wordText((await documentOf(program, "138", "reply")).file);
    const at = paragraphs.indexOf("一、关于“建设平台”");
    expect(paragraphs.slice(at, at + 4)).toEqual([
      "一、关于“建设平台”",
      "已建成平台。",
      "二、关于“接入事项”",
      "已接入事项。",
    ]);
  });

  it("lists promises with their dates where the text leaves them out, and says that it did", async () => {
    const commitments = [{ text: "接入200项事项", due: "2020-11-30" }];
    const program = await givenReply({ text: "正文。", commitments });
    const { file, findings } = await documentOf(program, "138", "reply");
    expect(wordText(file).paragraphs).toContain("1. 接入200项事项（2020年11月30日前）");
    expect(findings.map(({ check }) => check)).toContain("not-in-the-text");
  });

  it("numbers what it adds on from the headings that stand there, and heads nothing twice", async () => {
    const requests = ["建设平台", "接入事项"];
    const promise = { commitments: ["接入全部事项@2020-12-31"] };
    const added = await givenReply(
      { text: "平台已经建成。\n\n正在接入。", ...promise },
      { requests },
    );
    const { paragraphs } = wordText((await documentOf(added, "138", "reply")).file);
    expect(paragraphs.filter((one) => /^[一二三四]、/u.test(one))).toEqual([
      "一、关于“建设平台”",
      "二、关于“接入事项”",
      "三、承诺事项及完成时限",
    ]);
    const own = await givenReply(
      { text: "一、关于建设平台。平台已经建成。\n\n二、关于接入事项。正在接入。", ...promise },
      { requests },
    );
    const plain = wordText((await documentOf(own, "138", "reply")).file).paragraphs;
    expect(plain).not.toContain("一、关于“建设平台”");
  });

  it.each([
    [
      "chapters in their paragraph",
      "一、关于建设平台。已经建成。\n二、关于接入事项。正在接入。",
      "三、",
    ],
    [
      "sections in their paragraph",
      "（一）建设平台。已经建成。\n（二）接入事项。正在接入。",
      "（三）",
    ],
    ["sections on their lines", "(一)建设平台\n已经建成。\n(二)接入事项\n正在接入。", "（三）"],
    ["items", "1.平台已经建成。\n2.正在接入。", "3. "],
    ["long sentences", `一、${"平台已经建成，".repeat(8)}运行良好。\n二、正在接入。`, "三、"],
    ["chapters after 一是", "一、现状\n一是平台建成。二是事项接入。\n二、问题\n没有。", "三、"],
  ])("goes on with the number after its own %s", async (_form, text, next) => {
    const program = await givenReply({ text, commitments: ["接入全部事项@2020-12-31"] });
    const { paragraphs } = wordText((await documentOf(program, "138", "reply")).file);
    expect(paragraphs).toContain(`${next}承诺事项及完成时限`);
  });

  it("numbers no heading that stands alone, and takes 一、二、三产业 for none", async () => {
    const text = "一、二、三产业融合发展，平台已经建成。";
    const program = await givenReply({ text, commitments: ["接入全部事项@2020-12-31"] });
    const { paragraphs } = wordText((await documentOf(program, "138", "reply")).file);
    expect(paragraphs).toContain("承诺事项及完成时限");
  });

  it("gives a chapter that runs into its paragraph its type, and its text theirs", async () => {
    const program = await givenReply({ text: "一、关于平台。已经建成。" });
    const { xml } = wordText((await documentOf(program, "138", "reply")).file);
    expect(xml).toMatch(/eastAsia="黑体"(?:(?!w:eastAsia).)*>一、关于平台。</);
    expect(xml).toMatch(/eastAsia="仿宋_GB2312"(?:(?!w:eastAsia).)*>已经建成。</);
  });

  it("given for a case that has none yet is signed as its text is, and says what it lacks", async () => {
    const program = givenProgram();
    await program.typed("init");
    await recorded(program, [received]);
    const text = program.write("reply.txt", fixture("reply-15-4-138.txt"));
    const { file, findings } = await documentOf(program, "138", "reply", "--text", text);
    const { paragraphs, header } = wordText(file);
    expect(header).toContain("临沂市大数据局");
    expect(paragraphs.filter((one) => one === "临沂市大数据局")).toHaveLength(1);
    expect(paragraphs).toContain("2020年9月30日");
    expect(paragraphs).toContain("办理结果：（　　）");
    const missing = findings.map(({ check }) => check).filter((one) => one.startsWith("missing"));
    expect(missing).toEqual(["missing-result", "missing-signer", "missing-contact"]);
  });

  it("given unsigned for a case that has none yet lacks all that a letter has", async () => {
    const program = givenProgram();
    await program.typed("init");
    await recorded(program, [received]);
    const text = program.write("reply.txt", "平台已经建成。");
    const { findings } = await documentOf(program, "138", "reply", "--text", text);
    expect(findings.map(({ check }) => check)).toEqual([
      "missing-signature",
      "missing-result",
      "missing-date",
      "missing-signer",
      "missing-contact",
    ]);
  });

  it.each([
    ["unit and day", "临沂市大数据局\n2020年9月30日", []],
    ["unit and day on one line", "临沂市大数据局　2020年9月30日", []],
    ["the unit alone", "临沂市大数据局", ["missing-date"]],
  ])("is signed by %s under its text", async (_what, closing, dateMissing) => {
    const program = givenProgram();
    await program.typed("init");
    await recorded(program, [received]);
    const text = program.write("reply.txt", `平台已经建成。\n${closing}`);
    const { file, findings } = await documentOf(program, "138", "reply", "--text", text);
    const checks = findings.map(({ check }) => check);
    expect(checks).not.toContain("missing-signature");
    expect(checks.filter((one) => one === "missing-date")).toEqual(dateMissing);
    expect(wordText(file).paragraphs.filter((one) => /大数据局/.test(one))).toEqual([
      "临沂市大数据局",
    ]);
  });

  it("keeps 联系人 and 抄送 of its text in their places, and names nobody twice", async () => {
    const closing =
      "临沂市大数据局\n2020年9月30日\n（联系人：张三　联系电话：0539-1）\n抄送：市政协提案委。";
    const program = await givenReply({ text: `正文。\n${closing}` });
    const { file, findings } = await documentOf(program, "138", "reply");
    const { paragraphs } = wordText(file);
    const at = paragraphs.indexOf("2020年9月30日");
    expect(paragraphs.slice(at - 2, at + 4)).toEqual([
      "正文。",
      "临沂市大数据局",
      "2020年9月30日",
      "（公开方式：主动公开）",
      "（联系人：张三　联系电话：0539-1）",
      "抄送：市政协提案委。",
    ]);
    expect(paragraphs.filter((one) => /联系人|抄送/.test(one))).toHaveLength(2);
    expect(findings).toEqual([]);
  });

  it.each([
    [
      "as of 池州",
      "主办单位:池州市数据资源管理局 联系方式:0566-2567257,2567901\n皖ICP备05000957号-3 网站标识码:3417000057 皖公网安备 34170002000041号",
    ],
    [
      "of several lines",
      "版权所有：池州市人民政府\n地址：池州市长江南路\n联系电话：0566-2567257\n皖ICP备05000957号-3",
    ],
    ["with buttons", "打印\n关闭\n主办：池州市人民政府办公室\n技术支持：某公司\n网站地图"],
  ])("leaves out the foot of a web page %s, not the letter's own contact", async (_form, foot) => {
    const own = "（联系人：张三，联系电话：0566-1）\n抄送：市政协提案委。";
    const text = `正文。\n临沂市大数据局\n2020年9月30日\n${own}\n${foot}`;
    const { file, findings } = await documentOf(await givenReply({ text }), "138", "reply");
    const { paragraphs } = wordText(file);
    expect(paragraphs.join("\n")).not.toMatch(/池州|ICP|网站|技术支持/);
    expect(paragraphs).toContain("（联系人：张三，联系电话：0566-1）");
    expect(paragraphs).toContain("抄送：市政协提案委。");
    expect(findings).toMatchObject([
      { check: "page-furniture", sentence: foot.replaceAll("\n", " ") },
    ]);
  });

  it("keeps what only looks like a page's foot: a letter may end with its own 主办单位 and phone", async () => {
    const text = "正文。\n主办单位：临沂市大数据局\n联系电话：0539-1";
    const { file, findings } = await documentOf(await givenReply({ text }), "138", "reply");
    expect(wordText(file).paragraphs).toContain("主办单位：临沂市大数据局");
    expect(findings).toEqual([]);
  });

  it("without a recorded text lists the requests to be filled in, and says so", async () => {
    const program = await givenReply({ adopted: [1] }, { requests: ["建设平台"] });
    const { file, findings } = await documentOf(program, "138", "reply");
    expect(wordText(file).paragraphs).toContain("该项意见建议予以采纳。");
    expect(findings.map(({ check }) => check)).toContain("no-text");
  });

  it("of a draft has no day, no signer and no contact yet, and says so", async () => {
    const program = givenProgram();
    await program.typed("init --office 临沂市大数据局");
    const draft = {
      command: "draft",
      case: "138",
      result: "A",
      text: "已经建成。",
      on: "2020-09-01",
    };
    await recorded(program, [received, assigned, contacted, draft]);
    const { file, findings } = await documentOf(program, "138", "reply");
    expect(wordText(file).paragraphs).toContain("已经建成。");
    expect(findings.map(({ check }) => check)).toEqual([
      "missing-date",
      "missing-signer",
      "missing-contact",
    ]);
  });

  it("says years later what it said then: its own result letter and promises", async () => {
    const commitments = [{ text: "接入200项事项", due: "2020-11-30" }];
    const program = await givenReply({ text: "正文。", commitments });
    await recorded(program, [
      {
        command: "feedback",
        case: "138",
        attitude: "satisfied",
        result: "mostly",
        on: "2020-10-16",
      },
      {
        command: "change-commitment",
        case: "138",
        commitment: 1,
        reason: "平台升级",
        approvedBy: "局长甲",
        due: "2020-12-31",
        on: "2020-11-01",
      },
      { command: "fulfil", case: "138", commitment: 1, evidence: "清单", on: "2020-12-27" },
      { command: "reclassify", case: "138", result: "A", reason: "已兑现", on: "2020-12-28" },
    ]);
    const { paragraphs } = wordText((await documentOf(program, "138", "reply")).file);
    expect(paragraphs).toContain("办理结果：B");
    expect(paragraphs).toContain("1. 接入200项事项（2020年11月30日前）");
  });

  it("shows 已删除 for a contact that was forgotten", async () => {
    const program = await givenReply({ text: "正文。" });
    const gone = await program.typed(
      "forget 138 contactPhone --reason 本人要求 --approved-by 局长甲",
    );
    expect(gone).toMatchObject({ exitCode: 0 });
    const { file } = await documentOf(program, "138", "reply");
    expect(wordText(file).paragraphs).toContain("（联系人：张三，联系电话：已删除）");
  });

  it("is in English when --lang en is typed", async () => {
    const program = await givenReply({ text: "正文。" });
    const { file } = await documentOf(program, "138", "reply", "--lang", "en");
    const { paragraphs } = wordText(file);
    expect(paragraphs).toContain("Result: B");
    expect(paragraphs).toContain("刘桂敏:");
  });
});

describe("what a reply is looked through for", () => {
  const warningsOf = async (text: string, receive: Fields = {}) =>
    (await documentOf(await givenReply({ text }, receive), "138", "reply")).findings.map(
      ({ check, sentence }) => [check, sentence],
    );

  it("finds nothing in a letter that has everything", async () => {
    expect(await warningsOf("平台已经建成，事项已经接入。")).toEqual([]);
  });

  it("soft promises, each with its sentence", async () => {
    expect(
      await warningsOf("平台已经建成。下一步将逐步扩大范围。我局争取年底前完成验收。"),
    ).toEqual([
      ["promise-not-recorded", "我局争取年底前完成验收。"],
      ["soft-promise", "下一步将逐步扩大范围。"],
    ]);
    expect(await warningsOf("将《规划》定为顶层设计。努力建成。")).toEqual([]);
  });

  it.each([
    [
      "a rank of half a year ago",
      "我市上半年“开放数林指数”排名上升3个位次,居全国113个地级以上城市第12位。",
    ],
    ["what is done by a day", "截至2020年6月底，平台已经建成。2019年底前完成了验收。"],
    ["what was done, 将 as 把", "依据版块划分,将同类建议提案精准交办至最对口的科室。"],
    ["what was done before its result", "经多次汇报争取,我市已纳入建设方案。"],
    [
      "what stands in a chapter of what was done",
      "一、工作开展情况\n（一）努力争取省支持，积极推动试点申报。\n积极推动各数据中心拓宽业务,争取奖补资金263万元。",
    ],
    ["a day in the name of a document", "平台依照《明年底前接入计划》建设。"],
    ["talks about next steps", "围绕建设思路及下步工作措施开展深入交流讨论。"],
  ])("takes no fact for a promise: %s", async (_what, text) => {
    expect(await warningsOf(text)).toEqual([]);
  });

  it.each([
    ["will be", "我局将于11月底前接入。"],
    ["is planned", "建成智慧中枢,计划5月18日前建成试运行。"],
    ["is meant", "拟于年底前开工。"],
    ["is striven for", "力争2021年上半年建成。"],
    ["comes after what was done", "目前已接入100项，年底前将接入200项。"],
    ["comes next", "下一步，四季度完成验收。"],
    ["has a limit and nothing else", "11月底前推动200项以上事项接入。"],
  ])("finds a promise with its day: %s", async (_what, sentence) => {
    expect(await warningsOf(sentence)).toEqual([["promise-not-recorded", sentence]]);
  });

  it.each([
    ["after a fact", "我市居全国第17位,后续会继续开展数据开放工作。"],
    ["in a chapter of what was done", "一、工作开展情况\n拟于近期签订协议。"],
    ["after a fact of half a year ago", "上半年已接入100项，我局将继续接入。"],
    ["in a chapter of what is ahead", "一、下一步工作\n将平台接入省网。"],
  ])("finds a promise without a day: %s", async (_what, text) => {
    const sentence = text.split("\n").at(-1);
    expect(await warningsOf(text)).toEqual([["soft-promise", sentence]]);
  });

  it("tells the promises of the letters of 2020 and 2021, and no other sentence", async () => {
    const promisesOf = async (name: string, proposer: string) =>
      (await warningsOf(fixture(name), { proposers: [proposer] })).flatMap(([check, sentence]) =>
        check === "promise-not-recorded" || check === "soft-promise"
          ? [`${check} ${sentence?.slice(0, 12) ?? ""}`]
          : [],
      );
    expect(await promisesOf("reply-15-4-138.txt", "刘桂敏")).toEqual([
      "promise-not-recorded 要着眼提升政务服务支撑能",
      "soft-promise 目前申请材料已顺利报送到",
      "soft-promise 要强化数据治理服务,建立",
    ]);
    // each of them was looked at: none tells a fact
    expect(await promisesOf("reply-15-5-122.txt", "李楠")).toHaveLength(10);
  });

  it("代表 in a letter to a 委员, and the other way round", async () => {
    expect(await warningsOf("感谢各位代表的关心。带动代表企业12家。")).toEqual([
      ["mixed-up", "感谢各位代表的关心。"],
    ]);
    expect(await warningsOf("感谢委员的关心。经市委员会研究同意。", { kind: "npc" })).toEqual([
      ["mixed-up", "感谢委员的关心。"],
    ]);
  });

  it("another unit under the text, another title over it", async () => {
    expect(await warningsOf("正文。\n临沂市工信局\n2020年9月30日")).toEqual([["other-unit", null]]);
    expect(
      await warningsOf("对市政协十五届四次会议第138号提案《关于建设智慧城市的建议》的答复\n正文。"),
    ).toEqual([["other-title", null]]);
  });

  it("no salutation where a sentence only ends with a colon", async () => {
    expect(await warningsOf("现将有关情况答复如下：\n正文。")).toEqual([]);
    expect(await warningsOf("刘桂敏委员，您好：\n正文。")).toEqual([]);
  });

  it("another day under the text than the one recorded", async () => {
    expect(await warningsOf("正文。\n临沂市大数据局\n2020年9月29日")).toEqual([
      ["other-date", null],
    ]);
  });

  it.each([
    ["addresses somebody else", "李楠委员：\n正文。", "salutation"],
    ["addresses nobody", "委员：\n正文。", "salutation"],
    ["calls a 委员 代表", "刘桂敏代表：\n正文。", "salutation"],
    [
      "is about another case",
      "对市政协十五届四次会议第139号提案《别的》的答复\n正文。",
      "other-case",
    ],
  ])("refuses a letter that %s", async (_what, text, rule) => {
    const program = await givenReply({ text });
    const refused = await documentOf(program, "138", "reply");
    expect(refused.exitCode).toBe(3);
    expect(errorOf(refused)).toMatchObject({ code: "RULE_REFUSED", data: { rule } });
  });

  it("refuses any finding with --strict, and writes no file; a script reads each as data", async () => {
    const program = await givenReply({ text: "将逐步完善。" });
    const refused = await documentOf(program, "138", "reply", "--strict");
    expect(errorOf(refused)).toMatchObject({
      code: "RULE_REFUSED",
      data: {
        rule: "strict",
        findings: [{ check: "soft-promise", sentence: "将逐步完善。" }],
      },
    });
    expect(existsSync(refused.file)).toBe(false);
  });

  it("tells with --strict every finding on its line, and counts them in the refusal", async () => {
    const program = await givenReply({ text: "将逐步完善。感谢各位代表的关心。" });
    const refused = await program.typed("document 138 reply x.docx --strict");
    const lines = refused.err.trimEnd().split("\n");
    expect(lines.filter((line) => line.startsWith("注意："))).toHaveLength(2);
    expect(lines.slice(2)).toEqual([
      "cppcc/15-4/138：有 2 处须核对，没有出具（规则 strict，依据《党政机关公文格式》（GB/T 9704—2012）和答复函的出具要求）。",
      "请逐处核对并改正；核对无误的，去掉 --strict 再出具。",
    ]);
    const english = await program.typed("document 138 reply x.docx --strict --lang en");
    expect(english.err).toContain("2 findings; nothing was written");
  });

  it("refuses a reply of which there is no word yet", async () => {
    const program = givenProgram();
    await recorded(program, [received]);
    const refused = await documentOf(program, "138", "reply");
    expect(errorOf(refused)).toMatchObject({
      code: "RULE_REFUSED",
      data: { rule: "nothing-to-say" },
    });
  });
});

describe("the other letters and forms", () => {
  it("the opinion goes to the lead unit; who does not assist writes none", async () => {
    const program = givenProgram();
    await program.typed("init --office 临沂市大数据局");
    await recorded(program, [
      { ...received, role: "assist", leadUnit: "市住建局" },
      assigned,
      { command: "submit-opinion", case: "138", text: "我局已开放接口。", on: "2020-08-01" },
    ]);
    const { paragraphs } = wordText((await documentOf(program, "138", "opinion")).file);
    expect(paragraphs[0]).toBe("关于市政协十五届四次会议第138号提案的会办意见");
    expect(paragraphs).toEqual(
      expect.arrayContaining(["市住建局：", "我局已开放接口。", "2020年8月1日"]),
    );
    const reply = await documentOf(program, "138", "reply");
    expect(errorOf(reply)).toMatchObject({ data: { rule: "not-ours" } });
    const other = await documentOf(await givenReply(), "138", "opinion");
    expect(errorOf(other)).toMatchObject({ data: { rule: "not-ours" } });
  });

  it("the opinion says whom to ask, and keeps what stands under its text", async () => {
    const program = givenProgram();
    await program.typed("init");
    await recorded(program, [{ ...received, role: "assist", leadUnit: "市住建局" }, assigned]);
    const bare = program.write("bare.txt", "我局已开放接口。");
    const first = await documentOf(program, "138", "opinion", "--text", bare);
    expect(first.findings.map(({ check }) => check)).toEqual([
      "missing-contact",
      "missing-signature",
      "missing-date",
    ]);
    const closing = "临沂市大数据局\n2020年8月1日\n（联系人：张三，联系电话：0539-1）\n关闭";
    const text = program.write("opinion.txt", `我局已开放接口。\n${closing}`);
    const file = join(program.folder, "whole.docx");
    const told = await program.typed(`document 138 opinion ${file} --text ${text} --json`);
    const { findings } = JSON.parse(told.out) as { findings: readonly { check: string }[] };
    expect(findings.map(({ check }) => check)).toEqual(["page-furniture"]);
    expect(wordText(file).paragraphs.slice(3, 7)).toEqual([
      "我局已开放接口。",
      "临沂市大数据局",
      "2020年8月1日",
      "（联系人：张三，联系电话：0539-1）",
    ]);
  });

  it("a form for an organisation asks for its seal, and the day has one line to be written on", async () => {
    const program = await givenReply(
      {},
      { proposers: ["民建临沂市委员会"], proposerType: "collective" },
    );
    const { paragraphs, xml } = wordText((await documentOf(program, "138", "feedback-form")).file);
    expect(paragraphs).toContain("签名（盖章）");
    // 11 characters of 12 points, and the cell's margins, in twips
    const columns = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(columns[3]).toBeGreaterThan(11 * 12 * 20 + 2 * 85);
  });

  it("each proposer has a form of their own, on a sheet of its own", async () => {
    const program = await givenReply({}, { proposers: ["刘桂敏", "李楠"], proposerType: "joint" });
    const { paragraphs, xml } = wordText((await documentOf(program, "138", "feedback-form")).file);
    expect(paragraphs.filter((one) => one === "提案办理情况征询意见表")).toHaveLength(2);
    expect(paragraphs).toEqual(expect.arrayContaining(["刘桂敏", "李楠", "2020年9月30日"]));
    expect(xml.match(/<w:pageBreakBefore\/>/g)).toHaveLength(1);
  });

  it("the table of the 五定 has all five on a turned sheet", async () => {
    const program = await givenReply();
    const { paragraphs, xml } = wordText((await documentOf(program, "138", "assignment")).file);
    expect(paragraphs).toEqual(
      expect.arrayContaining([
        "牵头：智慧城市科",
        "经办人：经办人乙",
        "五定时限：2020年9月30日",
        "答复",
        "科长负总责",
      ]),
    );
    expect(xml).toContain('w:orient="landscape"');
  });

  it("a case is sent back with its reason, recorded or typed", async () => {
    const program = givenProgram();
    await recorded(program, [received]);
    const nothing = await documentOf(program, "138", "return-request");
    expect(errorOf(nothing)).toMatchObject({ data: { rule: "nothing-to-say" } });
    const made = await documentOf(
      program,
      "138",
      "return-request",
      "--reason",
      "不属于我局职责。",
      "--suggested-unit",
      "市工信局",
    );
    expect(wordText(made.file).paragraphs).toEqual(
      expect.arrayContaining(["市政府办公室：", "不属于我局职责。", "建议改由市工信局办理。"]),
    );
  });

  it("an extension is asked for with reason and day", async () => {
    const program = givenProgram();
    await program.typed("init --office 临沂市大数据局");
    await recorded(program, [received, assigned]);
    const made = await documentOf(
      program,
      "138",
      "extension",
      "--reason",
      "需要实地调研。",
      "--due",
      "2020-11-30",
    );
    const text = wordText(made.file).paragraphs.join("");
    expect(text).toContain("答复时限为2020年10月9日");
    expect(text).toContain("延至2020年11月30日");
    const half = await documentOf(program, "138", "extension", "--reason", "需要实地调研。");
    expect(errorOf(half)).toMatchObject({ code: "RULE_REFUSED" });
  });
});

describe("a title of more than one line", () => {
  it.each([
    [
      "对市政协十五届四次会议第138号提案《关于推行智慧城市建设的建议》的答复",
      ["对市政协十五届四次会议第138号提案", "《关于推行智慧城市建设的建议》的答复"],
    ],
    [
      "关于市政协十五届四次会议第140号提案的会办意见",
      ["关于市政协十五届四次会议", "第140号提案的会办意见"],
    ],
    [
      "关于申请延期答复市政协十五届四次会议第141号提案的函",
      ["关于申请延期答复", "市政协十五届四次会议第141号提案的函"],
    ],
  ])("breaks no name and no word: %s", (title, lines) => {
    expect(titleLines(title)).toEqual(lines);
  });

  it("keeps every character, fits the type area, and stays whole where it fits one line", () => {
    const short = "关于申请退办第140号提案的函";
    expect(titleLines(short)).toEqual([short]);
    const long = `对市政协十五届四次会议第139号提案《关于以“一网通办”为牵引${"加快推进新型智慧城市建设、".repeat(6)}的建议》的答复`;
    const lines = titleLines(long);
    expect(lines.join("")).toBe(long);
    expect(lines.filter((line) => widthIn(line) > 20)).toEqual([]);
    expect(lines.filter((line) => /^[、，》”的]|[《“]$/.test(line))).toEqual([]);
    const unbroken = `对${"1".repeat(90)}`;
    expect(titleLines(unbroken)).toEqual([unbroken]);
  });
});

describe("the file", () => {
  it("is the same, byte for byte, whenever it is written, and carries no time", async () => {
    const program = await givenReply({ text: "正文。" });
    await program.typed("audit checkpoint");
    const first = await documentOf(program, "138", "reply");
    const bytes = readFileSync(first.file);
    const again = await documentOf(program, "138", "reply");
    expect(again.exitCode).toBe(0);
    expect(readFileSync(again.file).equals(bytes)).toBe(true);
    const files = unzipped(bytes);
    expect(new Set([...files.values()].map(({ time }) => time))).toEqual(new Set([0x210000]));
    // no full stop hangs over the edge of the type area
    expect(files.get("word/styles.xml")?.bytes.toString("utf8")).toContain(
      '<w:overflowPunct w:val="0"/>',
    );
    expect(files.get("docProps/core.xml")?.bytes.toString("utf8")).not.toContain("dcterms");
  });

  it("has the newest checkpoint as a code once there is one", async () => {
    const program = await givenReply({ text: "正文。" });
    const pictures = (file: string): number =>
      [...unzipped(readFileSync(file)).keys()].filter((name) => name.endsWith(".bmp")).length;
    const before = await documentOf(program, "138", "reply");
    expect(pictures(before.file)).toBe(0);
    await program.typed("audit checkpoint");
    const after = await documentOf(
      program,
      "138",
      "reply",
      "--office",
      "临沂市大数据局（临沂市智慧办）",
    );
    expect(after.exitCode).toBe(5);
    const file = join(program.folder, "after.docx");
    await program.typed(`document 138 reply ${file}`);
    expect(pictures(file)).toBe(1);
  });

  it("never takes the place of another one, and is a .docx", async () => {
    const program = await givenReply({ text: "正文。" });
    const taken = program.write("reply.docx", "something else");
    const refused = await program.wuding(["document", "138", "reply", taken, "--json"]);
    expect(refused.exitCode).toBe(5);
    expect(errorOf(refused)).toMatchObject({ code: "FILE_EXISTS" });
    const named = await program.typed("document 138 reply reply.pdf --json");
    expect(errorOf(named)).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("and a document that there is not is refused with the one that was meant", async () => {
    const program = await givenReply();
    const refused = await program.typed("document 138 replay x.docx --json");
    expect(errorOf(refused)).toMatchObject({
      code: "USAGE",
      data: { suggestion: "wuding document CASE reply FILE" },
    });
    const surplus = await program.typed("document 138 assignment x.docx --reason 甲 --json");
    expect(errorOf(surplus)).toMatchObject({ code: "USAGE" });
  });

  it("takes no character that Word could not read", async () => {
    const program = await givenReply();
    const text = program.write("text.txt", "正文\u000C。");
    const refused = await documentOf(program, "138", "reply", "--text", text);
    expect(errorOf(refused)).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("is never made in a casebook that is not there", async () => {
    const program = givenProgram();
    const refused = await program.typed("document 138 reply x.docx --json");
    expect(refused.exitCode).toBe(4);
    expect(program.hasCasebook()).toBe(false);
  });
});
