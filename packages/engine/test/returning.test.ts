/** @module returning.test — a case that is not ours goes back to whoever dispatched it. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  contact,
  decideReturn,
  given,
  receive,
  requestReturn,
  withdraw,
} from "./given.ts";

const refused = decideReturn({ decision: "refused" });

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

  it("nothing follows the return", async () => {
    const returned = [receive(), requestReturn(), decideReturn()];
    for (const step of [assign(), contact(), answer(), requestReturn(), withdraw()]) {
      await given(...returned)
        .when(step)
        .thenRefused("WRONG_STATE", { allowed: [] });
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
