/**
 * @module orders.test — extend, correct, take an extension back, reassign, a new round: in whatever order
 * they come, the case ends where the rules say, and what the order changes has a name.
 */
import { isEngineError } from "@wuding/engine";
import { describe, expect, it } from "vitest";
import type { Given } from "./given.ts";
import {
  amend,
  answer,
  assign,
  bookWith,
  caseId,
  contact,
  dissatisfied,
  extend,
  reassign,
  receive,
  take,
} from "./given.ts";

/** All on one day, so that no date but only the order decides. */
const on = "2021-05-10";
const steps: Readonly<Record<string, readonly Given[]>> = {
  extend: [extend({ on, due: "2021-08-30" })],
  correct: [amend({ dispatchedOn: "2021-04-06" }, { on })],
  withdrawExtension: [
    {
      command: "withdraw-extension",
      case: caseId,
      on,
      by: "区政协提案委",
      reason: "条件变化",
    },
  ],
  reassign: [reassign({ on })],
  newRound: [answer({ on }), dissatisfied({ on })],
};
type Step = keyof typeof steps;

const orders = (names: readonly Step[]): readonly (readonly Step[])[] =>
  names.length === 0
    ? [[]]
    : names.flatMap((first) =>
        orders(names.filter((name) => name !== first)).map((rest) => [first, ...rest]),
      );

/** Where a case ends, and what was refused on the way. */
const endOf = async (order: readonly Step[]) => {
  const made = await bookWith(
    receive({ dispatchedOn: "2021-04-02", on: "2021-04-06" }),
    assign(),
    contact(),
  );
  const refused: string[] = [];
  for (const name of order) {
    for (const step of steps[name] ?? []) {
      try {
        await take(made, step);
      } catch (error) {
        if (!isEngineError(error)) throw error;
        const { rule = error.code } = error.data as { rule?: string };
        refused.push(`${name}: ${rule}`);
      }
    }
  }
  expect(await made.book.replayAll()).toMatchObject({ firstFault: null, faults: 0 });
  expect((await made.book.checkProjections()).differences).toEqual([]);
  const view = await made.book.show(caseId);
  const last = (id: string) => view.deadlines.findLast((one) => one.id === id)?.dueOn ?? null;
  return {
    refused,
    status: view.status,
    round: view.round,
    department: view.assignment?.department ?? null,
    dispatchedOn: view.dispatchedOn,
    reply: last("reply"),
    rehandling: last("rehandling"),
  };
};

const before = (order: readonly Step[], one: Step, other: Step): boolean =>
  order.indexOf(one) < order.indexOf(other);

describe("all orders of extend, correct, take the extension back, reassign, a new round", () => {
  it("end where the rules say, and differ only in what has a name", async () => {
    const all = orders(Object.keys(steps));
    expect(all).toHaveLength(120);
    for (const order of all) {
      const end = await endOf(order);
      // whatever the order: the correction holds, the 五定 is the last one, the second round runs
      expect(end).toMatchObject({
        status: "assigned",
        round: 2,
        dispatchedOn: "2021-04-06",
        department: "规划科",
      });
      // difference 1: before the answer an extension is the reply's; the second round's term has none
      const isExtended = before(order, "extend", "newRound");
      // difference 2: consent can be taken back only after it was given, and before the answer
      const isTakenBack =
        isExtended &&
        before(order, "extend", "withdrawExtension") &&
        before(order, "withdrawExtension", "newRound");
      expect([order.join(), end.reply, end.rehandling]).toEqual([
        order.join(),
        isExtended && !isTakenBack ? "2021-08-30" : "2021-07-06",
        "2021-06-10",
      ]);
      expect([order.join(), end.refused]).toEqual([
        order.join(),
        order.flatMap((name) =>
          name === "extend" && !isExtended
            ? ["extend: mayBeExtended"]
            : name === "withdrawExtension" && !isTakenBack
              ? ["withdrawExtension: extensionStands"]
              : [],
        ),
      ]);
    }
  });
});
