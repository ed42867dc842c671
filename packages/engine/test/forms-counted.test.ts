/** @module forms-counted.test — whose forms settle a round and whose open another, where several people proposed. */
import { describe, expect, it } from "vitest";
import type { Rulebook } from "@wuding/engine";
import {
  answer,
  assign,
  bookUnder,
  close,
  contact,
  dissatisfied,
  expireFeedback,
  feedback,
  givenUnder,
  receive,
  remindFeedback,
} from "./given.ts";
import { deputys, isSound, national, ofDeputy, receiveDeputys } from "./given-adoption.ts";

const counting = (value: Rulebook["formsCounted"][number]["value"]): Rulebook => ({
  ...national,
  id: "counting",
  formsCounted: [
    {
      value,
      source: {
        title: { zh: "《某市办法》", en: "City method" },
        article: { zh: "第八条", en: "art. 8" },
      },
      confidence: "law",
    },
  ],
});
const all = counting({ settledBy: "all", openedBy: "any" });
const answered = [receive({ proposers: ["李楠", "王兰"] }), assign(), contact(), answer()];
const second = (fields = {}) => feedback({ proposer: "王兰", ...fields });

describe("the forms that a rulebook asks for 征询意见表的收回", () => {
  it("are those of all proposers, and one alone does not close the case", async () => {
    const view = await givenUnder(all, ...answered, feedback())
      .when(second({ on: "2021-07-09" }))
      .then("FeedbackReceived");
    expect(view.status).toBe("followUp");
    await givenUnder(all, ...answered, feedback(), second({ on: "2021-07-09" }))
      .when(close())
      .thenStatus("closed");
    await givenUnder(all, ...answered, feedback())
      .when(close())
      .thenRefused("RULE_REFUSED", {
        rule: "formSettled",
        why: { zh: "王兰的征询意见表尚未收回", en: "the form of 王兰 has not come back" },
        source: { zh: "《某市办法》第八条" },
      });
  });

  it("may be asked for again and expire while one is missing", async () => {
    const reminded = [...answered, feedback(), remindFeedback()];
    const view = await givenUnder(all, ...reminded)
      .when(expireFeedback())
      .then("FeedbackExpired");
    expect(view.formsExpired).toHaveLength(1);
    await givenUnder(all, ...reminded, expireFeedback())
      .when(close({ on: "2021-08-03" }))
      .thenStatus("closed");
    // one of any proposer is enough nationally, so nothing is out any more
    await givenUnder("national", ...answered, feedback())
      .when(remindFeedback())
      .thenRefused("RULE_REFUSED", "formOut");
  });

  it("are looked for by next and by the three 100%", async () => {
    const { book } = await bookUnder(all, ...answered, feedback());
    const { blocking } = await book.next("122");
    expect(blocking.map(({ rate }) => rate)).toContain("satisfaction");
    expect((await book.annual(2021)).claims.threeHundred).toBe(false);
  });
});

describe("the first deputy collects in Shandong 领衔代表汇总", () => {
  const ofTwo = [
    receiveDeputys({ proposers: ["李楠", "王兰"] }),
    ...[assign(), contact(), answer()].map(ofDeputy),
  ];

  it("another's form neither settles the round nor opens one", async () => {
    const view = await givenUnder("shandong", ...ofTwo)
      .when(ofDeputy(dissatisfied({ proposer: "王兰" })))
      .then("FeedbackReceived");
    expect(view).toMatchObject({ round: 1, status: "followUp" });
    await givenUnder("shandong", ...ofTwo, ofDeputy(second()))
      .when(ofDeputy(close()))
      .thenRefused("RULE_REFUSED", {
        rule: "formSettled",
        source: { zh: expect.stringContaining("第二十三条") },
      });
  });

  it("the first one's does both", async () => {
    await givenUnder("shandong", ...ofTwo, ofDeputy(second()))
      .when(ofDeputy(dissatisfied()))
      .then("FeedbackReceived", "RehandlingOrdered");
    const made = await bookUnder("shandong", ...ofTwo, ...[feedback(), close()].map(ofDeputy));
    expect((await made.book.show(deputys)).status).toBe("closed");
    await isSound(made);
  });
});

describe("the time for the form 反馈期限", () => {
  it("is met when all that are asked for are back", async () => {
    const timed = { ...all, deadlines: [feedbackTerm, ...all.deadlines] };
    const stateAfter = async (...steps: readonly object[]): Promise<unknown> => {
      const { book } = await bookUnder(timed, ...answered, ...(steps as []));
      const view = await book.show("122");
      return view.deadlines.find(({ id }) => id === "feedback")?.metOn;
    };
    expect(await stateAfter(feedback())).toBeNull();
    expect(await stateAfter(feedback(), second({ on: "2021-07-09" }))).toBe("2021-07-09");
  });
});

const feedbackTerm: Rulebook["deadlines"][number] = {
  id: "form",
  deadline: "feedback",
  appliesTo: {},
  trigger: "replyDelivered",
  amount: 20,
  unit: "workingDay",
  count: "dayZero",
  rollOver: "none",
  extension: null,
  onMiss: "lockRight",
  source: {
    title: { zh: "《某市办法》", en: "City method" },
    article: { zh: "第九条", en: "art. 9" },
  },
  confidence: "law",
  validFrom: "2000-01-01",
  validTo: null,
};
