/** @module lifecycle.test — the machine is complete, and the table compiled from it says the same. */
import type { CaseEventType, GuardName } from "@wuding/engine";
import { caseEvents, commands, guards, leadingEvents, terms } from "@wuding/engine";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseEvent } from "../src/case/events.ts";
import type { CaseState } from "../src/case/state.ts";
import { foldCase } from "../src/casebook/history-of-case.ts";
import type { Phase } from "../src/lifecycle/arrows.ts";
import { arrows } from "../src/lifecycle/arrows.ts";
import { drawLifecycle } from "../src/lifecycle/drawing.ts";
import { judge, lifecycle } from "../src/lifecycle/machine.ts";
import { hasArrow, verdict } from "../src/lifecycle/table.ts";
import { clerk } from "./given.ts";
import { moves, play } from "./random-histories.ts";

const phases = Object.keys(arrows) as readonly Phase[];
const types = Object.keys(caseEvents) as readonly CaseEventType[];

type Arrow = Readonly<{ target: Phase; guard?: { params: readonly GuardName[] } }>;
const arrowsOf = (phase: Phase, type: CaseEventType): readonly Arrow[] => {
  const found = (arrows[phase] as Record<string, Arrow | readonly Arrow[]>)[type];
  return found === undefined ? [] : ([found].flat() as Arrow[]);
};

describe("completeness 流程完整", () => {
  it.each(types)("%s has an arrow, and a label in both languages", (type) => {
    expect(phases.filter((phase) => arrowsOf(phase, type).length > 0)).not.toEqual([]);
    expect(caseEvents[type].zh).not.toBe("");
    expect(caseEvents[type].en).not.toBe("");
  });

  it("every arrow is one of a known event to a known phase", () => {
    for (const phase of phases) {
      for (const type of Object.keys(arrows[phase])) {
        expect(types).toContain(type);
        for (const { target } of arrowsOf(phase, type as CaseEventType)) {
          expect(phases).toContain(target);
        }
      }
    }
  });

  it("every phase of the machine is a status with its labels", () => {
    const named = Object.keys(lifecycle.states).filter((phase) => phase !== "unreceived");
    expect(named.toSorted()).toEqual(Object.keys(terms.statuses).toSorted());
    for (const { zh, en } of Object.values(terms.statuses)) expect([zh, en]).not.toContain("");
  });

  it("every phase can be reached, and an open one can be left", () => {
    const reached = new Set<Phase>(["unreceived"]);
    for (const phase of reached) {
      for (const type of types) for (const { target } of arrowsOf(phase, type)) reached.add(target);
    }
    expect([...reached].toSorted()).toEqual([...phases].toSorted());
    for (const [status, { open }] of Object.entries(terms.statuses)) {
      // a correction may lead anywhere
      const leaves = types.some(
        (type) =>
          !type.startsWith("Entry") &&
          arrowsOf(status as Phase, type).some(({ target }) => target !== status),
      );
      expect(leaves).toBe(open || status === "closed" || status === "returned");
    }
  });

  it("every guard on an arrow exists, and every guard is on an arrow", () => {
    const used = new Set(
      phases.flatMap((phase) =>
        types.flatMap((type) => arrowsOf(phase, type).flatMap(({ guard }) => guard?.params ?? [])),
      ),
    );
    expect([...used].toSorted()).toEqual(Object.keys(guards).toSorted());
  });

  it.each(Object.keys(guards) as GuardName[])(
    "%s says why and what to do, in both languages",
    (name) => {
      const { why, repair } = guards[name];
      for (const text of [why.zh, why.en, repair.zh, repair.en]) expect(text).not.toBe("");
      expect(why.zh).not.toMatch(/[。.]$/);
    },
  );

  it("every command leads with events that have an arrow, and every event is led with but what the office or another case brings", () => {
    const ofCases = Object.entries(commands).filter(([, { about }]) => about !== "office");
    const names = ofCases.map(([name]) => name);
    expect(Object.keys(leadingEvents).toSorted()).toEqual(names.toSorted());
    const led = new Set<string>(Object.values(leadingEvents).flat());
    // they follow a reorganisation, the adoption of rules and the merger of another case
    expect(types.filter((type) => !led.has(type))).toEqual([
      "AssignmentRenamed",
      "DeadlinesRecomputed",
      "ProposersJoined",
    ]);
  });

  it("an ended case has no way on but a correction, and another dispatch of what was sent back", () => {
    // an erasure leads nowhere
    const corrections = ["PersonalDataForgotten", "EntryAmended", "EntryRetracted"];
    expect(types.filter((type) => hasArrow("merged", type))).toEqual([
      "PersonalDataForgotten",
      "EntryRetracted",
    ]);
    expect(types.filter((type) => hasArrow("withdrawn", type))).toEqual(corrections);
    expect(types.filter((type) => hasArrow("returned", type))).toEqual([
      "CaseRedispatched",
      ...corrections,
    ]);
  });

  it("the drawing shows every arrow of the machine and no other", () => {
    const drawn = drawLifecycle().arrows.map(({ from, event, to, guards: names }) => ({
      from,
      event,
      to,
      names,
    }));
    const written = phases.flatMap((from) =>
      types.flatMap((event) =>
        arrowsOf(from, event).map(({ target, guard }) => ({
          from,
          event,
          to: target,
          names: guard?.params ?? [],
        })),
      ),
    );
    const spelt = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted();
    expect(spelt(drawn)).toEqual(spelt(written));
  });
});

