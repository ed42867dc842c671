/** @module contact-demand.test — 沟通要求: what contact a rulebook asks for before the reply. */
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { ContactDemand } from "../src/rulebook/rulebook.ts";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  caseId,
  contact,
  dissatisfied,
  givenUnder,
  receive,
  waiveContact,
} from "./given.ts";

const national = await shippedRulebook("national");

/** The national rulebook, asking for this contact with the proposers of proposals. */
const asking = (value: ContactDemand): Rulebook => ({
  ...national,
  id: "demanding",
  contactBeforeReply: [
    {
      kinds: ["cppcc"],
      value,
      source: { title: { zh: "某区提案办理办法", en: "a district's rules" } },
      confidence: "page",
    },
    ...national.contactBeforeReply,
  ],
});

const assigned = [receive(), assign()] as const;
const visit = (on: string, fields: Given = {}): Given => contact({ on, ...fields });
const phone = (on: string): Given => contact({ on, mode: "phone" });

describe("how often 沟通次数", () => {
  const twice = asking({ required: true, minTimes: 2 });

  it("two are asked for: one is not enough, and the refusal names where it stands", async () => {
    await givenUnder(twice, ...assigned, visit("2021-04-15"))
      .when(answer())
      .thenRefused("RULE_REFUSED", {
        rule: "contactMade",
        source: { zh: "某区提案办理办法", en: "a district's rules" },
      });
    await givenUnder(twice, ...assigned, visit("2021-04-15"), phone("2021-05-20"))
      .when(answer())
      .then("ReplyDelivered");
  });

  it("only those before the reply count, and of this round", async () => {
    await givenUnder(twice, ...assigned, visit("2021-04-15"), visit("2021-07-01"))
      .when(answer())
      .thenRefused("RULE_REFUSED", "contactMade");
    const round2 = [
      ...assigned,
      visit("2021-04-15"),
      visit("2021-05-20"),
      answer(),
      dissatisfied(),
      visit("2021-07-10"),
    ];
    await givenUnder(twice, ...round2)
      .when(answer({ on: "2021-07-20" }))
      .thenRefused("RULE_REFUSED", "contactMade");
    await givenUnder(twice, ...round2, visit("2021-07-12"))
      .when(answer({ on: "2021-07-20" }))
      .then("ReplyDelivered");
  });

  it("only those with the proposer count", async () => {
    const withExpert = visit("2021-05-20", { participants: ["专家:expert"] });
    await givenUnder(twice, ...assigned, visit("2021-04-15"), withExpert)
      .when(answer())
      .thenRefused("RULE_REFUSED", "contactMade");
  });

  it("next says so before it is tried", async () => {
    const { book } = await bookUnder(twice, ...assigned, visit("2021-04-15"));
    const { allowed, blocked } = await book.next(caseId);
    expect(allowed.map(({ command }) => command)).not.toContain("answer");
    expect(blocked).toContainEqual(
      expect.objectContaining({
        command: "answer",
        rule: "contactMade",
        source: { zh: "某区提案办理办法", en: "a district's rules" },
      }),
    );
  });

  it("is not for other kinds", () =>
    givenUnder(
      twice,
      receive({ kind: "npc", session: "18-4", number: "9" }),
      ...[assign(), visit("2021-04-15")].map((step) => ({ ...step, case: "npc/18-4/9" })),
    )
      .when({ ...answer(), case: "npc/18-4/9" })
      .then("ReplyDelivered"));
});

describe("in which phases 沟通阶段", () => {
  const inBoth = asking({ required: true, phases: ["before", "during"] });
  const before = visit("2021-04-15", { phase: "before" });
  const during = visit("2021-05-20", { phase: "during" });

  it("each that is asked for must be there", async () => {
    await givenUnder(inBoth, ...assigned, before)
      .when(answer())
      .thenRefused("RULE_REFUSED", "contactMade");
    await givenUnder(inBoth, ...assigned, before, visit("2021-05-20"))
      .when(answer())
      .thenRefused("RULE_REFUSED", "contactMade");
    await givenUnder(inBoth, ...assigned, before, during)
      .when(answer())
      .then("ReplyDelivered");
  });

  it("together with a number of them", async () => {
    const three = asking({ required: true, minTimes: 3, phases: ["before", "during"] });
    await givenUnder(three, ...assigned, before, during)
      .when(answer())
      .thenRefused("RULE_REFUSED", "contactMade");
    await givenUnder(three, ...assigned, before, during, phone("2021-06-01"))
      .when(answer())
      .then("ReplyDelivered");
  });
});

describe("by which modes 沟通方式", () => {
  const inPerson = asking({ required: true, modes: ["visit", "meeting"], minTimes: 2 });

  it("others do not count", async () => {
    await givenUnder(inPerson, ...assigned, visit("2021-04-15"), phone("2021-05-20"))
      .when(answer())
      .thenRefused("RULE_REFUSED", "contactMade");
    const meeting = contact({ on: "2021-05-25", mode: "meeting" });
    await givenUnder(inPerson, ...assigned, visit("2021-04-15"), phone("2021-05-20"), meeting)
      .when(answer())
      .then("ReplyDelivered");
  });

  it("a proposer who waived it is asked for none", () =>
    givenUnder(inPerson, ...assigned, waiveContact())
      .when(answer())
      .then("ReplyDelivered"));
});

describe("none at all", () => {
  it("where the rulebook asks for none", () =>
    givenUnder(asking({ required: false }), ...assigned)
      .when(answer())
      .then("ReplyDelivered"));
});
