/**
 * @module shipped-rulebooks.test — the rulebooks that come with the engine, read as an office reads them.
 *
 * Each text is pinned by its hash: a text that changes is a new version with a new hash beside the old.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../src/log/canonical-json.ts";
import { sha256Hex } from "../src/log/hash.ts";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import { checkRulebook } from "../src/rulebook/check/check.ts";
import { isApplied, questions } from "../src/rulebook/complete.ts";
import { checkTable } from "../src/rulebook/conformance/conformance.ts";
import { readRulebook } from "../src/rulebook/check/read-rulebook.ts";
import { readTable } from "../src/rulebook/conformance/read-table.ts";
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
  "national@2025": "97cdc74794913d408212a2d71152bf95ad4b6067011a3cbd33e2cd4a70da6cf5",
  "shandong@2017": "9f11391bce60e5618cf2533252a77c65ff3ce188ea669dc9823de1155ec28de2",
  "qingdao@2021": "558e1c04fba23cbce1541ed981d332fefc8512397f8755e4362904922a4984bb",
  "linyi@2021": "e85afdbc19bd9b61b9dee23666631f9d89e824e349b6aebac3a5f858293561aa",
  "shanghai@2015": "dc48e1509e8edb0532c3c3224d9953df972568d12c0fdfbc9b177b54929073ab",
  "beijing@2014": "b21d97c7c5a3c9707e2615c2390e3492551cc88aa728ce24b6acdad6ced34a6e",
  "zhejiang@2016": "01b34021ecf09c351bb8a757b0972aaca2a799ab4a9103445cb0783e52f97c8a",
  "chongqing@2018": "b3fc0c4b75e3668c397f7bf67fe4b267edd21afdd18e9c0c77b1e6ed04c8f8be",
  "henan@2017": "7e851045a651069965c85433e30a2212ca9e8adc36989f38d8f27a56490e028b",
  "elsewhere@2026": "f90de3353ed90e9795866e9bc03358a8189f725f377719d8f6af05b9c6a30cba",
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

describe("what an office finds in its rulebook", () => {
  it("everywhere: the national terms, and what is a choice of ours", () => {
    expect(ownTerms("national@2025")).toEqual([
      "npc-reply-complex (complex): 6 calendarMonth from dispatched, 第五十一条",
      "npc-reply: 3 calendarMonth from dispatched, extended 6 calendarMonth from trigger, 第五十一条",
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
      "npc-reply-complex (complex): 6 calendarMonth from dispatched, 第二十一条",
      "npc-reply: 3 calendarMonth from dispatched, 第二十一条",
      "npc-feedback: 20 workingDay from replyDelivered, 第二十七条",
      "npc-rehandling: 2 calendarMonth from rehandlingOrdered, 第二十七条",
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
