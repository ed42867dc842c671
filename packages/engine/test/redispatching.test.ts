/** @module redispatching.test — 改办: another unit has the case, or we have it in another part. */
import type { CaseView, Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  bookWith,
  choosing,
  contact,
  decideReturn,
  given,
  givenUnder,
  handled,
  inRoundTwo,
  receive,
  redispatch,
  requestOpinion,
  requestReturn,
  signReceipt,
  submitOpinion,
  take,
} from "./given.ts";

const national = await shippedRulebook("national");
const goesOn: Rulebook = {
  ...national,
  id: "goes-on",
  redispatchClock: national.redispatchClock.map((choice) => ({ ...choice, value: "continue" })),
};

const as = (role: string, fields: Given = {}): Given => redispatch({ role, ...fields });
const inHand = [receive({ role: "lead" }), assign(), contact()] as const;

const dueDates = (view: CaseView, id: string) =>
  view.deadlines.filter((due) => due.id === id).map(({ dueOn, state }) => [dueOn, state]);

describe("to another unit", () => {
  it("the case leaves us, with everything that was still due, and leaves the rates", async () => {
    const made = await bookWith(...inHand);
    await take(made, redispatch());
    const view = await made.book.show("122");
    expect(view).toMatchObject({
      status: "returned",
      role: "lead",
      redispatches: [
        { on: "2021-05-06", unit: "市住建局", by: "政府办公室", former: { role: "lead" } },
      ],
    });
    expect(dueDates(view, "reply")).toEqual([["2021-07-02", "waived"]]);
    const { rates } = await made.book.rates();
    expect(rates.find(({ id }) => id === "completion")).toMatchObject({ denominator: 0 });
  });

  it("settles a request to send it back that nobody had decided", async () => {
    const view = await given(receive(), requestReturn())
      .when(redispatch())
      .then("CaseRedispatched");
    expect(view.returnRequest).toMatchObject({
      pending: false,
      decision: "approved",
      decidedBy: "政府办公室",
    });
  });

  it("is not dated before the dispatch, and not recorded once the proposer is answered", async () => {
    for (const role of [undefined, "assist"]) {
      await given(receive())
        .when(redispatch({ role, on: "2021-04-01" }))
        .thenRefused("RULE_REFUSED", "notBeforeDispatch");
      await given(...handled)
        .when(redispatch({ role, on: "2021-07-06" }))
        .thenRefused("RULE_REFUSED", "replyNotGiven");
    }
  });
});

describe("to us in another part", () => {
  it("lead → assist: the opinion is owed, the reply is not", async () => {
    const view = await given(...inHand)
      .when(as("assist"))
      .then("CaseRedispatched");
    expect(view).toMatchObject({ status: "contacted", role: "assist", leadUnit: "市住建局" });
    expect(dueDates(view, "reply")).toEqual([["2021-07-02", "waived"]]);
    // one month from 6 May is Sunday 6 June
    expect(dueDates(view, "co-opinion")).toEqual([["2021-06-07", "overdue"]]);
    await given(...inHand, as("assist"))
      .when(answer())
      .thenRefused("RULE_REFUSED", "answersProposer");
    await given(...inHand, as("assist"))
      .when(submitOpinion({ on: "2021-05-20" }))
      .thenStatus("answered");
  });

  it("lead → sole: the co-handlers owe nothing any more, whether they were asked or not", async () => {
    const demanding = choosing(national, "coOpinions", { beforeReply: true, toldInReply: true });
    const made = await bookUnder(
      demanding,
      receive({ role: "lead", coUnits: ["财政局", "公安局", "住建局"] }),
      assign(),
      contact(),
      requestOpinion({ unit: "财政局", due: "2021-05-20" }),
      requestOpinion({ unit: "公安局" }),
      as("sole"),
    );
    const view = await made.book.show("122");
    expect(view).toMatchObject({ role: "sole", coUnits: [] });
    expect(view.coOpinions.map(({ unit, state }) => [unit, state])).toEqual([
      ["财政局", "waived"],
      ["公安局", "waived"],
    ]);
    const { due } = await made.book.due({ today: "2021-06-01" });
    expect(due.map(({ deadline }) => deadline)).not.toContain("co-opinion:1");
    const { allowed, blocked } = await made.book.next("122");
    const names = allowed.map(({ command }) => command);
    expect(names).toContain("answer");
    expect(names).not.toContain("record-opinion");
    expect(blocked.map(({ rule }) => rule)).not.toContain("opinionsIn");
    expect(await take(made, answer())).toMatchObject({ events: ["ReplyDelivered"] });
    expect(await made.book.replayAll()).toMatchObject({ faults: 0 });
  });

  it("lead → sole: a department of our own that helps still owes its opinion", async () => {
    const view = await given(
      receive({ role: "lead" }),
      assign({ coDepartments: ["信息科"] }),
      requestOpinion({ unit: "信息科", due: "2021-05-20" }),
    )
      .when(as("sole"))
      .then("CaseRedispatched");
    expect(view.coOpinions).toMatchObject([{ unit: "信息科", state: "overdue" }]);
  });

  it("assist → lead: the reply is owed, the opinion is not", async () => {
    const view = await given(receive({ role: "assist" }), assign(), contact())
      .when(as("lead"))
      .then("CaseRedispatched");
    expect(dueDates(view, "co-opinion")).toEqual([["2021-05-06", "waived"]]);
    expect(dueDates(view, "reply")).toEqual([["2021-08-06", "overdue"]]);
  });

  it("an opinion that is handed over already does not keep the answer from becoming ours", async () => {
    const assisted = [receive({ role: "assist" }), assign(), contact(), submitOpinion()];
    const view = await given(...assisted)
      .when(as("separate"))
      .then("CaseRedispatched");
    expect(view).toMatchObject({ status: "assigned", opinion: { on: "2021-04-28" } });
    await given(...assisted)
      .when(redispatch())
      .thenRefused("RULE_REFUSED", "takesOnAnswer");
  });

  it("in a new round its own term begins anew", async () => {
    const view = await given(...inRoundTwo)
      .when(as("separate", { on: "2021-07-20" }))
      .then("CaseRedispatched");
    expect(view).toMatchObject({ status: "assigned", round: 2, role: "separate" });
    expect(dueDates(view, "rehandling")).toEqual([
      ["2021-08-05", "superseded"],
      ["2021-08-20", "overdue"],
    ]);
  });

  it("the same receipt once more still changes nothing, whatever part we have now", () =>
    given(receive({ role: "lead" }), as("assist"))
      .when(receive({ role: "lead" }))
      .thenUnchanged());

  it("what follows is not dated before it", () =>
    given(...inHand, as("separate", { on: "2021-06-01" }))
      .when(answer({ on: "2021-05-31" }))
      .thenRefused("RULE_REFUSED", "notBeforeRedispatch"));
});

