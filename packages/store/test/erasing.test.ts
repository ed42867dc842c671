/** @module erasing.test — what is erased leaves the bytes of the file, also while the casebook stays open. */
import { existsSync, readFileSync } from "node:fs";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { describe, expect, it } from "vitest";
import { sealOf } from "../../engine/src/log/personal.ts";
import { newFile, open } from "./given-files.ts";

const valueOf = (number: number): string => `电话 0539-${String(100_000 + number)}`;

const personal = Array.from({ length: 1500 }, (_, number) => {
  const salt = `salt-of-value-${String(number).padStart(8, "0")}`;
  const value = valueOf(number);
  return { salt, value, seal: sealOf(salt, value) };
});

const bytesOf = (file: string): Buffer =>
  Buffer.concat(
    [file, `${file}-wal`].filter((one) => existsSync(one)).map((one) => readFileSync(one)),
  );

const request = (commandId: string) => ({
  commandId,
  requestHash: "0".repeat(64),
  actor: { id: "clerk" },
  streams: [],
});

describe("erasing personal values 删除个人信息", () => {
  it("leaves no byte of them, wherever the table had moved them, and keeps the others", async () => {
    const file = newFile();
    const store = await open(file, {
      clock: settableClock("2026-11-22T00:00:00.000Z"),
      ids: countingIds(),
      origin: "erasing.invalid/log",
      create: true,
    });
    // in many appends, so that the table splits its pages again and again
    for (let from = 0; from < personal.length; from += 50) {
      await store.append({ ...request(`c${from}`), personal: personal.slice(from, from + 50) });
    }
    expect(bytesOf(file).includes(valueOf(7))).toBe(true);
    for (const [at, part] of [
      [0, personal.slice(0, 100)],
      [1, personal.slice(100, 900)],
    ] as const) {
      await store.append({ ...request(`f${at}`), forget: part.map(({ seal }) => seal) });
      const bytes = bytesOf(file);
      expect(part.filter(({ value }) => bytes.includes(value))).toEqual([]);
    }
    const kept = await store.personalValues(personal.map(({ seal }) => seal));
    expect([...kept.values()]).toEqual(personal.slice(900));
    await store.close();
  });

  it("is undone with the transaction that it was part of", async () => {
    const file = newFile();
    const store = await open(file, {
      clock: settableClock("2026-11-22T00:00:00.000Z"),
      ids: countingIds(),
      origin: "erasing.invalid/log",
      create: true,
    });
    const [one] = personal;
    const seal = one?.seal ?? "";
    await store.append({ ...request("c"), personal: personal.slice(0, 3) });
    const failing = store.transaction(async (transaction) => {
      await transaction.append([{ ...request("f"), forget: [seal] }]);
      expect((await transaction.personalValues([seal])).size).toBe(0);
      throw new Error("not after all");
    });
    await expect(failing).rejects.toThrow("not after all");
    expect((await store.personalValues([seal])).size).toBe(1);
    await store.transaction((transaction) =>
      transaction.append([{ ...request("f"), forget: [seal] }]),
    );
    expect((await store.personalValues([seal])).size).toBe(0);
    expect(bytesOf(file).includes(one?.value ?? "")).toBe(false);
    await store.close();
  });
});
