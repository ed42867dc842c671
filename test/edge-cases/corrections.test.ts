/** @module corrections.test — edge case 48: a mistaken entry is put right by a new fact, with who approved it. */
import { describe, expect, it } from "vitest";
import { answer, assign, caseId, contact, receive } from "../../packages/engine/test/given.ts";
import { bookInFile, recordTogether } from "./given-file.ts";

describe("corrections 更正", () => {
  it("48. 误记的更正：以新的记录更正并注明批准人，原记录不改 (a mistaken entry: a compensating event with its approver, never overwritten)", async () => {
    const made = await bookInFile();
    const { book } = made;
    await recordTogether(made, receive(), assign({ person: "误记的人" }), contact(), answer());
    const before = await book.history(caseId);
    const amended = await book.executeGiven({
      command: "amend",
      case: caseId,
      event: before[1]?.position,
      fields: { person: "经办人甲", on: "2021-04-07" },
      reason: "人员和日期录入有误",
      approvedBy: "办公室主任",
      on: "2021-07-10",
    });
    expect(amended.events).toEqual(["EntryAmended"]);
    expect(await book.show(caseId)).toMatchObject({
      status: "answered",
      assignment: { person: "经办人甲" },
      corrections: [{ type: "CaseAssigned", fields: ["on", "person"], approvedBy: "办公室主任" }],
    });
    const after = await book.history(caseId);
    expect(after.slice(0, before.length)).toEqual(before);
    await expect(
      book.executeGiven({
        command: "retract",
        case: caseId,
        event: before[2]?.position,
        reason: "没有联系过",
        approvedBy: "办公室主任",
        on: "2021-07-10",
      }),
    ).rejects.toMatchObject({ code: "RULE_REFUSED", data: { rule: "nothingRestsOnIt" } });
    expect(await book.history(caseId)).toEqual(after);
    expect(await book.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
  });
});
