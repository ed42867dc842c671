/** @module certificate.test — `replay` as a document to file, on files that were changed behind their back. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { givenProgram } from "./given-program.ts";
import { tamper } from "./tampering.ts";

type Told = Readonly<{
  firstFault: object | null;
  certificate: Readonly<{
    checked: Readonly<Record<string, number>>;
    fixed: number;
    count: number;
    differences: readonly Readonly<{
      thing: string;
      position: number | null;
      case: string | null;
      recorded: string | null;
      expected: string | null;
    }>[];
    uncounted: readonly object[];
  }>;
}>;

/** Changes a text in the events and in what is stored of them, as somebody would who wants both to agree. */
const tamperBoth = (db: string, was: string, is: string): void => {
  for (const table of ["event", "projection_row"]) {
    tamper(db, `update ${table} set body = replace(body, '${was}', '${is}')`);
  }
};

const givenYear = async () => {
  const program = givenProgram();
  const { typed } = program;
  await typed(
    "receive --kind cppcc --session 15-5 --number 1 --title 关于第1号 --proposer 李楠 --dispatched-on 2021-04-02 --on 2021-04-02",
  );
  await typed(
    "assign 1 --department 规划科 --person 甲 --due 2021-06-20 --task 答复 --responsibility 科长 --on 2021-04-06",
  );
  await typed("contact 1 --mode visit --on 2021-04-10");
  const replayed = async () => {
    const { exitCode, out } = await typed("replay --json");
    const { firstFault, certificate } = JSON.parse(out) as Told;
    return { exitCode, firstFault, ...certificate };
  };
  return { ...program, replayed };
};

