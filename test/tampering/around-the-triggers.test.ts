/**
 * @module around-the-triggers.test — every known way around "append-only" in SQLite, and what shows it.
 * Triggers prevent accidents; whoever has the file can drop them. What cannot be prevented must be seen.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { openCasebook } from "@wuding/store";
import { beforeAll, describe, expect, it } from "vitest";
import type { DriverHandle } from "../../packages/store/src/driver.ts";
import { loadDriver } from "../../packages/store/src/driver.ts";
import { newFile } from "../../packages/store/test/given-files.ts";
import { otherProgram } from "../../packages/store/test/given-sqlite.ts";
import type { Office } from "./given-log.ts";
import { audit, fileOf, givenOffice, origin, testSigner } from "./given-log.ts";
import { diceOf, tamper, tamperings, withoutTriggers } from "./kinds.ts";
import { treeHashOf } from "@wuding/engine/proof";
import * as given from "../../packages/engine/test/given.ts";

let office: Office;
beforeAll(async () => {
  office = await givenOffice({ size: 30, checkpoints: 2 });
});

const changeOne = "update event set body = replace(body, '规划科', '计划科') where seq = 2";

describe("statements that the triggers stop 触发器", () => {
  it.each([
    ["UPDATE", changeOne],
    ["DELETE", "delete from event where seq = 2"],
    ["DELETE without WHERE", "delete from event"],
    [
      "UPSERT",
      "insert into event select seq, case_id, 9, type, recorded_at, '{}', leaf from event where seq = 2 on conflict do update set body = '{}'",
    ],
    ["UPDATE OR REPLACE", "update or replace event set seq = 3 where seq = 2"],
    [
      "INSERT OR REPLACE by the position",
      "insert or replace into event select seq, case_id, 9, type, recorded_at, '{}', leaf from event where seq = 2",
    ],
    [
      "INSERT OR REPLACE by case and number",
      "insert or replace into event select 99, case_id, case_seq, type, recorded_at, '{}', leaf from event where seq = 2",
    ],
  ])("%s changes nothing, with the settings of any program", async (_name, attack) => {
    const file = fileOf(office.bytes);
    const other = otherProgram(file);
    other.pragma("recursive_triggers = OFF");
    expect(() => other.exec(attack)).toThrow("append-only");
    expect(await audit(file, office.outside)).toMatchObject({ fault: null, more: 0 });
  });

  it("the schema cannot be written to through this driver", () => {
    const other = otherProgram(fileOf(office.bytes));
    expect(() => {
      other.pragma("writable_schema = ON");
      other.exec("delete from sqlite_schema where type = 'trigger'");
    }).toThrow("may not be modified");
  });
});

/** Another program's work on a copy of the office's file, and what an audit says afterwards. */
const after = async (work: (database: DriverHandle) => void) => {
  const file = fileOf(office.bytes);
  const Driver = loadDriver();
  const database = new Driver(file);
  work(database);
  database.close();
  return audit(file, office.outside);
};

/** What the last audit named first, and what it counted besides. */
const named = ({ fault, more }: Awaited<ReturnType<typeof audit>>) => ({
  kind: fault?.kind,
  en: fault?.what.en,
  more: more > 0,
});

const schema = "the tables or the triggers that protect them have been altered";
const leaf = "its bytes do not match its hash";

const restored = (work: (database: DriverHandle) => void) => async () => {
  const file = fileOf(office.bytes);
  withoutTriggers(file, work);
  return audit(file, office.outside);
};

/** Changes an event and its leaf, so that only what stands on the leaf can tell. */
const forge = (database: DriverHandle): void => {
  database.exec(changeOne);
  const { body } = database.prepare("select body from event where seq = 2").get() as {
    body: string;
  };
  database.prepare("update event set leaf = ? where seq = 2").run(treeHashOf(origin).leaf(body));
};

