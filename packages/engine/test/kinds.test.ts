/**
 * @module kinds.test — kinds beside proposals: hotline items, bad ratings, problems to rectify and tasks run on
 * the same engine by what their rulebook says, and no rate mixes them.
 */
import type { CommandName, Rulebook } from "@wuding/engine";
import { annualText, appliesToWords, shippedRulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import { definitionKey } from "../src/projections/definitions.ts";
import type { Given, Step } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  by,
  close,
  commit,
  contact,
  feedback,
  five,
  followUp,
  fulfil,
  givenUnder,
  receive,
  submitOpinion,
  verify,
} from "./given.ts";

const chizhou = await shippedRulebook("chizhou");

/** A case of a kind, and commands about it. */
const about = (kind: string, number = 1) => {
  const name = `${kind}/2021/${number}`;
  return {
    name,
    receive: (fields: Given = {}) => receive({ kind, session: "2021", number, ...fields }),
    of: (make: (fields?: Given) => Given, fields: Given = {}) => make({ case: name, ...fields }),
  };
};
const hotline = about("hotline");
const problem = about("rectification");

describe("without the 五定 收到即办", () => {
  it("a hotline item is answered as it came in, and closed without a form", async () => {
    const view = await givenUnder(
      chizhou,
      hotline.receive(),
      hotline.of(answer, { on: "2021-04-07" }),
    )
      .when(hotline.of(close))
      .then("CaseClosed");
    expect(view).toMatchObject({ assignment: null, reply: { result: "A" } });
    expect(view.deadlines.find(({ id }) => id === "reply")).toMatchObject({ metOn: "2021-04-07" });
  });

  it("the caller may be talked to at once, and the item waits for its answer where it is", () =>
    givenUnder(chizhou, hotline.receive())
      .when(hotline.of(contact, { mode: "phone" }))
      .thenStatus("received"));

  it("a contact of before the 五定 counts for a reply that needs one", async () => {
    const demanding: Rulebook = {
      ...chizhou,
      contactBeforeReply: chizhou.contactBeforeReply.map((choice) => ({
        ...choice,
        value: { required: true },
      })),
    };
    const under = (...steps: readonly Step[]) => givenUnder(demanding, ...steps);
    await under(hotline.receive())
      .when(hotline.of(answer))
      .thenRefused("RULE_REFUSED", "contactMade");
    await under(hotline.receive(), hotline.of(contact))
      .when(hotline.of(answer))
      .thenStatus("answered");
  });

  it("the 五定 may be fixed all the same", () =>
    givenUnder(chizhou, hotline.receive(), hotline.of(contact))
      .when(hotline.of(assign))
      .thenStatus("assigned"));

  it.each([
    ["answer", answer, {}],
    ["contact", contact, {}],
    ["submit-opinion", submitOpinion, { role: "assist" }],
  ] as const)("a problem to rectify has them first: no %s before", (_, make, fields) =>
    givenUnder(chizhou, problem.receive(fields))
      .when(problem.of(make))
      .thenRefused("RULE_REFUSED", {
        rule: "mayGoUnassigned",
        why: { zh: "尚未落实五定", en: "the 五定 are not fixed yet" },
        source: expect.objectContaining({ zh: expect.stringContaining("池数资组〔2022〕17号") }),
      }),
  );

  it("says what may be recorded, and what the rulebook keeps back", async () => {
    const { book } = await bookUnder(chizhou, hotline.receive(), problem.receive());
    const allowed = async (name: string): Promise<readonly CommandName[]> =>
      (await book.next(name)).allowed.map(({ command }) => command);
    expect(await allowed(hotline.name)).toEqual(expect.arrayContaining(["contact", "answer"]));
    expect(await allowed(problem.name)).not.toContain("answer");
    const { blocked } = await book.next(problem.name);
    expect(blocked).toContainEqual(
      expect.objectContaining({ command: "answer", rule: "mayGoUnassigned" }),
    );
  });

  it("a new round begins where the first began: with the 五定 or without", async () => {
    const rated = { attitude: "satisfied", result: "dissatisfied" };
    const unassigned = [hotline.receive(), hotline.of(answer)];
    await givenUnder(chizhou, ...unassigned)
      .when(hotline.of(feedback, rated))
      .thenStatus("received");
    await givenUnder(chizhou, ...unassigned, hotline.of(feedback, rated))
      .when(hotline.of(answer, { on: "2021-07-20" }))
      .thenStatus("answered");
    await givenUnder(chizhou, hotline.receive(), hotline.of(assign), hotline.of(answer))
      .when(hotline.of(feedback, rated))
      .thenStatus("assigned");
  });
});

