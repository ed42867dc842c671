/** @module extending.test — 延期: how an answer's due date is put off, and how far. */
import type { Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  amend,
  answer,
  assign,
  bookUnder,
  bookWith,
  caseId,
  contact,
  extend,
  given,
  givenUnder,
  inRoundTwo,
  receive,
  submitOpinion,
  waiveContact,
} from "./given.ts";

const deputys = "npc/18-4/9";
const ofDeputy = (step: Given): Given => ({ ...step, case: deputys });
const receiveDeputys = (fields: Given = {}): Given =>
  receive({ kind: "npc", session: "18-4", number: "9", ...fields });

const byMonths = (months: number, fields: Given = {}): Given =>
  extend({ due: undefined, months, ...fields });

describe("a due date put off 延期", () => {
  it("by a date: the new one stands, the old one is superseded", async () => {
    const view = await given(receive()).when(extend()).then("DeadlineExtended");
    expect(view).toMatchObject({ status: "received", round: 1 });
    expect(view.deadlines.filter(({ id }) => id === "reply")).toEqual([
      expect.objectContaining({ dueOn: "2021-07-02", state: "superseded", metOn: null }),
      expect.objectContaining({
        dueOn: "2021-09-30",
        state: "overdue",
        metOn: null,
        provisional: false,
        rule: "cppcc-reply",
        extended: { from: "2021-07-02", approvedBy: "区政协提案委" },
      }),
    ]);
  });

  it.each([
    [1, "2021-08-02", "a Monday"],
    [2, "2021-09-02", "a Thursday"],
    [3, "2021-10-08", "2 October is in the holiday"],
  ])("by %i months: due on %s, %s", async (months, dueOn) => {
    const view = await given(receive()).when(byMonths(months)).then("DeadlineExtended");
    expect(view.deadlines.at(-1)).toMatchObject({ id: "reply", dueOn });
  });

  it.each([999_999, Number.MAX_SAFE_INTEGER])(
    "by %i months, past the last date there is: bad input",
    async (months) => {
      const problem = { field: "months", kind: "outOfRange", value: String(months) };
      await given(receive())
        .when(byMonths(months))
        .thenRefused("INVALID_INPUT", { problems: [expect.objectContaining(problem)] });
      await given(receive(), extend())
        .when(amend({ months }, { event: 2 }))
        .thenRefused("INVALID_INPUT", {
          problems: [expect.objectContaining({ ...problem, field: "fields.months" })],
        });
    },
  );

  it("is recorded with who asked, who consented, why, and how far it might have gone", async () => {
    const { book } = await bookWith(receive(), extend({ appliedOn: "2021-06-20", note: "函复" }));
    expect((await book.history(caseId)).at(-1)).toMatchObject({
      type: "DeadlineExtended",
      from: "received",
      to: "received",
      data: {
        deadline: "reply",
        from: "2021-07-02",
        latest: "2021-10-08",
        approvedBy: "区政协提案委",
        reason: "涉及面广，需多部门会商",
        appliedOn: "2021-06-20",
        deadlines: [{ dueOn: "2021-09-30", countedFrom: "2021-04-02", calendar: null }],
        note: "函复",
      },
    });
  });

  it.each([
    ["received", [receive()]],
    ["assigned", [receive(), assign()]],
    ["contacted", [receive(), assign(), contact()]],
  ] as const)("while the case is %s, and it stays there", async (status, steps) => {
    await given(...steps)
      .when(extend())
      .thenStatus(status);
  });

  it("twice, as long as both together stay within the bound", async () => {
    const twice = [receive(), byMonths(1), byMonths(2, { on: "2021-07-28" })];
    const view = await given(receive(), byMonths(1))
      .when(byMonths(2, { on: "2021-07-28" }))
      .then("DeadlineExtended");
    expect(view.deadlines.map(({ id, dueOn, state }) => [id, dueOn, state])).toEqual([
      ["reply", "2021-07-02", "superseded"],
      ["return-request", "2021-04-19", "waived"],
      ["reply", "2021-08-02", "superseded"],
      ["reply", "2021-10-08", "overdue"],
    ]);
    await given(...twice)
      .when(extend({ due: "2021-10-09", on: "2021-09-01" }))
      .thenRefused("RULE_REFUSED", "withinExtension");
  });
});

