/** @module office.test — 代理、科室更名: what is true of the office, and what it does to cases. */
import { createCasebook, isEngineError } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { describe, expect, it } from "vitest";
import type { Step } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  by,
  caseId,
  clerk,
  close,
  commit,
  contact,
  fulfil,
  given,
  handled,
  reassign,
  receive,
  refusalOf,
  reopen,
  take,
  typesOf,
  verify,
} from "./given.ts";

const other = "cppcc/15-5/130";
const delegate = (fields: object = {}) => ({
  command: "delegate",
  from: clerk,
  to: "代理人",
  until: "2021-12-31",
  on: "2021-04-10",
  ...fields,
});
const rename = (fields: object = {}) => ({
  command: "rename-department",
  from: "规划科",
  to: "综合规划与应用科",
  on: "2021-05-01",
  ...fields,
});
const second = [receive({ number: "130" }), assign({ case: other })] as const;

/** Records steps and proves that the log replays and the projections follow it. */
const sound = async (...steps: readonly Step[]) => {
  const made = await bookWith(...steps);
  expect(await made.book.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
  expect((await made.book.checkProjections()).differences).toEqual([]);
  expect((await made.book.audit()).faults).toEqual({ first: null, more: 0 });
  return made;
};

describe("delegation 代理", () => {
  it("is recorded of the office and of no case, once", async () => {
    const { book, store } = await sound(receive(), assign());
    expect(await take({ book }, delegate())).toEqual({
      case: null,
      events: ["DelegationMade"],
      version: 2,
      unchanged: false,
    });
    expect(await take({ book }, delegate())).toEqual({
      case: null,
      events: [],
      version: 2,
      unchanged: true,
    });
    const [event] = (await store.readAll({ limit: 100 })).slice(-1);
    expect(event).toMatchObject({
      stream: null,
      type: "DelegationMade",
      data: { from: clerk, to: "代理人", until: "2021-12-31" },
    });
    expect(await book.replayAll()).toMatchObject({ firstFault: null });
  });

  it("shows who acts on the day; the 责任人 stays", async () => {
    const { book } = await sound(receive(), assign(), delegate({ until: "2021-06-01" }));
    const on = async (today: string) => {
      const { assignment, delegate: acting } = await book.show(caseId, { today });
      expect(assignment?.person).toBe(clerk);
      return acting;
    };
    expect(await on("2021-04-09")).toBeNull();
    expect(await on("2021-04-10")).toEqual({ name: "代理人", until: "2021-06-01" });
    expect(await on("2021-06-01")).toEqual({ name: "代理人", until: "2021-06-01" });
    expect(await on("2021-06-02")).toBeNull();
    expect((await book.list())[0]?.person).toBe(clerk);
    expect((await book.replay(caseId, { asOf: "2021-05-01" }))?.delegate?.name).toBe("代理人");
    expect((await book.replay(caseId, { at: 2, asOf: "2021-05-01" }))?.delegate).toBeNull();
  });

  it("goes on to the next where the one who acts is away too", async () => {
    const { book } = await sound(
      receive(),
      assign(),
      delegate(),
      delegate({ from: "代理人", to: "第三人", until: "2021-05-05" }),
    );
    expect((await book.show(caseId, { today: "2021-05-01" })).delegate?.name).toBe("第三人");
    expect((await book.show(caseId, { today: "2021-05-06" })).delegate?.name).toBe("代理人");
  });

  it("ends on no day before it begins, and leads to somebody else who is there", async () => {
    const made = await bookWith(receive(), delegate());
    const refused = async (step: Step, field: string) =>
      refusalOf(made.store, () => take(made, step), "INVALID_INPUT", { problems: [{ field }] });
    await refused(delegate({ until: "2021-04-09" }), "until");
    await refused(delegate({ to: clerk }), "to");
    await refused(delegate({ from: "代理人", to: clerk }), "to");
    await refusalOf(made.store, () => take(made, { command: "delegate" }), "INVALID_INPUT", {
      problems: [{ field: "from" }, { field: "to" }, { field: "until" }],
    });
    await refused(delegate({ on: "2022-01-01" }), "on");
  });
});

describe("verification and delegation 代理与销号", () => {
  const promised = [receive(), assign(), commit({ on: "2021-04-08" })] as const;
  const done = by("甲", fulfil({ on: "2021-05-10" }));
  const struck = (actor: string) => by(actor, verify({ on: "2021-05-12" }));
  const away = (from: string, to: string, fields: object = {}) =>
    delegate({ from, to, on: "2021-05-11", until: "2021-05-31", ...fields });

  it.each([
    ["the delegate of the one who recorded the fulfilment", away("甲", "乙")],
    ["the one whose delegate recorded it", away("乙", "甲")],
    [
      "the delegate of the day of the fulfilment, though his time is over",
      away("甲", "乙", { on: "2021-05-01", until: "2021-05-10" }),
    ],
  ])("is not for %s", async (_who, delegation) => {
    const made = await bookWith(...promised, delegation, done);
    await refusalOf(made.store, () => take(made, struck("乙")), "RULE_REFUSED", {
      rule: "anotherVerifies",
    });
    expect(await take(made, struck("丙"))).toMatchObject({ events: ["CommitmentVerified"] });
  });

  it("is for somebody who acted at another time, or for others", async () => {
    for (const delegation of [
      away("甲", "乙", { on: "2021-04-01", until: "2021-04-30" }),
      away("甲", "丁"),
    ]) {
      const { book } = await sound(...promised, delegation, done, struck("乙"));
      expect((await book.show(caseId)).commitments[0]?.verifiedOn).toBe("2021-05-12");
    }
  });

  it("what was verified before the delegation was written down stays; replay knows no more than was known", async () => {
    const { book } = await sound(...promised, done, struck("乙"), away("甲", "乙"));
    expect((await book.show(caseId)).commitments[0]?.verifiedOn).toBe("2021-05-12");
  });

  it("next tells who cannot strike it off", async () => {
    const { book } = await bookWith(...promised, away("甲", "乙"), done);
    const nextOf = async (id: string) => {
      const { allowed } = await book.next(caseId, { actor: { id }, today: "2021-05-12" });
      return allowed.map(({ command }) => command).includes("verify");
    };
    expect([await nextOf("甲"), await nextOf("乙"), await nextOf("丙")]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("reorganisation 科室更名", () => {
  it("moves the open cases together with the fact, and keeps the old name in their history", async () => {
    const made = await sound(receive(), assign(), ...second, receive({ number: "140" }));
    expect(await take(made, rename())).toEqual({
      case: null,
      events: ["DepartmentRenamed"],
      version: 2,
      unchanged: false,
      cases: [caseId, other].map((id) => ({ case: id, events: ["AssignmentRenamed"], version: 3 })),
    });
    const view = await made.book.show(caseId);
    expect(view.assignment).toMatchObject({ department: "综合规划与应用科", person: clerk });
    expect(view.formerDepartments).toEqual([
      { on: "2021-05-01", from: "规划科", to: "综合规划与应用科" },
    ]);
    const [, assigned, renamed] = await made.book.history(caseId);
    expect(assigned?.data).toMatchObject({ assignment: { department: "规划科" } });
    expect(renamed).toMatchObject({
      type: "AssignmentRenamed",
      from: "assigned",
      to: "assigned",
      data: { from: "规划科", to: "综合规划与应用科" },
    });
    const then = await made.book.show(caseId, { asOf: "2021-04-30" });
    expect(then.assignment?.department).toBe("规划科");
    expect(await made.book.replayAll()).toMatchObject({ firstFault: null });
    expect((await made.book.checkProjections()).differences).toEqual([]);
  });

  it("departments that help are renamed too", async () => {
    const { book } = await sound(
      receive(),
      assign({ department: "信息科", coDepartments: ["规划科", "综合科"] }),
      rename(),
    );
    expect((await book.show(caseId)).assignment).toMatchObject({
      department: "信息科",
      coDepartments: ["综合规划与应用科", "综合科"],
    });
  });

  it("closed cases keep the name of their time, in the rates too; open ones count under the new", async () => {
    const { book } = await sound(...handled, close(), ...second, rename({ on: "2021-08-01" }));
    const report = await book.rates({ by: "department" });
    const counted = report.groups?.map(({ key, rates }) => [
      key,
      rates.find(({ id }) => id === "assignment")?.denominator,
    ]);
    expect(counted?.toSorted()).toEqual([
      ["综合规划与应用科", 1],
      ["规划科", 1],
    ]);
    expect(await book.list({ scope: { department: "规划科" } })).toHaveLength(1);
  });

  it("a case that is reopened goes on under today's name", async () => {
    const { book } = await sound(...handled, close(), rename({ on: "2021-08-01" }), reopen());
    const view = await book.show(caseId);
    expect(view).toMatchObject({
      status: "followUp",
      assignment: { department: "综合规划与应用科" },
    });
  });

  it("with --case only these move, and the old department stays", async () => {
    const { book } = await sound(receive(), assign(), ...second, rename({ cases: ["130"] }));
    expect((await book.show(caseId)).assignment?.department).toBe("规划科");
    expect((await book.show(other)).assignment?.department).toBe("综合规划与应用科");
    await take({ book }, reassign({ on: "2021-05-02" }));
    expect(await take({ book }, rename({ cases: [other] }))).toMatchObject({ unchanged: true });
    // one department became two: the rest goes to the other one
    const rest = await take({ book }, rename({ to: "数据资源与安全科", on: "2021-05-03" }));
    expect(rest).toMatchObject({ cases: [{ case: caseId }] });
  });

  it("is recorded once; asked for again it moves what was left behind", async () => {
    const made = await sound(receive(), assign(), rename());
    expect(await take(made, rename())).toMatchObject({ events: [], unchanged: true, case: null });
    // written down late, under the name of its day
    await take(made, receive({ number: "130" }));
    await take(made, assign({ case: other, on: "2021-04-20" }));
    expect(await take(made, rename())).toEqual({
      case: null,
      events: [],
      version: 2,
      unchanged: false,
      cases: [{ case: other, events: ["AssignmentRenamed"], version: 3 }],
    });
  });

  it("one command id records once, and finishes what an interruption left undone", async () => {
    const made = await sound(receive(), assign());
    const first = await take(made, rename({ commandId: "r-1" }));
    await take(made, receive({ number: "130" }));
    await take(made, assign({ case: other, on: "2021-04-20" }));
    const again = await take(made, rename({ commandId: "r-1" }));
    const since = { case: other, events: ["AssignmentRenamed"], version: 3 };
    expect(again).toEqual({ ...first, cases: [...(first.cases ?? []), since] });
    expect(first.cases).toHaveLength(1);
    expect(await take(made, rename({ commandId: "r-1" }))).toEqual(first);
    expect((await made.book.show(other)).assignment?.department).toBe("综合规划与应用科");
    await refusalOf(
      made.store,
      () => take(made, rename({ commandId: "r-1", to: "别的科" })),
      "COMMAND_ID_REUSED",
    );
  });

  it("stands with all its cases or not at all", async () => {
    const clock = settableClock("2021-12-31T04:00:00.000Z");
    const ids = countingIds();
    const inner = createMemoryStore({ clock, ids, origin: "office.invalid/log" });
    let power = true;
    const store: typeof inner = {
      ...inner,
      append: async (request) => {
        if (!power) throw new Error("the power went out");
        const appended = await inner.append(request);
        // what is recorded with the reorganisation is all that is recorded of it
        power = !request.streams.some(({ events }) => events[0]?.type === "DepartmentRenamed");
        return appended;
      },
    };
    const actor = { id: clerk };
    const book = await createCasebook({ store, clock, ids, actor, origin: "office.invalid/log" });
    const many = Array.from({ length: 501 }, (_, at) => String(at + 1));
    for (const number of many) {
      await take({ book }, receive({ number }));
      await take({ book }, assign({ case: `cppcc/15-5/${number}` }));
    }
    power = false;
    await expect(take({ book }, rename())).rejects.toThrow("the power went out");
    expect(await book.list({ scope: { department: "规划科" } })).toHaveLength(501);
    power = true;
    expect((await take({ book }, rename())).cases).toHaveLength(501);
    expect(await book.list({ scope: { department: "规划科" } })).toEqual([]);
  });

  it("needs a department that somebody named, and asks whether a like name was meant", async () => {
    const made = await bookWith(receive(), assign(), reassign({ department: "规划室" }));
    const refused = async (fields: object, data: object) =>
      refusalOf(made.store, () => take(made, rename(fields)), "NOT_FOUND", data);
    await refused({ from: "规画科" }, { what: "department", suggestion: "规划科" });
    await refused({ from: "档案与保密科" }, { name: "档案与保密科" });
    // no open case is with it any more, but one was
    expect(await take(made, rename())).toMatchObject({ events: ["DepartmentRenamed"] });
    // the office itself named the next one
    const next = rename({ from: "综合规划与应用科", to: "数据科", on: "2021-05-02" });
    expect(await take(made, next)).toMatchObject({ events: ["DepartmentRenamed"] });
  });

  it("--expect is about the log's own events", async () => {
    const made = await bookWith(receive(), assign());
    await refusalOf(made.store, () => take(made, rename({ expect: 7 })), "VERSION_CONFLICT");
    expect(await take(made, rename({ expect: 1 }))).toMatchObject({ version: 2 });
  });
});

describe("a department that was dissolved 已撤并的科室", () => {
  /** Another case, which names the departments that are reorganised. */
  const elsewhere = [
    receive({ number: "130" }),
    assign({ case: other, coDepartments: ["统计科"] }),
  ] as const;
  const dissolved = {
    rule: "departmentStands",
    source: expect.objectContaining({
      zh: "机构调整（2021-05-01 规划科 → 综合规划与应用科）",
    }) as object,
    repair: expect.objectContaining({ zh: "请改写为“综合规划与应用科”。" }) as object,
  };

  it.each([
    ["assign", [], assign({ on: "2021-05-02" })],
    [
      "assign as one that helps",
      [],
      assign({ on: "2021-05-02", department: "信息科", coDepartments: ["规划科"] }),
    ],
    ["reassign", [assign()], reassign({ on: "2021-05-02" })],
    ["commit", [assign()], commit({ department: "规划科" })],
    [
      "answer with a promise of it",
      [assign(), contact()],
      answer({ commitments: [{ text: "上线", due: "2021-11-30", department: "规划科" }] }),
    ],
  ] as readonly (readonly [string, readonly Step[], Step])[])(
    "is refused in %s, with the reorganisation and the name of today",
    async (_command, steps, step) => {
      const made = await bookWith(...elsewhere, receive(), ...steps, rename());
      await refusalOf(made.store, () => take(made, step), "RULE_REFUSED", dissolved);
    },
  );

  it("names are compared exactly, and by the day of the fact", async () => {
    await given(...elsewhere, receive(), rename())
      .when(assign({ on: "2021-05-02", department: "规划科室" }))
      .thenStatus("assigned");
    await given(...elsewhere, receive(), rename())
      .when(assign({ on: "2021-04-20" }))
      .thenStatus("assigned");
  });

  it("stands again once another department takes its name", async () => {
    const again = rename({ from: "统计科", to: "规划科", on: "2021-05-10" });
    await given(...elsewhere, receive(), rename(), again)
      .when(assign({ on: "2021-05-11" }))
      .thenStatus("assigned");
  });

  it("cannot be renamed once more; its last name is told", async () => {
    const made = await bookWith(
      ...elsewhere,
      rename(),
      rename({ from: "综合规划与应用科", to: "数据科", on: "2021-05-10" }),
    );
    const step = rename({ to: "别的科", on: "2021-05-11" });
    await refusalOf(made.store, () => take(made, step), "RULE_REFUSED", {
      case: null,
      rule: "departmentStands",
      repair: expect.objectContaining({ en: "Name 数据科 instead." }) as object,
    });
  });

  it("what was recorded before the reorganisation was written down replays as it was", async () => {
    const { store } = await sound(
      receive(),
      assign({ on: "2021-05-20" }),
      rename({ on: "2021-05-01" }),
    );
    expect(await typesOf(store)).toEqual(["CaseReceived", "CaseAssigned", "AssignmentRenamed"]);
  });

  it("a case that cannot move is refused by name", async () => {
    const made = await bookWith(...handled, close(), ...second);
    await refusalOf(
      made.store,
      () => take(made, rename({ on: "2021-08-01", cases: ["122"] })),
      "WRONG_STATE",
      { case: caseId, status: "closed" },
    );
    await refusalOf(
      made.store,
      () => take(made, rename({ from: "信息科", cases: ["130"] })),
      "RULE_REFUSED",
      { case: other, rule: "ofDepartment" },
    );
    await refusalOf(made.store, () => take(made, rename({ cases: ["999"] })), "NOT_FOUND");
    await refusalOf(made.store, () => take(made, rename({ to: "规划科" })), "INVALID_INPUT");
  });
});

describe("office commands in a batch 批量", () => {
  const lines = [receive(), assign(), rename(), reassign({ on: "2021-05-02" })].map((one, at) => ({
    line: at + 1,
    given: one,
  }));

  it("take their turn between the cases", async () => {
    const { book } = await bookWith();
    const answers = [];
    for await (const one of book.apply(lines)) answers.push(one);
    expect(answers.map((one) => (one.ok ? one.recorded.case : one.refusal.code))).toEqual([
      caseId,
      caseId,
      null,
      "RULE_REFUSED",
    ]);
  });

  it("stand in no transaction with others", async () => {
    const { book, store } = await bookWith();
    const answers = await book.applyAtomically(lines.slice(0, 3));
    expect(answers.map((one) => (one.ok ? "ok" : one.refusal.code))).toEqual([
      "ROLLED_BACK",
      "ROLLED_BACK",
      "INVALID_INPUT",
    ]);
    expect(await store.size()).toBe(1);
    const refusal = answers[2]?.ok === false ? answers[2].refusal : undefined;
    expect(isEngineError(refusal)).toBe(true);
  });
});
