/**
 * @module formula-like — texts that a spreadsheet program would take for a formula in a CSV file, where a cell
 * cannot say that it is text (OWASP ASVS 1.2.10).
 */

const start = String.raw`[=+\-@＝＋－＠\t\r\n\0]`;
const formulaLike = new RegExp(`^'*${start}`, "u");
const disarmedText = new RegExp(`^'+${start}`, "u");

/**
 * The text behind an apostrophe where it would be computed; also where it begins with apostrophes of its own
 * before such a character, so that `rearmed` gives every text back.
 */
export const disarmed = (text: string): string => (formulaLike.test(text) ? `'${text}` : text);

/** The text that was disarmed. */
export const rearmed = (text: string): string => (disarmedText.test(text) ? text.slice(1) : text);
