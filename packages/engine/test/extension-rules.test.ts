/** @module extension-rules.test — 延期: who may consent, how often, who is told, and a consent that is taken back. */
import type { CaseView, Rulebook } from "@wuding/engine";
import { shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  bookWith,
  caseId,
  close,
  contact,
  extend,
  given,
  givenUnder,
  handled,
  receive,
  redispatch,
  submitOpinion,
  take,
  withdrawExtension,
} from "./given.ts";

const national = await shippedRulebook("national");

type Extension = NonNullable<Rulebook["deadlines"][number]["extension"]>;

/** The national rulebook with more said about extensions of proposals' replies. */
const saying = (id: string, more: Partial<Extension>): Rulebook => ({
  ...national,
  id,
  deadlines: national.deadlines.map((rule) =>
    rule.id === "cppcc-reply" && rule.extension !== null
      ? { ...rule, extension: { ...rule.extension, ...more } }
      : rule,
  ),
});

const byMonths = (months: number, fields: Given = {}): Given =>
  extend({ due: undefined, months, ...fields });
const replies = (view: CaseView) =>
  view.deadlines.filter(({ id }) => id === "reply").map(({ dueOn, state }) => [dueOn, state]);

describe("who may consent 批准单位", () => {
  const named = saying("named", { approvers: ["区政协提案委", "dispatcher"] });

  it("one of the bodies that the rule names; `dispatcher` is the one that dispatched the case", async () => {
    const fromOffice = receive({ dispatchedBy: "区政府办公室" });
    await givenUnder(named, fromOffice).when(extend()).then("DeadlineExtended");
    await givenUnder(named, fromOffice)
      .when(extend({ approvedBy: "区政府办公室" }))
      .then("DeadlineExtended");
    await givenUnder(named, fromOffice)
      .when(extend({ approvedBy: "本局局长" }))
      .thenRefused("RULE_REFUSED", {
        rule: "approvedByRightBody",
        why: { zh: "延期须经区政协提案委、区政府办公室同意，本局局长无权批准" },
        source: { zh: expect.stringContaining("《代表法》") },
      });
  });

  it("the body that redispatched it dispatched it too", () =>
    givenUnder(
      named,
      receive({ dispatchedBy: "区政府办公室" }),
      redispatch({ role: "lead", by: "市政府督查室" }),
    )
      .when(extend({ approvedBy: "市政府督查室" }))
      .then("DeadlineExtended"));

  it("where nobody wrote down who dispatched it, that cannot be told", () =>
    givenUnder(named, receive())
      .when(extend({ approvedBy: "本局局长" }))
      .then("DeadlineExtended"));

  it.each(["shandong", "beijing", "zhejiang"])(
    "%s: the dispatching body, and the refusal names the article",
    async (name) => {
      const deputys = receive({
        kind: "npc",
        session: "18-4",
        number: "9",
        dispatchedBy: "人大常委会代表工委",
      });
      const step = (approvedBy: string) =>
        givenUnder(name, deputys).when(extend({ case: "npc/18-4/9", approvedBy }));
      await step("人大常委会代表工委").then("DeadlineExtended");
      await step("本局").thenRefused("RULE_REFUSED", {
        rule: "approvedByRightBody",
        source: { zh: expect.stringMatching(/第.+条/) },
      });
    },
  );

  it("next offers an extension as one that the right body may grant", async () => {
    const { book } = await bookUnder(named, receive({ dispatchedBy: "区政府办公室" }));
    const { allowed } = await book.next(caseId, { today: "2021-06-01" });
    expect(allowed.map(({ command }) => command)).toContain("extend");
  });
});

describe("how often 延期次数", () => {
  const once = saying("once", { times: 1 });

  it("no oftener than the rule says, inside its bound", async () => {
    await givenUnder(once, receive(), byMonths(1))
      .when(byMonths(1, { on: "2021-07-28" }))
      .thenRefused("RULE_REFUSED", {
        rule: "withinTimes",
        why: { zh: "该时限最多延期 1 次，次数已经用完" },
      });
  });

  it("one that was taken back does not count", () =>
    givenUnder(once, receive(), byMonths(1), withdrawExtension())
      .when(byMonths(2, { on: "2021-06-29" }))
      .then("DeadlineExtended"));

  it("a term that began anew may be put off anew", () =>
    givenUnder(once, receive(), byMonths(1), redispatch({ role: "lead", on: "2021-06-28" }))
      .when(byMonths(1, { on: "2021-07-28" }))
      .then("DeadlineExtended"));
});

