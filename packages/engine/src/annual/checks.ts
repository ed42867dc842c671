/**
 * @module checks — whether a year's figures agree with each other, and whether a text says what they say.
 *
 * A text may have been edited by hand: what published summaries got wrong is looked for — 代表 in a report
 * on 委员, a number word that is not the length of its list, a claim that the year does not bear.
 */
import type { Label } from "../case/terms.ts";
import { comparedParagraph, computedFigures } from "./compared.ts";
import type { AnnualReport } from "./figures.ts";
import { paragraphsOf } from "./paragraphs.ts";

/** Sums that must agree, of the figures themselves; empty when all do. */
export const sumProblems = (report: AnnualReport): readonly Label[] => {
  const { kinds, received, handled, answering, assisting, contacts, themes } = report;
  const sums: readonly (readonly [Label, number, number])[] = [
    [
      { zh: "各类件数之和与收到总数", en: "the kinds against all that were received" },
      sum(kinds.map((kind) => kind.received)),
      received,
    ],
    ...kinds.map(
      ({ kind, byRole, received: count }) =>
        [
          {
            zh: `${kind.label.zh}独办、主办、分办、协办之和与收到数`,
            en: `${kind.label.en}: the roles against all that were received`,
          },
          sum(Object.values(byRole)),
          count,
        ] as const,
    ),
    [
      {
        zh: "办理数与退办、撤案、并案数之和与收到总数",
        en: "handled, returned, withdrawn and merged against all that were received",
      },
      handled + report.returned + report.withdrawn + report.merged,
      received,
    ],
    [
      {
        zh: "答复件与协办件之和与办理数",
        en: "answered and assisted against all that were handled",
      },
      answering + assisting,
      handled,
    ],
    [
      { zh: "各方式沟通次数之和与总次数", en: "contacts by mode against all contacts" },
      sum(Object.values(contacts.byMode)),
      contacts.total,
    ],
    [
      { zh: "各科室件数之和与办理数", en: "the departments against all that were handled" },
      sum(report.departments.map((one) => one.handled)),
      handled,
    ],
  ];
  const themed = sum(themes.map(({ cases }) => cases));
  return [
    ...sums.flatMap(([{ zh, en }, one, other]) =>
      one === other
        ? []
        : [{ zh: `${zh}不符：${one} 与 ${other}`, en: `${en}: ${one} is not ${other}` }],
    ),
    ...(themed > 0 && themed < handled
      ? [
          {
            zh: `${handled - themed}件没有记录板块，未计入“从内容看”`,
            en: `${handled - themed} cases have no theme and stand in none of them`,
          },
        ]
      : []),
  ];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

/** An edited text held against the figures of its year. */
export type CheckedText = Readonly<{
  /** What the cases do not bear, each with its paragraph. */
  problems: readonly Label[];
  /** Figures that stand between the words of a computed one. */
  compared: number;
  /** Figures of which the casebook knows nothing. */
  unknown: number;
}>;

/** What a Chinese text says that the figures of its year do not bear. */
export const checkedText = (text: string, report: AnnualReport): CheckedText => {
  const computed = computedFigures(report);
  const paragraphs = paragraphsOf(text);
  const checked = paragraphs.map((paragraph, at) => {
    const lists = wrongNumberWords(paragraph);
    const { problems, compared, unknown } = comparedParagraph(
      paragraph,
      computed,
      lists.length > 0,
    );
    const found = [
      ...wrongProposers(paragraph, report),
      ...lists,
      ...wrongClaims(paragraph, report),
      ...problems,
    ];
    const placed = found.map(({ zh, en }) => ({
      zh: `第${at + 1}段：${zh}`,
      en: `paragraph ${at + 1}: ${en}`,
    }));
    return { problems: placed, compared, unknown };
  });
  return {
    problems: checked.flatMap(({ problems }) => problems),
    compared: sum(checked.map(({ compared }) => compared)),
    unknown: sum(checked.map(({ unknown }) => unknown)),
  };
};

/** Words for proposers that a text may use, by the kinds that have them; 代表性 and 委员会 are other words. */
const proposerForms: Readonly<Record<string, RegExp>> = {
  代表: /(?<!能|可以|法定|法人|党)代表(?!性|着|大会|作|企业|团队|了|什么)/u,
  委员: /委员(?!会)/u,
};

/** Titles of documents are quoted as they are. */
const withoutTitles = (text: string): string => text.replaceAll(/《[^》]*》/gu, "");

const wrongProposers = (paragraph: string, { kinds, received }: AnnualReport): readonly Label[] => {
  if (received === 0) return [];
  const own = new Set(kinds.map(({ kind }) => kind.proposer.zh));
  return Object.entries(proposerForms).flatMap(([word, form]) =>
    !own.has(word) && form.test(withoutTitles(paragraph))
      ? [
          {
            zh: `写了“${word}”，而本年没有${word}提出的办件（应为${[...own].join("、")}）`,
            en: `says ${word}, but no case of the year was put by one`,
          },
        ]
      : [],
  );
};

const numberWords = "一二三四五六七八九十";
const listForm =
  /(?:围绕|涉及|包括|聚焦)(?<list>[^，。；：（）\n]*?)(?:等)?(?<word>[一二三四五六七八九十]|\d{1,2})个?(?:方面|板块|领域|主题)/gu;

/** 围绕甲、乙、丙四个方面: the list has three. */
const wrongNumberWords = (paragraph: string): readonly Label[] =>
  [...paragraph.matchAll(listForm)].flatMap(({ groups }) => {
    const { list = "", word = "" } = groups ?? {};
    const items = list.split(/[、和及]|”\s*(?=“)/u).filter((one) => one !== "").length;
    const said = numberWords.includes(word) ? numberWords.indexOf(word) + 1 : Number(word);
    return items < 2 || items === said
      ? []
      : [
          {
            zh: `“${list}${word}个方面”列了${items}个`,
            en: `"${word}个方面" stands behind a list of ${items}`,
          },
        ];
  });

const wrongClaims = (
  paragraph: string,
  { claims, received, kinds, year }: AnnualReport,
): readonly Label[] => {
  const unborne: readonly (readonly [RegExp, boolean, string])[] = [
    [/三个\s*100\s*[%％](?!的要求)/u, claims.threeHundred, "三个100%"],
    [/全部按期办结/u, claims.allOnTime, "全部按期办结"],
    [/件件有答复/u, claims.allAnswered, "件件有答复"],
    [/(?:每件|件件)[^。，]{0,6}落实/u, claims.allAssigned, "件件有落实"],
  ];
  // 收到11件政协提案 for 收到政协提案11件
  const counted = kinds.flatMap(({ kind, received: count }) => {
    const form = new RegExp(
      `${year}年[^。]{0,30}(?:收到|承担|承办)[^。；，\\d]{0,8}(\\d+)[件条个]${kind.label.zh}`,
      "u",
    );
    const found = form.exec(paragraph)?.[1];
    return found === undefined || Number(found) === count
      ? []
      : [
          {
            zh: `写收到${found}${kind.measure}${kind.label.zh}，按所记的办件应为${count}`,
            en: `says ${found} of ${kind.label.en}; by the cases it is ${count}`,
          },
        ];
  });
  return [
    ...unborne.flatMap(([form, holds, words]) =>
      received > 0 && !holds && form.test(paragraph)
        ? [
            {
              zh: `写了“${words}”，所记的办件不支持`,
              en: `claims ${words}, which the cases do not bear`,
            },
          ]
        : [],
    ),
    ...counted,
  ];
};
