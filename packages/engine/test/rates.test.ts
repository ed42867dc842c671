/** @module rates.test — each rate on a year made by hand. */
import { describe, expect, it } from "vitest";
import type { Given, Step } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  by,
  close,
  commit,
  contact,
  decideReturn,
  dissatisfied,
  feedback,
  followUp,
  fulfil,
  receive,
  requestReturn,
  submitOpinion,
  verify,
  waiveContact,
  withdraw,
} from "./given.ts";

/** One case of the year: its number, how it is received, and what is recorded of it. */
const one = (number: number, fields: Given, ...steps: readonly Step[]): readonly Step[] => {
  const about = { case: `cppcc/15-5/${number}` };
  return [
    receive({ number, ...fields }),
    ...steps.map((step): Step =>
      "step" in step
        ? by(String(step.by), { ...(step.step as Given), ...about })
        : { ...step, ...about },
    ),
  ];
};

const ratesOf = async (id: string, ...cases: readonly (readonly Step[])[]) => {
  const { book } = await bookWith(...cases.flat());
  const rate = (await book.rates()).rates.find((each) => each.id === id);
  const missing = rate?.missing.map((name) => Number(name.split("/")[2]));
  return [`${rate?.numerator}/${rate?.denominator}`, rate?.display, missing];
};

const remindFeedback = (fields: Given = {}): Given => ({
  command: "remind-feedback",
  on: "2021-08-20",
  ...fields,
});
const expireFeedback = (fields: Given = {}): Given => ({
  command: "expire-feedback",
  on: "2021-09-01",
  reason: "催收后仍未反馈",
  ...fields,
});

const gone = [
  one(91, {}, requestReturn(), decideReturn()),
  one(92, {}, assign(), contact(), answer(), withdraw({ on: "2021-08-01" })),
] as const;
const assisting = one(81, { role: "assist" }, assign(), contact(), submitOpinion());
const done = [assign(), contact(), answer(), feedback()] as const;
const twoProposers = { proposers: ["李楠", "王兰"] };

describe("meeting 见面率", () => {
  it("counts one contact in person of any round, over ours to answer", async () => {
    const cases = [
      one(1, {}, assign(), contact({ mode: "visit" })),
      one(2, {}, assign(), contact({ mode: "phone" })),
      one(3, { role: "lead" }, assign(), contact({ mode: "online" }), contact({ mode: "meeting" })),
      one(4, { role: "separate" }),
      one(
        5,
        {},
        assign(),
        contact(),
        answer(),
        dissatisfied(),
        contact({ on: "2021-07-09", mode: "phone" }),
      ),
      one(6, {}, assign(), contact({ mode: "letter" })),
    ];
    expect(await ratesOf("meeting", ...cases, assisting, ...gone)).toEqual([
      "3/6",
      "50%",
      [2, 4, 6],
    ]);
  });

  it.each(["visit", "meeting", "symposium", "site-visit"])("%s is in person", async (mode) => {
    expect(await ratesOf("meeting", one(1, {}, assign(), contact({ mode })))).toEqual([
      "1/1",
      "100%",
      [],
    ]);
  });

  it.each(["phone", "letter", "online"])("%s is not", async (mode) => {
    expect(await ratesOf("meeting", one(1, {}, assign(), contact({ mode })))).toEqual([
      "0/1",
      "0%",
      [1],
    ]);
  });

  it("leaves out whose proposer waived it, visited or not", async () => {
    const cases = [
      one(1, {}, assign(), contact()),
      one(2, {}, assign(), waiveContact()),
      one(3, {}, assign(), contact(), waiveContact()),
    ];
    expect(await ratesOf("meeting", ...cases)).toEqual(["1/1", "100%", []]);
  });

  it("is with a proposer: a visit to an expert alone is none", async () => {
    const cases = [
      one(1, {}, assign(), contact({ participants: ["周教授:expert"] })),
      one(2, twoProposers, assign(), contact({ participants: ["周教授:expert", "王兰"] })),
      one(3, {}, assign(), contact({ participants: ["李楠委员:proposer"] })),
    ];
    expect(await ratesOf("meeting", ...cases)).toEqual(["2/3", "66.67%", [1]]);
  });

  it("one meeting about several cases counts for each of them", async () => {
    const joint = contact({ case: undefined, cases: ["cppcc/15-5/1", "cppcc/15-5/2"] });
    const cases = [one(1, {}, assign()), one(2, {}, assign()), [joint]];
    expect(await ratesOf("meeting", ...cases)).toEqual(["2/2", "100%", []]);
  });
});

