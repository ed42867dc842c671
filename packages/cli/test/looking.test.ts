import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { command as audit } from "../src/commands/audit/verify.ts";
import { commandNamed } from "../src/registry.ts";
import { command as due } from "../src/commands/due.ts";
import { command as history } from "../src/commands/history.ts";
import { command as list } from "../src/commands/list.ts";
import { command as next } from "../src/commands/next.ts";
import { command as rates } from "../src/commands/rates.ts";
import { command as replay } from "../src/commands/replay.ts";
import { command as report } from "../src/commands/report.ts";
import { command as show } from "../src/commands/show.ts";
import { jsonOf, linyi2021, newFolder, shellOn, textOf, typed } from "./given-year.ts";

type Rows = readonly Readonly<Record<string, unknown>>[];

describe("list 台账", () => {
  it("gives every case with the members that scripts read", async () => {
    const year = await linyi2021();
    const { cases } = await jsonOf<{ cases: Rows }>(list, {}, year);
    expect(cases).toHaveLength(11);
    expect(cases[0]).toMatchObject({
      case: "cppcc/15-5/122",
      title: "关于改进政务信息化建设的建议",
      status: "closed",
      role: "sole",
      department: "规划科",
      person: "经办人丙",
      dueOn: null,
      lamp: null,
    });
  });

  it("shows a day of the past, with its lamps in words", async () => {
    const year = await linyi2021();
    const text = await textOf(
      list,
      { values: { "as-of": "2021-06-21", block: "政务信息化建设" } },
      year,
    );
    expect(text.split("\n")).toHaveLength(4);
    expect(text).toMatch(/909 .*2021-06-25 {2}黄$/m);
    expect(text).toMatch(/122 .*2021-06-30 {2}绿$/m);
  });

  it.each([
    ["year", "21"],
    ["kind", "other"],
    ["role", "boss"],
    ["status", "done"],
    ["as-of", "2021-02-30"],
    ["as-of", "2022-01-01"],
  ])("refuses --%s %s as bad input", async (name, value) => {
    const { shell } = await linyi2021();
    const refused = list.run(typed({ values: { [name]: value } }), shell);
    await expect(refused).rejects.toSatisfy((error) => isEngineError(error, "INVALID_INPUT"));
  });
});

describe("show", () => {
  it("has the shape that scripts read", async () => {
    const year = await linyi2021();
    const view = await jsonOf<Record<string, unknown>>(show, { positionals: ["122"] }, year);
    expect(view).toMatchObject({
      case: "cppcc/15-5/122",
      status: "closed",
      round: 1,
      version: 9,
      title: "关于改进政务信息化建设的建议",
      proposers: [{ name: "李楠" }],
      role: "sole",
      rulebook: "national@2025",
      assignment: { department: "规划科", person: "经办人丙", due: "2021-06-30" },
      commitments: [],
    });
    const reply = (view["deadlines"] as Rows).find(({ id }) => id === "reply");
    expect(reply).toMatchObject({
      id: "reply",
      dueOn: "2021-07-02",
      metOn: "2021-06-30",
      state: "met",
      provisional: false,
      rule: "cppcc-reply",
    });
    expect(reply?.["source"]).toEqual(expect.any(String));
  });

  it("is a page that names due dates, reply, feedback and what is still missing", async () => {
    const text = await textOf(show, { positionals: ["122"] }, await linyi2021());
    for (const part of ["定科室", "2021-07-02", "按期完成", "办理结果", "满意", "距三个100%还差"]) {
      expect(text).toContain(part);
    }
  });

  it("shows text from the casebook that no terminal obeys", async () => {
    const year = await linyi2021();
    const casebook = await year.shell.open();
    const view = await casebook.show("122");
    const evil = {
      ...view,
      title: "\u001B]0;x\u0007题",
      reply: { ...view.reply, text: "一\n\u009B2J" },
    };
    const shell = { ...year.shell, open: async () => ({ ...casebook, show: async () => evil }) };
    const text = await textOf(show, { positionals: ["122"] }, { shell: shell as never });
    // oxlint-disable-next-line no-control-regex -- what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    expect(text).toContain("\\u{1B}]0;x\\u{7}题");
  });
});

