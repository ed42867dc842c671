/**
 * @module damaged-file.test — a casebook's file is damaged, emptied or exchanged: each is told by its name, and nothing
 * is written to what is not believed.
 */
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { OutsideCheckpoint } from "@wuding/engine";
import { isEngineError } from "@wuding/engine";
import { beforeAll, describe, expect, it } from "vitest";
import { loadDriver } from "../../../packages/store/src/driver.ts";
import { audit } from "../../tampering/given-log.ts";
import { diceOf, isLong, reportRow, scaled, seed, stopwatch } from "../frame.ts";
import type { Open } from "./office.ts";
import { openOffice, receiving } from "./office.ts";
import { checkpointOf, newFolder, smallOffice } from "./programs.ts";

const pageBytes = 4096;
let office: Buffer;
let outside: readonly OutsideCheckpoint[];
let freePages: number;

beforeAll(async () => {
  office = await smallOffice(60);
  const file = join(newFolder(), "casebook.db");
  writeFileSync(file, office);
  const open = await openOffice(file);
  outside = [await checkpointOf(open)];
  await open.book.close();
  const Driver = loadDriver();
  const handle = new Driver(file);
  freePages = Number(handle.pragma("freelist_count", { simple: true }));
  handle.close();
});

/** What became of recording in a damaged file. */
type Outcome = Readonly<{ at: "opening" | "recording" | "nothing"; code: string }>;

const recordIn = async (file: string): Promise<Outcome> => {
  let open: Open | undefined;
  try {
    open = await openOffice(file);
    await open.book.executeGiven(receiving(1));
    return { at: "nothing", code: "" };
  } catch (error) {
    const code = isEngineError(error) ? error.code : String(error);
    return { at: open === undefined ? "opening" : "recording", code };
  } finally {
    await open?.book.close();
  }
};

type Damage = Readonly<{ name: string; bytes: Buffer }>;

const changed = (name: string, change: (bytes: Buffer) => Buffer | void): Damage => {
  const bytes = Buffer.from(office);
  return { name, bytes: change(bytes) ?? bytes };
};

const damages = (): readonly Damage[] => {
  const dice = diceOf(seed);
  const pages = Array.from({ length: office.length / pageBytes }, (_, page) => page);
  const chosen = isLong ? pages : pages.filter((page) => page === 0 || dice(4) === 0);
  const [one, other] = [1 + dice(pages.length - 1), 1 + dice(pages.length - 1)];
  return [
    changed("emptied", () => Buffer.alloc(0)),
    changed("wrong magic", (bytes) => void bytes.write("SQLite fromat 3", 0, "latin1")),
    changed("another program's", (bytes) => void bytes.writeUInt32BE(0, 68)),
    changed("text", () => Buffer.from("办件库\n".repeat(2000))),
    changed("cut within the header", (bytes) => bytes.subarray(0, 60)),
    ...pages
      .filter((page) => page > 0 && (isLong || dice(6) === 0))
      .map((page) =>
        changed(`cut at page ${page}`, (bytes) => bytes.subarray(0, page * pageBytes)),
      ),
    changed("cut within a page", (bytes) => bytes.subarray(0, office.length - pageBytes + 100)),
    ...[0x00, 0xff].flatMap((byte) =>
      chosen.map((page) =>
        changed(`page ${page} filled with ${byte}`, (bytes) => {
          bytes.fill(byte, page * pageBytes, (page + 1) * pageBytes);
        }),
      ),
    ),
    changed(`page ${one} in the place of ${other}`, (bytes) => {
      bytes.copyWithin(other * pageBytes, one * pageBytes, (one + 1) * pageBytes);
    }),
  ];
};

describe("a damaged file", () => {
  it(
    "is told by its name before anything is written",
    async () => {
      const elapsed = stopwatch();
      const broken: string[] = [];
      let [refused, harmless, rounds] = [0, 0, 0];
      const file = join(newFolder(), "casebook.db");
      for (const { name, bytes } of damages()) {
        if (bytes.equals(office)) continue;
        rounds += 1;
        for (const suffix of ["-wal", "-shm"]) rmSync(file + suffix, { force: true });
        writeFileSync(file, bytes);
        const outcome = await recordIn(file);
        if (outcome.at !== "nothing") {
          refused += 1;
          if (!/^(INTEGRITY|NOT_A_CASEBOOK)$/.test(outcome.code))
            broken.push(`${name}: ${outcome.at} says ${outcome.code}`);
          if (!readFileSync(file).equals(bytes)) broken.push(`${name}: the file was written to`);
          if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0)
            broken.push(`${name}: something was recorded`);
          continue;
        }
        const { fault } = await audit(file, outside);
        if (fault !== null) broken.push(`${name}: recorded in, and only the audit tells`);
        else harmless += 1;
      }
      // a page that holds nothing, or its like in its place
      if (harmless > 2 * freePages) broken.push(`${harmless} damages that the audit does not see`);
      const figures = { refused, harmless };
      reportRow({ fault: "damaged file", rounds, lost: 0, altered: 0, broken, figures }, elapsed);
      expect(broken).toEqual([]);
      expect(refused).toBe(rounds - harmless);
    },
    scaled(120_000, 1_200_000),
  );
});

const exchanges: readonly Readonly<{ name: string; exchange: (file: string) => void }>[] = [
  { name: "deleted", exchange: (file) => rmSync(file) },
  { name: "moved away", exchange: (file) => renameSync(file, `${file}.old`) },
  {
    name: "deleted and made anew",
    exchange: (file) => {
      rmSync(file);
      writeFileSync(file, office);
    },
  },
  {
    name: "replaced by a copy of itself",
    exchange: (file) => {
      copyFileSync(file, `${file}.copy`);
      renameSync(`${file}.copy`, file);
    },
  },
];

describe("a file that is exchanged under a running program", () => {
  it(
    "is written to no more, by whichever way",
    async () => {
      const elapsed = stopwatch();
      const broken: string[] = [];
      const rounds = scaled(1, 25) * exchanges.length;
      for (let round = 0; round < rounds; round++) {
        const { name, exchange } = exchanges[round % exchanges.length] ?? exchanges[0]!;
        const file = join(newFolder(), "casebook.db");
        writeFileSync(file, office);
        const { store, book } = await openOffice(file);
        await book.executeGiven(receiving(1));
        exchange(file);
        const stands = existsSync(file) ? readFileSync(file) : undefined;
        const works: Readonly<Record<string, () => Promise<unknown>>> = {
          record: () => book.executeGiven(receiving(2)),
          transaction: () => store.transaction(async () => "done"),
          snapshot: () => store.snapshot(async () => "done"),
          rebuild: () => book.rebuildProjections(),
          checkpoint: () => store.keepCheckpoint({ size: 1, note: "note" }),
        };
        for (const [way, work] of Object.entries(works)) {
          const told = await work().then(
            () => "nothing",
            (error: unknown) =>
              isEngineError(error, "STORE_UNAVAILABLE") ? error.data.why.en : String(error),
          );
          if (!told.includes("moved away or replaced"))
            broken.push(`${name}, ${way}: it says ${told}`);
        }
        await book.close();
        const now = existsSync(file) ? readFileSync(file) : undefined;
        if (
          (now === undefined) !== (stands === undefined) ||
          (now && stands && !now.equals(stands))
        )
          broken.push(`${name}: the file of that name was written to`);
      }
      reportRow({ fault: "file exchanged", rounds, lost: 0, altered: 0, broken }, elapsed);
      expect(broken).toEqual([]);
    },
    scaled(60_000, 1_200_000),
  );
});
