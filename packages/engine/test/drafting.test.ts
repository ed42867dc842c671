/** @module drafting.test — 拟稿、核稿、签发: the way of a reply to its signature, as far as a rulebook demands it. */
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  by,
  caseId,
  choosing,
  chosenRule,
  clerk,
  contact,
  dissatisfied,
  draft,
  given,
  givenUnder,
  receive,
  requestReturn,
  review,
  sign,
  submitOpinion,
} from "./given.ts";

const national = await shippedRulebook("national");
const steps = (reviews: number, signature: boolean, checkerDiffers = false) =>
  choosing(national, "replySteps", { reviews, signature, checkerDiffers });
const full = steps(1, true);

const contacted = [receive(), assign(), contact()] as const;
const drafted = [...contacted, draft()] as const;
const signed = [...drafted, review(), sign()] as const;
const returned = review({ decision: "returned", comment: "请补充时限" });
const second = (fields: Given = {}) => draft({ on: "2021-06-18", ...fields });

describe("drafting 拟稿", () => {
  it("numbers the drafts, and keeps the letter with what it means", async () => {
    const view = await given(...drafted)
      .when(second({ result: "B" }))
      .then("DraftSubmitted");
    expect(view.drafts).toMatchObject([
      { draft: 1, round: 1, result: "A", meaning: "resolved", by: clerk, reviews: [] },
      { draft: 2, result: "B", scheme: "national", meaning: "inProgress", signature: null },
    ]);
    expect(view.status).toBe("contacted");
  });

  it("of a file keeps the file", async () => {
    const bytes = new TextEncoder().encode("拟稿");
    const { book, store } = await bookUnder(
      undefined,
      ...contacted,
      draft({ text: undefined, file: { name: "拟稿.docx", bytes } }),
    );
    const [{ file } = {}] = (await book.show(caseId)).drafts;
    expect(await store.readFile(String(file?.sha256))).toEqual(bytes);
  });

  it("takes only letters of the scheme", () =>
    given(...contacted)
      .when(draft({ result: "E" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "result", kind: "notOneOf" }] }));

  it("is for those who answer, while the case is in hand", async () => {
    await given(receive({ role: "assist" }), assign())
      .when(draft())
      .thenRefused("RULE_REFUSED", "answersProposer");
    await given(receive(), assign(), requestReturn())
      .when(draft())
      .thenRefused("RULE_REFUSED", "returnNotPending");
    await given(...contacted)
      .when(draft({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeRound");
    await given(...contacted, answer())
      .when(draft({ on: "2021-07-01" }))
      .thenRefused("WRONG_STATE");
  });
});

describe("reviewing and signing 核稿、签发", () => {
  it("stand with the draft", async () => {
    const view = await givenUnder(full, ...drafted, review())
      .when(sign())
      .then("ReplySigned");
    expect(view.drafts).toMatchObject([
      {
        reviews: [{ on: "2021-06-15", decision: "approved", by: "办公室主任", actor: clerk }],
        signature: { on: "2021-06-20", by: "局长" },
      },
    ]);
  });

  it("need a draft of this round", async () => {
    for (const step of [review(), sign()]) {
      await given(...contacted)
        .when(step)
        .thenRefused("RULE_REFUSED", "draftAtHand");
    }
    await given(...signed, answer(), dissatisfied())
      .when(review({ on: "2021-07-10" }))
      .thenRefused("RULE_REFUSED", "draftAtHand");
  });

  it("a draft that was sent back needs a new one", async () => {
    for (const step of [review({ on: "2021-06-16" }), sign()]) {
      await given(...drafted, returned)
        .when(step)
        .thenRefused("RULE_REFUSED", {
          rule: "draftAtHand",
          why: { zh: "第 1 稿已退回修改", en: "draft 1 was sent back" },
        });
    }
    const view = await given(...drafted, returned, second())
      .when(review({ on: "2021-06-19" }))
      .then("DraftReviewed");
    expect(view.drafts.map(({ reviews }) => reviews.map(({ decision }) => decision))).toEqual([
      ["returned"],
      ["approved"],
    ]);
  });

  it("a signed draft is neither reviewed nor signed again", async () => {
    for (const step of [review({ on: "2021-06-21" }), sign({ on: "2021-06-21" })]) {
      await given(...signed)
        .when(step)
        .thenRefused("RULE_REFUSED", {
          rule: "draftAtHand",
          why: { zh: "第 1 稿已经签发" },
        });
    }
  });

  it("are not dated before the draft", async () => {
    for (const step of [review({ on: "2021-06-09" }), sign({ on: "2021-06-09" })]) {
      await given(...drafted)
        .when(step)
        .thenRefused("RULE_REFUSED", "notBeforeDraft");
    }
  });

  it("nobody checks what he drafted himself, where the rulebook says so", async () => {
    const differing = steps(1, true, true);
    const refused = { rule: "anotherChecks", source: chosenRule };
    // neither in his own name, nor by recording it in another's
    await givenUnder(differing, ...drafted)
      .when(by("办公室主任", review({ by: clerk })))
      .thenRefused("RULE_REFUSED", refused);
    await givenUnder(differing, ...drafted)
      .when(review())
      .thenRefused("RULE_REFUSED", refused);
    const reviewed = [...drafted, by("办公室主任", review())];
    await givenUnder(differing, ...reviewed)
      .when(sign())
      .thenRefused("RULE_REFUSED", refused);
    await givenUnder(differing, ...reviewed)
      .when(by("办公室主任", sign()))
      .then("ReplySigned");
    await given(...drafted)
      .when(review({ by: clerk }))
      .then("DraftReviewed");
  });
});

describe("what a reply needs 答复的前置步骤", () => {
  it("nothing in the national rulebook: drafts may be recorded and bind nothing", async () => {
    await given(...contacted)
      .when(answer())
      .then("ReplyDelivered");
    await given(...drafted, returned)
      .when(answer({ result: "B" }))
      .then("ReplyDelivered");
  });

  it("a draft, as many reviews as the rulebook says, and by as many people", async () => {
    const two = steps(2, false);
    const told = (zh: string) => ({ rule: "draftReviewed", why: { zh }, source: chosenRule });
    await givenUnder(two, ...contacted)
      .when(answer())
      .thenRefused("RULE_REFUSED", told("本轮没有答复拟稿"));
    await givenUnder(two, ...drafted, review(), review({ on: "2021-06-16" }))
      .when(answer())
      .thenRefused("RULE_REFUSED", told("第 1 稿须经 2 人核稿同意，现有 1 人"));
    const both = [...drafted, review(), review({ by: "分管局长" })];
    await givenUnder(two, ...both)
      .when(answer())
      .then("ReplyDelivered");
    // a review that came after the reply was none before it
    await givenUnder(two, ...drafted, review(), review({ by: "分管局长", on: "2021-07-01" }))
      .when(answer())
      .thenRefused("RULE_REFUSED", "draftReviewed");
  });

  it("a signature, after the reviews", async () => {
    await givenUnder(full, ...drafted)
      .when(sign())
      .thenRefused("RULE_REFUSED", "draftReviewed");
    await givenUnder(full, ...drafted, review())
      .when(answer())
      .thenRefused("RULE_REFUSED", { rule: "replySigned", source: chosenRule });
    await givenUnder(full, ...drafted, review(), sign({ on: "2021-07-01" }))
      .when(answer())
      .thenRefused("RULE_REFUSED", "replySigned");
    const view = await givenUnder(full, ...signed)
      .when(answer())
      .then("ReplyDelivered");
    expect(view.reply?.signedBy).toBe("局长");
  });

  it("a new draft voids what was said of the one before", async () => {
    await givenUnder(full, ...signed, draft({ on: "2021-06-25" }))
      .when(answer())
      .thenRefused("RULE_REFUSED", {
        rule: "draftReviewed",
        why: { zh: "第 2 稿须经 1 人核稿同意，现有 0 人" },
      });
    await givenUnder(full, ...drafted, returned)
      .when(answer())
      .thenRefused("RULE_REFUSED", { rule: "draftReviewed", why: { zh: "第 1 稿已退回修改" } });
  });

  it("goes out as it was signed: the same letter, the same signature", async () => {
    await givenUnder(full, ...signed)
      .when(answer({ result: "B" }))
      .thenRefused("RULE_REFUSED", {
        rule: "asSigned",
        why: { zh: "第 1 稿的办理结果是 A，答复却是 B" },
      });
    await givenUnder(full, ...signed)
      .when(answer({ signedBy: "副局长" }))
      .thenRefused("RULE_REFUSED", {
        rule: "asSigned",
        why: { zh: "第 1 稿由局长签发，答复却写由副局长签发" },
      });
  });

  it("each round anew", () =>
    givenUnder(full, ...signed, answer(), dissatisfied(), contact({ on: "2021-07-10" }))
      .when(answer({ on: "2021-07-20" }))
      .thenRefused("RULE_REFUSED", "draftReviewed"));

  it("an assisting unit owes its opinion, and no draft", () =>
    givenUnder(full, receive({ role: "assist" }), assign())
      .when(submitOpinion())
      .then("OpinionSubmitted"));

  it("next says what is missing", async () => {
    const ruleOf = async (...more: readonly Given[]) => {
      const { book } = await bookUnder(full, ...contacted, ...more);
      const { allowed, blocked } = await book.next(caseId);
      const names = allowed.map(({ command }) => command);
      return {
        answer: blocked.find(({ command }) => command === "answer")?.rule ?? "allowed",
        steps: names.filter((name) => ["draft", "review", "sign"].includes(name)),
      };
    };
    expect(await ruleOf()).toEqual({ answer: "draftReviewed", steps: ["draft"] });
    expect(await ruleOf(draft())).toEqual({ answer: "draftReviewed", steps: ["draft", "review"] });
    expect(await ruleOf(draft(), review())).toEqual({
      answer: "replySigned",
      steps: ["draft", "review", "sign"],
    });
    expect(await ruleOf(draft(), review(), sign())).toEqual({
      answer: "allowed",
      steps: ["draft"],
    });
  });
});
