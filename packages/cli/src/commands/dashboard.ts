/** @module dashboard — the cases of a choice at a glance, in one page that opens offline. */
import type { Label } from "@wuding/engine";
import { invalidInput } from "@wuding/engine";
import { assertPageName } from "../page-file.ts";
import type { Command } from "../command.ts";
import { facts } from "../print/page.ts";
import { readMoment, readScope, scopeOptions } from "../scope.ts";
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
    ...scopeOptions,
  ],
  example: "wuding dashboard dashboard.html --year 2021",
  run: async (typed, shell) => {
    const [file = ""] = typed.positionals;
    assertPageName(file);
    const most = readCount(typed.values["timelines"]) ?? timelinesUsual;
    const moment = readMoment(typed, shell);
    const casebook = await shell.open();
    const scope = readScope(typed, casebook);
    const { today, language, reportLanguage } = shell;
    const answer = await casebook.dashboard({ scope, today, ...moment, timelines: most });
    const { dashboardPage, dayWords } = await import("@wuding/documents");
    await shell.writeFile(file, dashboardPage({ ...answer, language: reportLanguage }));
    const { asOf, knownOn, includesLater } = answer;
    const told = { cases: answer.cases.length, timelines: answer.timelines.length };
    const left = told.cases - told.timelines;
    if (shell.json) {
      const day = { asOf, ...(knownOn !== undefined && { knownOn }), includesLater };
      return shell.out(jsonLine({ file, ...day, ...told, timelinesLeftOut: left }));
    }
    if (includesLater) shell.talk(dayWords(answer)[language]);
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
