/** @module annual.test — the year's summary claims only what is so, and says what keeps it from claiming. */
import { annualText } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given, Step } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  contact,
  feedback,
  receive,
  redispatch,
  requestReturn,
  decideReturn,
  submitOpinion,
  waiveContact,
  withdraw,
} from "./given.ts";

type Change = Readonly<Record<string, Given | null>>;

/** A proposal that was handled as it should be, but for what a test changes or leaves out. */
const proposal = (number: number, change: Change = {}): readonly Step[] => {
  const usual: readonly [string, (fields?: Given) => Given, Given][] = [
    ["receive", receive, { number, block: "数字政府" }],
    ["assign", assign, { case: `cppcc/15-5/${number}` }],
    ["contact", contact, { case: `cppcc/15-5/${number}` }],
    ["answer", answer, { case: `cppcc/15-5/${number}` }],
    ["feedback", feedback, { case: `cppcc/15-5/${number}` }],
  ];
  return usual.flatMap(([name, make, fields]) =>
    change[name] === null ? [] : [make({ ...fields, ...change[name] })],
  );
};

const yearOf = async (...cases: readonly (readonly Step[])[]) => {
  const { book } = await bookWith(...cases.flat());
  const report = await book.annual(2021);
  const { claims, obstacles } = report;
  return {
    report,
    claims,
    text: annualText(report, "zh"),
    english: annualText(report, "en"),
    missing: obstacles.map(({ case: id, reasons }) => [id, reasons.map(({ rate }) => rate)]),
  };
};

/** The chapter that makes the claims; a later one may say what they still want. */
const overviewOf = (text: string): string => text.slice(0, text.indexOf("\n二、"));

const ten = Array.from({ length: 10 }, (_, n) => proposal(n + 1));

describe("a year in which all went well 三个100%", () => {
  it("is claimed, in the phrase of the published summaries", async () => {
    const { report, claims, text, missing } = await yearOf(...ten, proposal(122));
    expect(claims).toEqual({
      allOnTime: true,
      threeHundred: true,
      allAssigned: true,
      allAnswered: true,
    });
    expect(missing).toEqual([]);
    expect(report).toMatchObject({ received: 11, handled: 11, completed: 11, late: 0 });
    expect(text).toContain("收到政协提案11件");
    expect(text).toContain("已全部按期办结");
    expect(text).toContain("与委员见面率、办结率和办理满意率三个100%");
  });

  it("基本满意 is satisfied, and an assisting case stands in nobody's way", async () => {
    const assisting = [
      receive({ number: 50, role: "assist" }),
      assign({ case: "50" }),
      submitOpinion({ case: "50" }),
    ];
    const { claims } = await yearOf(
      ...ten,
      proposal(11, { feedback: { result: "mostly" } }),
      assisting,
    );
    expect(claims.threeHundred).toBe(true);
  });

  it("returned and withdrawn cases are counted as received and otherwise left out", async () => {
    const returned = [
      receive({ number: 51 }),
      requestReturn({ case: "51" }),
      decideReturn({ case: "51" }),
    ];
    const withdrawn = [receive({ number: 52 }), withdraw({ case: "52" })];
    const { report, claims } = await yearOf(...ten, returned, withdrawn);
    expect(report).toMatchObject({ received: 12, returned: 1, withdrawn: 1, handled: 10 });
    expect(claims.threeHundred).toBe(true);
  });

  it("a case of another year changes nothing", async () => {
    const { claims, report } = await yearOf(...ten, [
      receive({ number: 60, dispatchedOn: "2020-12-31" }),
    ]);
    expect(claims.threeHundred).toBe(true);
    expect(report.received).toBe(10);
  });
});

