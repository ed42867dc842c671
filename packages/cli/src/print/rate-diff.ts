/** @module rate-diff — two days of the rates side by side, and the cases that made the difference. */
import type { Label, RateDiff, ReportDiff } from "@wuding/engine";
import { caseEvents } from "@wuding/engine";
import type { Shell } from "../shell.ts";
import { heading, paragraph } from "./page.ts";
import { clauses, labelled, listed, withAside } from "./words.ts";

const said = {
  axis: {
    true: { zh: "按各日当时的事实", en: "what was true on each day" },
    known: { zh: "按各日当时的记录", en: "what was known on each day" },
  },
  unchanged: { zh: "没有变化", en: "Unchanged" },
} as const;

/** Writes the comparison; rates that nothing moved are only named. */
export const printDiff = ({ from, to, axis, rates }: ReportDiff, shell: Shell): void => {
  const { language } = shell;
  paragraph(withAside(`${from} → ${to}`, said.axis[axis][language], language), shell);
  for (const rate of rates) if (rate.changes.length > 0) printRate(rate, rates, shell);
  const same = rates
    .filter(({ changes }) => changes.length === 0)
    .map((rate) => `${nameOf(rate, rates, language)} ${figureOf(rate.after, language)}`);
  if (same.length === 0) return;
  shell.out("");
  paragraph(labelled(said.unchanged, listed(same, language), language), shell);
};

/** Writes one rate of two moments, with the cases that made the difference. */
export const printRate = (rate: RateDiff, rates: readonly RateDiff[], shell: Shell): void => {
  const { language } = shell;
  const { before, after, changes } = rate;
  const figures = `${figureOf(before, language)} → ${figureOf(after, language)}`;
  heading(`${nameOf(rate, rates, language)}  ${figures}`, shell);
  for (const change of changes) {
    const weights = `${countOf(change.before)} → ${countOf(change.after)}`;
    paragraph(`${change.case}  ${change.title}`, shell, 2);
    paragraph(labelled(weights, change.why[language], language), shell, 4);
    for (const event of change.events) paragraph(eventLine(event, language), shell, 4);
  }
};

/** The label, with the rulebook where the rate was counted in two ways. */
const nameOf = (
  { id, label, rulebook }: RateDiff,
  rates: readonly RateDiff[],
  language: keyof Label,
): string =>
  rates.filter((rate) => rate.id === id).length > 1
    ? withAside(label[language], rulebook, language)
    : label[language];

const countOf = ({
  numerator,
  denominator,
}: Pick<RateDiff["before"], "numerator" | "denominator">): string => `${numerator}/${denominator}`;

const figureOf = (figure: RateDiff["before"], language: keyof Label): string =>
  withAside(figure.display, countOf(figure), language);

type Event = RateDiff["changes"][number]["events"][number];

/** An event in one line: when it was true and when it was recorded, by whom. */
export const eventLine = (
  { position, type, on, recordedAt, actor }: Event,
  language: keyof Label,
) => {
  const label = Object.entries(caseEvents).find(([name]) => name === type)?.[1];
  const recorded = {
    zh: [`第 ${position} 条记录`, `${recordedAt.slice(0, 16).replace("T", " ")} 由 ${actor} 记录`],
    en: [`event ${position}`, `recorded ${recordedAt.slice(0, 16).replace("T", " ")} by ${actor}`],
  };
  return withAside(
    `${on} ${label?.[language] ?? type}`,
    clauses(recorded[language], language),
    language,
  );
};
