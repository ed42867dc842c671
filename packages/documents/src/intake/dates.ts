/**
 * @module dates — dates as people write them in lists: `2021年3月26日`, `2021/3/26`, `2021.3.26`, `20210326`,
 * `二〇二一年三月二十六日`, and the day numbers that spreadsheets keep.
 */
import type { CivilDate } from "@wuding/engine";
import { addDays, isCivilDate, readNumeral } from "@wuding/engine";
import type { Meant, Written } from "./written.ts";
import { shouldBe } from "./written.ts";

export type DateReading = Readonly<{
  /** The year of dates that are written without one; absent: such a date is refused. */
  year?: number;
}>;

/** 9999-12-31. */
const lastSerial = 2_958_465;
/** The day that spreadsheets have and the calendar has not: 29 February 1900. */
const noSuchSerial = 60;

/**
 * The date of a day number, as spreadsheets count: 1 is 1900-01-01. They take 1900 for a leap year, so
 * everything from 61 lies a day nearer. Undefined for what is no day, 60 among it.
 */
export const dateOfSerial = (serial: number): CivilDate | undefined => {
  const day = Math.floor(serial);
  if (day < 1 || day > lastSerial || day === noSuchSerial) return undefined;
  return addDays(day < noSuchSerial ? "1899-12-31" : "1899-12-30", day);
};

/** Numbers that are a year where a date should be; as day numbers they would lie in 1905. */
const isBareYear = (number: number): boolean => number >= 1900 && number <= 2100;

const digits = "[0-9〇○零一二三四五六七八九十廿卅]";
const yearFirst = new RegExp(
  `^(${digits}{4})[年./-](${digits}{1,3})[月./-](${digits}{1,3})[日号]?$`,
  "u",
);
const withoutYear = new RegExp(`^(${digits}{1,3})[月./-](${digits}{1,3})[日号]?$`, "u");
const withoutDay = new RegExp(`^${digits}{4}[年./-]${digits}{1,3}月?$`, "u");
/** A time or a day of the week behind a date; a ledger keeps the day. */
const behind =
  /(?:[T\s]\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?(?:Z|[+-]\d{2}:\d{2})?|\s*\(?(?:星期|周)[一二三四五六日天]\)?)$/u;

/** Reads a date. @returns a civil date, or what is wrong: an impossible day by its name */
export const readDate = (written: Written, { year }: DateReading = {}): Meant<CivilDate> => {
  if (written.date !== undefined) return { value: written.date };
  const text = written.text.normalize("NFKC").trim().replace(behind, "").replaceAll(/\s+/gu, "");
  const [, whole = ""] = /^(\d{8})$/.exec(text) ?? [];
  if (whole !== "") {
    return dayOf([whole.slice(0, 4), whole.slice(4, 6), whole.slice(6)], written.text);
  }
  const number = written.number ?? (/^\d{4,5}$/.test(text) ? Number(text) : undefined);
  if (number !== undefined) return daySerial(number, written.text);
  const full = yearFirst.exec(text);
  if (full !== null) return dayOf(full.slice(1), written.text);
  const short = withoutYear.exec(text);
  if (short !== null) return dayInYear(short.slice(1), year, written.text);
  return withoutDay.test(text)
    ? shouldBe(`完整的日期（“${text}”缺少日）`, `a whole date ("${text}" has no day)`)
    : shouldBe(
        `日期，如 2021年3月26日、2021-3-26（不能是“${text}”）`,
        `a date such as 2021-3-26, not "${text}"`,
      );
};

const daySerial = (number: number, text: string): Meant<CivilDate> => {
  if (isBareYear(number)) {
    return shouldBe(`完整的日期（“${text}”只有年份）`, `a whole date ("${text}" is only a year)`);
  }
  const date = dateOfSerial(number);
  if (date !== undefined) return { value: date };
  if (Math.floor(number) === noSuchSerial)
    return { misread: { kind: "impossibleDate", value: "1900-02-29" } };
  return shouldBe(`日期（不能是“${text}”）`, `a date, not "${text}"`);
};

const padded = (number: number): string => String(number).padStart(2, "0");

const dayOf = (parts: readonly string[], text: string): Meant<CivilDate> => {
  const [year = 0, month = 0, day = 0] = parts.map((part) => readNumeral(part) ?? 0);
  const date = `${year}-${padded(month)}-${padded(day)}`;
  return isCivilDate(date) ? { value: date } : { misread: { kind: "impossibleDate", value: text } };
};

/** A leap year: what does not exist in it exists in none. */
const longYear = "2000";

const dayInYear = (
  parts: readonly string[],
  year: number | undefined,
  text: string,
): Meant<CivilDate> => {
  const somewhere = dayOf([longYear, ...parts], text);
  if ("misread" in somewhere) return somewhere;
  return year === undefined
    ? shouldBe(
        `带年份的日期（“${text}”没有年份，可用 --year 指明）`,
        `a date with its year ("${text}" has none; tell it with --year)`,
      )
    : dayOf([String(year), ...parts], `${year}年${text}`);
};
