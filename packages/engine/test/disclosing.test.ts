/** @module disclosing.test — 公开方式: decided with the reply, decided anew later, and never against the proposer. */
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  caseId,
  close,
  contact,
  disclose,
  dissatisfied,
  feedback,
  given,
  publish,
  receive,
  submitOpinion,
  unpublish,
} from "./given.ts";

const answeredWith = (disclosure?: string, fields: Given = {}) =>
  [
    receive(fields),
    assign(),
    contact(),
    answer({ ...(disclosure !== undefined && { disclosure }) }),
  ] as const;

const publicationOf = (view: { deadlines: readonly { id: string }[] }) =>
  view.deadlines.filter(({ id }) => id === "publication");

describe("deciding anew how far a reply is disclosed 重新确定公开方式", () => {
  it("to publish it after all owes the publication, from the decision on", async () => {
    const view = await given(...answeredWith("withheld"))
      .when(disclose())
      .then("DisclosureDecided");
    expect(view.reply).toMatchObject({
      disclosure: "full",
      disclosureDecisions: [
        { on: "2021-09-01", from: "withheld", disclosure: "full", reason: "定期评估后可以公开" },
      ],
    });
    // twenty working days from Wednesday 1 September 2021; 18 and 26 September are worked, 19 to 21 are off
    expect(publicationOf(view)).toMatchObject([{ dueOn: "2021-09-29", state: "overdue" }]);
    const published = await given(...answeredWith("withheld"), disclose())
      .when(publish({ on: "2021-09-20" }))
      .then("ReplyPublished");
    expect(publicationOf(published)).toMatchObject([{ metOn: "2021-09-20", state: "met" }]);
  });

  it("not to publish it ends the duty, and it leaves the rate of published replies", async () => {
    const not = disclose({ disclosure: "withheld", on: "2021-07-05", reason: "涉及商业秘密" });
    const view = await given(...answeredWith("full"))
      .when(not)
      .then("DisclosureDecided");
    expect(publicationOf(view)).toMatchObject([{ state: "waived" }]);
    const { book } = await bookWith(...answeredWith("full"), not);
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "publication")).toMatchObject({ denominator: 0 });
    await given(...answeredWith("full"), not)
      .when(publish())
      .thenRefused("RULE_REFUSED", "mayBePublished");
  });

  it("from full to a summary changes nothing of the duty", async () => {
    const view = await given(...answeredWith("full"))
      .when(disclose({ disclosure: "summary", on: "2021-07-05" }))
      .then("DisclosureDecided");
    expect(publicationOf(view)).toMatchObject([{ dueOn: "2021-07-28" }]);
  });

  it("what stands in public is taken back first", async () => {
    const published = [...answeredWith("full"), publish()];
    const not = disclose({ disclosure: "on-request" });
    await given(...published)
      .when(not)
      .thenRefused("RULE_REFUSED", "takenBackFirst");
    const view = await given(...published, unpublish())
      .when(not)
      .then("DisclosureDecided");
    expect(publicationOf(view)).toMatchObject([{ state: "waived" }]);
    await given(...published)
      .when(disclose({ disclosure: "summary" }))
      .then("DisclosureDecided");
  });

  it("needs a reason, a reply, another way than now, and a day after the reply", async () => {
    await given(...answeredWith("withheld"))
      .when(disclose({ reason: undefined }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "reason", kind: "missing" }] });
    await given(receive(), assign(), contact())
      .when(disclose())
      .thenRefused("RULE_REFUSED", "replyDelivered");
    await given(...answeredWith("full"))
      .when(disclose())
      .thenRefused("RULE_REFUSED", "disclosureChanges");
    await given(...answeredWith("withheld"))
      .when(disclose({ on: "2021-06-29" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
    await given(receive({ role: "assist" }), assign(), submitOpinion())
      .when(disclose())
      .thenRefused("RULE_REFUSED", "replyDelivered");
  });

  it("is possible after the closing; of an earlier round's reply it owes nothing", async () => {
    const view = await given(...answeredWith("withheld"), feedback(), close())
      .when(disclose())
      .thenStatus("closed");
    expect(publicationOf(view)).toHaveLength(1);
    const round2 = await given(...answeredWith("withheld"), dissatisfied())
      .when(disclose())
      .thenStatus("assigned");
    expect(publicationOf(round2)).toEqual([]);
  });

  it("next warns of a reply that is withheld without a reason", async () => {
    const { book } = await bookWith(...answeredWith("withheld"));
    expect((await book.next(caseId)).warnings).toMatchObject([
      { why: { zh: "答复不予公开，没有写明理由" } },
    ]);
  });
});

describe("a proposer who does not consent 提案人不同意公开", () => {
  const unwilling = { consentToPublish: false };

  it("his reply is not published, whatever was decided", async () => {
    await given(...answeredWith("full", unwilling))
      .when(publish())
      .thenRefused("RULE_REFUSED", {
        rule: "proposerConsents",
        source: { zh: expect.stringContaining("第十一条") },
      });
    await given(...answeredWith("withheld", unwilling))
      .when(disclose())
      .thenRefused("RULE_REFUSED", "proposerConsents");
    await given(...answeredWith("withheld", unwilling))
      .when(disclose({ disclosure: "on-request" }))
      .then("DisclosureDecided");
  });

  it("his reply owes no publication and is in no rate of it; next says what does not fit", async () => {
    const { book } = await bookWith(...answeredWith("full", unwilling));
    expect(publicationOf(await book.show(caseId))).toEqual([]);
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "publication")).toMatchObject({ denominator: 0 });
    const { allowed, warnings } = await book.next(caseId);
    expect(allowed.map(({ command }) => command)).not.toContain("publish");
    expect(warnings).toMatchObject([{ why: { zh: "答复定为公开，而提案人不同意公开" } }]);
  });

  it("who was not asked is no obstacle", () =>
    given(...answeredWith("full"))
      .when(publish())
      .then("ReplyPublished"));
});
