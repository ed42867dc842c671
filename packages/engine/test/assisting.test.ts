/** @module assisting.test — a co-handling unit hands its opinion to the lead and never answers. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  caseId,
  close,
  contact,
  feedback,
  followUp,
  given,
  receive,
  reopen,
  submitOpinion,
} from "./given.ts";

const assisting = [receive({ role: "assist", leadUnit: "某局" }), assign()];

describe("assisting the lead unit 协办", () => {
  it("the opinion goes to the lead, without a contact before it", async () => {
    const view = await given(...assisting)
      .when(submitOpinion())
      .then("OpinionSubmitted");
    expect(view).toMatchObject({
      status: "answered",
      opinion: { on: "2021-04-28", text: "同意牵头单位意见" },
      reply: null,
    });
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "co-opinion", metOn: "2021-04-28", state: "met" }),
    );
  });

  it("after a contact too", () =>
    given(...assisting, contact())
      .when(submitOpinion())
      .thenStatus("answered"));

  it("a co-handling unit does not answer the proposer", () =>
    given(...assisting, contact())
      .when(answer())
      .thenRefused("RULE_REFUSED", {
        rule: "answersProposer",
        repair: { en: expect.stringContaining("submit-opinion") },
      }));

  it("nor is it rated or followed up", async () => {
    const done = [...assisting, submitOpinion()];
    await given(...done)
      .when(feedback())
      .thenRefused("RULE_REFUSED", "answersProposer");
    await given(...done)
      .when(followUp())
      .thenRefused("RULE_REFUSED", "answersProposer");
  });

  it("the opinion is handed over once, and not before the dispatch", async () => {
    await given(...assisting, submitOpinion())
      .when(submitOpinion({ on: "2021-05-01" }))
      .thenRefused("WRONG_STATE");
    await given(...assisting)
      .when(submitOpinion({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeRound");
  });

  it("the case is closed without a form, and reopened to where it was", async () => {
    const done = [...assisting, submitOpinion()];
    await given(...done)
      .when(close())
      .thenStatus("closed");
    await given(...done)
      .when(close({ on: "2021-04-27" }))
      .thenRefused("RULE_REFUSED", "notBeforeLastStep");
    await given(...done, close())
      .when(reopen())
      .thenStatus("answered");
  });

  it("only the rates over every case count it", async () => {
    const { book } = await bookWith(...assisting, contact(), submitOpinion());
    const counts = (await book.rates()).rates.map(({ id, numerator, denominator }) => [
      id,
      `${numerator}/${denominator}`,
    ]);
    expect(Object.fromEntries(counts)).toMatchObject({
      meeting: "0/0",
      contact: "0/0",
      assignment: "1/1",
      completion: "1/1",
      "on-time": "1/1",
      satisfaction: "0/0",
      resolved: "0/0",
    });
    expect((await book.next(caseId)).blocking).toEqual([]);
  });
});
