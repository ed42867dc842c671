/** @module reception.test — what `show`, `list` and `history` say of receipts, returns, redispatches, extensions taken back and urges. */
import { describe, expect, it } from "vitest";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";

const typedAll = async (...lines: readonly string[]) => {
  const { typed } = givenProgram();
  for (const line of lines) expect([line, (await typed(line)).exitCode]).toEqual([line, 0]);
  return typed;
};

const history = [
  `${received} --dispatched-by 市政协提案委`,
  "sign-receipt 122 --by 值班员 --on 2021-04-02",
  "request-return 122 --reason 不属本单位职责 --suggested-unit 市住建局 --on 2021-04-06",
  "decide-return 122 --decision refused --by 市政府督查室 --on 2021-04-08",
  assigned.replace("2021-04-06", "2021-04-09"),
  "redispatch 122 --unit 市大数据局 --by 市政府督查室 --reason 由我单位主办 --role lead --on 2021-05-06",
  "extend 122 --months 1 --approved-by 市政协提案委 --reason 需会商 --on 2021-05-20",
  "withdraw-extension 122 --by 市政协提案委 --reason 会商完成 --on 2021-05-24",
  "mark-complex 122 --by 市政协提案委 --reason 涉及面广 --on 2021-06-01",
  "urge 122 --by 市政府督查室 --reason 请报送进展 --method notice --slip blue --due 2021-06-10 --on 2021-06-03",
];

describe("show", () => {
  it("tells in Chinese what was decided about the case, in the order of the days", async () => {
    const typed = await typedAll(...history);
    const { out } = await typed("show 122 --lang zh");
    const told = [
      "2021-04-02  签收（值班员）",
      "2021-04-06  申请退办：不属本单位职责（市住建局）",
      "2021-04-08  不予退办（市政府督查室）  继续办理",
      "2021-05-06  改办：市大数据局  独办 → 主办  由我单位主办（市政府督查室）  自改办之日起重新计算",
      "2021-05-24  撤回延期：2021-09-06 → 2021-08-06  会商完成（市政协提案委）",
      "2021-06-01  列为复杂件：涉及面广（市政协提案委）",
    ];
    expect(out).toContain(`接收与改办\n${told.join("\n")}\n`);
    expect(out).toMatch(/1 +2021-06-03 +市政府督查室 +催办通知书 +蓝色 +2021-06-10 +请报送进展/);
    expect(out).toMatch(/催办回复 1 +2021-06-10 +已逾期/);
  });

  it("and in English", async () => {
    const typed = await typedAll(...history);
    const { out } = await typed("show 122 --lang en");
    expect(out).toContain(
      "2021-04-08  return refused (市政府督查室)  the handling goes on".replace(
        "return refused",
        "refused",
      ),
    );
    expect(out).toContain(
      "redispatched: 市大数据局  sole → lead  由我单位主办 (市政府督查室)  begins anew",
    );
    expect(out).toMatch(/notice +blue +2021-06-10/);
  });
});

describe("list and history", () => {
  it("count the urges, and name the unit and the date that was restored", async () => {
    const typed = await typedAll(...history);
    const { cases } = JSON.parse((await typed("list --json")).out) as { cases: unknown[] };
    expect(cases).toMatchObject([{ role: "lead", urges: 1 }]);
    const { out } = await typed("history 122 --lang zh");
    expect(out).toContain("由我单位主办 市大数据局 市政府督查室");
    expect(out).toContain("答复 2021-08-06");
  });
});

describe("refusals", () => {
  it("say the rule, its source and what to do, with exit code 3", async () => {
    const typed = await typedAll(...history.slice(0, 1));
    const line = "extend 122 --months 1 --approved-by 本局 --reason 需会商 --on 2021-07-05 --json";
    const ran = await typed(line);
    expect([ran.exitCode, errorOf(ran).data["rule"]]).toEqual([3, "extendedInTime"]);
    const urged = await typed(
      "urge 122 --by 督查室 --reason 催 --slip red --due 2021-05-01 --on 2021-04-20 --json",
    );
    expect([urged.exitCode, errorOf(urged)]).toMatchObject([
      3,
      { code: "RULE_REFUSED", data: { rule: "slipInOrder" } },
    ]);
  });
});