describe("a year in which something is missing 尚待落实", () => {
  const id = "cppcc/15-5/11";

  it.each([
    [
      "one feedback says 不满意",
      { feedback: { result: "dissatisfied" } },
      ["completion", "satisfaction"],
    ],
    ["one feedback has not come back", { feedback: null }, ["satisfaction"]],
    ["one answer is not given", { answer: null, feedback: null }, ["completion"]],
    ["one proposer was only telephoned", { contact: { mode: "phone" } }, ["meeting"]],
    ["one answer came late", { answer: { on: "2021-07-03" } }, ["on-time"]],
  ] as const)(
    "%s: the claim disappears, and the case and the rates are named",
    async (_what, change, rates) => {
      const { claims, text, english, missing } = await yearOf(...ten, proposal(11, change));
      expect(claims.threeHundred).toBe(false);
      expect(overviewOf(text)).not.toContain("三个100%");
      expect(english).not.toContain("each exactly 100%");
      expect(missing).toEqual([[id, rates]]);
      expect(text).toContain(id);
      expect(english).toContain(id);
    },
  );

  it("late is not on time, although it is complete", async () => {
    const { claims, report, text } = await yearOf(
      ...ten,
      proposal(11, { answer: { on: "2021-07-03" } }),
    );
    expect(claims).toMatchObject({ allOnTime: false, allAnswered: true });
    expect(report.late).toBe(1);
    expect(text).not.toContain("按期办结率100%");
    expect(text).not.toContain("已全部按期办结");
  });

  it("an answer that no rule gave a due date is no answer in time", async () => {
    const ours = "cppcc/15-5/1";
    const { report, claims } = await yearOf(proposal(1, { feedback: { result: "dissatisfied" } }), [
      redispatch({ case: ours, role: "assist", on: "2021-07-20" }),
      submitOpinion({ case: ours, on: "2021-07-21" }),
    ]);
    expect(claims).toMatchObject({ allOnTime: false, allAnswered: true });
    expect(report.rates.rates.find((rate) => rate.id === "on-time")).toMatchObject({
      numerator: 0,
      denominator: 1,
    });
  });

  it("20 of 21 are never 100%", async () => {
    const many = Array.from({ length: 20 }, (_, n) => proposal(n + 1));
    const { text } = await yearOf(...many, proposal(21, { contact: { mode: "phone" } }));
    expect(text).toContain("95.24%");
    expect(text).not.toContain("见面率100%");
  });

  it("a year without cases claims nothing", async () => {
    const { claims, report, text, english } = await yearOf([
      receive({ dispatchedOn: "2020-01-02" }),
    ]);
    expect(report.received).toBe(0);
    expect(Object.values(claims)).not.toContain(true);
    expect(text).toContain("2021年");
    expect(english).toContain("2021");
    expect(text).not.toContain("100%");
  });

  it("a year in which everybody waived the visit has no meeting rate to claim", async () => {
    const waived = [
      ...proposal(1, { contact: null, answer: null, feedback: null }),
      waiveContact({ case: "1" }),
      answer({ case: "1" }),
      feedback({ case: "1" }),
    ];
    const { claims, text } = await yearOf(waived);
    expect(claims.threeHundred).toBe(false);
    expect(overviewOf(text)).not.toContain("三个100%");
  });
});

