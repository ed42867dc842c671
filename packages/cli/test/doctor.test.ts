import type { EngineError } from "@wuding/engine";
import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { command as audit } from "../src/commands/audit/verify.ts";
import { command as doctor } from "../src/commands/doctor.ts";
import { command as list } from "../src/commands/list.ts";
import { command as replay } from "../src/commands/replay.ts";
import { linyi2021, textOf, jsonOf, typed } from "./given-year.ts";
import { BetterSqlite3, tamper } from "./tampering.ts";

const refusedWith = (fault: string) => (error: unknown) =>
  isEngineError(error, "INTEGRITY") && error.data.fault === fault;

describe("doctor", () => {
  it("finds nothing in a sound casebook, and says what it checked", async () => {
    const year = await linyi2021();
    const text = await textOf(doctor, {}, year);
    for (const part of ["SQLite 完整性", "SQLite 外键", "汇总数据", "未发现问题。"]) {
      expect(text).toContain(part);
    }
    expect(await jsonOf(doctor, {}, year)).toMatchObject({
      sound: true,
      integrity: [],
      foreignKeys: 0,
      settings: { journal_mode: "wal", synchronous: 2, foreign_keys: 1 },
      events: 105,
      projections: { count: 0, differences: [] },
    });
  });

  it("finds a projection row that was changed by hand", async () => {
    const { file, shell, printed } = await linyi2021();
    tamper(
      file,
      `update projection_row set body = replace(body, '经办人丙', '经办人乙')
       where projection = 'ledger' and stream = 'cppcc/15-5/122'`,
    );
    await expect(doctor.run(typed(), shell)).rejects.toSatisfy(refusedWith("PROJECTION"));
    expect(printed.out.join("\n")).toMatch(/ledger +cppcc\/15-5\/122 .*被改动/);
  });

  it("says how a difference of the projections is repaired, and never how one of the log is", async () => {
    const { file, shell } = await linyi2021();
    tamper(file, "update projection_tally set count = count + 1 where key like '%meeting%'");
    const refusal = async (run: Promise<unknown>): Promise<unknown> =>
      run.catch((error: unknown) => error);
    expect(await refusal(Promise.resolve(doctor.run(typed(), shell)))).toMatchObject({
      hint: { zh: expect.stringContaining("doctor --repair") },
    });
    tamper(file, "update event set body = replace(body, '规划科', '计划科')");
    const ofLog = await refusal(Promise.resolve(audit.run(typed({}), shell)));
    expect(JSON.stringify((ofLog as EngineError).hint)).not.toContain("--repair");
  });

  it("finds a tally that was changed by hand", async () => {
    const { file, shell } = await linyi2021();
    tamper(file, "update projection_tally set count = count + 1 where key like '%meeting%'");
    await expect(doctor.run(typed(), shell)).rejects.toSatisfy(refusedWith("PROJECTION"));
  });
});

describe("doctor --repair", () => {
  const spoil = `
    update projection_row set body = replace(body, '经办人丙', '经办人乙') where stream = 'cppcc/15-5/122';
    delete from projection_row where stream = 'cppcc/15-5/123' and projection = 'ledger';
    insert into projection_row values ('ledger', 'cppcc/1-1/1', '', '', '{}');
    update projection_tally set count = count + 1 where key like '%meeting%';
    insert into projection_tally values ('rates', '"none"', 7)`;

  it("makes the projections anew from the log, says so, and leaves nothing to be found", async () => {
    const { file, shell, printed } = await linyi2021();
    tamper(file, spoil);
    await doctor.run(typed({ flags: { repair: true } }), shell);
    const text = printed.out.join("\n");
    expect(text).toMatch(/ledger +cppcc\/15-5\/122 .*被改动/);
    expect(text).toMatch(/已按记录重新生成汇总数据，修复 [5-9]\d* 处；复查无误。/);
    const again = await linyi2021({ json: true });
    await expect(doctor.run(typed(), shell)).resolves.toBeUndefined();
    await audit.run(typed({}), shell);
    await doctor.run(typed({ flags: { repair: true } }), again.shell);
    expect(JSON.parse(again.printed.out.join(""))).toMatchObject({ sound: true, repaired: 0 });
  });

  it("repairs nothing where the log is not what it says it is", async () => {
    const { file, shell } = await linyi2021();
    tamper(file, `${spoil}; update event set body = replace(body, '规划科', '计划科')`);
    const rows = (): unknown => {
      const database = new BetterSqlite3(file);
      const found = database.prepare("select * from projection_row").all();
      database.close();
      return found;
    };
    const before = rows();
    await expect(doctor.run(typed({ flags: { repair: true } }), shell)).rejects.toSatisfy(
      refusedWith("ALTERED"),
    );
    expect(rows()).toEqual(before);
  });

  it("repairs nothing where the triggers are gone", async () => {
    const { file, shell } = await linyi2021();
    tamper(file, spoil);
    const database = new BetterSqlite3(file);
    database.exec("drop trigger event_is_never_updated");
    database.close();
    await expect(doctor.run(typed({ flags: { repair: true } }), shell)).rejects.toSatisfy(
      refusedWith("ALTERED"),
    );
  });
});

