/** @module rehandling.test — 重新办理 by order, where a rating alone does not open a round. */
import { describe, it, expect } from "vitest";
import {
  answer,
  assign,
  bookUnder,
  contact,
  dissatisfied,
  givenUnder,
  receive,
  requestReturn,
  decideReturn,
  take,
} from "./given.ts";
import { deputys, isSound, ofDeputy, receiveDeputys } from "./given-adoption.ts";

const rehandle = (fields = {}) =>
  ofDeputy({
    command: "rehandle",
    on: "2021-07-12",
    orderedBy: "市人大常委会代表工委",
    reason: "测评不满意",
    ...fields,
  });
const rated = [
  receiveDeputys({ on: "2021-04-02" }),
  ...[assign(), contact(), answer({ result: "1" }), dissatisfied()].map(ofDeputy),
] as const;

describe("an order to handle again 决定重新办理", () => {
  it("opens a round with its own due date, by the article of the place", async () => {
    const view = await givenUnder("shanghai", ...rated)
      .when(rehandle())
      .then("RehandlingOrdered");
    expect(view).toMatchObject({ status: "assigned", round: 2 });
    expect(view.deadlines.at(-1)).toMatchObject({
      id: "rehandling",
      dueOn: "2021-08-12",
      source: expect.stringContaining("第二十一条"),
    });
  });

  it("comes after the reply, and not before its day", async () => {
    await givenUnder("shanghai", ...rated.slice(0, 3))
      .when(rehandle())
      .thenRefused("WRONG_STATE");
    await givenUnder("shanghai", ...rated)
      .when(rehandle({ on: "2021-06-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
  });

  it("a rating alone opens no round where the law leaves it to the committee", async () => {
    const made = await bookUnder("shanghai", ...rated);
    expect(await made.book.show(deputys)).toMatchObject({ round: 1, status: "followUp" });
    await isSound(made);
  });
});

describe("what the dispatching body owes 交办单位的期限", () => {
  it("the dispatch is met by the day of the dispatch, in time or late", async () => {
    const stateOf = async (dispatchedOn: string): Promise<unknown> => {
      const { book } = await bookUnder(
        "shandong",
        receiveDeputys({
          submissionPhase: "intersession",
          submittedOn: "2021-03-01",
          dispatchedOn,
          on: "2021-04-02",
        }),
      );
      const view = await book.show(deputys);
      return view.deadlines.find(({ id }) => id === "dispatch");
    };
    expect(await stateOf("2021-03-05")).toMatchObject({ dueOn: "2021-03-08", state: "met" });
    expect(await stateOf("2021-03-30")).toMatchObject({ metOn: "2021-03-30", state: "late" });
  });

  it("a case that is sent back is to be dispatched again within ten working days", async () => {
    const made = await bookUnder(
      "chongqing",
      receiveDeputys(),
      ...[requestReturn(), decideReturn()].map(ofDeputy),
    );
    const view = await made.book.show(deputys);
    expect(view.deadlines.find(({ id }) => id === "redispatch")).toMatchObject({
      dueOn: "2021-04-25",
      rule: "npc-redispatch",
    });
    expect((await made.book.due()).due).toEqual([]);
    await isSound(made);
  });
});

describe("a case without a due date 没有时限", () => {
  it("is answered, but cannot count as on time", async () => {
    const { book } = await bookUnder(
      "national",
      receive({ kind: "npc", dispatchedOn: "2009-04-02", on: "2021-04-02" }),
    );
    const about = (step: object) => ({ ...step, case: "npc/15-5/122" });
    for (const step of [assign(), contact(), answer()]) await take({ book }, about(step));
    const { rates } = await book.rates();
    const on = (id: string) => rates.find((rate) => rate.id === id);
    expect(on("completion")).toMatchObject({ numerator: 1, denominator: 1 });
    expect(on("on-time")).toMatchObject({ numerator: 0, denominator: 1 });
    expect(await book.gaps("npc/15-5/122")).toContainEqual(
      expect.objectContaining({
        rate: "on-time",
        why: expect.objectContaining({ zh: "没有答复时限，无法认定按时" }),
      }),
    );
  });

  it("an assisting unit owes no reply, whatever roles a rule leaves out", async () => {
    const { book } = await bookUnder("national", receive({ role: "assist" }));
    const view = await book.show("122");
    expect(view.deadlines.map(({ id }) => id).toSorted()).toEqual(["co-opinion", "return-request"]);
  });
});