describe("what keeps from it", () => {
  it("asked for after the due date; on that day it is still in time", async () => {
    await given(receive())
      .when(extend({ on: "2021-07-02" }))
      .then("DeadlineExtended");
    await given(receive())
      .when(extend({ on: "2021-07-05" }))
      .thenRefused("RULE_REFUSED", "extendedInTime");
  });

  it("what counts is the day it was asked for, where the consent came later", async () => {
    await given(receive())
      .when(extend({ on: "2021-07-05", appliedOn: "2021-07-02" }))
      .then("DeadlineExtended");
    await given(receive())
      .when(extend({ on: "2021-07-09", appliedOn: "2021-07-03" }))
      .thenRefused("RULE_REFUSED", "extendedInTime");
  });

  it("asked for after the consent, or before the round began", async () => {
    await given(receive())
      .when(extend({ appliedOn: "2021-06-26" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "appliedOn", kind: "outOfRange" }] });
    await given(receive())
      .when(extend({ appliedOn: "2021-04-01" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "appliedOn", kind: "tooEarly" }] });
  });

  it("a second one is asked for before the first has run out", () =>
    given(receive(), byMonths(1))
      .when(extend({ on: "2021-08-03" }))
      .thenRefused("RULE_REFUSED", "extendedInTime"));

  it("beyond the bound, which counts from the dispatch", async () => {
    // six months end in the holiday, on 2 October, and roll behind it
    await given(receive())
      .when(extend({ due: "2021-10-08" }))
      .then("DeadlineExtended");
    await given(receive())
      .when(extend({ due: "2021-10-09" }))
      .thenRefused("RULE_REFUSED", { rule: "withinExtension" });
    await given(receive()).when(byMonths(4)).thenRefused("RULE_REFUSED", "withinExtension");
  });

  it.each([
    ["the same", "2021-07-02"],
    ["an earlier", "2021-07-01"],
  ])("%s due date is no extension", (_what, due) =>
    given(receive()).when(extend({ due })).thenRefused("RULE_REFUSED", "extendsFurther"),
  );

  it("neither a date nor months, or both, do not say how far", async () => {
    const problems = [{ field: "due", kind: "malformed" }];
    await given(receive())
      .when(extend({ due: undefined }))
      .thenRefused("INVALID_INPUT", { problems });
    await given(receive())
      .when(extend({ months: 1 }))
      .thenRefused("INVALID_INPUT", { problems });
    await given(receive())
      .when(byMonths(0))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "months" }] });
  });

  it("somebody has consented, for a reason", () =>
    given(receive())
      .when(extend({ approvedBy: undefined, reason: undefined }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "approvedBy" }, { field: "reason" }] }));

  it("a complex case has its six months already", () =>
    given(receive({ isComplex: true }))
      .when(extend())
      .thenRefused("RULE_REFUSED", "mayBeExtended"));

  it("neither an opinion nor a new round's answer may be put off under the national rulebook", async () => {
    await given(receive({ role: "assist" }))
      .when(extend({ on: "2021-04-20", due: "2021-06-01" }))
      .thenRefused("RULE_REFUSED", "mayBeExtended");
    await given(...inRoundTwo)
      .when(extend({ on: "2021-07-20" }))
      .thenRefused("RULE_REFUSED", "mayBeExtended");
    await given(...inRoundTwo)
      .when(extend({ on: "2021-07-04" }))
      .thenRefused("RULE_REFUSED", "notBeforeRound");
  });

  it("an answered case has nothing to put off", async () => {
    await given(receive(), assign(), contact(), answer())
      .when(extend({ on: "2021-07-01" }))
      .thenRefused("WRONG_STATE", { status: "answered" });
    await given(receive({ role: "assist" }), assign(), submitOpinion())
      .when(extend({ on: "2021-04-29" }))
      .thenRefused("WRONG_STATE", { status: "answered" });
  });
});

