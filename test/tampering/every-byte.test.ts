/**
 * @module every-byte.test — one bit of a casebook's file is turned over, anywhere: either nothing that
 * anybody can read has changed, or SQLite or the audit says so.
 *
 * A few hundred random bytes run with the other tests. Every byte, or every n-th one from a place on, also of a
 * larger casebook, with a table of the figures: `WUDING_FLIPS=1 npx vitest run every-byte` (`WUDING_FLIPS=8:3`,
 * `WUDING_FLIPS=331:0:1000` of 1,000 events).
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { isEngineError } from "@wuding/engine";
import { cosign, ed25519Signer } from "@wuding/engine/proof";
import { beforeAll, describe, expect, it } from "vitest";
import { loadDriver } from "../../packages/store/src/driver.ts";
import type { Office } from "./given-log.ts";
import { audit, fileOf, givenOffice, testSigner } from "./given-log.ts";
import { diceOf } from "./kinds.ts";

const asked = process.env["WUDING_FLIPS"];
const [step = 1, start = 0, size = 60] = (asked ?? "").split(":").map(Number);
const randomFlips = 250;

const witness = ed25519Signer("witness.invalid/w1", "witness", Buffer.alloc(32, "TEST ONLY w"));

let office: Office;
beforeAll(async () => {
  office = await givenOffice({
    size,
    checkpoints: 1,
    last: async (proving) => {
      await proving.adoptKey(testSigner.key);
      await proving.adoptKey(witness.key);
      const { note } = await proving.checkpoint(testSigner);
      const text = note.slice(0, note.indexOf("\n\n") + 1);
      await proving.keepCosignature(await cosign(text, 1_640_000_000, witness));
    },
  });
});

/**
 * Everything that can be read of a file through SQLite, as one text; an error's code where it cannot be.
 * Left out are the hash of a request, which nothing shows and which only tells a repeated command from
 * another, and the version of the projections: when it is not today's they are made anew.
 */
const readable = (bytes: Buffer): string => {
  const Driver = loadDriver();
  // in memory there is no write-ahead log, which the header's two version bytes announce
  const copy = Buffer.from(bytes);
  // the version for writers is nothing that a reader sees
  if (copy[19] === 2) copy.fill(1, 18, 20);
  try {
    const database = new Driver(copy);
    try {
      const schema = database
        .prepare("select type, name, tbl_name, sql from sqlite_schema")
        .raw()
        .all();
      const header = ["application_id", "user_version"].map((name) => database.pragma(name));
      const rows = tables.map((name) =>
        // without an index, and bytes as bytes: an invalid one must not pass for a valid character
        database.prepare(`select ${columnsOf[name]} from ${name} not indexed`).raw().all(),
      );
      return JSON.stringify([schema, header, rows]);
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
};

const columnsOf = {
  event:
    "seq, hex(case_id), case_seq, hex(type), hex(recorded_at), hex(body), hex(leaf), typeof(body)",
  command: "hex(cmd), first_seq, last_seq",
  node: "level, idx, hex(hash)",
  checkpoint: "size, hex(note)",
  cosignature: "size, hex(line)",
  file: "hex(sha256), size, hex(bytes)",
  personal: "hex(seal), hex(salt), hex(value)",
  projection_row: "hex(projection), hex(stream), hex(key), hex(sort), hex(body)",
  projection_tally: "hex(projection), hex(key), count",
} as const;
const tables = Object.keys(columnsOf) as (keyof typeof columnsOf)[];

/** Where and which bits are turned over. */
const flipsOf = (length: number): readonly (readonly [at: number, bit: number])[] => {
  const dice = diceOf(20_211_231);
  return asked === undefined
    ? Array.from({ length: randomFlips }, () => [dice(length), dice(8)] as const)
    : Array.from(
        { length: Math.ceil((length - start) / step) },
        (_, n) => [start + n * step, dice(8)] as const,
      );
};

/** What is said of a file: by SQLite before anything is read, by the audit, or nothing; a crash says nothing useful. */
const saidOf = async (file: string): Promise<"refused" | "found" | "nothing" | "crashed"> => {
  try {
    const { fault } = await audit(file, office.outside);
    return fault === null ? "nothing" : "found";
  } catch (error) {
    return isEngineError(error) ? "refused" : "crashed";
  }
};

describe(`a casebook of ${size} events, one bit of its file turned over`, () => {
  it("is in order before", async () => {
    expect(await saidOf(fileOf(office.bytes))).toBe("nothing");
  });

  it("shows every change that can be read", async () => {
    const { bytes } = office;
    const before = readable(bytes);
    expect(before).toContain("event_is_never_updated");
    const file = fileOf(bytes);
    const count = { flips: 0, refused: 0, found: 0, crashed: 0, unused: 0, missed: 0 };
    const missed: string[] = [];
    const handle = openSync(file, "r+");
    for (const [at, bit] of flipsOf(bytes.length)) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 << bit);
      count.flips += 1;
      const isVisible = readable(flipped) !== before;
      if (!isVisible && asked !== undefined) {
        count.unused += 1;
        continue;
      }
      writeSync(handle, flipped, at, 1, at);
      const said = await saidOf(file);
      writeSync(handle, bytes, at, 1, at);
      if (said !== "nothing") count[said] += 1;
      if (said === "crashed") missed.push(`byte ${at}, bit ${bit} crashes the audit`);
      if (said !== "nothing") continue;
      if (!isVisible) count.unused += 1;
      else {
        count.missed += 1;
        missed.push(`byte ${at}, bit ${bit}`);
      }
    }
    closeSync(handle);
    if (asked !== undefined) console.table(count);
    expect(missed).toEqual([]);
  }, 7_200_000);
});
