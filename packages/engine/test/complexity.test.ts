/** @module complexity.test — 列为复杂件: a longer term for the reply, from a known day and by a known body. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  contact,
  extend,
  given,
  givenUnder,
  inRoundTwo,
  markComplex,
  receive,
} from "./given.ts";

describe("marking a case complex 列为复杂件", () => {
  it("gives the reply the term of complex cases, counted from the same day", async () => {
    const view = await given(receive(), assign()).when(markComplex()).then("CaseMarkedComplex");
    expect(view).toMatchObject({
      status: "assigned",
      isComplex: true,
      complexity: { on: "2021-06-01", by: "区政协提案委", reason: "涉及面广、处理难度大" },
    });
    // six months from 2 April end in the holiday
    expect(view.deadlines.filter(({ id }) => id === "reply")).toMatchObject([
      { dueOn: "2021-07-02", state: "superseded" },
      { dueOn: "2021-10-08", rule: "cppcc-reply-complex" },
    ]);
  });

  it("on the last day of the term at the latest, as the reply's own rule says", async () => {
    await given(receive())
      .when(markComplex({ on: "2021-07-02" }))
      .then("CaseMarkedComplex");
    await given(receive())
      .when(markComplex({ on: "2021-07-03" }))
      .thenRefused("RULE_REFUSED", {
        rule: "complexInTime",
        why: { zh: "答复时限 2021-07-02 届满后，不能再列为复杂件" },
        source: { zh: expect.stringContaining("《代表法》") },
      });
  });

  it("once: a complex case does not become complex", async () => {
    await given(receive({ isComplex: true }))
      .when(markComplex())
      .thenRefused("RULE_REFUSED", "notComplexYet");
    await given(receive(), markComplex())
      .when(markComplex({ on: "2021-06-02" }))
      .thenRefused("RULE_REFUSED", "notComplexYet");
  });

  it("is refused where the rulebook has no longer term: Qingdao, an opinion, a new round", async () => {
    await givenUnder(
      "qingdao",
      receive({ kind: "npc", session: "18-4", number: "9", level: "city", on: "2021-09-30" }),
    )
      .when(markComplex({ case: "npc/18-4/9", on: "2021-10-20" }))
      .thenRefused("RULE_REFUSED", "complexHasLongerTerm");
    await given(receive({ role: "assist" }))
      .when(markComplex({ on: "2021-04-20" }))
      .thenRefused("RULE_REFUSED", "complexHasLongerTerm");
    await given(...inRoundTwo)
      .when(markComplex({ on: "2021-07-20" }))
      .thenRefused("RULE_REFUSED", "complexHasLongerTerm");
  });

  it("is refused where an extension has given as much already", () =>
    given(receive(), extend({ due: "2021-10-08", on: "2021-06-25" }))
      .when(markComplex({ on: "2021-06-28" }))
      .thenRefused("RULE_REFUSED", "complexHasLongerTerm"));

  it("takes the place of an extension, and the reply is in time by it", async () => {
    const steps = [receive(), extend({ due: "2021-08-20" }), markComplex({ on: "2021-07-20" })];
    const handled = [assign(), contact(), answer({ on: "2021-10-08" })];
    const { book } = await bookWith(...steps, ...handled);
    expect((await book.show("122")).extensions).toMatchObject([{ stands: false, withdrawn: null }]);
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "on-time")).toMatchObject({ numerator: 1 });
  });

  it("the same receipt once more still changes nothing", () =>
    given(receive(), markComplex()).when(receive()).thenUnchanged());
});
