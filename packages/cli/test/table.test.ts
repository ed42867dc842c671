import stringWidth from "fast-string-width";
import { describe, expect, it } from "vitest";
import { tableLines } from "../src/print/table.ts";
import { cutTo, padTo, widthOf, wrapTo } from "../src/print/width.ts";

const pipe = { terminal: { isTerminal: false, columns: 20, hasColour: false } };
const terminal = (columns: number) => ({
  terminal: { isTerminal: true, columns, hasColour: false },
});

type Row = Readonly<{ name: string; title: string; count: number }>;
const rows: readonly Row[] = [
  { name: "甲", title: "关于改进政务信息化建设的建议", count: 7 },
  { name: "extra", title: "short", count: 100 },
];
const columns = [
  { heading: "名", text: (row: Row) => row.name },
  { heading: "title", text: (row: Row) => row.title, narrow: "cut" as const },
  { heading: "数", text: (row: Row) => String(row.count), align: "right" as const },
];

describe("a table", () => {
  it("lines up when Chinese and Latin words stand in one column", () => {
    expect(tableLines(rows, columns, pipe)).toEqual([
      "名     title                          数",
      "甲     关于改进政务信息化建设的建议    7",
      "extra  short                         100",
    ]);
  });

  it("is never cut on a pipe, and fits a terminal", () => {
    expect(tableLines(rows, columns, pipe)[1]).toContain("建议");
    const fitted = tableLines(rows, columns, terminal(30));
    expect(Math.max(...fitted.map(widthOf))).toBeLessThanOrEqual(30);
    expect(fitted[1]).toContain("…");
  });

  it("wraps what must be read whole", () => {
    const wrapping = columns.map((one) =>
      "narrow" in one ? { ...one, narrow: "wrap" as const } : one,
    );
    const lines = tableLines(rows, wrapping, terminal(30));
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(30);
    expect(lines.slice(1, 3)).toEqual(["甲     关于改进政务信息化    7", "       建设的建议"]);
  });

  it("puts a value below its label where there is too little room beside it", () => {
    const [heading, text] = ["what to do", "record the reply with answer"];
    expect(tableLines([0], [{ heading, text: () => text }], terminal(20))).toEqual([
      "what to do",
      "    record the reply",
      "    with answer",
    ]);
  });

  it("leaves out what may be left out before a text gets too narrow to read", () => {
    const dropping = [
      ...columns,
      { heading: "less", text: () => "nearly known", narrow: "drop" as const },
      { heading: "least", text: () => "known", narrow: "drop" as const },
    ];
    const headings = (width: number) => tableLines(rows, dropping, terminal(width))[0] ?? "";
    expect(tableLines(rows, dropping, pipe)[0]).toMatch(/less +least$/);
    expect(headings(60)).toMatch(/less +least$/);
    expect(headings(48)).toMatch(/less$/);
    expect(headings(30)).toMatch(/数$/);
    expect(Math.max(...tableLines(rows, dropping, terminal(48)).map(widthOf))).toBeLessThan(49);
  });

  it("colours only where the terminal wants it", () => {
    const toned = [{ heading: "a", text: () => "红", tone: () => "red" as const }];
    const coloured = { terminal: { isTerminal: true, columns: 20, hasColour: true } };
    expect(tableLines([0], toned, coloured)[1]).toBe("\u001B[31m红\u001B[39m");
    expect(tableLines([0], toned, terminal(20))[1]).toBe("红");
    const pipeWithColour = { terminal: { ...coloured.terminal, isTerminal: false } };
    expect(tableLines([0], toned, pipeWithColour)[1]).toBe("红");
  });

  it("shows what would drive the terminal instead of sending it", () => {
    const [, line] = tableLines(
      ["\u001B[2J\n\u202Eabc"],
      [{ heading: "x", text: (row) => row }],
      pipe,
    );
    expect(line).toBe("\\u{1B}[2J\\u{A}\\u{202E}abc");
  });
});

describe("the width of text", () => {
  it.each([
    ["a", 1],
    ["汉", 2],
    ["𠮷", 2],
    ["（五定）", 8],
  ])("%s takes %i columns", (text, width) => expect(widthOf(text)).toBe(width));

  it("is for every character what the tables say", () => {
    const characters = Array.from({ length: 0x10000 }, (_none, code) => String.fromCodePoint(code));
    expect(characters.filter((one) => widthOf(one) !== stringWidth(one))).toEqual([]);
  });

  it("pads to either side", () => {
    expect(padTo("汉", 4)).toBe("汉  ");
    expect(padTo("汉", 4, "right")).toBe("  汉");
  });

  it("cuts between characters, never inside one", () => {
    expect(cutTo("汉字很多", 6)).toBe("汉字…");
    expect(cutTo("汉字", 4)).toBe("汉字");
  });

  it("wraps words at spaces and Chinese anywhere, with no comma at the start of a line", () => {
    expect(wrapTo("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapTo("汉字汉字汉字", 4)).toEqual(["汉字", "汉字", "汉字"]);
    expect(wrapTo("汉字，汉字", 4)).toEqual(["汉", "字，", "汉字"]);
  });

  it("does not divide a word at its apostrophe", () => {
    expect(wrapTo("it doesn’t fit", 8)).toEqual(["it", "doesn’t", "fit"]);
    expect(wrapTo("说‘好’，再说", 6)).toEqual(["说", "‘好’，", "再说"]);
  });

  it("keeps an opening mark with what it opens, and names of options and cases whole", () => {
    expect(wrapTo("汉字（汉字）", 6)).toEqual(["汉字", "（汉", "字）"]);
    expect(wrapTo("用 --co-unit 或 cppcc/15-5/122", 12)).toEqual([
      "用 --co-unit",
      "或",
      "cppcc/15-5/122",
    ]);
  });
});
