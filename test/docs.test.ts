/** @module docs.test — what the documents show is what happens: sessions, code, links. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, describe, expect, it, vi } from "vitest";
import { blocksOf, checkSessions, root, stepsOf, textOf } from "./console-block.ts";

const generated = /(^|\/)(node_modules|dist|bundle|coverage|\.cache|\.git)(\/|$)/;

const documents = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((found) => found.isFile() && found.name.endsWith(".md"))
  .map((found) => path.relative(root, path.join(found.parentPath, found.name)))
  .map((name) => name.split(path.sep).join("/"))
  .filter((name) => !generated.test(name))
  .toSorted();

/** Names of the headings of a page, as links to them are written. */
const anchorsOf = (file: string): readonly string[] =>
  [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("links", () => {
  it.each(documents)("of %s lead somewhere", (file) => {
    const prose = textOf(file).replace(/^```[\s\S]*?^```$/gm, "");
    const broken = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [name = "", anchor] = target.split("#");
        const found = name === "" ? file : path.posix.join(path.posix.dirname(file), name);
        if (!existsSync(path.join(root, found))) return true;
        return anchor !== undefined && !anchorsOf(found).includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});

describe("the walk of one command", () => {
  const page = textOf("docs/architecture.md");

  it("goes through files that are there", () => {
    const named = [...page.matchAll(/\b(engine|store|cli)(\/src)?(\/[\w-]+)*\.ts\b/g)].map(
      ([name]) => (name.includes("/src/") ? name : name.replace("/", "/src/")),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !existsSync(path.join(root, "packages", name)))).toEqual([]);
  });
});

describe("the first page", () => {
  const pages = { "README.md": "en", "README.zh-CN.md": "zh" } as const;

  it.each(Object.entries(pages))("%s prints what it shows", (file, language) => {
    expect(checkSessions(file, { language, withExamples: true })).toBeGreaterThan(0);
  });

  it("shows the same commands in both languages", () => {
    const typed = (file: string): readonly string[] =>
      blocksOf(textOf(file)).flatMap((block) =>
        block.language === "console"
          ? stepsOf(block).map(({ command }) => command)
          : block.language === "sh"
            ? [block.text]
            : [],
      );
    expect(typed("README.zh-CN.md")).toEqual(typed("README.md"));
  });

  it("names this machine, its paths and its registries nowhere", () => {
    const telling = /\/work\/|\/home\/|\/root\/|localhost|127\.0\.0\.1/;
    expect(documents.filter((file) => telling.test(textOf(file)))).toEqual([]);
  });
});

describe("programs in the documents", () => {
  const cache = path.join(root, ".cache/docs");
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });

  /** A `ts` block, and the `text` block behind it that says what the program prints. */
  const programs = documents.flatMap((file) => {
    const blocks = blocksOf(textOf(file));
    return blocks.flatMap(({ language, text, line }, index) => {
      if (language !== "ts") return [];
      const next = blocks[index + 1];
      const printed = next?.language === "text" ? next.text : "";
      const module = path.join(cache, `${file.replace(/\W/g, "-")}-${line}.ts`);
      writeFileSync(module, text);
      return [{ where: `${file}:${line}`, module, printed }];
    });
  });

  const folder = mkdtempSync(path.join(tmpdir(), "wuding-docs-"));
  const home = process.cwd();
  afterAll(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  it("are there, and compile", () => {
    expect(programs.length).toBeGreaterThan(0);
    const options = { composite: false, noEmit: true, noUnusedLocals: false };
    const config = {
      extends: "../../tsconfig.base.json",
      compilerOptions: options,
      include: ["*"],
    };
    writeFileSync(path.join(cache, "tsconfig.json"), JSON.stringify(config));
    const compiler = path.join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [compiler, "-p", cache], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  it.each(programs)("$where prints what it shows", async ({ module, printed }) => {
    process.chdir(mkdtempSync(path.join(folder, "run-")));
    const said: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((...words: readonly unknown[]) => {
      said.push(words.join(" "));
    });
    try {
      await import(module);
    } finally {
      log.mockRestore();
    }
    expect(said.map((line) => `${line}\n`).join("")).toBe(printed);
  });
});
