/** @module calendar-contradictions — what a calendar file says that cannot all be true. */
import type { CivilDate } from "../../time/civil-date.ts";
import { addDays, dayNumber, weekday } from "../../time/civil-date.ts";
import type { CalendarFile } from "./calendar-file.ts";
import type { Calendar } from "./calendar.ts";
import type { Finding, Path } from "../check/rule-problem.ts";
import { finding } from "../check/rule-problem.ts";

/** Everything in which a file contradicts itself or does not fit the calendar that it changes. */
export const calendarContradictions = (file: CalendarFile, base: Calendar): readonly Finding[] => [
  ...editionOf(file, base),
  ...spanOf(file, base),
  ...holidaysOf(file),
  ...makeUpDaysOf(file),
];

const at = (path: Path, problem: readonly [string, string], repair: readonly [string, string]) =>
  finding(path, null, { zh: problem[0], en: problem[1] }, { zh: repair[0], en: repair[1] });

const editionOf = ({ edition }: CalendarFile, base: Calendar): readonly Finding[] =>
  edition === base.edition
    ? [
        at(
          ["edition"],
          [
            `版次“${edition}”就是现用日历的版次。`,
            `The edition "${edition}" is that of the calendar in use.`,
          ],
          [
            "请另写版次，例如把末尾的数字加一。",
            "Give it an edition of its own, for example with the last number raised by one.",
          ],
        ),
      ]
    : [];

/** A year, and some days of its neighbours that a notice may move. */
const daysMax = 400;

const spanOf = ({ from, to }: CalendarFile, base: Calendar): readonly Finding[] => {
  if (to < from) return [backwards([], from, to)];
  if (dayNumber(to) - dayNumber(from) >= daysMax) {
    return [
      at(
        ["to"],
        [
          `本文件从 ${from} 到 ${to}，超过 ${daysMax} 天；一个通知只涵盖一年。`,
          `This file runs from ${from} to ${to}, more than ${daysMax} days; a notice covers one year.`,
        ],
        ["请为每个通知各写一个文件。", "Write one file for each notice."],
      ),
    ];
  }
  const next = addDays(base.to, 1);
  if (from > next) {
    return [
      at(
        ["from"],
        [
          `现用日历到 ${base.to} 为止，本文件从 ${from} 开始，中间各天没有日历。`,
          `The calendar in use ends on ${base.to} and this file begins on ${from}: the days between have no calendar.`,
        ],
        [`请先采用从 ${next} 开始的日历。`, `First adopt the calendar that begins on ${next}.`],
      ),
    ];
  }
  const previous = addDays(base.from, -1);
  if (to < previous) {
    return [
      at(
        ["to"],
        [
          `本文件到 ${to} 为止，现用日历从 ${base.from} 开始，中间各天没有日历。`,
          `This file ends on ${to} and the calendar in use begins on ${base.from}: the days between have no calendar.`,
        ],
        [
          `请先采用到 ${previous} 为止的日历。`,
          `First adopt the calendar that ends on ${previous}.`,
        ],
      ),
    ];
  }
  return [];
};

const backwards = (path: Path, from: CivilDate, to: CivilDate): Finding =>
  at(
    [...path, "to"],
    [`最后一天 ${to} 早于第一天 ${from}。`, `The last day ${to} is before the first day ${from}.`],
    ["请核对通知，改正两个日期。", "Compare both dates with the notice."],
  );

const outside = (path: Path, day: CivilDate, { from, to }: CalendarFile): Finding =>
  at(
    path,
    [
      `${day} 不在本文件涵盖的 ${from} 至 ${to} 之内。`,
      `${day} is outside the span of this file, ${from} to ${to}.`,
    ],
    [
      "请改正日期，或扩大文件的 from 和 to。",
      "Correct the date, or widen the from and to of the file.",
    ],
  );

const holidaysOf = (file: CalendarFile): readonly Finding[] =>
  file.holidays.flatMap((holiday, index): readonly Finding[] => {
    const { name, from, to } = holiday;
    const path = ["holidays", index];
    if (to < from) return [backwards(path, from, to)];
    const findings: Finding[] = [];
    if (from < file.from) findings.push(outside([...path, "from"], from, file));
    if (file.to < to) findings.push(outside([...path, "to"], to, file));
    // any one before it, sorted or not: two spans share a day or they do not
    const shared = file.holidays.slice(0, index).find((one) => one.from <= to && from <= one.to);
    const previous = file.holidays[index - 1];
    if (shared !== undefined) {
      findings.push(
        at(
          path,
          [
            `“${name}”（${from} 至 ${to}）与“${shared.name}”（${shared.from} 至 ${shared.to}）重叠。`,
            `"${name}" (${from} to ${to}) overlaps "${shared.name}" (${shared.from} to ${shared.to}).`,
          ],
          [
            "请改正日期；连休的两个节日写成一段，名称用“、”连接。",
            "Correct the dates; write two holidays in one run as one span, their names joined by 、.",
          ],
        ),
      );
    } else if (previous !== undefined && from < previous.from) {
      findings.push(
        at(
          path,
          [
            `“${name}”（${from} 起）排在“${previous.name}”（${previous.from} 起）之后。`,
            `"${name}" (from ${from}) stands after "${previous.name}" (from ${previous.from}).`,
          ],
          ["请按日期先后排列。", "Put the holidays in the order of their dates."],
        ),
      );
    }
    return findings;
  });

const makeUpDaysOf = (file: CalendarFile): readonly Finding[] =>
  file.makeUpDays.flatMap((day, index): readonly Finding[] => {
    const path = ["makeUpDays", index];
    const findings: Finding[] = [];
    if (day < file.from || file.to < day) findings.push(outside(path, day, file));
    const holiday = file.holidays.find(({ from, to }) => from <= day && day <= to);
    if (holiday !== undefined) {
      findings.push(
        at(
          path,
          [
            `${day} 既在“${holiday.name}”放假之内，又列为调休上班。`,
            `${day} is both off, for "${holiday.name}", and worked.`,
          ],
          ["请核对通知，只保留一处。", "Compare it with the notice and keep one of the two."],
        ),
      );
    } else if (weekday(day) !== 0 && weekday(day) !== 6) {
      findings.push(
        at(
          path,
          [`${day} 是周一至周五，本来就上班。`, `${day} is a weekday and is worked anyway.`],
          [
            "请核对日期；调休上班只写周六、周日。",
            "Check the date; only Saturdays and Sundays are listed here.",
          ],
        ),
      );
    }
    const previous = file.makeUpDays[index - 1];
    if (file.makeUpDays.indexOf(day) < index) {
      findings.push(
        at(path, [`${day} 写了两次。`, `${day} is there twice.`], ["请删去一个。", "Keep one."]),
      );
    } else if (previous !== undefined && day < previous) {
      findings.push(
        at(
          path,
          [`${day} 排在 ${previous} 之后。`, `${day} stands after ${previous}.`],
          ["请按日期先后排列。", "Put the days in the order of their dates."],
        ),
      );
    }
    return findings;
  });
