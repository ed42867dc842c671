/** @module case-afterwards — what became of a case after its reply: results changed, decisions from above, look-backs. */
import type { CaseView, Label } from "@wuding/engine";
import { dateOf, terms } from "@wuding/engine";
import type { Shell } from "../shell.ts";
import { heading, paragraph } from "./page.ts";
import { listed, withAside } from "./words.ts";

const said = {
  reclassified: { zh: "办理结果调整", en: "Result changed" },
  escalated: { zh: "提级处理", en: "Decided above" },
  lookBacks: { zh: "回头看", en: "Look-backs" },
} as const satisfies Record<string, Label>;

/** Writes what was found out and decided after the reply. */
export const printAfterwards = (
  { reclassifications, escalations, lookBacks }: CaseView,
  shell: Shell,
): void => {
  const { language } = shell;
  const section = (title: Label, lines: readonly string[]): void => {
    if (lines.length === 0) return;
    heading(title[language], shell);
    for (const line of lines) paragraph(line, shell);
  };
  section(
    said.reclassified,
    reclassifications.map(
      ({ on, from, result, reason }) => `${dateOf(on)}  ${from} → ${result}  ${reason}`,
    ),
  );
  section(
    said.escalated,
    escalations.map(({ on, round, by, outcome }) => {
      const where = { zh: `第 ${round} 轮`, en: `round ${round}` };
      return `${dateOf(on)}  ${withAside(by, where[language], language)}  ${outcome}`;
    }),
  );
  section(
    said.lookBacks,
    lookBacks.map(({ on, campaign, standing, finding }) => {
      const how = standing === undefined ? "" : terms.promiseStandings[standing][language];
      const heads = [campaign ?? "", how].filter((one) => one !== "");
      return [dateOf(on), listed(heads, language), finding].filter((one) => one !== "").join("  ");
    }),
  );
};
