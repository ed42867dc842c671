/** @module forgetting.test — erasing personal values 删除个人信息: what goes, what stays, who may. */
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import { answer, assign, bookWith, caseId, clerk, contact, given, receive, take } from "./given.ts";

const [first, second] = ["13900000001", "13900000002"];
const proposers = [
  { name: "李楠", phone: first },
  { name: "王兰", phone: second },
];
const forget = (fields: Given): Given => ({
  command: "forget",
  case: caseId,
  reason: "来函要求删除",
  approvedBy: "办公室主任",
  ...fields,
});

const handled = [
  receive({ proposers }),
  assign(),
  contact(),
  answer({ contactPerson: "赵某某", contactPhone: "0539-8720001" }),
];

describe("a value that is forgotten 删除个人信息", () => {
  it("is gone, and nothing else of the case is otherwise", async () => {
    const made = await bookWith(...handled);
    const before = await made.book.show(caseId);
    const answered = await take(made, forget({ field: "contactPhone" }));
    expect(answered).toMatchObject({ events: ["PersonalDataForgotten"], unchanged: false });
    const after = await made.book.show(caseId);
    expect(after).toEqual({
      ...before,
      version: before.version + 1,
      reply: { ...before.reply, contactPhone: null },
      replies: [{ ...before.reply, contactPhone: null }],
    });
    expect(await made.store.readPersonal({ limit: 9 })).toHaveLength(3);
    expect((await made.book.audit()).faults.first).toBeNull();
    expect((await made.book.checkProjections()).differences).toEqual([]);
  });

  it("is named in the event with the place of the one that sealed it, and not in the open", async () => {
    const made = await bookWith(...handled);
    await take(made, forget({ field: "proposers[2].phone" }));
    const [sealing, ...others] = await made.book.history(caseId);
    expect(others.at(-1)?.data).toEqual({
      values: [
        {
          seal: expect.stringMatching(/^[\w-]{43}$/),
          field: "proposers[2].phone",
          event: sealing?.position,
        },
      ],
      reason: "来函要求删除",
      approvedBy: "办公室主任",
    });
    expect((await made.book.show(caseId)).proposers).toEqual([
      { name: "李楠", phone: first },
      { name: "王兰", phone: null },
    ]);
  });

  it.each(["contactPhone", "contact-phone", "contactPerson", "proposers[1]", "李楠", "李楠.phone"])(
    "may be called %s",
    async (field) => {
      const made = await bookWith(...handled);
      await take(made, forget({ field }));
      expect(await made.store.readPersonal({ limit: 9 })).toHaveLength(3);
    },
  );

  it("is forgotten once; asked again, nothing changes", async () => {
    const made = await bookWith(...handled);
    await take(made, forget({ field: "contactPhone" }));
    expect(await take(made, forget({ field: "contactPhone" }))).toMatchObject({ unchanged: true });
    await take(made, forget({ all: true }));
    expect(await made.store.readPersonal({ limit: 9 })).toEqual([]);
    expect(await take(made, forget({ all: true }))).toMatchObject({ unchanged: true });
  });

  it("is forgotten in every entry that sealed it, also one that was amended since", async () => {
    const made = await bookWith(...handled);
    const amend = { command: "amend", case: caseId, reason: "电话有误" };
    await take(made, {
      ...amend,
      fields: { proposers: [{ name: "李楠", phone: "13911111111" }, proposers[1]] },
    });
    await take(made, forget({ field: "proposers[1].phone" }));
    const left = (await made.store.readPersonal({ limit: 9 })).map(({ value }) => value);
    expect(left).not.toContain(first);
    expect(left).not.toContain("13911111111");
    expect(left).toContain(second);
  });

  it("follows the person whom an amendment put at another place, and spares who stands there now", async () => {
    const made = await bookWith(...handled);
    await take(made, {
      command: "amend",
      case: caseId,
      reason: "次序有误",
      fields: { proposers: proposers.toReversed() },
    });
    await take(made, forget({ field: "李楠" }));
    expect((await made.book.show(caseId)).proposers).toEqual([
      { name: "王兰", phone: second },
      { name: "李楠", phone: null },
    ]);
    const left = (await made.store.readPersonal({ limit: 9 })).map(({ value }) => value);
    expect(left.toSorted()).toEqual(["0539-8720001", second, second, "赵某某"].toSorted());
  });

  it("is not brought back by a later amendment that does not name it", async () => {
    const made = await bookWith(...handled);
    await take(made, forget({ all: true }));
    await take(made, {
      command: "amend",
      case: caseId,
      fields: { title: "更正后的案由" },
      reason: "录入有误",
    });
    const { proposers: shown, reply } = await made.book.show(caseId);
    expect(shown.map(({ phone }) => phone)).toEqual([null, null]);
    expect(reply).toMatchObject({ contactPerson: null, contactPhone: null });
    expect((await made.book.audit()).faults.first).toBeNull();
  });

  it("may be forgotten when the case has ended, and the case stays ended", async () => {
    for (const ending of [
      { command: "withdraw", reason: "提案人撤回" },
      { command: "merge", into: "123" },
    ]) {
      const made = await bookWith(receive({ proposers }), receive({ number: "123" }));
      await take(made, { case: caseId, on: "2021-04-20", ...ending });
      const { status } = await made.book.show(caseId);
      await take(made, forget({ all: true }));
      const after = await made.book.show(caseId);
      expect(after.status).toBe(status);
      expect(after.proposers[0]?.phone).toBeNull();
      expect((await made.book.audit()).faults.first).toBeNull();
    }
  });

  it("is recorded among other lines, on what those before it have brought", async () => {
    const made = await bookWith();
    const lines = [...handled, forget({ all: true })].map((one, at) => ({ line: at, given: one }));
    const answers = await made.book.applyAtomically(lines);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await made.store.readPersonal({ limit: 9 })).toEqual([]);
  });
});

describe("a forgetting that is refused", () => {
  it("one's own approval does not do", async () => {
    await given(...handled)
      .when(forget({ field: "contactPhone", approvedBy: clerk }))
      .thenRefused("RULE_REFUSED", "anotherApprovesErasure");
  });

  it.each([
    [{ field: "fax" }, "NOT_FOUND"],
    [{ field: "proposers[3].phone" }, "NOT_FOUND"],
    [{ field: "phone" }, "INVALID_INPUT"],
    [{}, "INVALID_INPUT"],
    [{ field: "contactPhone", all: true }, "INVALID_INPUT"],
  ] as const)("%j is refused as %s", async (fields, code) => {
    const made = await bookWith(...handled);
    await expect(take(made, forget(fields))).rejects.toMatchObject({ code });
    expect(await made.store.readPersonal({ limit: 9 })).toHaveLength(4);
  });

  it("cannot be taken back", async () => {
    const made = await bookWith(...handled);
    await take(made, forget({ all: true }));
    const event = (await made.book.history(caseId)).at(-1)?.position;
    const back = { command: "retract", case: caseId, event, reason: "误删" };
    await expect(take(made, back)).rejects.toMatchObject({ code: "RULE_REFUSED" });
  });
});
