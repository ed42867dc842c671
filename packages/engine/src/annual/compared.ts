/**
 * @module compared — the figures of an edited summary, held one by one against those that the program computes.
 *
 * The computed sentences are the pattern: a figure of the text that stands between the same words as a
 * computed one has to be that one. Nothing is known of a figure between other words; it is only counted.
 */
import type { Label } from "../case/terms.ts";
import { contactModes } from "../case/terms.ts";
import { readNumeral } from "../text/numerals.ts";
import type { AnnualReport } from "./figures.ts";
import { annualText } from "./sentences.ts";

/** What comparing a paragraph found, and of how many of its figures the right value is known. */
type ComparedParagraph = Readonly<{
  problems: readonly Label[];
  compared: number;
  /** Figures between words that no computed sentence has. */
  unknown: number;
}>;

/** A figure, the words of its sentence on both sides, and how it reads with its nearest words. */
type Figure = Readonly<{
  value: number;
  unit: string;
  before: string;
  after: string;
  words: string;
  isOfAnotherYear: boolean;
  /** Written 五 or 十二: often a turn of phrase, such as 一件一策. */
  isWord: boolean;
}>;

type ComputedFigures = Readonly<{ figures: readonly Figure[]; report: AnnualReport }>;

/** The figures that the computed summary of a year has. */
export const computedFigures = (report: AnnualReport): ComputedFigures => {
  const codes = report.rates.results.map(({ code, count }) => `${code}类${count}件`);
  const text = `${annualText(report, "zh")}\n${codes.join("。")}`;
  return { figures: text.split("\n").flatMap((one) => figuresOf(one, report)), report };
};

/** Compares one paragraph; `listsAreWrong` where its 四个方面 were told already. */
export const comparedParagraph = (
  paragraph: string,
  computed: ComputedFigures,
  listsAreWrong: boolean,
): ComparedParagraph => {
  const { figures, report } = computed;
  const problems: Label[] = [];
  let compared = 0;
  let unknown = 0;
  for (const figure of figuresOf(paragraph, report)) {
    if (listsAreWrong && listUnit.test(figure.after)) continue;
    const mode = unusedMode(figure, report);
    const right = mode === undefined ? rightValues(figure, figures) : [];
    if (mode !== undefined) {
      compared += 1;
      problems.push({
        zh: `写“${figure.words}”，没有${mode.zh}的记录`,
        en: `says "${figure.words}", but nothing is recorded of "${mode.en}"`,
      });
    } else if (right.length > 0) {
      compared += 1;
      if (!right.some((one) => isSaidAs(figure, one))) problems.push(wrong(figure, right));
    } else if (!figure.isWord || figure.value > 1) {
      unknown += 1;
    }
  }
  return { problems, compared, unknown };
};

/** A share may be told with fewer decimals: 63.64% as 63.6% or 64%. */
const isSaidAs = ({ value, unit }: Figure, right: number): boolean =>
  value === right ||
  (/^[%％]$/u.test(unit) &&
    Number(right.toFixed(String(value).split(".")[1]?.length ?? 0)) === value);

const wrong = ({ words }: Figure, right: readonly number[]): Label => ({
  zh: `写“${words}”，按所记的办件应为${right.join("或")}`,
  en: `says "${words}"; by the cases it is ${right.join(" or ")}`,
});

const listUnit = /^个?(?:方面|板块|领域|主题)/u;

/** Words alike on one side that show what is counted: three before a figure, or its unit and three behind it. */
const leastBefore = 3;
const leastAfter = 4;

/** The values that the computed figures between the most alike words have; none where none is alike. */
const rightValues = (figure: Figure, computed: readonly Figure[]): readonly number[] => {
  if (figure.isOfAnotherYear && figure.unit !== "年") return [];
  let best = 0;
  let right: readonly number[] = [];
  for (const one of computed) {
    if (measureOf(one.unit) !== measureOf(figure.unit)) continue;
    const before = alike([...one.before].toReversed(), [...figure.before].toReversed());
    const after = alike([...one.after], [...figure.after]);
    if (before < leastBefore && after < leastAfter) continue;
    const score = before + after;
    if (score > best) [best, right] = [score, [one.value]];
    else if (score === best) right = [...right, one.value];
  }
  return [...new Set(right)];
};

/** So many characters are the same from the figure on; the places of other figures count for nothing. */
const alike = (one: readonly string[], other: readonly string[]): number => {
  let same = 0;
  for (const [at, character] of one.entries()) {
    if (character !== other[at]) break;
    if (character !== figureMark) same += 1;
  }
  return same;
};

/** 10条 and 10项 may be told of the same requests; cases are counted in 件. */
const measureOf = (unit: string): string => (unit === "项" ? "条" : unit);

const unusedMode = (
  { unit, before, value }: Figure,
  { contacts, followUps }: AnnualReport,
): Label | undefined =>
  unit !== "次" || value === 0
    ? undefined
    : Object.entries(contactModes).find(
        ([mode, { zh }]) =>
          before.endsWith(zh) && !(mode in contacts.byMode) && !(mode in followUps.byMode),
      )?.[1];

