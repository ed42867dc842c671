/** @module office.test — what is typed about the office, which takes no case, and about two cases at once. */
import { describe, expect, it } from "vitest";
import { givenProgram } from "./given-program.ts";

const received = (number: number): string =>
  `receive --kind cppcc --session 15-5 --number ${number} --title 关于第${number}号 --proposer 李楠 --request 一 --request 二 --on 2021-04-02`;
const assigned = (number: number): string =>
  `assign ${number} --department 规划科 --person 甲 --due 2021-06-20 --task 答复 --responsibility 科长 --on 2021-04-06`;
const delegated = "delegate --from 甲 --to 乙 --until 2021-12-31 --on 2021-04-10";
const renamed = "rename-department --from 规划科 --to 综合科 --on 2021-05-01";

const messageOf = ({ err }: Readonly<{ err: string }>): string =>
  (JSON.parse(err) as { error: { message: string } }).error.message;

describe("commands about the office 单位事务", () => {
  it("make the casebook when there is none, like the first case", async () => {
    const { typed, hasCasebook } = givenProgram();
    expect((await typed(`${delegated} --to 甲`)).exitCode).toBe(2);
    expect(hasCasebook()).toBe(false);
    const ran = await typed(`${delegated} --json`);
    expect(JSON.parse(ran.out)).toEqual({
      case: null,
      events: ["DelegationMade"],
      version: 2,
      unchanged: false,
    });
    expect(hasCasebook()).toBe(true);
  });

  it("say what was recorded, and which cases moved, in both languages", async () => {
    const { typed } = givenProgram();
    for (const number of [1, 2]) {
      await typed(received(number));
      await typed(assigned(number));
    }
    expect((await typed(`${renamed} --case 2 --lang zh`)).out).toBe(
      "已记录：科室更名撤并；cppcc/15-5/2 承办科室更名（第 3 版）。\n",
    );
    expect((await typed(`${renamed} --lang en`)).out).toBe(
      "Recorded: department renamed; cppcc/15-5/1 department renamed (version 3).\n",
    );
    expect((await typed(`${renamed} --lang zh`)).out).toBe(
      "没有变化：已有相同记录，未重复记录。\n",
    );
    expect((await typed(`${delegated} --lang zh`)).out).toBe("已记录：登记代理。\n");
    expect((await typed("show 2 --lang zh --today 2021-06-01")).out).toContain(
      "综合科（原规划科）",
    );
  });

  it("name every missing option at once, and a bad one as it is typed", async () => {
    const { typed } = givenProgram();
    const missing = await typed("rename-department --json");
    expect(missing.exitCode).toBe(2);
    expect(messageOf(missing)).toContain("--from");
    expect(messageOf(missing)).toContain("--to");
    const unknown = await typed(`${renamed} --case 9 --json`);
    expect(unknown.exitCode).toBe(4);
    const extra = await typed(`delegate 122 --from 甲 --to 乙 --until 2021-12-31`);
    expect(extra.exitCode).toBe(2);
  });
});

describe("commands about two cases 并案、分案", () => {
  it("answer with both, and show tells where each came from or went", async () => {
    const { typed } = givenProgram();
    for (const number of [1, 2]) await typed(received(number));
    const split = await typed(
      "split 1 --number 11 --request 2 --reason 分办 --on 2021-04-10 --json",
    );
    expect(JSON.parse(split.out)).toMatchObject({
      case: "cppcc/15-5/1",
      cases: [
        { case: "cppcc/15-5/1", events: ["CaseSplit"] },
        { case: "cppcc/15-5/11", events: ["CaseReceived"] },
      ],
    });
    const merged = await typed("merge 2 --into 1 --on 2021-04-11 --lang zh");
    expect(merged.out).toBe(
      "已记录：cppcc/15-5/2 并案（第 2 版）；cppcc/15-5/1 并入提案人（第 3 版）。\n",
    );
    const page = async (name: string): Promise<string> =>
      (await typed(`show ${name} --lang zh`)).out;
    expect(await page("2")).toMatch(/并入 +cppcc\/15-5\/1/);
    expect(await page("1")).toMatch(/并入本件的 +cppcc\/15-5\/2/);
    expect(await page("1")).toContain("2. 二（已分案）");
    expect(await page("11")).toMatch(/分自 +cppcc\/15-5\/1/);
    const refused = await typed(`${assigned(2)} --lang zh`);
    expect(refused.exitCode).toBe(3);
    expect(refused.err).toBe(
      "cppcc/15-5/2 已并入 cppcc/15-5/1，不能再执行 assign。\n请在 cppcc/15-5/1 上办理。\n",
    );
    expect((await typed("history 2 --lang zh")).out).toContain("cppcc/15-5/1");
  });

  it("a split names what is missing at once", async () => {
    const { typed } = givenProgram();
    await typed(received(1));
    const missing = await typed("split 1 --json");
    expect(missing.exitCode).toBe(2);
    for (const option of ["--number", "--request", "--reason"]) {
      expect(messageOf(missing)).toContain(option);
    }
  });
});