describe("contact 沟通率", () => {
  it("counts one contact of any mode, the waived ones included", async () => {
    const cases = [
      one(1, {}, assign(), contact({ mode: "phone" })),
      one(2, {}, assign(), waiveContact()),
      one(3, {}, assign()),
    ];
    expect(await ratesOf("contact", ...cases, assisting, ...gone)).toEqual([
      "1/3",
      "33.33%",
      [2, 3],
    ]);
  });
});

describe("assignment 五定落实率", () => {
  it("counts the 五定 over every case, the assisting ones included", async () => {
    const cases = [one(1, {}, assign()), one(2, {}), one(3, { role: "assist" })];
    expect(await ratesOf("assignment", ...cases, assisting, ...gone)).toEqual([
      "2/4",
      "50%",
      [2, 3],
    ]);
  });
});

describe("completion 办结率 and on-time 按时办结率", () => {
  const late = [assign(), contact(), answer({ on: "2021-07-03" })] as const;
  const lateOpinion = submitOpinion({ on: "2021-05-07" });
  const again = (on: string) => [contact({ on: "2021-07-10" }), answer({ on })] as const;
  const cases = [
    one(1, {}, ...done),
    one(2, {}, assign(), contact()),
    one(3, {}, ...late),
    one(4, {}, assign(), contact(), answer(), dissatisfied()),
    // late at first, in time the second time: the last round's answer is what counts
    one(5, {}, ...late, dissatisfied(), ...again("2021-08-05")),
    one(6, {}, assign(), contact(), answer(), dissatisfied(), ...again("2021-08-06")),
    one(7, { role: "assist" }, assign(), lateOpinion),
    one(8, { role: "assist" }, assign()),
    assisting,
    ...gone,
  ];

  it("an answer without a further round open completes a case, an opinion an assisting one", async () => {
    expect(await ratesOf("completion", ...cases)).toEqual(["6/9", "66.67%", [2, 4, 8]]);
  });

  it("on time is what is complete and not after its due date", async () => {
    expect(await ratesOf("on-time", ...cases)).toEqual(["3/9", "33.33%", [2, 3, 4, 6, 7, 8]]);
  });
});

describe("satisfaction 满意率", () => {
  const rated = (number: number, fields: Given, ...forms: readonly Step[]) =>
    one(number, fields, assign(), contact(), answer(), ...forms);
  const second = [contact({ on: "2021-07-10" }), answer({ on: "2021-07-20" })] as const;
  const cases = [
    rated(1, {}, feedback()),
    rated(2, {}, feedback({ result: "mostly" })),
    rated(3, {}, dissatisfied()),
    // asked, but nothing came back: not in the population
    rated(4, {}),
    // the worst of several proposers
    rated(5, twoProposers, feedback({ result: "mostly" }), dissatisfied({ proposer: "王兰" })),
    // 不满意 first, satisfied after the second round
    rated(6, {}, dissatisfied(), ...second, feedback({ on: "2021-07-25" })),
    // satisfied with the result, not with the manner: a new round, and the result axis stays good
    rated(7, {}, feedback({ attitude: "dissatisfied" })),
    // the newest form of a proposer takes the place of the older
    rated(8, {}, feedback({ result: "mostly" }), feedback({ on: "2021-07-09" })),
    assisting,
    ...gone,
  ];

  it("reads the latest forms on the result, the worst of several proposers", async () => {
    expect(await ratesOf("satisfaction", ...cases)).toEqual(["5/7", "71.43%", [3, 5]]);
  });

  it("on the attitude it is a rate of its own", async () => {
    expect(await ratesOf("satisfaction-attitude", ...cases)).toEqual(["6/7", "85.71%", [7]]);
  });

  it("the first form of all is a third", async () => {
    expect(await ratesOf("first-satisfaction", ...cases)).toEqual(["5/7", "71.43%", [3, 6]]);
  });

  it("beside it stand how many were asked and what they said", async () => {
    const { book } = await bookWith(...cases.flat());
    expect((await book.rates()).feedback).toEqual({
      asked: 8,
      returned: 7,
      attitude: { satisfied: 6, mostly: 0, dissatisfied: 1 },
      result: { satisfied: 4, mostly: 1, dissatisfied: 2 },
    });
  });
});

