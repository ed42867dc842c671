/**
 * @module record — 政府信息公开 record of a reply: the metadata block that sites print and the text, without
 * personal contact data. What the casebook does not say stays empty and is told; nothing is made up.
 */
import type { CivilDate, Label, PublishableReply, terms } from "@wuding/engine";
import { replyTitle, salutationOf } from "./heading.ts";
import type { IndexPattern } from "./index-number.ts";
import { indexNumberOf, largestCounter, readIndexNumber } from "./index-number.ts";
import type { Redaction } from "./redact.ts";
import { personalKinds, redacted } from "./redact.ts";

/** What the casebook does not hold and a person may say. */
export type PublicationGiven = Readonly<{
  today: CivilDate;
  /** The text that goes public in the place of the recorded one; for a summary it is demanded. */
  text?: string;
  overview?: string;
  catalogue?: string;
  /** The form of the site's index numbers. */
  pattern?: IndexPattern;
  /** The number that whoever keeps the counter gave. */
  counter?: number;
}>;

/** The record as it goes public; a value that nobody gave is null. */
export type PublicationRecord = Readonly<{
  indexNumber: string | null;
  /** `proposed`: made by the pattern now, and not recorded yet. */
  indexNumberIs: "recorded" | "proposed" | null;
  catalogue: string | null;
  publisher: string | null;
  publishedOn: CivilDate | null;
  disclosure: terms.Disclosure;
  documentNumber: string | null;
  title: string;
  /** 内容概述 */
  overview: string | null;
  /** 生成日期: the day of the reply. */
  writtenOn: CivilDate;
  abolishedOn: null;
  url: string | null;
  salutation: string;
  body: readonly string[];
}>;

export type Publication = Readonly<{
  record: PublicationRecord;
  redactions: readonly Redaction[];
  /** What is missing or was changed, for the one who publishes; no part of the record. */
  warnings: readonly Label[];
}>;

/** The record of a reply, with all that its clerk should know before it goes out. */
export const publicationOf = (reply: PublishableReply, given: PublicationGiven): Publication => {
  const title = replyTitle(reply);
  const names = new Set(reply.proposers);
  const recorded = reply.personal.filter((value) => !names.has(value));
  const source = given.text ?? (reply.disclosure === "full" ? reply.text : null) ?? "";
  const cleaned = redacted(source.replaceAll(/\r\n?/g, "\n"), recorded);
  const { salutation, body } = partsOf(cleaned.text, title, reply);
  const overview = redacted(given.overview ?? overviewOf(body) ?? "", recorded);
  const number = numberOf(reply, given);
  const record: PublicationRecord = {
    indexNumber: number.number,
    indexNumberIs: number.is,
    catalogue: reply.publication?.catalogue ?? given.catalogue ?? null,
    publisher: reply.publisher,
    publishedOn: reply.publication?.on ?? null,
    disclosure: reply.disclosure,
    documentNumber: reply.documentNumber,
    title,
    overview: overview.text === "" ? null : overview.text,
    writtenOn: reply.repliedOn,
    abolishedOn: null,
    url: reply.publication?.url ?? null,
    salutation,
    body,
  };
  return {
    record,
    redactions: cleaned.redactions,
    warnings: [
      ...missing(record, reply),
      ...number.warnings,
      ...mixedUp(body, reply),
      ...redactionNotes(cleaned.redactions),
    ],
  };
};

/** The text without its heading; its own salutation, where it greets a proposer of the case. */
const partsOf = (
  text: string,
  title: string,
  reply: PublishableReply,
): Pick<PublicationRecord, "salutation" | "body"> => {
  const paragraphs = text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const body = paragraphs[0] === title ? paragraphs.slice(1) : paragraphs;
  const [first = ""] = body;
  const isGreeting =
    greetingForm.test(first) && reply.proposers.some((name) => first.includes(name));
  return isGreeting
    ? { salutation: first.replace(/:$/, "："), body: body.slice(1) }
    : { salutation: salutationOf(reply), body };
};

/** 刘桂敏委员：, also of an organisation. */
const greetingForm = /^[^，。；]{1,60}[：:]$/u;
const headingForm = /^[一二三四五六七八九十]+、\S.{0,39}$/u;
const overviewLength = 120;

/** The headings of the text, else its first paragraph that is more than the opening phrase; cut where it is long. */
const overviewOf = (body: readonly string[]): string | undefined => {
  const headings = body.filter((one) => headingForm.test(one));
  const found =
    headings.length > 0 ? headings.join("；") : (body.find((one) => !/收悉/u.test(one)) ?? body[0]);
  if (found === undefined || found.length <= overviewLength) return found;
  return `${found.slice(0, overviewLength)}…`;
};

/** A greeting that cannot be another short line with a colon. */
const proposerForm = /(?:委员|代表|委员会|小组|代表团)[：:]$/u;

/** A letter of another case: it greets somebody else, or names another title. */
const mixedUp = (body: readonly string[], { title }: PublishableReply): readonly Label[] => {
  const [first = ""] = body;
  const named = /您(?:们)?提出的《(.+?)》的?(?:提案|建议)/u.exec(body.slice(0, 3).join(""))?.[1];
  return [
    ...(greetingForm.test(first) && proposerForm.test(first)
      ? [
          {
            zh: `正文的称呼“${first}”与本件的提案人不符`,
            en: `the text greets "${first}", which is not the proposer of this case`,
          },
        ]
      : []),
    ...(named !== undefined && named !== title
      ? [
          {
            zh: `正文所答的《${named}》不是本件的《${title}》`,
            en: `the text answers "${named}", not "${title}" of this case`,
          },
        ]
      : []),
  ];
};

