/**
 * @module checks — whether a year's figures agree with each other, and whether a text says what they say.
 *
 * A text may have been edited by hand: what published summaries got wrong is looked for — 代表 in a report
 * on 委员, a number word that is not the length of its list, a claim that the year does not bear.
 */
import type { Label } from "../case/terms.ts";
import { contactModes } from "../case/terms.ts";
import type { AnnualReport } from "./figures.ts";
import { annualText } from "./sentences.ts";

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

/** What a Chinese text says that the figures of its year do not bear, paragraph by paragraph. */
export const textProblems = (text: string, report: AnnualReport): readonly Label[] => {
  const computed = figuresIn(annualText(report, "zh"));
  return text
    .split(/\n(?:[ \t]*\n)*/u)
    .flatMap((paragraph, at) =>
      [
        ...wrongProposers(paragraph, report),
        ...wrongNumberWords(paragraph),
        ...wrongClaims(paragraph, report),
        ...wrongFigures(paragraph, computed, report),
        ...unusedModes(paragraph, report),
      ].map(({ zh, en }) => ({ zh: `第${at + 1}段：${zh}`, en: `paragraph ${at + 1}: ${en}` })),
    );
};

/** A figure with the words that say what it counts: those before it in its sentence, and its unit. */
type Figure = Readonly<{ key: string; value: string; words: string }>;

/** Characters before a figure that say what it counts; fewer than two could be about anything. */
const wordsBefore = 4;

const figureForm = /(?<value>\d+(?:\.\d+)?)(?<unit>[%％]|[件条个次项份月日])/gu;

const figuresOf = (text: string): readonly Figure[] =>
  text.split(/[。；\n]/u).flatMap((sentence) =>
    [...sentence.matchAll(figureForm)].flatMap(({ index, groups }) => {
      const { value = "", unit = "" } = groups ?? {};
      const before = sentence.slice(0, index).replaceAll(/[^\p{Script=Han}A-Z]/gu, "");
      const words = [...before].slice(-wordsBefore).join("");
      return words.length < 2 ? [] : [{ key: words + unit, value, words: words + value + unit }];
    }),
  );

const figuresIn = (text: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const figures = new Map<string, Set<string>>();
  for (const { key, value } of figuresOf(text)) {
    const values = figures.get(key) ?? new Set<string>();
    figures.set(key, values.add(value));
  }
  return figures;
};

/** Figures behind words that the computed sentences have too, and which are not theirs. */
const wrongFigures = (
  paragraph: string,
  computed: ReadonlyMap<string, ReadonlySet<string>>,
  { kinds }: AnnualReport,
): readonly Label[] =>
  figuresOf(paragraph).flatMap(({ key, value, words }) => {
    const known = computed.get(key);
    if (known === undefined || known.has(value)) return [];
    // how many of a kind were received is a claim, and told as one
    if (kinds.some(({ kind }) => kind.label.zh.endsWith(key.slice(0, -1)))) return [];
    const right = [...known];
    return [
      {
        zh: `写“${words}”，按所记办件应为${right.join("或")}`,
        en: `says "${words}"; by the cases it is ${right.join(" or ")}`,
      },
    ];
  });

/** Ways of contact that are counted in the text and were never recorded. */
const unusedModes = (paragraph: string, report: AnnualReport): readonly Label[] => {
  const told = annualText(report, "zh");
  return Object.values(contactModes).flatMap(({ zh, en }) => {
    const form = new RegExp(String.raw`${zh}\s*[1-9]\d*\s*次`, "u");
    return form.test(paragraph) && !form.test(told)
      ? [{ zh: `写了“${zh}”，没有这样的记录`, en: `counts "${en}", of which nothing is recorded` }]
      : [];
  });
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
    const items = list.split(/[、和及]/u).filter((one) => one !== "").length;
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
  const counted = kinds.flatMap(({ kind, received: count }) => {
    const form = new RegExp(
      `${year}年[^。]{0,30}(?:收到|承担|承办)[^。；，]{0,12}${kind.label.zh}(\\d+)[件条个]`,
      "u",
    );
    const found = form.exec(paragraph)?.[1];
    return found === undefined || Number(found) === count
      ? []
      : [
          {
            zh: `写${kind.label.zh}${found}${kind.measure}，所记为${count}${kind.measure}`,
            en: `says ${found} of ${kind.label.en}, ${count} are recorded`,
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
