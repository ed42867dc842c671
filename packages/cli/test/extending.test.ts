import { describe, expect, it } from "vitest";
import type { Json } from "./given-answers.ts";
import { listOf } from "./given-answers.ts";
import type { Ran } from "./given-program.ts";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";
import { county, ownContactRate, twoContacts } from "./given-rules.ts";

const consent = "--approved-by 市政协提案委 --reason 需实地调研 --on 2021-06-10";

const replyOf = async (typed: (line: string) => Promise<Ran>): Promise<unknown> => {
  const deadlines = listOf(await typed("show 122 --json"), "deadlines");
  return deadlines.findLast(({ id }) => id === "reply");
};

describe("extend 延期", () => {
  it("puts the reply off by months, rolled off a day off", async () => {
    const { typed } = givenProgram();
    await typed(received);
    const ran = await typed(`extend 122 --months 3 ${consent} --lang zh`);
    expect([ran.exitCode, ran.out]).toEqual([0, expect.stringContaining("延期（第 2 版）")]);
    // 2 October is a holiday; the 8th is the first day worked
    expect(await replyOf(typed)).toMatchObject({
      dueOn: "2021-10-08",
      extended: { from: "2021-07-02", approvedBy: "市政协提案委", months: 3 },
    });
    const { out } = await typed("explain 122 reply --lang zh");
    expect(out).toMatch(/^确定方式 +经批准延期$/m);
    expect(out).toMatch(/延期 +2021-07-02 → 2021-10-08 +clerk +市政协提案委（需实地调研）$/m);
  });

  it("puts it off to a day", async () => {
    const { typed } = givenProgram();
    await typed(received);
    await typed(`extend 122 --due 2021-08-20 ${consent}`);
    expect(await replyOf(typed)).toMatchObject({ dueOn: "2021-08-20" });
  });

  it.each([
    ["both", "--months 1 --due 2021-08-20"],
    ["neither", ""],
  ])("takes either a day or months, not %s", async (_, given) => {
    const { typed } = givenProgram();
    await typed(received);
    const ran = await typed(`extend 122 ${given} ${consent} --json`);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([2, "INVALID_INPUT"]);
  });

  it.each([
    ["beyond the rule's bound", `--due 2021-10-09 ${consent}`],
    ["when it is due already", `--months 1 ${consent.replace("06-10", "07-05")}`],
  ])("is refused %s", async (_, given) => {
    const { typed } = givenProgram();
    await typed(received);
    const ran = await typed(`extend 122 ${given} --json`);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([3, "RULE_REFUSED"]);
    expect(await replyOf(typed)).toMatchObject({ dueOn: "2021-07-02" });
  });

  it("to the last day of the bound is allowed", async () => {
    const { typed } = givenProgram();
    await typed(received);
    expect((await typed(`extend 122 --due 2021-10-08 ${consent}`)).exitCode).toBe(0);
  });

  it("a new rulebook leaves an extended date where it is", async () => {
    const program = givenProgram();
    await program.typed(received);
    await program.typed(`extend 122 --months 1 ${consent}`);
    const file = program.write("county.json", JSON.stringify(county({ appliesToOpenCases: true })));
    await program.wuding(["rulebook", "adopt", file]);
    expect(await replyOf(program.typed)).toMatchObject({ dueOn: "2021-08-02" });
  });
});

describe("a rulebook of the office", () => {
  const withCounty = async (changes: Json) => {
    const program = givenProgram();
    await program.typed(received);
    const rules = county({ appliesToOpenCases: true, ...changes });
    const file = program.write("county.json", JSON.stringify(rules));
    await program.wuding(["rulebook", "adopt", file]);
    await program.typed(assigned);
    return program;
  };

  it("may ask for two contacts before a reply", async () => {
    const { typed } = await withCounty(twoContacts);
    await typed("contact 122 --mode phone --on 2021-05-10");
    const ran = await typed("answer 122 --result A --on 2021-06-15 --json");
    expect(ran.exitCode).toBe(3);
    expect(errorOf(ran)).toMatchObject({
      code: "RULE_REFUSED",
      data: { rule: "contactMade", source: { zh: "《某县建议提案办理规则》第三条" } },
    });
    await typed("contact 122 --mode visit --on 2021-05-20");
    expect((await typed("answer 122 --result A --on 2021-06-15")).exitCode).toBe(0);
  });

  it("may count a rate otherwise; figures of two definitions stand beside each other", async () => {
    const program = await withCounty(ownContactRate);
    const { typed } = program;
    await typed("contact 122 --mode phone --on 2021-05-10");
    // dispatched before the county's first day: counted by the national definition
    const earlier = received
      .replace("--number 122", "--number 7")
      .replaceAll("2021-04-02", "2020-11-02");
    await typed(earlier);
    const rates = listOf(await typed("rates --json"), "rates");
    const contact = rates.filter(({ id }) => id === "contact");
    expect(contact).toMatchObject([
      { rulebook: "county@2021", numerator: 0, denominator: 1, display: "0%" },
      { rulebook: "national@2025", numerator: 0, denominator: 1 },
    ]);
    const { out } = await typed("rates --lang zh");
    expect(out).toMatch(/^沟通率（county@2021） +0% +0\/1/m);
    expect(out).toMatch(/^沟通率（national@2025） +0% +0\/1/m);
  });

  it("every case is in one place of a figure's passport, with why", async () => {
    const { typed } = await withCounty(ownContactRate);
    await typed("waive-contact 122 --reason 提案人来电 --on 2021-05-10");
    await typed(received.replace("--number 122", "--number 123"));
    const ran = await typed("rates --explain --json --lang zh");
    const [meeting, contact] = listOf(ran, "explain");
    expect(meeting).toMatchObject({
      rate: "meeting",
      counted: [],
      cases: [{ case: "cppcc/15-5/123", why: "尚未与提案人当面沟通" }],
      excluded: [{ case: "cppcc/15-5/122", by: "waived", on: "2021-05-10" }],
      outside: [],
    });
    // the county counts a waiver as a contact
    expect(contact).toMatchObject({
      rate: "contact",
      counted: ["cppcc/15-5/122"],
      cases: [{ case: "cppcc/15-5/123" }],
      excluded: [],
    });
  });

  it("has its definitions told, one or all", async () => {
    const { typed } = await withCounty(ownContactRate);
    const one = listOf(await typed("rates contact --definition --json"), "definitions");
    expect(one).toMatchObject([
      { id: "contact", version: 2, rulebook: "county@2021", confidence: "document" },
      { id: "contact", version: 1, rulebook: "national@2025", confidence: "default" },
    ]);
    expect(one[0]?.["definitionId"]).toMatch(/^contact@2-[0-9a-f]{12}$/);
    const all = listOf(await typed("rates --definition --json"), "definitions");
    expect(all).toHaveLength(12);
    const unknown = await typed("rates contacts --definition --json");
    expect([unknown.exitCode, errorOf(unknown).code]).toEqual([2, "INVALID_INPUT"]);
  });
});
