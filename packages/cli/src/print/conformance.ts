/**
 * @module conformance — `rulebook test`: tables of dates, days and shares against this program. An office
 * gives tables of its own; without any, those that come with the program are run. Rulebook files among
 * them are for the tables that name them, so that a rulebook is tried before it is adopted.
 */
import type { Label, TableResult } from "@wuding/engine";
import { EngineError, rulebookFrom, runTables, shippedTable, shippedTables } from "@wuding/engine";
import { existingCasebook } from "../casebook-to-record.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { inLanguage } from "./in-language.ts";
import { paragraph } from "./page.ts";
import { tableLines } from "./table.ts";
import { clauses, labelled, plural, withAside } from "./words.ts";

const said = {
  table: { zh: "对照表", en: "table" },
  what: { zh: "内容", en: "what" },
  rows: { zh: "行数", en: "rows" },
  result: { zh: "结果", en: "result" },
  passed: { zh: "相符", en: "passed" },
  failed: { zh: "不符", en: "failed" },
  expected: { zh: "应为", en: "expected" },
  found: { zh: "实为", en: "found" },
  refused: { zh: "无法计算", en: "nothing" },
  provisional: { zh: "暂定", en: "provisional" },
  certain: { zh: "确定", en: "certain" },
  worked: { zh: "上班", en: "worked" },
  off: { zh: "休息", en: "off" },
  wrongPass: {
    zh: "换用下列算法本应不符，却全部相符",
    en: "should have failed, but passed, under",
  },
} as const satisfies Record<string, Label>;

/** Runs tables and says which rows do not come out; refuses when any does not. */
export const testTables = async (paths: readonly string[], shell: Shell): Promise<void> => {
  const files = await Promise.all(
    paths.map(async (path) => {
      const bytes = await shell.readFile(path);
      return { path, bytes, json: parsed(bytes, path) };
    }),
  );
  const rules = (await existingCasebook(shell))?.rules;
  const given = await Promise.all(
    files.filter(isRulebook).map(({ path, bytes }) => rulebookFrom(bytes, rules, path)),
  );
  const own = files.filter((file) => !isRulebook(file));
  const tables = new Map(
    own.length > 0
      ? own.map(({ path, json }) => [path, json] as const)
      : await Promise.all(
          shippedTables.map(async (name) => [name, await shippedTable(name)] as const),
        ),
  );
  const adopted = rules?.rulebooks.map(({ rulebook }) => rulebook) ?? [];
  const results = await runTables(tables, [...adopted, ...given]);
  const failed = results.filter(({ ok }) => !ok);
  if (shell.json)
    shell.out(jsonLine({ ok: failed.length === 0, tables: inLanguage(results, shell.language) }));
  else printResults(results, shell);
  if (failed.length === 0) return;
  throw new EngineError("CONFORMANCE", {
    tables: failed.map(({ table }) => table),
    total: results.length,
  });
};

/** A table has a name and no format of its own. */
const isRulebook = ({ json }: Readonly<{ json: unknown }>): boolean =>
  typeof json === "object" && json !== null && "format" in json;

const parsed = (bytes: Uint8Array, path: string): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const problems = [
      {
        place: "",
        rule: null,
        problem: { zh: `不是 JSON：${what}`, en: `It is no JSON: ${what}` },
        repair: { zh: "请改正文件格式。", en: "Correct the file." },
      },
    ];
    throw new EngineError("INVALID_RULES", { what: "conformance", name: path, problems });
  }
};

const printResults = (results: readonly TableResult[], shell: Shell): void => {
  const { language } = shell;
  const lines = tableLines(
    results,
    [
      { heading: said.table[language], text: ({ table }) => table },
      { heading: said.what[language], text: ({ label }) => label[language], narrow: "cut" },
      { heading: said.rows[language], text: ({ rows }) => String(rows), align: "right" },
      {
        heading: said.result[language],
        text: ({ ok }) => said[ok ? "passed" : "failed"][language],
        tone: ({ ok }) => (ok ? "green" : "red"),
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  for (const { table, failures, wrongPasses } of results) {
    for (const { row, expected, found } of failures) {
      const name = { zh: `${table} 第 ${row + 1} 行`, en: `${table}, row ${row + 1}` }[language];
      const both = [
        `${said.expected[language]} ${answerWords(expected, language)}`,
        `${said.found[language]} ${answerWords(found, language)}`,
      ];
      paragraph(labelled(name, clauses(both, language), language), shell);
    }
    for (const variant of wrongPasses) {
      paragraph(
        labelled(`${table} ${said.wrongPass[language]}`, JSON.stringify(variant), language),
        shell,
      );
    }
  }
};

type Answer = TableResult["failures"][number]["expected"];

/** What a row expects or what was found, as a person reads it. */
const answerWords = (answer: Answer, language: keyof Label): string => {
  const { dueOn, dueAt, provisional, days, worked, displays, refused } = answer;
  if (refused !== undefined) return withAside(said.refused[language], refused[language], language);
  if (days !== undefined)
    return { zh: `${days} 个工作日`, en: plural(days, "working day") }[language];
  if (worked !== undefined) return said[worked ? "worked" : "off"][language];
  if (displays !== undefined) return displays.join(" ");
  const certainty = provisional === undefined ? undefined : provisional ? "provisional" : "certain";
  return withAside(
    dueAt ?? dueOn ?? "",
    certainty === undefined ? "" : said[certainty][language],
    language,
  );
};
