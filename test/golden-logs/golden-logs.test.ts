/**
 * @module golden-logs.test — what a release has written can be read, verified and written again by every
 * later one, to the byte.
 */
import { copyFileSync, readFileSync } from "node:fs";
import { openCaseBundle, verifyExport } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { openCheckpoint, readPolicy, toBase64 } from "@wuding/engine/proof";
import { inspectFile, openCasebook, upgradePlan } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { migrations } from "../../packages/store/src/migrations.ts";
import { create, newFile, open } from "../../packages/store/test/given-files.ts";
import { otherProgram } from "../../packages/store/test/given-sqlite.ts";
import type { Golden } from "./given-golden.ts";
import { fixture, hashes, originOf, pathOf, recordAgain, releases } from "./given-golden.ts";

const goldens: readonly Golden[] = releases.flatMap((release) =>
  hashes.map((hash) => ({ release, hash })),
);
const inMemory = createMemoryStore;
const inFile = (given: Parameters<typeof createMemoryStore>[0]) =>
  open(newFile(), { ...given, create: true });

async function* linesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (const line of bytes.toString("utf8").trimEnd().split("\n")) yield Buffer.from(line);
}

const sound = { first: null, more: 0 };

describe.each(goldens)("the log of release $release in $hash", (golden) => {
  const events = fixture(golden, "events.jsonl");
  const note = fixture(golden, "checkpoint").toString("utf8");
  const policy = readPolicy(fixture(golden, "pin").toString("utf8"), "pin");

  it("verifies with the verifier's own keys, witness and all", async () => {
    const checkpoint = openCheckpoint(note, policy);
    expect(checkpoint).toMatchObject({
      origin: originOf(golden),
      cosignatures: [{ witness: "golden.invalid/witness", time: 1_640_966_400 }],
    });
    const report = await verifyExport(linesOf(events), checkpoint, {});
    expect(report).toMatchObject({
      size: checkpoint.size,
      root: toBase64(checkpoint.root),
      faults: sound,
      checked: { roots: 1 },
    });
  });

  it.each([
    ["memory", inMemory],
    ["a SQLite file", inFile],
  ])("comes about again in %s, to the byte, from the same commands", async (_where, newStore) => {
    const again = await recordAgain(golden, newStore);
    expect(again.events.equals(events)).toBe(true);
    expect(again.checkpoint).toBe(note);
    expect(again.pin).toBe(fixture(golden, "pin").toString("utf8"));
    expect(await again.casebook.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
    const outside = [{ name: "checkpoint", note }];
    expect(await again.casebook.audit({ outside, policy })).toMatchObject({ faults: sound });
  });

  it("each of its cases can be proven", async () => {
    const { casebook } = await recordAgain(golden, inMemory);
    const proving = await casebook.proving();
    const cases = await casebook.list();
    expect(cases.length).toBeGreaterThan(1);
    for (const { case: id } of cases) {
      const bundle = await proving.proveCase(id, note);
      expect(openCaseBundle(Buffer.from(bundle.events), bundle.proof, policy).case).toBe(id);
    }
  });
});

/** Every format that was there before today's. */
const formerFormats = migrations.slice(1).map((_step, index) => index + 1);

describe.each(formerFormats)("a file of format %i", (format) => {
  const golden: Golden = { release: "0.1.0", hash: "sha256" };
  const policy = readPolicy(fixture(golden, "pin").toString("utf8"), "pin");
  const note = fixture(golden, "checkpoint").toString("utf8");
  const copy = (): string => {
    const file = newFile();
    copyFileSync(pathOf(golden.release, `version-${format}.db`), file);
    return file;
  };
  const options = { outside: [{ name: "checkpoint", note }], policy };

  it("is one", () => {
    const database = otherProgram(copy());
    expect(database.pragma("user_version", { simple: true })).toBe(format);
    const names = database.prepare("select name from sqlite_schema where type = 'table'").pluck();
    expect(names.all().includes("cosignature")).toBe(format >= 2);
  });

  it("is verified as it is, and stays as it is", async () => {
    const file = copy();
    const before = readFileSync(file);
    expect((await inspectFile(file)).faults).toEqual([]);
    const casebook = await openCasebook(file, { readOnly: true });
    expect(await casebook.audit(options)).toMatchObject({
      faults: sound,
      checkpoints: { kept: 1 },
      checked: expect.not.objectContaining({ projections: expect.anything() }),
    });
    await casebook.close();
    const steps = migrations
      .slice(format)
      .map(({ label }, index) => ({ format: format + 1 + index, label }));
    expect(await upgradePlan(file)).toEqual({ from: format, to: migrations.length, steps });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("becomes one of the newest format with the same root, and keeps a witness's line then", async () => {
    const file = copy();
    const casebook = await openCasebook(file);
    expect(await inspectFile(file)).toMatchObject({ userVersion: migrations.length, faults: [] });
    const proving = await casebook.proving();
    const { size, root } = openCheckpoint(note, policy);
    expect(await proving.head()).toMatchObject({ size, root });
    expect(await casebook.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
    expect(await casebook.checkProjections()).toMatchObject({ areRead: true, count: 0 });
    const [line = ""] = note.split("\n").slice(-2);
    expect(await proving.keepCosignature(`${line}\n`)).toBe(size);
    expect((await proving.newestCheckpoint())?.note).toBe(note);
    expect(await casebook.audit(options)).toMatchObject({ faults: sound });
    await casebook.close();
  });
});

describe("a file of a format to come", () => {
  it("is refused, whatever is wanted of it", async () => {
    const { file, store } = await create();
    await store.close();
    otherProgram(file).pragma(`user_version = ${migrations.length + 1}`);
    const newer = {
      code: "STORE_NEWER",
      data: { found: migrations.length + 1, known: migrations.length },
    };
    await expect(openCasebook(file)).rejects.toMatchObject(newer);
    await expect(openCasebook(file, { readOnly: true })).rejects.toMatchObject(newer);
    await expect(upgradePlan(file)).rejects.toMatchObject(newer);
    await expect(inspectFile(file)).rejects.toMatchObject(newer);
  });
});
