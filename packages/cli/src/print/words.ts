/**
 * @module words — phrases that several commands print, and the marks that each language puts between
 * them; what one command alone says stays with it.
 */
import type { DeadlineId, Label } from "@wuding/engine";
import { terms } from "@wuding/engine";

export const words = {
  case: { zh: "件号", en: "case" },
  title: { zh: "案由", en: "title" },
  status: { zh: "状态", en: "status" },
  kind: { zh: "件别", en: "kind" },
  role: { zh: "角色", en: "role" },
  department: { zh: "科室", en: "department" },
  person: { zh: "经办人", en: "person" },
  lamp: { zh: "灯", en: "lamp" },
  dueOn: { zh: "时限", en: "due" },
  deadline: { zh: "事项", en: "duty" },
  source: { zh: "依据", en: "source" },
  rate: { zh: "指标", en: "rate" },
  why: { zh: "原因", en: "why" },
  repair: { zh: "办法", en: "what to do" },
  provisional: { zh: "暂定", en: "provisional" },
} as const satisfies Record<string, Label>;

/** The marks of each language; whatever is put together from parts takes them from here. */
const marks = {
  zh: { colon: "：", list: "、", semicolon: "；", open: "（", close: "）" },
  en: { colon: ": ", list: ", ", semicolon: "; ", open: " (", close: ")" },
} as const satisfies Record<keyof Label, Readonly<Record<string, string>>>;

/** 标签：内容, label: text. */
export const labelled = (label: Label | string, text: string, language: keyof Label): string =>
  `${typeof label === "string" ? label : label[language]}${marks[language].colon}${text}`;

/** 甲、乙, a, b. */
export const listed = (items: readonly string[], language: keyof Label): string =>
  items.join(marks[language].list);

/** 甲；乙, a; b: for parts that have commas of their own. */
export const clauses = (parts: readonly string[], language: keyof Label): string =>
  parts.join(marks[language].semicolon);

/** 甲（乙）, a (b); nothing is added for an empty aside. */
export const withAside = (text: string, aside: string, language: keyof Label): string =>
  aside === "" ? text : `${text}${marks[language].open}${aside}${marks[language].close}`;

/** 1 line, 2 lines. */
export const plural = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;

const wordSets: readonly Readonly<Record<string, Label>>[] = [
  terms.roles,
  terms.statuses,
  terms.proposerTypes,
  terms.contactModes,
  terms.contactPhases,
  terms.ratings,
  terms.disclosures,
  terms.returnDecisions,
  terms.opinionDefects,
  terms.reviewDecisions,
  terms.urgeMethods,
  terms.urgeSlips,
  terms.levels,
  terms.submissionPhases,
  terms.promiseStandings,
  terms.progressOccasions,
  terms.redispatchClocks,
];

/** What the words that an option accepts mean; empty where they speak for themselves. */
export const meaningsOf = (
  accepted: readonly string[],
  language: keyof Label,
): readonly string[] => {
  const labels = wordSets.find((set) => accepted.every((word) => Object.hasOwn(set, word)));
  return accepted.map((word) => labels?.[word]?.[language] ?? "");
};

/** A due date's name: 答复, 承诺事项 2, 协办意见 1. */
export const deadlineName = (id: DeadlineId, language: keyof Label): string => {
  const name = terms.deadlineNames[terms.deadlineNameOf(id)][language];
  const [, number] = id.split(":");
  return number === undefined ? name : `${name} ${number}`;
};

/** `—` for what is not there. */
export const orDash = (text: string | null | undefined): string =>
  text === null || text === undefined || text === "" ? "—" : text;
