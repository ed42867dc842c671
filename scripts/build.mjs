/**
 * @module build — compiles the packages and bundles the command-line program; skips what is current.
 *
 * The compiler writes `dist/` of each package (for embedders). Vite writes one small start-up file
 * and chunks that commands load when they need them: unbundled, the imports cost 200 ms at every start.
 * Then a few commands are run once, and the machine code of what ran is kept beside each chunk.
 * `--bundle` leaves out the compiler; `--force` bundles even when no input changed.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("../", import.meta.url)));

const entry = "packages/cli/src/main.ts";
const bundle = "packages/cli/bundle";
/** What `wuding demo` reads; it travels with the bundle. */
const demoData = "examples/linyi-2021";
/** The commands that offices start most: all that these run starts compiled. */
const oftenStarted = [
  `apply ${demoData}/commands.jsonl`,
  "show cppcc/15-5/122",
  "--json show cppcc/15-5/122",
  "next cppcc/15-5/122",
  "due",
  "--json due",
  "list",
  "--json list",
  "rates",
  "history cppcc/15-5/122",
  "explain cppcc/15-5/122 reply",
];
const nativeAddOns = ["better-sqlite3", "better-sqlite3-v13"];
const stamp = ".cache/bundle-stamp";

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const filesUnder = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((found) => found.isFile())
        .map((found) => path.join(found.parentPath, found.name))
        .toSorted()
    : [];

const inputsKey = () => {
  const packages = readdirSync("packages").map((name) => `packages/${name}`);
  const files = [
    "scripts/build.mjs",
    "scripts/keep-compiled.cjs",
    "pnpm-lock.yaml",
    "tsconfig.base.json",
    ...packages.map((folder) => `${folder}/package.json`).filter((file) => existsSync(file)),
    ...packages.flatMap((folder) => filesUnder(`${folder}/src`)),
    ...filesUnder("packages/cli/bin"),
    ...filesUnder(demoData),
  ];
  const hash = createHash("sha256").update(`${process.version} ${process.arch}\n`);
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest("hex");
};

const compile = () => {
  const started = performance.now();
  const { status } = spawnSync(
    process.execPath,
    ["node_modules/typescript/bin/tsc", "-b", "packages/cli"],
    { stdio: ["ignore", 2, 2] },
  );
  if (status !== 0) {
    console.error("build: the compiler found errors, see above");
    process.exit(1);
  }
  if (performance.now() - started > 1000) console.error(`build: compiled in ${seconds(started)}`);
};

/** Puts each file in place by a rename, so that a program that starts meanwhile never reads half of one. */
const write = (file, contents) => {
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.tmp`;
  writeFileSync(fresh, contents);
  renameSync(fresh, file);
};

/** What is loaded with almost every command; rules are read, checked and told by few. */
const isForMost = (id) =>
  !/valibot|strict-json|rulebook\/(?:check|conformance|terms|complete|rule-words|shipped)/.test(id);

const keepCompiled = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "wuding-build-"));
  try {
    for (const command of oftenStarted) {
      const { status, stderr } = spawnSync(
        process.execPath,
        ["scripts/keep-compiled.cjs", "--db", path.join(folder, "year.db"), ...command.split(" ")],
        { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
      );
      if (status !== 0) throw new Error(`the program just built failed at ${command}: ${stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const bundleProgram = async () => {
  const key = inputsKey();
  const current =
    existsSync(stamp) && readFileSync(stamp, "utf8") === key && existsSync(`${bundle}/main.cjs`);
  if (current && !process.argv.includes("--force")) return;
  const started = performance.now();
  const { build, defaultServerConditions } = await import("vite");
  const conditions = ["@wuding/source", ...defaultServerConditions];
  const { output } = await build({
    configFile: false,
    logLevel: "warn",
    resolve: { conditions },
    // native add-ons stay packages; everything else is inside
    ssr: { noExternal: true, external: nativeAddOns, resolve: { conditions } },
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      ssr: entry,
      outDir: bundle,
      target: "node20.19",
      minify: false,
      sourcemap: true,
      write: false,
      rolldownOptions: {
        // a road that one command loads when it takes it may be imported outright by another
        checks: { ineffectiveDynamicImport: false },
        output: {
          format: "cjs",
          entryFileNames: "[name].cjs",
          chunkFileNames: "[name]-[hash].cjs",
          minify: { compress: true, mangle: false, codegen: true },
          // each file costs half a millisecond: what most commands need is one
          codeSplitting: { groups: [{ name: "shared", minShareCount: 8, test: isForMost }] },
        },
      },
    },
  });
  const outputFiles = output.map(({ fileName, type, ...made }) => ({
    path: path.resolve(bundle, fileName),
    contents: type === "chunk" ? made.code : made.source,
  }));
  // chunks before the start-up file that names them; leftovers of earlier builds last
  const chunksFirst = outputFiles.toSorted(
    (a, b) => Number(a.path.endsWith("main.cjs")) - Number(b.path.endsWith("main.cjs")),
  );
  for (const file of chunksFirst) write(file.path, file.contents);
  const kept = new Set(outputFiles.map((file) => file.path));
  for (const file of filesUnder(bundle)) {
    if (!kept.has(path.resolve(file))) rmSync(file, { force: true });
  }
  if (existsSync(demoData)) {
    cpSync(demoData, `${bundle}/${demoData}`, { recursive: true });
  }
  keepCompiled();
  write(stamp, key);
  console.error(`build: bundled the command line in ${seconds(started)}`);
};

if (!process.argv.includes("--bundle")) compile();
try {
  await bundleProgram();
} catch (error) {
  // what is wrong with a source, in the bundler's words; anything else shows its stack
  if (!Array.isArray(error?.errors)) throw error;
  console.error(`build: the command line could not be bundled:\n${error.message}`);
  process.exit(1);
}
