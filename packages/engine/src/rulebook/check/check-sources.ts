/** @module check-sources — whether every rule says where it stands, or that it is our own choice. */
import type { Check } from "./checked.ts";
import { questions } from "../complete.ts";
import type { Finding, Path } from "./rule-problem.ts";
import { finding } from "./rule-problem.ts";
import type { Rulebook } from "../rulebook.ts";
import type { Confidence, Source } from "../source.ts";

type Sourced = Readonly<{
  path: Path;
  rule: string | null;
  source: Source;
  confidence: Confidence;
}>;

const sourcedParts = (rulebook: Rulebook): readonly Sourced[] => [
  ...(["deadlines", "rates", "duties"] as const).flatMap((list) =>
    rulebook[list].map(({ id, source, confidence }, index) => ({
      path: [list, index],
      rule: id,
      source,
      confidence,
    })),
  ),
  ...questions.flatMap((question) =>
    rulebook[question].map(({ source, confidence }, index) => ({
      path: [question, index],
      rule: null,
      source,
      confidence,
    })),
  ),
  ...(rulebook.lateEntry ?? []).map(({ source, confidence }, index) => ({
    path: ["lateEntry", index],
    rule: null,
    source,
    confidence,
  })),
  ...rulebook.results.map(({ scheme, source, confidence }, index) => ({
    path: ["results", index],
    rule: scheme,
    source,
    confidence,
  })),
];

/** What is read in the law names its article. */
export const lawsHaveArticles: Check = ({ rulebook }) =>
  sourcedParts(rulebook).flatMap(({ path, rule, source, confidence }) =>
    confidence === "law" && source.article === undefined
      ? [
          finding(
            [...path, "source", "article"],
            rule,
            {
              zh: `依据${source.title.zh}标为法条（law），却没有写第几条。`,
              en: `The source ${source.title.en} is marked as law and names no article.`,
            },
            {
              zh: "请补充 article；没有条文的，把 confidence 改为 page 或 document。",
              en: "Add article; where there is none, set confidence to page or document.",
            },
          ),
        ]
      : [],
  );

/** Our own choice calls itself one, wherever its source is printed; nothing else does. */
export const defaultsSaySo: Check = ({ rulebook }) =>
  sourcedParts(rulebook).flatMap((part): readonly Finding[] => {
    const { path, rule, confidence } = part;
    const { zh, en } = part.source.title;
    const isDefault = confidence === "default";
    const wrong = [
      ...(zh.startsWith("默认值") === isDefault ? [] : (["zh"] as const)),
      ...(/^a default\b/iu.test(en) === isDefault ? [] : (["en"] as const)),
    ];
    return wrong.map((language) => {
      const title = part.source.title[language];
      return finding(
        [...path, "source", "title", language],
        rule,
        isDefault
          ? {
              zh: `确信程度为 default，但依据“${title}”没有说明这是默认值。`,
              en: `The confidence is default, but the source "${title}" does not say that it is one.`,
            }
          : {
              zh: `依据“${title}”自称默认值，但确信程度为 ${confidence}。`,
              en: `The source "${title}" calls itself a default, but the confidence is ${confidence}.`,
            },
        isDefault
          ? {
              zh: "请让中文以“默认值：”开头，英文以 “a default: ” 开头；确有依据的，改写 confidence。",
              en: 'Let the Chinese begin with 默认值： and the English with "a default: "; where there is a source, change confidence.',
            }
          : {
              zh: "请把 confidence 改为 default，或写明真正的依据。",
              en: "Set confidence to default, or name the real source.",
            },
      );
    });
  });
