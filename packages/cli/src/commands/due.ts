/** @module due — what falls due or is late, most urgent first. */
import type { DueItem, Label } from "@wuding/engine";
import { invalidInput } from "@wuding/engine";
import type { Command } from "../command.ts";
import { lampWord } from "../print/colour.ts";
import { tableLines } from "../print/table.ts";
import { deadlineName, orDash, withAside, words } from "../print/words.ts";
import { readMoment, readScope, scopeOptions } from "../scope.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  empty: { zh: "没有临近或逾期的时限。", en: "Nothing falls due, and nothing is late." },
  left: { zh: "剩余工作日", en: "workdays" },
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
    ...scopeOptions,
  ],
  example: "wuding due --within 14d",
  run: async (typed, shell) => {
    const withinDays = readWithin(typed.values["within"]);
    const casebook = await shell.open();
    const scope = readScope(typed, casebook);
    const { today } = shell;
    const report = await casebook.due({
      scope,
      today,
      ...readMoment(typed, shell),
      ...(withinDays !== undefined && { withinDays }),
    });
    if (shell.json) return shell.out(jsonLine(report));
    if (report.due.length === 0) return shell.talk(said.empty[shell.language]);
    for (const line of dueLines(report.due, shell)) shell.out(line);
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
