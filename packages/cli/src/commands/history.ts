/** @module history — every event of a case: what, when it was true, when and by whom it was recorded. */
import type {
  Assignment,
  CaseEventType,
  DueDate,
  HistoryEntry,
  Label,
  Status,
} from "@wuding/engine";
import { caseEvents, terms } from "@wuding/engine";
import type { Command } from "../command.ts";
import { tableLines } from "../print/table.ts";
import { deadlineName, listed, withAside } from "../print/words.ts";
import type { Language, Shell } from "../shell.ts";
import { jsonLine } from "../visible.ts";

const said = {
  position: { zh: "位置", en: "position" },
  event: { zh: "记录", en: "event" },
  change: { zh: "状态变化", en: "transition" },
  on: { zh: "发生日期", en: "on" },
  late: { zh: "补录", en: "late" },
  recorded: { zh: "记录时间", en: "recorded" },
  actor: { zh: "记录人", en: "actor" },
  what: { zh: "内容", en: "what" },
} as const satisfies Record<string, Label>;

export const command: Command = {
  name: "history",
  label: { zh: "办件的全部记录", en: "every event of a case" },
  positionals: ["CASE"],
  options: [],
  example: "wuding history 122",
  run: async ({ positionals: [name = ""] }, shell) => {
    const casebook = await shell.open({ forAudit: true });
    const history = await casebook.history(name);
    if (shell.json) return shell.out(jsonLine(history));
    for (const line of historyLines(history, shell)) shell.out(line);
  },
};

/** Events as a table. */
export const historyLines = (
  history: readonly HistoryEntry[],
  shell: Pick<Shell, "language" | "terminal">,
): readonly string[] => {
  const { language } = shell;
  return tableLines(
    history,
    [
      {
        heading: said.position[language],
        text: (row) => String(row.position),
        align: "right",
        narrow: "drop",
      },
      { heading: "#", text: (row) => String(row.version), align: "right" },
      { heading: said.on[language], text: (row) => row.on },
      { heading: said.event[language], text: (row) => eventName(row.type, language) },
      { heading: said.change[language], text: (row) => changeOf(row, language), narrow: "drop" },
      { heading: said.what[language], text: (row) => briefly(row, language), narrow: "cut" },
      { heading: said.actor[language], text: (row) => row.actor, narrow: "cut" },
      { heading: said.recorded[language], text: (row) => recordedOf(row, language) },
    ],
    shell,
  );
};

/** The instant with its offset, and 补录 where it was recorded on a later day than it was true. */
const recordedOf = ({ recordedAt, isLateEntry }: HistoryEntry, language: Language): string =>
  withAside(recordedAt.replace(/\.\d+/, ""), isLateEntry ? said.late[language] : "", language);

const eventName = (type: string, language: Language): string =>
  Object.hasOwn(caseEvents, type) ? caseEvents[type as CaseEventType][language] : type;

const statusName = (status: string | null, language: Language): string =>
  status !== null && Object.hasOwn(terms.statuses, status)
    ? terms.statuses[status as Status][language]
    : (status ?? "");

const changeOf = ({ from, to }: HistoryEntry, language: Language): string =>
  from === to || from === null
    ? statusName(to, language)
    : `${statusName(from, language)} → ${statusName(to, language)}`;

/** Members that tell most about an event, in the order of how much they tell. */
const telling = [
  "title",
  "into",
  "from",
  "to",
  "mode",
  "attitude",
  "result",
  "standing",
  "outcome",
  "finding",
  "text",
  "reason",
  "commitment",
  "unit",
  "decision",
  "defect",
  "disclosure",
  "comment",
  "due",
  "by",
  "summary",
  "year",
  "catalogue",
  "indexNumber",
  "url",
];

const labelled: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  mode: terms.contactModes,
  attitude: terms.ratings,
  result: terms.ratings,
  standing: terms.promiseStandings,
  decision: terms.reviewDecisions,
  defect: terms.opinionDefects,
  disclosure: terms.disclosures,
};

const movesDueDates: ReadonlySet<string> = new Set<CaseEventType>([
  "DeadlineExtended",
  "ExtensionWithdrawn",
  "DeadlinesRecomputed",
]);

/** The due dates that an event set, and who consented. */
const movedDates = (data: Readonly<Record<string, unknown>>, language: Language): string => {
  const { deadlines = [], approvedBy = "" } = data as Readonly<{
    deadlines?: readonly DueDate[];
    approvedBy?: string;
  }>;
  const moved = deadlines.map(({ id, dueOn }) => `${deadlineName(id, language)} ${dueOn}`);
  return withAside(listed(moved, language), approvedBy, language);
};

/** One line about what an event says. */
const briefly = ({ type, data, reached }: HistoryEntry, language: Language): string => {
  const entries = data as Readonly<Record<string, unknown>>;
  const { department, person, due } = (entries["assignment"] ?? {}) as Partial<Assignment>;
  if (department !== undefined) return [department, person, due].join(" ");
  if (movesDueDates.has(type)) return movedDates(entries, language);
  if (type === "PersonalDataForgotten") return erasureOf(entries, language);
  if (typeof entries["event"] === "number") return correctionOf(entries, language);
  const told = telling
    .flatMap((name) => {
      const value = entries[name];
      if (typeof value !== "string" && typeof value !== "number") return [];
      return wordOf(name, String(value), language);
    })
    .join(" ")
    .replaceAll("\n", " ");
  return [told, reachedWords(reached, entries["channel"], language)].filter(Boolean).join(" ");
};

/** Whom a reply reached, and in what way. */
const reachedWords = (
  reached: HistoryEntry["reached"],
  channel: unknown,
  language: Language,
): string => {
  if (reached === undefined) return "";
  const names = listed(reached, language);
  const way = typeof channel === "string" ? channel : "";
  return withAside({ zh: `送达${names}`, en: `reached ${names}` }[language], way, language);
};

/** What was erased, why, and who approved it. */
const erasureOf = (data: Readonly<Record<string, unknown>>, language: Language): string => {
  const { values, reason, approvedBy } = data as Readonly<{
    values: readonly Readonly<{ field: string }>[];
    reason: string;
    approvedBy: string;
  }>;
  const fields = [...new Set(values.map(({ field }) => field))];
  return `${listed(fields, language)} ${withAside(reason, approvedBy, language)}`;
};

/** Which entry was corrected, in what, and why. */
const correctionOf = (data: Readonly<Record<string, unknown>>, language: Language): string => {
  const {
    event,
    type,
    fields = [],
    reason,
  } = data as Readonly<{
    event: number;
    type: string;
    fields?: readonly string[];
    reason: string;
  }>;
  const place = { zh: `位置 ${event} 的`, en: `${event}, ` }[language];
  const what = withAside(
    `${place}${eventName(type, language)}`,
    listed(fields, language),
    language,
  );
  return `${what} ${reason}`;
};

const wordOf = (name: string, value: string, language: Language): string => {
  const known = Object.hasOwn(labelled, name) ? labelled[name] : undefined;
  return known !== undefined && Object.hasOwn(known, value)
    ? (known[value]?.[language] ?? value)
    : value;
};
