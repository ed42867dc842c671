/** @module intake.test — what people write in lists is read as they mean it, or refused with what is wrong. */
import { describe, expect, it } from "vitest";
import { shippedRulebook } from "@wuding/engine";
import { dateOfSerial, readDate } from "../src/intake/dates.ts";
import type { ListSheet } from "../src/intake/header.ts";
import { readList } from "../src/intake/list.ts";
import { readCaseName, readKind, readSession } from "../src/intake/names.ts";
import { readProposers } from "../src/intake/proposers.ts";
import { isNoTitle, titleSuggestion } from "../src/intake/titles.ts";
import {
  readDisclosure,
  readFlag,
  readMode,
  readRating,
  readResult,
  readRole,
} from "../src/intake/words.ts";

const { kinds, results } = await shippedRulebook("national");

const date = (text: string, year?: number): unknown => {
  const read = readDate({ address: "A1", text }, { ...(year !== undefined && { year }) });
  return "value" in read ? read.value : read.misread;
};

describe("a date", () => {
  it.each([
    ["2021年3月26日"],
    ["2021/3/26"],
    ["2021-3-26"],
    ["2021-03-26"],
    ["2021.3.26"],
    ["2021．３．２６"],
    ["20210326"],
    ["44281"],
    ["二〇二一年三月二十六日"],
    ["2021年3月26号"],
    ["2021 年 3 月 26 日"],
    ["2021年3月26日 星期五"],
    ["2021-03-26 09:30:00"],
  ])("written %s is 2021-03-26", (text) => {
    expect(date(text)).toBe("2021-03-26");
  });

  it.each(["2021年6月31日", "2021-6-31", "2008-09-31", "2021年2月29日", "9月31日", "2月30日"])(
    "%s does not exist, and is refused by its name",
    (text) => {
      expect(date(text)).toMatchObject({ kind: "impossibleDate", value: text });
    },
  );

  it("without a year is refused, and takes the year that was told", () => {
    expect(date("3月26日")).toMatchObject({
      expected: { zh: expect.stringContaining("没有年份") as string },
    });
    expect(date("3月26日", 2021)).toBe("2021-03-26");
    expect(date("2月29日", 2021)).toMatchObject({ kind: "impossibleDate" });
  });

  it.each(["2021", "2021年3月", "26/3/2021", "待定", "21.3.26", "-1", "0"])(
    "%s is none",
    (text) => {
      expect(date(text)).toMatchObject({ kind: "malformed" });
    },
  );

  it("as a day number follows the spreadsheet, with the day of 1900 that never was", () => {
    expect([1, 59, 60, 61, 44_281, 44_281.75].map(dateOfSerial)).toEqual([
      "1900-01-01",
      "1900-02-28",
      undefined,
      "1900-03-01",
      "2021-03-26",
      "2021-03-26",
    ]);
    expect(readDate({ address: "A1", text: "60", number: 60 })).toEqual({
      misread: { kind: "impossibleDate", value: "1900-02-29" },
    });
  });
});

describe("a case's name", () => {
  it.each([
    ["政协十五届五次会议第122号", { kind: "cppcc", session: "15-5", number: "122" }],
    ["政协第十五届委员会第五次会议第122号提案", { kind: "cppcc", session: "15-5", number: "122" }],
    ["市十八届人大四次会议第9号建议", { kind: "npc", session: "18-4", number: "9" }],
    ["15届5次第122号", { session: "15-5", number: "122" }],
    ["15-5-122", { session: "15-5", number: "122" }],
    ["cppcc/15-5/122", { kind: "cppcc", session: "15-5", number: "122" }],
    ["第122号", { number: "122" }],
    ["122", { number: "122" }],
  ])("%s", (text, parts) => {
    expect(readCaseName({ text }, kinds)).toEqual({ value: parts });
  });

  it.each([
    ["203-1", "203-1"],
    ["A-12", "A-12"],
    ["122附1", "122附1"],
    ["2021-053", "2021-053"],
    ["203.0", "203"],
    ["１２２", "122"],
    ["122号", "122"],
    ["第 122 号", "122"],
  ])("with the number %s is of number %s", (text, number) => {
    expect(readCaseName({ text }, kinds)).toEqual({ value: { number } });
  });

  it.each([
    ["第77、78号", "里不止一个"],
    ["77和78", "里不止一个"],
    ["第77号第78号", "里不止一个"],
    ["a b 5", "不能是“a b 5”"],
    ["#REF!", "不能是"],
    ["十五届五次第77、78号", "里不止一个"],
  ])("is not guessed from %s", (text, why) => {
    expect(readCaseName({ text }, kinds)).toMatchObject({
      misread: { expected: { zh: expect.stringContaining(why) as string } },
    });
  });

  it("is no date that a spreadsheet made of it", () => {
    expect(readCaseName({ text: "2021-03-01", date: "2021-03-01" }, kinds)).toMatchObject({
      misread: { expected: { zh: expect.stringContaining("日期") as string } },
    });
  });

  it.each(["十五届五次", "15届5次", "15-5", "第十五届五次会议", "政协十五届五次会议"])(
    "%s is the session 15-5",
    (text) => {
      expect(readSession(text)).toEqual({ value: "15-5" });
    },
  );

  it.each([
    ["政协提案", "cppcc"],
    ["提案", "cppcc"],
    ["政协", "cppcc"],
    ["人大建议", "npc"],
    ["人大代表建议", "npc"],
    ["建议", "npc"],
    ["npc", "npc"],
  ])("%s is of kind %s", (text, kind) => {
    expect(readKind(text, kinds)).toEqual({ value: kind });
  });

  it("of a kind that the rulebook has not is refused with those it has", async () => {
    expect(readKind("信访件", kinds)).toMatchObject({
      misread: { expected: { zh: expect.stringContaining("政协提案") as string } },
    });
    const chizhou = await shippedRulebook("chizhou");
    expect(readKind("热线", chizhou.kinds)).toEqual({ value: "hotline" });
  });
});

