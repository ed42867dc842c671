/** @module due-status — what a due date looks like on a day: its state and its lamp. */
import type { Deadline } from "../case/state.ts";
import type { DeadlineState, Lamp } from "../case/terms.ts";
import { deadlineNameOf, deadlineNames } from "../case/terms.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { WorkingCalendar } from "../rulebook/working-days.ts";
import { workingDaysBetween } from "../rulebook/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";

/** Where a due date stands on a day. A right that lapsed unused is `waived`, never `overdue`. */
export const deadlineStateOn = (deadline: Deadline, today: CivilDate): DeadlineState => {
  if (deadline.ended !== null) return deadline.ended;
  if (deadline.metOn !== null) return deadline.metOn <= deadline.dueOn ? "met" : "late";
  if (today <= deadline.dueOn) return "open";
  return deadlineNames[deadlineNameOf(deadline.id)].window ? "waived" : "overdue";
};

/** Working days from a day to a due date; negative once it has passed. */
export const workingDaysLeft = (
  dueOn: CivilDate,
  today: CivilDate,
  calendar: WorkingCalendar,
): number => workingDaysBetween(today, dueOn, calendar);

/** The lamp of a due date: red once it has passed, yellow when it is near, green before. */
export const lampOf = (
  dueOn: CivilDate,
  today: CivilDate,
  rulebook: Rulebook,
  calendar: WorkingCalendar,
): Lamp => {
  if (dueOn < today) return "red";
  const left = workingDaysLeft(dueOn, today, calendar);
  return left <= rulebook.lamps.yellowWithinWorkingDays ? "yellow" : "green";
};
