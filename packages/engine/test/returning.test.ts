/** @module returning.test — a case that is not ours goes back to whoever dispatched it. */
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookUnder,
  contact,
  decideReturn,
  given,
  givenUnder,
  receive,
  requestReturn,
  withdraw,
} from "./given.ts";

const refused = decideReturn({ decision: "refused" });

/** The national rulebook with three working days for the decision, and what silence after them means. */
const deciding = async (silence: "waits" | "refused"): Promise<Rulebook> => {
  const national = await shippedRulebook("national");
  const window = national.deadlines.find(({ id }) => id === "return-request");
  if (window === undefined) throw new Error("the national rulebook has no window");
  const { appliesTo: _all, ...rule } = window;
  const [silentReturn] = national.silentReturn;
  if (silentReturn === undefined) throw new Error("the national rulebook does not say");
  return {
    ...national,
    id: `silence-${silence}`,
    silentReturn: [{ ...silentReturn, value: silence }],
    deadlines: [
      {
        ...rule,
        id: "decision",
        deadline: "return-decision",
        appliesTo: {},
        trigger: "returnRequested",
        amount: 3,
      },
      ...national.deadlines,
    ],
  };
};

describe("where nobody decides in time 逾期未作退办决定", () => {
  // asked for on Thursday 8 April: to be decided by Tuesday the 13th
  const asked = [receive(), requestReturn()];

  it("a rulebook may take it for a refusal: the handling goes on, and show says so", async () => {
    const rules = await deciding("refused");
    await givenUnder(rules, ...asked)
      .when(assign({ on: "2021-04-13" }))
      .thenRefused("RULE_REFUSED", "returnNotPending");
    const view = await givenUnder(rules, ...asked)
      .when(assign({ on: "2021-04-14" }))
      .then("CaseAssigned");
    expect(view.returnRequest).toMatchObject({ pending: true, refusedBySilence: true });
  });

  it("then it is too late to approve it, not to refuse it in words", async () => {
    const rules = await deciding("refused");
    await givenUnder(rules, ...asked)
      .when(decideReturn({ on: "2021-04-14" }))
      .thenRefused("RULE_REFUSED", {
        rule: "returnNotLapsed",
        source: { zh: expect.stringContaining("逾期未作退办决定的，继续办理") },
      });
    await givenUnder(rules, ...asked)
      .when(decideReturn({ decision: "refused", on: "2021-04-14" }))
      .then("ReturnRefused");
    await givenUnder(rules, ...asked)
      .when(decideReturn({ on: "2021-04-13" }))
      .thenStatus("returned");
  });

  it("another waits for the decision, and says where that stands", async () => {
    const rules = await deciding("waits");
    await givenUnder(rules, ...asked)
      .when(assign({ on: "2021-05-14" }))
      .thenRefused("RULE_REFUSED", {
        rule: "returnNotPending",
        why: { zh: "退办申请逾 2021-04-13 未作决定，按规则仍须等待决定" },
        source: { zh: expect.stringContaining("逾期未作退办决定") },
      });
    await givenUnder(rules, ...asked)
      .when(decideReturn({ on: "2021-05-14" }))
      .thenStatus("returned");
  });

  it("silence counts from the day it is looked at", async () => {
    const { book } = await bookUnder(await deciding("refused"), ...asked);
    const on = async (today: string) => (await book.show("122", { today })).returnRequest;
    expect(await on("2021-04-13")).toMatchObject({ refusedBySilence: false });
    expect(await on("2021-04-14")).toMatchObject({ refusedBySilence: true });
  });
});

