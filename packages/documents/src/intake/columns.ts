/**
 * @module columns — the columns that a list may have: what they are called in Chinese and English, how their
 * cells are read, and which field of which fact they say.
 */
import type { Kind, Label, ResultScheme } from "@wuding/engine";
import type { FactName } from "./facts.ts";
import { readDate } from "./dates.ts";
import { readKind, readSession } from "./names.ts";
import { nameWithoutPhones, readProposers } from "./proposers.ts";
import {
  readDisclosure,
  readFlag,
  readLevel,
  readMode,
  readPhase,
  readProposerType,
  readRating,
  readResult,
  readRole,
} from "./words.ts";
import type { Meant, Written } from "./written.ts";
import { plainForm, shouldBe } from "./written.ts";

/** What cells are read with. */
export type ReadingContext = Readonly<{
  /** The kinds of the rulebook in force. */
  kinds: readonly Kind[];
  /** The result letters of a kind. */
  schemeOf(kind: string | undefined): Pick<ResultScheme, "codes">;
  /** The kind of the row, once it is known. */
  kind?: string;
  /** The year of dates that are written without one. */
  year?: number;
}>;

type CellReader = (written: Written, context: ReadingContext) => Meant<unknown>;

export type Column = Readonly<{
  label: Label;
  /** Other headings of the same column. */
  also: readonly string[];
  /** Headings that may also mean another column; the cells decide. */
  perhaps?: readonly string[];
  /**
   * `name`: a part of the case's name. `computed`: follows from what is recorded, and is never read.
   * `noted`: has no field, and is kept in the note under its Chinese name.
   */
  fact: FactName | "name" | "computed" | "noted";
  field: string;
  read: CellReader;
}>;

const anything: CellReader = ({ text }) => ({ value: text });

/** One line; a break inside a cell is no part of a name. */
const line: CellReader = ({ text }) =>
  /[\r\n]/u.test(text)
    ? shouldBe("一行文字（单元格内有换行）", "one line of text (the cell holds a line break)")
    : { value: text };

/**
 * What people and offices are called. What is recorded as a name stands in the log for good, so a telephone
 * number in it is refused, with the name that would be left.
 */
const named =
  (read: CellReader): CellReader =>
  (written, context) => {
    const left = nameWithoutPhones(written.text);
    if (left === undefined) return read(written, context);
    return left === ""
      ? shouldBe("名称（单元格内只有电话号码）", "a name (the cell holds only a telephone number)")
      : shouldBe(
          `名称（单元格内有电话号码，不予记录；建议改为“${left}”）`,
          `a name (the cell holds a telephone number, which is not recorded; it might read "${left}")`,
        );
  };
const name = named(line);

const paragraphs: CellReader = ({ text }) => ({ value: text.replaceAll(/\r\n?/gu, "\n") });

const parts =
  (separators: RegExp): CellReader =>
  ({ text }) => ({
    value: text
      .split(separators)
      .map((one) => one.trim())
      .filter((one) => one !== "" && one !== "无"),
  });

const several = parts(/[、，,;；\r\n]+/u);
const units = named(several);

/** Points asked for: one a line, with or without their numbers in front. */
const points: CellReader = ({ text }) => ({
  value: text
    .split(/[;；\r\n]+/u)
    .map((one) =>
      one
        .trim()
        .replace(
          /^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|\d{1,2}[.．、]|[①-⑳])\s*/u,
          "",
        )
        .trim(),
    )
    .filter((one) => one !== ""),
});

/** Promises, one a line, each `内容@日期`. */
const promises: CellReader = ({ text }, context) => {
  const made: object[] = [];
  for (const one of text.split(/[;；\r\n]+/u).map((each) => each.trim())) {
    if (one === "") continue;
    const at = one.lastIndexOf("@");
    if (at < 1) return shouldBe(`“内容@日期”（“${one}”没有日期）`, `text@date ("${one}" has none)`);
    const [said, when] = [one.slice(0, at).trim(), one.slice(at + 1).trim()];
    if (when === "长期") {
      made.push({ text: said, longTerm: true });
      continue;
    }
    const due = readDate({ address: "", text: when }, context);
    if ("misread" in due) return due;
    made.push({ text: said, due: due.value });
  }
  return { value: made };
};

const date: CellReader = (written, context) => readDate(written, context);
const word =
  (read: (text: string) => Meant<unknown>): CellReader =>
  ({ text }) =>
    read(text);

