/** @module memory-log — the log as a value: what a store keeps about its events, and how one joins it. */
import type { CaseId } from "../case/case-id.ts";
import type { TreeHash } from "../proof/hash.ts";
import type { Frontier } from "../proof/tree.ts";
import { appendLeaf, emptyFrontier } from "../proof/tree.ts";
import type { PersonalValue } from "../ports/event-store.ts";

/** One event with the parts of its body that are looked up by. */
export type EventRow = Readonly<{
  body: string;
  leaf: Uint8Array;
  stream: CaseId | null;
  caseSeq: number | null;
  type: string;
  recordedAt: string;
}>;

/** A command and the positions that it recorded: from `first` up to, not including, `end`. */
export type CommandRow = Readonly<{ requestHash: string; first: number; end: number }>;

export type MemoryLog = {
  readonly events: EventRow[];
  /** Positions of each stream's events. */
  readonly streams: Map<CaseId | null, number[]>;
  readonly commands: Map<string, CommandRow>;
  /** Tree nodes by level and index; level 0, the leaves, stays empty. */
  readonly nodes: Uint8Array[][];
  frontier: Frontier;
  /** Signed notes by size, each followed by the lines of witnesses. */
  readonly checkpoints: Map<number, string[]>;
  readonly personal: Map<string, PersonalValue>;
  /** Bytes by SHA-256. */
  readonly files: Map<string, Uint8Array>;
};

export const emptyLog = (): MemoryLog => ({
  events: [],
  streams: new Map(),
  commands: new Map(),
  nodes: [],
  frontier: emptyFrontier,
  checkpoints: new Map(),
  personal: new Map(),
  files: new Map(),
});

/** A log that goes its own way from here on. */
export const copyOfLog = (log: MemoryLog): MemoryLog => ({
  events: [...log.events],
  streams: new Map([...log.streams].map(([stream, positions]) => [stream, [...positions]])),
  commands: new Map(log.commands),
  nodes: log.nodes.map((level) => [...level]),
  frontier: log.frontier,
  checkpoints: new Map([...log.checkpoints].map(([size, lines]) => [size, [...lines]])),
  personal: new Map(log.personal),
  files: new Map(log.files),
});

/** Puts one event at the end. */
export const joinEvent = (log: MemoryLog, event: EventRow, tree: TreeHash): void => {
  const positions = log.streams.get(event.stream);
  if (positions === undefined) log.streams.set(event.stream, [log.events.length]);
  else positions.push(log.events.length);
  log.events.push(event);
  const grown = appendLeaf(log.frontier, event.leaf, tree);
  log.frontier = grown.frontier;
  for (const { level, idx, hash } of grown.nodes) (log.nodes[level] ??= [])[idx] = hash;
};
