/** @module proposing — what the roads share in turning a command into facts. */
import type { CaseId } from "../case/case-id.ts";
import type { CaseCommandName, ReadCommand } from "../case/commands.ts";
import type {
  CaseEvent,
  CaseEventData,
  CaseEventType,
  DueDate,
  FileRef,
  Sealed,
} from "../case/events.ts";
import type { Document } from "../case/fields.ts";
import type { OfficeFacts } from "../case/office.ts";
import type { CaseState } from "../case/state.ts";
import { invalidInput } from "../errors.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Triggered } from "../rulebook/due-on.ts";
import { dueDatesFor } from "../rulebook/due-on.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { schemeFor } from "../rulebook/rulebook.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { CorrectedEntry } from "./correct.ts";
import type { SealedEntry } from "./roads/forgetting.ts";
import { ruleFactsOf } from "./triggers.ts";

/** The case that another one is merged into; or the one that it is split into, which is not there yet. */
export type OtherCase = Readonly<{
  case: CaseId;
  state: CaseState | null;
  /** Where it is handled now, if it was itself merged; the end of the way. */
  mergedInto: CaseId | null;
}>;

/** What a decision may know beside the command and the case. All of it comes in from outside. */
export type DecideContext = Readonly<{
  case: CaseId;
  actor: Actor;
  rulebook: Rulebook;
  calendar: WorkingCalendar;
  /** The day of the command. */
  on: string;
  /** What "today" is: nothing has happened after it. */
  today: CivilDate;
  /** Where a merged case is handled now, at the end of the chain. */
  mergedInto?: CaseId | null;
  /** The day of recording in Asia/Shanghai, by the real clock. */
  recordedOn: CivilDate;
  /** The entry that a correction is about; absent where there is none such. */
  entry?: CorrectedEntry;
  /** The personal values that the case has sealed, for a command that erases some. */
  sealed?: readonly SealedEntry[];
  /** The other cases of a joint contact. */
  jointWith?: readonly CaseId[];
  /** What is known of the office; absent: nothing was said of it. */
  office?: OfficeFacts;
  /** The other case of a merger or a split. */
  other?: OtherCase;
  /** Puts a personal value aside and gives what the event holds of it. */
  seal(value: string): Sealed;
  /** The personal value behind a seal, undefined where it has been erased. */
  reveal?(sealed: Sealed): string | undefined;
  /** Puts a document aside and gives what the event holds of it. */
  keep(document: Document): FileRef;
}>;

/** As much of that as due dates are computed from. */
export type LawOfCase = Pick<DecideContext, "case" | "rulebook" | "calendar">;

/** Makes a fact of the command, dated as it is and with its note. */
export type MakeFact = <Type extends CaseEventType>(
  type: Type,
  data: CaseEventData[Type],
) => CaseEvent;

/** What a command about a case that is there has to work with. */
export type Proposal<Name extends CaseCommandName> = Readonly<{
  input: Extract<ReadCommand, { command: Name }>["input"];
  on: string;
  state: CaseState;
  context: DecideContext;
  fact: MakeFact;
}>;

/** The facts that each of these commands asks for, before the lifecycle has judged them. */
export type Proposing<Name extends CaseCommandName> = {
  readonly [Each in Name]: (proposal: Proposal<Each>) => readonly CaseEvent[];
};

/** Due dates as the data of an event has them; absent where there are none. */
export const owed = (
  triggered: Triggered,
  state: CaseState,
  context: LawOfCase,
): Readonly<{ deadlines?: readonly DueDate[] }> => {
  const due = dueDates(triggered, state, state.round, context);
  return due.length === 0 ? {} : { deadlines: due };
};

/** The due dates that a later fact of a case sets. */
export const dueDates = (
  triggered: Triggered,
  { received }: CaseState,
  round: number,
  context: LawOfCase,
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

/** A result letter with its scheme and what it means there; a letter that the scheme has not is refused. */
export const letterOf = (
  result: string,
  { received }: CaseState,
  { rulebook }: DecideContext,
): Pick<CaseEventData["ReplyDelivered"], "result" | "scheme" | "meaning"> => {
  const { scheme, codes } = schemeFor(rulebook, received.kind);
  const found = codes.find(({ code }) => code === result);
  if (found !== undefined) return { result, scheme, meaning: found.meaning };
  const allowed = codes.map(({ code }) => code);
  throw invalidInput({ field: "result", kind: "notOneOf", value: result, allowed });
};

/** The places of the proposers with these names; a name that no proposer has is refused. */
export const placesOf = (
  names: readonly string[],
  field: string,
  { received }: CaseState,
): readonly number[] => {
  const allowed = received.proposers.map(({ name }) => name);
  const unknown = names.find((name) => !allowed.includes(name));
  if (unknown !== undefined) {
    throw invalidInput({ field, kind: "notOneOf", value: unknown, allowed });
  }
  return allowed.flatMap((name, at) => (names.includes(name) ? [at + 1] : []));
};

/** The number of the next of several things in a case; one that was taken back leaves a gap. */
export const nextNumber = (numbers: readonly number[]): number => Math.max(0, ...numbers) + 1;

/** Refuses numbers of requests that the case does not ask for. */
export const checkRequests = (adopted: readonly number[] | undefined, state: CaseState): void => {
  const asked = state.received.requests?.length ?? 0;
  const beyond = adopted?.find((number) => number > asked);
  if (beyond === undefined) return checkNotGone(adopted, state);
  const expected = {
    zh: `本件共提出 ${asked} 条意见建议`,
    en: `the case asks for ${asked} points`,
  };
  throw invalidInput({ field: "adopted", kind: "outOfRange", value: String(beyond), expected });
};

const checkNotGone = (adopted: readonly number[] | undefined, state: CaseState): void => {
  const gone = adopted?.find((number) => state.requestsGone.includes(number));
  if (gone === undefined) return;
  const expected = {
    zh: `仍属本件的意见建议（第 ${gone} 条已分案）`,
    en: `a request of this case (no. ${gone} was split off)`,
  };
  throw invalidInput({ field: "adopted", kind: "outOfRange", value: String(gone), expected });
};
