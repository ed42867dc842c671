/**
 * @module power-cut.test — the power fails between two calls to the disk: of what had not been synced anything may
 * be missing, and whatever was acknowledged is there all the same.
 *
 * That the test bites is shown by a writer whose commits are not synced: it loses records.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyLog } from "../../../packages/engine/src/log/verify.ts";
import { loadDriver } from "../../../packages/store/src/driver.ts";
import { openStore } from "@wuding/store";
import { diceOf, reportRow, scaled, seed, stopwatch } from "../frame.ts";
import type { Call } from "./disk.ts";
import { diskWith, layOut, readTrace, watchedDisk, watching } from "./disk.ts";
import type { Ack, Found } from "./office.ts";
import { examine, origin, readAcks } from "./office.ts";
import { driverPath, newFolder, recordingProgram, smallOffice, started } from "./programs.ts";

const images = scaled(24, 10_000);

type Traced = Readonly<{ calls: readonly Call[]; before: ReadonlyMap<string, Buffer> }>;

/** What a way of recording does to the disk. */
const traced = async (
  program: string,
  args: readonly string[],
  before: ReadonlyMap<string, Buffer>,
): Promise<Traced> => {
  const folder = newFolder();
  for (const [name, bytes] of before) writeFileSync(join(folder, name), bytes);
  const trace = join(newFolder(), "trace");
  const file = join(folder, "casebook.db");
  const [way = "", ...others] = args;
  const { ended } = started(program, [file, way, ...others], watching(folder, trace));
  expect(await ended).toMatchObject({ code: 0 });
  return { calls: readTrace(trace), before };
};

const acksIn = (call: Call): readonly Ack[] =>
  call.kind === "write" && call.name === "acks" ? readAcks(call.bytes.toString("utf8")) : [];

/** Cuts the power at random moments; gives what `look` finds in each image and how many events are lost. */
async function* cuts(
  { calls, before }: Traced,
  count: number,
  dice: (sides: number) => number,
): AsyncGenerator<Readonly<{ at: number; folder: string; acks: readonly Ack[] }>> {
  const moments = Array.from({ length: count }, () => dice(calls.length + 1)).toSorted(
    (a, b) => a - b,
  );
  const disk = diskWith(before);
  const acks: Ack[] = [];
  const folder = join(newFolder(), "image");
  let at = 0;
  for (const moment of moments) {
    for (; at < moment; at++) {
      const call = calls[at];
      if (call === undefined) break;
      disk.take(call);
      acks.push(...acksIn(call));
    }
    layOut(disk.afterCut(dice), folder);
    yield { at, folder, acks: [...acks] };
  }
}

/** A log of the store alone, which no casebook's audit knows: bytes, chain and tree. */
const examineLog = async (file: string, acks: readonly Ack[]): Promise<Found> => {
  const clock = { now: () => 0 };
  const store = await openStore(file, { clock, ids: { next: () => "none" }, origin });
  const leaves = (await store.readAll({ limit: 1_000_000 })).map(({ hash }) => hash);
  const { faults } = await verifyLog(store, { origin });
  await store.close();
  return {
    lost: acks.filter(({ seq }) => leaves[seq] === undefined).length,
    altered: acks.filter(({ seq, leaf }) => leaves[seq] !== undefined && leaves[seq] !== leaf)
      .length,
    fault: faults.first && faults.first.what.en,
    size: leaves.length,
  };
};

const ways: readonly Readonly<{ way: string; cases: number; look?: typeof examine }>[] = [
  { way: "append", cases: 120, look: examineLog },
  { way: "one by one", cases: 120 },
  { way: "together", cases: 160 },
  { way: "transaction", cases: 100 },
  { way: "rebuild", cases: 12 },
  { way: "open and close", cases: 12 },
  { way: "a new casebook", cases: 3 },
];

