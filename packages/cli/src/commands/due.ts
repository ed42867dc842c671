/** @module due — what falls due or is late, most urgent first. */
import type { DueCalendarAnswer, DueItem, DueReport, Label } from "@wuding/engine";
import { invalidInput } from "@wuding/engine";
import type { Command } from "../command.ts";
import { lampWord } from "../print/colour.ts";
import { facts } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { deadlineName, orDash, plural, withAside, words } from "../print/words.ts";
import { readMoment, readScope, scopeOptions } from "../scope.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  empty: { zh: "没有临近或逾期的时限。", en: "Nothing falls due, and nothing is late." },
  left: { zh: "剩余工作日", en: "workdays" },
  file: { zh: "文件", en: "file" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "due",
  label: { zh: "临近和逾期的时限", en: "what falls due or is late" },
  positionals: [],
  options: [
    {
      name: "within",
      label: {
        zh: "多长时间以内到期，如 14d（天）、2w（周）",
        en: "how far ahead, such as 14d or 2w",
      },
      typed: "value",
      form: "14d|2w",
    },
    {
      name: "ics",
      label: {
        zh: "另写成日历文件（iCalendar），可导入日历程序",
        en: "writes them as a calendar (iCalendar) too",
      },
      typed: "value",
      form: "FILE",
    },
    {
      name: "alarm",
      label: {
        zh: "日历在几天前提醒（默认 7 和 1）",
        en: "the calendar reminds so many days before (default: 7 and 1)",
      },
      typed: "list",
      form: "DAYS",
    },
    ...scopeOptions,
  ],
  example: "wuding due --within 14d",
  run: async (typed, shell) => {
    const withinDays = readWithin(typed.values["within"]);
    const { ics } = typed.values;
    const alarms = readAlarms(typed.lists["alarm"], ics);
    const casebook = await shell.open();
    const scope = readScope(typed, casebook);
    const { today } = shell;
    const asked = {
      scope,
      today,
      ...readMoment(typed, shell),
      ...(withinDays !== undefined && { withinDays }),
    };
    const report =
      ics === undefined
        ? await casebook.due(asked)
        : await writtenCalendar(ics, alarms, await casebook.dueCalendar(asked), shell);
    if (shell.json) {
      return shell.out(jsonLine(ics === undefined ? report : { ...report, file: ics }));
    }
    if (report.due.length === 0) shell.talk(said.empty[shell.language]);
    else for (const line of dueLines(report.due, shell)) shell.out(line);
    if (ics === undefined) return;
    if (report.due.length > 0) shell.out("");
    facts([[said.file[shell.language], ics]], shell);
    shell.talk(written(report.due.length)[shell.language]);
  },
};

const daysOf: Readonly<Record<string, number>> = { d: 1, w: 7 };

/** `14d` and `14` are days, `2w` weeks. */
const readWithin = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const found = /^(\d{1,4})([dw])?$/.exec(given);
  if (found !== null) return Number(found[1]) * (daysOf[found[2] ?? "d"] ?? 1);
  const expected = { zh: "天数或周数，如 14d、2w", en: "days or weeks, such as 14d or 2w" };
  throw invalidInput({ field: "--within", kind: "malformed", expected });
};

const usualAlarms: readonly number[] = [7, 1];

/** @throws EngineError `INVALID_INPUT` for no number of days, or alarms without a calendar */
const readAlarms = (
  given: readonly string[] | undefined,
  ics: string | undefined,
): readonly number[] => {
  if (given === undefined || given.length === 0) return usualAlarms;
  if (ics === undefined) throw invalidInput({ field: "--ics", kind: "missing" });
  if (given.every((days) => /^\d{1,3}$/.test(days))) return [...new Set(given.map(Number))];
  const expected = { zh: "天数，如 7", en: "a number of days, such as 7" };
  throw invalidInput({ field: "--alarm", kind: "malformed", expected });
};

/** Writes what is due as a calendar, stamped by the log that it was read from, and gives it back. */
const writtenCalendar = async (
  file: string,
  alarms: readonly number[],
  { log, ...report }: DueCalendarAnswer,
  shell: Shell,
): Promise<DueReport> => {
  const { dueCalendar } = await import("@wuding/documents");
  const calendar = { language: shell.reportLanguage, due: report.due, log, alarms };
  await shell.writeFile(file, dueCalendar(calendar));
  return report;
};

const written = (count: number): Label => ({
  zh: `已写入 ${count} 项时限。已完成的时限不在其中，以前导入的请在日历里自行删除。`,
  en: `${plural(count, "due date")} written. Those met since are not among them; remove what an earlier import left.`,
});

/** Due dates as a table. */
export const dueLines = (
  due: readonly DueItem[],
  shell: Pick<Shell, "language" | "terminal">,
): readonly string[] => {
  const { language } = shell;
  return tableLines(
    due,
    [
      {
        heading: words.lamp[language],
        text: (row) => lampWord(row.lamp, shell),
        tone: (row) => row.lamp,
      },
      { heading: words.dueOn[language], text: (row) => dateOf(row, language) },
      { heading: said.left[language], text: (row) => String(row.workingDaysLeft), align: "right" },
      { heading: words.deadline[language], text: (row) => deadlineName(row.deadline, language) },
      { heading: words.case[language], text: (row) => row.case },
      { heading: words.title[language], text: (row) => row.title, narrow: "cut" },
      { heading: words.person[language], text: (row) => orDash(row.person), narrow: "cut" },
      { heading: words.source[language], text: (row) => row.source, narrow: "drop" },
    ],
    shell,
  );
};

const dateOf = ({ dueOn, provisional }: DueItem, language: Language): string =>
  withAside(dueOn, provisional ? words.provisional[language] : "", language);
