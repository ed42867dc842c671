/** @module records.test — edge cases 49 and 50: personal data, and a log that outlives its program. */
import { readFileSync } from "node:fs";
import type { FeedbackView } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  caseId,
  contact,
  feedback,
  handled,
  receive,
  take,
} from "../../packages/engine/test/given.ts";
import { otherProgram } from "../../packages/store/test/given-sqlite.ts";
import { bookInFile, recordTogether } from "./given-file.ts";
import type { Body, FileRow, Row } from "./without-us.ts";
import { inOneForm, rootOf, sha256 } from "./without-us.ts";

describe("个人信息与长期保存", () => {
  it("49. 个人信息封存在日志之外，删除后日志仍可核验 (personal data: sealed beside the log, never in its bytes, and erasable)", async () => {
    const made = await bookInFile();
    const [phone, officer, office] = ["13905390001", "联系人赵某某", "0539-8720001"];
    const comment = "对经办科室有意见，请勿外传";
    await recordTogether(
      made,
      receive({ proposers: [{ name: "李楠", phone }] }),
      assign(),
      contact(),
      answer({ contactPerson: officer, contactPhone: office }),
      feedback({ comment }),
    );
    // who works on the case reads them
    const view = await made.book.show(caseId);
    expect(view.proposers).toEqual([{ name: "李楠", phone }]);
    expect(view.reply).toMatchObject({ contactPerson: officer, contactPhone: office });
    expect(view.feedback).toMatchObject([{ comment } satisfies Partial<FeedbackView>]);
    // the log has seals in their place, and so have its history and every table made from it
    const other = otherProgram(made.file);
    const tables = ["event", "command", "projection_row", "projection_tally"];
    const everything = [
      ...tables.map((table) => JSON.stringify(other.prepare(`SELECT * FROM ${table}`).all())),
      JSON.stringify(await made.book.history(caseId)),
    ].join("\n");
    for (const value of [phone, officer, office]) expect(everything).not.toContain(value);
    expect(everything.match(/"sealed\\?":/g)?.length).toBeGreaterThanOrEqual(3);
    // a seal is salted: it says nothing to one who tries all telephone numbers
    const rows = other.prepare("SELECT * FROM personal").all() as { salt: string; value: string }[];
    expect(rows.map(({ value }) => value).toSorted()).toEqual([phone, officer, office].toSorted());
    expect(new Set(rows.map(({ salt }) => salt)).size).toBe(3);
    // figures tell how many, never what somebody wrote
    const figures = JSON.stringify([
      await made.book.rates(),
      await made.book.passports(),
      await made.book.annual(2021),
    ]);
    for (const value of [phone, officer, office, comment]) expect(figures).not.toContain(value);

    // erased on request: the values are gone, every proof stands
    const { size } = await made.book.audit();
    const leaves = JSON.stringify(other.prepare("SELECT body, leaf FROM event").all()).slice(0, -1);
    const asked = { reason: "提案人来函要求删除", approvedBy: "办公室主任" };
    await take(made, { command: "forget", case: caseId, all: true, ...asked });
    const erased = await made.book.show(caseId);
    expect(erased.proposers).toEqual([{ name: "李楠", phone: null }]);
    expect(erased.reply).toMatchObject({ contactPerson: null, contactPhone: null });
    expect(await made.book.audit()).toMatchObject({ size: size + 1, faults: { first: null } });
    expect(JSON.stringify(other.prepare("SELECT body, leaf FROM event").all())).toContain(leaves);
  });

  it("50. 永久保存：离开本程序，仅凭文件也能读懂并核验 (retention: the file stays readable and verifiable without the program)", async () => {
    const made = await bookInFile();
    const proof = { name: "答复函.txt", bytes: new TextEncoder().encode("临数字〔2021〕17号") };
    await recordTogether(
      made,
      ...handled.map((step) => (step["command"] === "answer" ? { ...step, file: proof } : step)),
      receive({ number: "123", title: '含 "引号"、\\ 和\u{20BB7}的建议', requests: ["一", "二"] }),
    );
    const { root, size } = await made.book.audit();
    await made.store.close();

    // from here on: SQLite, JSON, SHA-256, and docs/data-format.md
    const other = otherProgram(made.file);
    const rows = other
      .prepare(
        "SELECT seq, case_id, case_seq, type, recorded_at, body, leaf FROM event ORDER BY seq",
      )
      .all() as Row[];
    expect(rows).toHaveLength(size);
    const leaves = rows.map(({ body }) => sha256(Buffer.of(0), Buffer.from(body, "utf8")));
    const lastOf = new Map<string, Buffer>();
    for (const [at, row] of rows.entries()) {
      const event = JSON.parse(row.body) as Body;
      expect(inOneForm(event)).toBe(row.body);
      expect(row.leaf.equals(leaves[at] ?? Buffer.of())).toBe(true);
      expect([event.seq, event.case, event.caseSeq, event.type, event.at]).toEqual([
        row.seq,
        row.case_id,
        row.case_seq,
        row.type,
        row.recorded_at,
      ]);
      const before = event.case === null ? undefined : lastOf.get(event.case);
      expect(event.prev).toBe(before?.toString("base64") ?? null);
      if (event.case !== null) lastOf.set(event.case, leaves[at] ?? Buffer.of());
    }
    expect(rootOf(leaves).toString("base64")).toBe(root);

    // what happened to a case, when, and by whom
    const told = rows
      .map(({ body }) => JSON.parse(body) as Body)
      .filter((event) => event.case === caseId)
      .map(({ on, type, to, by }) => [on, type, to, by.id].join(" "));
    expect(told).toEqual([
      "2021-04-02 CaseReceived received 经办人甲",
      "2021-04-06 CaseAssigned assigned 经办人甲",
      "2021-04-15 ContactRecorded contacted 经办人甲",
      "2021-06-30 ReplyDelivered answered 经办人甲",
      "2021-07-05 FeedbackReceived followUp 经办人甲",
    ]);
    // the rulebook, the calendar and the documents lie beside it, under the hashes that the events name
    const files = other.prepare("SELECT sha256, bytes FROM file").all() as FileRow[];
    for (const file of files) expect(sha256(file.bytes).toString("hex")).toBe(file.sha256);
    const kept = new Map(files.map((file) => [file.sha256, file.bytes.toString("utf8")]));
    const bodies = rows.map(({ body }) => body).join("\n");
    const named = [...bodies.matchAll(/"sha256":"([0-9a-f]{64})"/g)].map(([, hash = ""]) => hash);
    expect(named.map((hash) => kept.has(hash))).toEqual(named.map(() => true));
    expect([...kept.values()]).toContain("临数字〔2021〕17号");
    const opening = JSON.parse(rows[0]?.body ?? "") as { def: string };
    const rulebook = kept.get(opening.def.replace("sha256:", "")) ?? "";
    expect(JSON.parse(rulebook)).toMatchObject({ id: "national", version: "2025" });
    expect(readFileSync(made.file).subarray(0, 15).toString()).toBe("SQLite format 3");
  });
});
