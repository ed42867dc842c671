/** @module feedback-form — 征询意见表: one sheet for each proposer, all in one file. */
import type { Label } from "@wuding/engine";
import { dateOf, terms } from "@wuding/engine";
import type { Block, Cell } from "../word/document.ts";
import type { Finding, Letter, LetterFacts } from "./letter.ts";
import { footOf, issuerOf, printedIssuer, said, withoutIssuer } from "./letter.ts";
import { caseName, dayInWords } from "./naming.ts";

const box = (facts: LetterFacts, labels: readonly Label[]): string =>
  labels.map((label) => `□ ${said(facts, label)}`).join("    ");

const choices = {
  yesNo: [
    { zh: "是", en: "yes" },
    { zh: "否", en: "no" },
  ],
  visits: [
    { zh: "已走访", en: "visited" },
    { zh: "本人提出不需要走访", en: "I asked not to be visited" },
    { zh: "未走访", en: "not visited" },
  ],
  toThePoint: [
    { zh: "针对", en: "yes" },
    { zh: "基本针对", en: "mostly" },
    { zh: "未针对", en: "no" },
  ],
} as const satisfies Record<string, readonly Label[]>;

const noReply: Finding = {
  check: "no-reply",
  gravity: "warning",
  what: {
    zh: "还没有记录答复，表上的答复日期、文号留空",
    en: "no reply is recorded: its date and number stay blank",
  },
  repair: { zh: "答复记录以后再出一次。", en: "Write it again once the reply is recorded." },
};

const notOurs: Finding = {
  check: "not-ours",
  gravity: "refused",
  what: {
    zh: "我方是协办单位，不征询提案人的意见",
    en: "we only assist: the lead unit asks the proposer",
  },
  repair: { zh: "征询意见表由主办单位发出。", en: "The lead unit sends the form." },
};

/** The sheet of one proposer. */
const sheetOf = (facts: LetterFacts, proposer: string): readonly Block[] => {
  const { case: view, kind } = facts;
  const { reply } = view;
  const isSealed = view.proposerType === "collective" || view.proposerType === "delegation";
  const sealed: Label = { zh: "签名（盖章）", en: "signature, seal" };
  const heading = (label: Label): Cell => ({ lines: [said(facts, label)], isHeading: true });
  const value = (text: string, across = 1): Cell => ({ lines: [text], across });
  const ratings = Object.values(terms.ratings);
  const wide = (label: Label, text: string) => ({
    height: 11,
    cells: [heading(label), value(text, 3)],
  });
  const gone: Label = { zh: "已删除", en: "erased" };
  const contact = [reply?.contactPerson, reply?.contactPhone]
    .flatMap((one) => (one === undefined ? [] : [one ?? said(facts, gone)]))
    .join("  ");
  const due = view.deadlines.findLast(({ id, round }) => id === "feedback" && round === view.round);
  const form: Label = {
    zh: `${kind.noun.zh}办理情况征询意见表`,
    en: `What the proposer says of the handling of a ${kind.noun.en}`,
  };
  const back: Label =
    due === undefined
      ? {
          zh: "请填写后交回承办单位。",
          en: "Please fill it in and return it to the handling unit.",
        }
      : {
          zh: `请于${dayInWords(due.dueOn).zh}前填写并交回承办单位。`,
          en: `Please return it to the handling unit by ${due.dueOn}.`,
        };
  return [
    { kind: "title", text: said(facts, form) },
    {
      kind: "table",
      // the last one holds a day to be written by hand on one line
      widths: [38, 44, 26, 52],
      rows: [
        wide({ zh: "件号", en: "case" }, said(facts, caseName(view, kind))),
        wide({ zh: "标题", en: "title" }, view.title),
        {
          height: 11,
          cells: [
            heading({ zh: `提出人`, en: "proposer" }),
            value(proposer),
            heading({ zh: "承办单位", en: "handled by" }),
            value(printedIssuer(facts)),
          ],
        },
        {
          height: 11,
          cells: [
            heading({ zh: "答复日期", en: "replied on" }),
            value(reply === null ? "" : said(facts, dayInWords(dateOf(reply.on)))),
            heading({ zh: "发文字号", en: "number" }),
            value(reply?.documentNumber ?? ""),
          ],
        },
        wide({ zh: "是否收到答复函", en: "received the reply" }, box(facts, choices.yesNo)),
        wide({ zh: "走访情况", en: "visits" }, box(facts, choices.visits)),
        wide({ zh: "答复是否有针对性", en: "to the point" }, box(facts, choices.toThePoint)),
        wide({ zh: "对办理态度", en: "attitude" }, box(facts, ratings)),
        wide({ zh: "对办理结果", en: "result" }, box(facts, ratings)),
        { height: 45, cells: [heading({ zh: "意见和建议", en: "comments" }), value("", 3)] },
        {
          height: 14,
          cells: [
            heading(isSealed ? sealed : { zh: "签名", en: "signature" }),
            value(""),
            heading({ zh: "日期", en: "date" }),
            value(said(facts, { zh: "　　　　年　　月　　日", en: "" })),
          ],
        },
      ],
    },
    { kind: "explanation", text: said(facts, { zh: "说明：", en: "Notes:" }) },
    {
      kind: "explanation",
      text: said(facts, {
        zh: `1. ${back.zh}不满意的，请写明意见。`,
        en: `1. ${back.en} If you are not satisfied, please say why.`,
      }),
    },
    {
      kind: "explanation",
      text: said(facts, {
        zh: "2. 每位提出人各填一份；办理态度与办理结果分别评价，各选一项。",
        en: "2. One form for each proposer; attitude and result are rated apart, one choice each.",
      }),
    },
    ...(contact === ""
      ? []
      : [
          {
            kind: "explanation" as const,
            text: said(facts, {
              zh: `3. 联系人、联系电话：${contact}`,
              en: `3. Contact: ${contact}`,
            }),
          },
        ]),
    footOf(facts),
  ];
};

/** The forms, a sheet each. */
export const feedbackForm = (facts: LetterFacts): Letter => {
  const { case: view, kind } = facts;
  const issuer = issuerOf(facts);
  return {
    document: {
      language: facts.language,
      title: said(facts, {
        zh: `${caseName(view, kind).zh}征询意见表`,
        en: `Feedback form, ${caseName(view, kind).en}`,
      }),
      creator: issuer ?? "",
      page: { kind: "form", orientation: "portrait" },
      blocks: view.proposers.flatMap(({ name }, at): readonly Block[] => [
        ...(at === 0 ? [] : [{ kind: "newPage" as const }]),
        ...sheetOf(facts, name),
      ]),
    },
    findings: [
      ...(view.role === "assist" ? [notOurs] : []),
      ...(issuer === null ? [withoutIssuer] : []),
      ...(view.reply === null ? [noReply] : []),
    ],
  };
};
