/** @module case-promises — the promises of a case on its page: how they stand, what was changed, what was told. */
import type { CaseView, CommitmentView, Label } from "@wuding/engine";
import { dateOf, terms } from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { heading, paragraph } from "./page.ts";
import { tableLines } from "./table.ts";
import { listed, orDash, withAside, words } from "./words.ts";

const said = {
  commitments: { zh: "承诺事项", en: "Commitments" },
  promise: { zh: "内容", en: "promise" },
  longTerm: { zh: "长期", en: "long-term" },
  carriedOver: { zh: "跨年结转", en: "carried over" },
  changed: { zh: "已变更", en: "changed" },
  fulfilled: { zh: "兑现日期", en: "fulfilled" },
  verified: { zh: "销号日期", en: "verified" },
  repliedOn: { zh: "再次答复", en: "second reply" },
  owed: { zh: "尚未答复", en: "owed" },
  approvedBy: { zh: "批准人", en: "approved by" },
  progress: { zh: "进展", en: "Progress" },
  told: { zh: "告知提案人承诺事项情况", en: "the proposer was told how the promises stand" },
} as const satisfies Record<string, Label>;

/** Writes the promises of a case, each change of them, and the reports on them. */
export const printPromises = (view: CaseView, shell: Shell): void => {
  printCommitments(view, shell);
  printProgress(view, shell);
};

const printCommitments = ({ commitments, statusSent }: CaseView, shell: Shell): void => {
  const { language } = shell;
  if (commitments.length === 0) return;
  heading(said.commitments[language], shell);
  const asksSecondReply = commitments.some(
    ({ owesReply, repliedOn }) => owesReply === true || repliedOn !== null,
  );
  const lines = tableLines(
    commitments,
    [
      { heading: "#", text: (row) => String(row.commitment), align: "right" },
      { heading: said.promise[language], text: (row) => row.text, narrow: "wrap" },
      { heading: words.dueOn[language], text: (row) => dueOf(row, language) },
      { heading: said.fulfilled[language], text: (row) => orDash(row.fulfilledOn) },
      { heading: said.verified[language], text: (row) => orDash(row.verifiedOn) },
      ...(asksSecondReply
        ? [
            {
              heading: said.repliedOn[language],
              text: (row: CommitmentView) =>
                row.secondReplyOwed ? said.owed[language] : orDash(row.repliedOn),
            },
          ]
        : []),
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  for (const one of commitments) printChanges(one, shell);
  for (const { on, year } of statusSent) {
    paragraph(`${dateOf(on)}  ${withAside(said.told[language], String(year), language)}`, shell);
  }
};

const dueOf = ({ due, changes, carriedOver }: CommitmentView, language: Language): string =>
  withAside(
    due ?? said.longTerm[language],
    listed(
      [
        changes.length > 0 ? said.changed[language] : "",
        carriedOver ? said.carriedOver[language] : "",
      ].filter((mark) => mark !== ""),
      language,
    ),
    language,
  );

/** What a promise was before each change, and why it was changed. */
const printChanges = ({ commitment, changes }: CommitmentView, shell: Shell): void => {
  const { language } = shell;
  for (const { on, text, due, reason, approvedBy } of changes) {
    const before = withAside(text, due ?? said.longTerm[language], language);
    const by = approvedBy === undefined ? "" : `${said.approvedBy[language]} ${approvedBy}`;
    const what = {
      zh: `承诺事项 ${commitment} 变更，原为${before}。理由：${withAside(reason, by, language)}`,
      en: `commitment ${commitment} changed; it was ${before}. Reason: ${withAside(reason, by, language)}`,
    };
    paragraph(`${dateOf(on)}  ${what[language]}`, shell);
  }
};

const printProgress = ({ progress }: CaseView, shell: Shell): void => {
  const { language } = shell;
  if (progress.length === 0) return;
  heading(said.progress[language], shell);
  for (const { on, commitment, occasion, summary } of progress) {
    const about = { zh: `承诺事项 ${commitment}`, en: `commitment ${commitment}` };
    const aside = commitment === undefined ? "" : about[language];
    const what = withAside(terms.progressOccasions[occasion][language], aside, language);
    paragraph(`${dateOf(on)}  ${what}  ${summary}`, shell);
  }
};
