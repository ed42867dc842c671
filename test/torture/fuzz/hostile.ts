/**
 * @module hostile — input that somebody made wrong on purpose: real input with a piece of it exchanged for
 * what has broken programs before, or its bytes cut, doubled and turned over.
 */
import type { Dice } from "../frame.ts";

/** One of these. */
export const oneOf = <Item>(dice: Dice, items: readonly Item[]): Item =>
  items[dice(items.length)] as Item;

/** True once in so many times. */
export const once = (dice: Dice, inTimes: number): boolean => dice(inTimes) === 0;

/** Texts that have broken programs: controls, halves of characters, directions, names of prototypes, quotes. */
const texts: readonly string[] = [
  "",
  " ",
  "\u3000",
  "\0",
  "案\0由",
  "\uFEFF案由",
  "\u202E由案",
  "\u2066案由\u2069",
  "\uD800",
  "张\uDFFF",
  "\u001B[31m红",
  "\u009B31m",
  "\u001B]0;title\u0007",
  "\r\n",
  "案\n由",
  "案\r由",
  "\t",
  "\u007F",
  "\u0085",
  "\u2028",
  "\u200B",
  "\u{E0041}",
  "\uFFFE",
  "\uFFFD",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "then",
  "__defineGetter__",
  "１２２",
  "⑫",
  "一百二十二",
  "十五届五次",
  "𠮷𡈽",
  "葛\u{E0100}",
  "\u0300".repeat(60),
  "ﷺ",
  "'; drop table event; --",
  '" or ""="',
  "%_\\",
  "NEAR(",
  "*",
  "=1+1",
  "＝cmd|' /C calc'!A0",
  "@SUM(A1)",
  "<script>alert(1)</script>",
  "]]>",
  "&amp;&#0;",
  "${process.exit(1)}",
  "{{=1}}",
  "$&$1$`",
  "-",
  "--",
  "--json",
  "-h",
  "../../..",
  "..\\..\\x",
  "C:\\x",
  "NUL",
  "null",
  "undefined",
  "true",
  "[object Object]",
  "a".repeat(501),
  "长".repeat(20_001),
];

/** Written days that exist, do not, or stand at the edge of what is one. */
const days: readonly string[] = [
  "2021-02-29",
  "2020-02-29",
  "2021-04-31",
  "2021-13-01",
  "2021-00-00",
  "0000-01-01",
  "0001-01-01",
  "1582-10-10",
  "1899-12-31",
  "1970-01-01",
  "2038-01-20",
  "9999-12-31",
  "10000-01-01",
  "+275760-09-13",
  "-000001-01-01",
  "２０２１-04-02",
  "2021/4/2",
  "2021.4.2",
  "2021年4月2日",
  "二〇二一年四月二日",
  "2021-4-2",
  "2021-04-02T09:00:00+08:00",
  "2021-04-02T25:00:00+08:00",
  "2021-04-02T23:59:60Z",
  "2021-04-02T00:00:00+99:99",
  "2021-04-02 ",
  "44288",
  "today",
  "下周三",
];

/** Numbers as they are written. */
const writtenNumbers: readonly string[] = [
  "0",
  "-0",
  "-1",
  "1.5",
  "1e308",
  "1e309",
  "9007199254740991",
  "9007199254740993",
  "99999999999999999999999999",
  "0x10",
  "1_000",
  "NaN",
  "Infinity",
  "00",
  "٣",
  "１",
];

/** A text that is wrong somewhere; now and then an enormous one. */
export const hostileText = (dice: Dice): string => {
  if (once(dice, 150))
    return oneOf(dice, ["x", "长", "\u0301", "(", "a ", "\\", "１"]).repeat(60_000);
  const from = oneOf(dice, [texts, texts, texts, days, writtenNumbers]);
  const text = oneOf(dice, from);
  return once(dice, 6) ? text + oneOf(dice, texts) : text;
};

export const hostileDay = (dice: Dice): string => oneOf(dice, days);
export const hostileNumber = (dice: Dice): string => oneOf(dice, writtenNumbers);

/** A value of any type that JSON has, and of none that is asked for. */
export const hostileValue = (dice: Dice): unknown => {
  switch (dice(12)) {
    case 0:
      return null;
    case 1:
      return once(dice, 2);
    case 2:
      return oneOf(dice, [
        0,
        -0,
        -1,
        1,
        0.1,
        1e21,
        5e-324,
        2 ** 53,
        -(2 ** 53),
        1e308,
        2 ** 31,
        366,
      ]);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return nested(dice(30), once(dice, 2));
    case 6:
      return Array.from({ length: oneOf(dice, [1, 3, 200, 2000]) }, () =>
        hostileText(dice).slice(0, 40),
      );
    case 7:
      return Object.fromEntries([
        [hostileText(dice).slice(0, 600), hostileText(dice).slice(0, 40)],
      ]);
    default:
      return hostileText(dice);
  }
};

const nested = (depth: number, isArray: boolean): unknown => {
  let value: unknown = 1;
  for (let at = 0; at < depth; at++) value = isArray ? [value] : { a: value };
  return value;
};

