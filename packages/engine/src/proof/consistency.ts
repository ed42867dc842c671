/**
 * @module consistency — that a tree is the beginning of a later one: nothing in it was changed, taken
 * out or moved (RFC 6962 section 2.1.2; checked as RFC 9162 section 2.1.4.2 has it).
 */
import type { TreeHash } from "./hash.ts";
import { isSameHash } from "./hash.ts";
import { areHashes } from "./inclusion.ts";
import type { NodeReader } from "./subtrees.ts";
import { consistencyRanges, rootsOf } from "./subtrees.ts";

/** The size and the root of a tree. */
export type TreeHead = Readonly<{ size: number; root: Uint8Array }>;

/**
 * The proof that the tree of `older` leaves is the beginning of that of `size`; empty when `older` is 0
 * or both are the same.
 * @throws RangeError when `older` is not between 0 and `size`
 */
export const proveConsistency = async (
  older: number,
  size: number,
  read: NodeReader,
  tree: TreeHash,
): Promise<readonly Uint8Array[]> => {
  if (!(older >= 0 && older <= size)) throw new RangeError(`no tree of ${older} within ${size}`);
  return rootsOf(consistencyRanges(older, size), read, tree);
};

/** Whether a proof shows the older tree to be the beginning of the newer one. */
export const showsConsistency = (
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Uint8Array[],
  tree: TreeHash,
): boolean => {
  if (!isSize(older.size) || !isSize(newer.size) || older.size > newer.size) return false;
  if (!areHashes([older.root, newer.root, ...proof])) return false;
  if (older.size === 0) return proof.length === 0 && isSameHash(older.root, tree.empty());
  if (older.size === newer.size) return proof.length === 0 && isSameHash(older.root, newer.root);
  return leadsToBoth(older, newer, proof, tree);
};

const leadsToBoth = (
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Uint8Array[],
  tree: TreeHash,
): boolean => {
  let place = older.size - 1;
  let last = newer.size - 1;
  // the subtrees that the older tree closes on its right edge
  while (place % 2 === 1) {
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  const [first, ...rest] = place === 0 ? [older.root, ...proof] : proof;
  if (first === undefined) return false;
  let olderHash = first;
  let newerHash = first;
  for (const beside of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      olderHash = tree.node(beside, olderHash);
      newerHash = tree.node(beside, newerHash);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newerHash = tree.node(newerHash, beside);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isSameHash(olderHash, older.root) && isSameHash(newerHash, newer.root);
};

const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;
