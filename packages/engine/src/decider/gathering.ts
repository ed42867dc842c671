/** @module gathering — what the roads share in making the next state of a case: due dates that come, are met and end. */
import type { CaseEvent, CaseEventType, DueDate, Remarks } from "../case/events.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import type { Status } from "../case/terms.ts";
import type { OccurredOn } from "../time/occurred-on.ts";
import { dateOf } from "../time/occurred-on.ts";

/** What `evolve` reads of an event; a recorded and a decided event both are one. */
export type EvolveEvent = CaseEvent & Readonly<{ to: Status; actor: Readonly<{ id: string }> }>;

/** The facts of a case that stand, newest first; a correction takes its entries out, or puts others in their place. */
export type Past = Readonly<{
  /** The version of the case that the entry made. */
  entry: number;
  event: EvolveEvent;
  earlier: Past | null;
}>;

/** What each of these events adds to the facts of a case. */
export type Gathering<Type extends CaseEventType> = {
  readonly [Each in Type]: (
    state: CaseState,
    event: Extract<EvolveEvent, { type: Each }>,
  ) => CaseState;
};

/** The data of an event less what was said beside it. */
export const withoutRemarks = <Data extends object>(data: Data & Remarks): Data => {
  const { note: _note, late: _late, ...rest } = data;
  return rest as unknown as Data;
};

/** A due date that has just been set. */
export const fresh = (due: DueDate, round: number): Deadline => {
  const { id, dueOn, provisional, countedFrom, rule, source, rulebook, calendar } = due;
  const stated = { id, dueOn, provisional, countedFrom, rule, source, rulebook, calendar };
  const deadline: Deadline = { ...stated, round, metOn: null, ended: null };
  const isPlain = due.dueAt === undefined && due.extended === undefined;
  return isPlain ? deadline : { ...due, ...deadline };
};

/** Whether a due date is neither met nor ended. */
export const isLive = (deadline: Deadline): boolean =>
  deadline.metOn === null && deadline.ended === null;

/** The due dates with the live ones of these ids met by an event. */
export const met = (
  state: CaseState,
  event: CaseEvent,
  ...ids: readonly string[]
): readonly Deadline[] =>
  state.deadlines.map((deadline) =>
    ids.includes(deadline.id) && isLive(deadline)
      ? { ...deadline, metOn: dateOf(event.on), ...metAtOf(deadline, event.on) }
      : deadline,
  );

/** The instant matters only for a due date that is one itself. */
const metAtOf = (deadline: Deadline, on: OccurredOn): Pick<Deadline, "metAt"> =>
  deadline.dueAt !== undefined && on.length > 10 ? { metAt: on } : {};

/** The due dates with new ones in place of the open ones of the same id and round. */
export const replaced = (state: CaseState, due: readonly DueDate[]): readonly Deadline[] => {
  const ids = new Set<string>(due.map(({ id }) => id));
  return [
    ...ended(state, "superseded", ({ id }) => ids.has(id)),
    ...due.map((one) => fresh(one, state.round)),
  ];
};

/** The due dates with some of the live ones ended. */
export const ended = (
  state: CaseState,
  how: "waived" | "superseded",
  which: (deadline: Deadline) => boolean,
): readonly Deadline[] =>
  state.deadlines.map((deadline) =>
    isLive(deadline) && which(deadline) ? { ...deadline, ended: how } : deadline,
  );
