/** @module year-parts — the year's cases by department and by phase of submission, and those of former years. */
import { isCompleted, isEnded, wasLate } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { SubmissionPhase } from "../case/terms.ts";
import { foldAt } from "../casebook/as-of.ts";
import type { Reader } from "../casebook/reader.ts";
import { rowBodies } from "../casebook/reader.ts";
import type { LedgerRow } from "../projections/ledger.ts";
import { ledger } from "../projections/ledger.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";

/** The cases whose 五定 name a department. */
export type DepartmentFigures = Readonly<{
  /** Null for cases without 五定. */
  department: string | null;
  handled: number;
  completed: number;
  late: number;
}>;

/** Cases of former years that were not completed when the year began 跨年度, and how many are now. */
export type CarryOver = Readonly<{ cases: number; completed: number }>;

/** By department, those with most cases first. */
export const departmentFigures = (handled: readonly CaseState[]): readonly DepartmentFigures[] => {
  const departmentOf = ({ assignment }: CaseState): string | null => assignment?.department ?? null;
  return [...new Set(handled.map(departmentOf))]
    .map((department) => {
      const own = handled.filter((state) => departmentOf(state) === department);
      return {
        department,
        handled: own.length,
        completed: own.filter(isCompleted).length,
        late: own.filter(wasLate).length,
      };
    })
    .toSorted((left, right) => right.handled - left.handled);
};

/** Cases put during a session and between sessions; null unless it is known of every one. */
export const phaseFigures = (
  cases: readonly CaseState[],
): Readonly<Record<SubmissionPhase, number>> | null => {
  const of = (phase: SubmissionPhase): number =>
    cases.filter(({ received }) => received.submissionPhase === phase).length;
  const phases = { inSession: of("inSession"), intersession: of("intersession") };
  const isKnown = cases.length > 0 && phases.inSession + phases.intersession === cases.length;
  return isKnown ? phases : null;
};

/** The day on which the last case was closed; null while one of them is open. */
export const lastClosed = (handled: readonly CaseState[]): CivilDate | null => {
  const days = handled.map(({ closedOn }) => (closedOn === null ? null : dateOf(closedOn)));
  if (days.includes(null)) return null;
  return days.reduce<CivilDate | null>(
    (last, day) => (day !== null && (last === null || day > last) ? day : last),
    null,
  );
};

/** What was left of former years when a year began. */
export const carryOver = async (reader: Reader, year: number): Promise<CarryOver> => {
  let cases = 0;
  let completed = 0;
  const eve = `${String(year - 1).padStart(4, "0")}-12-31`;
  for await (const body of rowBodies(reader, ledger, {})) {
    const row = body as LedgerRow;
    if (row.year >= year) continue;
    const events = await reader.store.readStream(row.case);
    const then = foldAt(row.case, events, { asOf: eve });
    const now = foldAt(row.case, events, {});
    if (then === null || isEnded(then) || isCompleted(then) || now === null || isEnded(now))
      continue;
    cases += 1;
    if (isCompleted(now)) completed += 1;
  }
  return { cases, completed };
};
