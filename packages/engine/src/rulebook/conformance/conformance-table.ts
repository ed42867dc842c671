/**
 * @module conformance-table — the shape of a table of known answers.
 *
 * A table says how its rows are counted and under which other ways of counting they must not come out:
 * a table that passes whatever the rule is proves nothing.
 */
import type { Label } from "../../case/terms.ts";
import type { CivilDate } from "../../time/civil-date.ts";
import type { OccurredOn } from "../../time/occurred-on.ts";
import type { Calendar } from "../calendar/calendar.ts";
import type { OfficeHours } from "../terms/office-hours.ts";
import type { Term } from "../deadline-rule.ts";
import type { Rounding } from "../rate-definition.ts";

/** What every table says of itself. */
type Head = Readonly<{
  /** Where an editor finds the schema. */
  $schema?: string;
  /** Unique among the tables of an office. */
  table: string;
  label: Label;
  /** Where the rows come from. */
  source: Label;
}>;

/** The state council's days, or days of the table's own. */
export type TableCalendar = "state-council" | Omit<Calendar, "edition">;

/** Where a term of a row ends; members that a row leaves out are not looked at. */
export type TermEnd = Readonly<{ dueOn: CivilDate; dueAt?: string; provisional?: boolean }>;

export type TermRow = TermEnd & Readonly<{ from: OccurredOn; amount?: number; note?: string }>;

/** Rows counted by one term, each with its own amount. */
export type TermTable = Head &
  Readonly<{
    kind?: "term";
    calendar: TableCalendar;
    term: Omit<Term, "amount">;
    workingHours?: OfficeHours;
    failsUnder: readonly Partial<Term>[];
    rows: readonly TermRow[];
  }>;

export type RuleRow = TermEnd &
  Readonly<{
    /** The id of the rule in the table's rulebook. */
    rule: string;
    from: OccurredOn;
    /** The day on which the rule must be valid; the day of `from` when absent. */
    on?: CivilDate;
    note?: string;
  }>;

/** Rows counted by the rules of a rulebook. */
export type RuleTable = Head &
  Readonly<{
    kind: "rule";
    /** `<id>@<version>` */
    rulebook: string;
    calendar: TableCalendar;
    failsUnder: readonly Partial<Term>[];
    rows: readonly RuleRow[];
  }>;

/** Which of its two days a count of days takes in. */
export type Ends = "both" | "first" | "last" | "none";

export type BetweenRow =
  | Readonly<{ from: CivilDate; to: CivilDate; days: number; note?: string }>
  | Readonly<{ on: CivilDate; worked: boolean; note?: string }>;

/** Rows that count the working days between two days, or ask whether one is worked. */
export type BetweenTable = Head &
  Readonly<{
    kind: "between";
    calendar: TableCalendar;
    ends: Ends;
    failsUnder: readonly Readonly<{ ends: Ends }>[];
    rows: readonly BetweenRow[];
  }>;

export type ShareRow = Readonly<{
  counts: readonly number[];
  /** The share of each count in their sum; zeros that end the decimals are not compared. */
  displays: readonly string[];
  note?: string;
}>;

/** Rows of counts with the shares that are printed for them. */
export type ShareTable = Head &
  Readonly<{
    kind: "share";
    rounding: Rounding;
    failsUnder: readonly Partial<Rounding>[];
    rows: readonly ShareRow[];
  }>;

export type ConformanceTable = TermTable | RuleTable | BetweenTable | ShareTable;
