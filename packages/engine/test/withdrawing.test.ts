/** @module withdrawing.test — the proposer takes the proposal back. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  caseId,
  close,
  contact,
  given,
  handled,
  inRoundTwo,
  receive,
  requestReturn,
  withdraw,
} from "./given.ts";

const late = withdraw({ on: "2021-08-01" });

describe("withdrawing 撤案", () => {
  it.each([
    ["received", [receive()]],
    ["asked to be returned", [receive(), requestReturn()]],
    ["assigned", [receive(), assign()]],
    ["contacted", [receive(), assign(), contact()]],
    ["answered", [receive(), assign(), contact(), answer()]],
    ["in follow-up", [...handled]],
    ["in a new round", [...inRoundTwo]],
  ])("is possible while the case is %s", async (_phase, facts) => {
    await given(...facts)
      .when(late)
      .thenStatus("withdrawn");
  });

  it("waives every due date that is open and keeps those that were met", async () => {
    const view = await given(receive(), assign(), contact(), answer())
      .when(late)
      .then("CaseWithdrawn");
    expect(view.deadlines.map(({ id, state }) => [id, state])).toEqual([
      ["reply", "met"],
      ["return-request", "waived"],
      ["internal", "late"],
    ]);
    const early = await given(receive()).when(withdraw()).then("CaseWithdrawn");
    expect(new Set(early.deadlines.map(({ state }) => state))).toEqual(new Set(["waived"]));
  });

  it("nothing falls due any more, and no rate counts the case", async () => {
    const { book } = await bookWith(receive(), assign(), withdraw());
    expect((await book.due()).due).toEqual([]);
    expect((await book.list()).map(({ status, dueOn, lamp }) => [status, dueOn, lamp])).toEqual([
      ["withdrawn", null, null],
    ]);
    const { rates } = await book.rates();
    expect(rates.every(({ denominator, display }) => denominator === 0 && display === "—")).toBe(
      true,
    );
    expect(await book.gaps(caseId)).toEqual([]);
  });

  it("needs a reason and is not dated before the dispatch", async () => {
    await given(receive())
      .when(withdraw({ reason: "" }))
      .thenRefused("INVALID_INPUT");
    await given(receive())
      .when(withdraw({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep");
  });

  it("comes too late after the closing, and happens once", async () => {
    await given(...handled, close())
      .when(late)
      .thenRefused("WRONG_STATE", { status: "closed" });
    await given(receive(), withdraw())
      .when(withdraw())
      .thenRefused("WRONG_STATE", { allowed: ["amend", "retract"] });
  });
});
