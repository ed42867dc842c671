/** @module backup.test — copies of a casebook that others are writing to. */
import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { backUpCasebook } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { verifyLog } from "../../packages/engine/src/log/verify.ts";
import { report, scaled } from "./frame.ts";
import { contenders, newFolder, newLog, openingEvents, openPlainly, origin } from "./processes.ts";

const runs = scaled(3, 100);
const commandsWithoutEnd = 1_000_000;

describe(`${runs} backups while two processes write`, () => {
  it("are each sound and hold everything acknowledged before they began, byte for byte", async () => {
    const file = await newLog();
    const writers = await contenders(file, 2, commandsWithoutEnd);
    const store = await openPlainly(file);
    for (const writer of writers) writer.begin();
    const sizes: number[] = [];
    for (let run = 0; run < runs; run++) {
      await store.waitForMore(await store.size());
      const acknowledged = await store.size();
      const target = join(newFolder(), "backup.db");
      await backUpCasebook(file, target, async (copy) => {
        const found = await openPlainly(copy, true);
        const { faults } = await verifyLog(found, { origin });
        await found.close();
        if (faults.first !== null) throw new Error(`copy ${run} is not sound`);
      });
      const restored = await openPlainly(target);
      const size = await restored.size();
      expect(size).toBeGreaterThanOrEqual(acknowledged);
      const last = { after: size - 2, limit: 1 };
      expect(await restored.readRaw(last)).toEqual(await store.readRaw(last));
      // whoever restores it goes on from there
      const grown = await restored.streamVersion("a/1/after");
      expect(grown).toBe(0);
      sizes.push(size);
      await restored.close();
    }
    for (const writer of writers) await writer.kill();
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect((await verifyLog(store, { origin })).faults).toEqual({ first: null, more: 0 });
    report(`backup: ${runs} copies while two wrote, of ${sizes[0]} to ${sizes.at(-1)} events`);
  }, 600_000);
});

describe("a plain copy of the file of a casebook that is open", () => {
  it("silently lacks what was acknowledged last: it is no backup", async () => {
    const file = await newLog();
    const store = await openPlainly(file);
    const event = { type: "A", dataVersion: 1, on: "2026-11-21", data: {}, from: null, to: null };
    for (let n = 0; n < 50; n++) {
      await store.append({
        commandId: `c${n}`,
        requestHash: "00",
        actor: { id: "clerk" },
        streams: [
          { stream: "a/1/1", expectedVersion: n, rulebookHash: "sha256:0", events: [event] },
        ],
      });
    }
    const copied = join(dirname(file), "copied.db");
    copyFileSync(file, copied);
    const backedUp = join(dirname(file), "backed-up.db");
    await backUpCasebook(file, backedUp, async () => {});
    const sizeOf = async (name: string): Promise<number> => (await openPlainly(name)).size();
    expect(await sizeOf(copied)).toBe(openingEvents);
    expect(await sizeOf(backedUp)).toBe(openingEvents + 50);
  });
});
