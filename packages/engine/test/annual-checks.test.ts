/** @module annual-checks.test — what a year's summary says agrees with itself; what was published can be held against it. */
import { annualText, checkedText, sumProblems } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Step } from "./given.ts";
import { answer, assign, bookWith, close, contact, feedback, receive, withdraw } from "./given.ts";

const proposal = (number: number, fields: object = {}): readonly Step[] => {
  const own = { case: `cppcc/15-5/${number}` };
  const steps = [receive({ number, ...fields }), assign(own), contact(own)];
  return [...steps, answer({ ...own, on: "2021-06-30" }), feedback(own)];
};
const themes = ["产业数字化转型", "智慧城市建设", "政务信息化建设"];
const year = themes.flatMap((block, at) => proposal(at + 1, { block }));

describe("the sums of a year", () => {
  it("agree, and cases without a theme are told", async () => {
    const { book } = await bookWith(...year);
    expect(sumProblems(await book.annual(2021))).toEqual([]);
    const { book: other } = await bookWith(...year, ...proposal(4));
    expect(sumProblems(await other.annual(2021)).map(({ zh }) => zh)).toEqual([
      "1件没有记录板块，未计入“从内容看”",
    ]);
  });
});

const asWritten = (text: string): string => text;

/** Its lines broken after so many characters, as mail and web pages do. */
const brokenAt =
  (width: number) =>
  (text: string): string =>
    text.replaceAll(new RegExp(`.{${width}}(?=.)`, "gu"), "$&\n");

describe("a text held against the figures", () => {
  const problems = async (text: string): Promise<readonly string[]> => {
    const { book } = await bookWith(...year);
    return checkedText(text, await book.annual(2021)).problems.map(({ zh }) => zh);
  };

  it("finds nothing in the summary that the program writes", async () => {
    const { book } = await bookWith(...year);
    const report = await book.annual(2021);
    const text = annualText(report, "zh");
    expect(text).toContain("主要围绕产业数字化转型、智慧城市建设、政务信息化建设三个方面提出");
    expect(checkedText(text, report)).toMatchObject({ problems: [], unknown: 0 });
  });

  it("knows requests from cases, this year from the last, and a share with fewer decimals", async () => {
    const { book } = await bookWith(...year, ...proposal(4));
    const report = await book.annual(2021);
    const found = (text: string) => checkedText(text, report).problems.length;
    expect(found("共承担人大建议1条。")).toBe(0);
    expect(found("设备190台，已于8月上架。")).toBe(0);
    expect(found("去年收到政协提案9件，今年共收到政协提案12件。")).toBe(1);
    expect(found("去年共收到政协提案9件。")).toBe(0);
    // a comparison with the last year ends with its clause
    expect(found("比上年增加2件，共收到政协提案12件。")).toBe(1);
    expect(found("同比增长20%，共收到政协提案4件。")).toBe(0);
    const listed = "包括“算力基础设施”“全市政务信息化提升”“数据治理”三个方面。";
    expect(found(listed)).toBe(0);
  });

  it("finds a figure of its own sentences that was changed, and a way of contact that was never used", async () => {
    const { book } = await bookWith(...year);
    const report = await book.annual(2021);
    const text = annualText(report, "zh");
    const figures = [
      ...text.matchAll(/(?<=\p{Script=Han}[^。；\n]{2,})\d+(?:\.\d+)?(?=[%件条个次份月日])/gu),
    ];
    expect(figures.length).toBeGreaterThan(10);
    for (const broken of [asWritten, brokenAt(20), brokenAt(33), brokenAt(38)]) {
      expect(checkedText(broken(text), report)).toMatchObject({ problems: [], unknown: 0 });
      const unseen = figures.filter(({ index, 0: figure }) => {
        const changed = `${text.slice(0, index)}${Number(figure) + 13}${text.slice(index + figure.length)}`;
        return checkedText(broken(changed), report).problems.length === 0;
      });
      expect(unseen.map(({ input, index }) => input.slice(index - 8, index + 8))).toEqual([]);
    }
    expect(await problems("办理过程中开展实地调研3次。")).toEqual([
      "第1段：写“办理过程中开展实地调研3次”，没有实地调研的记录",
    ]);
  });

  it("quotes a figure with the words that tell which one it is", async () => {
    const { book } = await bookWith(...year);
    const report = await book.annual(2021);
    const found = (words: string, others: string): readonly string[] => {
      const text = annualText(report, "zh");
      expect(text).toContain(words);
      return checkedText(text.replace(words, others), report).problems.map(({ zh }) => zh);
    };
    expect(found("3件提案逐一落实", "9件提案逐一落实")).toEqual([
      expect.stringContaining("写“9件提案逐一”，按所记的办件应为3"),
    ]);
    expect(found("于6月30日", "于6月29日")).toEqual([
      expect.stringContaining("写“最后一件于6月29日”，按所记的办件应为30"),
    ]);
  });

  it("finds 代表 in a report about 委员, but not in a title or another word", async () => {
    expect(await problems("主动加强与代表的沟通衔接，听取委员意见。")).toEqual([
      "第1段：写了“代表”，而本年没有代表提出的办件（应为委员）",
    ]);
    expect(
      await problems("按照《关于做好人大代表建议工作的通知》，具有代表性，提交委员会。"),
    ).toEqual([]);
  });

  it("finds a number word that is not the length of its list", async () => {
    expect(await problems("主要围绕数据开放、智慧城市、政务云五个方面提出。")).toEqual([
      "第1段：“数据开放、智慧城市、政务云五个方面”列了3个",
    ]);
  });

  it("finds a count and a claim that the year does not bear", async () => {
    const { book } = await bookWith(...year, receive({ number: 9, block: "其他" }));
    const report = await book.annual(2021);
    const text = "2021年，我局共收到政协提案3件，已全部按期办结，实现了三个100%。";
    expect(checkedText(text, report).problems.map(({ zh }) => zh)).toEqual([
      "第1段：写了“三个100%”，所记的办件不支持",
      "第1段：写了“全部按期办结”，所记的办件不支持",
      "第1段：写“我局共收到政协提案3件”，按所记的办件应为4",
    ]);
  });
});

