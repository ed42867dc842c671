/** @module co-opinions.test — 会办意见: asked of co-handlers, recorded, sent back, and told in the reply. */
import { shippedRulebook } from "@wuding/engine";
import { createMemoryStore } from "@wuding/engine/memory";
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookUnder,
  bookWith,
  caseId,
  choosing,
  chosenRule,
  close,
  contact,
  dissatisfied,
  feedback,
  given,
  givenUnder,
  newBook,
  receive,
  recordOpinion,
  requestOpinion,
  returnOpinion,
  submitOpinion,
  take,
} from "./given.ts";

const national = await shippedRulebook("national");
const chongqing = await shippedRulebook("chongqing");
const demanding = choosing(national, "coOpinions", { beforeReply: true, toldInReply: true });

const lead = { role: "lead", coUnits: ["财政局", "公安局"] } as const;
const leading = [receive(lead), assign(), contact()] as const;
const asked = [...leading, requestOpinion({ due: "2021-05-20" })] as const;

const npc = "npc/18-4/9";
const npcCase = (fields: object = {}) =>
  receive({ kind: "npc", session: "18-4", number: "9", ...fields });

describe("asking for an opinion 征求协办意见", () => {
  it("numbers it, and its due date is the one that is given with it", async () => {
    const view = await given(...asked)
      .when(requestOpinion({ unit: "公安局", text: "请说明警力安排", due: "2021-05-25" }))
      .then("OpinionRequested");
    expect(view.coOpinions).toMatchObject([
      { opinion: 1, unit: "财政局", dueOn: "2021-05-20", state: "overdue", text: null },
      { opinion: 2, unit: "公安局", dueOn: "2021-05-25" },
    ]);
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({
        id: "co-opinion:2",
        dueOn: "2021-05-25",
        rule: "opinion-request",
        source: "征求协办意见时所定",
      }),
    );
    expect(view.status).toBe("contacted");
  });

  it("without a due date and without a rule it has none", async () => {
    const view = await given(...leading)
      .when(requestOpinion())
      .then("OpinionRequested");
    expect(view.coOpinions).toMatchObject([{ dueOn: null, state: null }]);
  });

  it("a rulebook may set it", async () => {
    const rule = chongqing.deadlines.find(({ id }) => id === "npc-co-opinion-again");
    if (rule === undefined) throw new Error("no such rule");
    const asking = {
      ...national,
      id: "asking",
      deadlines: [
        ...national.deadlines,
        { ...rule, id: "asked", appliesTo: {}, trigger: "opinionRequested" as const, amount: 10 },
      ],
    };
    const view = await givenUnder(asking, ...leading)
      .when(requestOpinion())
      .then("OpinionRequested");
    // Tuesday 20 April 2021; 25 April is worked, 1 to 5 May is off
    expect(view.coOpinions).toMatchObject([{ dueOn: "2021-05-06" }]);
    expect(view.deadlines.filter(({ id }) => id.startsWith("co-opinion"))).toHaveLength(1);
  });

  it("may be done before the 五定 too, and not before the dispatch", async () => {
    await given(receive(lead)).when(requestOpinion()).thenStatus("received");
    await given(...leading)
      .when(requestOpinion({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeRound");
    await given(...leading)
      .when(requestOpinion({ due: "2021-04-19" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "due", kind: "tooEarly" }] });
  });

  it("goes once to a unit in a round, and anew in the next one", async () => {
    await given(...asked)
      .when(requestOpinion({ on: "2021-04-21" }))
      .thenRefused("RULE_REFUSED", "opinionNotAsked");
    const view = await given(...asked, answer(), dissatisfied())
      .when(requestOpinion({ on: "2021-07-10", due: "2021-07-20" }))
      .then("OpinionRequested");
    expect(view.coOpinions.map(({ round, state }) => [round, state])).toEqual([
      [1, "superseded"],
      [2, "overdue"],
    ]);
  });

  it("is the lead's to do; others ask only the departments that help inside", async () => {
    for (const role of ["sole", "separate", "assist"]) {
      await given(receive({ role }), assign())
        .when(requestOpinion())
        .thenRefused("RULE_REFUSED", "mayAskOpinion");
    }
    const helped = [receive(), assign({ coDepartments: ["信息科"] })];
    await given(...helped)
      .when(requestOpinion({ unit: "信息科" }))
      .then("OpinionRequested");
    await given(...helped)
      .when(requestOpinion())
      .thenRefused("RULE_REFUSED", "mayAskOpinion");
  });
});

describe("recording an opinion 收到协办意见", () => {
  it("meets its due date", async () => {
    const view = await given(...asked)
      .when(recordOpinion())
      .then("OpinionRecorded");
    expect(view.coOpinions).toMatchObject([
      { text: "经费已列入预算", recordedOn: "2021-05-10", state: "met" },
    ]);
  });

  it("after its due date is recorded, and late for ever", async () => {
    const view = await given(...asked)
      .when(recordOpinion({ on: "2021-05-21" }))
      .then("OpinionRecorded");
    expect(view.coOpinions).toMatchObject([{ state: "late" }]);
    // it is not our answer that was late
    const { book } = await bookWith(...asked, recordOpinion({ on: "2021-05-21" }), answer());
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "on-time")).toMatchObject({ numerator: 1 });
  });

  it("of several units needs the unit", async () => {
    const both = [...asked, requestOpinion({ unit: "公安局" })];
    await given(...both)
      .when(recordOpinion())
      .thenRefused("INVALID_INPUT", { problems: [{ field: "unit", kind: "missing" }] });
    await given(...both)
      .when(recordOpinion({ unit: "住建局" }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "unit", kind: "notOneOf", allowed: ["财政局", "公安局"] }],
      });
    const view = await given(...both, recordOpinion({ unit: "公安局" }))
      .when(recordOpinion({ text: "无意见" }))
      .then("OpinionRecorded");
    expect(view.coOpinions.map(({ text }) => text)).toEqual(["无意见", "经费已列入预算"]);
  });

  it("needs one that is asked for and not there, and comes after it was asked for", async () => {
    await given(...leading)
      .when(recordOpinion({ unit: "财政局" }))
      .thenRefused("RULE_REFUSED", "opinionAwaited");
    await given(...asked, recordOpinion())
      .when(recordOpinion({ unit: "财政局", on: "2021-05-11" }))
      .thenRefused("RULE_REFUSED", "opinionAwaited");
    await given(...asked)
      .when(recordOpinion({ on: "2021-04-19" }))
      .thenRefused("RULE_REFUSED", "notBeforeOpinion");
  });

  it("may still come after the reply, and after the closing", async () => {
    const late = recordOpinion({ on: "2021-07-20" });
    const view = await given(...asked, answer())
      .when(late)
      .thenStatus("answered");
    expect(view.coOpinions).toMatchObject([{ text: "经费已列入预算", state: "late" }]);
    await given(...asked, answer(), feedback(), close())
      .when(late)
      .thenStatus("closed");
  });
});

