/**
 * @module table-schema — the shape of conformance tables.
 *
 * Needs valibot, as `schema.ts` does: it is loaded when a table is read, never on the everyday path. It
 * does not compile when it says anything else than the types.
 */
import * as v from "valibot";
import { isOccurredOn } from "../../time/occurred-on.ts";
import type { BetweenTable, RuleTable, ShareTable, TermTable } from "./conformance.ts";
import type { Exactly } from "../check/schema-parts.ts";
import {
  date,
  keysOf,
  label,
  members,
  monthDay,
  optional,
  text,
  time,
  whole,
} from "../check/schema-parts.ts";
import { counts, rolls, units } from "../terms/term.ts";

const head = { table: text, label, source: label };
const note = { note: optional(text) };
const occurredOn = v.pipe(v.string(), v.check(isOccurredOn, "occurredOn"));

const ownCalendar = members({
  from: date,
  to: date,
  daysOff: v.array(date),
  makeUpDays: v.array(date),
  holidays: optional(v.array(members({ from: date, to: date, name: label }))),
  notices: optional(v.array(members({ from: date, to: date, notice: text }))),
});
// a union would only say that neither fits
const calendar = v.lazy((given) =>
  typeof given === "string" ? v.literal("state-council") : ownCalendar,
);

const unit = v.picklist(keysOf(units));
const count = v.picklist(keysOf(counts));
const rollOver = v.picklist(keysOf(rolls));
const direction = optional(v.picklist(["after", "before"]));
const ofTerm = { direction, cutOff: optional(time), monthDay: optional(monthDay) };
const otherTerms = v.array(
  members({
    amount: optional(whole(0)),
    unit: optional(unit),
    count: optional(count),
    rollOver: optional(rollOver),
    ...ofTerm,
  }),
);
const workingHours = v.pipe(v.array(members({ from: time, to: time })), v.minLength(1, "filled"));
const end = {
  dueOn: date,
  dueAt: optional(occurredOn),
  provisional: optional(v.boolean()),
  ...note,
};
const rowsOf = <Row extends v.GenericSchema>(row: Row) =>
  v.pipe(v.array(row), v.minLength(1, "filled"));

const termTable = members({
  ...head,
  kind: optional(v.literal("term")),
  calendar,
  term: members({ unit, count, rollOver, ...ofTerm }),
  workingHours: optional(workingHours),
  failsUnder: otherTerms,
  rows: rowsOf(members({ from: occurredOn, amount: optional(whole(0)), ...end })),
});

const ruleTable = members({
  ...head,
  kind: v.literal("rule"),
  rulebook: text,
  calendar,
  failsUnder: otherTerms,
  rows: rowsOf(members({ rule: text, from: occurredOn, on: optional(date), ...end })),
});

const ends = v.picklist(["both", "first", "last", "none"]);
const spanRow = members({ from: date, to: date, days: whole(0), ...note });
const dayRow = members({ on: date, worked: v.boolean(), ...note });
const betweenTable = members({
  ...head,
  kind: v.literal("between"),
  calendar,
  ends,
  failsUnder: v.array(members({ ends })),
  rows: rowsOf(v.lazy((given) => (Object.hasOwn(Object(given), "worked") ? dayRow : spanRow))),
});

const decimals = v.picklist([0, 1, 2, 3]);
const mode = v.picklist(["halfUp", "largestRemainder", "down"]);
const shareTable = members({
  ...head,
  kind: v.literal("share"),
  rounding: members({ decimals, mode }),
  failsUnder: v.array(members({ decimals: optional(decimals), mode: optional(mode) })),
  rows: rowsOf(members({ counts: rowsOf(whole(0)), displays: rowsOf(text), ...note })),
});

/** Each kind of table by its name. */
export const tableSchemas: Readonly<{
  term: Exactly<TermTable, typeof termTable>;
  rule: Exactly<RuleTable, typeof ruleTable>;
  between: Exactly<BetweenTable, typeof betweenTable>;
  share: Exactly<ShareTable, typeof shareTable>;
}> = {
  term: termTable,
  rule: ruleTable,
  between: betweenTable,
  share: shareTable,
};
