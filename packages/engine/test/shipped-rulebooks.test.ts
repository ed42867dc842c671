/**
 * @module shipped-rulebooks.test — the rulebooks that come with the engine, read as an office reads them.
 *
 * Each text is pinned by its hash: a text that changes is a new version with a new hash beside the old.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../src/log/canonical-json.ts";
import { sha256Hex } from "../src/log/hash.ts";
import { indexCalendar } from "../src/rulebook/calendar/working-days.ts";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import { checkRulebook } from "../src/rulebook/check/check.ts";
import { isApplied, questions } from "../src/rulebook/complete.ts";
import { checkTable } from "../src/rulebook/conformance/conformance.ts";
import { readRulebook } from "../src/rulebook/check/read-rulebook.ts";
import { readTable } from "../src/rulebook/conformance/read-table.ts";
import { dueDatesFor } from "../src/rulebook/due-on.ts";
import type { DeadlineRule } from "../src/rulebook/deadline-rule.ts";
import type { Rulebook, RulebookFile } from "../src/rulebook/rulebook.ts";
import type { Confidence, Source } from "../src/rulebook/source.ts";
import { rulebookName } from "../src/rulebook/rulebook.ts";
import { printSource } from "../src/rulebook/source.ts";
import { shippedFile, shippedRulebook, shippedRulebooks } from "../src/rulebook/shipped.ts";

const rules = new URL("../src/rules/", import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, rules), "utf8");
const json = (path: string): unknown => JSON.parse(text(path));

/** SHA-256 of the canonical JSON of each complete rulebook. */
const hashes: Readonly<Record<string, string>> = {
  "national@2025": "87aab40653dbe35f1a656440a597000c59590ed4e53b38c06c3bb273a0b80379",
  "shandong@2017": "294f5e53472083bd67815f73f4810d80fa02fe5fa257426e26fe957c421bd410",
  "qingdao@2021": "b7308c9dee13d681ef941b07afa5ef227ea29c69243bba6e81b1926bdfb29fa2",
  "linyi@2021": "c45e322f414f411a360a8594fd57388b8f88d34efd2bbca5b75fe79c75f6e265",
  "shanghai@2015": "41540219e0d8bce3df1780478d2d82c66082797cfea8a4b4b47c5c9b6e7b10e7",
  "beijing@2014": "1b1e4e0f60e74fdd7d1edfdf1763c23caa9cccd1cad0c467c7089a4f69e00e03",
  "zhejiang@2016": "91fd494ceb60de6162a5dd45008c8a52ac246da25569192294f5c8ad4b6f5715",
  "chongqing@2018": "b15d060e6f01a17524338fa40e30a596f1d519a1da36338ed25bff40d9070662",
  "henan@2017": "e90b2a0a4c46a73a435f928b82a62c0778dde1f617a9d3bae943cd1dbecb984c",
  "chizhou@2021": "6d41b4c11994e0090ec0ec900feecc0064d6d8179c87681421efaf1c386fe235",
  "elsewhere@2026": "ed956676839e27b7f04d8d6a08cd1f44bbeeef1bac3128e09410f218dcd58530",
};

const files: readonly RulebookFile[] = await Promise.all(shippedRulebooks.map(shippedFile));
const books = new Map(
  await Promise.all(
    Object.keys(hashes).map(async (name) => [name, await shippedRulebook(name)] as const),
  ),
);

const book = (name: string): Rulebook => {
  const found = books.get(name);
  if (found === undefined) throw new Error(`no rulebook ${name}`);
  return found;
};

