/**
 * @module verify — walks a log from its first byte and trusts nothing that is stored beside it.
 *
 * For each event in order: its leaf is H(0x00 ‖ body); the body is the canonical form of what it says,
 * with exactly the members of `envelope.ts`; it stands where it says; the columns say the same; it
 * follows its case's previous event; it was not recorded before the one in front of it, unless it is the
 * `ClockAdjusted` of two persons that says why. Each leaf then
 * joins the tree, whose finished nodes must be the stored ones, and whose root must be the known one
 * wherever a root was kept outside. Memory holds the frontier and, packed, the last number and leaf of each case.
 */
import type { CaseId } from "../case/case-id.ts";
import type { Label } from "../case/terms.ts";
import type { EventStore, RawEvent, RecordedEvent } from "../ports/event-store.ts";
import { isSameHash, toBase64, treeHashOf } from "../proof/hash.ts";
import type { TreeNode } from "../proof/tree.ts";
import { appendLeaf, emptyFrontier, rootOf } from "../proof/tree.ts";
import { createCaseHeads } from "./case-heads.ts";
import type { Envelope } from "./envelope.ts";
import { recordedEvent } from "./envelope.ts";
import { clauses } from "./fault-clauses.ts";
import type { FaultKind, Faults } from "./faults.ts";
import { noFaults, withFault } from "./faults.ts";
import { dateOf, shanghaiDate } from "../time/occurred-on.ts";
import { clockLagMaxMs, takesTimeBack } from "./recorded-at.ts";
import { differingColumn, readStrictly, textOf } from "./strict-envelope.ts";

/** What the walk looks at, in the order in which one event passes it. */
export const verificationSteps = {
  form: { zh: "内容是否为规范形式", en: "canonical form of the bodies" },
  leaf: { zh: "叶哈希是否与内容相符", en: "leaf hashes against the stored bytes" },
  place: { zh: "位置是否连续", en: "positions without a gap" },
  columns: { zh: "索引列是否与内容相符", en: "columns against the bodies" },
  chain: { zh: "每件的记录是否首尾相接", en: "the chain of each case" },
  time: { zh: "记录时间先后是否有序", en: "the order of recording times" },
  nodes: { zh: "树节点是否与记录相符", en: "stored tree nodes against recomputed ones" },
  roots: { zh: "是否与检查点的根哈希相符", en: "roots of checkpoints" },
} as const satisfies Record<string, Label>;
export type VerificationStep = keyof typeof verificationSteps;

/** A size of the log and the root it had then, kept where nobody in the office can change it. */
export type KnownRoot = Readonly<{ size: number; root: Uint8Array }>;

export type VerificationOptions = Readonly<{
  /** The log's name from the verifier's own configuration, never from the log itself. */
  origin: string;
  known?: readonly KnownRoot[];
  /** Told after each page how many events have been walked. */
  onProgress?: (done: number) => void;
  /** Sees each readable event once, in order, so that a replay need not read the log again. */
  onEvent?: (event: RecordedEvent) => void;
  /** Called after each page of events, and told whether anything has been found wrong by then. */
  afterPage?: (hasFaults: boolean) => Promise<void>;
}>;

/** What a walk found. `checked` says how much each step looked at; a step not taken is missing. */
export type VerificationReport = Readonly<{
  /** Events that are there. */
  size: number;
  /** Recomputed root, standard base64 as in a checkpoint. */
  root: string;
  faults: Faults;
  checked: Readonly<Partial<Record<VerificationStep, number>>>;
}>;

/** The walk, fed page by page. */
export interface LogVerifier {
  /** Takes the next events and gives the tree nodes (level 1 and above) that they complete. */
  add(page: readonly RawEvent[]): readonly TreeNode[];
  /** Compares recomputed nodes with the stored ones of the same places, in the same order. */
  compareNodes(computed: readonly TreeNode[], stored: readonly Uint8Array[]): void;
  /** Notes a proof that the log was longer than what is there now. */
  noteTruncation(): void;
  /** Events taken so far. */
  size(): number;
  hasFaults(): boolean;
  /** What was found; the last call. */
  report(): VerificationReport;
}

