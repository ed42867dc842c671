/** @module visible.test — nothing that is stored or typed can drive a terminal. */
import { describe, expect, it } from "vitest";
import { jsonLine, visible, visibleLine } from "../src/visible.ts";
import { givenProgram } from "./given-program.ts";

const attacks: readonly (readonly [what: string, text: string, shown: string])[] = [
  ["clear the screen", "\u001B[2J", "\\u{1B}[2J"],
  ["set the title", "\u001B]0;x\u0007", "\\u{1B}]0;x\\u{7}"],
  ["carriage return", "a\rb", "a\\u{D}b"],
  ["backspace", "a\bb", "a\\u{8}b"],
  ["line break", "a\nb", "a\\u{A}b"],
  ["tab", "a\tb", "a\\u{9}b"],
  ["NUL", "a\0b", "a\\u{0}b"],
  ["DEL", "a\u007Fb", "a\\u{7F}b"],
  ["C1 control sequence", "\u009B31m", "\\u{9B}31m"],
  ["right-to-left override", "a\u202Eb", "a\\u{202E}b"],
  ["bidi isolate", "a\u2066b", "a\\u{2066}b"],
  ["zero-width space", "a\u200Bb", "a\\u{200B}b"],
  ["byte order mark", "a\uFEFFb", "a\\u{FEFF}b"],
  ["line separator", "a\u2028b", "a\\u{2028}b"],
  ["tag", "a\u{E0041}b", "a\\u{E0041}b"],
  ["lone surrogate", "a\uD800b", "a\\u{D800}b"],
  ["noncharacter", "a\uFFFFb", "a\\u{FFFF}b"],
];

/** What no output may hold as it is. */
const raw =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

describe("text for people", () => {
  it.each(attacks)("%s is shown", (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(["龘𠮷䶮", "葛\u{E0100}城", "\u{F900}", "——“”《》", "１２３　全角"])(
    "%s stays as it is",
    (text) => {
      expect(visible(text)).toBe(text);
      expect(JSON.parse(jsonLine(text))).toBe(text);
    },
  );

  it("every hidden character is found, whatever stands around it", () => {
    const missed = Array.from({ length: 0x11_00_00 }, (_none, code) => code)
      .filter((code) => code !== 10)
      .map((code) => `字${String.fromCodePoint(code)} a`)
      .filter((line) => visible(line) !== visibleLine(line, { hasColour: false }));
    expect(missed).toEqual([]);
  });

  it("a line of output keeps its own breaks, and colours only where there are some", () => {
    expect(visibleLine("a\nb", { hasColour: false })).toBe("a\nb");
    const red = "\u001B[31m红\u001B[39m\u001B[2J";
    expect(visibleLine(red, { hasColour: true })).toBe("\u001B[31m红\u001B[39m\\u{1B}[2J");
    expect(visibleLine(red, { hasColour: false })).not.toMatch(raw);
  });
});

describe("JSON", () => {
  it.each(attacks)("%s is escaped and comes back", (_what, text) => {
    const json = jsonLine({ text });
    expect(json).not.toMatch(raw);
    expect(JSON.parse(json)).toEqual({ text });
  });
});

describe("the program", () => {
  it.each(attacks.filter(([, text]) => !text.includes("\0")))(
    "repeats %s from the arguments only visibly",
    async (_what, text) => {
      const { wuding } = givenProgram();
      const lines = [
        [text],
        ["show", text],
        ["receive", `--${text}`],
        ["receive", "--kind", text],
        ["receive", "--on", text],
        ["apply", text],
        ["list", "--today", text],
        ["list", "--as", text],
        ["list", "--db", `${text}/x`],
      ];
      for (const line of lines) {
        for (const argv of [line, [...line, "--json"]]) {
          const { exitCode, out, err } = await wuding(argv);
          expect(exitCode).toBeGreaterThan(1);
          expect(out).toBe("");
          expect(err).not.toMatch(raw);
        }
      }
    },
  );
});
