/**
 * @module reply — 答复函, after GB/T 9704—2012: the text that was recorded stands in its place; title,
 * salutation, signature and what the text leaves out are set around it.
 */
import type { CivilDate, Label } from "@wuding/engine";
import { chineseNumeral, dateOf, terms } from "@wuding/engine";
import type { Block } from "../word/document.ts";
import { titleLines } from "../word/title-lines.ts";
import type { Finding, Letter, LetterFacts } from "./letter.ts";
import {
  copiesUnder,
  footOf,
  issuerOf,
  printedIssuer,
  said,
  withoutIssuer,
  writtenNotes,
} from "./letter.ts";
import { checkReply } from "./checks.ts";
import type { Numbering } from "./headings.ts";
import { headingAfter, isNumbered, numberingOf } from "./headings.ts";
import { addressee, blankDay, caseName, dayInWords, opening, quotedTitle } from "./naming.ts";
import type { ReadText } from "./reading-text.ts";
import { asksWhom, readLetterText, wordsOf } from "./reading-text.ts";

/** What of the reply is known: the one that was delivered in this round, else the draft. */
type Known = Readonly<{
  text: string | null;
  result: string | null;
  day: CivilDate | null;
  signedBy: string | null;
  documentNumber: string | null;
}>;

const knownOf = ({ case: view, draftText, given }: LetterFacts): Known => {
  const { reply } = view;
  if (reply !== null && reply.round === view.round) {
    return {
      text: given.text ?? reply.text ?? draftText,
      result: reply.result,
      day: dateOf(reply.on),
      signedBy: reply.signedBy ?? view.drafts.at(-1)?.signature?.by ?? null,
      documentNumber: reply.documentNumber ?? null,
    };
  }
  const draft = view.drafts.findLast(({ round }) => round === view.round);
  return {
    text: given.text ?? draftText,
    result: draft?.result ?? null,
    day: null,
    signedBy: draft?.signature?.by ?? null,
    documentNumber: null,
  };
};

/** Point by point: each request with what became of it, where there is no text. */
const pointByPoint = (facts: LetterFacts): readonly Block[] => {
  const { requests, reply, requestsGone } = facts.case;
  return requests.flatMap((request, at): Block[] => {
    const number = at + 1;
    if (requestsGone.includes(number)) return [];
    const taken = reply?.adopted?.includes(number) ?? false;
    const heading: Label = {
      zh: `${chineseNumeral(number)}、关于“${request}”`,
      en: `${number}. “${request}”`,
    };
    const answer: Label = taken
      ? { zh: "该项意见建议予以采纳。", en: "This suggestion has been taken up." }
      : { zh: "该项意见建议的办理情况：", en: "What became of this suggestion: " };
    return [
      { kind: "chapter", text: said(facts, heading) },
      { kind: "body", text: said(facts, answer) },
    ];
  });
};

/** One paragraph answers each request, where there are as many, without headings, as requests. */
const answersOf = (facts: LetterFacts, paragraphs: ReadText["paragraphs"]): readonly Block[] => {
  const { requests } = facts.case;
  const bodies = paragraphs.filter(({ kind }) => kind === "body");
  // paragraphs that bear numbers of their own need no headings
  const isPlain =
    bodies.length === paragraphs.length && !bodies.some(({ text }) => isNumbered(text));
  if (requests.length < 2 || !isPlain || bodies.length !== requests.length) return paragraphs;
  return bodies.flatMap((body, at): Block[] => [
    {
      kind: "chapter",
      text: said(facts, {
        zh: `${chineseNumeral(at + 1)}、关于“${requests[at] ?? ""}”`,
        en: `${at + 1}. “${requests[at] ?? ""}”`,
      }),
    },
    body,
  ]);
};

