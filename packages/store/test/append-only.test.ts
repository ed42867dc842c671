import { describe, expect, it } from "vitest";
import { create, request } from "./given-files.ts";
import { otherProgram } from "./given-sqlite.ts";

const file = { sha256: "ab", size: 2, name: "a.txt", bytes: new Uint8Array(2) };

/** A casebook with a row in every table, as another program sees it. */
const givenRows = async () => {
  const { file: path, store } = await create();
  await store.append(request("c1", "cppcc/15-5/1", 0, { files: [file] }));
  await store.append(request("c2", "cppcc/15-5/2", 0));
  await store.append(request("c3", "cppcc/15-5/1", 1));
  const other = otherProgram(path);
  other.pragma("recursive_triggers = OFF");
  other.prepare("insert into checkpoint values (3, x'00')").run();
  const content = (): unknown =>
    ["event", "command", "node", "checkpoint", "file"].map((table) =>
      other.prepare(`select * from ${table}`).all(),
    );
  return { other, content };
};

describe("what has been recorded", () => {
  it.each([
    ["update event set body = '{}' where seq = 1"],
    ["update or replace event set seq = 0 where seq = 1"],
    ["delete from event"],
    ["delete from event where seq = 2"],
    ["update command set last_seq = 9"],
    ["delete from command"],
    ["update node set hash = x'00'"],
    ["delete from node"],
    ["update checkpoint set note = x'01'"],
    ["delete from checkpoint"],
    ["update file set bytes = x'0001'"],
    ["delete from file"],
    // the same position, and the same place in a case: both would delete a row without a trigger
    [
      "insert or replace into event select seq, 'x', 9, type, recorded_at, '{}', leaf from event limit 1",
    ],
    [
      "insert or replace into event select 3, case_id, case_seq, type, recorded_at, '{}', leaf from event limit 1",
    ],
    [
      "insert into event select 0, 'x', 9, type, recorded_at, '{}', leaf from event where true limit 1 on conflict do update set body = '{}'",
    ],
    [
      "insert or ignore into event select 7, 'x', 1, type, recorded_at, '{}', leaf from event limit 1",
    ],
    [
      "insert into event (case_id, case_seq, type, recorded_at, body, leaf) select 'x', 1, type, recorded_at, '{}', leaf from event limit 1",
    ],
  ])("stays against %s", async (attack) => {
    const { other, content } = await givenRows();
    const before = content();
    expect(() => other.prepare(attack).run()).toThrow("append-only");
    expect(content()).toEqual(before);
  });

  it.each([
    ["insert or replace into command select cmd, x'00', 0, 0 from command limit 1"],
    ["insert or replace into node select level, idx, x'00' from node limit 1"],
    ["insert or replace into checkpoint values (3, x'01')"],
    ["insert or replace into file select sha256, 0, x'' from file"],
  ])("stays against %s where our settings are made", async (attack) => {
    const { other, content } = await givenRows();
    other.pragma("recursive_triggers = ON");
    const before = content();
    expect(() => other.prepare(attack).run()).toThrow("append-only");
    expect(content()).toEqual(before);
  });

  it("takes no event that skips a position, and none longer than 65,535 bytes", async () => {
    const { other } = await givenRows();
    const insert = other.prepare(
      "insert into event select ?, 'x', 1, type, recorded_at, ?, leaf from event limit 1",
    );
    expect(() => insert.run(4, "{}")).toThrow("append-only");
    expect(() => insert.run(3, "五".repeat(21_846))).toThrow("CHECK");
    insert.run(3, "五".repeat(21_845));
    expect(other.prepare("select max(seq) from event").pluck().get()).toBe(3);
  });

  it("cannot be changed by way of the schema", async () => {
    const { other } = await givenRows();
    expect(() => {
      other.pragma("writable_schema = ON");
      other.prepare("update sqlite_schema set sql = '' where type = 'trigger'").run();
    }).toThrow("may not be modified");
  });
});
