/** @module correcting.test — 更正、撤销: what was written down wrongly is put right by a new fact. */
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  amend,
  answer,
  assign,
  bookWith,
  by,
  caseId,
  close,
  commit,
  contact,
  decideReturn,
  dissatisfied,
  extend,
  feedback,
  fulfil,
  given,
  handled,
  inRoundTwo,
  receive,
  redispatch,
  remindFeedback,
  requestReturn,
  retract,
  take,
  typesOf,
  withdraw,
} from "./given.ts";

/** Places in the log of the case's first events; its rulebook and calendar are at 0. */
const first = { receive: 1, assign: 2, contact: 3, answer: 4, feedback: 5 };
const at = (event: number, more: Given = {}): Given => ({ event, ...more });

const dueOf = (deadlines: readonly { id: string; dueOn: string }[], id: string) =>
  deadlines.filter((one) => one.id === id).map(({ dueOn }) => dueOn);

describe("an entry that reads otherwise 更正", () => {
  it("the case reads as corrected, and the old value stays in the history", async () => {
    const view = await given(...handled)
      .when(amend({ title: "关于加强政务信息化建设的建议" }))
      .then("EntryAmended");
    expect(view).toMatchObject({
      title: "关于加强政务信息化建设的建议",
      status: "followUp",
      corrections: [
        { on: "2021-12-10", event: 1, type: "CaseReceived", fields: ["title"], reason: "录入有误" },
      ],
    });
    const { book } = await bookWith(receive(), amend({ title: "新案由" }));
    const [received] = await book.history(caseId);
    expect(received).toMatchObject({ data: { title: "关于改进政务信息化建设的建议" } });
  });

  it("a case received once more is compared with what it reads now", async () => {
    const corrected = [receive(), amend({ title: "新案由" })];
    await given(...corrected)
      .when(receive({ title: "新案由" }))
      .thenUnchanged();
    await given(...corrected)
      .when(receive())
      .thenRefused("DUPLICATE_CASE", { differs: ["title"] });
  });

  it("another day of dispatch moves what counts from it, also what has been met", async () => {
    const before = await given(receive({ on: "2021-04-06", dispatchedOn: "2021-04-02" }))
      .when(amend({ dispatchedOn: "2021-04-06" }))
      .then("EntryAmended");
    expect(dueOf(before.deadlines, "reply")).toEqual(["2021-07-06"]);

    const late = answer({ on: "2021-07-05" });
    const steps = [receive({ on: "2021-04-06", dispatchedOn: "2021-04-02" }), assign(), contact()];
    const { book } = await bookWith(...steps, late);
    const stateOf = async () =>
      (await book.show(caseId)).deadlines.find(({ id }) => id === "reply")?.state;
    expect(await stateOf()).toBe("late");
    await take({ book }, amend({ dispatchedOn: "2021-04-06" }));
    expect(await stateOf()).toBe("met");
  });

  it("an extension by a decision stays where it was granted", async () => {
    const view = await given(receive({ on: "2021-04-06", dispatchedOn: "2021-04-02" }), extend())
      .when(amend({ dispatchedOn: "2021-04-06" }))
      .then("EntryAmended");
    expect(dueOf(view.deadlines, "reply")).toEqual(["2021-07-06", "2021-09-30"]);
  });

  it("the day and the mode of a contact", async () => {
    const view = await given(receive(), assign(), contact({ mode: "phone" }))
      .when(amend({ mode: "visit", on: "2021-04-20" }, at(first.contact)))
      .then("EntryAmended");
    expect(view.contacts).toMatchObject([{ on: "2021-04-20", mode: "visit" }]);
    expect(view.corrections).toMatchObject([{ type: "ContactRecorded", fields: ["mode", "on"] }]);
  });

  it("what the reply says, with the meaning of its letter", async () => {
    const view = await given(...handled)
      .when(amend({ result: "B", documentNumber: "临数〔2021〕2号" }, at(first.answer)))
      .then("EntryAmended");
    expect(view.reply).toMatchObject({ result: "B", documentNumber: "临数〔2021〕2号" });
    expect(view.feedback).toHaveLength(1);
  });

  it("a sealed value stays sealed, whether it is corrected or not", async () => {
    const withPhone = receive({ proposers: [{ name: "李楠", phone: "13800000000" }] });
    const { book, store } = await bookWith(withPhone, amend({ title: "新案由" }));
    const shown = await book.show(caseId);
    expect(shown.proposers).toEqual([{ name: "李楠", phone: "13800000000" }]);
    const other = [{ name: "李楠", phone: "13911111111" }];
    await take({ book }, amend({ proposers: other }));
    expect((await book.show(caseId)).proposers).toEqual(other);
    const bytes = JSON.stringify(await store.readAll({ limit: 100 }));
    expect(bytes).not.toContain("138000");
    expect(bytes).not.toContain("139111");
  });

  it("names as the command line spells them", async () => {
    const view = await given(receive())
      .when(amend({ proposer: "王兰", "is-key": "true" }))
      .then("EntryAmended");
    expect(view).toMatchObject({ proposers: [{ name: "王兰" }], isKey: true });
  });

  it("to what it reads already: nothing is recorded", async () => {
    await given(receive())
      .when(amend({ title: "关于改进政务信息化建设的建议" }))
      .thenUnchanged();
  });

  it.each([
    [{ titel: "错" }, { field: "fields.titel", kind: "unknown", suggestion: "title" }],
    [{ number: "123" }, { field: "fields.number", kind: "unknown" }],
    [{ dispatchedOn: "2021-02-30" }, { field: "fields.dispatchedOn", kind: "impossibleDate" }],
    [{}, { field: "fields", kind: "empty" }],
    // what has happened has not happened after today
    [{ on: "9999-12-31" }, { field: "fields.on", kind: "future" }],
    [{ on: "9999-12-31T09:00+08:00" }, { field: "fields.on", kind: "future" }],
    [{ dispatchedOn: "9999-12-31" }, { field: "fields.dispatchedOn", kind: "future" }],
    [{ "dispatched-on": "2027-01-01" }, { field: "fields.dispatchedOn", kind: "future" }],
  ])("%j is bad input", async (fields, problem) => {
    await given(receive())
      .when(amend(fields))
      .thenRefused("INVALID_INPUT", { problems: [expect.objectContaining(problem)] });
  });

  it("is refused where the entry could not have been recorded so", async () => {
    await given(receive(), assign(), contact())
      .when(amend({ on: "2021-03-01" }, at(first.contact)))
      .thenRefused("RULE_REFUSED", "nothingRestsOnIt");
  });

  it("is refused where later facts rest on it, saying which", async () => {
    await given(receive(), assign(), contact(), answer())
      .when(amend({ on: "2021-07-10" }, at(first.contact)))
      .thenRefused("RULE_REFUSED", {
        rule: "nothingRestsOnIt",
        why: { zh: "以下记录以它为前提：2021-06-30 答复", en: expect.stringContaining("reply") },
      });
  });

  it("a form is not amended where a round would open or fall away", async () => {
    await given(...handled)
      .when(amend({ result: "dissatisfied" }, at(first.feedback)))
      .thenRefused("RULE_REFUSED", "sameConsequences");
    await given(...handled)
      .when(amend({ attitude: "mostly" }, at(first.feedback)))
      .then("EntryAmended");
  });

  it.each([
    ["a withdrawal", [receive(), withdraw()], { reason: "提案人书面撤回" }],
    ["a closing", [...handled, close()], { on: "2021-07-12" }],
    ["a fulfilment", [...handled, commit(), fulfil()], { evidence: "目录已发布" }],
    [
      "a reminder",
      [receive(), assign(), contact(), answer(), remindFeedback()],
      { channel: "电话" },
    ],
    ["an extension", [receive(), extend()], { reason: "需会商", due: "2021-09-15" }],
    ["a promise", [...handled, commit()], { text: "上线三百项", person: "王工" }],
  ] as const)("%s", async (_what, steps, fields) => {
    const made = await bookWith(...steps);
    const last = (await made.book.history(caseId)).at(-1);
    await given(...steps)
      .when(amend(fields, at(last?.position ?? 0)))
      .then("EntryAmended");
  });

  it("a joint meeting stays one, and its other cases stay named", async () => {
    const both = ["cppcc/15-5/122", "cppcc/15-5/123"];
    const other = assign({ case: both[1] });
    const steps = [receive(), receive({ number: "123" }), assign(), other];
    const { book } = await bookWith(...steps, contact({ case: undefined, cases: both }));
    const place = (await book.history(caseId)).at(-1)?.position ?? 0;
    await take({ book }, amend({ mode: "symposium" }, at(place)));
    expect((await book.show(caseId)).contacts).toMatchObject([
      { mode: "symposium", jointWith: [both[1]] },
    ]);
  });

  it("a promise is put off by change-commitment, never by an amendment", async () => {
    const promised = [...handled, commit()];
    const { book } = await bookWith(...promised);
    const place = (await book.history(caseId)).at(-1)?.position ?? 0;
    await given(...promised)
      .when(amend({ due: "2022-12-31" }, at(place)))
      .thenRefused("INVALID_INPUT", {
        problems: [expect.objectContaining({ field: "fields.due", kind: "unknown" })],
      });
  });

  it("what follows from others' facts is not amended", async () => {
    await given(...handled)
      .when(amend({ title: "x" }, at(99)))
      .thenRefused("NOT_FOUND", { what: "event" });
    await given(receive(), requestReturn(), decideReturn({ decision: "refused" }))
      .when(amend({ by: "提案委" }, at(3)))
      .thenRefused("RULE_REFUSED", "mayBeAmended");
  });
});

