/** @module restore.test — a backup in the place of a casebook: one whole casebook has the name at every moment. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { backUpCasebook, inspectFile, restoreCasebook } from "../src/index.ts";
import { create, newFile, newFolder, open, request } from "./given-files.ts";
import { otherProgram } from "./given-sqlite.ts";

const content = async (): Promise<void> => undefined;
const fresh = { verify: content };
const inPlace = { verify: content, replace: true, busyTimeoutMs: 20 };

/** A casebook of two events, the backup that was made after the first, and its folder. */
const givenBackup = async () => {
  const { file, store } = await create();
  await store.append(request("c1", "a/1/1", 0));
  const backup = join(dirname(file), "backup.db");
  await backUpCasebook(file, backup, content);
  await store.append(request("c2", "a/1/1", 1));
  return { file, store, backup, folder: dirname(file) };
};

/** The number of events in a file that SQLite finds sound. */
const soundEventsOf = async (file: string): Promise<number> => {
  const { faults, events } = await inspectFile(file);
  expect(faults).toEqual([]);
  return events;
};

describe("a backup where no casebook is", () => {
  it("becomes one, for its owner's eyes, and is itself left as it is", async () => {
    const { backup } = await givenBackup();
    const before = readFileSync(backup);
    const target = newFile();
    expect(await restoreCasebook(backup, target, fresh)).toBeNull();
    expect(readFileSync(backup).equals(before)).toBe(true);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    const store = await open(target);
    await store.append(request("c3", "a/1/1", 1));
    expect(await store.size()).toBe(2);
  });

  it("is not one when the verification is not content, and leaves nothing behind", async () => {
    const { backup } = await givenBackup();
    const target = newFile();
    const refusing = restoreCasebook(backup, target, {
      verify: async () => {
        throw new Error("not content");
      },
    });
    await expect(refusing).rejects.toThrow("not content");
    expect(readdirSync(dirname(target))).toEqual([]);
  });

  it("does not take up the write-ahead log of a file that is gone", async () => {
    const { backup } = await givenBackup();
    const target = newFile();
    writeFileSync(`${target}-wal`, "what a lost casebook left");
    const kept = await restoreCasebook(backup, target, fresh);
    expect(kept).toBe(`${target}.replaced-1-wal`);
    expect(readFileSync(kept ?? "", "utf8")).toBe("what a lost casebook left");
    expect(await soundEventsOf(target)).toBe(1);
  });

  it("says so when there is no backup, or what is there is none", async () => {
    const missing = restoreCasebook(newFile(), newFile(), fresh);
    await expect(missing).rejects.toMatchObject({ code: "NOT_FOUND" });
    const letter = newFile();
    writeFileSync(letter, "a letter, and no casebook; ".repeat(100));
    await expect(restoreCasebook(letter, newFile(), fresh)).rejects.toMatchObject({
      code: "NOT_A_CASEBOOK",
    });
  });
});

