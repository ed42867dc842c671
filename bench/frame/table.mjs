/** @module table — the rows as people read them, the same on the terminal and in docs/benchmarks.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { targets } from "./targets.mjs";

/** Three digits that mean something. */
const digits = (value) => {
  const size = Math.abs(value);
  const places = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return size >= 10_000
    ? Math.round(value).toLocaleString("en-US")
    : size > 0 && size < 0.1
      ? value.toPrecision(2)
      : value.toFixed(places);
};

const withSpread = ({ median, min, max }, mark) =>
  min === max
    ? `${digits(median)}${mark}`
    : `${digits(median)}${mark} (${digits(min)}..${digits(max)})`;

const marks = { share: " %", faster: " ×", slower: " ×", figure: "" };

const targetText = ({ as, unit, least, most }) => {
  const mark = as === "figure" ? ` ${unit}` : marks[as];
  if (least !== undefined) return `≥ ${least}${mark}`;
  return most === undefined ? "–" : `≤ ${most}${mark}`;
};

const head = ["work", "Wuding", "against", "ratio", "target", "verdict"];

const cellsOf = (one) => {
  const target = targets[one.id];
  const { work, against, unit, ours, theirs, ratio, verdict, note } = one;
  const other = theirs === null ? "" : `: ${withSpread(theirs, ` ${unit}`)}`;
  return [
    work,
    ours === null ? "–" : withSpread(ours, ` ${unit}`),
    `${against ?? "–"}${other}`,
    ratio === null ? "–" : withSpread(ratio, marks[target.as]),
    targetText(target),
    note === null ? verdict : `${verdict}: ${note}`,
  ];
};

/** @returns {string} the table in Markdown */
export const tableOf = (rows) =>
  [head, head.map(() => "---"), ...rows.map(cellsOf)]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");

const begin = "<!-- measured: written by npm run bench -->";
const end = "<!-- measured: end -->";

/** Puts what was measured between the marks of a page; what stands around them is written by hand. */
export const writePage = (file, { machine, measuredOn, rounds, quick, seconds, rows }) => {
  const page = readFileSync(file, "utf8");
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${file} has no marks around its table`);
  const rehearsal = quick
    ? "\n\n**A rehearsal with tiny sizes on a busy machine: it shows that every row runs; its figures and verdicts mean nothing.**"
    : "";
  const about = `${machine}\n\nMeasured on ${measuredOn}: ${rounds} rounds, ${Math.round(seconds)} s in all.${rehearsal}`;
  writeFileSync(file, `${before}${begin}\n\n${about}\n\n${tableOf(rows)}\n\n${end}${after}`);
};
