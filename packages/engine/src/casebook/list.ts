/** @module list — 台账: the cases of a choice, one line each. */
import type { CaseId } from "../case/case-id.ts";
import type { Lamp, Role, Status } from "../case/terms.ts";
import { lamps, statuses } from "../case/terms.ts";
import type { LedgerRow } from "../projections/ledger.ts";
import { ledger } from "../projections/ledger.ts";
import type { Scope } from "../projections/scope.ts";
import { isInScope } from "../projections/scope.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { lampOf, lampRules } from "./due-status.ts";
import type { Moment } from "./as-of.ts";
import { dayOf } from "./as-of.ts";
import type { Reader } from "./reader.ts";
import { byName, rowBodies } from "./reader.ts";

export type ListedCase = Readonly<{
  case: CaseId;
  title: string;
  status: Status;
  role: Role;
  department: string | null;
  person: string | null;
  /** The nearest duty not met yet, null when there is none. */
  dueOn: CivilDate | null;
  /** The worst of its due dates; green for an open case without one, null for a case with nothing left to do. */
  lamp: Lamp | null;
  /** How often it was urged. */
  urges: number;
  proposers: readonly string[];
  /** Its numbers in other hands. */
  otherNumbers: readonly string[];
  kind: string;
  year: number;
  block: string | null;
}>;

const worstLamp = (shown: readonly Lamp[]): Lamp | undefined =>
  (Object.keys(lamps) as Lamp[]).findLast((lamp) => shown.includes(lamp));

/** The ledger of a choice of cases, in the order of their names, now or at a moment. */
export const listCases = async (
  reader: Reader,
  options: Readonly<{ scope: Scope; today: CivilDate }> & Moment,
): Promise<readonly ListedCase[]> => {
  const { scope } = options;
  const today = dayOf(options);
  const calendar = await reader.rules.calendar();
  const lampRule = lampRules(reader.rules);
  const listed: ListedCase[] = [];
  for await (const body of rowBodies(reader, ledger, options)) {
    const row = body as LedgerRow;
    if (!isInScope(row, scope)) continue;
    const idle = statuses[row.status].open ? "green" : null;
    const nearest = [row.due, row.firm].flatMap((due) => (due === null ? [] : [due]));
    listed.push({
      case: row.case,
      title: row.title,
      status: row.status,
      role: row.role,
      department: row.department,
      person: row.person,
      dueOn: row.due?.dueOn ?? null,
      lamp: worstLamp(nearest.map((due) => lampOf(due, today, lampRule(row), calendar))) ?? idle,
      urges: row.urges,
      proposers: row.proposers,
      otherNumbers: row.otherNumbers ?? [],
      kind: row.kind,
      year: row.year,
      block: row.block,
    });
  }
  return listed.toSorted((left, right) => byName(left.case, right.case));
};