describe("replay as a certificate 重放证明", () => {
  it("of a sound casebook is content, and can be filed once", async () => {
    const { typed, folder, replayed } = await givenYear();
    expect(await replayed()).toMatchObject({
      exitCode: 0,
      firstFault: null,
      checked: { events: 3, rates: 12 },
      differences: [],
      uncounted: [],
    });
    const file = join(folder, "certificate.txt");
    expect((await typed(`replay --out ${file} --lang zh`)).exitCode).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(/^重放证明\n[^]*均与重新计算的结果一致。\n$/);
    await typed("contact 1 --mode visit --on 2021-04-11");
    expect((await typed(`replay --out ${file} --lang zh`)).exitCode).toBe(5);
    expect((await typed(`replay 1 --out ${file}2`)).exitCode).toBe(2);
  });

  it("lists a due date that a person fixed otherwise than is written", async () => {
    const { db, replayed } = await givenYear();
    tamper(
      db,
      `update event set body = replace(body, '"dueOn":"2021-06-20"', '"dueOn":"2021-06-21"')`,
    );
    const { exitCode, differences } = await replayed();
    expect(exitCode).toBe(6);
    expect(differences).toContainEqual(
      expect.objectContaining({
        thing: "deadlines",
        position: 2,
        recorded: "2021-06-21",
        expected: "2021-06-20",
      }),
    );
  });

  it("lists a due date that is not what its rule gives", async () => {
    const { db, replayed } = await givenYear();
    tamper(
      db,
      `update event set body = replace(body, '"dueOn":"2021-07-02"', '"dueOn":"2021-07-09"')`,
    );
    const { exitCode, differences } = await replayed();
    expect(exitCode).toBe(6);
    expect(differences.filter(({ thing }) => thing === "deadlines")).toEqual([
      expect.objectContaining({ recorded: "2021-07-09", expected: "2021-07-02" }),
    ]);
  });

  it("lists an event that leads elsewhere than the lifecycle lets it", async () => {
    const { db, replayed } = await givenYear();
    tamper(
      db,
      `update event set body = replace(body, '"to":"contacted"', '"to":"answered"') where seq = 3`,
    );
    const { exitCode, firstFault, differences } = await replayed();
    expect([exitCode, firstFault === null]).toEqual([6, false]);
    expect(differences[0]).toMatchObject({
      thing: "events",
      position: 3,
      recorded: "assigned → answered",
      expected: "assigned → contacted",
    });
  });

  it("lists a rate whose counter was moved", async () => {
    const { db, replayed } = await givenYear();
    tamper(
      db,
      "update projection_tally set count = count + 1 where projection = 'rates' and key like '%meeting%'",
    );
    const { exitCode, differences } = await replayed();
    expect(exitCode).toBe(6);
    expect(new Set(differences.map(({ thing }) => thing))).toEqual(new Set(["states", "rates"]));
  });

  it("derives what a term counts from: the day and its end moved together are found", async () => {
    const { db, typed, replayed } = await givenYear();
    tamperBoth(
      db,
      '"countedFrom":"2021-04-02","dueOn":"2021-07-02"',
      '"countedFrom":"2021-04-09","dueOn":"2021-07-09"',
    );
    const { exitCode, differences } = await replayed();
    expect(exitCode).toBe(6);
    expect(differences.filter(({ thing }) => thing === "deadlines")).toEqual([
      expect.objectContaining({ position: 1, recorded: "2021-07-09", expected: "2021-07-02" }),
    ]);
    const explained = await typed("explain 1 reply --lang en");
    expect(explained.out).toMatch(/computed anew it is 2021-07-02/);
    expect(explained.out).not.toContain("it agrees with the record");
  });

  it("finds a day to count from that was moved alone", async () => {
    const { db, replayed } = await givenYear();
    tamper(
      db,
      `update event set body = replace(body, '"countedFrom":"2021-04-06"', '"countedFrom":"2021-04-05"')`,
    );
    const { differences } = await replayed();
    expect(differences).toContainEqual(
      expect.objectContaining({ position: 2, recorded: "2021-04-05", expected: "2021-04-06" }),
    );
  });

  it("compares the dates of a corrected entry, and of a promise", async () => {
    const { db, typed, replayed } = await givenYear();
    await typed("answer 1 --result A --on 2021-06-01");
    await typed("commit 1 --text 建成 --due 2021-11-30 --on 2021-06-02");
    await typed("amend 1 due=2021-06-25 --event 2 --reason 笔误");
    expect(await replayed()).toMatchObject({ exitCode: 0, differences: [] });
    tamperBoth(db, '"dueOn":"2021-06-25"', '"dueOn":"2021-06-26"');
    tamperBoth(db, '"dueOn":"2021-11-30"', '"dueOn":"2021-12-30"');
    const { exitCode, differences } = await replayed();
    expect(exitCode).toBe(6);
    const days = differences.flatMap(({ thing, ...one }) => (thing === "deadlines" ? [one] : []));
    expect(days).toEqual([
      expect.objectContaining({ recorded: "2021-12-30", expected: "2021-11-30" }),
      expect.objectContaining({ recorded: "2021-06-26", expected: "2021-06-25" }),
    ]);
  });

  it("counts an extension by months again, and one to a day apart, but for what it counts from", async () => {
    const { db, typed, replayed } = await givenYear();
    await typed("extend 1 --months 1 --approved-by 主任 --reason 调研 --on 2021-06-20");
    expect(await replayed()).toMatchObject({ exitCode: 0, differences: [], fixed: 0 });
    tamperBoth(db, '"dueOn":"2021-08-02"', '"dueOn":"2021-08-03"');
    expect((await replayed()).differences).toContainEqual(
      expect.objectContaining({ position: 4, recorded: "2021-08-03", expected: "2021-08-02" }),
    );
    const other = await givenYear();
    await other.typed("extend 1 --due 2021-08-02 --approved-by 主任 --reason 调研 --on 2021-06-20");
    expect(await other.replayed()).toMatchObject({ exitCode: 0, differences: [], fixed: 1 });
    const [was, is] = [
      '"countedFrom":"2021-04-02","dueOn":"2021-08-02"',
      '"countedFrom":"2021-04-09","dueOn":"2021-08-02"',
    ];
    tamperBoth(other.db, was, is);
    expect((await other.replayed()).differences).toContainEqual(
      expect.objectContaining({ position: 4, recorded: "2021-04-09", expected: "2021-04-02" }),
    );
  });

  it("counts apart a day that only the due date itself tells", async () => {
    const { typed, replayed } = await givenYear();
    const before = await replayed();
    await typed("urge 1 --by 督查室 --reason 未见进展 --due 2021-06-01 --on 2021-05-20");
    const after = await replayed();
    expect([before.fixed, after.fixed]).toEqual([0, 1]);
    expect(after.checked["deadlines"]).toBe(before.checked["deadlines"]);
    expect((await typed("replay --lang zh")).out).toContain("另有 1 项时限由人员指定");
    const { out } = await typed("replay --lang en");
    expect(out).toMatch(/All events, 3 due dates, stored states and rates are/);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(
      /; 1 due date fixed by a person could not be compared\.\s*$/,
    );
  });

  it("lists every difference, each stored state with both values", async () => {
    const { db, replayed } = await givenYear();
    tamper(
      db,
      `update projection_row set body = replace(body, '"dueOn":"2021-06-20"', '"dueOn":"2021-06-21"')`,
    );
    const { exitCode, count, differences } = await replayed();
    expect([exitCode, differences.length]).toEqual([6, count]);
    expect(differences[0]).toMatchObject({ thing: "states", case: "cppcc/15-5/1" });
    expect(differences[0]?.recorded).toContain("2021-06-21");
    expect(differences[0]?.expected).toContain("2021-06-20");
  });

  it("is given of one case too, where no moment is asked for", async () => {
    const { db, typed } = await givenYear();
    const whole = JSON.parse((await typed("replay 1 --json")).out) as Told;
    expect(whole.certificate).toMatchObject({
      case: "cppcc/15-5/1",
      checked: { events: 3, rates: 0 },
      differences: [],
    });
    expect((await typed("replay 1 --lang zh")).out).toMatch(/本件的记录、\d+ 项时限和汇总数据均与/);
    const then = JSON.parse((await typed("replay 1 --as-of 2021-04-08 --json")).out) as object;
    expect(then).not.toHaveProperty("certificate");
    tamperBoth(db, '"dueOn":"2021-06-20"', '"dueOn":"2021-06-21"');
    const ran = await typed("replay 1 --lang en");
    expect([ran.exitCode, ran.out.includes("#2 cppcc/15-5/1")]).toEqual([6, true]);
  });

  it("finds a due date of a rule that is not there", async () => {
    const { db, typed, replayed } = await givenYear();
    tamperBoth(db, '"rule":"cppcc-reply"', '"rule":"gone"');
    const { differences, exitCode } = await replayed();
    expect(differences).toContainEqual(
      expect.objectContaining({ position: 1, recorded: "gone", expected: "cppcc-reply" }),
    );
    expect(exitCode).toBe(6);
    expect((await typed("replay 1")).exitCode).toBe(6);
  });

  it("does not pass over due dates under a rulebook that is not there", async () => {
    const { db, typed } = await givenYear();
    tamperBoth(db, '"rulebook":"national@2025"', '"rulebook":"gone@1"');
    expect([6, 7]).toContain((await typed("replay")).exitCode);
    expect([6, 7]).toContain((await typed("replay 1")).exitCode);
  });

  it("finds a due date that was deleted, or that no rule set, where all that is stored agrees", async () => {
    const reply =
      '{"calendar":"cn-2026.2","countedFrom":"2021-04-02","dueOn":"2021-07-02","id":"reply","provisional":false,"rule":"cppcc-reply","rulebook":"national@2025"';
    const unruled = reply
      .replace('"calendar":"cn-2026.2"', '"calendar":null')
      .replace("2021-07-02", "2029-12-31")
      .replace('"rulebook":"national@2025"', '"rulebook":null');
    const other = await givenYear();
    tamper(other.db, `update event set body = replace(body, '${reply}', '${unruled}')`);
    const put = await other.replayed();
    expect([put.exitCode, put.fixed]).toEqual([6, 0]);
    expect(put.differences).toContainEqual(
      expect.objectContaining({ position: 1, recorded: "2029-12-31", expected: "2021-07-02" }),
    );
    const { db, typed, replayed } = await givenYear();
    tamper(
      db,
      `update event set body = json_remove(body, '$.data.deadlines[0]') where seq = 1 and json_extract(body, '$.data.deadlines[0].id') = 'reply'`,
    );
    const gone = await replayed();
    expect(gone.exitCode).toBe(6);
    expect(gone.differences).toContainEqual(
      expect.objectContaining({
        thing: "deadlines",
        position: 1,
        recorded: null,
        expected: "2021-07-02",
      }),
    );
    expect((await typed("replay 1 --lang zh")).out).toContain("缺少");
  });
});
