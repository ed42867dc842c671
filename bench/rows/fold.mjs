/**
 * @module fold — one event through the lifecycle: the table of the arrows against XState's pure
 * `transition()` of the machine that is made of the same arrows. That both say the same of every history
 * is a property test (packages/engine/test/lifecycle.test.ts).
 */
import { createRequire } from "node:module";
import { evolve, shippedRulebook } from "../../packages/engine/dist/index.js";
import { lifecycle } from "../../packages/engine/dist/lifecycle/machine.js";
import { verdict } from "../../packages/engine/dist/lifecycle/table.js";
import { row } from "../frame/rows.mjs";
import { turns } from "../frame/turns.mjs";
import { actor, eventsOf, numberOf, requestMaker } from "../work/cases.mjs";

/** The events of a case, each with the case as it was before and what its guards are asked about. */
const judged = async () => {
  const requestsOf = await requestMaker();
  const rulebook = await shippedRulebook("national");
  let state = null;
  return eventsOf(requestsOf(numberOf(1))).map((fact) => {
    const before = state;
    state = evolve(fact.stream, state, fact);
    return {
      before,
      phase: before?.status ?? "unreceived",
      fact,
      to: state.status,
      by: { fact, actor, rulebook },
    };
  });
};

const timeEach = (times, work) => {
  const started = performance.now();
  for (let time = 0; time < times; time += 1) work();
  return (performance.now() - started) * 1000;
};

export const contenders = {
  table: async ({ times }) => {
    const events = await judged();
    const work = () => {
      for (const { phase, fact, to } of events) {
        if (verdict(phase, fact.type, null).to !== to) throw new Error(`${fact.type} leads astray`);
      }
    };
    return { round: () => timeEach(times, work) / (times * events.length) };
  },
  guards: async ({ times }) => {
    const events = await judged();
    const work = () => {
      for (const { before, phase, fact, to, by } of events) {
        const input = before === null ? null : { state: before, ...by };
        if (verdict(phase, fact.type, input).to !== to)
          throw new Error(`${fact.type} leads astray`);
      }
    };
    return { round: () => timeEach(times, work) / (times * events.length) };
  },
  xstate: async ({ times }) => {
    const load = createRequire(new URL("../../packages/engine/dist/index.js", import.meta.url));
    const { transition } = load("xstate");
    const events = await judged();
    const asked = events.map(({ before, phase, fact, to, by }) => ({
      snapshot: lifecycle.resolveState({ value: phase, context: { state: before } }),
      event: { type: fact.type, input: by },
      to,
    }));
    const work = () => {
      for (const { snapshot, event, to } of asked) {
        const [{ value }] = transition(lifecycle, snapshot, event);
        if (value !== to) throw new Error(`${event.type} leads astray`);
      }
    };
    return { round: () => timeEach(times, work) / (times * events.length) };
  },
};

export const group = {
  name: "fold",
  measure: async ({ rounds, quick }) => {
    const module = new URL(import.meta.url);
    const few = quick ? 10 : 2000;
    const found = await turns(
      [
        { module, name: "table", given: { times: few * 100 } },
        { module, name: "guards", given: { times: few * 100 } },
        { module, name: "xstate", given: { times: few } },
      ],
      rounds,
    );
    return [
      row("fold.figure", found.get("table")),
      row("fold.guards", found.get("guards")),
      row("fold.xstate", found.get("table"), found.get("xstate")),
    ];
  },
};
