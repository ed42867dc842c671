/**
 * @module canonical-json — JSON in the one spelling of RFC 8785, so that equal data has equal bytes.
 *
 * - Members are sorted by the UTF-16 code units of their names; there is no white space.
 * - Numbers are printed as ECMAScript prints them; `-0` is `0`.
 * - Strings escape `"` and `\`, and below U+0020 `\b \t \n \f \r` or `\u00xx` in lower case; every
 *   other character stands as it is, unnormalised.
 *
 * The text holds no raw control character, so one value is one line, and its bytes are its UTF-8.
 */

/** Containers may nest this deep; the reader in `strict-json.ts` has the same bound. */
export const depthMax = 16;

/** Names that would reach an object's prototype; no data of ours has them. */
export const isForbiddenName = (name: string): boolean =>
  name === "__proto__" || name === "constructor" || name === "prototype";

/**
 * The canonical text of plain JSON data. A member whose value is `undefined` is left out: that is how
 * an optional field is absent in TypeScript. Everything else that JSON cannot say is a bug and thrown.
 * @throws TypeError for functions, symbols, bigints, class instances (`Date`, `Map`, …), accessors,
 *   `undefined` outside a member, names that reach a prototype
 * @throws RangeError for NaN, infinities, lone surrogates, nesting deeper than `depthMax`
 */
export const canonicalJson = (value: unknown): string => write(value, 0);

const write = (value: unknown, depth: number): string => {
  switch (typeof value) {
    case "string":
      return canonicalString(value);
    case "number":
      if (!Number.isFinite(value)) throw new RangeError(`${value} is not a JSON number`);
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (depth === depthMax) throw new RangeError(`data nested deeper than ${depthMax}`);
      return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1);
    default:
      throw new TypeError(`not JSON data: ${typeof value}`);
  }
};

const writeArray = (items: readonly unknown[], depth: number): string => {
  // An index loop meets the holes that `map` would skip.
  let text = "";
  for (let index = 0; index < items.length; index++) {
    text += (index === 0 ? "" : ",") + write(items[index], depth);
  }
  return `[${text}]`;
};

const writeObject = (object: object, depth: number): string => {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(
      `not plain data: ${object.constructor?.name ?? "an object with a prototype"}`,
    );
  }
  if (Object.getOwnPropertySymbols(object).length > 0) {
    throw new TypeError("not JSON data: a member named by a symbol");
  }
  const members = object as Readonly<Record<string, unknown>>;
  let text = "";
  for (const name of sorted(Object.keys(members))) {
    const value = members[name];
    if (value === undefined) continue;
    if (isForbiddenName(name)) throw new TypeError(`a member may not be named ${name}`);
    text += `${text === "" ? "" : ","}${canonicalString(name)}:${write(value, depth)}`;
  }
  return `{${text}}`;
};

/**
 * Whether a text is the canonical one of the value that `JSON.parse` made of it; false too for what
 * `canonicalJson` refuses. The platform's own writer spells numbers and strings as RFC 8785 does, so
 * most texts need only their names looked at, in less than half the time of writing them anew.
 */
export const isCanonicalJson = (text: string, value: unknown): boolean => {
  // Half a surrogate pair is spelt as an escape there and refused here. The order comes first: it
  // bounds the depth, which the platform's writer does not survive without.
  if (isInOrder(value, 0) && !text.includes("\\ud") && JSON.stringify(value) === text) return true;
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
};

const isInOrder = (value: unknown, depth: number): boolean => {
  if (typeof value !== "object" || value === null) return true;
  if (depth === depthMax) return false;
  if (Array.isArray(value)) return value.every((item) => isInOrder(item, depth + 1));
  const members = value as Readonly<Record<string, unknown>>;
  let previous: string | undefined;
  for (const name of Object.keys(members)) {
    if (previous !== undefined && name <= previous) return false;
    if (isForbiddenName(name) || !isInOrder(members[name], depth + 1)) return false;
    previous = name;
  }
  return true;
};

/** Most data is written in order or nearly so; insertion beats a general sort on a dozen names. */
const sorted = (names: string[]): string[] => {
  if (names.length > 24) return names.toSorted();
  for (let place = 1; place < names.length; place++) {
    const name = names[place] as string;
    let hole = place;
    while (hole > 0 && (names[hole - 1] as string) > name) {
      names[hole] = names[hole - 1] as string;
      hole--;
    }
    names[hole] = name;
  }
  return names;
};

// oxlint-disable-next-line no-control-regex -- these are the characters that JSON escapes
const needsCare = /["\\\u0000-\u001f\ud800-\udfff]/;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * One string with its quotes, as RFC 8785 writes it.
 * @throws RangeError when it holds half a surrogate pair: two such texts would have the same bytes
 */
export const canonicalString = (text: string): string => {
  if (!needsCare.test(text)) return `"${text}"`;
  if (loneSurrogate.test(text)) throw new RangeError("text with half a surrogate pair");
  return JSON.stringify(text);
};
