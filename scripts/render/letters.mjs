/**
 * @module letters — opens a Word file in LibreOffice and measures its pages against GB/T 9704—2012.
 *
 * `node scripts/render/letters.mjs FILE.docx [FOLDER]` prints millimetres as JSON; with a folder the PDF and
 * a picture of each page stay there. Needs soffice, pdftotext and pdftoppm; says which are missing and
 * exits 7. The commercial fonts of official documents are stood in for by Noto CJK.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Programs that this cannot do without, and the Debian packages that have them. */
const needed = {
  soffice: "libreoffice-writer",
  pdftotext: "poppler-utils",
  pdftoppm: "poppler-utils",
};

/** Names of the programs that are not there. */
export const missingPrograms = () =>
  Object.keys(needed).filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0);

const run = (program, args, options = {}) => {
  const { status, stderr, stdout } = spawnSync(program, args, { encoding: "utf8", ...options });
  if (status !== 0) throw new Error(`${program} failed: ${stderr || stdout}`);
  return stdout;
};

const standIns = {
  仿宋_GB2312: "Noto Serif CJK SC",
  楷体_GB2312: "Noto Serif CJK SC",
  宋体: "Noto Serif CJK SC",
  方正小标宋简体: "Noto Serif CJK SC",
  黑体: "Noto Sans CJK SC",
};

/** A font file of our own, so that every machine draws the same. */
const fontsConfiguration = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts</cachedir>
${Object.entries(standIns)
  .map(
    ([name, other]) =>
      `<match target="pattern"><test name="family"><string>${name}</string></test><edit name="family" mode="assign" binding="strong"><string>${other}</string></edit></match>`,
  )
  .join("\n")}
