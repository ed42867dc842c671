/** @module feedback.test — the proposer's form, and what a 不满意 on it begins. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  caseId,
  close,
  contact,
  dissatisfied,
  feedback,
  followUp,
  given,
  handled,
  inRoundTwo,
  receive,
} from "./given.ts";

const answered = [receive({ requests: ["建平台", "定标准"] }), assign(), contact(), answer()];
const ofTwo = [receive({ proposers: ["李楠", "王兰"] }), assign(), contact(), answer()];

describe("the proposer's form 征询意见", () => {
  it("comes back and begins the follow-up", async () => {
    const form = { comment: "答复详实", channel: "书面", enteredOnBehalf: true };
    const view = await given(...answered)
      .when(feedback(form))
      .then("FeedbackReceived");
    expect(view).toMatchObject({ status: "followUp", round: 1 });
    const ratings = { attitude: "satisfied", result: "satisfied" };
    expect(view.feedback).toEqual([
      { round: 1, proposer: "李楠", ...ratings, ...form, on: "2021-07-05" },
    ]);
  });

  it("both axes are asked for", () =>
    given(...answered)
      .when(feedback({ attitude: undefined }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "attitude", kind: "missing" }],
      }));

  it("基本满意 opens no new round", () =>
    given(...answered)
      .when(feedback({ attitude: "mostly", result: "mostly" }))
      .thenStatus("followUp"));

  it("each of several proposers may send one, and another later", async () => {
    const facts = [...ofTwo, feedback({ proposer: "王兰" })];
    const view = await given(...facts)
      .when(feedback({ result: "mostly" }))
      .then("FeedbackReceived");
    expect(view.feedback.map(({ proposer, result }) => [proposer, result])).toEqual([
      ["王兰", "satisfied"],
      ["李楠", "mostly"],
    ]);
  });

  it("nobody else's form counts", () =>
    given(...ofTwo)
      .when(feedback({ proposer: "赵六" }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "proposer", kind: "notOneOf", allowed: ["李楠", "王兰"] }],
      }));

  it("does not come before the reply", async () => {
    await given(...answered)
      .when(feedback({ on: "2021-06-29" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
    await given(receive(), assign(), contact())
      .when(feedback())
      .thenRefused("RULE_REFUSED", "replyDelivered");
  });

  it("does not come before the 五定 either", async () => {
    await given(receive())
      .when(feedback({ on: "2021-04-05" }))
      .thenRefused("RULE_REFUSED", { rule: "replyDelivered", source: { zh: /先后次序/ } });
  });

  it("that comes once more is added, during the follow-up and to a closed case", async () => {
    const again = feedback({ on: "2021-08-01", result: "mostly" });
    for (const facts of [handled, [...handled, close()]]) {
      const view = await given(...facts)
        .when(again)
        .then("FeedbackReceived");
      expect(view.feedback.map(({ result }) => result)).toEqual(["satisfied", "mostly"]);
    }
  });

  it("does not open a closed case again, whatever it says", () =>
    given(...handled, close())
      .when(dissatisfied({ on: "2021-08-01" }))
      .thenStatus("closed"));
});

describe("handling again 重新办理", () => {
  it.each([
    ["result", { result: "dissatisfied" }],
    ["attitude", { attitude: "dissatisfied" }],
    ["result and attitude", { result: "dissatisfied", attitude: "dissatisfied" }],
  ])("不满意 on %s opens a new round at once", async (_axis, form) => {
    const view = await given(...answered)
      .when(feedback(form))
      .then("FeedbackReceived", "RehandlingOrdered");
    expect(view).toMatchObject({ status: "assigned", round: 2, reply: { round: 1 } });
  });

  it("also when the form says so during the follow-up", () =>
    given(...answered, feedback(), followUp())
      .when(dissatisfied({ on: "2021-08-02" }))
      .thenStatus("assigned"));

  it("has a due date of its own, counted from the form", async () => {
    const view = await given(...answered)
      .when(dissatisfied())
      .thenStatus("assigned");
    expect(view.deadlines.filter(({ id }) => id === "rehandling")).toEqual([
      expect.objectContaining({ dueOn: "2021-08-05", round: 2, rule: "rehandling" }),
    ]);
  });

  it("keeps the first answer's date, also when that came late", async () => {
    const facts = [receive(), assign(), contact(), answer({ on: "2021-07-03" })];
    const view = await given(...facts)
      .when(dissatisfied())
      .thenStatus("assigned");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", metOn: "2021-07-03", state: "late" }),
    );
  });

  it("is contacted, answered and asked about again, and the rounds are told apart", async () => {
    const view = await given(
      ...inRoundTwo,
      contact({ on: "2021-07-12", mode: "phone" }),
      answer({ on: "2021-07-20", result: "B" }),
    )
      .when(feedback({ on: "2021-07-25", result: "mostly" }))
      .then("FeedbackReceived");
    expect(view).toMatchObject({ status: "followUp", round: 2, reply: { round: 2, result: "B" } });
    expect(view.contacts.map(({ round }) => round)).toEqual([1, 2]);
    expect(view.replies.map(({ round }) => round)).toEqual([1, 2]);
    expect(view.feedback.map(({ round }) => round)).toEqual([1, 2]);
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "rehandling", metOn: "2021-07-20", state: "met" }),
    );
  });

  it("may be needed a third time", async () => {
    const view = await given(
      ...inRoundTwo,
      contact({ on: "2021-07-12" }),
      answer({ on: "2021-07-20" }),
      dissatisfied({ on: "2021-07-25" }),
      contact({ on: "2021-07-28" }),
    )
      .when(answer({ on: "2021-08-10" }))
      .then("ReplyDelivered");
    expect(view).toMatchObject({ round: 3, reply: { round: 3 } });
  });

  it("a late form on the earlier reply is taken and opens no further round", async () => {
    const facts = [...ofTwo, dissatisfied()];
    const view = await given(...facts)
      .when(dissatisfied({ proposer: "王兰", on: "2021-07-08" }))
      .then("FeedbackReceived");
    expect(view).toMatchObject({ status: "assigned", round: 2 });
    expect(view.feedback.map(({ round }) => round)).toEqual([1, 1]);
  });

  it("the case is not closed before the new answer and its form", async () => {
    await given(...inRoundTwo)
      .when(close())
      .thenRefused("WRONG_STATE", { status: "assigned" });
    const answeredAgain = [
      ...inRoundTwo,
      contact({ on: "2021-07-12" }),
      answer({ on: "2021-07-20" }),
    ];
    await given(...answeredAgain)
      .when(close({ on: "2021-07-30" }))
      .thenRefused("RULE_REFUSED", "formSettled");
  });
});

describe("following up 回访", () => {
  it("is recorded after the reply, with what has been taken up since", async () => {
    const step = followUp({ mode: "phone", adopted: [2] });
    const view = await given(...answered)
      .when(step)
      .then("FollowUpRecorded");
    expect(view).toMatchObject({
      status: "followUp",
      followUps: [{ outcome: "已回访", mode: "phone", adopted: [2] }],
    });
  });

  it("does not stand in for the form", () =>
    given(...answered, followUp())
      .when(close({ on: "2021-08-01" }))
      .thenRefused("RULE_REFUSED", "formSettled"));

  it("is not dated before the reply and takes up only what was asked", async () => {
    await given(...answered)
      .when(followUp({ on: "2021-06-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
    await given(...answered)
      .when(followUp({ adopted: [3] }))
      .thenRefused("INVALID_INPUT");
    await given(receive(), assign(), contact()).when(followUp()).thenRefused("WRONG_STATE");
  });

  it("a note is kept in the history", async () => {
    const { book } = await bookWith(...answered, followUp({ note: "电话无人接听" }));
    expect((await book.history(caseId)).at(-1)?.data).toMatchObject({ note: "电话无人接听" });
    expect((await book.show(caseId)).followUps[0]).not.toHaveProperty("note");
  });
});