describe("terms by category 按分类定期限", () => {
  it.each([
    ["紧急", "hotline-urgent", "2021-04-02"],
    ["咨询", "hotline-enquiry", "2021-04-08"],
    ["求助", "hotline-enquiry", "2021-04-08"],
    ["投诉", "hotline", "2021-04-22"],
    [undefined, "hotline", "2021-04-22"],
  ])("a hotline item of the category %s", async (category, rule, dueOn) => {
    const item = hotline.receive({ on: "2021-04-02", ...(category && { category }) });
    const view = await givenUnder(chizhou).when(item).then("CaseReceived");
    expect(view.deadlines.find(({ id }) => id === "reply")).toMatchObject({ rule, dueOn });
  });

  it("a letter that is hard has longer", async () => {
    const letter = about("mailbox");
    const dueOn = async (isComplex: boolean) => {
      const view = await givenUnder(chizhou)
        .when(letter.receive({ isComplex }))
        .then("CaseReceived");
      return view.deadlines.find(({ id }) => id === "reply")?.dueOn;
    };
    expect([await dueOn(false), await dueOn(true)]).toEqual(["2021-04-08", "2021-04-19"]);
  });

  it("is printed with the rule", () => {
    const rule = chizhou.deadlines.find(({ id }) => id === "hotline-enquiry");
    expect(appliesToWords(rule?.appliesTo ?? {}, chizhou.kinds).zh).toBe(
      "12345热线交办件；咨询、求助",
    );
  });

  it("a problem has its term, and each measure its person, department, leader and date", async () => {
    const measure = { ...five, leader: "责任领导甲", due: "2021-06-30", on: "2021-04-12" };
    const { task: _task, responsibility: _responsibility, ...owner } = measure;
    const view = await givenUnder(chizhou, problem.receive(), problem.of(assign))
      .when(problem.of(commit, { ...owner, text: "完善制度" }))
      .then("CommitmentMade");
    expect(view.commitments).toMatchObject([
      { department: "规划科", person: "经办人甲", leader: "责任领导甲", due: "2021-06-30" },
    ]);
    expect(view.deadlines.map(({ id, dueOn }) => `${id} ${dueOn}`)).toEqual(
      expect.arrayContaining(["reply 2021-07-02", "commitment:1 2021-06-30"]),
    );
  });
});

/** The figures of a year, by rate and by kind. */
const figures = async (...steps: readonly Step[]) => {
  const made = await bookUnder(chizhou, ...steps);
  const report = await made.book.rates({ scope: { year: 2021 }, by: "kind" });
  const figureOf = (id: string): string => {
    const rate = report.rates.find((one) => one.id === id);
    return `${rate?.numerator}/${rate?.denominator} ${rate?.display}`;
  };
  return { ...made, report, figureOf };
};

