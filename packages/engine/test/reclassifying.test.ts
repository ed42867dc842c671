/** @module reclassifying.test — B转A: the result that holds now, and what it changes in figures. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  by,
  close,
  contact,
  dissatisfied,
  feedback,
  given,
  lookBack,
  receive,
  reclassify,
} from "./given.ts";

const planned = [receive(), assign(), contact(), answer({ result: "B" })] as const;
const closed = [...planned, feedback(), close()] as const;

describe("a result that is changed 调整办理结果", () => {
  it.each([
    ["answered", planned],
    ["followUp", [...planned, feedback()]],
    ["closed", closed],
  ] as const)("stays beside the reply, while the case is %s", async (status, facts) => {
    const view = await given(...facts)
      .when(reclassify())
      .then("ResultReclassified");
    expect(view).toMatchObject({
      status,
      reply: { result: "B" },
      result: { result: "A", scheme: "national", on: "2021-12-10" },
      reclassifications: [{ from: "B", result: "A", meaning: "resolved", reason: "已经落实" }],
    });
  });

  it("is changed to another letter of the scheme, on a later day", async () => {
    await given(...planned)
      .when(reclassify({ result: "B" }))
      .thenRefused("RULE_REFUSED", "resultChanges");
    await given(...planned, reclassify())
      .when(reclassify({ on: "2021-12-12" }))
      .thenRefused("RULE_REFUSED", "resultChanges");
    await given(...planned)
      .when(reclassify({ result: "Z" }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "result", allowed: ["A", "B", "C", "D"] }],
      });
    await given(...planned)
      .when(reclassify({ on: "2021-06-29" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
    await given(...planned, reclassify())
      .when(reclassify({ result: "C", on: "2021-12-09" }))
      .thenRefused("RULE_REFUSED", "notBeforeReclassification");
  });

  it("has a reply before it, of a unit that answers", async () => {
    await given(...planned.slice(0, 3))
      .when(reclassify())
      .thenRefused("WRONG_STATE");
    const opinion = { command: "submit-opinion", case: "122", on: "2021-04-28", text: "同意" };
    await given(receive({ role: "assist" }), assign(), opinion)
      .when(reclassify())
      .thenRefused("RULE_REFUSED", "answersProposer");
  });

  it("gives way to the reply of a later round", async () => {
    const view = await given(
      ...planned,
      reclassify({ on: "2021-07-01" }),
      dissatisfied({ on: "2021-07-05" }),
      contact({ on: "2021-07-12" }),
    )
      .when(answer({ on: "2021-07-20", result: "C" }))
      .thenStatus("answered");
    expect(view.result).toMatchObject({ result: "C", on: "2021-07-20" });
  });
});

describe("figures 指标", () => {
  it("count the result that holds now", async () => {
    const before = await bookWith(...closed);
    const after = await bookWith(...closed, reclassify());
    const read = async ({ book }: typeof before) => {
      const { rates, results } = await book.rates();
      const resolved = rates.find(({ id }) => id === "resolved");
      return [
        resolved?.numerator,
        results.filter(({ count }) => count > 0).map(({ code, count }) => [code, count]),
      ];
    };
    expect(await read(before)).toEqual([0, [["B", 1]]]);
    expect(await read(after)).toEqual([1, [["A", 1]]]);
    const gaps = await before.book.gaps("122");
    const missing = gaps.find(({ rate }) => rate === "resolved");
    expect(missing?.repair).toEqual({
      zh: "问题解决后用 reclassify 调整办理结果",
      en: "solve it, then record the changed result with reclassify",
    });
  });
});

describe("a look-back 回头看", () => {
  const others = ["123", "124"].flatMap((number) => [
    receive({ number }),
    ...[assign(), contact(), answer()].map((step) => ({ ...step, case: `cppcc/15-5/${number}` })),
  ]);
  const campaign = (fields = {}) => ({
    command: "look-back",
    cases: ["cppcc/15-5/122", "cppcc/15-5/123", "cppcc/15-5/124"],
    on: "2021-12-15",
    finding: "逐件现场核实",
    standing: "kept",
    campaign: "2021年度B类件回头看",
    ...fields,
  });

  it("is about several cases at once, in one transaction", async () => {
    const { book } = await bookWith(...closed, ...others, campaign());
    expect((await book.show("123")).lookBacks).toMatchObject([
      { standing: "kept", campaign: "2021年度B类件回头看", jointWith: expect.any(Array) },
    ]);
    expect((await book.show("122")).status).toBe("closed");
    const { lookBacks } = await book.annual(2021);
    expect(lookBacks).toEqual({ cases: 3, byStanding: { kept: 3 } });
  });

  it("counts a case once, as it was found last", async () => {
    const { book } = await bookWith(
      ...closed,
      ...others,
      campaign(),
      by("督查员", lookBack({ standing: "behind", on: "2021-12-20" })),
    );
    const { lookBacks } = await book.annual(2021);
    expect(lookBacks).toEqual({ cases: 3, byStanding: { kept: 2, behind: 1 } });
  });

  it("looks at what was answered", async () => {
    await given(...planned.slice(0, 3))
      .when(lookBack())
      .thenRefused("WRONG_STATE");
    await given(...planned)
      .when(lookBack({ on: "2021-06-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeReply");
  });
});
