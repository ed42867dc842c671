/** @module report — `report annual`: the year's summary, every figure computed and every claim checked. */
import { annualText, EngineError } from "@wuding/engine";
import type { Command } from "../command.ts";
import { inLanguage } from "../print/in-language.ts";
import { readYear } from "../scope.ts";
import { jsonLine } from "../visible.ts";
import { paragraph } from "../print/page.ts";

export const command: Command = {
  name: "report",
  label: { zh: "年度办理工作总结", en: "the annual summary" },
  positionals: ["annual"],
  options: [
    {
      name: "year",
      label: { zh: "交办年份", en: "year of dispatch" },
      typed: "value",
      form: "YEAR",
      required: true,
    },
  ],
  example: "wuding report annual --year 2021",
  run: async ({ positionals: [report = ""], values }, shell) => {
    if (report !== "annual") {
      throw new EngineError("USAGE", {
        problem: { zh: `没有报告“${report}”。`, en: `There is no report "${report}".` },
        suggestion: "wuding report annual --year 2021",
      });
    }
    const year = readYear(values["year"]) ?? Number(shell.today.slice(0, 4));
    const casebook = await shell.open();
    const annual = await casebook.annual(year, { today: shell.today });
    const text = annualText(annual, shell.reportLanguage);
    if (shell.json) {
      return shell.out(jsonLine({ ...inLanguage(annual, shell.reportLanguage), text }));
    }
    paragraph(text, shell);
  },
};
