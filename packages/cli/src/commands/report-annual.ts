/**
 * @module report-annual — `report annual --year Y [FILE]`: the year's summary on the terminal, or as a page, a
 * Word file or Markdown; held against a text that was edited, and against the figures that were published.
 */
import type { AnnualSummary } from "@wuding/documents";
import type { AnnualReport, Casebook, FrozenComparison, Label } from "@wuding/engine";
import { annualText, EngineError, invalidInput, sumProblems, textProblems } from "@wuding/engine";
import { warnOfLongQuiet } from "../casebook-to-record.ts";
import type { Option, Typed } from "../command.ts";
import { logAnchorOf } from "../log-anchor.ts";
import { inLanguage } from "../print/in-language.ts";
import { facts, heading, paragraph } from "../print/page.ts";
import { eventLine, printRate } from "../print/rate-diff.ts";
import { labelled } from "../print/words.ts";
import { readYear } from "../scope.ts";
import type { Shell } from "../shell.ts";
import { jsonLine, visible } from "../visible.ts";

export const annualOptions: readonly Option[] = [
  {
    name: "freeze",
    label: {
      zh: "annual：定稿，把所公布的数字记入办件库",
      en: "annual: keep the figures in the log as published",
    },
    typed: "flag",
    form: "",
  },
  {
    name: "check",
    label: {
      zh: "annual：用所记的办件核对改过的总结（文本文件）",
      en: "annual: hold an edited summary (a text file) against the cases",
    },
    typed: "value",
    form: "FILE",
  },
];

const said = {
  warning: { zh: "注意：", en: "Note: " },
  file: { zh: "文件", en: "file" },
  frozen: { zh: "已定稿，所公布的数字已记入办件库", en: "Kept in the log as published" },
  frozenBefore: { zh: "此前已按相同的数字定稿", en: "The same figures were kept before" },
  same: { zh: "与定稿的数字一致", en: "The published figures still hold" },
  differs: { zh: "与定稿不同的数字", en: "Figures that differ from the published ones" },
  later: { zh: "定稿以后有新记录的办件", en: "Cases of which something was recorded since" },
} as const satisfies Record<string, Label>;

/** Each copy of a report holds what the log was when it was made. */
const anchored = {
  zh: (size: number, root: string) => `（办件库记录 ${size} 条，根哈希 ${root}）`,
  en: (size: number, root: string) => `(${size} events in the log, root ${root})`,
} as const;

/** What one `report annual` is asked for. */
type Asked = Readonly<{ year: number; file: string | undefined; checked: string | undefined }>;

/** @param known names of the options of `report`; those of its other words are refused */
export const annual = async (
  typed: Typed,
  known: ReadonlySet<string>,
  shell: Shell,
): Promise<void> => {
  const { year, file, checked } = readAsked(typed, known);
  const casebook = await shell.open();
  const text = checked === undefined ? undefined : await readText(checked, shell);
  const isFrozen = typed.flags["freeze"] === true;
  const report = await casebook.annual(year, { today: shell.today });
  // a file that cannot be written must not leave figures behind that were never published
  if (file !== undefined) await writeSummary(file, casebook, report, shell);
  if (isFrozen) await warnOfLongQuiet(casebook, shell);
  const frozen = isFrozen ? await casebook.freezeAnnual(year, shell) : null;
  const published = await casebook.annualPublished(report);
  const warnings = [
    ...sumProblems(report),
    ...textProblems(text ?? annualText(report, "zh"), report),
  ];
  for (const warning of warnings) {
    shell.talk(`${said.warning[shell.language]}${visible(warning[shell.language])}`);
  }
  const told = annualText(report, shell.reportLanguage);
  const { size, root } = await (await casebook.proving()).head();
  if (shell.json) {
    const log = { size, root: Buffer.from(root).toString("base64") };
    const answer = { ...report, published, warnings, ...(frozen && { frozen: !frozen.unchanged }) };
    const shown = inLanguage(answer, shell.reportLanguage);
    return shell.out(jsonLine({ ...shown, text: told, log, ...(file !== undefined && { file }) }));
  }
  if (file !== undefined) {
    facts([[said.file[shell.language], file]], shell);
  } else if (text === undefined) {
    const { shortRoot } = await import("@wuding/engine");
    paragraph(told, shell);
    shell.out("");
    paragraph(anchored[shell.reportLanguage](size, shortRoot(root)), shell);
  }
  if (frozen !== null) {
    return shell.talk(said[frozen.unchanged ? "frozenBefore" : "frozen"][shell.language]);
  }
  if (published !== null) printPublished(published, shell);
};

