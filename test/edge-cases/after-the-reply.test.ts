/**
 * @module after-the-reply.test — the edge cases of forms, rounds, results and promises, each on a casebook
 * in a real file.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Casebook, Rulebook } from "@wuding/engine";
import { isEngineError, shippedRulebook } from "@wuding/engine";
import { countingIds, settableClock } from "@wuding/engine/testing";
import { openCasebook } from "@wuding/store";
import { afterAll, describe, expect, it } from "vitest";

type Line = Readonly<Record<string, unknown>>;

const home = mkdtempSync(path.join(tmpdir(), "wuding-edge-"));
const opened: Casebook[] = [];
afterAll(async () => {
  for (const book of opened) await book.close();
  rmSync(home, { recursive: true, force: true });
});

const national = await shippedRulebook("national");
const id = "cppcc/15-5/122";
const townRule = {
  source: {
    title: { zh: "《某县办法》", en: "County method" },
    article: { zh: "第六条", en: "art. 6" },
  },
  confidence: "law",
} as const;

/** A casebook in a file of its own, in which these lines are recorded; the clock stands at the day. */
const recorded = async (
  lines: readonly Line[],
  {
    rulebook = national,
    today = "2022-12-31",
  }: Readonly<{ rulebook?: Rulebook; today?: string }> = {},
): Promise<Casebook> => {
  const book = await openCasebook(path.join(home, `${opened.length}.db`), {
    create: true,
    clock: settableClock(`${today}T04:00:00.000Z`),
    ids: countingIds(),
    origin: "office.invalid/log",
    actor: { id: "经办人甲" },
    rulebook,
  });
  opened.push(book);
  for (const line of lines) await book.executeGiven(line);
  return book;
};

/** The rule that refuses a line, with its source; the book is as it was. */
const refusal = async (book: Casebook, line: Line): Promise<unknown> => {
  const before = await book.show(id);
  const thrown: unknown = await book.executeGiven(line).catch((error: unknown) => error);
  expect(await book.show(id)).toEqual(before);
  if (!isEngineError(thrown, "RULE_REFUSED")) return thrown;
  return { rule: thrown.data.rule, source: thrown.data.source.zh };
};

const about = (command: string, on: string, fields: Line = {}): Line => ({
  command,
  case: id,
  on,
  ...fields,
});
const receive = (fields: Line = {}): Line => ({
  command: "receive",
  kind: "cppcc",
  session: "15-5",
  number: "122",
  title: "关于改进政务信息化建设的建议",
  proposers: ["李楠"],
  on: "2021-04-02",
  ...fields,
});
const assign = about("assign", "2021-04-06", {
  department: "规划科",
  person: "经办人甲",
  due: "2021-06-20",
  task: "答复",
  responsibility: "规划科科长负总责",
});
const contact = (on = "2021-04-15"): Line => about("contact", on, { mode: "visit" });
const answer = (fields: Line = {}): Line =>
  about("answer", "2021-06-30", { result: "A", ...fields });
const form = (on: string, result: string, fields: Line = {}): Line =>
  about("feedback", on, { attitude: "satisfied", result, ...fields });
const rateOf = async (book: Casebook, rate: string, moment: Line = {}): Promise<string> => {
  const { rates } = await book.rates(moment);
  const found = rates.find((one) => one.id === rate);
  return `${found?.numerator}/${found?.denominator}`;
};