describe("sending an opinion back 退回协办意见", () => {
  const recorded = [...asked, recordOpinion()] as const;

  it.each(["empty", "late", "contradicting", "other"])(
    "as %s: it is owed again",
    async (defect) => {
      const view = await given(...recorded)
        .when(returnOpinion({ defect }))
        .then("OpinionReturned");
      expect(view.coOpinions).toMatchObject([
        {
          text: null,
          recordedOn: null,
          returns: [{ on: "2021-05-12", defect, reason: "没有实质内容" }],
          // no rule gives it more time: the day it had is the day it has
          dueOn: "2021-05-20",
          state: "overdue",
        },
      ]);
    },
  );

  it("in Chongqing it comes again within five working days", async () => {
    const steps = [
      npcCase(lead),
      assign({ case: npc }),
      requestOpinion({ case: npc, due: "2021-05-08" }),
      recordOpinion({ case: npc, on: "2021-05-10" }),
    ];
    const view = await givenUnder("chongqing", ...steps)
      .when(returnOpinion({ case: npc, defect: "empty" }))
      .then("OpinionReturned");
    const due = view.deadlines.filter(({ id }) => id === "co-opinion:1");
    expect(due.map(({ dueOn, state, rule }) => [dueOn, state, rule])).toEqual([
      ["2021-05-08", "late", "opinion-request"],
      ["2021-05-19", "overdue", "npc-co-opinion-again"],
    ]);
    expect(due[1]?.source).toBe("《重庆市人民代表大会代表建议批评和意见工作条例》第二十条");
  });

  it("is for one that is there, and not before it came", async () => {
    await given(...asked)
      .when(returnOpinion())
      .thenRefused("RULE_REFUSED", "opinionGiven");
    await given(...recorded)
      .when(returnOpinion({ on: "2021-05-09" }))
      .thenRefused("RULE_REFUSED", "notBeforeOpinion");
    await given(...recorded, returnOpinion())
      .when(recordOpinion({ on: "2021-05-11" }))
      .thenRefused("RULE_REFUSED", "notBeforeOpinion");
    await given(receive(), assign())
      .when(returnOpinion())
      .thenRefused("RULE_REFUSED", "opinionGiven");
  });

  it("comes again, and every return stays", async () => {
    const view = await given(...recorded, returnOpinion())
      .when(recordOpinion({ on: "2021-05-15", text: "同意，经费二十万元" }))
      .then("OpinionRecorded");
    expect(view.coOpinions).toMatchObject([
      { text: "同意，经费二十万元", state: "met", returns: [{ on: "2021-05-12" }] },
    ]);
  });
});

