/** @module letter — what a letter is made from, and what every letter of ours is made of. */
import type { CaseView, CivilDate, Kind, Label } from "@wuding/engine";
import type { LogAnchor } from "../html/log-anchor.ts";
import { anchorSentence } from "../html/log-anchor.ts";
import { qrBitmap } from "../qr/qr.ts";
import type { Block, WordDocument } from "../word/document.ts";
import type { ReadText } from "./reading-text.ts";

export type LetterLanguage = keyof Label;

/** What somebody types for a letter that is written before its step is recorded. */
export type GivenForLetter = Readonly<{
  /** The letter's text, in paragraphs. */
  text?: string;
  /** Why a case is sent back, or put off. */
  reason?: string;
  suggestedUnit?: string;
  /** Until when it should be put off. */
  due?: CivilDate;
  /** Who gets a copy, where that is not the dispatching body and the co-handlers. */
  copyTo?: readonly string[];
}>;

/** All that a letter is made from. */
export type LetterFacts = Readonly<{
  language: LetterLanguage;
  case: CaseView;
  kind: Kind;
  /** The office that issues it; null where the casebook has no name for it. */
  office: string | null;
  /** The text of the round's newest draft, where there is one. */
  draftText: string | null;
  log: LogAnchor;
  given: GivenForLetter;
}>;

/** Something that a reader should look at before the letter goes out. */
export type Finding = Readonly<{
  /** Permanent name of the check. */
  check: string;
  /** `refused`: the letter cannot be right; nothing is written. */
  gravity: "refused" | "warning";
  what: Label;
  /** What would set it right. */
  repair: Label;
  /** The sentence that it is about. */
  sentence?: string;
}>;

/** A letter, and what was found; nobody may write it while a finding is `refused`. */
export type Letter = Readonly<{ document: WordDocument; findings: readonly Finding[] }>;

/** Who issues our letters: the office, else the unit that was named to handle the case with us. */
export const issuerOf = ({ office, case: view }: LetterFacts): string | null =>
  office ?? (view.role === "assist" ? null : view.leadUnit);

/** A label in the letter's language. */
export const said = ({ language }: Pick<LetterFacts, "language">, label: Label): string =>
  label[language];

/** A square of the code on paper, in millimetres; smaller ones are lost in a copier. */
const square = 0.36;
/** Longer notes make a code that no camera reads on paper. */
const longestNote = 1500;

/** The foot line: where the log stood, and the newest checkpoint as a code. */
export const footOf = (facts: Pick<LetterFacts, "language" | "log">): Block => {
  const { note } = facts.log;
  const sentence = said(facts, anchorSentence(facts.log));
  if (note === null || note.length > longestNote) return { kind: "foot", lines: [sentence] };
  const code = said(facts, {
    zh: "二维码为最近一次签名的检查点",
    en: "The code is the newest signed checkpoint",
  });
  const { bytes, squares } = qrBitmap(note);
  return {
    kind: "foot",
    lines: [sentence, code],
    picture: { bytes, side: Math.round(squares * square), description: code },
  };
};

/** 抄送 the dispatching body and the co-handlers, or whoever was typed; nothing where there is nobody. */
const copiesOf = (facts: LetterFacts): readonly Block[] => {
  const { dispatchedBy, coUnits, coOpinions } = facts.case;
  const helping = [...coUnits, ...coOpinions.map(({ unit }) => unit)];
  const to = facts.given.copyTo ?? [...(dispatchedBy === null ? [] : [dispatchedBy]), ...helping];
  const names = [...new Set(to)];
  if (names.length === 0) return [];
  const text: Label = { zh: `抄送：${names.join("，")}。`, en: `Copies: ${names.join(", ")}` };
  return [{ kind: "copies", text: said(facts, text) }];
};

const copiesLine = /^抄[送报][：:]/;

/** 抄送 as they stand under the text. */
export const writtenCopies = (notes: readonly string[]): readonly Block[] =>
  notes.filter((line) => copiesLine.test(line)).map((text): Block => ({ kind: "copies", text }));

/** 抄送 as they stand under the text, else whom the record names. */
export const copiesUnder = (facts: LetterFacts, notes: readonly string[]): readonly Block[] => {
  const written = writtenCopies(notes);
  return written.length === 0 ? copiesOf(facts) : written;
};

/** 附注 as they stand under the text. */
export const writtenNotes = (notes: readonly string[]): Block[] =>
  notes.filter((line) => !copiesLine.test(line)).map((text): Block => ({ kind: "note", text }));

/** Told, because nothing that was given may be dropped in silence. */
export const furnitureFound = ({ furniture }: Pick<ReadText, "furniture">): readonly Finding[] =>
  furniture.length === 0
    ? []
    : [
        {
          check: "page-furniture",
          gravity: "warning",
          what: {
            zh: "正文前后的网页文字没有写入函件",
            en: "what stood around the letter on a web page was left out",
          },
          repair: { zh: "请核对正文是否完整。", en: "See whether the text is whole." },
          sentence: furniture.join(" "),
        },
      ];

/** The finding that a letter has no unit to sign it. */
export const withoutIssuer: Finding = {
  check: "missing-signature",
  gravity: "warning",
  what: {
    zh: "缺少署名：办件库没有单位名称",
    en: "no signature: the casebook has no name of the office",
  },
  repair: {
    zh: "新建办件库时用 init --office 写明单位，或在接收时写明主办单位（--lead-unit）；也可用 --office 指定。",
    en: "Name the office when the casebook is made (init --office), the lead unit when a case is received, or give --office now.",
  },
};

/** The issuer as printed; a blank to be filled by hand where it is not known. */
export const printedIssuer = (facts: LetterFacts, issuer = issuerOf(facts)): string =>
  issuer ?? said(facts, { zh: "（单位名称）", en: "(name of the office)" });
