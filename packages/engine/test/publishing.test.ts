/** @module publishing.test — 主动公开: the reply in public, and by when. */
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  caseId,
  close,
  contact,
  dissatisfied,
  feedback,
  given,
  publish,
  receive,
  submitOpinion,
  unpublish,
} from "./given.ts";

const contacted = [receive(), assign(), contact()] as const;
const answeredWith = (disclosure?: string, fields: Given = {}) =>
  [...contacted, answer({ ...(disclosure && { disclosure }), ...fields })] as const;

describe("by when a reply is published 公开时限", () => {
  it.each(["full", "summary"])("one to be disclosed as %s has twenty working days", async (how) => {
    const view = await given(...contacted)
      .when(answer({ disclosure: how }))
      .then("ReplyDelivered");
    // answered on Wednesday 30 June 2021; no holiday falls in July
    expect(view.deadlines.find(({ id }) => id === "publication")).toEqual({
      id: "publication",
      dueOn: "2021-07-28",
      metOn: null,
      state: "overdue",
      provisional: false,
      rule: "publication",
      source: "《中华人民共和国政府信息公开条例》第二十六条",
      round: 1,
    });
  });

  it.each(["on-request", "withheld", undefined])(
    "one to be disclosed as %s has none",
    async (how) => {
      const { book } = await bookWith(...answeredWith(how));
      const { deadlines } = await book.show(caseId);
      expect(deadlines.map(({ id }) => id)).not.toContain("publication");
    },
  );

  it("counts working days over the holiday and its make-up days", async () => {
    const { book } = await bookWith(...answeredWith("full", { on: "2021-09-24" }));
    const { deadlines } = await book.show(caseId);
    // Sunday 26 September and Saturday 9 October are worked, 1 to 7 October is off
    expect(deadlines.find(({ id }) => id === "publication")?.dueOn).toBe("2021-10-27");
  });

  it("is a duty of the ledger and of the list of due dates", async () => {
    const { book } = await bookWith(...answeredWith("full"));
    expect(await book.list({ today: "2021-07-20" })).toMatchObject([
      { dueOn: "2021-07-28", lamp: "green" },
    ]);
    expect(await book.list({ today: "2021-07-29" })).toMatchObject([{ lamp: "red" }]);
    expect((await book.due({ today: "2021-07-28" })).due).toMatchObject([
      { deadline: "publication", workingDaysLeft: 0, lamp: "yellow" },
    ]);
  });
});

describe("publishing 公开答复", () => {
  it("meets the due date and keeps where it stands", async () => {
    const place = { indexNumber: "370000-2021-0122", url: "https://example.invalid/122" };
    const view = await given(...answeredWith("full"))
      .when(publish({ ...place, note: "首页公开" }))
      .then("ReplyPublished");
    expect(view).toMatchObject({ status: "answered" });
    expect(view.publication).toEqual({
      catalogue: "政协提案办理结果",
      ...place,
      on: "2021-07-08",
    });
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "publication", metOn: "2021-07-08", state: "met" }),
    );
  });

  it("after the due date is late", async () => {
    const view = await given(...answeredWith("full"))
      .when(publish({ on: "2021-07-29" }))
      .then("ReplyPublished");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "publication", metOn: "2021-07-29", state: "late" }),
    );
  });

  it.each(["on-request", "withheld", undefined])("is not for a reply disclosed as %s", (how) =>
    given(...answeredWith(how))
      .when(publish())
      .thenRefused("RULE_REFUSED", "mayBePublished"),
  );

  it("comes after the reply, once, and needs one", async () => {
    await given(...answeredWith("full"))
      .when(publish({ on: "2021-06-29" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
    await given(...answeredWith("full"), publish())
      .when(publish({ on: "2021-07-09" }))
      .thenRefused("RULE_REFUSED", "notPublished");
    await given(...contacted)
      .when(publish())
      .thenRefused("RULE_REFUSED", "replyDelivered");
    await given(receive()).when(publish()).thenRefused("WRONG_STATE");
  });

  it("may follow the closing; closing does not wait for it", async () => {
    const closed = [...answeredWith("full"), feedback(), close()];
    const view = await given(...closed)
      .when(publish({ on: "2021-07-15" }))
      .thenStatus("closed");
    expect(view.publication).toMatchObject({ on: "2021-07-15" });
  });

  it("while a new round runs, the reply that was given may be published", async () => {
    const view = await given(...answeredWith("full"), dissatisfied())
      .when(publish())
      .thenStatus("assigned");
    expect(view.publication).not.toBeNull();
    // the duty was that round's and fell away with it
    expect(view.deadlines.find(({ id }) => id === "publication")?.state).toBe("superseded");
  });

  it("is not an assisting unit's to do", () =>
    given(receive({ role: "assist" }), assign(), submitOpinion())
      .when(publish())
      .thenRefused("RULE_REFUSED", "replyDelivered"));
});

describe("withdrawing a publication 撤回公开", () => {
  const published = [...answeredWith("full"), publish()];

  it("takes it out of public, with a reason", async () => {
    const view = await given(...published)
      .when(unpublish())
      .then("PublicationWithdrawn");
    expect(view.publication).toBeNull();
    await given(...published)
      .when(unpublish({ reason: undefined }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "reason", kind: "missing" }] });
  });

  it("is for what is published, and not before it was", async () => {
    await given(...answeredWith("full"))
      .when(unpublish())
      .thenRefused("RULE_REFUSED", "isPublished");
    await given(...published)
      .when(unpublish({ on: "2021-07-07" }))
      .thenRefused("RULE_REFUSED", "notBeforePublication");
  });

  it("leaves the way open to publish it anew", async () => {
    const view = await given(...published, unpublish())
      .when(publish({ on: "2021-07-14", catalogue: "更正后" }))
      .then("ReplyPublished");
    expect(view.publication).toEqual({ catalogue: "更正后", on: "2021-07-14" });
  });
});