describe("what was asked and decided stays to be seen", () => {
  it("every request, with the unit that was suggested and who decided", async () => {
    const first = requestReturn({ suggestedUnit: "市住建局" });
    const second = requestReturn({ on: "2021-04-15", reason: "补充依据" });
    const view = await given(receive(), first, refused).when(second).then("ReturnRequested");
    expect(view.formerReturnRequests).toEqual([
      {
        on: "2021-04-08",
        reason: "不属本单位职责",
        suggestedUnit: "市住建局",
        pending: false,
        decision: "refused",
        decidedOn: "2021-04-12",
        decidedBy: "政府办公室",
      },
    ]);
    expect(view.returnRequest).toMatchObject({ reason: "补充依据", pending: true, decision: null });
  });
});

describe("sending a case back 退办", () => {
  it("is asked for with a reason, and the case waits where it is", async () => {
    const step = requestReturn({ suggestedUnit: "某局" });
    const view = await given(receive()).when(step).then("ReturnRequested");
    expect(view).toMatchObject({
      status: "received",
      returnRequest: { on: "2021-04-08", reason: "不属本单位职责", pending: true },
    });
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "return-request", metOn: "2021-04-08", state: "met" }),
    );
  });

  it("can still be asked for after the 五定, inside its window", async () => {
    const view = await given(receive(), assign()).when(requestReturn()).then("ReturnRequested");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "return-request", metOn: "2021-04-08", state: "met" }),
    );
  });

  it("needs a reason", () =>
    given(receive())
      .when(requestReturn({ reason: undefined }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "reason", kind: "missing" }],
      }));

  it("approved, it ends the case and waives what was still due", async () => {
    const facts = [receive(), requestReturn()];
    const view = await given(...facts)
      .when(decideReturn())
      .then("ReturnApproved");
    expect(view).toMatchObject({ status: "returned", returnRequest: { pending: false } });
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", state: "waived" }),
    );
  });

  it("nothing follows the return but a redispatch", async () => {
    const returned = [receive(), requestReturn(), decideReturn()];
    for (const step of [assign(), contact(), answer(), requestReturn(), withdraw()]) {
      await given(...returned)
        .when(step)
        .thenRefused("WRONG_STATE", { status: "returned" });
    }
  });

  it("refused, the handling goes on", async () => {
    const facts = [receive(), requestReturn(), refused];
    const view = await given(...facts)
      .when(assign({ on: "2021-04-13" }))
      .then("CaseAssigned");
    expect(view).toMatchObject({ status: "assigned", returnRequest: { pending: false } });
  });

  it("the window is ten working days from the dispatch; its last day is in time", async () => {
    // 2021-04-05 is a holiday: the tenth working day after 2 April is the 19th
    const view = await given(receive())
      .when(requestReturn({ on: "2021-04-19" }))
      .then("ReturnRequested");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "return-request", dueOn: "2021-04-19", state: "met" }),
    );
    await given(receive())
      .when(requestReturn({ on: "2021-04-20" }))
      .thenRefused("RULE_REFUSED", {
        rule: "withinReturnWindow",
        source: { zh: expect.stringContaining("十个工作日") },
      });
  });

  it("is not asked for before the dispatch", () =>
    given(receive())
      .when(requestReturn({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeDispatch"));

  it("is not asked for twice while undecided, and may be asked for again once refused", async () => {
    await given(receive(), requestReturn())
      .when(requestReturn())
      .thenRefused("RULE_REFUSED", "returnNotPending");
    await given(receive(), requestReturn(), refused)
      .when(requestReturn({ on: "2021-04-15" }))
      .then("ReturnRequested");
  });

  it("nothing is decided that was not asked for", () =>
    given(receive()).when(decideReturn()).thenRefused("RULE_REFUSED", "returnPending"));

  it("is not decided before it was asked for", () =>
    given(receive(), requestReturn({ on: "2021-04-08" }))
      .when(decideReturn({ on: "2021-04-07" }))
      .thenRefused("RULE_REFUSED"));

  it("comes too late after the answer", () =>
    given(receive(), assign(), contact({ on: "2021-04-07" }), answer({ on: "2021-04-08" }))
      .when(requestReturn({ on: "2021-04-09" }))
      .thenRefused("WRONG_STATE", { status: "answered" }));
});
