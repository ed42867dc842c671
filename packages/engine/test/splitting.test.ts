/** @module splitting.test — 分案: some requests of a case become a case of their own. */
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Step } from "./given.ts";
import {
  amend,
  answer,
  assign,
  bookUnder,
  bookWith,
  caseId,
  close,
  contact,
  extend,
  feedback,
  given,
  receive,
  redispatch,
  refusalOf,
  requestReturn,
  retract,
  take,
  withdraw,
} from "./given.ts";

const part = "cppcc/15-5/201";
const asked = receive({
  proposers: [{ name: "李楠", phone: "13900000000" }, "王兰"],
  proposerType: "joint",
  block: "数字政府",
  requests: ["统一目录", "开放接口", "设立热线"],
  on: "2021-04-06",
  dispatchedOn: "2021-04-02",
});
const split = (fields: object = {}) => ({
  command: "split",
  case: caseId,
  number: "第201号",
  requests: [3, 2],
  title: "关于开放接口和设立热线的建议",
  reason: "分由两个科室办理",
  on: "2021-04-20",
  ...fields,
});

describe("splitting 分案", () => {
  it("makes a case of the requests, in one transaction; the other remembers which went", async () => {
    const { book, store } = await bookWith(asked);
    expect(await take({ book }, split())).toMatchObject({
      case: caseId,
      events: ["CaseSplit"],
      cases: [
        { case: caseId, events: ["CaseSplit"], version: 2 },
        { case: part, events: ["CaseReceived"], version: 1 },
      ],
    });
    const [last, before] = (await store.readAll({ limit: 100 })).toReversed();
    expect(last?.commandId).toBe(before?.commandId);
    expect(await book.show(caseId)).toMatchObject({
      requests: ["统一目录", "开放接口", "设立热线"],
      requestsGone: [2, 3],
      splits: [part],
    });
    expect(await book.show(part)).toMatchObject({
      status: "received",
      number: "201",
      title: "关于开放接口和设立热线的建议",
      proposers: [{ name: "李楠", phone: "13900000000" }, { name: "王兰" }],
      proposerType: "joint",
      block: "数字政府",
      dispatchedOn: "2021-04-02",
      requests: ["开放接口", "设立热线"],
      splitFrom: caseId,
      requestsGone: [],
    });
    expect(await book.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
    expect((await book.checkProjections()).differences).toEqual([]);
  });

  it("does not stop the clock: the new case is due when the old one is", async () => {
    const { book } = await bookWith(asked, split({ title: undefined }));
    const dueIn = async (id: string) =>
      (await book.show(id)).deadlines.map((one) => [one.id, one.dueOn]);
    expect(await dueIn(part)).toEqual(await dueIn(caseId));
    expect(await book.show(part)).toMatchObject({
      title: "关于改进政务信息化建设的建议",
      receivedOn: "2021-04-06",
    });
  });

  it("an extension that was granted before holds for both", async () => {
    const { book } = await bookWith(asked, extend({ on: "2021-04-15" }), split());
    const reply = (await book.show(part)).deadlines.find(({ id }) => id === "reply");
    expect(reply).toMatchObject({ dueOn: "2021-09-30", extended: { approvedBy: "区政协提案委" } });
  });

  it("a redispatch that began the term anew, or let it go on, did so for both", async () => {
    const national = await shippedRulebook("national");
    for (const clock of ["restart", "continue"] as const) {
      const redispatchClock = national.redispatchClock.map((one) => ({ ...one, value: clock }));
      const { book } = await bookUnder(
        { ...national, id: "clock", redispatchClock },
        asked,
        redispatch({ role: "sole", on: "2021-05-06" }),
        split({ on: "2021-05-07" }),
      );
      const replyOf = async (id: string) =>
        (await book.show(id)).deadlines.findLast((one) => one.id === "reply")?.dueOn;
      expect(await replyOf(part)).toBe(clock === "restart" ? "2021-08-06" : "2021-07-02");
      expect(await replyOf(part)).toBe(await replyOf(caseId));
      expect(await book.explain(part, "reply")).toMatchObject([{ agrees: true }]);
    }
  });

  it("an amendment of its receipt leaves its term and its extension as they are", async () => {
    const { book } = await bookWith(
      asked,
      redispatch({ role: "sole", on: "2021-05-06" }),
      extend({ on: "2021-05-07" }),
      split({ on: "2021-05-08" }),
    );
    const dueIn = async () => (await book.show(part)).deadlines.map(({ id, dueOn }) => [id, dueOn]);
    const before = await dueIn();
    await take({ book }, amend({ title: "新题" }, { case: part, event: undefined }));
    expect((await book.show(part)).title).toBe("新题");
    expect(await dueIn()).toEqual(before);
  });

  it("no request counts twice, in the rates and in the annual figures", async () => {
    const { book } = await bookWith(asked, split());
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "adoption")).toMatchObject({
      numerator: 0,
      denominator: 3,
    });
    await take({ book }, assign({ on: "2021-04-21" }));
    await take({ book }, contact({ on: "2021-04-22" }));
    await take({ book }, answer({ adopted: [1] }));
    const adoption = (await book.rates()).rates.find(({ id }) => id === "adoption");
    expect(adoption).toMatchObject({ numerator: 1, denominator: 3 });
    expect((await book.annual(2021)).requests).toEqual({ asked: 3, adopted: 1 });
  });

  it("a request that went cannot be taken up where it no longer is", async () => {
    const made = await bookWith(asked, split(), assign({ on: "2021-04-21" }), contact());
    await refusalOf(made.store, () => take(made, answer({ adopted: [2] })), "INVALID_INPUT", {
      problems: [{ field: "adopted", kind: "outOfRange", value: "2" }],
    });
  });

  it("can be done again with what is left, and a merged case brings only what it has left", async () => {
    const { book } = await bookWith(
      asked,
      split({ requests: [3] }),
      split({ requests: [2], number: "202" }),
      receive({ number: "300", proposers: ["赵六"] }),
      { command: "merge", case: caseId, into: "300", on: "2021-04-21" },
    );
    expect((await book.show("300")).requests).toEqual(["统一目录"]);
  });

  it("is not taken back; the refusal says to merge the two again", async () => {
    await given(asked, split())
      .when(retract(2))
      .thenRefused("RULE_REFUSED", {
        rule: "mayBeRetracted",
        repair: expect.objectContaining({
          zh: expect.stringContaining("merge") as string,
        }) as object,
      });
  });

  it("merged again, a case has all its requests back, and each counts once", async () => {
    const { book } = await bookWith(asked, split(), {
      command: "merge",
      case: part,
      into: caseId,
      on: "2021-04-21",
    });
    const { requests, requestsGone } = await book.show(caseId);
    const left = requests.filter((_request, at) => !requestsGone.includes(at + 1));
    expect(left).toEqual(["统一目录", "开放接口", "设立热线"]);
    expect((await book.annual(2021)).requests).toEqual({ asked: 3, adopted: 0 });
  });

  it("next offers it only where there is something to split", async () => {
    const allowed = async (...steps: readonly Step[]) =>
      (await (await bookWith(...steps)).book.next(caseId)).allowed.map(({ command }) => command);
    expect(await allowed(asked)).toContain("split");
    expect(await allowed(asked, split())).not.toContain("split");
    expect(await allowed(receive())).not.toContain("split");
  });
});

