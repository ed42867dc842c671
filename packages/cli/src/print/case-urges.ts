/** @module case-urges — how often a case was urged 催办督办, by whom and with which slip. */
import type { CaseView, Label } from "@wuding/engine";
import { dateOf, terms } from "@wuding/engine";
import type { Shell } from "../shell.ts";
import { heading } from "./page.ts";
import { tableLines } from "./table.ts";
import { orDash } from "./words.ts";

const said = {
  urges: { zh: "催办督办", en: "Urges" },
  date: { zh: "日期", en: "date" },
  by: { zh: "催办单位", en: "by" },
  method: { zh: "方式", en: "method" },
  slip: { zh: "督办单", en: "slip" },
  due: { zh: "要求回复时限", en: "answer by" },
  reason: { zh: "事由", en: "reason" },
} as const satisfies Record<string, Label>;

/** Writes the urges as a table; nothing where there are none. */
export const printUrges = ({ urges, deadlines }: CaseView, shell: Shell): void => {
  const { language } = shell;
  if (urges.length === 0) return;
  heading(said.urges[language], shell);
  const dueOf = (urge: number): string | null =>
    deadlines.find(({ id }) => id === `urge:${urge}`)?.dueOn ?? null;
  const lines = tableLines(
    urges,
    [
      { heading: "#", text: (row) => String(row.urge), align: "right" },
      { heading: said.date[language], text: (row) => dateOf(row.on) },
      { heading: said.by[language], text: (row) => row.by },
      {
        heading: said.method[language],
        text: (row) => orDash(row.method ? terms.urgeMethods[row.method][language] : null),
      },
      {
        heading: said.slip[language],
        text: (row) => orDash(row.slip ? terms.urgeSlips[row.slip][language] : null),
      },
      { heading: said.due[language], text: (row) => orDash(dueOf(row.urge)) },
      { heading: said.reason[language], text: (row) => row.reason, narrow: "wrap" },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};
