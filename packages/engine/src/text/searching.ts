/**
 * @module searching — how words are looked for in what people wrote. Chinese is written without spaces, so
 * a word is found wherever its characters stand side by side; width and case of letters do not matter.
 */

/** A text as words are compared: full-width letters as plain ones, in lower case. */
export const searchable = (text: string): string => text.normalize("NFKC").toLowerCase();

/** The words of a question, each once: what stands between white space and separating marks. */
export const wordsOf = (question: string): readonly string[] => [
  ...new Set(
    searchable(question)
      .split(/[\s,、，;；]+/u)
      .filter((word) => word !== ""),
  ),
];

/** The spellings in which a word may stand in a text: as it is compared, and in full-width letters. */
export const spellingsOf = (word: string): readonly string[] => [
  ...new Set([word, wide(word), wide(word.toUpperCase())]),
];

const wide = (word: string): string =>
  word.replaceAll(/[!-~]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + wideBeyond));

/** Where the full-width forms of ASCII lie. */
const wideBeyond = 0xff_01 - 0x21;

/** A piece of a text around a word, with the places of the word in the piece, in UTF-16 code units. */
export type Excerpt = Readonly<{ text: string; from: number; to: number }>;

const around = 14;

/** The surroundings of a word's first place in a text; undefined where it is not there. */
export const excerptOf = (text: string, word: string): Excerpt | undefined => {
  const plain = text.replaceAll(/\s+/g, " ");
  const found = placeOf(plain, word);
  if (found === undefined) return undefined;
  const [start, end] = found;
  const before = Array.from(plain.slice(0, start));
  const after = Array.from(plain.slice(end));
  const lead = (before.length > around ? "…" : "") + before.slice(-around).join("");
  const rest = after.slice(0, around).join("") + (after.length > around ? "…" : "");
  const hit = plain.slice(start, end);
  return { text: lead + hit + rest, from: lead.length, to: lead.length + hit.length };
};

/** Where a word stands, in units of the text as it was written: comparing may change a text's length. */
const placeOf = (text: string, word: string): readonly [number, number] | undefined => {
  const whole = searchable(text);
  const at = whole.indexOf(word);
  if (at < 0) return undefined;
  if (whole.length === text.length) return [at, at + word.length];
  let start: number | undefined;
  let unit = 0;
  let seen = 0;
  for (const character of text) {
    start ??= seen >= at ? unit : undefined;
    if (seen >= at + word.length) break;
    seen += searchable(character).length;
    unit += character.length;
  }
  return [start ?? 0, unit];
};

/** The pairs of neighbouring characters of a text, without marks and spaces: what is compared of titles. */
export const pairsOf = (text: string): ReadonlySet<string> => {
  const characters = [...searchable(text).replaceAll(/[^\p{L}\p{N}]+/gu, "")];
  return new Set(characters.slice(1).map((one, at) => `${characters[at] ?? ""}${one}`));
};
