/** @module histories.test — the engine's random years on a file: what holds in memory holds there too. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentOf } from "../../engine/test/given.ts";
import { moves, newPlayer } from "../../engine/test/random-histories.ts";
import { newFile, open } from "./given-files.ts";

describe("any sequence of commands on a file", () => {
  it("refuses without a change, and keeps projections that equal rebuilt ones", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 30 }), async (history) => {
        const player = await newPlayer((given) => open(newFile(), { ...given, create: true }));
        for (const move of history) {
          const before = await contentOf(player.store);
          const played = await player.make(move);
          if (played.ok && !played.answer.unchanged) continue;
          // oxlint-disable-next-line vitest/no-conditional-expect -- whether it is refused depends on the history
          expect(await contentOf(player.store)).toEqual(before);
        }
        const incremental = await contentOf(player.store);
        expect((await player.book.audit()).faults).toEqual({ first: null, more: 0 });
        await player.book.rebuildProjections();
        expect(await contentOf(player.store)).toEqual(incremental);
        await player.store.close();
      }),
      { numRuns: 8 },
    );
  });
});
