/**
 * @module entry — which characters may enter the log. Text is refused, never repaired: nothing is
 * trimmed or Unicode-normalised, because NFC changes Chinese names (U+F900 becomes U+8C48).
 */

/**
 * Controls, lone surrogates, bidirectional controls, line and paragraph separators, the byte order
 * mark, interlinear and tag characters, noncharacters, and U+FFFD, which is what a decoder leaves of
 * text in another encoding. Rare, compatibility and private-use ideographs and variation selectors stay.
 */
const forbidden =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFD\u{E0000}-\u{E007F}]/u;
const forbiddenButBreaks = new RegExp(`(?![\\n\\t])${forbidden.source}`, "u");

/** Whether nothing can be seen of a text: white space and characters without a shape. */
export const isBlank = (text: string): boolean => /^[\s\p{Cf}\p{Z}]*$/u.test(text);

/** A character that may not enter: its code point as `U+202E` and its place from 1. */
export type ForbiddenCharacter = Readonly<{ codePoint: string; at: number }>;

/** The first forbidden character of a text; `breaks` allows newline and tab, as in free text. */
export const forbiddenCharacter = (
  text: string,
  options: Readonly<{ breaks: boolean }>,
): ForbiddenCharacter | undefined => {
  const match = (options.breaks ? forbiddenButBreaks : forbidden).exec(text);
  if (match === null) return undefined;
  const code = match[0].codePointAt(0) ?? 0;
  return {
    codePoint: `U+${code.toString(16).toUpperCase().padStart(4, "0")}`,
    at: Array.from(text.slice(0, match.index)).length + 1,
  };
};