const is = (
  zh: string,
  en: string,
  [fact, field]: readonly [Column["fact"], string],
  read: CellReader,
  also: readonly string[] = [],
  perhaps: readonly string[] = [],
): Column => ({ label: { zh, en }, also, perhaps, fact, field, read });

const computed = (zh: string, en: string, ...also: readonly string[]): Column =>
  is(zh, en, ["computed", ""], anything, also);

const noted = (zh: string, en: string, ...also: readonly string[]): Column =>
  is(zh, en, ["noted", ""], anything, also);

/** Every column that is known, in the order of a ledger. */
export const columns: readonly Column[] = [
  computed("序号", "no.", "No", "#"),
  is("件号", "case", ["name", "case"], anything, ["办件编号", "案件编号"]),
  is(
    "件别",
    "kind",
    ["name", "kind"],
    ({ text }, { kinds }) => readKind(text, kinds),
    ["类型", "建议/提案", "提案/建议"],
    ["类别"],
  ),
  is("届次", "session", ["name", "session"], word(readSession), ["会议届次", "届别", "年度"]),
  is("编号", "number", ["name", "number"], anything, [
    "提案号",
    "建议号",
    "案号",
    "提案编号",
    "建议编号",
    "件编号",
  ]),
  is(
    "案由",
    "title",
    ["received", "title"],
    anything,
    [
      "标题",
      "题目",
      "提案标题",
      "建议标题",
      "提案名称",
      "建议名称",
      "标题(案由)",
      "案由(标题)",
      "提案题目",
    ],
    ["名称"],
  ),
  is(
    "提案人",
    "proposers",
    ["received", "proposers"],
    ({ text }) => ({ value: readProposers(text) }),
    [
      "第一提案人",
      "第一提案人/领衔",
      "领衔代表",
      "领衔人",
      "提案者",
      "建议人",
      "提出人",
      "代表姓名",
      "委员姓名",
      "提案委员",
      "领衔",
      "proposer",
      "提案人/代表",
    ],
    ["姓名", "委员", "代表"],
  ),
  is("提案人单位", "proposer's unit", ["received", "unit"], line, [
    "工作单位",
    "单位职务",
    "单位及职务",
    "委员单位",
    "代表单位",
  ]),
  is("界别", "sector", ["received", "sector"], line, ["提案人界别"]),
  is("提案人电话", "proposer's phone", ["received", "phone"], line, [
    "委员电话",
    "代表电话",
    "提案人联系电话",
    "提案人手机",
    "提案人联系方式",
  ]),
  computed("联名人数", "number of proposers", "人数", "提案人数"),
  is("提案人类型", "type of proposer", ["received", "proposerType"], word(readProposerType), [
    "提案者性质",
    "提案性质",
    "提案形式",
    "提案人性质",
    "proposer type",
  ]),
  is("承办角色", "role", ["received", "role"], word(readRole), [
    "角色",
    "办理方式",
    "承办类型",
    "承办方式",
    "our role",
    "主办/协办",
    "主办/会办",
  ]),
  is("主办单位", "lead unit", ["received", "leadUnit"], name, ["牵头单位"], ["承办单位"]),
  is("协办单位", "co-handlers", ["received", "coUnits"], units, [
    "会办单位",
    "分办单位",
    "会办(协办)/分办单位",
    "会办/分办单位",
    "会办(协办)单位",
    "协办(会办)单位",
    "assisting units",
    "co-units",
  ]),
  is("交办单位", "dispatched by", ["received", "dispatchedBy"], name, [
    "交办部门",
    "交办机关",
    "dispatching body",
  ]),
  is("交办日期", "dispatched on", ["received", "dispatchedOn"], date, [
    "交办时间",
    "交办日",
    "date of dispatch",
  ]),
  is("接收日期", "received on", ["received", "on"], date, [
    "收件日期",
    "收到日期",
    "收文日期",
    "接收时间",
  ]),
  is("提出日期", "submitted on", ["received", "submittedOn"], date, [
    "提交日期",
    "提出时间",
    "提交时间",
  ]),
  is("闭会日期", "session closed on", ["received", "sessionClosedOn"], date),
  is("层级", "level", ["received", "level"], word(readLevel), ["级别"]),
  is("提出时段", "phase of submission", ["received", "submissionPhase"], word(readPhase), [
    "会间/闭会",
    "会议期间",
    "submission phase",
  ]),
  is("板块", "theme block", ["received", "block"], line, ["block", "主题", "主题板块"]),
  is("分类", "category", ["received", "category"], line, ["主题分类", "内容分类"]),
  is("意见建议", "requests", ["received", "requests"], points, [
    "所提意见建议",
    "所提建议",
    "诉求",
    "具体建议",
  ]),
  is("重点件", "key case", ["received", "isKey"], word(readFlag), [
    "重点",
    "是否重点",
    "重点提案",
    "重点建议",
    "key",
  ]),
  is("复杂件", "complex case", ["received", "isComplex"], word(readFlag), [
    "复杂",
    "是否复杂",
    "complex",
  ]),
  is("同意公开", "consent to publish", ["received", "consentToPublish"], word(readFlag), [
    "是否同意公开",
    "提案人同意公开",
  ]),
  is("其他编号", "other numbers", ["received", "otherNumbers"], several, [
    "台账号",
    "平台号",
    "平台编号",
    "流水号",
    "纸质件号",
  ]),
  is(
    "全文",
    "full text",
    ["received", "text"],
    paragraphs,
    ["提案内容", "建议内容", "提案全文"],
    ["内容"],
  ),
  is("签收日期", "receipt signed on", ["receipt", "on"], date, ["签收时间", "receipt date"]),
  is("签收人", "receipt signed by", ["receipt", "by"], name),
  is("五定日期", "assigned on", ["assignment", "on"], date, [
    "分解日期",
    "落实五定日期",
    "转科室日期",
    "分办日期",
    "assignment date",
  ]),
  is("承办科室", "department", ["assignment", "department"], name, [
    "定科室",
    "责任科室",
    "科室",
    "牵头科室",
    "主办科室",
  ]),
  is("配合科室", "departments that help", ["assignment", "coDepartments"], units, [
    "协办科室",
    "co-departments",
  ]),
  is("责任领导", "leader", ["assignment", "leader"], name, ["分管领导", "leader in charge"]),
  is("经办人", "person in charge", ["assignment", "person"], name, [
    "承办人",
    "责任人",
    "定人员",
    "具体承办人",
    "person",
  ]),
  is("办理时限", "internal due date", ["assignment", "due"], date, [
    "定时间",
    "完成时限",
    "内部时限",
    "五定时限",
    "internal due",
  ]),
  is("办理任务", "task", ["assignment", "task"], line, ["定任务", "任务"]),
  is("责任要求", "responsibility", ["assignment", "responsibility"], line, ["定责任"]),
  is("首次沟通", "first contact on", ["firstContact", "on"], date, [
    "首次沟通日期",
    "首次联系",
    "首次联系日期",
    "沟通日期",
    "联系日期",
    "first contact",
  ]),
  is("沟通方式", "contact mode", ["firstContact", "mode"], word(readMode), [
    "首次沟通方式",
    "联系方式(沟通)",
    "mode of contact",
  ]),
  is("沟通情况", "contact summary", ["firstContact", "summary"], paragraphs, ["联系情况"]),
  is("首次见面", "first meeting on", ["firstMeeting", "on"], date, [
    "首次见面日期",
    "见面日期",
    "面商日期",
    "first meeting",
  ]),
  is("见面方式", "meeting mode", ["firstMeeting", "mode"], word(readMode), [
    "首次见面方式",
    "面商形式",
    "mode of meeting",
  ]),
  is("答复日期", "answered on", ["answer", "on"], date, [
    "答复时间",
    "办复日期",
    "办复时间",
    "reply date",
  ]),
  is(
    "结果类别",
    "result",
    ["answer", "result"],
    ({ text }, { schemeOf, kind }) => readResult(text, schemeOf(kind)),
    ["答复类别", "办理结果类别", "办理类别", "结果分类", "result code"],
    ["类别", "办理结果", "结果"],
  ),
  is("文号", "document number", ["answer", "documentNumber"], line, [
    "发文字号",
    "答复文号",
    "答复函文号",
  ]),
  is("签发人", "signed by", ["answer", "signedBy"], name, [], ["签发"]),
  is("公开方式", "disclosure", ["answer", "disclosure"], word(readDisclosure), [
    "公开属性",
    "是否公开",
  ]),
  is("不公开理由", "reason for not disclosing", ["answer", "disclosureReason"], line, [
    "不予公开理由",
    "disclosure reason",
  ]),
  is("承诺事项", "commitments", ["answer", "commitments"], promises),
  is("提交会办意见日期", "opinion handed over on", ["opinion", "on"], date, [
    "会办意见日期",
    "协办意见日期",
    "提交协办意见日期",
  ]),
  is("会办意见", "our opinion", ["opinion", "text"], paragraphs, ["协办意见", "我方意见"]),
  is("公开日期", "published on", ["publication", "on"], date, ["公开时间", "发布日期"]),
  is("公开目录", "catalogue", ["publication", "catalogue"], line),
  is("索引号", "index number", ["publication", "indexNumber"], line),
  is("公开网址", "url", ["publication", "url"], line, ["网址", "链接", "address"]),
  is("反馈日期", "feedback on", ["feedback", "on"], date, [
    "反馈时间",
    "征询意见日期",
    "feedback date",
  ]),
  is("对办理态度", "attitude", ["feedback", "attitude"], word(readRating), [
    "态度",
    "办理态度",
    "态度评价",
    "对办理态度满意度",
  ]),
  is(
    "对办理结果",
    "satisfaction",
    ["feedback", "result"],
    word(readRating),
    ["结果评价", "办理结果满意度", "满意度", "满意程度", "对办理结果满意度"],
    ["结果", "办理结果", "反馈结果"],
  ),
  is("反馈意见", "feedback comment", ["feedback", "comment"], paragraphs, ["反馈内容", "comment"]),
  is("反馈渠道", "feedback channel", ["feedback", "channel"], line, ["channel"]),
  is("回访日期", "followed up on", ["followUp", "on"], date, ["回访时间"]),
  is("回访方式", "follow-up mode", ["followUp", "mode"], word(readMode)),
  is("回访情况", "follow-up outcome", ["followUp", "outcome"], paragraphs, ["回访结果"]),
  is(
    "办结日期",
    "closed on",
    ["closing", "on"],
    date,
    ["归档日期", "办结时间", "归档时间"],
    ["归档", "办结"],
  ),
  noted("督办领导", "supervising leader", "督办市领导", "领衔督办领导"),
  is("备注", "note", ["received", "note"], paragraphs, ["说明", "notes", "remarks"]),
  computed("签收期限", "receipt due"),
  computed("退办截止", "return due", "退办期限", "return window"),
  computed("首次沟通期限", "first contact due"),
  computed("会办意见截止", "opinion due", "协办意见截止", "会办意见期限"),
  computed("答复截止", "reply due", "答复期限", "答复时限"),
  computed("最近时限", "next due date", "due", "时限"),
  computed("拟稿日期", "drafted on", "拟稿", "拟稿时间"),
  computed("会办意见收到", "opinions received", "协办意见收到"),
  computed("见面次数", "meetings", "见面次数/方式"),
  computed("沟通次数", "number of contacts", "联系次数"),
  computed("办理轮次", "round", "轮次", "是否重办", "重办", "重新办理"),
  computed("承诺事项数", "promises", "承诺数"),
  computed("承诺兑现数", "promises kept", "兑现数", "已兑现"),
  computed("办理状态", "status", "状态"),
  computed("灯色", "lamp", "灯"),
];

