/** @module apply-memory — the memory of `apply`, which takes a file of any length. */
import { figure, row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { newCasebook } from "../work/casebooks.mjs";
import { commandsOf, numberOf, steps } from "../work/cases.mjs";

export const contenders = {
  apply: async ({ file, cases }) => {
    const { book } = await newCasebook(file);
    let used = 0;
    const lines = function* () {
      for (let one = 0; one < cases; one += 1) {
        used += 1;
        for (const given of commandsOf(numberOf(used))) yield { line: used, given };
      }
    };
    return {
      round: async () => {
        const started = performance.now();
        for await (const { ok, refusal } of book.apply(lines())) if (!ok) throw refusal;
        return ((performance.now() - started) * 1000) / (cases * steps);
      },
      end: () => book.close(),
    };
  },
};

export const group = {
  name: "apply-memory",
  measure: async ({ sizes, casebooks }) => {
    const module = new URL(import.meta.url);
    const applying = async (events) => {
      const given = { file: casebooks.newFile("apply"), cases: Math.ceil(events / steps) };
      // one round after the one that is thrown away
      return (await turns([{ module, name: "apply", given }], 1)).get("apply");
    };
    const applied = [await applying(sizes.at(-2)), await applying(sizes.at(-1))];
    const added = `${sizes.at(-1).toLocaleString("en-US")} commands, over ${sizes.at(-2).toLocaleString("en-US")}`;
    return [row("apply-memory", figure(applied[1].peakMb - applied[0].peakMb), null, added)];
  },
};
