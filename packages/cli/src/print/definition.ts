/** @module definition — a rate's definition, member by member, in the words of the office. */
import type { DefinitionView, Label } from "@wuding/engine";
import { rateWords, terms } from "@wuding/engine";
import type { Shell } from "../shell.ts";
import type { Fact } from "./page.ts";
import { facts, heading } from "./page.ts";
import { clauses, labelled, listed, withAside } from "./words.ts";

const said = {
  definition: { zh: "口径", en: "definition" },
  population: { zh: "统计范围", en: "over" },
  kinds: { zh: "限于件别", en: "kinds" },
  categories: { zh: "限于分类", en: "categories" },
  exclusions: { zh: "不计入", en: "less" },
  numerator: { zh: "计数", en: "counts" },
  modes: { zh: "沟通方式", en: "modes" },
  contacts: { zh: "沟通要求", en: "contacts" },
  waiver: { zh: "免予走访的", en: "a waiver" },
  axis: { zh: "评价对象", en: "rating of" },
  ratings: { zh: "符合的评价", en: "wanted ratings" },
  form: { zh: "采用的表", en: "forms" },
  proposers: { zh: "多名提案人", en: "several proposers" },
  silence: { zh: "逾期未反馈的", en: "an expired form" },
  round: { zh: "答复轮次", en: "round" },
  meanings: { zh: "符合的结果", en: "wanted results" },
  rounding: { zh: "保留小数", en: "rounding" },
  year: { zh: "年度", en: "year" },
  dispatchYear: { zh: "交办年份", en: "of the dispatch" },
  rulebook: { zh: "规则集", en: "rulebook" },
  source: { zh: "依据", en: "source" },
  confidence: { zh: "依据性质", en: "basis" },
  id: { zh: "编号", en: "id" },
} as const satisfies Record<string, Label>;

/** Writes each definition under its label. */
export const printDefinitionsOf = (views: readonly DefinitionView[], shell: Shell): void => {
  for (const [at, view] of views.entries()) {
    const { language } = shell;
    if (at > 0) heading(view.label[language], shell);
    else shell.out(view.label[language]);
    facts(factsOf(view, language), shell);
  }
};

const factsOf = (view: DefinitionView, language: keyof Label): readonly Fact[] => {
  const { computation, rounding } = view;
  const { population, kinds, categories, exclusions, numerator, contact, form, round, meanings } =
    computation;
  const word = (label: Label): string => label[language];
  const list = (labels: readonly Label[]): string => listed(labels.map(word), language);
  const fact = (label: Label, value: Label | string | undefined): Fact => [
    word(label),
    typeof value === "object" ? word(value) : value,
  ];
  return [
    fact(said.definition, view.definition),
    fact(said.population, rateWords.population[population]),
    ...(kinds === undefined ? [] : [fact(said.kinds, listed(kinds, language))]),
    ...(categories === undefined ? [] : [fact(said.categories, listed(categories, language))]),
    fact(said.exclusions, list(exclusions.map((one) => rateWords.exclusion[one]))),
    fact(said.numerator, rateWords.numerator[numerator]),
    ...(contact === undefined
      ? []
      : [
          fact(said.modes, list(contact.modes.map((mode) => terms.contactModes[mode]))),
          fact(said.contacts, contactRule(contact, language)),
          fact(said.waiver, rateWords.waiver[contact.waiver]),
        ]),
    ...(form === undefined
      ? []
      : [
          fact(said.axis, rateWords.axis[form.axis]),
          fact(said.ratings, list(form.ratings.map((rating) => terms.ratings[rating]))),
          fact(said.form, rateWords.formRound[form.round]),
          fact(said.proposers, rateWords.proposers[form.proposers]),
          fact(said.silence, rateWords.silence[form.silence]),
        ]),
    ...(round === undefined ? [] : [fact(said.round, rateWords.answerRound[round])]),
    ...(meanings === undefined
      ? []
      : [fact(said.meanings, list(meanings.map((one) => rateWords.meaning[one])))]),
    fact(said.rounding, {
      zh: `${rounding.decimals} 位，${rateWords.rounding[rounding.mode].zh}`,
      en: `${rounding.decimals} decimals, ${rateWords.rounding[rounding.mode].en}`,
    }),
    fact(said.year, said.dispatchYear),
    fact(said.rulebook, view.rulebook),
    fact(said.source, view.source),
    fact(said.confidence, rateWords.confidence[view.confidence]),
    fact(said.id, withAside(view.id, view.definitionId, language)),
  ];
};

type Contact = NonNullable<DefinitionView["computation"]["contact"]>;

const contactRule = (
  { minTimes, withProposer, phases }: Contact,
  language: keyof Label,
): string => {
  const words = {
    zh: [
      `至少 ${minTimes} 次`,
      ...(withProposer ? ["提案人须参加"] : []),
      ...(phases.length > 0
        ? [labelled("须有", phases.map((one) => terms.contactPhases[one].zh).join("、"), "zh")]
        : []),
    ],
    en: [
      `at least ${minTimes}`,
      ...(withProposer ? ["with a proposer"] : []),
      ...(phases.length > 0
        ? [`one each ${phases.map((one) => terms.contactPhases[one].en).join(", ")} the handling`]
        : []),
    ],
  };
  return clauses(words[language], language);
};
