/** @module certificate.test — what a release has written is what every later one computes: no due date differs. */
import { describe, expect, it } from "vitest";
import { createMemoryStore } from "@wuding/engine/memory";
import type { Golden } from "./given-golden.ts";
import { hashes, recordAgain, releases } from "./given-golden.ts";

const goldens: readonly Golden[] = releases.flatMap((release) =>
  hashes.map((hash) => ({ release, hash })),
);

describe.each(goldens)("the replay of release $release in $hash", (golden) => {
  it("finds no difference and leaves nothing uncounted", async () => {
    const { casebook } = await recordAgain(golden, createMemoryStore);
    const { differences, uncounted, checked } = await casebook.certify();
    expect({ differences, uncounted }).toEqual({ differences: [], uncounted: [] });
    expect(checked.deadlines).toBeGreaterThan(5);
  });
});
