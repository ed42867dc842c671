/** @module after-the-reply.test — promises, changed results and look-backs on the pages that people read. */
import { describe, expect, it } from "vitest";
import { assigned, givenProgram, received } from "./given-program.ts";

const untilReply = [
  received,
  assigned,
  "contact 122 --mode visit --on 2021-04-20",
  "answer 122 --result B --commitment 上线二百项@2021-11-30 --commitment 持续推进@长期 --on 2021-06-15",
  "feedback 122 --attitude satisfied --result satisfied --entered-on-behalf --on 2021-06-25",
  "close 122 --on 2021-07-01",
  "change-commitment 122 --commitment 1 --due 2021-12-20 --approved-by 局长 --reason 待会议研究 --on 2021-11-01",
  "progress 122 --summary 已上线一百项 --commitment 1 --on 2021-11-10",
  "fulfil 122 --commitment 1 --evidence 验收单 --on 2021-12-01",
  "reply-again 122 --commitment 1 --on 2021-12-05",
  "report-status 122 --on 2021-12-06",
  "look-back 122 --finding 现场核实 --standing kept --campaign 年度回头看 --on 2021-12-10",
  "reclassify 122 --result A --reason 已经落实 --on 2021-12-12",
];

const givenCase = async (variables: Readonly<Record<string, string>> = {}) => {
  const program = givenProgram(variables);
  for (const line of untilReply) {
    const ran = await program.typed(line);
    expect(ran, `${line}\n${ran.err}`).toMatchObject({ exitCode: 0 });
  }
  return program;
};

describe("the page of a case", () => {
  it("tells in Chinese what became of it after the reply", async () => {
    const { typed } = await givenCase({ LANG: "zh_CN.UTF-8" });
    const { out } = await typed("show 122");
    for (const said of [
      "2021-12-20（已变更）",
      "承诺事项 1 变更，原为上线二百项（2021-11-30）。理由：待会议研究（批准人 局长）",
      "2021-11-10  进展报告（承诺事项 1）  已上线一百项",
      "2021-12-06  告知提案人承诺事项情况（2021）",
      "2021-12-12  B → A  已经落实",
      "2021-12-10  年度回头看、已落实  现场核实",
      "李楠（代为录入）",
      "2021-12-05",
    ]) {
      expect(out).toContain(said);
    }
  });

  it("and in English", async () => {
    const { typed } = await givenCase();
    const { out } = await typed("show 122");
    for (const said of [
      "2021-12-20 (changed)",
      "commitment 1 changed; it was 上线二百项 (2021-11-30). Reason: 待会议研究 (approved by 局长)",
      "2021-11-10  report (commitment 1)  已上线一百项",
      "Result changed",
      "Look-backs",
      "李楠 (entered on behalf)",
    ]) {
      expect(out).toContain(said);
    }
  });

  it("next names the promises that go into the next year", async () => {
    const { wuding } = await givenCase({ LANG: "zh_CN.UTF-8" });
    const { out } = await wuding(["next", "122", "--today", "2022-01-05"], {
      now: Date.parse("2022-01-05T04:00:00Z"),
    });
    expect(out).toContain("待兑现、待答复的承诺事项");
    expect(out).toMatch(/2 +持续推进 +兑现 +—（跨年结转）/);
  });
});

describe("the cases behind a figure", () => {
  it("say which forms we entered and which promises were changed", async () => {
    const { typed } = await givenCase({ LANG: "zh_CN.UTF-8" });
    const { out } = await typed("rates --explain");
    expect(out).toContain("征询意见表 1 份系代为录入");
    expect(out).toContain("承诺事项 1 的时限由 2021-11-30 变更为 2021-12-20");
    const { rates: _rates, ...rest } = JSON.parse((await typed("rates --explain --json")).out);
    expect(JSON.stringify(rest)).toContain("代为录入");
  });
});