describe("next", () => {
  it("says what each command needs and what endangers the three 100%, in the shell's language", async () => {
    const year = await linyi2021();
    const casebook = await year.shell.open();
    await casebook.executeGiven({
      command: "receive",
      kind: "cppcc",
      session: "15-5",
      number: "300",
      title: "新提案",
      proposers: ["委员子"],
      on: "2021-12-01",
    });
    const steps = await jsonOf<{ allowed: Rows; blocking: Rows }>(
      next,
      { positionals: ["300"] },
      { shell: { ...year.shell, language: "en" } },
    );
    expect(steps).toMatchObject({ case: "cppcc/15-5/300", status: "received" });
    expect(steps.allowed).toContainEqual({
      command: "assign",
      missing: ["department", "person", "due", "task", "responsibility"],
    });
    expect(steps.blocking.map(({ rate }) => rate)).toEqual(["meeting", "completion"]);
    for (const { why, repair } of steps.blocking) {
      expect([why, repair]).toEqual([expect.any(String), expect.any(String)]);
    }
    expect(await textOf(next, { positionals: ["300"] }, year)).toContain("--department");
  });
});

describe("due", () => {
  it("lists the most urgent first, within the days that are asked for", async () => {
    const year = await linyi2021();
    const values = { "as-of": "2021-06-21", within: "1w" };
    const { asOf, due: items } = await jsonOf<{ asOf: string; due: Rows }>(due, { values }, year);
    expect(asOf).toBe("2021-06-21");
    expect(items.map((item) => [item["case"], item["dueOn"], item["workingDaysLeft"]])).toEqual([
      ["cppcc/15-5/909", "2021-06-25", 4],
      ["cppcc/15-5/903", "2021-06-28", 5],
      ["cppcc/15-5/904", "2021-06-28", 5],
    ]);
    expect(items[0]).toMatchObject({ deadline: "internal", lamp: "yellow", person: "经办人丙" });
  });

  it("a promise stays due when the case is closed", async () => {
    const { due: items } = await jsonOf<{ due: Rows }>(due, {}, await linyi2021());
    expect(items).toMatchObject([{ case: "cppcc/15-5/910", deadline: "commitment:1" }]);
  });

  it.each(["x", "3m", "-1d", "1.5d"])("refuses --within %s", async (within) => {
    const { shell } = await linyi2021();
    const refused = due.run(typed({ values: { within } }), shell);
    await expect(refused).rejects.toSatisfy((error) => isEngineError(error, "INVALID_INPUT"));
  });
});

describe("rates", () => {
  it("gives both counts, a definition in words and what was asked for", async () => {
    const year = await linyi2021();
    const given = { values: { year: "2021", by: "block" } };
    const answer = await jsonOf<Record<string, never>>(rates, given, year);
    expect(answer).toMatchObject({ asOf: "2021-12-31", scope: { year: 2021 } });
    expect(Object.keys(answer["scope"] ?? {})).toEqual(["year"]);
    const [meeting] = answer["rates"] as unknown as Rows;
    expect(meeting).toMatchObject({
      id: "meeting",
      label: "见面率",
      definition: expect.stringContaining("当面沟通"),
      numerator: 11,
      denominator: 11,
      value: 1,
      display: "100%",
      missing: [],
    });
    expect(answer["results"]).toMatchObject([
      { code: "A", count: 7, share: 7 / 11, display: "63.64%" },
      { code: "B", count: 4 },
      { code: "C", count: 0 },
      { code: "D", count: 0 },
    ]);
    expect(answer["feedback"]).toMatchObject({
      asked: 11,
      returned: 11,
      attitude: { satisfied: 10, mostly: 1, dissatisfied: 0 },
      result: { satisfied: 9, mostly: 2, dissatisfied: 0 },
    });
    expect((answer["groups"] as unknown as Rows).map(({ key }) => key)).toHaveLength(3);
  });

  it("--explain names the cases of that day, why, and what to do", async () => {
    const year = await linyi2021();
    const given = { values: { "as-of": "2021-06-21" }, flags: { explain: true } };
    const { explain } = await jsonOf<{ explain: readonly { rate: string; cases: Rows }[] }>(
      rates,
      given,
      year,
    );
    const completion = explain.find(({ rate }) => rate === "completion");
    expect(completion?.cases).toHaveLength(8);
    expect(completion?.cases[0]).toEqual({
      case: "cppcc/15-5/122",
      title: "关于改进政务信息化建设的建议",
      why: "尚未答复",
      repair: "沟通后用 answer 答复",
    });
    const text = await textOf(rates, given, year);
    expect(text).toContain("沟通后用 answer 答复");
    expect(text).toMatch(/^办结率 +27.27% +3\/11 {2}cppcc\/15-5\/122、cppcc\/15-5\/903 等 8 件$/m);
    expect(text).toMatch(/^办结率 +已答复且/m);
  });
});