const flat = (text: string): string => text.replaceAll(/[\s，。；：、“”"《》（）()]/g, "");

type OccurredOn = LetterFacts["case"]["receivedOn"];

/**
 * What the record has and the text does not tell: co-handlers' opinions, and promises with their dates.
 * @param numbering of what stands in front of it, which its headings continue
 */
const supplement = (
  facts: LetterFacts,
  text: ReadText,
  day: CivilDate | null,
  numbering: Numbering | null,
): Readonly<{ blocks: Block[]; findings: Finding[] }> => {
  const written = flat(text.paragraphs.map(wordsOf).join(""));
  const view = facts.case;
  // a copy that is made years later says what the letter said
  const isKnown = (on: OccurredOn | null): boolean =>
    on !== null && (day === null || dateOf(on) <= day);
  const untold = view.coOpinions.filter(
    (one) => one.text !== null && isKnown(one.recordedOn) && !written.includes(flat(one.unit)),
  );
  const open = view.commitments
    .filter(({ madeOn }) => isKnown(madeOn))
    .map(({ text: now, due: dueNow, changes }) => changes[0] ?? { text: now, due: dueNow })
    .filter((one) => !written.includes(flat(one.text)));
  const parts: (readonly [Label, string[]])[] = [];
  if (untold.length > 0) {
    const lines = untold.map(({ unit, text: opinion }) =>
      said(facts, { zh: `${unit}：${opinion ?? ""}`, en: `${unit}: ${opinion ?? ""}` }),
    );
    parts.push([{ zh: "会办单位意见", en: "What the co-handlers say" }, lines]);
  }
  if (open.length > 0) {
    const lines = open.map(({ text: promise, due }, at) => {
      const when: Label =
        due === undefined
          ? { zh: "长期", en: "long-term" }
          : { zh: `${dayInWords(due).zh}前`, en: `by ${due}` };
      return said(facts, {
        // 1. stands over （1）
        zh: `${numbering?.level === "item" ? `（${at + 1}）` : `${at + 1}. `}${promise}（${when.zh}）`,
        en: `${at + 1}. ${promise} (${when.en})`,
      });
    });
    parts.push([{ zh: "承诺事项及完成时限", en: "Commitments and their dates" }, lines]);
  }
  // one heading alone bears no number
  const begin = numbering ?? (parts.length > 1 ? { level: "chapter", last: 0 } : null);
  const blocks = parts.flatMap(([heading, lines], at): Block[] => [
    begin === null || facts.language === "en"
      ? { kind: "chapter", text: said(facts, heading) }
      : headingAfter(begin, at + 1, heading.zh),
    ...lines.map((line): Block => ({ kind: "body", text: line })),
  ]);
  const findings = parts.map(([heading, lines]): Finding => ({
    check: "not-in-the-text",
    gravity: "warning",
    what: {
      zh: `正文没有写${heading.zh}（${lines.length} 项），已列在正文之后`,
      en: `the text leaves out ${lines.length} of: ${heading.en}; listed after it`,
    },
    repair: { zh: "请核对是否应写入正文。", en: "See whether they belong into the text." },
  }));
  return { blocks, findings: text.paragraphs.length === 0 ? [] : findings };
};

/** 发文字号 and the result letter, top right. */
const marksOf = (facts: LetterFacts, known: Known): Block[] => {
  const blocks: Block[] = [];
  if (known.documentNumber !== null) blocks.push({ kind: "mark", text: known.documentNumber });
  // a blank to be filled by hand where it is not known
  const result: Label =
    known.result === null ? { zh: "（　　）", en: "____" } : { zh: known.result, en: known.result };
  const mark: Label = { zh: `办理结果：${result.zh}`, en: `Result: ${result.en}` };
  return [...blocks, { kind: "mark", text: said(facts, mark) }];
};

/** 附注: how far it is public, and whom to ask, unless the text says it. */
const notesOf = (facts: LetterFacts, { notes }: ReadText): Block[] => {
  const { reply } = facts.case;
  const written = writtenNotes(notes);
  if (reply === null || reply.round !== facts.case.round) return written;
  const blocks: Block[] = [];
  const disclosure = reply.disclosureDecisions.at(-1)?.disclosure ?? reply.disclosure;
  if (disclosure !== undefined && !notes.some((line) => /^[（(]?公开/.test(line))) {
    const { zh, en } = terms.disclosures[disclosure];
    blocks.push({
      kind: "note",
      text: said(facts, { zh: `（公开方式：${zh}）`, en: `(disclosure: ${en})` }),
    });
  }
  const gone: Label = { zh: "已删除", en: "erased" };
  const shown = (value: string | null | undefined): string | null =>
    value === undefined ? null : (value ?? said(facts, gone));
  const [person, phone] = [shown(reply.contactPerson), shown(reply.contactPhone)];
  const parts: Label[] = [
    ...(person === null ? [] : [{ zh: `联系人：${person}`, en: `contact: ${person}` }]),
    ...(phone === null ? [] : [{ zh: `联系电话：${phone}`, en: `phone: ${phone}` }]),
  ];
  if (parts.length === 0 || asksWhom(notes)) {
    return [...blocks, ...written];
  }
  const text: Label = {
    zh: `（${parts.map(({ zh }) => zh).join("，")}）`,
    en: `(${parts.map(({ en }) => en).join(", ")})`,
  };
  return [...blocks, ...written, { kind: "note", text: said(facts, text) }];
};

const noReply = (facts: LetterFacts): Finding => ({
  check: "nothing-to-say",
  gravity: "refused",
  what: { zh: "还没有答复，也没有拟稿", en: "there is neither a reply nor a draft" },
  repair: {
    zh: "用 draft 记录拟稿，用 answer 记录答复，或用 --text 给出正文文件。",
    en: `Record a draft or the reply of ${facts.case.case}, or give a file with --text.`,
  },
});

const notOurs: Finding = {
  check: "not-ours",
  gravity: "refused",
  what: { zh: "我方是协办单位，不答复提案人", en: "we only assist: the lead unit replies" },
  repair: {
    zh: "会办意见用 document CASE opinion。",
    en: "Write an opinion instead: document CASE opinion.",
  },
};

const onlyFacts = (facts: LetterFacts): Finding => ({
  check: "no-text",
  gravity: "warning",
  what: {
    zh: `记录中没有答复全文${facts.case.reply?.file === undefined ? "" : `（只有文件 ${facts.case.reply.file.name}）`}，正文按所提意见建议逐条列出，须补写`,
    en: `the record holds no text of the reply${facts.case.reply?.file === undefined ? "" : ` (only the file ${facts.case.reply.file.name})`}; the requests are listed one by one, to be filled in`,
  },
  repair: {
    zh: "用 --text 给出正文文件，或者在文书中补写。",
    en: "Give a file with --text, or fill it in.",
  },
});

/** 对……的答复 */
const titleOf = (facts: LetterFacts, text: ReadText): string => {
  if (text.title !== null && facts.language === "zh") return text.title;
  const { case: view, kind } = facts;
  const [name, title] = [caseName(view, kind), quotedTitle(view.title)];
  return said(facts, {
    zh: `对${name.zh}${title.zh}的答复`,
    en: `Reply to ${name.en}, ${title.en}`,
  });
};

/** The letter, and what was found in it. */
export const reply = (facts: LetterFacts): Letter => {
  const { case: view, kind } = facts;
  const known = knownOf(facts);
  const text = readLetterText(known.text ?? "");
  const hasReply = view.reply !== null && view.reply.round === view.round;
  const hasText = text.paragraphs.length > 0;
  const issuer = issuerOf(facts);
  // who signed the text issues the letter, where nothing else says who does
  const signs = issuer ?? text.unit;
  const isNothing = !hasReply && !hasText;
  const title = titleOf(facts, text);
  const begins = text.paragraphs[0];
  const isOpened = begins?.kind === "body" && /收悉|收到|已收/.test(begins.text);
  const answers = hasText
    ? answersOf(facts, isOpened ? text.paragraphs.slice(1) : text.paragraphs)
    : pointByPoint(facts);
  const added = supplement(facts, text, known.day, numberingOf(answers));
  const hasContact =
    (hasReply && view.reply.contactPerson !== undefined) ||
    asksWhom([...text.paragraphs.map(wordsOf), ...text.notes]);
  const { day: recorded, signedBy, result } = known;
  // where there can be no letter, what it lacks is of no interest
  const impossible = view.role === "assist" ? notOurs : isNothing ? noReply(facts) : null;
  const found: Finding[] = [
    ...(signs === null ? [withoutIssuer] : []),
    ...(hasReply && !hasText ? [onlyFacts(facts)] : []),
    ...added.findings,
    ...checkReply({ view, kind, text, day: recorded, signedBy, result, hasContact, issuer }),
  ];
  const greeting = addressee(view, kind);
  const unit = text.unit ?? printedIssuer(facts, signs);
  const written: Label = text.date === null ? blankDay : { zh: text.date, en: text.date };
  const day = said(facts, recorded === null ? written : dayInWords(recorded));
  const blocks: Block[] = [
    ...marksOf(facts, known),
    { kind: "title", text: title, lines: titleLines(title) },
    { kind: "salutation", text: said(facts, { zh: `${greeting.zh}：`, en: `${greeting.en}:` }) },
    isOpened ? begins : { kind: "body", text: said(facts, opening(view, kind)) },
    ...answers,
    ...added.blocks,
    { kind: "signature", unit, date: day },
    ...notesOf(facts, text),
    ...copiesUnder(facts, text.notes),
    footOf(facts),
  ];
  return {
    document: {
      language: facts.language,
      title,
      creator: signs ?? "",
      page: { kind: "letter", issuer: printedIssuer(facts, signs) },
      blocks,
    },
    findings: impossible === null ? found : [impossible],
  };
};
