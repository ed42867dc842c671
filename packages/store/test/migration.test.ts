/** @module migration.test — a file of an older version is signed as it was, and then brought forward. */
import { describe, expect, it } from "vitest";
import { signHeadOf } from "@wuding/engine";
import { ed25519Signer, signCheckpoint, toBase64 } from "@wuding/engine/proof";
import { migrations } from "../src/migrations.ts";
import { newFile } from "./given-files.ts";
import { otherProgram } from "./given-sqlite.ts";
import { openCasebook } from "../src/index.ts";

const officeSigner = ed25519Signer("office.invalid/log", "log", Buffer.alloc(32, "TEST ONLY o"));

/** A casebook as the first version made it. */
const oldFile = async (): Promise<string> => {
  const file = newFile();
  const casebook = await openCasebook(file, { create: true, origin: "office.invalid/log" });
  await casebook.close();
  const database = otherProgram(file);
  const [first, ...later] = migrations.map(({ makes }) => makes);
  for (const text of later.flat().toReversed()) {
    const [, kind, name] = /^CREATE (TABLE|TRIGGER|INDEX) (\w+)/.exec(text) ?? [];
    database.exec(`drop ${kind} ${name}`);
  }
  for (const text of first?.filter((one) => / projection_row[ (]/.test(one)) ?? [])
    database.exec(text);
  database.exec("pragma user_version = 1");
  database.close();
  return file;
};

describe("a file of the first version", () => {
  it("is seen before it is brought forward, and has the same root afterwards", async () => {
    const file = await oldFile();
    const seen: string[] = [];
    const casebook = await openCasebook(file, {
      beforeMigration: async (log) => {
        const { origin, size, root } = await signHeadOf(log, officeSigner, []);
        seen.push(`${origin} ${size} ${toBase64(root)}`);
      },
    });
    const { origin, size, root } = await (await casebook.proving()).head();
    expect(seen).toEqual([`${origin} ${size} ${toBase64(root)}`]);
    await casebook.close();
    const again = await openCasebook(file, {
      beforeMigration: async () => expect.unreachable(),
    });
    await again.close();
  });

  it("is not signed where it does not continue what was signed of it before", async () => {
    const longer = { origin: "office.invalid/log", size: 9, root: Buffer.alloc(32, 7) };
    const known = await signCheckpoint(longer, officeSigner);
    const opening = openCasebook(await oldFile(), {
      beforeMigration: async (log) => void (await signHeadOf(log, officeSigner, [known])),
    });
    await expect(opening).rejects.toMatchObject({
      code: "INTEGRITY",
      data: { fault: "TRUNCATED" },
    });
  });

  it("stays as it is when that fails", async () => {
    const file = await oldFile();
    const failing = openCasebook(file, {
      beforeMigration: async () => {
        throw new Error("no signature");
      },
    });
    await expect(failing).rejects.toThrow("no signature");
    const database = otherProgram(file);
    expect(database.pragma("user_version", { simple: true })).toBe(1);
    database.close();
  });

  it("is read without being changed", async () => {
    const file = await oldFile();
    const casebook = await openCasebook(file, { readOnly: true });
    expect((await casebook.audit()).faults.first).toBeNull();
    await casebook.close();
    const database = otherProgram(file);
    expect(database.pragma("user_version", { simple: true })).toBe(1);
    database.close();
  });
});