/** Stands for a figure in the words around another one. */
const figureMark = "#";
const figureForm =
  /(?<digits>\d+(?:\.\d+)?)|(?<percent>百分之(?<share>[零〇一二两三四五六七八九十百点]+))|(?<!第)(?<word>[零〇一二两三四五六七八九十百]+)(?=[件条个次项份位名月日])/gu;
const unitForm = /^(?:年|月|日|[%％]|[件条个次项份位名类]|)/u;
const anotherYear =
  /(?<own>今年|本年)|去年|上年|上一年|前年|往年|历年|同比|同期|近[两三四五]年|(?<year>(?:19|20)\d\d)年/gu;

/** The figures of a paragraph, sentence by sentence. */
const figuresOf = (paragraph: string, report: AnnualReport): readonly Figure[] =>
  halfWidth(paragraph)
    .split(/[。；]/u)
    .flatMap((sentence) => {
      const found = [...sentence.matchAll(figureForm)];
      return found.flatMap(({ 0: whole, index, groups }): readonly Figure[] => {
        const value = valueOf(groups);
        if (value === undefined) return [];
        const end = index + whole.length;
        const isPercent = groups?.["percent"] !== undefined;
        const rest = sentence.slice(end);
        const unit = isPercent ? "%" : (unitForm.exec(rest)?.[0] ?? "");
        const others = (from: number, to: number): string =>
          plainWords(sentence.slice(from, to).replaceAll(figureForm, figureMark), report);
        const clause =
          sentence
            .slice(0, index)
            .split(/[，、：:]/u)
            .at(-1) ?? "";
        const telling = /\p{Script=Han}{2}/u.test(clause) ? unit.length : unit.length + nearWidth;
        const figure = {
          value,
          unit,
          before: others(0, index),
          after: isPercent ? `%${others(end, sentence.length)}` : others(end, sentence.length),
          words: `${lastWords(clause)}${whole}${isPercent ? "" : rest.slice(0, telling)}`,
          isOfAnotherYear: isOfAnother(sentence.slice(0, index), report.year),
          isWord: groups?.["word"] !== undefined,
        };
        return [figure];
      });
    });

const nearWidth = 4;
const wordsWidth = 14;
let segmenter: Intl.Segmenter | undefined;

/** The end of a clause, from a word on. */
const lastWords = (clause: string): string => {
  // made when it is first asked for: its dictionary costs every start of the program eight milliseconds
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  const words = [...segmenter.segment(clause)];
  const first = words.find(({ index }) => clause.length - index <= wordsWidth);
  return clause.slice(first?.index ?? clause.length);
};

const isOfAnother = (before: string, year: number): boolean => {
  const last = [...before.matchAll(anotherYear)].at(-1);
  if (last === undefined || last.groups?.["own"] !== undefined) return false;
  const earlier = before.slice(0, last.index);
  // 比上年增加2件 ends with its clause; 去年办结9件 is told of what follows, too
  const isComparing = /^同[比期]/u.test(last[0]) || /[比较与同]$/u.test(earlier);
  if (isComparing && /[，,]/u.test(before.slice(last.index))) return isOfAnother(earlier, year);
  return Number(last.groups?.["year"] ?? 0) !== year;
};

/** １２％ → 12%, each character in its place. */
const halfWidth = (text: string): string =>
  text.replaceAll(/[０-９％．]/gu, (one) => one.normalize("NFKC"));

/** Letters, 汉字 and what joins figures: two texts set their marks and spaces in their own ways. */
const plainWords = (words: string, { office }: AnnualReport): string => {
  const plain = words.replaceAll(/[^\p{Script=Han}A-Za-z%/#]/gu, "");
  return withoutOffice(plain, office);
};

/** An office calls itself 临沂市大数据局, 市大数据局 or 我局. */
const withoutOffice = (words: string, office: string | null): string => {
  const own = words.replaceAll(/[我本](?:局|单位|委|办|厅|部门)/gu, "");
  if (office === null) return own;
  const name = [...office.replaceAll(/[^\p{Script=Han}A-Za-z]/gu, "")];
  for (let from = 0; name.length - from > 2; from += 1) {
    const called = name.slice(from).join("");
    if (own.includes(called)) return own.replaceAll(called, "");
  }
  return own;
};

const valueOf = (groups: Readonly<Record<string, string>> | undefined): number | undefined => {
  const { digits, share, word } = groups ?? {};
  return digits === undefined ? wordValue(share ?? word ?? "") : Number(digits);
};

/** 十二 → 12, 六十三点六四 → 63.64; undefined for what is no number, such as 十百. */
const wordValue = (word: string): number | undefined => {
  const [whole = "", decimals] = word.split("点");
  const value = readNumeral(whole);
  if (value === undefined || decimals === undefined) return value;
  const digits = [...decimals].map((one) => readNumeral(one));
  return digits.includes(undefined) ? undefined : Number(`${value}.${digits.join("")}`);
};
