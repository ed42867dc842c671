/** @module strict-envelope.test — what a verifier takes for an event, member by member. */
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../src/log/canonical-json.ts";
import { differingColumn, readStrictly, textOf } from "../src/log/strict-envelope.ts";
import type { Envelope } from "../src/log/envelope.ts";

const envelope: Envelope = {
  at: "2026-11-22T01:02:03.456Z",
  by: { id: "u12" },
  case: "cppcc/15-5/122",
  caseSeq: 7,
  cmd: "c-1",
  data: { summary: "当面座谈" },
  def: "sha256:ab",
  dv: 1,
  from: "assigned",
  id: "V1StGXR8_Z5jdHi6B-myTa",
  log: "gov.example/log1",
  on: "2026-11-21",
  prev: "//////////////////////////////////////////8=",
  seq: 12,
  to: "contacted",
  type: "ContactRecorded",
  v: 1,
};

const read = (changes: Readonly<Record<string, unknown>>): Envelope | undefined =>
  readStrictly(canonicalJson({ ...envelope, ...changes }));

const isNoText = [undefined, "", 1, true, ["x"], {}] as const;
const isNoCount = [undefined, 0, -1, 1.5, "1", true, 2 ** 53] as const;
const isNoObject = [undefined, null, "x", 1, []] as const;

describe("an event as a verifier reads it", () => {
  it("is what the program writes, inside and outside of a case", () => {
    expect(read({})).toEqual(envelope);
    const ofLog = { case: null, caseSeq: null, prev: null, from: null, to: null };
    expect(read(ofLog)).toEqual({ ...envelope, ...ofLog });
    expect(read({ caseSeq: 1, dv: 2, seq: 0 })).toBeDefined();
  });

  const wrong: Readonly<Record<keyof Envelope, readonly unknown[]>> = {
    at: [
      ...isNoText,
      null,
      "2026-11-22",
      "2026-11-22T01:02:03Z",
      "x2026-11-22T01:02:03.456Z",
      "2026-11-22T01:02:03.456Zx",
      "2026-11-22T01:02:03.456+08:00",
    ],
    by: [...isNoObject, {}, { id: "" }, { id: 1 }, { role: "leader" }],
    case: isNoText,
    caseSeq: isNoCount,
    cmd: [...isNoText, null],
    data: isNoObject,
    def: [...isNoText, null],
    dv: [...isNoCount, null],
    from: isNoText,
    id: [...isNoText, null],
    log: [...isNoText, null],
    on: [...isNoText, null],
    prev: isNoText,
    seq: [undefined, null, "12", 0.5, 2 ** 53],
    to: isNoText,
    type: [...isNoText, null],
    v: [undefined, null, 0, 2, "1"],
  };
  it.each(Object.entries(wrong))("has a %s of its own kind", (name, values) => {
    for (const value of values) expect(read({ [name]: value })).toBe(undefined);
  });

  it("has no member more, and is an object in its one spelling", () => {
    expect(read({ extra: 1 })).toBeUndefined();
    const text = canonicalJson(envelope);
    for (const other of [`${text} `, ` ${text}`, `[${text}]`, "null", "1", '"x"', "", "{", "[]"]) {
      expect(readStrictly(other)).toBeUndefined();
    }
    expect(readStrictly(text.replace('"dv":1', '"dv":1.0'))).toBeUndefined();
    expect(readStrictly(text.replace('"dv":1', '"dv":1,"dv":1'))).toBeUndefined();
  });

  it("is UTF-8, or it has no text", () => {
    expect(textOf(Buffer.from("五定"))).toBe("五定");
    expect(textOf(Buffer.from("五定").subarray(0, 4))).toBeUndefined();
    expect(textOf(Buffer.of(0xed, 0xa0, 0x80))).toBeUndefined();
  });

  it("names the first column that says something else", () => {
    const columns = {
      caseId: envelope.case,
      caseSeq: envelope.caseSeq,
      type: envelope.type,
      recordedAt: envelope.at,
    };
    const row = (changes: object) => ({
      seq: 12,
      body: Buffer.alloc(0),
      leaf: Buffer.alloc(32),
      columns: { ...columns, ...changes },
    });
    expect(differingColumn(row({}), envelope)).toBeUndefined();
    expect(differingColumn(row({ caseId: null }), envelope)).toBe("case");
    expect(differingColumn(row({ caseSeq: 8 }), envelope)).toBe("caseSeq");
    expect(differingColumn(row({ type: "CaseClosed" }), envelope)).toBe("type");
    expect(differingColumn(row({ recordedAt: "" }), envelope)).toBe("recordedAt");
  });
});