describe("our own opinion, sent back by the lead 主办单位退回本单位意见", () => {
  const handedIn = [
    npcCase({ role: "assist", leadUnit: "某局" }),
    assign({ case: npc }),
    submitOpinion({ case: npc }),
  ] as const;
  const back = returnOpinion({ case: npc, defect: "empty" });

  it("is owed again within five working days in Chongqing, and not complete until then", async () => {
    const view = await givenUnder("chongqing", ...handedIn)
      .when(back)
      .thenStatus("assigned");
    expect(view.opinion).toBeNull();
    expect(view.opinionReturns).toMatchObject([{ defect: "empty", reason: "没有实质内容" }]);
    const own = view.deadlines.filter(({ id }) => id === "co-opinion");
    expect(own.map(({ dueOn, metOn }) => [dueOn, metOn])).toEqual([
      ["2021-05-18", "2021-04-28"],
      ["2021-05-19", null],
    ]);
    const made = await bookUnder("chongqing", ...handedIn, back);
    const completion = async () =>
      (await made.book.rates()).rates.find(({ id }) => id === "completion")?.numerator;
    expect(await completion()).toBe(0);
    await take(made, submitOpinion({ case: npc, on: "2021-05-18" }));
    expect(await completion()).toBe(1);
    expect((await made.book.show(npc)).deadlines.at(-1)).toMatchObject({ state: "met" });
  });

  it("stands where it stood: contacted once there was a contact", () =>
    givenUnder("chongqing", ...handedIn, contact({ case: npc }))
      .when(back)
      .thenStatus("contacted"));

  it("a term over the turn of the year is computed anew with its calendar, under its own number", async () => {
    const made = await newBook("2026-12-28", createMemoryStore, chongqing);
    for (const step of [
      npcCase({ ...lead, on: "2026-12-01" }),
      assign({ case: npc, on: "2026-12-02", due: "2027-01-20" }),
      requestOpinion({ case: npc, on: "2026-12-03", due: "2026-12-20" }),
      recordOpinion({ case: npc, on: "2026-12-18" }),
      returnOpinion({ case: npc, on: "2026-12-25" }),
    ]) {
      await take(made, step);
    }
    const newest = async () => (await made.book.show(npc)).deadlines.at(-1);
    expect(await newest()).toMatchObject({ dueOn: "2027-01-01", provisional: true });
    await made.book.adoptCalendar(
      JSON.stringify({
        format: 1,
        edition: "cn-2027.1",
        notice: "国办发明电〔2026〕9号",
        from: "2027-01-01",
        to: "2027-12-31",
        holidays: [{ name: "元旦", from: "2027-01-01", to: "2027-01-03" }],
        makeUpDays: [],
      }),
    );
    expect(await newest()).toMatchObject({
      id: "co-opinion:1",
      dueOn: "2027-01-04",
      provisional: false,
    });
    expect((await made.book.replayAll()).faults).toBe(0);
  });

  it("keeps the day that the return gave it when other rules are adopted", async () => {
    const made = await bookUnder("chongqing", ...handedIn, back);
    await made.book.adoptRulebook({ ...chongqing, version: "2018.1", appliesToOpenCases: true });
    const own = (await made.book.show(npc)).deadlines.filter(({ id }) => id === "co-opinion");
    expect(own.at(-1)).toMatchObject({ dueOn: "2021-05-19", rule: "npc-co-opinion-again" });
  });

  it("needs no unit, takes none, and needs an opinion", async () => {
    await givenUnder("chongqing", ...handedIn)
      .when(returnOpinion({ case: npc, unit: "某局" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "unit", kind: "unknown" }] });
    await givenUnder("chongqing", ...handedIn.slice(0, 2))
      .when(back)
      .thenRefused("RULE_REFUSED", "opinionGiven");
  });
});

