/** @module upgrade.test — `upgrade`: what it will do is told first; backed up, signed, brought forward, verified. */
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Ran } from "./given-program.ts";
import { errorOf, givenProgram, received } from "./given-program.ts";
import { BetterSqlite3 } from "./tampering.ts";

const fixture = (format: number): string =>
  fileURLToPath(new URL(`../../../test/fixtures/logs/0.1.0/version-${format}.db`, import.meta.url));

/** A casebook as a program of an older format left it. */
const givenOld = (format = 1) => {
  const program = givenProgram();
  copyFileSync(fixture(format), program.db);
  const formatOf = async (file: string): Promise<number> =>
    (JSON.parse((await program.typed(`stats --db ${file} --json`)).out) as Stats).file.format;
  return { ...program, formatOf };
};

type Stats = Readonly<{ file: Readonly<{ format: number }> }>;

const parsed = ({ out }: Ran): Readonly<Record<string, unknown>> =>
  JSON.parse(out) as Readonly<Record<string, unknown>>;

/** Takes the last step of a file back. */
const takeBack = (db: string): void => {
  const older = new BetterSqlite3(fixture(2));
  const texts = older
    .prepare("select sql from sqlite_schema where tbl_name = 'projection_row' and sql is not null")
    .all() as readonly Readonly<{ sql: string }>[];
  older.close();
  const database = new BetterSqlite3(db);
  database.exec("drop table projection_row; delete from projection_meta");
  for (const { sql } of texts) database.exec(sql);
  database.exec("pragma user_version = 2");
  database.close();
};

describe("upgrade --dry-run", () => {
  it("says from which format to which, which steps, what comes before, and changes nothing", async () => {
    const { typed, wuding, db, folder } = givenOld();
    const before = readFileSync(db);
    const plan = parsed(await typed("upgrade --dry-run --json"));
    expect(plan).toMatchObject({
      from: 1,
      steps: [{ format: 2, label: expect.stringContaining("witnesses") }, { format: 3 }],
      backup: `${db}.format-1`,
      signs: false,
      upgraded: false,
      dryRun: true,
    });
    const chinese = await wuding(["upgrade", "--dry-run", "--lang", "zh"]);
    expect(chinese.out).toMatch(/现有格式 +1/);
    expect(chinese.out).toContain("未作任何改动");
    expect(readFileSync(db).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes("format"))).toEqual([]);
  });
});

describe("upgrade 升级", () => {
  it.each([1, 2])(
    "brings a file of format %i forward, with a verified backup of it as it was",
    async (format) => {
      const { typed, db, formatOf } = givenOld(format);
      const ran = await typed("upgrade --json");
      expect(ran.exitCode).toBe(0);
      expect(parsed(ran)).toMatchObject({
        from: format,
        backup: `${db}.format-${format}`,
        upgraded: true,
        verified: true,
        events: 27,
      });
      expect(await formatOf(db)).toBe(parsed(ran)["to"]);
      expect(await formatOf(`${db}.format-${format}`)).toBe(format);
      expect((await typed("doctor")).exitCode).toBe(0);
      const again = parsed(await typed("upgrade --json"));
      expect(again).toMatchObject({ steps: [], backup: null, upgraded: false });
    },
  );

  it("takes the backup's name, or does without one where that is said", async () => {
    const { typed, db, write, formatOf, folder } = givenOld();
    write("taken.db", "somebody's file");
    const taken = await typed(`upgrade --to ${folder}/taken.db --json`);
    expect([taken.exitCode, errorOf(taken).code]).toEqual([5, "FILE_EXISTS"]);
    const both = await typed(`upgrade --to ${folder}/other.db --no-backup --json`);
    expect([both.exitCode, errorOf(both).code]).toEqual([2, "USAGE"]);
    expect(await formatOf(db)).toBe(1);
    expect(parsed(await typed("upgrade --no-backup --json"))).toMatchObject({ backup: null });
    expect(existsSync(`${db}.format-1`)).toBe(false);
  });

  it("signs the log as it was, where there is a key", async () => {
    const { typed, db } = givenProgram();
    await typed(received);
    await typed("audit keys");
    takeBack(db);
    expect(parsed(await typed("upgrade --dry-run --json"))).toMatchObject({ from: 2, signs: true });
    expect(existsSync(`${db}.checkpoints`)).toBe(false);
    const done = parsed(await typed("upgrade --json"));
    expect(done).toMatchObject({ signs: true, verified: true });
    const [name = ""] = readdirSync(`${db}.checkpoints`);
    expect(Number.parseInt(name, 10)).toBe(done["events"]);
  });

  it("leaves a file as it is that does not verify, and one of a newer format", async () => {
    const { typed, db, formatOf } = givenOld();
    const database = new BetterSqlite3(db);
    database.exec("drop trigger event_is_never_updated");
    database.exec("update event set body = replace(body, '科', '课')");
    database.close();
    const altered = await typed("upgrade --json");
    expect([altered.exitCode, errorOf(altered).code]).toEqual([6, "INTEGRITY"]);
    expect(existsSync(`${db}.format-1`)).toBe(false);
    copyFileSync(fixture(2), db);
    const newer = new BetterSqlite3(db);
    newer.exec("pragma user_version = 99");
    newer.close();
    const refused = await typed("upgrade --json");
    expect([refused.exitCode, errorOf(refused).code]).toEqual([7, "STORE_NEWER"]);
    writeFileSync(db, readFileSync(fixture(1)));
    expect(await formatOf(db)).toBe(1);
  });
});
