/**
 * @module tree — the RFC 6962 Merkle tree over the log, as its frontier: the roots of the perfect
 * subtrees that cover it, largest first, one for each bit that is set in its size.
 *
 *     size 7 = 4 + 2 + 1          level 2        o
 *                                 level 1    o       o     o
 *     frontier: (2,0) (1,2) (0,6) level 0  o   o   o   o  o  o  o
 *
 * A node is named by its level (0: leaves) and its index from the left; node (l, i) covers the leaves
 * from i·2^l up to (i+1)·2^l. Only nodes over perfect subtrees are ever stored: they never change.
 */
import type { TreeHash } from "./hash.ts";

/** Where a node stands: level from 0 (leaves), index from 0 within the level. */
export type NodePlace = Readonly<{ level: number; idx: number }>;

/** A node over a perfect subtree, with its 32 bytes. */
export type TreeNode = NodePlace & Readonly<{ hash: Uint8Array }>;

/** A tree of `size` leaves, as the roots of its perfect subtrees from left to right. */
export type Frontier = Readonly<{ size: number; roots: readonly Uint8Array[] }>;

/** The tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, roots: [] };

/**
 * The tree with one more leaf, and the nodes of level 1 and above that this leaf completes, lowest
 * first: none after an even number of leaves, one on average.
 */
export const appendLeaf = (
  frontier: Frontier,
  leaf: Uint8Array,
  tree: TreeHash,
): Readonly<{ frontier: Frontier; nodes: readonly TreeNode[] }> => {
  const roots = [...frontier.roots, leaf];
  const nodes: TreeNode[] = [];
  let level = 0;
  let idx = frontier.size;
  // Each trailing 1 bit of the old size is a subtree that the new one beside it completes.
  while (idx % 2 === 1) {
    const right = roots.pop() as Uint8Array;
    const left = roots.pop() as Uint8Array;
    const hash = tree.node(left, right);
    roots.push(hash);
    level += 1;
    idx = (idx - 1) / 2;
    nodes.push({ level, idx, hash });
  }
  return { frontier: { size: frontier.size + 1, roots }, nodes };
};

/** The root hash. */
export const rootOf = ({ roots }: Frontier, tree: TreeHash): Uint8Array => joined(roots, tree);

/** Subtrees from left to right as one, joined from the right: the tree leans left as RFC 6962 has it. */
export const joined = (roots: readonly Uint8Array[], tree: TreeHash): Uint8Array =>
  roots.length === 0 ? tree.empty() : roots.reduceRight((right, left) => tree.node(left, right));

/** Places of the subtrees that cover a tree of `size` leaves, from left to right. */
export const frontierPlaces = (size: number): readonly NodePlace[] => {
  const places: NodePlace[] = [];
  let level = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) {
    // The subtree of this bit begins after those of all higher bits: rest - 1 of its own size.
    if (rest % 2 === 1) places.unshift({ level, idx: rest - 1 });
    level += 1;
  }
  return places;
};

/** The frontier of a stored tree; `readNode` gives a stored node, for level 0 the leaf itself. */
export const loadFrontier = (
  size: number,
  readNode: (place: NodePlace) => Uint8Array,
): Frontier => ({ size, roots: frontierPlaces(size).map(readNode) });
