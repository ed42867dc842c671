/** @module merging.test — 并案: one case is handled in another, and every proposer still gets an answer. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  by,
  caseId,
  close,
  commit,
  contact,
  contentOf,
  feedback,
  fulfil,
  given,
  receive,
  refusalOf,
  requestReturn,
  retract,
  take,
  verify,
  withdraw,
} from "./given.ts";

const other = "cppcc/15-5/130";
const receiveOther = (fields: object = {}) =>
  receive({
    number: "130",
    title: "关于推进数据共享的建议",
    proposers: [{ name: "王兰", phone: "13900000000" }, "赵六"],
    requests: ["统一目录", "开放接口"],
    ...fields,
  });
const merge = (fields: object = {}) => ({
  command: "merge",
  case: other,
  into: caseId,
  on: "2021-04-10",
  ...fields,
});
const both = [receive({ requests: ["建平台"] }), receiveOther()] as const;

describe("merging 并案", () => {
  it("ends the case, and its proposers and requests join the other, in one transaction", async () => {
    const { book, store } = await bookWith(...both);
    const told = await take({ book }, merge({ into: "122", case: "130" }));
    expect(told).toEqual({
      case: other,
      events: ["CaseMerged"],
      version: 2,
      unchanged: false,
      cases: [
        { case: other, events: ["CaseMerged"], version: 2 },
        { case: caseId, events: ["ProposersJoined"], version: 2 },
      ],
    });
    const [last, joined] = (await store.readAll({ limit: 100 })).toReversed();
    expect([joined?.commandId, joined?.recordedAt]).toEqual([last?.commandId, last?.recordedAt]);
    const source = await book.show(other);
    expect(source).toMatchObject({ status: "merged", mergedInto: caseId, number: "130" });
    const target = await book.show(caseId);
    expect(target).toMatchObject({ status: "received", merged: [other] });
    expect(target.proposers.map(({ name }) => name)).toEqual(["李楠", "王兰", "赵六"]);
    expect(target.proposers[1]?.phone).toBe("13900000000");
    expect(target.requests).toEqual(["建平台", "统一目录", "开放接口"]);
    expect((await book.history(other)).map(({ type, to }) => [type, to])).toEqual([
      ["CaseReceived", "received"],
      ["CaseMerged", "merged"],
    ]);
    expect(await book.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
    expect((await book.checkProjections()).differences).toEqual([]);
  });

  it("each proposer is asked for a form of his own in the other case", async () => {
    const { book } = await bookWith(...both, merge(), assign(), contact(), answer());
    await take({ book }, feedback({ proposer: "赵六" }));
    expect((await book.show(caseId)).feedback.map(({ proposer }) => proposer)).toEqual(["赵六"]);
  });

  it("one who stands behind both is named once, and a request that both make is made once", async () => {
    const { book } = await bookWith(
      receive({ requests: ["建平台"] }),
      receiveOther({ proposers: ["李楠", "王兰"], requests: ["建平台", "开放接口"] }),
      merge(),
    );
    const view = await book.show(caseId);
    expect(view.proposers.map(({ name }) => name)).toEqual(["李楠", "王兰"]);
    expect(view.requests).toEqual(["建平台", "开放接口"]);
  });

  it("waives its due dates; no rate counts it, the passports say why, and the other keeps its clock", async () => {
    const { book } = await bookWith(...both);
    const before = (await book.show(caseId)).deadlines;
    await take({ book }, merge());
    const states = (await book.show(other)).deadlines.map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(["waived"]));
    expect((await book.show(caseId)).deadlines).toEqual(before);
    expect((await book.list()).map(({ case: id, lamp }) => [id, lamp === null])).toEqual([
      [caseId, false],
      [other, true],
    ]);
    const { rates } = await book.rates();
    const denominators = Object.fromEntries(rates.map((rate) => [rate.id, rate.denominator]));
    expect(denominators).toMatchObject({ meeting: 1, completion: 1, assignment: 1, adoption: 3 });
    const [meeting] = await book.passports({}, "meeting");
    expect(meeting?.excluded).toEqual([
      {
        case: other,
        title: "关于推进数据共享的建议",
        by: "merged",
        on: "2021-04-10",
        why: expect.objectContaining({ zh: "并案 2021-04-10" }) as object,
      },
    ]);
    expect(await book.gaps(other)).toEqual([]);
    const annual = await book.annual(2021);
    expect(annual).toMatchObject({ received: 2, merged: 1, handled: 1 });
  });

  it("a figure of before tells that the case left it by the merger", async () => {
    const { book } = await bookWith(...both, merge());
    const diff = await book.reportDiff({ from: "2021-04-05", to: "2021-04-20", scope: {} });
    const completion = diff.rates.find(({ id }) => id === "completion");
    expect(JSON.stringify(completion)).toContain("并案，不再单独计入");
  });

  it("a merged case may go on with the one it is in: into a third", async () => {
    const { book } = await bookWith(
      ...both,
      receive({ number: "140", proposers: ["钱七"] }),
      merge(),
      merge({ case: "122", into: "140", on: "2021-04-11" }),
    );
    const third = await book.show("140");
    expect(third.proposers.map(({ name }) => name)).toEqual(["钱七", "李楠", "王兰", "赵六"]);
    expect(third.merged).toEqual([other, caseId]);
  });

  describe("of a case that was merged before 先后两次并案", () => {
    const third = "cppcc/15-5/140";
    const twice = [
      ...both,
      receive({ number: "140", proposers: ["钱七"], requests: ["公开目录"] }),
      merge(),
      merge({ case: caseId, into: third, on: "2021-04-11" }),
    ] as const;

    it("each tells where it is handled now, and that one tells all that it handles", async () => {
      const { book } = await bookWith(...twice);
      for (const id of [other, caseId]) expect((await book.show(id)).mergedInto).toBe(third);
      expect(await book.show(third)).toMatchObject({ merged: [other, caseId], mergedInto: null });
      expect((await book.show(other, { asOf: "2021-04-10" })).mergedInto).toBe(caseId);
      expect(await book.replay(other)).toMatchObject({ mergedInto: third, firstFault: null });
      expect(await book.next(other)).toMatchObject({ ended: true, mergedInto: third });
    });

    it("what is asked of the first is refused with the case that handles it now", async () => {
      const made = await bookWith(...twice);
      const refused = await take(made, assign({ case: other })).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        code: "WRONG_STATE",
        data: { mergedInto: third },
        hint: { zh: `请在 ${third} 上办理。` },
      });
    });

    it("proposers and requests go all the way, and each proposer is answered at the end of it", async () => {
      const at = { case: third };
      const { book } = await bookWith(...twice, assign(at), contact(at), answer(at));
      const view = await book.show(third);
      expect(view.proposers.map(({ name }) => name)).toEqual(["钱七", "李楠", "王兰", "赵六"]);
      expect(view.requests).toEqual(["公开目录", "建平台", "统一目录", "开放接口"]);
      for (const proposer of ["王兰", "赵六"]) await take({ book }, feedback({ ...at, proposer }));
      expect((await book.show(third)).feedback.map(({ proposer }) => proposer)).toEqual([
        "王兰",
        "赵六",
      ]);
    });
  });

  it("what is asked of a merged case is refused, and the refusal names the other", async () => {
    const made = await bookWith(...both, merge());
    for (const step of [assign({ case: other }), merge(), withdraw({ case: other })]) {
      await refusalOf(made.store, () => take(made, step), "WRONG_STATE", {
        status: "merged",
        mergedInto: caseId,
      });
    }
    const refused = await take(made, assign({ case: other })).catch((error: unknown) => error);
    expect(refused).toMatchObject({ hint: { zh: `请在 ${caseId} 上办理。` } });
  });

  it("is not taken back, on either side, and the refusal says how to go on apart", async () => {
    const made = await bookWith(...both, merge());
    for (const [id, event] of [
      [other, 3],
      [caseId, 4],
      [other, 2],
    ] as const) {
      await refusalOf(made.store, () => take(made, retract(event, { case: id })), "RULE_REFUSED", {
        case: id,
        rule: "mayBeRetracted",
        why: expect.objectContaining({
          en: expect.stringContaining("two cases") as string,
        }) as object,
        repair: expect.objectContaining({
          zh: expect.stringContaining("split") as string,
        }) as object,
      });
    }
    expect((await made.book.next(other)).blocked).toEqual([
      expect.objectContaining({ command: "retract", rule: "mayBeRetracted" }),
    ]);
  });

  it("what went into another case in error is split off it again, or received under another number", async () => {
    const { book } = await bookWith(...both, merge());
    await take(
      { book },
      {
        command: "split",
        case: caseId,
        number: "130-1",
        requests: [2, 3],
        reason: "并案有误",
        on: "2021-04-12",
      },
    );
    expect(await book.show("130-1")).toMatchObject({ requests: ["统一目录", "开放接口"] });
    await take({ book }, receiveOther({ number: "130-2", otherNumbers: ["130"] }));
    expect(await book.show("130-2")).toMatchObject({ status: "received", otherNumbers: ["130"] });
    expect((await book.show(other)).status).toBe("merged");
  });

  it("the other case, received once more with what it was received with, is unchanged", async () => {
    await given(...both, merge())
      .when(receive({ requests: ["建平台"] }))
      .thenUnchanged();
    await given(receive(), receiveOther(), merge()).when(receive()).thenUnchanged();
  });

  it("before the day of the merger the two were two", async () => {
    const { book } = await bookWith(...both, merge());
    expect((await book.show(other, { asOf: "2021-04-09" })).status).toBe("received");
    expect((await book.show(caseId, { asOf: "2021-04-09" })).proposers).toHaveLength(1);
  });
});

describe("no merger 不得并案", () => {
  it("into itself", async () => {
    await given(...both)
      .when(merge({ into: other }))
      .thenRefused("RULE_REFUSED", { rule: "mergesElsewhere", case: other });
  });

  it("in a ring, however long", async () => {
    await given(...both, merge())
      .when(merge({ case: caseId, into: other }))
      .thenRefused("RULE_REFUSED", { rule: "noMergeRing", case: caseId });
    const three = [receive({ number: "140" }), merge(), merge({ case: caseId, into: "140" })];
    await given(...both, ...three)
      .when(merge({ case: "140", into: other }))
      .thenRefused("RULE_REFUSED", { rule: "noMergeRing", case: "cppcc/15-5/140" });
  });

  it("into a case that was merged elsewhere; the refusal says where", async () => {
    await given(...both, receive({ number: "140" }), merge())
      .when(merge({ case: "140", into: other }))
      .thenRefused("RULE_REFUSED", {
        rule: "mergesIntoOpen",
        why: expect.objectContaining({ zh: `${other} 已经并入 ${caseId}` }) as object,
      });
  });

  it.each([
    ["answered", [assign(), contact(), answer()]],
    ["closed", [assign(), contact(), answer(), feedback(), close()]],
    ["withdrawn", [withdraw()]],
    [
      "returned",
      [
        requestReturn(),
        {
          command: "decide-return",
          case: caseId,
          decision: "approved",
          by: "政府办公室",
          on: "2021-04-12",
        },
      ],
    ],
  ])("into a case that is %s", async (_status, steps) => {
    await given(...both, ...steps)
      .when(merge({ on: "2021-08-01" }))
      .thenRefused("RULE_REFUSED", { rule: "mergesIntoOpen", case: other });
  });

  it("into another kind, into a case that is not ours to answer, into none", async () => {
    const npc = receive({ kind: "npc", session: "18-4", number: "9" });
    await given(...both, npc)
      .when(merge({ into: "npc/18-4/9" }))
      .thenRefused("RULE_REFUSED", "mergesWithinKind");
    await given(...both, receive({ number: "140", role: "assist" }))
      .when(merge({ into: "140" }))
      .thenRefused("RULE_REFUSED", "mergesWithinRole");
    await given(...both)
      .when(merge({ into: "999" }))
      .thenRefused("NOT_FOUND", { what: "case", name: "999" });
    await given(...both)
      .when(merge({ into: "cppcc/15-5/999" }))
      .thenRefused("NOT_FOUND", { name: "cppcc/15-5/999" });
  });

  it("of an answered case, a closed one, or one with promises that nobody would follow", async () => {
    const own = [assign({ case: other }), contact({ case: other }), answer({ case: other })];
    const late = merge({ on: "2021-08-01" });
    await given(...both, ...own)
      .when(late)
      .thenRefused("RULE_REFUSED", { rule: "unanswered", case: other });
    await given(...both, ...own, feedback({ case: other }), close({ case: other }))
      .when(late)
      .thenRefused("RULE_REFUSED", "notClosed");
    const promised = [assign({ case: other }), commit({ case: other, on: "2021-04-08" })];
    await given(...both, ...promised)
      .when(late)
      .thenRefused("RULE_REFUSED", "promisesSettled");
    await given(
      ...both,
      ...promised,
      fulfil({ case: other, on: "2021-05-01" }),
      by("督查员", verify({ case: other, on: "2021-05-02" })),
    )
      .when(late)
      .thenStatus("merged");
  });

  it("while a return is undecided, of the one or of the other", async () => {
    for (const id of [caseId, other]) {
      await given(...both, requestReturn({ case: id }))
        .when(merge())
        .thenRefused("RULE_REFUSED", { rule: "returnNotPending", case: id });
    }
  });

  it("before either was dispatched", async () => {
    await given(...both)
      .when(merge({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep");
    const later = receive({ number: "140", on: "2021-04-20" });
    await given(...both, later)
      .when(merge({ into: "140" }))
      .thenRefused("RULE_REFUSED", { rule: "notBeforeDispatch", case: "cppcc/15-5/140" });
  });
});

describe("mergers in a batch 批量并案", () => {
  const lines = [
    receive(),
    receiveOther(),
    receive({ number: "140", proposers: ["钱七"] }),
    merge(),
    merge({ case: "140" }),
  ].map((one, at) => ({ line: at + 1, given: one }));

  it("stand on each other, each line alone or all in one transaction", async () => {
    const contents: unknown[] = [];
    for (const atomic of [false, true]) {
      const { book, store } = await bookWith();
      const answers = atomic ? [...(await book.applyAtomically(lines))] : [];
      if (!atomic) for await (const one of book.apply(lines)) answers.push(one);
      expect(answers.map(({ ok }) => ok)).toEqual(lines.map(() => true));
      expect(answers[4]).toMatchObject({
        recorded: { cases: [{ case: "cppcc/15-5/140" }, { case: caseId, version: 3 }] },
      });
      expect((await book.show(caseId)).proposers.map(({ name }) => name)).toEqual([
        "李楠",
        "王兰",
        "赵六",
        "钱七",
      ]);
      expect(await book.replayAll()).toMatchObject({ firstFault: null });
      expect((await book.checkProjections()).differences).toEqual([]);
      contents.push((await store.readAll({ limit: 100 })).map(({ type }) => type));
    }
    expect(contents[0]).toEqual(contents[1]);
  });

  it("all or none: a ring in the batch undoes the first merger too", async () => {
    const made = await bookWith();
    const before = await contentOf(made.store);
    const ring = [...lines.slice(0, 4), { line: 5, given: merge({ case: caseId, into: other }) }];
    const answers = await made.book.applyAtomically(ring);
    expect(answers.map(({ ok }) => ok)).toEqual([false, false, false, false, false]);
    expect(answers[4]).toMatchObject({ refusal: { code: "RULE_REFUSED" } });
    expect(await contentOf(made.store)).toEqual(before);
  });

  it("the same command id answers what it answered", async () => {
    const made = await bookWith(...both);
    const first = await take(made, merge({ commandId: "m-1" }));
    expect(await take(made, merge({ commandId: "m-1" }))).toEqual(first);
  });

  it("--expect is about the case that is merged, whoever moves the other", async () => {
    const made = await bookWith(...both);
    await refusalOf(made.store, () => take(made, merge({ expect: 2 })), "VERSION_CONFLICT");
    expect(await take(made, merge({ expect: 1 }))).toMatchObject({ case: other, version: 2 });
  });
});
