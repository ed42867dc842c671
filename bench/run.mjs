/**
 * @module run — `npm run bench`: every group of rows in one run, the table on the terminal, in
 * docs/benchmarks.md and as JSON.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { machineLine } from "./frame/machine.mjs";
import { readOptions, usage } from "./frame/options.mjs";
import { notRun } from "./frame/rows.mjs";
import { tableOf, writePage } from "./frame/table.mjs";
import { targets } from "./frame/targets.mjs";
import { findPeers, installPeers } from "./peers/peers.mjs";

const inBench = (name) => fileURLToPath(new URL(name, import.meta.url));

/** In this order; each file exports a group. */
const groupNames = [
  "eight-steps",
  "append",
  "batch",
  "read",
  "rebuild",
  "verify",
  "fold",
  "questions",
  "cold-start",
  "disk",
  "growth",
  "apply-memory",
];

const sizesOf = ({ quick, full, largest }) => {
  if (quick) return [80, 240];
  if (largest !== null) return [10_000, largest / 10, largest];
  return full ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
};

/** The rows of a group; where it fails, each says why. */
const measure = async (name, given) => {
  try {
    const { group } = await import(`./rows/${name}.mjs`);
    return await group.measure(given);
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    return Object.keys(targets)
      .filter((id) => targets[id].group === name)
      .map((id) => notRun(id, reason));
  }
};

const run = async (options) => {
  const unknown = options.only.filter((name) => !groupNames.includes(name));
  if (unknown.length > 0)
    throw new Error(`no group ${unknown.join(", ")}: ${groupNames.join(", ")}`);
  if (!existsSync(inBench("../packages/store/dist/index.js")))
    throw new Error("npm run build first");
  if (options.peers) installPeers();
  const started = performance.now();
  const machine = machineLine();
  console.log(machine);
  if (process.env.NODE_EXTRA_CA_CERTS !== undefined)
    console.log("NODE_EXTRA_CA_CERTS is set; the children go without it");
  const folder = mkdtempSync(path.join(tmpdir(), "wuding-bench-"));
  // a run that is broken off leaves nothing behind
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(130);
    });
  }
  const rows = [];
  try {
    const { casebooksIn } = await import("./work/casebooks.mjs");
    const { rounds, quick } = options;
    const given = {
      rounds,
      quick,
      sizes: sizesOf(options),
      casebooks: casebooksIn(folder),
      peers: findPeers(),
    };
    const chosen = options.only.length > 0 ? options.only : groupNames;
    for (const name of groupNames.filter((one) => chosen.includes(one))) {
      const before = performance.now();
      const measured = await measure(name, given);
      rows.push(...measured);
      console.error(`${name}: ${((performance.now() - before) / 1000).toFixed(1)} s`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(tableOf(rows));
  return {
    machine,
    measuredOn: new Date().toISOString().slice(0, 10),
    rounds: options.rounds,
    quick: options.quick,
    seconds,
    rows,
  };
};

/** A part or a rehearsal never passes for the whole: only a whole run goes where the page looks. */
const keep = (options, result) => {
  const isWhole = options.only.length === 0 && !options.quick && options.largest === null;
  const file = options.json ?? (isWhole ? inBench("results/latest.json") : null);
  if (file !== null) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  }
  if (isWhole) writePage(inBench("../docs/benchmarks.md"), result);
};

const options = readOptions(process.argv.slice(2));
if (options.help) console.log(usage);
else keep(options, await run(options));
