/** @module fixed-dates — due dates that a person fixed, with the day that the same fact names. */
import type { CaseEventData, DueDate } from "../case/events.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { CivilDate } from "../time/civil-date.ts";

/** A due date of an event and the day that its clerk fixed. */
export type FixedDate = Readonly<{
  /** Place in the log. */
  position: number;
  deadline: DueDate;
  dueOn: CivilDate;
}>;

type Fixing = {
  readonly [Type in keyof CaseEventData]?: (data: CaseEventData[Type]) => CivilDate | undefined;
};

/** Where each fact says the day that a person fixed. */
const fixing: Fixing = {
  CaseAssigned: ({ assignment }) => assignment.due,
  CaseReassigned: ({ assignment }) => assignment.due,
  CommitmentMade: ({ due }) => due,
  CommitmentChanged: ({ due }) => due,
};

/** The due dates that persons fixed in these events. */
export const fixedByPerson = (events: readonly RecordedEvent[]): readonly FixedDate[] =>
  events.flatMap(({ type, data, globalPosition: position }) => {
    const dayOf = Object.hasOwn(fixing, type) ? fixing[type as keyof Fixing] : undefined;
    const dueOn = dayOf?.(data as never);
    const { deadlines = [] } = data as Readonly<{ deadlines?: readonly DueDate[] }>;
    const deadline = deadlines.find(({ rulebook }) => rulebook === null);
    return dueOn === undefined || deadline === undefined ? [] : [{ position, deadline, dueOn }];
  });