describe("a backup in the place of a casebook", () => {
  it("is refused unless that is said", async () => {
    const { file, store, backup } = await givenBackup();
    await store.close();
    await expect(restoreCasebook(backup, file, fresh)).rejects.toMatchObject({
      code: "CASEBOOK_EXISTS",
      data: { replaceable: true },
    });
    expect(await soundEventsOf(file)).toBe(2);
  });

  it("leaves the old one whole under another name, with the newest of its write-ahead log", async () => {
    const { file, store, backup } = await givenBackup();
    // as a killed process leaves it: its records in the log, and nobody there to tidy up
    const left = join(newFolder(), "left.db");
    for (const suffix of ["", "-wal"]) writeFileSync(left + suffix, readFileSync(file + suffix));
    await store.close();
    chmodSync(left, 0o640);
    expect(statSync(`${left}-wal`).size).toBeGreaterThan(0);
    const kept = await restoreCasebook(backup, left, inPlace);
    expect(kept).toBe(`${left}.replaced-1`);
    expect(await soundEventsOf(kept ?? "")).toBe(2);
    expect(await soundEventsOf(left)).toBe(1);
    expect(statSync(left).mode & 0o777).toBe(0o640);
    const restored = await open(left);
    await restored.append(request("c9", "a/1/9", 0));
    await restored.close();
    expect(await soundEventsOf(left)).toBe(2);
    expect(await restoreCasebook(backup, left, inPlace)).toBe(`${left}.replaced-2`);
  });

  it("waits for whoever has the old one open, and is refused when that goes on", async () => {
    const { file, store, backup } = await givenBackup();
    await store.size();
    await expect(restoreCasebook(backup, file, inPlace)).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      data: { why: { en: expect.stringContaining("has it open") } },
    });
    await store.append(request("c3", "a/1/1", 2));
    await store.close();
    expect(await soundEventsOf(file)).toBe(3);
    expect(readdirSync(dirname(file)).filter((name) => name.includes(".replaced-"))).toEqual([]);
  });

  it("is told to whoever had a file open that was lost meanwhile", async () => {
    const { file, store, backup } = await givenBackup();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix);
    await restoreCasebook(backup, file, inPlace);
    await expect(store.append(request("c3", "a/1/1", 2))).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      data: { why: { en: expect.stringContaining("replaced") } },
    });
  });

  it("is possible although the old one is damaged: it is kept as it was, its log too", async () => {
    const { file, store, backup } = await givenBackup();
    await store.close();
    const damaged = readFileSync(file).fill(7, 0, 5000);
    writeFileSync(file, damaged);
    writeFileSync(`${file}-wal`, "its log");
    const kept = await restoreCasebook(backup, file, inPlace);
    expect(readFileSync(kept ?? "").equals(damaged)).toBe(true);
    expect(readFileSync(`${kept}-wal`, "utf8")).toBe("its log");
    expect(await soundEventsOf(file)).toBe(1);
  });

  it("replaces the file that a link leads to, and not the link", async () => {
    const { file, store, backup } = await givenBackup();
    await store.close();
    const link = newFile();
    symlinkSync(file, link);
    expect(await restoreCasebook(backup, link, inPlace)).toBe(`${file}.replaced-1`);
    expect(await soundEventsOf(file)).toBe(1);
  });

  it("takes away the second name that an interrupted restore has left", async () => {
    const { file, store, backup } = await givenBackup();
    await store.close();
    linkSync(file, `${file}.replaced-1`);
    expect(await restoreCasebook(backup, file, inPlace)).toBe(`${file}.replaced-1`);
    expect(statSync(`${file}.replaced-1`).nlink).toBe(1);
    expect(await soundEventsOf(`${file}.replaced-1`)).toBe(2);
  });

  it("cannot be written where others hold the file for a moment: they see one or the other", async () => {
    const { file, store, backup } = await givenBackup();
    await store.close();
    const other = otherProgram(file);
    other.exec("begin; select count(*) from event");
    await expect(restoreCasebook(backup, file, inPlace)).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
    other.exec("commit");
    expect(await soundEventsOf(file)).toBe(2);
  });
});

describe("a restore that is killed", () => {
  it("leaves the old casebook or the new one, whole, whenever it happens", async () => {
    const { file, store, backup, folder } = await givenBackup();
    await store.close();
    const longer = join(folder, "longer.db");
    await backUpCasebook(file, longer, content);
    const cache = fileURLToPath(new URL("../.cache", import.meta.url));
    mkdirSync(cache, { recursive: true });
    const program = join(cache, `restoring-process-${process.pid}.mjs`);
    await build({
      entryPoints: [fileURLToPath(new URL("./restoring-process.ts", import.meta.url))],
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
      conditions: ["@wuding/source"],
      logLevel: "error",
    });
    const seen = new Set<number>();
    try {
      for (const afterMs of [0, 1, 3, 5, 8, 13, 21, 29]) {
        const child = spawn(process.execPath, [program, file, backup, longer], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        const ended = once(child, "close");
        await once(child.stdout, "data");
        await pause(afterMs);
        child.kill("SIGKILL");
        await ended;
        seen.add(await soundEventsOf(file));
        for (const name of readdirSync(folder)) {
          // as a person looks at it who wonders what it is; never under two names at once
          const kept = join(folder, name);
          const isKept = name.startsWith(`${basename(file)}.replaced-`) && /\d$/.test(name);
          if (isKept && statSync(kept).nlink === 1) seen.add(await soundEventsOf(kept));
        }
        const opened = await open(file);
        await opened.append(request(`after-${afterMs}`, `a/1/after-${afterMs}`, 0));
        await opened.close();
      }
    } finally {
      rmSync(program, { force: true });
    }
    // three: the one that was restored and recorded in was replaced again
    expect([...seen].filter((events) => ![1, 2, 3].includes(events))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
    expect(existsSync(`${file}-journal`)).toBe(false);
  });
});
