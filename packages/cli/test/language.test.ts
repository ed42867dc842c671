/** @module language.test — which language people and reports get. */
import { describe, expect, it } from "vitest";
import { reportLanguage, talkLanguage } from "../src/language.ts";
import { givenProgram } from "./given-program.ts";

describe("the language of talk", () => {
  it.each([
    [undefined, {}, "en"],
    [undefined, { LANG: "zh_CN.UTF-8" }, "zh"],
    [undefined, { LANG: "zh" }, "zh"],
    [undefined, { LANG: "C.UTF-8" }, "en"],
    [undefined, { LANG: "en_US.UTF-8", LC_ALL: "zh_CN.UTF-8" }, "zh"],
    [undefined, { LANG: "zh_CN.UTF-8", LC_MESSAGES: "en_US.UTF-8" }, "en"],
    [undefined, { LANG: "zh_CN.UTF-8", LC_ALL: "" }, "zh"],
    [undefined, { LANG: "zh_CN.UTF-8", WUDING_LANG: "en" }, "en"],
    [undefined, { LC_ALL: "en_US.UTF-8", WUDING_LANG: "zh" }, "zh"],
    ["en", { WUDING_LANG: "zh" }, "en"],
    ["zh", { LANG: "en_US.UTF-8" }, "zh"],
  ] as const)("--lang %s with %o is %s", (typed, variables, expected) => {
    expect(talkLanguage(typed, variables)).toBe(expected);
  });

  it("reports are Chinese unless English is typed", () => {
    expect([undefined, "zh", "en"].map((typed) => reportLanguage(typed as "zh"))).toEqual([
      "zh",
      "zh",
      "en",
    ]);
  });

  it("refusals follow it, from the environment and from the option", async () => {
    const chinese = givenProgram({ LANG: "zh_CN.UTF-8" });
    expect((await chinese.typed("lisst")).err).toBe("没有命令“lisst”。\n是否要用 list？\n");
    expect((await chinese.typed("lisst --lang en")).err).toContain("There is no command");
  });

  it("--lang knows two languages", async () => {
    const { typed } = givenProgram();
    const ran = await typed("list --lang fr");
    expect(ran.exitCode).toBe(2);
    expect(ran.err).toContain("zh, en");
  });
});
