/** @module week — the Monday paper: what is to be done in some days, late or missing, by person. */
import type { CivilDate, Label, Week, WeekItem } from "@wuding/engine";
import { dateProblem, invalidInput, isCivilDate, weekMatters } from "@wuding/engine";
import { assertPageName } from "../page-file.ts";
import type { Command } from "../command.ts";
import { lampWord } from "../print/colour.ts";
import { inLanguage } from "../print/in-language.ts";
import { facts, heading, paragraph } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { orDash, words } from "../print/words.ts";
import { readMoment, readScope, scopeOptions } from "../scope.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  file: { zh: "文件", en: "file" },
  matter: { zh: "类别", en: "matter" },
  todo: { zh: "要办", en: "to do" },
} as const satisfies Record<string, Label>;

const daysMax = 366;

export const command: Command = {
  name: "week",
  label: {
    zh: "一周办件清单：到期、逾期和缺少的，按人列出",
    en: "the week on one page: due, late and missing, by person",
  },
  positionals: ["[FILE]"],
  options: [
    {
      name: "from",
      label: {
        zh: "从哪一天起（默认今天或者 --as-of 之日）",
        en: "its first day (default: today, or the day of --as-of)",
      },
      typed: "value",
      form: "DATE",
    },
    {
      name: "days",
      label: { zh: "几天（默认 7）", en: "how many days (default: 7)" },
      typed: "value",
      form: "N",
    },
    ...scopeOptions,
  ],
  example: "wuding week week.html",
  run: async (typed, shell) => {
    const [file] = typed.positionals;
    if (file !== undefined) assertPageName(file);
    const from = readFrom(typed.values["from"]);
    const days = readDays(typed.values["days"]) ?? 7;
    const moment = readMoment(typed, shell);
    const casebook = await shell.open();
    const scope = readScope(typed, casebook);
    const week = await casebook.week({
      scope,
      today: shell.today,
      ...moment,
      ...(from !== undefined && { from }),
      days,
    });
    if (file !== undefined) {
      const { weekPage } = await import("@wuding/documents");
      await shell.writeFile(file, weekPage(week, shell.reportLanguage));
    }
    if (shell.json) {
      const answer = inLanguage(week, shell.reportLanguage);
      return shell.out(jsonLine(file === undefined ? answer : { ...answer, file }));
    }
    if (file !== undefined) return facts([[said.file[shell.language], file]], shell);
    await printWeek(week, { ...shell, language: shell.reportLanguage });
  },
};

const readFrom = (value: string | undefined): CivilDate | undefined => {
  if (value === undefined || isCivilDate(value)) return value;
  throw invalidInput({ field: "--from", ...dateProblem(value) });
};

const readDays = (value: string | undefined): number | undefined => {
  if (value === undefined) return undefined;
  if (/^[1-9]\d{0,2}$/.test(value) && Number(value) <= daysMax) return Number(value);
  const expected = { zh: `1 至 ${daysMax} 的天数`, en: `a number of days from 1 to ${daysMax}` };
  throw invalidInput({ field: "--days", kind: "malformed", expected });
};

const printWeek = async (week: Week, shell: Shell): Promise<void> => {
  const { delegateWords, nobody, totalsOfWeek, weekTitle } = await import("@wuding/documents");
  const { language } = shell;
  paragraph(weekTitle(week)[language], shell);
  paragraph(totalsOfWeek(week)[language], shell);
  for (const { person, delegate, items } of week.people) {
    const acting = delegate === null ? "" : ` ${delegateWords(delegate)[language]}`;
    heading((person ?? nobody[language]) + acting, shell);
    for (const line of itemLines(items, shell)) shell.out(line);
  }
};

const itemLines = (items: readonly WeekItem[], shell: Shell): readonly string[] => {
  const { language } = shell;
  const dayOf = ({ dueOn }: WeekItem): string => orDash(dueOn);
  const whatOf = ({ what }: WeekItem, into: Language): string => what[into];
  return tableLines(
    items,
    [
      { heading: words.dueOn[language], text: dayOf },
      {
        heading: words.lamp[language],
        text: (row) => lampWord(row.lamp, shell),
        tone: (row) => row.lamp ?? undefined,
      },
      { heading: said.matter[language], text: (row) => weekMatters[row.matter][language] },
      { heading: words.case[language], text: (row) => row.case },
      { heading: said.todo[language], text: (row) => whatOf(row, language), narrow: "wrap" },
      { heading: words.title[language], text: (row) => row.title, narrow: "cut" },
    ],
    shell,
  );
};
