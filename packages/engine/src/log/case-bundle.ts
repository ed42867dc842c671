/**
 * @module case-bundle — everything that was recorded of one case, with the proof that it is so: `case.jsonl`
 * and `case.tlog-proof`.
 *
 * `case.jsonl` holds the exact bytes of the case's events in order, one a line. Each names the leaf of the
 * one before it, so the proof of the last one covers them all: these events, in this order, nothing
 * missing between the first and the last. That none came later it cannot say.
 */
import type { CaseId } from "../case/case-id.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { TrustedCheckpoint } from "../proof/checkpoint.ts";
import { toBase64, treeHashOf } from "../proof/hash.ts";
import type { Policy } from "../proof/policy.ts";
import { unproven } from "../proof/refusal.ts";
import { openTlogProof } from "../proof/tlog-proof.ts";
import { recordedEvent } from "./envelope.ts";
import { readStrictly, textOf } from "./strict-envelope.ts";

export type CaseBundle = Readonly<{
  /** Bodies of the case's events, each ended by a line feed. */
  events: string;
  /** A `c2sp.org/tlog-proof` of the last one. */
  proof: string;
}>;

export type ProvenCase = Readonly<{
  case: CaseId;
  events: readonly RecordedEvent[];
  checkpoint: TrustedCheckpoint;
}>;

/**
 * Checks a bundle with the verifier's own keys and nothing else.
 * @param bytes of `case.jsonl`
 * @throws EngineError `UNPROVEN` saying what fails, and in which line
 */
export const openCaseBundle = (bytes: Uint8Array, proof: string, policy: Policy): ProvenCase => {
  const text = textOf(bytes);
  if (text === undefined || !text.endsWith("\n")) throw cutOff();
  const bodies = text.slice(0, -1).split("\n");
  const checkpoint = openTlogProof(proof, bodies.at(-1) ?? "", policy);
  const { origin, index } = checkpoint;
  const tree = treeHashOf(origin);
  const events: RecordedEvent[] = [];
  let last: Readonly<{ leaf: string | null; seq: number; at: string }> = {
    leaf: null,
    seq: -1,
    at: "",
  };
  let id: CaseId | undefined;
  for (const [place, body] of bodies.entries()) {
    const envelope = readStrictly(body);
    const line = place + 1;
    if (envelope === undefined || envelope.log !== origin) throw noEvent(line);
    id ??= envelope.case ?? undefined;
    const { caseSeq, prev, seq, at } = envelope;
    const follows =
      id !== undefined &&
      envelope.case === id &&
      caseSeq === line &&
      prev === last.leaf &&
      seq > last.seq;
    if (!follows) throw broken(line);
    const leaf = tree.leaf(body);
    events.push(recordedEvent(envelope, leaf));
    last = { leaf: toBase64(leaf), seq, at };
  }
  if (last.seq !== index || id === undefined) throw broken(bodies.length);
  return { case: id, events, checkpoint };
};

const cutOff = () =>
  unproven({
    zh: "case.jsonl 不完整：不是以换行结尾的 UTF-8 文本",
    en: "case.jsonl is not whole: it is no UTF-8 text that ends with a line feed",
  });

const noEvent = (line: number) =>
  unproven({
    zh: `case.jsonl 第 ${line} 行不是该办件库的规范记录`,
    en: `line ${line} of case.jsonl is not an event of that log in canonical form`,
  });

const broken = (line: number) =>
  unproven({
    zh: `case.jsonl 第 ${line} 行与前后不相衔接：有记录被改动、抽去、增添或者调换`,
    en: `line ${line} of case.jsonl does not follow: an event was changed, taken out, added or moved`,
  });