describe("feedback and rounds 意见反馈与轮次", () => {
  it("7. 一件多份评价：第一提案人满意、附议人不满意，各地口径不同 (several ratings for one case)", async () => {
    const lines = [receive({ proposers: ["李楠", "王兰"] }), assign, contact(), answer()];
    const both = [
      form("2021-07-05", "satisfied"),
      form("2021-07-06", "dissatisfied", { proposer: "王兰" }),
    ];
    // each form counts: the co-signer's opens a round, and the worse one is the case's
    const each = await recorded([...lines, ...both]);
    expect(await each.show(id)).toMatchObject({ round: 2, feedback: [{}, {}] });
    expect(await rateOf(each, "satisfaction")).toBe("0/1");
    // the first proposer collects, as in Shandong: only that form settles and opens
    const { formsCounted } = await shippedRulebook("shandong");
    const [choice] = formsCounted;
    if (choice === undefined) throw new Error("Shandong makes a choice");
    const lead: Rulebook = {
      ...national,
      id: "lead",
      formsCounted: [{ value: choice.value, source: choice.source, confidence: "law" }],
    };
    const collected = await recorded([...lines, ...both.slice(1)], { rulebook: lead });
    expect(await refusal(collected, about("close", "2021-07-10"))).toEqual({
      rule: "formSettled",
      source: "《山东省人民代表大会代表建议、批评和意见办理工作条例》第二十三条",
    });
    for (const line of [form("2021-07-09", "satisfied"), about("close", "2021-07-10")]) {
      await collected.executeGiven(line);
    }
    expect(await collected.show(id)).toMatchObject({ round: 1, status: "closed" });
  });

  it("10. 提案人去世、辞职或者换届：继续办理并答复原提案人，逾期未反馈写明原因 (the proposer is gone)", async () => {
    const book = await recorded([
      receive(),
      assign,
      contact(),
      answer({ note: "提案人已不再担任委员，仍向其本人答复" }),
      about("remind-feedback", "2021-07-20", { channel: "电话" }),
      about("expire-feedback", "2021-08-02", { reason: "提案人已换届，不再反馈" }),
      about("close", "2021-08-03"),
    ]);
    expect(await book.show(id)).toMatchObject({
      status: "closed",
      proposers: [{ name: "李楠" }],
      formsExpired: [{ reason: "提案人已换届，不再反馈" }],
    });
    // answered and closed, and in no rate of forms
    expect(await rateOf(book, "completion")).toBe("1/1");
    expect(await rateOf(book, "satisfaction")).toBe("0/0");
    expect((await book.annual(2021)).forms).toEqual({ asked: 1, returned: 0, expired: 1 });
  });

  it("37. 基本满意既计入满意、又引起重新办理，同时成立 (mostly satisfied counts, and opens a round)", async () => {
    const jingxian: Rulebook = {
      ...national,
      id: "jingxian",
      rehandlingOn: [
        {
          value: { ratings: ["mostly", "dissatisfied"], axes: ["result"] },
          ...townRule,
        },
      ],
    };
    const book = await recorded(
      [receive(), assign, contact(), answer(), form("2021-07-05", "mostly")],
      {
        rulebook: jingxian,
      },
    );
    expect(await book.show(id)).toMatchObject({ round: 2, status: "assigned" });
    expect(await rateOf(book, "satisfaction")).toBe("1/1");
  });

  it("39. 重新办理件：初次不满意、最终满意，初次率与最终率分列 (first and final rating)", async () => {
    const book = await recorded([
      receive(),
      assign,
      contact(),
      answer(),
      form("2021-07-05", "dissatisfied"),
      contact("2021-07-12"),
      about("answer", "2021-07-20", { result: "A" }),
      form("2021-07-30", "satisfied"),
    ]);
    expect(await rateOf(book, "first-satisfaction")).toBe("0/1");
    expect(await rateOf(book, "satisfaction")).toBe("1/1");
    expect((await book.show(id)).feedback.map(({ round, result }) => [round, result])).toEqual([
      [1, "dissatisfied"],
      [2, "satisfied"],
    ]);
  });
});

