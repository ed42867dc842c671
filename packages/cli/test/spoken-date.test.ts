/** @module spoken-date.test — days as people say them, on Thursday 29 April 2021, before the May holidays. */
import { indexCalendar, stateCouncil } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { readSpokenDate, shownDate } from "../src/spoken-date.ts";

const calendar = indexCalendar(stateCouncil);
const on = { today: "2021-04-29", calendar };

describe("a day as it is said", () => {
  it.each([
    ["2021-06-20", "2021-06-20"],
    ["2021/3/26", "2021-03-26"],
    ["2021年3月26日", "2021-03-26"],
    ["3月26日", "2021-03-26"],
    ["3月26号", "2021-03-26"],
    ["３月２６日", "2021-03-26"],
    ["3-26", "2021-03-26"],
    ["今天", "2021-04-29"],
    ["明天", "2021-04-30"],
    ["大后天", "2021-05-02"],
    ["前天", "2021-04-27"],
    ["yesterday", "2021-04-28"],
    ["周一", "2021-04-26"],
    ["下周一", "2021-05-03"],
    ["下下周日", "2021-05-16"],
    ["上个星期五", "2021-04-23"],
    ["next Monday", "2021-05-03"],
    ["last fri", "2021-04-23"],
    ["月底", "2021-04-30"],
    ["下月底", "2021-05-31"],
    ["年底", "2021-12-31"],
    ["+5d", "2021-05-04"],
    ["+5天", "2021-05-04"],
    ["5天后", "2021-05-04"],
    ["-3d", "2021-04-26"],
    ["+2周", "2021-05-13"],
    ["+1个月", "2021-05-29"],
    ["1月前", "2021-03-29"],
    // 1 to 5 May are off, 8 May is worked
    ["+1 工作日", "2021-04-30"],
    ["+2工作日", "2021-05-06"],
    ["+5 工作日", "2021-05-10"],
    ["＋5wd", "2021-05-10"],
    ["+3 working days", "2021-05-07"],
    ["4个工作日后", "2021-05-08"],
    // 25 April was worked, a Sunday
    ["-4wd", "2021-04-25"],
  ])("“%s” is %s", (said, date) => {
    expect(readSpokenDate(said, on)?.date).toBe(date);
  });

  it.each(["", "soon", "+5", "+0 工作日", "+5 件", "周八", "++5d", "13", "+99999d", "三月"])(
    "“%s” is no day",
    (said) => {
      expect(readSpokenDate(said, on)).toBeUndefined();
    },
  );

  it("reads a day that does not exist as it was written, for the field to refuse by name", () => {
    expect(readSpokenDate("9月31日", on)?.date).toBe("2021-09-31");
    expect(readSpokenDate("2008年9月31日", on)?.date).toBe("2008-09-31");
  });

  it("shows the weekday, days off, and what an unpublished notice may move", () => {
    expect(shownDate({ date: "2021-05-03", provisional: false }, calendar, "zh")).toBe(
      "2021-05-03（星期一，非工作日）",
    );
    const far = readSpokenDate("+10wd", { today: "2090-01-02", calendar });
    expect(far?.provisional).toBe(true);
    expect(shownDate(far ?? { date: "", provisional: false }, calendar, "en")).toContain(
      "provisional",
    );
  });
});
