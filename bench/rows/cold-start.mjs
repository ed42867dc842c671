/**
 * @module cold-start — how long the command line takes to start, as ratios to Node.js doing nothing. The
 * children go without NODE_EXTRA_CA_CERTS, which would flatter the ratios.
 */
import { fileURLToPath } from "node:url";
import { row } from "../frame/rows.mjs";
import { timeOf, turns } from "../frame/turns.mjs";
import { caseOf, numberOf } from "../work/cases.mjs";

const program = fileURLToPath(new URL("../../packages/cli/bin/wuding.js", import.meta.url));

const starting = ({ args, times }) => ({
  round: () => {
    let ms = 0;
    for (let time = 0; time < times; time += 1) ms += timeOf(args);
    return ms / times;
  },
});

export const contenders = { starting };

export const group = {
  name: "cold-start",
  measure: async ({ rounds, quick, sizes, casebooks }) => {
    const module = new URL(import.meta.url);
    const db = await casebooks.ofCases(sizes[0]);
    const name = caseOf(numberOf(Math.floor(sizes[0] * 0.77)));
    const commands = {
      node: ["-e", "0"],
      version: [program, "--version"],
      show: [program, "show", name, "--db", db],
      // a quiet week: what is due costs what it shows
      due: [program, "due", "--within", "7d", "--today", "2021-05-10", "--db", db],
      explain: [program, "explain", name, "reply", "--db", db],
    };
    const times = quick ? 1 : 4;
    const found = await turns(
      Object.entries(commands).map(([label, args]) => ({
        module,
        name: "starting",
        label,
        given: { args, times },
      })),
      rounds,
    );
    const beside = (label) => row(`cold-start.${label}`, found.get(label), found.get("node"));
    return [beside("version"), beside("show"), beside("due"), beside("explain")];
  },
};
