/** @module page — the year at a glance in one offline page: lamps, rates and gaps, departments, ledger, timelines. */
import type { CaseId, DashboardAnswer, Label, Lamp, ListedCase } from "@wuding/engine";
import { caseEvents, terms } from "@wuding/engine";
import { barChart, stackedBarChart } from "../charts/bars.ts";
import { chartStyle } from "../charts/chart.ts";
import { dayWords } from "../html/day-words.ts";
import { anchorHtml, anchorStyle } from "../html/log-anchor.ts";
import { cells, escaped, scriptJson, table } from "../html/markup.ts";
import { htmlPage } from "../html/page.ts";
import { filterLedger } from "./filter.ts";
import { dashboardStyle } from "./style.ts";

/** What the casebook answered; cases without a timeline are counted as left out. */
export type Dashboard = DashboardAnswer & Readonly<{ language: keyof Label }>;

const said = {
  title: { zh: "办理情况一览", en: "The cases at a glance" },
  all: { zh: "全部", en: "all" },
  done: { zh: "已了结", en: "done" },
  rates: { zh: "各项指标", en: "Rates" },
  shares: { zh: "完成比例", en: "How far each has come" },
  missing: { zh: "未计入的办件", en: "cases that are missing" },
  results: { zh: "办理结果", en: "Results" },
  departments: { zh: "各承办部门", en: "Departments" },
  department: { zh: "承办部门", en: "department" },
  none: { zh: "（尚未落实）", en: "(none yet)" },
  ledger: { zh: "台账", en: "Ledger" },
  search: { zh: "查找", en: "find" },
  shown: { zh: "显示", en: "shown:" },
  case: { zh: "件号", en: "case" },
  subject: { zh: "案由", en: "title" },
  status: { zh: "状态", en: "status" },
  person: { zh: "经办人", en: "person" },
  due: { zh: "时限", en: "due" },
  lamp: { zh: "灯", en: "lamp" },
  lamps: { zh: "各部门灯色（件）", en: "Lamps by department (cases)" },
  timelines: { zh: "办理经过", en: "Timelines" },
  recorded: { zh: "记录", en: "recorded" },
} as const satisfies Record<string, Label>;

const missingShown = 30;
const colon = { zh: "：", en: ": " } as const satisfies Label;
const fills: Readonly<Record<Lamp, string>> = {
  red: "#8c2f39",
  yellow: "#e9b44c",
  green: "#5f8f6b",
};
const doneFill = "#d9e2ec";
const departmentsDrawn = 20;
const lampOrder = ["red", "yellow", "green"] as const satisfies readonly Lamp[];

/** The page. The same answers give the same bytes. */
export const dashboardPage = (dashboard: Dashboard): string => {
  const { language, log } = dashboard;
  const body = `<p>${escaped(dayWords(dashboard)[language])}</p>
${lampFigures(dashboard)}
${ratesSection(dashboard)}
${departmentsSection(dashboard)}
${ledgerSection(dashboard)}
${timelinesSection(dashboard)}
${anchorHtml(log, language)}`;
  return htmlPage({
    language,
    title: said.title[language],
    style: anchorStyle + chartStyle + dashboardStyle,
    body,
    script: `"use strict";
(${filterLedger.toString()})(document, ${scriptJson(said.shown[language])});`,
  });
};

const withLamp = (cases: readonly ListedCase[], lamp: Lamp | null): number =>
  cases.filter((one) => one.lamp === lamp).length;

const lampFigures = ({ cases, language }: Dashboard): string => {
  const figure = (name: string, text: string, count: number): string =>
    `<li class="${name}"><b>${count}</b>${escaped(text)}</li>`;
  const lamps = lampOrder.map((lamp) =>
    figure(lamp, terms.lamps[lamp][language], withLamp(cases, lamp)),
  );
  const all = figure("all", said.all[language], cases.length);
  return `<ul class="figures">${all}${lamps.join("")}${figure("done", said.done[language], withLamp(cases, null))}</ul>`;
};

const namesOf = (missing: readonly CaseId[], language: keyof Label): string => {
  const rest = missing.length - missingShown;
  const more: Label = { zh: `……另有 ${rest} 件`, en: ` … and ${rest} more` };
  const names = missing.slice(0, missingShown).join(language === "zh" ? "、" : ", ");
  return rest > 0 ? names + more[language] : names;
};

const ratesSection = ({ rates: { rates, results }, language }: Dashboard): string => {
  const items = rates.map((rate) => {
    const missing = namesOf(rate.missing, language);
    const gaps = missing === "" ? "" : `${said.missing[language]}${colon[language]}${missing}`;
    return `<div><dt>${escaped(rate.label[language])}</dt><dd><b>${escaped(rate.display)}</b> ${rate.numerator}/${rate.denominator}${gaps === "" ? "" : `<br>${escaped(gaps)}`}<br><small>${escaped(rate.definition[language])}</small></dd></div>`;
  });
  const displays = new Map(rates.map(({ value, display }) => [value, display]));
  const chart = barChart({
    title: said.shares[language],
    language,
    categories: rates.map(({ label }) => label[language]),
    series: [{ label: said.rates[language], values: rates.map(({ value }) => value) }],
    max: 1,
    shown: (value) => displays.get(value) ?? String(value),
  });
  const counted = results.filter(({ count }) => count > 0);
  const resultChart =
    counted.length === 0
      ? ""
      : barChart({
          title: said.results[language],
          language,
          categories: counted.map(({ code, label }) => `${code} ${label[language]}`),
          series: [{ label: said.results[language], values: counted.map(({ count }) => count) }],
        });
  return `<section><h2>${said.rates[language]}</h2>${chart}${resultChart}<dl class="rates">${items.join("")}</dl></section>`;
};

