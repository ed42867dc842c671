/** @module narrow.test — on a terminal of 40 columns nothing breaks at the edge, and nothing that is to be done is lost. */
import { describe, expect, it } from "vitest";
import { command as late } from "../src/commands/audit/late.ts";
import { command as due } from "../src/commands/due.ts";
import { command as list } from "../src/commands/list.ts";
import { command as search } from "../src/commands/search.ts";
import { command as similar } from "../src/commands/similar.ts";
import { command as week } from "../src/commands/week.ts";
import { widthOf } from "../src/print/width.ts";
import { linyi2021, typed } from "./given-year.ts";

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