describe("the proposer is told 书面告知", () => {
  const telling = saying("telling", { needsWrittenNoticeToProposer: true });

  it("where the rule wants it in writing, with the day", async () => {
    await givenUnder(telling, receive()).when(extend()).thenRefused("RULE_REFUSED", "proposerTold");
    const view = await givenUnder(telling, receive())
      .when(extend({ proposerToldOn: "2021-06-26" }))
      .then("DeadlineExtended");
    expect(view.extensions).toMatchObject([{ proposerToldOn: "2021-06-26", stands: true }]);
  });

  it("a day to come is no day on which somebody was told", () =>
    givenUnder(telling, receive())
      .when(extend({ proposerToldOn: "2022-01-01" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "proposerToldOn", kind: "future" }] }));
});

describe("a consent that is taken back 撤回延期", () => {
  it("what was due before is due again, and the history keeps both", async () => {
    const made = await bookWith(receive(), extend());
    await take(made, withdrawExtension());
    const view = await made.book.show(caseId, { today: "2021-06-28" });
    expect(replies(view)).toEqual([
      ["2021-07-02", "superseded"],
      ["2021-09-30", "superseded"],
      ["2021-07-02", "open"],
    ]);
    expect(view.extensions).toMatchObject([
      {
        from: "2021-07-02",
        to: "2021-09-30",
        stands: false,
        withdrawn: { on: "2021-06-28", by: "区政协提案委", reason: "会商已经完成" },
      },
    ]);
    expect((await made.book.history(caseId)).at(-1)).toMatchObject({
      type: "ExtensionWithdrawn",
      data: { deadline: "reply", from: "2021-09-30", deadlines: [{ dueOn: "2021-07-02" }] },
    });
    expect(await made.book.explain(caseId, "reply")).toMatchObject([
      { dueOn: "2021-07-02", decidedBy: "rule", agrees: true },
    ]);
  });

  it("of two, the last; then the first", async () => {
    const twice = [receive(), byMonths(1), byMonths(1, { on: "2021-07-28" })];
    const one = await given(...twice)
      .when(withdrawExtension({ on: "2021-07-29" }))
      .then("ExtensionWithdrawn");
    expect(replies(one).at(-1)).toEqual(["2021-08-02", "overdue"]);
    const none = await given(...twice, withdrawExtension({ on: "2021-07-29" }))
      .when(withdrawExtension({ on: "2021-07-30" }))
      .then("ExtensionWithdrawn");
    expect(replies(none).at(-1)).toEqual(["2021-07-02", "overdue"]);
    await given(
      ...twice,
      withdrawExtension({ on: "2021-07-29" }),
      withdrawExtension({ on: "2021-07-30" }),
    )
      .when(withdrawExtension({ on: "2021-07-31" }))
      .thenRefused("RULE_REFUSED", "extensionStands");
  });

  it("not without an extension, nor before it was granted", async () => {
    await given(receive()).when(withdrawExtension()).thenRefused("RULE_REFUSED", "extensionStands");
    await given(receive(), extend())
      .when(withdrawExtension({ on: "2021-06-24" }))
      .thenRefused("RULE_REFUSED", "notBeforeExtension");
  });

  it("not after the round is answered, the opinion handed over or the case closed", async () => {
    const answered = [receive(), extend(), assign(), contact(), answer()];
    await given(...answered)
      .when(withdrawExtension({ on: "2021-07-01" }))
      .thenRefused("RULE_REFUSED", "roundOpen");
    await given(receive({ role: "assist" }), assign(), submitOpinion())
      .when(withdrawExtension({ on: "2021-07-01" }))
      .thenRefused("RULE_REFUSED", "roundOpen");
    await given(...handled, close())
      .when(withdrawExtension({ on: "2021-07-12" }))
      .thenRefused("RULE_REFUSED", "roundOpen");
  });

  it("an answer after the restored date is late", async () => {
    const { book } = await bookWith(
      receive(),
      extend(),
      withdrawExtension(),
      assign(),
      contact(),
      answer({ on: "2021-07-05" }),
    );
    const { rates } = await book.rates();
    expect(rates.find(({ id }) => id === "on-time")).toMatchObject({ numerator: 0 });
  });
});

describe("with a correction in between 更正与撤回", () => {
  const corrected: Given = {
    command: "amend",
    case: caseId,
    fields: { dispatchedOn: "2021-04-01" },
    reason: "交办日期录入有误",
    on: "2021-06-26",
  };

  it("what is due again counts from the corrected dispatch, whichever came first", async () => {
    for (const steps of [
      [extend(), corrected, withdrawExtension()],
      [corrected, extend(), withdrawExtension()],
      [extend(), withdrawExtension(), { ...corrected, on: "2021-06-29" }],
    ]) {
      const { book } = await bookWith(receive(), ...steps);
      const { deadlines } = await book.show(caseId);
      expect(deadlines.findLast(({ id }) => id === "reply")).toMatchObject({ dueOn: "2021-07-01" });
      expect(await book.replay(caseId)).toMatchObject({ firstFault: null });
    }
  });
});
