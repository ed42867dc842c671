/**
 * @module extend — an extension 延期 of the answer's term: the new date, and how far the rule lets it go.
 *
 * The bound counts either from what the term counted from (“自交办之日起最长六个月”) or from the due date
 * before any extension (“延长不超过三个月”); it rolls as the term does.
 */
import type { InputOf } from "../case/commands.ts";
import type { CaseEventData, DueDate } from "../case/events.ts";
import { openAnswer } from "../case/reading.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import { invalidInput } from "../errors.ts";
import type { Law } from "../rulebook/due-on.ts";
import { termLawOf } from "../rulebook/due-on.ts";
import type { ComputedTerm, TermLaw } from "../rulebook/terms/term.ts";
import { endOfTerm } from "../rulebook/terms/term.ts";
import type { DeadlineRule, Term } from "../rulebook/deadline-rule.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { BeyondAllDates } from "../time/civil-date.ts";

/** The fact that an extension asks for; whether it may be is the lifecycle's business. */
export const extension = (
  input: InputOf<"extend">,
  on: string,
  state: CaseState,
  law: Law,
): CaseEventData["DeadlineExtended"] => {
  const { due, months, approvedBy, reason, appliedOn, proposerToldOn } = input;
  if ((due === undefined) === (months === undefined)) {
    const expected = {
      zh: "只给出 due 或 months 其中之一",
      en: "given as one of due and months",
    };
    throw invalidInput({ field: "due", kind: "malformed", expected });
  }
  if (appliedOn !== undefined && appliedOn > on.slice(0, 10)) {
    const expected = { zh: "不晚于批准之日", en: "no later than the consent" };
    throw invalidInput({ field: "appliedOn", kind: "outOfRange", value: appliedOn, expected });
  }
  if (appliedOn !== undefined && appliedOn < state.roundBeganOn) {
    const earliest = state.roundBeganOn;
    throw invalidInput({ field: "appliedOn", kind: "tooEarly", value: appliedOn, earliest });
  }
  const open = openAnswer(state);
  const common = {
    approvedBy,
    reason,
    ...(appliedOn !== undefined && { appliedOn }),
    ...(proposerToldOn !== undefined && { proposerToldOn }),
  };
  if (open === undefined) {
    return { deadline: "reply", from: "", latest: null, ...common, deadlines: [] };
  }
  const rule = law.rulebook.deadlines.find(({ id }) => id === open.rule);
  return {
    deadline: open.id,
    from: open.dueOn,
    latest: latestExtension(open, rule, law, state),
    ...common,
    deadlines: [putOff(open, { due, months, approvedBy }, rule, law, state)],
  };
};

/** A due date that is put off to a day, or by months. */
const putOff = (
  open: Deadline,
  {
    due,
    months,
    approvedBy,
  }: Readonly<{ due: CivilDate | undefined; months: number | undefined; approvedBy: string }>,
  rule: DeadlineRule | undefined,
  law: Law,
  state: CaseState,
): DueDate => {
  const total = monthsInAll(open, rule, months);
  return {
    id: open.id,
    ...newDate(open, { due, months, total }, rule, law, state),
    countedFrom: open.countedFrom,
    rule: open.rule,
    source: open.source,
    rulebook: open.rulebook,
    calendar: months === undefined ? null : law.calendar.edition,
    extended: { from: open.dueOn, approvedBy, ...(total !== undefined && { months: total }) },
  };
};

/**
 * The due date that an extension sets, decided once more. The months in all, or the day, are told in no
 * other place than in the due date itself.
 */
export const dueDatesOfExtension = (
  { approvedBy, deadlines: [said] }: CaseEventData["DeadlineExtended"],
  state: CaseState,
  law: Law,
): readonly DueDate[] => {
  const open = openAnswer(state);
  const rule = law.rulebook.deadlines.find(({ id }) => id === open?.rule);
  const latest = open && latestExtension(open, rule, law, state);
  if (open === undefined || latest === undefined || latest === null) return [];
  const before = open.extended === undefined ? 0 : open.extended.months;
  const more = (said?.extended?.months ?? 0) - (before ?? 0);
  const isByMonths = rule?.unit === "calendarMonth" && before !== undefined && more > 0;
  const granted = isByMonths
    ? { due: undefined, months: more, approvedBy }
    : { due: said?.dueOn, months: undefined, approvedBy };
  const due = putOff(open, granted, rule, law, state);
  // months that are no part of one longer term were counted from the day before, by a calendar
  const counted = !isByMonths &&
    said?.calendar === law.calendar.edition && { calendar: said.calendar };
  return [{ ...due, ...counted, ...(due.dueOn > latest && { dueOn: latest }) }];
};

/** The months by which a term has been extended in all; undefined where it is not one of months alone. */
const monthsInAll = (
  { extended }: Deadline,
  rule: DeadlineRule | undefined,
  months: number | undefined,
): number | undefined => {
  if (months === undefined || rule?.unit !== "calendarMonth") return undefined;
  if (extended === undefined) return months;
  return extended.months === undefined ? undefined : extended.months + months;
};

const newDate = (
  open: Deadline,
  {
    due = open.dueOn,
    months,
    total,
  }: Readonly<{
    due: CivilDate | undefined;
    months: number | undefined;
    total: number | undefined;
  }>,
  rule: DeadlineRule | undefined,
  law: Law,
  state: CaseState,
): Pick<DueDate, "dueOn" | "provisional"> => {
  const termLaw = termLawOf(law, state.received.kind);
  if (months === undefined) return { dueOn: due, provisional: false };
  if (total !== undefined && rule !== undefined) {
    return endOfMonths(months, extendedTerm(rule, total), open.countedFrom, termLaw);
  }
  const rollOver = rule?.rollOver ?? "nextWorkingDay";
  const term = { amount: months, unit: "calendarMonth", count: "dayZero", rollOver } as const;
  return { ...endOfMonths(months, term, open.dueOn, termLaw), provisional: false };
};

/**
 * Where a term ends that was lengthened by months.
 * @throws EngineError `INVALID_INPUT` where they lead past the last date there is
 */
const endOfMonths = (
  months: number,
  term: Term,
  from: CivilDate,
  termLaw: TermLaw,
): ComputedTerm => {
  try {
    if (months <= monthsOfAllDates) return endOfTerm(term, from, termLaw);
  } catch (error) {
    if (!(error instanceof BeyondAllDates)) throw error;
  }
  const expected = { zh: "时限不得晚于 9999 年", en: "a term that ends by the year 9999" };
  throw invalidInput({ field: "months", kind: "outOfRange", value: String(months), expected });
};

const monthsOfAllDates = 12 * 10_000;

/** A term of months that has been extended by months: one longer term, which rolls once, at its end. */
export const extendedTerm = (rule: DeadlineRule, months: number): DeadlineRule => ({
  ...rule,
  amount: (rule.amount ?? 0) + months,
});

/** The latest day to which the rule lets a due date be put off, null when it lets nothing. */
export const latestExtension = (
  open: Deadline,
  rule: DeadlineRule | undefined,
  law: Law,
  state: CaseState,
): CivilDate | null => {
  if (rule?.extension === undefined || rule.extension === null) return null;
  const { from, amount, unit } = rule.extension.max;
  const unextended = state.deadlines.findLast(
    ({ id, round, extended }) => id === open.id && round === open.round && extended === undefined,
  );
  const termLaw = termLawOf(law, state.received.kind);
  const base = from === "trigger" ? open.countedFrom : (unextended ?? open).dueOn;
  const term = { amount, unit, count: rule.count, rollOver: rule.rollOver };
  return endOfTerm(term, base, termLaw).dueOn;
};
