/** @module ledger — 台账: one row a case, with the due dates that are still to be met. */
import type { CaseId } from "../case/case-id.ts";
import { isEnded, isOpen } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { DeadlineId } from "../case/terms.ts";
import { deadlineNameOf, deadlineNames } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { Projection } from "./projection.ts";
import type { CaseScope } from "./scope.ts";
import { scopeOf } from "./scope.ts";

export type LedgerRow = CaseScope &
  Readonly<{
    case: CaseId;
    title: string;
    proposers: readonly string[];
    person: string | null;
    /** The nearest duty that is not met yet; null when there is none. */
    due: Readonly<{ deadline: DeadlineId; dueOn: CivilDate; provisional: boolean }> | null;
    /** The rulebook that the case is under; its lamps are that one's. */
    rulebook: string;
  }>;

const never = "9999-12-31";

/** The nearest due date that is still a duty of ours. */
const nearestDuty = (state: CaseState): LedgerRow["due"] => {
  if (isEnded(state)) return null;
  const [first] = state.deadlines
    .filter((deadline) => isOpen(deadline) && !deadlineNames[deadlineNameOf(deadline.id)].window)
    .toSorted((left, right) => (left.dueOn < right.dueOn ? -1 : left.dueOn > right.dueOn ? 1 : 0));
  return first === undefined
    ? null
    : { deadline: first.id, dueOn: first.dueOn, provisional: first.provisional };
};

/** 台账 */
export const ledger: Projection = {
  name: "ledger",
  version: 2,
  rows: (state) => {
    const due = nearestDuty(state);
    const body: LedgerRow = {
      case: state.case,
      title: state.received.title,
      proposers: state.received.proposers.map((proposer) => proposer.name),
      ...scopeOf(state),
      person: state.assignment?.person ?? null,
      due,
      rulebook: state.rulebook,
    };
    return [{ key: "", sort: due?.dueOn ?? never, body }];
  },
};
