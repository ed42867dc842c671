import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256Tree, toHex } from "../src/proof/hash.ts";
import type { Frontier, NodePlace } from "../src/proof/tree.ts";
import {
  appendLeaf,
  emptyFrontier,
  frontierPlaces,
  loadFrontier,
  rootOf,
} from "../src/proof/tree.ts";

const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest();
};

/** MTH of RFC 6962 section 2.1, written down as it stands there. */
const treeHash = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return sha256("");
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const left = treeHash(leaves.slice(0, split));
  return sha256(Buffer.of(1), left, treeHash(leaves.slice(split)));
};

const sizes = Array.from({ length: 201 }, (_, size) => size);
const leaves = sizes.map((size) => sha256Tree.leaf(`leaf ${size}`));

/** The tree of each size up to 200, with every node of level 1 and above that was completed on the way. */
const grow = (): { frontiers: readonly Frontier[]; nodes: ReadonlyMap<string, Uint8Array> } => {
  const frontiers = [emptyFrontier];
  const nodes = new Map<string, Uint8Array>();
  for (const leaf of leaves) {
    const grown = appendLeaf(frontiers.at(-1) ?? emptyFrontier, leaf, sha256Tree);
    frontiers.push(grown.frontier);
    for (const { level, idx, hash } of grown.nodes) nodes.set(`${level},${idx}`, hash);
  }
  return { frontiers, nodes };
};

describe("hashes of the tree (RFC 6962)", () => {
  it("a leaf is the hash of a zero byte and its UTF-8, a node that of a one byte and two hashes", () => {
    expect(toHex(sha256Tree.leaf("五定"))).toBe(sha256(Buffer.of(0), "五定").toString("hex"));
    const [left, right] = [sha256Tree.leaf("a"), sha256Tree.leaf("b")];
    expect(toHex(sha256Tree.node(left, right))).toBe(
      sha256(Buffer.of(1), left, right).toString("hex"),
    );
  });

  it("the empty tree has the hash of nothing", () => {
    expect(toHex(rootOf(emptyFrontier, sha256Tree))).toBe(toHex(sha256Tree.empty()));
    expect(toHex(sha256Tree.empty())).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it("the classic eight leaves have the classic roots at every size", () => {
    const classic = [
      ["", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
      ["00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
      ["10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
      ["2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
      ["3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
      ["40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
      ["5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
      [
        "606162636465666768696a6b6c6d6e6f",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
      ],
    ] as const;
    let frontier = emptyFrontier;
    for (const [bytes, root] of classic) {
      frontier = appendLeaf(
        frontier,
        sha256Tree.leaf(Buffer.from(bytes, "hex").toString()),
        sha256Tree,
      ).frontier;
      expect(toHex(rootOf(frontier, sha256Tree))).toBe(root);
    }
  });
});

describe("growing the tree", () => {
  const { frontiers, nodes } = grow();

  it("the root is the one of the definition, at every size up to 200", () => {
    for (const size of sizes) {
      const frontier = frontiers[size] ?? emptyFrontier;
      expect(frontier.size).toBe(size);
      expect(toHex(rootOf(frontier, sha256Tree))).toBe(toHex(treeHash(leaves.slice(0, size))));
    }
  });

  it("the completed nodes are the perfect subtrees, each once", () => {
    const perfect = new Map<string, string>();
    for (let level = 1, width = 2; width <= leaves.length; level++, width *= 2) {
      for (let idx = 0; (idx + 1) * width <= leaves.length; idx++) {
        perfect.set(
          `${level},${idx}`,
          toHex(treeHash(leaves.slice(idx * width, (idx + 1) * width))),
        );
      }
    }
    expect(new Map([...nodes].map(([place, hash]) => [place, toHex(hash)]))).toEqual(perfect);
  });

  it("a frontier is read back from the stored nodes, at every size up to 200", () => {
    const readNode = ({ level, idx }: NodePlace): Uint8Array =>
      (level === 0 ? leaves[idx] : nodes.get(`${level},${idx}`)) as Uint8Array;
    for (const size of sizes) expect(loadFrontier(size, readNode)).toEqual(frontiers[size]);
  });

  it("a tree of seven is covered by four, two and one", () => {
    expect(frontierPlaces(7)).toEqual([
      { level: 2, idx: 0 },
      { level: 1, idx: 2 },
      { level: 0, idx: 6 },
    ]);
    expect(frontierPlaces(2 ** 40)).toEqual([{ level: 40, idx: 0 }]);
  });

  it("a frontier is not changed by what grows out of it", () => {
    const before = appendLeaf(emptyFrontier, sha256Tree.leaf("a"), sha256Tree).frontier;
    const copy = { ...before, roots: [...before.roots] };
    appendLeaf(before, sha256Tree.leaf("b"), sha256Tree);
    expect(before).toEqual(copy);
  });
});