describe("results and promises 办理结果与承诺", () => {
  const promised = [
    receive(),
    assign,
    contact(),
    answer({ result: "B", commitments: ["上线二百项@2021-11-30"] }),
    form("2021-07-05", "satisfied"),
    about("close", "2021-07-10"),
  ];

  it("38. 次年B转A：已公布的上年A类率不变，当年转化率变化 (B becomes A next year)", async () => {
    const { rates } = await shippedRulebook("elsewhere");
    const upgraded = rates.find((one) => one.id === "upgraded");
    if (upgraded === undefined) throw new Error("the collection defines the rate");
    const rulebook: Rulebook = {
      ...national,
      id: "upgrading",
      rates: [...national.rates, upgraded],
    };
    const book = await recorded(promised, { rulebook });
    const lastYear = { asOf: "2021-12-31" };
    expect(await rateOf(book, "resolved")).toBe("0/1");
    await book.executeGiven(
      about("reclassify", "2022-03-15", { result: "A", reason: "二百项已全部上线" }),
    );
    expect(await rateOf(book, "resolved", lastYear)).toBe("0/1");
    expect(await rateOf(book, "upgraded", lastYear)).toBe("0/1");
    expect(await rateOf(book, "resolved")).toBe("1/1");
    expect(await rateOf(book, "upgraded")).toBe("1/1");
    // the reply says what it said
    expect(await book.show(id)).toMatchObject({ reply: { result: "B" }, result: { result: "A" } });
  });

  it("42. 跨年件计入交办年度，承诺事项结转下年仍须兑现 (carried over into the next year)", async () => {
    const book = await recorded(
      [
        receive({ on: "2021-12-01" }),
        { ...assign, on: "2021-12-02", due: "2022-02-20" },
        contact("2021-12-15"),
        about("commit", "2021-12-15", { text: "完成改造", due: "2022-06-30" }),
        about("answer", "2022-02-25", { result: "B" }),
        form("2022-03-05", "satisfied"),
        about("close", "2022-03-10"),
      ],
      { today: "2022-04-01" },
    );
    const of2021 = { scope: { year: 2021 } };
    expect(await rateOf(book, "completion", of2021)).toBe("1/1");
    expect(await rateOf(book, "completion", { ...of2021, asOf: "2021-12-31" })).toBe("0/1");
    expect(await rateOf(book, "completion", { scope: { year: 2022 } })).toBe("0/0");
    expect((await book.annual(2022)).received).toBe(0);
    // the promise outlives the year and the closing, and is named as carried over
    expect((await book.next(id)).promises).toEqual([
      {
        commitment: 1,
        text: "完成改造",
        dueOn: "2022-06-30",
        owed: "fulfilment",
        carriedOver: true,
      },
    ]);
    expect((await book.due({ withinDays: 120 })).due).toMatchObject([{ deadline: "commitment:1" }]);
  });

  it("46. 答复中的承诺事项须在签发前列入台账 (promises become ledger entries with the reply)", async () => {
    const rulebook: Rulebook = {
      ...national,
      id: "promising",
      promises: [{ value: { withResult: true, evidence: false, secondReply: false }, ...townRule }],
    };
    const book = await recorded([receive(), assign, contact()], { rulebook });
    expect(await refusal(book, answer({ result: "B" }))).toEqual({
      rule: "promiseMade",
      source: "《某县办法》第六条",
    });
    await book.executeGiven(
      answer({ result: "B", commitments: ["11月底前上线二百项@2021-11-30", "建设主题库@长期"] }),
    );
    expect((await book.show(id)).commitments).toMatchObject([
      { commitment: 1, due: "2021-11-30" },
      { commitment: 2, longTerm: true },
    ]);
  });

  it("47. 承诺不能兑现：写明理由、经批准变更，原承诺留存，不得悄悄改动 (a promise that cannot be kept)", async () => {
    const book = await recorded(promised);
    const change = { commitment: 1, due: "2022-06-30", reason: "需市政府常务会议研究后实施" };
    expect(await refusal(book, about("change-commitment", "2021-11-20", change))).toMatchObject({
      rule: "postponementApproved",
      source: expect.stringContaining("第二十二条"),
    });
    await book.executeGiven(
      about("change-commitment", "2021-11-20", { ...change, approvedBy: "局长" }),
    );
    expect((await book.show(id)).commitments).toMatchObject([
      {
        due: "2022-06-30",
        changes: [{ due: "2021-11-30", approvedBy: "局长", reason: change.reason }],
      },
    ]);
    // what was due by the old date stays so in a figure of before
    expect(await rateOf(book, "commitment", { asOf: "2021-11-19" })).toBe("0/0");
    await book.executeGiven(
      about("fulfil", "2022-05-20", { commitment: 1, evidence: "二百项已上线" }),
    );
    const [passport] = await book.passports({}, "commitment");
    expect(passport).toMatchObject({
      numerator: 1,
      denominator: 1,
      counted: [{ note: { zh: "承诺事项 1 的时限由 2021-11-30 变更为 2022-06-30" } }],
    });
  });
});