/** Everything in a file that says where it stands and how sure it is. */
type Statement = Readonly<{ what: string; source: Source; confidence: Confidence }>;
const statements = (file: RulebookFile): readonly Statement[] => [
  ...(file.deadlines ?? []).map((one) => ({ ...one, what: one.id })),
  ...(file.results ?? []).map((one) => ({ ...one, what: one.scheme })),
  ...(file.rates ?? []).map((one) => ({ ...one, what: one.id })),
  ...(file.duties ?? []).map((one) => ({ ...one, what: one.id })),
  ...questions.flatMap((question) =>
    (file[question] ?? []).map(({ source, confidence }) => ({
      what: question,
      source,
      confidence,
    })),
  ),
];

/** A term as an office reads it: `npc-reply: 3 calendarMonth from dispatched, 第十九条`. */
const told = (rule: DeadlineRule): string => {
  const { appliesTo, amount, unit, trigger, monthDay, extension } = rule;
  const cases = [
    ...(appliesTo.levels ?? []),
    ...(appliesTo.phases ?? []),
    ...(appliesTo.isComplex === true ? ["complex"] : []),
  ];
  const length = unit === "date" ? (monthDay ?? "") : `${amount ?? ""} ${unit}`;
  const more =
    extension === null
      ? ""
      : `, extended ${extension.max.amount} ${extension.max.unit} from ${extension.max.from}`;
  return [
    `${rule.id}${cases.length > 0 ? ` (${cases.join(" ")})` : ""}: `,
    `${length} from ${trigger}${more}, ${rule.source.article?.zh ?? rule.confidence}`,
    isApplied(rule) ? "" : ", not applied",
  ].join("");
};

const ownTerms = (name: string): readonly string[] =>
  (files.find((one) => rulebookName(one) === name)?.deadlines ?? []).map(told);

describe("the shipped rulebooks 随附规则集", () => {
  it("are the files of the folder, each named by its id and pinned in its version", () => {
    expect(
      readdirSync(new URL("rulebooks/", rules))
        .map((file) => file.replace(".json", ""))
        .toSorted(),
    ).toEqual([...shippedRulebooks].toSorted());
    expect(files.map(rulebookName).toSorted()).toEqual(Object.keys(hashes).toSorted());
  });

  it.each(files.map((file) => [rulebookName(file), file] as const))(
    "%s is free of mistakes, as a file and completed",
    (name, file) => {
      const reading = readRulebook(text(`rulebooks/${file.id}.json`), (one) => books.get(one));
      expect(reading).not.toHaveProperty("problems");
      expect(reading).toEqual({ rulebook: book(name) });
      expect(checkRulebook(book(name))).toEqual([]);
    },
  );

  it.each(Object.keys(hashes))("%s is the text of its version", (name) => {
    expect(sha256Hex(canonicalJson(book(name)))).toBe(hashes[name]);
  });

  it.each(files.map((file) => [file.id, file] as const))(
    "%s says where each statement stands: an article for a law, 默认值 for a choice of ours",
    (_, file) => {
      const all = statements(file);
      const named = (is: (one: Statement) => boolean): readonly string[] =>
        all.filter(is).map(({ what }) => what);
      const defaults = named(({ confidence }) => confidence === "default");
      expect(named(({ source: { title } }) => !title.zh.trim() || !title.en.trim())).toEqual([]);
      expect(named((one) => one.confidence === "law" && !one.source.article)).toEqual([]);
      expect(named(({ source }) => source.title.zh.startsWith("默认值："))).toEqual(defaults);
      expect(named(({ source }) => source.title.en.startsWith("a default: "))).toEqual(defaults);
    },
  );

  it("collect the rules of other places only for choosing: none of them sets a due date", () => {
    const own = files.find(({ id }) => id === "elsewhere")?.deadlines ?? [];
    expect(own.filter(isApplied)).toEqual([]);
    const applied = (name: string): readonly DeadlineRule[] =>
      book(name).deadlines.filter(isApplied);
    expect(applied("elsewhere@2026")).toEqual(applied("national@2025"));
  });
});

