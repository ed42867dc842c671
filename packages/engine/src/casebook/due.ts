/** @module due — what falls due or is late, most urgent first. */
import type { CaseId } from "../case/case-id.ts";
import type { DeadlineId, Lamp } from "../case/terms.ts";
import type { DeadlineRow } from "../projections/deadlines.ts";
import { deadlines } from "../projections/deadlines.ts";
import type { Scope } from "../projections/scope.ts";
import { isInScope } from "../projections/scope.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { addDays } from "../time/civil-date.ts";
import { lampOf, workingDaysLeft } from "./due-status.ts";
import type { Reader } from "./reader.ts";
import { rowBodies } from "./reader.ts";

export type DueItem = Readonly<{
  case: CaseId;
  title: string;
  deadline: DeadlineId;
  dueOn: CivilDate;
  /** Negative once it is late. */
  workingDaysLeft: number;
  lamp: Lamp;
  provisional: boolean;
  department: string | null;
  person: string | null;
  source: string;
}>;

export type DueReport = Readonly<{ asOf: CivilDate; due: readonly DueItem[] }>;

/**
 * Open due dates up to `withinDays` calendar days from today, all when it is absent; late ones always.
 * A right that has lapsed is not due any more.
 */
export const dueReport = async (
  reader: Reader,
  options: Readonly<{ scope: Scope; today: CivilDate; asOf?: CivilDate; withinDays?: number }>,
): Promise<DueReport> => {
  const { scope, asOf, withinDays } = options;
  const today = asOf ?? options.today;
  const calendar = await reader.rules.calendar();
  const { rulebook } = reader.rules.current;
  const due: DueItem[] = [];
  const sortTo = withinDays === undefined ? undefined : addDays(today, withinDays);
  for await (const body of rowBodies(reader, deadlines, { asOf, sortTo })) {
    const row = body as DeadlineRow;
    if (!isInScope(row, scope) || (row.window && row.dueOn < today)) continue;
    due.push({
      case: row.case,
      title: row.title,
      deadline: row.deadline,
      dueOn: row.dueOn,
      workingDaysLeft: workingDaysLeft(row.dueOn, today, calendar),
      lamp: lampOf(row.dueOn, today, rulebook, calendar),
      provisional: row.provisional,
      department: row.department,
      person: row.person,
      source: row.source,
    });
  }
  return { asOf: today, due };
};
