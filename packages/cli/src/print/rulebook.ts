/** @module rulebook — a rulebook as a page: its terms, choices, letters and rates, each with its source. */
import type { Choice, Choices, DeadlineRule, Label, Rulebook, Source } from "@wuding/engine";
import {
  appliesToWords,
  confidences,
  extensionWords,
  printSource,
  rulebookName,
  terms,
  termWords,
} from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { facts, heading, paragraph } from "./page.ts";
import { tableLines } from "./table.ts";
import { clauses, deadlineName, labelled, listed, orDash, withAside, words } from "./words.ts";

const said = {
  name: { zh: "规则集", en: "rulebook" },
  extends: { zh: "以此为基础", en: "extends" },
  valid: { zh: "适用时间", en: "valid" },
  open: { zh: "适用于在办件", en: "open cases too" },
  kinds: { zh: "件别", en: "kinds" },
  terms: { zh: "时限", en: "Terms" },
  notApplied: { zh: "列明而未采用", en: "Stated, not applied" },
  rule: { zh: "规则", en: "rule" },
  for: { zh: "适用范围", en: "for" },
  term: { zh: "期限", en: "term" },
  extension: { zh: "延期", en: "extension" },
  confidence: { zh: "依据性质", en: "basis" },
  why: { zh: "不采用的原因", en: "why not" },
  unregulated: { zh: "未作规定", en: "Not regulated" },
  choices: { zh: "办理规则", en: "Choices" },
  choice: { zh: "事项", en: "question" },
  value: { zh: "规定", en: "choice" },
  letters: { zh: "办理结果类别", en: "Result codes" },
  scheme: { zh: "类别体系", en: "scheme" },
  rates: { zh: "指标", en: "Rates" },
  definition: { zh: "口径", en: "definition" },
  duties: { zh: "年度事项", en: "Yearly duties" },
  date: { zh: "日期", en: "date" },
  all: { zh: "全部", en: "all" },
  others: { zh: "其余", en: "all others" },
  none: { zh: "评价不自动引起，须另行决定", en: "none; it must be ordered" },
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
  const applied = rulebook.deadlines.filter(({ notApplied }) => notApplied === undefined);
  const stated = rulebook.deadlines.filter(({ notApplied }) => notApplied !== undefined);
  printTerms(said.terms, applied, rulebook, shell);
  printTerms(said.notApplied, stated, rulebook, shell);
  printUnregulated(rulebook, shell);
  printChoices(rulebook, shell);
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
  { kinds }: Rulebook,
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
        text: (row) => appliesToWords(row.appliesTo, kinds)[language],
        narrow: "wrap",
      },
      { heading: said.term[language], text: (row) => termWords(row)[language], narrow: "wrap" },
      {
        heading: said.extension[language],
        text: (row) => extensionWords(row.extension)[language],
        narrow: "wrap",
      },
      { heading: words.source[language], text: (row) => sourceOf(row, language), narrow: "wrap" },
      { heading: said.confidence[language], text: (row) => confidences[row.confidence][language] },
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

type ChoiceRow = Readonly<{
  question: Label;
  kinds: string;
  value: string;
  choice: Choice<unknown>;
}>;

const questions = {
  contactBeforeReply: { zh: "答复前沟通", en: "contact before the reply" },
  rehandlingOn: { zh: "引起重新办理的评价", en: "ratings that open a new round" },
  closingNeedsFeedback: { zh: "办结须收回征询意见表", en: "closing needs the form" },
  expiryNeedsReminder: { zh: "催收后方可记逾期未反馈", en: "a form expires only after a reminder" },
  verifierDiffers: { zh: "销号由他人核验", en: "somebody else verifies" },
  workingHours: { zh: "工作时间", en: "office hours" },
  lamps: { zh: "黄灯提前工作日", en: "yellow lamp, working days ahead" },
} as const satisfies Record<string, Label>;

