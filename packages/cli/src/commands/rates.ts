/** @module rates — 三率: each rate with its definition, both counts and the cases that are missing. */
import type { Casebook, Label, RateReport, RateResult, ScopeName } from "@wuding/engine";
import { EngineError, kindOf, rateDefinitions, scopeNames, terms } from "@wuding/engine";
import type { Command } from "../command.ts";
import type { Tone } from "../print/colour.ts";
import { printDefinitionsOf } from "../print/definition.ts";
import { inLanguage } from "../print/in-language.ts";
import { facts, heading, paragraph } from "../print/page.ts";
import { explainedIn, printExplained } from "../print/passports.ts";
import type { Column } from "../print/table.ts";
import { tableLines } from "../print/table.ts";
import { clauses, listed, withAside, words } from "../print/words.ts";
import { readMoment, readScope, scopeOptions } from "../scope.ts";
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
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "rates",
  label: {
    zh: "见面率、办结率、满意率等",
    en: "meeting, completion, satisfaction and other rates",
  },
  positionals: ["[RATE]"],
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
    {
      name: "definition",
      label: {
        zh: "只列各项指标的口径；注明 RATE 的只列该项",
        en: "only the definitions: of every rate, or of RATE",
      },
      typed: "flag",
      form: "",
    },
    ...scopeOptions,
  ],
  example: "wuding rates --year 2021 --explain",
  run: async (typed, shell) => {
    const [rate] = typed.positionals;
    const isDefinition = typed.flags["definition"] === true;
    if (rate !== undefined && !isDefinition) throw onlyWithDefinition(rate);
    const casebook = await shell.open();
    if (isDefinition) return showDefinitions(rate, casebook, shell);
    const scope = readScope(typed, casebook);
    const moment = readMoment(typed, shell);
    const by = scopeNames.find((name) => name === typed.values["by"]);
    const report = await casebook.rates({
      scope,
      today: shell.today,
      ...moment,
      ...(by && { by }),
    });
    const explained =
      typed.flags["explain"] === true
        ? explainedIn(
            await casebook.passports({ scope, today: shell.today, ...moment }),
            shell.language,
          )
        : undefined;
    if (shell.json) {
      const figures = inLanguage(report, shell.language);
      return shell.out(jsonLine({ ...figures, ...(explained && { explain: explained }) }));
    }
    printRates(report, shell);
    printGroups(report, shell, keyNamer(by, casebook, shell));
    printSides(report, shell);
    if (explained !== undefined) printExplained(explained, shell);
    printDefinitions(report, shell);
  },
};

const onlyWithDefinition = (rate: string): EngineError<"USAGE"> =>
  new EngineError("USAGE", {
    problem: {
      zh: `多余的参数“${rate}”：单项指标只用于 --definition。`,
      en: `There is a word too many: "${rate}". One rate alone goes with --definition.`,
    },
    suggestion: `wuding rates --definition ${rate}`,
  });

const showDefinitions = (rate: string | undefined, { rules }: Casebook, shell: Shell): void => {
  const definitions = rateDefinitions(rules, rate);
  if (shell.json) shell.out(jsonLine({ definitions: inLanguage(definitions, shell.language) }));
  else printDefinitionsOf(definitions, shell);
};

const countOf = ({ numerator, denominator }: RateResult): string => `${numerator}/${denominator}`;

type Row = Readonly<{ rate: RateResult; name: string; group: string }>;

/** Rows with the label of each rate, and its rulebook where there are two definitions of it. */
const rowsOf = (rates: readonly RateResult[], language: Language): readonly Row[] =>
  rates.map((rate) => {
    const isAlone = rates.filter(({ id }) => id === rate.id).length === 1;
    const label = rate.label[language];
    return { rate, name: isAlone ? label : withAside(label, rate.rulebook, language), group: "" };
  });

/** The figures of each rate, and the cases that are missing. */
export const printRates = (report: RateReport, shell: Shell): void => {
  const { language } = shell;
  paragraph(`${said.asOf[language]} ${report.asOf}`, shell);
  const rows = rowsOf(report.rates, language);
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
    rowsOf(rates, language).map(({ name, rate }) => [name, rate.definition[language]]),
    shell,
  );
};

const figureColumns = (language: Language): readonly Column<Row>[] => [
  { heading: words.rate[language], text: ({ name }) => name },
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
    rowsOf(
      rates.filter(({ denominator }) => denominator > 0),
      language,
    ).map((row, at) => ({
      ...row,
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
  const sides: (readonly [string, string])[] = [];
  if (codes.length > 0) sides.push([said.results[language], clauses(codes, language)]);
  if (asked > 0) sides.push([said.forms[language], forms[language]]);
  if (sides.length === 0) return;
  shell.out("");
  facts(sides, shell);
};
