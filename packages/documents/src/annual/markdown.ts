/** @module markdown — the annual summary as Markdown. */
import { anchorSentence } from "../html/log-anchor.ts";
import type { AnnualSummary } from "./summary.ts";
import { summaryText } from "./summary.ts";

/** The text. The same summary gives the same bytes. */
export const annualMarkdown = (summary: AnnualSummary): string => {
  const { title, opening, chapters } = summaryText(summary);
  const blocks = [
    `# ${escaped(title)}`,
    ...opening.map(escaped),
    ...chapters.flatMap(({ heading, paragraphs }) => [
      `## ${escaped(heading)}`,
      ...paragraphs.map(escaped),
    ]),
    `---`,
    escaped(anchorSentence(summary.anchor)[summary.language]),
  ];
  return `${blocks.join("\n\n")}\n`;
};

/** Text of a casebook stays text: what Markdown or HTML would read as a sign is escaped. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_[\]<>|#~]/g, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^([-+])/, String.raw`\$1`);
