/**
 * @module errors-doc.test — docs/errors.md lists every refusal as the program says it.
 *
 * The page is written from the code: `UPDATE_DOCS=1 npx vitest run test/errors-doc`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import type { ErrorCode, ErrorData } from "@wuding/engine";
import { EngineError } from "@wuding/engine";
import { expect, it } from "vitest";
import { exitCodes } from "../packages/cli/src/exit-codes.ts";

const page = new URL("../docs/errors.md", import.meta.url);

/** Facts of one refusal of each code; a code without a sample does not compile. */
const samples: { readonly [Code in ErrorCode]: ErrorData[Code] } = {
  USAGE: {
    problem: { zh: "没有命令“asign”。", en: 'There is no command "asign".' },
    suggestion: "assign",
  },
  INVALID_INPUT: {
    problems: [
      { field: "title", kind: "missing" },
      { field: "on", kind: "impossibleDate", value: "2021-02-30" },
    ],
  },
  AMBIGUOUS_CASE: { given: "122", candidates: ["cppcc/15-5/122", "npc/19-1/122"] },
  WRONG_STATE: {
    case: "cppcc/15-5/122",
    status: "received",
    command: "answer",
    allowed: ["assign", "request-return", "withdraw"],
  },
  RULE_REFUSED: {
    case: "cppcc/15-5/122",
    rule: "contactMade",
    why: {
      zh: "本轮答复前尚未与提案人沟通联系",
      en: "the proposer has not been contacted in this round",
    },
    source: { zh: "《…法》第五十一条", en: "… Law, art. 51" },
    repair: { zh: "先用 contact 记录沟通。", en: "Record a contact first." },
  },
  INCOMPLETE_ASSIGNMENT: { case: "cppcc/15-5/122", missing: ["task", "responsibility"] },
  NOT_FOUND: { what: "case", name: "cppcc/15-5/123" },
  INVALID_RULES: {
    what: "rulebook",
    name: "county.json",
    problems: [
      {
        place: "/deadlines/0/trigger",
        rule: "county-reply",
        problem: { zh: "“trigger”不能是“dispached”。", en: '"trigger" cannot be "dispached".' },
        repair: { zh: "是否应为“dispatched”？", en: 'Did you mean "dispatched"?' },
      },
    ],
  },
  RULES_OLDER: { what: "rulebook", given: "county@2025", newer: "county@2026" },
  RULES_DIFFER: { what: "rulebook", name: "county@2026" },
  CONFORMANCE: { tables: ["county"], total: 3 },
  VERSION_CONFLICT: { stream: "cppcc/15-5/122", expectedVersion: 1, actualVersion: 2 },
  DUPLICATE_CASE: { case: "cppcc/15-5/122", differs: ["title"] },
  COMMAND_ID_REUSED: { commandId: "oa-letter-4711" },
  CASEBOOK_EXISTS: { file: "wuding.db" },
  ROLLED_BACK: { failedLine: 7 },
  CANNOT_VERIFY: {
    what: {
      zh: "没有检查点可与公钥文件核对",
      en: "there is no checkpoint to be checked with the pin file",
    },
  },
  FILE_EXISTS: { file: "pin.txt" },
  UNPROVEN: {
    what: {
      zh: "检查点的签名不成立：内容或者签名被改动",
      en: "the signature of the checkpoint is false: its text or the signature was changed",
    },
  },
  INTEGRITY: {
    fault: "ALTERED",
    position: 17,
    case: "cppcc/15-5/122",
    what: { zh: "内容与哈希不符", en: "its bytes do not match its hash" },
  },
  STORE_UNAVAILABLE: {
    file: "wuding.db",
    why: { zh: "磁盘空间已满", en: "the disk is full" },
  },
  NOT_A_CASEBOOK: { file: "notes.txt" },
  STORE_NEWER: { file: "wuding.db", found: 2, known: 1 },
  CLOCK_BACKWARDS: { now: "2021-07-02T00:00:00.000Z", last: "2021-07-02T01:00:00.000Z" },
  CLOCK_JUMPED: {
    now: "2022-07-02T00:00:00.000Z",
    expected: "2021-07-02T00:00:00.000Z",
    seconds: 31_536_000,
  },
  INTERNAL: { detail: "…" },
};

/** Other facts under the same code whose sentences differ. */
const otherSamples: { readonly [Code in ErrorCode]?: readonly ErrorData[Code][] } = {
  NOT_FOUND: [
    { what: "deadline", name: "cppcc/15-5/122 publication" },
    { what: "rulebook", name: "county@2025" },
  ],
  CLOCK_JUMPED: [
    { now: "2021-07-02T00:00:00.000Z", expected: "2021-07-02T01:00:00.000Z", seconds: -3600 },
  ],
};

const cell = (text: string): string => text.replaceAll("|", "\\|");

const sectionOf = (code: ErrorCode): string => {
  const rows = [samples[code], ...(otherSamples[code] ?? [])].flatMap((data) => {
    const { sentence, hint } = new EngineError(code, data);
    return (["en", "zh"] as const).map(
      (language) => `| ${cell(sentence[language])} | ${cell(hint[language]) || "–"} |`,
    );
  });
  return [
    `## ${code}`,
    "",
    `Exit code ${exitCodes[code]}; \`data\` has ${Object.keys(samples[code])
      .map((name) => `\`${name}\``)
      .join(", ")}.`,
    "",
    "| sentence | hint |",
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
};

const written = (): string => {
  const codes = (Object.keys(samples) as ErrorCode[]).toSorted(
    (one, other) => exitCodes[one] - exitCodes[other] || (one < other ? -1 : 1),
  );
  return `# Refusals

A refusal has a permanent code, facts (\`data\`), a sentence and a hint, and nothing is recorded. In a program it is
an \`EngineError\`; with \`--json\` it is one line on stderr, \`{"error":{"code","message","hint","data"}}\`. Branch on the code, never on a
sentence: sentences are made better, codes are not renamed or used again. The facts below are examples. This page is
written by \`test/errors-doc.test.ts\`.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | a bug in this program; the stack goes to stderr |
| 2 | wrong usage or bad input |
| 3 | refused by the lifecycle or the rulebook |
| 4 | no such case, casebook, commitment, due date, event, rulebook |
| 5 | somebody else wrote first, or the same name, version or command id is there with other content |
| 6 | the log is not what it says it is |
| 7 | the store cannot be used now |

${codes.map(sectionOf).join("\n")}`;
};

it("docs/errors.md is what the code says", () => {
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, written());
  expect(readFileSync(page, "utf8")).toBe(written());
});
