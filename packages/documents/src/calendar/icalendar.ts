/**
 * @module icalendar — text in the form of RFC 5545: content lines, escaped values, lines folded at 75 octets.
 */

const octetsMax = 75;

/** Octets of a character in UTF-8. */
const octetsOf = (character: string): number => {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4;
};

/** A TEXT value (3.3.11). Control characters other than line breaks have no place in one and become spaces. */
export const textValue = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, (one) => `\\${one}`)
    .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, " ");

/** A content line, folded so that no part is longer than 75 octets and no character is broken (3.1). */
export const contentLine = (name: string, value: string): string => {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const one of `${name}:${value}`) {
    const size = octetsOf(one);
    if (octets + size > octetsMax) {
      parts.push(part);
      // the space that opens a continued line counts
      part = " ";
      octets = 1;
    }
    part += one;
    octets += size;
  }
  return [...parts, part].map((line) => `${line}\r\n`).join("");
};

/** `2021-06-30` as a DATE (3.3.4). */
export const dateValue = (day: string): string => day.replaceAll("-", "");

/** An ISO 8601 instant as a DATE-TIME in UTC (3.3.5). */
export const utcValue = (instant: string): string =>
  `${new Date(instant)
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, "")
    .replace("Z", "")}Z`;
