/** @module dashboard — 办理情况一览: the cases of a choice, their rates and the history of the most urgent, from one moment. */
import type { CaseId } from "../case/case-id.ts";
import type { Lamp } from "../case/terms.ts";
import type { Scope } from "../projections/scope.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { AnsweredFrom } from "./answered-from.ts";
import { answeredFrom } from "./answered-from.ts";
import type { Moment } from "./as-of.ts";
import type { HistoryEntry } from "./history.ts";
import { historyOf } from "./history.ts";
import type { ListedCase } from "./list.ts";
import { listCases } from "./list.ts";
import type { RateReport } from "./rate-report.ts";
import { rateReport } from "./rate-report.ts";
import type { Reader } from "./reader.ts";

/** The history 办理经过 of a case. */
export type Timeline = Readonly<{ case: CaseId; history: readonly HistoryEntry[] }>;

export type DashboardAnswer = AnsweredFrom &
  Readonly<{
    cases: readonly ListedCase[];
    /** With groups by department. */
    rates: RateReport;
    /** The most urgent first. */
    timelines: readonly Timeline[];
  }>;

type DashboardOptions = Moment &
  Readonly<{
    scope: Scope;
    today: CivilDate;
    /** Of how many cases the history is told, at most. */
    timelines: number;
  }>;

/** The dashboard, now or at a moment. */
export const dashboardAnswer = async (
  reader: Reader,
  { timelines: most, ...options }: DashboardOptions,
): Promise<DashboardAnswer> => {
  const cases = await listCases(reader, options);
  const timelines: Timeline[] = [];
  for (const { case: id } of mostUrgent(cases).slice(0, most)) {
    timelines.push({ case: id, history: await historyOf(reader, id, options) });
  }
  const rates = await rateReport(reader, { ...options, by: "department" });
  return { ...(await answeredFrom(reader, options)), cases, rates, timelines };
};

const urgency: Readonly<Record<Lamp, number>> = { red: 0, yellow: 1, green: 2 };

/** Red lamps first, then by due date; what is done comes last. */
const mostUrgent = (cases: readonly ListedCase[]): readonly ListedCase[] => {
  const rankOf = ({ lamp }: ListedCase): number => (lamp === null ? 3 : urgency[lamp]);
  return cases.toSorted(
    (one, other) =>
      rankOf(one) - rankOf(other) || (one.dueOn ?? "9999").localeCompare(other.dueOn ?? "9999"),
  );
};
