/**
 * @module examples.test — the years under examples/ go into a fresh casebook through the real program,
 * and what their documents say of them comes out.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, root, run, stepsOf } from "./console-block.ts";

const examples = path.join(root, "examples");
const years = readdirSync(examples).filter((name) =>
  existsSync(path.join(examples, name, "commands.jsonl")),
);
const home = mkdtempSync(path.join(tmpdir(), "wuding-examples-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A folder with the example's files, where its commands can be typed. */
const folderOf = (name: string): string => {
  const folder = mkdtempSync(path.join(home, `${name}-`));
  cpSync(path.join(examples, name), folder, { recursive: true });
  return folder;
};

const lines = (command: string, folder: string): readonly string[] =>
  run(command, folder, { language: "zh" });
const json = (command: string, folder: string): unknown => {
  const [document = "", ...more] = lines(`${command} --json`, folder);
  expect(more).toEqual([]);
  return JSON.parse(document);
};

describe.each(years)("%s", (name) => {
  it("is recorded line by line, verifies, and recording it again changes nothing", () => {
    const folder = folderOf(name);
    const count = readFileSync(path.join(folder, "commands.jsonl"), "utf8")
      .trim()
      .split("\n").length;
    const recorded = lines("wuding apply commands.jsonl 2> /dev/null", folder);
    expect(recorded.filter((line) => !line.includes('"ok":true'))).toEqual([]);
    expect(recorded).toHaveLength(count);
    const audit = json("wuding audit verify", folder) as { verified: boolean; size: number };
    expect(audit.verified).toBe(true);
    expect(lines("wuding apply commands.jsonl 2> /dev/null", folder)).toEqual(recorded);
    expect(json("wuding audit verify", folder)).toMatchObject({ size: audit.size });
    expect(lines("wuding doctor", folder).at(-1)).not.toMatch(/^\[exit/);
  });

  it("runs as its page says", () => {
    const folder = folderOf(name);
    const page = readFileSync(path.join(folder, "README.md"), "utf8");
    const steps = blocksOf(page)
      .filter(({ language }) => language === "console")
      .flatMap(stepsOf);
    expect(steps.length).toBeGreaterThan(0);
    for (const { command } of steps) {
      const printed = lines(command, folder);
      expect(`${command}: ${printed.at(-1) ?? ""}`).not.toMatch(/\[exit \d+\]$/);
    }
  });
});

type Rates = {
  rates: { id: string; numerator: number; denominator: number }[];
  results: { code: string; count: number }[];
};
const rateOf = ({ rates }: Rates, id: string): string => {
  const rate = rates.find((one) => one.id === id);
  return `${rate?.numerator}/${rate?.denominator}`;
};

describe("临沂 2021 年", () => {
  let folder = "";
  beforeAll(() => {
    folder = folderOf("linyi-2021");
    lines("wuding apply commands.jsonl", folder);
  });

  it("gives the sentence of the published summary", () => {
    const report = lines("wuding report annual --year 2021 --today 2021-12-31", folder).join("\n");
    expect(report).toContain(
      "共收到政协提案11件，主要涉及产业数字化转型、智慧城市建设、政务信息化建设等方面工作，已全部按期办结，并实现了与委员见面率、办结率和办理满意率三个100%。",
    );
  });

  it("counts eleven of eleven in each of the three rates", () => {
    const rates = json("wuding rates --year 2021 --today 2021-12-31", folder) as Rates;
    const three = ["meeting", "completion", "satisfaction"].map((id) => rateOf(rates, id));
    expect(three).toEqual(["11/11", "11/11", "11/11"]);
  });

  it("loses the claim when one proposer is dissatisfied, and the report names the case", () => {
    const changed = folderOf("linyi-2021");
    const file = path.join(changed, "commands.jsonl");
    const commands = readFileSync(file, "utf8").split("\n");
    const at = commands.findIndex(
      (line) => line.includes('"command":"feedback"') && line.includes('"case":"cppcc/15-5/122"'),
    );
    commands[at] = (commands[at] ?? "").replace('"result":"satisfied"', '"result":"dissatisfied"');
    writeFileSync(file, commands.join("\n"));
    lines("wuding apply commands.jsonl", changed);
    const report = lines("wuding report annual --year 2021 --today 2021-12-31", changed).join("\n");
    expect(report).not.toContain("三个100%。");
    expect(report).toMatch(/cppcc\/15-5\/122|第122号/);
  });
});

describe("济宁 2025 年", () => {
  let folder = "";
  beforeAll(() => {
    folder = folderOf("jining-2025");
    lines("wuding apply commands.jsonl", folder);
  });

  it("has one suggestion and four proposals, three led or separate and one assisted", () => {
    const { cases } = json("wuding list", folder) as {
      cases: { kind?: string; role: string; case: string }[];
    };
    const proposals = cases.filter((one) => one.case.startsWith("cppcc/"));
    expect(cases).toHaveLength(5);
    expect(proposals).toHaveLength(4);
    expect(proposals.filter(({ role }) => role === "assist")).toHaveLength(1);
  });

  it("takes up five points of five, and tells of 6 August", () => {
    const rates = json("wuding rates --year 2025 --today 2025-12-31", folder) as Rates;
    expect(rateOf(rates, "adoption")).toBe("5/5");
    const report = lines("wuding report annual --year 2025 --today 2025-12-31", folder).join("\n");
    expect(report).toContain("人大代表建议1件、政协提案4件，其中主办（含分办）3件、协办1件");
    expect(report).toContain("8月6日");
  });
});

describe("临沂 2020 年第 138 号", () => {
  it("keeps its dated promise in sight, and somebody else verifies it", () => {
    const folder = folderOf("linyi-2020-138");
    lines("wuding apply commands.jsonl", folder);
    const { due } = json("wuding due --as-of 2020-11-16", folder) as {
      due: { deadline: string; dueOn: string; workingDaysLeft: number }[];
    };
    expect(due.map(({ deadline, dueOn }) => `${deadline} ${dueOn}`)).toEqual([
      "commitment:1 2020-11-30",
    ]);
    expect(lines("wuding apply verification.jsonl", folder).at(-1)).toBe("[exit 3]");
    expect(lines("wuding apply verification.jsonl --as 核验人甲", folder).at(-1)).not.toMatch(
      /exit/,
    );
    expect(json("wuding show 138", folder)).toMatchObject({
      commitments: [{ due: "2020-11-30", fulfilledOn: "2020-11-27", verifiedOn: "2020-12-16" }],
    });
  });
});
