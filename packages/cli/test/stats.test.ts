/** @module stats.test — `stats`: figures of file, log, projections and checkpoints, told without reading every event. */
import { readFileSync } from "node:fs";
import { casebookStats } from "@wuding/store";
import { describe, expect, it } from "vitest";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";
import { linyi2021 } from "./given-year.ts";
import { BetterSqlite3 } from "./tampering.ts";

describe("stats 规模与构成", () => {
  it("says what the file, the log, the projections and the checkpoints hold", async () => {
    const { typed, db } = givenProgram();
    await typed("init --origin gov.example/proposals/log1");
    await typed(received);
    await typed("audit checkpoint");
    await typed(assigned);
    const { out, exitCode } = await typed("stats --json");
    expect(exitCode).toBe(0);
    const { log, ...rest } = JSON.parse(out) as { log: Record<string, unknown> };
    expect(rest).toMatchObject({
      file: { name: db, pageBytes: 4096, walBytes: 0 },
      projections: { isCurrent: true, events: 4 },
      checkpoints: {
        inside: { count: 1, newest: 3, since: 1, witnesses: [] },
        outside: { count: 1, newest: 3, since: 1, witnesses: [] },
      },
    });
    expect(log).toMatchObject({
      origin: "gov.example/proposals/log1",
      events: 4,
      cases: 1,
      sampled: 4,
      estimated: false,
      firstRecordedAt: "2021-12-31T04:00:00.000Z",
    });
    expect(log["types"]).toContainEqual({ type: "CaseReceived", count: 1 });
  });

  it("agrees with a count of every row", async () => {
    const { file } = await linyi2021();
    const database = new BetterSqlite3(file);
    const all = (text: string): unknown => database.prepare(text).all();
    const types = all("select type, count(*) as count from event group by type order by 2 desc, 1");
    const [counted] = all(`select count(*) as events, count(distinct case_id) as cases,
      (select count(*) from command) as commands,
      avg(length(cast(body as blob))) as bodyBytes from event`) as [object];
    const rows = all("select projection, count(*) as count from projection_row group by 1");
    database.close();
    const stats = await casebookStats(file);
    expect(stats.log).toMatchObject({ ...counted, types });
    expect(stats.projections.rows).toEqual(rows);
  });

  it("estimates types and bytes from a sample where the log is long, and says so", async () => {
    const { file } = await linyi2021();
    const whole = await casebookStats(file);
    const { log } = await casebookStats(file, { sampleMax: 20 });
    expect(log.sampled).toBe(18);
    expect(log.events).toBe(whole.log.events);
    const sum = log.types.reduce((total, { count }) => total + count, 0);
    expect(Math.abs(sum - log.events)).toBeLessThan(10);
    expect(log.bodyBytes / whole.log.bodyBytes).toBeGreaterThan(0.1);
  });

  it("speaks both languages, and leaves the file as it is", async () => {
    const { wuding, typed, db } = givenProgram();
    await typed(received);
    const before = readFileSync(db);
    const chinese = await wuding(["stats", "--lang", "zh"]);
    expect(chinese.out).toMatch(/办件数 +1/);
    expect(chinese.out).toContain("接收交办（CaseReceived）");
    expect(chinese.out).toMatch(/库内 +无/);
    expect((await wuding(["stats", "--exact", "--lang", "en"])).out).toMatch(/cases +1/);
    expect(readFileSync(db).equals(before)).toBe(true);
  });

  it("says so when there is no casebook", async () => {
    const { typed } = givenProgram();
    const refused = await typed("stats --json");
    expect([refused.exitCode, errorOf(refused).code]).toEqual([4, "NOT_FOUND"]);
  });
});
