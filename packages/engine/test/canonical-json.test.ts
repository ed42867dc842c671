import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, isCanonicalJson } from "../src/log/canonical-json.ts";
import { parseStrict } from "../src/log/strict-json.ts";

describe("writing canonical JSON (RFC 8785)", () => {
  it("the example of section 3.2.2 is written as the standard writes it", () => {
    const given = {
      numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(canonicalJson(given)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("the example of section 3.2.3 is sorted by UTF-16 code units", () => {
    const given = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    expect(canonicalJson(given)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control",' +
        '"ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign",' +
        '"😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555554", "333333333.33333325"],
    ["41b3de4355555555", "333333333.3333333"],
    ["41b3de4355555556", "333333333.3333334"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("the number with bits %s is %s (appendix B)", (bits, expected) => {
    expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE())).toBe(expected);
  });

  it("an absent optional member is left out, also when it comes first", () => {
    expect(canonicalJson({ a: undefined, b: 1, c: undefined })).toBe('{"b":1}');
    expect(canonicalJson({ a: undefined })).toBe("{}");
  });

  it.each([
    ["a function", { v: () => 1 }],
    ["a symbol", { v: Symbol("s") }],
    ["a member named by a symbol", { [Symbol("s")]: 1 }],
    ["a bigint", 1n],
    ["a Map", new Map([["a", 1]])],
    ["a Date", { at: new Date(0) }],
    ["a typed array", new Uint8Array(2)],
    ["a boxed string", Object("text")],
    ["undefined by itself", undefined],
    ["undefined in a list", [undefined]],
    // oxlint-disable-next-line no-sparse-arrays -- the hole is what is tested
    ["a hole in a list", [1, , 2]],
    ["a name that reaches the prototype", JSON.parse('{"__proto__":1}')],
    ["the name constructor", { constructor: 1 }],
  ])("%s is refused as no JSON data", (_what, value: unknown) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it.each([
    ["NaN", Number.NaN],
    ["infinity", { n: Number.POSITIVE_INFINITY }],
    ["half a surrogate pair", "a\ud800"],
    ["the other half", "\udc00b"],
    ["half a pair in a name", { "\ud842": 1 }],
  ])("%s is refused as out of range", (_what, value: unknown) => {
    expect(() => canonicalJson(value)).toThrow(RangeError);
  });

  it("sixteen levels may nest and a circle is refused", () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(canonicalJson(nested(16))).toBe(`${"[".repeat(16)}1${"]".repeat(16)}`);
    expect(() => canonicalJson(nested(17))).toThrow(RangeError);
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(() => canonicalJson(circle)).toThrow(RangeError);
  });

  it("many members are sorted as few are", () => {
    const names = Array.from({ length: 60 }, (_, place) => `n${place}`);
    const read = Object.keys(
      JSON.parse(canonicalJson(Object.fromEntries(names.map((name) => [name, 1])))) as object,
    );
    expect(read).toEqual(names.toSorted());
  });
});

const plainNames = fc
  .string({ unit: "grapheme", maxLength: 8 })
  .filter((name) => !["__proto__", "constructor", "prototype"].includes(name));
const plainData = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.string({ unit: "binary" }),
    fc.array(tie("data"), { maxLength: 5 }),
    fc.dictionary(plainNames, tie("data"), { maxKeys: 5, noNullPrototype: true }),
  ),
})).data;

describe("laws of canonical JSON", () => {
  it("what is written reads back the same, by the platform's parser and by the strict one", () => {
    fc.assert(
      fc.property(plainData, (data) => {
        const text = canonicalJson(data);
        const withoutMinusZero: unknown = JSON.parse(JSON.stringify(data));
        expect(JSON.parse(text)).toEqual(withoutMinusZero);
        expect(parseStrict(text)).toEqual({ ok: true, value: withoutMinusZero });
      }),
    );
  });

  it("equal data has equal text, whatever order its members were written in", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, member]) => [name, reversed(member)]),
      );
    };
    fc.assert(
      fc.property(plainData, (data) => {
        expect(canonicalJson(reversed(data))).toBe(canonicalJson(data));
      }),
    );
  });

  it("the canonical text of a canonical text is itself, and is one line", () => {
    fc.assert(
      fc.property(plainData, (data) => {
        const text = canonicalJson(data);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(text).not.toMatch(/[\n\r]/);
      }),
    );
  });
});

