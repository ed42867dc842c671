/** @module progress.test — weekly reports and monthly dispatch meetings: duties that come back until the case ends. */
import type { Rulebook } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookUnder,
  close,
  commit,
  contact,
  dissatisfied,
  feedback,
  fulfil,
  given,
  givenUnder,
  progress,
  reassign,
  receive,
} from "./given.ts";
import { isSound, national } from "./given-adoption.ts";

const rule = (
  deadline: "progress-report" | "progress-dispatch",
  trigger: "assigned" | "progressReported" | "progressDispatched",
): Rulebook["deadlines"][number] => ({
  id: `${deadline}-after-${{ assigned: "start", progressReported: "report", progressDispatched: "dispatch" }[trigger]}`,
  deadline,
  appliesTo: {},
  trigger,
  ...(deadline === "progress-report"
    ? ({ amount: 7, unit: "calendarDay" } as const)
    : ({ amount: 1, unit: "calendarMonth" } as const)),
  count: "dayZero",
  rollOver: "none",
  extension: null,
  onMiss: "countAsLate",
  source: { title: { zh: "池州市数据资源管理局工作机制", en: "a bureau's working method" } },
  confidence: "page",
  validFrom: "2000-01-01",
  validTo: null,
});

const weekly: Rulebook = {
  ...national,
  id: "weekly",
  deadlines: [
    ...national.deadlines,
    rule("progress-report", "assigned"),
    rule("progress-report", "progressReported"),
    rule("progress-dispatch", "assigned"),
    rule("progress-dispatch", "progressDispatched"),
  ],
};
const fixed = [receive(), assign({ on: "2021-04-06" })] as const;
const report = (on: string, fields: Given = {}) => progress({ on, ...fields });

type View = Readonly<{
  deadlines: readonly Readonly<{ id: string; dueOn: string; state: string }>[];
}>;
const datesOf = ({ deadlines }: View, name = "progress-report") =>
  deadlines.filter(({ id }) => id === name).map(({ dueOn, state }) => [dueOn, state]);

describe("a weekly report and a monthly dispatch 周报进展、月调度", () => {
  it("are set by the 五定, each for itself", async () => {
    const view = await givenUnder(weekly, receive()).when(assign()).then("CaseAssigned");
    expect(datesOf(view)).toEqual([["2021-04-13", "overdue"]]);
    expect(datesOf(view, "progress-dispatch")).toEqual([["2021-05-06", "overdue"]]);
  });

  it("each report meets the open one and sets the next", async () => {
    const view = await givenUnder(weekly, ...fixed, report("2021-04-12"))
      .when(report("2021-04-20", { occasion: "dispatch" }))
      .then("ProgressReported");
    expect(datesOf(view)).toEqual([
      ["2021-04-13", "met"],
      ["2021-04-19", "overdue"],
    ]);
    expect(datesOf(view, "progress-dispatch")).toEqual([
      ["2021-05-06", "met"],
      ["2021-05-20", "overdue"],
    ]);
    expect(view.progress.map(({ occasion }) => occasion)).toEqual(["report", "dispatch"]);
  });

  it("that comes late is late", async () => {
    const view = await givenUnder(weekly, ...fixed)
      .when(report("2021-04-15"))
      .thenStatus("assigned");
    expect(datesOf(view)[0]).toEqual(["2021-04-13", "late"]);
  });

  it("that is written down after a newer one changes no date", async () => {
    const view = await givenUnder(weekly, ...fixed, report("2021-04-12"), report("2021-04-19"))
      .when(report("2021-04-14"))
      .thenStatus("assigned");
    expect(datesOf(view)).toEqual([
      ["2021-04-13", "met"],
      ["2021-04-19", "met"],
      ["2021-04-26", "overdue"],
    ]);
  });

  it("go on through a new 五定 and a new round, and end with the case", async () => {
    const round = [contact(), answer(), dissatisfied({ on: "2021-07-01" })];
    const view = await givenUnder(weekly, ...fixed, report("2021-04-12"), ...round)
      .when(reassign({ on: "2021-07-02", due: "2021-07-30" }))
      .thenStatus("assigned");
    expect(datesOf(view)).toHaveLength(2);
    const ended = await givenUnder(weekly, ...fixed, contact(), answer(), feedback())
      .when(close())
      .thenStatus("closed");
    expect(datesOf(ended)).toEqual([["2021-04-13", "waived"]]);
    const after = await givenUnder(weekly, ...fixed, contact(), answer(), feedback(), close())
      .when(report("2021-08-01"))
      .thenStatus("closed");
    expect(datesOf(after)).toEqual([["2021-04-13", "waived"]]);
  });

  it("stand among what falls due", async () => {
    const made = await bookUnder(weekly, ...fixed, report("2021-04-12"));
    await isSound(made);
    expect(await made.book.due({ today: "2021-04-15" })).toMatchObject({
      due: expect.arrayContaining([expect.objectContaining({ deadline: "progress-report" })]),
    });
  });
});

describe("progress 进展", () => {
  const promised = [...fixed, contact(), commit({ on: "2021-05-01" })];

  it("is told of the case, or of a promise that is still to be kept", async () => {
    await given(...fixed)
      .when(report("2021-05-10"))
      .then("ProgressReported");
    const view = await given(...promised)
      .when(report("2021-05-10", { commitment: 1 }))
      .then("ProgressReported");
    expect(view.progress).toEqual([
      { on: "2021-05-10", commitment: 1, occasion: "report", summary: "已完成初稿" },
    ]);
    await given(...promised, fulfil({ on: "2021-05-05" }))
      .when(report("2021-05-10", { commitment: 1 }))
      .thenRefused("RULE_REFUSED", "commitmentUnfulfilled");
    await given(...promised)
      .when(report("2021-05-10", { commitment: 2 }))
      .thenRefused("NOT_FOUND");
  });

  it("is not told of what was not handed over or promised yet", async () => {
    await given(...fixed)
      .when(report("2021-04-01"))
      .thenRefused("RULE_REFUSED", "notBeforeDispatch");
    await given(...promised)
      .when(report("2021-04-20", { commitment: 1 }))
      .thenRefused("RULE_REFUSED", "notBeforePromise");
    await given(receive()).when(report("2021-04-05")).thenRefused("WRONG_STATE");
  });
});
