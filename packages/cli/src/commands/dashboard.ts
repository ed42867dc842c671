/** @module dashboard — the cases of a choice at a glance, in one page that opens offline. */
import type { CaseId, HistoryEntry, Label, Lamp, ListedCase } from "@wuding/engine";
import { invalidInput } from "@wuding/engine";
import { assertPageName } from "../page-file.ts";
import type { Command } from "../command.ts";
import { facts } from "../print/page.ts";
import { momentOptions, readScope, scopeOptions } from "../scope.ts";
import { jsonLine } from "../visible.ts";

const said = {
  file: { zh: "文件", en: "file" },
  cases: { zh: "办件", en: "cases" },
  timelines: { zh: "载有办理经过", en: "with timeline" },
  left: { zh: "未载办理经过", en: "timeline left out" },
} as const satisfies Record<string, Label>;

/** A page of more is slow to open on a phone. */
const timelinesUsual = 200;

export const command: Command = {
  name: "dashboard",
  label: {
    zh: "办理情况一览：一页离线网页",
    en: "the cases at a glance, in one offline page",
  },
  positionals: ["FILE"],
  options: [
    {
      name: "timelines",
      label: {
        zh: `载入多少件的办理经过，最急的在先（默认 ${timelinesUsual}）`,
        en: `of how many cases the timeline goes in, the most urgent first (default: ${timelinesUsual})`,
      },
      typed: "value",
      form: "N",
    },
    ...scopeOptions.filter((option) => !momentOptions.includes(option)),
  ],
  example: "wuding dashboard dashboard.html --year 2021",
  run: async (typed, shell) => {
    const [file = ""] = typed.positionals;
    assertPageName(file);
    const most = readCount(typed.values["timelines"]) ?? timelinesUsual;
    const casebook = await shell.open();
    const scope = readScope(typed, casebook);
    const { today, language } = shell;
    const cases = await casebook.list({ scope, today });
    const rates = await casebook.rates({ scope, today, by: "department" });
    const timelines: { case: CaseId; history: readonly HistoryEntry[] }[] = [];
    for (const one of mostUrgent(cases).slice(0, most)) {
      timelines.push({ case: one.case, history: await casebook.history(one.case) });
    }
    const [{ dashboardPage }, { logAnchorOf }] = await Promise.all([
      import("@wuding/documents"),
      import("../log-anchor.ts"),
    ]);
    const anchor = await logAnchorOf(casebook);
    const page = dashboardPage({
      language: shell.reportLanguage,
      cases,
      rates,
      timelines,
      anchor,
    });
    await shell.writeFile(file, page);
    const told = { cases: cases.length, timelines: timelines.length };
    const left = told.cases - told.timelines;
    if (shell.json) return shell.out(jsonLine({ file, ...told, timelinesLeftOut: left }));
    facts(
      [
        [said.file[language], file],
        [said.cases[language], String(told.cases)],
        [said.timelines[language], String(told.timelines)],
        [said.left[language], left > 0 ? String(left) : null],
      ],
      shell,
    );
  },
};

const readCount = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  if (/^\d{1,6}$/.test(given)) return Number(given);
  const expected = { zh: "件数，如 200", en: "a number of cases, such as 200" };
  throw invalidInput({ field: "--timelines", kind: "malformed", expected });
};

const urgency: Readonly<Record<Lamp, number>> = { red: 0, yellow: 1, green: 2 };

/** Red lamps first, then by due date; what is done comes last. */
const mostUrgent = (cases: readonly ListedCase[]): readonly ListedCase[] => {
  const rankOf = ({ lamp }: ListedCase): number => (lamp === null ? 3 : urgency[lamp]);
  return cases.toSorted(
    (one, other) =>
      rankOf(one) - rankOf(other) || (one.dueOn ?? "9999").localeCompare(other.dueOn ?? "9999"),
  );
};
