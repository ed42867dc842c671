/** @module renaming — what a reorganisation does to a case: its department goes on under another name. */
import type { CaseEvent, DecidedEvent } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import { EngineError } from "../errors.ts";
import { repairOfGuard, sourceOfGuard, whyOfGuard } from "../lifecycle/guards.ts";
import type { GuardInput } from "../lifecycle/guards.ts";
import { verdict } from "../lifecycle/table.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";

/** A reorganisation, and who records it under which rules. */
export type Reorganisation = Readonly<{
  from: string;
  to: string;
  on: string;
  actor: Actor;
  rulebook: Rulebook;
}>;

const judged = (state: CaseState, { from, to, on, actor, rulebook }: Reorganisation) => {
  const fact: CaseEvent = { type: "AssignmentRenamed", on, data: { from, to } };
  const input: GuardInput = { state, fact, actor, rulebook };
  return { fact, input, said: verdict(state.status, fact.type, input) };
};

/** The fact with its transition, or null for a case that it does not concern. */
export const renamed = (state: CaseState, change: Reorganisation): DecidedEvent | null => {
  const { fact, said } = judged(state, change);
  return said.allowed ? { ...fact, from: state.status, to: said.to } : null;
};

/** Refuses a case that was named although it cannot move. @throws EngineError `WRONG_STATE`, `RULE_REFUSED` */
export const checkRenamed = (state: CaseState, change: Reorganisation): void => {
  const { input, said } = judged(state, change);
  if (said.allowed) return;
  const { case: id, status, mergedInto } = state;
  if (said.guard === null) {
    throw new EngineError("WRONG_STATE", {
      case: id,
      status,
      command: "rename-department",
      allowed: [],
      ...(mergedInto !== null && { mergedInto }),
    });
  }
  throw new EngineError("RULE_REFUSED", {
    case: id,
    rule: said.guard,
    why: whyOfGuard(said.guard, input),
    source: sourceOfGuard(said.guard, input),
    repair: repairOfGuard(said.guard, input),
  });
};
