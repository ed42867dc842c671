/**
 * @module conformance — tables of known answers, and whether the arithmetic here gives them.
 *
 * An office checks its own tables the same way; `read-table.ts` reads them.
 */
import type { Label } from "../../case/terms.ts";
import { isEngineError } from "../../errors.ts";
import type { CivilDate } from "../../time/civil-date.ts";
import { addDays } from "../../time/civil-date.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { Calendar } from "../calendar/calendar.ts";
import type {
  BetweenTable,
  ConformanceTable,
  RuleTable,
  ShareTable,
  TableCalendar,
  TermEnd,
  TermTable,
} from "./conformance-table.ts";
import type { OfficeHours } from "../terms/office-hours.ts";
import type { Rounding } from "../rate-definition.ts";
import type { Rulebook } from "../rulebook.ts";
import type { TermLaw } from "../terms/term.ts";
import { endOfTerm } from "../terms/term.ts";
import { indexCalendar, isWorkingDay, workingDaysBetween } from "../calendar/working-days.ts";

export type * from "./conformance-table.ts";

/** What tables are checked with. */
export type TableContext = Readonly<{
  rulebooks: (name: string) => Rulebook | undefined;
  /** The calendar that a table calls `state-council`. */
  calendar: Calendar;
  /** Without it, tables of shares fail. */
  printShares?: (counts: readonly number[], rounding: Rounding) => readonly string[];
}>;

/** What a row expects or what was found, or why nothing was. */
export type RowAnswer = Readonly<{
  dueOn?: CivilDate;
  dueAt?: string;
  provisional?: boolean;
  days?: number;
  worked?: boolean;
  displays?: readonly string[];
  /** Why there is no answer. */
  refused?: Label;
}>;

/** A row, from 0, that does not come out. */
export type RowFailure = Readonly<{ row: number; expected: RowAnswer; found: RowAnswer }>;

export type TableResult = Readonly<{
  table: string;
  label: Label;
  rows: number;
  failures: readonly RowFailure[];
  /** The other ways of counting under which every row came out, though one should not have. */
  wrongPasses: readonly Readonly<Record<string, unknown>>[];
  ok: boolean;
}>;

/** Whether each row of a table comes out, and none of the ways of counting that must fail does. */
export const checkTable = (table: ConformanceTable, context: TableContext): TableResult => {
  switch (table.kind) {
    case "rule":
      return checkRules(table, context);
    case "between":
      return checkBetween(table, context);
    case "share":
      return checkShares(table, context);
    default:
      return checkTerms(table, context);
  }
};

const checkTerms = (table: TermTable, context: TableContext): TableResult => {
  const law = lawOf(table, table.workingHours ?? [], context);
  return judge(table, endExpected, ({ from, amount }, variant) =>
    endOfTerm(
      { ...table.term, ...(amount === undefined ? {} : { amount }), ...variant },
      from,
      law,
    ),
  );
};

const checkRules = (table: RuleTable, context: TableContext): TableResult => {
  const rulebook = context.rulebooks(table.rulebook);
  const law = lawOf(table, rulebook?.workingHours[0]?.value ?? [], context);
  return judge(table, endExpected, ({ rule: id, from, on = dateOf(from) }, variant) => {
    const rule = rulebook?.deadlines.find((one) => one.id === id);
    if (rulebook === undefined) return { refused: unknownRulebook(table.rulebook) };
    if (rule === undefined) return { refused: unknownRule(table.rulebook, id) };
    if (on < rule.validFrom || (rule.validTo !== null && on > rule.validTo)) {
      return { refused: notValid(id, on) };
    }
    return endOfTerm({ ...rule, ...variant }, from, law);
  });
};

const unknownRulebook = (name: string): Label => ({
  zh: `既没有随附也没有采用规则集 ${name}；尚未采用的，请把它的文件一并写明`,
  en: `the rulebook ${name} neither comes with the program nor has been adopted; name its file as well`,
});
const unknownRule = (rulebook: string, id: string): Label => ({
  zh: `规则集 ${rulebook} 没有规则 ${id}`,
  en: `the rulebook ${rulebook} has no rule ${id}`,
});
const notValid = (id: string, on: CivilDate): Label => ({
  zh: `规则 ${id} 在 ${on} 不适用`,
  en: `the rule ${id} is not valid on ${on}`,
});
const noShares: Label = { zh: "此处不能计算比例", en: "nothing here prints shares" };

