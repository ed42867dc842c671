/** @module closing.test — the case is put away, and perhaps taken out again. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  close,
  contact,
  dissatisfied,
  feedback,
  followUp,
  given,
  handled,
  reassign,
  receive,
  reopen,
  withdraw,
} from "./given.ts";

describe("closing 办结", () => {
  it("follows the reply and the proposer's form", async () => {
    const view = await given(...handled)
      .when(close())
      .then("CaseClosed");
    expect(view).toMatchObject({ status: "closed", closedOn: "2021-07-10" });
  });

  it("waits for the form", () =>
    given(receive(), assign(), contact(), answer())
      .when(close())
      .thenRefused("RULE_REFUSED", {
        rule: "formSettled",
        repair: { en: expect.stringContaining("feedback") },
      }));

  it("is not dated before the reply", () =>
    given(...handled)
      .when(close({ on: "2021-06-29" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep"));

  it("is done once", () =>
    given(...handled, close())
      .when(close())
      .thenRefused("WRONG_STATE", {
        status: "closed",
        allowed: [
          "feedback",
          "reopen",
          "disclose",
          "reclassify",
          "look-back",
          "progress",
          "amend",
          "retract",
        ],
      }));

  it.each([
    ["received", [receive()]],
    ["assigned", [receive(), assign()]],
    ["contacted", [receive(), assign(), contact()]],
  ])("does not come while the case is %s", (status, facts) =>
    given(...facts)
      .when(close())
      .thenRefused("WRONG_STATE", { status }),
  );
});

describe("reopening 恢复办理", () => {
  it("takes the case back to the follow-up", async () => {
    const view = await given(...handled, close())
      .when(reopen())
      .then("CaseReopened");
    expect(view).toMatchObject({ status: "followUp", closedOn: null, round: 1 });
  });

  it("needs a reason and is not dated before the closing", async () => {
    await given(...handled, close())
      .when(reopen({ reason: undefined }))
      .thenRefused("INVALID_INPUT");
    await given(...handled, close())
      .when(reopen({ on: "2021-07-09" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep");
  });

  it("is for closed cases", async () => {
    await given(...handled)
      .when(reopen())
      .thenRefused("WRONG_STATE", { status: "followUp" });
    await given(receive(), withdraw()).when(reopen()).thenRefused("WRONG_STATE");
  });

  it("after it, a 不满意 begins a new round and the case may be closed again", async () => {
    const reopened = [...handled, close(), reopen()];
    await given(...reopened)
      .when(dissatisfied({ on: "2021-09-02" }))
      .thenStatus("assigned");
    await given(...reopened)
      .when(close({ on: "2021-09-05" }))
      .thenStatus("closed");
    await given(...reopened)
      .when(followUp({ on: "2021-09-03" }))
      .thenStatus("followUp");
    await given(...reopened)
      .when(feedback({ on: "2021-09-03" }))
      .thenStatus("followUp");
  });
});

describe("the end of a case keeps the order of its steps", () => {
  it("is not closed before its form came back, nor before it was reopened", async () => {
    await given(...handled)
      .when(close({ on: "2021-07-04" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep");
    await given(...handled, close(), reopen({ on: "2021-09-01" }))
      .when(close({ on: "2021-08-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep");
  });

  it("nothing but a promise is still due once it is closed", async () => {
    const due = await given(...handled, reassign({ on: "2021-07-06", due: "2021-08-01" }))
      .when(close())
      .then("CaseClosed");
    expect(due.deadlines.filter(({ state }) => state === "open" || state === "overdue")).toEqual(
      [],
    );
  });
});
