/** @module delivering.test — 送达: a reply reaches the proposers, each or the first one, as the rulebook says. */
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given, Step } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  bookWith,
  caseId,
  choosing,
  chosenRule,
  close,
  contact,
  deliver,
  dissatisfied,
  expireFeedback,
  feedback,
  given,
  givenUnder,
  publish,
  receive,
  remindFeedback,
} from "./given.ts";

const national = await shippedRulebook("national");
const byLead = choosing(national, "deliveredWhen", "lead");

const joint = { proposers: ["李楠", "王兰", "赵六"], proposerType: "joint" };
const contacted = [receive(joint), assign(), contact()] as const;
const toLead = answer({ deliveredTo: ["李楠"] });
const toTwo = answer({ deliveredTo: ["王兰", "李楠", "李楠"] });
const toThird = deliver({ proposer: "赵六", channel: "邮寄" });

/** A feedback window of ten working days, for proposals too. */
const window = {
  ...national,
  id: "window",
  deadlines: [
    ...national.deadlines,
    ...(await shippedRulebook("henan")).deadlines
      .filter(({ id }) => id === "npc-feedback")
      .map((rule) => ({ ...rule, id: "form", appliesTo: {} })),
  ],
};

describe("whom a reply has reached 送达", () => {
  it("all of them, where nothing else is said", async () => {
    const view = await given(...contacted)
      .when(answer())
      .then("ReplyDelivered");
    expect(view.reply).not.toHaveProperty("deliveredTo");
    expect(view.reply).toMatchObject({ deliveredOn: "2021-06-30" });
    const named = await given(...contacted)
      .when(answer({ deliveredTo: ["李楠", "王兰", "赵六"] }))
      .then("ReplyDelivered");
    expect(named.reply).not.toHaveProperty("deliveredTo");
  });

  it("some of them, by name, and the others are waited for", async () => {
    const view = await given(...contacted)
      .when(toTwo)
      .then("ReplyDelivered");
    expect(view.reply).toMatchObject({ deliveredTo: [1, 2], awaiting: [3], deliveredOn: null });
    expect(view.status).toBe("answered");
  });

  it("nobody whom the case does not have", async () => {
    const allowed = ["李楠", "王兰", "赵六"];
    await given(...contacted)
      .when(answer({ deliveredTo: ["钱七"] }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "deliveredTo", kind: "notOneOf", value: "钱七", allowed }],
      });
    await given(...contacted)
      .when(answer({ deliveredTo: [] }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "deliveredTo", kind: "empty" }] });
    await given(...contacted, toTwo)
      .when(deliver({ proposer: "钱七" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "proposer", kind: "notOneOf" }] });
  });
});

