/**
 * @module spoken-date — a day as a person says it: `3月26日`, `明天`, `下周一`, `+5 工作日`.
 *
 * What is said counts from today. Working days are those of the given calendar; a week begins on Monday.
 * A date that was read here need not exist (`9月31日`): whoever asked refuses it by name.
 */
import type { CivilDate, Label, WorkingCalendar } from "@wuding/engine";
import {
  addDays,
  addMonths,
  addWorkingDays,
  isCivilDate,
  isWorkingDay,
  weekday,
  workingDaysBefore,
} from "@wuding/engine";

/** What a spoken date counts from. */
export type SpokenOn = Readonly<{ today: CivilDate; calendar: WorkingCalendar }>;

/** The date that was meant, `YYYY-MM-DD`; provisional where an unpublished notice may still move it. */
export type SpokenDate = Readonly<{ date: CivilDate; provisional: boolean }>;

/** How a day may be said, for whoever asks for one. */
export const spokenForms: Label = {
  zh: "如 2021-06-20、3月26日、明天、下周一、+5 工作日",
  en: "as 2021-06-20, tomorrow, next monday, +5d, +5wd (working days)",
};

const days: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  today: 0,
  明天: 1,
  明日: 1,
  tomorrow: 1,
  后天: 2,
  大后天: 3,
  昨天: -1,
  昨日: -1,
  yesterday: -1,
  前天: -2,
};

/** Weeks from this one, and days from its Monday. */
const weeks: Readonly<Record<string, number>> = {
  下下: 2,
  下: 1,
  next: 1,
  本: 0,
  这: 0,
  this: 0,
  "": 0,
  上: -1,
  last: -1,
};
const chineseDays = "一二三四五六日";
const englishDays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The date that a text means, undefined where it means none. */
export const readSpokenDate = (text: string, on: SpokenOn): SpokenDate | undefined => {
  // full-width digits and signs are what a Chinese keyboard types
  const said = text.normalize("NFKC").trim().toLowerCase();
  const fixed = (date: CivilDate | undefined): SpokenDate | undefined =>
    date === undefined ? undefined : { date, provisional: false };
  return (
    fixed(writtenDate(said, on.today)) ??
    fixed(Object.hasOwn(days, said) ? addDays(on.today, days[said] ?? 0) : undefined) ??
    fixed(dayOfWeek(said, on.today)) ??
    fixed(endOf(said, on.today)) ??
    counted(said, on)
  );
};

const padded = (number: string): string => number.padStart(2, "0");

/** 2021-6-20, 2021/6/20, 2021年6月20日, 6月20日, 6-20: without a year it is this year's. */
const writtenDate = (said: string, today: CivilDate): CivilDate | undefined => {
  const full = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/.exec(said);
  const short = /^(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*[日号]?$/.exec(said);
  const [year, month, day] = full?.slice(1) ?? [today.slice(0, 4), ...(short?.slice(1) ?? [])];
  return year === undefined || month === undefined || day === undefined
    ? undefined
    : `${year}-${padded(month)}-${padded(day)}`;
};

/** 下周一, 本周五, 星期三, next monday. */
const dayOfWeek = (said: string, today: CivilDate): CivilDate | undefined => {
  const [, chineseWeek, chineseDay] =
    /^(下下|下|本|这|上)?个?(?:周|星期|礼拜)([一二三四五六日天])$/.exec(said) ?? [];
  const [, englishWeek, englishDay] =
    /^(?:(next|this|last)\s+)?(mon|tue|wed|thu|fri|sat|sun)[a-z]*$/.exec(said) ?? [];
  const day =
    chineseDay === undefined
      ? englishDays.indexOf(englishDay ?? "")
      : chineseDays.indexOf(chineseDay.replace("天", "日"));
  if (day < 0) return undefined;
  const monday = addDays(today, -((weekday(today) + 6) % 7));
  return addDays(monday, 7 * (weeks[chineseWeek ?? englishWeek ?? ""] ?? 0) + day);
};

/** 月底, 下月底, 年底. */
const endOf = (said: string, today: CivilDate): CivilDate | undefined => {
  if (/^(今年|本年)?年底$/.test(said)) return `${today.slice(0, 4)}-12-31`;
  const [, which] = /^(本|下)?个?月底$/.exec(said) ?? [];
  if (which === undefined && said !== "月底") return undefined;
  const first = `${today.slice(0, 7)}-01`;
  return addDays(addMonths(first, which === "下" ? 2 : 1), -1);
};

/** What a number may count. */
const units: readonly (readonly [RegExp, "workingDay" | "day" | "week" | "month"])[] = [
  [/^(个?工作日|wd|working ?days?)$/, "workingDay"],
  [/^(天|日|d|days?)$/, "day"],
  [/^(个?(周|星期)|w|weeks?)$/, "week"],
  [/^(个?月|m|months?)$/, "month"],
];
const countMax = 3660;

/** +5 工作日, +5wd, -3d, 5天后, 2周前, +1个月. */
const counted = (said: string, { today, calendar }: SpokenOn): SpokenDate | undefined => {
  const signed = /^([+-])\s*(\d{1,4})\s*(\S.*)$/.exec(said);
  const after = /^(\d{1,4})\s*(.+?)(以?[前后])$/.exec(said);
  const isBack = signed?.[1] === "-" || after?.[3]?.endsWith("前") === true;
  const [number, word = ""] = signed?.slice(2) ?? after?.slice(1, 3) ?? [];
  const unit = units.find(([form]) => form.test(word.trim()))?.[1];
  if (number === undefined || unit === undefined || Number(number) > countMax) return undefined;
  const count = Number(number);
  const step = isBack ? -count : count;
  switch (unit) {
    case "workingDay":
      if (count === 0) return undefined;
      return isBack
        ? workingDaysBefore(today, count, calendar)
        : addWorkingDays(today, count, calendar);
    case "day":
      return { date: addDays(today, step), provisional: false };
    case "week":
      return { date: addDays(today, 7 * step), provisional: false };
    case "month":
      return { date: addMonths(today, step), provisional: false };
  }
};

const weekdays: readonly Label[] = [
  { zh: "星期日", en: "Sunday" },
  { zh: "星期一", en: "Monday" },
  { zh: "星期二", en: "Tuesday" },
  { zh: "星期三", en: "Wednesday" },
  { zh: "星期四", en: "Thursday" },
  { zh: "星期五", en: "Friday" },
  { zh: "星期六", en: "Saturday" },
];

/** A date as it is shown back: its weekday, that nobody works on it, that the calendar is not out yet. */
export const shownDate = (
  { date, provisional }: SpokenDate,
  calendar: WorkingCalendar,
  language: keyof Label,
): string => {
  if (!isCivilDate(date)) return date;
  const marks = [
    weekdays[weekday(date)]?.[language] ?? "",
    ...(isWorkingDay(date, calendar)
      ? []
      : [{ zh: "非工作日", en: "not a working day" }[language]]),
    ...(provisional
      ? [{ zh: "暂定，放假安排尚未公布", en: "provisional: no notice yet" }[language]]
      : []),
  ];
  const [comma, open, close] = language === "zh" ? ["，", "（", "）"] : [", ", " (", ")"];
  return `${date}${open}${marks.join(comma)}${close}`;
};
