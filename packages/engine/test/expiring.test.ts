/** @module expiring.test — 逾期未反馈: a form that never comes back, lawfully put aside. */
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  bookWith,
  close,
  contact,
  dissatisfied,
  expireFeedback,
  feedback,
  given,
  givenUnder,
  inRoundTwo,
  receive,
  remindFeedback,
  reopen,
  submitOpinion,
} from "./given.ts";

const answered = [receive(), assign(), contact(), answer()] as const;
const reminded = [...answered, remindFeedback()] as const;
const expired = [...reminded, expireFeedback()] as const;

describe("a reminder 催收", () => {
  it("is kept, with its way", async () => {
    const view = await given(...answered)
      .when(remindFeedback({ channel: "电话" }))
      .then("FeedbackReminded");
    expect(view).toMatchObject({
      status: "answered",
      formReminders: [{ on: "2021-07-20", round: 1, channel: "电话" }],
    });
  });

  it("may be repeated, and given during the follow-up", async () => {
    const view = await given(...reminded)
      .when(remindFeedback({ on: "2021-07-26" }))
      .then("FeedbackReminded");
    expect(view.formReminders.map(({ on }) => on)).toEqual(["2021-07-20", "2021-07-26"]);
  });

  it("is for a form that is out, after the reply", async () => {
    await given(...answered)
      .when(remindFeedback({ on: "2021-06-29" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
    await given(...answered, feedback())
      .when(remindFeedback())
      .thenRefused("RULE_REFUSED", "formOut");
    await given(receive(), assign(), contact()).when(remindFeedback()).thenRefused("WRONG_STATE");
    await given(receive({ role: "assist" }), assign(), submitOpinion())
      .when(remindFeedback())
      .thenRefused("RULE_REFUSED", "answersProposer");
  });
});

describe("an expired form 逾期未反馈", () => {
  it("needs a reminder before it", async () => {
    const view = await given(...reminded)
      .when(expireFeedback())
      .then("FeedbackExpired");
    expect(view).toMatchObject({
      status: "followUp",
      feedback: [],
      formsExpired: [{ on: "2021-08-02", round: 1, reason: "催收后未收回" }],
    });
    await given(...answered)
      .when(expireFeedback())
      .thenRefused("RULE_REFUSED", "reminded");
    // reminded later than it is said to have expired
    await given(...reminded)
      .when(expireFeedback({ on: "2021-07-19" }))
      .thenRefused("RULE_REFUSED", "reminded");
  });

  it("a reminder of the first round is none for the second", async () => {
    const again = [
      ...reminded,
      dissatisfied({ on: "2021-07-22" }),
      contact({ on: "2021-07-26" }),
      answer({ on: "2021-08-05" }),
    ];
    await given(...again)
      .when(expireFeedback({ on: "2021-09-10" }))
      .thenRefused("RULE_REFUSED", "reminded");
    const view = await given(...again, remindFeedback({ on: "2021-08-20" }))
      .when(expireFeedback({ on: "2021-09-10" }))
      .then("FeedbackExpired");
    expect(view.formsExpired).toEqual([expect.objectContaining({ round: 2 })]);
  });

  it("happens once, and to a form that has not come back", async () => {
    await given(...expired)
      .when(expireFeedback({ on: "2021-08-03" }))
      .thenRefused("RULE_REFUSED", "formOut");
    await given(...reminded, feedback({ on: "2021-07-21" }))
      .when(expireFeedback())
      .thenRefused("RULE_REFUSED", "formOut");
  });

  it("lets the case be closed, which nothing else does without the form", async () => {
    await given(...reminded)
      .when(close({ on: "2021-08-03" }))
      .thenRefused("RULE_REFUSED", "formSettled");
    await given(...expired)
      .when(close({ on: "2021-08-03" }))
      .thenStatus("closed");
    await given(...expired)
      .when(close({ on: "2021-08-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep");
  });

  it("in the second round, not the first round's, settles the second", async () => {
    const again = [
      ...inRoundTwo,
      contact({ on: "2021-07-12" }),
      answer({ on: "2021-07-20" }),
      remindFeedback({ on: "2021-08-10" }),
    ];
    await given(...again)
      .when(close({ on: "2021-09-01" }))
      .thenRefused("RULE_REFUSED", "formSettled");
    await given(...again, expireFeedback({ on: "2021-08-30" }))
      .when(close({ on: "2021-09-01" }))
      .thenStatus("closed");
  });

  it("that comes back after all is taken, and a 不满意 on it opens a new round", async () => {
    const late = await given(...expired)
      .when(feedback({ on: "2021-08-20" }))
      .then("FeedbackReceived");
    expect(late).toMatchObject({ status: "followUp", feedback: [{ round: 1, proposer: "李楠" }] });
    await given(...expired)
      .when(dissatisfied({ on: "2021-08-20" }))
      .then("FeedbackReceived", "RehandlingOrdered");
    await given(...expired, close({ on: "2021-08-03" }), reopen())
      .when(feedback({ on: "2021-09-02" }))
      .thenStatus("followUp");
  });

  it("is left out of the rate of satisfaction; a late one comes back in", async () => {
    const { book } = await bookWith(...expired);
    const rateOf = async () => (await book.rates()).rates.find(({ id }) => id === "satisfaction");
    expect(await rateOf()).toMatchObject({ numerator: 0, denominator: 0, value: null });
    await book.executeGiven(feedback({ on: "2021-08-20" }));
    expect(await rateOf()).toMatchObject({ numerator: 1, denominator: 1, display: "100%" });
  });

  it("needs no reminder where the rulebook asks for none", async () => {
    const national = await shippedRulebook("national");
    const [choice] = national.expiryNeedsReminder;
    if (choice === undefined) throw new Error("the national rulebook makes no choice");
    const lenient: Rulebook = {
      ...national,
      id: "lenient",
      expiryNeedsReminder: [{ ...choice, value: false }],
    };
    await givenUnder(lenient, ...answered)
      .when(expireFeedback())
      .thenStatus("followUp");
  });
});

describe("the time that a proposer has for the form 反馈期限", () => {
  const ofDeputy = (step: Given): Given => ({ ...step, case: "npc/18-4/9" });
  const inChongqing = [
    receive({ kind: "npc", session: "18-4", number: "9" }),
    ...[assign(), contact(), answer({ result: "1" }), remindFeedback()].map(ofDeputy),
  ];

  it("is twenty working days in Chongqing", async () => {
    const { book } = await bookUnder("chongqing", ...inChongqing);
    const { deadlines } = await book.show("npc/18-4/9", { today: "2021-07-28" });
    expect(deadlines.find(({ id }) => id === "feedback")).toMatchObject({
      dueOn: "2021-07-28",
      state: "open",
      source: "《重庆市人民代表大会代表建议批评和意见工作条例》第二十七条",
    });
  });

  it("is over before the form expires", async () => {
    await givenUnder("chongqing", ...inChongqing)
      .when(ofDeputy(expireFeedback({ on: "2021-07-28" })))
      .thenRefused("RULE_REFUSED", {
        rule: "mayExpire",
        source: { zh: "《重庆市人民代表大会代表建议批评和意见工作条例》第二十七条" },
      });
    const view = await givenUnder("chongqing", ...inChongqing)
      .when(ofDeputy(expireFeedback({ on: "2021-07-29" })))
      .thenStatus("followUp");
    expect(view.deadlines.find(({ id }) => id === "feedback")?.state).toBe("waived");
  });

  it("is met by the form, late or not", async () => {
    const view = await givenUnder("chongqing", ...inChongqing)
      .when(ofDeputy(feedback({ on: "2021-07-29" })))
      .thenStatus("followUp");
    expect(view.deadlines.find(({ id }) => id === "feedback")).toMatchObject({
      metOn: "2021-07-29",
      state: "late",
    });
  });

  it("no place in the ledger: it is the proposer's time, not the office's", async () => {
    const { book } = await bookUnder("chongqing", ...inChongqing);
    expect(await book.list({ today: "2021-07-20" })).toMatchObject([
      { dueOn: null, lamp: "green" },
    ]);
  });
});