const checkBetween = (table: BetweenTable, context: TableContext): TableResult => {
  const { calendar } = lawOf(table, [], context);
  return judge(
    table,
    (row) => ("days" in row ? { days: row.days } : { worked: row.worked }),
    (row, variant) => {
      if (!("days" in row)) return { worked: isWorkingDay(row.on, calendar) };
      const ends = variant?.ends ?? table.ends;
      const after = ends === "both" || ends === "first" ? addDays(row.from, -1) : row.from;
      const upTo = ends === "both" || ends === "last" ? row.to : addDays(row.to, -1);
      return { days: Math.max(0, workingDaysBetween(after, upTo, calendar)) };
    },
  );
};

const checkShares = (table: ShareTable, { printShares }: TableContext): TableResult =>
  judge(
    table,
    ({ displays }) => ({ displays: displays.map(shortened) }),
    ({ counts }, variant) => {
      if (printShares === undefined) return { refused: noShares };
      const shares = printShares(counts, { ...table.rounding, ...variant });
      return { displays: shares.map(shortened) };
    },
  );

/** Sets what each row expects against what is found, for the table's own way and each that must fail. */
const judge = <Row, Variant extends Readonly<Record<string, unknown>>>(
  {
    table,
    label,
    rows,
    failsUnder,
  }: Readonly<{
    table: string;
    label: Label;
    rows: readonly Row[];
    failsUnder: readonly Variant[];
  }>,
  expectedOf: (row: Row) => RowAnswer,
  answer: (row: Row, variant?: Variant) => RowAnswer,
): TableResult => {
  const failuresUnder = (variant?: Variant): RowFailure[] =>
    rows.flatMap((row, index) => {
      const expected = expectedOf(row);
      const found = comparable(
        tried(() => answer(row, variant)),
        expected,
      );
      return JSON.stringify(found) === JSON.stringify(expected)
        ? []
        : [{ row: index, expected, found }];
    });
  const failures = failuresUnder();
  const wrongPasses = failsUnder.filter((variant) => failuresUnder(variant).length === 0);
  return {
    table,
    label,
    rows: rows.length,
    failures,
    wrongPasses,
    ok: failures.length === 0 && wrongPasses.length === 0,
  };
};

/** A term that cannot be computed is an answer as well: the wrong one. */
const tried = (answer: () => RowAnswer): RowAnswer => {
  try {
    return answer();
  } catch (error) {
    if (isEngineError(error)) return { refused: error.sentence };
    if (error instanceof RangeError) return { refused: { zh: error.message, en: error.message } };
    throw error;
  }
};

/** Of what was found, what the row speaks of, in its order. */
const comparable = (found: RowAnswer, expected: RowAnswer): RowAnswer =>
  found.refused === undefined
    ? {
        ...(expected.dueOn === undefined ? {} : { dueOn: found.dueOn }),
        ...(expected.dueAt === undefined ? {} : { dueAt: found.dueAt }),
        ...(expected.provisional === undefined ? {} : { provisional: found.provisional }),
        ...(expected.days === undefined ? {} : { days: found.days }),
        ...(expected.worked === undefined ? {} : { worked: found.worked }),
        ...(expected.displays === undefined ? {} : { displays: found.displays }),
      }
    : found;

const endExpected = ({ dueOn, dueAt, provisional }: TermEnd): RowAnswer => ({
  dueOn,
  ...(dueAt === undefined ? {} : { dueAt }),
  ...(provisional === undefined ? {} : { provisional }),
});

const lawOf = (
  { table, calendar }: Readonly<{ table: string; calendar: TableCalendar }>,
  workingHours: OfficeHours,
  context: TableContext,
): TermLaw => ({
  calendar: indexCalendar(
    calendar === "state-council" ? context.calendar : { ...calendar, edition: table },
  ),
  workingHours,
});

/** `50.00%` and `50%` are the same share. */
const shortened = (share: string): string =>
  share.replace(/(\.\d*?)0+%$/, "$1%").replace(".%", "%");
