/** @module log-anchor — the size and root of the log, and its newest checkpoint, as documents carry them. */
import type { LogAnchor } from "@wuding/documents";
import type { Casebook } from "@wuding/engine";
import { shortRoot } from "@wuding/engine";

/** Read when a document is made. */
export const logAnchorOf = async (casebook: Casebook): Promise<LogAnchor> => {
  const proving = await casebook.proving();
  const { size, root } = await proving.head();
  const kept = await proving.newestCheckpoint();
  return { size, shortRoot: shortRoot(root), note: kept?.note ?? null };
};
