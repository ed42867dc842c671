/**
 * @module report — `report annual`: the year's summary, every figure computed and every claim checked;
 * `report diff`: why the rates of two days differ, case by case.
 */
import type { CivilDate } from "@wuding/engine";
import { EngineError, invalidInput, shanghaiDate } from "@wuding/engine";
import type { Command, Typed } from "../command.ts";
import { inLanguage } from "../print/in-language.ts";
import { printDiff } from "../print/rate-diff.ts";
import { momentOptions, readPastDay, readScope, scopeOptions } from "../scope.ts";
import type { Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";
import { annual, annualOptions } from "./report-annual.ts";

export const command: Command = {
  name: "report",
  label: {
    zh: "年度办理工作总结；两日指标对比",
    en: "the annual summary; the rates of two days compared",
  },
  positionals: ["annual|diff", "[FILE|FROM]", "[TO]"],
  options: [
    ...scopeOptions.filter((option) => !momentOptions.includes(option)),
    {
      name: "known",
      label: {
        zh: "diff：按各日已有的记录对比（默认按各日的事实）",
        en: "diff: compare what was recorded by each day (default: what was true on it)",
      },
      typed: "flag",
      form: "",
    },
    ...annualOptions,
  ],
  example: "wuding report annual --year 2021",
  run: async (typed, shell) => {
    const [report = ""] = typed.positionals;
    if (report === "annual") return annual(typed, ownOptions, shell);
    if (report === "diff") return diff(typed, shell);
    throw new EngineError("USAGE", {
      problem: { zh: `没有报告“${report}”。`, en: `There is no report "${report}".` },
      suggestion: "wuding report annual --year 2021",
    });
  },
};

const ownOptions: ReadonlySet<string> = new Set(command.options.map(({ name }) => name));

const diff = async (typed: Typed, shell: Shell): Promise<void> => {
  const [, first, second] = typed.positionals;
  const known = typed.flags["known"] === true;
  // records are made by the real clock, whatever stands for today
  const today = known ? shanghaiDate(shell.now()) : shell.today;
  const from = readDay("FROM", first, today);
  const to = readDay("TO", second, today);
  if (to < from) throw invalidInput({ field: "TO", kind: "tooEarly", value: to, earliest: from });
  const casebook = await shell.open();
  const scope = readScope(typed, casebook);
  const compared = await casebook.reportDiff({ from, to, scope, known });
  if (shell.json) return shell.out(jsonLine(inLanguage(compared, shell.language)));
  printDiff(compared, shell);
};

/** @throws EngineError `INVALID_INPUT` for no date, one that does not exist or one that lies ahead */
const readDay = (field: string, value: string | undefined, today: CivilDate): CivilDate => {
  const day = readPastDay(value, field, today);
  if (day === undefined) throw invalidInput({ field, kind: "missing" });
  return day;
};
