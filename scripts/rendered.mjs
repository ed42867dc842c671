/**
 * @module rendered — `npm run test:rendered`: the documents of the example year opened as people open them.
 *
 * Letters go through LibreOffice and are measured against GB/T 9704—2012, pages are opened in headless
 * Chromium as on a phone and on paper, and the ledger is edited in LibreOffice and imported again. The programs
 * are installed with apt-get where they are missing and this may be done; otherwise it says which packages
 * to install and exits 7. Pictures of everything stay in `.cache/rendered/` to be looked at.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { measure, missingPrograms } from "./render/letters.mjs";
import { findBrowser, isClean, lookAtPages } from "./render/pages.mjs";

process.chdir(fileURLToPath(new URL("../", import.meta.url)));

const packages = [
  "libreoffice-writer",
  "libreoffice-calc",
  "poppler-utils",
  "chromium",
  "fonts-noto-cjk",
];
const folder = path.resolve(".cache/rendered");
const inFolder = (name) => path.join(folder, name);

const isMissing = () => missingPrograms().length > 0 || findBrowser() === undefined;

/** Installs what is missing where that is possible; whether everything is there then. */
const prepare = () => {
  if (!isMissing()) return true;
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  const mayInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (mayInstall) {
    console.log(`rendered: installing ${packages.join(" ")} …`);
    spawnSync("apt-get", ["update"], { stdio: "ignore" });
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", install, { stdio: ["ignore", "ignore", "inherit"], env });
  }
  if (!isMissing()) return true;
  console.error(`rendered: programs are missing; on Debian: apt-get ${install.join(" ")}`);
  return false;
};

const wuding = (...args) => wudingIn("zh", ...args);
const wudingIn = (language, ...args) => {
  const program = ["packages/cli/bin/wuding.js", `--db=${inFolder("year.db")}`];
  const fixed = [`--lang=${language}`, "--today=2021-12-31", "--as=经办人甲"];
  const { status, stderr } = spawnSync(process.execPath, [...program, ...fixed, ...args], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`wuding ${args.join(" ")}: ${stderr}`);
};

const failures = [];
/** Notes one thing that was looked at, with what was found. */
const check = (what, holds, found) => {
  console.log(`${holds ? "holds" : "FAILS"}  ${what}${found === undefined ? "" : `: ${found}`}`);
  if (!holds) failures.push(what);
};
const isAbout = (value, wanted, tolerance) => Math.abs(value - wanted) <= tolerance;

/** 信函格式 of GB/T 9704—2012, in millimetres. */
const checkLetter = (name) => {
  const { pages, left, right, linesOnAPage, charactersOnALine } = measure(inFolder(name), folder);
  const [first] = pages;
  const lines = first?.red.lines ?? [];
  const lowest = lines.at(-1)?.bottom ?? 0;
  check(`${name}: left margin 28 ± 1`, isAbout(left, 28, 1), left);
  check(`${name}: right margin 26 ± 1 or more`, right >= 25, right);
  check(`${name}: at most 22 lines a page`, linesOnAPage <= 22, linesOnAPage);
  check(`${name}: at most 28 characters a line`, charactersOnALine <= 28, charactersOnALine);
  check(
    `${name}: issuer's name 30 ± 1 from the top edge`,
    isAbout(first?.red.type?.top ?? 0, 30, 1),
    first?.red.type?.top,
  );
  check(
    `${name}: red double line 4 ± 1 below it, another 20 ± 1 from the bottom edge`,
    lines.length === 4 &&
      isAbout(lines[0].top - first.red.type.bottom, 4, 1) &&
      isAbout(297 - lowest, 20, 1),
    lines.map(({ top }) => top).join(" "),
  );
  check(
    `${name}: red lines 170 ± 1 long, thick over thin above, thin over thick below`,
    lines.length === 4 &&
      lines.every(({ length }) => isAbout(length, 170, 1)) &&
      lines[0].thickness > lines[1].thickness &&
      lines[2].thickness < lines[3].thickness,
    lines.map(({ length, thickness }) => `${length}/${thickness}`).join(" "),
  );
};

/** Every page that is written, and the command that writes it into a file. */
const written = {
  evidence: (file) => ["audit", "evidence", "122", file],
  // a week in which much is due
  week: (file) => ["week", file, "--as-of", "2021-06-25"],
  dashboard: (file) => ["dashboard", file, "--as-of", "2021-06-25"],
  annual: (file) => ["report", "annual", file, "--year", "2021"],
  publication: (file) => ["document", "122", "publication", file, "--text", inFolder("reply.txt")],
};

/** Each page in both languages, as on a phone and on paper. */
const checkPages = async () => {
  const files = ["zh", "en"].flatMap((language) =>
    Object.entries(written).map(([name, command]) => {
      const file = inFolder(`${name}.${language}.html`);
      wudingIn(language, ...command(file));
      return file;
    }),
  );
  for (const page of await lookAtPages(files, { images: folder })) {
    const { console: messages, requests, width, smallest, pages } = page;
    const name = path.basename(page.file);
    check(
      `${name}: no console error, no request, fits 360 px`,
      isClean(page),
      `${messages.length} messages, ${requests.length} requests, ${width} px`,
    );
    check(`${name}: no text on a phone below 12 px`, smallest >= 12, `${smallest} px`);
    check(`${name}: printed to one page`, pages === 1, pages);
    if (page.check !== null) check(`${name}: checks itself`, page.check === "holds", page.check);
  }
};

const forms = ["feedback-form", "assignment"];

const run = async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  wuding("apply", "examples/linyi-2021/commands.jsonl");
  const text = "packages/documents/test/fixtures/reply-15-5-122.txt";
  writeFileSync(inFolder("reply.txt"), readFileSync(text));
  wuding("document", "122", "reply", inFolder("reply.docx"), "--text", inFolder("reply.txt"));
  checkLetter("reply.docx");
  for (const kind of forms) {
    wuding("document", "122", kind, inFolder(`${kind}.docx`));
    const { pages } = measure(inFolder(`${kind}.docx`), folder);
    check(`${kind}.docx opens`, pages.length > 0, `${pages.length} pages`);
  }
  wuding("report", "annual", inFolder("annual.docx"), "--year", "2021");
  check("annual.docx opens", measure(inFolder("annual.docx"), folder).pages.length > 0);

  await checkPages();

  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/render/ledger.mjs"], {
    encoding: "utf8",
  });
  check("the ledger edited in LibreOffice and imported changes what was edited", status === 0);
  if (status !== 0) console.error(stdout + stderr);
};

if (prepare()) {
  await run();
  console.log(`rendered: pictures are in ${path.relative(process.cwd(), folder)}`);
  if (failures.length > 0) {
    console.error(`rendered: ${failures.length} of these fail`);
    process.exitCode = 1;
  }
} else {
  process.exitCode = 7;
}
