/**
 * @module proof.test — everything that a verifier is handed, altered: what is accepted after that says the
 * same as before, to the byte.
 */
import type { CaseBundle } from "@wuding/engine";
import { openCaseBundle, verifyExport } from "@wuding/engine";
import type { Policy, TreeHead } from "@wuding/engine/proof";
import {
  checkpointText,
  cosign,
  ed25519Signer,
  judgeWitnessRequest,
  openCheckpoint,
  readCheckpoint,
  readPolicy,
  readPrivateKey,
  readVerifierKey,
  signCheckpoint,
  writePolicy,
  writePrivateKey,
  writeVerifierKey,
} from "@wuding/engine/proof";
import { beforeAll, it } from "vitest";
import * as given from "../../../packages/engine/test/given.ts";
import type { Dice } from "../frame.ts";
import type { Answer } from "./boundary.ts";
import { accepted, besiege, broken } from "./boundary.ts";
import { mutatedBytes, mutatedText, mutatedValue, once, oneOf } from "./hostile.ts";

const seedOf = (name: string): Buffer => Buffer.alloc(32, `TEST ONLY ${name}`);
const log = ed25519Signer("office.invalid/log", "log", seedOf("log"));
const other = ed25519Signer("other.invalid/log", "log", seedOf("other"));
const witness = ed25519Signer("witness.invalid/w1", "witness", seedOf("w1"));

/** What an office hands out of a casebook with four cases. */
type Handed = Readonly<{
  note: string;
  line: string;
  pin: string;
  policy: Policy;
  bundle: CaseBundle;
  request: string;
  older: TreeHead;
  lines: readonly Buffer[];
  keep(line: string): Promise<number>;
}>;

let handed: Handed;
beforeAll(async () => {
  const { book } = await given.bookWith(
    ...given.handled,
    ...["1", "2", "3"].flatMap((number) => [
      given.receive({ number }),
      given.assign({ case: `cppcc/15-5/${number}` }),
    ]),
  );
  const proving = await book.proving();
  await proving.adoptKey(log.key);
  await proving.adoptKey(witness.key);
  const first = await proving.checkpoint(log);
  const older = readCheckpoint(first.note);
  await proving.keepCosignature(await cosign(checkpointText(older), 1_640_000_000, witness));
  await book.executeGiven(given.receive({ number: "9" }));
  await proving.checkpoint(log);
  const head = await proving.head();
  const line = await cosign(checkpointText(head), 1_640_000_100, witness);
  const request = await proving.witnessRequest(witness.key);
  await proving.keepCosignature(line);
  const note = `${await signCheckpoint(head, log)}${line}`;
  const lines: Buffer[] = [];
  await proving.export(head.size, {
    events: (bodies) => {
      lines.push(...bodies.map((body) => Buffer.from(body)));
    },
    file: () => undefined,
  });
  const pin = writePolicy([log.key], [witness.key], 1);
  handed = {
    note,
    line,
    pin,
    policy: readPolicy(pin, "pin"),
    bundle: await proving.proveCase(given.caseId, note),
    request,
    older,
    lines,
    keep: (one) => proving.keepCosignature(one),
  };
  if (lines.length !== head.size) throw new Error(`${lines.length} lines exported`);
});

/** Mostly one character of base64 or of a number is exchanged; else anything. */
const mutatedProof = (dice: Dice, text: string): string => {
  if (once(dice, 3)) return mutatedText(dice, text);
  const at = dice(text.length);
  const others = Array.from("ABCabc019+/=-— \n\r\t\u00A0log");
  switch (dice(5)) {
    case 0:
      return text.slice(0, at) + oneOf(dice, others) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    case 2: {
      const lines = text.split("\n");
      const line = oneOf(dice, lines);
      lines.splice(dice(lines.length + 1), 0, line);
      return lines.join("\n");
    }
    default:
      return text.slice(0, at) + oneOf(dice, others) + text.slice(at + 1);
  }
};

/** Nothing is proven where the answer is a refusal; what is accepted must be as it was. */
const asBefore = (found: unknown, before: unknown): Answer =>
  found === before ? accepted : broken(`accepted with another meaning: ${JSON.stringify(found)}`);

it("an altered checkpoint is refused, or says what the signed one said", () =>
  besiege({
    name: "checkpoint",
    count: 4000,
    make: (dice) => mutatedProof(dice, handed.note),
    put: (note) =>
      asBefore(
        checkpointText(openCheckpoint(note, handed.policy)),
        checkpointText(readCheckpoint(handed.note)),
      ),
  }));

