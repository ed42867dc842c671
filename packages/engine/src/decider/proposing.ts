/** @module proposing — what the roads share in turning a command into facts. */
import type { CaseId } from "../case/case-id.ts";
import type { CommandName, ReadCommand } from "../case/commands.ts";
import type {
  CaseEvent,
  CaseEventData,
  CaseEventType,
  DueDate,
  FileRef,
  Sealed,
} from "../case/events.ts";
import type { Document } from "../case/fields.ts";
import type { CaseState } from "../case/state.ts";
import { invalidInput } from "../errors.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Triggered } from "../rulebook/due-on.ts";
import { dueDatesFor } from "../rulebook/due-on.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import { dateOf } from "../time/occurred-on.ts";
import { ruleFactsOf } from "./triggers.ts";

/** What a decision may know beside the command and the case. All of it comes in from outside. */
export type DecideContext = Readonly<{
  case: CaseId;
  actor: Actor;
  rulebook: Rulebook;
  calendar: WorkingCalendar;
  /** The other cases of a joint contact. */
  jointWith?: readonly CaseId[];
  /** Puts a personal value aside and gives what the event holds of it. */
  seal(value: string): Sealed;
  /** The personal value behind a seal, undefined where it has been erased. */
  reveal?(sealed: Sealed): string | undefined;
  /** Puts a document aside and gives what the event holds of it. */
  keep(document: Document): FileRef;
}>;

/** Makes a fact of the command, dated as it is and with its note. */
export type MakeFact = <Type extends CaseEventType>(
  type: Type,
  data: CaseEventData[Type],
) => CaseEvent;

/** What a command about a case that is there has to work with. */
export type Proposal<Name extends CommandName> = Readonly<{
  input: Extract<ReadCommand, { command: Name }>["input"];
  on: string;
  state: CaseState;
  context: DecideContext;
  fact: MakeFact;
}>;

/** The facts that each of these commands asks for, before the lifecycle has judged them. */
export type Proposing<Name extends CommandName> = {
  readonly [Each in Name]: (proposal: Proposal<Each>) => readonly CaseEvent[];
};

/** Due dates as the data of an event has them; absent where there are none. */
export const owed = (
  triggered: Triggered,
  state: CaseState,
  context: DecideContext,
): Readonly<{ deadlines?: readonly DueDate[] }> => {
  const due = dueDates(triggered, state, state.round, context);
  return due.length === 0 ? {} : { deadlines: due };
};

/** The due dates that a later fact of a case sets. */
export const dueDates = (
  triggered: Triggered,
  { received }: CaseState,
  round: number,
  context: DecideContext,
): readonly DueDate[] =>
  dueDatesFor(context.case, context, triggered, ruleFactsOf(received, round));

/** A due date that a person fixed. */
export const byPerson = (
  id: DueDate["id"],
  dueOn: string,
  on: string,
  rule: string,
  source: string,
): DueDate => ({
  id,
  dueOn,
  provisional: false,
  countedFrom: dateOf(on),
  rule,
  source,
  rulebook: null,
  calendar: null,
});

/** Refuses numbers of requests that the case does not ask for. */
export const checkRequests = (adopted: readonly number[] | undefined, state: CaseState): void => {
  const asked = state.received.requests?.length ?? 0;
  const beyond = adopted?.find((number) => number > asked);
  if (beyond === undefined) return;
  const expected = {
    zh: `本件共提出 ${asked} 条意见建议`,
    en: `the case asks for ${asked} points`,
  };
  throw invalidInput({ field: "adopted", kind: "outOfRange", value: String(beyond), expected });
};
