/**
 * @module subtrees — the subtrees whose roots make up a proof, as RFC 6962 section 2.1 splits a tree:
 * the largest power of two smaller than its size goes to the left.
 *
 * A range of leaves names a subtree. What is stored are nodes over perfect subtrees; a range at the
 * right edge of the tree is several of them, joined from the right.
 */
import type { TreeHash } from "./hash.ts";
import type { NodePlace } from "./tree.ts";
import { frontierPlaces, joined } from "./tree.ts";

/** The leaves from `start` up to, not including, `end`. */
type Range = Readonly<{ start: number; end: number }>;

/**
 * Fetches the hashes of nodes over perfect subtrees, in the order asked for; level 0 is a leaf.
 */
export type NodeReader = (places: readonly NodePlace[]) => Promise<readonly Uint8Array[]>;

/** The subtrees beside the way from a leaf to the root, from the leaf upwards: PATH(m, D[n]). */
export const inclusionRanges = (index: number, size: number): readonly Range[] => {
  const beside: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      beside.unshift({ start: middle, end });
      end = middle;
    } else {
      beside.unshift({ start, end: middle });
      start = middle;
    }
  }
  return beside;
};

/** The subtrees that show an older tree to be the beginning of a newer one: PROOF(m, D[n]). */
export const consistencyRanges = (older: number, size: number): readonly Range[] => {
  if (older === 0 || older === size) return [];
  const beside: Range[] = [];
  let start = 0;
  let end = size;
  // whoever has the older root need not be told it while it is a whole subtree
  let isOlderRoot = true;
  while (older < end) {
    const middle = start + splitOf(end - start);
    if (older <= middle) {
      beside.unshift({ start: middle, end });
      end = middle;
    } else {
      beside.unshift({ start, end: middle });
      start = middle;
      isOlderRoot = false;
    }
  }
  return isOlderRoot ? beside : [{ start, end }, ...beside];
};

/** The largest power of two smaller than a size of two or more. */
const splitOf = (size: number): number => {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
};

/** The perfect subtrees that a range consists of, from left to right. */
const placesOf = ({ start, end }: Range): readonly NodePlace[] =>
  frontierPlaces(end - start).map(({ level, idx }) => ({
    level,
    idx: idx + start / 2 ** level,
  }));

/** The roots of subtrees, fetched at once. */
export const rootsOf = async (
  ranges: readonly Range[],
  read: NodeReader,
  tree: TreeHash,
): Promise<readonly Uint8Array[]> => {
  const places = ranges.map(placesOf);
  const hashes = await read(places.flat());
  let taken = 0;
  return places.map(({ length }) => {
    taken += length;
    return joined(hashes.slice(taken - length, taken), tree);
  });
};

/** The root over the first `size` leaves. */
export const rootAt = async (
  size: number,
  read: NodeReader,
  tree: TreeHash,
): Promise<Uint8Array> => {
  const [root] = await rootsOf([{ start: 0, end: size }], read, tree);
  return root ?? tree.empty();
};