describe("what no trigger can stop, an audit shows 核验", () => {
  it("a trigger dropped and an event changed: by the schema and by the leaf", async () => {
    const told = await after((database) => {
      database.exec("drop trigger event_is_never_updated");
      database.exec(changeOne);
    });
    expect(named(told)).toEqual({ kind: "ALTERED", en: leaf, more: true });
  });

  it("a trigger dropped and nothing else: by the schema", async () => {
    const told = await after((database) => database.exec("drop trigger event_is_never_updated"));
    expect(named(told)).toEqual({ kind: "ALTERED", en: schema, more: false });
  });

  it("an event changed and the triggers put back: by the leaf", async () => {
    const told = await restored((database) => database.exec(changeOne))();
    expect(named(told)).toMatchObject({ kind: "ALTERED", en: leaf });
  });

  it("an event changed with its leaf and the triggers put back: by what stands on the leaf", async () => {
    const told = await restored(forge)();
    expect(told.fault?.what.en).toContain("does not follow from the previous event of its case");
  });

  it("newest events deleted with their nodes: by a checkpoint that was kept outside, and only so", async () => {
    const file = fileOf(office.bytes);
    tamper(file, tamperings.truncate, diceOf(3), origin);
    const casebook = await openCasebook(file);
    await casebook.rebuildProjections();
    await casebook.close();
    expect(await audit(file)).toMatchObject({ fault: null });
    expect((await audit(file, office.outside)).fault?.kind).toBe("TRUNCATED");
  });

  it("an old backup brought to the same size with fresh events: by the root", async () => {
    const file = newFile();
    const clock = { now: () => Date.parse("2022-01-04T04:00:00.000Z") };
    const half = await givenOffice({ size: 15, checkpoints: 1 });
    fileOf(half.bytes, file);
    const casebook = await openCasebook(file, { clock, actor: { id: given.clerk } });
    for (let number = 900; ; number++) {
      const { size } = await (await casebook.proving()).head();
      if (size >= Number.parseInt(office.outside.at(-1)?.name ?? "", 10)) break;
      await casebook.executeGiven(given.receive({ number: String(number) }));
    }
    await casebook.close();
    expect(await audit(file)).toMatchObject({ fault: null });
    expect((await audit(file, office.outside)).fault).toMatchObject({ kind: "REWRITTEN" });
  });

  it("the schema rewritten by a tool that may: by the schema and by the leaf", async () => {
    const told = await after((database) => {
      database.unsafeMode();
      database.pragma("writable_schema = ON");
      database.exec("delete from sqlite_schema where type = 'trigger'");
      database.pragma("writable_schema = RESET");
      database.exec(changeOne);
    });
    expect(named(told)).toEqual({ kind: "ALTERED", en: leaf, more: true });
  });

  it("the table built anew without a row: by the gap", async () => {
    const told = await restored((database) => {
      const { sql } = database
        .prepare("select sql from sqlite_schema where name = 'event'")
        .get() as { sql: string };
      const { sql: index } = database
        .prepare("select sql from sqlite_schema where name = 'event_by_case_number'")
        .get() as { sql: string };
      database.exec("alter table event rename to old; drop index event_by_case_number");
      database.exec(`${sql}; insert into event select * from old where seq <> 9`);
      database.exec(`drop table old; ${index}`);
    })();
    expect(told.fault).toMatchObject({ kind: "MISSING", position: 9 });
  });

  it("a byte changed in the file itself: by the leaf", async () => {
    const bytes = Buffer.from(office.bytes);
    const text = Buffer.from("规划科科长负总责");
    const other = Buffer.from("规划科科长不负责");
    let changed = 0;
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
      other.copy(bytes, at);
      changed += 1;
    }
    expect(changed).toBeGreaterThan(1);
    const { fault } = await audit(fileOf(bytes), office.outside);
    expect(fault).toMatchObject({ kind: "ALTERED", what: { en: leaf } });
  });

  it("a case's column changed, so that it is gone from a list: by the comparison with the body", async () => {
    const told = await restored((database) =>
      database.exec("update event set case_id = 'cppcc/15-5/x' where seq = 2"),
    )();
    expect(told.fault?.what.en).toBe("its column case differs from its body");
  });

  it("a false row put in with checks switched off: by its form", async () => {
    const told = await restored((database) => {
      database.pragma("ignore_check_constraints = ON");
      database.exec(
        "insert into event select max(seq) + 1, null, null, type, recorded_at, '{}', x'00' from event",
      );
    })();
    expect(told.fault).toMatchObject({ kind: "ALTERED" });
  });
});

describe("the write-ahead log 预写日志", () => {
  /** A casebook with its newest events still in the log beside it, as a cut-off process leaves them. */
  const cutOff = async () => {
    const file = fileOf(office.bytes);
    // a reader that keeps its moment keeps the writer from emptying the log
    const other = otherProgram(file);
    const casebook = await openCasebook(file, {
      actor: { id: given.clerk },
      clock: { now: () => Date.parse("2022-01-04T04:00:00.000Z") },
    });
    await casebook.executeGiven(given.receive({ number: "901" }));
    await casebook.executeGiven(given.receive({ number: "902" }));
    const proving = await casebook.proving();
    const { signCheckpoint } = await import("@wuding/engine/proof");
    const note = await signCheckpoint(await proving.head(), testSigner);
    const wal = readFileSync(`${file}-wal`);
    const bytes = readFileSync(file);
    await casebook.close();
    other.close();
    const left = newFile();
    writeFileSync(left, bytes);
    writeFileSync(`${left}-wal`, wal);
    return { left, outside: [...office.outside, { name: "newest", note }] };
  };

  it("left behind by a process that died, its events are there", async () => {
    const { left, outside } = await cutOff();
    expect(await audit(left, outside)).toMatchObject({ fault: null });
  });

  it("deleted, its events are gone without an error: a checkpoint kept outside says TRUNCATED", async () => {
    const { left, outside } = await cutOff();
    rmSync(`${left}-wal`);
    expect((await audit(left)).fault).toBeNull();
    expect((await audit(left, outside)).fault?.kind).toBe("TRUNCATED");
  });

  it("damaged anywhere, it ends there without an error: a checkpoint kept outside says TRUNCATED", async () => {
    const { left, outside } = await cutOff();
    const wal = readFileSync(`${left}-wal`);
    const whole = readFileSync(left);
    const dice = diceOf(7);
    for (let round = 0; round < 12; round++) {
      const damaged = Buffer.from(wal);
      const at = dice(wal.length);
      damaged[at] = (damaged[at] as number) ^ (1 << dice(8));
      const file = fileOf(whole);
      writeFileSync(`${file}-wal`, damaged);
      const { fault } = await audit(file, outside);
      expect({ at, kind: fault?.kind }).toEqual({ at, kind: "TRUNCATED" });
    }
  });
});
