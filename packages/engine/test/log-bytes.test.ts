import { describe, expect, it } from "vitest";
import { canonicalJson } from "../src/log/canonical-json.ts";
import type { EnvelopeInput } from "../src/log/envelope.ts";
import { readEnvelope, writeEnvelope } from "../src/log/envelope.ts";
import { sha256Tree, toHex } from "../src/proof/hash.ts";
import { sealOf } from "../src/log/personal.ts";
import { recordedAtAfter } from "../src/log/recorded-at.ts";

const input: EnvelopeInput = {
  origin: "gov.example/proposals/log1",
  seq: 123456,
  stream: "cppcc/15-5/122",
  caseSeq: 7,
  prev: new Uint8Array(32).fill(255),
  at: "2026-11-22T01:02:03.456Z",
  id: "V1StGXR8_Z5jdHi6B-myTa",
  actor: { role: "leader", org: "o3", id: "u12" },
  commandId: "c-1",
  rulebookHash: "sha256:ab",
  event: {
    type: "ContactRecorded",
    dataVersion: 2,
    on: "2026-11-21",
    from: "assigned",
    to: "contacted",
    data: { summary: "当面座谈\n听取意见", mode: "visit", phase: undefined },
  },
};

describe("an event in the log", () => {
  it("has exactly these bytes", () => {
    expect(writeEnvelope(input).body).toBe(
      '{"at":"2026-11-22T01:02:03.456Z","by":{"id":"u12","org":"o3","role":"leader"},' +
        '"case":"cppcc/15-5/122","caseSeq":7,"cmd":"c-1",' +
        '"data":{"mode":"visit","summary":"当面座谈\\n听取意见"},"def":"sha256:ab","dv":2,' +
        '"from":"assigned","id":"V1StGXR8_Z5jdHi6B-myTa","log":"gov.example/proposals/log1",' +
        '"on":"2026-11-21","prev":"//////////////////////////////////////////8=",' +
        '"seq":123456,"to":"contacted","type":"ContactRecorded","v":1}',
    );
  });

  it("is in canonical form as a whole, and its leaf is its hash", () => {
    for (const written of [input, { ...input, stream: null, caseSeq: null, prev: null }]) {
      const { body, leaf } = writeEnvelope(written);
      expect(canonicalJson(JSON.parse(body))).toBe(body);
      expect(toHex(leaf)).toBe(toHex(sha256Tree.leaf(body)));
    }
  });

  it("is read back as it was given", () => {
    const { body, leaf } = writeEnvelope(input);
    expect(readEnvelope(body, leaf)).toEqual({
      ...input.event,
      globalPosition: 123456,
      stream: "cppcc/15-5/122",
      streamVersion: 7,
      id: input.id,
      recordedAt: input.at,
      actor: input.actor,
      commandId: "c-1",
      rulebookHash: "sha256:ab",
      hash: toHex(leaf),
    });
  });

  it("of the log itself has no case, no number and version 0", () => {
    const ofLog = { ...input, stream: null, caseSeq: null, prev: null };
    const { body, leaf } = writeEnvelope(ofLog);
    expect(body).toContain('"case":null,"caseSeq":null');
    expect(readEnvelope(body, leaf)).toMatchObject({ stream: null, streamVersion: 0 });
  });

  it.each([
    ["a case without a number", { caseSeq: null }],
    ["a number without a case", { stream: null }],
    ["a first event with something before it", { caseSeq: 1 }],
    ["a later event with nothing before it", { prev: null }],
  ])("%s is a bug", (_what, wrong) => {
    expect(() => writeEnvelope({ ...input, ...wrong })).toThrow(RangeError);
  });

  it("counts its bytes, not its characters, against 65,535", () => {
    const sized = (text: string): EnvelopeInput => ({
      ...input,
      event: { ...input.event, data: { text } },
    });
    const room = 65_535 - Buffer.byteLength(writeEnvelope(sized("")).body);
    const fits = "五".repeat(Math.floor(room / 3)) + "x".repeat(room % 3);
    expect(Buffer.byteLength(writeEnvelope(sized(fits)).body)).toBe(65_535);
    expect(() => writeEnvelope(sized(`${fits}x`))).toThrow(/65536 bytes/);
  });

  it.each(["", "not json", "[]", "null", '{"v":2}'])("%j is refused as no event", (body) => {
    expect(() => readEnvelope(body, sha256Tree.leaf(body))).toThrow(/cannot be read \(ALTERED\)/);
  });
});

describe("the recording instant", () => {
  it("is written in UTC with milliseconds", () => {
    expect(recordedAtAfter(0, null)).toBe("1970-01-01T00:00:00.000Z");
  });

  it("goes forward with the clock and stands while the clock is up to 5 s behind", () => {
    const last = "2026-11-22T01:02:03.456Z";
    const now = Date.parse(last);
    expect(recordedAtAfter(now + 1, last)).toBe("2026-11-22T01:02:03.457Z");
    expect(recordedAtAfter(now - 5000, last)).toBe(last);
    expect(() => recordedAtAfter(now - 5001, last)).toThrow(/before the last record/);
  });
});

describe("sealing a personal value", () => {
  it("is SHA-256 of salt and value in base64url", () => {
    // printf '%s' saltvalue | sha256sum
    expect(Buffer.from(sealOf("salt", "value"), "base64url").toString("hex")).toBe(
      "d430a1da30afe1a9d07b3b36042151ebaf53c4882af1609733c04930de318e33",
    );
    expect(sealOf("salt", "value")).toMatch(/^[\w-]{43}$/);
  });

  it("differs with the salt", () => {
    expect(sealOf("0123456789abcdefghijkl", "1")).not.toBe(sealOf("0123456789abcdefghijkm", "1"));
  });
});
