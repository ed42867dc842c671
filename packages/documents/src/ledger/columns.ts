/**
 * @module columns — the columns of the ledger 台账 as it is given away: a list of what was dispatched and
 * everything that was done with it, in the order of the work. The headings are those that an import reads.
 */
import type { CaseView, Label, LedgerEntry } from "@wuding/engine";
import { dateOf, terms } from "@wuding/engine";
import type { Fill, OutCell } from "../spreadsheet/write-table.ts";

export type LedgerLanguage = keyof Label;

/** What cells are written with. */
export type LedgerWords = Readonly<{
  language: LedgerLanguage;
  /** What a kind of case is called. */
  kindOf(id: string): string;
}>;

export type LedgerColumn = Readonly<{
  label: Label;
  /** In characters of the western kind. */
  width: number;
  /** @param row the place of the case in its sheet, from 1 */
  cell(entry: LedgerEntry, words: LedgerWords, row: number): OutCell;
}>;

const empty: OutCell = { value: null };

const text = (value: string | number | null | undefined): OutCell =>
  value === undefined || value === null || value === "" ? empty : { value };

/** The civil day of a fact, as a date that a spreadsheet program can sort. */
const day = (on: string | null | undefined): OutCell =>
  on === undefined || on === null ? empty : { value: dateOf(on), isDate: true };

const list = (parts: readonly string[]): OutCell => text(parts.join("、"));
const lines = (parts: readonly string[]): OutCell => text(parts.join("\n"));

const yesNo =
  (read: (view: CaseView) => boolean | undefined): LedgerColumn["cell"] =>
  ({ view }, { language }) => {
    const found = read(view);
    return found === undefined ? empty : { value: answers[found ? "yes" : "no"][language] };
  };

const answers = {
  yes: { zh: "是", en: "yes" },
  no: { zh: "否", en: "no" },
} as const satisfies Record<string, Label>;

const column = (
  zh: string,
  en: string,
  width: number,
  cell: LedgerColumn["cell"],
): LedgerColumn => ({ label: { zh, en }, width, cell });

const ofView =
  (read: (view: CaseView) => OutCell): LedgerColumn["cell"] =>
  ({ view }) =>
    read(view);

const dueDay = (view: CaseView, id: string): OutCell =>
  day(view.deadlines.findLast((one) => one.id === id)?.dueOn);

const isMeeting = ({ mode }: CaseView["contacts"][number]): boolean =>
  terms.contactModes[mode].inPerson;

/** The first contact in person with a proposer; where no participant was written down, the first in person. */
const met = ({ contacts }: CaseView) =>
  contacts.find(
    (contact) =>
      isMeeting(contact) && (contact.participants ?? []).some(({ role }) => role === "proposer"),
  ) ?? contacts.find(isMeeting);

/** The latest of some days; none where one of them has not come. */
const lastOf = (days: readonly (string | null)[]): string | undefined =>
  days.includes(null) ? undefined : days.map(String).toSorted().at(-1);

/** Lists name a 督办领导; the casebook has no rule about him, and keeps him in the note as lists give him. */
const supervisor = "督办领导：";

const noteLines = ({ note }: CaseView): readonly string[] => note?.split("\n") ?? [];

const supervisorIn = (view: CaseView): string | undefined =>
  noteLines(view)
    .find((line) => line.startsWith(supervisor))
    ?.slice(supervisor.length);

const newestForm = (view: CaseView) => view.feedback.at(-1);