describe("how far, by locality 各地上限", () => {
  // dispatched on Friday 26 March: 26 June is a Saturday, so the reply is due on Monday the 28th
  const march = [receiveDeputys({ on: "2021-03-26" })];
  const givenPutOff = (rulebook: string, due: string) =>
    givenUnder(rulebook, ...march).when(ofDeputy(extend({ due })));

  it("Shanghai: at most three months more than the due date", async () => {
    await givenPutOff("shanghai", "2021-09-28").then("DeadlineExtended");
    await givenPutOff("shanghai", "2021-09-29").thenRefused("RULE_REFUSED", "withinExtension");
  });

  it("Shanghai: a second extension does not begin a new three months", () =>
    givenUnder("shanghai", ...march, ofDeputy(byMonths(2)))
      .when(ofDeputy(byMonths(2)))
      .thenRefused("RULE_REFUSED", "withinExtension"));

  it.each(["national", "shandong", "beijing"])(
    "%s: six months from the dispatch, which three more months are exactly",
    async (rulebook) => {
      // 26 September is a Sunday that is worked
      await givenPutOff(rulebook, "2021-09-26").then("DeadlineExtended");
      await givenPutOff(rulebook, "2021-09-27").thenRefused("RULE_REFUSED", "withinExtension");
      const view = await givenUnder(rulebook, ...march)
        .when(ofDeputy(byMonths(3)))
        .then("DeadlineExtended");
      expect(view.deadlines.at(-1)).toMatchObject({ id: "reply", dueOn: "2021-09-26" });
      await givenUnder(rulebook, ...march)
        .when(ofDeputy(byMonths(4)))
        .thenRefused("RULE_REFUSED", "withinExtension");
    },
  );

  it("Qingdao: six months from the dispatch, for its own deputies' suggestions", async () => {
    const november = receiveDeputys({ on: "2021-09-30" });
    const until = (due: string) =>
      givenUnder("qingdao", november).when(ofDeputy(extend({ due, on: "2021-12-01" })));
    const view = await until("2022-03-30").then("DeadlineExtended");
    expect(view.deadlines.at(-1)).toMatchObject({ rule: "qingdao-npc-reply" });
    await until("2022-03-31").thenRefused("RULE_REFUSED", "withinExtension");
  });

  it("Chongqing: not at all, and the refusal names the article", () =>
    givenUnder("chongqing", ...march)
      .when(ofDeputy(extend({ due: "2021-07-30" })))
      .thenRefused("RULE_REFUSED", {
        rule: "mayBeExtended",
        source: { zh: "《重庆市人民代表大会代表建议批评和意见工作条例》第二十一条" },
      }));

  it("where a rulebook lets opinions be put off, an assisting unit's is", async () => {
    const national = await shippedRulebook("national");
    const lenient: Rulebook = {
      ...national,
      id: "lenient",
      deadlines: national.deadlines.map((rule) =>
        rule.id === "co-opinion"
          ? {
              ...rule,
              extension: {
                max: { from: "dueDate", amount: 10, unit: "workingDay" },
                approver: null,
                needsWrittenNoticeToProposer: false,
                mustApplyBeforeDue: false,
              },
            }
          : rule,
      ),
    };
    // due on Thursday 6 May: 2 May is in the holiday; Saturday the 8th is worked
    const opinion = (due: string) =>
      givenUnder(lenient, receive({ role: "assist" })).when(extend({ on: "2021-05-10", due }));
    const view = await opinion("2021-05-19").then("DeadlineExtended");
    expect(view.deadlines.at(-1)).toMatchObject({
      id: "co-opinion",
      dueOn: "2021-05-19",
      extended: { from: "2021-05-06" },
    });
    await opinion("2021-05-20").thenRefused("RULE_REFUSED", "withinExtension");
  });
});

describe("what follows from it", () => {
  const steps = [receive(), waiveContact(), extend()];

  it("the list and the due dates show the new date, and only that one", async () => {
    const { book } = await bookWith(...steps);
    const on = { today: "2021-07-05" };
    expect(await book.list(on)).toMatchObject([{ dueOn: "2021-09-30", lamp: "green" }]);
    expect((await book.due(on)).due).toEqual([
      expect.objectContaining({ deadline: "reply", dueOn: "2021-09-30", lamp: "green" }),
    ]);
  });

  it.each([
    ["on the new date", "2021-09-30", 1, "met"],
    ["a day later", "2021-10-01", 0, "late"],
  ] as const)("an answer %s counts by it", async (_when, on, numerator, state) => {
    const { book } = await bookWith(...steps, assign({ due: "2021-09-01" }), answer({ on }));
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "on-time")).toMatchObject({ numerator, denominator: 1 });
    const { deadlines } = await book.show(caseId);
    expect(deadlines.filter(({ id }) => id === "reply").map((due) => due.state)).toEqual([
      "superseded",
      state,
    ]);
  });

  it("a new 五定 does not touch it", async () => {
    const view = await given(...steps)
      .when(assign({ on: "2021-06-28", due: "2021-09-10" }))
      .thenStatus("assigned");
    expect(view.deadlines.findLast(({ id }) => id === "reply")).toMatchObject({
      dueOn: "2021-09-30",
      state: "overdue",
    });
  });

  it("what was extended is seen on the day it was, and not before", async () => {
    const { book } = await bookUnder("national", ...steps);
    const dueAsOf = async (asOf: string) =>
      (await book.due({ asOf })).due.map(({ deadline, dueOn }) => [deadline, dueOn]);
    expect(await dueAsOf("2021-06-24")).toEqual([["reply", "2021-07-02"]]);
    expect(await dueAsOf("2021-06-25")).toEqual([["reply", "2021-09-30"]]);
  });
});
