/**
 * @module promises — which sentences of a letter promise something, and which of them say by when. A sentence
 * is read clause by clause, and in its chapter: what stands under 工作开展情况 was done, what stands under
 * 下一步工作 is ahead. The words were found in replies and reports as authorities published them.
 */
import type { CivilDate } from "@wuding/engine";
import type { ReadParagraph } from "./reading-text.ts";
import { wordsOf } from "./reading-text.ts";

/** What a chapter tells of: what was done, what is ahead, or it does not say. */
type Outlook = "done" | "ahead" | "open";

/** A sentence of a letter, with its full stop. */
export type Sentence = Readonly<{ text: string; outlook: Outlook }>;

/** Sentences of a text, each with its full stop. */
export const sentencesOf = (text: string): readonly string[] =>
  text.match(/[^。！？；;\n]+[。！？；;]?[”’）]?/g)?.map((one) => one.trim()) ?? [];

const aheadHeading = /下一?步|打算|工作(?:安排|计划|思路)|今后|后续|努力方向/;
const doneHeading = /情况|现状|总结|做法|成效|回顾|问题|困难|不足/;

const outlookOf = (heading: string): Outlook => {
  const [isAhead, isDone] = [aheadHeading.test(heading), doneHeading.test(heading)];
  return isAhead === isDone ? "open" : isAhead ? "ahead" : "done";
};

/** The sentences of a letter, each under the outlook of its section or else its chapter. */
export const sentencesIn = (paragraphs: readonly ReadParagraph[]): readonly Sentence[] => {
  let chapter: Outlook = "open";
  let section: Outlook = "open";
  return paragraphs.flatMap((one) => {
    if (one.kind === "chapter") {
      chapter = outlookOf(one.text);
      section = "open";
    }
    if (one.kind === "section") section = outlookOf(one.heading);
    const outlook = section === "open" ? chapter : section;
    return sentencesOf(wordsOf(one)).map((text) => ({ text, outlook }));
  });
};

/** A day, month, quarter or year by which something is to be done. */
const byWhen =
  /(?:(?<year>\d{4})\s*年|(?<next>明年))?(?<!\s)\s*(?:(?<month>\d{1,2})\s*月(?:(?:底|末|份|上旬|中旬|下旬|\s*\d{1,2}\s*日)?(?:之)?(?:以)?前|底|末)|(?:今年|本年|年)?(?<quarter>[一二三四])季度|(?<half>[上下])半年|(?<=年)\s*(?:底|末|前|内)|(?:今年|本年|年)(?:底|末|内))(?:之)?(?:以)?(?<before>前)?/;

/** What was done, wherever it stands. */
const past = /已|曾|(?<![为除])了(?![解望])|截[至止]|累计|以来|去年|上年/;
/** What tells a state or a result, unless a limit is set for it. */
const state = /目前|排名|[居列位][^，,]{0,20}第|同比|环比|上升|下降|增长|获(?:得|评|批)/;

/** 将 as “will”, by the word that follows; else it takes an object, as 把 does. */
const will =
  /(?<![即必现已])将(?=会|继续|进一步|逐步|积极|主要|有效|切实|全力|认真|加快|加强|加大|努力|持续|不断|尽快|适时|充分|大力|着力|重点|督促|组织|推进|推动|开展|完善|按|以(?![往前上下及])|在(?![建线编校])|于|根据|结合|对(?!口)|会同|联合|与|从|坚持|严格|深入|统筹|协调|指导|引导|探索|研究|启动|建立|制定|出台|印发|新建|新增|实现|达到|完成|全面|优先|同步|定期|密切|再)/;
/** 将……纳入…… */
const taking =
  /将(?:《|[^，。；,;]{2,40}?(?:[纳列融并迁编写转接归投录]入|[^因]为|给|至|到|成(?!效)|推送|交由))/;
const isWill = (clause: string): boolean =>
  will.test(clause) || (/(?<![即必现已])将(?![军来领就近])/.test(clause) && !taking.test(clause));

const plans =
  /(?<![模虚草])拟(?![定稿订任人合态])|(?:^|[，,、]|[局市们委办])计划(?=[于在到今明新将投\d])/;
/** What is ahead, wherever it stands. */
const aheadWord = /下一?步|今后|后续|后期|力争|预计|打算|务必|确保|争取/;

const isAhead = (clause: string): boolean =>
  isWill(clause) || plans.test(clause) || aheadWord.test(clause);

/** A sentence in clauses; the names of documents, which promise nothing, are left out. */
const clausesOf = (sentence: string): readonly string[] =>
  sentence.replaceAll(/《[^》]*》/g, "《》").split(/[，,]/);

