/** @module calendar-file.test — a year's notice as a file: a new year, a correction, and what is refused. */
import { describe, expect, it } from "vitest";
import { readCalendarFile } from "../src/rulebook/calendar/calendar-file.ts";
import type { Calendar } from "../src/rulebook/calendar/calendar.ts";
import { stateCouncil } from "../src/rulebook/calendar/state-council.ts";
import { indexCalendar, isWorkingDay } from "../src/rulebook/calendar/working-days.ts";
import { addDays } from "../src/time/civil-date.ts";
import type { Changes } from "./sample-rulebook.ts";
import { fileWith } from "./sample-rulebook.ts";

/** 国办发明电〔2025〕7号, as the notice of 4 November 2025 gives the year 2026. */
const notice2026 = {
  $schema: "calendar.schema.json",
  format: 1,
  edition: "cn-2026.9",
  notice: "国办发明电〔2025〕7号",
  from: "2026-01-01",
  to: "2026-12-31",
  holidays: [
    { name: "元旦", nameEn: "New Year", from: "2026-01-01", to: "2026-01-03" },
    { name: "春节", from: "2026-02-15", to: "2026-02-23" },
    { name: "清明节", from: "2026-04-04", to: "2026-04-06" },
    { name: "劳动节", from: "2026-05-01", to: "2026-05-05" },
    { name: "端午节", from: "2026-06-19", to: "2026-06-21" },
    { name: "中秋节", from: "2026-09-25", to: "2026-09-27" },
    { name: "国庆节", from: "2026-10-01", to: "2026-10-07" },
  ],
  makeUpDays: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
};

/** Three years up to 2025, with two holidays and two notices. */
const base: Calendar = {
  edition: "cn-2025.1",
  from: "2023-01-01",
  to: "2025-12-31",
  daysOff: ["2024-12-31", "2025-01-01", "2025-10-01", "2025-10-02", "2025-10-03"],
  makeUpDays: ["2025-09-28", "2025-10-11"],
  holidays: [
    { from: "2024-12-30", to: "2025-01-01", name: { zh: "元旦", en: "New Year" } },
    { from: "2025-10-01", to: "2025-10-08", name: { zh: "国庆节", en: "National Day" } },
  ],
  notices: [
    { from: "2023-01-01", to: "2024-12-31", notice: "旧通知" },
    { from: "2025-01-01", to: "2025-12-31", notice: "国办发明电〔2024〕12号" },
  ],
};

const read = (changes: Changes = {}, on: Calendar = base) =>
  readCalendarFile(fileWith(changes, notice2026), on);
const calendarOf = (changes?: Changes, on?: Calendar): Calendar => {
  const found = read(changes, on);
  if ("problems" in found) throw new Error(JSON.stringify(found.problems, null, 1));
  return found.calendar;
};

describe("a new year", () => {
  it("follows what was published, and names its notice", () => {
    const found = read();
    expect(found).toMatchObject({ notice: "国办发明电〔2025〕7号" });
    const calendar = calendarOf();
    expect(calendar).toMatchObject({ edition: "cn-2026.9", from: "2023-01-01", to: "2026-12-31" });
    expect(calendar.notices).toEqual([
      ...(base.notices ?? []),
      { from: "2026-01-01", to: "2026-12-31", notice: "国办发明电〔2025〕7号" },
    ]);
    expect(calendar.holidays?.slice(1, 4)).toEqual([
      base.holidays?.[1],
      { from: "2026-01-01", to: "2026-01-03", name: { zh: "元旦", en: "New Year" } },
      { from: "2026-02-15", to: "2026-02-23", name: { zh: "春节", en: "春节" } },
    ]);
  });

  it("frees the weekdays of its holidays and works its make-up days, sorted behind the others", () => {
    const { daysOff, makeUpDays } = calendarOf();
    expect(daysOff.slice(0, 9)).toEqual([
      ...base.daysOff,
      "2026-01-01",
      "2026-01-02",
      "2026-02-16",
      "2026-02-17",
    ]);
    expect(makeUpDays).toEqual([...base.makeUpDays, ...notice2026.makeUpDays]);
  });

  it("is the year that the library has, day by day", () => {
    const ours = indexCalendar(calendarOf({}, stateCouncil));
    const theirs = indexCalendar(stateCouncil);
    for (let day = "2025-12-01"; day <= "2026-12-31"; day = addDays(day, 1)) {
      expect([day, isWorkingDay(day, ours)]).toEqual([day, isWorkingDay(day, theirs)]);
    }
  });

  it("may be added to a calendar without names and notices", () => {
    const { holidays: _, notices: __, ...bare } = base;
    const calendar = calendarOf({}, bare);
    expect(calendar.holidays).toHaveLength(7);
    expect(calendar.notices).toHaveLength(1);
  });
});

