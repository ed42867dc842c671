/** @module guard — what a guard is and may look at. */
import type { CaseEvent, CaseEventData } from "../../case/events.ts";
import type { OfficeFacts } from "../../case/office.ts";
import type { CaseState } from "../../case/state.ts";
import type { Label } from "../../case/terms.ts";
import type { Actor } from "../../ports/event-store.ts";
import type { Choices, Rulebook } from "../../rulebook/rulebook.ts";
import { choiceFor } from "../../rulebook/rulebook.ts";
import { printSource } from "../../rulebook/source.ts";
import { dateOf } from "../../time/occurred-on.ts";

/** What a guard may look at. */
export type GuardInput = Readonly<{
  state: CaseState;
  fact: CaseEvent;
  actor: Actor;
  rulebook: Rulebook;
  /** What was known of the office when the fact was recorded; absent: nothing was said of it. */
  office?: OfficeFacts;
}>;

/** A rule that may forbid a fact. */
export type Guard = Readonly<{
  holds(input: GuardInput): boolean;
  why: Label;
  /** What is said instead where there are figures to give, null where there are none. */
  told?(input: GuardInput): Label | null;
  source: Label | ((input: GuardInput) => Label);
  repair: Label;
  /** What is advised instead where there is a name to give, null where there is none. */
  advised?(input: GuardInput): Label | null;
}>;

/** The source of a guard that follows from the order of the work alone. */
export const bySense: Label = { zh: "办理工作的先后次序", en: "the order of the work" };
/** The source of a guard that follows from who answers and who helps. */
export const byRole: Label = { zh: "承办角色的分工", en: "the division of roles" };
/** The day of the fact. */
export const day = ({ fact }: GuardInput): string => dateOf(fact.on);
/** The kind of the case. */
export const kindOf = ({ state }: GuardInput): string => state.received.kind;
/** Where the choice of the rulebook for the case's kind stands. */
export const sourceOf = (choices: Choices<unknown>, input: GuardInput): Label =>
  printSource(choiceFor(choices, kindOf(input)).source);
/** The data of the fact, as of its type. */
export const dataOf = <Type extends CaseEvent["type"]>({ fact }: GuardInput, _type: Type) =>
  fact.data as unknown as CaseEventData[Type];
