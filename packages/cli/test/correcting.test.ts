/** @module correcting.test — 更正、撤销 at the command line: how it is typed, and what is told of it. */
import { describe, expect, it } from "vitest";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";

const typedAll = async (...lines: readonly string[]) => {
  const { typed } = givenProgram();
  for (const line of lines) expect([line, (await typed(line)).exitCode]).toEqual([line, 0]);
  return typed;
};

describe("amend", () => {
  it("takes name=value behind the case, as well as with --field, and both together", async () => {
    const typed = await typedAll(
      received,
      "amend 122 title=新题 block=数字政府 --field category=工交 --reason 录入有误",
    );
    const view = JSON.parse((await typed("show 122 --json")).out) as object;
    expect(view).toMatchObject({ title: "新题", block: "数字政府", category: "工交" });
  });

  it("a word that is no pair is refused, and nothing is recorded", async () => {
    const typed = await typedAll(received);
    const refused = await typed("amend 122 title 新题 --reason 录入有误 --json");
    expect(refused.exitCode).toBe(2);
    expect(errorOf(refused)).toMatchObject({
      code: "INVALID_INPUT",
      data: { problems: [{ field: "title", kind: "malformed" }] },
    });
    expect((await typed("amend 122 --reason 录入有误")).exitCode).toBe(2);
  });

  it("a date that no longer fits what stands beside it: the hint names what to amend with it", async () => {
    const typed = await typedAll(received);
    const line = "amend 122 dispatchedOn=2021-04-06 --reason 交办日期有误";
    const { err } = await typed(`${line} --lang zh`);
    expect(err).toContain("原记录的 on 与更正后的内容不符，请一并更正（如 on=…）");
    expect((await typed(`${line} on=2021-04-06`)).exitCode).toBe(0);
  });
});

describe("retract", () => {
  const rehandled = [
    received,
    assigned,
    "contact 122 --mode visit --on 2021-04-20",
    "answer 122 --result B --on 2021-06-15",
    "feedback 122 --attitude satisfied --result dissatisfied --on 2021-07-01",
  ];

  it("says what all was taken, where the command had recorded several facts", async () => {
    for (const [language, sentence] of [
      ["zh", "一并撤销同时记录的：意见反馈、"],
      ["en", "Taken back together: feedback, "],
    ] as const) {
      const typed = await typedAll(...rehandled);
      const entries = JSON.parse((await typed("history 122 --json")).out) as readonly {
        position: number;
      }[];
      const last = entries.at(-1)?.position;
      expect(entries.length).toBeGreaterThan(5);
      const { out } = await typed(`retract 122 --event ${last} --reason 误记 --lang ${language}`);
      expect(out).toContain(sentence);
    }
  });

  it("says nothing more of a single entry", async () => {
    const typed = await typedAll(received, assigned);
    const { out } = await typed("retract 122 --event 2 --reason 误记 --lang en");
    expect(out).not.toContain("Taken back together");
  });
});

describe("next and show of a case that ended", () => {
  it("say where a merged one is handled, and that it is not counted any more", async () => {
    const typed = await typedAll(
      received,
      received.replace("122", "130"),
      received.replace("122", "140"),
      "merge 122 --into 130 --on 2021-04-10",
      "merge 130 --into 140 --on 2021-04-11",
    );
    for (const line of ["next 122", "show 122"]) {
      const { out } = await typed(`${line} --lang zh`);
      expect(out).toContain("本件已并案，现由 cppcc/15-5/140 一并办理，不再计入三个100%。");
      expect(out).not.toContain("本件已符合三个100%的要求");
      expect((await typed(`${line} --lang en`)).out).toContain(
        "it is handled in cppcc/15-5/140 now",
      );
    }
    expect((await typed("show 140 --lang zh")).out).toMatch(
      /并入本件的 +cppcc\/15-5\/122、cppcc\/15-5\/130/,
    );
  });

  it("say that a withdrawn one is not counted any more", async () => {
    const typed = await typedAll(received, "withdraw 122 --reason 提案人撤回 --on 2021-04-10");
    expect((await typed("next 122 --lang zh")).out).toContain("本件已撤案，不再计入三个100%。");
    expect((await typed("next 122 --lang en")).out).toContain("no longer count it");
  });
});