/** In the order of the work. */
export const ledgerColumns: readonly LedgerColumn[] = [
  column("序号", "no.", 6, (_entry, _words, row) => text(row)),
  column(
    "件号",
    "case",
    18,
    ofView((view) => text(view.case)),
  ),
  column("件别", "kind", 10, ({ view }, { kindOf }) => text(kindOf(view.kind))),
  column(
    "届次",
    "session",
    8,
    ofView((view) => text(view.session)),
  ),
  column(
    "编号",
    "number",
    8,
    ofView((view) => text(view.number)),
  ),
  column(
    "案由",
    "title",
    44,
    ofView((view) => text(view.title)),
  ),
  column(
    "提案人",
    "proposers",
    18,
    ofView((view) => list(view.proposers.map(({ name }) => name))),
  ),
  column(
    "联名人数",
    "number of proposers",
    8,
    ofView((view) => text(view.proposers.length)),
  ),
  column("提案人类型", "type of proposer", 10, ({ view }, { language }) =>
    text(terms.proposerTypes[view.proposerType][language]),
  ),
  column("承办角色", "role", 8, ({ view }, { language }) => text(terms.roles[view.role][language])),
  column(
    "主办单位",
    "lead unit",
    14,
    ofView((view) => text(view.leadUnit)),
  ),
  column(
    "协办单位",
    "co-handlers",
    16,
    ofView((view) => list(view.coUnits)),
  ),
  column(
    "交办日期",
    "dispatched on",
    12,
    ofView((view) => day(view.dispatchedOn)),
  ),
  column(
    "接收日期",
    "received on",
    12,
    ofView((view) => day(view.receivedOn)),
  ),
  column(
    "板块",
    "theme block",
    14,
    ofView((view) => text(view.block)),
  ),
  column(
    "分类",
    "category",
    12,
    ofView((view) => text(view.category)),
  ),
  column(
    "意见建议",
    "requests",
    40,
    ofView((view) => lines(view.requests)),
  ),
  column(
    "重点件",
    "key case",
    8,
    yesNo((view) => view.isKey),
  ),
  column(
    "复杂件",
    "complex case",
    8,
    yesNo((view) => view.isComplex),
  ),
  column(
    "督办领导",
    "supervising leader",
    10,
    ofView((view) => text(supervisorIn(view))),
  ),
  column(
    "其他编号",
    "other numbers",
    14,
    ofView((view) => list(view.otherNumbers)),
  ),
  column(
    "签收期限",
    "receipt due",
    12,
    ofView((view) => dueDay(view, "receipt")),
  ),
  column(
    "退办截止",
    "return window",
    12,
    ofView((view) => dueDay(view, "return-request")),
  ),
  column(
    "会办意见截止",
    "opinion due",
    12,
    ofView((view) => dueDay(view, "co-opinion")),
  ),
  column(
    "答复截止",
    "reply due",
    12,
    ofView((view) => dueDay(view, "reply")),
  ),
  column(
    "签收日期",
    "receipt signed on",
    12,
    ofView((view) => day(view.receipt?.on)),
  ),
  column(
    "签收人",
    "receipt signed by",
    10,
    ofView((view) => text(view.receipt?.by)),
  ),
  column(
    "承办科室",
    "department",
    12,
    ofView((view) => text(view.assignment?.department)),
  ),
  column(
    "配合科室",
    "departments that help",
    14,
    ofView((view) => list(view.assignment?.coDepartments ?? [])),
  ),
  column(
    "责任领导",
    "leader",
    10,
    ofView((view) => text(view.assignment?.leader)),
  ),
  column(
    "经办人",
    "person in charge",
    10,
    ofView((view) => text(view.assignment?.person)),
  ),
  column(
    "办理时限",
    "internal due date",
    12,
    ofView((view) => day(view.assignment?.due)),
  ),
  column(
    "办理任务",
    "task",
    24,
    ofView((view) => text(view.assignment?.task)),
  ),
  column(
    "责任要求",
    "responsibility",
    24,
    ofView((view) => text(view.assignment?.responsibility)),
  ),
  column(
    "首次见面",
    "first meeting on",
    12,
    ofView((view) => day(met(view)?.on)),
  ),
  column("见面方式", "meeting mode", 10, ({ view }, { language }) => {
    const meeting = met(view);
    return text(meeting && terms.contactModes[meeting.mode][language]);
  }),
  column(
    "见面次数",
    "meetings",
    8,
    ofView((view) => text(view.contacts.filter(isMeeting).length)),
  ),
  column(
    "沟通次数",
    "number of contacts",
    8,
    ofView((view) => text(view.contacts.length)),
  ),
  column(
    "会办意见收到",
    "opinions received",
    12,
    ofView((view) => day(lastOf(view.coOpinions.map(({ recordedOn }) => recordedOn)))),
  ),
  column(
    "拟稿日期",
    "drafted on",
    12,
    ofView((view) => day(view.drafts.at(-1)?.on)),
  ),
  column(
    "答复日期",
    "answered on",
    12,
    ofView((view) => day(view.reply?.on)),
  ),
  column(
    "结果类别",
    "result",
    8,
    ofView((view) => text(view.result?.result)),
  ),
  column(
    "文号",
    "document number",
    18,
    ofView((view) => text(view.reply?.documentNumber)),
  ),
  column(
    "签发人",
    "signed by",
    10,
    ofView((view) => text(view.reply?.signedBy)),
  ),
  column("公开方式", "disclosure", 10, ({ view }, { language }) => {
    const disclosure = view.reply?.disclosure;
    return text(disclosure && terms.disclosures[disclosure][language]);
  }),
  column(
    "公开日期",
    "published on",
    12,
    ofView((view) => day(view.publication?.on)),
  ),
  column(
    "公开网址",
    "url",
    30,
    ofView((view) => text(view.publication?.url)),
  ),
  column(
    "反馈日期",
    "feedback on",
    12,
    ofView((view) => day(newestForm(view)?.on)),
  ),
  column("对办理态度", "attitude", 10, ({ view }, { language }) => {
    const form = newestForm(view);
    return text(form && terms.ratings[form.attitude][language]);
  }),
  column("对办理结果", "satisfaction", 10, ({ view }, { language }) => {
    const form = newestForm(view);
    return text(form && terms.ratings[form.result][language]);
  }),
  column(
    "办理轮次",
    "round",
    8,
    ofView((view) => text(view.round)),
  ),
  column(
    "承诺事项",
    "commitments",
    30,
    ofView((view) =>
      lines(view.commitments.map(({ text: said, due }) => `${said}@${due ?? "长期"}`)),
    ),
  ),
  column(
    "承诺事项数",
    "promises",
    8,
    ofView((view) => text(view.commitments.length)),
  ),
  column(
    "承诺兑现数",
    "promises kept",
    8,
    ofView((view) =>
      text(view.commitments.filter(({ fulfilledOn }) => fulfilledOn !== null).length),
    ),
  ),
  column(
    "办结日期",
    "closed on",
    12,
    ofView((view) => day(view.closedOn)),
  ),
  column("办理状态", "status", 10, ({ view }, { language }) =>
    text(terms.statuses[view.status][language]),
  ),
  column("最近时限", "next due date", 12, ({ listed }) => day(listed.dueOn)),
  column("灯色", "lamp", 8, ({ listed }, { language }) =>
    listed.lamp === null
      ? empty
      : { value: terms.lamps[listed.lamp][language], fill: listed.lamp satisfies Fill },
  ),
  column(
    "备注",
    "note",
    24,
    ofView((view) => lines(noteLines(view).filter((line) => !line.startsWith(supervisor)))),
  ),
];
