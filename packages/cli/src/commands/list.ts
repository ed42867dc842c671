/** @module list — 台账: the cases of a choice, one line each. */
import type { Label, Lamp, ListedCase } from "@wuding/engine";
import { terms } from "@wuding/engine";
import type { Command } from "../command.ts";
import { lampWord } from "../print/colour.ts";
import { tableLines } from "../print/table.ts";
import { orDash, plural, words } from "../print/words.ts";
import { readMoment, readScope, scopeOptions } from "../scope.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  empty: { zh: "没有符合条件的办件。", en: "No case fits." },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "list",
  label: { zh: "台账", en: "the ledger: one line a case" },
  positionals: [],
  options: scopeOptions,
  example: "wuding list --year 2021 --status answered",
  run: async (typed, shell) => {
    const casebook = await shell.open();
    const scope = readScope(typed, casebook);
    const { today } = shell;
    const cases = await casebook.list({ scope, today, ...readMoment(typed, shell) });
    const lamps = lampCounts(cases);
    if (shell.json) return shell.out(jsonLine({ cases, lamps }));
    if (cases.length === 0) return shell.talk(said.empty[shell.language]);
    for (const line of ledgerLines(cases, shell)) shell.out(line);
    shell.talk(totals(lamps, cases.length)[shell.language]);
  },
};

/** How many cases are under each lamp, and under none because nothing is left to do. */
const lampCounts = (cases: readonly ListedCase[]): Readonly<Record<Lamp | "none", number>> => {
  const of = (lamp: Lamp | null): number => cases.filter((row) => row.lamp === lamp).length;
  return { red: of("red"), yellow: of("yellow"), green: of("green"), none: of(null) };
};

const totals = (lamps: ReturnType<typeof lampCounts>, all: number): Label => ({
  zh: `共 ${all} 件：红 ${lamps.red}、黄 ${lamps.yellow}、绿 ${lamps.green}、已了结 ${lamps.none}。`,
  en: `${plural(all, "case")}: ${lamps.red} red, ${lamps.yellow} yellow, ${lamps.green} green, ${lamps.none} done.`,
});

/** The ledger as a table. */
export const ledgerLines = (
  cases: readonly ListedCase[],
  shell: Pick<Shell, "language" | "terminal">,
): readonly string[] => {
  const { language } = shell;
  return tableLines(
    cases,
    [
      { heading: words.case[language], text: (row) => row.case },
      { heading: words.title[language], text: (row) => row.title, narrow: "cut" },
      {
        heading: words.role[language],
        text: (row) => terms.roles[row.role][language],
        narrow: "drop",
      },
      { heading: words.status[language], text: (row) => terms.statuses[row.status][language] },
      {
        heading: words.department[language],
        text: (row) => orDash(row.department),
        narrow: "cut",
      },
      { heading: words.person[language], text: (row) => orDash(row.person), narrow: "cut" },
      { heading: words.dueOn[language], text: (row) => orDash(row.dueOn) },
      {
        heading: words.lamp[language],
        text: (row) => lampWord(row.lamp, shell),
        tone: (row) => row.lamp ?? undefined,
      },
    ],
    shell,
  );
};
