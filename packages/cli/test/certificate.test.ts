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
    differences: readonly Readonly<{
      thing: string;
      position: number | null;
      recorded: string;
      expected: string;
    }>[];
    uncounted: readonly object[];
  }>;
}>;

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

  it("does not pass over a due date of a rule that is not there", async () => {
    const { db, replayed } = await givenYear();
    tamper(db, `update event set body = replace(body, '"rule":"cppcc-reply"', '"rule":"gone"')`);
    const { uncounted, exitCode } = await replayed();
    expect(uncounted).toEqual([
      { case: "cppcc/15-5/1", deadline: "reply", rulebook: "national@2025" },
    ]);
    expect(exitCode).not.toBe(0);
  });
});