describe("the compiled table 编译表", () => {
  it("has the machine's arrows", () => {
    for (const phase of phases) {
      for (const type of types) {
        expect(hasArrow(phase, type)).toBe(arrowsOf(phase, type).length > 0);
      }
    }
  });

  it("says to every fact of every random history what XState says, and to the others too", async () => {
    let asked = 0;
    let forbidden = 0;
    await fc.assert(
      fc.asyncProperty(moves({ max: 30 }), async (history) => {
        const { book, store } = await play(history);
        const { rulebook } = book.rules.current;
        const actor = { id: clerk };
        for (const id of await store.listStreams({ limit: 100 })) {
          const events = await store.readStream(id);
          const facts = probes(events.map((event) => event as unknown as CaseEvent));
          for (let length = 0; length <= events.length; length += 1) {
            const state = foldCase(id, events.slice(0, length));
            const phase = state?.status ?? "unreceived";
            for (const fact of facts) {
              const judged = judge(state, fact, { actor, rulebook });
              const input = state && { state, fact, actor, rulebook };
              const said = verdict(phase, fact.type, input);
              expect(said.allowed ? said.to : null).toBe(judged);
              asked += 1;
              if (!said.allowed && said.guard !== null) forbidden += 1;
            }
          }
        }
      }),
      { numRuns: 10 },
    );
    // both kinds of answer were really compared
    expect(asked).toBeGreaterThan(1000);
    expect(forbidden).toBeGreaterThan(50);
  });
});

/** As much of the data of every type as any guard looks at. */
const probed = {
  commitment: 1,
  deadline: "reply",
  from: "2021-04-01",
  latest: "2021-12-31",
  deadlines: [{ id: "reply", dueOn: "2021-09-01" }],
  entry: 2,
  entries: [2],
  type: "CaseAssigned",
  leadsTo: "assigned",
  into: "cppcc/15-5/999",
  target: { status: "received", answersProposer: true },
  requests: [1],
  opinion: 1,
  unit: "财政局",
  draft: 1,
  by: "局长",
  result: "A",
  proposer: 2,
  disclosure: "full",
};

/** The facts of a case, and one of every type whether it belongs there or not. */
const probes = (facts: readonly CaseEvent[]): readonly CaseEvent[] => [
  ...facts,
  ...types.flatMap((type) =>
    ["2021-01-01", "2021-08-01"].map((on) => ({ type, on, data: probed }) as unknown as CaseEvent),
  ),
];

describe("the first event 首条记录", () => {
  it("is the receipt and nothing else", () => {
    const none: CaseState | null = null;
    expect(types.filter((type) => verdict("unreceived", type, none).allowed)).toEqual([
      "CaseReceived",
    ]);
  });
});
