/**
 * @module ledger — the round trip of a ledger through LibreOffice: the year of `examples/linyi-2021` is
 * exported, edited there, saved as a workbook and imported again, which has to change what was edited and nothing else.
 *
 * `node scripts/render/ledger.mjs` prints what the import found as JSON and exits 0 when it is exactly the
 * edits. Needs soffice and the bundled program (`npm run build`); without soffice it says so and exits 7.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What is edited: the case, the column, what stands there and what will. */
const edits = [
  { case: "cppcc/15-5/122", column: "承办角色", before: "独办", after: "主办" },
  { case: "cppcc/15-5/901", column: "经办人", before: "经办人甲", after: "经办人新" },
  { case: "cppcc/15-5/902", column: "答复日期", before: "2021-06-11", after: "2021-06-10" },
  {
    case: "cppcc/15-5/905",
    column: "案由",
    before: "关于推广智慧停车的建议",
    after: "关于大力推广智慧停车的建议",
  },
];

const run = (program, args) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status === null) throw new Error(`${program} did not run: ${stderr}`);
  return { status, stdout, stderr };
};

const folder = mkdtempSync(path.join(tmpdir(), "wuding-ledger-"));
const inFolder = (name) => path.join(folder, name);

const wuding = (...args) =>
  run(process.execPath, [
    path.join(root, "packages/cli/bin/wuding.js"),
    `--db=${inFolder("year.db")}`,
    "--lang=zh",
    "--today=2021-12-31",
    ...args,
  ]);

/** Opens a file in LibreOffice and saves it in another form. */
const saved = (name, form) => {
  const profile = pathToFileURL(inFolder("profile")).href;
  const { stderr } = run("soffice", [
    "--headless",
    `-env:UserInstallation=${profile}`,
    "--convert-to",
    form,
    "--outdir",
    folder,
    inFolder(name),
  ]);
  const result = inFolder(name.replace(/[^.]+$/, form));
  try {
    return readFileSync(result);
  } catch {
    throw new Error(`soffice saved no ${result}: ${stderr}`);
  }
};

/** The flat document of LibreOffice with the cells as edited, the value of a date as well as its text. */
const edited = (document) =>
  document
    .split(/(?=<table:table-row )/)
    .map((row) =>
      edits
        .filter((edit) => row.includes(`>${edit.case}<`))
        .reduce((text, { before, after }) => {
          if (!text.includes(before)) throw new Error(`${before} does not stand in its row`);
          return text
            .replaceAll(`"${before}"`, `"${after}"`)
            .replaceAll(`>${before}<`, `>${after}<`);
        }, row),
    )
    .join("");

const main = () => {
  if (run("sh", ["-c", "command -v soffice"]).status !== 0) {
    console.error("soffice is missing: apt-get install libreoffice-calc");
    return 7;
  }
  wuding("apply", path.join(root, "examples/linyi-2021/commands.jsonl"));
  wuding("export", inFolder("ledger.xlsx"));
  const document = saved("ledger.xlsx", "fods").toString("utf8");
  writeFileSync(inFolder("edited.fods"), edited(document));
  saved("edited.fods", "xlsx");
  const update = ["--update", "--reason", "依台账更正"];
  const { rows, counts } = JSON.parse(
    wuding("import", inFolder("edited.xlsx"), "--json", ...update).stdout,
  );
  const found = rows.flatMap((row) =>
    (row.differences ?? []).map(({ column, planned }) => ({ case: row.case, column, planned })),
  );
  const wanted = edits.map((edit) => ({ case: edit.case, column: edit.column, planned: true }));
  const again = JSON.parse(wuding("import", inFolder("edited.xlsx"), "--json").stdout).counts;
  const isExact =
    JSON.stringify(found) === JSON.stringify(wanted) &&
    counts.recorded === edits.length &&
    again.same === again.rows;
  console.log(JSON.stringify({ isExact, found, counts, again }, null, 2));
  return isExact ? 0 : 1;
};

try {
  process.exitCode = main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
