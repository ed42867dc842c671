/**
 * @module log-head — the end of the log as the next append must know it: size, last record, tree frontier.
 *
 * It is remembered between appends and compared with the last row inside every transaction, because
 * other processes append too.
 */
import type { Frontier } from "@wuding/engine";
import { emptyFrontier, loadFrontier } from "@wuding/engine";
import type { Connection } from "./connection.ts";
import { altered } from "./faults.ts";
import { statement } from "./statement.ts";
import { leafAt, treeNode } from "./tree-nodes.ts";

export type LogHead = Readonly<{
  /** Number of events; the next one's position. */
  size: number;
  /** Instant of the last event, null in an empty log. */
  recordedAt: string | null;
  /** Leaf hash of the last event, null in an empty log. */
  leaf: Uint8Array | null;
  frontier: Frontier;
}>;

export const emptyHead: LogHead = {
  size: 0,
  recordedAt: null,
  leaf: null,
  frontier: emptyFrontier,
};

/**
 * The head as it is now, given the one remembered. Inside a transaction it stays true until the end.
 * @throws EngineError `INTEGRITY` when what was remembered is gone or has changed in the meantime
 */
export const currentHead = (connection: Connection, remembered: LogHead): LogHead => {
  const last = connection.get(lastEvent);
  const isSame =
    last === undefined
      ? remembered.size === 0
      : last.seq === remembered.size - 1 && sameBytes(last.leaf, remembered.leaf);
  if (isSame) return remembered;
  assertContinues(connection, remembered);
  // Only an empty log has no last event, and that one cannot have lost any.
  if (last === undefined) return emptyHead;
  const size = last.seq + 1;
  const frontier = loadFrontier(size, (place) => treeNode(connection, place));
  return { size, recordedAt: last.recorded_at, leaf: last.leaf, frontier };
};

const truncated = { zh: "已记录的内容缺失", en: "what had been recorded is gone" };
const rewritten = { zh: "已记录的内容被改写", en: "what had been recorded has been rewritten" };

const assertContinues = (connection: Connection, remembered: LogHead): void => {
  if (remembered.size === 0) return;
  const position = remembered.size - 1;
  const found = connection.get(leafAt, { seq: position });
  if (found === undefined) throw altered("TRUNCATED", truncated, position);
  if (!sameBytes(found.hash, remembered.leaf)) throw altered("REWRITTEN", rewritten, position);
};

const sameBytes = (one: Uint8Array, other: Uint8Array | null): boolean =>
  other !== null && Buffer.compare(one, other) === 0;

const lastEvent = statement("lastEvent", ({ tables, sql }) =>
  tables
    .selectFrom("event")
    .select(["seq", "leaf", "recorded_at"])
    .orderBy("seq", "desc")
    .limit(sql.lit(1)),
);
