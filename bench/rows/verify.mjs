/**
 * @module verify — what verifying a log costs, over the least that any verifier must do: each body read,
 * parsed and hashed once. `walk` is form, leaf, place, columns, chain, time, tree and stored nodes;
 * `audit` is everything that `wuding audit verify` does, the replay and the projections too.
 */
import { verifyLog } from "../../packages/engine/dist/log/verify.js";
import { figure, row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { openBook, openLog } from "../work/casebooks.mjs";
import { origin } from "../work/cases.mjs";
import { hashing } from "../work/scan.mjs";

export const contenders = {
  limit: hashing,
  walk: async ({ file }) => {
    const store = await openLog(file, { readOnly: true });
    return {
      round: async () => {
        const started = performance.now();
        const { size, faults } = await verifyLog(store, { origin });
        if (faults.first !== null) throw new Error(faults.first.what.en);
        return ((performance.now() - started) * 1000) / size;
      },
      end: () => store.close(),
    };
  },
  audit: async ({ file }) => {
    const { store, book } = await openBook(file, { readOnly: true });
    const events = await store.size();
    return {
      round: async () => {
        const started = performance.now();
        const { faults } = await book.audit();
        if (faults.first !== null) throw new Error(faults.first.what.en);
        return ((performance.now() - started) * 1000) / events;
      },
      end: () => book.close(),
    };
  },
};

export const group = {
  name: "verify",
  measure: async ({ rounds, sizes, casebooks }) => {
    const module = new URL(import.meta.url);
    const found = [];
    // flat means: ten times the log asks for no more memory
    for (const events of sizes.slice(-2)) {
      const given = { file: await casebooks.ofEvents(events) };
      found.push(
        await turns(
          ["limit", "walk", "audit"].map((name) => ({ module, name, given })),
          Math.min(rounds, 3),
        ),
      );
    }
    const [smaller, largest] = [found[0], found.at(-1)];
    const growth = largest.get("audit").peakMb - smaller.get("audit").peakMb;
    const said = `${sizes.at(-1).toLocaleString("en-US")} events`;
    return [
      row("verify.walk", largest.get("walk"), largest.get("limit"), said),
      row("verify.audit", largest.get("audit"), largest.get("limit"), said),
      row(
        "verify.memory",
        figure(growth),
        null,
        `${said}, over ${sizes.at(-2).toLocaleString("en-US")}`,
      ),
    ];
  },
};
