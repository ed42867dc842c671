/**
 * @module sentences — the year's summary in words, in the form that offices publish it.
 *
 * Every figure comes from the report; a sentence that claims something stands only where it is so.
 */
import type { ContactMode, Label, Role } from "../case/terms.ts";
import { contactModes } from "../case/terms.ts";
import type { RateResult } from "../casebook/rate-report.ts";
import type { AnnualReport, KindFigures } from "./figures.ts";

type Language = keyof Label;

/** The report as text with headings, in Chinese or English. */
export const annualText = (report: AnnualReport, language: Language): string =>
  language === "zh" ? chinese(report) : english(report);

const unnamedOffice = { zh: "本单位", en: "This office" } as const;

const chinese = (report: AnnualReport): string => {
  const office = report.office ?? unnamedOffice.zh;
  const things = report.kinds.map(({ kind }) => kind.label.zh).join("和") || "建议提案";
  const title = `${report.office ?? ""}${report.year}年度办理${things}工作总结`;
  return [
    title,
    `一、基本情况\n${overview(report, office)}`,
    `二、办理情况\n${handling(report)}`,
    ...results(report),
    ...section(
      "四、座谈面商",
      report.consultations.filter((one) => one.summary !== null).map(consultation),
    ),
    `五、三率\n${rateLines(report).join("\n")}`,
    ...section("六、尚待落实", report.obstacles.map(obstacle)),
  ].join("\n\n");
};

/** A heading with its lines, or nothing without lines. */
const section = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${heading}\n${lines.join("\n")}`];

/** The sentence that the whole year comes down to. */
const overview = (report: AnnualReport, office: string): string => {
  if (report.received === 0) return `${report.year}年，${office}没有收到建议提案。`;
  const received = report.kinds.map((figures) => receivedOf(figures)).join("，");
  const left = [
    report.returned > 0 ? `退办${report.returned}件` : "",
    report.withdrawn > 0 ? `撤案${report.withdrawn}件` : "",
  ].filter((part) => part !== "");
  return [
    `${report.year}年，${office}共收到${received}`,
    left.length > 0 ? `（其中${left.join("、")}）` : "",
    report.themes.length > 0
      ? `，主要涉及${report.themes.map((theme) => theme.name).join("、")}等方面工作`
      : "",
    `，${completionClaim(report)}`,
    rateClaim(report),
    "。",
  ].join("");
};

const receivedOf = ({ kind, received, byRole }: KindFigures): string => {
  const answering = byRole.sole + byRole.lead + byRole.separate;
  const split =
    byRole.assist > 0
      ? `（主办（含分办）${answering}${kind.measure}、协办${byRole.assist}${kind.measure}）`
      : "";
  return `${kind.label.zh}${received}${kind.measure}${split}`;
};

const completionClaim = (report: AnnualReport): string => {
  const { completed, handled, late } = report;
  if (report.claims.allOnTime) return "已全部按期办结";
  if (handled > 0 && completed === handled) return `已全部办结，其中逾期答复${late}件`;
  const pending = handled - completed;
  return `已办结${completed}件${late > 0 ? `（其中逾期答复${late}件）` : ""}，尚未办结${pending}件`;
};

/** 委员、代表, or both, as the sentence names the proposers. */
const proposersOf = (report: AnnualReport): string => {
  const words = [...new Set(report.kinds.map(({ kind }) => kind.proposer.zh))].toSorted();
  return words.join("") || "提案人";
};

const rateClaim = (report: AnnualReport): string => {
  if (report.claims.threeHundred) {
    return `，并实现了与${proposersOf(report)}见面率、办结率和办理满意率三个100%`;
  }
  const shown = ["meeting", "completion", "satisfaction"].flatMap((id) => {
    const rate = rateOf(report, id);
    return rate === undefined ? [] : [`${rate.label.zh}${shareOf(rate)}`];
  });
  return `；${shown.join("、")}`;
};

const rateOf = (report: AnnualReport, id: string): RateResult | undefined =>
  report.rates.rates.find((rate) => rate.id === id);

const shareOf = ({ display, numerator, denominator }: RateResult): string =>
  `${display}（${numerator}/${denominator}）`;

const handling = (report: AnnualReport): string => {
  const sentences: string[] = [];
  const assigned = rateOf(report, "assignment");
  if (report.claims.allAssigned) {
    sentences.push(
      "实行定科室、定人员、定时间、定任务、定责任的“五定”管理，每件逐一落实到有关科室和责任人。",
    );
  } else if (assigned !== undefined && assigned.denominator > 0) {
    sentences.push(`“五定”已落实${assigned.numerator}件，占${assigned.display}。`);
  }
  const modes = Object.entries(report.contacts.byMode) as [ContactMode, number][];
  if (modes.length > 0) {
    const named = modes.map(([mode, count]) => `${contactModes[mode].zh}${count}次`).join("、");
    sentences.push(
      `通过${modes.map(([mode]) => contactModes[mode].zh).join("、")}等方式与提案人沟通${report.contacts.total}次（${named}）。`,
    );
  }
  if (report.claims.allAnswered) {
    const last =
      report.lastAnsweredOn === null ? "" : `，最后一件于${chineseDate(report.lastAnsweredOn)}答复`;
    sentences.push(`件件有答复${last}。`);
  }
  if (report.rehandled > 0) sentences.push(`因提案人不满意重新办理${report.rehandled}件。`);
  if (report.followUps.total > 0) {
    sentences.push(`答复后回访${report.followUps.total}次，涉及${report.followUps.cases}件。`);
  }
  return sentences.join("");
};

const results = (report: AnnualReport): readonly string[] => {
  const sentences: string[] = [];
  const codes = report.rates.results.filter(({ count }) => count > 0);
  if (codes.length > 0) {
    const named = codes.map(
      ({ code, label, count, display }) => `${code}类（${label.zh}）${count}件，占${display}`,
    );
    sentences.push(`办理结果：${named.join("；")}。`);
  }
  const { asked, adopted } = report.requests;
  if (asked > 0) sentences.push(`共提出意见建议${asked}条，已采纳落实${adopted}条。`);
  const { made, due, fulfilled, verified } = report.commitments;
  if (made > 0) {
    sentences.push(
      `答复中作出承诺事项${made}项，已到期${due}项，已兑现${fulfilled}项，已对账销号${verified}项。`,
    );
  }
  if (report.forms.asked > 0) {
    sentences.push(`发出征询意见表${report.forms.asked}份，收回${report.forms.returned}份。`);
  }
  return sentences.length === 0 ? [] : [`三、办理成效\n${sentences.join("")}`];
};

const consultation = (one: AnnualReport["consultations"][number]): string => {
  const people = one.participants.length > 0 ? `，${one.participants.join("、")}参加` : "";
  return `${chineseDate(one.on)}，就《${one.title}》与${one.proposers.join("、")}当面沟通${people}。${one.summary ?? ""}`;
};

const rateLines = (report: AnnualReport): readonly string[] =>
  report.rates.rates
    .filter((rate) => rate.denominator > 0)
    .map((rate) => `${rate.label.zh}：${shareOf(rate)}。口径：${rate.definition.zh}。`);

const obstacle = ({ case: id, title, reasons }: AnnualReport["obstacles"][number]): string =>
  `${id}《${title}》：${reasons.map(({ why, repair }) => `${why.zh}；${repair.zh}`).join("。")}。`;

/** 2021-08-06 → 8月6日 */
const chineseDate = (date: string): string =>
  `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;

