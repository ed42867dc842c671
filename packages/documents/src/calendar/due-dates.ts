/**
 * @module due-dates — due dates as a calendar that any calendar program imports (RFC 5545): whole days, or
 * instants where a term counts hours, with alarms. Importing a later one again moves what has moved.
 */
import type { DueItem, Label } from "@wuding/engine";
import { addDays, latestDate, terms } from "@wuding/engine";
import { contentLine, dateValue, textValue, utcValue } from "./icalendar.ts";

export type DueCalendar = Readonly<{
  language: keyof Label;
  due: readonly DueItem[];
  /** What the log was when the calendar was made; time and number of each entry come from it, not from a clock. */
  log: Readonly<{
    /** The log's name; with case and due date it makes the lasting id of an entry. */
    origin: string;
    /** Events in the log. */
    size: number;
    /** Instant of the last record. */
    recordedAt: string;
  }>;
  /** Days before, on which a calendar program reminds; 0 is the day itself. */
  alarms: readonly number[];
}>;

const said = {
  calendar: { zh: "办件时限", en: "Due dates of cases" },
  department: { zh: "科室", en: "department" },
  person: { zh: "经办人", en: "person" },
  source: { zh: "依据", en: "basis" },
  provisional: { zh: "暂定", en: "provisional" },
} as const satisfies Record<string, Label>;

/** The calendar. The same due dates and log give the same bytes. */
export const dueCalendar = (calendar: DueCalendar): string => {
  const { language, due } = calendar;
  const lines = [
    contentLine("BEGIN", "VCALENDAR"),
    contentLine("VERSION", "2.0"),
    contentLine("PRODID", "-//Wuding//Due dates//ZH"),
    contentLine("CALSCALE", "GREGORIAN"),
    contentLine("METHOD", "PUBLISH"),
    contentLine("X-WR-CALNAME", textValue(said.calendar[language])),
    ...due.map((item) => entry(item, calendar)),
    contentLine("END", "VCALENDAR"),
  ];
  return lines.join("");
};

const nameOf = ({ deadline }: DueItem, language: keyof Label): string => {
  const number = deadline.split(":")[1];
  const name = terms.deadlineNames[terms.deadlineNameOf(deadline)][language];
  return number === undefined ? name : `${name} ${number}`;
};

const entry = (item: DueItem, { language, log, alarms }: DueCalendar): string => {
  const { dueOn, dueAt, provisional } = item;
  const aside = language === "zh" ? "（暂定）" : ` (${said.provisional.en})`;
  const summary = `${nameOf(item, language)}${provisional ? aside : ""} ${item.case} ${item.title}`;
  const colon = language === "zh" ? "：" : ": ";
  const description = [
    [said.department[language], item.department],
    [said.person[language], item.person],
    [said.source[language], item.source],
  ]
    .flatMap(([label, value]) => (value === null ? [] : [`${label}${colon}${value}`]))
    .join("\n");
  const when =
    dueAt === undefined
      ? [
          contentLine("DTSTART;VALUE=DATE", dateValue(dueOn)),
          // a day without an end is one day long; after the last date there is no next one
          ...(dueOn < latestDate
            ? [contentLine("DTEND;VALUE=DATE", dateValue(addDays(dueOn, 1)))]
            : []),
        ]
      : [contentLine("DTSTART", utcValue(dueAt)), contentLine("DTEND", utcValue(dueAt))];
  return [
    contentLine("BEGIN", "VEVENT"),
    contentLine("UID", textValue(`${item.case}/${item.deadline}@${log.origin}`)),
    contentLine("DTSTAMP", utcValue(log.recordedAt)),
    contentLine("SEQUENCE", String(log.size)),
    ...when,
    contentLine("SUMMARY", textValue(summary)),
    contentLine("DESCRIPTION", textValue(description)),
    contentLine("TRANSP", "TRANSPARENT"),
    contentLine("STATUS", provisional ? "TENTATIVE" : "CONFIRMED"),
    ...alarms.map((days) => alarm(days, summary)),
    contentLine("END", "VEVENT"),
  ].join("");
};

const alarm = (days: number, summary: string): string =>
  [
    contentLine("BEGIN", "VALARM"),
    contentLine("ACTION", "DISPLAY"),
    contentLine("TRIGGER", days === 0 ? "PT0S" : `-P${days}D`),
    contentLine("DESCRIPTION", textValue(summary)),
    contentLine("END", "VALARM"),
  ].join("");
