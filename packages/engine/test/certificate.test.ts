/** @module certificate.test — the replay of a whole casebook finds nothing in a sound one, and each thing that was changed. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replayedThings } from "../src/casebook/certificate.ts";
import { bookWith, handled, inRoundTwo } from "./given.ts";
import { moves, play } from "./random-histories.ts";

describe("the certificate of a replay 重放证明", () => {
  it("says what was computed anew, under which rules, and that nothing differs", async () => {
    const { book } = await bookWith(...inRoundTwo);
    const certificate = await book.certify();
    expect(certificate).toMatchObject({ differences: [], count: 0, uncounted: [] });
    expect(certificate.rulebooks.map(({ name }) => name)).toEqual(["national@2025"]);
    expect(certificate.calendars).toHaveLength(1);
    expect(certificate.checked.events).toBe(certificate.size - 1);
    for (const thing of Object.keys(replayedThings)) {
      expect(certificate.checked[thing as keyof typeof replayedThings]).toBeGreaterThan(0);
    }
    expect(certificate.root).toBe((await book.audit()).root);
  });

  it("tells how far it has come", async () => {
    const { book } = await bookWith(...handled);
    const told: [number, number][] = [];
    await book.certify({ onProgress: (done, of) => told.push([done, of]) });
    expect(told.at(-1)).toEqual([handled.length, handled.length + 1]);
  });

  it("finds nothing in any history that the program recorded", async () => {
    await fc.assert(
      fc.asyncProperty(moves({ max: 60 }), async (history) => {
        const { book } = await play(history);
        const { differences, uncounted } = await book.certify();
        expect({ differences, uncounted }).toEqual({ differences: [], uncounted: [] });
      }),
      { numRuns: 25 },
    );
  });
});
