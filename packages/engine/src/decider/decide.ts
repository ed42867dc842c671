/**
 * @module decide — from a command and a case to the facts that follow, or to a refusal.
 *
 * The order is fixed: is there an arrow (WRONG_STATE) → what would follow (the command's own rules) →
 * walk the facts through the lifecycle (RULE_REFUSED by the guard's name and source). Nothing here asks
 * which state the case is in; that is the machine's business.
 */
import type { ReadCaseCommand } from "../case/commands.ts";
import type { CaseEvent, CaseEventData, CaseEventType, DecidedEvent } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import { EngineError } from "../errors.ts";
import { repairOfGuard, sourceOfGuard, whyOfGuard } from "../lifecycle/guards.ts";
import { verdict } from "../lifecycle/table.ts";
import { correction } from "./correct.ts";
import { remarksOf } from "../case/read-command.ts";
import { evolve } from "./evolve.ts";
import { lateRefusal } from "./late-entry.ts";
import { hasArrowFor, possibilities } from "./possible.ts";
import type { DecideContext, MakeFact, Proposal } from "./proposing.ts";
import { received, receiveAgain } from "./receiving.ts";
import { proposals } from "./roads.ts";
import { factsInto } from "./roads/joining.ts";

export type { DecideContext } from "./proposing.ts";
export { newCaseId } from "./receiving.ts";

/**
 * Decides a command.
 * @returns the facts with their transitions; none when the command changes nothing
 * @throws EngineError `NOT_FOUND`, `DUPLICATE_CASE`, `WRONG_STATE`, `INCOMPLETE_ASSIGNMENT`, `RULE_REFUSED`,
 * `INVALID_INPUT`
 */
export const decide = (
  command: ReadCaseCommand,
  state: CaseState | null,
  context: DecideContext,
): readonly DecidedEvent[] => {
  if (command.command === "receive") {
    if (state !== null) return receiveAgain(command, state, context);
  } else if (state === null) {
    throw new EngineError("NOT_FOUND", { what: "case", name: context.case });
  }
  if (command.command === "waive-contact" && state?.contactWaived) return [];
  if (!hasArrowFor(command.command, state)) throw wrongState(command, state, context);
  return walk(command, propose(command, state, context), state, context);
};

/**
 * Decides what a merger or a split does to the case that the named one leads into.
 * @param from the named case, before the command
 * @throws EngineError `WRONG_STATE`, `RULE_REFUSED`, `INVALID_INPUT`
 */
export const decideInto = (
  command: ReadCaseCommand,
  from: CaseState,
  state: CaseState | null,
  context: DecideContext,
): readonly DecidedEvent[] =>
  walk(command, factsInto(command, from, state, context, factMaker(command)), state, context);

const wrongState = (
  { command, on }: ReadCaseCommand,
  state: CaseState | null,
  { case: id, mergedInto = null, actor, rulebook, office }: DecideContext,
): EngineError<"WRONG_STATE"> =>
  new EngineError("WRONG_STATE", {
    case: id,
    status: state?.status ?? null,
    command,
    allowed:
      state === null
        ? []
        : possibilities(state, { actor, on, rulebook, ...(office && { office }) }).allowed,
    ...(mergedInto !== null && { mergedInto }),
  });

/** Walks the proposed facts through the lifecycle and gives each its transition. */
const walk = (
  command: ReadCaseCommand,
  proposed: readonly CaseEvent[],
  before: CaseState | null,
  context: DecideContext,
): readonly DecidedEvent[] => {
  const { actor, rulebook, office } = context;
  let state = before;
  return proposed.map((fact) => {
    const from = state?.status ?? null;
    const input = state && { state, fact, actor, rulebook, ...(office && { office }) };
    const judged = verdict(from ?? "unreceived", fact.type, input);
    if (!judged.allowed) {
      if (judged.guard === null || input === null) throw wrongState(command, state, context);
      throw new EngineError("RULE_REFUSED", {
        case: context.case,
        rule: judged.guard,
        why: whyOfGuard(judged.guard, input),
        source: sourceOfGuard(judged.guard, input),
        repair: repairOfGuard(judged.guard, input),
      });
    }
    checkLateness(fact, state, context);
    const decided = { ...fact, from, to: judged.to };
    state = evolve(context.case, state, { ...decided, actor });
    return decided;
  });
};

/** Refuses what the rulebook lets nobody record so late. @throws EngineError `RULE_REFUSED` */
const checkLateness = (
  fact: CaseEvent,
  state: CaseState | null,
  { case: id, ...context }: DecideContext,
): void => {
  const kind = fact.type === "CaseReceived" ? fact.data.kind : (state?.received.kind ?? "");
  const refused = lateRefusal({ ...context, fact, kind });
  if (refused !== null) throw new EngineError("RULE_REFUSED", { case: id, ...refused });
};

const factMaker =
  (command: ReadCaseCommand): MakeFact =>
  <Type extends CaseEventType>(type: Type, data: CaseEventData[Type]): CaseEvent =>
    ({ type, on: command.on, data: { ...data, ...remarksOf(command) } }) as CaseEvent;

/** The facts that a command asks for, before the lifecycle has judged them. */
const propose = (
  command: ReadCaseCommand,
  state: CaseState | null,
  context: DecideContext,
): readonly CaseEvent[] => {
  const { on, input } = command;
  const fact = factMaker(command);
  if (command.command === "receive") {
    return [fact("CaseReceived", received(command.input, on, context))];
  }
  if (command.command === "amend" || command.command === "retract") {
    return correction(command, state as CaseState, context, fact);
  }
  const proposeIt = proposals[command.command] as (
    proposal: Proposal<typeof command.command>,
  ) => readonly CaseEvent[];
  return proposeIt({ input, on, state, context, fact } as Proposal<typeof command.command>);
};
