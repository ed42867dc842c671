/** @module rulebook — a rulebook as a page: its terms, choices, letters and rates, each with its source. */
import type { DeadlineRule, Label, Rulebook, Source } from "@wuding/engine";
import {
  appliesToWords,
  caseEvents,
  confidences,
  extensionWords,
  printSource,
  reachedRules,
  rulebookName,
  terms,
  termWords,
} from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { printChoices, reachable } from "./choices.ts";
import { facts, heading, paragraph } from "./page.ts";
import { tableLines } from "./table.ts";
import { deadlineName, labelled, listed, orDash, withAside, words } from "./words.ts";

const said = {
  name: { zh: "规则集", en: "rulebook" },
  extends: { zh: "以此为基础", en: "extends" },
  valid: { zh: "适用时间", en: "valid" },
  open: { zh: "适用于在办件", en: "open cases too" },
  kinds: { zh: "件别", en: "kinds" },
  terms: { zh: "期限规定", en: "Terms" },
  notApplied: { zh: "列明而不适用", en: "Stated, not applied" },
  rule: { zh: "规则", en: "rule" },
  for: { zh: "适用范围", en: "for" },
  term: { zh: "期限", en: "term" },
  extension: { zh: "延期", en: "extension" },
  basis: { zh: "依据性质", en: "basis" },
  why: { zh: "不适用的原因", en: "why not" },
  unregulated: { zh: "未作规定", en: "Not regulated" },
  choice: { zh: "事项", en: "question" },
  lateEntry: {
    zh: "补录限度（发生之后的工作日）",
    en: "Limits of late entries, in working days after the fact",
  },
  events: { zh: "记录", en: "events" },
  all: { zh: "全部", en: "all" },
  reasonAfter: { zh: "须写明理由", en: "reason" },
  approverAfter: { zh: "须另一人批准", en: "second person" },
  limit: { zh: "不得补录", en: "refused" },
  letters: { zh: "办理结果类别", en: "Result codes" },
  scheme: { zh: "类别方案", en: "scheme" },
  rates: { zh: "指标", en: "Rates" },
  definition: { zh: "口径", en: "definition" },
  duties: { zh: "年度事项", en: "Yearly duties" },
  date: { zh: "日期", en: "date" },
  yes: { zh: "是", en: "yes" },
  no: { zh: "否", en: "no" },
} as const satisfies Record<string, Label>;

/** Writes the page of a rulebook. */
export const printRulebook = (rulebook: Rulebook, shell: Shell): void => {
  const { language } = shell;
  const { validFrom, validTo, kinds } = rulebook;
  facts(
    [
      [said.name[language], withAside(rulebookName(rulebook), rulebook.label[language], language)],
      [said.extends[language], rulebook.extends],
      [
        said.valid[language],
        validTo === null ? since(validFrom)[language] : `${validFrom} – ${validTo}`,
      ],
      [said.open[language], yesOrNo(rulebook.appliesToOpenCases, language)],
      [
        said.kinds[language],
        listed(
          kinds.map(({ id, label }) => withAside(label[language], id, language)),
          language,
        ),
      ],
    ],
    shell,
  );
  // an inherited rule that an own one always goes before is none of this place
  const applied = reachedRules(rulebook);
  const stated = rulebook.deadlines.filter(({ notApplied }) => notApplied !== undefined);
  printTerms(said.terms, applied, rulebook, shell);
  printTerms(said.notApplied, stated, rulebook, shell);
  printUnregulated(rulebook, shell);
  printChoices(rulebook, shell);
  printLateEntry(rulebook, shell);
  printLetters(rulebook, shell);
  printRates(rulebook, shell);
  printDuties(rulebook, shell);
};

const since = (day: string): Label => ({ zh: `${day} 起`, en: `from ${day} on` });

const yesOrNo = (value: boolean, language: Language): string =>
  said[value ? "yes" : "no"][language];

const sourceOf = (one: Readonly<{ source: Source }>, language: Language): string =>
  printSource(one.source)[language];

