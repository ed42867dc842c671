/** @module calendar.test — due dates as a calendar after RFC 5545, read back as a calendar program would. */
import type { DueItem } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { DueCalendar } from "../src/calendar/due-dates.ts";
import { dueCalendar } from "../src/calendar/due-dates.ts";
import { contentLine, textValue } from "../src/calendar/icalendar.ts";

const item: DueItem = {
  case: "cppcc/15-5/122",
  title: "关于改进政务信息化建设；推进“一网通办”, 方便群众办事的建议\\第二部分",
  deadline: "reply",
  dueOn: "2021-06-30",
  workingDaysLeft: 5,
  lamp: "yellow",
  provisional: false,
  department: "规划科",
  person: "甲\nDTSTART:19990101",
  source: "national",
};
const given = (changes: Partial<DueCalendar> = {}, of: Partial<DueItem> = {}): string =>
  dueCalendar({
    language: "zh",
    due: [{ ...item, ...of }],
    log: { origin: "gov.example/log1", size: 12, recordedAt: "2021-06-01T02:03:04.567Z" },
    alarms: [7, 1],
    ...changes,
  });

/** The content lines as 3.1 wants them read: split at CRLF, unfolded. */
const linesOf = (calendar: string): readonly string[] =>
  calendar.replaceAll("\r\n ", "").split("\r\n").slice(0, -1);
const valueOf = (calendar: string, name: string): string | undefined =>
  linesOf(calendar)
    .find((line) => line.startsWith(name))
    ?.slice(name.length + 1);

describe("the calendar of due dates", () => {
  it("has a due date as a whole day, up to the next one", () => {
    expect(valueOf(given(), "DTSTART;VALUE=DATE")).toBe("20210630");
    expect(valueOf(given(), "DTEND;VALUE=DATE")).toBe("20210701");
  });

  it("has a term that counts hours at its instant, in UTC", () => {
    const calendar = given({}, { dueAt: "2021-06-30T16:30:00+08:00" });
    expect(valueOf(calendar, "DTSTART")).toBe("20210630T083000Z");
    expect(calendar).not.toContain("VALUE=DATE");
  });

  it("ends every line with CRLF, none longer than 75 octets, no character broken", () => {
    const calendar = given();
    expect(calendar.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of calendar.split("\r\n")) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toContain("\uFFFD");
    }
    expect(linesOf(contentLine("SUMMARY", "办".repeat(60)))).toEqual([
      `SUMMARY:${"办".repeat(60)}`,
    ]);
  });

  it("escapes what would be read as something else, so that a name makes no line of its own", () => {
    expect(textValue("a;b,c\\d\ne\u0007")).toBe(String.raw`a\;b\,c\\d\ne `);
    const lines = linesOf(given());
    expect(lines.filter((line) => line.startsWith("DTSTART"))).toHaveLength(1);
  });

  it("keeps the id of a due date when it moves, with a higher number, so that an import moves it", () => {
    const log = { origin: "gov.example/log1", size: 20, recordedAt: "2021-06-09T00:00:00Z" };
    const [before, after] = [given(), given({ log }, { dueOn: "2021-07-30" })];
    expect(valueOf(after, "UID")).toBe(valueOf(before, "UID"));
    expect(Number(valueOf(after, "SEQUENCE"))).toBeGreaterThan(Number(valueOf(before, "SEQUENCE")));
    expect(valueOf(before, "DTSTAMP")).toBe("20210601T020304Z");
  });

  it("reminds on the days that were asked for", () => {
    const triggers = (calendar: string) =>
      linesOf(calendar).filter((line) => line.startsWith("TRIGGER"));
    expect(triggers(given())).toEqual(["TRIGGER:-P7D", "TRIGGER:-P1D"]);
    expect(triggers(given({ alarms: [] }))).toEqual([]);
  });

  it("opens and closes each part in order", () => {
    const open: string[] = [];
    const closed = linesOf(given()).flatMap((line) => {
      const [name, value = ""] = line.split(":", 2);
      if (name === "BEGIN") open.push(value);
      return name === "END" ? [[open.pop(), value]] : [];
    });
    expect(closed).toHaveLength(4);
    expect(closed.every(([opened, value]) => opened === value)).toBe(true);
    expect(open).toEqual([]);
  });
});
