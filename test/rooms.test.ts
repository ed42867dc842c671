/** @module rooms.test — which folder may import what; a line that needs another import is in the wrong room. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "vite";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

interface SourceFile {
  /** From the root, with forward slashes: `packages/engine/src/case/events.ts`. */
  path: string;
  text: string;
  /** What it imports, re-exports or loads, as written. */
  imports: readonly string[];
  /** `Date.now`, `new Date()`, `process` …, with the line they stand on. */
  impurities: readonly string[];
}

/** Members of these objects read the outer world; the other members do not. */
const impureMembers: Readonly<Record<string, readonly string[]>> = {
  Date: ["now"],
  Math: ["random"],
};
const impureGlobals = new Set([
  "process",
  "console",
  "performance",
  "crypto",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "globalThis",
]);

const inspect = (file: string, text: string): Pick<SourceFile, "imports" | "impurities"> => {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const imports: string[] = [];
  const impurities: string[] = [];
  const note = (what: string, start: number): void => {
    impurities.push(`${file}:${text.slice(0, start).split("\n").length} ${what}`);
  };
  const literal = (node: { type: string; value?: unknown } | null | undefined): void => {
    if (node?.type === "Literal" && typeof node.value === "string") imports.push(node.value);
  };
  // names that are a property or a key are not the global of that name
  const notGlobal = new Set<unknown>();
  new Visitor({
    ImportDeclaration: (node) => literal(node.source),
    ExportNamedDeclaration: (node) => literal(node.source),
    ExportAllDeclaration: (node) => literal(node.source),
    ImportExpression: (node) => literal(node.source),
    TSImportType: (node) => literal(node.source),
    CallExpression: (node) => {
      const name = node.callee.type === "Identifier" ? node.callee.name : "";
      if (name === "require" || name === "load") literal(node.arguments[0]);
      if (name === "Date") note("Date()", node.start);
    },
    NewExpression: (node) => {
      if (node.callee.type !== "Identifier" || node.callee.name !== "Date") return;
      if (node.arguments.length === 0) note("new Date()", node.start);
    },
    MemberExpression: (node) => {
      if (!node.computed) notGlobal.add(node.property);
      if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
      const [object, member] = [node.object.name, node.property.name];
      if (Object.hasOwn(impureMembers, object) && impureMembers[object]?.includes(member)) {
        note(`${object}.${member}`, node.start);
      }
    },
    Property: (node) => {
      if (!node.computed) notGlobal.add(node.key);
    },
    PropertyDefinition: (node) => {
      notGlobal.add(node.key);
    },
    MethodDefinition: (node) => {
      notGlobal.add(node.key);
    },
    TSPropertySignature: (node) => {
      notGlobal.add(node.key);
    },
    TSMethodSignature: (node) => {
      notGlobal.add(node.key);
    },
    Identifier: (node) => {
      if (impureGlobals.has(node.name) && !notGlobal.has(node)) note(node.name, node.start);
    },
  }).visit(program);
  return { imports, impurities };
};

const filesUnder = (folder: string): string[] => {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile() && found.name.endsWith(".ts"))
    .map((found) => path.relative(root, path.join(found.parentPath, found.name)))
    .map((name) => name.split(path.sep).join("/"))
    .toSorted();
};

const sources = (folder: string): SourceFile[] =>
  filesUnder(folder).map((name) => {
    const text = readFileSync(path.join(root, name), "utf8");
    return { path: name, text, ...inspect(name, text) };
  });

const engine = sources("packages/engine/src");
const store = sources("packages/store/src");
const cli = sources("packages/cli/src");
const documents = sources("packages/documents/src");
const all = [...engine, ...store, ...documents, ...cli];

/** The package of an import: `date-fns/addDays` → `date-fns`, `@wuding/engine/memory` → `@wuding/engine`. */
const packageOf = (name: string): string =>
  name.startsWith("node:")
    ? name
    : name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/");

const isRelative = (name: string): boolean => name.startsWith(".");

/** `file imports package` for every import that the rule does not allow. */
const strangers = (
  files: readonly SourceFile[],
  allowed: (file: string, name: string) => boolean,
): string[] =>
  files.flatMap((file) =>
    file.imports
      .filter((name) => !isRelative(name) && !allowed(file.path, packageOf(name)))
      .map((name) => `${file.path} imports ${name}`),
  );

/** What each room of the engine may import besides the engine's own files. */
const engineMayImport: Readonly<Record<string, readonly string[]>> = {
  lifecycle: ["xstate"],
  time: ["date-fns", "@date-fns/utc"],
  log: ["node:buffer", "node:crypto"],
  proof: ["node:crypto"],
  testing: ["vitest", "node:crypto"],
};
/** The schemas of files that people write, and what reads these files by them. */
const readsFiles =
  /\/rulebook\/(check\/(schema(-\w+)?|shape)|conformance\/(table-schema|read-table)|calendar\/calendar-file)\.ts$/;
const storeMayImport = new Set([
  "@wuding/engine",
  "kysely",
  "better-sqlite3",
  "better-sqlite3-v13",
  "nanoid",
]);
/** What each room of the documents may import besides the engine. */
const documentsMayImport: Readonly<Record<string, readonly string[]>> = {
  evidence: ["node:crypto"],
  html: ["node:crypto"],
  qr: ["uqr"],
  spreadsheet: ["hucre"],
  word: ["docx"],
};
const cliMayImport = new Set([
  "@wuding/documents",
  "@wuding/engine",
  "@wuding/store",
  "picocolors",
  "fast-string-width",
]);
const sqlite = new Set(["better-sqlite3", "better-sqlite3-v13", "kysely", "node:sqlite"]);

