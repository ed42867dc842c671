/** @module waiting-turn.test — waiting for another program: not for ever, and not with everything standing still. */
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inTurn } from "../src/waiting-turn.ts";
import { create, open, request } from "./given-files.ts";
import { otherProgram } from "./given-sqlite.ts";

const busy = (): Error => Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });

describe("a write that waits for another program", () => {
  it("leaves the process free for whoever only reads, and is recorded with those who came meanwhile", async () => {
    const { file, store } = await create();
    await store.append(request("c1", "a/1/1", 0));
    const other = otherProgram(file);
    other.exec("begin immediate");
    const order: string[] = [];
    const first = store.append(request("c2", "a/1/1", 1)).then(() => order.push("first"));
    await pause(150);
    const second = store.append(request("c3", "a/1/1", 2)).then(() => order.push("second"));
    expect(await store.readStream("a/1/1")).toHaveLength(1);
    order.push("read");
    other.exec("commit");
    await Promise.all([first, second]);
    expect(order).toEqual(["read", "first", "second"]);
  });

  it("is refused when its own time is over; one that came later has its own", async () => {
    const { file } = await create();
    const store = await open(file, { busyTimeoutMs: 200 });
    const other = otherProgram(file);
    other.exec("begin immediate");
    const outcomes: string[] = [];
    const early = store.append(request("c1", "a/1/1", 0)).catch(() => outcomes.push("refused"));
    await pause(120);
    const late = store.append(request("c2", "a/1/2", 0)).then(() => outcomes.push("recorded"));
    await early;
    expect(outcomes).toEqual(["refused"]);
    other.exec("commit");
    await late;
    expect(outcomes).toEqual(["refused", "recorded"]);
    expect(await store.size()).toBe(1);
  });

  it("holds back the works behind it, and closing waits for all of them", async () => {
    const { file, store } = await create();
    const other = otherProgram(file);
    other.exec("begin immediate");
    const appended = store.append(request("c1", "a/1/1", 0));
    const together = store.appendTogether([request("c2", "a/1/1", 1), request("c3", "a/1/1", 2)]);
    const alone = store.transaction(async ({ streamVersion }) => streamVersion("a/1/1"));
    const closed = store.close();
    await pause(60);
    other.exec("commit");
    await Promise.all([appended, together, closed]);
    expect(await alone).toBe(3);
  });
});

describe("the pauses between attempts", () => {
  /** How often one tries within its patience when there never is a turn, and how long that took. */
  const attemptsWithin = (patienceMs: number): readonly [attempts: number, took: number] => {
    let attempts = 0;
    const began = performance.now();
    const work = (): never => {
      attempts += 1;
      throw busy();
    };
    expect(() => inTurn(patienceMs, work)).toThrow("database is locked");
    return [attempts, performance.now() - began];
  };

  it("are long for a newcomer, who gives way, and short for one who has waited", () => {
    const [few] = attemptsWithin(8);
    expect(few).toBeLessThan(7);
    const [many, took] = attemptsWithin(45);
    expect(many).toBeGreaterThan(2 * few);
    expect(took).toBeLessThan(1000);
  });

  it("do not come at all where nothing is locked, nor for any other error", () => {
    let attempts = 0;
    expect(inTurn(1000, () => (attempts += 1))).toBe(1);
    const work = (): never => {
      attempts += 1;
      throw new Error("the disk failed");
    };
    expect(() => inTurn(1000, work)).toThrow("the disk failed");
    expect(attempts).toBe(2);
  });
});
