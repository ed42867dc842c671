/** @module checkpoints — tree nodes by place, and the checkpoints that a casebook keeps of itself. */
import { expect, it } from "vitest";
import { treeHashOf } from "../../proof/hash.ts";
import { rootAt } from "../../proof/subtrees.ts";
import { appendLeaf, emptyFrontier, rootOf } from "../../proof/tree.ts";
import type { OpenStore } from "./given.ts";
import { event, expectRefusal, first, givenStore, origin, request, to } from "./given.ts";

export const checkpoints = (openStore: OpenStore): void => {
  const given = givenStore(openStore);
  const tree = treeHashOf(origin);

  const append = async (count: number): Promise<void> => {
    for (let version = 0; version < count; version++) {
      await given.store.append(request(`c${version}`, to(first, version, event("A"))));
    }
  };

  it("nodes lie where the tree has them, so every earlier root can be computed", async () => {
    await append(11);
    let frontier = emptyFrontier;
    for (const [size, { leaf }] of (await given.store.readRaw({ limit: 11 })).entries()) {
      const root = await rootAt(size, (places) => given.store.treeNodes(places), tree);
      expect(Buffer.from(root)).toEqual(Buffer.from(rootOf(frontier, tree)));
      frontier = appendLeaf(frontier, leaf, tree).frontier;
    }
    expect(await given.store.treeNodes([])).toEqual([]);
  });

  it("a node that is not there yet is refused", async () => {
    await append(3);
    await expectRefusal(given.store.treeNodes([{ level: 1, idx: 1 }]), "INTEGRITY");
    await expectRefusal(given.store.treeNodes([{ level: 0, idx: 3 }]), "INTEGRITY");
  });

  it("checkpoints are kept by size; the one that is there stays", async () => {
    const { store } = given;
    expect(await store.newestCheckpoint()).toBeUndefined();
    await store.keepCheckpoint({ size: 7, note: "seven\n" });
    await store.keepCheckpoint({ size: 3, note: "three\n" });
    await store.keepCheckpoint({ size: 7, note: "another seven\n" });
    const [three, seven] = [
      { size: 3, note: "three\n" },
      { size: 7, note: "seven\n" },
    ];
    expect(await store.readCheckpoints({ limit: 10 })).toEqual([three, seven]);
    expect(await store.readCheckpoints({ after: 3, limit: 10 })).toEqual([seven]);
    expect(await store.readCheckpoints({ limit: 1 })).toEqual([three]);
    expect(await store.newestCheckpoint()).toEqual(seven);
  });

  it("a witness's line joins the checkpoint that it cosigns, once", async () => {
    const { store } = given;
    await store.keepCheckpoint({ size: 7, note: "seven\n\n— log AAAA\n" });
    await store.keepCosignature(7, "— w1 BBBB\n");
    await store.keepCosignature(7, "— w1 BBBB\n");
    expect((await store.newestCheckpoint())?.note).toBe("seven\n\n— log AAAA\n— w1 BBBB\n");
    await expect(store.keepCosignature(8, "— w1 BBBB\n")).rejects.toThrow(RangeError);
  });

  it("a snapshot sees those of its moment", async () => {
    const { store } = given;
    await store.keepCheckpoint({ size: 0, note: "none\n" });
    await store.snapshot(async (frozen) => {
      await store.keepCheckpoint({ size: 1, note: "one\n" });
      expect(await frozen.newestCheckpoint()).toEqual({ size: 0, note: "none\n" });
    });
  });
};
