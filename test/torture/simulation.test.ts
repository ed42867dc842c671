/**
 * @module simulation.test — whole years of an office under everything at once, each decided by its seed. A
 * failure says its seed; `WUDING_SEED=…` plays that year again.
 */
import type { Store } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { isLong, minutes, report, scaled, seedAsked } from "./frame.ts";
import { newFolder } from "./processes.ts";
import type { Tally } from "./simulated-office.ts";
import { simulatedOffice } from "./simulated-office.ts";

const stepsEach = scaled(150, 400);
const seedsInShort = 4;

/** Plays a year to its end; gives what happened in it. */
const play = async (
  seed: number,
  steps: number,
  spoil?: (store: Store) => Store,
): Promise<Readonly<{ tally: Tally; trail: readonly string[] }>> => {
  const office = await simulatedOffice(seed, newFolder(), spoil);
  try {
    for (let step = 0; step < steps; step++) await office.step();
    await office.check();
    return { tally: office.tally(), trail: await office.trail() };
  } catch (error) {
    const lately = office.lately().join("\n  ");
    throw new Error(`WUDING_SEED=${seed} plays it again; the last that happened:\n  ${lately}`, {
      cause: error,
    });
  } finally {
    await office.close();
  }
};

describe("the year of an office that a seed decides", () => {
  const firstSeed = seedAsked ?? (isLong ? Date.now() % 2 ** 31 : 2021);
  const until = performance.now() + (isLong ? minutes * 60_000 : Infinity);

  it(
    "keeps every promise, whatever is asked, whatever fails",
    async () => {
      const total: Record<string, number> = {};
      let seed = firstSeed;
      const isOver = (): boolean =>
        seedAsked === undefined
          ? seed - firstSeed >= (isLong ? Infinity : seedsInShort) || performance.now() > until
          : seed > seedAsked;
      for (; !isOver(); seed++) {
        const { tally } = await play(seed, stepsEach);
        for (const [what, count] of Object.entries(tally)) total[what] = (total[what] ?? 0) + count;
      }
      report(`simulation: seeds ${firstSeed} to ${seed - 1}, ${JSON.stringify(total)}`);
      expect(total["recorded"]).toBeGreaterThan(0);
    },
    (minutes + 5) * 60_000,
  );

  it("is the same year for the same seed", async () => {
    const one = await play(firstSeed, 60);
    const other = await play(firstSeed, 60);
    expect(other.trail).toEqual(one.trail);
  });

  it.each([
    [
      "loses what an append does to the projections, now and then",
      (store: Store): Store => {
        let appends = 0;
        return {
          ...store,
          append: (request) => {
            appends += 1;
            return store.append(appends % 10 === 0 ? { ...request, changes: [] } : request);
          },
        };
      },
    ],
    [
      "records under another command id than was asked for",
      (store: Store): Store => {
        let appends = 0;
        return {
          ...store,
          append: (request) => {
            appends += 1;
            return store.append({ ...request, commandId: `${request.commandId}-${appends}` });
          },
        };
      },
    ],
    [
      "says after a restart that there is no such command",
      (store: Store): Store => ({ ...store, findCommand: () => Promise.resolve(undefined) }),
    ],
  ])("is not survived by a store that %s", async (_what, spoil) => {
    await expect(play(2021, 60, spoil)).rejects.toThrow("WUDING_SEED=2021 plays it again");
  });
});
