/** @module advance.test — a person is led through a case: what is asked, shown, refused, recorded and undone. */
import { PassThrough } from "node:stream";
import { isEngineError } from "@wuding/engine";
import { openCasebook } from "@wuding/store";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { command as advance } from "../src/commands/advance.ts";
import { newFolder, shellOn, typed } from "./given-year.ts";

const given = typed({ positionals: ["122"] });

/** A terminal at which a person types these lines and then leaves. */
const terminalWith = async (...lines: string[]) => {
  const file = join(newFolder(), "wuding.db");
  const casebook = await openCasebook(file, { create: true, actor: { id: "办公室" } });
  await casebook.execute({
    command: "receive",
    kind: "cppcc",
    session: "15-5",
    number: "122",
    title: "关于改进政务信息化建设的建议",
    proposers: ["李楠"],
    on: "2021-04-02",
  });
  await casebook.close();
  return terminalOn(file, ...lines);
};

const terminalOn = (file: string, ...lines: string[]) => {
  const stdin = new PassThrough();
  stdin.end(lines.map((line) => `${line}\n`).join(""));
  return { file, ...shellOn(file, { stdin, isInteractive: true }) };
};

const assignment = ["规划科", "经办人甲", "2021-06-20", "答复", "规划科科长负总责"];
const assigned = ["assign", ...assignment, "2021-04-06", "", "y"];

describe("a step of a case", () => {
  it("is asked only for what it needs, shown as a command and as JSON, and recorded", async () => {
    const { shell, printed } = await terminalWith(...assigned);
    await advance.run(given, shell);
    const text = printed.out.join("\n");
    expect(text).toContain("尚未与提案人当面沟通");
    expect(text).toContain(
      "wuding assign cppcc/15-5/122 --department 规划科 --person 经办人甲 --due 2021-06-20 --task 答复 --responsibility 规划科科长负总责 --on 2021-04-06 --expect 1",
    );
    expect(text).toContain(
      '{"command":"assign","case":"cppcc/15-5/122","department":"规划科","person":"经办人甲","due":"2021-06-20","task":"答复","responsibility":"规划科科长负总责","on":"2021-04-06","expect":1}',
    );
    expect(text).toContain("新的时限：五定时限 2021-06-20（星期日，非工作日）");
    const view = await (await shell.open()).show("122");
    expect(view).toMatchObject({ status: "assigned", assignment: { person: "经办人甲" } });
    expect(printed.out.at(-1)).toBe("已离开，本次共记录 1 步。");
  });

  it("is asked for again where an answer cannot be read, with the reason", async () => {
    const lines = ["", "规划科", "经办人甲", "2021-02-30", "9月31日", "以后", "6月20日", "答复"];
    const { shell, printed } = await terminalWith(
      "assign",
      ...lines,
      "规划科科长负总责",
      "2022-01-01",
      "2021/4/6",
      "分管领导",
      "分管领导甲",
      "",
      "y",
    );
    await advance.run(given, shell);
    const text = printed.out.join("\n");
    expect(text).toContain("缺少：定科室。");
    expect(text).toContain("2021-02-30 不存在");
    expect(text).toContain("2021-09-31 不存在");
    expect(text).toContain("“以后”不是");
    expect(text).toContain("→ 2021-06-20（星期日，非工作日）");
    expect(text).toContain("晚于今天");
    const view = await (await shell.open()).show("122");
    expect(view.assignment).toMatchObject({ leader: "分管领导甲", due: "2021-06-20" });
  });

  it("that a rule refuses keeps its answers, and only the wrong one is given anew", async () => {
    const { shell, printed } = await terminalWith(
      "assign",
      ...assignment,
      "2021-04-01",
      "",
      "on",
      "2021-04-06",
      "y",
    );
    await advance.run(given, shell);
    expect(printed.out.join("\n")).toContain("发生日期早于交办日期");
    expect((await (await shell.open()).show("122")).version).toBe(2);
  });

  it("can be changed at the preview by the number of a field", async () => {
    const { shell } = await terminalWith(...assigned.slice(0, -1), "2", "经办人乙", "y");
    await advance.run(given, shell);
    expect((await (await shell.open()).show("122")).assignment).toMatchObject({
      person: "经办人乙",
    });
  });

  it("that the lifecycle does not allow now is explained when its word is typed", async () => {
    const { shell, printed } = await terminalWith(...assigned, "answer", "close");
    await advance.run(given, shell);
    expect(printed.out.join("\n")).toMatch(/现在不能记录：.+沟通/);
    expect(printed.out.join("\n")).toContain("现在不能记录：办结归档");
  });

  it.each([
    ["nothing is chosen", [""]],
    ["the person leaves in the middle", ["assign", "规划科"]],
    ["the person goes back", ["assign", "规划科", "<", ""]],
    ["the preview is not confirmed", ["assign", ...assignment, "", "", "n"]],
    ["the input ends at the preview", ["assign", ...assignment, "", ""]],
  ])("is not recorded when %s", async (_why, lines) => {
    const { shell, printed } = await terminalWith(...lines);
    await advance.run(given, shell);
    expect(printed.out.at(-1)).toBe("未记录任何内容。");
    expect((await (await shell.open()).show("122")).version).toBe(1);
  });
});

