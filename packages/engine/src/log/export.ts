/**
 * @module export — a log as text that is readable and verifiable for ever: `events.jsonl` holds the exact
 * bytes of event n in line n, `checkpoint` is the signed note over all of them.
 */
import type { RawEvent } from "../ports/event-store.ts";
import { toBase64, treeHashOf } from "../proof/hash.ts";
import type { Checkpoint } from "../proof/checkpoint.ts";
import type { Faults } from "./faults.ts";
import { withFault } from "./faults.ts";
import { clauses } from "./fault-clauses.ts";
import { besideIn } from "./sealed-in.ts";
import { readStrictly, textOf } from "./strict-envelope.ts";
import type { LogVerifier, VerificationOptions, VerificationReport } from "./verify.ts";
import { createLogVerifier } from "./verify.ts";

/** Lines of an export that are verified at a time. */
const pageSize = 1000;

/**
 * Walks the lines of an export as `verifyLog` walks a store, and compares with the checkpoint beside it.
 * What only a store has, columns, stored leaves and nodes, is not among the steps taken.
 * @param lines the bytes of each line without its line feed
 */
export const verifyExport = async (
  lines: AsyncIterable<Uint8Array>,
  checkpoint: Checkpoint,
  options: Omit<VerificationOptions, "origin">,
): Promise<VerificationReport> => {
  const { origin, size, root } = checkpoint;
  const known = [...(options.known ?? []), { size, root }];
  const verifier = createLogVerifier({ ...options, origin, known });
  const tree = treeHashOf(origin);
  let page: RawEvent[] = [];
  let seq = 0;
  const flush = (): void => {
    verifier.add(page);
    page = [];
    options.onProgress?.(verifier.size());
  };
  for await (const body of lines) {
    page.push(rawEvent(body, seq, tree.leaf(body)));
    seq += 1;
    if (page.length === pageSize) flush();
  }
  flush();
  const report = verifier.report();
  const { columns: _columns, nodes: _nodes, leaf: _leaf, ...checked } = report.checked;
  return { ...report, checked, faults: withSurplus(report.faults, verifier, checkpoint) };
};

/** A line as a row of a store whose columns say what its body says. */
const rawEvent = (body: Uint8Array, seq: number, leaf: Uint8Array): RawEvent => {
  const text = textOf(body);
  const envelope = text === undefined ? undefined : readStrictly(text);
  const { case: caseId = null, caseSeq = null, type = "", at: recordedAt = "" } = envelope ?? {};
  return { seq, body, leaf, columns: { caseId, caseSeq, type, recordedAt } };
};

/** Lines behind the checkpoint are covered by nothing. */
const withSurplus = (
  faults: Faults,
  verifier: Pick<LogVerifier, "size">,
  { size }: Checkpoint,
): Faults =>
  verifier.size() <= size
    ? faults
    : withFault(faults, { kind: "REWRITTEN", position: size, case: null, what: clauses.uncovered });

/** SHA-256 of the files that the body of an event names; none in what is no event. */
export const filesNamedIn = (body: string): readonly string[] => {
  const envelope = readStrictly(body);
  return envelope === undefined ? [] : besideIn(envelope.data).files.map(({ sha256 }) => sha256);
};

/** The root of a checkpoint as reports print it. */
export const shortRoot = (root: Uint8Array): string => toBase64(root).slice(0, 12);
