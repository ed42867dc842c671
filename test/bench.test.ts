/** @module bench.test — the bench runs, and its page has a row for every target. Nothing here is timed. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

type Spread = Readonly<{ median: number; min: number; max: number }>;
type Row = Readonly<{
  id: string;
  work: string;
  against: string | null;
  ours: Spread | null;
  ratio: Spread | null;
  verdict: string;
  note: string | null;
}>;
type Result = Readonly<{ machine: string; rounds: number; rows: readonly Row[] }>;

const root = fileURLToPath(new URL("../", import.meta.url));
const { targets } = (await import(`${root}bench/frame/targets.mjs`)) as {
  targets: Readonly<
    Record<string, Readonly<{ group: string; work: string; against: string | null }>>
  >;
};

describe("bench 基准", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-test-"));
  const json = path.join(folder, "result.json");
  const cheap = ["fold", "read", "disk"];
  let printed = "";
  let result: Result;

  beforeAll(() => {
    const only = cheap.flatMap((name) => ["--only", name]);
    const run = spawnSync(
      process.execPath,
      ["bench/run.mjs", "--quick", "--rounds", "1", ...only, "--json", json],
      { cwd: root, encoding: "utf8" },
    );
    if (run.status !== 0) throw new Error(run.stderr);
    printed = run.stdout;
    result = JSON.parse(readFileSync(json, "utf8")) as Result;
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("names the machine before anything else", () => {
    expect(printed.split("\n")[0]).toBe(result.machine);
    expect(result.machine).toContain(`Node.js ${process.version}`);
  });

  it("has a row for each target of the groups it ran, in their order", () => {
    const wanted = Object.keys(targets).filter((id) => cheap.includes(targets[id]?.group ?? ""));
    expect(result.rows.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
  });

  it("measures ours in every row, and says why where a peer had no turn", () => {
    for (const { id, verdict, note, ours } of result.rows) {
      const told = verdict === "not run" ? note : ours?.median;
      expect([id, told]).toEqual([id, expect.anything()]);
    }
    const own = result.rows.filter(({ against }) => !/act|emmett|evtstore/.test(against ?? ""));
    expect(own.filter(({ verdict }) => verdict === "not run")).toEqual([]);
  });

  it("gives a median between its smallest and largest round", () => {
    for (const { id, ours, ratio } of result.rows) {
      for (const spread of [ours, ratio]) {
        if (spread === null) continue;
        expect([id, spread.min <= spread.median && spread.median <= spread.max]).toEqual([
          id,
          true,
        ]);
      }
    }
  });
});

describe("docs/benchmarks.md", () => {
  it("has a row for every target", () => {
    const page = readFileSync(path.join(root, "docs/benchmarks.md"), "utf8");
    const lines = page.split("\n").filter((line) => line.startsWith("| "));
    const rows = lines.map((line) => line.split(" | "));
    for (const [id, { work, against }] of Object.entries(targets)) {
      const found = rows.some(
        ([first, , other]) => first === `| ${work}` && other?.split(":")[0] === (against ?? "–"),
      );
      expect([id, found]).toEqual([id, true]);
    }
  });
});