/** Walks a whole log through its store; `pageSize` events are in memory at a time. */
export const verifyLog = async (
  store: Pick<EventStore, "readRaw" | "readNodes">,
  { pageSize = 1000, ...options }: VerificationOptions & Readonly<{ pageSize?: number }>,
): Promise<VerificationReport> => {
  const verifier = createLogVerifier(options);
  let after = -1;
  for (;;) {
    let page = await store.readRaw({ after, limit: pageSize });
    if (page.length === 0) {
      if (!(await hasNodesBeyond(store, verifier.size()))) break;
      // Somebody may have appended since: an event that came with its nodes is there by now.
      page = await store.readRaw({ after, limit: pageSize });
      if (page.length === 0) {
        if (!verifier.hasFaults()) verifier.noteTruncation();
        break;
      }
    }
    after = (page.at(-1) as RawEvent).seq;
    const completed = verifier.add(page);
    options.onProgress?.(verifier.size());
    await options.afterPage?.(verifier.hasFaults());
    // Behind a fault every node differs, which would only bury the fault.
    if (verifier.hasFaults()) continue;
    for (const computed of byLevel(completed)) {
      const { level, idx } = computed[0] as TreeNode;
      const stored = await store.readNodes(level, { after: idx - 1, limit: computed.length });
      verifier.compareNodes(computed, stored);
    }
  }
  return verifier.report();
};

/** Completed nodes as runs of neighbours, one for each level. */
const byLevel = (nodes: readonly TreeNode[]): readonly (readonly TreeNode[])[] => {
  const levels: TreeNode[][] = [];
  for (const node of nodes) (levels[node.level] ??= []).push(node);
  return levels.filter((run) => run !== undefined);
};

/** Whether nodes are stored that a tree of this size does not have yet. */
const hasNodesBeyond = async (
  store: Pick<EventStore, "readNodes">,
  size: number,
): Promise<boolean> => {
  for (let level = 1, width = size; width > 0 || level === 1; level++) {
    width = Math.floor(width / 2);
    if ((await store.readNodes(level, { after: width - 1, limit: 1 })).length > 0) return true;
  }
  return false;
};