describe("the known answers of each rule 算例", () => {
  const withRules = files.filter(({ deadlines = [] }) => deadlines.length > 0);

  it.each(withRules.map((file) => [file.id, file] as const))(
    "%s: at least four for each rule, all of them met",
    (id, file) => {
      const reading = readTable(json(`conformance/vectors-${id}.json`));
      if (!("table" in reading) || reading.table.kind !== "rule") {
        throw new Error(`not a table of rules: ${JSON.stringify(reading)}`);
      }
      const { table } = reading;
      expect(table.rulebook).toBe(rulebookName(file));
      for (const rule of file.deadlines ?? []) {
        const rows = table.rows.filter((row) => row.rule === rule.id);
        expect([rule.id, rows.length >= 4]).toEqual([rule.id, true]);
      }
      expect(checkTable(table, { rulebooks: book, calendar: stateCouncil })).toMatchObject({
        failures: [],
        wrongPasses: [],
        ok: true,
      });
    },
  );

  it.each([
    // 国办发明电〔2024〕12号 and the notice of 2025-11-04, counted by hand
    ["qingdao", "qingdao-npc-return-request", "2026-02-12", "2026-02-26"],
    ["qingdao", "qingdao-npc-return-request", "2026-09-28", "2026-10-10"],
    ["qingdao", "qingdao-npc-return-request", "2026-04-29", "2026-05-09"],
    ["qingdao", "qingdao-npc-return-request", "2025-01-24", "2025-02-07"],
    ["qingdao", "qingdao-npc-return-request", "2025-09-26", "2025-10-10"],
    ["chongqing", "npc-return-request", "2026-09-18", "2026-10-09"],
    ["chongqing", "npc-first-contact", "2026-02-11", "2026-03-17"],
    ["national", "npc-reply", "2026-03-31", "2026-06-30"],
    ["national", "npc-reply", "2025-11-30", "2026-02-28"],
    ["national", "npc-reply", "2026-07-03", "2026-10-08"],
    ["national", "npc-reply", "2026-02-02", "2026-05-06"],
    ["shandong", "npc-reply", "2021-04-02", "2021-07-02"],
  ])("%s %s from %s ends on %s", (id, rule, from, dueOn) => {
    expect(json(`conformance/vectors-${id}.json`)).toMatchObject({
      rows: expect.arrayContaining([{ rule, from, dueOn }]),
    });
  });

  it("leaves a six-month term provisional that ends where no notice reaches", () => {
    expect(json("conformance/vectors-national.json")).toMatchObject({
      rows: expect.arrayContaining([
        {
          rule: "npc-reply-complex",
          from: "2026-08-31",
          dueOn: "2027-03-01",
          provisional: true,
        },
      ]),
    });
  });
});

const calendar = indexCalendar(stateCouncil);
const facts = { kind: "npc", role: "sole", isComplex: false, isKey: false, round: 1 } as const;

/** The rule and the day of an answer to a city's suggestion. */
const replyUnder = (name: string, on: string, isComplex: boolean) => {
  const law = { rulebook: book(name), calendar };
  const asked = { ...facts, isComplex, level: "city" } as const;
  const due = dueDatesFor("npc/1-1/1", law, { dispatched: on, received: on }, asked);
  const reply = due.find(({ id }) => id === "reply");
  return reply && [reply.rule, reply.dueOn];
};

