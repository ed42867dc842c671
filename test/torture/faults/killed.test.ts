/** @module killed.test — `kill -9` at any moment: whatever was acknowledged is there, and the log verifies. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { diceOf, reportRow, scaled, seed, stopwatch } from "../frame.ts";
import { examine, readAcks } from "./office.ts";
import { newFolder, recordingProgram, smallOffice, started } from "./programs.ts";

const rounds = scaled(15, 1000);
const ways = ["one by one", "together", "transaction", "rebuild", "open and close"];
/** After so many rounds on one file the next one is new: an audit reads all of it. */
const roundsPerFile = 10;
const casesWithoutEnd = 100_000;

describe.skipIf(process.platform === "win32")("a process that is killed", () => {
  it(
    "has recorded all that it acknowledged, whatever it was doing",
    async () => {
      const elapsed = stopwatch();
      const dice = diceOf(seed);
      const program = await recordingProgram();
      const office = await smallOffice();
      const broken: string[] = [];
      let [lost, altered, acknowledged, unacknowledged] = [0, 0, 0, 0];
      let [folder, sizeBefore] = ["", 0];
      for (let round = 0; round < rounds; round++) {
        if (round % roundsPerFile === 0) {
          folder = newFolder();
          writeFileSync(join(folder, "casebook.db"), office);
          sizeBefore = 6;
        }
        const [file, acks] = [join(folder, "casebook.db"), join(folder, "acks")];
        const way = ways[round % ways.length] ?? "";
        const before = existsSync(acks) ? readFileSync(acks).length : 0;
        const first = String((round % roundsPerFile) * casesWithoutEnd + 1);
        const { child, ended } = started(program, [file, way, first, String(casesWithoutEnd)]);
        while (!existsSync(acks) || readFileSync(acks).length === before) await pause(1);
        await pause(dice(60));
        child.kill("SIGKILL");
        const { signal } = await ended;
        if (signal !== "SIGKILL") broken.push(`round ${round}, ${way}: it ended by itself`);
        const known = readAcks(readFileSync(acks, "utf8"));
        const found = await examine(file, known);
        if (found.fault !== null) broken.push(`round ${round}, ${way}: ${found.fault}`);
        lost += found.lost;
        altered += found.altered;
        const fresh = readAcks(readFileSync(acks).subarray(before).toString("utf8")).length;
        acknowledged += fresh;
        unacknowledged += found.size - sizeBefore - fresh;
        sizeBefore = found.size;
      }
      const figures = { acknowledged, "recorded, not acknowledged": unacknowledged };
      reportRow({ fault: "kill -9", rounds, lost, altered, broken, figures }, elapsed);
      expect({ lost, altered, broken }).toEqual({ lost: 0, altered: 0, broken: [] });
      expect(acknowledged).toBeGreaterThan(rounds);
    },
    scaled(120_000, 3_600_000),
  );
});
