#!/usr/bin/env node
/**
 * @module generate-calendar — writes the State Council's calendar from the data of chinese-days.
 *
 * `node scripts/generate-calendar.mjs` writes the file; with `--check` it only says whether the file
 * is what it would write, and exits 1 when it is not. Only the library's data is used: its functions
 * count in local time and go wrong west of Greenwich.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Raise it when a year's notice is corrected, as in 2020; a new year starts again at 1. */
const revision = 2;

/** Working weekend days that the library misses, each with the notice that orders it. */
const missingMakeUpDays = { "2005-12-31": "国办发明电〔2005〕35号" };

/** The names of the holidays as the notices write them, by the library's names, and in English. */
const names = {
  元旦: { zh: "元旦", en: "New Year" },
  春节: { zh: "春节", en: "Spring Festival" },
  清明: { zh: "清明节", en: "Qingming Festival" },
  劳动节: { zh: "劳动节", en: "Labour Day" },
  端午: { zh: "端午节", en: "Dragon Boat Festival" },
  中秋: { zh: "中秋节", en: "Mid-Autumn Festival" },
  国庆节: { zh: "国庆节", en: "National Day" },
  中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日: {
    zh: "抗战胜利70周年纪念日",
    en: "70th anniversary of the victory in the War of Resistance",
  },
};

/** The notices whose numbers are known, with the days that they settle. */
const notices = [
  { from: "2005-12-31", to: "2006-12-29", notice: "国办发明电〔2005〕35号" },
  { from: "2013-01-01", to: "2013-12-31", notice: "国办发明电〔2012〕33号" },
  { from: "2025-01-01", to: "2025-12-31", notice: "国办发明电〔2024〕12号" },
];

const target = new URL(
  "../packages/engine/src/rulebook/calendar/state-council.ts",
  import.meta.url,
);
const require = createRequire(import.meta.url);

const isWeekend = (date) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

/** Sorted weekdays off and worked weekend days. A worked weekday or a doubled day is an error. */
const readDays = ({ holidays, workdays }) => {
  const daysOff = Object.keys(holidays).filter((date) => !isWeekend(date));
  const makeUpDays = Object.keys(workdays);
  for (const date of makeUpDays) {
    if (!isWeekend(date))
      throw new Error(`${date} is a make-up day in the data, but no weekend day`);
    if (date in holidays) throw new Error(`${date} is both off and worked in the data`);
  }
  for (const date of Object.keys(missingMakeUpDays)) {
    if (makeUpDays.includes(date)) throw new Error(`the data now has ${date}: take it out here`);
    makeUpDays.push(date);
  }
  return { daysOff: daysOff.toSorted(), makeUpDays: makeUpDays.toSorted() };
};

const dayMs = 86_400_000;
const daysLater = (date, days) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/**
 * The holidays as unbroken runs of days off. The library leaves out weekend days inside some of them,
 * and a run that holds two holidays is named after both.
 */
const readHolidays = ({ holidays }, makeUpDays) => {
  const runs = [];
  const isOff = (date) => date in holidays || (isWeekend(date) && !makeUpDays.includes(date));
  for (const date of Object.keys(holidays).toSorted()) {
    const [, given] = holidays[date].split(",");
    const name = names[given]?.zh;
    if (name === undefined) throw new Error(`${given} on ${date} has no name here`);
    const run = runs.at(-1);
    let next = run && daysLater(run.to, 1);
    // only a weekend inside one and the same holiday is filled in
    while (next < date && run.names.at(-1) === name && isOff(next)) next = daysLater(next, 1);
    if (next === date) {
      run.to = date;
      if (!run.names.includes(name)) run.names.push(name);
    } else runs.push({ from: date, to: date, names: [name] });
  }
  return runs;
};

const holidayLines = (runs, years) => {
  const spanOf = ({ from, to }) => {
    if (from === to) return from.slice(5);
    return `${from.slice(5)}..${to.slice(from.slice(0, 7) === to.slice(0, 7) ? 8 : 5)}`;
  };
  return years
    .map((year) => {
      const own = runs.filter(({ from }) => from.startsWith(year));
      return `    ${year}: "${own.map((run) => `${run.names.join("、")} ${spanOf(run)}`).join(" ")}",`;
    })
    .join("\n");
};

/** The dates of one year as spans inside a month: `01-01 05-03..07`. */
const spansOf = (dates) => {
  const spans = [];
  for (const date of dates) {
    const [month, day] = [date.slice(5, 7), date.slice(8)];
    const open = spans.at(-1);
    if (open?.month === month && Number(open.last) + 1 === Number(day)) open.last = day;
    else spans.push({ month, first: day, last: day });
  }
  return spans
    .map(({ month, first, last }) => `${month}-${first}${first === last ? "" : `..${last}`}`)
    .join(" ");
};

const yearLines = (dates, years) =>
  years
    .map((year) => `    ${year}: "${spansOf(dates.filter((date) => date.startsWith(year)))}",`)
    .join("\n");

const render = () => {
  const { version } = require("chinese-days/package.json");
  const data = require("chinese-days/dist/chinese-days.json");
  const { daysOff, makeUpDays } = readDays(data);
  const holidays = readHolidays(data, makeUpDays);
  const years = [...new Set(daysOff.map((date) => date.slice(0, 4)))];
  const [firstYear, lastYear] = [years.at(0), years.at(-1)];
  if (Number(lastYear) - Number(firstYear) + 1 !== years.length)
    throw new Error("a year is missing");
  const amended = Object.entries(missingMakeUpDays).map(([date, notice]) => `${date} (${notice})`);
  return `/**
 * @module state-council — the days off 放假 and make-up days 调休上班 of the State Council's notices.
 *
 * Generated by \`scripts/generate-calendar.mjs\` from the data of chinese-days ${version} (MIT licence,
 * Copyright (c) 2024 Yawei sun); change the script, never this file. Added as worked, which the
 * library misses: ${amended.join(", ")}. \`05-03..07\` is 3 to 7 May.
 */
import { calendarOfYears } from "./calendar-years.ts";

/** 国务院办公厅关于部分节假日安排的通知, ${firstYear}–${lastYear} */
export const stateCouncil = calendarOfYears({
  edition: "cn-${lastYear}.${revision}",
  from: "${firstYear}-01-01",
  to: "${lastYear}-12-31",
  daysOff: {
${yearLines(daysOff, years)}
  },
  makeUpDays: {
${yearLines(makeUpDays, years)}
  },
  holidays: {
${holidayLines(holidays, years)}
  },
  holidayNames: {
${Object.values(names)
  .map(({ zh, en }) => `    ${zh}: "${en}",`)
  .join("\n")}
  },
  notices: [
${notices.map(({ from, to, notice }) => `    { from: "${from}", to: "${to}", notice: "${notice}" },`).join("\n")}
  ],
});
`;
};

const text = render();
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("The State Council's calendar is not what its data says.");
    console.error("Run node scripts/generate-calendar.mjs and look at the difference.");
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
