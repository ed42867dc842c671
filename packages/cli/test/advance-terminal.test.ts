/**
 * @module advance-terminal.test — the built program on a real pseudo-terminal: a whole case from its receipt to
 * its closing, Ctrl-C, the end of input, 40 columns, no colour. Without python3 these rules are skipped.
 */
import { join } from "node:path";
import { openCasebook } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { widthOf } from "../src/print/width.ts";
import type { Typing } from "./at-a-terminal.ts";
import { atTerminal, hasTerminal } from "./at-a-terminal.ts";
import { newFolder } from "./given-year.ts";

const interrupt = "\u0003";
const endOfInput = "\u0004";

const desk = () => {
  const file = join(newFolder(), "wuding.db");
  const env = {
    WUDING_DB: file,
    WUDING_ACTOR: "办公室",
    WUDING_LANG: "zh",
    WUDING_TODAY: "2021-12-31",
    NO_COLOR: "1",
  };
  const view = async () => {
    const casebook = await openCasebook(file, { actor: { id: "办公室" } });
    try {
      return await casebook.show("122");
    } finally {
      await casebook.close();
    }
  };
  return { env, view };
};

/** Each answer as it is typed when its question stands there. */
const answers = (...given: readonly (readonly [string, string])[]): Typing =>
  given.map(([wait, send]) => [wait, `${send}\n`]);

const recorded = answers(["选填", ""], ["记录请输入", "y"]);
const menu = "直接回车离开\n";

const receipt = [
  ...answers(["件别", "1"], ["届次", "十五届五次"], ["编号", "122"]),
  ...answers(["案由", "关于改进政务信息化建设的建议"], ["提案人", "李楠"], ["…", ""]),
  ...answers(["发生日期", "4月2日"]),
  ...recorded,
];
const assignment = [
  ...answers([menu, "assign"], ["定科室", "规划科"], ["定人员", "经办人甲"]),
  ...answers(["定时间", "6月20日"], ["定任务", "答复"], ["定责任", "科长负总责"]),
  ...answers(["发生日期", "2021/4/6"]),
  ...recorded,
];
const contact = [
  ...answers([menu, "contact"], ["方式", "visit"], ["发生日期", "5月10日"]),
  ...answers(["选填", "2"], ["参加", "1"], ["…", ""]),
  ...recorded,
];
const reply = [
  ...answers([menu, "answer"], ["办理结果", "A"], ["发生日期", "6月15日"]),
  ...recorded,
];
const feedback = [
  ...answers([menu, "feedback"], ["态度", "满意"], ["结果", "1"], ["发生日期", "6月30日"]),
  ...recorded,
];
const closing = [...answers([menu, "close"], ["发生日期", "7月1日"]), ...recorded];

describe.skipIf(!hasTerminal)(
  `advance at a terminal${hasTerminal ? "" : " (python3 of 3.9 or later is not here)"}`,
  { timeout: 60_000 },
  () => {
    it("leads through a whole case, from its receipt to its closing", async () => {
      const { env, view } = desk();
      const script = [...receipt, ...assignment, ...contact, ...reply, ...feedback, ...closing];
      const { screen, status } = await atTerminal(
        ["advance"],
        [...script, ...answers([menu, ""])],
        { env },
      );
      expect(screen).toContain("已离开，本次共记录 6 步。");
      expect(status).toBe(0);
      expect(await view()).toMatchObject({
        status: "closed",
        contacts: [{ mode: "visit", participants: [{ name: "李楠", role: "proposer" }] }],
        reply: { result: "A" },
        feedback: [{ attitude: "satisfied", result: "satisfied" }],
        closedOn: "2021-07-01",
      });
    });

    it.each([
      ["Ctrl-C", interrupt, 130],
      ["the end of input", endOfInput, 0],
    ])("changes nothing at %s, wherever it comes", async (_what, key, expected) => {
      const { env, view } = desk();
      await atTerminal(["advance"], [...receipt, [menu, endOfInput]], { env });
      for (const typed of [0, 1, 3, assignment.length - 1]) {
        const asked = assignment[typed]?.[0] ?? "";
        const { screen, status } = await atTerminal(
          ["advance", "122"],
          [...assignment.slice(0, typed), [asked, key]],
          { env },
        );
        expect({ typed, status }).toEqual({ typed, status: expected });
        expect(screen).toContain("未记录任何内容。");
      }
      expect(await view()).toMatchObject({ version: 1, status: "received" });
    });

    it("fits 40 columns and needs no colour", async () => {
      const { env } = desk();
      const { screen } = await atTerminal(
        ["advance"],
        [...receipt, ...assignment, [menu, endOfInput]],
        { env: { ...env, TERM: "dumb" }, columns: 40 },
      );
      // what is to be copied, and what is being typed, stand in one piece
      const lines = screen.split("\n").filter((line) => !/^(wuding |\{|> )/.test(line));
      expect(lines.filter((line) => widthOf(line) > 40)).toEqual([]);
      expect(screen).not.toContain("\u001B");
    });

    it.each([
      [40, "zh"],
      [40, "en"],
      [20, "zh"],
      [20, "en"],
    ])("of %i columns breaks between words, in %s", async (columns, language) => {
      const { env } = desk();
      const typed = [
        "1",
        "15-5",
        "122",
        "关于改进政务信息化建设的建议",
        "李楠",
        "",
        "2021-04-02",
        "",
        "y",
      ];
      const assigning = [
        "assign",
        "Planning",
        "Clerk",
        "2021-06-20",
        "reply",
        "the head",
        "2021-04-06",
        "",
        "y",
      ];
      const script = [...typed, ...assigning, ""].map((line): Typing[number] => [
        "> ",
        `${line}\n`,
      ]);
      const { screen, status } = await atTerminal(["advance"], script, {
        env: { ...env, WUDING_LANG: language, TERM: "dumb" },
        columns,
      });
      expect(status).toBe(0);
      const lines = screen.split("\n").filter((line) => !/^(wuding |\{|> )/.test(line));
      const isOneWord = (line: string): boolean => /^\s*[\x21-\x7E]+$/.test(line);
      expect(lines.filter((line) => widthOf(line) > columns && !isOneWord(line))).toEqual([]);
    });

    it("rubs out a Chinese character whole", async () => {
      const { env, view } = desk();
      const typed = receipt.map(([wait, send]): Typing[number] =>
        wait === "案由" ? [wait, "关于改错\u007F进的建议\n"] : [wait, send],
      );
      await atTerminal(["advance"], [...typed, [menu, endOfInput]], { env });
      expect(await view()).toMatchObject({ title: "关于改进的建议" });
    });
  },
);
