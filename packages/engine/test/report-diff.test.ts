/** @module report-diff.test — why two moments of the rates differ, case by case, and that it adds up. */
import type { DiffOptions } from "@wuding/engine";
import { addDays } from "@wuding/engine";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Book, Given } from "./given.ts";
import {
  answer,
  assign,
  bookWith,
  clerk,
  commit,
  contact,
  dissatisfied,
  feedback,
  newBook,
  reassign,
  receive,
  take,
  waiveContact,
  withdraw,
} from "./given.ts";
import { moves, play } from "./random-histories.ts";

const diffOf = (made: Book, from: string, to: string, rest: Partial<DiffOptions> = {}) =>
  made.book.reportDiff({ from, to, scope: {}, ...rest });

/** What changed in one rate: `before → after`, and for each case what became of it and by which events. */
const changesIn = async (
  id: string,
  made: Book,
  from: string,
  to: string,
  rest: Partial<DiffOptions> = {},
) => {
  const { rates } = await diffOf(made, from, to, rest);
  const rate = rates.find((one) => one.id === id);
  const count = (one: { numerator: number; denominator: number } | undefined) =>
    `${one?.numerator}/${one?.denominator}`;
  return [
    `${count(rate?.before)} → ${count(rate?.after)}`,
    ...(rate?.changes ?? []).map(
      ({ before, after, kind, events }) =>
        `${count(before)} → ${count(after)} ${kind}: ${events.map(({ type }) => type).join(", ")}`,
    ),
  ];
};

const handled = [receive(), assign(), contact(), answer(), feedback()];

