/** @module rulebook-file.test — rulebook files from outside: broken text, wrong shapes, what they extend. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeRulebook } from "../src/rulebook/complete.ts";
import { checkRulebook } from "../src/rulebook/check/check.ts";
import { readRulebook } from "../src/rulebook/check/read-rulebook.ts";
import type { RuleProblem } from "../src/rulebook/check/rule-problem.ts";
import type { Changes } from "./sample-rulebook.ts";
import { fileWith, replyRule, sample } from "./sample-rulebook.ts";

const parent = completeRulebook(sample, undefined);
const library = (name: string) => (name === "county@2025" ? parent : undefined);
const problemsOf = (file: string | Uint8Array): readonly RuleProblem[] => {
  const read = readRulebook(file, library);
  return "problems" in read ? read.problems : [];
};
const problemsIn = (changes: Changes): readonly RuleProblem[] => problemsOf(fileWith(changes));

describe("a file without a mistake", () => {
  const text = fileWith({});

  it("is read as a complete rulebook, without its $schema", () => {
    const read = readRulebook(text, library);
    expect(read).toEqual({ rulebook: parent });
    expect(parent).not.toHaveProperty("$schema");
  });

  it("may come as bytes, and with the byte order mark that some editors write", () => {
    expect(readRulebook(new TextEncoder().encode(text), library)).toEqual({ rulebook: parent });
    expect(readRulebook(new TextEncoder().encode(`\uFEFF${text}`), library)).toEqual({
      rulebook: parent,
    });
    expect(readRulebook(`\uFEFF${text}`, library)).toEqual({ rulebook: parent });
  });
});

describe("broken text", () => {
  it.each<[string, string, string, string]>([
    ["a full-width comma", '{\n  "format": 2，\n  "id": "x"\n}', "2:14", "半角"],
    ["a comma after the last member", '{\n  "format": 2,\n}', "3:1", "末项"],
    ["a comment", "{ // 规则\n}", "1:3", "注释"],
    ["a file that was cut off", '{"format": 2', "1:13", "中断"],
    ["no text at all", "", "1:1", "中断"],
    ["a member that is there twice", '{"format": 2,\r\n "id": "a",\r\n "id": "b"}', "3:2", "“id”"],
    ["a number beyond exactness", '{"format": 90071992547409931}', "1:12", "90071992547409931"],
    ["a name that reaches a prototype", '{"__proto__": {}}', "1:2", "__proto__"],
  ])("%s is told with its line and column", (_, text, place, says) => {
    const problems = problemsOf(text);
    expect(problems).toMatchObject([{ place, rule: null }]);
    expect(`${problems[0]?.problem.zh}${problems[0]?.repair.zh}`).toContain(says);
  });

  it("is told when it is in another encoding", () => {
    // “规则” in GB 18030
    expect(problemsOf(new Uint8Array([0xb9, 0xe6, 0xd4, 0xf2]))).toMatchObject([
      { place: "", rule: null, repair: { zh: "请以 UTF-8 编码重新保存。" } },
    ]);
  });
});

describe("a wrong shape", () => {
  it("a word that is not known: the words that are, and the nearest", () => {
    expect(problemsIn({ "/deadlines/1/trigger": "dispached" })).toEqual([
      {
        place: "/deadlines/1/trigger",
        rule: "cppcc-reply",
        problem: {
          zh: "“trigger”不能是“dispached”。",
          en: '"trigger" cannot be "dispached".',
        },
        repair: {
          zh: expect.stringMatching(/^是否应为“dispatched”？可用：submitted、sessionClosed、/),
          en: expect.stringMatching(/^Did you mean "dispatched"\? Use one of: submitted, /),
        },
      },
    ]);
  });

  it("a due date that only a person sets cannot be counted from", () => {
    expect(problemsIn({ "/deadlines/3/trigger": "dueDateOf:internal" })).toMatchObject([
      { place: "/deadlines/3/trigger", rule: "feedback" },
    ]);
  });

  it("every member that is not known, not only the first", () => {
    expect(
      problemsIn({ "/deadlines/0/amout": 3, "/deadlines/0/remark": "", "/deadline": [] }),
    ).toMatchObject(
      [
        { place: "/deadlines/0/amout", rule: "npc-reply", repair: { en: /Did you mean "amount"/ } },
        { place: "/deadlines/0/remark", rule: "npc-reply", repair: { en: /^Use one of: id, / } },
        { place: "/deadline", rule: null, repair: { zh: /^是否应为“deadlines”？/ } },
      ].map((row) => ({
        ...row,
        repair: Object.fromEntries(
          Object.entries(row.repair).map(([name, form]) => [name, expect.stringMatching(form)]),
        ),
      })),
    );
  });

  it("every member that is missing", () => {
    expect(
      problemsIn({
        "/id": undefined,
        "/deadlines/2/source": undefined,
        "/rates/0/rounding/mode": undefined,
      }),
    ).toEqual([
      {
        place: "/id",
        rule: null,
        problem: { zh: "缺少“id”。", en: '"id" is missing.' },
        repair: { zh: "请补充“id”。", en: 'Add "id".' },
      },
      expect.objectContaining({ place: "/deadlines/2/source", rule: "co-opinion" }),
      expect.objectContaining({ place: "/rates/0/rounding/mode", rule: "meeting" }),
    ]);
  });

  it.each<[string, string, unknown, unknown]>([
    ["a version of letters", "/version", "2025年", "2025.2"],
    ["a version that ends with a dot", "/version", "2025.", "2025"],
    ["an empty title", "/deadlines/0/source/title/zh", "", "《某省办理规定》"],
    ["a title of spaces", "/deadlines/0/source/title/zh", " 　", "《某 省》"],
    ["text that hides a direction", "/label/zh", "某\u202E县", "某县"],
    ["text with a line break", "/label/zh", "某\n县", "某县"],
    ["an id with capitals", "/deadlines/0/id", "NPC", "npc"],
    ["a kind's id with a hyphen", "/kinds/0/id", "npc-1", "npc"],
    ["a date that does not exist", "/validFrom", "2019-02-29", "2020-02-29"],
    ["a date in another form", "/validFrom", "2020/01/01", "2020-01-01"],
    ["a yearly day that does not exist", "/duties/0/monthDay", "09-31", "09-30"],
    ["a yearly day of leap years only", "/duties/0/monthDay", "02-29", "02-28"],
    ["a negative term", "/deadlines/0/amount", -1, 1],
    ["a broken term", "/deadlines/0/amount", 1.5, 1],
    ["a term as text", "/deadlines/0/amount", "3", 3],
    ["an endless term", "/deadlines/0/extension/max/amount", 10_000, 9999],
    ["an extension by nothing", "/deadlines/0/extension/max/amount", 0, 4],
    ["negative days of yellow light", "/lamps/0/value/yellowWithinWorkingDays", -1, 0],
    ["a choice for no kinds", "/contactBeforeReply/0/kinds", [], ["npc"]],
    ["a rule for no roles", "/deadlines/2/appliesTo/roles", [], ["assist"]],
    ["a role twice", "/deadlines/2/appliesTo/roles", ["assist", "assist"], ["assist"]],
    ["a rule for no categories", "/deadlines/0/appliesTo/categories", [], ["咨询"]],
    ["a category twice", "/rates/0/categories", ["实名", "实名"], ["实名"]],
    ["a contact rate without modes", "/rates/0/contact/modes", [], ["letter"]],
    ["a satisfaction rate without ratings", "/rates/1/form/ratings", [], ["satisfied"]],
    ["a rate without meanings", "/rates/5/meanings", [], ["resolved"]],
    [
      "no object where one is due",
      "/deadlines/0/source",
      "《规定》",
      sample.deadlines?.[0]?.source,
    ],
    ["a name that no rulebook has", "/extends", "national", "county@2025"],
  ])("%s is refused", (_, place, wrong, right) => {
    const named = place === "/extends" ? { "/version": "2025.2" } : {};
    const problems = problemsIn({ ...named, [place]: wrong });
    expect(problems).toMatchObject([{ place }]);
    expect(problems[0]?.problem.zh).toMatch(/不能是.+。$/u);
    expect(problems[0]?.repair.en).toMatch(/^Write .+\.$/);
    expect(problemsIn({ ...named, [place]: right })).toEqual([]);
  });

  it("mistakes of every stage are not mixed: first the shape, then what it says", () => {
    expect(problemsIn({ "/deadlines/0/amount": undefined, "/version": "x" })).toMatchObject([
      { place: "/version" },
    ]);
  });

  it.each([
    [1, "format 1; this program reads format 2", "Write it anew"],
    [3, "format 3; this program reads format 2", "Upgrade"],
  ])("format %d is the only mistake that is told", (format, says, repair) => {
    const [problem, ...others] = problemsIn({ "/format": format, "/kinds": "?" });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ place: "/format", rule: null });
    expect(problem?.problem.en).toContain(says);
    expect(problem?.repair.en).toContain(repair);
  });

  it.each(["[]", "null", "7", '"规则"'])("%s is no rulebook", (text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });

  it("a rulebook in memory is measured by the same shape", () => {
    const [rule] = parent.deadlines;
    const wrong = { ...parent, deadlines: [{ ...rule, trigger: "dispached" }] };
    // as it comes from a program that is not checked by types
    expect(checkRulebook(JSON.parse(JSON.stringify(wrong)))).toMatchObject([
      { place: "/deadlines/0/trigger", rule: "npc-reply" },
    ]);
  });
});

describe("a file that extends another 在另一规则集之上补充", () => {
  const town = {
    format: 2,
    id: "town",
    version: "2025",
    label: { zh: "某镇", en: "a town" },
    extends: "county@2025",
    validFrom: "2025-01-01",
  };
  const inTown = (changes: Changes): readonly RuleProblem[] => problemsOf(fileWith(changes, town));

  it("says only what differs", () => {
    expect(inTown({})).toEqual([]);
  });

  it("may shadow what it extends, and is not told so", () => {
    const own = { "/deadlines": [replyRule({ id: "town-reply", appliesTo: {}, amount: 2 })] };
    expect(inTown(own)).toEqual([]);
    expect(
      inTown({ "/lamps": [{ ...sample.lamps?.[0], value: { yellowWithinWorkingDays: 3 } }] }),
    ).toEqual([]);
  });

  it("is told what it shadows in itself", () => {
    const rules = [
      replyRule({ id: "town-reply", appliesTo: {}, amount: 2 }),
      replyRule({ id: "town-reply-npc", amount: 2 }),
    ];
    expect(inTown({ "/deadlines": rules })).toMatchObject([
      { place: "/deadlines/1", rule: "town-reply-npc" },
    ]);
  });

  it("is told the place in itself, where ids replace those of the other", () => {
    const meeting = sample.rates?.[0];
    const onTime = { ...sample.rates?.[2], population: "requests" };
    expect(inTown({ "/rates": [onTime, meeting] })).toMatchObject([
      { place: "/rates/0/population", rule: "on-time" },
    ]);
  });

  it("is told at extends what it breaks in the other", () => {
    const child = readRulebook(
      fileWith({
        "/id": "county-2",
        "/deadlines/-": replyRule({
          id: "publication",
          deadline: "publication",
          appliesTo: { kinds: ["npc"] },
          trigger: "dueDateOf:reply",
          extension: null,
        }),
      }),
      library,
    );
    const other = "rulebook" in child ? child.rulebook : parent;
    const note = { zh: "镇一级不作规定", en: "not set for towns" };
    const read = readRulebook(
      fileWith(
        {
          "/extends": "county-2@2025",
          "/deadlines": [replyRule({ id: "npc-reply", notApplied: note })],
          "/unregulated": [{ deadline: "reply", kinds: ["npc"], note }],
        },
        town,
      ),
      () => other,
    );
    expect("problems" in read && read.problems).toMatchObject([
      { place: "/extends", rule: "publication" },
    ]);
  });

  it("cannot extend itself", () => {
    expect(inTown({ "/extends": "town@2025" })).toMatchObject([
      {
        place: "/extends",
        rule: null,
        problem: { en: 'The rulebook "town@2025" extends itself.' },
      },
    ]);
  });

  it("cannot extend what is not there", () => {
    expect(inTown({ "/extends": "county@2024" })).toMatchObject([
      { place: "/extends", rule: null, problem: { zh: "没有规则集“county@2024”。" } },
    ]);
  });
});

/** Every place in a value, the deepest last. */
const placesIn = (value: unknown, at = ""): readonly string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => [
        `${at}/${name}`,
        ...placesIn(inner, `${at}/${name}`),
      ])
    : [];

describe("any file", () => {
  it("is read, or told what is wrong with it, where, and what to do; it never breaks the reader", () => {
    fc.assert(
      fc.property(fc.constantFrom(...placesIn(sample)), fc.jsonValue(), (changed, value) => {
        const read = readRulebook(fileWith({ [changed]: value }), library);
        const isRead = "rulebook" in read;
        const problems = isRead ? checkRulebook(read.rulebook) : read.problems;
        expect(isRead).toBe(problems.length === 0);
        for (const { place, problem, repair } of problems) {
          // a line and column where the strict reader refuses the JSON itself
          expect(place).toMatch(/^(\/.+|\d+:\d+)?$/su);
          for (const text of [problem.zh, problem.en, repair.zh, repair.en]) {
            expect(text).toMatch(/[。.]$/u);
            expect(text).not.toMatch(/undefined|\[object|\p{Cc}/u);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("the JSON schemas for editors", () => {
  it("are what the schemas in the code say", () => {
    const script = fileURLToPath(new URL("../../../scripts/generate-schemas.mjs", import.meta.url));
    expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" })).toBe("");
  });
});
