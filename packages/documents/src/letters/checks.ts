/**
 * @module checks — what a letter is looked through for before it is written. Each check is one function; what
 * it finds is told with the sentence it stands in. Some findings mean that the letter cannot be right.
 */
import type { CaseView, CivilDate, Kind, Label } from "@wuding/engine";
import { isCivilDate } from "@wuding/engine";
import type { Finding } from "./letter.ts";
import { furnitureFound } from "./letter.ts";
import { addressee, caseName, dayInWords } from "./naming.ts";
import { isDatedPromise, sentencesIn, sentencesOf, softPromise } from "./promises.ts";
import type { ReadText } from "./reading-text.ts";
import { wordsOf } from "./reading-text.ts";

/** A reply as it is going to be written. */
export type CheckedReply = Readonly<{
  view: CaseView;
  kind: Kind;
  text: ReadText;
  /** The day on the letter; null while it has none. */
  day: CivilDate | null;
  signedBy: string | null;
  /** The result letter A, B, C …; null while there is none. */
  result: string | null;
  /** Whether it says whom to ask. */
  hasContact: boolean;
  /** Who issues it; null where that is not known. */
  issuer: string | null;
}>;

type Check = (reply: CheckedReply) => readonly Finding[];

const sentences = ({ text }: CheckedReply): readonly string[] =>
  text.paragraphs.flatMap((one) => sentencesOf(wordsOf(one)));

const warning = (check: string, what: Label, repair: Label, sentence?: string): Finding => ({
  check,
  gravity: "warning",
  what,
  repair,
  ...(sentence !== undefined && { sentence }),
});
const refused = (check: string, what: Label, repair: Label, sentence?: string): Finding => ({
  ...warning(check, what, repair, sentence),
  gravity: "refused",
});

/** The day on the letter: as recorded, else as it stands under the text. */
const dayOf = ({ day, text }: CheckedReply): CivilDate | null => {
  if (day !== null) return day;
  const [, year = "", month = "", date = ""] =
    /^(\d+)年(\d+)月(\d+)日$/.exec(text.date ?? "") ?? [];
  const written = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  return isCivilDate(written) ? written : null;
};

const softPromises: Check = (reply) =>
  sentencesIn(reply.text.paragraphs).flatMap((sentence) => {
    const word = softPromise(sentence, dayOf(reply));
    if (word === null) return [];
    return [
      warning(
        "soft-promise",
        { zh: `“${word}”没有写明时限`, en: `“${word}” promises without saying by when` },
        {
          zh: "写明完成时限并登记为承诺事项，或者改为不作承诺的表述。",
          en: "Say by when and record it as a commitment, or write it so that nothing is promised.",
        },
        sentence.text,
      ),
    ];
  });

/** A dated promise in the text that nobody entered will not be looked after. */
const promisesNotRecorded: Check = (reply) => {
  if (reply.view.commitments.length > 0) return [];
  return sentencesIn(reply.text.paragraphs)
    .filter((sentence) => isDatedPromise(sentence, dayOf(reply)))
    .map(({ text: sentence }) =>
      warning(
        "promise-not-recorded",
        { zh: "写有时限的承诺没有登记", en: "a promise with a date is not recorded" },
        {
          zh: "答复时用 --commitment 登记，或者用 commit 补记。",
          en: "Record it with the reply (--commitment), or afterwards with commit.",
        },
        sentence,
      ),
    );
};

const pageFurniture: Check = ({ text }) => furnitureFound(text);

const undatedPromises: Check = ({ view }) =>
  view.commitments
    .filter(({ due }) => due === undefined)
    .map(({ text }) =>
      warning(
        "undated-promise",
        { zh: "承诺事项没有时限", en: "a commitment has no date" },
        {
          zh: "用 change-commitment 定下时限，或者向提案者说明是长期事项。",
          en: "Set a date with change-commitment, or tell the proposer that it is a long-term matter.",
        },
        text,
      ),
    );