/** What a clause says of its time; where it says two things, the first counts: 已将…… was done. */
const tenseOf = (clause: string, wasDone: RegExp): "past" | "ahead" | null => {
  const done = wasDone.exec(clause)?.index;
  if (done !== undefined && !isAhead(clause.slice(0, done))) return "past";
  return isAhead(clause) ? "ahead" : null;
};

/** Last day of the period that was found, in the year of the letter where it names none. */
const endOf = (groups: Readonly<Record<string, string | undefined>>, day: CivilDate): string => {
  const { year, next, month, quarter, half } = groups;
  const letterYear = Number(day.slice(0, 4));
  const inYear = year === undefined ? letterYear + (next === undefined ? 0 : 1) : Number(year);
  const last =
    month !== undefined
      ? Number(month)
      : quarter !== undefined
        ? 3 * ("一二三四".indexOf(quarter) + 1)
        : half === "上"
          ? 6
          : 12;
  return `${inYear}-${String(last).padStart(2, "0")}-31`;
};

/** What counts as done where a time without a limit is named. */
const pastOrState = new RegExp(`${past.source}|${state.source}`);

/** The clauses of a sentence, and where the first one stands that is ahead, -1 where none is. */
type Clauses = Readonly<{ clauses: readonly string[]; firstAhead: number }>;

/** Whether the clause at a place promises something by a day. */
const promisesAt = (
  { clauses, firstAhead }: Clauses,
  at: number,
  outlook: Outlook,
  day: CivilDate | null,
): boolean => {
  const clause = clauses[at] ?? "";
  const found = byWhen.exec(clause);
  if (found === null) return false;
  const groups = found.groups ?? {};
  const isLimit = /前|内/.test(found[0]);
  const isOver = day !== null && endOf(groups, day) < day;
  if (isOver && (!isLimit || groups["year"] !== undefined)) return false;
  const wasDone = isLimit ? past : pastOrState;
  const following = clauses.slice(at + 1);
  const nextDate = following.findIndex((one) => byWhen.test(one));
  const along = [clause, ...following.slice(0, nextDate < 0 ? undefined : nextDate)];
  const told = along.map((one) => tenseOf(one, wasDone)).find((one) => one !== null);
  if (told !== undefined) return told === "ahead";
  const isBehindAhead = firstAhead >= 0 && firstAhead < at;
  if (isBehindAhead || outlook === "ahead") return true;
  // 上半年完成…… of itself tells nothing
  return isLimit || (outlook === "open" && !/季度|半年/.test(found[0]));
};

/** Whether a sentence promises something and says by when; facts of the past with their dates do not. */
export const isDatedPromise = ({ text, outlook }: Sentence, day: CivilDate | null): boolean => {
  const clauses = clausesOf(text);
  const read: Clauses = { clauses, firstAhead: clauses.findIndex(isAhead) };
  return clauses.some((_, at) => promisesAt(read, at, outlook, day));
};

/** Words that promise wherever they stand. */
const promising =
  /(?<!努)力争|(?:下一?步(?!工作(?:措施|思路|打算|计划))|今后|后续|后期)[^，。；,;]{0,12}(?:加强|加大|完善|推进|推动|开展)/;
/** Words that promise, unless they tell what was done. */
const soft =
  /争取|逐步|尽快|适时|视情|研究(?:解决|推动|制定|出台|论证|考虑|探索|谋划)|积极(?:推进|推动|争取|协调)|进一步[^，。；,;]{0,12}(?:加强|加大|完善|推进|推动|开展)/;

type Tense = ReturnType<typeof tenseOf>;

/** The word with which a clause promises, or null; `tenses` are those of all clauses, its own at `at`. */
const softWordIn = (
  clause: string,
  at: number,
  tenses: readonly Tense[],
  outlook: Outlook,
): string | null => {
  if (tenses[at] === "past") return null;
  const [strong] = promising.exec(clause) ?? [];
  if (isWill(clause)) return "将";
  if (outlook === "ahead" && /(?<![即必现已])将(?!《)/.test(clause)) return "将";
  if (strong !== undefined) return strong;
  const [planned] = plans.exec(clause) ?? [];
  if (planned !== undefined) return planned.replace(/^.*(?=计划)/, "");
  const [word] = soft.exec(clause) ?? [];
  if (word === undefined || outlook === "done") return null;
  const told = tenses.find((one, place) => place > at && one !== null);
  return told === "past" ? null : word;
};

/** The first word with which a sentence promises something without saying by when; null where it does not. */
export const softPromise = (sentence: Sentence, day: CivilDate | null): string | null => {
  if (isDatedPromise(sentence, day)) return null;
  const clauses = clausesOf(sentence.text);
  const tenses = clauses.map((one) => tenseOf(one, past));
  for (const [at, clause] of clauses.entries()) {
    const word = softWordIn(clause, at, tenses, sentence.outlook);
    if (word !== null) return word;
  }
  return null;
};
