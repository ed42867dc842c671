/** @module deadline-rule — the shape of a term in a rulebook: for whom, from when, how long, how it is counted. */
import type { DeadlineName, Label, Level, Role, SubmissionPhase } from "../case/terms.ts";
import type { CivilDate } from "../time/civil-date.ts";
import type { Confidence, Source } from "./source.ts";

/**
 * What a term counts from: a fact of the case, another due date (`dueDateOf:reply`), or nothing, for a
 * term that ends on a fixed day of the year of the dispatch.
 */
export type Trigger =
  | "submitted"
  | "sessionClosed"
  | "dispatched"
  | "received"
  | "receiptSigned"
  | "returnRequested"
  | "returnApproved"
  | "assigned"
  | "opinionRequested"
  | "opinionReturned"
  | "replyDelivered"
  | "rehandlingOrdered"
  | "commitmentFulfilled"
  | "progressReported"
  | "progressDispatched"
  | "fixedDate"
  | `dueDateOf:${RuledDeadline}`;

/** The due dates that a rule can set; the others are set by a person. */
export type RuledDeadline = Exclude<DeadlineName, "internal" | "commitment" | "urge">;

/**
 * What a term is counted in. `hour` runs day and night, `workingHour` only in the office's hours on
 * working days; both give an instant. `date` is a fixed day of a year.
 */
export type TermUnit =
  | "workingDay"
  | "calendarDay"
  | "calendarMonth"
  | "hour"
  | "workingHour"
  | "date";

/**
 * Which day is the first of a term; see `counts` in `term.ts` for the words of each.
 *
 * - `dayZero`: the day of the trigger is day zero, the next one counts as one (《民法典》第二百零一条)
 * - `moveThenCount`: a trigger on a day off first moves to the next working day, which is day zero
 * - `nextWorkingDay`: the first working day after the trigger is day one
 * - `nextDayZero`: the day after the trigger is day zero
 * - `dayOne`: the day of the trigger is day one
 */
export type CountRule = "dayZero" | "moveThenCount" | "nextWorkingDay" | "nextDayZero" | "dayOne";

/**
 * What happens to a last day that is a day off: it stays (`none`), moves to the next working day, moves
 * on only from a public holiday and not from an ordinary weekend (`nextNonHoliday`), or back to the
 * working day before.
 */
export type RollRule = "none" | "nextWorkingDay" | "nextNonHoliday" | "previousWorkingDay";

/** How long a term is, how it is counted, and what happens when it ends on a day off. */
export type Term = Readonly<{
  /** A whole number from 0; for unit `date` it is absent. */
  amount?: number;
  unit: TermUnit;
  /** `before` counts back from the trigger; `after` where it is absent. */
  direction?: "after" | "before";
  count: CountRule;
  /** `HH:mm`: a trigger at this time or later counts as one of the next day. */
  cutOff?: string;
  /** For unit `date`: the month and day, `07-31`; a case dispatched on it or later is not bound by it. */
  monthDay?: string;
  rollOver: RollRule;
}>;

/** Which cases a rule is for; an absent member does not restrict. */
export type AppliesTo = Readonly<{
  kinds?: readonly string[];
  roles?: readonly Role[];
  levels?: readonly Level[];
  phases?: readonly SubmissionPhase[];
  /** The categories of its cases, as they are written down with them. */
  categories?: readonly string[];
  isComplex?: boolean;
  isKey?: boolean;
  /** 1 for the first handling, 2 for the first 重新办理 and so on. */
  rounds?: readonly number[];
}>;

/** How far a term may be extended, and by whom. */
export type Extension = Readonly<{
  max: Readonly<{
    /** Whether the bound counts from what the term counts from, or from the due date. */
    from: "trigger" | "dueDate";
    amount: number;
    unit: "workingDay" | "calendarDay" | "calendarMonth";
  }>;
  /** Who consents, as it is printed; null where the text names nobody. */
  approver: Label | null;
  needsWrittenNoticeToProposer: boolean;
  mustApplyBeforeDue: boolean;
  /** The bodies that may consent, by name; any where absent. `dispatcher` stands for the one that dispatched the case. */
  approvers?: readonly string[];
  /** How often a due date may be put off; as often as the bound lets it where absent. */
  times?: number;
  /** Where the extension stands and how sure it is, where that is not with the term itself. */
  source?: Source;
  confidence?: Confidence;
}>;

/** One term. Of the rules that apply to a case, the first of each deadline wins. */
export type DeadlineRule = Term &
  Readonly<{
    /** Unique in the rulebook; printed in refusals and beside due dates. */
    id: string;
    deadline: RuledDeadline;
    appliesTo: AppliesTo;
    trigger: Trigger;
    /** Null when the term may not be extended. */
    extension: Extension | null;
    /** `lockRight`: a right that lapses; `escalate`: somebody above is told; `countAsLate`: it is late. */
    onMiss: "lockRight" | "escalate" | "countAsLate";
    /** Days before the due date at which a reminder is due, in the unit of the term or in working days. */
    remindBefore?: readonly Readonly<{ amount: number; unit: "workingDay" | "calendarDay" }>[];
    /**
     * Why this book states the rule and does not apply it: another text of the same place sets another
     * term, for example. Such a rule is shown, and never sets a due date.
     */
    notApplied?: Label;
    source: Source;
    confidence: Confidence;
    /** The rule is for triggers in this span. */
    validFrom: CivilDate;
    validTo: CivilDate | null;
  }>;
