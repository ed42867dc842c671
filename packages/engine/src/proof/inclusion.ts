/**
 * @module inclusion — that an entry lies in a tree at an index: the hashes beside its way to the root,
 * from the leaf upwards, about log₂(size) of them (RFC 6962 section 2.1.1; checked as RFC 9162 section
 * 2.1.3.2 has it).
 */
import type { TreeHash } from "./hash.ts";
import { hashBytes, isSameHash } from "./hash.ts";
import type { NodeReader } from "./subtrees.ts";
import { inclusionRanges, rootsOf } from "./subtrees.ts";

/**
 * The proof for the leaf at `index` of a tree of `size` leaves.
 * @throws RangeError when there is no such leaf
 */
export const proveInclusion = async (
  index: number,
  size: number,
  read: NodeReader,
  tree: TreeHash,
): Promise<readonly Uint8Array[]> => {
  if (!isPlace(index, size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  return rootsOf(inclusionRanges(index, size), read, tree);
};

/** What is claimed: this leaf stands at this index of the tree with this size and root. */
export type InclusionClaim = Readonly<{
  leaf: Uint8Array;
  index: number;
  size: number;
  root: Uint8Array;
}>;

/** Whether a proof shows what is claimed. Every hash is used, and none is missing. */
export const showsInclusion = (
  { leaf, index, size, root }: InclusionClaim,
  proof: readonly Uint8Array[],
  tree: TreeHash,
): boolean => {
  if (!isPlace(index, size) || !areHashes([leaf, root, ...proof])) return false;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const beside of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = tree.node(beside, hash);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = tree.node(hash, beside);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isSameHash(hash, root);
};

const isPlace = (index: number, size: number): boolean =>
  Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;

/** Whether all are hashes by their length; shorter ones could be chosen to fit. */
export const areHashes = (given: readonly Uint8Array[]): boolean =>
  given.every(({ length }) => length === hashBytes);
