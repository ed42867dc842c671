/**
 * @module chizhou-example.test — the year of examples/chizhou-2021 goes into a fresh casebook through the real
 * program at its real counts, and the figures of its document come out.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSessions, root, run } from "./console-block.ts";

const folder = mkdtempSync(path.join(tmpdir(), "wuding-chizhou-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (command: string): readonly string[] => run(command, folder, { language: "zh" });
// what is said on stderr stands beside the document
const json = (command: string): unknown =>
  JSON.parse(lines(`${command} --json`).find((line) => line.startsWith("{")) ?? "");
const today = "--today 2021-12-31";

type Rate = Readonly<{ id: string; numerator: number; denominator: number; missing: string[] }>;
type Rates = Readonly<{ rates: Rate[]; groups: { key: string; rates: Rate[] }[] }>;
type Promises = Readonly<{ made: number; fulfilled: number; verified: number }>;
type KindFigures = Readonly<{
  kind: { id: string };
  received: number;
  completed: number;
  onTime: number;
  commitments: Promises;
}>;

describe("池州 2021 年", () => {
  let told: readonly string[] = [];
  let rates: Rates = { rates: [], groups: [] };
  let kinds: readonly KindFigures[] = [];
  beforeAll(() => {
    cpSync(path.join(root, "examples/chizhou-2021"), folder, { recursive: true });
    lines("wuding init --rulebook chizhou --office 池州市数据资源管理局");
    told = [
      ...lines("node commands.mjs | wuding apply - > /dev/null"),
      ...lines("node commands.mjs verification | wuding apply - --as 核验人甲 > /dev/null"),
    ];
    rates = json(`wuding rates --year 2021 --by kind ${today}`) as Rates;
    ({ kinds } = json(`wuding report annual --year 2021 ${today}`) as { kinds: KindFigures[] });
  }, 120_000);

  const rateOf = (id: string, among: readonly Rate[] = rates.rates): string => {
    const rate = among.find((one) => one.id === id);
    return `${rate?.numerator}/${rate?.denominator}`;
  };
  const kindOf = (id: string): KindFigures | undefined => kinds.find(({ kind }) => kind.id === id);

  it("is recorded line by line", () => {
    expect(told).toEqual([
      "共 5536 行：成功 5536 行，拒绝 0 行。",
      "共 120 行：成功 120 行，拒绝 0 行。",
    ]);
  });

  it("57 of 57: what came by the hotline and the mailbox was all done on time", () => {
    expect(rateOf("hotline-on-time")).toBe("57/57");
    const [hotline, mailbox] = [kindOf("hotline"), kindOf("mailbox")];
    expect((hotline?.onTime ?? 0) + (mailbox?.onTime ?? 0)).toBe(57);
  });

  it("1,925 letters' letters", () => {
    expect(rateOf("letter-completion")).toBe("1925/1925");
    expect(kindOf("letter")).toMatchObject({ received: 1925, completed: 1925 });
  });

  it("9 difficult cases, all solved, each under supervision", () => {
    expect(rateOf("difficult-resolved")).toBe("9/9");
    expect(kindOf("difficult")).toMatchObject({ received: 9, completed: 9 });
    for (const number of [1, 5, 9]) {
      const { urges } = json(`wuding show difficult/2021/${number}`) as { urges: unknown[] };
      expect(urges).toMatchObject([{ by: "难办件服务台" }]);
    }
  });

  it("100% of the named bad ratings; the anonymous ones are put right and not in the figure", () => {
    expect(rateOf("rating-rectified")).toBe("36/36");
    expect(kindOf("rating")).toMatchObject({ received: 48, completed: 48 });
  });

  it("83 of 83 problems in 24 bulletins, each claimed by its window", () => {
    expect(rateOf("inspection-rectified")).toBe("83/83");
    const { receipt } = json("wuding show inspection/2021/83") as { receipt: unknown };
    expect(receipt).toMatchObject({ by: "窗口负责人" });
    const { cases } = json("wuding list --kind inspection") as { cases: { title: string }[] };
    expect(new Set(cases.map(({ title }) => title)).size).toBe(24);
  });

  it("8 → 37: each problem with its measures, each measure with its person, department and date", () => {
    expect(kindOf("rectification")).toMatchObject({
      received: 8,
      completed: 8,
      commitments: { made: 37, fulfilled: 37, verified: 37 },
    });
    expect(rateOf("rectification-on-time")).toBe("37/37");
    const { commitments } = json("wuding show rectification/2021/1") as {
      commitments: Record<string, string>[];
    };
    expect(commitments).toHaveLength(5);
    for (const measure of commitments) {
      expect(Object.keys(measure)).toEqual(
        expect.arrayContaining(["person", "department", "leader", "due", "evidence"]),
      );
    }
  });

  it("18 and 57: every measure done in time and struck off by somebody else", () => {
    expect(kindOf("task")).toMatchObject({
      received: 18,
      commitments: { made: 57, fulfilled: 57, verified: 57 },
    });
    expect(rateOf("task-on-time")).toBe("57/57");
    expect(rateOf("task-verified")).toBe("57/57");
  });

  it("each task reported weekly and gone over monthly, none of it late or still owed", () => {
    const { deadlines } = json(`wuding show task/2021/1 ${today}`) as {
      deadlines: { id: string; state: string }[];
    };
    const statesOf = (id: string): readonly string[] =>
      deadlines.filter((one) => one.id === id).map(({ state }) => state);
    expect(statesOf("progress-report").filter((state) => state === "met")).toHaveLength(35);
    expect(statesOf("progress-dispatch").filter((state) => state === "met")).toHaveLength(8);
    expect([...new Set(deadlines.map(({ state }) => state))].toSorted()).toEqual(["met", "waived"]);
    const { due } = json(`wuding due ${today}`) as { due: { deadline: string }[] };
    expect(due.filter(({ deadline }) => deadline !== "return-request")).toEqual([]);
  });

  it("no rate mixes kinds that it is not about, and none has a case missing", () => {
    for (const { key, rates: own } of rates.groups) {
      const counted = own.filter(({ denominator }) => denominator > 0).map(({ id }) => id);
      expect([key, counted]).toEqual([key, ofKind[key]]);
    }
    expect(rates.rates.flatMap(({ missing }) => missing)).toEqual([]);
  });

  it("tells the year without a claim about proposals, which there were none of", () => {
    const report = lines(`wuding report annual --year 2021 ${today}`).join("\n");
    expect(report).toContain("已全部按期办结。");
    expect(report).not.toMatch(/见面率|满意率|三个100%|征询意见表/);
    const english = lines(`wuding --lang en report annual --year 2021 ${today}`).join("\n");
    expect(english).toContain("problem found by an inspection group: 8, completed: 8, on time: 8");
    expect(english).toContain("measures: 37, fulfilled: 37, verified: 37");
  });

  it("verifies, and recording it again changes nothing", () => {
    const { size } = json("wuding audit verify") as { size: number };
    lines("node commands.mjs | wuding apply - > /dev/null");
    expect(json("wuding audit verify")).toMatchObject({ verified: true, size });
    expect(lines("wuding doctor").at(-1)).not.toMatch(/^\[exit/);
  }, 60_000);

  it("prints what its page shows", () => {
    const file = "examples/chizhou-2021/README.md";
    expect(checkSessions(file, { language: "zh", inItsFolder: true })).toBeGreaterThan(0);
  }, 60_000);
});

const ofKind: Readonly<Record<string, readonly string[]>> = {
  hotline: ["hotline-on-time"],
  mailbox: ["hotline-on-time"],
  letter: ["letter-completion"],
  difficult: ["assignment", "difficult-resolved"],
  rating: ["rating-rectified"],
  inspection: ["inspection-rectified"],
  rectification: ["assignment", "rectification-on-time"],
  task: ["assignment", "task-on-time", "task-verified"],
};
