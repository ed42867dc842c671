/**
 * @module json.test — the canonical writer and the strict reader of JSON against the platform's own and a
 * second canonical writer that shares no line with ours.
 */
import { isDeepStrictEqual } from "node:util";
import { canonicalJson, parseStrict } from "@wuding/engine";
import { it } from "vitest";
import { isCanonicalJson } from "../../../packages/engine/src/log/canonical-json.ts";
import type { Dice } from "../frame.ts";
import { accepted, besiege, broken } from "./boundary.ts";
import { hostileText, hostileValue, mutatedText, mutatedValue, once, oneOf } from "./hostile.ts";

/** RFC 8785 by its letter: members by their UTF-16 code units, everything else as ECMAScript writes it. */
const referenceText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(referenceText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, own]) => `${JSON.stringify(name)}:${referenceText(own)}`);
  return `{${members.join(",")}}`;
};

/** Whether no character of a text is half of one. */
const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const forbiddenNames = ["__proto__", "constructor", "prototype"];

/** Whether the log may hold a value: depth, halves of characters and names of prototypes. */
const mayStand = (value: unknown, depth = 0): boolean => {
  if (typeof value === "string") return isWhole(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth >= 16) return false;
  return Object.entries(value).every(
    ([name, own]) => isWhole(name) && !forbiddenNames.includes(name) && mayStand(own, depth + 1),
  );
};

const sample = {
  command: "receive",
  kind: "cppcc",
  session: "15-5",
  number: 122,
  title: "关于改进政务信息化建设的建议",
  proposers: [{ name: "李楠", unit: "民盟区委", phone: "0555-2345678" }, "王兰"],
  isKey: true,
  text: null,
  share: 0.6363636363636364,
  small: 5e-324,
};

const anyValue = (dice: Dice): unknown => {
  let value: unknown = once(dice, 4) ? hostileValue(dice) : mutatedValue(dice, sample);
  if (once(dice, 8))
    for (let depth = dice(20); depth > 0; depth--) value = once(dice, 2) ? [value] : { a: value };
  return value;
};

it("a value has the canonical text that a second writer gives it, or none", () =>
  besiege({
    name: "canonical JSON",
    count: 20_000,
    make: anyValue,
    put: (value) => {
      let text: string;
      try {
        text = canonicalJson(value);
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
        if (mayStand(value)) return broken(`refused: ${error.message}`);
        return { refused: error.name };
      }
      if (!mayStand(value)) return broken("written, although no log may hold it");
      if (text !== referenceText(value)) return broken(`written as ${text}`);
      if (!isCanonicalJson(text, JSON.parse(text))) return broken("not seen to be canonical");
      const read = parseStrict(text);
      if (!read.ok)
        return read.fault.kind === "tooManyValues"
          ? { refused: read.fault.kind }
          : broken(`not read: ${read.fault.kind}`);
      return canonicalJson(read.value) === text ? accepted : broken("read as something else");
    },
  }));

it("only the canonical text of a value passes for it", () =>
  besiege({
    name: "canonical text",
    count: 10_000,
    make: (dice) => mutatedText(dice, referenceText(mayBe(anyValue(dice)))),
    put: (text) => {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return { refused: "no JSON" };
      }
      const should = mayStand(value) && referenceText(value) === text;
      if (isCanonicalJson(text, value) !== should) return broken(`should be ${should}`);
      return should ? accepted : { refused: "not canonical" };
    },
  }));

const mayBe = (value: unknown): unknown => (mayStand(value) ? value : sample);

it("the strict reader takes what the platform's takes, or says what is wrong with it", () =>
  besiege({
    name: "strict JSON",
    count: 16_000,
    make: (dice) => {
      const text = JSON.stringify(anyValue(dice), null, oneOf(dice, [0, 0, 2, "\t"]));
      if (once(dice, 10))
        return oneOf(
          dice,
          ["[", '{"a":', "[1,", "[[]", '"\\u'].map((one) => one.repeat(1 + dice(20_000))),
        );
      if (once(dice, 10))
        return text.replace("{", `{${JSON.stringify(hostileText(dice).slice(0, 50))}:1,"kind":2,`);
      if (once(dice, 10))
        return text.replace(
          /\d+/,
          oneOf(dice, ["1e400", "9007199254740993", "-0", "01", "1.", ".5", "1E+2", "0x1"]),
        );
      return once(dice, 3) ? text : mutatedText(dice, text);
    },
    put: (text) => {
      const read = parseStrict(text);
      let value: unknown;
      let isJson = true;
      try {
        value = JSON.parse(text);
      } catch {
        isJson = false;
      }
      if (read.ok) {
        if (!isJson) return broken("read, although it is no JSON");
        return isDeepStrictEqual(plain(read.value), plain(value))
          ? accepted
          : broken("read as something else");
      }
      const { kind, at } = read.fault;
      if (isJson && (kind === "syntax" || kind === "unfinished"))
        return broken(`refused: ${kind} at ${at}`);
      return at >= 0 && at <= text.length ? { refused: kind } : broken(`a fault at ${at}`);
    },
  }));

/** Without regard to prototypes. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