describe("what a person reads", () => {
  it("is every word that was chosen by its meaning, and never as a program writes it", async () => {
    const call = ["contact", "phone", "2021-05-10", "participants", "1", "", "", "y"];
    const visit = ["contact", "visit", "2021-05-11", "", "y"];
    const reply = ["answer", "A", "2021-06-15", "", "y"];
    const opinion = ["feedback", "satisfied", "mostly", "2021-06-30", "", ""];
    const { shell, printed } = await terminalWith(
      ...assigned,
      ...call,
      ...visit,
      ...reply,
      ...opinion,
    );
    await advance.run(given, shell);
    const filled = printed.out.filter((line) => /^ +\d+ {2}[^ ]+：/.test(line)).join("\n");
    expect(filled).toContain("方式：电话联系");
    expect(filled).toContain("李楠:提案人");
    expect(filled).toContain("办理结果类别：A（已经解决或基本解决）");
    expect(filled).toContain("对办理态度：满意");
    expect(filled).toContain("对办理结果：基本满意");
    expect(filled).not.toMatch(/：[a-z]+$|proposer/m);
  });

  it("is a correction by the names of its fields", async () => {
    const call = ["contact", "phone", "2021-05-10", "", "y"];
    const corrected = ["correct", "mode", "visit", "", "方式记错", "", "", ""];
    const { shell, printed } = await terminalWith(...assigned, ...call, ...corrected);
    await advance.run(given, shell);
    expect(printed.out.join("\n")).toMatch(/^ +\d+ {2}.+：登门走访$/m);
  });

  it("has the word of every choice where one has it, in English too", async () => {
    const { shell, printed } = await terminalWith(...assigned, "contact");
    await advance.run(given, { ...shell, language: "en", reportLanguage: "en" });
    const from = printed.out.findLastIndex((line) => line.startsWith("   1  "));
    const modes = printed.out.slice(from, from + 7);
    expect(modes).toEqual([
      "   1  phone       phone",
      "   2  visit       visit",
      "   3  meeting     meeting",
      "   4  symposium   symposium",
      "   5  site-visit  site visit",
      "   6  letter      letter",
      "   7  online      online",
    ]);
  });

  it("keeps what stands in the way apart from what helps", async () => {
    const { shell, printed } = await terminalWith("answer");
    await advance.run(given, shell);
    expect(printed.out).toContain("现在不能记录：尚未落实五定。先用 assign 将五项一次定齐。");
  });
});

describe("the last step", () => {
  it("is taken back with a reason, after what cannot be called back was said", async () => {
    const { shell, printed } = await terminalWith(...assigned, "undo", "误录", "", "", "y");
    await advance.run(given, shell);
    const text = printed.out.join("\n");
    expect(text).toContain("原记录留在历史中");
    expect(text).toContain("undo");
    const casebook = await shell.open();
    expect(await casebook.show("122")).toMatchObject({ status: "received", assignment: null });
    expect((await casebook.history("122")).map(({ type }) => type)).toEqual([
      "CaseReceived",
      "CaseAssigned",
      "EntryRetracted",
    ]);
  });

  it("is corrected field by field", async () => {
    const { shell, printed } = await terminalWith(
      ...assigned,
      "correct",
      "due",
      "6月18日",
      "",
      "日期写错",
      "",
      "",
      "y",
    );
    await advance.run(given, shell);
    expect(printed.out.join("\n")).toMatch(
      /wuding amend cppcc\/15-5\/122 --event \d+ due=2021-06-18/,
    );
    expect((await (await shell.open()).show("122")).assignment).toMatchObject({
      due: "2021-06-18",
      person: "经办人甲",
    });
  });

  it("that cannot be taken back is not offered, and the reason is told", async () => {
    const file = join(newFolder(), "wuding.db");
    const { shell, printed } = terminalOn(
      file,
      "政协提案",
      "15-5",
      "122",
      "关于改进政务信息化建设的建议",
      "李楠",
      "",
      "2021-04-02",
      "",
      "y",
    );
    await advance.run(typed(), shell);
    const text = printed.out.join("\n");
    expect(text).toContain("刚才这一步不能撤销");
    expect(text).not.toMatch(/^ *\d+ +undo/m);
    expect(await (await shell.open()).show("122")).toMatchObject({ status: "received" });
  });
});

describe("without a terminal", () => {
  it.each([
    [["122"], "wuding next 122"],
    [[], "wuding receive"],
  ])(
    "nothing is asked for %j, and the command to use is named",
    async (positionals, suggestion) => {
      const { shell } = await terminalWith("1");
      const refused = advance.run(typed({ positionals }), { ...shell, isInteractive: false });
      await expect(refused).rejects.toSatisfy(
        (error) => isEngineError(error, "USAGE") && error.data.suggestion === suggestion,
      );
    },
  );
});