/** What the column of a field is called. */
export const columnSaying = (fact: Column["fact"], field: string): Label =>
  columns.find((one) => one.fact === fact && one.field === field)?.label ?? {
    zh: field,
    en: field,
  };

/** Headings of personal data: what stands below is never put into a note, which nobody could erase. */
const personal = /电话|手机|联系方式|身份证|邮箱|电子邮件|微信|住址|家庭|phone|mobile|e-?mail/iu;

/** Whether an unknown heading is of personal data. */
export const isPersonal = (heading: string): boolean => personal.test(heading);

/** A heading as it is compared: brackets stay for those who have them in their names. */
const headingForm = (text: string): string => plainForm(text).replaceAll(/[*:：。]+$/gu, "");

const withoutAside = (heading: string): string => heading.replace(/\([^()]*\)$/u, "");

const byHeading = new Map<string, Column>();
const byDoubtfulHeading = new Map<string, Column[]>();
for (const column of columns) {
  for (const heading of [column.label.zh, column.label.en, ...column.also]) {
    byHeading.set(headingForm(heading), column);
  }
  for (const heading of column.perhaps ?? []) {
    const form = headingForm(heading);
    byDoubtfulHeading.set(form, [...(byDoubtfulHeading.get(form) ?? []), column]);
  }
}

/** The columns that a heading may mean, most likely first; one where it is plain, none where it is unknown. */
export const columnsCalled = (
  heading: string,
): Readonly<{ sure: boolean; candidates: readonly Column[] }> => {
  const form = headingForm(heading);
  for (const one of [form, withoutAside(form)]) {
    const sure = byHeading.get(one);
    if (sure !== undefined) return { sure: true, candidates: [sure] };
    const candidates = byDoubtfulHeading.get(one);
    if (candidates !== undefined) return { sure: false, candidates };
  }
  return { sure: false, candidates: [] };
};
