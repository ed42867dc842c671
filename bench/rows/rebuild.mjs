/**
 * @module rebuild — all projections made anew from the log, folds and rows included, against reading and
 * parsing the same bodies.
 */
import { figure, row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { openBook } from "../work/casebooks.mjs";
import { scanning } from "../work/scan.mjs";

export const contenders = {
  limit: scanning,
  ours: async ({ file }) => {
    const { store, book } = await openBook(file);
    const events = await store.size();
    return {
      round: async () => {
        const started = performance.now();
        await book.rebuildProjections();
        return ((performance.now() - started) * 1000) / events;
      },
      end: () => book.close(),
    };
  },
};

export const group = {
  name: "rebuild",
  measure: async ({ rounds, sizes, casebooks }) => {
    const module = new URL(import.meta.url);
    const found = [];
    // flat means: ten times the log asks for no more memory
    for (const events of sizes.slice(-2)) {
      const file = await casebooks.ofEvents(events);
      found.push(
        await turns(
          [
            { module, name: "limit", given: { file } },
            { module, name: "ours", given: { file: casebooks.copyOf(file) } },
          ],
          Math.min(rounds, 3),
        ),
      );
    }
    const [smaller, largest] = [found[0], found.at(-1)];
    const growth = largest.get("ours").peakMb - smaller.get("ours").peakMb;
    const said = `${sizes.at(-1).toLocaleString("en-US")} events`;
    return [
      row("rebuild.limit", largest.get("ours"), largest.get("limit"), said),
      row(
        "rebuild.memory",
        figure(growth),
        null,
        `${said}, over ${sizes.at(-2).toLocaleString("en-US")}`,
      ),
    ];
  },
};