describe("an entry taken back 撤销", () => {
  it("the case stands where the other facts leave it", async () => {
    const view = await given(receive(), assign(), contact())
      .when(retract(first.contact))
      .thenStatus("assigned");
    expect(view).toMatchObject({ contacts: [], corrections: [{ type: "ContactRecorded" }] });
    await given(receive(), assign(), contact(), commit())
      .when(retract(first.contact))
      .thenStatus("assigned");
  });

  it("the duty that it had met is open again", async () => {
    const view = await given(receive(), assign(), contact(), answer())
      .when(retract(first.answer))
      .thenStatus("contacted");
    expect(view.deadlines.find(({ id }) => id === "reply")).toMatchObject({ metOn: null });
    expect(view.reply).toBeNull();
  });

  it("takes all that its command recorded", async () => {
    const view = await given(...inRoundTwo)
      .when(retract(first.feedback))
      .thenStatus("answered");
    expect(view).toMatchObject({ round: 1, feedback: [] });
    const promising = answer({ commitments: ["甲@2021-11-30", "乙@2021-12-30"] });
    const without = await given(receive(), assign(), contact(), promising)
      .when(retract(first.answer))
      .thenStatus("contacted");
    expect(without.commitments).toEqual([]);
  });

  it("a case that was withdrawn or sent back can still be corrected", async () => {
    await given(receive(), withdraw())
      .when(amend({ title: "新案由" }))
      .thenStatus("withdrawn");
    await given(receive(), requestReturn(), decideReturn())
      .when(amend({ title: "新案由" }))
      .thenStatus("returned");
  });

  it("a withdrawal that was an error", async () => {
    await given(receive(), withdraw()).when(retract(2)).thenStatus("received");
    await given(receive(), requestReturn(), decideReturn()).when(retract(3)).thenStatus("received");
  });

  it("is refused where later facts rest on it, saying which", async () => {
    await given(...handled)
      .when(retract(first.answer))
      .thenRefused("RULE_REFUSED", {
        rule: "nothingRestsOnIt",
        why: { zh: "以下记录以它为前提：2021-07-05 意见反馈" },
      });
    await given(
      receive(),
      assign(),
      contact(),
      answer({ commitments: ["甲@2021-11-30"] }),
      by("乙", fulfil()),
    )
      .when(retract(first.answer))
      .thenRefused("RULE_REFUSED", "nothingRestsOnIt");
    await given(...inRoundTwo, contact({ on: "2021-07-08" }), answer({ on: "2021-07-20" }))
      .when(retract(first.feedback))
      .thenRefused("RULE_REFUSED", "nothingRestsOnIt");
  });

  it("once what rests on it is taken back, it can be too", async () => {
    await given(...handled, retract(first.feedback))
      .when(retract(first.answer))
      .thenStatus("contacted");
  });

  it("not twice, and no correction itself", async () => {
    const taken = [receive(), assign(), contact(), retract(first.contact)];
    const sentence = (zh: string) => ({
      rule: "entryStands",
      why: expect.objectContaining({ zh }) as object,
    });
    await given(...taken)
      .when(retract(first.contact))
      .thenRefused("RULE_REFUSED", sentence("该记录先前已经撤销"));
    await given(...taken)
      .when(retract(4))
      .thenRefused("RULE_REFUSED", sentence("该记录本身就是一次更正或者撤销，不能再撤销"));
  });

  it("the receipt is corrected or withdrawn, never taken back", async () => {
    await given(receive()).when(retract(1)).thenRefused("RULE_REFUSED", "mayBeRetracted");
  });

  it("an event of another case, or none", async () => {
    await given(receive(), receive({ number: "123" }))
      .when(retract(2))
      .thenRefused("NOT_FOUND", { what: "event" });
    await given(receive()).when(retract(99)).thenRefused("NOT_FOUND", { what: "event" });
  });

  it("a number that was taken back is not given twice", async () => {
    const { book } = await bookWith(...handled, commit(), commit({ text: "第二项" }));
    const second = (await book.history(caseId)).at(-1)?.position ?? 0;
    await take({ book }, retract(second - 1));
    await take({ book }, commit({ text: "第三项" }));
    const { commitments } = await book.show(caseId);
    expect(commitments.map(({ commitment, text }) => [commitment, text])).toEqual([
      [2, "第二项"],
      [3, "第三项"],
    ]);
  });

  it("the rates follow", async () => {
    const { book } = await bookWith(...handled, close());
    const shares = async () =>
      Object.fromEntries(
        (await book.rates({ scope: {} })).rates.map(({ id, value }) => [id, value]),
      );
    expect(await shares()).toMatchObject({ meeting: 1, completion: 1, satisfaction: 1 });
    await take({ book }, retract(6));
    await take({ book }, retract(first.feedback));
    expect(await shares()).toMatchObject({ meeting: 1, completion: 1, satisfaction: null });
  });
});

