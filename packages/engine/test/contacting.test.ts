/** @module contacting.test — talking with the proposer. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  caseId,
  close,
  contact,
  feedback,
  given,
  handled,
  inRoundTwo,
  receive,
  refusalOf,
  take,
  typesOf,
  waiveContact,
  withdraw,
} from "./given.ts";

const other = "cppcc/15-5/123";
const third = "cppcc/15-5/124";

describe("contacting the proposer 沟通", () => {
  it.each(["phone", "visit", "meeting", "symposium", "site-visit", "letter", "online"])(
    "by %s is a contact",
    async (mode) => {
      const facts = [receive(), assign()];
      const view = await given(...facts)
        .when(contact({ mode }))
        .then("ContactRecorded");
      expect(view).toMatchObject({ status: "contacted", contacts: [{ mode, round: 1 }] });
    },
  );

  it("says who took part: by role, by the proposer's own name, or as somebody else", async () => {
    const participants = ["赵局长:leader", "李楠", "路人", { name: "周教授", role: "expert" }];
    const view = await given(receive(), assign())
      .when(contact({ participants, phase: "before", summary: "了解意图\n另约时间" }))
      .then("ContactRecorded");
    expect(view.contacts).toEqual([
      {
        on: "2021-04-15",
        round: 1,
        mode: "visit",
        phase: "before",
        participants: [
          { name: "赵局长", role: "leader" },
          { name: "李楠", role: "proposer" },
          { name: "路人", role: "other" },
          { name: "周教授", role: "expert" },
        ],
        summary: "了解意图\n另约时间",
      },
    ]);
  });

  it("may be dated before what is already recorded", () =>
    given(receive(), assign({ on: "2021-04-20" }))
      .when(contact({ on: "2021-04-03" }))
      .thenStatus("contacted"));

  it("may take place after the answer and moves the case nowhere then", async () => {
    const answered = [receive(), assign(), contact(), answer()];
    await given(...answered)
      .when(contact({ on: "2021-07-02", phase: "after" }))
      .thenStatus("answered");
    await given(...handled)
      .when(contact({ on: "2021-07-09" }))
      .thenStatus("followUp");
  });

  it("is not recorded once the case is closed or withdrawn", async () => {
    await given(...handled, close())
      .when(contact())
      .thenRefused("WRONG_STATE", { status: "closed" });
    await given(receive(), withdraw())
      .when(contact())
      .thenRefused("WRONG_STATE", {
        status: "withdrawn",
        allowed: ["amend", "retract"],
      });
  });

  it("an instant counts as its day in Asia/Shanghai", async () => {
    const step = contact({ on: "2021-04-15T23:30-05:00" });
    const view = await given(receive(), assign()).when(step).then("ContactRecorded");
    expect(view.contacts[0]?.on).toBe("2021-04-15T23:30-05:00");
    const { book } = await bookWith(receive(), assign(), step);
    expect((await book.show(caseId, { asOf: "2021-04-15" })).status).toBe("assigned");
    expect((await book.show(caseId, { asOf: "2021-04-16" })).status).toBe("contacted");
  });
});

describe("a joint meeting 集中面商", () => {
  const threeCases = [
    receive(),
    assign(),
    receive({ number: "123", title: "第二件", proposers: ["王兰"] }),
    assign({ case: other }),
    receive({ number: "124", title: "第三件", proposers: ["民进市委会"] }),
    assign({ case: third }),
  ];
  const meeting = contact({ case: undefined, cases: ["122", other, "124"], mode: "symposium" });

  it("is recorded with each of its cases, which know of each other", async () => {
    const { book, store } = await bookWith(...threeCases);
    const size = await store.size();
    expect(await book.executeGiven(meeting)).toMatchObject({
      case: caseId,
      events: ["ContactRecorded"],
      version: 3,
      cases: [
        { case: caseId, version: 3 },
        { case: other, version: 3 },
        { case: third, version: 3 },
      ],
    });
    expect(await store.size()).toBe(size + 3);
    expect((await book.show(other)).contacts).toMatchObject([{ jointWith: [caseId, third] }]);
    expect((await book.audit()).faults.first).toBeNull();
  });

  it("is recorded with all of them or with none", async () => {
    const made = await bookWith(...threeCases, withdraw({ case: third }));
    await refusalOf(made.store, () => take(made, meeting), "WRONG_STATE", { case: third });
    const unknown = contact({ case: undefined, cases: [caseId, "cppcc/15-5/9"] });
    await refusalOf(made.store, () => take(made, unknown), "NOT_FOUND", { name: "cppcc/15-5/9" });
  });

  it("names no case twice, whichever way it is written", async () => {
    const made = await bookWith(...threeCases);
    const twice = contact({ case: undefined, cases: ["122", "15-5/122"] });
    await refusalOf(made.store, () => take(made, twice), "INVALID_INPUT", {
      problems: [{ field: "cases", kind: "malformed" }],
    });
  });

  it("is not made of one case and several at once", async () => {
    const made = await bookWith(...threeCases);
    const both = contact({ case: caseId, cases: [other, third] });
    await refusalOf(made.store, () => take(made, both), "INVALID_INPUT");
  });

  it("cannot expect one version of several cases", async () => {
    const made = await bookWith(...threeCases);
    await refusalOf(made.store, () => take(made, { ...meeting, expect: 2 }), "INVALID_INPUT", {
      problems: [{ field: "expect", kind: "malformed" }],
    });
  });

  it("of one case is an ordinary contact", async () => {
    const { book, store } = await bookWith(...threeCases);
    const answered = await book.executeGiven(contact({ case: undefined, cases: [caseId] }));
    expect(answered).not.toHaveProperty("cases");
    expect((await store.readStream(caseId)).at(-1)?.data).not.toHaveProperty("jointWith");
  });
});

describe("waiving the contact 免予走访", () => {
  it("the proposer may ask not to be visited, before and after the 五定", async () => {
    const early = await given(receive()).when(waiveContact()).then("ContactWaived");
    expect(early).toMatchObject({ status: "received", contactWaived: true });
    await given(receive(), assign()).when(waiveContact()).thenStatus("assigned");
  });

  it("the case may then be answered without a contact", () =>
    given(receive(), assign(), waiveContact()).when(answer()).then("ReplyDelivered"));

  it("asking twice changes nothing", () =>
    given(receive(), assign(), waiveContact())
      .when(waiveContact({ reason: "再次提出" }))
      .thenUnchanged());

  it("comes too late after the answer", () =>
    given(receive(), assign(), contact(), answer())
      .when(waiveContact())
      .thenRefused("WRONG_STATE"));
});

describe("answering before contact 先沟通后答复", () => {
  it("is refused by the rule that demands it, with its source and what to do", () =>
    given(receive(), assign())
      .when(answer())
      .thenRefused("RULE_REFUSED", {
        rule: "contactMade",
        source: { zh: expect.stringContaining("参照《代表法》") },
        repair: { en: expect.stringContaining("contact") },
      }));

  it("a new round wants a new contact before its answer", async () => {
    const again = answer({ on: "2021-07-20" });
    await given(...inRoundTwo)
      .when(again)
      .thenRefused("RULE_REFUSED", "contactMade");
    await given(...inRoundTwo, contact({ on: "2021-07-10" }))
      .when(again)
      .thenStatus("answered");
  });

  it("a contact after the day of the answer was not before it", () =>
    given(receive(), assign(), contact({ on: "2021-07-01" }))
      .when(answer({ on: "2021-06-30" }))
      .thenRefused("RULE_REFUSED", "contactMade"));

  it("a contact on the day of the answer will do", () =>
    given(receive(), assign(), contact({ on: "2021-06-30" }))
      .when(answer())
      .thenStatus("answered"));

  it("a contact of the first round that is written down late is not the new one", () =>
    given(...inRoundTwo, contact({ on: "2021-06-01" }))
      .when(answer({ on: "2021-07-20" }))
      .thenRefused("RULE_REFUSED", "contactMade"));

  it("the waiver of the first round holds in the second", () =>
    given(receive(), assign(), waiveContact(), answer(), feedback({ result: "dissatisfied" }))
      .when(answer({ on: "2021-07-20" }))
      .then("ReplyDelivered"));
});

describe("the record of a contact 沟通记录", () => {
  it("keeps the order in which it was written down", async () => {
    const { store } = await bookWith(receive(), assign(), contact(), contact({ mode: "phone" }));
    expect(await typesOf(store)).toEqual([
      "CaseReceived",
      "CaseAssigned",
      "ContactRecorded",
      "ContactRecorded",
    ]);
  });
});

describe("a contact that the reply may stand on", () => {
  it("is not dated before the dispatch", () =>
    given(receive(), assign())
      .when(contact({ on: "1999-01-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeDispatch"));

  it("has a proposer in it: an expert alone is not the proposer", () =>
    given(receive(), assign(), contact({ participants: ["专家甲:expert"] }))
      .when(answer())
      .thenRefused("RULE_REFUSED", "contactMade"));
});
