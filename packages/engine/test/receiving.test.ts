/** @module receiving.test — a case comes in. */
import { describe, expect, it } from "vitest";
import { assign, bookWith, caseId, contact, given, receive } from "./given.ts";

describe("receiving a case 接收", () => {
  it("a dispatched proposal is received, with the defaults of an ordinary one", async () => {
    const view = await given().when(receive()).then("CaseReceived");
    expect(view).toMatchObject({
      case: caseId,
      status: "received",
      round: 1,
      version: 1,
      role: "sole",
      proposerType: "individual",
      dispatchedOn: "2021-04-02",
      receivedOn: "2021-04-02",
      rulebook: "national@2025",
      isKey: false,
      isComplex: false,
      assignment: null,
      reply: null,
    });
  });

  it("the reply is due three months after the dispatch", async () => {
    const view = await given().when(receive()).then("CaseReceived");
    expect(view.deadlines).toContainEqual({
      id: "reply",
      dueOn: "2021-07-02",
      metOn: null,
      state: "overdue",
      provisional: false,
      rule: "cppcc-reply",
      source: expect.stringMatching(/^默认值：未查到.*《代表法》$/),
      round: 1,
    });
  });

  it("a complex one is due in six months", async () => {
    const view = await given()
      .when(receive({ isComplex: true }))
      .then("CaseReceived");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", dueOn: "2021-10-08", rule: "cppcc-reply-complex" }),
    );
  });

  it("a deputy's suggestion is due by law", async () => {
    const step = receive({ kind: "npc", session: "18-4", number: "9" });
    const view = await given().when(step).then("CaseReceived");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", rule: "npc-reply-2015", dueOn: "2021-07-02" }),
    );
  });

  it("a co-handler owes an opinion and no reply", async () => {
    const view = await given()
      .when(receive({ role: "assist" }))
      .then("CaseReceived");
    const ids = view.deadlines.map(({ id }) => id);
    expect(ids).toContain("co-opinion");
    expect(ids).not.toContain("reply");
  });

  it("the term counts from the dispatch, not from the day it reached us", async () => {
    const step = receive({ dispatchedOn: "2021-03-26", on: "2021-04-02" });
    const view = await given().when(step).then("CaseReceived");
    expect(view).toMatchObject({ dispatchedOn: "2021-03-26", receivedOn: "2021-04-02" });
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", dueOn: "2021-06-28" }),
    );
  });

  it("nothing is received before it was dispatched", () =>
    given()
      .when(receive({ dispatchedOn: "2021-04-05", on: "2021-04-02" }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "on", kind: "tooEarly", earliest: "2021-04-05" }],
      }));

  it.each(["十五届五次", "15届5次会议", "第十五届第五次会议", "15-5"])(
    "a session written %s is the same session",
    async (session) => {
      const view = await given().when(receive({ session })).thenStatus("received");
      expect(view.case).toBe(caseId);
    },
  );

  it.each(["122", "第122号", "0122", 122])("a number written %s is the same number", async (n) => {
    const { book } = await bookWith(receive({ number: n }));
    expect((await book.show("122")).case).toBe(caseId);
  });

  it("a phone is sealed in the log and open to the reader", async () => {
    const proposers = [{ name: "李楠", unit: "某大学", sector: "科技", phone: "13800000000" }];
    const { book, store } = await bookWith(receive({ proposers }));
    expect((await book.show(caseId)).proposers).toEqual(proposers);
    const log = JSON.stringify(await store.readAll({ limit: 10 }));
    expect(log).not.toContain("13800000000");
  });
});

describe("receiving the same case again 重复接收", () => {
  const whole = receive({
    proposers: [
      { name: "李楠", unit: "某大学", sector: "科技" },
      { name: "王兰", unit: "某医院", sector: "医卫" },
    ],
    proposerType: "joint",
    role: "lead",
    leadUnit: "某局",
    coUnits: ["甲局", "乙局"],
    dispatchedBy: "政府办公室",
    dispatchedOn: "2021-03-26",
    block: "数字政府",
    category: "经济",
    requests: ["建平台", "定标准"],
    isKey: true,
    isComplex: true,
    consentToPublish: true,
    text: "第一行\n第二行",
  });

  it.each([
    ["as it was", receive(), {}],
    ["with every field there is", whole, {}],
    ["on another day", receive({ dispatchedOn: "2021-04-02" }), { on: "2021-05-01" }],
    ["with a note", receive(), { note: "再次导入" }],
    ["under a command id", receive(), { commandId: "c-2" }],
    ["with the session in words", receive(), { session: "十五届五次", number: "第122号" }],
    ["with the defaults written out", receive(), { role: "sole", proposerType: "individual" }],
  ])("%s, it changes nothing and says so", (_how, first, again) =>
    given(first)
      .when({ ...first, ...again })
      .thenUnchanged(),
  );

  it("whatever has become of it meanwhile", () =>
    given(receive(), assign(), contact()).when(receive()).thenUnchanged());

  it.each([
    ["title", { title: "另一件" }],
    ["proposers", { proposers: ["王兰"] }],
    ["role", { role: "assist" }],
    ["requests", { requests: ["建平台"] }],
    ["isKey", { isKey: true }],
    ["dispatchedOn", { dispatchedOn: "2021-04-01" }],
    ["block", { block: "民生" }],
    ["text", { text: "全文" }],
  ])("with another %s, it is refused and the field is named", (field, other) =>
    given(receive())
      .when(receive(other))
      .thenRefused("DUPLICATE_CASE", {
        case: caseId,
        differs: [field],
      }),
  );

  it("with several differences, all of them are named", () =>
    given(whole)
      .when(receive({ title: "另一件", role: "lead" }))
      .thenRefused("DUPLICATE_CASE", {
        differs: expect.arrayContaining(["title", "proposers", "coUnits", "isKey"]),
      }));

  it("the same number of another session or kind is another case", async () => {
    await given(receive())
      .when(receive({ session: "15-4" }))
      .then("CaseReceived");
    await given(receive())
      .when(receive({ kind: "npc" }))
      .then("CaseReceived");
  });
});

describe("a name has one spelling", () => {
  it("full-width digits are the same number and session", async () => {
    await given(receive())
      .when(receive({ session: "１５届５次", number: "第１２２号" }))
      .thenUnchanged();
  });

  it("the same proposer is not named twice", () =>
    given()
      .when(receive({ proposers: ["李楠", { name: "李楠", unit: "某校" }] }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "proposers", kind: "malformed" }] }));
});
