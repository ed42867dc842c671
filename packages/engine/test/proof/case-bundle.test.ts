/** @module case-bundle.test — a case with its proof, and a whole log as text: what falls, and in which line. */
import { createMemoryStore } from "@wuding/engine/memory";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { isEngineError } from "../../src/errors.ts";
import { canonicalJson } from "../../src/log/canonical-json.ts";
import { openCaseBundle } from "../../src/log/case-bundle.ts";
import { shortRoot, verifyExport } from "../../src/log/export.ts";
import {
  ed25519Signer,
  openCheckpoint,
  policyOf,
  proveInclusion,
  rootAt,
  signCheckpoint,
  toBase64,
  treeHashOf,
  writeTlogProof,
} from "../../src/proof/index.ts";
import type { TrustedCheckpoint } from "../../src/proof/index.ts";

const origin = "bundle.invalid/log";
const signer = ed25519Signer(origin, "log", Buffer.alloc(32, "TEST ONLY"));
const policy = policyOf([signer.key]);
const tree = treeHashOf(origin);
const cases = ["cppcc/15-5/1", "cppcc/15-5/2"] as const;

let bodies: readonly string[];
let note: string;
let checkpoint: TrustedCheckpoint;
let lines: readonly string[];

beforeAll(async () => {
  const clock = settableClock("2026-11-22T00:00:00.000Z");
  const store = createMemoryStore({ clock, ids: countingIds(), origin });
  for (let seq = 0; seq < 12; seq++) {
    await store.append({
      commandId: `c${seq}`,
      requestHash: "",
      actor: { id: "clerk" },
      streams: [
        {
          stream: cases[seq % 2] as string,
          expectedVersion: Math.floor(seq / 2),
          rulebookHash: "sha256:0",
          events: [
            { type: "A", dataVersion: 1, on: "2026-11-21", data: { seq }, from: null, to: null },
          ],
        },
      ],
    });
  }
  const raw = await store.readRaw({ limit: 99 });
  bodies = raw.map(({ body }) => Buffer.from(body).toString());
  const leaves = bodies.map((body) => tree.leaf(body));
  note = await noteOver(leaves);
  checkpoint = openCheckpoint(note, policy);
  lines = bodies.filter((_, seq) => seq % 2 === 1);
});

const nodesOver =
  (leaves: readonly Uint8Array[]) =>
  async (places: readonly { level: number; idx: number }[]): Promise<Uint8Array[]> =>
    places.map(({ level, idx }) =>
      nodeOver(leaves.slice(idx * 2 ** level, (idx + 1) * 2 ** level)),
    );

const nodeOver = (leaves: readonly Uint8Array[]): Uint8Array =>
  leaves.length === 1
    ? (leaves[0] as Uint8Array)
    : tree.node(
        nodeOver(leaves.slice(0, leaves.length / 2)),
        nodeOver(leaves.slice(leaves.length / 2)),
      );

const noteOver = async (leaves: readonly Uint8Array[]): Promise<string> => {
  const root = await rootAt(leaves.length, nodesOver(leaves), tree);
  return signCheckpoint({ origin, size: leaves.length, root }, signer);
};

/** The proof of the last of some lines, at a place of a log that has these bodies. */
const proofIn = async (all: readonly string[], index: number): Promise<string> => {
  const leaves = all.map((body) => tree.leaf(body));
  const hashes = await proveInclusion(index, leaves.length, nodesOver(leaves), tree);
  return writeTlogProof({ index, hashes, checkpoint: await noteOver(leaves) });
};

const opened = (given: readonly string[], proof: string) =>
  openCaseBundle(Buffer.from(given.map((line) => `${line}\n`).join("")), proof, policy);

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (!isEngineError(error, "UNPROVEN")) throw error;
    expect(error.data.what.zh).not.toBe("");
    return error.data.what.en;
  }
  return "accepted";
};

/** An event with other members, in canonical form. */
const changed = (body: string, changes: object): string =>
  canonicalJson({ ...(JSON.parse(body) as object), ...changes });