const missingDate: Check = ({ day, text }) =>
  day === null && text.date === null
    ? [
        warning(
          "missing-date",
          { zh: "缺少成文日期", en: "the letter has no date" },
          {
            zh: "答复记录以后再出一次，或者在纸上填写。",
            en: "Write it again once the reply is recorded, or fill it in by hand.",
          },
        ),
      ]
    : [];

const missingSigner: Check = ({ signedBy }) =>
  signedBy === null
    ? [
        warning(
          "missing-signer",
          { zh: "没有签发人的记录", en: "nobody is recorded as having signed" },
          {
            zh: "用 sign 记录签发，或者答复时写明 --signed-by。",
            en: "Record it with sign, or with the reply (--signed-by).",
          },
        ),
      ]
    : [];

/** The text ends with another day than the one that was recorded. */
const otherDate: Check = ({ text, day }) => {
  if (text.date === null || day === null || text.date === dayInWords(day).zh) return [];
  return [
    warning(
      "other-date",
      {
        zh: `正文落款日期为${text.date}，记录的答复日期为${dayInWords(day).zh}`,
        en: `the text is dated ${text.date}, the reply is recorded on ${day}`,
      },
      {
        zh: "核对后用 amend 更正记录，或者改正文。",
        en: "Correct the record with amend, or the text.",
      },
    ),
  ];
};

/** The text is signed by another unit than the one that issues it. */
const otherUnit: Check = ({ text, issuer }) => {
  if (text.unit === null || issuer === null || text.unit === issuer) return [];
  return [
    warning(
      "other-unit",
      {
        zh: `正文落款单位为“${text.unit}”，发文单位为“${issuer}”`,
        en: `the text is signed by ${text.unit}, the letter is issued by ${issuer}`,
      },
      {
        zh: "核对署名，或者用 --office 写明单位。",
        en: "Correct it, or give the unit with --office.",
      },
    ),
  ];
};

/** The text quotes the case by another title than it was received with. */
const otherTitle: Check = ({ text, view }) => {
  const [, quoted] = /《(.+)》[^《》]*$/.exec(text.title ?? "") ?? [];
  const bare = view.title.replace(/^《(.*)》$/, "$1");
  if (quoted === undefined || quoted === bare) return [];
  return [
    warning(
      "other-title",
      {
        zh: `正文标题写作《${quoted}》，记录的标题是《${bare}》`,
        en: `the text calls it “${quoted}”, it was received as “${bare}”`,
      },
      {
        zh: "核对后用 amend 更正记录，或者改正文。",
        en: "Correct the record with amend, or the text.",
      },
    ),
  ];
};

/** Turns of phrase that belong to the other assembly's proposers. */
const foreignWords: Readonly<Record<string, RegExp>> = {
  cppcc: /人大代表|代表建议|各位代表|[与向对同]代表(?!性|团|企业|作|单位|人物)|代表[您们]/,
  npc: /政协委员|委员(?!会|长)|(?:您|贵)[^，。；,;]{0,8}提案/,
};

const mixedUp: Check = (reply) => {
  const foreign = foreignWords[reply.view.kind];
  if (foreign === undefined) return [];
  const expected = reply.kind.proposer.zh;
  return sentences(reply)
    .filter((sentence) => foreign.test(sentence))
    .map((sentence) =>
      warning(
        "mixed-up",
        {
          zh: `${reply.kind.label.zh}的提出人是${expected}，此处写作“${foreign.exec(sentence)?.[0] ?? ""}”`,
          en: `the proposer is a ${reply.kind.proposer.en}; here it says “${foreign.exec(sentence)?.[0] ?? ""}”`,
        },
        {
          zh: `改为“${expected}”，或确认确指他人。`,
          en: "Correct it, or make sure that others are meant.",
        },
        sentence,
      ),
    );
};

