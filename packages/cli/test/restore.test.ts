/** @module restore.test — `restore`: what a backup is measured against before it becomes the casebook. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";
import { tamper } from "./tampering.ts";

/** An office, its backup, and what was recorded after it; signed unless it is said otherwise. */
const givenOffice = async ({ isSigned = true } = {}) => {
  const program = givenProgram();
  const { typed, folder, db } = program;
  const at = (name: string): string => join(folder, name);
  await typed("init --origin gov.example/proposals/log1");
  await typed(received);
  if (isSigned) {
    await typed(`backup ${at("backup.db")}`);
  } else {
    writeFileSync(at("backup.db"), readFileSync(db));
  }
  const sizeOf = async (file: string): Promise<number> =>
    (JSON.parse((await typed(`doctor --db ${file} --json`)).out) as { events: number }).events;
  const recordMore = async (): Promise<void> => void (await typed(assigned));
  return { ...program, at, backup: at("backup.db"), recordMore, sizeOf };
};

describe("restore 恢复", () => {
  it("makes a casebook where none is, verified and measured by the folder of checkpoints", async () => {
    const { typed, db, backup, sizeOf } = await givenOffice();
    const before = await sizeOf(db);
    rmSync(db);
    const ran = await typed(`restore ${backup} --json`);
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({
      file: db,
      from: backup,
      size: before,
      known: { size: before },
      lacking: 0,
      kept: null,
      verified: true,
      checkpoints: { beside: 1 },
    });
    expect((await typed("audit verify")).exitCode).toBe(0);
    expect((await typed(assigned)).exitCode).toBe(0);
  });

  it("never replaces a casebook unasked, and says how to ask", async () => {
    const { wuding, typed, db, backup, sizeOf } = await givenOffice();
    const before = await sizeOf(db);
    const refused = await typed(`restore ${backup} --json`);
    expect([refused.exitCode, errorOf(refused).code]).toEqual([5, "CASEBOOK_EXISTS"]);
    expect(errorOf(refused).hint).toContain("--replace");
    const chinese = await wuding(["restore", backup, "--lang", "zh"]);
    expect(chinese.err).toContain("--replace");
    expect(await sizeOf(db)).toBe(before);
  });

  it("keeps the old file under another name, and says which", async () => {
    const { typed, db, backup, sizeOf } = await givenOffice();
    const ran = await typed(`restore ${backup} --replace --lang zh`);
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toContain(`${db}.replaced-1`);
    expect(ran.out).toContain("已恢复");
    expect(await sizeOf(`${db}.replaced-1`)).toBe(await sizeOf(db));
    expect((await typed("audit verify")).exitCode).toBe(0);
  });

  it("refuses a backup that lacks the newest events, and counts them, unless the loss is accepted", async () => {
    const { typed, db, backup, recordMore, sizeOf } = await givenOffice();
    const older = await sizeOf(db);
    await recordMore();
    const refused = await typed(`restore ${backup} --replace --json`);
    expect([refused.exitCode, errorOf(refused).data["fault"]]).toEqual([6, "TRUNCATED"]);
    expect(errorOf(refused).message).toMatch(/1 fewer than .*--accept-loss/);
    expect(await sizeOf(db)).toBe(older + 1);
    expect(existsSync(`${db}.replaced-1`)).toBe(false);
    const ran = await typed(`restore ${backup} --replace --accept-loss --json`);
    expect(JSON.parse(ran.out)).toMatchObject({ size: older, lacking: 1 });
    expect(await sizeOf(db)).toBe(older);
    expect(await sizeOf(`${db}.replaced-1`)).toBe(older + 1);
    const verified = await typed("audit verify --json");
    expect([verified.exitCode, errorOf(verified).data["fault"]]).toEqual([6, "TRUNCATED"]);
  });

  it("is measured by a checkpoint from elsewhere, and by the casebook that is there where nothing is signed", async () => {
    const signed = await givenOffice();
    await signed.recordMore();
    await signed.typed(`audit checkpoint --out ${signed.at("newest.checkpoint")}`);
    rmSync(signed.db);
    rmSync(`${signed.db}.checkpoints`, { recursive: true });
    const given = `restore ${signed.backup} --checkpoint ${signed.at("newest.checkpoint")} --json`;
    expect(errorOf(await signed.typed(given)).data["fault"]).toBe("TRUNCATED");
    expect(existsSync(signed.db)).toBe(false);
    const unsigned = await givenOffice({ isSigned: false });
    await unsigned.recordMore();
    const short = await unsigned.typed(`restore ${unsigned.backup} --replace --json`);
    expect(errorOf(short).message).toContain("1 fewer than");
  });

  it("says that nothing was compared where nothing is there to compare with", async () => {
    const { typed, db, backup } = await givenOffice({ isSigned: false });
    rmSync(db);
    const ran = await typed(`restore ${backup}`);
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toContain("is not known");
  });

  it("refuses a backup that was changed, and one that contradicts a checkpoint", async () => {
    const { typed, db, backup } = await givenOffice();
    rmSync(db);
    tamper(backup, "update event set body = replace(body, '李楠', '李南')");
    const refused = await typed(`restore ${backup} --json`);
    expect([refused.exitCode, errorOf(refused).data["fault"]]).toEqual([6, "ALTERED"]);
    expect(existsSync(db)).toBe(false);
  });

  it("replaces a casebook that cannot be read any more, and keeps that one too", async () => {
    const { typed, db, backup } = await givenOffice();
    const damaged = readFileSync(db).fill(0xff, 0, 4096);
    writeFileSync(db, damaged);
    const ran = await typed(`restore ${backup} --replace`);
    expect(ran.exitCode).toBe(0);
    expect(ran.err).toContain("cannot be read");
    expect(readFileSync(`${db}.replaced-1`).equals(damaged)).toBe(true);
    expect((await typed("audit verify")).exitCode).toBe(0);
  });

  it("refuses the casebook itself as its backup, and a backup that is not there", async () => {
    const { typed, db, at } = await givenOffice();
    const itself = await typed(`restore ${db} --replace --json`);
    expect([itself.exitCode, errorOf(itself).code]).toEqual([2, "USAGE"]);
    const missing = await typed(`restore ${at("none.db")} --replace --json`);
    expect([missing.exitCode, errorOf(missing).code]).toEqual([4, "NOT_FOUND"]);
  });
});
