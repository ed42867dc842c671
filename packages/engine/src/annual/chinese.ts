/** @module chinese — the annual summary in Chinese, in the order and the phrases of published ones. */
import type { ContactMode, PromiseStanding, SubmissionPhase } from "../case/terms.ts";
import { contactModes, promiseStandings, submissionPhases } from "../case/terms.ts";
import type { RateResult } from "../casebook/rate-report.ts";
import { meetingsOf } from "./consulted.ts";
import type { AnnualReport } from "./figures.ts";
import type { KindFigures, PromiseFigures } from "./kinds.ts";
import { chineseNumeral } from "../text/numerals.ts";
import { ratesOf, threeRates } from "./rates-of.ts";

type Chapter = Readonly<{ heading: string; paragraphs: readonly string[] }>;

/** So many kinds are named in a title or before a count; more go by one word. */
const namedKinds = 2;

/** The whole text; chapters without anything to say are left out and the rest numbered through. */
export const chineseText = (report: AnnualReport): string => {
  const kinds = inProtocolOrder(report).map(({ kind }) => kind.label.zh);
  const things = kinds.length > namedKinds ? "各类交办事项" : kinds.join("和") || "建议提案";
  const title = `${report.office ?? ""}${report.year}年度办理${things}工作总结`;
  const chapters: readonly Chapter[] = [
    { heading: "基本情况", paragraphs: [overview(report)] },
    { heading: "主要做法", paragraphs: practice(report) },
    { heading: "办理成效", paragraphs: effects(report) },
    { heading: "分类办理情况", paragraphs: kindLines(report) },
    { heading: "座谈面商情况", paragraphs: meetingsOf(report).map(meeting) },
    { heading: "各项指标及口径", paragraphs: rateLines(report) },
    { heading: "尚待落实事项", paragraphs: missing(report) },
  ];
  const numbered = chapters
    .filter(({ paragraphs }) => paragraphs.length > 0)
    .map(
      ({ heading, paragraphs }, at) =>
        `${chineseNumeral(at + 1)}、${heading}\n${paragraphs.join("\n")}`,
    );
  return [title, ...numbered].join("\n\n");
};

/** 代表 stand before 委员, and suggestions before proposals, wherever both are named; after them the kinds of every day. */
const inProtocolOrder = ({ kinds }: AnnualReport): readonly KindFigures[] => {
  const ofSessions = kinds.filter(({ kind }) => kind.numbering === "session");
  const others = kinds.filter(({ kind }) => kind.numbering !== "session");
  return [
    ...ofSessions.toSorted((left, right) =>
      left.kind.proposer.zh < right.kind.proposer.zh ? -1 : 1,
    ),
    ...others,
  ];
};

/** The sentence that the whole year comes down to. */
const overview = (report: AnnualReport): string => {
  const office = report.office ?? "本单位";
  if (report.received === 0) return `${report.year}年，${office}未收到建议提案。`;
  const { themes } = report;
  const left = [
    report.returned > 0 ? `退办${report.returned}件` : "",
    report.withdrawn > 0 ? `撤案${report.withdrawn}件` : "",
    report.merged > 0 ? `并案${report.merged}件` : "",
  ].filter((part) => part !== "");
  return [
    `${report.year}年，${office}共${received(report)}`,
    phases(report),
    left.length > 0 ? `（其中${left.join("、")}）` : "",
    themes.length > 0
      ? `，主要涉及${themes.map(({ name }) => name).join("、")}${themes.length > 1 ? "等" : ""}方面工作`
      : "",
    carried(report),
    report.handled > 0 ? `，${completion(report)}${rateClaim(report)}` : "",
    "。",
  ].join("");
};

/** （大会期间123件、闭会期间5件） */
const phases = ({ phases: known }: AnnualReport): string => {
  if (known === null) return "";
  const parts = (Object.keys(known) as SubmissionPhase[]).flatMap((phase) =>
    known[phase] === 0 ? [] : `${submissionPhases[phase].zh}${known[phase]}件`,
  );
  return `（${parts.join("、")}）`;
};