const missingResult: Check = ({ result }) =>
  result === null
    ? [
        warning(
          "missing-result",
          { zh: "缺少办理结果类别", en: "the letter has no result letter (A, B, C)" },
          {
            zh: "拟稿或者答复时写明 --result，或者在纸上填写。",
            en: "Give --result with the draft or the reply, or fill it in by hand.",
          },
        ),
      ]
    : [];

const contactMissing: Check = ({ hasContact }) =>
  hasContact
    ? []
    : [
        warning(
          "missing-contact",
          { zh: "没有联系人和联系电话", en: "no contact person and phone" },
          {
            zh: "答复时写明 --contact-person、--contact-phone，或者用 amend 补上。",
            en: "Give --contact-person and --contact-phone with the reply, or add them with amend.",
          },
        ),
      ];

/** What the other assembly's proposers are called. */
const foreignTitle: Readonly<Record<string, RegExp>> = { cppcc: /代表$/, npc: /委员$/ };

/** A salutation that names nobody, somebody else, or the other assembly's proposer. */
const salutation: Check = ({ text, view, kind }) => {
  const repair: Label = {
    zh: `称呼应为“${addressee(view, kind).zh}：”。`,
    en: `It should begin “${addressee(view, kind).zh}：”.`,
  };
  if ((view.proposers[0]?.name.trim() ?? "") === "") {
    const what: Label = { zh: "没有提出人，无法称呼", en: "there is no proposer to address" };
    return [refused("salutation", what, repair)];
  }
  const written = text.salutation;
  if (written === null) return [];
  const names = view.proposers.map(({ name }) => name.trim());
  const isNamed = names.some((name) => written.includes(name));
  const isOfOthers =
    view.proposerType !== "delegation" && (foreignTitle[view.kind]?.test(written) ?? false);
  const bare = written.replace(/(各位|尊敬的)/g, "");
  if (bare === kind.proposer.zh || bare === "") {
    const what: Label = { zh: `称呼“${written}”没有写明提出人`, en: `“${written}” names nobody` };
    return [refused("salutation", what, repair)];
  }
  if (!isNamed) {
    const what: Label = {
      zh: `称呼是“${written}”，本件提出人是${names.join("、")}`,
      en: `the letter addresses ${written}, the proposer is ${names.join(", ")}`,
    };
    return [refused("salutation", what, repair)];
  }
  if (!isOfOthers) return [];
  const what: Label = {
    zh: `${kind.label.zh}的提出人不称“${written.slice(-2)}”`,
    en: `the proposer of a ${kind.label.en} is no ${written.slice(-2)}`,
  };
  return [refused("salutation", what, repair)];
};

/** A title that is about another case. */
const otherCase: Check = ({ text, view, kind }) => {
  const [, number] = /第\s*([^号第]{1,12})\s*号/.exec(text.title ?? "") ?? [];
  const [, session] =
    /([〇一二三四五六七八九十]+届[〇一二三四五六七八九十]+次)/.exec(text.title ?? "") ?? [];
  const right = caseName(view, kind).zh;
  const isOther =
    (number !== undefined && number.trim() !== view.number) ||
    (session !== undefined && !right.replace("人大", "").includes(session));
  if (!isOther) return [];
  const what: Label = {
    zh: `正文标题写的是另一件：“${text.title ?? ""}”`,
    en: `the text's title is about another case: “${text.title ?? ""}”`,
  };
  return [refused("other-case", what, { zh: `本件是${right}。`, en: `This is ${view.case}.` })];
};

const checks: readonly Check[] = [
  salutation,
  otherCase,
  missingResult,
  missingDate,
  missingSigner,
  contactMissing,
  otherDate,
  otherUnit,
  otherTitle,
  undatedPromises,
  pageFurniture,
  promisesNotRecorded,
  mixedUp,
  softPromises,
];

/** All that is found in a reply, what cannot be right first. */
export const checkReply = (reply: CheckedReply): readonly Finding[] =>
  checks
    .flatMap((check) => check(reply))
    .toSorted(
      (one, other) => Number(other.gravity === "refused") - Number(one.gravity === "refused"),
    );
