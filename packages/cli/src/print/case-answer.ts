/** @module case-answer — of the page of a case: opinions, drafts, the reply and whom it has reached. */
import type { CaseView, Label } from "@wuding/engine";
import { dateOf, terms } from "@wuding/engine";
import type { Language, Shell } from "../shell.ts";
import { facts, heading, paragraph } from "./page.ts";
import { tableLines } from "./table.ts";
import { clauses, labelled, listed, orDash, withAside, words } from "./words.ts";

const said = {
  opinion: { zh: "协办意见", en: "Opinion" },
  opinions: { zh: "征求的协办意见", en: "Opinions of co-handlers" },
  sentBack: { zh: "退回", en: "sent back" },
  unit: { zh: "单位", en: "unit" },
  asked: { zh: "征求日期", en: "asked" },
  recorded: { zh: "收到日期", en: "received" },
  text: { zh: "意见", en: "opinion" },
  afterReply: { zh: "晚于答复时限", en: "after the reply is due" },
  drafts: { zh: "答复拟稿", en: "Drafts of the reply" },
  drafted: { zh: "拟稿", en: "drafted" },
  reviewed: { zh: "核稿", en: "reviewed" },
  signed: { zh: "签发", en: "signed" },
  reply: { zh: "答复", en: "Reply" },
  repliedOn: { zh: "答复日期", en: "delivered" },
  reached: { zh: "送达", en: "reached" },
  awaiting: { zh: "尚未送达", en: "still to reach" },
  told: { zh: "已说明协办意见", en: "opinions told" },
  result: { zh: "办理结果", en: "result" },
  adopted: { zh: "采纳的意见建议", en: "taken up" },
  number: { zh: "发文字号", en: "document" },
  signedBy: { zh: "签发人", en: "signed by" },
  disclosure: { zh: "公开方式", en: "disclosure" },
  contact: { zh: "联系人", en: "contact" },
  erased: { zh: "已删除", en: "erased" },
  published: { zh: "公开日期", en: "published" },
} as const satisfies Record<string, Label>;

const onDay = (on: string | null): string => orDash(on === null ? null : dateOf(on));

/** A text on one line, as it stands in a cell. */
const onOneLine = (text: string): string => text.replaceAll("\n", " ");

type Returns = CaseView["opinionReturns"];

const printReturns = (returns: Returns, shell: Shell): void => {
  const { language } = shell;
  for (const { on, defect, reason } of returns) {
    const why = `${terms.opinionDefects[defect][language]}  ${reason}`;
    paragraph(`${dateOf(on)}  ${labelled(said.sentBack, why, language)}`, shell);
  }
};

