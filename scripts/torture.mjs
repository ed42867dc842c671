/**
 * @module torture — the long form of the torture: every fault as often as its figure demands.
 *
 * `npm run torture` runs all of it, `npm run torture -- faults` the files whose names hold the word,
 * `--short` as few rounds as with the other tests. It prints one table, fault by fault, and writes it to
 * `.cache/torture.json`. `WUDING_SEED=…` makes a run again.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("../", import.meta.url)));

const collected = `${process.cwd()}/.cache/torture.jsonl`;
const result = ".cache/torture.json";
const isShort = process.argv.includes("--short");
const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));

/** Runs vitest on some files; gives its exit code and the seconds it took. */
const vitest = (files, env) => {
  const begun = performance.now();
  const { status } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--no-file-parallelism", ...files],
    { stdio: ["ignore", 1, 2], env: { ...process.env, ...env } },
  );
  return { status: status ?? 1, seconds: Math.round((performance.now() - begun) / 100) / 10 };
};

mkdirSync(".cache", { recursive: true });
rmSync(collected, { force: true });
const env = {
  WUDING_TORTURE_REPORT: collected,
  ...(!isShort && { WUDING_TORTURE: "long", WUDING_MINUTES: process.env.WUDING_MINUTES ?? "10" }),
};

const files = asked.length > 0 ? asked.map((word) => `test/torture/${word}`) : ["test/torture/"];
const tortured = vitest(files, env);
const lines = existsSync(collected)
  ? readFileSync(collected, "utf8").trimEnd().split("\n").filter(Boolean).map(JSON.parse)
  : [];
const rows = lines.filter((line) => line.fault !== undefined);
let status = tortured.status;

// The flipped bits have tests of their own, beside the other ways to tamper with a log.
const flips = [
  {
    fault: `a bit flipped in ${isShort ? "some bytes" : "every byte"}: file, export, proof, checkpoint`,
    files: ["every-byte", "every-bit"],
    flipped: isShort ? {} : { WUDING_FLIPS: "1" },
  },
  ...(isShort
    ? []
    : [
        {
          fault: "a bit flipped in every 331st byte of a file of 1,000 events",
          files: ["every-byte"],
          flipped: { WUDING_FLIPS: "331:0:1000" },
        },
      ]),
];
if (asked.length === 0) {
  for (const { fault, files: tests, flipped } of flips) {
    const { status: failed, seconds } = vitest(tests, flipped);
    rows.push({ fault, rounds: 1, lost: 0, altered: 0, broken: failed === 0 ? 0 : 1, seconds });
    status ||= failed;
  }
}

console.log();
console.table(
  Object.fromEntries(
    rows.map(({ fault, rounds, lost, altered, broken, seconds, figures = {} }) => {
      const more = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
      const verdict = broken === 0 ? "as promised" : `BROKEN (${broken})`;
      return [fault, { rounds, lost, altered, verdict, seconds, more: more.join(", ") }];
    }),
  ),
);
for (const { line } of lines) if (line !== undefined) console.log(line);
const made = { long: !isShort, node: process.version, platform: process.platform, rows };
const said = lines.flatMap(({ line }) => (line === undefined ? [] : [line]));
writeFileSync(result, `${JSON.stringify({ ...made, lines: said }, null, 2)}\n`);
console.log(`\ntorture: written to ${result}; ${status === 0 ? "all as promised" : "FAILED"}`);
process.exit(status);
