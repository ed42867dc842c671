/** @module tree-nodes — stored nodes of the hash tree by their places. */
import type { NodePlace } from "@wuding/engine";
import type { Connection } from "./connection.ts";
import { altered } from "./faults.ts";
import { statement } from "./statement.ts";
import { asBytes } from "./typed-row.ts";

/**
 * A node over a perfect subtree; of level 0 it is the event's leaf.
 * @throws EngineError `INTEGRITY` when it is not there
 */
export const treeNode = (connection: Connection, { level, idx }: NodePlace): Uint8Array => {
  const found =
    level === 0 ? connection.get(leafAt, { seq: idx }) : connection.get(nodeAt, { level, idx });
  if (found === undefined) throw altered("ALTERED", missingNode, level === 0 ? idx : null);
  return asBytes(found.hash);
};

const missingNode = { zh: "哈希树缺少节点", en: "a node of the hash tree is missing" };

export const leafAt = statement("leafAt", ({ tables }, given: { seq: number }) =>
  tables.selectFrom("event").select("leaf as hash").where("seq", "=", given.seq),
);

const nodeAt = statement("nodeAt", ({ tables }, given: { level: number; idx: number }) =>
  tables
    .selectFrom("node")
    .select("hash")
    .where("level", "=", given.level)
    .where("idx", "=", given.idx),
);