describe("figures that only some years have", () => {
  it("names the phases where every case says its own", async () => {
    const inSession = { submissionPhase: "inSession", block: "其他" };
    const { book } = await bookWith(
      ...proposal(1, inSession),
      ...proposal(2, { ...inSession, submissionPhase: "intersession" }),
    );
    const text = annualText(await book.annual(2021), "zh");
    expect(text).toContain("政协提案2件（大会期间1件、闭会期间1件）");
  });

  it("names what former years left, and when the last case was closed", async () => {
    const { book } = await bookWith(
      ...year,
      ...themes.map((_, at) => close({ case: `cppcc/15-5/${at + 1}` })),
    );
    expect(annualText(await book.annual(2021), "zh")).toContain("办理结束");
    const { book: open } = await bookWith(receive({ number: 1 }));
    expect((await open.annual(2022)).carriedOver).toEqual({ cases: 1, completed: 0 });
  });
});

describe("published figures 定稿", () => {
  it("stay, and a later report says which differ and why", async () => {
    const { book } = await bookWith(...year, receive({ number: 9, block: "其他" }));
    const before = await book.freezeAnnual(2021);
    expect(before.unchanged).toBe(false);
    expect((await book.freezeAnnual(2021)).unchanged).toBe(true);
    expect(await book.annualPublished(await book.annual(2021))).toMatchObject({ changed: [] });
    await book.executeGiven(withdraw({ case: "cppcc/15-5/9" }));
    const compared = await book.annualPublished(await book.annual(2021));
    expect(compared?.size).toBe(before.size);
    expect(compared?.changed).toContainEqual({
      id: "withdrawn",
      label: { zh: "撤案", en: "withdrawn" },
      published: "0",
      now: "1",
    });
    expect(compared?.cases).toMatchObject([
      { case: "cppcc/15-5/9", events: [{ type: "CaseWithdrawn" }] },
    ]);
    const completion = compared?.rates.find(({ id }) => id === "completion");
    expect([completion?.before, completion?.after]).toMatchObject([
      { numerator: 3, denominator: 4 },
      { numerator: 3, denominator: 3 },
    ]);
    expect(completion?.changes.map((change) => change.case)).toEqual(["cppcc/15-5/9"]);
  });

  it("are known to replay and to the verification of the log", async () => {
    const { book } = await bookWith(...year);
    await book.freezeAnnual(2021);
    expect((await book.audit()).faults).toMatchObject({ first: null, more: 0 });
    expect(await book.replayAll()).toMatchObject({ firstFault: null });
  });

  it("are none of a year in which nothing came", async () => {
    const { book } = await bookWith(...year);
    await expect(book.freezeAnnual(2019)).rejects.toMatchObject({ code: "RULE_REFUSED" });
    expect(await book.annualPublished(await book.annual(2021))).toBeNull();
  });
});
