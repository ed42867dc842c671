/**
 * @module verify — what verifying a log costs, as a ratio to the least that any verifier must do.
 *
 * `node bench/verify.mjs [EVENTS [ROUNDS]]`, 100,000 events in 3 rounds unless told. A casebook file of ordinary
 * events is written in a temporary folder. Then, by turns, so that whatever else the machine does falls on
 * both: the limit (read each body from the file, JSON.parse it, SHA-256 over the same bytes) and the walk
 * of `audit verify` (form, leaf, place, columns, chain, time, tree, stored nodes). Each runs in a process of
 * its own, which measures its time and its memory; medians are compared. The last line is JSON.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, platform, release, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const engine = new URL("../packages/engine/dist/index.js", import.meta.url);
const store = new URL("../packages/store/dist/index.js", import.meta.url);
const verifier = new URL("../packages/engine/dist/log/verify.js", import.meta.url);
const origin = "bench.invalid/log";

/** A file of `count` events: cases of twelve, bodies of about 850 bytes. */
const write = async (file, count) => {
  const { openStore } = await import(store.href);
  const now = Date.parse("2021-01-04T01:00:00.000Z");
  let ticks = 0;
  let ids = 0;
  const log = await openStore(file, {
    create: true,
    origin,
    clock: { now: () => now + ticks++ * 1000 },
    ids: { next: () => String((ids += 1)).padStart(22, "0") },
  });
  const summary = "就加快推进老旧小区改造提出意见，建议统筹安排资金、明确时限和责任人。".repeat(4);
  const requests = function* () {
    for (let seq = 0; seq < count; seq += 1) {
      // several cases are open at a time, as in an office
      const stream = `cppcc/15-5/${(seq % 40) + 40 * Math.floor(seq / 480)}`;
      yield {
        commandId: `c${seq}`,
        requestHash: "00".repeat(32),
        actor: { id: "经办人甲", org: "某区发展改革局", role: "clerk" },
        streams: [
          {
            stream,
            expectedVersion: Math.floor((seq % 480) / 40),
            rulebookHash: `sha256:${"0".repeat(64)}`,
            events: [
              {
                type: "ContactRecorded",
                dataVersion: 1,
                on: "2021-01-04",
                data: { mode: "visit", round: 1, summary, participants: ["李楠", "王兰"] },
                from: "assigned",
                to: "contacted",
              },
            ],
          },
        ],
      };
    }
  };
  let batch = [];
  for (const request of requests()) {
    batch.push(request);
    if (batch.length < 10_000) continue;
    await log.appendTogether(batch);
    batch = [];
  }
  await log.appendTogether(batch);
  await log.close();
};

/** The least: every body read, parsed and hashed once, with nothing compared. */
const limit = async (file) => {
  const load = createRequire(store);
  const Driver = load(
    Number(process.versions.napi) >= 10 ? "better-sqlite3-v13" : "better-sqlite3",
  );
  const database = new Driver(file, { readonly: true });
  const page = database.prepare(
    "select seq, cast(body as blob) as body from event where seq > ? order by seq limit 1000",
  );
  let bytes = 0;
  let events = 0;
  for (let after = -1; ;) {
    const rows = page.all(after);
    if (rows.length === 0) break;
    for (const { body } of rows) {
      JSON.parse(body.toString("utf8"));
      createHash("sha256").update(body).digest();
      bytes += body.length;
    }
    events += rows.length;
    after = rows.at(-1).seq;
  }
  database.close();
  return { events, bytes };
};

const walk = async (file) => {
  const { openStore } = await import(store.href);
  const { verifyLog } = await import(verifier.href);
  const log = await openStore(file, {
    readOnly: true,
    clock: { now: () => Date.now() },
    ids: { next: () => "" },
  });
  const { size, faults } = await verifyLog(log, { origin });
  if (faults.first !== null) throw new Error(faults.first.what.en);
  await log.close();
  return { events: size };
};

/** Runs one of them, and says what it took: time, processor time and memory above an idle start. */
const measure = async (work, file) => {
  await import(store.href);
  await import(engine.href);
  const idle = process.memoryUsage().rss;
  let most = idle;
  // a timer finds no turn while a page is worked on; the peak comes from the system below
  const started = performance.now();
  const before = process.cpuUsage();
  const told = await work(file);
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  most = Math.max(most, process.resourceUsage().maxRSS * 1024);
  return { ...told, ms, cpuMs: (user + system) / 1000, megabytes: (most - idle) / 1e6 };
};

const contenders = { limit, walk };

const inProcess = (name, ...args) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), `--${name}`, ...args],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return stdout === "" ? undefined : JSON.parse(stdout);
};

const median = (values) => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const compare = (count, rounds) => {
  if (!existsSync(engine)) throw new Error("run npm run build first");
  const folder = mkdtempSync(path.join(tmpdir(), "wuding-bench-"));
  try {
    const file = path.join(folder, "log.db");
    console.log(
      `${cpus()[0]?.model.trim()} × ${availableParallelism()}, ${platform()} ${release()}, Node.js ${process.version}`,
    );
    inProcess("write", file, String(count));
    const megabytes = statSync(file).size / 1e6;
    const runs = { limit: [], walk: [] };
    inProcess("limit", file); // the first reading brings the file from the disk
    for (let round = 0; round < rounds; round += 1) {
      // limit, walk, limit: what drifts falls on both sides of the walk
      runs.limit.push(inProcess("limit", file));
      runs.walk.push(inProcess("walk", file));
      runs.limit.push(inProcess("limit", file));
    }
    const { bytes } = runs.limit[0];
    console.log(
      `log: ${count} events, ${Math.round(bytes / count)} bytes each, file of ${megabytes.toFixed(1)} MB; ${rounds} rounds, medians`,
    );
    const of = (name, what) => median(runs[name].map((run) => run[what]));
    const row = (name) => ({
      seconds: of(name, "ms") / 1000,
      cpuSeconds: of(name, "cpuMs") / 1000,
      microsecondsPerEvent: (of(name, "ms") * 1000) / count,
      megabytes: of(name, "megabytes"),
    });
    const rows = { limit: row("limit"), walk: row("walk") };
    const ratio = rows.walk.seconds / rows.limit.seconds;
    const cpuRatio = rows.walk.cpuSeconds / rows.limit.cpuSeconds;
    const title = { limit: "parse and hash", walk: "audit verify, walk" };
    for (const [name, found] of Object.entries(rows)) {
      const { seconds, cpuSeconds, microsecondsPerEvent, megabytes: memory } = found;
      console.log(
        `${title[name].padEnd(20)}${seconds.toFixed(2).padStart(9)} s${cpuSeconds.toFixed(2).padStart(9)} s cpu${microsecondsPerEvent.toFixed(1).padStart(8)} µs an event${memory.toFixed(0).padStart(6)} MB${name === "walk" ? `  ${ratio.toFixed(2)} × (cpu ${cpuRatio.toFixed(2)} ×), target 2 ×: ${ratio <= 2 ? "holds" : "MISSED"}` : ""}`,
      );
    }
    console.log(JSON.stringify({ events: count, bytes, rounds, ...rows, ratio, cpuRatio }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const [first, file, count] = process.argv.slice(2);
if (first === "--write") await write(file, Number(count));
else if (first === "--limit" || first === "--walk") {
  console.log(JSON.stringify(await measure(contenders[first.slice(2)], file)));
} else compare(Number(first ?? 100_000), Number(file ?? 3));
