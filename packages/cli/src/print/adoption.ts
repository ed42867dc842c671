/**
 * @module adoption — new rules as they are adopted: first the due dates that would move, then, unless it
 * is a dry run or a person at the terminal says no, the record of it.
 */
import type { Adoption, Impact, Label } from "@wuding/engine";
import { askingOn } from "../asking.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { paragraph } from "./page.ts";
import { tableLines } from "./table.ts";
import { deadlineName, orDash, plural, withAside, words } from "./words.ts";

const said = {
  before: { zh: "原时限", en: "was" },
  after: { zh: "新时限", en: "will be" },
  past: { zh: "已过", en: "past" },
  none: { zh: "没有时限变动。", en: "No due date moves." },
  adopt: { zh: "采用？[y/N]", en: "Adopt it? [y/N]" },
  left: { zh: "未采用，未记录任何内容。", en: "Not adopted; nothing was recorded." },
} as const satisfies Record<string, Label>;

/** Shows what adopting would do, and does it. */
export const adopted = async (
  adopt: (asked: Readonly<{ dryRun: boolean }>) => Promise<Adoption>,
  dryRun: boolean,
  shell: Shell,
): Promise<void> => {
  const { language } = shell;
  const planned = await adopt({ dryRun: true });
  if (planned.unchanged || dryRun) {
    if (shell.json) return shell.out(jsonLine({ ...planned, dryRun }));
    if (!planned.unchanged) printImpact(planned.impact, shell);
    return shell.talk((planned.unchanged ? unchanged(planned) : wouldDo(planned))[language]);
  }
  if (!shell.json) {
    printImpact(planned.impact, shell);
    if (shell.isInteractive && !(await isConfirmed(shell))) return shell.talk(said.left[language]);
  }
  const done = await adopt({ dryRun: false });
  if (shell.json) return shell.out(jsonLine({ ...done, dryRun }));
  paragraph(recorded(done)[language], shell);
};

const isConfirmed = async (shell: Shell): Promise<boolean> => {
  const asking = askingOn(shell);
  try {
    return /^(y|yes|是)$/i.test((await asking.answer(said.adopt[shell.language])) ?? "");
  } finally {
    asking.close();
  }
};

const unchanged = ({ name }: Adoption): Label => ({
  zh: `${name} 已在使用，未作改动。`,
  en: `${name} is already in force; nothing was recorded.`,
});

const wouldDo = ({ name, cases }: Adoption): Label => ({
  zh: `采用 ${name} 将使 ${cases} 件在办件重新计算时限。`,
  en: `Adopting ${name} would compute the due dates of ${plural(cases, "open case")} anew.`,
});

const recorded = ({ name, cases, position }: Adoption): Label =>
  position === null ? completed(name, cases) : begun(name, cases, position);

/** An adoption that had been interrupted. */
const completed = (name: string, cases: number): Label => ({
  zh: `${name} 已在使用；上次中断后余下的 ${cases} 件在办件已重新计算时限。`,
  en: `${name} was in force already; the due dates of ${plural(cases, "open case")} that an interruption had left were computed anew.`,
});

const begun = (name: string, cases: number, position: number): Label => ({
  zh: `已采用 ${name}（第 ${position} 条记录），${cases} 件在办件重新计算了时限。`,
  en: `Adopted ${name} (event ${position}); the due dates of ${plural(cases, "open case")} were computed anew.`,
});

const printImpact = (impact: readonly Impact[], shell: Shell): void => {
  const { language } = shell;
  if (impact.length === 0) return paragraph(said.none[language], shell);
  const provisional = words.provisional[language];
  const lines = tableLines(
    impact,
    [
      { heading: words.case[language], text: (row) => row.case },
      { heading: words.title[language], text: (row) => row.title, narrow: "cut" },
      { heading: words.deadline[language], text: (row) => deadlineName(row.deadline, language) },
      {
        heading: said.before[language],
        text: (row) => withAside(orDash(row.from), row.wasProvisional ? provisional : "", language),
      },
      {
        heading: said.after[language],
        text: (row) =>
          withAside(
            row.to,
            row.isPast ? said.past[language] : row.isProvisional ? provisional : "",
            language,
          ),
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};
