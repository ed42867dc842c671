/** @module page-of-the-reply.test — opinions, drafts, deliveries and disclosure as `show`, `next` and `history` print them. */
import { join } from "node:path";
import { openCasebook } from "@wuding/store";
import { expect, it } from "vitest";
import { command as history } from "../src/commands/history.ts";
import { command as next } from "../src/commands/next.ts";
import { command as show } from "../src/commands/show.ts";
import type { Shell } from "../src/shell.ts";
import { jsonOf, newFolder, shellOn, textOf } from "./given-year.ts";

const id = "cppcc/15-5/122";

/** A joint proposal that we lead, with one co-handler; the given lines come after its first visit. */
const caseWith = async (
  lines: readonly Readonly<Record<string, unknown>>[],
  changes: Partial<Shell> = {},
) => {
  const file = join(newFolder(), "wuding.db");
  const book = await openCasebook(file, { create: true, actor: { id: "办公室" } });
  for (const line of [
    {
      command: "receive",
      kind: "cppcc",
      session: "15-5",
      number: "122",
      title: "关于改进政务信息化建设的建议",
      proposers: ["李楠", "王兰"],
      role: "lead",
      on: "2021-04-02",
    },
    {
      command: "assign",
      department: "规划科",
      person: "甲",
      due: "2021-06-20",
      task: "答复",
      responsibility: "科长",
      on: "2021-04-06",
    },
    { command: "contact", mode: "visit", on: "2021-04-15" },
    ...lines,
  ]) {
    await book.executeGiven({ ...(line.command === "receive" ? {} : { case: id }), ...line });
  }
  await book.close();
  return shellOn(file, changes);
};

const asked = { command: "request-opinion", unit: "财政局", due: "2021-07-20", on: "2021-04-16" };
const consulted = [
  asked,
  { command: "record-opinion", text: "无", on: "2021-05-10" },
  { command: "return-opinion", defect: "empty", reason: "没有内容", on: "2021-05-11" },
  { command: "record-opinion", text: "同意安排经费", on: "2021-05-14" },
] as const;
const drafted = [
  { command: "draft", result: "A", on: "2021-06-01" },
  { command: "review", decision: "approved", by: "主任", comment: "可", on: "2021-06-02" },
  { command: "sign", by: "局长", on: "2021-06-03" },
] as const;
const answered = {
  command: "answer",
  result: "A",
  deliveredTo: ["李楠"],
  toldOpinions: ["财政局"],
  disclosure: "withheld",
  disclosureReason: "涉密",
  on: "2021-06-10",
};
const delivered = { command: "deliver", proposer: "王兰", channel: "邮寄", on: "2021-06-12" };
const disclosed = {
  command: "disclose",
  disclosure: "summary",
  reason: "可摘要",
  on: "2021-09-01",
};

const page = { positionals: ["122"] };

it("show tells the opinions, the drafts, whom the reply has reached and how far it is disclosed", async () => {
  const shell = await caseWith([...consulted, ...drafted, answered, delivered, disclosed]);
  const text = await textOf(show, page, shell);
  expect(text).toMatch(/^征求的协办意见$/m);
  expect(text).toMatch(
    /1 {2}财政局 {2}2021-04-16 {2}2021-07-20 +按期完成 {2}2021-05-14 {2}同意安排经费$/m,
  );
  expect(text).toMatch(/^2021-05-11 {2}退回：没有实质内容 {2}财政局 {2}没有内容$/m);
  expect(text).toMatch(/^协办意见 1 +2021-07-20 +按期完成/m);
  expect(text).toMatch(
    /1 {2}A +2021-06-01 办公室 {2}2021-06-02 主任 同意（可） {2}2021-06-03 局长$/m,
  );
  expect(text).toMatch(/^送达 +李楠、王兰（2021-06-12 邮寄）$/m);
  expect(text).toMatch(/^已说明协办意见 +财政局$/m);
  expect(text).toMatch(/^签发人 +局长$/m);
  expect(text).toMatch(/^公开方式 +摘要公开（2021-09-01 可摘要）$/m);
});

it("in English too", async () => {
  const shell = await caseWith([...consulted, ...drafted, answered], { language: "en" });
  const text = await textOf(show, page, shell);
  expect(text).toMatch(/^Opinions of co-handlers$/m);
  expect(text).toMatch(/^2021-05-11 {2}sent back: empty/m);
  expect(text).toMatch(/^Drafts of the reply$/m);
  expect(text).toMatch(/^still to reach +王兰$/m);
  expect(text).toContain("the reply has not reached 王兰");
});

it("our own opinion that came back stands with its reason", async () => {
  const file = join(newFolder(), "wuding.db");
  const book = await openCasebook(file, { create: true, actor: { id: "办公室" } });
  const { shell } = shellOn(file);
  for (const line of [
    {
      command: "receive",
      kind: "cppcc",
      session: "15-5",
      number: "122",
      title: "案由",
      proposers: ["李楠"],
      role: "assist",
      on: "2021-04-02",
    },
    {
      command: "assign",
      case: id,
      department: "规划科",
      person: "甲",
      due: "2021-06-20",
      task: "会办",
      responsibility: "科长",
      on: "2021-04-06",
    },
    { command: "submit-opinion", case: id, text: "无", on: "2021-04-20" },
    { command: "return-opinion", case: id, reason: "请补充", defect: "empty", on: "2021-04-22" },
  ]) {
    await book.executeGiven(line);
  }
  await book.close();
  const text = await textOf(show, page, { shell });
  expect(text).toMatch(/^协办意见$\n^2021-04-22 {2}退回：没有实质内容 {2}请补充$/m);
});

it("next warns of an opinion that is due after the reply", async () => {
  const shell = await caseWith([asked]);
  const text = await textOf(next, page, shell);
  expect(text).toMatch(/^请留意$\n^财政局的协办意见时限 2021-07-20 晚于本件答复时限 2021-07-02$/m);
  expect(await jsonOf<{ warnings: unknown }>(next, page, shell)).toMatchObject({
    warnings: [{ why: "财政局的协办意见时限 2021-07-20 晚于本件答复时限 2021-07-02" }],
  });
  expect(await textOf(show, page, shell)).toContain("2021-07-20（晚于答复时限）");
});

it("history tells each in a line", async () => {
  const shell = await caseWith([...consulted, ...drafted, answered, delivered, disclosed]);
  const text = await textOf(history, page, shell);
  expect(text).toMatch(/征求协办意见.*财政局/);
  expect(text).toMatch(/退回协办意见.*没有实质内容/);
  expect(text).toMatch(/核稿.*同意/);
  expect(text).toMatch(/重新确定公开方式.*摘要公开/);
});

it("history names the proposers whom each delivery reached", async () => {
  const lines = [...consulted, ...drafted, answered, delivered];
  const shell = await caseWith(lines);
  const text = await textOf(history, page, shell);
  expect(text).toMatch(/已答复 +A 不予公开 送达李楠 /);
  expect(text).toMatch(/送达王兰（邮寄）/);
  const english = await textOf(history, page, await caseWith(lines, { language: "en" }));
  expect(english).toMatch(/reached 王兰 \(邮寄\)/);
  const entries = await jsonOf<readonly object[]>(history, page, shell);
  expect(entries.filter((entry) => "reached" in entry)).toMatchObject([
    { type: "ReplyDelivered", reached: ["李楠"] },
    { type: "DeliveryRecorded", reached: ["王兰"] },
  ]);
});
