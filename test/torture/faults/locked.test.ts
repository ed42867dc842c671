/**
 * @module locked.test — another program holds the casebook: whoever wants to write waits his time, is told that it is
 * busy and has changed nothing; whoever reads does not wait.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { LineAnswer } from "@wuding/engine";
import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { reportRow, scaled, stopwatch } from "../frame.ts";
import { examine, openOffice, receiving } from "./office.ts";
import { driverPath, newFolder, smallOffice, started, wudingProgram } from "./programs.ts";

/** A program that has written a row and does not commit until it is told to. */
const holding = async (file: string, size: number) => {
  const text = `
    const db = new (require(process.argv[1]))(process.argv[2]);
    db.pragma("synchronous = FULL");
    db.exec("begin immediate");
    db.prepare("insert into checkpoint(size, note) values (?, ?)").run(${size}, Buffer.from("held"));
    console.log("held");
    process.stdin.resume().on("end", () => { db.exec("commit"); db.close(); });`;
  const child = spawn(process.execPath, ["-e", text, driverPath, file], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  await once(child.stdout, "data");
  return {
    child,
    commit: async () => {
      child.stdin.end();
      await ended;
    },
  };
};

const isBusy = (error: unknown): boolean =>
  isEngineError(error, "STORE_UNAVAILABLE") &&
  error.data.why.en.includes("another program is writing");

/** Throws the first refusal of a batch. */
const allOf = async (applied: Promise<readonly LineAnswer[]>): Promise<void> => {
  for (const answer of await applied) if (!answer.ok) throw answer.refusal;
};

const rounds = scaled(4, 40);
const patienceMs = 150;

describe("a casebook that another program holds", () => {
  it(
    "refuses to record as busy, changes nothing, and goes on when the other one has",
    async () => {
      const elapsed = stopwatch();
      const office = await smallOffice();
      const broken: string[] = [];
      for (let round = 0; round < rounds; round++) {
        const file = join(newFolder(), "casebook.db");
        writeFileSync(file, office);
        const holder = await holding(file, 1000 + round);
        const isPaused = round % 2 === 1;
        if (isPaused) holder.child.kill("SIGSTOP");
        const { store, book } = await openOffice(file, false, patienceMs);
        const before = await store.size();
        const lines = [10, 11].map((number) => ({ line: number, given: receiving(number) }));
        const works = [
          book.executeGiven(receiving(1)),
          book.executeGiven(receiving(2)),
          allOf(book.applyAtomically(lines)),
          book.rebuildProjections(),
        ];
        for (const [at, outcome] of (await Promise.allSettled(works)).entries()) {
          const refusal: unknown = outcome.status === "rejected" ? outcome.reason : "nothing";
          if (!isBusy(refusal)) broken.push(`round ${round}, work ${at}: ${String(refusal)}`);
        }
        if ((await store.size()) !== before) broken.push(`round ${round}: something was recorded`);
        if (isPaused) holder.child.kill("SIGCONT");
        await holder.commit();
        if (!(await store.readCheckpoints({ limit: 10 })).some(({ size }) => size === 1000 + round))
          broken.push(`round ${round}: the holder's row is missing`);
        await book.executeGiven(receiving(1));
        await book.close();
        // what the holder wrote is no checkpoint: the audit says so, and of nothing else
        const { size } = await examine(file, []);
        if (size !== before + 1) broken.push(`round ${round}: ${size} events`);
      }
      reportRow({ fault: "held by another program", rounds, lost: 0, altered: 0, broken }, elapsed);
      expect(broken).toEqual([]);
    },
    scaled(120_000, 1_200_000),
  );

  it("lets the program wait its time and end with exit code 7, and answers questions meanwhile", async () => {
    const file = join(newFolder(), "casebook.db");
    writeFileSync(file, await smallOffice());
    const bytes = readFileSync(file);
    const holder = await holding(file, 1000);
    holder.child.kill("SIGSTOP");
    const begun = performance.now();
    const recording = started(
      wudingProgram,
      `--db ${file} --json receive --kind cppcc --session 15-5 --number 1 --title 建议 --proposer 李楠 --on 2021-04-02`.split(
        " ",
      ),
    ).ended;
    await pause(200);
    const reading = await started(wudingProgram, ["--db", file, "list"]).ended;
    expect(reading.code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(12_000);
    expect((await recording).code).toBe(7);
    const waited = performance.now() - begun;
    expect(waited).toBeGreaterThan(14_000);
    expect(waited).toBeLessThan(45_000);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    holder.child.kill("SIGCONT");
    await holder.commit();
  }, 60_000);
});
