/** @module rounds.test — how often a case is handled again, and what is decided above after the last round. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookUnder,
  contact,
  dissatisfied,
  escalate,
  feedback,
  given,
  givenUnder,
} from "./given.ts";
import { deputys, isSound, ofDeputy, receiveDeputys } from "./given-adoption.ts";

const rehandle = (fields = {}) =>
  ofDeputy({
    command: "rehandle",
    on: "2021-08-25",
    orderedBy: "市人大常委会代表工委",
    reason: "按会议意见重新办理",
    ...fields,
  });
const firstRound = (result: string) => [
  receiveDeputys(),
  ...[assign(), contact(), answer({ result })].map(ofDeputy),
];
/** Henan: the first 不满意 opens the second and last round. */
const inLastRound = [
  ...firstRound("A"),
  ...[dissatisfied(), contact({ on: "2021-07-12" }), answer({ on: "2021-07-30" })].map(ofDeputy),
];
const lost = [...inLastRound, ofDeputy(dissatisfied({ on: "2021-08-10" }))];
const decided = ofDeputy(escalate());

describe("the last round that a rulebook allows 最后一轮", () => {
  it("a second 不满意 opens no round by itself", async () => {
    const view = await givenUnder("henan", ...inLastRound)
      .when(ofDeputy(dissatisfied({ on: "2021-08-10" })))
      .then("FeedbackReceived");
    expect(view).toMatchObject({ round: 2, status: "followUp" });
  });

  it.each([
    ["henan", "第二十二条", "A"],
    ["chongqing", "第二十七条", "1"],
  ])("another round waits in %s for a decision from above", async (book, article, result) => {
    const order = rehandle({ on: "2021-07-06" });
    const steps =
      book === "henan"
        ? lost
        : [
            ...firstRound(result),
            ofDeputy(dissatisfied()),
            order,
            ...[
              contact({ on: "2021-07-12" }),
              answer({ on: "2021-07-30", result }),
              dissatisfied({ on: "2021-08-10" }),
            ].map(ofDeputy),
          ];
    await givenUnder(book, ...steps)
      .when(rehandle())
      .thenRefused("RULE_REFUSED", {
        rule: "roundsLeft",
        why: { zh: "已办理 2 轮，规定最多 2 轮，须先提级处理" },
        source: { zh: expect.stringContaining(article) },
      });
    const view = await givenUnder(book, ...steps, decided)
      .when(rehandle())
      .then("RehandlingOrdered");
    expect(view).toMatchObject({ round: 3, status: "assigned", escalations: [{ round: 2 }] });
  });

  it("is said beforehand, with what to do", async () => {
    const { book } = await bookUnder("henan", ...lost);
    const { allowed, blocked } = await book.next(deputys);
    expect(blocked).toContainEqual(
      expect.objectContaining({ command: "rehandle", rule: "roundsLeft" }),
    );
    expect(allowed.map(({ command }) => command)).toContain("escalate");
  });

  it("a decision allows one more round and no other", async () => {
    const made = await bookUnder(
      "henan",
      ...lost,
      decided,
      rehandle(),
      ...[
        contact({ on: "2021-09-01" }),
        answer({ on: "2021-09-10" }),
        dissatisfied({ on: "2021-09-15" }),
      ].map(ofDeputy),
    );
    expect(await made.book.show(deputys)).toMatchObject({ round: 3, status: "followUp" });
    const { blocked } = await made.book.next(deputys);
    expect(blocked.find(({ command }) => command === "rehandle")?.rule).toBe("roundsLeft");
    await isSound(made);
  });

  it("never comes where the rulebook sets no number", () =>
    given(
      ...firstRound("A"),
      ...[dissatisfied(), contact({ on: "2021-07-12" })].map(ofDeputy),
      ofDeputy(answer({ on: "2021-07-30" })),
    )
      .when(ofDeputy(dissatisfied({ on: "2021-08-10" })))
      .then("FeedbackReceived", "RehandlingOrdered"));
});

describe("a decision from above 提级处理", () => {
  it("is about a dissatisfied proposer", async () => {
    await given(...firstRound("A"), ofDeputy(feedback()))
      .when(decided)
      .thenRefused("RULE_REFUSED", "escalatable");
    const view = await givenUnder("henan", ...lost)
      .when(decided)
      .then("RoundEscalated");
    expect(view.escalations).toEqual([
      { round: 2, on: "2021-08-20", by: "市人大常委会代表工委", outcome: "召开会议研究" },
    ]);
    await givenUnder("henan", ...lost)
      .when(ofDeputy(escalate({ on: "2021-07-20" })))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
  });
});