describe("the share that is public 公开率", () => {
  it("is over the replies that may be", async () => {
    const { book } = await bookWith(...answeredWith("full"));
    const rateOf = async () => (await book.rates()).rates.find(({ id }) => id === "publication");
    expect(await rateOf()).toMatchObject({ numerator: 0, denominator: 1, missing: [caseId] });
    await book.executeGiven(publish());
    expect(await rateOf()).toMatchObject({ numerator: 1, denominator: 1, missing: [] });
    await book.executeGiven(unpublish());
    expect(await rateOf()).toMatchObject({ numerator: 0, denominator: 1, missing: [caseId] });
  });

  it("is over nothing where no reply may be", async () => {
    const { book } = await bookWith(...answeredWith("withheld"));
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "publication")).toMatchObject({
      denominator: 0,
      value: null,
      display: "—",
    });
  });
});

describe("publication and rounds 公开与轮次", () => {
  const roundTwo = [
    ...answeredWith("full"),
    publish({ on: "2021-07-01" }),
    dissatisfied(),
    contact({ on: "2021-07-12" }),
    answer({ on: "2021-07-20", disclosure: "full" }),
  ] as const;

  it("the reply of a second round is not the one that stands in public", async () => {
    const { book } = await bookWith(...roundTwo);
    const view = await book.show(caseId);
    expect(view.publication).toBeNull();
    const due = view.deadlines.filter(({ id }) => id === "publication");
    expect(due.map(({ round, metOn }) => [round, metOn])).toEqual([
      [1, "2021-07-01"],
      [2, null],
    ]);
  });

  it("and is published in its turn", async () => {
    const view = await given(...roundTwo)
      .when(publish({ on: "2021-07-22" }))
      .then("ReplyPublished");
    expect(view.deadlines.at(-1)).toMatchObject({ id: "publication", round: 2, state: "met" });
  });

  it("a withdrawal leaves the duty to be met again, and not before its own day", async () => {
    const withdrawn = [
      ...answeredWith("full"),
      publish({ on: "2021-07-01" }),
      unpublish({ on: "2021-07-05" }),
    ] as const;
    const { book } = await bookWith(...withdrawn);
    const { deadlines } = await book.show(caseId);
    expect(deadlines.find(({ id }) => id === "publication")).toMatchObject({ metOn: null });
    await given(...withdrawn)
      .when(publish({ on: "2021-07-02" }))
      .thenRefused("RULE_REFUSED", "notBeforePublication");
  });
});
