/** @module page — the Monday paper as one page: a table for each person, a line for each case, made to be pinned up. */
import type { Label, Week, WeekItem, WeekMatter, WeekOfPerson } from "@wuding/engine";
import { terms, weekMatters } from "@wuding/engine";
import { anchorHtml, anchorStyle } from "../html/log-anchor.ts";
import { escaped } from "../html/markup.ts";
import { htmlPage } from "../html/page.ts";
import { weekStyle } from "./style.ts";
import { delegateWords, nobody, totalsOfWeek, weekTitle } from "./words.ts";

const said = {
  due: { zh: "时限", en: "due" },
  lamp: { zh: "灯", en: "lamp" },
  case: { zh: "件号", en: "case" },
  title: { zh: "案由", en: "title" },
  todo: { zh: "要办", en: "to do" },
  empty: { zh: "本期没有要办的事项。", en: "There is nothing to do in these days." },
} as const satisfies Record<string, Label>;

/** Lines that an A4 sheet holds in type of ordinary size. */
const squeezedFrom = 25;

/** The page. The same week gives the same bytes. */
export const weekPage = (week: Week, language: keyof Label): string => {
  const people = week.people.map((one) => personTable(one, week, language));
  const none = `<p>${said.empty[language]}</p>`;
  const cases = week.people.reduce((sum, { items }) => sum + linesOf(items).length, 0);
  // what fits on one sheet as it is need not be squeezed onto it
  const tables = `<div class="${cases > squeezedFrom ? "dense" : "roomy"}">${people.join("\n")}</div>`;
  const body = `<p class="sum">${escaped(totalsOfWeek(week)[language])}</p>
${people.length === 0 ? none : tables}
${anchorHtml(week.log, language)}`;
  const style = anchorStyle + weekStyle;
  return htmlPage({ language, title: weekTitle(week)[language], style, body });
};

const personTable = (one: WeekOfPerson, week: Week, language: keyof Label): string => {
  const acting = one.delegate === null ? "" : ` ${delegateWords(one.delegate)[language]}`;
  const name = (one.person ?? nobody[language]) + acting;
  const rows = linesOf(one.items).map((items) => caseRow(items, week, language));
  const headings = (["due", "lamp", "case", "title", "todo"] as const).map(
    (column) => `<th scope="col">${said[column][language]}</th>`,
  );
  return `<section><h2>${escaped(name)}</h2><table><thead><tr>${headings.join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></section>`;
};

/** Items of one case stand in one line, at the place of the most urgent. */
const linesOf = (items: readonly WeekItem[]): readonly (readonly WeekItem[])[] => {
  const lines = new Map<string, WeekItem[]>();
  for (const item of items) {
    const line = lines.get(item.case);
    if (line === undefined) lines.set(item.case, [item]);
    else line.push(item);
  }
  return [...lines.values()];
};

/** Matters whose items say by themselves what they are about. */
const saysItself: ReadonlySet<WeekMatter> = new Set(["due", "contact", "opinion", "form"]);

const caseRow = (items: readonly WeekItem[], week: Week, language: keyof Label): string => {
  const [first] = items;
  if (first === undefined) return "";
  const todo = items.map((item) => {
    // the first one's date stands in its own column
    const isOfThisYear = item.dueOn?.slice(0, 4) === week.asOf.slice(0, 4);
    const day = (isOfThisYear ? item.dueOn?.slice(5) : item.dueOn) ?? "";
    const later = item === first || item.dueOn === first.dueOn ? "" : day;
    const matter = weekMatters[item.matter][language];
    const what = item.what[language];
    const colon = language === "zh" ? "：" : ": ";
    const text = saysItself.has(item.matter) ? what : `${matter}${colon}${what}`;
    return escaped(text) + (later && ` ${later}`);
  });
  const isLate = first.dueOn !== null && first.dueOn < week.asOf;
  const lamp = first.lamp === null ? "" : terms.lamps[first.lamp][language];
  const due = first.dueAt === undefined ? (first.dueOn ?? "—") : first.dueAt.slice(0, 16);
  return `<tr${isLate ? ' class="late"' : ""}><td>${escaped(due.replace("T", " "))}</td><td>${lamp}</td><td>${escaped(first.case)}</td><td class="title">${escaped(first.title)}</td><td>${todo.join(language === "zh" ? "；" : "; ")}</td></tr>`;
};
