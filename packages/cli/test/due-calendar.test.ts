/** @module due-calendar.test — `due --ics`: the due dates of the casebook as a file for calendar programs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";

const givenCalendar = async (more = "") => {
  const { typed, folder, wuding } = givenProgram();
  for (const line of [received, assigned]) await typed(line);
  const file = join(folder, "due.ics");
  const made = await typed(`due --today 2021-04-12 --ics ${file} ${more}`);
  return { file, made, typed, wuding };
};

describe("the calendar of what falls due", () => {
  it("has every open due date once, Chinese unless --lang was typed", async () => {
    const { file, made } = await givenCalendar();
    expect(made).toMatchObject({ exitCode: 0 });
    const text = readFileSync(file, "utf8").replaceAll("\r\n ", "");
    expect(text).toContain("SUMMARY:答复 cppcc/15-5/122 关于改进政务信息化建设的建议");
    const ids = text.match(/^UID:.*$/gm) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    expect(text).toMatch(/^UID:cppcc\/15-5\/122\/reply@/m);
  });

  it("says the same bytes again while the log stands, so the file may be written once more", async () => {
    const { file, typed } = await givenCalendar();
    expect(await typed(`due --today 2021-04-12 --ics ${file}`)).toMatchObject({ exitCode: 0 });
    expect(await typed(`due --today 2021-04-12 --alarm 3 --ics ${file}`)).toMatchObject({
      exitCode: 5,
    });
  });

  it("names the file it wrote in its JSON, and no file where none was written", async () => {
    const { file, typed } = await givenCalendar();
    const list = JSON.parse((await typed("due --json --today 2021-04-12")).out) as object;
    expect(list).not.toHaveProperty("file");
    const both = await typed(`due --json --today 2021-04-12 --ics ${file}`);
    expect(JSON.parse(both.out)).toEqual({ ...list, file });
  });

  it("has a day that a person set at the end of the calendar, one day long like the others", async () => {
    const { typed, folder } = givenProgram();
    const file = join(folder, "due.ics");
    for (const line of [received, assigned.replace("2021-06-20", "9999-12-31")]) await typed(line);
    expect(await typed(`due --ics ${file}`)).toMatchObject({ exitCode: 0 });
    const text = readFileSync(file, "utf8");
    expect(text).toContain("DTSTART;VALUE=DATE:99991231\r\n");
    expect(text).not.toContain("DTEND;VALUE=DATE:+");
    expect(text.match(/^DTEND/gm)).toHaveLength((text.match(/^BEGIN:VEVENT/gm) ?? []).length - 1);
  });

  it("refuses alarms without a calendar, and alarms that are no days", async () => {
    const { typed, file } = await givenCalendar();
    const alone = errorOf(await typed("due --json --alarm 3"));
    expect(alone).toMatchObject({ code: "INVALID_INPUT" });
    const list = (await typed("due --today 2021-04-12")).out;
    const both = await typed(`due --today 2021-04-12 --ics ${file}`);
    expect(both.out).toBe(`${list}\nfile  ${file}\n`);
    expect((await typed("due --alarm soon --ics other.ics")).exitCode).toBe(2);
  });
});