describe("the reply and the opinions 协办意见与答复", () => {
  const told = { toldOpinions: ["财政局"] };
  const oneCoUnit = { ...lead, coUnits: ["财政局"] };
  const ofOne = [
    receive(oneCoUnit),
    assign(),
    contact(),
    requestOpinion({ due: "2021-05-20" }),
  ] as const;

  it("waits for them where the rulebook says so, and says whose is not there", async () => {
    await givenUnder(demanding, ...ofOne)
      .when(answer())
      .thenRefused("RULE_REFUSED", {
        rule: "opinionsIn",
        why: { zh: "协办意见尚未收到：财政局", en: "the opinion of 财政局 is not there yet" },
        source: chosenRule,
      });
    // one that came later than the reply was not there for it
    await givenUnder(demanding, ...ofOne, recordOpinion({ on: "2021-07-01" }))
      .when(answer())
      .thenRefused("RULE_REFUSED", "opinionsIn");
    await given(...asked)
      .when(answer())
      .then("ReplyDelivered");
  });

  it("waits for every co-handler that the dispatch named, asked or not", async () => {
    await givenUnder(demanding, ...leading)
      .when(answer())
      .thenRefused("RULE_REFUSED", {
        rule: "opinionsIn",
        why: {
          zh: "尚未征求意见的协办单位：财政局、公安局",
          en: "财政局, 公安局 have not been asked for an opinion",
        },
        source: chosenRule,
      });
    await givenUnder(demanding, ...asked)
      .when(answer())
      .thenRefused("RULE_REFUSED", {
        rule: "opinionsIn",
        why: {
          zh: "协办意见尚未收到：财政局；尚未征求意见的协办单位：公安局",
          en: "the opinion of 财政局 is not there yet; 公安局 has not been asked for an opinion",
        },
      });
    const both = ["财政局", "公安局"];
    await givenUnder(
      demanding,
      ...asked,
      requestOpinion({ unit: "公安局" }),
      ...both.map((unit) => recordOpinion({ unit })),
    )
      .when(answer({ toldOpinions: both }))
      .then("ReplyDelivered");
    // who answers apart waits for nobody
    await givenUnder(demanding, receive({ ...lead, role: "separate" }), assign(), contact())
      .when(answer())
      .then("ReplyDelivered");
  });

  it("one that was sent back is not there", () =>
    givenUnder(demanding, ...ofOne, recordOpinion(), returnOpinion())
      .when(answer(told))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "toldOpinions" }] }));

  it("tells each of them", async () => {
    await givenUnder(demanding, ...ofOne, recordOpinion())
      .when(answer())
      .thenRefused("RULE_REFUSED", {
        rule: "opinionsTold",
        why: { zh: "答复没有说明这些单位的意见：财政局" },
      });
    const view = await givenUnder(demanding, ...ofOne, recordOpinion())
      .when(answer(told))
      .then("ReplyDelivered");
    expect(view.reply?.toldOpinions).toEqual(["财政局"]);
  });

  it("does not tell one that never came", async () => {
    await given(...asked)
      .when(answer(told))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "toldOpinions", kind: "notOneOf", allowed: ["公安局"] }],
      });
    await given(receive(), assign(), contact())
      .when(answer(told))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "toldOpinions", kind: "outOfRange" }] });
    // an office that keeps no record of opinions may still say that it told them
    await given(...leading)
      .when(answer(told))
      .then("ReplyDelivered");
  });

  it("one of an earlier round may be told again", () =>
    givenUnder(
      demanding,
      ...ofOne,
      recordOpinion(),
      answer(told),
      dissatisfied(),
      contact({ on: "2021-07-10" }),
    )
      .when(answer({ on: "2021-07-20", ...told }))
      .then("ReplyDelivered"));

  it("those of an earlier round bind no later reply", () =>
    givenUnder(
      demanding,
      ...ofOne,
      recordOpinion(),
      answer(told),
      dissatisfied(),
      contact({ on: "2021-07-10" }),
    )
      .when(answer({ on: "2021-07-20" }))
      .then("ReplyDelivered"));

  it.each([
    ["shandong", "第二十一条"],
    ["qingdao", "第二十四条"],
    ["shanghai", "第十七条"],
    ["zhejiang", "第十八条"],
  ])("%s demands both, by its %s", async (name, article) => {
    const steps = [
      npcCase({ ...oneCoUnit, dispatchedOn: "2021-10-08", on: "2021-10-08" }),
      assign({ case: npc, on: "2021-10-09", due: "2021-12-01" }),
      contact({ case: npc, on: "2021-10-15" }),
      requestOpinion({ case: npc, on: "2021-10-15" }),
    ];
    const reply = answer({ case: npc, on: "2021-11-20", result: name === "shanghai" ? "1" : "A" });
    const source = { zh: expect.stringContaining(article) };
    await givenUnder(name, ...steps)
      .when(reply)
      .thenRefused("RULE_REFUSED", { rule: "opinionsIn", source });
    await givenUnder(name, ...steps, recordOpinion({ case: npc, on: "2021-11-10" }))
      .when(reply)
      .thenRefused("RULE_REFUSED", { rule: "opinionsTold", source });
  });
});