describe("the last delivery 逐人送达", () => {
  it("meets the duty, on its day and not on that of the reply", async () => {
    const view = await given(...contacted, toTwo)
      .when(toThird)
      .then("DeliveryRecorded");
    expect(view.reply).toMatchObject({
      deliveredTo: [1, 2, 3],
      on: "2021-06-30",
      deliveredOn: "2021-07-02",
      deliveries: [{ on: "2021-07-02", proposer: 3, channel: "邮寄" }],
    });
    expect(view.reply).not.toHaveProperty("awaiting");
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", dueOn: "2021-07-02", metOn: "2021-07-02" }),
    );
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "internal", metOn: "2021-07-02", state: "late" }),
    );
  });

  it("a day too late is late, though the reply was signed in time", async () => {
    const rate = async (id: string, ...more: readonly Step[]) => {
      const { book } = await bookWith(...contacted, ...more);
      const { numerator, denominator } = (await book.rates()).rates.find((one) => one.id === id)!;
      return [numerator, denominator];
    };
    const late = deliver({ proposer: "赵六", on: "2021-07-03" });
    expect(await rate("completion", toTwo)).toEqual([0, 1]);
    expect(await rate("completion", toTwo, late)).toEqual([1, 1]);
    expect(await rate("on-time", toTwo, late)).toEqual([0, 1]);
    expect(await rate("on-time", toTwo, toThird)).toEqual([1, 1]);
  });

  it("starts the proposers' time for the form; the time to publish runs from the reply", async () => {
    const open = answer({ deliveredTo: ["李楠", "王兰"], disclosure: "full" });
    const before = await givenUnder(window, ...contacted)
      .when(open)
      .then("ReplyDelivered");
    const dueOf = ({ deadlines }: typeof before) =>
      deadlines
        .filter(({ id }) => id === "feedback" || id === "publication")
        .map(({ id, dueOn }) => [id, dueOn]);
    expect(dueOf(before)).toEqual([["publication", "2021-07-28"]]);
    const after = await givenUnder(window, ...contacted, open)
      .when(toThird)
      .then("DeliveryRecorded");
    expect(dueOf(after)).toEqual([
      ["publication", "2021-07-28"],
      ["feedback", "2021-07-16"],
    ]);
  });

  it("is made once to each, not before the reply, and only once there is one", async () => {
    await given(...contacted, toTwo)
      .when(deliver({ proposer: "李楠" }))
      .thenRefused("RULE_REFUSED", "notReached");
    await given(...contacted, answer())
      .when(toThird)
      .thenRefused("RULE_REFUSED", "notReached");
    await given(...contacted, toTwo)
      .when(deliver({ proposer: "赵六", on: "2021-06-29" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
    await given(...contacted)
      .when(toThird)
      .thenRefused("WRONG_STATE");
  });

  it("what waits for it waits: the closing, the reminder, the form of who has no reply", async () => {
    await given(...contacted, toTwo, feedback())
      .when(close())
      .thenRefused("RULE_REFUSED", {
        rule: "everybodyReached",
        why: { zh: "答复尚未送达：赵六", en: "the reply has not reached 赵六" },
      });
    for (const step of [remindFeedback(), expireFeedback()]) {
      await given(...contacted, toTwo)
        .when(step)
        .thenRefused("RULE_REFUSED", "formOut");
    }
    await given(...contacted, toTwo)
      .when(feedback({ proposer: "赵六" }))
      .thenRefused("RULE_REFUSED", "replyReachedThem");
    await given(...contacted, toTwo, toThird, feedback({ proposer: "赵六" }))
      .when(close())
      .thenStatus("closed");
  });

  it("a new round makes a new reply that reaches them anew", async () => {
    const again = [...contacted, toTwo, dissatisfied(), contact({ on: "2021-07-10" })];
    await given(...again)
      .when(deliver({ proposer: "赵六", on: "2021-07-12" }))
      .thenRefused("WRONG_STATE");
    const view = await given(...again)
      .when(answer({ on: "2021-07-20", deliveredTo: ["李楠"] }))
      .then("ReplyDelivered");
    expect(view.reply).toMatchObject({ round: 2, awaiting: [2, 3] });
  });
});

describe("a reply that has reached the first proposer 送达领衔人", () => {
  it("counts as delivered where the rulebook says so; the others may still be recorded", async () => {
    const view = await givenUnder(byLead, ...contacted)
      .when(toLead)
      .then("ReplyDelivered");
    expect(view.reply).toMatchObject({ deliveredTo: [1], deliveredOn: "2021-06-30" });
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "reply", metOn: "2021-06-30" }),
    );
    await givenUnder(byLead, ...contacted, toLead, feedback(), close())
      .when(deliver({ on: "2021-07-15" }))
      .then("DeliveryRecorded");
    await givenUnder(byLead, ...contacted, toLead)
      .when(feedback({ proposer: "王兰" }))
      .then("FeedbackReceived");
  });

  it("has not been delivered while it has reached only the others", async () => {
    const view = await givenUnder(byLead, ...contacted)
      .when(answer({ deliveredTo: ["王兰", "赵六"] }))
      .then("ReplyDelivered");
    expect(view.reply).toMatchObject({ awaiting: [1], deliveredOn: null });
    await givenUnder(
      byLead,
      ...contacted,
      answer({ deliveredTo: ["王兰"] }),
      feedback({ proposer: "王兰" }),
    )
      .when(close())
      .thenRefused("RULE_REFUSED", { rule: "everybodyReached", source: chosenRule });
  });

  it.each([
    ["shandong", "1 of 3", "第二十条"],
    ["shanghai", "3 of 3", "第二十条"],
    ["zhejiang", "3 of 3", "第二十二条"],
    ["beijing", "3 of 3", undefined],
  ])("%s: a deputies' suggestion of three needs %s", async (name, needed, article) => {
    const npc = { kind: "npc", session: "18-4", number: "9", ...joint };
    const about = (step: Given): Given => ({ ...step, case: "npc/18-4/9" });
    const { book } = await bookUnder(
      name,
      receive(npc),
      about(assign()),
      about(contact()),
      about(answer({ deliveredTo: ["李楠"], result: name === "shanghai" ? "1" : "A" })),
    );
    const { reply } = await book.show("npc/18-4/9");
    expect(reply?.awaiting ?? []).toEqual(needed === "1 of 3" ? [] : [2, 3]);
    const { source } = book.rules.current.rulebook.deliveredWhen[0] ?? {};
    expect(source?.article?.zh).toBe(article);
  });
});

describe("what next says of it 下一步", () => {
  it("who still has to get it", async () => {
    const { book } = await bookWith(...contacted, toLead);
    const { allowed, blocking } = await book.next(caseId);
    expect(allowed).toContainEqual({ command: "deliver", missing: ["proposer"] });
    expect(blocking).toContainEqual({
      rate: "completion",
      why: { zh: "答复尚未送达：王兰、赵六", en: "the reply has not reached 王兰, 赵六" },
      repair: { zh: "送达后用 deliver 记录", en: "record its delivery with deliver" },
    });
  });

  it("nothing once everybody has it", async () => {
    const { book } = await bookWith(...contacted, answer());
    const { allowed } = await book.next(caseId);
    expect(allowed.map(({ command }) => command)).not.toContain("deliver");
  });

  it("the past is told as it was", async () => {
    const { book } = await bookWith(...contacted, toTwo, toThird);
    const completionOn = async (asOf: string) =>
      (await book.rates({ asOf })).rates.find(({ id }) => id === "completion")?.numerator;
    expect(await completionOn("2021-07-01")).toBe(0);
    expect(await completionOn("2021-07-02")).toBe(1);
  });

  it("a publication does not wait for the last delivery", () =>
    given(...contacted, answer({ deliveredTo: ["李楠"], disclosure: "full" }))
      .when(publish())
      .then("ReplyPublished"));
});