describe("rates of kinds and categories 分类指标", () => {
  const named = about("rating", 1);
  const open = about("rating", 2);
  const anonymous = about("rating", 3);
  const ratings = [
    named.receive({ category: "实名" }),
    named.of(answer, { on: "2021-04-12" }),
    named.of(followUp),
    open.receive({ category: "实名" }),
    open.of(answer, { on: "2021-04-12" }),
    anonymous.receive({ category: "匿名" }),
    anonymous.of(answer, { on: "2021-04-12" }),
  ];

  it("of bad ratings only the named ones count, and only when somebody called back", async () => {
    const { book, figureOf } = await figures(...ratings);
    expect(figureOf("rating-rectified")).toBe("1/2 50%");
    const [passport] = await book.passports({}, "rating-rectified");
    expect(passport?.missing).toMatchObject([
      { case: open.name, why: { zh: "办结后尚未回访" }, repair: { zh: "回访后用 follow-up 记录" } },
    ]);
    expect(passport?.outside).toMatchObject([
      { case: anonymous.name, why: { zh: "不属于本指标统计的分类" } },
    ]);
  });

  it("an open one is missing because it is not put right, whoever called", async () => {
    const { book } = await figures(named.receive({ category: "实名" }));
    expect(await book.gaps(named.name)).toMatchObject([
      { rate: "rating-rectified", why: { zh: "尚未答复" } },
    ]);
  });

  it("no kind is counted in another's rate", async () => {
    const { report, book } = await figures(
      ...ratings,
      hotline.receive(),
      hotline.of(answer, { on: "2021-04-06" }),
      receive(),
    );
    const groups = (report.groups ?? []).map(({ key, rates }) => [
      key,
      rates.filter(({ denominator }) => denominator > 0).map(({ id }) => id),
    ]);
    expect(Object.fromEntries(groups)).toEqual({
      rating: ["rating-rectified"],
      hotline: ["hotline-on-time"],
      cppcc: ["meeting", "contact", "assignment", "completion", "on-time"],
    });
    const [passport] = await book.passports({ scope: { kind: "cppcc" } }, "hotline-on-time");
    expect(passport?.outside).toMatchObject([{ why: { zh: "不属于本指标统计的件别" } }]);
  });

  it("a measure is struck off when somebody else has checked it, not when it is done", async () => {
    const task = about("task");
    const done = [
      task.receive(),
      task.of(assign),
      task.of(commit, { on: "2021-04-12", due: "2021-11-30" }),
      task.of(fulfil),
    ];
    expect((await figures(...done)).figureOf("task-verified")).toBe("0/1 0%");
    const checked = await figures(...done, by("核验人甲", task.of(verify)));
    expect(checked.figureOf("task-verified")).toBe("1/1 100%");
    expect(checked.figureOf("task-on-time")).toBe("1/1 100%");
    await givenUnder(chizhou, ...done)
      .when(task.of(verify))
      .thenRefused("RULE_REFUSED", "anotherVerifies");
  });

  it("nobody waits for the forms of kinds that are asked for none", async () => {
    const answered = [hotline.receive(), hotline.of(answer, { on: "2021-04-06" })];
    const { book, report } = await figures(...answered);
    expect(report.feedback.asked).toBe(0);
    expect((await book.next(hotline.name)).blocking).toEqual([]);
    expect((await book.annual(2021)).obstacles).toEqual([]);
  });

  it("a form that came back unasked counts as one that went out", async () => {
    const steps = [
      hotline.receive(),
      hotline.of(answer, { on: "2021-04-06" }),
      hotline.of(feedback, { on: "2021-04-07" }),
    ];
    const { book, report } = await figures(...steps);
    expect(report.feedback).toMatchObject({ asked: 1, returned: 1 });
    expect((await book.annual(2021)).forms).toEqual({ asked: 1, returned: 1, expired: 0 });
  });

  it("kinds and categories are part of what is computed, in any order", () => {
    const rate = chizhou.rates.find(({ id }) => id === "hotline-on-time");
    if (rate === undefined) throw new Error("no such rate");
    const { kinds: _kinds, ...ofAll } = rate;
    expect(definitionKey({ ...rate, kinds: ["mailbox", "hotline"] })).toBe(definitionKey(rate));
    expect(definitionKey(ofAll)).not.toBe(definitionKey(rate));
    expect(definitionKey({ ...rate, categories: ["投诉"] })).not.toBe(definitionKey(rate));
  });
});

describe("the summary of a mixed year 年度总结", () => {
  it("tells what became of each kind, and makes the claim about proposals of proposals", async () => {
    const { book } = await figures(
      receive({ block: "数字政府" }),
      assign(),
      contact(),
      answer(),
      feedback(),
      hotline.receive({ category: "投诉" }),
      hotline.of(answer, { on: "2021-05-06" }),
      problem.receive(),
      problem.of(assign),
      problem.of(commit, { on: "2021-04-12", due: "2021-06-30" }),
    );
    const report = await book.annual(2021);
    expect(report.kinds.map(({ kind, onTime, completed }) => [kind.id, onTime, completed])).toEqual(
      [
        ["cppcc", 1, 1],
        ["hotline", 0, 1],
        ["rectification", 0, 0],
      ],
    );
    const text = annualText(report, "zh");
    // its category sets its term, and is no theme
    expect(text).toContain("主要涉及数字政府方面工作");
    expect(text).toContain("12345热线交办件1件，办结1件，其中按时0件。");
    expect(text).toContain(
      "巡察反馈问题1项，办结0项，其中按时0项；整改措施1项，已完成0项，对账销号0项。",
    );
    expect(text).not.toContain("答复中作出承诺事项");
    const english = annualText(report, "en");
    expect(english).toContain("12345 hotline item: 1, completed: 1, on time: 0");
    expect(english).toContain("measures: 1, fulfilled: 0, verified: 0");
  });
});