const departmentsSection = ({ cases, rates, language }: Dashboard): string => {
  const { groups = [] } = rates;
  if (groups.length === 0) return "";
  const nameOf = (key: string | null): string => key ?? said.none[language];
  const shown = ["meeting", "completion", "on-time", "satisfaction"];
  const columns = rates.rates.filter(({ id }) => shown.includes(id));
  const of = (key: string | null): readonly ListedCase[] =>
    cases.filter(({ department }) => department === key);
  const rows = groups.map(({ key, rates: own }) =>
    cells([
      nameOf(key),
      String(of(key).length),
      ...columns.map(
        (rate) =>
          own.find(({ definitionId }) => definitionId === rate.definitionId)?.display ?? "—",
      ),
    ]),
  );
  const busiest = groups
    .toSorted((one, other) => of(other.key).length - of(one.key).length)
    .slice(0, departmentsDrawn);
  const left = groups.length - busiest.length;
  const note: Label = {
    zh: `图中为办件最多的 ${departmentsDrawn} 个，另有 ${left} 个见下表。`,
    en: `Drawn are the ${departmentsDrawn} with most cases; ${left} more stand in the table.`,
  };
  const chart = stackedBarChart({
    title: said.lamps[language],
    language,
    categories: busiest.map(({ key }) => nameOf(key)),
    series: [...lampOrder, null].map((lamp) => ({
      label: lamp === null ? said.done[language] : terms.lamps[lamp][language],
      values: busiest.map(({ key }) => withLamp(of(key), lamp)),
      fill: lamp === null ? doneFill : fills[lamp],
    })),
  });
  const headings = [
    said.department[language],
    said.all[language],
    ...columns.map(({ label }) => label[language]),
  ];
  return `<section><h2>${said.departments[language]}</h2>${chart}${left > 0 ? `<p>${note[language]}</p>` : ""}${table(headings, rows)}</section>`;
};

const anchorOf = (id: CaseId): string => `case-${id.replaceAll("/", "-")}`;

const ledgerSection = ({ cases, timelines, language }: Dashboard): string => {
  const told = new Set(timelines.map((one) => one.case));
  const rows = cases.map((one) => {
    const id = escaped(one.case);
    const link = told.has(one.case) ? `<a href="#${escaped(anchorOf(one.case))}">${id}</a>` : id;
    const texts = [
      one.title,
      terms.statuses[one.status][language],
      one.department ?? "—",
      one.person ?? "—",
      one.dueOn ?? "—",
      one.lamp === null ? "—" : terms.lamps[one.lamp][language],
    ];
    const lamp = one.lamp ?? "none";
    return `<tr data-lamp="${lamp}" class="${lamp}"><td>${link}</td>${texts.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`;
  });
  const options = [
    `<option value="">${said.all[language]}</option>`,
    ...lampOrder.map((lamp) => `<option value="${lamp}">${terms.lamps[lamp][language]}</option>`),
    `<option value="none">${said.done[language]}</option>`,
  ];
  const filter = `<p id="filter" hidden><label>${said.search[language]} <input id="filter-words" type="search"></label> <label>${said.lamp[language]} <select id="filter-lamp">${options.join("")}</select></label> <span id="filter-count" role="status"></span></p>`;
  const columns = ["case", "subject", "status", "department", "person", "due", "lamp"] as const;
  const headings = columns.map((name) => said[name][language]);
  return `<section class="ledger"><h2>${said.ledger[language]}</h2>${filter}${table(headings, rows)}</section>`;
};

const eventNames: ReadonlyMap<string, Label> = new Map(Object.entries(caseEvents));

const asideOf = (text: string, language: keyof Label): string =>
  language === "zh" ? `（${text}）` : ` (${text})`;

const timelinesSection = ({ cases, timelines, language }: Dashboard): string => {
  const titles = new Map(cases.map((one) => [one.case, one.title]));
  const left = cases.length - timelines.length;
  const note: Label = {
    zh: `本页载有 ${timelines.length} 件的办理经过，未载 ${left} 件；用 wuding history 查看。`,
    en: `Timelines of ${timelines.length} cases are in this page; ${left} are left out: see wuding history.`,
  };
  const each = timelines.map(({ case: id, history }) => {
    const entries = history.map(({ type, on, recordedAt, actor }) => {
      const name = eventNames.get(type)?.[language] ?? type;
      return `<li>${escaped(on)} ${escaped(name)}${asideOf(`${escaped(actor)} ${said.recorded[language]} ${escaped(recordedAt.slice(0, 10))}`, language)}</li>`;
    });
    return `<details id="${escaped(anchorOf(id))}"><summary>${escaped(id)} ${escaped(titles.get(id) ?? "")}</summary><ol>${entries.join("")}</ol></details>`;
  });
  const onScreen: Label = {
    zh: "各件办理经过不列印，请在网页上查看。",
    en: "The timelines of the cases are not printed; they stand in the page on the screen.",
  };
  return `<p class="paper">${onScreen[language]}</p><section class="timelines"><h2>${said.timelines[language]}</h2>${left > 0 ? `<p>${note[language]}</p>` : ""}${each.join("\n")}</section>`;
};