describe("proposers", () => {
  const one = (name: string) => ({ name });
  it.each([
    ["李楠", ["李楠"], "individual"],
    ["李　楠", ["李楠"], "individual"],
    ["李楠委员", ["李楠"], "individual"],
    ["张三、李四", ["张三", "李四"], "joint"],
    ["张三，李四;王五\n赵六 钱七", ["张三", "李四", "王五", "赵六", "钱七"], "joint"],
    ["民进济宁市委会", ["民进济宁市委会"], "collective"],
    ["经济界别", ["经济界别"], "collective"],
    ["兰山代表团", ["兰山代表团"], "delegation"],
    ["买买提·阿不都", ["买买提·阿不都"], "individual"],
    ["李 楠委员", ["李楠"], "individual"],
    ["王 五代表、赵 六代表", ["王五", "赵六"], "joint"],
    ["李 小 明", ["李小明"], "individual"],
    ["李 小明", ["李小明"], "individual"],
    ["欧阳 修", ["欧阳修"], "individual"],
    ["欧阳 振华", ["欧阳振华"], "individual"],
    ["张三 委员", ["张三"], "individual"],
    ["张三委员 李四委员", ["张三", "李四"], "joint"],
    ["李　楠 王五", ["李楠", "王五"], "joint"],
    ["兰山 代表团", ["兰山 代表团"], "delegation"],
    ["委员", [], "individual"],
  ])("%s", (text, names, type) => {
    expect(readProposers(text)).toEqual({ proposers: names.map(one), type });
  });

  it("are one, with a remark, where spaces may divide them in several ways", () => {
    expect(readProposers("李 小 明 王 五")).toEqual({
      proposers: [one("李 小 明 王 五")],
      type: "individual",
      unsure: ["李 小 明 王 五"],
    });
  });

  it.each([
    ["王五(市一中 13900003333)", [{ name: "王五", unit: "市一中", phone: "13900003333" }]],
    ["赵六13900004444", [{ name: "赵六", phone: "13900004444" }]],
    ["赵六 电话：139 0000 4444", [{ name: "赵六", phone: "139 0000 4444" }]],
    ["赵六（电话：0539-8123456）", [{ name: "赵六", phone: "0539-8123456" }]],
    [
      "张三 13900001111 李四 13900002222",
      [
        { name: "张三", phone: "13900001111" },
        { name: "李四", phone: "13900002222" },
      ],
    ],
    ["张三\n13900001111", [{ name: "张三", phone: "13900001111" }]],
    ["张三/13900001111、李四（委员）", [{ name: "张三", phone: "13900001111" }, { name: "李四" }]],
    ["张三（市人民医院，主任）委员", [{ name: "张三", unit: "市人民医院，主任" }]],
  ])("have no telephone number in name or unit: %s", (text, proposers) => {
    expect(readProposers(text).proposers).toEqual(proposers);
  });

  it("are counted where more are meant than named", () => {
    expect(readProposers("张三、李四等12名委员")).toEqual({
      proposers: [one("张三"), one("李四")],
      type: "joint",
      counted: 12,
    });
    expect(readProposers("张三等十二位代表").counted).toBe(12);
    expect(readProposers("张三等").counted).toBeNull();
  });

  it("have a unit or a telephone number in brackets", () => {
    expect(readProposers("张三（市人民医院）、李四(13800000000)").proposers).toEqual([
      { name: "张三", unit: "市人民医院" },
      { name: "李四", phone: "13800000000" },
    ]);
  });
});

