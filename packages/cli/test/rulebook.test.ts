import { join } from "node:path";
import { PassThrough } from "node:stream";
import { openCasebook } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { command as rulebook } from "../src/commands/rulebook.ts";
import type { Json } from "./given-answers.ts";
import { documentOf, listOf } from "./given-answers.ts";
import type { GivenProgram } from "./given-program.ts";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";
import { county, returnRule, table } from "./given-rules.ts";
import { newFolder, shellOn, typed as typedWords } from "./given-year.ts";

/** A file of the office, by its name and content. */
const written = (program: GivenProgram, content: unknown, name = "county.json"): string =>
  program.write(name, typeof content === "string" ? content : JSON.stringify(content));

const sizeOf = async ({ typed }: GivenProgram): Promise<unknown> =>
  documentOf(await typed("audit verify --json"))["size"];

const rulebookOf = async ({ typed }: GivenProgram, name: string): Promise<unknown> =>
  documentOf(await typed(`show ${name} --json`))["rulebook"];

describe("what needs no casebook", () => {
  it("lists the rulebooks that come with the program, none of them in force", async () => {
    const { typed, hasCasebook } = givenProgram();
    const listed = await typed("rulebook list --json");
    expect(documentOf(listed)["current"]).toBeNull();
    const rulebooks = listOf(listed, "rulebooks");
    expect(rulebooks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["national@2025", "shandong@2017", "linyi@2021", "elsewhere@2026"]),
    );
    expect(rulebooks.find(({ name }) => name === "linyi@2021")).toMatchObject({
      label: "Linyi big data bureau (example)",
      extends: "shandong@2017",
      validFrom: "2021-01-01",
      adoptedOn: null,
      inForce: false,
      hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    const text = await typed("rulebook --lang zh");
    expect(text.out).toMatch(/^规则集 .*本库$/m);
    expect(text.out).toMatch(/^shandong@2017 +山东省规则集 +2017-05-19/m);
    expect(hasCasebook()).toBe(false);
  });

  it("shows a rulebook as a page, every rule with its source and how sure it is", async () => {
    const { typed, hasCasebook } = givenProgram();
    const { out } = await typed("rulebook show shandong --lang zh");
    expect(out).toMatch(/^以此为基础 +national@2025$/m);
    expect(out).toMatch(/^npc-return-request .*5 日 .*第十二条 +法律法规条文$/m);
    expect(out).toMatch(/^cppcc-reply .*默认值：.* 默认值$/m);
    expect(out).toContain("列明而不适用");
    // an inherited rule that an own one always goes before is none of this place
    expect(out).not.toContain("npc-reply-2015");
    expect(out).toMatch(/^引起重新办理的评价 +人大代表建议 +态度或者结果任一：不满意 /m);
    expect(out).toMatch(/^办结前收回征询意见表 +全部 +须收回 /m);
    expect(hasCasebook()).toBe(false);
  });

  it("shows it to scripts complete, with what it inherits", async () => {
    const { typed } = givenProgram();
    const shown = await typed("rulebook show linyi@2021 --json");
    const head = { format: 2, id: "linyi", extends: "shandong@2017" };
    expect(documentOf(shown)).toMatchObject(head);
    expect(listOf(shown, "deadlines").map(({ id }) => id)).toEqual(
      expect.arrayContaining(["npc-reply", "cppcc-reply", "return-request"]),
    );
  });

  it("shows the national one when none is named", async () => {
    const { typed } = givenProgram();
    expect(documentOf(await typed("rulebook show --json"))).toMatchObject({ id: "national" });
  });

  it.each(["nowhere", "linyi@1999"])("finds no rulebook %s", async (name) => {
    const { typed } = givenProgram();
    const ran = await typed(`rulebook show ${name} --json`);
    expect(ran.exitCode).toBe(4);
    expect(errorOf(ran)).toMatchObject({ code: "NOT_FOUND", data: { what: "rulebook", name } });
  });

  it("checks a file, and says its name", async () => {
    const program = givenProgram();
    const file = written(program, county());
    const checked = await program.wuding(["rulebook", "check", file, "--json"]);
    expect(documentOf(checked)).toEqual({ ok: true, name: "county@2021", problems: [] });
    const { exitCode, out } = await program.wuding(["rulebook", "check", file, "--lang", "zh"]);
    expect([exitCode, out]).toEqual([0, "county@2021：未发现错误。\n"]);
    expect(program.hasCasebook()).toBe(false);
  });
});

/** A file whose one rule differs. */
const ruleWith = (changes: Json): Json => county({ deadlines: [{ ...returnRule, ...changes }] });

describe("a file with mistakes", () => {
  it.each<readonly [string, unknown, string, string | null]>([
    ["no JSON", '{"format":2,', "1:13", null],
    ["a name that stands twice", '{"id":"a","id":"b"}', "1:11", null],
    ["another format", county({ format: 3 }), "/format", null],
    ["a member too many", county({ holidays: [] }), "/holidays", null],
    ["no label", { ...county(), label: undefined }, "/label", null],
    ["an id with capitals", county({ id: "County" }), "/id", null],
    ["a day that does not exist", county({ validFrom: "2021-02-30" }), "/validFrom", null],
    ["an unknown parent", county({ extends: "nowhere@1" }), "/extends", null],
    ["itself as parent", county({ extends: "county@2021" }), "/extends", null],
    ["an unknown word", ruleWith({ count: "dayTwo" }), "/deadlines/0/count", "county-return"],
    ["a word for a number", ruleWith({ amount: "5" }), "/deadlines/0/amount", "county-return"],
    ["no length", ruleWith({ amount: undefined }), "/deadlines/0/amount", "county-return"],
    [
      "a kind that is not there",
      ruleWith({ appliesTo: { kinds: ["hotline"] } }),
      "/deadlines/0/appliesTo/kinds/0",
      "county-return",
    ],
    [
      "a default that does not say so",
      ruleWith({ confidence: "default" }),
      "/deadlines/0/source/title/zh",
      "county-return",
    ],
    [
      "a rule that is never used",
      county({ deadlines: [returnRule, { ...returnRule, id: "late" }] }),
      "/deadlines/1",
      "late",
    ],
    [
      "an id twice",
      county({ deadlines: [returnRule, { ...returnRule, appliesTo: { kinds: ["npc"] } }] }),
      "/deadlines/1/id",
      "county-return",
    ],
    [
      "a term that counts back from a fact",
      ruleWith({ direction: "before" }),
      "/deadlines/0/direction",
      "county-return",
    ],
  ])("%s is named with its place", async (_, content, place, rule) => {
    const program = givenProgram();
    const file = written(program, content);
    const ran = await program.wuding(["rulebook", "check", file, "--json"]);
    expect(ran.exitCode).toBe(2);
    const { code, data } = errorOf(ran);
    expect(code).toBe("INVALID_RULES");
    expect(data["problems"]).toEqual(
      expect.arrayContaining([expect.objectContaining({ place, rule })]),
    );
    expect(ran.out).toBe("");
  });

  it("is told whole, each mistake with what to do", async () => {
    const program = givenProgram();
    const file = written(program, ruleWith({ unit: "workday", rollover: "none" }));
    const ran = await program.wuding(["rulebook", "check", file]);
    expect(ran.exitCode).toBe(2);
    expect(ran.out).toContain(
      '/deadlines/0/unit  county-return\n  "unit" cannot be "workday".\n  what to do: Did you mean "workingDay"?',
    );
    expect(ran.out).toContain('There is no member "rollover".');
    expect(ran.err).toContain("has 2 mistakes");
  });

  it("that is a table of known answers is named as one, not member by member", async () => {
    const program = givenProgram();
    const ran = await program.wuding(["rulebook", "check", written(program, table()), "--json"]);
    expect(ran.exitCode).toBe(2);
    expect(errorOf(ran).data["problems"]).toMatchObject([
      { place: "/table", problem: { en: "This is a table of known answers, not a rulebook." } },
    ]);
  });

  it("is not adopted", async () => {
    const program = givenProgram();
    await program.typed(received);
    const file = written(program, ruleWith({ unit: "workday" }));
    const ran = await program.wuding(["rulebook", "adopt", file, "--json"]);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([2, "INVALID_RULES"]);
    expect(await sizeOf(program)).toBe(2);
  });

  it.each(["check", "adopt"])("%s asks for one", async (action) => {
    const ran = await givenProgram().typed(`rulebook ${action} --json`);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([2, "INVALID_INPUT"]);
  });
});

describe("adopting", () => {
  const takingOver = county({ appliesToOpenCases: true });

  it("first tells what would move, and records nothing", async () => {
    const program = givenProgram();
    await program.typed(received);
    const file = written(program, takingOver);
    const dry = await program.wuding([
      "rulebook",
      "adopt",
      file,
      "--dry-run",
      "--json",
      "--today",
      "2021-04-08",
    ]);
    expect(documentOf(dry)).toEqual({
      name: "county@2021",
      unchanged: false,
      cases: 1,
      impact: [
        {
          case: "cppcc/15-5/122",
          title: "关于改进政务信息化建设的建议",
          deadline: "return-request",
          from: "2021-04-19",
          to: "2021-04-12",
          wasProvisional: false,
          isProvisional: false,
          isPast: false,
        },
      ],
      position: null,
      dryRun: true,
    });
    expect(await sizeOf(program)).toBe(2);
    expect(await rulebookOf(program, "122")).toBe("national@2025");
  });

  it("records one event for itself and one for each open case", async () => {
    const program = givenProgram();
    await program.typed(received);
    const file = written(program, takingOver);
    const { exitCode, out } = await program.wuding([
      "rulebook",
      "adopt",
      file,
      "--lang",
      "zh",
      "--today",
      "2021-04-08",
    ]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^cppcc\/15-5\/122 .*退办申请 +2021-04-19 +2021-04-12$/m);
    expect(out).toContain("已采用 county@2021（第 2 条记录），1 件在办件重新计算了时限。");
    expect(await rulebookOf(program, "122")).toBe("county@2021");
    const events = listOf(await program.typed("history 122 --json"));
    expect(events.map(({ type }) => type)).toEqual(["CaseReceived", "DeadlinesRecomputed"]);
    const { current } = documentOf(await program.typed("rulebook list --json"));
    expect(current).toBe("county@2021");
    expect((await program.typed("audit verify")).exitCode).toBe(0);
    expect((await program.typed("doctor")).exitCode).toBe(0);
  });

  it("leaves open cases alone unless the rulebook says otherwise, and new ones come under it", async () => {
    const program = givenProgram();
    await program.typed(received);
    await program.wuding(["rulebook", "adopt", written(program, county())]);
    expect(await rulebookOf(program, "122")).toBe("national@2025");
    await program.typed(received.replace("--number 122", "--number 123"));
    expect(await rulebookOf(program, "123")).toBe("county@2021");
  });

  it("is not for cases dispatched before its first day", async () => {
    const program = givenProgram();
    await program.typed(received);
    const later = county({ appliesToOpenCases: true, validFrom: "2021-05-01" });
    await program.wuding(["rulebook", "adopt", written(program, later)]);
    await program.typed(received.replace("--number 122", "--number 123"));
    expect([await rulebookOf(program, "122"), await rulebookOf(program, "123")]).toEqual([
      "national@2025",
      "national@2025",
    ]);
  });

  it("does not move what has been settled", async () => {
    const program = givenProgram();
    await program.typed(received);
    await program.typed(assigned);
    const file = written(program, takingOver);
    const dry = await program.wuding([
      "rulebook",
      "adopt",
      file,
      "--dry-run",
      "--json",
      "--today",
      "2021-04-08",
    ]);
    // with the 五定 fixed, nobody sends the case back any more
    expect(documentOf(dry)).toMatchObject({ cases: 1, impact: [] });
  });

  it("the same rules again change nothing", async () => {
    const program = givenProgram();
    await program.typed(received);
    const file = written(program, county());
    await program.wuding(["rulebook", "adopt", file]);
    const again = await program.wuding(["rulebook", "adopt", file, "--json"]);
    expect(documentOf(again)).toMatchObject({ unchanged: true, position: null });
    expect(await sizeOf(program)).toBe(3);
  });

  it("refuses other content under a version that is there, and a version older than one that is", async () => {
    const program = givenProgram();
    await program.typed(received);
    await program.wuding(["rulebook", "adopt", written(program, county({ version: "2021.2" }))]);
    const differs = written(program, county({ version: "2021.2", deadlines: [] }));
    const other = await program.wuding(["rulebook", "adopt", differs, "--json"]);
    expect(other.exitCode).toBe(5);
    expect(errorOf(other)).toMatchObject({
      code: "RULES_DIFFER",
      data: { what: "rulebook", name: "county@2021.2" },
    });
    const older = await program.wuding([
      "rulebook",
      "adopt",
      written(program, county({ version: "2021.1" })),
      "--json",
    ]);
    expect(older.exitCode).toBe(3);
    expect(errorOf(older)).toMatchObject({
      code: "RULES_OLDER",
      data: { given: "county@2021.1", newer: "county@2021.2" },
    });
    expect(await sizeOf(program)).toBe(3);
  });

  it("takes one that comes with the program by its name", async () => {
    const { typed } = givenProgram();
    await typed(received);
    expect(documentOf(await typed("rulebook adopt linyi --json"))).toMatchObject({
      name: "linyi@2021",
      position: 2,
    });
  });

  it("refuses a collection", async () => {
    const { typed } = givenProgram();
    await typed(received);
    const ran = await typed("rulebook adopt elsewhere --json");
    expect(ran.exitCode).toBe(2);
    expect(errorOf(ran).data["problems"]).toMatchObject([{ place: "/isCollection" }]);
  });

  it("makes no casebook", async () => {
    const { typed, hasCasebook } = givenProgram();
    const ran = await typed("rulebook adopt linyi --json");
    expect(ran.exitCode).toBe(4);
    expect(errorOf(ran)).toMatchObject({ code: "NOT_FOUND", data: { what: "casebook" } });
    expect(hasCasebook()).toBe(false);
  });
});

describe("adopting at a terminal", () => {
  /** A person who types one line when asked. */
  const answering = async (line: string) => {
    const file = join(newFolder(), "wuding.db");
    await (await openCasebook(file, { create: true, actor: { id: "办公室" } })).close();
    const stdin = new PassThrough();
    stdin.end(`${line}\n`);
    const readFile = async () => Buffer.from(JSON.stringify(county()));
    return shellOn(file, { stdin, isInteractive: true, readFile });
  };

  it.each([
    ["y", "county@2021", "已采用 county@2021"],
    ["n", "national@2025", "未采用，未记录任何内容。"],
    ["", "national@2025", "未采用，未记录任何内容。"],
  ])("the answer %j leaves %s in force", async (line, name, said) => {
    const { shell, printed } = await answering(line);
    await rulebook.run(typedWords({ positionals: ["adopt", "county.json"] }), shell);
    expect([...printed.out, ...printed.talk].join("\n")).toContain(said);
    expect((await shell.open()).rules.current.name).toBe(name);
  });
});

describe("tables of known answers", () => {
  it("those that come with the program come out", async () => {
    const { typed, hasCasebook } = givenProgram();
    const ran = await typed("rulebook test --json");
    expect(documentOf(ran)["ok"]).toBe(true);
    expect(listOf(ran, "tables").length).toBeGreaterThan(40);
    expect(hasCasebook()).toBe(false);
  });

  it("those of the office find the rulebooks that its casebook has adopted", async () => {
    const program = givenProgram();
    const own = written(program, table(), "table.json");
    await program.typed(received);
    await program.wuding(["rulebook", "adopt", written(program, county())]);
    const { exitCode, out } = await program.wuding(["rulebook", "test", own, "--lang", "zh"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^county +某县 +1 +相符$/m);
  });

  it("a row that does not come out is shown beside what was found", async () => {
    const program = givenProgram();
    await program.typed(received);
    await program.wuding(["rulebook", "adopt", written(program, county())]);
    const rows = [{ rule: "county-return", from: "2021-04-02", dueOn: "2021-04-09" }];
    const own = written(program, table({ rows }), "table.json");
    const ran = await program.wuding(["rulebook", "test", own]);
    expect(ran.exitCode).toBe(3);
    expect(ran.out).toContain("county, row 1: expected 2021-04-09; found 2021-04-12");
    const scripted = await program.wuding(["rulebook", "test", own, "--json"]);
    expect(errorOf(scripted)).toMatchObject({
      code: "CONFORMANCE",
      data: { tables: ["county"], total: 1 },
    });
  });

  it("a table that also passes when it must not is no proof", async () => {
    const program = givenProgram();
    await program.typed(received);
    await program.wuding(["rulebook", "adopt", written(program, county())]);
    const own = written(program, table({ failsUnder: [{ rollOver: "nextWorkingDay" }] }), "t.json");
    const ran = await program.wuding(["rulebook", "test", own]);
    expect(ran.exitCode).toBe(3);
    expect(ran.out).toContain(
      'should have failed, but passed, under: {"rollOver":"nextWorkingDay"}',
    );
  });

  it.each([
    ["no JSON", "{", ""],
    ["an unknown kind", JSON.stringify(table({ kind: "rules" })), "/kind"],
    ["no rows", JSON.stringify(table({ rows: [] })), "/rows"],
  ])("%s is named with its place", async (_, content, place) => {
    const program = givenProgram();
    const file = written(program, content, "table.json");
    const ran = await program.wuding(["rulebook", "test", file, "--json"]);
    expect(ran.exitCode).toBe(2);
    expect(errorOf(ran)).toMatchObject({
      code: "INVALID_RULES",
      data: { what: "conformance", problems: [{ place }] },
    });
  });
});

describe("what is asked of the command", () => {
  it.each([
    ["lst", "wuding rulebook list"],
    ["adpot", "wuding rulebook adopt"],
    ["shwo", "wuding rulebook show"],
  ])("%s was probably meant as %s", async (action, suggestion) => {
    const ran = await givenProgram().typed(`rulebook ${action} --json`);
    expect(ran.exitCode).toBe(2);
    expect(errorOf(ran)).toMatchObject({ code: "USAGE", data: { suggestion } });
  });

  it("a word that is like none of them gets the help of the command", async () => {
    const ran = await givenProgram().typed("rulebook zzzzzzzz");
    expect(ran.exitCode).toBe(2);
    expect(ran.err).toContain("wuding help rulebook");
  });

  it("a file that is not there is refused", async () => {
    const ran = await givenProgram().typed("rulebook check nothing.json --json");
    expect([ran.exitCode, errorOf(ran).code]).toEqual([2, "INVALID_INPUT"]);
  });
});
