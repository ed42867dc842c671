/** @module urging.test — 催办、督办: who asked how a case stands, with slips that follow one another. */
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  close,
  contact,
  given,
  handled,
  receive,
  submitOpinion,
  take,
  urge,
  waiveContact,
  withdraw,
} from "./given.ts";

const slip = (colour: string, on: string, due: string): Given => urge({ slip: colour, on, due });
const blue = slip("blue", "2021-05-10", "2021-05-17");

describe("urging 催办", () => {
  it("is recorded with who, why and how, and moves no due date", async () => {
    const before = (await bookWith(receive())).book.show("122");
    const view = await given(receive())
      .when(urge({ method: "notice" }))
      .then("CaseUrged");
    expect(view.urges).toEqual([
      { urge: 1, on: "2021-05-10", by: "政府督查室", reason: "请报送进展", method: "notice" },
    ]);
    expect(view.deadlines).toEqual((await before).deadlines);
  });

  it.each([
    ["received", [receive()]],
    ["contacted", [receive(), assign(), contact()]],
    ["answered", [receive(), assign(), contact(), answer()]],
    ["followUp", [...handled]],
  ] as const)("while the case is %s, and it stays there", async (status, steps) => {
    await given(...steps)
      .when(urge({ on: "2021-07-06" }))
      .thenStatus(status);
  });

  it("not once the case is closed or has left us, nor before the dispatch", async () => {
    await given(...handled, close())
      .when(urge({ on: "2021-07-12" }))
      .thenRefused("WRONG_STATE");
    await given(receive(), withdraw()).when(urge()).thenRefused("WRONG_STATE");
    await given(receive())
      .when(urge({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeDispatch");
  });

  it("is counted in the ledger", async () => {
    const { book } = await bookWith(receive(), urge(), urge({ on: "2021-05-20" }));
    expect(await book.list()).toMatchObject([{ urges: 2 }]);
    expect((await book.show("122")).urges.map(({ urge: number }) => number)).toEqual([1, 2]);
  });

  it("with a day for the answer, which the reply, the opinion or a report of progress meets", async () => {
    const wanted = urge({ due: "2021-06-30" });
    const sole = await given(receive(), assign(), contact(), wanted)
      .when(answer())
      .then("ReplyDelivered");
    expect(sole.deadlines).toContainEqual(
      expect.objectContaining({ id: "urge:1", metOn: "2021-06-30", state: "met" }),
    );
    const assisting = [
      receive({ role: "assist" }),
      assign(),
      urge({ on: "2021-04-20", due: "2021-04-27" }),
    ];
    const opinion = await given(...assisting)
      .when(submitOpinion())
      .then("OpinionSubmitted");
    expect(opinion.deadlines).toContainEqual(
      expect.objectContaining({ id: "urge:1", metOn: "2021-04-28", state: "late" }),
    );
  });

  it("that day is not before the urge", () =>
    given(receive())
      .when(urge({ due: "2021-05-09" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "due", kind: "tooEarly" }] }));
});

describe("slips 三色督办单", () => {
  it("blue, then orange, then red, each when the time of the one before has passed", async () => {
    const orange = slip("orange", "2021-05-18", "2021-05-24");
    await given(receive(), blue).when(orange).then("CaseUrged");
    const view = await given(receive(), blue, orange)
      .when(slip("red", "2021-05-25", "2021-05-31"))
      .then("CaseUrged");
    expect(view.urges.map(({ slip: colour }) => colour)).toEqual(["blue", "orange", "red"]);
  });

  it("not while the one before still runs", () =>
    given(receive(), blue)
      .when(slip("orange", "2021-05-17", "2021-05-24"))
      .thenRefused("RULE_REFUSED", {
        rule: "slipTimePassed",
        why: { zh: "蓝色督办单的时限至 2021-05-17，尚未届满" },
      }));

  it("not out of order", async () => {
    await given(receive())
      .when(slip("orange", "2021-05-10", "2021-05-17"))
      .thenRefused("RULE_REFUSED", { rule: "slipInOrder", why: { zh: "现在应发蓝色督办单" } });
    await given(receive(), blue)
      .when(slip("red", "2021-05-18", "2021-05-24"))
      .thenRefused("RULE_REFUSED", {
        rule: "slipInOrder",
        why: { en: "the slip that comes now is orange" },
      });
  });

  it("not without a day: there would be no time to pass", () =>
    given(receive())
      .when(urge({ slip: "blue" }))
      .thenRefused("INVALID_INPUT", { problems: [{ field: "due", kind: "missing" }] }));

  it("an urge without a slip goes at any time", () =>
    given(receive(), blue)
      .when(urge({ on: "2021-05-12" }))
      .then("CaseUrged"));
});

describe("behind and overdue 滞后与逾期", () => {
  const lampOn = async (today: string, ...steps: readonly Given[]) => {
    const { book } = await bookWith(...steps);
    const { due } = await book.due({ today });
    const [row] = await book.list({ today });
    return [row?.lamp, due.find(({ deadline }) => deadline === "urge:1")?.lamp];
  };
  const steps = [receive(), waiveContact(), urge({ due: "2021-05-20" })];

  it("an urge that was not answered in time is yellow, an overdue reply is red", async () => {
    expect(await lampOn("2021-05-10", ...steps)).toEqual(["green", "green"]);
    expect(await lampOn("2021-05-18", ...steps)).toEqual(["yellow", "yellow"]);
    expect(await lampOn("2021-06-10", ...steps)).toEqual(["yellow", "yellow"]);
    expect(await lampOn("2021-07-03", ...steps)).toEqual(["red", "yellow"]);
  });

  it("the ledger still shows the nearest date", async () => {
    const made = await bookWith(...steps);
    expect(await made.book.list({ today: "2021-06-10" })).toMatchObject([{ dueOn: "2021-05-20" }]);
    await take(made, assign());
    await take(made, answer({ on: "2021-06-11" }));
    expect(await made.book.list({ today: "2021-06-12" })).toMatchObject([{ lamp: "green" }]);
  });
});
