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
  const stdin = new PassThrough();
  stdin.end(lines.map((line) => `${line}\n`).join(""));
  return shellOn(file, { stdin, isInteractive: true });
};

const assignment = ["规划科", "经办人甲", "2021-06-20", "答复", "规划科科长负总责"];

describe("advance", () => {
  it("asks only for what the step needs, shows it, and records it", async () => {
    const { shell, printed } = await terminalWith("assign", ...assignment, "2021-04-06", "", "y");
    await advance.run(given, shell);
    const text = printed.out.join("\n");
    expect(text).toContain("尚未与提案人当面沟通");
    expect(text).toContain(
      "wuding assign cppcc/15-5/122 --department 规划科 --person 经办人甲 --due 2021-06-20 --task 答复 --responsibility 规划科科长负总责 --on 2021-04-06",
    );
    const view = await (await shell.open()).show("122");
    expect(view).toMatchObject({ status: "assigned", assignment: { person: "经办人甲" } });
  });

  it("asks again for what cannot be read, and takes a further field by its number", async () => {
    const { shell, printed } = await terminalWith(
      "assign",
      "",
      "规划科",
      "经办人甲",
      "2021-02-30",
      "2021-06-20",
      "答复",
      "规划科科长负总责",
      "2021-04-06",
      "leader",
      "分管领导甲",
      "",
      "y",
    );
    await advance.run(given, shell);
    const text = printed.out.join("\n");
    expect(text).toContain("缺少：department。");
    expect(text).toContain("2021-02-30 不存在");
    const view = await (await shell.open()).show("122");
    expect(view.assignment).toMatchObject({ leader: "分管领导甲", due: "2021-06-20" });
  });

  it("says why a rule refuses, and asks anew", async () => {
    const { shell, printed } = await terminalWith(
      "assign",
      ...assignment,
      "2021-04-01",
      "",
      "y",
      "assign",
      ...assignment,
      "2021-04-06",
      "",
      "y",
    );
    await advance.run(given, shell);
    expect(printed.out.join("\n")).toContain("发生日期早于交办日期");
    expect((await (await shell.open()).show("122")).version).toBe(2);
  });

  it.each([
    ["nothing is chosen", [""]],
    ["the person leaves in the middle", ["assign", "规划科"]],
    ["the preview is not confirmed", ["assign", ...assignment, "", "", "n"]],
  ])("records nothing when %s", async (_why, lines) => {
    const { shell, printed } = await terminalWith(...lines);
    await advance.run(given, shell);
    expect(printed.out.at(-1)).toBe("未记录任何内容。");
    expect((await (await shell.open()).show("122")).version).toBe(1);
  });

  it("asks nothing without a terminal, and says which command to use", async () => {
    const { shell } = await terminalWith("1");
    const refused = advance.run(given, { ...shell, isInteractive: false });
    await expect(refused).rejects.toSatisfy(
      (error) => isEngineError(error, "USAGE") && error.data.suggestion === "wuding next 122",
    );
  });
});
