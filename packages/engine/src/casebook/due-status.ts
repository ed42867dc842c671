/** @module due-status — what a due date looks like on a day: its state and its lamp. */
import { isProgressDuty, wasMetLate } from "../case/reading.ts";
import type { Deadline } from "../case/state.ts";
import type { DeadlineId, DeadlineState, Lamp } from "../case/terms.ts";
import { deadlineNameOf, deadlineNames } from "../case/terms.ts";
import type { DeadlineRule } from "../rulebook/deadline-rule.ts";
import type { LampRule } from "../rulebook/rulebook.ts";
import { choiceFor } from "../rulebook/rulebook.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import { workingDaysBefore, workingDaysBetween } from "../rulebook/calendar/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { addDays } from "../time/civil-date.ts";
import type { RulesInForce } from "./rules-in-force.ts";

/** Where a due date stands on a day. A right that lapsed unused is `waived`, never `overdue`. */
export const deadlineStateOn = (deadline: Deadline, today: CivilDate): DeadlineState => {
  if (deadline.ended !== null) return deadline.ended;
  if (deadline.metOn !== null) return wasMetLate(deadline) ? "late" : "met";
  if (today <= deadline.dueOn) return "open";
  return deadlineNames[deadlineNameOf(deadline.id)].window ? "waived" : "overdue";
};

/** Working days from a day to a due date; negative once it has passed. */
export const workingDaysLeft = (
  dueOn: CivilDate,
  today: CivilDate,
  calendar: WorkingCalendar,
): number => workingDaysBetween(today, dueOn, calendar);

/**
 * The lamp of a due date: red once it is overdue, yellow when it is near, green before. A report of progress
 * that is not there in time means that the case is behind, which is yellow.
 */
export const lampOf = (
  { deadline, dueOn }: Readonly<{ deadline: DeadlineId; dueOn: CivilDate }>,
  today: CivilDate,
  rule: LampRule,
  calendar: WorkingCalendar,
): Lamp => {
  if (dueOn < today) return isProgressDuty(deadline) ? "yellow" : "red";
  const left = workingDaysLeft(dueOn, today, calendar);
  return left <= rule.yellowWithinWorkingDays ? "yellow" : "green";
};

/** Finds the lamps of cases of a kind under a rulebook, named as in their rows; each is looked up once. */
export const lampRules = ({
  byName,
  current,
}: Pick<RulesInForce, "byName" | "current">): ((
  row: Readonly<{ rulebook: string; kind: string }>,
) => LampRule) => {
  const known = new Map<string, LampRule>();
  return ({ rulebook: name, kind }) => {
    const key = `${name} ${kind}`;
    const found =
      known.get(key) ?? choiceFor((byName.get(name) ?? current).rulebook.lamps, kind).value;
    known.set(key, found);
    return found;
  };
};

/** The days on which a rule wants a reminder of a due date, sorted. */
export const remindersOf = (
  { remindBefore = [] }: Pick<DeadlineRule, "remindBefore">,
  dueOn: CivilDate,
  calendar: WorkingCalendar,
): readonly CivilDate[] =>
  remindBefore
    .map(({ amount, unit }) =>
      unit === "workingDay"
        ? workingDaysBefore(dueOn, amount, calendar).date
        : addDays(dueOn, -amount),
    )
    .toSorted();
