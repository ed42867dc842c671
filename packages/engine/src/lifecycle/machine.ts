/**
 * @module machine — the XState machine over the arrows, which `replay` and the drawing ask.
 *
 * The machine takes facts, not commands. It keeps no state of its own: the case is its context, given
 * with each question, so there is nothing to get out of step. It has no timers, no actors and no
 * actions; a timer in a machine would be a fact that nobody recorded.
 *
 * This is the one file that imports XState.
 */
import { setup, transition } from "xstate";
import type { CaseEvent, CaseEventType } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import type { Phase } from "./arrows.ts";
import { arrows } from "./arrows.ts";
import type { GuardInput, GuardName } from "./guards.ts";
import { guards } from "./guards.ts";

type MachineEvent = {
  [Type in CaseEventType]: { type: Type; input: Omit<GuardInput, "state"> };
}[CaseEventType];

/** The XState machine over the arrows. */
export const lifecycle = setup({
  types: { context: {} as { state: CaseState | null }, events: {} as MachineEvent },
  guards: {
    all: ({ context, event }, names: readonly GuardName[]) => {
      const { state } = context;
      return state !== null && names.every((name) => guards[name].holds({ state, ...event.input }));
    },
  },
}).createMachine({
  id: "case",
  initial: "unreceived",
  context: { state: null },
  states: {
    unreceived: { on: arrows.unreceived },
    received: { on: arrows.received },
    assigned: { on: arrows.assigned },
    contacted: { on: arrows.contacted },
    answered: { on: arrows.answered },
    followUp: { on: arrows.followUp },
    closed: { on: arrows.closed },
    returned: { on: arrows.returned },
    withdrawn: { on: arrows.withdrawn },
    merged: { on: arrows.merged },
  },
});

/**
 * Asks the machine itself what a fact leads to.
 * @returns the next phase, or null where the machine does not allow the fact
 */
export const judge = (
  state: CaseState | null,
  fact: CaseEvent,
  by: Omit<GuardInput, "state" | "fact">,
): Phase | null => {
  const snapshot = lifecycle.resolveState({
    value: state?.status ?? "unreceived",
    context: { state },
  });
  const event = { type: fact.type, input: { ...by, fact } } as MachineEvent;
  if (!snapshot.can(event)) return null;
  return transition(lifecycle, snapshot, event)[0].value;
};
