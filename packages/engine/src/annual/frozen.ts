/**
 * @module frozen — the figures of a summary as they were published 定稿: kept in the log with the size of the
 * log that they were computed from, so that a later report of the year can say what differs, and why.
 */
import type { CaseId } from "../case/case-id.ts";
import { foldCase } from "../casebook/history-of-case.ts";
import type { Label } from "../case/terms.ts";
import { roles } from "../case/terms.ts";
import type { AnnualReportFrozen, FrozenFigure } from "../casebook/opening.ts";
import type { Reader } from "../casebook/reader.ts";
import { casesOf } from "../casebook/reader.ts";
import type { MovingEvent, RateDiff } from "../casebook/report-diff.ts";
import { movingEventOf, reportDiff } from "../casebook/report-diff.ts";
import { scopeOf } from "../projections/scope.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { AnnualReport } from "./figures.ts";

/** A figure with its name, as it is compared. */
type Named = FrozenFigure & Readonly<{ label: Label }>;

/** The figures that a summary publishes, each under a name for life. */
const publishedFigures = (report: AnnualReport): readonly Named[] => [
  ...counts.map(({ id, label }) => ({ id, label, value: String(report[id]) })),
  ...report.kinds.flatMap(({ kind, received, byRole }) => [
    {
      id: `received:${kind.id}`,
      label: { zh: `收到${kind.label.zh}`, en: `${kind.label.en} received` },
      value: String(received),
    },
    ...Object.entries(byRole).map(([role, count]) => ({
      id: `received:${kind.id}:${role}`,
      label: {
        zh: `${kind.label.zh}${roles[role as keyof typeof roles].zh}`,
        en: `${kind.label.en}, ${roles[role as keyof typeof roles].en}`,
      },
      value: String(count),
    })),
  ]),
  ...report.rates.rates.map(({ id, label, rulebook, numerator, denominator, display }) => ({
    id: `rate:${id}:${rulebook}`,
    label,
    value: `${display} ${numerator}/${denominator}`,
  })),
  ...report.rates.results.map(({ scheme, code, label, count }) => ({
    id: `result:${scheme}/${code}`,
    label: { zh: `${code}类（${label.zh}）`, en: `${code} (${label.en})` },
    value: String(count),
  })),
];

const counts = [
  { id: "received", label: { zh: "收到", en: "received" } },
  { id: "returned", label: { zh: "退办", en: "returned" } },
  { id: "withdrawn", label: { zh: "撤案", en: "withdrawn" } },
  { id: "merged", label: { zh: "并案", en: "merged" } },
  { id: "handled", label: { zh: "办理", en: "handled" } },
  { id: "completed", label: { zh: "办结", en: "completed" } },
  { id: "late", label: { zh: "逾期", en: "late" } },
] as const satisfies readonly Readonly<{ id: keyof AnnualReport; label: Label }>[];

/** What the event says of a report. */
export const frozenOf = (report: AnnualReport, size: number): AnnualReportFrozen => ({
  year: report.year,
  asOf: report.asOf,
  size,
  figures: publishedFigures(report).map(({ id, value }) => ({ id, value })),
});

/** A published figure that is another now; null where there was or is none. */
export type ChangedFigure = Readonly<{
  id: string;
  label: Label;
  published: string | null;
  now: string | null;
}>;

/** A case of the year of which something was recorded after the figures were computed. */
export type LaterCase = Readonly<{
  case: CaseId;
  title: string;
  events: readonly MovingEvent[];
}>;

/** The published figures of a year against those of now. */
export type FrozenComparison = Readonly<{
  on: CivilDate;
  asOf: CivilDate;
  /** Events in the log when the figures were computed. */
  size: number;
  /** Where the publication itself stands in the log. */
  position: number;
  changed: readonly ChangedFigure[];
  /** Why rates changed, case by case. */
  rates: readonly RateDiff[];
  /** Why counts changed: what was recorded since. */
  cases: readonly LaterCase[];
}>;

/** The newest published figures of a year against a report of now; null when none were published. */
export const comparedWithFrozen = async (
  reader: Reader,
  report: AnnualReport,
): Promise<FrozenComparison | null> => {
  const { year } = report;
  const events = await reader.store.readStream(null);
  const frozen = events.findLast(
    ({ type, data }) => type === "AnnualReportFrozen" && (data as AnnualReportFrozen).year === year,
  );
  if (frozen === undefined) return null;
  const { asOf, size, figures } = frozen.data as AnnualReportFrozen;
  const changed = changedFigures(figures, publishedFigures(report));
  const base = {
    on: dateOf(frozen.on),
    asOf,
    size,
    position: frozen.globalPosition,
    changed,
  };
  if (changed.length === 0) return { ...base, rates: [], cases: [] };
  // a report of an earlier day than the published one is compared on that day
  const to = report.asOf < asOf ? asOf : report.asOf;
  const diff = await reportDiff(reader, { from: asOf, to, scope: { year }, size });
  return {
    ...base,
    rates: diff.rates.filter(({ changes }) => changes.length > 0),
    cases: await laterCases(reader, year, size),
  };
};

const changedFigures = (
  published: readonly FrozenFigure[],
  now: readonly Named[],
): readonly ChangedFigure[] => {
  const before = new Map(published.map(({ id, value }) => [id, value]));
  const after = new Map(now.map((one) => [one.id, one]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id) ?? null, after.get(id)];
    if (was === (is?.value ?? null)) return [];
    const label = is?.label ?? { zh: id, en: id };
    return [{ id, label, published: was, now: is?.value ?? null }];
  });
};

const laterCases = async (
  reader: Reader,
  year: number,
  size: number,
): Promise<readonly LaterCase[]> => {
  const found: LaterCase[] = [];
  for await (const { id, events } of casesOf(reader.store)) {
    const later = events.filter(({ globalPosition }) => globalPosition >= size);
    const state = later.length === 0 ? null : foldCase(id, events);
    if (state === null || scopeOf(state).year !== year) continue;
    found.push({ case: id, title: state.received.title, events: later.map(movingEventOf) });
  }
  return found;
};