</fontconfig>
`;

const mmOfPoint = (points) => Math.round((points / 72) * 254) / 10;

/** The lines of text of each page: what they say, and where they lie in millimetres from the upper left edge. */
const textLines = (pdf, folder) => {
  const html = path.join(folder, "text.html");
  run("pdftotext", ["-bbox-layout", pdf, html]);
  return readFileSync(html, "utf8")
    .split("<page ")
    .slice(1)
    .map((page) => {
      const found = [
        ...page.matchAll(
          /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g,
        ),
      ].map(([, left, top, right, bottom, text]) => ({
        left: Number(left),
        top: Number(top),
        right: Number(right),
        bottom: Number(bottom),
        text,
      }));
      const lines = [];
      for (const word of found) {
        const middle = (word.top + word.bottom) / 2;
        const line = lines.find((one) => Math.abs((one.top + one.bottom) / 2 - middle) < 4);
        if (line === undefined) lines.push({ ...word });
        else {
          line.text = word.left < line.left ? word.text + line.text : line.text + word.text;
          line.left = Math.min(line.left, word.left);
          line.right = Math.max(line.right, word.right);
        }
      }
      return lines
        .toSorted((one, other) => one.top - other.top)
        .map(({ left, top, right, bottom, text }) => ({
          text,
          characters: [...text].reduce((sum, one) => sum + (/[ -~]/.test(one) ? 0.5 : 1), 0),
          left: mmOfPoint(left),
          right: mmOfPoint(right),
          middle: mmOfPoint((top + bottom) / 2),
        }));
    });
};

/** Red lines of a page: where each begins and ends, in millimetres; and the upper edge of the red type. */
const redMarks = (file, dpi) => {
  const bytes = readFileSync(file);
  const [header, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(
    bytes.toString("latin1", 0, 40),
  );
  const scale = 25.4 / dpi;
  const rounded = (pixels) => Math.round(pixels * scale * 10) / 10;
  const isRed = (x, y) => {
    const at = header.length + (y * Number(width) + x) * 3;
    return bytes[at] > 180 && bytes[at + 1] < 110 && bytes[at + 2] < 110;
  };
  const lines = [];
  let typeTop = null;
  let typeBottom = null;
  for (let y = 0; y < Number(height); y += 1) {
    let [first, last, count] = [-1, -1, 0];
    for (let x = 0; x < Number(width); x += 1) {
      if (!isRed(x, y)) continue;
      if (first < 0) first = x;
      last = x;
      count += 1;
    }
    if (count === 0) continue;
    const isLine = count > (last - first) * 0.95 && (last - first) * scale > 100;
    if (!isLine) {
      typeTop ??= y;
      typeBottom = y + 1;
      continue;
    }
    const previous = lines.at(-1);
    if (previous !== undefined && y <= previous.bottom) previous.bottom = y + 1;
    else lines.push({ top: y, bottom: y + 1, left: first, right: last + 1 });
  }
  return {
    type: typeTop === null ? null : { top: rounded(typeTop), bottom: rounded(typeBottom) },
    lines: lines.map(({ top, bottom, left, right }) => ({
      top: rounded(top),
      bottom: rounded(bottom),
      thickness: Math.round((bottom - top) * scale * 100) / 100,
      left: rounded(left),
      length: rounded(right - left),
    })),
  };
};

/**
 * A line without the closing mark at its end, where it stands over the right edge: LibreOffice hangs it there
 * although the file forbids it, as printers of Chinese do; Word does not.
 */
const withoutHangingMark = (line) => {
  const mark = /[，。；：、！？）》”’,.;:!?]$/u.exec(line.text)?.[0];
  if (mark === undefined || line.right <= 184 + 0.5) return line;
  const characters = /[ -~]/.test(mark) ? 0.5 : 1;
  return {
    ...line,
    characters: line.characters - characters,
    right: line.right - characters * mmOfPoint(15.75),
  };
};

/**
 * The pages of a Word file, in millimetres: every line of text with its edges and its width in full
 * characters, the red lines, and how many lines and characters the fullest page and line hold.
 */
export const measure = (docx, folder) => {
  const work = folder ?? mkdtempSync(path.join(tmpdir(), "wuding-render-"));
  mkdirSync(work, { recursive: true });
  const profile = mkdtempSync(path.join(tmpdir(), "wuding-office-"));
  try {
    const fonts = path.join(profile, "fonts.conf");
    writeFileSync(fonts, fontsConfiguration(profile));
    run(
      "soffice",
      [
        "--headless",
        `-env:UserInstallation=${pathToFileURL(path.join(profile, "user")).href}`,
        "--convert-to",
        "pdf",
        "--outdir",
        work,
        docx,
      ],
      { env: { ...process.env, FONTCONFIG_FILE: fonts }, timeout: 120_000 },
    );
    const name = path.basename(docx, path.extname(docx));
    const pdf = path.join(work, `${name}.pdf`);
    const dpi = 300;
    run("pdftoppm", ["-r", String(dpi), pdf, path.join(profile, "page")]);
    const pictures = readdirSync(profile)
      .filter((file) => file.endsWith(".ppm"))
      .toSorted();
    const texts = textLines(pdf, profile);
    if (folder !== undefined) run("pdftoppm", ["-png", "-r", "100", pdf, path.join(work, name)]);
    const pages = pictures.map((picture, at) => ({
      page: at + 1,
      red: redMarks(path.join(profile, picture), dpi),
      lines: texts[at] ?? [],
    }));
    const body = pages
      .flatMap(({ lines }) => lines.filter(({ middle }) => middle > 37 && middle < 262))
      .map(withoutHangingMark);
    return {
      pages,
      left: Math.min(...body.map(({ left }) => left)),
      right: Math.round((210 - Math.max(...body.map(({ right }) => right))) * 10) / 10,
      linesOnAPage: Math.max(
        ...pages.map(
          ({ lines }) => lines.filter(({ middle }) => middle > 37 && middle < 262).length,
        ),
      ),
      // letters and digits are narrower than the half of a character that they are counted as
      charactersOnALine: Math.max(
        ...body.filter(({ text }) => !/[ -~]/.test(text)).map(({ characters }) => characters),
      ),
    };
  } finally {
    rmSync(profile, { recursive: true, force: true });
    if (folder === undefined) rmSync(work, { recursive: true, force: true });
  }
};

const isStarted =
  process.argv[1] !== undefined && fileURLToPath(import.meta.url) === path.resolve(process.argv[1]);
if (isStarted) {
  const [docx, folder] = process.argv.slice(2);
  const missing = missingPrograms();
  if (docx === undefined) {
    console.error("usage: node scripts/render/letters.mjs FILE.docx [FOLDER]");
    process.exitCode = 2;
  } else if (missing.length > 0) {
    const packages = [...new Set(missing.map((name) => needed[name]))];
    console.error(
      `missing: ${missing.join(", ")}; on Debian: apt-get install ${packages.join(" ")}`,
    );
    process.exitCode = 7;
  } else {
    console.log(JSON.stringify(measure(docx, folder), null, 2));
  }
}
