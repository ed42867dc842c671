/**
 * @module every-bit.test — an export, the proof of a case and a checkpoint are text without slack: not one
 * bit of them can be turned over unseen.
 *
 * Of the longer files some bits run with the other tests, every bit with `WUDING_FLIPS=1 npx vitest run every-bit`.
 */
import type { Checkpoint, Policy } from "@wuding/engine/proof";
import { cosign, ed25519Signer, openCheckpoint, signCheckpoint, toHex } from "@wuding/engine/proof";
import { isEngineError, openCaseBundle, verifyExport } from "@wuding/engine";
import { beforeAll, describe, expect, it } from "vitest";
import * as given from "../../packages/engine/test/given.ts";
import { testPolicy, testSigner } from "./given-log.ts";

const witness = ed25519Signer("witness.invalid/w1", "witness", Buffer.alloc(32, "TEST ONLY w"));
/** Demands the witness's line too: then every line of a note is of somebody known. */
const policy: Policy = {
  ...testPolicy,
  witnesses: [witness.key],
  quorum: (cosigned) => cosigned.has(toHex(witness.key.publicKey)),
};

/** Eleven has no factor in common with the eight bits of a byte: each of them gets its turn. */
const step = process.env["WUDING_FLIPS"] === undefined ? 11 : 1;
const minutes = 60_000;

let note: string;
let lines: readonly Buffer[];
let bundle: Readonly<{ events: Buffer; proof: string }>;
beforeAll(async () => {
  const made = await given.bookWith(
    given.receive(),
    given.assign(),
    given.receive({ number: "7" }),
    given.contact(),
    given.answer(),
  );
  const proving = await made.book.proving();
  const head: Checkpoint = await proving.head();
  const signed = await signCheckpoint(head, testSigner);
  const text = signed.slice(0, signed.indexOf("\n\n") + 1);
  note = signed + (await cosign(text, 1_640_000_000, witness));
  const exported: Buffer[] = [];
  await proving.export(head.size, {
    events: (bodies) => {
      exported.push(...bodies.map((body) => Buffer.from(body)));
    },
    file: () => undefined,
  });
  lines = exported;
  const { events, proof } = await proving.proveCase(given.caseId, note);
  bundle = { events: Buffer.from(events), proof };
});

/** The bytes with one bit after the other turned over, or with each n-th. */
function* turnedOver(
  bytes: Uint8Array,
  every: number,
): Generator<Readonly<{ flipped: Buffer; bit: number }>> {
  for (let bit = 0; bit < bytes.length * 8; bit += every) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    yield { flipped, bit };
  }
}

/** As files are read: what is no UTF-8 becomes U+FFFD. */
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The bits that some reading accepts turned over. */
const acceptedOf = (
  bytes: Uint8Array,
  open: (flipped: Buffer) => unknown,
  every = step,
): number[] => {
  const accepted: number[] = [];
  for (const { flipped, bit } of turnedOver(bytes, every)) {
    try {
      open(flipped);
      accepted.push(bit);
    } catch (error) {
      if (!isEngineError(error, "UNPROVEN")) throw error;
    }
  }
  return accepted;
};

const exportOf = (bytes: Uint8Array) => {
  const ended = Buffer.from(bytes);
  const split: Uint8Array[] = [];
  let start = 0;
  for (let end = ended.indexOf(10); end >= 0; end = ended.indexOf(10, start)) {
    split.push(ended.subarray(start, end));
    start = end + 1;
  }
  if (start < ended.length) split.push(ended.subarray(start));
  return (async function* () {
    yield* split;
  })();
};

describe("one bit turned over", () => {
  it("what nobody touched is accepted", async () => {
    const checkpoint = openCheckpoint(note, policy);
    expect(checkpoint.cosignatures).toHaveLength(1);
    expect(openCaseBundle(bundle.events, bundle.proof, policy).case).toBe(given.caseId);
    const whole = Buffer.concat(lines.flatMap((line) => [line, Buffer.of(10)]));
    const { faults, size } = await verifyExport(exportOf(whole), checkpoint, {});
    expect({ faults, size }).toEqual({ faults: { first: null, more: 0 }, size: lines.length });
  });

  it("no checkpoint is accepted", () => {
    expect(
      acceptedOf(Buffer.from(note), (bits) => openCheckpoint(decoded(bits), policy), 1),
    ).toEqual([]);
  });

  it(
    "no proof of a case is accepted",
    () => {
      const { events, proof } = bundle;
      expect(acceptedOf(events, (bits) => openCaseBundle(bits, proof, policy))).toEqual([]);
      expect(
        acceptedOf(Buffer.from(proof), (bits) => openCaseBundle(events, decoded(bits), policy)),
      ).toEqual([]);
    },
    10 * minutes,
  );

  it(
    "no export is in order",
    async () => {
      const checkpoint = openCheckpoint(note, policy);
      const whole = Buffer.concat(lines.flatMap((line) => [line, Buffer.of(10)]));
      const accepted: number[] = [];
      for (const { flipped, bit } of turnedOver(whole, step)) {
        const { faults } = await verifyExport(exportOf(flipped), checkpoint, {});
        if (faults.first === null) accepted.push(bit);
      }
      expect(accepted).toEqual([]);
    },
    10 * minutes,
  );
});
