/** @module promises.test — what a rulebook demands of promises, how they change, and what they owe the proposer. */
import type { Rulebook } from "@wuding/engine";
import { annualText } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookUnder,
  bookWith,
  by,
  caseId,
  changeCommitment,
  close,
  commit,
  contact,
  dissatisfied,
  fulfil,
  given,
  givenUnder,
  handled,
  newBook,
  receive,
  replyAgain,
  reportStatus,
  take,
  verify,
} from "./given.ts";
import { deputys, isSound, national, ofDeputy, receiveDeputys } from "./given-adoption.ts";

const law = {
  source: {
    title: { zh: "《某市办法》", en: "City method" },
    article: { zh: "第十条", en: "art. 10" },
  },
  confidence: "law",
} as const;
const demanding = (value: Partial<Rulebook["promises"][number]["value"]>): Rulebook => ({
  ...national,
  id: "demanding",
  promises: [
    { value: { withResult: false, evidence: false, secondReply: false, ...value }, ...law },
  ],
});
const contacted = [receive(), assign(), contact()] as const;
const promised = [...handled, commit({ on: "2021-07-06" })] as const;
const lasting = commit({ on: "2021-07-06", due: undefined, longTerm: true, leader: "分管副局长" });

describe("a promise with its reply 随答复列明承诺", () => {
  const withResult = demanding({ withResult: true });

  it("is demanded by the letters that owe one", async () => {
    await givenUnder(withResult, ...contacted)
      .when(answer({ result: "B" }))
      .thenRefused("RULE_REFUSED", { rule: "promiseMade", source: { zh: "《某市办法》第十条" } });
    await givenUnder(withResult, ...contacted)
      .when(answer({ result: "A" }))
      .thenStatus("answered");
    await given(...contacted)
      .when(answer({ result: "B" }))
      .thenStatus("answered");
  });

  it("is dated, or marked as long-term, in the reply or before it", async () => {
    for (const commitments of [["上线二百项@2021-11-30"], ["持续推进@长期"]]) {
      await givenUnder(withResult, ...contacted)
        .when(answer({ result: "B", commitments }))
        .then("ReplyDelivered", "CommitmentMade");
    }
    await givenUnder(withResult, ...contacted, commit({ on: "2021-06-01" }))
      .when(answer({ result: "B" }))
      .then("ReplyDelivered");
    await givenUnder(
      withResult,
      ...contacted,
      commit({ on: "2021-06-01" }),
      fulfil({ on: "2021-06-10" }),
    )
      .when(answer({ result: "B" }))
      .thenRefused("RULE_REFUSED", "promiseMade");
  });

  it("that is long-term has a leader and no date that could pass", async () => {
    const view = await given(...handled)
      .when(lasting)
      .then("CommitmentMade");
    expect(view.commitments).toMatchObject([{ longTerm: true, leader: "分管副局长" }]);
    expect(view.deadlines.some(({ id }) => id === "commitment:1")).toBe(false);
  });
});

describe("evidence 佐证材料", () => {
  it("goes with the fulfilment where the rulebook demands it", async () => {
    const book = demanding({ evidence: true });
    await givenUnder(book, ...promised)
      .when(fulfil())
      .thenRefused("RULE_REFUSED", { rule: "evidenceGiven", source: { zh: "《某市办法》第十条" } });
    await givenUnder(book, ...promised)
      .when(fulfil({ evidence: "验收单" }))
      .thenStatus("followUp");
    const { book: open } = await bookUnder(book, ...promised);
    const { allowed } = await open.next("122");
    expect(allowed.map(({ command }) => command)).toContain("fulfil");
  });
});