describe("whose clock 改办后的时限", () => {
  it("begins anew, and the year stays that of the first dispatch", async () => {
    const made = await bookWith(...inHand);
    await take(made, as("sole"));
    const view = await made.book.show("122");
    expect(view).toMatchObject({
      dispatchedOn: "2021-04-02",
      redispatches: [{ on: "2021-05-06", clock: "restart" }],
    });
    expect(dueDates(view, "reply")).toEqual([
      ["2021-07-02", "superseded"],
      ["2021-08-06", "overdue"],
    ]);
    const [certificate] = await made.book.explain("122", "reply");
    expect(certificate).toMatchObject({
      countedFrom: "2021-05-06",
      agrees: true,
      changes: [
        { type: "CaseReceived", to: "2021-07-02" },
        { type: "CaseRedispatched", from: "2021-07-02", to: "2021-08-06" },
      ],
    });
    expect(await made.book.list({ scope: { year: 2021, role: "sole" } })).toHaveLength(1);
  });

  it("goes on: the reply stays due when it was", async () => {
    const view = await givenUnder(goesOn, ...inHand)
      .when(as("sole"))
      .then("CaseRedispatched");
    expect(dueDates(view, "reply")).toEqual([["2021-07-02", "overdue"]]);
    const assisting = await givenUnder(goesOn, ...inHand)
      .when(as("assist"))
      .then("CaseRedispatched");
    expect(dueDates(assisting, "co-opinion")).toEqual([["2021-05-06", "overdue"]]);
  });
});

describe("back to us after it had left", () => {
  const back = [receive(), assign({ on: "2021-04-06" }), signReceipt(), redispatch()] as const;

  it("received again: to be signed for, given to somebody, and perhaps sent back", async () => {
    const again = as("sole", { on: "2021-05-20" });
    const view = await given(...back)
      .when(again)
      .then("CaseRedispatched");
    expect(view).toMatchObject({ status: "received", receipt: null, assignment: null });
    // ten working days from Thursday 20 May
    expect(dueDates(view, "return-request").at(-1)).toEqual(["2021-06-03", "waived"]);
    await given(...back, again)
      .when(requestReturn({ on: "2021-06-03" }))
      .then("ReturnRequested");
    await given(...back, again)
      .when(requestReturn({ on: "2021-06-04" }))
      .thenRefused("RULE_REFUSED", "withinReturnWindow");
  });

  it("where it went otherwise may be written down too", () =>
    given(receive(), requestReturn(), decideReturn()).when(redispatch()).thenStatus("returned"));

  it("not before it was sent back", () =>
    given(receive(), requestReturn(), decideReturn())
      .when(as("sole", { on: "2021-04-11" }))
      .thenRefused("RULE_REFUSED", "notBeforeReturn"));
});
