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
import { heading, paragraph } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { words } from "../print/words.ts";
import { readAsOf, readScope, scopeOptions } from "../scope.ts";
import type { Shell } from "../shell.ts";
import { jsonLine, visible } from "../visible.ts";

const said = {
  count: { zh: "计数", en: "count" },
  missing: { zh: "未计入", en: "missing" },
  asOf: { zh: "截至", en: "as of" },
  group: { zh: "分组", en: "group" },
  without: { zh: "（未填写）", en: "(none given)" },
  results: { zh: "办理结果", en: "Results" },
  forms: { zh: "征询意见表", en: "Feedback forms" },
  asked: { zh: "发出", en: "asked" },
  returned: { zh: "收回", en: "returned" },
  explained: { zh: "未计入的件和办法", en: "What is missing, and what to do" },
  nothing: { zh: "各项指标都没有缺项。", en: "Nothing is missing from any rate." },
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
      label: { zh: "分组", en: "group by" },
      typed: "value",
      form: "WORD",
      words: scopeNames,
    },
    {
      name: "explain",
      label: { zh: "列出缺项和办法", en: "list what is missing and what to do" },
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
    printRates(report, shell, keyNamer(by, casebook, shell));
    printSides(report, shell);
    if (isExplained) printGaps(gaps, shell);
  },
};

const countOf = ({ numerator, denominator }: RateResult): string => `${numerator}/${denominator}`;

/** The rates as a table, and once more for each group. */
export const printRates = (
  report: RateReport,
  shell: Shell,
  nameOf: (key: string) => string = (key) => key,
): void => {
  const { language } = shell;
  paragraph(`${said.asOf[language]} ${report.asOf}`, shell);
  const table = (rates: readonly RateResult[]): void => {
    const lines = tableLines(
      rates,
      [
        { heading: words.rate[language], text: (row) => row.label[language] },
        {
          heading: "%",
          text: (row) => row.display,
          tone: toneOf,
          align: "right",
        },
        { heading: said.count[language], text: countOf, align: "right" },
        {
          heading: words.definition[language],
          text: (row) => row.definition[language],
          narrow: "wrap",
        },
      ],
      shell,
    );
    for (const line of lines) shell.out(line);
  };
  table(report.rates);
  if (report.groups === undefined || report.groups.length === 0) return;
  shell.out("");
  const nameOfGroup = (key: string | null): string =>
    key === null ? said.without[language] : nameOf(key);
  const rows = report.groups.flatMap(({ key, rates }) =>
    rates
      .filter(({ denominator }) => denominator > 0)
      .map((rate, at) => ({ rate, name: at === 0 ? nameOfGroup(key) : "" })),
  );
  const lines = tableLines(
    rows,
    [
      { heading: said.group[language], text: ({ name }) => name, narrow: "cut" },
      { heading: words.rate[language], text: ({ rate }) => rate.label[language] },
      {
        heading: "%",
        text: ({ rate }) => rate.display,
        tone: ({ rate }) => toneOf(rate),
        align: "right",
      },
      { heading: said.count[language], text: ({ rate }) => countOf(rate), align: "right" },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
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
  if (feedback.asked === 0) return;
  const codes = results
    .filter(({ count }) => count > 0)
    .map(({ code, label, count, display }) => `${code} ${label[language]} ${count} (${display})`);
  const comma = language === "zh" ? "；" : "; ";
  shell.out("");
  paragraph(`${said.results[language]}  ${codes.join(comma)}`, shell);
  const { asked, returned } = feedback;
  paragraph(
    `${said.forms[language]}  ${said.asked[language]} ${asked}, ${said.returned[language]} ${returned}`,
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
  const listed = await casebook.list({ ...options, today });
  const titles = new Map(listed.map((row) => [row.case, row.title]));
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
    shell.out(`${visible(label)}: ${said.missing[language]} ${cases.length}`);
    for (const one of cases) {
      paragraph(`${one.case}  ${one.title}`, shell, 2);
      paragraph(`${words.why[language]}: ${one.why}`, shell, 4);
      paragraph(`${words.repair[language]}: ${one.repair}`, shell, 4);
    }
  }
};