describe("what an office finds in its rulebook", () => {
  it("everywhere: the national terms, and what is a choice of ours", () => {
    expect(ownTerms("national@2025")).toEqual([
      "npc-reply-complex (complex): 6 calendarMonth from dispatched, 第五十一条",
      "npc-reply-complex-2015 (complex): 6 calendarMonth from dispatched, 第四十二条",
      "npc-reply: 3 calendarMonth from dispatched, extended 6 calendarMonth from trigger, 第五十一条",
      "npc-reply-2015: 3 calendarMonth from dispatched, extended 6 calendarMonth from trigger, 第四十二条",
      "cppcc-reply-complex (complex): 6 calendarMonth from dispatched, default",
      "cppcc-reply: 3 calendarMonth from dispatched, extended 6 calendarMonth from trigger, default",
      "co-opinion: 1 calendarMonth from dispatched, default",
      "rehandling: 1 calendarMonth from rehandlingOrdered, default",
      "return-request: 10 workingDay from dispatched, default",
      "publication: 20 workingDay from replyDelivered, 第二十六条",
    ]);
    expect(book("national@2025").rates.map(({ id }) => id)).toEqual([
      "meeting",
      "contact",
      "assignment",
      "completion",
      "on-time",
      "satisfaction",
      "satisfaction-attitude",
      "first-satisfaction",
      "resolved",
      "adoption",
      "commitment",
      "publication",
    ]);
  });

  it("everywhere: the Deputies Law as it stood on the day of the dispatch", () => {
    const answer = (on: string, isComplex: boolean) => replyUnder("national@2025", on, isComplex);
    expect(answer("2015-08-28", false)).toBeUndefined();
    expect(answer("2015-08-31", false)).toEqual(["npc-reply-2015", "2015-11-30"]);
    expect(answer("2025-03-11", false)).toEqual(["npc-reply-2015", "2025-06-11"]);
    expect(answer("2025-03-12", false)).toEqual(["npc-reply", "2025-06-12"]);
    expect(answer("2025-03-11", true)).toEqual(["npc-reply-complex-2015", "2025-09-11"]);
    expect(answer("2025-03-12", true)).toEqual(["npc-reply-complex", "2025-09-12"]);
  });

  it.each([
    ["shandong@2017", "npc-reply", "npc-reply"],
    ["linyi@2021", "npc-reply", "npc-reply"],
    ["qingdao@2021", "qingdao-npc-reply", "qingdao-npc-reply"],
    ["shanghai@2015", "npc-reply", "npc-reply"],
    ["beijing@2014", "npc-reply", "npc-reply"],
    ["zhejiang@2016", "npc-reply", "npc-reply-complex"],
    ["chongqing@2018", "npc-reply", "npc-reply-complex"],
    ["henan@2017", "npc-reply", "npc-reply"],
  ])("in %s: its own rule, under the law of 2015 and of 2025", (name, ordinary, complex) => {
    const file = files.find((one) => rulebookName(one) === name);
    const inherited = file?.extends === "shandong@2017" ? book("shandong@2017").deadlines : [];
    const local = [...(file?.deadlines ?? []), ...inherited];
    for (const on of ["2021-09-02", "2025-06-03"]) {
      expect([on, replyUnder(name, on, false)?.[0]]).toEqual([on, ordinary]);
      expect([on, replyUnder(name, on, true)?.[0]]).toEqual([on, complex]);
    }
    const titles = local
      .filter(({ id }) => id === ordinary || id === complex)
      .map(({ source }) => source.title.zh);
    expect(titles.some((title) => title.startsWith("《中华人民共和国"))).toBe(false);
  });

  it("where a rulebook begins before the Deputies Law of 2015, proposals have a term all the same", () => {
    const proposal = { ...facts, kind: "cppcc" };
    const on = { dispatched: "2015-05-04", received: "2015-05-04" };
    for (const name of ["beijing@2014", "shanghai@2015"]) {
      const due = dueDatesFor("cppcc/1-1/1", { rulebook: book(name), calendar }, on, proposal);
      expect(due).toMatchObject([
        { id: "reply", rule: "cppcc-reply", dueOn: "2015-08-04" },
        { id: "return-request", rule: "return-request" },
      ]);
    }
  });

  it("in Shandong", () => {
    expect(ownTerms("shandong@2017")).toEqual([
      "npc-dispatch (intersession): 5 calendarDay from submitted, 第十条",
      "npc-return-request: 5 calendarDay from received, 第十二条",
      "cppcc-return-request (national provincial): 5 calendarDay from received, 第六条",
      "npc-co-opinion: 1 calendarMonth from received, 第二十一条",
      "npc-reply-complex (complex): 6 calendarMonth from dispatched, 第四十条, not applied",
      "npc-reply: 3 calendarMonth from dispatched, extended 6 calendarMonth from trigger, 第十九条",
      "npc-reply-session: 3 calendarMonth from sessionClosed, extended 6 calendarMonth from trigger, 第三十三条, not applied",
      "npc-rehandling: 1 calendarMonth from rehandlingOrdered, 第二十四条",
    ]);
  });

  it("in Qingdao: its own terms for its own cases, the province's for the province's", () => {
    const windows = book("qingdao@2021")
      .deadlines.filter(({ deadline }) => deadline === "return-request")
      .map(told);
    expect(windows).toEqual([
      "qingdao-npc-return-request (city county township): 5 workingDay from received, 第十九条",
      "npc-return-request: 5 calendarDay from received, 第十二条",
      "cppcc-return-request (national provincial): 5 calendarDay from received, 第六条",
      "return-request: 10 workingDay from dispatched, default",
    ]);
  });

  it("in Shanghai", () => {
    expect(ownTerms("shanghai@2015")).toEqual([
      "npc-dispatch (intersession): 7 workingDay from submitted, 第十一条",
      "npc-return-request: 7 workingDay from received, 第十四条",
      "npc-co-opinion: 1 calendarMonth from received, 第十七条",
      "npc-reply-complex (complex): 6 calendarMonth from dispatched, 第五十一条, not applied",
      "npc-reply-complex-2015 (complex): 6 calendarMonth from dispatched, 第四十二条, not applied",
      "npc-reply: 3 calendarMonth from dispatched, extended 3 calendarMonth from dueDate, 第十九条",
      "npc-rehandling: 1 calendarMonth from rehandlingOrdered, 第二十一条",
    ]);
    const { results } = book("shanghai@2015");
    expect(results.map(({ scheme, kinds = ["all"] }) => [scheme, ...kinds])).toEqual([
      ["shanghai", "npc"],
      ["national", "all"],
    ]);
  });

  it("in Chongqing", () => {
    expect(ownTerms("chongqing@2018")).toEqual([
      "npc-dispatch (intersession): 10 workingDay from submitted, 第十三条",
      "npc-return-request: 10 workingDay from dispatched, 第十六条",
      "npc-redispatch: 10 workingDay from returnApproved, 第十六条",
      "npc-first-contact: 20 workingDay from received, 第十八条",
      "npc-co-opinion: 30 workingDay from dispatched, 第二十条",
      "npc-co-opinion-again: 5 workingDay from opinionReturned, 第二十条",
      "npc-reply-complex (complex): 6 calendarMonth from dispatched, 第二十一条",
      "npc-reply: 3 calendarMonth from dispatched, 第二十一条",
      "npc-feedback: 20 workingDay from replyDelivered, 第二十七条",
      "npc-rehandling: 2 calendarMonth from rehandlingOrdered, 第二十七条",
      "npc-status-report: 12-31 from fixedDate, 第二十四条",
    ]);
    const { rates } = book("chongqing@2018");
    const satisfaction = rates.find(({ id }) => id === "satisfaction");
    expect(satisfaction && printSource(satisfaction.source).zh).toBe(
      "《重庆市人民代表大会代表建议批评和意见工作条例》第二十九条",
    );
  });

  it("in Linyi: the rates that its summary of 2021 names, with the definitions left open marked", () => {
    const own = files.find(({ id }) => id === "linyi")?.rates ?? [];
    expect(own.map(({ id, label, confidence }) => [id, label.zh, confidence])).toEqual([
      ["meeting", "见面率", "default"],
      ["assignment", "五定落实率", "document"],
      ["completion", "办结率", "default"],
      ["satisfaction", "满意率", "default"],
    ]);
  });
});
