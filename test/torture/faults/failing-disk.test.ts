/**
 * @module failing-disk.test — every single call to the disk fails once, or from then on for good; and the disk is
 * full at every offset. Each refusal says why, nothing acknowledged is lost, no transaction is left hanging, the store
 * stops where nothing may be believed any more, and a command whose fate was unknown is found out by its id.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isLong, reportRow, scaled, stopwatch } from "../frame.ts";
import { watchedDisk, watching } from "./disk.ts";
import type { Orders, Round } from "./failing-process.ts";
import { failingProgram, newFolder, smallOffice, started } from "./programs.ts";

const sum = (rounds: readonly Round[], of: (round: Round) => number): number =>
  rounds.reduce((total, round) => total + of(round), 0);

const roundsOf = async (
  what: "calls" | "room",
  orders: Omit<Orders, "office">,
): Promise<readonly Round[]> => {
  const folder = newFolder();
  const office = join(newFolder(), "office.db");
  writeFileSync(office, await smallOffice());
  const args = [folder, what, JSON.stringify({ ...orders, office })];
  const { code, out } = await started(await failingProgram(), args, watching(folder)).ended;
  expect(code).toBe(0);
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Round);
};

const judge = (fault: string, rounds: readonly Round[], elapsed: () => number): void => {
  const lost = sum(rounds, (round) => round.lost);
  const altered = sum(rounds, (round) => round.altered);
  const broken = rounds.flatMap((round) => round.broken);
  const figures = {
    acknowledged: sum(rounds, (round) => round.acknowledged),
    refused: sum(rounds, (round) => round.refused),
    ambiguous: sum(rounds, (round) => round.ambiguous),
    "recorded of these": sum(rounds, (round) => round.ambiguousRecorded),
  };
  reportRow({ fault, rounds: rounds.length, lost, altered, broken, figures }, elapsed);
  expect({ lost, altered, broken }).toEqual({ lost: 0, altered: 0, broken: [] });
};

describe.skipIf(watchedDisk === undefined)("a disk that fails at a call", () => {
  it.each(["EIO once", "EIO sticky", "ENOSPC once", ...(isLong ? ["ENOSPC sticky"] : [])])(
    "costs nothing that was acknowledged, whichever call it is: %s",
    async (fault) => {
      const elapsed = stopwatch();
      const rounds = await roundsOf("calls", { fault, isLong });
      judge(`${fault}, every call`, rounds, elapsed);
      expect(rounds.length).toBeGreaterThan(40);
    },
    scaled(120_000, 3_600_000),
  );
});

describe.skipIf(watchedDisk === undefined)("a disk that is full", () => {
  it(
    "is read from and, with room again, written to without repair",
    async () => {
      const elapsed = stopwatch();
      // from no room at all, in steps that fall on each place within a page
      const count = scaled(12, 240);
      const rooms = Array.from({ length: count }, (_, n) => n * scaled(12_289, 4096 + 31));
      const found = await roundsOf("room", { rooms });
      judge("disk full, every size", found, elapsed);
      expect(found).toHaveLength(count);
    },
    scaled(120_000, 3_600_000),
  );
});
