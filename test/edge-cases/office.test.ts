/** @module office.test — edge cases of the office itself, through the program and on a real file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../console-block.ts";

const home = mkdtempSync(path.join(tmpdir(), "wuding-edge-office-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Types lines in a folder of their own; gives what the last one printed. */
const office = () => {
  const folder = mkdtempSync(path.join(home, "one-"));
  return (...lines: readonly string[]): string =>
    lines
      .map((line) => {
        const printed = run(line, folder, { language: "zh" }).join("\n");
        expect([line, printed.includes("[exit ")]).toEqual([line, false]);
        return printed;
      })
      .at(-1) ?? "";
};

const receive = (number: number): string =>
  `wuding receive --kind cppcc --session 15-5 --number ${number} --title 关于第${number}号事项的建议 --proposer 李楠 --on 2021-04-02`;
const assign = (number: number, department: string): string =>
  `wuding assign ${number} --department ${department} --person 甲 --due 2021-06-20 --task 答复 --responsibility 科长 --on 2021-04-06`;
const answered = (number: number): readonly string[] => [
  `wuding contact ${number} --mode visit --on 2021-04-15`,
  `wuding answer ${number} --result A --on 2021-05-20`,
  `wuding feedback ${number} --attitude satisfied --result satisfied --on 2021-05-25`,
  `wuding close ${number} --on 2021-05-28`,
];

describe("the office 单位", () => {
  it("23. 中途机构调整：一科撤销、两科新设 (a department dissolved, two set up, in the middle of the work)", () => {
    const typed = office();
    typed(
      ...[1, 2, 3].flatMap((number) => [receive(number), assign(number, "信息资源科")]),
      ...answered(1),
      "wuding rename-department --from 信息资源科 --to 数据资源与安全科 --case 3 --on 2021-07-01",
      "wuding rename-department --from 信息资源科 --to 综合规划与应用科 --on 2021-07-01",
    );
    const departments = (lines: string): unknown =>
      (JSON.parse(lines) as { cases: { case: string; department: string }[] }).cases.map(
        ({ department }) => department,
      );
    // what was closed keeps the name of its time; each open case went to one of the two
    expect(departments(typed("wuding list --json"))).toEqual([
      "信息资源科",
      "综合规划与应用科",
      "数据资源与安全科",
    ]);
    // the name that was valid on a day is the name of that day
    expect(departments(typed("wuding list --as-of 2021-06-30 --json"))).toEqual([
      "信息资源科",
      "信息资源科",
      "信息资源科",
    ]);
    expect(typed("wuding show 2")).toContain("综合规划与应用科（原信息资源科）");
    expect(typed("wuding history 2")).toContain("信息资源科 综合规划与应用科");
    const refused = typed(
      `${receive(4)} && ${assign(4, "信息资源科").replace("2021-04-06", "2021-07-02").replace("2021-06-20", "2021-08-20")} 2>&1 || true`,
    );
    expect(refused).toContain(
      "规则 departmentStands，依据机构调整（2021-07-01 信息资源科 → 综合规划与应用科）",
    );
    expect(refused).toContain("请改写为“综合规划与应用科”。");
    expect(typed("wuding rates --by department --json")).toContain("信息资源科");
    expect(JSON.parse(typed("wuding replay --json"))).toMatchObject({ firstFault: null });
    typed("wuding audit verify", "wuding doctor");
  });

  it("24. 经办人休假：代理人代办，责任人不变 (a person on leave: a delegate acts, the 责任人 stays)", () => {
    const typed = office();
    typed(
      receive(1),
      assign(1, "规划科"),
      "wuding commit 1 --text 汇聚目录 --due 2021-12-20 --on 2021-04-07",
      "wuding delegate --from 甲 --to 乙 --until 2021-06-30 --on 2021-05-01",
      "wuding fulfil 1 --commitment 1 --on 2021-05-10 --as 甲",
    );
    const shown = (today: string): unknown =>
      JSON.parse(typed(`wuding show 1 --json --today ${today}`));
    expect(shown("2021-05-10")).toMatchObject({
      assignment: { person: "甲" },
      delegate: { name: "乙", until: "2021-06-30" },
    });
    expect(shown("2021-07-01")).toMatchObject({ assignment: { person: "甲" }, delegate: null });
    expect(typed("wuding show 1 --today 2021-05-10")).toContain("甲（乙 代理至 2021-06-30）");
    const refused = typed("wuding verify 1 --commitment 1 --on 2021-05-11 --as 乙 2>&1 || true");
    expect(refused).toContain("anotherVerifies");
    expect(typed("wuding verify 1 --commitment 1 --on 2021-05-11 --as 丙 --json")).toContain(
      "CommitmentVerified",
    );
    expect(
      typed("wuding delegate --from 甲 --to 乙 --until 2021-06-30 --on 2021-05-01 --json"),
    ).toBe('{"case":null,"events":[],"version":2,"unchanged":true}');
    expect(JSON.parse(typed("wuding replay --json"))).toMatchObject({ firstFault: null });
    typed("wuding audit verify", "wuding doctor");
  });
});
