/**
 * @module proofs.test — every inclusion and every consistency proof up to 200 leaves, with both hashes,
 * against the standard's own definition; and every altered proof refused.
 */
/* oxlint-disable vitest/no-conditional-expect -- the standard's own proofs are slow: some sizes are compared in full */
import { describe, expect, it } from "vitest";
import type { NodeReader, TreeHash } from "../../src/proof/index.ts";
import {
  proveConsistency,
  proveInclusion,
  rootAt,
  showsConsistency,
  showsInclusion,
} from "../../src/proof/index.ts";
import { sha256Tree, sm3Tree } from "../../src/proof/hash.ts";
import { appendLeaf, emptyFrontier } from "../../src/proof/tree.ts";
import { published } from "./published.ts";

const sizeMax = 200;
const entries = Array.from({ length: sizeMax }, (_, at) => Buffer.from(`第 ${at} 条`));

/** The stored nodes of a log of these entries, as a store gives them. */
const nodesOf = (tree: TreeHash): NodeReader => {
  const nodes = new Map<string, Uint8Array>();
  let frontier = emptyFrontier;
  for (const [idx, entry] of entries.entries()) {
    const leaf = tree.leaf(entry);
    nodes.set(`0,${idx}`, leaf);
    const grown = appendLeaf(frontier, leaf, tree);
    frontier = grown.frontier;
    for (const node of grown.nodes) nodes.set(`${node.level},${node.idx}`, node.hash);
  }
  return async (places) =>
    places.map(({ level, idx }) => {
      const node = nodes.get(`${level},${idx}`);
      if (node === undefined) throw new Error(`node ${level},${idx} is not stored`);
      return node;
    });
};

const flipped = (hash: Uint8Array, bit: number): Uint8Array =>
  hash.with(bit >> 3, (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7)));

/** Proofs that differ from a good one in one place. */
const alteredProofs = (proof: readonly Uint8Array[], bit: number): (readonly Uint8Array[])[] => [
  ...proof.map((hash, at) => proof.with(at, flipped(hash, bit))),
  ...proof.map((_, at) => proof.toSpliced(at, 1)),
  [...proof, new Uint8Array(32)],
  [new Uint8Array(32), ...proof],
  ...(proof.length > 0 ? [proof.with(0, (proof[0] as Uint8Array).subarray(1))] : []),
];

describe.each([
  ["SHA-256", sha256Tree],
  ["SM3", sm3Tree],
])("trees up to 200 leaves (%s)", (_, tree) => {
  const read = nodesOf(tree);
  const standard = published(tree.name);

  it("have the standard's roots", async () => {
    for (let size = 0; size <= sizeMax; size++) {
      expect(await rootAt(size, read, tree)).toEqual(standard.root(entries, size));
    }
  });

  it("every inclusion proof is the standard's, shows what it claims, and nothing else", async () => {
    let proofs = 0;
    let refused = 0;
    for (let size = 1; size <= sizeMax; size++) {
      const root = standard.root(entries, size);
      for (let index = 0; index < size; index++) {
        const proof = await proveInclusion(index, size, read, tree);
        expect(proof.length).toBe(standard.inclusion(index, entries, size).length);
        if (size % 8 === 0 || size < 40) {
          expect(proof).toEqual(standard.inclusion(index, entries, size));
        }
        const leaf = tree.leaf(entries[index] as Buffer);
        const claim = { leaf, index, size, root };
        if (!showsInclusion(claim, proof, tree)) throw new Error(`${index} of ${size}`);
        proofs++;
        if (size > 40 && (index * 7 + size) % 97 !== 0) continue;
        const bit = (index * 31 + size) % 256;
        const wrong = [
          ...alteredProofs(proof, bit).map((altered) => showsInclusion(claim, altered, tree)),
          showsInclusion({ ...claim, leaf: flipped(leaf, bit) }, proof, tree),
          showsInclusion({ ...claim, root: flipped(root, bit) }, proof, tree),
          showsInclusion({ ...claim, index: index + 1 }, proof, tree),
          showsInclusion({ ...claim, index: index - 1 }, proof, tree),
        ];
        expect(wrong).not.toContain(true);
        refused += wrong.length;
      }
    }
    expect(proofs).toBe((sizeMax * (sizeMax + 1)) / 2);
    expect(refused).toBeGreaterThan(10_000);
  });

  it("every consistency proof is the standard's, shows what it claims, and nothing else", async () => {
    let proofs = 0;
    let refused = 0;
    for (let size = 0; size <= sizeMax; size++) {
      const newer = { size, root: standard.root(entries, size) };
      for (let older = 0; older <= size; older++) {
        const proof = await proveConsistency(older, size, read, tree);
        if (size % 8 === 0 || size < 40) {
          expect(proof).toEqual(standard.consistency(older, entries, size));
        }
        const head = { size: older, root: standard.root(entries, older) };
        if (!showsConsistency(head, newer, proof, tree)) throw new Error(`${older} of ${size}`);
        proofs++;
        if (size > 40 && (older * 7 + size) % 97 !== 0) continue;
        const bit = (older * 31 + size) % 256;
        const wrong = [
          ...alteredProofs(proof, bit).map((bad) => showsConsistency(head, newer, bad, tree)),
          showsConsistency({ ...head, root: flipped(head.root, bit) }, newer, proof, tree),
          ...(older > 0
            ? [showsConsistency(head, { ...newer, root: flipped(newer.root, bit) }, proof, tree)]
            : []),
          showsConsistency(newer, { ...head, size: size - 1 }, proof, tree),
        ];
        expect(wrong).not.toContain(true);
        refused += wrong.length;
      }
    }
    expect(proofs).toBe(((sizeMax + 1) * (sizeMax + 2)) / 2);
    expect(refused).toBeGreaterThan(8000);
  });
});

describe("what is no proof at all", () => {
  const tree = sha256Tree;
  const read = nodesOf(tree);
  const hash = new Uint8Array(32);

  it("a leaf outside the tree, and a size that is no number of leaves", async () => {
    await expect(proveInclusion(5, 5, read, tree)).rejects.toThrow(RangeError);
    await expect(proveInclusion(-1, 5, read, tree)).rejects.toThrow(RangeError);
    await expect(proveConsistency(6, 5, read, tree)).rejects.toThrow(RangeError);
    const claim = { leaf: hash, root: hash };
    for (const [index, size] of [
      [0, 0],
      [1, 1],
      [0.5, 2],
      [0, Number.NaN],
      [0, 2 ** 60],
    ] as const) {
      expect(showsInclusion({ ...claim, index, size }, [], tree)).toBe(false);
    }
  });

  it("an older tree larger than the newer one; a root that the empty tree does not have", () => {
    expect(showsConsistency({ size: 2, root: hash }, { size: 1, root: hash }, [], tree)).toBe(
      false,
    );
    expect(showsConsistency({ size: 0, root: hash }, { size: 1, root: hash }, [], tree)).toBe(
      false,
    );
  });

  it("hashes of twelve bytes, whatever they add up to", () => {
    const short = new Uint8Array(12);
    expect(showsConsistency({ size: 1, root: short }, { size: 1, root: short }, [], tree)).toBe(
      false,
    );
  });
});
