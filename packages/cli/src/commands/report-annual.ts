/**
 * @module report-annual — `report annual --year Y [FILE]`: the year's summary on the terminal, or as a page, a
 * Word file or Markdown; held against a text that was edited, and against the figures that were published.
 */
import type { AnnualSummary } from "@wuding/documents";
import type {
  AnnualReport,
  Casebook,
  CheckedText,
  Frozen,
  FrozenComparison,
  Label,
} from "@wuding/engine";
import { annualText, checkedText, EngineError, invalidInput, sumProblems } from "@wuding/engine";
import { warnOfLongQuiet } from "../casebook-to-record.ts";
import type { Option, Typed } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
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
  notFrozen: {
    zh: "总结与所记的办件不符，没有写出文件，也没有定稿。",
    en: "The summary is not what the cases say: no file was written and no figures were kept.",
  },
  leftFile: {
    zh: "文件已写出，但没有定稿：",
    en: "The file was written, but the figures were not kept: ",
  },
  sound: { zh: "未发现不符", en: "nothing wrong found" },
  later: { zh: "定稿以后有新记录的办件", en: "Cases of which something was recorded since" },
} as const satisfies Record<string, Label>;

/** Each copy of a report holds what the log was when it was made. */
const anchored = {
  zh: (size: number, root: string) => `（办件库记录 ${size} 条，根哈希 ${root}）`,
  en: (size: number, root: string) => `(${size} events in the log, root ${root})`,
} as const;

/** What one `report annual` is asked for. */
type Asked = Readonly<{ year: number; file: string | undefined; checked: string | undefined }>;

/** How much of a text could be held against the cases. */
const coverage = ({ problems, compared, unknown }: CheckedText): Label => ({
  zh: `${problems.length === 0 ? said.sound.zh : `发现${problems.length}处不符`}：核对了${compared}个数字，另有${unknown}个数字办件库无从核对。`,
  en: `${problems.length === 0 ? said.sound.en : `${problems.length} found`}: ${compared} figures were compared; of ${unknown} others the casebook knows nothing.`,
});

/**
 * @param known names of the options of `report`; those of its other words are refused
 * @returns the exit code: that of a table that does not hold, where a checked text is not what the cases say
 */
export const annual = async (
  typed: Typed,
  known: ReadonlySet<string>,
  shell: Shell,
): Promise<number> => {
  const { year, file, checked } = readAsked(typed, known, shell);
  const casebook = await shell.open();
  const text = checked === undefined ? undefined : await readText(checked, shell);
  const report = await casebook.annual(year, { today: shell.today });
  const check = text === undefined ? undefined : checkedText(text, report);
  const isWrong = check !== undefined && check.problems.length > 0;
  const isFrozen = typed.flags["freeze"] === true;
  for (const warning of sumProblems(report)) {
    shell.talk(`${said.warning[shell.language]}${visible(warning[shell.language])}`);
  }
  const written = isWrong ? undefined : file;
  // a file that cannot be written must not leave figures behind that were never published
  if (written !== undefined) await writeSummary(written, casebook, report, shell);
  const frozen = isFrozen && !isWrong ? await freeze(year, written, casebook, shell) : null;
  const published = await casebook.annualPublished(report);
  const exitCode = isWrong ? exitCodes.CONFORMANCE : 0;
  if (isWrong && (isFrozen || file !== undefined)) shell.talk(said.notFrozen[shell.language]);
  const told = annualText(report, shell.reportLanguage);
  const { size, root } = await (await casebook.proving()).head();
  if (shell.json) {
    const answer = {
      ...report,
      published,
      warnings: sumProblems(report),
      ...check,
      ...(frozen && { frozen: !frozen.unchanged }),
    };
    const shown = inLanguage(answer, shell.reportLanguage);
    const log = { size, root: Buffer.from(root).toString("base64") };
    const rest = { text: told, log, ...(written !== undefined && { file: written }) };
    shell.out(jsonLine({ ...shown, ...rest }));
    return exitCode;
  }
  if (check !== undefined) {
    for (const problem of check.problems) paragraph(problem[shell.language], shell);
    paragraph(coverage(check)[shell.language], shell);
  }
  if (written !== undefined) {
    facts([[said.file[shell.language], written]], shell);
  } else if (check === undefined) {
    const { shortRoot } = await import("@wuding/engine");
    paragraph(told, shell);
    shell.out("");
    paragraph(anchored[shell.reportLanguage](size, shortRoot(root)), shell);
  }
  if (frozen !== null) {
    shell.talk(said[frozen.unchanged ? "frozenBefore" : "frozen"][shell.language]);
  } else if (published !== null && !(isWrong && published.changed.length === 0)) {
    // that the figures of the log still hold says nothing for a text that is wrong
    printPublished(published, shell);
  }
  return exitCode;
};

/** Keeps the figures; where that is refused, a file that was written for them stays and is told. */
const freeze = async (
  year: number,
  written: string | undefined,
  casebook: Casebook,
  shell: Shell,
): Promise<Frozen> => {
  try {
    await warnOfLongQuiet(casebook, shell);
    return await casebook.freezeAnnual(year, shell);
  } catch (error) {
    if (written !== undefined) shell.talk(`${said.leftFile[shell.language]}${visible(written)}`);
    throw error;
  }
};

const endings = [".docx", ".md", ".html"] as const;

/** @throws EngineError `INVALID_INPUT`, `USAGE` */
const readAsked = (
  { positionals, values, flags }: Typed,
  known: ReadonlySet<string>,
  { today }: Pick<Shell, "today">,
): Asked => {
  const year = readYear(values["year"]);
  if (year === undefined) throw invalidInput({ field: "--year", kind: "missing" });
  if (year > Number(today.slice(0, 4))) {
    throw invalidInput({ field: "--year", kind: "future", value: String(year), today });
  }
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

/** UTF-8, or GB18030 as word processors in China save plain text. */
const readText = async (path: string, shell: Shell): Promise<string> => {
  const bytes = await shell.readFile(path);
  // bytes that no text has: a Word file is an archive
  if (!bytes.includes(0)) {
    for (const encoding of ["utf-8", "gb18030"]) {
      try {
        return new TextDecoder(encoding, { fatal: true }).decode(bytes);
      } catch {
        // the next one
      }
    }
  }
  const expected = {
    zh: "纯文本或者 Markdown 文件（Word 文件请先另存为 .txt 或 .md）",
    en: "a file of plain text or Markdown (save a Word file as .txt or .md first)",
  };
  throw invalidInput({ field: "--check", kind: "malformed", expected });
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