describe("which room may import what", () => {
  it("the engine imports a package only in the room it belongs to", () => {
    const found = strangers(engine, (file, name) => {
      const room = file.split("/")[3] ?? "";
      const here = Object.hasOwn(engineMayImport, room) ? (engineMayImport[room] ?? []) : [];
      return here.includes(name) || (name === "valibot" && readsFiles.test(file));
    });
    expect(found).toEqual([]);
  });

  it("XState is imported in exactly one file, under lifecycle", () => {
    const importers = engine.filter((file) => file.imports.some((n) => packageOf(n) === "xstate"));
    expect(importers.map((file) => file.path)).toEqual([
      expect.stringMatching(/^packages\/engine\/src\/lifecycle\//),
    ]);
  });

  it("the store imports the engine, its database packages and Node.js", () => {
    const found = strangers(
      store,
      (_file, name) => storeMayImport.has(name) || name.startsWith("node:"),
    );
    expect(found).toEqual([]);
  });

  it("documents are built from the engine's answers; each file format is known in one room", () => {
    const found = strangers(documents, (file, name) => {
      const room = file.split("/")[3] ?? "";
      const here = Object.hasOwn(documentsMayImport, room) ? (documentsMayImport[room] ?? []) : [];
      return name === "@wuding/engine" || here.includes(name);
    });
    expect(found).toEqual([]);
    expect(documents.flatMap((file) => file.impurities)).toEqual([]);
  });

  it("the command line imports the engine, the store, the documents, small terminal packages and Node.js", () => {
    const found = strangers(
      cli,
      (_file, name) => cliMayImport.has(name) || name.startsWith("node:"),
    );
    expect(found).toEqual([]);
  });

  it("SQLite and SQL builders are nowhere outside the store", () => {
    const found = [...engine, ...documents, ...cli].flatMap((file) =>
      file.imports.filter((n) => sqlite.has(packageOf(n))).map((n) => `${file.path} imports ${n}`),
    );
    expect(found).toEqual([]);
  });

  it("no file reaches into another package by its path", () => {
    const found = all.flatMap((file) => {
      const home = file.path.split("/").slice(0, 3).join("/");
      return file.imports
        .filter(isRelative)
        .filter((name) => {
          const target = path.posix.join(path.posix.dirname(file.path), name);
          return !target.startsWith(`${home}/`);
        })
        .map((name) => `${file.path} imports ${name}`);
    });
    expect(found).toEqual([]);
  });

  it("the engine's own code needs neither its in-memory store nor its test suites", () => {
    const found = engine
      .filter((file) => !/^packages\/engine\/src\/(memory|testing)\//.test(file.path))
      .flatMap((file) =>
        file.imports
          .filter((name) => /(^|\/)(memory|testing)\//.test(name))
          .map((name) => `${file.path} imports ${name}`),
      );
    expect(found).toEqual([]);
  });

  it("the packages name each other by the version they have", () => {
    const manifests = ["engine", "store", "documents", "cli"].map((name) => {
      const text = readFileSync(path.join(root, `packages/${name}/package.json`), "utf8");
      return JSON.parse(text) as Record<string, unknown> & { name: string; version: string };
    });
    const versions = new Map(manifests.map(({ name, version }) => [name, version]));
    const rootText = readFileSync(path.join(root, "package.json"), "utf8");
    const everyManifest = [...manifests, JSON.parse(rootText) as Record<string, unknown>];
    const wrong = everyManifest.flatMap((manifest) =>
      ["dependencies", "devDependencies", "peerDependencies"]
        .flatMap((kind) => Object.entries((manifest[kind] ?? {}) as Record<string, string>))
        .filter(([name, version]) => versions.has(name) && versions.get(name) !== version)
        .map(([name, version]) => `${String(manifest["name"])} wants ${name} ${version}`),
    );
    expect(wrong).toEqual([]);
    expect(new Set(versions.values()).size).toBe(1);
  });
});

describe("what the engine may not do", () => {
  it("reads no clock, no random source, no process and prints nothing", () => {
    // the suites that every store must pass may wait and stir; they are tests that travel
    const product = engine.filter((file) => !file.path.includes("/testing/contract/"));
    expect(product.flatMap((file) => file.impurities)).toEqual([]);
  });

  it("and the check sees what it forbids, not words in comments, texts and field names", () => {
    const text = [
      "// process.exit() and Date.now() in a comment",
      'const said = { process: "console.log", at: new Date(0), performance() {} };',
      "said.process; type Process = { process: string };",
      "Date.now(); new Date(); Math.random(); process.env; setTimeout(said.performance, 1);",
      'import("xstate"); export { a } from "kysely"; import type { B } from "valibot";',
    ].join("\n");
    const { imports, impurities } = inspect("sample.ts", text);
    expect(impurities.toSorted()).toEqual([
      "sample.ts:4 Date.now",
      "sample.ts:4 Math.random",
      "sample.ts:4 new Date()",
      "sample.ts:4 process",
      "sample.ts:4 setTimeout",
    ]);
    expect(imports.toSorted()).toEqual(["kysely", "valibot", "xstate"]);
  });
});

describe("the tree is the map", () => {
  it("no file or folder is called after nothing in particular", () => {
    const vague = /^(utils?|helpers?|common|misc|shared|types)(\.ts)?$/;
    const found = all.filter((file) => file.path.split("/").some((part) => vague.test(part)));
    expect(found.map((file) => file.path)).toEqual([]);
  });

  it("every source file opens with what it is for", () => {
    const found = all.filter((file) => !/^(#!.*\n)?\/\*\*\s*(\*\s*)?@module \S/.test(file.text));
    expect(found.map((file) => file.path)).toEqual([]);
  });
});
