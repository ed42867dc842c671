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
  described,
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

const head = {
  $schema: optional(v.string()),
  table: described(text, "对照表名称，不得重复 Name of the table, unique"),
  label: described(label, "标题 Title"),
  source: described(label, "各行的来历 Where the rows come from"),
};
const note = { note: optional(described(text, "说明 A remark")) };
const occurredOn = v.pipe(v.string(), v.check(isOccurredOn, "occurredOn"));

const ownCalendar = members({
  from: described(date, "日历的第一天 First day of the calendar"),
  to: described(date, "日历的最后一天 Last day of the calendar"),
  daysOff: described(v.array(date), "放假的周一至周五 Mondays to Fridays that are off"),
  makeUpDays: described(v.array(date), "上班的周末 Weekend days worked"),
  holidays: optional(
    described(
      v.array(members({ from: date, to: date, name: label })),
      "法定休假日 Public holidays",
    ),
  ),
  notices: optional(
    described(v.array(members({ from: date, to: date, notice: text })), "通知文号 Notices"),
  ),
});
const stateCouncil = v.literal("state-council");

const unit = described(v.picklist(keysOf(units)), "期限的单位 What the term is counted in");
const count = described(v.picklist(keysOf(counts)), "哪一天为第一日 Which day is day one");
const rollOver = described(
  v.picklist(keysOf(rolls)),
  "届满日遇休息日怎么办 What happens to a last day that is a day off",
);
const direction = optional(
  described(v.picklist(["after", "before"]), "before：自起算日向前数 Counts back"),
);
const ofTerm = {
  direction,
  cutOff: optional(
    described(time, "HH:mm，到此时刻及以后视为次日 From this time on it is the next day"),
  ),
  monthDay: optional(described(monthDay, "MM-DD，单位为 date 时的固定日期 The day, for unit date")),
};
const failing =
  "换用这些算法时，至少一行必须不符 Other ways of counting under which a row must not come out";
const otherTerms = described(
  v.array(
    members({
      amount: optional(described(whole(0), "期限长度 How long")),
      unit: optional(unit),
      count: optional(count),
      rollOver: optional(rollOver),
      ...ofTerm,
    }),
  ),
  failing,
);
const workingHours = described(
  v.pipe(v.array(members({ from: time, to: time })), v.minLength(1, "filled")),
  "办公时间，HH:mm The office's hours",
);
const from = described(occurredOn, "起算日；按小时计算的写时刻 What the term counts from");
const end = {
  dueOn: described(date, "届满日 The due date"),
  dueAt: optional(described(occurredOn, "届满的时刻 The moment, for terms in hours")),
  provisional: optional(described(v.boolean(), "是否暂定 Whether it is provisional")),
  ...note,
};
const rowsOf = <Row extends v.GenericSchema>(row: Row) =>
  described(v.pipe(v.array(row), v.minLength(1, "filled")), "已知的答案 The known answers");
const kindOf = <Kind extends string>(kind: Kind) =>
  described(v.literal(kind), "对照表的种类 What the table is about");

const ends = described(
  v.picklist(["both", "first", "last", "none"]),
  "两端哪一日计入 Which of the two days is counted",
);
const spanRow = members({
  from: described(date, "第一日 The first day"),
  to: described(date, "最后一日 The last day"),
  days: described(whole(0), "工作日数 Working days between them"),
  ...note,
});
const dayRow = members({
  on: described(date, "日期 The day"),
  worked: described(v.boolean(), "是否上班 Whether it is worked"),
  ...note,
});
const decimals = described(v.picklist([0, 1, 2, 3]), "小数位数 Decimals");
const mode = described(
  v.picklist(["halfUp", "largestRemainder", "down"]),
  "怎样取整 How shares are rounded",
);

/** The four kinds of tables, by what a calendar and a row between days may be. */
const tablesOf = <Calendar extends v.GenericSchema, Row extends v.GenericSchema>(
  calendarOf: Calendar,
  betweenRow: Row,
) => {
  const calendar = described(
    calendarOf,
    "state-council，或者对照表自己的日历 The State Council's days, or days of its own",
  );
  return {
    term: members({
      ...head,
      kind: optional(kindOf("term")),
      calendar,
      term: described(members({ unit, count, rollOver, ...ofTerm }), "期限的算法 The term"),
      workingHours: optional(workingHours),
      failsUnder: otherTerms,
      rows: rowsOf(
        members({ from, amount: optional(described(whole(0), "期限长度 How long")), ...end }),
      ),
    }),
    rule: members({
      ...head,
      kind: kindOf("rule"),
      rulebook: described(text, "规则集，如 mouxian@2025 The rulebook"),
      calendar,
      failsUnder: otherTerms,
      rows: rowsOf(
        members({
          rule: described(text, "规则编号 Id of the rule"),
          from,
          on: optional(
            described(date, "规则须在这一天有效；不写则为起算日 Day on which the rule is valid"),
          ),
          ...end,
        }),
      ),
    }),
    between: members({
      ...head,
      kind: kindOf("between"),
      calendar,
      ends,
      failsUnder: described(v.array(members({ ends })), failing),
      rows: rowsOf(betweenRow),
    }),
    share: members({
      ...head,
      kind: kindOf("share"),
      rounding: described(members({ decimals, mode }), "怎样取整 How shares are rounded"),
      failsUnder: described(
        v.array(members({ decimals: optional(decimals), mode: optional(mode) })),
        failing,
      ),
      rows: rowsOf(
        members({
          counts: described(
            v.pipe(v.array(whole(0)), v.minLength(1, "filled")),
            "各项的数 The counts",
          ),
          displays: described(
            v.pipe(v.array(text), v.minLength(1, "filled")),
            "各项的占比 The share of each",
          ),
          ...note,
        }),
      ),
    }),
  };
};

// a union would only say that neither fits
const tables = tablesOf(
  v.lazy((given) => (typeof given === "string" ? stateCouncil : ownCalendar)),
  v.lazy((given) => (Object.hasOwn(Object(given), "worked") ? dayRow : spanRow)),
);

/** Each kind of table by its name. */
export const tableSchemas: Readonly<{
  term: Exactly<TermTable, typeof tables.term>;
  rule: Exactly<RuleTable, typeof tables.rule>;
  between: Exactly<BetweenTable, typeof tables.between>;
  share: Exactly<ShareTable, typeof tables.share>;
}> = tables;

const told = tablesOf(v.union([stateCouncil, ownCalendar]), v.union([spanRow, dayRow]));

/** Any table as an editor knows it; it is read by `tableSchemas`, which say what is wrong. */
export const tableFileSchema = v.union([told.rule, told.term, told.between, told.share]);
