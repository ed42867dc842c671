/** @module parsing.test — days and instants are read as they are written, or not at all; nothing is guessed. */
import { describe, expect, it } from "vitest";
import { addDays, addMonths, dayNumber, isCivilDate } from "../src/time/civil-date.ts";
import { dateOf, isOccurredOn, isRecordedAt } from "../src/time/occurred-on.ts";
import { caseId, handled, bookWith } from "./given.ts";

const noDates = [
  "2026-02-30",
  "2025-02-29",
  "1900-02-29",
  "2026-04-31",
  "2026-13-01",
  "2026-00-10",
  "2026-01-00",
  "2026-01-32",
  "0000-01-01",
  "0001-01-01",
  "0099-12-31",
  "2026/11/22",
  "2026.11.22",
  "2026-1-2",
  "26-11-22",
  "20261122",
  "2026-11",
  "2026-W47-7",
  "2026-326",
  "+002026-11-22",
  "-2026-11-22",
  " 2026-11-22",
  "2026-11-22 ",
  "2026-11-22\n",
  "2026-11-22Z",
  "２０２６-11-22",
  "2026年11月22日",
  "22 Nov 2026",
  "today",
  "",
];

const noInstants = [
  ...noDates,
  "2026-11-22T10:00",
  "2026-11-22T10:00:00",
  "2026-11-22 10:00+08:00",
  "2026-11-22t10:00+08:00",
  "2026-11-22T10:00z",
  "2026-11-22T10+08:00",
  "2026-11-22T1000+08:00",
  "2026-11-22T10:00+0800",
  "2026-11-22T10:00+08",
  "2026-11-22T10:00+15:00",
  "2026-11-22T10:00+08:60",
  "2026-11-22T23:59:60+08:00",
  "2026-12-31T23:59:60Z",
  "2026-11-22T23:60+08:00",
  "2026-11-22T24:00+08:00",
  "2026-11-22T25:00+08:00",
  "2026-11-22T10:00:00,5+08:00",
  "2026-11-22T10:00:00.5+08:00",
  "2026-02-30T10:00+08:00",
  "2026/11/22T10:00+08:00",
  "2026-11-22T10:00+08:00[Asia/Shanghai]",
  "1763776800000",
];

describe("a civil date", () => {
  it.each(["2026-11-22", "2024-02-29", "2000-02-29", "1986-05-04", "0100-01-01", "9999-12-31"])(
    "%s is one",
    (text) => {
      expect(isCivilDate(text)).toBe(true);
      expect(addDays(text, 0)).toBe(text);
      expect(isOccurredOn(text)).toBe(true);
      expect(dateOf(text)).toBe(text);
    },
  );

  it.each(noDates)("%j is none, and nothing is computed from it", (text) => {
    expect(isCivilDate(text)).toBe(false);
    for (const compute of [
      () => addDays(text, 1),
      () => addMonths(text, 1),
      () => dayNumber(text),
    ]) {
      expect(compute).toThrow(RangeError);
    }
  });

  it("agrees with the calendar on every day of four centuries", () => {
    const wrong: string[] = [];
    for (let year = 1800; year < 2200; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const of = (day: number): string =>
          `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        if (!isCivilDate(of(last)) || isCivilDate(of(last + 1))) wrong.push(of(last));
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("when a fact was true", () => {
  it.each([
    ["2026-11-21T15:30+08:00", "2026-11-21"],
    ["2026-11-21T15:30:59+08:00", "2026-11-21"],
    ["2026-11-21T16:00Z", "2026-11-22"],
    ["2026-11-21T23:59-01:00", "2026-11-22"],
    ["2026-11-21T00:00+14:00", "2026-11-20"],
  ])("%s is the day %s in Shanghai", (text, day) => {
    expect(isOccurredOn(text)).toBe(true);
    expect(dateOf(text)).toBe(day);
  });

  it.each(noInstants)("%j is refused", (text) => {
    expect(isOccurredOn(text)).toBe(false);
  });
});

describe("the instant of a record", () => {
  it("is in UTC with its milliseconds, and one that exists", () => {
    expect(isRecordedAt("2026-11-22T01:02:03.456Z")).toBe(true);
    const read = [
      ...noInstants,
      "2026-11-22",
      "2026-11-22T01:02:03Z",
      "2026-11-22T01:02:03.4567Z",
      "2026-11-22T01:02:03.456+00:00",
      "2026-02-30T01:02:03.456Z",
      "2026-11-22T24:00:00.000Z",
      "2026-11-22T23:59:60.000Z",
    ].filter(isRecordedAt);
    expect(read).toEqual([]);
  });
});

describe("a moment of the past that an embedder asks about", () => {
  it.each(["2021-02-30", "2021/04/20", "2021-04-20T10:00", "20 April"])(
    "%s is refused by every question",
    async (day) => {
      const { book } = await bookWith(...handled);
      const refused = { code: "INVALID_INPUT" };
      for (const moment of [{ asOf: day }, { knownOn: day }]) {
        for (const ask of [
          () => book.list(moment),
          () => book.show(caseId, moment),
          () => book.due(moment),
          () => book.rates(moment),
          () => book.passports(moment),
          () => book.gaps(caseId, moment),
          () => book.explain(caseId, undefined, moment),
          () => book.replay(caseId, moment),
          () => book.replayAll(moment),
          () => book.lateEntries(moment),
        ]) {
          await expect(ask()).rejects.toMatchObject(refused);
        }
      }
      const diff = { from: "2021-04-01", to: "2021-05-01", scope: {} };
      await expect(book.reportDiff({ ...diff, from: day })).rejects.toMatchObject(refused);
      await expect(book.reportDiff({ ...diff, to: day })).rejects.toMatchObject(refused);
    },
  );
});