describe("words", () => {
  it.each([
    [readRole("主办"), "lead"],
    [readRole("独办"), "sole"],
    [readRole("会办"), "assist"],
    [readRole("分办"), "separate"],
    [readRole("主办（牵头）"), "lead"],
    [readRole("会办(协办)"), "assist"],
    [readRole("独办件"), "sole"],
    [readRole("牵头主办"), "lead"],
    [readRating("基本满意"), "mostly"],
    [readRating("不满意"), "dissatisfied"],
    [readMode("登门走访"), "visit"],
    [readMode("电话"), "phone"],
    [readDisclosure("主动公开"), "full"],
    [readFlag("√"), true],
    [readFlag("否"), false],
    [readFlag("重点"), true],
  ])("%j is %s", (read, value) => {
    expect(read).toEqual({ value });
  });

  it("are refused with those that there are", () => {
    expect(readRole("主办（协办）")).toHaveProperty("misread");
    expect(readRole("参与")).toMatchObject({
      misread: { expected: { zh: expect.stringContaining("独办、主办、分办、协办") as string } },
    });
  });

  it.each(["A", "Ａ类", "a类", "A（已解决）", "已经解决"])("%s is the letter A", (text) => {
    expect(readResult(text, results[0] as (typeof results)[number])).toEqual({ value: "A" });
  });
});

describe("a title", () => {
  it.each([
    ["关于改进政务信息化建设的建议 打印 关闭", "关于改进政务信息化建设的建议"],
    [
      "关于改进政务信息化建设的建议 浏览次数：123次 【打印】【关闭】",
      "关于改进政务信息化建设的建议",
    ],
    [
      "万博登录官网|360足球直播|主页推进城市精细管理 加快构建“智慧社区”的建议",
      "推进城市精细管理 加快构建“智慧社区”的建议",
    ],
    ["开云(中国)官网|登录入口|手机app下载关于完善政务的建议", "关于完善政务的建议"],
    ["当前位置：首页 > 政务公开 > 关于推广智慧停车的建议", "关于推广智慧停车的建议"],
    ["您现在的位置: 网站首页>建议提案>2021年 > 推广智慧停车", "推广智慧停车"],
    ["首页>>关于推广智慧停车的建议", "关于推广智慧停车的建议"],
    ["首页 > 关于建设5G>6G试验网的建议", "关于建设5G>6G试验网的建议"],
    ["浏览次数：103 关于推广智慧停车的建议", "关于推广智慧停车的建议"],
    ["浏览次数：103关于推广智慧停车的建议", "关于推广智慧停车的建议"],
    ["发布时间：2021-03-26 来源：市大数据局 关于推广智慧停车的建议", "关于推广智慧停车的建议"],
    ["关于推广智慧停车的建议 咨询热线 13800001111 点击下载APP", "关于推广智慧停车的建议"],
    ["关于推广智慧停车的建议 客服电话：0539-8001234", "关于推广智慧停车的建议"],
    ["关于推广智慧停车的建议 扫一扫在手机打开当前页 分享到：", "关于推广智慧停车的建议"],
    ["关于推广智慧停车的建议 字号：大 中 小", "关于推广智慧停车的建议"],
    ["关于推广智慧停车的建议 - 某市人民政府门户网站", "关于推广智慧停车的建议"],
    ["关于推广智慧停车的建议_某市政务网", "关于推广智慧停车的建议"],
    ["关于推广智慧停车的建议关于推广智慧停车的建议", "关于推广智慧停车的建议"],
    ["关于推广智慧停车的建议的提案", "关于推广智慧停车的建议"],
    ["《关于推广智慧停车的建议》的提案", "关于推广智慧停车的建议"],
    ["关于推广\u200B智慧停车\n的建议", "关于推广智慧停车的建议"],
  ])("%j has something glued to it", (title, cleaned) => {
    expect(titleSuggestion(title)?.title).toBe(cleaned);
  });

  it.each([
    "关于改进政务信息化建设的建议",
    "关于加强垃圾分类的提案",
    "关于规范发展直播电商的建议",
    "关于建设体育公园|健身步道的建议",
    "关于推广证照打印服务的建议",
    "关于扶持3D打印",
    "关于规范扫一扫支付的建议",
    "关于推广扫一扫",
    "关于整治应用商店点击下载陷阱的建议",
    "关于优化12345政务服务热线的建议",
    "关于政府网站首页>专题页适老化改造的建议",
    "关于优化公交站点位置：以老城区为例的建议",
    "关于体育与娱乐场所夜间开放的建议",
    "完善首页的建议",
    "关于办好人民政府门户网站",
  ])("%s is left alone", (title) => {
    expect(titleSuggestion(title)).toBeUndefined();
  });
});