describe("the figures 数字", () => {
  it("are those of the cases", async () => {
    const { report } = await yearOf(
      proposal(1, {
        receive: { block: "数字政府", requests: ["一", "二"] },
        answer: { adopted: [1] },
      }),
      proposal(2, { receive: { block: "民生", category: "经济" } }),
      proposal(3, { receive: { category: "民生", block: undefined }, contact: { mode: "phone" } }),
      proposal(4, {
        receive: { role: "separate", block: "民生" },
        answer: { result: "B", commitments: ["建平台@2021-11-30", "二@2022-06-30"] },
      }),
    );
    expect(report).toMatchObject({
      received: 4,
      answering: 4,
      assisting: 0,
      themes: [
        { name: "民生", cases: 3 },
        { name: "数字政府", cases: 1 },
      ],
      contacts: { total: 4, byMode: { visit: 3, phone: 1 } },
      requests: { asked: 2, adopted: 1 },
      commitments: { made: 2, due: 1, fulfilled: 0, verified: 0 },
      forms: { asked: 4, returned: 4 },
      rehandled: 0,
      answeredAgain: 0,
      lastAnsweredOn: "2021-06-30",
    });
    expect(report.kinds).toMatchObject([
      { kind: { id: "cppcc" }, received: 4, byRole: { sole: 3, separate: 1 } },
    ]);
  });

  it("a joint meeting is one meeting, and meets each proposer", async () => {
    const cases = [1, 2, 3].map((n) =>
      proposal(n, { contact: null, answer: null, feedback: null }),
    );
    const joint = contact({
      case: undefined,
      cases: ["1", "2", "3"],
      mode: "symposium",
      summary: "面商",
    });
    const { report } = await yearOf(...cases, [joint]);
    expect(report.contacts).toEqual({ total: 1, byMode: { symposium: 1 } });
    expect(report.rates.rates.find(({ id }) => id === "meeting")).toMatchObject({ numerator: 3 });
  });
});

describe("what the claim of three 100% must not pass over", () => {
  const roundTwo = (first: Change, formDate: string | null): readonly Step[] => {
    const name = "cppcc/15-5/122";
    const steps = [
      ...proposal(122, first),
      contact({ case: name, on: "2021-08-20" }),
      answer({ case: name, on: "2021-09-01" }),
    ];
    return formDate === null ? steps : [...steps, feedback({ case: name, on: formDate })];
  };

  it("a first answer that came late, although the second came in time", async () => {
    const late = {
      answer: { on: "2021-07-30" },
      feedback: { result: "dissatisfied", on: "2021-08-10" },
    };
    const { report, claims, missing } = await yearOf(roundTwo(late, "2021-09-10"));
    expect(report.late).toBe(1);
    expect(claims).toMatchObject({ allOnTime: false, threeHundred: false });
    expect(missing).toEqual([["cppcc/15-5/122", ["on-time"]]]);
  });

  it("what is late and still open is not among the completed that were late", async () => {
    const late = {
      answer: { on: "2021-07-30" },
      feedback: { result: "dissatisfied", on: "2021-08-10" },
    };
    const { report, text } = await yearOf(proposal(1), proposal(122, late));
    expect(report).toMatchObject({ late: 1, completedLate: 0, completed: 1 });
    expect(text).toContain("已办结1件，尚未办结1件");
  });

  it("a form that never came back is settled once it expired after a reminder, and is counted", async () => {
    const about = { case: "cppcc/15-5/11" };
    const remind = { command: "remind-feedback", on: "2021-08-20", ...about };
    const expire = { command: "expire-feedback", on: "2021-09-01", reason: "未反馈", ...about };
    const silent = proposal(11, { feedback: null });
    const reminded = await yearOf(...ten, silent, [remind]);
    expect(reminded.claims.threeHundred).toBe(false);
    const settled = await yearOf(...ten, silent, [remind, expire]);
    expect(settled.claims.threeHundred).toBe(true);
    expect(settled.missing).toEqual([]);
    expect(settled.report.forms).toEqual({ asked: 11, returned: 10, expired: 1 });
    expect(settled.text).toContain("发出征询意见表11份，收回10份，催收后逾期未反馈1份");
    expect(settled.english).toContain("1 expired after a reminder");
  });

  it("a form that is still out on the second answer, although the first form was good on the result", async () => {
    const rude = { feedback: { attitude: "dissatisfied", on: "2021-08-10" } };
    const open = await yearOf(roundTwo(rude, null));
    expect(open.claims.threeHundred).toBe(false);
    expect(open.missing).toEqual([["cppcc/15-5/122", ["satisfaction"]]]);
    const settled = await yearOf(roundTwo(rude, "2021-09-10"));
    expect(settled.claims.threeHundred).toBe(true);
  });
});
