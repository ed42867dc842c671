/** @module opinion — 会办意见, to the unit that leads. */
import { dateOf } from "@wuding/engine";
import type { Finding, Letter, LetterFacts } from "./letter.ts";
import { furnitureFound, said } from "./letter.ts";
import { caseName, quotedTitle } from "./naming.ts";
import { notSaid, officeLetter } from "./office-letter.ts";
import { asksWhom, readLetterText, wordsOf } from "./reading-text.ts";

const notAssisting: Finding = {
  check: "not-ours",
  gravity: "refused",
  what: { zh: "本件不由我方协办", en: "we do not assist with this case" },
  repair: {
    zh: "答复函用 document CASE reply。",
    en: "Write the reply instead: document CASE reply.",
  },
};

const nothing = notSaid(
  { zh: "还没有会办意见", en: "there is no opinion yet" },
  {
    zh: "用 submit-opinion 记录，或用 --text 给出正文文件。",
    en: "Record it with submit-opinion, or give a file with --text.",
  },
);

const withoutContact: Finding = {
  check: "missing-contact",
  gravity: "warning",
  what: { zh: "没有联系人和联系电话", en: "no contact person and phone" },
  repair: {
    zh: "在正文落款下写明“联系人：……”，或者在纸上填写。",
    en: "Write 联系人：… under the text's day, or fill it in by hand.",
  },
};

/** The letter, and what was found in it. */
export const opinion = (facts: LetterFacts): Letter => {
  const { case: view, kind, given } = facts;
  const text = readLetterText(given.text ?? view.opinion?.text ?? "");
  const [name, title] = [caseName(view, kind), quotedTitle(view.title)];
  const hasContact = asksWhom([...text.paragraphs.map(wordsOf), ...text.notes]);
  const isOpened = /收悉|收到/.test(text.paragraphs[0]?.text ?? "");
  const opening = {
    zh: `${name.zh}${title.zh}收悉。经研究，提出会办意见如下：`,
    en: `On ${name.en}, ${title.en}, our opinion is as follows.`,
  };
  return officeLetter(facts, {
    title: { zh: `关于${name.zh}的会办意见`, en: `Opinion on ${name.en}` },
    to: view.leadUnit,
    body: isOpened
      ? text.paragraphs
      : [{ kind: "body", text: said(facts, opening) }, ...text.paragraphs],
    day:
      view.opinion !== null
        ? dateOf(view.opinion.on)
        : text.date === null
          ? null
          : { written: text.date },
    closing: text,
    findings:
      view.role !== "assist"
        ? [notAssisting]
        : text.paragraphs.length === 0
          ? [nothing]
          : [...furnitureFound(text), ...(hasContact ? [] : [withoutContact])],
  });
};
