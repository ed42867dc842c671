/** @module beside-the-log.test — whoever changes what lies beside the log is seen: commands, personal values, documents. */
import type { AuditReport } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { answer, assign, caseId, contact, receive } from "../../packages/engine/test/given.ts";
import { otherProgram } from "../../packages/store/test/given-sqlite.ts";
import { bookInFile, recordTogether } from "./given-file.ts";

type Row = Readonly<Record<string, unknown>>;

/** A case with two personal values and a document, and a way past the triggers of its file. */
const givenFile = async () => {
  const made = await bookInFile();
  await recordTogether(
    made,
    receive({ proposers: [{ name: "李楠", phone: "13905390001" }], commandId: "收件" }),
    assign({ commandId: "五定" }),
    contact({ commandId: "走访" }),
    answer({
      commandId: "答复",
      contactPhone: "0539-8720001",
      file: { name: "答复函.txt", bytes: new TextEncoder().encode("临数字〔2021〕17号") },
    }),
  );
  const other = otherProgram(made.file);
  const all = (sql: string): readonly Row[] => other.prepare(sql).all() as Row[];
  /** Runs SQL as somebody would who may write to the file. */
  const tamper = (sql: string): void => {
    const triggers = all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    for (const { name } of triggers) other.exec(`DROP TRIGGER ${String(name)}`);
    other.exec(sql);
    for (const trigger of triggers) other.exec(String(trigger["sql"]));
  };
  return { ...made, all, tamper };
};

const firstOf = ({ faults }: AuditReport) => faults.first;

describe("命令表 the table of commands", () => {
  it("is counted, row by row", async () => {
    const { book, all } = await givenFile();
    const { checked, faults, unnamedFiles } = await book.audit();
    expect(faults.first).toBeNull();
    expect(checked.commands).toBe(all("SELECT * FROM command").length);
    expect(checked).toMatchObject({ personal: 2, files: all("SELECT sha256 FROM file").length });
    expect(unnamedFiles).toBe(0);
  });

  it.each([
    ["a deleted row", "DELETE FROM command WHERE cmd = '五定'", /五定 is not in the table/],
    ["another id", "UPDATE command SET cmd = '别的' WHERE cmd = '五定'", /五定.* says 别的/],
    [
      "a row that claims one event more",
      "UPDATE command SET last_seq = last_seq + 1 WHERE cmd = '五定'",
      /ends its command at event/,
    ],
    [
      "a row that gives its events up",
      "UPDATE command SET last_seq = first_seq - 1 WHERE cmd = '五定'",
      /五定 is not in the table/,
    ],
    [
      "a row that was taken out and put back",
      "CREATE TEMP TABLE t AS SELECT * FROM command WHERE cmd = '五定'; DELETE FROM command WHERE cmd = '五定'; INSERT INTO command SELECT * FROM t",
      /五定 is not in the table/,
    ],
  ])("%s is a fault at the command's first event", async (_name, sql, what) => {
    const { book, all, tamper } = await givenFile();
    const [row] = all("SELECT first_seq FROM command WHERE cmd = '五定'");
    tamper(sql);
    expect(firstOf(await book.audit())).toMatchObject({
      kind: "ALTERED",
      position: row?.["first_seq"],
      what: { en: expect.stringMatching(what) },
    });
  });

  it("a row more is a fault, whichever events it claims", async () => {
    for (const [first, last, kind] of [
      [1, 1, "ALTERED"],
      [99, 99, "TRUNCATED"],
    ] as const) {
      const { book, tamper } = await givenFile();
      tamper(`INSERT INTO command VALUES ('多出', x'00', ${first}, ${last})`);
      expect(firstOf(await book.audit())).toMatchObject({
        kind,
        what: { zh: expect.stringContaining("多出") },
      });
    }
  });

  it("tells that the last event was cut off, also where no node of the tree does", async () => {
    const { book, tamper } = await givenFile();
    const { size } = await book.audit();
    // at an odd size the last event has completed no node
    const cut = size % 2 === 1 ? 1 : 0;
    if (cut === 0) await book.executeGiven(contact({ on: "2021-06-29" }));
    const last = (await book.audit()).size - 1;
    tamper(`DELETE FROM event WHERE seq = ${last}`);
    expect(firstOf(await book.audit())).toMatchObject({ kind: "TRUNCATED", position: last });
  });
});

describe("个人信息表 the table of personal values", () => {
  const positionOf = (all: (sql: string) => readonly Row[], type: string): unknown =>
    all(`SELECT seq FROM event WHERE type = '${type}'`)[0]?.["seq"];

  it("a value that is gone without an event is missing at the event that sealed it", async () => {
    const { book, all, tamper } = await givenFile();
    tamper("DELETE FROM personal WHERE value = '0539-8720001'");
    expect(firstOf(await book.audit())).toMatchObject({
      kind: "MISSING",
      position: positionOf(all, "ReplyDelivered"),
      case: caseId,
    });
  });

  it.each([
    ["another value", "UPDATE personal SET value = '1' WHERE value = '13905390001'"],
    ["another salt", "UPDATE personal SET salt = salt || '1' WHERE value = '13905390001'"],
    [
      "another border between salt and value",
      "UPDATE personal SET salt = salt || '1', value = substr(value, 2) || '!' WHERE value = '13905390001'",
    ],
  ])("%s is a fault at the event that sealed it", async (_name, sql) => {
    const { book, all, tamper } = await givenFile();
    tamper(sql);
    expect(firstOf(await book.audit())).toMatchObject({
      kind: "ALTERED",
      position: positionOf(all, "CaseReceived"),
    });
  });

  it("a value that no event has sealed is a fault of no event", async () => {
    const { book, tamper } = await givenFile();
    tamper(`INSERT INTO personal VALUES ('${"A".repeat(43)}', 'salt', 'value')`);
    const { faults } = await book.audit();
    expect(faults.first).toMatchObject({ kind: "ALTERED", position: null });
  });
});

describe("文件表 the table of documents", () => {
  it.each([
    ["other bytes", "UPDATE file SET bytes = zeroblob(size)", "ALTERED"],
    ["another size", "UPDATE file SET bytes = x'00', size = 1", "ALTERED"],
    ["no row", "DELETE FROM file WHERE length(bytes) < 100", "MISSING"],
  ])("%s is a fault at the event that names it", async (_name, sql, kind) => {
    const { book, all, tamper } = await givenFile();
    const [reply] = all("SELECT seq FROM event WHERE type = 'ReplyDelivered'");
    tamper(sql.includes("UPDATE") ? `${sql} WHERE length(bytes) < 100` : sql);
    expect(firstOf(await book.audit())).toMatchObject({ kind, position: reply?.["seq"] });
  });

  it("one that nobody names is told and is no fault", async () => {
    const { book, tamper } = await givenFile();
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    tamper(`INSERT INTO file VALUES ('${empty}', 0, x'')`);
    expect(await book.audit()).toMatchObject({ unnamedFiles: 1, faults: { first: null } });
  });
});
