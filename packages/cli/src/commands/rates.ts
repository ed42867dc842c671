/** @module rates — 三率: each rate with its definition, both counts and the cases that are missing. */
import type {
  Casebook,
  CivilDate,
  Label,
  RateReport,
  RateResult,
  Scope,
  ScopeName,
} from "@wuding/engine";
import { kindOf, scopeNames, terms } from "@wuding/engine";
import type { Command } from "../command.ts";
import type { Tone } from "../print/colour.ts";
import { inLanguage } from "../print/in-language.ts";
import { facts, heading, paragraph } from "../print/page.ts";
import type { Column } from "../print/table.ts";
import { tableLines } from "../print/table.ts";
import { clauses, labelled, listed, plural, withAside, words } from "../print/words.ts";
import { readAsOf, readScope, scopeOptions } from "../scope.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  value: { zh: "比率", en: "value" },
  count: { zh: "计数", en: "count" },
  missing: { zh: "未计入", en: "missing" },
  asOf: { zh: "截至", en: "As of" },
  group: { zh: "分组", en: "group" },
  without: { zh: "（未填写）", en: "(none given)" },
  definitions: { zh: "指标口径", en: "What each rate counts" },
  results: { zh: "办理结果", en: "results" },
  forms: { zh: "征询意见表", en: "feedback forms" },
  explained: { zh: "未计入的办件和办法", en: "What is missing, and what to do" },
  nothing: { zh: "各项指标均无未计入的办件。", en: "Nothing is missing from any rate." },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "rates",
  label: {
    zh: "见面率、办结率、满意率等",
    en: "meeting, completion, satisfaction and other rates",
  },
  positionals: [],
  options: [
    {
      name: "by",
      label: { zh: "分组统计", en: "group by" },
      typed: "value",
      form: "WORD",
      words: scopeNames,
    },
    {
      name: "explain",
      label: { zh: "列出未计入的办件、原因和办法", en: "list what is missing and what to do" },
      typed: "flag",
      form: "",
    },
    ...scopeOptions,
  ],
  example: "wuding rates --year 2021 --explain",
  run: async (typed, shell) => {
    const casebook = await shell.open();
    const scope = readScope(typed, casebook);
    const asOf = readAsOf(typed, shell);
    const by = scopeNames.find((name) => name === typed.values["by"]);
    const report = await casebook.rates({ scope, today: shell.today, ...asOf, ...(by && { by }) });
    const isExplained = typed.flags["explain"] === true;
    const gaps = isExplained ? await explain(report, casebook, { ...asOf, scope }, shell) : [];
    if (shell.json) {
      const figures = inLanguage(report, shell.language);
      return shell.out(jsonLine(isExplained ? { ...figures, explain: gaps } : figures));
    }
    printRates(report, shell);
    printGroups(report, shell, keyNamer(by, casebook, shell));
    printSides(report, shell);
    if (isExplained) printGaps(gaps, shell);
    printDefinitions(report, shell);
  },
};

const countOf = ({ numerator, denominator }: RateResult): string => `${numerator}/${denominator}`;

type Row = Readonly<{ rate: RateResult; group: string }>;

/** The figures of each rate, and the cases that are missing. */
export const printRates = (report: RateReport, shell: Shell): void => {
  const { language } = shell;
  paragraph(`${said.asOf[language]} ${report.asOf}`, shell);
  const rows = report.rates.map((rate) => ({ rate, group: "" }));
  const isWhole = report.rates.every(({ missing }) => missing.length === 0);
  const missing: Column<Row> = {
    heading: said.missing[language],
    text: ({ rate }) => missingIn(rate, language),
    narrow: "wrap",
  };
  const columns = [...figureColumns(language), ...(isWhole ? [] : [missing])];
  for (const line of tableLines(rows, columns, shell)) shell.out(line);
};

/** What each rate counts, and over what. */
export const printDefinitions = ({ rates }: RateReport, shell: Shell): void => {
  const { language } = shell;
  heading(said.definitions[language], shell);
  facts(
    rates.map(({ label, definition }) => [label[language], definition[language]]),
    shell,
  );
};

const figureColumns = (language: Language): readonly Column<Row>[] => [
  { heading: words.rate[language], text: ({ rate }) => rate.label[language] },
  {
    heading: said.value[language],
    text: ({ rate }) => rate.display,
    tone: ({ rate }) => toneOf(rate),
    align: "right",
  },
  { heading: said.count[language], text: ({ rate }) => countOf(rate), align: "right" },
];

/** So many cases are named in the table; `--explain` names them all. */
const namedMax = 2;

