/** @module office-letter — a letter to another office: 会办意见, 退办申请, 延期申请 have the same frame. */
import type { CivilDate, Label } from "@wuding/engine";
import type { Block } from "../word/document.ts";
import { titleLines } from "../word/title-lines.ts";
import type { Finding, Letter, LetterFacts } from "./letter.ts";
import {
  footOf,
  issuerOf,
  printedIssuer,
  said,
  withoutIssuer,
  writtenCopies,
  writtenNotes,
} from "./letter.ts";
import { blankDay, dayInWords } from "./naming.ts";
import type { ReadText } from "./reading-text.ts";

export type OfficeLetter = Readonly<{
  title: Label;
  /** Who gets it; null where the record does not say. */
  to: string | null;
  body: readonly Block[];
  /** Null while it has none; else a day, or one as it stands under the text. */
  day: CivilDate | Readonly<{ written: string }> | null;
  findings: readonly Finding[];
  /** Who signed the text and what stands under its day, where it has such an end. */
  closing?: Pick<ReadText, "unit" | "notes">;
}>;

const noAddressee: Finding = {
  check: "missing-addressee",
  gravity: "warning",
  what: { zh: "没有主送单位的记录", en: "whom it goes to is not recorded" },
  repair: {
    zh: "接收时写明 --lead-unit、--dispatched-by，或者在纸上填写。",
    en: "Say so when the case is received (--lead-unit, --dispatched-by), or fill it in by hand.",
  },
};

const noDay: Finding = {
  check: "missing-date",
  gravity: "warning",
  what: { zh: "缺少成文日期", en: "the letter has no date" },
  repair: {
    zh: "记录以后再出一次，或者在纸上填写。",
    en: "Write it again once it is recorded, or fill it in by hand.",
  },
};

/** The letter in the letter form. */
export const officeLetter = (facts: LetterFacts, letter: OfficeLetter): Letter => {
  const { unit = null, notes = [] } = letter.closing ?? {};
  const issuer = issuerOf(facts) ?? unit;
  const title = said(facts, letter.title);
  const to = letter.to ?? said(facts, { zh: "（主送单位）", en: "(addressee)" });
  const day =
    letter.day === null
      ? blankDay
      : typeof letter.day === "string"
        ? dayInWords(letter.day)
        : { zh: letter.day.written, en: letter.day.written };
  return {
    document: {
      language: facts.language,
      title,
      creator: issuer ?? "",
      page: { kind: "letter", issuer: printedIssuer(facts, issuer) },
      blocks: [
        { kind: "title", text: title, lines: titleLines(title) },
        { kind: "salutation", text: said(facts, { zh: `${to}：`, en: `${to}:` }) },
        ...letter.body,
        { kind: "signature", unit: unit ?? printedIssuer(facts), date: said(facts, day) },
        ...writtenNotes(notes),
        ...writtenCopies(notes),
        footOf(facts),
      ],
    },
    findings: [
      ...letter.findings,
      ...(issuer === null ? [withoutIssuer] : []),
      ...(letter.to === null ? [noAddressee] : []),
      ...(letter.day === null ? [noDay] : []),
    ],
  };
};

/** The finding that what the letter is about is neither recorded nor typed. */
export const notSaid = (what: Label, repair: Label): Finding => ({
  check: "nothing-to-say",
  gravity: "refused",
  what,
  repair,
});