describe("history and replay", () => {
  it("history gives each event with its transition, time and hash", async () => {
    const events = await jsonOf<Rows>(history, { positionals: ["122"] }, await linyi2021());
    expect(events).toHaveLength(9);
    expect(events[0]).toMatchObject({
      position: 1,
      version: 1,
      type: "CaseReceived",
      from: null,
      to: "received",
      on: "2021-04-02",
      actor: "办公室",
      recordedAt: expect.stringMatching(/^\d{4}-.*\+08:00$/),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("replay shows a case as it was on a day", async () => {
    const given = { positionals: ["122"], values: { "as-of": "2021-05-21" } };
    const then = await jsonOf<Record<string, unknown>>(replay, given, await linyi2021());
    expect(then).toMatchObject({
      status: "contacted",
      version: 4,
      events: 4,
      firstFault: null,
      reply: null,
    });
  });

  it("replay of everything up to a position counts the cases by status", async () => {
    const given = { values: { at: "11" } };
    const all = await jsonOf<Record<string, unknown>>(replay, given, await linyi2021());
    expect(all).toMatchObject({
      cases: 11,
      events: 11,
      statuses: { received: 11 },
      firstFault: null,
    });
  });

  it("a case that did not exist yet is not found", async () => {
    const { shell } = await linyi2021();
    const given = typed({ positionals: ["122"], values: { "as-of": "2021-01-01" } });
    await expect(replay.run(given, shell)).rejects.toSatisfy((error) =>
      isEngineError(error, "NOT_FOUND"),
    );
  });
});

describe("audit verify", () => {
  it("says what was checked, and that nothing outside was compared", async () => {
    const year = await linyi2021();
    const found = await jsonOf<Record<string, unknown>>(audit, {}, year);
    expect(found).toMatchObject({
      verified: true,
      size: 105,
      comparedOutside: false,
      checked: { leaf: 105, chain: 11, replay: 104 },
      faults: { first: null, more: 0 },
    });
    const text = await textOf(audit, {}, year);
    expect(text).toContain("未与外部保存的检查点比较");
    expect(text).toContain(found["root"] as string);
  });
});

describe("what is not there", () => {
  it("no casebook, no such report, no such part of audit", async () => {
    const { shell } = shellOn(`${newFolder()}/none.db`);
    await expect(list.run(typed(), shell)).rejects.toSatisfy((error) =>
      isEngineError(error, "NOT_FOUND"),
    );
    await expect(report.run(typed({ positionals: ["weekly"] }), shell)).rejects.toSatisfy((error) =>
      isEngineError(error, "USAGE"),
    );
    await expect(commandNamed("audit erase")).rejects.toSatisfy((error) =>
      isEngineError(error, "USAGE"),
    );
    await expect(commandNamed("audit")).rejects.toThrow(/audit verify/);
  });
});