describe("forms that never come back 逾期未反馈", () => {
  const silent = [assign(), contact(), answer(), remindFeedback(), expireFeedback()] as const;

  it("are left out of satisfaction, whose figure is that of the forms that came back", async () => {
    const cases = [
      one(1, {}, ...done),
      one(2, {}, ...silent),
      one(3, {}, assign(), contact(), answer()),
    ];
    expect(await ratesOf("satisfaction", ...cases)).toEqual(["1/1", "100%", []]);
    expect(await ratesOf("completion", ...cases)).toEqual(["3/3", "100%", []]);
  });

  it("count again when they come back after all", async () => {
    const late = one(2, {}, ...silent, feedback({ on: "2021-09-10" }));
    expect(await ratesOf("satisfaction", one(1, {}, ...done), late)).toEqual(["2/2", "100%", []]);
  });

  it("but not on a second round: what the first one said still counts", async () => {
    const rude = feedback({ attitude: "dissatisfied" });
    const again = [contact({ on: "2021-07-10" }), answer({ on: "2021-07-20" })] as const;
    const second = one(
      2,
      {},
      assign(),
      contact(),
      answer(),
      rude,
      ...again,
      remindFeedback(),
      expireFeedback(),
    );
    expect(await ratesOf("satisfaction-attitude", one(1, {}, ...done), second)).toEqual([
      "1/2",
      "50%",
      [2],
    ]);
  });
});

describe("publication 公开率", () => {
  const replied = (number: number, disclosure: string, ...steps: readonly Step[]) =>
    one(
      number,
      {},
      assign(),
      contact(),
      answer({
        disclosure,
        ...(disclosure === "withheld" && { disclosureReason: "涉及未公开事项" }),
      }),
      ...steps,
    );
  const publish = { command: "publish", on: "2021-07-08" };
  const unpublish = { command: "unpublish", on: "2021-07-20", reason: "内容有误" };

  it("counts published replies, over those that may be published", async () => {
    const cases = [
      replied(1, "full", publish),
      replied(2, "summary"),
      replied(3, "full", publish, unpublish),
      replied(4, "on-request"),
      replied(5, "withheld"),
      one(6, {}, assign()),
      assisting,
      ...gone,
    ];
    expect(await ratesOf("publication", ...cases)).toEqual(["1/3", "33.33%", [2, 3]]);
  });
});

describe("resolved 解决率 and adoption 采纳率", () => {
  const asking = { requests: ["一", "二", "三"] };
  const cases = [
    one(1, asking, assign(), contact(), answer({ adopted: [1, 2] })),
    one(
      2,
      asking,
      assign(),
      contact(),
      answer({ result: "B", adopted: [2] }),
      followUp({ adopted: [2, 3] }),
    ),
    one(3, asking, assign()),
    one(4, {}, assign(), contact(), answer({ result: "C" })),
    one(
      5,
      {},
      assign(),
      contact(),
      answer({ result: "B" }),
      dissatisfied(),
      contact({ on: "2021-07-08" }),
      answer({ on: "2021-07-20" }),
    ),
    one(82, { ...asking, role: "assist" }, assign(), submitOpinion()),
    ...gone,
  ];

  it("resolved is the letter A of the current reply, over answered cases", async () => {
    expect(await ratesOf("resolved", ...cases)).toEqual(["2/4", "50%", [2, 4]]);
  });

  it("adoption counts requests, each once, whether taken up in the reply or later", async () => {
    expect(await ratesOf("adoption", ...cases)).toEqual(["4/9", "44.44%", [1, 2, 3]]);
  });

  it("the letters are counted beside", async () => {
    const { book } = await bookWith(...cases.flat());
    const { results } = await book.rates();
    expect(results.map(({ code, count, share, display }) => [code, count, share, display])).toEqual(
      [
        ["A", 2, 0.5, "50%"],
        ["B", 1, 0.25, "25%"],
        ["C", 1, 0.25, "25%"],
        ["D", 0, 0, "0%"],
      ],
    );
  });
});

