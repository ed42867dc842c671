/** @module narrow.test — on a terminal of 40 columns nothing breaks at the edge, and nothing that is to be done is lost. */
import { join } from "node:path";
import { openCasebook } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { command as alarms } from "../src/commands/audit/alarms.ts";
import { command as late } from "../src/commands/audit/late.ts";
import { command as doctor } from "../src/commands/doctor.ts";
import { command as due } from "../src/commands/due.ts";
import { command as explain } from "../src/commands/explain.ts";
import { command as list } from "../src/commands/list.ts";
import { command as next } from "../src/commands/next.ts";
import { command as search } from "../src/commands/search.ts";
import { command as show } from "../src/commands/show.ts";
import { command as similar } from "../src/commands/similar.ts";
import { command as week } from "../src/commands/week.ts";
import { widthOf } from "../src/print/width.ts";
import { linyi2021, newFolder, recordAll, shellOn, typed } from "./given-year.ts";

const linesOn = async (
  file: string,
  command: typeof list,
  given: Parameters<typeof typed>[0],
  columns: number,
  today = "2021-06-18",
  language: "zh" | "en" = "zh",
): Promise<readonly string[]> => {
  const { shell, printed } = shellOn(file, {
    today,
    language,
    terminal: { isTerminal: true, columns, hasColour: false },
  });
  await command.run(typed(given), shell);
  return printed.out;
};

/** The recorded year. */
const linesAt = async (
  command: typeof list,
  given: Parameters<typeof typed>[0],
  columns: number,
): Promise<readonly string[]> =>
  linesOn((await linyi2021()).file, command, given, columns, "2021-06-01");

/** Two cases that ask for much the same; the first is assigned and falls due. */
const openCases = async (): Promise<string> => {
  const file = join(newFolder(), "wuding.db");
  const casebook = await openCasebook(file, { create: true, actor: { id: "办公室" } });
  const received = (number: string, title: string): object => ({
    command: "receive",
    kind: "cppcc",
    session: "15-5",
    number,
    title,
    proposers: ["李楠"],
    requests: ["加快建设统一的政务服务平台，推动更多事项一网通办，方便群众和企业在线办理各类业务"],
    on: "2021-04-02",
  });
  const assigned = {
    command: "assign",
    case: "cppcc/15-5/122",
    department: "规划科",
    person: "经办人甲",
    due: "2021-06-20",
    task: "答复",
    responsibility: "科长",
    on: "2021-04-06",
  };
  const given = [
    received("122", "关于改进政务信息化建设的建议"),
    received("123", "关于加快改进政务信息化建设的提案"),
    assigned,
  ];
  await recordAll(
    casebook,
    given.map((one, at) => ({ line: at + 1, given: one })),
  );
  await casebook.close();
  return file;
};

describe("a terminal of 40 columns", () => {
  it.each([
    ["list", list, {}],
    ["due", due, { values: { "as-of": "2021-05-01" } }],
    ["audit late", late, {}],
  ] as const)("shows %s without a line that is wider", async (_name, command, given) => {
    const lines = await linesAt(command, given, 40);
    expect(lines.filter((line) => widthOf(line) > 40)).toEqual([]);
  });

  it.each([
    ["week", week, {}],
    ["similar", similar, { positionals: ["123"] }],
    ["search", search, { positionals: ["一网通办"] }],
  ] as const)(
    "shows %s of open cases without a line that is wider, and all that it says",
    async (_name, command, given) => {
      const file = await openCases();
      const wide = await linesOn(file, command, given, 400);
      const narrow = await linesOn(file, command, given, 40);
      expect(wide.length).toBeGreaterThan(1);
      expect(narrow.length).toBeGreaterThan(wide.length);
      expect(narrow.filter((line) => widthOf(line) > 40)).toEqual([]);
      const whole = narrow.join("").replaceAll(/\s/g, "");
      // the headings of a table stand in another order
      const said = wide.flatMap((line) => line.match(/\S{12,}/g) ?? []);
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((part) => !whole.includes(part))).toEqual([]);
    },
  );

  it("tells in a week what is to be done, whole, where a table has room for the rest", async () => {
    const file = await openCases();
    const [todo = ""] = /尚未与\S+/.exec((await linesOn(file, week, {}, 400)).join("\n")) ?? [];
    expect(todo).not.toBe("");
    for (const columns of [70, 80, 90]) {
      const lines = await linesOn(file, week, {}, columns);
      const own = lines.find((line) => line.includes(todo.slice(0, 4)));
      expect(own).not.toMatch(/尚未与\S*…/);
    }
  });

  it("gives each row of a table as a block, with every value whole", async () => {
    const lines = await linesAt(list, {}, 40);
    expect(lines.slice(0, 2)).toEqual([
      "件号    cppcc/15-5/122",
      "案由    关于改进政务信息化建设的建议",
    ]);
    expect(lines.filter((line) => line === "")).toHaveLength(10);
    const wide = await linesAt(list, {}, 120);
    expect(wide).toHaveLength(12);
  });
});

describe("a terminal of 20 columns", () => {
  const commands = [
    ["list", list, {}],
    ["due", due, {}],
    ["week", week, {}],
    ["search", search, { positionals: ["一网通办"] }],
    ["similar", similar, { positionals: ["123"] }],
    ["next", next, { positionals: ["122"] }],
    ["show", show, { positionals: ["122"] }],
    ["explain", explain, { positionals: ["122"] }],
    ["audit late", late, {}],
    ["audit alarms", alarms, {}],
    ["doctor", doctor, {}],
  ] as const;
  const languages = ["zh", "en"] as const;

  it.each(commands.flatMap((one) => languages.map((language) => [...one, language] as const)))(
    "has no line of %s that is wider, but for one word that is: %#",
    async (_name, command, given, language) => {
      const lines = await linesOn(await openCases(), command, given, 20, "2021-06-18", language);
      expect(lines.length).toBeGreaterThan(0);
      const isOneWord = (line: string): boolean => /^\s*（?[\x21-\x7E]+$/.test(line);
      expect(lines.filter((line) => widthOf(line) > 20 && !isOneWord(line))).toEqual([]);
    },
  );
});
