/** @module deadlines — 时限: one row for each due date that is still open, duties and rights apart, in the order of the dates. */
import type { CaseId } from "../case/case-id.ts";
import { isEnded, isOpen } from "../case/reading.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import type { DeadlineId } from "../case/terms.ts";
import { deadlineNameOf, deadlineNames } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { latestDate } from "../time/civil-date.ts";
import type { Projection, Row } from "./projection.ts";
import { noTallies } from "./projection.ts";
import type { CaseScope } from "./scope.ts";
import { scopeOf } from "./scope.ts";

export type DeadlineRow = CaseScope &
  Readonly<{
    case: CaseId;
    title: string;
    deadline: DeadlineId;
    dueOn: CivilDate;
    dueAt?: string;
    provisional: boolean;
    /** A right of ours that lapses, rather than a duty. */
    window: boolean;
    person: string | null;
    source: string;
    /** Id of the rule, as the due date has it. */
    rule: string;
    /** The rulebook that the case is under; its lamps are that one's. */
    rulebook: string;
  }>;

/** Rights that lapse stand behind all duties: whoever looks for what is due passes over none that are long past. */
const windowSort = (dueOn: CivilDate): string => `window ${dueOn}`;

/** Where to look for duties up to a day, late ones included, and for rights that lapse from `today` up to it. */
export const dueUpTo = (
  today: CivilDate,
  day: CivilDate = latestDate,
): readonly [duties: Stretch, windows: Stretch] => [
  { sortTo: day },
  { sortFrom: windowSort(today), sortTo: windowSort(day) },
];

type Stretch = Readonly<{ sortFrom?: string; sortTo: string }>;

/** 时限 */
export const deadlines: Projection = {
  name: "deadlines",
  version: 3,
  of: (state) => {
    const open = isEnded(state) ? [] : state.deadlines.filter(isOpen);
    return { rows: open.map((deadline) => rowOf(state, deadline)), tallies: noTallies };
  },
};

const rowOf = (state: CaseState, deadline: Deadline): Row => {
  const body: DeadlineRow = {
    case: state.case,
    title: state.received.title,
    ...scopeOf(state),
    deadline: deadline.id,
    dueOn: deadline.dueOn,
    ...(deadline.dueAt !== undefined && { dueAt: deadline.dueAt }),
    provisional: deadline.provisional,
    window: deadlineNames[deadlineNameOf(deadline.id)].window,
    person: state.assignment?.person ?? null,
    source: deadline.source,
    rule: deadline.rule,
    rulebook: state.rulebook,
  };
  const sort = body.window ? windowSort(deadline.dueOn) : deadline.dueOn;
  return { key: deadline.id, sort, body };
};