/** Our own opinion, and those that were asked of co-handlers. */
export const printOpinions = (
  { opinion, opinionReturns, coOpinions }: CaseView,
  shell: Shell,
): void => {
  const { language } = shell;
  if (opinion !== null || opinionReturns.length > 0) {
    const on = opinion === null ? "" : `  ${dateOf(opinion.on)}`;
    heading(`${said.opinion[language]}${on}`, shell);
    if (opinion !== null) paragraph(opinion.text, shell);
    printReturns(opinionReturns, shell);
  }
  if (coOpinions.length === 0) return;
  heading(said.opinions[language], shell);
  const lines = tableLines(
    coOpinions,
    [
      { heading: "#", text: (row) => String(row.opinion), align: "right" },
      { heading: said.unit[language], text: (row) => row.unit },
      { heading: said.asked[language], text: (row) => onDay(row.requestedOn) },
      {
        heading: words.dueOn[language],
        text: (row) =>
          withAside(
            orDash(row.dueOn),
            row.isDueAfterReply ? said.afterReply[language] : "",
            language,
          ),
      },
      {
        heading: words.status[language],
        text: (row) => (row.state === null ? "—" : terms.deadlineStates[row.state][language]),
      },
      { heading: said.recorded[language], text: (row) => onDay(row.recordedOn) },
      {
        heading: said.text[language],
        text: (row) => orDash(onOneLine(row.text ?? "")),
        narrow: "wrap",
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
  printReturns(
    coOpinions.flatMap(({ unit, returns }) =>
      returns.map((one) => ({ ...one, reason: `${unit}  ${one.reason}` })),
    ),
    shell,
  );
};

type DraftView = CaseView["drafts"][number];

const reviewsOf = ({ reviews }: DraftView, language: Language): string =>
  clauses(
    reviews.map(({ on, by, decision, comment }) =>
      withAside(
        `${dateOf(on)} ${by} ${terms.reviewDecisions[decision][language]}`,
        onOneLine(comment ?? ""),
        language,
      ),
    ),
    language,
  );

/** The drafts of the reply with their way to signature. */
export const printDrafts = ({ drafts }: CaseView, shell: Shell): void => {
  const { language } = shell;
  if (drafts.length === 0) return;
  heading(said.drafts[language], shell);
  const lines = tableLines(
    drafts,
    [
      { heading: "#", text: (row) => String(row.draft), align: "right" },
      { heading: said.result[language], text: (row) => row.result },
      { heading: said.drafted[language], text: (row) => `${dateOf(row.on)} ${row.by}` },
      {
        heading: said.reviewed[language],
        text: (row) => orDash(reviewsOf(row, language)),
        narrow: "wrap",
      },
      {
        heading: said.signed[language],
        text: ({ signature }) =>
          orDash(signature === null ? null : `${dateOf(signature.on)} ${signature.by}`),
      },
    ],
    shell,
  );
  for (const line of lines) shell.out(line);
};

const numbersOf = (numbers: readonly number[], language: Language): string => {
  const list = listed(numbers.map(String), language);
  return list === "" ? "" : { zh: `第 ${list} 条`, en: `no. ${list}` }[language];
};

const publicationOf = (publication: CaseView["publication"], language: Language): string | null => {
  if (publication === null) return null;
  const { on, catalogue, indexNumber, url } = publication;
  const where = [catalogue, indexNumber, url].filter((one) => one !== undefined);
  return withAside(dateOf(on), listed(where, language), language);
};

/** Names of proposers by their places, with the day and the way where each was reached later. */
const namesAt = (
  { proposers, reply }: CaseView,
  places: readonly number[] | undefined,
  language: Language,
): string =>
  listed(
    (places ?? []).map((place) => {
      const way = reply?.deliveries.find(({ proposer }) => proposer === place);
      const beside = way === undefined ? [] : [dateOf(way.on), way.channel ?? ""];
      const name = proposers[place - 1]?.name ?? "";
      return withAside(name, beside.join(" ").trim(), language);
    }),
    language,
  );

/** How far it is disclosed, with every decision that changed it. */
const disclosureOf = (
  { disclosure, disclosureDecisions }: NonNullable<CaseView["reply"]>,
  language: Language,
): string => {
  if (disclosure === undefined) return "";
  const decided = disclosureDecisions.map(({ on, reason }) => `${dateOf(on)} ${reason}`);
  return withAside(terms.disclosures[disclosure][language], clauses(decided, language), language);
};

/** The newest reply. */
export const printReply = (
  view: CaseView,
  codes: readonly Readonly<{ code: string; label: Label }>[],
  shell: Shell,
): void => {
  const { language } = shell;
  const { reply, replies, publication } = view;
  if (reply === null) return;
  const round = { zh: `第 ${reply.round} 轮`, en: `round ${reply.round}` };
  heading(
    withAside(said.reply[language], replies.length > 1 ? round[language] : "", language),
    shell,
  );
  const meaning = codes.find(({ code }) => code === reply.result)?.label[language] ?? "";
  const person = [reply.contactPerson, reply.contactPhone]
    .flatMap((one) => (one === null ? said.erased[language] : (one ?? [])))
    .join(" ");
  facts(
    [
      [said.repliedOn[language], dateOf(reply.on)],
      [said.reached[language], namesAt(view, reply.deliveredTo, language)],
      [said.awaiting[language], namesAt(view, reply.awaiting, language)],
      [said.result[language], `${reply.result} ${meaning}`],
      [said.adopted[language], numbersOf(reply.adopted ?? [], language)],
      [said.told[language], listed(reply.toldOpinions ?? [], language)],
      [said.number[language], reply.documentNumber],
      [said.signedBy[language], reply.signedBy],
      [said.disclosure[language], disclosureOf(reply, language)],
      [said.contact[language], person],
      [said.published[language], publicationOf(publication, language)],
    ],
    shell,
  );
  if (reply.text !== undefined) paragraph(reply.text, shell, 2);
};
