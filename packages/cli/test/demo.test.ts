import { existsSync } from "node:fs";
import { join } from "node:path";
import { annualText, isEngineError } from "@wuding/engine";
import { openCasebook } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { command as demo } from "../src/commands/demo.ts";
import { command as report } from "../src/commands/report.ts";
import {
  jsonOf,
  linesOf,
  linyi2021,
  newFolder,
  recordAll,
  shellOn,
  textOf,
  typed,
} from "./given-year.ts";

const annual = { positionals: ["annual"], values: { year: "2021" } };
const sentence =
  "2021年，临沂市大数据局共收到政协提案11件，主要涉及产业数字化转型、智慧城市建设、政务信息化建设等方面工作，已全部按期办结，并实现了与委员见面率、办结率和办理满意率三个100%。";

describe("demo", () => {
  it("makes a casebook and shows a year that comes down to the published sentence", async () => {
    const folder = join(newFolder(), "new");
    const given = { positionals: [folder] };
    const text = await textOf(demo, given, shellOn("unused.db"));
    expect(existsSync(join(folder, "wuding.db"))).toBe(true);
    expect(text).toContain(sentence);
    for (const command of [
      "wuding history 122",
      "wuding list --as-of 2021-06-21",
      "wuding due --within 10d --as-of 2021-06-21",
      "wuding rates --year 2021 --as-of 2021-12-31",
      "wuding report annual --year 2021 --today 2021-12-31",
      "wuding audit verify",
    ]) {
      expect(text).toContain(`$ ${command}`);
    }
    expect(text.match(/^(见面率|办结率|满意率) +100% {2}11\/11/gm)).toHaveLength(3);
  });

  it("leaves a folder alone that holds a casebook", async () => {
    const folder = newFolder();
    const { shell } = shellOn("unused.db");
    await demo.run(typed({ positionals: [folder] }), shell);
    const again = demo.run(typed({ positionals: [folder] }), shell);
    await expect(again).rejects.toSatisfy((error) => isEngineError(error, "CASEBOOK_EXISTS"));
  });

  it("gives scripts the figures, and reports in English where that was typed", async () => {
    const { shell } = shellOn("unused.db");
    const english = { shell: { ...shell, language: "en", reportLanguage: "en" } as const };
    const folder = newFolder();
    const all = await jsonOf<Record<string, { text: string }>>(
      demo,
      { positionals: [folder] },
      english,
    );
    expect(all).toMatchObject({
      file: join(folder, "wuding.db"),
      recorded: 97,
      audit: { faults: { first: null } },
    });
    expect(all["annual"]?.text).toContain("received 11 cases");
  });
});

describe("the annual sentence 年度总结", () => {
  it("makes the claims that are so", async () => {
    expect(await textOf(report, annual, await linyi2021())).toContain(sentence);
  });

  it("one 不满意 takes the claim away and names the case", async () => {
    // its follow-up and closing are refused then: a new round has begun
    const year = await linyi2021({}, (given) =>
      given["command"] === "feedback" && given["case"] === "cppcc/15-5/907"
        ? { ...given, result: "dissatisfied" }
        : given,
    );
    const text = await textOf(report, annual, year);
    expect(text).toContain("共收到政协提案11件");
    expect(text).not.toContain("三个100%。");
    expect(text).not.toContain("已全部按期办结");
    expect(text).toContain("满意率90.91%（10/11）");
    expect(text).toContain("cppcc/15-5/907《关于建设城市一体化综合指挥平台的建议》：");
    expect(text).toContain("最近一次反馈为不满意");
  });

  it("counts suggestions and proposals in the form of the 2025 summary", async () => {
    const casebook = await openCasebook(join(newFolder(), "wuding.db"), { create: true });
    await recordAll(casebook, linesOf("jining-2025/commands.jsonl"));
    const figures = await casebook.annual(2025, { today: "2025-12-31" });
    await casebook.close();
    expect(figures.requests).toEqual({ asked: 5, adopted: 5 });
    const text = annualText(figures, "zh");
    expect(text).toContain("承担人大代表建议1件、政协提案4件，其中主办（含分办）3件、协办1件，");
    expect(text).toContain("代表委员满意率达到100%");
    expect(text).toContain("8月6日，就《推进城市精细管理 加快构建“智慧社区”的建议》");
    for (const theme of [
      "智慧城市",
      "智慧社区",
      "数字经济",
      "算力基础设施",
      "全市政务信息化提升",
    ]) {
      expect(text).toContain(theme);
    }
  });

  it("a year without cases claims nothing", async () => {
    const given = { positionals: ["annual"], values: { year: "2019" } };
    const text = await textOf(report, given, await linyi2021());
    expect(text).toContain("未收到建议提案");
    expect(text).not.toContain("100%");
  });
});

describe("the promise of 2020, No. 138", () => {
  it("is due after the reply, and is verified by somebody else", async () => {
    const casebook = await openCasebook(join(newFolder(), "wuding.db"), { create: true });
    await recordAll(casebook, linesOf("linyi-2020-138/commands.jsonl"));
    const before = await casebook.due({ asOf: "2020-11-16" });
    expect(before.due).toMatchObject([
      { deadline: "commitment:1", dueOn: "2020-11-30", workingDaysLeft: 10 },
    ]);
    const verification = linesOf("linyi-2020-138/verification.jsonl");
    await expect(recordAll(casebook, verification)).rejects.toSatisfy((error) =>
      isEngineError(error, "RULE_REFUSED"),
    );
    await recordAll(casebook, verification, { id: "核验人甲" });
    const view = await casebook.show("138", { today: "2020-12-31" });
    await casebook.close();
    expect(view.commitments[0]).toMatchObject({
      fulfilledOn: "2020-11-27",
      verifiedOn: "2020-12-16",
    });
    expect(view.deadlines.find(({ id }) => id === "reply")?.dueOn).toBe("2020-10-09");
  });
});