describe("what next says of opinions 下一步", () => {
  it("an opinion that is due only after the reply comes too late for it", async () => {
    const { book } = await bookWith(...leading, requestOpinion({ due: "2021-07-15" }));
    expect((await book.next(caseId)).warnings).toMatchObject([
      { why: { zh: "财政局的协办意见时限 2021-07-15 晚于本件答复时限 2021-07-02" } },
    ]);
    expect((await book.show(caseId)).coOpinions).toMatchObject([{ isDueAfterReply: true }]);
    const inTime = await bookWith(...asked);
    expect((await inTime.book.next(caseId)).warnings).toEqual([]);
  });

  it("names what can be recorded, and what the reply waits for", async () => {
    const { book } = await bookUnder(demanding, ...asked);
    const { allowed, blocked } = await book.next(caseId);
    const names = allowed.map(({ command }) => command);
    expect(names).toEqual(expect.arrayContaining(["request-opinion", "record-opinion"]));
    expect(names).not.toContain("return-opinion");
    expect(blocked).toContainEqual(
      expect.objectContaining({ command: "answer", rule: "opinionsIn" }),
    );
  });

  it("is a due date among the others", async () => {
    const { book } = await bookWith(...asked);
    expect((await book.due({ today: "2021-05-21" })).due).toContainEqual(
      expect.objectContaining({ deadline: "co-opinion:1", lamp: "red" }),
    );
  });
});