const printChoices = (rulebook: Rulebook, shell: Shell): void => {
  const { language } = shell;
  const rows = [
    ...rowsOf("contactBeforeReply", rulebook.contactBeforeReply, rulebook, language, (demand) =>
      contactWords(demand, language),
    ),
    ...rowsOf("rehandlingOn", rulebook.rehandlingOn, rulebook, language, ({ ratings, axes }) =>
      ratings.length === 0
        ? said.none[language]
        : clauses(
            [
              listed(
                ratings.map((one) => terms.ratings[one][language]),
                language,
              ),
              listed(
                axes.map((one) => axisWords[one][language]),
                language,
              ),
            ],
            language,
          ),
    ),
    ...rowsOf("closingNeedsFeedback", rulebook.closingNeedsFeedback, rulebook, language, (value) =>
      yesOrNo(value, language),
    ),
    ...rowsOf("expiryNeedsReminder", rulebook.expiryNeedsReminder, rulebook, language, (value) =>
      yesOrNo(value, language),
    ),
    ...rowsOf("verifierDiffers", rulebook.verifierDiffers, rulebook, language, (value) =>
      yesOrNo(value, language),
    ),
    ...rowsOf("workingHours", rulebook.workingHours, rulebook, language, (spans) =>
      listed(
        spans.map(({ from, to }) => `${from}–${to}`),
        language,
      ),
    ),
    ...rowsOf("lamps", rulebook.lamps, rulebook, language, ({ yellowWithinWorkingDays }) =>
      String(yellowWithinWorkingDays),
    ),
  ];
  heading(said.choices[language], shell);
  const lines = tableLines(
    rows,
    [
      { heading: said.choice[language], text: (row) => row.question[language] },
      { heading: said.for[language], text: (row) => row.kinds },
      { heading: said.value[language], text: (row) => row.value, narrow: "wrap" },
      {
        heading: words.source[language],
        text: (row) => sourceOf(row.choice, language),
        narrow: "wrap",
      },
      {
        heading: said.confidence[language],
        text: (row) => confidences[row.choice.confidence][language],
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const axisWords = {
  attitude: { zh: "办理态度", en: "attitude" },
  result: { zh: "办理结果", en: "result" },
} as const satisfies Record<string, Label>;

const contactWords = (
  { required, modes, minTimes = 1, phases = [] }: Rulebook["contactBeforeReply"][number]["value"],
  language: Language,
): string => {
  if (!required) return said.no[language];
  const parts = [
    said.yes[language],
    modes === undefined
      ? ""
      : listed(
          modes.map((one) => terms.contactModes[one][language]),
          language,
        ),
    minTimes > 1 ? { zh: `至少 ${minTimes} 次`, en: `at least ${minTimes} times` }[language] : "",
    listed(
      phases.map((one) => terms.contactPhases[one][language]),
      language,
    ),
  ];
  return clauses(
    parts.filter((part) => part !== ""),
    language,
  );
};

const rowsOf = <Value>(
  question: keyof typeof questions,
  choices: Choices<Value>,
  { kinds }: Rulebook,
  language: Language,
  wordsOf: (value: Value) => string,
): readonly ChoiceRow[] =>
  reachable(choices, kinds).map((choice, index) => ({
    question: questions[question],
    kinds:
      choice.kinds === undefined
        ? said[index === 0 ? "all" : "others"][language]
        : appliesToWords({ kinds: choice.kinds }, kinds)[language],
    value: wordsOf(choice.value),
    choice,
  }));

/** The choices that hold for a kind at all; an earlier one stands before the rest. */
const reachable = <One extends Readonly<{ kinds?: readonly string[] }>>(
  given: readonly One[],
  kinds: Rulebook["kinds"],
): readonly One[] => {
  const open = new Set(kinds.map(({ id }) => id));
  return given.filter((one) => {
    const taken = (one.kinds ?? [...open]).filter((kind) => open.delete(kind));
    return taken.length > 0;
  });
};

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
