/** @module narrow.test — on a terminal of 40 columns nothing breaks at the edge, and nothing that is to be done is lost. */
import { join } from "node:path";
import { openCasebook } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { command as late } from "../src/commands/audit/late.ts";
import { command as due } from "../src/commands/due.ts";
import { command as list } from "../src/commands/list.ts";
import { command as search } from "../src/commands/search.ts";
import { command as similar } from "../src/commands/similar.ts";
import { command as week } from "../src/commands/week.ts";
import { widthOf } from "../src/print/width.ts";
import { linyi2021, newFolder, recordAll, shellOn, textOf, typed } from "./given-year.ts";

const linesAt = async (
  command: typeof list,
  given: Parameters<typeof typed>[0],
  columns: number,
  today = "2021-06-01",
): Promise<readonly string[]> => {
  const year = await linyi2021();
  const lines: string[] = [];
  await command.run(typed(given), {
    ...year.shell,
    language: "zh",
    today,
    terminal: { isTerminal: true, columns, hasColour: false },
    out: (line) => void lines.push(line),
  });
  return lines;
};

describe("a terminal of 40 columns", () => {
  it.each([
    ["list", list, {}],
    ["due", due, { values: { "as-of": "2021-05-01" } }],
    ["week", week, {}],
    ["similar", similar, { positionals: ["901"] }],
    ["search", search, { positionals: ["数字化"] }],
    ["audit late", late, {}],
  ] as const)("shows %s without a line that is wider", async (_name, command, given) => {
    const lines = await linesAt(command, given, 40);
    expect(lines.filter((line) => widthOf(line) > 40)).toEqual([]);
  });

  it("tells in a week what is to be done, whole", async () => {
    const file = join(newFolder(), "wuding.db");
    const casebook = await openCasebook(file, { create: true, actor: { id: "办公室" } });
    await recordAll(
      casebook,
      [
        {
          command: "receive",
          kind: "cppcc",
          session: "15-5",
          number: "122",
          title: "关于改进政务信息化建设的建议",
          proposers: ["李楠"],
          on: "2021-04-02",
        },
        {
          command: "assign",
          case: "cppcc/15-5/122",
          department: "规划科",
          person: "经办人甲",
          due: "2021-06-20",
          task: "答复",
          responsibility: "科长",
          on: "2021-04-06",
        },
      ].map((given, at) => ({ line: at + 1, given })),
    );
    await casebook.close();
    const weekAt = (columns: number): Promise<string> =>
      textOf(
        week,
        {},
        shellOn(file, {
          today: "2021-06-18",
          terminal: { isTerminal: true, columns, hasColour: false },
        }),
      );
    const wide = (await weekAt(400)).split("\n");
    expect(wide.join()).toContain("尚未与");
    const narrow = (await weekAt(40)).split("\n");
    expect(narrow.filter((line) => widthOf(line) > 40)).toEqual([]);
    expect(narrow.join("").replaceAll(/\s/g, "")).toContain(/尚未与\S+/.exec(wide.join("\n"))?.[0]);
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
