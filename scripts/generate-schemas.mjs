#!/usr/bin/env node
/**
 * @module generate-schemas — writes the JSON schemas of rulebook, calendar and conformance files.
 *
 * They are for the editors of those who write such files; the engine reads by the schemas in its code,
 * which these are made from. `node scripts/generate-schemas.mjs` writes the files; with `--check` it
 * only says whether they are what it would write, and exits 1 when one is not.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { toJsonSchema } from "@valibot/to-json-schema";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const schemas = [
  {
    name: "rulebookFileSchema",
    file: here("../packages/engine/src/rules/rulebook.schema.json"),
    title: "五定规则集 Wuding rulebook",
    description:
      "一地的规则及其依据；用 extends 的只写不同之处。The rules of one locality, each with its source; one that extends another says only what differs.",
  },
  {
    name: "calendarFileSchema",
    file: here("../packages/engine/src/rules/calendar.schema.json"),
    title: "五定工作日历 Wuding calendar",
    description:
      "国务院办公厅一年的放假调休通知。One notice of the State Council on days off and make-up days.",
  },
  {
    name: "tableFileSchema",
    file: here("../packages/engine/src/rules/conformance.schema.json"),
    title: "五定对照表 Wuding conformance table",
    description:
      "已知的答案，以及换用哪些算法时必须不符。Known answers, and the ways of counting under which they must not come out.",
  },
];

/** The schemas of the code, which is TypeScript: bundled in memory, then loaded. */
const loadSchemas = async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "./check/schema.ts"; export * from "./conformance/table-schema.ts";',
      resolveDir: here("../packages/engine/src/rulebook"),
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  const [{ text }] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
};

/** As the formatter of this repository leaves it. */
const formatted = (text, file) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [here("../node_modules/oxfmt/bin/oxfmt"), `--stdin-filepath=${file}`],
    { input: text, encoding: "utf8", cwd: here("../") },
  );
  if (status !== 0) throw new Error(`oxfmt failed: ${stderr}`);
  return stdout;
};

const render = (schema, { title, description, file }) => {
  // what a schema cannot say is checked when the file is read
  const { $schema, ...rest } = toJsonSchema(schema, { ignoreActions: ["check"] });
  return formatted(JSON.stringify({ $schema, title, description, ...rest }, null, 2), file);
};

const loaded = await loadSchemas();
for (const schema of schemas) {
  const text = render(loaded[schema.name], schema);
  if (!process.argv.includes("--check")) {
    writeFileSync(schema.file, text);
  } else if (readFileSync(schema.file, "utf8") !== text) {
    console.error(`${schema.file} is not what the schema in the code says.`);
    console.error("Run node scripts/generate-schemas.mjs and look at the difference.");
    process.exitCode = 1;
  }
}
