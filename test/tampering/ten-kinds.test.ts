/**
 * @module ten-kinds.test — what an office could do to its log, and what an audit says of it.
 *
 * A few random cases of each kind run with the other tests. Three hundred of each, with a table of the
 * figures: `WUDING_TAMPERING=300 npx vitest run ten-kinds`.
 */
import { rmSync } from "node:fs";
import { openCasebook } from "@wuding/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Office, Verdict } from "./given-log.ts";
import { audit, fileOf, givenOffice, origin } from "./given-log.ts";
import type { Dice, Tampering, TamperingName } from "./kinds.ts";
import { diceOf, tamper, tamperings } from "./kinds.ts";

const rounds = Number(process.env["WUDING_TAMPERING"] ?? 8);
/** Of these, so many are audited without the checkpoints too. */
const roundsAlone = Math.min(rounds, 30);

let office: Office;
beforeAll(async () => {
  office = await givenOffice({ size: 300, checkpoints: 4 });
});

/** The office's file after a change. */
const tampered = async (tampering: Tampering, dice: Dice): Promise<string> => {
  const file = fileOf(office.bytes);
  tamper(file, tampering, dice, origin);
  if (tampering.projections === "recomputed") {
    const casebook = await openCasebook(file);
    await casebook.rebuildProjections();
    await casebook.close();
  }
  return file;
};

type Count = { tried: number; detected: number; triedAlone: number; detectedAlone: number };
const counts = new Map<string, Count>();
afterAll(() => {
  if (process.env["WUDING_TAMPERING"] !== undefined) console.table(Object.fromEntries(counts));
});

/** What audits say of a casebook changed in one way, with the checkpoints and without. */
const verdictsOf = async (
  name: TamperingName,
  seed: number,
  isFirst: boolean,
): Promise<Readonly<{ told: Verdict; alone: Verdict | undefined }>> => {
  const file = await tampered(tamperings[name], diceOf(seed));
  const told = await audit(file, office.outside);
  const alone = isFirst ? await audit(file) : undefined;
  const count = counts.get(name) ?? { tried: 0, detected: 0, triedAlone: 0, detectedAlone: 0 };
  count.tried += 1;
  if (told.fault !== null) count.detected += 1;
  if (alone !== undefined) count.triedAlone += 1;
  if (alone !== undefined && alone.fault !== null) count.detectedAlone += 1;
  counts.set(name, count);
  rmSync(file);
  return { told, alone };
};

/** Kinds of which a file that fits in itself again tells nothing: only a checkpoint does. */
const onlyByCheckpoint: readonly TamperingName[] = ["truncate", "rebuild of every hash"];

describe("a log of 300 events with four checkpoints kept outside", () => {
  it("is in order as long as nobody touches it", async () => {
    expect(office.outside).toHaveLength(4);
    expect(await audit(fileOf(office.bytes), office.outside)).toMatchObject({
      fault: null,
      more: 0,
      report: { comparedOutside: true, checked: { roots: 4 } },
    });
  });

  it.each(Object.keys(tamperings) as TamperingName[])(
    "shows each %s, by the right name",
    async (name) => {
      const wrong: string[] = [];
      for (let seed = 1; seed <= rounds; seed++) {
        const { told, alone } = await verdictsOf(name, seed, seed <= roundsAlone);
        const what = `${name}, seed ${seed}: ${told.fault?.what.en}`;
        const kinds: readonly string[] = tamperings[name].kinds;
        if (!kinds.includes(told.fault?.kind ?? "")) wrong.push(what);
        if (alone === undefined) continue;
        if ((alone.fault === null) !== onlyByCheckpoint.includes(name))
          wrong.push(`alone: ${what}`);
      }
      expect(wrong).toEqual([]);
    },
    600_000,
  );

  it("shows a changed column by the comparison with the body, and by nothing else", async () => {
    const untouched = await audit(fileOf(office.bytes), office.outside);
    for (let seed = 1; seed <= rounds; seed++) {
      const file = await tampered(tamperings["change of one column"], diceOf(seed));
      const { fault, report } = await audit(file, office.outside);
      expect(fault?.what.en).toMatch(/^its column \w+ differs from its body$/);
      // the tree stands: every hash fits and every checkpoint agrees
      expect(report).toMatchObject({ root: untouched.report?.root, checked: { roots: 4 } });
      rmSync(file);
    }
  }, 600_000);
});
