/**
 * @module write-ahead-log.test — the write-ahead log of a casebook is damaged or deleted: SQLite passes over what was
 * recorded last without a word, and the audit calls it TRUNCATED wherever a checkpoint is kept outside.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { audit } from "../../tampering/given-log.ts";
import { diceOf, reportRow, scaled, seed, stopwatch } from "../frame.ts";
import { openOffice, receiving } from "./office.ts";
import { checkpointOf, newFolder, smallOffice } from "./programs.ts";

const rounds = scaled(40, 2000);
const commits = 30;

describe("a damaged write-ahead log", () => {
  it(
    "is reported as TRUNCATED against a checkpoint kept outside, whichever bit it is",
    async () => {
      const elapsed = stopwatch();
      const dice = diceOf(seed);
      const file = join(newFolder(), "casebook.db");
      writeFileSync(file, await smallOffice());
      const open = await openOffice(file);
      for (let number = 1; number <= commits; number++) {
        await open.book.executeGiven(receiving(number));
      }
      const outside = [await checkpointOf(open)];
      const size = await open.store.size();
      // as a power cut or a careless copy would leave them
      const [database, log] = [readFileSync(file), readFileSync(`${file}-wal`)];
      await open.book.close();

      const copy = join(newFolder(), "casebook.db");
      const verdictOf = async (wal: Buffer): Promise<string> => {
        writeFileSync(copy, database);
        writeFileSync(`${copy}-wal`, wal);
        writeFileSync(`${copy}-shm`, "");
        const { fault, report } = await audit(copy, outside);
        return `${fault?.kind ?? "none"} ${report?.size ?? "?"}`;
      };
      expect(await verdictOf(log)).toBe(`none ${size}`);
      expect(await verdictOf(Buffer.alloc(0))).toMatch(/^TRUNCATED/);

      const broken: string[] = [];
      let eventsGone = 0;
      for (let round = 0; round < rounds; round++) {
        const damaged = Buffer.from(log);
        const [at, bit] = [dice(log.length), dice(8)];
        damaged.writeUInt8((damaged[at] ?? 0) ^ (1 << bit), at);
        const cut = round % 5 === 4 ? damaged.subarray(0, at) : damaged;
        const verdict = await verdictOf(cut);
        const [kind = "", found = ""] = verdict.split(" ");
        eventsGone += size - Number(found);
        if (kind !== "TRUNCATED") broken.push(`byte ${at}, bit ${bit}: ${verdict}`);
      }
      const figures = { "events that SQLite passed over": eventsGone };
      reportRow(
        { fault: "write-ahead log damaged", rounds, lost: 0, altered: 0, broken, figures },
        elapsed,
      );
      expect(broken).toEqual([]);
    },
    scaled(120_000, 3_600_000),
  );
});