/** A value with one or several of its parts exchanged, taken out, doubled or put somewhere else. */
export const mutatedValue = (dice: Dice, value: unknown, times = 1 + dice(2)): unknown => {
  const copy = structuredClone(value);
  const root = { root: copy };
  for (let time = 0; time < times; time++) {
    const places = placesIn(root);
    const { holder, key } = oneOf(dice, places);
    const members = holder as Record<string, unknown>;
    switch (dice(6)) {
      case 0:
        if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else if (key !== "root") delete members[key];
        break;
      case 1: {
        const other = oneOf(dice, places);
        members[key] = structuredClone((other.holder as Record<string, unknown>)[other.key]);
        break;
      }
      case 2:
        if (Array.isArray(holder)) holder.push(structuredClone(members[key]));
        else Object.defineProperty(members, hostileText(dice).slice(0, 40), own(members[key]));
        break;
      case 3:
        if (typeof members[key] === "string") members[key] = mutatedText(dice, members[key]);
        else if (typeof members[key] === "number") members[key] *= oneOf(dice, [-1, 0, 1.5, 1e6]);
        else members[key] = hostileValue(dice);
        break;
      default:
        members[key] = hostileValue(dice);
    }
  }
  return root.root;
};

const own = (value: unknown) => ({ value, enumerable: true, writable: true, configurable: true });

type Place = Readonly<{ holder: object; key: string }>;

const placesIn = (root: object): readonly Place[] => {
  const places: Place[] = [];
  const walk = (holder: object, depth: number): void => {
    for (const [key, value] of Object.entries(holder)) {
      places.push({ holder, key });
      if (typeof value !== "object" || value === null || value instanceof Uint8Array) continue;
      if (depth < 40) walk(value as object, depth + 1);
    }
  };
  walk(root, 0);
  return places;
};

/** A text with pieces of it taken out, doubled, exchanged or put in. */
export const mutatedText = (dice: Dice, text: string): string => {
  let changed = text;
  for (let time = 0; time < 1 + dice(2); time++) {
    const at = dice(changed.length + 1);
    const to = Math.min(changed.length, at + dice(once(dice, 4) ? changed.length + 1 : 8));
    const piece = changed.slice(at, to);
    switch (dice(7)) {
      case 0:
        changed = changed.slice(0, at) + changed.slice(to);
        break;
      case 1:
        changed = changed.slice(0, to) + piece + changed.slice(to);
        break;
      case 2:
        changed = changed.slice(0, at) + hostileText(dice).slice(0, 600) + changed.slice(at);
        break;
      case 3:
        changed = changed.slice(0, at) + hostileText(dice).slice(0, 600) + changed.slice(to);
        break;
      case 4:
        changed = changed.slice(0, at);
        break;
      case 5: {
        const unit = changed.charCodeAt(at) || 0;
        const turned = String.fromCharCode(unit ^ (1 << dice(once(dice, 3) ? 16 : 7)));
        changed = changed.slice(0, at) + turned + changed.slice(at + 1);
        break;
      }
      default: {
        const lines = changed.split("\n");
        const [from, into] = [dice(lines.length), dice(lines.length)];
        lines.splice(into, once(dice, 2) ? 1 : 0, lines[from] as string);
        changed = lines.join("\n");
      }
    }
  }
  return changed;
};

/** Bytes with some of them turned over, cut, doubled or put in. */
export const mutatedBytes = (dice: Dice, bytes: Uint8Array): Buffer => {
  let changed = Buffer.from(bytes);
  for (let time = 0; time < 1 + dice(3); time++) {
    const at = dice(changed.length + 1);
    const to = Math.min(changed.length, at + dice(once(dice, 4) ? changed.length + 1 : 12));
    const [before, piece, after] = [
      changed.subarray(0, at),
      changed.subarray(at, to),
      changed.subarray(to),
    ];
    switch (dice(7)) {
      case 0:
        changed = Buffer.concat([before, after]);
        break;
      case 1:
        changed = Buffer.concat([before, piece, piece, after]);
        break;
      case 2:
        changed = Buffer.concat([
          before,
          Buffer.from(hostileText(dice).slice(0, 600)),
          piece,
          after,
        ]);
        break;
      case 3:
        changed = Buffer.from(before);
        break;
      case 4:
        changed = Buffer.concat([before, Buffer.from(oneOf(dice, rawBytes)), after]);
        break;
      default:
        if (at < changed.length) changed[at] = (changed[at] as number) ^ (1 << dice(8));
    }
  }
  return changed;
};

/** Sequences that are no UTF-8, byte order marks, ends of lines. */
const rawBytes: readonly (readonly number[])[] = [
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xb1, 0xe0, 0xba, 0xc5],
  [0x84, 0x31, 0xa4, 0x37],
  [0x00],
  [0x0d],
  [0x0d, 0x0a],
  [0x1a],
  [0x22],
];

/** A text in the bytes that people's programs save it in. */
export const encodedSomehow = (dice: Dice, text: string): Buffer => {
  switch (dice(8)) {
    case 0:
      return gb18030(text);
    case 1:
      return Buffer.from(`\uFEFF${text}`);
    case 2:
      return Buffer.from(`\uFEFF${text}`, "utf16le");
    case 3:
      return Buffer.from(text.replaceAll("\n", "\r\n"));
    case 4:
      return Buffer.from(text.replaceAll("\n", "\r"));
    default:
      return Buffer.from(text);
  }
};

let gbBytes: ReadonlyMap<string, Buffer> | undefined;

/** GB18030 as far as two bytes reach; the platform only reads it. */
const gb18030 = (text: string): Buffer => {
  gbBytes ??= new Map(
    Array.from({ length: 0x7e * 0xc0 }, (_, at) => {
      const pair = Buffer.of(0x81 + Math.floor(at / 0xc0), 0x40 + (at % 0xc0));
      return [new TextDecoder("gb18030").decode(pair), pair] as const;
    }),
  );
  const known = gbBytes;
  return Buffer.concat(
    [...text].map((one) =>
      one < "\u0080" ? Buffer.from(one) : (known.get(one) ?? Buffer.from("?")),
    ),
  );
};
