/**
 * @module visible — text that cannot drive a terminal, as text for people and as JSON.
 *
 * Whatever comes from the casebook, from the arguments or from a file is shown through here. A control,
 * escape, bidirectional, zero-width or tag character, a lone surrogate or a noncharacter becomes
 * `\u{…}`; line breaks and tabs too, because a break inside a title could forge a line of output.
 * Variation selectors and private-use ideographs stay: names need them.
 */

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u{E0000}-\u{E007F}]/gu;
/** The same, less the line breaks that the program itself writes. */
const hiddenButBreaks = new RegExp(`(?!\\n)${hidden.source}`, "gu");
/** The same, less the colours that the program itself writes on a terminal. */
// oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
const hiddenButColours = new RegExp(`(\\u001B\\[[\\d;]*m)|${hiddenButBreaks.source}`, "gu");

/** Text in which nothing can be hidden: nearly all there is, and much quicker to tell than to search. */
const plain = /^[\n -~\u2010-\u2027\u3001-\u303F\u4E00-\u9FFF\uFF01-\uFFEE]*$/;

const shown = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

/** Text for a terminal: one line, nothing hidden in it. */
export const visible = (text: string): string => text.replace(hidden, shown);

/** The last look at a line of output: breaks stay, and colours on a terminal. */
export const visibleLine = (line: string, options: Readonly<{ hasColour: boolean }>): string => {
  if (plain.test(line)) return line;
  return options.hasColour
    ? line.replace(hiddenButColours, (found, colour?: string) => colour ?? shown(found))
    : line.replace(hiddenButBreaks, shown);
};

const unitEscape = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/** The same JSON value in a text that holds nothing hidden. */
export const visibleJson = (json: string): string =>
  plain.test(json) ? json : json.replace(hiddenButBreaks, unitEscape);

/** A value as one line of JSON that holds nothing hidden. */
export const jsonLine = (value: unknown): string => visibleJson(JSON.stringify(value));