const english = (report: AnnualReport): string => {
  const office = report.office ?? unnamedOffice.en;
  const received = report.kinds.map(({ kind, received: count }) => `${count} × ${kind.label.en}`);
  const opening =
    report.received === 0
      ? `In ${report.year}, ${office} received no cases.`
      : `In ${report.year}, ${office} received ${report.received} cases (${received.join(", ")}). ${completionInEnglish(report)} ${rateClaimInEnglish(report)}`;
  const roles = report.kinds.map(
    ({ kind, byRole }) =>
      `${kind.label.en}: ${(Object.entries(byRole) as [Role, number][])
        .filter(([, count]) => count > 0)
        .map(([role, count]) => `${role} ${count}`)
        .join(", ")}`,
  );
  return [
    `Annual summary ${report.year}${report.office === null ? "" : `, ${report.office}`}`,
    opening,
    ...section("Roles", roles),
    ...section(
      "Themes",
      report.themes.map((theme) => `${theme.name}: ${theme.cases}`),
    ),
    ...section(
      "Contacts",
      (Object.entries(report.contacts.byMode) as [ContactMode, number][]).map(
        ([mode, count]) => `${contactModes[mode].en}: ${count}`,
      ),
    ),
    ...section(
      "Rates",
      report.rates.rates
        .filter((rate) => rate.denominator > 0)
        .map(
          (rate) =>
            `${rate.label.en}: ${rate.display} (${rate.numerator}/${rate.denominator}). Definition: ${rate.definition.en}.`,
        ),
    ),
    ...section(
      "Still to do",
      report.obstacles.map(
        ({ case: id, title, reasons }) =>
          `${id} ${title}: ${reasons.map(({ why, repair }) => `${why.en}; ${repair.en}`).join(". ")}.`,
      ),
    ),
  ].join("\n\n");
};

const completionInEnglish = ({ claims, completed, handled, late }: AnnualReport): string => {
  if (claims.allOnTime) return "All were completed on time.";
  const open = handled - completed;
  return `Completed ${completed} of ${handled}${late > 0 ? `, ${late} of them late` : ""}${open > 0 ? `; ${open} still open` : ""}.`;
};

const rateClaimInEnglish = (report: AnnualReport): string => {
  if (report.claims.threeHundred)
    return "Meeting, completion and satisfaction are each exactly 100%.";
  const shown = ["meeting", "completion", "satisfaction"].flatMap((id) => {
    const rate = rateOf(report, id);
    return rate === undefined
      ? []
      : [`${rate.label.en} ${rate.display} (${rate.numerator}/${rate.denominator})`];
  });
  return `${shown.join(", ")}.`;
};
