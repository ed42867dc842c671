/**
 * @module read-table — reads a conformance table, and names every place where it is not one.
 */
import * as v from "valibot";
import { weekday } from "../../time/civil-date.ts";
import type { ConformanceTable, TableCalendar } from "./conformance.ts";
import type { Finding, RuleProblem } from "../check/rule-problem.ts";
import { finding, placed } from "../check/rule-problem.ts";
import { shapeFindings } from "../check/shape-problems.ts";
import { tableSchemas } from "./table-schema.ts";

/** The table, or all that is wrong in it. */
export type ReadTable =
  | Readonly<{ table: ConformanceTable }>
  | Readonly<{ problems: readonly RuleProblem[] }>;

/** Reads a table from JSON. A table without `kind` is one of terms. */
export const readTable = (json: unknown): ReadTable => {
  const kind = kindOf(json);
  if (!isKind(kind)) return { problems: placed([unknownKind(kind)]) };
  const parsed = v.safeParse<v.GenericSchema<unknown, ConformanceTable>>(tableSchemas[kind], json);
  if (!parsed.success) return { problems: placed(shapeFindings(parsed.issues)) };
  const findings = contradictions(parsed.output);
  return findings.length > 0 ? { problems: placed(findings) } : { table: parsed.output };
};

const kindOf = (json: unknown): string => {
  if (typeof json !== "object" || json === null || !("kind" in json)) return "term";
  return typeof json.kind === "string" ? json.kind : JSON.stringify(json.kind);
};

const isKind = (kind: string): kind is keyof typeof tableSchemas =>
  Object.hasOwn(tableSchemas, kind);

const unknownKind = (kind: string): Finding => {
  const kinds = Object.keys(tableSchemas);
  return finding(
    ["kind"],
    null,
    { zh: `“kind”不能是“${kind}”。`, en: `"kind" cannot be "${kind}".` },
    { zh: `可用：${kinds.join("、")}。`, en: `Use one of: ${kinds.join(", ")}.` },
  );
};

/** What cannot all be true in a table of the right shape. */
const contradictions = (table: ConformanceTable): readonly Finding[] => {
  if (table.kind === "share") {
    return table.rows.flatMap(({ counts, displays }, row) =>
      counts.length === displays.length
        ? []
        : [
            finding(
              ["rows", row, "displays"],
              null,
              {
                zh: `有 ${counts.length} 个数，却有 ${displays.length} 个占比。`,
                en: `There are ${counts.length} counts and ${displays.length} shares.`,
              },
              { zh: "请为每个数写一个占比。", en: "Give one share for each count." },
            ),
          ],
    );
  }
  return ofCalendar(table.calendar);
};

const ofCalendar = (calendar: TableCalendar): readonly Finding[] => {
  if (calendar === "state-council") return [];
  const { from, to, daysOff, makeUpDays } = calendar;
  return [
    ...ofDays("daysOff", daysOff, calendar),
    ...ofDays("makeUpDays", makeUpDays, calendar),
    ...(from <= to
      ? []
      : [
          finding(
            ["calendar", "to"],
            null,
            {
              zh: `最后一天 ${to} 早于第一天 ${from}。`,
              en: `The last day ${to} is before the first day ${from}.`,
            },
            { zh: "请改正起止日期。", en: "Correct the first or the last day." },
          ),
        ]),
  ];
};

const ofDays = (
  name: "daysOff" | "makeUpDays",
  days: readonly string[],
  { from, to }: Exclude<TableCalendar, "state-council">,
): readonly Finding[] =>
  days.flatMap((day, index) => {
    const isWeekend = [0, 6].includes(weekday(day));
    const wrong = [
      ...(isWeekend === (name === "makeUpDays") ? [] : [isWeekend ? weekendOff : weekdayWorked]),
      ...(from <= day && day <= to ? [] : [outside]),
      ...(index > 0 && String(days[index - 1]) >= day ? [unsorted] : []),
    ];
    return wrong.map(({ zh, en, repair }) =>
      finding(
        ["calendar", name, index],
        null,
        { zh: `${day} ${zh}。`, en: `${day} ${en}.` },
        repair,
      ),
    );
  });

const weekendOff = {
  zh: "是周末，本来就不上班",
  en: "is a weekend day, which is off anyway",
  repair: { zh: "放假日只写周一至周五。", en: "List only Mondays to Fridays as days off." },
};
const weekdayWorked = {
  zh: "不是周末，本来就上班",
  en: "is no weekend day and is worked anyway",
  repair: { zh: "调休上班日只写周六、周日。", en: "List only weekend days as make-up days." },
};
const outside = {
  zh: "不在日历的起止日期之内",
  en: "is outside the calendar's span",
  repair: { zh: "请改正该日或起止日期。", en: "Correct the day, or from and to." },
};
const unsorted = {
  zh: "重复，或未按先后排列",
  en: "stands twice or out of order",
  repair: { zh: "请按先后排列，每日只写一次。", en: "Sort the days, each once." },
};
