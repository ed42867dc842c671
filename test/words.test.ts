/**
 * @module words.test — every word a person sees is there in Chinese and in English.
 *
 * The sources are read as syntax: Chinese in a string must stand in a `{ zh, en }` pair (or be said for one
 * language on purpose, in a place named below), each pair must have both, and neither may be the other's
 * language. The help of every command is then read in both.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "vite";
import { describe, expect, it } from "vitest";
import { globalOptions } from "../packages/cli/src/arguments.ts";
import { showHelpOf } from "../packages/cli/src/help.ts";
import { widthOf } from "../packages/cli/src/print/width.ts";
import { loadGroups } from "../packages/cli/src/registry.ts";
import { shellOn } from "../packages/cli/test/given-year.ts";
import * as documents from "../packages/documents/src/index.ts";
import * as engine from "../packages/engine/src/index.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const chinese = /[\p{Script=Han}]/u;

const sources = ["engine", "store", "documents", "cli"].flatMap((name) =>
  readdirSync(path.join(root, "packages", name, "src"), { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile() && found.name.endsWith(".ts"))
    .map((found) => path.relative(root, path.join(found.parentPath, found.name))),
);

/** A span of a source file. */
type Span = Readonly<{ start: number; end: number }>;
type Node = Span &
  Readonly<{ type: string; value?: unknown; quasis?: readonly { value: { raw: string } }[] }>;

/** The text of a string or template; undefined for anything else. */
const textOf = ({ type, value, quasis }: Node): string | undefined =>
  type === "Literal" && typeof value === "string"
    ? value
    : type === "TemplateLiteral"
      ? quasis?.map((one) => one.value.raw).join("…")
      : undefined;

/** Words of another language stand beside it: two texts of one call or list, one with Chinese and one without. */
const isPairOfTexts = (nodes: readonly (Node | null)[]): boolean => {
  const texts = nodes.flatMap((node) => (node === null ? [] : (textOf(node) ?? [])));
  return texts.some(isEnglish) && texts.some((text) => !isEnglish(text) && chinese.test(text));
};

/** Chinese that English text may cite: the name of the thing, what a person types, numbers of documents. */
const cited = /五定|长期|十五届五次|〔|〕|号|国办发|默认值：|的提案|“[^”]*”/gu;
const isEnglish = (text: string): boolean =>
  /[A-Za-z]{2}/.test(text) && !chinese.test(text.replace(cited, ""));

