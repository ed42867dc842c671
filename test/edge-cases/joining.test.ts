/**
 * @module joining.test — edge cases of names, and of cases that are handled together, on a real file.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Casebook } from "@wuding/engine";
import { openCasebook } from "@wuding/store";
import { afterEach, describe, expect, it } from "vitest";

const leftovers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of leftovers.splice(0).toReversed()) await end();
});

/** A casebook in a file of its own, in which these commands have been recorded. */
const bookWith = async (...steps: readonly object[]): Promise<Casebook> => {
  const folder = mkdtempSync(join(tmpdir(), "wuding-edge-"));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true }));
  const book = await openCasebook(join(folder, "wuding.db"), {
    create: true,
    actor: { id: "办公室" },
  });
  leftovers.push(() => book.close());
  for (const step of steps) await book.executeGiven(step);
  return book;
};

const receive = (number: string, fields: object = {}) => ({
  command: "receive",
  kind: "cppcc",
  session: "15-5",
  number,
  title: `关于第${number}号事项的建议`,
  proposers: ["李楠"],
  on: "2021-04-02",
  ...fields,
});
const assign = (id: string) => ({
  command: "assign",
  case: id,
  department: "规划科",
  person: "甲",
  due: "2021-06-20",
  task: "答复",
  responsibility: "科长",
  on: "2021-04-06",
});

describe("identity 编号", () => {
  it("1. 届次、件别、层级不同而编号相同 (the same number in other sessions, kinds, levels)", async () => {
    const book = await bookWith(
      receive("138", { session: "15-4" }),
      receive("138"),
      receive("138", { kind: "npc", session: "十八届四次会议" }),
      receive("122"),
      receive("122", { kind: "npc", session: "18-4" }),
    );
    expect((await book.list()).map((one) => one.case)).toEqual([
      "cppcc/15-4/138",
      "cppcc/15-5/122",
      "cppcc/15-5/138",
      "npc/18-4/122",
      "npc/18-4/138",
    ]);
    // a short name that fits several is never guessed
    await expect(book.show("138")).rejects.toMatchObject({
      code: "AMBIGUOUS_CASE",
      data: { candidates: ["cppcc/15-4/138", "cppcc/15-5/138", "npc/18-4/138"] },
    });
    expect((await book.show("15-4/138")).session).toBe("15-4");
    // one name is one case: what another level put under it is refused, and not taken for the same
    await expect(book.executeGiven(receive("122", { level: "provincial" }))).rejects.toMatchObject({
      code: "DUPLICATE_CASE",
      data: { case: "cppcc/15-5/122", differs: ["level"] },
    });
    // neither a merger nor a split may blur the names
    await expect(
      book.executeGiven({
        command: "merge",
        case: "cppcc/15-5/122",
        into: "npc/18-4/122",
        on: "2021-04-10",
      }),
    ).rejects.toMatchObject({ code: "RULE_REFUSED", data: { rule: "mergesWithinKind" } });
    await book.executeGiven({
      command: "merge",
      case: "15-4/138",
      into: "15-5/138",
      on: "2021-04-10",
    });
    expect((await book.show("15-4/138")).mergedInto).toBe("cppcc/15-5/138");
    expect((await book.audit()).faults.first).toBeNull();
  });
});

describe("handled together 并案办理", () => {
  it("40. 四件一次面商：四件都计见面，并注明共用 (one meeting for four cases counts for each, and says it is shared)", async () => {
    const numbers = ["1", "2", "3", "4", "5"];
    const ids = numbers.map((number) => `cppcc/15-5/${number}`);
    const together = ids.slice(0, 4);
    const book = await bookWith(
      ...numbers.map((number) => receive(number)),
      ...ids.map(assign),
      {
        command: "contact",
        cases: together,
        mode: "symposium",
        participants: ["李楠"],
        summary: "集中面商",
        on: "2021-05-10",
      },
      { command: "contact", case: ids[4], mode: "visit", on: "2021-05-11" },
    );
    const [meeting] = await book.passports({}, "meeting");
    expect(meeting).toMatchObject({ numerator: 5, denominator: 5 });
    expect(meeting?.shared.map((one) => [one.case, one.with])).toEqual(
      together.map((id) => [id, together.filter((other) => other !== id)]),
    );
    // a visit of its own: its evidence is no longer only the shared one
    await book.executeGiven({ command: "contact", case: ids[0], mode: "visit", on: "2021-05-12" });
    const [later] = await book.passports({}, "meeting");
    expect(later?.shared.map((one) => one.case)).toEqual(together.slice(1));
    // cases that are merged instead are one case, which is met once
    await book.executeGiven({ command: "merge", case: ids[4], into: ids[3], on: "2021-05-12" });
    const [merged] = await book.passports({}, "meeting");
    expect(merged).toMatchObject({ numerator: 4, denominator: 4 });
    expect((await book.annual(2021)).consultations).toHaveLength(5);
  });
});