it("an altered bundle of a case is refused, or proves the same events", () =>
  besiege<Readonly<{ events: Buffer; proof: string }>>({
    name: "bundle of a case",
    count: 3000,
    make: (dice) => {
      const { events, proof } = handed.bundle;
      const which = dice(3);
      return {
        events: which === 0 ? Buffer.from(events) : changedLines(dice, events),
        proof: which === 1 ? proof : mutatedProof(dice, proof),
      };
    },
    put: ({ events, proof }) => {
      const proven = openCaseBundle(events, proof, handed.policy);
      if (checkpointText(proven.checkpoint) !== checkpointText(readCheckpoint(handed.note))) {
        return broken("another checkpoint");
      }
      return asBefore(events.toString("utf8"), handed.bundle.events);
    },
  }));

/** JSON lines with a member of one of them, their order or their bytes altered. */
const changedLines = (dice: Dice, text: string): Buffer => {
  if (once(dice, 3)) return mutatedBytes(dice, Buffer.from(text));
  const lines = text.slice(0, -1).split("\n");
  const at = dice(lines.length);
  lines[at] = JSON.stringify(mutatedValue(dice, JSON.parse(lines[at] as string)));
  return Buffer.from(`${lines.join("\n")}\n`);
};

it("an altered export is found out, or has the same bytes", () =>
  besiege({
    name: "export",
    count: 1500,
    make: (dice) =>
      changedLines(dice, handed.lines.map((line) => `${line.toString("utf8")}\n`).join("")),
    put: async (bytes) => {
      const lines = splitLines(bytes);
      const stream = (async function* () {
        yield* lines;
      })();
      const { faults } = await verifyExport(stream, readCheckpoint(handed.note), {});
      if (faults.first !== null) return { refused: faults.first.kind };
      const isSame =
        lines.length === handed.lines.length &&
        lines.every((line, at) => line.equals(handed.lines[at] as Buffer));
      return isSame ? accepted : broken("no fault found");
    },
  }));

const splitLines = (bytes: Buffer): readonly Buffer[] => {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
};

it("a witness cosigns nothing but the continuation of what it saw", () =>
  besiege({
    name: "witness request",
    count: 2000,
    make: (dice) => mutatedProof(dice, handed.request),
    put: (request) => {
      const { text } = judgeWitnessRequest(request, handed.policy, () => handed.older);
      return asBefore(text, checkpointText(readCheckpoint(handed.note)));
    },
  }));

it("an altered cosignature is not kept", () =>
  besiege({
    name: "cosignature",
    count: 1500,
    make: (dice) => mutatedProof(dice, handed.line),
    put: async (line) => {
      await handed.keep(line);
      return asBefore(line.trimEnd(), handed.line.trimEnd());
    },
  }));

it("an altered key is no key", () =>
  besiege<Readonly<{ text: string; isPrivate: boolean }>>({
    name: "keys",
    count: 4000,
    make: (dice) => {
      const isPrivate = once(dice, 2);
      const text = isPrivate
        ? writePrivateKey(log.key, seedOf("log"))
        : writeVerifierKey(oneOf(dice, [log.key, witness.key]));
      return { text: mutatedProof(dice, text), isPrivate };
    },
    put: ({ text, isPrivate }) => {
      if (isPrivate) {
        const signer = readPrivateKey(text);
        if (signer === undefined) return { refused: "no key" };
        return asBefore(writeVerifierKey(signer.key), writeVerifierKey(log.key));
      }
      const key = readVerifierKey(text);
      if (key === undefined) return { refused: "no key" };
      const written = writeVerifierKey(key);
      const isKnown = [log.key, witness.key].some((one) => writeVerifierKey(one) === written);
      return isKnown && written === text ? accepted : broken(`accepted as ${written}`);
    },
  }));

it("an altered pin file is refused, or accepts a checkpoint by the key of its log alone", () =>
  besiege({
    name: "pin file",
    count: 3000,
    make: (dice) => {
      const several = writePolicy([log.key, other.key], [witness.key], dice(2));
      return mutatedProof(dice, once(dice, 2) ? several : handed.pin);
    },
    put: (pin) => {
      const policy = readPolicy(pin, "pin");
      const isTrusted = policy.logs.some(
        (key) => writeVerifierKey(key) === writeVerifierKey(log.key),
      );
      const { root } = openCheckpoint(handed.note, policy);
      if (!isTrusted) return broken("a checkpoint of a log that is not trusted");
      return asBefore(
        Buffer.from(root).toString("hex"),
        Buffer.from(readCheckpoint(handed.note).root).toString("hex"),
      );
    },
  }));