describe("no split 不得分案", () => {
  const answered = [asked, assign(), contact(), answer()] as const;
  const late = split({ on: "2021-08-01" });

  it("of an answered, a closed, a withdrawn case", async () => {
    await given(...answered)
      .when(late)
      .thenRefused("RULE_REFUSED", { rule: "unanswered", case: caseId });
    await given(...answered, feedback(), close())
      .when(late)
      .thenRefused("RULE_REFUSED", { rule: "notClosed", case: caseId });
    await given(asked, withdraw()).when(late).thenRefused("WRONG_STATE");
  });

  it("that leaves nothing", async () => {
    await given(asked)
      .when(split({ requests: [1, 2, 3] }))
      .thenRefused("RULE_REFUSED", "requestsRemain");
  });

  it("while a return is undecided, or before the last step of the case", async () => {
    await given(asked, requestReturn())
      .when(split())
      .thenRefused("RULE_REFUSED", "returnNotPending");
    await given(asked, assign())
      .when(split({ on: "2021-04-05" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep");
  });

  it("of requests that are not there, that went before, or of none", async () => {
    const problem = (kind: string) => ({ problems: [{ field: "requests", kind }] });
    await given(asked)
      .when(split({ requests: [4] }))
      .thenRefused("INVALID_INPUT", problem("outOfRange"));
    await given(asked, split({ requests: [2] }))
      .when(split({ requests: [2], number: "202" }))
      .thenRefused("INVALID_INPUT", problem("outOfRange"));
    await given(asked)
      .when(split({ requests: undefined }))
      .thenRefused("INVALID_INPUT", problem("missing"));
    await given(receive()).when(split()).thenRefused("INVALID_INPUT", problem("outOfRange"));
  });

  it("under a number that is taken, or that is none", async () => {
    await given(asked, receive({ number: "201" }))
      .when(split())
      .thenRefused("DUPLICATE_CASE", { case: part });
    await given(asked)
      .when(split({ number: "122" }))
      .thenRefused("DUPLICATE_CASE", { case: caseId });
    await given(asked, split()).when(split()).thenRefused("DUPLICATE_CASE", { case: part });
    await given(asked)
      .when(split({ number: "!" }))
      .thenRefused("INVALID_INPUT");
  });
});

describe("splits in a batch 批量分案", () => {
  it("the case that a line makes can be worked on by the next line", async () => {
    const lines = [asked, split(), assign({ case: part, on: "2021-04-21" })].map((one, at) => ({
      line: at + 1,
      given: one,
    }));
    for (const atomic of [false, true]) {
      const { book } = await bookWith();
      const answers = atomic ? [...(await book.applyAtomically(lines))] : [];
      if (!atomic) for await (const one of book.apply(lines)) answers.push(one);
      expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
      expect((await book.show(part)).status).toBe("assigned");
      expect(await book.replayAll()).toMatchObject({ firstFault: null });
    }
  });
});
