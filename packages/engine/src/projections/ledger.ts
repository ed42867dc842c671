/** @module ledger — 台账: one row a case, with the due dates that are still to be met. */
import type { CaseId } from "../case/case-id.ts";
import { isEnded, isOpen, isProgressDuty } from "../case/reading.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import type { DeadlineId } from "../case/terms.ts";
import { deadlineNameOf, deadlineNames } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { Projection } from "./projection.ts";
import { noTallies } from "./projection.ts";
import type { CaseScope } from "./scope.ts";
import { scopeOf } from "./scope.ts";

type NearestDuty = Readonly<{ deadline: DeadlineId; dueOn: CivilDate; provisional: boolean }>;

export type LedgerRow = CaseScope &
  Readonly<{
    case: CaseId;
    title: string;
    proposers: readonly string[];
    otherNumbers?: readonly string[];
    person: string | null;
    /** The nearest duty that is not met yet; null when there is none. */
    due: NearestDuty | null;
    /** The nearest of those that are more than a report of progress: only these can be overdue. */
    firm: NearestDuty | null;
    /** How often it was urged. */
    urges: number;
    /** The rulebook that the case is under; its lamps are that one's. */
    rulebook: string;
  }>;

/** The due dates that are still duties of ours, the nearest first. */
const duties = (state: CaseState): readonly Deadline[] =>
  isEnded(state)
    ? []
    : state.deadlines
        .filter(
          (deadline) => isOpen(deadline) && !deadlineNames[deadlineNameOf(deadline.id)].window,
        )
        .toSorted((left, right) =>
          left.dueOn < right.dueOn ? -1 : left.dueOn > right.dueOn ? 1 : 0,
        );

const told = (duty: Deadline | undefined): NearestDuty | null =>
  duty === undefined
    ? null
    : { deadline: duty.id, dueOn: duty.dueOn, provisional: duty.provisional };

/** 台账 */
export const ledger: Projection = {
  name: "ledger",
  version: 4,
  of: (state) => {
    const open = duties(state);
    const body: LedgerRow = {
      case: state.case,
      title: state.received.title,
      proposers: state.received.proposers.map((proposer) => proposer.name),
      ...(state.received.otherNumbers && { otherNumbers: state.received.otherNumbers }),
      ...scopeOf(state),
      person: state.assignment?.person ?? null,
      due: told(open[0]),
      firm: told(open.find(({ id }) => !isProgressDuty(id))),
      urges: state.urges.length,
      rulebook: state.rulebook,
    };
    // lists are sorted by whoever prints them; an order kept here would be rewritten at many a step
    return { rows: [{ key: "", sort: "", body }], tallies: noTallies };
  },
};