describe("commitment 承诺兑现率", () => {
  const promise = (due: string) => commit({ on: "2021-06-30", due });
  const cases = [
    one(1, {}, ...done, promise("2021-11-30"), fulfil({ on: "2021-11-30" }), by("乙", verify())),
    one(2, {}, ...done, promise("2021-11-30"), fulfil({ on: "2021-12-01" })),
    one(3, {}, ...done, promise("2021-12-31"), promise("2022-01-01")),
    one(4, {}, ...done, promise("2022-03-01"), fulfil({ on: "2021-12-01" })),
    one(5, {}, assign(), promise("2021-09-01"), withdraw({ on: "2021-07-01" })),
  ];

  it("counts promises whose date has come; that day itself has", async () => {
    expect(await ratesOf("commitment", ...cases)).toEqual(["1/3", "33.33%", [2, 3]]);
  });

  it("depends on the day it is asked on", async () => {
    const { book } = await bookWith(...cases.flat());
    const on = async (today: string) => {
      const rate = (await book.rates({ today })).rates.find(({ id }) => id === "commitment");
      return `${rate?.numerator}/${rate?.denominator} ${rate?.display}`;
    };
    expect(await on("2021-11-29")).toBe("0/0 —");
    expect(await on("2021-11-30")).toBe("1/2 50%");
    expect(await on("2021-12-31")).toBe("1/3 33.33%");
    expect(await on("2022-01-01")).toBe("1/4 25%");
    expect(await on("2022-03-01")).toBe("2/5 40%");
  });
});

describe("scopes 口径", () => {
  const year = [
    one(1, { on: "2021-01-04" }, assign({ department: "甲科" }), contact()),
    one(2, { on: "2020-12-30", block: "民生" }, assign({ department: "乙科" })),
    one(3, { on: "2021-02-01", block: "民生" }, assign({ department: "甲科" })),
    one(4, { dispatchedOn: "2020-12-31", on: "2021-01-02" }),
  ].flat();

  it("a year is the year of dispatch", async () => {
    const { book } = await bookWith(...year);
    const denominators = async (scope: object) =>
      (await book.rates({ scope })).rates.find(({ id }) => id === "assignment")?.denominator;
    expect(await denominators({ year: 2020 })).toBe(2);
    expect(await denominators({ year: 2021 })).toBe(2);
    expect(await denominators({ year: 2019 })).toBe(0);
    expect(await denominators({ block: "民生" })).toBe(2);
    expect(await denominators({ block: "民生", year: 2021 })).toBe(1);
    expect(await denominators({ department: "甲科" })).toBe(2);
    expect(await denominators({ status: "contacted" })).toBe(1);
    expect(await denominators({ kind: "npc" })).toBe(0);
    expect(await denominators({})).toBe(4);
  });

  it("grouped, the groups add up to the whole", async () => {
    const { book } = await bookWith(...year);
    for (const group of ["department", "block", "kind", "year", "role", "status"] as const) {
      const { rates, groups = [] } = await book.rates({ by: group });
      for (const [place, { numerator, denominator, missing }] of rates.entries()) {
        const parts = groups.map((each) => each.rates[place]);
        expect(parts.reduce((sum, part) => sum + (part?.numerator ?? 0), 0)).toBe(numerator);
        expect(parts.reduce((sum, part) => sum + (part?.denominator ?? 0), 0)).toBe(denominator);
        expect(parts.flatMap((part) => part?.missing ?? []).toSorted()).toEqual(missing.toSorted());
      }
    }
  });

  it("as of a day only what was true by then counts, whenever it was recorded", async () => {
    const { book } = await bookWith(...one(1, {}, ...done, close()));
    const completed = async (asOf: string) =>
      (await book.rates({ asOf })).rates.find(({ id }) => id === "completion");
    expect(await completed("2021-04-01")).toMatchObject({ denominator: 0, display: "—" });
    expect(await completed("2021-06-29")).toMatchObject({ numerator: 0, denominator: 1 });
    expect(await completed("2021-06-30")).toMatchObject({ numerator: 1, denominator: 1 });
  });
});