describe("a correction 2020年春节延长", () => {
  /** In January 2020 the Spring Festival was lengthened to 2 February while it was running. */
  const correction: Changes = {
    "/edition": "cn-2025.2",
    "/notice": "延长假期的通知",
    "/from": "2025-09-28",
    "/to": "2025-10-05",
    "/holidays": [{ name: "国庆节", from: "2025-10-01", to: "2025-10-05" }],
    "/makeUpDays": ["2025-09-28"],
  };

  it("replaces what lies inside its span, and nothing else", () => {
    expect(calendarOf(correction)).toEqual({
      edition: "cn-2025.2",
      from: "2023-01-01",
      to: "2025-12-31",
      daysOff: ["2024-12-31", "2025-01-01", "2025-10-01", "2025-10-02", "2025-10-03"],
      makeUpDays: ["2025-09-28", "2025-10-11"],
      holidays: [
        base.holidays?.[0],
        { from: "2025-10-01", to: "2025-10-05", name: { zh: "国庆节", en: "国庆节" } },
        { from: "2025-10-06", to: "2025-10-08", name: { zh: "国庆节", en: "National Day" } },
      ],
      notices: [
        base.notices?.[0],
        { from: "2025-01-01", to: "2025-09-27", notice: "国办发明电〔2024〕12号" },
        { from: "2025-09-28", to: "2025-10-05", notice: "延长假期的通知" },
        { from: "2025-10-06", to: "2025-12-31", notice: "国办发明电〔2024〕12号" },
      ],
    });
  });

  it("may take back days off and make-up days", () => {
    const calendar = calendarOf({ ...correction, "/holidays": [], "/makeUpDays": [] });
    expect(calendar.daysOff).toEqual(["2024-12-31", "2025-01-01"]);
    expect(calendar.makeUpDays).toEqual(["2025-10-11"]);
  });
});

describe("a file that cannot be right", () => {
  it.each<[string, Changes, string, readonly string[]]>([
    [
      "a day off and worked",
      { "/makeUpDays/1": "2026-02-15" },
      "/makeUpDays/1",
      ["2026-02-15", "春节"],
    ],
    [
      "a make-up day on a weekday",
      { "/makeUpDays/0": "2026-01-05" },
      "/makeUpDays/0",
      ["2026-01-05"],
    ],
    [
      "a make-up day outside",
      { "/makeUpDays/-": "2027-01-03" },
      "/makeUpDays/6",
      ["2027-01-03", "2026-12-31"],
    ],
    ["a make-up day twice", { "/makeUpDays/1": "2026-01-04" }, "/makeUpDays/1", ["2026-01-04"]],
    [
      "unsorted make-up days",
      { "/makeUpDays/-": "2026-01-10" },
      "/makeUpDays/6",
      ["2026-01-10", "2026-10-10"],
    ],
    [
      "overlapping holidays",
      { "/holidays/5/to": "2026-10-01" },
      "/holidays/6",
      ["国庆节", "中秋节", "2026-10-01"],
    ],
    [
      "unsorted holidays",
      { "/holidays/0": { name: "端午节", from: "2026-03-07", to: "2026-03-08" } },
      "/holidays/1",
      ["端午节", "春节"],
    ],
    [
      "a holiday that ends before it begins",
      { "/holidays/0/to": "2025-12-31" },
      "/holidays/0/to",
      ["2025-12-31"],
    ],
    [
      "a holiday that begins outside",
      { "/holidays/0/from": "2025-12-31" },
      "/holidays/0/from",
      ["2025-12-31", "2026-01-01"],
    ],
    [
      "a holiday that ends outside",
      { "/holidays/-": { name: "元旦", from: "2026-12-31", to: "2027-01-03" } },
      "/holidays/7/to",
      ["2027-01-03"],
    ],
    [
      "a gap after the calendar",
      { "/from": "2026-01-02", "/holidays/0/from": "2026-01-02" },
      "/from",
      ["2025-12-31", "2026-01-02", "2026-01-01"],
    ],
    ["the edition in use", { "/edition": "cn-2025.1" }, "/edition", ["cn-2025.1"]],
    ["an edition in other characters", { "/edition": "2027年" }, "/edition", ["2027年"]],
    ["an empty notice", { "/notice": " " }, "/notice", ["notice"]],
    [
      "a day that does not exist",
      { "/makeUpDays/0": "2026-02-29" },
      "/makeUpDays/0",
      ["2026-02-29"],
    ],
    ["a day in another form", { "/to": "2026.12.31" }, "/to", ["YYYY-MM-DD"]],
    ["another format", { "/format": 2 }, "/format", ["1"]],
    ["a member that is not known", { "/workdays": [] }, "/workdays", ["makeUpDays"]],
  ])("%s", (_, changes, place, says) => {
    const found = read(changes);
    const problems = "problems" in found ? found.problems : [];
    expect(problems).toMatchObject([{ place, rule: null }]);
    for (const fact of says) {
      for (const { problem, repair } of problems) {
        expect(problem.zh + repair.zh).toContain(fact);
        expect(problem.en + repair.en).toContain(fact);
      }
    }
  });

  it("a span that ends before it begins holds none of its days", () => {
    const found = read({ "/to": "2025-01-01", "/holidays": [], "/makeUpDays": [] });
    expect(found).toMatchObject({ problems: [{ place: "/to" }] });
  });

  it("a span that no notice covers", () => {
    const found = read({ "/to": "9999-12-31" });
    expect(found).toMatchObject({
      problems: [{ place: "/to", repair: { en: "Write one file for each notice." } }],
    });
  });

  it("a gap before the calendar", () => {
    const old = { "/from": "2022-01-01", "/to": "2022-12-30", "/holidays": [], "/makeUpDays": [] };
    expect(read(old)).toMatchObject({
      problems: [
        { place: "/to", repair: { en: "First adopt the calendar that ends on 2022-12-31." } },
      ],
    });
    expect(calendarOf({ ...old, "/to": "2022-12-31" }).from).toBe("2022-01-01");
  });

  it("is told everything at once", () => {
    expect(
      read({
        "/edition": "cn-2025.1",
        "/makeUpDays/0": "2026-01-05",
        "/holidays/0/to": "2025-12-30",
      }),
    ).toMatchObject({
      problems: [{ place: "/edition" }, { place: "/holidays/0/to" }, { place: "/makeUpDays/0" }],
    });
  });

  it("broken text is told with its line and column", () => {
    expect(readCalendarFile('{"format": 1,\n"from": 2026-01-01}', base)).toMatchObject({
      problems: [{ place: "2:13" }],
    });
  });
});
