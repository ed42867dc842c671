/** @module check — everything that is wrong in a complete rulebook, by itself and with its calendar. */
import type { Calendar } from "../calendar/calendar.ts";
import { contradictions } from "./checks.ts";
import { isApplied } from "../complete.ts";
import type { Finding, RuleProblem } from "./rule-problem.ts";
import { finding, placed } from "./rule-problem.ts";
import type { Rulebook } from "../rulebook.ts";
import { readShape } from "./shape.ts";
import { consultsCalendar } from "../terms/term.ts";

/**
 * Everything that is wrong in a complete rulebook.
 *
 * In one that extends another it is no longer told which rule shadows which on purpose: that is checked
 * when its file is read.
 */
export const checkRulebook = (rulebook: Rulebook): readonly RuleProblem[] => {
  const shape = readShape(rulebook);
  if ("findings" in shape) return placed(shape.findings);
  const own = rulebook.extends === undefined ? rulebook : {};
  return placed(contradictions({ rulebook, own }));
};

/**
 * Whether a calendar reaches back to the first day of each rule in hours that counts on it. Days may be
 * counted provisionally where there is no calendar, hours may not.
 */
export const checkAgainstCalendar = (
  rulebook: Rulebook,
  calendar: Pick<Calendar, "from" | "edition">,
): readonly RuleProblem[] =>
  placed(
    rulebook.deadlines.flatMap((rule, index): readonly Finding[] => {
      const { id, unit, validTo } = rule;
      const isInHours = unit === "hour" || unit === "workingHour";
      if (!isApplied(rule) || !isInHours || !consultsCalendar(rule)) return [];
      // no case is older than its rulebook
      const first = rule.validFrom < rulebook.validFrom ? rulebook.validFrom : rule.validFrom;
      if (first >= calendar.from || (validTo !== null && validTo < first)) return [];
      const [year, covered] = [first.slice(0, 4), calendar.from.slice(0, 4)];
      return [
        finding(
          ["deadlines", index, "validFrom"],
          id,
          {
            zh: `规则“${id}”按小时计算，自 ${first} 起适用，但日历（${calendar.edition}）从 ${calendar.from} 开始，${year} 年没有日历。`,
            en: `Rule "${id}" is counted in hours from ${first} on, but the calendar (${calendar.edition}) begins on ${calendar.from}: there is none for ${year}.`,
          },
          {
            zh: `请把 validFrom 改为 ${covered} 年日历开始的 ${calendar.from} 或以后，或先采用包含 ${year} 年的日历。`,
            en: `Set validFrom to ${calendar.from} or later, or first adopt a calendar that covers ${year}.`,
          },
        ),
      ];
    }),
  );
