/** @module assigning.test — department, person, time, task and responsibility, all five or none. */
import { describe, expect, it } from "vitest";
import {
  answer,
  assign,
  close,
  contact,
  dissatisfied,
  feedback,
  five,
  given,
  handled,
  inRoundTwo,
  reassign,
  receive,
  requestReturn,
} from "./given.ts";

const without = (...names: readonly string[]) =>
  assign(Object.fromEntries(names.map((name) => [name, undefined])));

describe("assigning a case 五定", () => {
  it("all five are fixed at once", async () => {
    const view = await given(receive()).when(assign()).then("CaseAssigned");
    expect(view).toMatchObject({ status: "assigned", assignment: five });
    expect(view.deadlines).toContainEqual(
      expect.objectContaining({ id: "internal", dueOn: "2021-06-20", rule: "assignment" }),
    );
  });

  it("a leader and helping departments may be named too", async () => {
    const more = { leader: "分管领导乙", coDepartments: ["信息科", "综合科"] };
    const view = await given(receive()).when(assign(more)).then("CaseAssigned");
    expect(view.assignment).toEqual({ ...five, ...more });
  });

  it.each(Object.keys(five))("without %s it is refused, and that one is named", (name) =>
    given(receive())
      .when(without(name))
      .thenRefused("INCOMPLETE_ASSIGNMENT", { missing: [name] }),
  );

  it("with three of the five the two missing ones are named", () =>
    given(receive())
      .when(without("task", "responsibility"))
      .thenRefused("INCOMPLETE_ASSIGNMENT", { missing: ["task", "responsibility"] }));

  it("with none of them all five are named, in the order of the name", () =>
    given(receive())
      .when(without(...Object.keys(five)))
      .thenRefused("INCOMPLETE_ASSIGNMENT", {
        missing: ["department", "person", "due", "task", "responsibility"],
      }));

  it("an empty one is no 五定", () =>
    given(receive())
      .when(assign({ person: "  " }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "person", kind: "empty" }],
      }));

  it("the time that is fixed does not lie before the day it is fixed", () =>
    given(receive())
      .when(assign({ due: "2021-04-05" }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "due", kind: "tooEarly", value: "2021-04-05", earliest: "2021-04-06" }],
      }));

  it("the same day will do", () =>
    given(receive())
      .when(assign({ due: "2021-04-06" }))
      .thenStatus("assigned"));

  it("nobody is assigned before the dispatch", () =>
    given(receive())
      .when(assign({ on: "2021-04-01" }))
      .thenRefused("RULE_REFUSED", "notBeforeDispatch"));

  it("not twice: a second time is a reassignment", () =>
    given(receive(), assign())
      .when(assign())
      .thenRefused("WRONG_STATE", {
        status: "assigned",
        allowed: expect.arrayContaining(["reassign", "contact"]),
      }));

  it("not while a return is undecided", () =>
    given(receive(), requestReturn())
      .when(assign())
      .thenRefused("RULE_REFUSED", "returnNotPending"));

  it("nothing is answered or talked over before it", async () => {
    await given(receive()).when(contact()).thenRefused("RULE_REFUSED", "mayGoUnassigned");
    await given(receive()).when(answer()).thenRefused("RULE_REFUSED", "mayGoUnassigned");
    await given(receive()).when(feedback()).thenRefused("RULE_REFUSED", "replyDelivered");
    await given(receive()).when(close()).thenRefused("WRONG_STATE");
  });
});

describe("reassigning 调整五定", () => {
  const second = { department: "信息科", person: "经办人丙", due: "2021-06-25" };

  it("the new 五定 take the place of the old ones, whose due date is superseded", async () => {
    const view = await given(receive(), assign()).when(reassign(second)).then("CaseReassigned");
    expect(view).toMatchObject({ status: "assigned", assignment: { ...five, ...second } });
    expect(view.assignment).not.toHaveProperty("reason");
    const internal = view.deadlines.filter(({ id }) => id === "internal");
    expect(internal.map(({ dueOn, state }) => [dueOn, state])).toEqual([
      ["2021-06-20", "superseded"],
      ["2021-06-25", "overdue"],
    ]);
  });

  it.each([
    ["after the contact", [receive(), assign(), contact()], "contacted"],
    ["after the answer", [receive(), assign(), contact(), answer()], "answered"],
    ["during the follow-up", [...handled], "followUp"],
    ["in a new round", [...inRoundTwo], "assigned"],
  ] as const)("is possible %s and moves the case nowhere", async (_when, facts, status) => {
    await given(...facts)
      .when(reassign({ on: "2021-08-01", due: "2021-09-01" }))
      .thenStatus(status);
  });

  it("needs a reason", () =>
    given(receive(), assign())
      .when(reassign({ reason: undefined }))
      .thenRefused("INVALID_INPUT", {
        problems: [{ field: "reason", kind: "missing" }],
      }));

  it("needs all five as the first time", () =>
    given(receive(), assign())
      .when(reassign({ task: undefined }))
      .thenRefused("INCOMPLETE_ASSIGNMENT", { missing: ["task"] }));

  it("is not possible before the first or after the closing", async () => {
    await given(receive()).when(reassign()).thenRefused("WRONG_STATE");
    const closed = [...handled, close()];
    await given(...closed)
      .when(reassign({ on: "2021-08-01", due: "2021-09-01" }))
      .thenRefused("WRONG_STATE");
  });

  it("a new round keeps the 五定", async () => {
    const facts = [receive(), assign(), contact(), answer()];
    const view = await given(...facts)
      .when(dissatisfied())
      .thenStatus("assigned");
    expect(view.assignment).toEqual(five);
  });
});