describe("no title", () => {
  it.each([
    "万博登录官网|360足球直播|主页",
    "首页",
    "当前位置：",
    "当前位置：首页 > 政务公开 >",
    "打印 关闭",
    "浏览次数：103 【打印】",
    "手机app下载",
  ])("%j is refused, and nothing of it suggested in its place", (text) => {
    expect(isNoTitle(text)).toBe(true);
  });

  it.each([
    "登录难",
    "关于官网|主页",
    "官网|足球直播|主页推进精细管理",
    "首页改版",
    "打印服务",
    "体育",
  ])("%j may be one", (text) => {
    expect(isNoTitle(text)).toBe(false);
  });
});

const letter = (column: number): string => String.fromCharCode(64 + column);

/** A sheet of these rows; an empty text is an empty cell. */
const sheetOf = (name: string, ...rows: readonly (readonly string[])[]): ListSheet => ({
  name,
  rows: rows.map((texts, at) => ({
    row: at + 1,
    cells: new Map(
      texts.flatMap((text, column) =>
        text === ""
          ? []
          : [[column + 1, { address: `${letter(column + 1)}${at + 1}`, text }] as const],
      ),
    ),
  })),
});

const scheme = results[0] as (typeof results)[number];
const listOf = (...sheets: readonly ListSheet[]) => {
  const list = readList(sheets, { kinds, schemeOf: () => scheme }, {});
  if ("problems" in list) throw new Error(JSON.stringify(list.problems));
  return list;
};

describe("a header", () => {
  it("in two rows, merged downwards and over groups, is read as one", () => {
    const list = listOf(
      sheetOf(
        "提案",
        ["市政协十五届五次会议提案办理台账"],
        ["编号", "案由", "提案人", "五定", "", "答复", "", "反馈", ""],
        ["", "", "", "科室", "经办人", "日期", "文号", "态度", "结果"],
        [
          "122",
          "关于推广智慧停车的建议",
          "李楠",
          "规划科",
          "甲",
          "2021-6-10",
          "函1号",
          "满意",
          "满意",
        ],
      ),
    );
    expect(list.columns[0]?.read).toEqual(
      "编号 案由 提案人 科室 经办人 答复日期 文号 态度 结果".split(" "),
    );
    expect([...list.rows()]).toMatchObject([
      {
        case: "cppcc/15-5/122",
        said: {
          assignment: { department: "规划科", person: "甲" },
          answer: { on: "2021-06-10", documentNumber: "函1号" },
          feedback: { attitude: "satisfied", result: "satisfied" },
        },
        problems: [],
      },
    ]);
  });

  it("with one word for two things is understood by what stands below it", () => {
    const headings = ["类别", "届次", "编号", "案由", "提案人", "答复日期", "结果"];
    const list = listOf(
      sheetOf("甲", headings, ["提案", "15-5", "1", "关于甲的建议", "李楠", "2021-6-1", "A"]),
    );
    expect([...list.rows()][0]?.said.answer).toMatchObject({ result: "A" });
    const other = listOf(
      sheetOf("乙", headings, [
        "提案",
        "15-5",
        "1",
        "关于甲的建议",
        "李楠",
        "2021-6-1",
        "基本满意",
      ]),
    );
    expect([...other.rows()][0]?.said.feedback).toMatchObject({ result: "mostly" });
  });

  it("tells kind and session for the rows below, each sheet for itself", () => {
    const headings = ["编号", "案由", "提案人"];
    const list = listOf(
      sheetOf("政协十五届五次", headings, ["1", "关于甲的建议", "李楠"]),
      sheetOf("建议", ["市十八届人大四次会议代表建议"], headings, ["1", "关于乙的建议", "王五"]),
      sheetOf("说明", ["填表说明"]),
    );
    expect([...list.rows()].map((row) => row.case)).toEqual(["cppcc/15-5/1", "npc/18-4/1"]);
    expect(list.skipped).toEqual(["说明"]);
  });

  it("passes over sums and signatures, and says which", () => {
    const headings = ["届次", "编号", "案由", "提案人"];
    const list = listOf(
      sheetOf(
        "提案",
        headings,
        ["", "一、主办件"],
        ["15-5", "1", "关于甲的建议", "李楠"],
        headings,
        ["15-5", "2", "关于乙的建议", "李楠"],
        ["", "合计：2件"],
        ["合 计", "2", "主办1件，协办1件", "李楠"],
        ["制表：张三", "", "", "审核：李四"],
      ),
    );
    expect(list.count).toBe(2);
    expect(list.columns[0]?.passedOver.map(({ row }) => row)).toEqual([2, 6, 7, 8]);
  });
});