describe.skipIf(watchedDisk === undefined)("a power cut at any moment", () => {
  it.each(ways)(
    "leaves everything acknowledged, recorded by: $way",
    async ({ way, cases, look = examine }) => {
      const elapsed = stopwatch();
      const dice = diceOf(seed);
      const office = await smallOffice();
      const before = new Map(way === "a new casebook" ? [] : [["casebook.db", office]]);
      const trace = await traced(await recordingProgram(), [way, "1", String(cases)], before);

      // every acknowledgement has waited for the disk
      let syncs = 0;
      let [acknowledgements, unsynced, lastSyncs] = [0, 0, 0];
      for (const call of trace.calls) {
        if (call.kind === "sync" && call.name.startsWith("casebook.db")) syncs += 1;
        if (acksIn(call).length === 0) continue;
        acknowledgements += 1;
        if (syncs === lastSyncs) unsynced += 1;
        lastSyncs = syncs;
      }

      const broken: string[] = unsynced === 0 ? [] : [`${unsynced} acks without a sync`];
      let [lost, altered, withoutFile] = [0, 0, 0];
      for await (const { at, folder, acks } of cuts(trace, images, dice)) {
        const file = join(folder, "casebook.db");
        let found: Found;
        try {
          found = await look(file, acks);
        } catch (error) {
          broken.push(`cut at call ${at}: ${String(error)}`);
          continue;
        }
        // before it is made there is no casebook, and before its first event there is an empty one
        const isYetToCome = way === "a new casebook" && acks.length === 0;
        if (isYetToCome && found.fault?.startsWith("NOT_FOUND")) withoutFile += 1;
        else if (found.fault !== null) broken.push(`cut at call ${at}: ${found.fault}`);
        lost += found.lost;
        altered += found.altered;
      }
      const figures = {
        acknowledgements,
        syncs: syncs,
        calls: trace.calls.length,
        ...(withoutFile > 0 && { "before there was a casebook": withoutFile }),
      };
      reportRow(
        { fault: `power cut, ${way}`, rounds: images, lost, altered, broken, figures },
        elapsed,
      );
      expect({ lost, altered, broken }).toEqual({ lost: 0, altered: 0, broken: [] });
      expect(syncs).toBeGreaterThanOrEqual(acknowledgements);
      expect(acknowledgements).toBeGreaterThan(0);
    },
    scaled(120_000, 7_200_000),
  );

  it(
    "loses what was not synced: the same with synchronous = NORMAL",
    async () => {
      const elapsed = stopwatch();
      const program = join(newFolder(), "careless.cjs");
      writeFileSync(
        program,
        `const { appendFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const [file, level, count] = process.argv.slice(2);
const db = new (require(${JSON.stringify(driverPath)}))(file);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = " + level);
const insert = db.prepare("INSERT INTO checkpoint(size, note) VALUES (?, ?)");
for (let n = 1; n <= Number(count); n++) {
  insert.run(n, Buffer.alloc(300, 65));
  appendFileSync(join(dirname(file), "acks"), "note " + n + " x\\n");
}
db.close();`,
      );
      const before = new Map([["casebook.db", await smallOffice()]]);
      const lossesWith = async (
        level: string,
      ): Promise<Readonly<{ images: number; most: number }>> => {
        const trace = await traced(program, [level, "300"], before);
        let [imagesThatLost, most] = [0, 0];
        for await (const { folder, acks } of cuts(trace, images, diceOf(seed))) {
          const Driver = loadDriver();
          const handle = new Driver(join(folder, "casebook.db"));
          const kept = new Set(handle.prepare("select size from checkpoint").pluck().all());
          handle.close();
          const lost = acks.filter(({ seq }) => !kept.has(seq)).length;
          if (lost > 0) imagesThatLost += 1;
          most = Math.max(most, lost);
        }
        return { images: imagesThatLost, most };
      };
      const careless = await lossesWith("NORMAL");
      const careful = await lossesWith("FULL");
      const figures = {
        "images that lost with NORMAL": careless.images,
        "lost at most": careless.most,
        "images that lost with FULL": careful.images,
      };
      const fault = "power cut, negative control";
      const broken = careless.images > 0 && careful.images === 0 ? [] : ["the test does not bite"];
      reportRow({ fault, rounds: 2 * images, lost: 0, altered: 0, broken, figures }, elapsed);
      expect(broken).toEqual([]);
      expect(careless.images).toBeGreaterThan(images / 2);
    },
    scaled(60_000, 3_600_000),
  );
});
