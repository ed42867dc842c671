/** @module contention.test — many programs write to one casebook at once: nothing is lost, and nobody waits for long. */
import { availableParallelism, loadavg } from "node:os";
import { describe, expect, it } from "vitest";
import { verifyLog } from "../../packages/engine/src/log/verify.ts";
import type { Seen } from "./contending-process.ts";
import { isLong, report, scaled } from "./frame.ts";
import { contenders, newLog, openingEvents, openPlainly, origin } from "./processes.ts";
import type { Logged } from "./recorded-history.ts";
import { historyFaults } from "./recorded-history.ts";

const processes = scaled(4, 8);
const commands = scaled(300, 10_000);
/** Milliseconds: no command waits longer. */
const waitMax = 2000;
const waitOfNearlyAllMax = 50;
/** Whether the machine had nothing else to do for the last minute. */
const isQuiet = (loadavg()[0] ?? 0) < availableParallelism();

/** Milliseconds that a share of the commands did not exceed. */
const waitOf = (seen: readonly Seen[], share: number): number => {
  const waits = seen
    .map(({ asked, answered }) => (answered - asked) / 1000)
    .toSorted((a, b) => a - b);
  return waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? NaN;
};

describe(`${processes} processes with ${commands} commands each`, () => {
  it("lose no update, leave no gap, keep the order in time, and wait in turn", async () => {
    const file = await newLog();
    const writers = await contenders(file, processes, commands);
    const began = performance.now();
    for (const writer of writers) writer.begin();
    const seen = (await Promise.all(writers.map((writer) => writer.seen()))).flat();
    const took = performance.now() - began;

    expect(seen).toHaveLength(processes * commands);
    const store = await openPlainly(file);
    const log = await store.readAll({ limit: 1_000_000 });
    expect(log).toHaveLength(openingEvents + processes * commands);
    expect(historyFaults(seen, log)).toEqual([]);
    expect((await verifyLog(store, { origin })).faults).toEqual({ first: null, more: 0 });

    const waits = [0.5, 0.99, 0.999, 1].map((share) => waitOf(seen, share));
    const [half, nearlyAll, , longest] = waits;
    const conflicts = seen.reduce((sum, one) => sum + one.conflicts, 0);
    report(
      `contention: ${processes} × ${commands} commands, ${Math.round(seen.length / (took / 1000))} a second, ` +
        `${conflicts} conflicts retried; machine ${isQuiet ? "quiet" : "busy"}; waited ms p50 p99 p99.9 max: ${waits.map((ms) => ms.toFixed(1)).join(" ")}`,
    );
    expect(longest).toBeLessThan(waitMax);
    expect(half).toBeLessThan(waitOfNearlyAllMax);
    // where others use the machine too, the hundredth part waits for them
    expect(isLong && isQuiet ? nearlyAll : half).toBeLessThan(waitOfNearlyAllMax);
  }, 600_000);
});

describe("the comparison of what was seen with the log", () => {
  const one = (command: string, position: number, asked: number, answered: number): Seen => ({
    command,
    stream: "a/1/1",
    version: position + 1,
    position,
    asked,
    answered,
    conflicts: 0,
  });
  const logged = ({ command, stream, version, position }: Seen): Logged => ({
    commandId: command,
    stream,
    streamVersion: version,
    globalPosition: position,
  });
  const sound = [one("c0", 0, 0, 2), one("c1", 1, 1, 4), one("c2", 2, 3, 5)] as const;
  const log = sound.map(logged);

  it("finds nothing in a history that is as it should be", () => {
    expect(historyFaults(sound, log)).toEqual([]);
  });

  it.each([
    ["a lost acknowledgement", sound, log.slice(0, 2), "c2 was acknowledged and is lost"],
    ["a gap", [], [log[0], log[2]], "position 2 stands at 1"],
    ["a duplicate", [], [...log, { ...log[0], globalPosition: 3, streamVersion: 4 }], "twice"],
    [
      "a lost update",
      [sound[0], { ...sound[1], version: 1 }],
      log,
      "two commands were acknowledged",
    ],
    ["another place", [{ ...sound[0], position: 7 }], log, "not where it was acknowledged"],
    [
      "an order against time",
      [one("c0", 0, 6, 7), one("c1", 1, 1, 4)],
      log,
      "c0 stands before one answered earlier",
    ],
  ] as const)("finds %s", (_what, seen, found, fault) => {
    const faults = historyFaults(seen as readonly Seen[], found as readonly Logged[]);
    expect(faults.join("; ")).toContain(fault);
  });
});