describe("a changed promise 变更承诺", () => {
  const later = changeCommitment({ due: "2022-06-30", approvedBy: "局长" });

  it("keeps what it was, and has its new date", async () => {
    const view = await given(...promised)
      .when(later)
      .then("CommitmentChanged");
    expect(view.commitments).toMatchObject([
      {
        due: "2022-06-30",
        changes: [{ text: "上线二百项", due: "2021-11-30", approvedBy: "局长", on: "2021-10-08" }],
      },
    ]);
    expect(
      view.deadlines
        .filter(({ id }) => id === "commitment:1")
        .map(({ dueOn, state }) => [dueOn, state]),
    ).toEqual([
      ["2021-11-30", "superseded"],
      ["2022-06-30", "open"],
    ]);
  });

  it("that is put off needs somebody's approval; a nearer date or other words do not", async () => {
    await given(...promised)
      .when(changeCommitment({ due: "2022-06-30" }))
      .thenRefused("RULE_REFUSED", { rule: "postponementApproved", source: { zh: /第二十二条/ } });
    await given(...promised)
      .when(changeCommitment({ due: "2021-10-30" }))
      .thenStatus("followUp");
    await given(...promised)
      .when(changeCommitment({ text: "上线一百五十项" }))
      .thenStatus("followUp");
  });

  it("says what changes, and is not fulfilled yet", async () => {
    await given(...promised)
      .when(changeCommitment())
      .thenRefused("INVALID_INPUT", { problems: [{ field: "text" }] });
    await given(...promised)
      .when(changeCommitment({ due: "2021-11-30" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "text" }] });
    await given(...promised)
      .when(changeCommitment({ due: "2021-10-01" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "due", kind: "tooEarly" }] });
    await given(...promised, fulfil())
      .when(later)
      .thenRefused("RULE_REFUSED", "commitmentUnfulfilled");
    await given(...promised, later)
      .when(changeCommitment({ on: "2021-10-07", text: "其他" }))
      .thenRefused("RULE_REFUSED", "notBeforeChange");
    await given(...promised)
      .when(changeCommitment({ commitment: 2, text: "其他" }))
      .thenRefused("NOT_FOUND");
  });

  it("gives a long-term promise a date", async () => {
    const view = await given(...handled, lasting)
      .when(changeCommitment({ due: "2022-06-30" }))
      .thenStatus("followUp");
    const [promise] = view.commitments;
    expect(promise).toMatchObject({ due: "2022-06-30", changes: [{ text: "上线二百项" }] });
    expect(promise).not.toHaveProperty("longTerm");
  });

  it("counts by the date in force, and the figure says that it was changed", async () => {
    const { book } = await bookWith(
      ...promised,
      changeCommitment({ due: "2021-12-20", approvedBy: "局长" }),
      fulfil({ on: "2021-12-10" }),
    );
    const [passport] = await book.passports({}, "commitment");
    expect(passport).toMatchObject({
      numerator: 1,
      denominator: 1,
      counted: [{ note: { zh: "承诺事项 1 的时限由 2021-11-30 变更为 2021-12-20" } }],
    });
  });

  it("is allowed on a closed case, which takes no new one", async () => {
    await given(...promised, close())
      .when(later)
      .thenStatus("closed");
    await given(...promised, close())
      .when(commit({ on: "2021-08-01" }))
      .thenRefused("WRONG_STATE");
  });
});

describe("the second reply 兑现后再次答复", () => {
  const kept = [
    receiveDeputys(),
    ...[assign(), contact(), answer({ result: "B" }), commit(), fulfil()].map(ofDeputy),
  ];

  it.each([
    ["shandong", "第十八条"],
    ["zhejiang", "第二十条"],
    ["beijing", "第二十六条"],
  ])("is owed in %s by %s, without a date", async (name, article) => {
    const made = await bookUnder(name, ...kept);
    const rulebook = made.book.rules.current.rulebook;
    expect(rulebook.promises[0]?.source.article?.zh).toBe(article);
    const view = await made.book.show(deputys);
    expect(view.commitments).toMatchObject([{ secondReplyOwed: true }]);
    expect((await made.book.next(deputys)).promises).toEqual([
      { commitment: 1, text: "上线二百项", dueOn: null, owed: "secondReply", carriedOver: false },
    ]);
    await isSound(made);
  });

  it("is sent once, after the fulfilment, also on a closed case", async () => {
    const view = await givenUnder("shandong", ...kept)
      .when(ofDeputy(replyAgain()))
      .then("FollowUpReplySent");
    expect(view.commitments).toMatchObject([{ repliedOn: "2021-12-05", secondReplyOwed: false }]);
    await givenUnder("shandong", ...kept, ofDeputy(replyAgain()))
      .when(ofDeputy(replyAgain()))
      .thenRefused("RULE_REFUSED", "secondReplyOpen");
    await givenUnder("shandong", ...kept)
      .when(ofDeputy(replyAgain({ on: "2021-11-19" })))
      .thenRefused("RULE_REFUSED", "notBeforePromise");
    await given(...promised, close(), fulfil())
      .when(replyAgain())
      .thenStatus("closed");
  });

  const timed: Rulebook = {
    ...demanding({ secondReply: true }),
    deadlines: [
      ...national.deadlines,
      {
        id: "second-reply",
        deadline: "second-reply",
        appliesTo: {},
        trigger: "commitmentFulfilled",
        amount: 30,
        unit: "calendarDay",
        count: "dayZero",
        rollOver: "none",
        extension: null,
        onMiss: "countAsLate",
        ...law,
        validFrom: "2000-01-01",
        validTo: null,
      },
    ],
  };

  it("has a due date where a rule sets one, which closing does not end", async () => {
    const facts = [...promised, commit({ on: "2021-07-07", text: "第二项" })];
    const view = await givenUnder(timed, ...facts, fulfil({ commitment: 2, on: "2021-07-08" }))
      .when(close({ on: "2021-07-10" }))
      .thenStatus("closed");
    expect(view.deadlines.find(({ id }) => id === "second-reply:2")).toMatchObject({
      dueOn: "2021-08-07",
      state: "overdue",
      rule: "second-reply",
    });
    const after = await givenUnder(timed, ...facts, fulfil({ commitment: 2, on: "2021-07-08" }))
      .when(replyAgain({ commitment: 2, on: "2021-08-01" }))
      .thenStatus("followUp");
    expect(after.deadlines.find(({ id }) => id === "second-reply:2")?.state).toBe("met");
  });

  it("moves with the notice of a new year, and keeps its number", async () => {
    const working: Rulebook = {
      ...timed,
      deadlines: timed.deadlines.map((rule) =>
        rule.id === "second-reply" ? { ...rule, amount: 10, unit: "workingDay" } : rule,
      ),
    };
    const made = await newBook("2026-12-28", undefined, working);
    for (const step of [
      receive({ on: "2026-10-09" }),
      assign({ on: "2026-10-10", due: "2026-11-30" }),
      contact({ on: "2026-10-12" }),
      answer({ on: "2026-11-30", commitments: ["上线二百项@2026-12-30"] }),
      fulfil({ on: "2026-12-25" }),
    ]) {
      await take(made, step);
    }
    const dueOn = async () =>
      (await made.book.show("122")).deadlines.findLast(({ id }) => id === "second-reply:1")?.dueOn;
    expect(await dueOn()).toBe("2027-01-08");
    const newYear = [{ name: "元旦", from: "2027-01-01", to: "2027-01-03" }];
    await made.book.adoptCalendar(
      JSON.stringify({
        format: 1,
        edition: "cn-2027.1",
        notice: "国办发明电〔2026〕9号",
        from: "2027-01-01",
        to: "2027-12-31",
        holidays: newYear,
        makeUpDays: [],
      }),
    );
    expect(await dueOn()).toBe("2027-01-11");
    await isSound(made);
  });

  it("is not owed where no rule says so, though it may be sent", async () => {
    const { book } = await bookWith(...promised, fulfil());
    expect((await book.next("122")).promises).toEqual([]);
    await given(...promised, fulfil())
      .when(replyAgain())
      .thenStatus("followUp");
  });
});

