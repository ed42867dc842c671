/** @module alarms — `audit alarms`: where an auditor looks first. An alarm is a question and no verdict. */
import type { Label } from "@wuding/engine";
import type { Command } from "../../command.ts";
import { inLanguage } from "../../print/in-language.ts";
import { heading, paragraph } from "../../print/page.ts";
import { tableLines } from "../../print/table.ts";
import { labelled, orDash, plural, words } from "../../print/words.ts";
import { momentOptions, readScope, scopeOptions } from "../../scope.ts";
import { jsonLine } from "../../visible.ts";

const said = {
  threshold: { zh: "条件", en: "raised when" },
  position: { zh: "位置", en: "position" },
  on: { zh: "发生日期", en: "on" },
  recordedAt: { zh: "记录时间", en: "recorded" },
  what: { zh: "情况", en: "what" },
} as const satisfies Record<string, Label>;

const lookedAt = (cases: number): string =>
  `${plural(cases, "case")} ${cases === 1 ? "was" : "were"} looked at`;

const total: Readonly<Record<keyof Label, (findings: number, cases: number) => string>> = {
  zh: (findings, cases) =>
    findings === 0
      ? `查看 ${cases} 件，没有需要核对之处。`
      : `查看 ${cases} 件，有 ${findings} 处需要核对；预警是提问，不是结论。`,
  en: (findings, cases) =>
    findings === 0
      ? `${lookedAt(cases)}; no question arises.`
      : `${lookedAt(cases)}; ${plural(findings, "place")} to see. An alarm is a question and no verdict.`,
};

/** There may be thousands; `--json` lists them all. */
const listedMax = 20;

const unlisted: Readonly<Record<keyof Label, (count: number) => string>> = {
  zh: (count) => `另有 ${count} 处，见 --json。`,
  en: (count) => `${count} more; --json lists them.`,
};

export const command: Command = {
  name: "audit alarms",
  label: { zh: "列出需要核对的疑点", en: "the questions that the records raise" },
  positionals: [],
  options: scopeOptions.filter((option) => !momentOptions.includes(option)),
  example: "wuding audit alarms --year 2021",
  run: async (typed, shell) => {
    const { language } = shell;
    const casebook = await shell.open({ forAudit: true });
    const report = await casebook.alarms({ scope: readScope(typed, casebook) });
    if (shell.json) return shell.out(jsonLine(inLanguage(report, language)));
    paragraph(total[language](report.total, report.cases), shell);
    for (const { label, why, threshold, findings } of report.alarms) {
      if (findings.length === 0) continue;
      heading(label[language], shell);
      paragraph(why[language], shell);
      paragraph(labelled(said.threshold[language], threshold[language], language), shell);
      const lines = tableLines(
        findings.slice(0, listedMax),
        [
          { heading: words.case[language], text: ({ case: id }) => orDash(id) },
          {
            heading: said.position[language],
            text: ({ position }) => String(position),
            align: "right",
          },
          { heading: said.on[language], text: ({ on }) => on },
          { heading: said.recordedAt[language], text: ({ recordedAt }) => recordedAt },
          { heading: said.what[language], text: ({ what }) => orDash(what[language]) },
        ],
        shell,
      );
      for (const line of lines) shell.out(line);
      const more = findings.length - listedMax;
      if (more > 0) paragraph(unlisted[language](more), shell);
    }
  },
};