const missingIn = ({ missing }: RateResult, language: Language): string => {
  const named = listed(missing.slice(0, namedMax), language);
  if (missing.length <= namedMax) return named;
  return {
    zh: `${named} 等 ${missing.length} 件`,
    en: `${named} and ${missing.length - namedMax} more`,
  }[language];
};

const printGroups = (
  { groups = [] }: RateReport,
  shell: Shell,
  nameOf: (key: string) => string,
): void => {
  if (groups.length === 0) return;
  const { language } = shell;
  const rows = groups.flatMap(({ key, rates }) =>
    rates
      .filter(({ denominator }) => denominator > 0)
      .map((rate, at) => ({
        rate,
        group: at > 0 ? "" : key === null ? said.without[language] : nameOf(key),
      })),
  );
  const group: Column<Row> = {
    heading: said.group[language],
    text: (row) => row.group,
    narrow: "cut",
  };
  shell.out("");
  for (const line of tableLines(rows, [group, ...figureColumns(language)], shell)) shell.out(line);
};

/** How a group is called: a role, status or kind has a label, the rest is what people wrote. */
const keyNamer =
  (by: ScopeName | undefined, { rules }: Casebook, { language }: Shell) =>
  (key: string): string => {
    const labels: Readonly<Record<string, Label>> =
      by === "role" ? terms.roles : by === "status" ? terms.statuses : {};
    const kind = by === "kind" ? kindOf(rules.current.rulebook, key)?.label : undefined;
    return (kind ?? (Object.hasOwn(labels, key) ? labels[key] : undefined))?.[language] ?? key;
  };

const toneOf = ({ value }: RateResult): Tone =>
  value === 1 ? "green" : value === null ? "dim" : "yellow";

const printSides = ({ results, feedback }: RateReport, shell: Shell): void => {
  const { language } = shell;
  const { asked, returned } = feedback;
  if (asked === 0) return;
  const codes = results
    .filter(({ count }) => count > 0)
    .map(({ code, label, count, display }) => {
      const counted = { zh: `${count} 件`, en: String(count) }[language];
      return withAside(`${code} ${label[language]} ${counted}`, display, language);
    });
  const forms = {
    zh: `发出 ${asked} 份，收回 ${returned} 份`,
    en: `${asked} asked for, ${returned} returned`,
  };
  shell.out("");
  facts(
    [
      [said.results[language], clauses(codes, language)],
      [said.forms[language], forms[language]],
    ],
    shell,
  );
};

/** A rate with the cases it misses. */
type Explained = Readonly<{
  rate: string;
  label: string;
  cases: readonly Readonly<{ case: string; title: string; why: string; repair: string }>[];
}>;

const explain = async (
  report: RateReport,
  casebook: Casebook,
  options: Readonly<{ scope: Scope; asOf?: CivilDate }>,
  { language, today }: Shell,
): Promise<readonly Explained[]> => {
  const rows = await casebook.list({ ...options, today });
  const titles = new Map(rows.map((row) => [row.case, row.title]));
  const gaps = new Map<string, Awaited<ReturnType<Casebook["gaps"]>>>();
  for (const id of new Set(report.rates.flatMap(({ missing }) => missing))) {
    gaps.set(id, await casebook.gaps(id, options));
  }
  return report.rates
    .filter(({ missing }) => missing.length > 0)
    .map(({ id: rate, label, missing }) => ({
      rate,
      label: label[language],
      cases: missing.map((id) => {
        const gap = gaps.get(id)?.find((one) => one.rate === rate);
        return {
          case: id,
          title: titles.get(id) ?? "",
          why: gap?.why[language] ?? "",
          repair: gap?.repair[language] ?? "",
        };
      }),
    }));
};

const printGaps = (gaps: readonly Explained[], shell: Shell): void => {
  const { language } = shell;
  heading(said.explained[language], shell);
  if (gaps.length === 0) shell.out(said.nothing[language]);
  for (const { label, cases } of gaps) {
    const count = { zh: `${cases.length} 件未计入`, en: `${plural(cases.length, "case")} missing` };
    paragraph(labelled(label, count[language], language), shell);
    const sorted = cases.toSorted((a, b) => (a.why === b.why ? 0 : a.why < b.why ? -1 : 1));
    for (const [at, { case: id, title, why, repair }] of sorted.entries()) {
      paragraph(`${id}  ${title}`, shell, 2);
      // cases that miss the rate for one reason stand above it together
      if (sorted[at + 1]?.why === why && sorted[at + 1]?.repair === repair) continue;
      paragraph(labelled(words.why, why, language), shell, 4);
      paragraph(labelled(words.repair, repair, language), shell, 4);
    }
  }
};
