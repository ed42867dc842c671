/** @module projections.test — rows and tallies that follow the log, and whoever notices that they do not. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  bookWith,
  caseId,
  commit,
  contact,
  handled,
  receive,
  withdraw,
} from "./given.ts";

describe("checking the projections 汇总核对", () => {
  it.each([
    [
      "a changed row",
      {
        projection: "ledger",
        put: { stream: caseId, key: "", sort: "2021-01-01", body: { title: "别的" } },
      },
      "changed",
    ],
    ["a missing row", { projection: "ledger", remove: { stream: caseId, key: "" } }, "missing"],
    [
      "a surplus row",
      { projection: "deadlines", put: { stream: caseId, key: "x", sort: "", body: {} } },
      "surplus",
    ],
    [
      "a row of a case that is not there",
      { projection: "ledger", put: { stream: "cppcc/15-5/9", key: "", sort: "", body: {} } },
      "surplus",
    ],
    ["a surplus tally", { projection: "rates", add: { key: "[]", count: 1 } }, "surplus"],
  ] as const)("finds %s, and a rebuild repairs it", async (_what, change, kind) => {
    const { book, store } = await bookWith(...handled);
    const before = await book.list();
    // an append that records nothing but moves a projection
    const streams = [] as const;
    const request = { commandId: "x", requestHash: "0".repeat(64), actor: { id: "某人" }, streams };
    await store.append({ ...request, changes: [change] });
    const check = await book.checkProjections();
    expect(check.differences).toMatchObject([{ projection: change.projection, kind }]);
    expect(check.count).toBe(1);
    expect((await book.audit()).faults.first).toMatchObject({ kind: "PROJECTION" });
    await book.rebuildProjections();
    expect((await book.checkProjections()).count).toBe(0);
    expect(await book.list()).toEqual(before);
  });

  it("has an eye for a case with more rows than fit one page", async () => {
    const promises = Array.from({ length: 1000 }, (_, n) => `第${n}项@2021-12-01`);
    const { book } = await bookWith(
      receive(),
      assign(),
      contact(),
      answer({ commitments: promises }),
      commit({ text: "又一项", due: "2021-12-01" }),
    );
    expect(await book.checkProjections()).toMatchObject({ count: 0, differences: [] });
    expect((await book.due()).due.length).toBe(1001);
  });
});

describe("the ledger 台账", () => {
  const cases = [
    receive({ number: 10, on: "2021-12-01", dispatchedOn: "2021-12-01" }),
    receive({ number: 9, on: "2021-11-30", dispatchedOn: "2021-10-08" }),
    receive({ number: 100, block: "民生" }),
    assign({ case: "100", due: "2021-12-30" }),
    receive({ kind: "npc", session: "18-4", number: 1, role: "lead" }),
    withdraw({ case: "npc/18-4/1" }),
  ];

  it("lists the cases in the order of their names", async () => {
    const { book } = await bookWith(...cases);
    expect((await book.list()).map((one) => one.case)).toEqual([
      "cppcc/15-5/9",
      "cppcc/15-5/10",
      "cppcc/15-5/100",
      "npc/18-4/1",
    ]);
  });

  it("shows the nearest duty, and its lamp", async () => {
    const { book } = await bookWith(...cases);
    // 2022-01-03 is a holiday, 2022-01-10 the fifth working day after 31 December
    expect((await book.list()).map(({ dueOn, lamp }) => [dueOn, lamp])).toEqual([
      ["2022-01-10", "yellow"],
      ["2022-03-01", "green"],
      ["2021-07-02", "red"],
      [null, null],
    ]);
    expect((await book.list({ today: "2021-12-30" }))[0]?.lamp).toBe("green");
    expect((await book.list({ today: "2022-01-11" }))[0]?.lamp).toBe("red");
  });

  it("is narrowed by any of the scopes", async () => {
    const { book } = await bookWith(...cases);
    const numbers = async (scope: object) =>
      (await book.list({ scope })).map((one) => one.case.split("/")[2]);
    expect(await numbers({ kind: "npc" })).toEqual(["1"]);
    expect(await numbers({ status: "withdrawn" })).toEqual(["1"]);
    expect(await numbers({ role: "lead" })).toEqual(["1"]);
    expect(await numbers({ block: "民生" })).toEqual(["100"]);
    expect(await numbers({ department: "规划科" })).toEqual(["100"]);
    expect(await numbers({ year: 2020 })).toEqual([]);
  });
});

describe("what falls due 到期", () => {
  it("most urgent first, late ones always, and a right that has lapsed not at all", async () => {
    const { book } = await bookWith(
      receive(),
      assign(),
      contact(),
      receive({ number: 9, on: "2021-12-20" }),
    );
    const { asOf, due } = await book.due();
    expect(asOf).toBe("2021-12-31");
    expect(due.map((one) => [one.case, one.deadline, one.dueOn, one.lamp])).toEqual([
      [caseId, "internal", "2021-06-20", "red"],
      [caseId, "reply", "2021-07-02", "red"],
      ["cppcc/15-5/9", "return-request", "2022-01-04", "yellow"],
      ["cppcc/15-5/9", "reply", "2022-03-21", "green"],
    ]);
    expect(due.map(({ workingDaysLeft }) => Math.sign(workingDaysLeft))).toEqual([-1, -1, 1, 1]);
    const soon = await book.due({ withinDays: 14 });
    expect(soon.due.map(({ deadline }) => deadline)).toEqual([
      "internal",
      "reply",
      "return-request",
    ]);
    expect(
      (await book.due({ today: "2022-01-05" })).due.map(({ deadline }) => deadline),
    ).not.toContain("return-request");
  });
});
