/** @module calendar — the working-day calendars of a casebook: shown, checked, adopted. */
import type { Calendar, Label } from "@wuding/engine";
import {
  calendarFrom,
  EngineError,
  invalidInput,
  isEngineError,
  stateCouncil,
} from "@wuding/engine";
import { existingCasebook, warnOfLongQuiet } from "../casebook-to-record.ts";
import type { Command } from "../command.ts";
import { adopted } from "../print/adoption.ts";
import { facts, heading } from "../print/page.ts";
import { tableLines } from "../print/table.ts";
import { clauses, labelled, listed, orDash } from "../print/words.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { printProblems } from "./rulebook.ts";
import { unknownAction } from "./unknown-action.ts";

const said = {
  edition: { zh: "版次", en: "edition" },
  covers: { zh: "已公布区间", en: "published" },
  adopted: { zh: "采用日期", en: "adopted" },
  notice: { zh: "通知文号", en: "notice" },
  holidays: { zh: "放假", en: "Days off" },
  makeUp: { zh: "调休上班", en: "worked weekend days" },
  holiday: { zh: "节日", en: "holiday" },
  span: { zh: "日期", en: "dates" },
  sound: { zh: "未发现错误。", en: "No mistakes were found." },
  nothing: { zh: "该年没有已公布的安排。", en: "Nothing is published for that year." },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "calendar",
  label: { zh: "工作日历：列出、查看、检查、采用", en: "calendars: list, show, check, adopt" },
  positionals: ["[list|show|check|adopt]", "[YEAR|FILE]"],
  options: [
    {
      name: "dry-run",
      label: { zh: "只列出会变动的时限，不记录", en: "only list what would move" },
      typed: "flag",
      form: "",
    },
  ],
  example: "wuding calendar show 2026",
  run: async ({ positionals: [action = "list", given], flags }, shell) => {
    switch (action) {
      case "list":
        return listCalendars(shell);
      case "show":
        return showYear(given, shell);
      case "check":
        return checkFile(required(given), shell);
      case "adopt": {
        const path = required(given);
        const casebook = await shell.open();
        await warnOfLongQuiet(casebook, shell);
        const file = await shell.readFile(path);
        // named in a refusal, before anything is listed
        await calendarFrom(file, casebook.rules, path);
        const dryRun = flags["dry-run"] === true;
        const { today } = shell;
        return adopted((asked) => casebook.adoptCalendar(file, { today, ...asked }), dryRun, shell);
      }
      default:
        throw unknownAction("calendar", action, ["list", "show", "check", "adopt"]);
    }
  },
};

const required = (name: string | undefined): string => {
  if (name !== undefined) return name;
  throw new EngineError("INVALID_INPUT", { problems: [{ field: "FILE", kind: "missing" }] });
};

/** The calendar in force; the one that comes with the program where there is no casebook. */
const currentCalendar = async (shell: Shell): Promise<Calendar> =>
  (await (await existingCasebook(shell))?.rules.calendarData()) ?? stateCouncil;

/** A calendar of the casebook, or the one that comes with the program and that none has adopted yet. */
type Listed = Readonly<{
  edition: string;
  sha256: string | null;
  adoptedOn: string | null;
  notice: string | null;
}>;

const listCalendars = async (shell: Shell): Promise<void> => {
  const { language } = shell;
  const rules = (await existingCasebook(shell))?.rules;
  const { edition, from, to } = await currentCalendar(shell);
  const shipped: Listed = { edition, sha256: null, adoptedOn: null, notice: null };
  const calendars: readonly Listed[] = rules?.calendars ?? [shipped];
  if (shell.json) {
    return shell.out(
      jsonLine({
        current: edition,
        from,
        to,
        calendars: calendars.map((one) => ({
          edition: one.edition,
          sha256: one.sha256,
          adoptedOn: one.adoptedOn,
          notice: one.notice,
        })),
      }),
    );
  }
  const lines = tableLines(
    calendars,
    [
      { heading: said.edition[language], text: (row) => row.edition },
      { heading: said.adopted[language], text: (row) => orDash(row.adoptedOn) },
      { heading: said.notice[language], text: (row) => orDash(row.notice) },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  shell.out("");
  facts([[said.covers[language], `${from} – ${to}`]], shell);
};

const showYear = async (given: string | undefined, shell: Shell): Promise<void> => {
  const { language } = shell;
  const year = given ?? shell.today.slice(0, 4);
  if (!/^[1-9]\d{3}$/.test(year)) {
    const expected = { zh: "四位数字的年份", en: "a year of four digits" };
    throw invalidInput({ field: "YEAR", kind: "malformed", expected });
  }
  const {
    edition,
    daysOff,
    makeUpDays,
    holidays = [],
    notices = [],
  } = await currentCalendar(shell);
  const isOf = (date: string): boolean => date.startsWith(year);
  const spans = holidays.filter(({ from, to }) => isOf(from) || isOf(to));
  const made = makeUpDays.filter(isOf);
  const numbers = notices.filter(
    ({ from, to }) => from <= `${year}-12-31` && to >= `${year}-01-01`,
  );
  if (shell.json) {
    return shell.out(
      jsonLine({
        edition,
        year: Number(year),
        notices: numbers.map(({ notice }) => notice),
        holidays: spans.map(({ from, to, name }) => ({ from, to, name: name[language] })),
        daysOff: daysOff.filter(isOf),
        makeUpDays: made,
      }),
    );
  }
  if (spans.length === 0 && made.length === 0) return shell.talk(said.nothing[language]);
  facts(
    [
      [said.edition[language], edition],
      [
        said.notice[language],
        clauses(
          numbers.map(({ notice }) => notice),
          language,
        ),
      ],
      [said.makeUp[language], listed(made, language)],
    ],
    shell,
  );
  heading(said.holidays[language], shell);
  const lines = tableLines(
    spans,
    [
      { heading: said.holiday[language], text: (row) => row.name[language] },
      {
        heading: said.span[language],
        text: ({ from, to }) => (from === to ? from : `${from} – ${to}`),
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const checkFile = async (path: string, shell: Shell): Promise<void> => {
  const rules = (await existingCasebook(shell))?.rules ?? {
    calendars: [],
    calendarData: async () => stateCouncil,
  };
  try {
    const { calendar } = await calendarFrom(await shell.readFile(path), rules, path);
    if (shell.json) {
      return shell.out(jsonLine({ ok: true, edition: calendar.edition, problems: [] }));
    }
    shell.out(labelled(calendar.edition, said.sound[shell.language], shell.language));
  } catch (error) {
    if (isEngineError(error, "INVALID_RULES") && !shell.json) {
      printProblems(error.data.problems, shell);
    }
    throw error;
  }
};