describe("recognising canonical JSON", () => {
  it.each([
    '{"a":1,"b":[true,null,"五定"]}',
    '{"10":1,"9":2}',
    '"\\\\ud800 is text here"',
    '"\\u001f"',
    `${"[".repeat(16)}${"]".repeat(16)}`,
  ])("%s is canonical", (text) => {
    expect(isCanonicalJson(text, JSON.parse(text))).toBe(true);
  });

  it.each([
    '{"b":1,"a":2}',
    '{"9":1,"10":2}',
    '{"a":1,"a":1}',
    '{ "a":1}',
    "1.0",
    "-0",
    "1E3",
    '"\\u4e94"',
    '"\\/"',
    '"\\u001F"',
    '"\\ud800"',
    '{"__proto__":1}',
    `${"[".repeat(17)}${"]".repeat(17)}`,
    `${"[".repeat(32_000)}${"]".repeat(32_000)}`,
  ])("%s is not", (text) => {
    expect(isCanonicalJson(text, JSON.parse(text))).toBe(false);
  });

  it("says of any JSON what writing it anew would say", () => {
    fc.assert(
      fc.property(plainData, (data) => {
        const asWritten = JSON.stringify(data);
        const value: unknown = JSON.parse(asWritten);
        expect(isCanonicalJson(asWritten, value)).toBe(canonicalJson(value) === asWritten);
        expect(isCanonicalJson(canonicalJson(value), value)).toBe(true);
      }),
    );
  });
});

describe("reading JSON strictly", () => {
  it.each([
    ["", "unfinished", 0],
    ["  ", "unfinished", 2],
    ['{"a":1', "unfinished", 6],
    ['"abc', "unfinished", 4],
    ['"ab\\', "syntax", 3],
    ["{'a':1}", "syntax", 1],
    ['{"a":1,}', "syntax", 7],
    ["[1,]", "syntax", 3],
    ["[1 2]", "syntax", 3],
    ['{"a" 1}', "syntax", 5],
    ["01", "syntax", 1],
    ["+1", "syntax", 0],
    [".5", "syntax", 0],
    ["NaN", "syntax", 0],
    ["1 // one", "syntax", 2],
    ["{}{}", "syntax", 2],
    ["\uFEFF{}", "syntax", 0],
    ['"a\nb"', "syntax", 2],
    ['"\\x41"', "syntax", 1],
    ['{"a":1,"b":2,"a":3}', "duplicateName", 13],
    ['{"a":1,"\\u0061":3}', "duplicateName", 7],
    ['{"a":{"__proto__":{}}}', "forbiddenName", 6],
    ['{"constructor":1}', "forbiddenName", 1],
    ['{"prototype":1}', "forbiddenName", 1],
    ["9007199254740993", "inexactNumber", 0],
    ["[1,-12345678901234567891]", "inexactNumber", 3],
    ["1e400", "inexactNumber", 0],
    [`${"[".repeat(17)}${"]".repeat(17)}`, "tooDeep", 16],
    ["[".repeat(1_000_000), "tooDeep", 16],
    [`[${"0,".repeat(9_999)}0]`, "tooManyValues", 19_999],
  ])("%j is refused as %s at %i", (text, kind, at) => {
    expect(parseStrict(text)).toMatchObject({ ok: false, fault: { kind, at } });
  });

  it.each([
    [' { "a" : [ 1 , -0.5e+2 , true , false , null ] }\r\n', { a: [1, -50, true, false, null] }],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u4e94定"', '"\\/\b\f\n\r\t五定'],
    ['{"a":{},"b":[],"":0}', { a: {}, b: [], "": 0 }],
    ["9007199254740992", 9007199254740992],
    ["100000000000000000000", 1e20],
    [`[${"0,".repeat(9_998)}0]`, Array.from({ length: 9_999 }, () => 0)],
  ])("%j is read", (text, value: unknown) => {
    expect(parseStrict(text)).toEqual({ ok: true, value });
  });

  it("accepts nothing that the platform's parser refuses, and agrees with it on the rest", () => {
    const byPlatform = (text: string): unknown => {
      try {
        return { ok: true, value: JSON.parse(text) as unknown };
      } catch {
        return { ok: false };
      }
    };
    const nearlyJson = fc
      .tuple(plainData, fc.nat(), fc.constantFrom("", '"', ",", "}", "[", "0", "\\", " ", "e"))
      .map(([data, at, noise]) => {
        const text = canonicalJson(data);
        const place = at % (text.length + 1);
        return text.slice(0, place) + noise + text.slice(place + 1);
      });
    const sameAsPlatform = (text: string): void => {
      const read = parseStrict(text);
      // What only the strict reader refuses is in the table above.
      const isStricter = !read.ok && !["syntax", "unfinished"].includes(read.fault.kind);
      expect(isStricter ? { ok: false } : byPlatform(text)).toEqual(read.ok ? read : { ok: false });
    };
    fc.assert(fc.property(nearlyJson, sameAsPlatform), { numRuns: 500 });
    expect.hasAssertions();
  });
});