describe("what was true on two days 按事实", () => {
  it.each([
    [
      "an answer counts",
      "completion",
      handled,
      ["2021-06-29", "2021-06-30"],
      ["0/1 → 1/1", "0/1 → 1/1 counted: ReplyDelivered"],
    ],
    [
      "a new case enters",
      "completion",
      handled,
      ["2021-04-01", "2021-04-30"],
      ["0/0 → 0/1", "0/0 → 0/1 entered: CaseReceived"],
    ],
    [
      "received and answered in between",
      "completion",
      handled,
      ["2021-04-01", "2021-07-31"],
      ["0/0 → 1/1", "0/0 → 1/1 entered: CaseReceived, ReplyDelivered"],
    ],
    [
      "a form comes back",
      "satisfaction",
      handled,
      ["2021-07-04", "2021-07-05"],
      ["0/0 → 1/1", "0/0 → 1/1 entered: FeedbackReceived"],
    ],
    [
      "不满意 takes it back",
      "completion",
      [receive(), assign(), contact(), answer(), dissatisfied()],
      ["2021-07-04", "2021-07-05"],
      ["1/1 → 0/1", "1/1 → 0/1 uncounted: RehandlingOrdered"],
    ],
    [
      "withdrawn",
      "completion",
      [receive(), withdraw()],
      ["2021-04-30", "2021-05-01"],
      ["0/1 → 0/0", "0/1 → 0/0 left: CaseWithdrawn"],
    ],
    [
      "the contact waived",
      "meeting",
      [receive(), assign(), waiveContact()],
      ["2021-04-14", "2021-04-15"],
      ["0/1 → 0/0", "0/1 → 0/0 left: ContactWaived"],
    ],
    [
      "a promise falls due, without an event",
      "commitment",
      [receive(), assign(), commit({ on: "2021-06-30", due: "2021-11-30" })],
      ["2021-11-29", "2021-11-30"],
      ["0/0 → 0/1", "0/0 → 0/1 entered: "],
    ],
    ["nothing happened", "completion", handled, ["2021-07-06", "2021-12-31"], ["1/1 → 1/1"]],
  ] as const)("%s", async (_what, id, steps, [from, to], expected) => {
    expect(await changesIn(id, await bookWith(...steps), from, to)).toEqual(expected);
  });

  it("a case that moves out of the choice leaves, and the event that moved it is named", async () => {
    const made = await bookWith(receive(), assign(), reassign({ department: "信息科" }));
    const [from, to] = ["2021-04-19", "2021-04-20"];
    expect(
      await changesIn("assignment", made, from, to, { scope: { department: "规划科" } }),
    ).toEqual(["1/1 → 0/0", "1/1 → 0/0 left: CaseReassigned"]);
    expect(
      await changesIn("assignment", made, from, to, { scope: { department: "信息科" } }),
    ).toEqual(["0/0 → 1/1", "0/0 → 1/1 entered: CaseReassigned"]);
  });

  it("each change names the case, why, and the event with its place, day and person", async () => {
    const made = await bookWith(...handled);
    const { rates, axis } = await diffOf(made, "2021-06-29", "2021-06-30");
    const completion = rates.find(({ id }) => id === "completion");
    expect(axis).toBe("true");
    expect(completion).toMatchObject({
      label: { zh: "办结率" },
      before: { numerator: 0, denominator: 1, display: "0%" },
      after: { numerator: 1, denominator: 1, display: "100%" },
    });
    expect(completion?.changes).toEqual([
      {
        case: "cppcc/15-5/122",
        title: "关于改进政务信息化建设的建议",
        before: { numerator: 0, denominator: 1 },
        after: { numerator: 1, denominator: 1 },
        kind: "counted",
        why: { zh: "已符合要求，新计入", en: "became counted" },
        events: [
          {
            position: 4,
            type: "ReplyDelivered",
            on: "2021-06-30",
            recordedAt: "2021-12-31T12:00:00.000+08:00",
            actor: clerk,
          },
        ],
      },
    ]);
  });

  it("the second day may not come first", async () => {
    const made = await bookWith(receive());
    await expect(diffOf(made, "2021-06-30", "2021-06-29")).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("what was known on two days 按记录", () => {
  /** Each step is recorded on the day that is said, whenever it was true. */
  const recordedOn = async (...steps: readonly (readonly [day: string, step: Given])[]) => {
    const made = await newBook("2021-04-02");
    for (const [day, step] of steps) {
      made.clock.set(`${day}T04:00:00.000Z`);
      await take(made, step);
    }
    return made;
  };

  it("a late entry changes what was known, not what was true", async () => {
    const made = await recordedOn(
      ["2021-04-02", receive()],
      ["2021-04-06", assign()],
      ["2021-07-12", contact()],
      ["2021-07-12", answer()],
    );
    const days = ["2021-07-01", "2021-07-31"] as const;
    expect(await changesIn("completion", made, ...days)).toEqual(["1/1 → 1/1"]);
    expect(await changesIn("completion", made, ...days, { known: true })).toEqual([
      "0/1 → 1/1",
      "0/1 → 1/1 counted: ReplyDelivered",
    ]);
  });

  it("a day ends at midnight in Asia/Shanghai", async () => {
    const made = await newBook("2021-04-02");
    await take(made, receive());
    made.clock.set("2021-04-06T15:59:59.999Z");
    await take(made, assign());
    expect(
      await changesIn("assignment", made, "2021-04-05", "2021-04-06", { known: true }),
    ).toEqual(["0/1 → 1/1", "0/1 → 1/1 counted: CaseAssigned"]);
    made.clock.set("2021-04-06T16:00:00.000Z");
    await take(made, contact({ on: "2021-04-06" }));
    expect(await changesIn("meeting", made, "2021-04-06", "2021-04-07", { known: true })).toEqual([
      "0/1 → 1/1",
      "0/1 → 1/1 counted: ContactRecorded",
    ]);
  });
});

describe("of random years 任意年份", () => {
  it("the second figure is the first and the sum of the listed changes, on either axis", async () => {
    await fc.assert(
      fc.asyncProperty(
        moves({ max: 60 }),
        fc.nat({ max: 200 }),
        fc.nat({ max: 120 }),
        fc.boolean(),
        fc.constantFrom({}, { year: 2021 }, { department: "规划科" }),
        async (history, back, span, known, scope) => {
          const player = await play(history);
          const to = addDays(player.today(), -Math.min(back, span));
          const from = addDays(to, -span);
          const { rates } = await diffOf(player, from, to, { known, scope });
          const figures = async (day: string) =>
            (await player.book.rates({ scope, ...(known ? { knownOn: day } : { asOf: day }) }))
              .rates;
          for (const [day, side] of [
            [from, "before"],
            [to, "after"],
          ] as const) {
            const shown = (await figures(day)).map(({ id, numerator, denominator, display }) => ({
              id,
              figure: { numerator, denominator, display },
            }));
            expect(rates.map((rate) => ({ id: rate.id, figure: rate[side] }))).toEqual(shown);
          }
          for (const { before, after, changes } of rates) {
            for (const name of ["numerator", "denominator"] as const) {
              const sum = changes.reduce(
                (total, change) => total + change.after[name] - change.before[name],
                before[name],
              );
              expect(sum).toBe(after[name]);
            }
            for (const change of changes) {
              expect(change.before).not.toEqual(change.after);
              expect(change.events.every(({ on }) => known || on.slice(0, 10) <= to)).toBe(true);
            }
            expect(new Set(changes.map((change) => change.case)).size).toBe(changes.length);
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});