describe("how the promises stand, told every year 年度告知", () => {
  const yearly: Rulebook = {
    ...national,
    id: "yearly",
    deadlines: [
      ...national.deadlines,
      {
        id: "status-report",
        deadline: "status-report",
        appliesTo: {},
        trigger: "fixedDate",
        unit: "date",
        monthDay: "12-31",
        count: "dayZero",
        rollOver: "none",
        extension: null,
        onMiss: "countAsLate",
        ...law,
        validFrom: "2000-01-01",
        validTo: null,
      },
    ],
  };
  const statesOf = (view: { deadlines: readonly { id: string; dueOn: string; state: string }[] }) =>
    view.deadlines
      .filter(({ id }) => id === "status-report")
      .map(({ dueOn, state }) => [dueOn, state]);

  it("falls due with the first promise, and again the year after", async () => {
    const { book } = await bookUnder(yearly, ...handled);
    expect(statesOf(await book.show("122"))).toEqual([]);
    const view = await givenUnder(yearly, ...handled, commit({ on: "2021-07-06" }), close())
      .when(reportStatus())
      .thenStatus("closed");
    expect(statesOf(view)).toEqual([
      ["2021-12-31", "met"],
      ["2022-12-31", "open"],
    ]);
    expect(view.statusSent).toEqual([{ on: "2021-12-20", year: 2021 }]);
  });

  it("is told once a year, of promises that were made", async () => {
    await givenUnder(yearly, ...promised, reportStatus())
      .when(reportStatus({ on: "2021-12-28" }))
      .thenRefused("RULE_REFUSED", "statusNotSent");
    await given(...handled)
      .when(reportStatus())
      .thenRefused("RULE_REFUSED", "promisesMade");
    await given(...promised)
      .when(reportStatus({ year: 2022 }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "year", kind: "outOfRange" }] });
  });

  it("is set once by the several promises of one reply, and stays in a new round", async () => {
    const view = await givenUnder(
      yearly,
      ...contacted,
      answer({ commitments: ["甲@2021-11-30", "乙@2021-12-30"] }),
    )
      .when(dissatisfied())
      .thenStatus("assigned");
    expect(statesOf(view)).toEqual([["2021-12-31", "open"]]);
  });
});

describe("a promise that goes into the next year 跨年结转", () => {
  it("stays due after the year and the closing, and is shown as carried over", async () => {
    const made = await bookWith(...promised, close());
    made.clock.set("2022-01-10T04:00:00.000Z");
    const { due } = await made.book.due({ today: "2022-01-10" });
    expect(due).toMatchObject([{ case: caseId, deadline: "commitment:1" }]);
    const view = await made.book.show("122", { today: "2022-01-10" });
    expect(view.commitments).toMatchObject([{ carriedOver: true }]);
    const { promises } = await made.book.next("122", { today: "2022-01-10" });
    expect(promises).toMatchObject([
      { owed: "fulfilment", dueOn: "2021-11-30", carriedOver: true },
    ]);
    expect((await made.book.show("122", { asOf: "2021-12-31" })).commitments).toMatchObject([
      { carriedOver: false },
    ]);
  });

  it("is verified by another person, whatever became of the case", async () => {
    const { book } = await bookWith(...promised, close(), fulfil(), by("督查员", verify()));
    const report = await book.annual(2021);
    expect(annualText(report, "zh")).toContain("对账销号1项");
  });
});
