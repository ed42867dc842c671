/** @module due — what falls due or is late, most urgent first. */
import type { CaseId } from "../case/case-id.ts";
import type { DeadlineId, Lamp } from "../case/terms.ts";
import type { DeadlineRow } from "../projections/deadlines.ts";
import { deadlines, dueUpTo } from "../projections/deadlines.ts";
import type { DeadlineRule } from "../rulebook/deadline-rule.ts";
import type { Scope } from "../projections/scope.ts";
import { isInScope } from "../projections/scope.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { addDaysWithin } from "../time/civil-date.ts";
import { lampOf, lampRules, remindersOf, workingDaysLeft } from "./due-status.ts";
import type { Moment } from "./as-of.ts";
import { dayOf } from "./as-of.ts";
import { lastRecord } from "./last-record.ts";
import type { Reader } from "./reader.ts";
import { rowBodies } from "./reader.ts";
import type { RulesInForce } from "./rules-in-force.ts";

export type DueItem = Readonly<{
  case: CaseId;
  title: string;
  deadline: DeadlineId;
  dueOn: CivilDate;
  /** The instant, for a term that counts hours. */
  dueAt?: string;
  /** Negative once it is late. */
  workingDaysLeft: number;
  lamp: Lamp;
  provisional: boolean;
  /** The days on which its rule wants a reminder; absent where it wants none. */
  reminders?: readonly CivilDate[];
  department: string | null;
  person: string | null;
  source: string;
}>;

export type DueReport = Readonly<{ asOf: CivilDate; due: readonly DueItem[] }>;

type DueOptions = Moment & Readonly<{ scope: Scope; today: CivilDate; withinDays?: number }>;

/** What is due, with the log that it was read from: a calendar file takes its ids and stamps from it. */
export type DueCalendarAnswer = DueReport &
  Readonly<{
    log: Readonly<{
      /** The log's name. */
      origin: string;
      /** Events in the log. */
      size: number;
      /** Instant of the last record, in UTC. */
      recordedAt: string;
    }>;
  }>;

/**
 * Open due dates up to `withinDays` calendar days from today, all when it is absent; late ones always.
 * A right that has lapsed is not due any more.
 */
export const dueReport = async (reader: Reader, options: DueOptions): Promise<DueReport> => {
  const { scope, withinDays } = options;
  const today = dayOf(options);
  const calendar = await reader.rules.calendar();
  const lampRule = lampRules(reader.rules);
  const ruleWithReminders = remindingRules(reader.rules);
  const due: DueItem[] = [];
  const day = withinDays === undefined ? undefined : addDaysWithin(today, withinDays);
  for await (const body of rowBodies(reader, deadlines, options, ...dueUpTo(today, day))) {
    const row = body as DeadlineRow;
    if (!isInScope(row, scope)) continue;
    due.push({
      case: row.case,
      title: row.title,
      deadline: row.deadline,
      dueOn: row.dueOn,
      ...(row.dueAt !== undefined && { dueAt: row.dueAt }),
      workingDaysLeft: workingDaysLeft(row.dueOn, today, calendar),
      lamp: lampOf(row, today, lampRule(row), calendar),
      provisional: row.provisional,
      ...remindersFor(row, ruleWithReminders(row), calendar),
      department: row.department,
      person: row.person,
      source: row.source,
    });
  }
  return { asOf: today, due: due.toSorted(byDay) };
};

/** By the day, then by the name of the case, then by that of the due date. */
const byDay = (one: DueItem, other: DueItem): number =>
  compared(one.dueOn, other.dueOn) ||
  compared(one.case, other.case) ||
  compared(one.deadline, other.deadline);

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The report and its log; the reader is of one moment. */
export const dueCalendarAnswer = async (
  reader: Reader,
  options: DueOptions,
): Promise<DueCalendarAnswer> => {
  const { store, rules } = reader;
  const recordedAt = (await lastRecord(store))?.recordedAt ?? "";
  const log = { origin: rules.opening.origin, size: await store.size(), recordedAt };
  return { ...(await dueReport(reader, options)), log };
};

const remindersFor = (
  { dueOn }: DeadlineRow,
  rule: DeadlineRule | undefined,
  calendar: WorkingCalendar,
): Pick<DueItem, "reminders"> =>
  rule === undefined ? {} : { reminders: remindersOf(rule, dueOn, calendar) };

/** Finds the rule of a due date, if it is one with reminders; few are. */
const remindingRules = (
  rules: RulesInForce,
): ((row: Pick<DeadlineRow, "rulebook" | "rule">) => DeadlineRule | undefined) => {
  const known = new Map<string, ReadonlyMap<string, DeadlineRule>>();
  const ofRulebook = (name: string): ReadonlyMap<string, DeadlineRule> => {
    const { deadlines: terms } = (rules.byName.get(name) ?? rules.current).rulebook;
    const reminding = terms.filter(({ remindBefore }) => remindBefore !== undefined);
    return new Map(reminding.map((rule) => [rule.id, rule]));
  };
  return ({ rulebook, rule }) => {
    const found = known.get(rulebook) ?? ofRulebook(rulebook);
    known.set(rulebook, found);
    return found.get(rule);
  };
};
