/** @module state-council-calendar.test — the calendar's data against a second, independent library. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LegalHoliday } from "tyme4ts";
import { describe, expect, it } from "vitest";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import { indexCalendar, isWorkingDay } from "../src/rulebook/calendar/working-days.ts";
import { dateOfDayNumber, dayNumber, weekday } from "../src/time/civil-date.ts";

const calendar = indexCalendar(stateCouncil);
const isWeekend = (date: string): boolean => [0, 6].includes(weekday(date));

/** tyme4ts: what its list says of a day, Monday to Friday where it says nothing. */
const isWorkingDayInTyme = (date: string): boolean => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return LegalHoliday.fromYmd(year, month, day)?.isWork() ?? !isWeekend(date);
};

describe("the State Council's calendar 放假调休", () => {
  it("agrees with tyme4ts on every day of 2004–2026 but two, on which the notice is with us", () => {
    const disputed: string[] = [];
    for (let day = dayNumber("2004-01-01"); day <= dayNumber("2026-12-31"); day += 1) {
      const date = dateOfDayNumber(day);
      if (isWorkingDay(date, calendar) !== isWorkingDayInTyme(date)) disputed.push(date);
    }
    // 国办发明电〔2012〕33号: “4月7日（星期日）上班”, “9月29日（星期日）、10月12日（星期六）上班”
    expect(disputed).toEqual(["2013-04-07", "2013-10-12"]);
    for (const date of disputed) expect(isWorkingDay(date, calendar)).toBe(true);
  });

  it("has 2005-12-31, which chinese-days misses, as worked (国办发明电〔2005〕35号)", () => {
    expect(stateCouncil.makeUpDays).toContain("2005-12-31");
  });

  it("lists weekdays as off and weekend days as worked, sorted, once each, inside its years", () => {
    const { daysOff, makeUpDays, from, to } = stateCouncil;
    expect(daysOff.filter(isWeekend)).toEqual([]);
    expect(makeUpDays.filter((date) => !isWeekend(date))).toEqual([]);
    for (const dates of [daysOff, makeUpDays]) {
      expect([...new Set(dates)].toSorted()).toEqual(dates);
      expect(dates.every((date) => from <= date && date <= to)).toBe(true);
    }
  });

  it("frees as many weekdays a year as the law has holidays; every other day off is worked again", () => {
    // 《全国年节及纪念日放假办法》: 10 days, 11 from 2008, 13 from 2025. Beside the law stand 2015-09-03
    // (70 years after the war) and the lengthened Spring Festival of 2020 (two days).
    const holidaysOf = (year: number): number =>
      (year < 2008 ? 10 : year < 2025 ? 11 : 13) + (year === 2015 ? 1 : year === 2020 ? 2 : 0);
    // the last three days of a year are moved by the next year's notice
    const noticeYear = (date: string): number =>
      Number(date.slice(0, 4)) + (date.slice(5) >= "12-29" ? 1 : 0);
    for (let year = 2004; year <= 2026; year += 1) {
      const count = (dates: readonly string[]): number =>
        dates.filter((date) => noticeYear(date) === year).length;
      const freed = count(stateCouncil.daysOff) - count(stateCouncil.makeUpDays);
      expect([year, freed]).toEqual([year, holidaysOf(year)]);
    }
  });

  it("names its holidays, whose days are exactly those that are off by a notice", () => {
    const { holidays = [], daysOff, makeUpDays } = stateCouncil;
    const days = holidays.flatMap(({ from, to }) => {
      const length = dayNumber(to) - dayNumber(from) + 1;
      return Array.from({ length }, (_, index) => dateOfDayNumber(dayNumber(from) + index));
    });
    expect([...new Set(days)].toSorted()).toEqual(days);
    expect(days.filter((date) => !isWeekend(date))).toEqual(daysOff);
    expect(days.filter((date) => makeUpDays.includes(date))).toEqual([]);
    const unknownToTyme = days.filter((date) => {
      const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
      return LegalHoliday.fromYmd(year, month, day)?.isWork() !== false;
    });
    expect(unknownToTyme).toEqual([]);
  });

  it("has the holidays of 2025 and 2026 as the notices give them", () => {
    const spans = (year: string) =>
      (stateCouncil.holidays ?? [])
        .filter(({ from }) => from.startsWith(year))
        .map(({ from, to, name }) => `${name.zh} ${from.slice(5)} ${to.slice(5)}`);
    expect(spans("2025")).toEqual([
      "元旦 01-01 01-01",
      "春节 01-28 02-04",
      "清明节 04-04 04-06",
      "劳动节 05-01 05-05",
      "端午节 05-31 06-02",
      "国庆节、中秋节 10-01 10-08",
    ]);
    expect(spans("2026")).toEqual([
      "元旦 01-01 01-03",
      "春节 02-15 02-23",
      "清明节 04-04 04-06",
      "劳动节 05-01 05-05",
      "端午节 06-19 06-21",
      "中秋节 09-25 09-27",
      "国庆节 10-01 10-07",
    ]);
  });

  it("gives a holiday that reaches into the next year both its years", () => {
    expect(stateCouncil.holidays).toContainEqual({
      from: "2007-12-30",
      to: "2008-01-01",
      name: { zh: "元旦", en: "New Year" },
    });
  });

  it("is edition cn-2026.2, and knows some notices by number", () => {
    expect(stateCouncil.edition).toBe("cn-2026.2");
    expect(stateCouncil.notices?.find(({ from }) => from === "2025-01-01")?.notice).toBe(
      "国办发明电〔2024〕12号",
    );
  });

  it("is what the script makes of the library's data", () => {
    const script = fileURLToPath(
      new URL("../../../scripts/generate-calendar.mjs", import.meta.url),
    );
    expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" })).toBe("");
  });
});