describe("a case and its proof", () => {
  it("gives the case's events in order, and the checkpoint", async () => {
    const proven = opened(lines, await proofIn(bodies, 11));
    expect(proven.case).toBe(cases[1]);
    expect(proven.events.map(({ globalPosition }) => globalPosition)).toEqual([1, 3, 5, 7, 9, 11]);
    expect(proven.events[0]?.hash).toBe(Buffer.from(tree.leaf(lines[0] ?? "")).toString("hex"));
    expect(proven.checkpoint).toMatchObject({ origin, size: 12 });
  });

  it("an older proof shows fewer events, and they are proven all the same", async () => {
    expect(opened(lines.slice(0, 3), await proofIn(bodies, 5)).events).toHaveLength(3);
  });

  it("falls with a line changed, taken out, added, doubled or moved, and names the line", async () => {
    const proof = await proofIn(bodies, 11);
    const follows = (line: number): string => `line ${line} of case.jsonl does not follow`;
    const of = (given: readonly string[]): string => refusal(() => opened(given, proof));
    expect(of(lines.with(2, changed(lines[2] ?? "", { data: { seq: 99 } })))).toContain(follows(4));
    expect(of(lines.toSpliced(2, 1))).toContain(follows(3));
    expect(of(lines.slice(1))).toContain(follows(1));
    expect(of(lines.toSpliced(2, 0, lines[2] ?? ""))).toContain(follows(4));
    expect(of(lines.with(1, lines[2] ?? "").with(2, lines[1] ?? ""))).toContain(follows(2));
    expect(of(lines.with(1, bodies[2] ?? ""))).toContain(follows(2));
    expect(of(lines.with(1, `${lines[1]} `))).toContain("line 2 of case.jsonl is not an event");
    expect(of(lines.with(1, changed(lines[1] ?? "", { log: "other.invalid/log" })))).toContain(
      "line 2 of case.jsonl is not an event of that log",
    );
    expect(of(lines.with(0, changed(lines[0] ?? "", { case: null, caseSeq: null })))).toContain(
      follows(1),
    );
  });

  it("falls when the text is cut off, empty or no UTF-8", async () => {
    const proof = await proofIn(bodies, 11);
    const whole = Buffer.from(lines.map((line) => `${line}\n`).join(""));
    const of = (bytes: Uint8Array): string => refusal(() => openCaseBundle(bytes, proof, policy));
    expect(of(whole.subarray(0, -1))).toContain("not whole");
    expect(of(Buffer.alloc(0))).toContain("not whole");
    expect(
      of(Buffer.concat([whole.subarray(0, 40), Buffer.of(0xff), whole.subarray(40)])),
    ).toContain("not whole");
    expect(of(Buffer.from("\n"))).toContain("the proof does not lead");
  });

  it("falls when the last event claims another place than the proof's", async () => {
    // a log whose keeper wrote another number into the event than its place
    const last = changed(bodies[11] ?? "", { seq: 12 });
    const all = bodies.with(11, last);
    const forged = await proofIn(all, 11);
    expect(refusal(() => opened(lines.with(5, last), forged))).toContain("line 6");
  });

  it("falls when places run backwards although every hash fits", async () => {
    const first = changed(lines[0] ?? "", { seq: 5 });
    const second = changed(lines[1] ?? "", { seq: 3, prev: toBase64(tree.leaf(first)) });
    const all = bodies.with(1, first).with(3, second).slice(0, 4);
    const forged = await proofIn(all, 3);
    expect(refusal(() => opened([first, second], forged))).toContain("line 2");
  });
});

describe("a log as text", () => {
  const walk = (
    given: readonly string[],
    known: readonly { size: number; root: Uint8Array }[] = [],
  ) =>
    verifyExport(
      (async function* () {
        for (const line of given) yield Buffer.from(line);
      })(),
      checkpoint,
      { known },
    );

  it("takes the steps that text allows, and says so", async () => {
    expect(await walk(bodies)).toEqual({
      size: 12,
      root: toBase64(checkpoint.root),
      faults: { first: null, more: 0 },
      checked: { form: 12, place: 12, chain: 2, time: 12, roots: 1 },
    });
    expect(shortRoot(checkpoint.root)).toBe(toBase64(checkpoint.root).slice(0, 12));
  });

  it("a line less is TRUNCATED, one more is REWRITTEN at its place, a changed one ALTERED", async () => {
    expect((await walk(bodies.slice(0, -1))).faults.first).toMatchObject({
      kind: "TRUNCATED",
      position: 11,
    });
    const more = changed(bodies[10] ?? "", {
      seq: 12,
      caseSeq: 7,
      prev: toBase64(tree.leaf(bodies[10] ?? "")),
    });
    expect((await walk([...bodies, more])).faults).toMatchObject({
      first: { kind: "REWRITTEN", position: 12 },
      more: 0,
    });
    const altered = bodies.with(11, changed(bodies[11] ?? "", { data: { seq: 99 } }));
    expect((await walk(altered)).faults.first).toMatchObject({ kind: "REWRITTEN" });
    expect((await walk(bodies.with(4, "\u0000"))).faults.first).toMatchObject({
      kind: "ALTERED",
      position: 4,
    });
  });

  it("is compared with checkpoints from elsewhere too, and tells how far it is", async () => {
    const half = { size: 6, root: tree.leaf("another history") };
    expect((await walk(bodies, [half])).faults.first).toMatchObject({ kind: "REWRITTEN" });
    const seen: number[] = [];
    const many = async function* () {
      for (let seq = 0; seq < 2300; seq++) yield Buffer.from("{}");
    };
    await verifyExport(many(), checkpoint, { onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([1000, 2000, 2300]);
  });
});
