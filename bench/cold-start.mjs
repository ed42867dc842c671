/**
 * @module cold-start — how long the command line takes to start, as ratios to Node.js doing nothing.
 *
 * `npm run bench` (`node bench/cold-start.mjs [ROUNDS]`). The contenders take turns, so that whatever
 * else the machine does falls on all of them; medians are compared. The casebook of 10,000 cases is made
 * by `wuding apply` in a temporary folder. NODE_EXTRA_CA_CERTS is taken from the children's environment:
 * where it is set, Node.js 20 reads those certificates at every start, which costs every contender the
 * same 30 ms and would flatter the ratios.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, platform, release, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const cases = 10_000;
const rounds = Number(process.argv[2] ?? 40);
const program = fileURLToPath(new URL("../packages/cli/bin/wuding.js", import.meta.url));

const { NODE_EXTRA_CA_CERTS: certificates, ...env } = process.env;

const run = (args) => {
  const started = performance.now();
  const { status, stderr, error } = spawnSync(process.execPath, args, {
    env,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ms = performance.now() - started;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return ms;
};

/** Three commands for each of the cases, as `wuding apply` reads them. */
const commandLines = () => {
  const lines = [];
  for (let number = 1; number <= cases; number += 1) {
    const on = "2021-04-06";
    const name = { case: `cppcc/15-5/${number}`, on };
    lines.push(
      {
        command: "receive",
        kind: "cppcc",
        session: "15-5",
        number,
        title: `关于改进第${number}项工作的建议`,
        proposers: ["李楠"],
        dispatchedOn: "2021-04-02",
        on,
      },
      {
        command: "assign",
        ...name,
        department: `第${(number % 12) + 1}科`,
        person: "王工",
        due: "2021-06-20",
        task: "答复",
        responsibility: "科长负总责",
      },
      { command: "contact", ...name, mode: "visit", participants: ["李楠:proposer"] },
    );
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
};

const median = (values) => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const folder = mkdtempSync(path.join(tmpdir(), "wuding-bench-"));
try {
  const db = path.join(folder, "cases.db");
  console.log(
    `${cpus()[0]?.model.trim()} × ${availableParallelism()}, ${platform()} ${release()}, Node.js ${process.version}`,
  );
  if (certificates !== undefined)
    console.log("NODE_EXTRA_CA_CERTS is set; the children go without it");
  const commands = path.join(folder, "commands.jsonl");
  writeFileSync(commands, commandLines());
  const made = run([program, "apply", commands, "--db", db]);
  const megabytes = (statSync(db).size / 1e6).toFixed(1);
  console.log(
    `casebook: ${cases} cases, ${3 * cases} commands, ${megabytes} MB, made in ${(made / 1000).toFixed(1)} s`,
  );

  const contenders = [
    { name: "node -e 0", args: ["-e", "0"], target: null },
    { name: "wuding --version", args: [program, "--version"], target: 1.5 },
    { name: "wuding show", args: [program, "show", "cppcc/15-5/7777", "--db", db], target: 3 },
    {
      // a quiet week: what is due costs what it shows
      name: "wuding due",
      args: [program, "due", "--within", "7d", "--today", "2021-05-10", "--db", db],
      target: null,
    },
    {
      name: "wuding explain",
      args: [program, "explain", "cppcc/15-5/7777", "reply", "--db", db],
      target: null,
    },
  ];
  const times = contenders.map(() => []);
  for (const { args } of contenders) run(args); // the first start reads everything from the disk
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { args }] of contenders.entries()) times[index].push(run(args));
  }

  const limit = median(times[0]);
  console.log(`${rounds} rounds, medians:`);
  for (const [index, { name, target }] of contenders.entries()) {
    const ms = median(times[index]);
    const ratio = ms / limit;
    const verdict =
      index === 0
        ? ""
        : `  ${ratio.toFixed(2)} ×${target === null ? "" : `, target ${target} ×: ${ratio <= target ? "holds" : "MISSED"}`}`;
    console.log(`${name.padEnd(18)}${ms.toFixed(1).padStart(8)} ms${verdict}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