type Numbered = Readonly<{
  number: string | null;
  is: PublicationRecord["indexNumberIs"];
  warnings: readonly Label[];
}>;

/**
 * The recorded number, or one by the pattern. A site numbers what it publishes in that year, and a reply of
 * December is published in January: so year and month are those of the publication, or of today as long as there
 * is none.
 */
const numberOf = (reply: PublishableReply, given: PublicationGiven): Numbered => {
  const { pattern, counter, today } = given;
  const day = reply.publication?.on ?? today;
  const known = reply.publication?.indexNumber ?? null;
  if (known !== null) {
    const fits = pattern === undefined || readIndexNumber(pattern, known) !== undefined;
    return { number: known, is: "recorded", warnings: fits ? [] : [strangeNumber(known)] };
  }
  if (pattern === undefined || counter === undefined) {
    const largest =
      pattern === undefined
        ? 0
        : largestCounter(pattern, reply.usedNumbers, Number(day.slice(0, 4)));
    return { number: null, is: null, warnings: [noNumber(largest)] };
  }
  const number = indexNumberOf(pattern, counter, day);
  const taken = reply.usedNumbers.find(({ indexNumber }) => indexNumber === number);
  return {
    number,
    is: "proposed",
    warnings: [
      proposedNumber(number, dayWords(reply, today)),
      ...(taken === undefined ? [] : [takenNumber(number, taken.case)]),
    ],
  };
};

const strangeNumber = (number: string): Label => ({
  zh: `所记索引号 ${number} 不合所给格式`,
  en: `the recorded index number ${number} is not of the given pattern`,
});

const noNumber = (largest: number): Label => ({
  zh: `没有记录索引号，留空${largest > 0 ? `（本办件库该年已用到 ${largest}；全机关共用一个序号，以信息公开机构所编为准）` : ""}；编定后用 publish --index-number 记录，或用 --index-pattern 和 --index-counter 给出`,
  en: `no index number is recorded; it is left empty${largest > 0 ? ` (this casebook has used up to ${largest} of that year; one counter runs over all documents of the agency)` : ""}. Record it with publish --index-number, or give --index-pattern and --index-counter`,
});

const proposedNumber = (number: string, day: Label): Label => ({
  zh: `索引号 ${number} 为拟编，${day.zh}，尚未记录；公开时用 publish --index-number ${number} 记录`,
  en: `index number ${number} is proposed, ${day.en}, and not recorded; record it with publish --index-number ${number}`,
});

/** Where year and month of a proposed number come from; those of the reply may be others. */
const dayWords = ({ publication }: PublishableReply, today: CivilDate): Label =>
  publication === null
    ? {
        zh: `年月按今日 ${today}（没有记录公开日期）`,
        en: `with year and month of today, ${today} (no day of publication is recorded)`,
      }
    : {
        zh: `年月按所记公开日期 ${publication.on}`,
        en: `with year and month of the recorded publication, ${publication.on}`,
      };

const takenNumber = (number: string, by: string): Label => ({
  zh: `索引号 ${number} 已由 ${by} 使用`,
  en: `index number ${number} is already used by ${by}`,
});

const missing = (record: PublicationRecord, reply: PublishableReply): readonly Label[] => [
  ...(record.publisher === null
    ? [{ zh: "没有记录发布机构，留空", en: "no publishing unit is recorded; it is left empty" }]
    : []),
  ...(record.catalogue === null
    ? [
        {
          zh: "没有记录公开目录，留空；用 --catalogue 给出，公开时用 publish 记录",
          en: "no catalogue is recorded; it is left empty. Give it with --catalogue, and record it with publish",
        },
      ]
    : []),
  ...(reply.publication === null
    ? [
        {
          zh: "尚未记录公开，发布日期留空；发布后用 publish 记录",
          en: "the publication is not recorded, so its date is left empty; record it with publish once it is out",
        },
      ]
    : []),
  ...(record.body.length === 0
    ? [
        {
          zh: "没有记录答复全文，正文留空；用 --text 给出文件",
          en: "the text of the reply is not recorded, so the body is empty; give a file with --text",
        },
      ]
    : []),
  ...(record.overview === null
    ? [
        {
          zh: "内容概述是法定的目录要素，现为空；用 --overview 给出",
          en: "the overview of the content is demanded by law and is empty; give it with --overview",
        },
      ]
    : []),
];

/** One note for each kind of personal data, with the number of places and the words around them. */
const redactionNotes = (redactions: readonly Redaction[]): readonly Label[] =>
  [...new Set(redactions.map(({ what }) => what))].map((what) => {
    const own = redactions.filter((one) => one.what === what);
    const { zh, en } = personalKinds[what];
    const places = {
      zh: [...new Set(own.map((one) => `第${one.paragraph}段“${one.around}”`))].join("、"),
      en: [...new Set(own.map((one) => `paragraph ${one.paragraph} "${one.around}"`))].join(", "),
    };
    return {
      zh: `正文的${zh}已替换${own.length}处：${places.zh}`,
      en: `${en}: replaced in ${own.length} ${own.length === 1 ? "place" : "places"}: ${places.en}`,
    };
  });