const said: { start: number; file: string; text: string; line: number }[] = [];
const halves: { file: string; what: string }[] = [];
for (const file of sources) {
  const text = readFileSync(path.join(root, file), "utf8");
  const line = (at: number): number => text.slice(0, at).split("\n").length;
  const { program } = parseSync(file, text);
  const paired: Span[] = [];
  const found: { start: number; text: string }[] = [];
  const note = (start: number, words: string): void => {
    // an example is pasted, and a schema tells both in one text: 小数位数 Decimals
    if (words.startsWith("wuding ")) return;
    if (/schema/.test(file) && /\p{Script=Han}.* [A-Z“"(]?[A-Za-z]/u.test(words)) return;
    if (chinese.test(words.replace(/五定/g, ""))) found.push({ start, text: words });
  };
  new Visitor({
    ObjectExpression: ({ properties, start }) => {
      const named = properties.flatMap((one) =>
        one.type === "Property" && one.key.type === "Identifier"
          ? [[one.key.name, one.value as Node] as const]
          : [],
      );
      const members = new Map(named);
      const [zh, en] = [members.get("zh"), members.get("en")];
      if ((zh === undefined) !== (en === undefined)) halves.push({ file, what: `${line(start)}` });
      if (zh !== undefined) paired.push(zh);
      if (en !== undefined) {
        paired.push(en);
        const english = textOf(en);
        if (english !== undefined && chinese.test(english.replace(cited, ""))) {
          halves.push({ file, what: `${line(start)} ${english}` });
        }
        if (zh !== undefined && (textOf(zh) === "") !== (english === "")) {
          halves.push({ file, what: `${line(start)} is empty in one language` });
        }
      }
      // what is shown to be pasted is data
      const example = members.get("example");
      if (example !== undefined) paired.push(example);
    },
    CallExpression: (node) => {
      if (isPairOfTexts(node.arguments)) paired.push(node);
    },
    ArrayExpression: (node) => {
      if (isPairOfTexts(node.elements)) paired.push(node);
    },
    ConditionalExpression: (node) => {
      if (/anguage\b.*["'](zh|en)["']/.test(text.slice(node.test.start, node.test.end)))
        paired.push(node);
    },
    IfStatement: (node) => {
      if (/anguage\b.*["'](zh|en)["']/.test(text.slice(node.test.start, node.test.end)))
        paired.push(node.consequent);
    },
    // compared or matched with: it is read there and shown to nobody
    BinaryExpression: (node) => {
      if (/^[!=]==$/.test(node.operator)) paired.push(node.left, node.right);
    },
    NewExpression: (node) => {
      if (node.callee.type === "Identifier" && node.callee.name === "RegExp") paired.push(node);
    },
    TaggedTemplateExpression: (node) => {
      if (text.slice(node.tag.start, node.tag.end) === "String.raw") paired.push(node);
    },
    VariableDeclarator: (node) => {
      if (node.id.type === "Identifier" && /^(zh|en)$/.test(node.id.name)) paired.push(node);
    },
    Literal: (node) => {
      if (typeof node.value === "string") note(node.start, node.value);
    },
    TemplateElement: (node) => {
      note(node.start, node.value.raw);
    },
  }).visit(program);
  for (const one of found) {
    if (paired.some(({ start, end }) => start <= one.start && one.start < end)) continue;
    said.push({ ...one, file, line: line(one.start) });
  }
}

/** Chinese that has no English beside it, and why; a folder ends in a stroke. */
const exceptions: Readonly<Record<string, string>> = {
  "packages/engine/src/annual/checks.ts": "claims as summaries make them, which are looked for",
  "packages/documents/src/word/measures.ts": "names of typefaces",
  "packages/documents/src/spreadsheet/write-table.ts": "the name of a typeface",
  "packages/engine/src/annual/compared.ts": "units and numbers of summaries, which are read",
  "packages/engine/src/text/numerals.ts": "Chinese numerals themselves",
  "packages/engine/src/annual/chinese.ts": "the Chinese summary; english.ts is the English one",
  "packages/engine/src/rulebook/format-1.ts": "the mark of a default, with its English behind it",
  "packages/engine/src/rulebook/check/check-sources.ts": "the mark of a default that is looked for",
  "packages/engine/src/rulebook/calendar/state-council.ts":
    "holidays and notices by their own names",
  "packages/engine/src/testing/": "made-up cases of the tests for stores",
  "packages/documents/src/intake/dates.ts": "dates as people write them, which are read",
  "packages/documents/src/intake/names.ts":
    "sessions and bodies as people write them, which are read",
  "packages/documents/src/ledger/columns.ts": "how a line of a note begins, which is read",
  "packages/documents/src/intake/plan.ts": "a note that is recorded; records are Chinese",
  "packages/documents/src/intake/proposers.ts": "surnames of two characters, which are read",
  "packages/documents/src/intake/titles.ts": "how a title begins, which is read",
  "packages/documents/src/intake/words.ts": "words that people write for ours, which are read",
  "packages/documents/src/publication/": "an official record, which is Chinese by its nature",
  "packages/documents/src/letters/": "official letters, which are Chinese by their nature",
  "packages/cli/src/examples.ts": "cases to be pasted",
  "packages/cli/src/spoken-date.ts": "days as they are typed, which are read",
  "packages/cli/src/commands/demo.ts": "the office of the recorded year",
};

const isException = (file: string): boolean =>
  Object.keys(exceptions).some((one) => (one.endsWith("/") ? file.startsWith(one) : file === one));

type Label = Readonly<{ zh: string; en: string }>;

/** Every label that a value holds, by its way from there. */
const labelsIn = (value: unknown, way: string, seen = new Set<unknown>()): [string, Label][] => {
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const { zh, en } = value as Partial<Label>;
  if (typeof zh === "string" && typeof en === "string") return [[way, { zh, en }]];
  return Object.entries(value).flatMap(([name, one]) => labelsIn(one, `${way}.${name}`, seen));
};

describe("every word a person sees", () => {
  it("that is Chinese in the sources has its English beside it", () => {
    const alone = said.filter(({ file }) => !isException(file));
    expect(alone.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([]);
  });

  it("stands in both languages wherever one of them is named, and English cites no other Chinese", () => {
    expect(halves.filter(({ file }) => !isException(file))).toEqual([]);
  });

  it("is there in both languages in all that the packages export and all that the commands are made of", async () => {
    const commands = (await loadGroups()).flatMap((group) => [group, ...group.commands]);
    const labels = labelsIn({ engine, documents, commands, globalOptions }, "");
    expect(labels.length).toBeGreaterThan(800);
    const wrong = labels.filter(
      ([, { zh, en }]) =>
        zh.trim() === "" || en.trim() === "" || chinese.test(en.replace(cited, "")),
    );
    // a letter of the result schemes or an abbreviation is the same in both
    const untold = labels.filter(([, { zh }]) => !chinese.test(zh) && /[a-z]{3} [a-z]{2}/.test(zh));
    expect([...wrong, ...untold]).toEqual([]);
  });
});

/** The help of a command, or of the program, on a terminal of so many columns. */
const helpOf = async (
  name: string | undefined,
  language: "zh" | "en",
  columns: number,
): Promise<readonly string[]> => {
  const { shell, printed } = shellOn("none.db", {
    language,
    terminal: { isTerminal: true, columns, hasColour: false },
  });
  const commands = (await loadGroups()).flatMap((group) => group.commands);
  await showHelpOf(
    commands.find((one) => one.name === name),
    shell,
  );
  return printed.out.flatMap((text) => text.split("\n"));
};

/** An example is one line, to be pasted. */
const isExample = (line: string): boolean => /^ {2}wuding /.test(line);

describe("the help of every command", () => {
  it.each([40, 80])("fits a terminal of %i columns in both languages", async (columns) => {
    const commands = (await loadGroups()).flatMap((group) => group.commands);
    for (const name of [undefined, ...commands.map((one) => one.name)]) {
      for (const language of ["zh", "en"] as const) {
        const lines = await helpOf(name, language, columns);
        const wide = lines.filter((line) => widthOf(line) > columns && !isExample(line));
        expect({ name, language, wide }).toEqual({ name, language, wide: [] });
      }
    }
  });

  it("says nothing Chinese in English but what it cites and its example", async () => {
    const commands = (await loadGroups()).flatMap((group) => group.commands);
    for (const { name } of commands) {
      const lines = (await helpOf(name, "en", 200)).filter((line) => !isExample(line));
      expect({ name, left: lines.filter((line) => chinese.test(line.replace(cited, ""))) }).toEqual(
        {
          name,
          left: [],
        },
      );
    }
  });
});