/** ，此外还承担2件跨年度办件（已办结1件） */
const carried = ({ carriedOver: { cases, completed } }: AnnualReport): string =>
  cases === 0
    ? ""
    : `，此外还承担${cases}件跨年度办件（${completed === cases ? "已全部办结" : `已办结${completed}件`}）`;

/** 收到政协提案11件; 承担人大代表建议1件、政协提案4件，其中主办（含分办）3件、协办1件 */
const received = (report: AnnualReport): string => {
  const kinds = inProtocolOrder(report);
  const split = kinds.filter(({ byRole }) => byRole.assist > 0);
  const [only] = split;
  const last = kinds.at(-1);
  const counted = ({ kind, received: count }: KindFigures): string =>
    `${kind.label.zh}${count}${kind.measure}`;
  // one split at the end reads as a clause; elsewhere it must stay with its kind
  const isClause = split.length === 1 && only === last;
  const parts = kinds.map((figures) =>
    figures.byRole.assist > 0 && !isClause
      ? `${counted(figures)}（其中${roles(figures)}）`
      : counted(figures),
  );
  const clause = isClause && only !== undefined ? `，其中${roles(only)}` : "";
  return `${kinds.length > 1 ? "承担" : "收到"}${parts.join("、")}${clause}`;
};

const roles = ({ kind, byRole }: KindFigures): string =>
  [
    { word: "独办", count: byRole.sole },
    { word: "主办（含分办）", count: byRole.lead + byRole.separate },
    { word: "协办", count: byRole.assist },
  ]
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${word}${count}${kind.measure}`)
    .join("、");

const completion = ({ claims, completed, handled, completedLate }: AnnualReport): string => {
  if (claims.allOnTime) return "已全部按期办结";
  const lateOnes = completedLate > 0 ? `（其中逾期答复${completedLate}件）` : "";
  if (completed === handled) return `已全部办结${lateOnes}`;
  return `已办结${completed}件${lateOnes}，尚未办结${handled - completed}件`;
};

/** 委员, 代表, or 代表委员, as the sentence names the proposers. */
const proposersOf = (report: AnnualReport): string => proposerWords(report).join("") || "提案人";

const proposerWords = (report: AnnualReport): readonly string[] => [
  ...new Set(inProtocolOrder(report).map(({ kind }) => kind.proposer.zh)),
];

const rateClaim = (report: AnnualReport): string => {
  const shown = threeRates(report);
  if (shown.length === 0) return "";
  const proposers = proposersOf(report);
  const [satisfaction, ...others] = ratesOf(report, "satisfaction");
  const isOne = satisfaction !== undefined && others.length === 0;
  const ofBoth =
    report.kinds.length > 1 && isOne && satisfaction.value !== null
      ? `，${proposers}满意率达到${satisfaction.display}`
      : "";
  if (report.claims.threeHundred) {
    return `${ofBoth}，并实现了与${proposers}见面率、办结率和办理满意率三个100%`;
  }
  const rates = shown.map((rate) => `${nameOf(report, rate)}${shareOf(rate)}`);
  return `；与${proposers}${rates.join("、")}`;
};

/** 满意率, or 满意率（规则集 national@2025） where cases of the year were counted in two ways. */
const nameOf = (report: AnnualReport, { id, label, rulebook }: RateResult): string =>
  ratesOf(report, id).length > 1 ? `${label.zh}（规则集 ${rulebook}）` : label.zh;

const shareOf = ({ display, numerator, denominator }: RateResult): string =>
  denominator === 0 ? display : `${display}（${numerator}/${denominator}）`;

const nounOf = (report: AnnualReport): string => {
  const nouns = inProtocolOrder(report).map(({ kind }) => kind.noun.zh);
  return nouns.length > namedKinds ? "交办事项" : nouns.join("") || "建议提案";
};

/** What was done, each sentence only where it was. */
const practice = (report: AnnualReport): readonly string[] => {
  if (report.handled === 0) return [];
  const sentences = [responsibility(report), contact(report), answering(report), followUp(report)];
  return sentences
    .filter((sentence) => sentence !== "")
    .map((sentence, at) => `（${chineseNumeral(at + 1)}）${sentence}`);
};

const responsibility = (report: AnnualReport): string => {
  const assigned = ratesOf(report, "assignment").filter(({ denominator }) => denominator > 0);
  if (assigned.length === 0) return "";
  const system = "实行定科室、定人员、定时间、定任务、定责任的“五定”管理责任制";
  return report.claims.allAssigned
    ? `强化责任落实。${system}，${assignable(report)}件${nounOf(report)}逐一落实到有关科室和责任人。`
    : `强化责任落实。${system}，已落实${assigned.map(shareOf).join("、")}。`;
};

/** The cases that the 五定 are fixed for; some kinds go without. */
const assignable = (report: AnnualReport): number =>
  ratesOf(report, "assignment").reduce((total, { denominator }) => total + denominator, 0);

const modesOf = (byMode: Readonly<Partial<Record<ContactMode, number>>>): string =>
  (Object.keys(contactModes) as ContactMode[])
    .flatMap((mode) =>
      byMode[mode] === undefined ? [] : `${contactModes[mode].zh}${byMode[mode]}次`,
    )
    .join("、");

const contact = (report: AnnualReport): string => {
  const { total, byMode } = report.contacts;
  if (total === 0) return "";
  return `加强沟通交流。办理过程中主动与${proposerWords(report).join("、")}沟通衔接，累计${modesOf(byMode)}。`;
};

const answering = (report: AnnualReport): string => {
  const { claims, lastAnsweredOn, lastClosedOn, rehandled, answeredAgain } = report;
  const pending = rehandled - answeredAgain;
  const again = [
    answeredAgain > 0 ? `对反馈不满意的${answeredAgain}件重新办理、再次答复。` : "",
    pending > 0 ? `反馈不满意的${pending}件正在重新办理。` : "",
  ].join("");
  if (!claims.allAnswered) return again === "" ? "" : `规范办理答复。${again}`;
  const last = lastAnsweredOn === null ? "" : `，最后一件于${dateIn(report, lastAnsweredOn)}办复`;
  const closed =
    lastClosedOn === null ? "" : `全部办件已于${dateIn(report, lastClosedOn)}办理结束。`;
  const isSettled = claims.allAssigned && assignable(report) === report.handled;
  const settled = isSettled ? "件件有落实、件件有答复" : "件件有答复";
  return `规范办理答复。做到${settled}${last}。${closed}${again}`;
};

const followUp = (report: AnnualReport): string => {
  const { total, cases, byMode } = report.followUps;
  if (total === 0) return "";
  const phone = byMode.phone === total ? "电话回访" : "回访";
  return `跟踪回访问效。答复后开展${phone}${total}次，覆盖${cases}件，听取对办理工作的意见建议。`;
};

/** What came of it. */
const effects = (report: AnnualReport): readonly string[] => {
  const { requests, forms, lookBacks, themes } = report;
  const commitments = promisesInReplies(report);
  const codes = report.rates.results.filter(({ count }) => count > 0);
  const named = codes.map(
    ({ code, label, count, display }) => `${code}类（${label.zh}）${count}件，占${display}`,
  );
  const sentences = [
    themes.length > 1
      ? `从内容看，主要围绕${themes.map(({ name }) => name).join("、")}${chineseNumeral(themes.length)}个方面提出：${themes.map(({ name, cases }) => `${name}${cases}件`).join("、")}。`
      : "",
    requests.asked > 0
      ? `${proposersOf(report)}提出意见建议${requests.asked}条，已采纳落实${requests.adopted}条。`
      : "",
    named.length > 0 ? `从办理结果看，${named.join("；")}。` : "",
    commitments.made > 0
      ? `答复中作出承诺事项${commitments.made}项，到期${commitments.due}项，兑现${commitments.fulfilled}项${commitments.verified > 0 ? `，对账销号${commitments.verified}项` : ""}。`
      : "",
    lookBacks.cases > 0 ? `开展“回头看”${lookBacks.cases}件${standingsOf(lookBacks)}。` : "",
    forms.asked > 0
      ? `发出征询意见表${forms.asked}份，收回${forms.returned}份${forms.expired > 0 ? `，催收后逾期未反馈${forms.expired}份` : ""}。`
      : "",
  ];
  return sentences.filter((sentence) => sentence !== "");
};

/** ，其中已落实3件、进度滞后1件 */
const standingsOf = ({ byStanding }: AnnualReport["lookBacks"]): string => {
  const found = Object.entries(promiseStandings).flatMap(([standing, { zh }]) => {
    const cases = byStanding[standing as PromiseStanding];
    return cases === undefined ? [] : [`${zh}${cases}件`];
  });
  return found.length === 0 ? "" : `，其中${found.join("、")}`;
};

/** The promises that have no word of their own; the others are told with their kind. */
const promisesInReplies = ({ kinds }: AnnualReport): PromiseFigures => {
  const own = kinds.filter(({ kind }) => kind.promise === undefined);
  const sum = (name: keyof PromiseFigures): number =>
    own.reduce((total, { commitments }) => total + commitments[name], 0);
  return {
    made: sum("made"),
    due: sum("due"),
    fulfilled: sum("fulfilled"),
    verified: sum("verified"),
  };
};

/** 巡察反馈问题8项，办结8项；整改措施37项 — of each kind where there are several. */
const kindLines = (report: AnnualReport): readonly string[] =>
  report.kinds.length < 2 ? [] : inProtocolOrder(report).map(kindLine);

const kindLine = (figures: KindFigures): string => {
  const { kind, received: count, handled, completed, onTime, commitments } = figures;
  const { made, fulfilled, verified } = commitments;
  const all = completed === handled && handled > 0;
  const counted = (number: number): string => `${number}${kind.measure}`;
  const done = all && onTime === completed ? "全部按时办结" : `办结${counted(completed)}`;
  const inTime = all && onTime === completed ? "" : `，其中按时${counted(onTime)}`;
  const promises =
    made === 0
      ? ""
      : `；${kind.promise?.zh ?? "承诺事项"}${made}项，已完成${fulfilled}项，对账销号${verified}项`;
  return `${kind.label.zh}${counted(count)}，${done}${inTime}${promises}。`;
};

const meeting = ({ first, titles, proposers }: ReturnType<typeof meetingsOf>[number]): string => {
  const present = first.participants.length > 0 ? `，${first.participants.join("、")}参加` : "";
  const about = titles.map((title) => `《${title}》`).join("");
  return `${chineseDate(first.on)}，就${about}与${proposers.join("、")}面商${present}。${withStop(first.summary ?? "")}`;
};

const withStop = (sentence: string): string =>
  /[。！？]$/u.test(sentence) ? sentence : `${sentence}。`;

const rateLines = (report: AnnualReport): readonly string[] =>
  report.rates.rates
    .filter((rate) => rate.denominator > 0)
    .map((rate) => `${nameOf(report, rate)}${shareOf(rate)}：${rate.definition.zh}。`);

const missing = ({ claims, obstacles }: AnnualReport): readonly string[] => {
  const lines = obstacles.map(
    ({ case: id, title, reasons }) =>
      `${id}《${title}》：${reasons.map(({ why }) => why.zh).join("；")}。`,
  );
  return lines.length > 0 && !claims.threeHundred
    ? [`以下${lines.length}件尚不符合三个100%的要求：`, ...lines]
    : lines;
};

/** 8月6日, and with its year where that is another: 2022年1月10日. */
const dateIn = ({ year }: AnnualReport, date: string): string =>
  Number(date.slice(0, 4)) === year
    ? chineseDate(date)
    : `${date.slice(0, 4)}年${chineseDate(date)}`;

/** 2021-08-06 → 8月6日 */
const chineseDate = (date: string): string =>
  `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