describe("replay and audit verify", () => {
  const change = `update event set body = replace(body, '"to":"answered"', '"to":"closed"')
    where case_id = 'cppcc/15-5/122' and type = 'ReplyDelivered'`;

  it("replay prints what it found and names the first event with a changed transition", async () => {
    const { file, shell, printed } = await linyi2021();
    tamper(file, change);
    await expect(replay.run(typed(), shell)).rejects.toSatisfy(
      (error) =>
        refusedWith("ILLEGAL")(error) &&
        isEngineError(error, "INTEGRITY") &&
        error.data.case === "cppcc/15-5/122",
    );
    expect(printed.out.join("\n")).toContain("ReplyDelivered");
    const { shell: other } = await linyi2021();
    await expect(replay.run(typed(), other)).resolves.toBeUndefined();
  });

  it("audit verify names the altered event", async () => {
    const { file, shell, printed } = await linyi2021({ json: true });
    tamper(file, change);
    const refused = audit.run(typed({}), shell);
    await expect(refused).rejects.toSatisfy(refusedWith("ALTERED"));
    expect(JSON.parse(printed.out.join(""))).toMatchObject({
      verified: false,
      faults: { first: { kind: "ALTERED", case: "cppcc/15-5/122" } },
    });
  });
});

describe("a casebook without its append-only triggers", () => {
  const cut = async () => {
    const year = await linyi2021();
    const database = new BetterSqlite3(year.file);
    database.exec("drop trigger event_is_never_updated");
    database.close();
    return year;
  };

  it("is refused to those who only want to read or record", async () => {
    const { shell } = await cut();
    await expect(list.run(typed(), shell)).rejects.toSatisfy(refusedWith("ALTERED"));
  });

  it("is opened for an audit, which says what is missing and goes on to what else was changed", async () => {
    const { file, shell, printed } = await cut();
    await expect(audit.run(typed({}), shell)).rejects.toSatisfy(refusedWith("ALTERED"));
    await expect(doctor.run(typed(), shell)).rejects.toSatisfy(refusedWith("ALTERED"));
    expect(printed.out.join("\n")).toContain("CREATE TRIGGER event_is_never_updated");
    const database = new BetterSqlite3(file);
    database.exec(`update event set body = replace(body, '"to":"answered"', '"to":"closed"')
      where case_id = 'cppcc/15-5/122' and type = 'ReplyDelivered'`);
    database.close();
    await expect(replay.run(typed(), shell)).rejects.toSatisfy(refusedWith("ILLEGAL"));
  });
});

describe("an event that cannot be read", () => {
  it("is named with its place by audit verify", async () => {
    const { file, shell } = await linyi2021();
    tamper(file, "update event set body = 'xx' where seq = 30");
    await expect(audit.run(typed({}), shell)).rejects.toSatisfy(
      (error) =>
        refusedWith("ALTERED")(error) &&
        isEngineError(error, "INTEGRITY") &&
        error.data.position === 30,
    );
  });
});
