/** @module commitments.test — what was promised, until somebody else has seen that it is so. */
import { describe, expect, it } from "vitest";
import {
  assign,
  bookWith,
  by,
  caseId,
  close,
  commit,
  contact,
  fulfil,
  given,
  handled,
  receive,
  verify,
  withdraw,
} from "./given.ts";

const promised = [...handled, commit({ on: "2021-07-06" })];
const checker = "核验人乙";

describe("promises 承诺", () => {
  it("are numbered within their case and have a date", async () => {
    const facts = [...promised];
    const step = commit({
      on: "2021-07-07",
      text: "第二项",
      due: "2022-06-30",
      person: "经办人甲",
    });
    const view = await given(...facts)
      .when(step)
      .then("CommitmentMade");
    expect(view.commitments).toMatchObject([
      { commitment: 1, text: "上线二百项", due: "2021-11-30", madeOn: "2021-07-06" },
      { commitment: 2, text: "第二项", due: "2022-06-30", person: "经办人甲", verifiedOn: null },
    ]);
  });

  it("may be made from the 五定 on, and not before the dispatch or for a day gone by", async () => {
    await given(receive(), assign())
      .when(commit({ on: "2021-04-07" }))
      .thenStatus("assigned");
    await given(receive()).when(commit()).thenRefused("WRONG_STATE");
    await given(receive(), assign())
      .when(commit({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeDispatch");
    await given(receive(), assign())
      .when(commit({ due: "2021-06-29" }))
      .thenRefused("INVALID_INPUT");
  });

  it("are fulfilled in time on their last day", async () => {
    const view = await given(...promised)
      .when(fulfil({ on: "2021-11-30" }))
      .then("CommitmentFulfilled");
    expect(view.commitments).toMatchObject([
      { fulfilledOn: "2021-11-30", fulfilledBy: "经办人甲" },
    ]);
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "commitment:1", metOn: "2021-11-30", state: "met" }),
    );
  });

  it("are late on the day after", async () => {
    const view = await given(...promised)
      .when(fulfil({ on: "2021-12-01" }))
      .then("CommitmentFulfilled");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "commitment:1", state: "late" }),
    );
  });

  it("keep their evidence", async () => {
    const view = await given(...promised)
      .when(fulfil({ evidence: "公告\n截图" }))
      .thenStatus("followUp");
    expect(view.commitments[0]?.evidence).toBe("公告\n截图");
  });

  it("are fulfilled once, and not before they were made", async () => {
    await given(...promised, fulfil())
      .when(fulfil())
      .thenRefused("RULE_REFUSED", "commitmentUnfulfilled");
    await given(...promised)
      .when(fulfil({ on: "2021-07-05" }))
      .thenRefused("RULE_REFUSED", "notBeforePromise");
  });

  it("that nobody made are not found", async () => {
    const name = `${caseId}#2`;
    await given(...promised)
      .when(fulfil({ commitment: 2 }))
      .thenRefused("NOT_FOUND", {
        what: "commitment",
        name,
      });
    await given(...promised)
      .when(verify({ commitment: 2 }))
      .thenRefused("NOT_FOUND", { name });
    await given(...promised)
      .when(fulfil({ commitment: 0 }))
      .thenRefused("INVALID_INPUT");
  });
});

describe("striking a promise off 销号", () => {
  it("is done by somebody else than who recorded the fulfilment", async () => {
    await given(...promised, fulfil())
      .when(verify())
      .thenRefused("RULE_REFUSED", { rule: "anotherVerifies", repair: { en: /--as/ } });
    const view = await given(...promised, fulfil())
      .when(by(checker, verify()))
      .thenStatus("followUp");
    expect(view.commitments).toMatchObject([{ verifiedOn: "2021-12-01" }]);
  });

  it("follows the fulfilment and is done once", async () => {
    await given(...promised)
      .when(by(checker, verify()))
      .thenRefused("RULE_REFUSED", "commitmentFulfilled");
    await given(...promised, fulfil())
      .when(by(checker, verify({ on: "2021-11-19" })))
      .thenRefused("RULE_REFUSED", "notBeforePromise");
    await given(...promised, fulfil(), by(checker, verify()))
      .when(by("核验人丙", verify()))
      .thenRefused("RULE_REFUSED", "commitmentFulfilled");
  });

  it("is possible after the closing, and moves the case nowhere", async () => {
    await given(...promised, close())
      .when(fulfil())
      .thenStatus("closed");
    await given(...promised, close(), fulfil())
      .when(by(checker, verify()))
      .thenStatus("closed");
  });

  it("a closed case takes no new promises, an ended one keeps none", async () => {
    await given(...handled, close())
      .when(commit({ on: "2021-08-01" }))
      .thenRefused("WRONG_STATE");
    const gone = [receive(), assign(), contact(), commit(), withdraw({ on: "2021-07-01" })];
    await given(...gone)
      .when(fulfil())
      .thenRefused("WRONG_STATE", { status: "withdrawn" });
  });

  it("closing never waits for a promise that is not yet due", async () => {
    const { book } = await bookWith(
      ...handled,
      commit({ on: "2021-07-06", due: "2023-01-01" }),
      close(),
    );
    expect((await book.show(caseId)).status).toBe("closed");
    expect((await book.due()).due).toMatchObject([
      { deadline: "commitment:1", dueOn: "2023-01-01" },
    ]);
  });
});