describe("a correction after another one", () => {
  it("leads to where the facts that stand lead, whatever they led to when they were recorded", async () => {
    const made = await bookWith(
      ...handled.slice(0, 4),
      contact({ on: "2021-07-10" }),
      withdraw({ on: "2021-07-12" }),
    );
    await take(made, retract(first.answer));
    await take(made, retract(6));
    expect(await made.book.show(caseId)).toMatchObject({ status: "contacted" });
    const { allowed } = await made.book.next(caseId);
    expect(allowed.map(({ command }) => command)).toContain("answer");
  });
});

describe("both axes", () => {
  it("what was true is told as corrected; what was known, as it was known", async () => {
    const { book, clock } = await bookWith(receive(), assign(), contact({ mode: "phone" }));
    clock.set("2022-01-10T04:00:00.000Z");
    await take({ book }, amend({ mode: "visit" }, at(first.contact, { on: "2022-01-10" })));
    const modeAt = async (moment: object) =>
      (await book.replay(caseId, moment))?.contacts.map(({ mode }) => mode);
    expect(await modeAt({ asOf: "2021-06-01" })).toEqual(["visit"]);
    expect(await modeAt({ knownOn: "2021-12-31" })).toEqual(["phone"]);
    expect(await modeAt({ knownOn: "2022-01-10" })).toEqual(["visit"]);
  });

  it("a fact leads on where what led there before it is taken back", async () => {
    const { book } = await bookWith(
      receive(),
      assign(),
      contact(),
      contact({ on: "2021-04-22" }),
      retract(first.contact),
      redispatch(),
      redispatch({ on: "2021-05-10" }),
    );
    await take({ book }, retract(6));
    const statusAt = async (moment: object) => (await book.replay(caseId, moment))?.status;
    expect(await statusAt({})).toBe("returned");
    expect(await statusAt({ asOf: "2021-12-10" })).toBe("returned");
    expect(await statusAt({ asOf: "2021-05-09" })).toBe("contacted");
    expect(await statusAt({ asOf: "2021-04-21" })).toBe("assigned");
  });

  it("a fact leads elsewhere where the phase before it is another one", async () => {
    const made = await bookWith(...inRoundTwo, feedback({ on: "2021-07-12" }));
    await take(made, retract(first.feedback));
    const { status } = await made.book.show(caseId);
    expect(status).toBe("followUp");
    expect((await made.book.show(caseId, { asOf: "2021-12-10" })).status).toBe(status);
  });

  it("a fact that led nowhere still leads nowhere from another phase", async () => {
    const made = await bookWith(receive(), assign(), redispatch({ role: "sole" }));
    await take(made, retract(first.assign));
    const { status } = await made.book.show(caseId);
    expect(status).toBe("received");
    expect((await made.book.show(caseId, { asOf: "2021-12-10" })).status).toBe(status);
  });

  it("every event stays in the log", async () => {
    const { store } = await bookWith(...handled, retract(first.feedback));
    expect(await typesOf(store)).toEqual([
      "CaseReceived",
      "CaseAssigned",
      "ContactRecorded",
      "ReplyDelivered",
      "FeedbackReceived",
      "EntryRetracted",
    ]);
  });

  it("a form dissatisfied by mistake: taken back, and the right one recorded", async () => {
    await given(receive(), assign(), contact(), answer(), dissatisfied(), retract(first.feedback))
      .when(feedback())
      .thenStatus("followUp");
  });
});