/** A walk that has taken nothing yet. */
export const createLogVerifier = (options: VerificationOptions): LogVerifier => {
  const known = (options.known ?? []).toSorted((one, other) => one.size - other.size);
  const tree = treeHashOf(options.origin);
  const heads = createCaseHeads();
  let frontier = emptyFrontier;
  let faults = noFaults;
  let expectedSeq = 0;
  let lastAt = "";
  let rootsCompared = 0;
  let nodesCompared = 0;
  let firstTooEarly: number | undefined;
  let isAnyTooLate = false;

  const fault = (
    kind: FaultKind,
    position: number | null,
    caseId: CaseId | null,
    what: Label,
  ): void => {
    faults = withFault(faults, { kind, position, case: caseId, what });
  };

  const compareRoots = (): void => {
    for (; known[rootsCompared]?.size === frontier.size; rootsCompared++) {
      const { size, root } = known[rootsCompared] as KnownRoot;
      if (!isSameHash(root, rootOf(frontier, tree))) {
        fault("REWRITTEN", null, null, clauses.rewritten(size));
      }
    }
  };

  const checkPlace = (raw: RawEvent, envelope: Envelope): void => {
    if (raw.seq > expectedSeq) {
      fault("MISSING", expectedSeq, null, clauses.absent);
    } else if (raw.seq < expectedSeq) {
      fault("REORDERED", raw.seq, envelope.case, clauses.again);
    } else if (envelope.seq > raw.seq) {
      firstTooEarly ??= raw.seq;
      fault("MISSING", raw.seq, envelope.case, clauses.stands(envelope.seq));
    } else if (envelope.seq < raw.seq) {
      isAnyTooLate = true;
      fault("REORDERED", raw.seq, envelope.case, clauses.stands(envelope.seq));
    }
  };

  const checkChain = (raw: RawEvent, envelope: Envelope, leaf: Uint8Array): void => {
    const { case: id, caseSeq, prev } = envelope;
    if (id === null || caseSeq === null) {
      if (id !== null || caseSeq !== null || prev !== null) {
        fault("ALTERED", raw.seq, id, clauses.unnumbered);
      }
      return;
    }
    const expected = heads.numberOf(id) + 1;
    if (caseSeq !== expected) {
      const kind = caseSeq > expected ? "MISSING" : "REORDERED";
      fault(kind, raw.seq, id, clauses.numbered(caseSeq, expected));
    } else if (prev !== heads.leafOf(id)) {
      fault("ALTERED", raw.seq, id, clauses.unchained);
    }
    heads.set(id, caseSeq, leaf);
  };

  const checkTime = (raw: RawEvent, envelope: Envelope): void => {
    if (envelope.at < lastAt && !takesTimeBack(envelope, lastAt)) {
      fault("ALTERED", raw.seq, envelope.case, clauses.backwards(envelope.at, lastAt));
    } else {
      lastAt = envelope.at;
    }
    // Most facts are no newer than the day in Greenwich, which needs no reckoning. Otherwise the clock may
    // have been set back a little between the decision and the record.
    const isPast = envelope.on.length === 10 && envelope.on <= envelope.at.slice(0, 10);
    if (!isPast && dateOf(envelope.on) > shanghaiDate(Date.parse(envelope.at) + clockLagMaxMs)) {
      fault("ALTERED", raw.seq, envelope.case, clauses.ahead(envelope.on, envelope.at));
    }
  };

  /** Checks one event and gives the leaf that its bytes really have. */
  const checkEvent = (raw: RawEvent): Uint8Array => {
    const text = textOf(raw.body);
    const envelope = text === undefined ? undefined : readStrictly(text);
    if (text === undefined || envelope === undefined) {
      fault("ALTERED", raw.seq, raw.columns.caseId, clauses.malformed);
      return tree.leaf(raw.body);
    }
    const leaf = tree.leaf(text);
    const id = envelope.case;
    if (!isSameHash(leaf, raw.leaf)) fault("ALTERED", raw.seq, id, clauses.otherHash);
    if (envelope.log !== options.origin) fault("ALTERED", raw.seq, id, clauses.otherLog);
    checkPlace(raw, envelope);
    const column = differingColumn(raw, envelope);
    if (column !== undefined) fault("ALTERED", raw.seq, id, clauses.otherColumn(column));
    checkChain(raw, envelope, leaf);
    checkTime(raw, envelope);
    options.onEvent?.(recordedEvent(envelope, leaf));
    return leaf;
  };

  const noteTruncation = (): void => fault("TRUNCATED", frontier.size, null, clauses.cutOff);

  /** An event found too early means a missing one, unless another turns up too late: then they moved. */
  const settledFaults = (): Faults =>
    isAnyTooLate && faults.first !== null && faults.first.position === firstTooEarly
      ? { ...faults, first: { ...faults.first, kind: "REORDERED" } }
      : faults;

  return {
    add: (page) => {
      const completed: TreeNode[] = [];
      for (const raw of page) {
        compareRoots();
        const next = appendLeaf(frontier, checkEvent(raw), tree);
        expectedSeq = raw.seq + 1;
        frontier = next.frontier;
        completed.push(...next.nodes);
      }
      return completed;
    },
    compareNodes: (computed, stored) => {
      nodesCompared += computed.length;
      for (const [place, node] of computed.entries()) {
        const kept = stored[place];
        if (kept === undefined || !isSameHash(kept, node.hash)) {
          fault("ALTERED", null, null, clauses.otherNode(node));
        }
      }
    },
    noteTruncation,
    size: () => frontier.size,
    hasFaults: () => faults.first !== null,
    report: () => {
      compareRoots();
      if (rootsCompared < known.length) noteTruncation();
      const { size } = frontier;
      return {
        size,
        root: toBase64(rootOf(frontier, tree)),
        faults: settledFaults(),
        checked: {
          form: size,
          leaf: size,
          place: size,
          columns: size,
          chain: heads.count(),
          time: size,
          ...(nodesCompared > 0 && { nodes: nodesCompared }),
          ...(rootsCompared > 0 && { roots: rootsCompared }),
        },
      };
    },
  };
};