const endings = [".docx", ".md", ".html"] as const;

/** @throws EngineError `INVALID_INPUT`, `USAGE` */
const readAsked = ({ positionals, values, flags }: Typed, known: ReadonlySet<string>): Asked => {
  const year = readYear(values["year"]);
  if (year === undefined) throw invalidInput({ field: "--year", kind: "missing" });
  const own = new Set(["year", ...annualOptions.map(({ name }) => name)]);
  const surplus = [
    ...positionals.slice(2),
    ...[...Object.keys(values), ...Object.keys(flags)]
      .filter((name) => !own.has(name) && known.has(name))
      .map((name) => `--${name}`),
  ];
  if (surplus.length > 0) {
    throw new EngineError("USAGE", {
      problem: {
        zh: `年度总结只按年份，不用 ${surplus.join("、")}。`,
        en: `The annual summary is of a year, without ${surplus.join(", ")}.`,
      },
      suggestion: `wuding report annual --year ${year}`,
    });
  }
  const [, file] = positionals;
  if (file !== undefined && !endings.some((ending) => file.toLowerCase().endsWith(ending))) {
    const expected = {
      zh: `以 ${endings.join("、")} 结尾`,
      en: `a name ending in ${endings.join(", ")}`,
    };
    throw invalidInput({ field: "FILE", kind: "malformed", expected });
  }
  return { year, file, checked: values["check"] };
};

const readText = async (path: string, shell: Shell): Promise<string> => {
  const bytes = await shell.readFile(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const expected = { zh: "UTF-8 文本", en: "UTF-8 text" };
    throw invalidInput({ field: "--check", kind: "malformed", expected });
  }
};

const writeSummary = async (
  file: string,
  casebook: Casebook,
  report: AnnualReport,
  shell: Shell,
): Promise<void> => {
  const { annualDocument, annualMarkdown, annualPage, wordFile } =
    await import("@wuding/documents");
  const ending = endings.find((one) => file.toLowerCase().endsWith(one));
  const isPage = ending === ".html";
  const summary: AnnualSummary = {
    language: shell.reportLanguage,
    report,
    months: isPage ? await monthsOf(casebook, report) : [],
    lamps: isPage ? await lampsOf(casebook, report) : {},
    anchor: await logAnchorOf(casebook),
  };
  const contents =
    ending === ".docx"
      ? await wordFile(annualDocument(summary))
      : isPage
        ? annualPage(summary)
        : annualMarkdown(summary);
  await shell.writeFile(file, contents);
};

/** The rates as they were true at the end of each month of the year, up to the day of the report. */
const monthsOf = async (
  casebook: Casebook,
  { year, asOf }: AnnualReport,
): Promise<AnnualSummary["months"]> => {
  const months: AnnualSummary["months"][number][] = [];
  for (let month = 1; month <= 12; month += 1) {
    const first = `${year}-${String(month).padStart(2, "0")}-01`;
    if (first > asOf) break;
    const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
    const day = last < asOf ? last : asOf;
    const rates = await casebook.rates({ asOf: day, scope: { year }, today: asOf });
    months.push({ month: first.slice(0, 7), rates });
  }
  return months;
};

const lampsOf = async (
  casebook: Casebook,
  { year, asOf }: AnnualReport,
): Promise<AnnualSummary["lamps"]> => {
  const counts: Record<string, number> = {};
  for (const { lamp } of await casebook.list({ scope: { year }, today: asOf })) {
    const name = lamp ?? "none";
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

/** Writes what differs from the published figures, and the cases that did it. */
const printPublished = (published: FrozenComparison, shell: Shell): void => {
  const { language } = shell;
  const { on, size, changed, rates, cases } = published;
  const when = {
    zh: `${on} 定稿，当时记录 ${size} 条`,
    en: `published on ${on} at ${size} events`,
  }[language];
  if (changed.length === 0) {
    return paragraph(labelled(said.same, when, language), shell);
  }
  heading(labelled(said.differs, when, language), shell);
  for (const { label, published: was, now } of changed) {
    paragraph(`${label[language]}  ${was ?? "—"} → ${now ?? "—"}`, shell, 2);
  }
  for (const rate of rates) printRate(rate, rates, shell);
  if (cases.length === 0) return;
  heading(said.later[language], shell);
  for (const { case: id, title, events } of cases) {
    paragraph(`${id}  ${title}`, shell, 2);
    for (const event of events) paragraph(eventLine(event, language), shell, 4);
  }
};