const printTerms = (
  title: Label,
  rules: readonly DeadlineRule[],
  { kinds, validFrom }: Rulebook,
  shell: Shell,
): void => {
  const { language } = shell;
  if (rules.length === 0) return;
  heading(title[language], shell);
  const hasReasons = rules.some(({ notApplied }) => notApplied !== undefined);
  const lines = tableLines(
    rules,
    [
      { heading: said.rule[language], text: (row) => row.id },
      { heading: words.deadline[language], text: (row) => deadlineName(row.deadline, language) },
      {
        heading: said.for[language],
        text: (row) =>
          withAside(
            appliesToWords(row.appliesTo, kinds)[language],
            spanOf(row, validFrom)[language],
            language,
          ),
        narrow: "wrap",
      },
      { heading: said.term[language], text: (row) => termWords(row)[language], narrow: "wrap" },
      {
        heading: said.extension[language],
        text: (row) => extensionWords(row.extension)[language],
        narrow: "wrap",
      },
      { heading: words.source[language], text: (row) => sourceOf(row, language), narrow: "wrap" },
      { heading: said.basis[language], text: (row) => confidences[row.confidence][language] },
      ...(hasReasons
        ? [
            {
              heading: said.why[language],
              text: (row: DeadlineRule) => row.notApplied?.[language] ?? "",
              narrow: "wrap" as const,
            },
          ]
        : []),
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

/** When a rule is in force, where that is not the whole span of its rulebook. */
const spanOf = ({ validFrom, validTo }: DeadlineRule, bookFrom: string): Label => {
  if (validTo !== null) {
    const span = `${validFrom} – ${validTo}`;
    return { zh: span, en: span };
  }
  return validFrom > bookFrom ? since(validFrom) : { zh: "", en: "" };
};

const printUnregulated = ({ unregulated, kinds }: Rulebook, shell: Shell): void => {
  const { language } = shell;
  if (unregulated.length === 0) return;
  heading(said.unregulated[language], shell);
  facts(
    unregulated.map(({ deadline, kinds: only, note }) => [
      withAside(
        terms.deadlineNames[deadline][language],
        only === undefined ? "" : appliesToWords({ kinds: only }, kinds)[language],
        language,
      ),
      note[language],
    ]),
    shell,
  );
};

/** Where nothing is set there is nothing to say: a late entry is only marked. */
const printLateEntry = ({ lateEntry = [], kinds }: Rulebook, shell: Shell): void => {
  const { language } = shell;
  if (lateEntry.length === 0) return;
  heading(said.lateEntry[language], shell);
  const lines = tableLines(
    lateEntry,
    [
      {
        heading: said.events[language],
        text: ({ events = [] }) =>
          events.length === 0
            ? said.all[language]
            : listed(
                events.map((one) => caseEvents[one][language]),
                language,
              ),
        narrow: "wrap",
      },
      {
        heading: said.for[language],
        text: ({ kinds: only }) =>
          only === undefined
            ? said.all[language]
            : appliesToWords({ kinds: only }, kinds)[language],
      },
      {
        heading: said.reasonAfter[language],
        text: (row) => daysOf(row.reasonAfter),
        align: "right",
      },
      {
        heading: said.approverAfter[language],
        text: (row) => daysOf(row.approverAfter),
        align: "right",
      },
      { heading: said.limit[language], text: (row) => daysOf(row.limit), align: "right" },
      { heading: words.source[language], text: (row) => sourceOf(row, language), narrow: "wrap" },
      { heading: said.basis[language], text: (row) => confidences[row.confidence][language] },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const daysOf = (days: number | undefined): string =>
  orDash(days === undefined ? null : `> ${days}`);

const printLetters = ({ results, kinds }: Rulebook, shell: Shell): void => {
  const { language } = shell;
  heading(said.letters[language], shell);
  for (const scheme of reachable(results, kinds)) {
    const only =
      scheme.kinds === undefined ? "" : appliesToWords({ kinds: scheme.kinds }, kinds)[language];
    const title = only === "" ? scheme.scheme : labelled(scheme.scheme, only, language);
    paragraph(withAside(title, sourceOf(scheme, language), language), shell);
    facts(
      scheme.codes.map(({ code, label }) => [`  ${code}`, label[language]]),
      shell,
    );
  }
};

const printRates = ({ rates }: Rulebook, shell: Shell): void => {
  const { language } = shell;
  heading(said.rates[language], shell);
  facts(
    rates.map((rate) => [
      withAside(rate.label[language], `${rate.id}@${rate.version}`, language),
      withAside(rate.definition[language], sourceOf(rate, language), language),
    ]),
    shell,
  );
};

const printDuties = ({ duties }: Rulebook, shell: Shell): void => {
  const { language } = shell;
  if (duties.length === 0) return;
  heading(said.duties[language], shell);
  const lines = tableLines(
    duties,
    [
      { heading: said.date[language], text: (row) => orDash(row.monthDay) },
      { heading: said.choice[language], text: (row) => row.label[language], narrow: "wrap" },
      { heading: words.source[language], text: (row) => sourceOf(row, language), narrow: "wrap" },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};
