/**
 * @module amend — an entry as it should read: the command that made it is put together again from the
 * fact, with the corrected fields, and decided anew on the case as it stood then.
 */
import type { AmendableType } from "../case/amendable.ts";
import { isAmendable } from "../case/amendable.ts";
import type { CaseCommandName } from "../case/commands.ts";
import { commands, commonFields } from "../case/commands.ts";
import type { CaseEvent, CaseEventData, CaseEventType, DueDate, Remarks } from "../case/events.ts";
import { datesToCome, remarksOf } from "../case/read-command.ts";
import type { AnyField } from "../case/fields.ts";
import type { InputProblem } from "../case/input-problem.ts";
import type { CaseState } from "../case/state.ts";
import { invalidInput, isEngineError } from "../errors.ts";
import { dueDateOf } from "../rulebook/due-on.ts";
import { nearest } from "../text/nearest.ts";
import { extendedTerm } from "./extend.ts";
import type { EvolveEvent } from "./gathering.ts";
import type { DecideContext, LawOfCase, MakeFact, Proposal } from "./proposing.ts";
import { received } from "./receiving.ts";
import { proposals } from "./roads.ts";

type Input = Readonly<Record<string, unknown>>;
type Reading<Type extends CaseEventType> = Readonly<{
  /** The command that makes such a fact. */
  command: Exclude<CaseCommandName, "amend" | "retract">;
  /** Its input, as far as the fact's data say it. */
  input(data: CaseEventData[Type], before: CaseState | null): Input;
  /** Members that cannot be made again: what is sealed or kept beside the log. */
  kept?: readonly string[];
  /** Fields that an amendment leaves alone: they have a command of their own, or say what it is about. */
  fixed?: readonly string[];
}>;

const readings: Readonly<{ [Type in AmendableType]: Reading<Type> }> = {
  CaseReceived: {
    command: "receive",
    input: ({ deadlines: _due, rulebook: _rulebook, proposers, ...data }) => ({
      ...data,
      proposers: proposers.map(({ phone: _phone, ...proposer }) => proposer),
    }),
    kept: ["proposers"],
  },
  ReceiptSigned: { command: "sign-receipt", input: (data) => data },
  ReturnRequested: {
    command: "request-return",
    input: ({ deadlines: _due, ...data }) => data,
  },
  CaseAssigned: { command: "assign", input: ({ assignment }) => assignment },
  CaseReassigned: {
    command: "reassign",
    input: ({ assignment, reason }) => ({ ...assignment, reason }),
  },
  ContactRecorded: {
    command: "contact",
    input: ({ jointWith: _others, ...data }) => data,
    kept: ["jointWith"],
  },
  ContactWaived: { command: "waive-contact", input: (data) => data },
  ReplyDelivered: {
    command: "answer",
    input: ({ deliveredTo, ...data }, before) => ({
      ...only(data, commands.answer.fields),
      contactPerson: undefined,
      contactPhone: undefined,
      file: undefined,
      deliveredTo: deliveredTo?.map((place) => before?.received.proposers[place - 1]?.name),
    }),
    kept: ["contactPerson", "contactPhone", "file", "promises", "formsFrom"],
  },
  OpinionSubmitted: { command: "submit-opinion", input: (data) => data },
  DeadlineExtended: {
    command: "extend",
    input: ({ deadline: _id, from: _from, latest: _latest, deadlines, ...data }) => ({
      ...data,
      due: deadlines[0]?.dueOn,
    }),
  },
  FeedbackReceived: {
    command: "feedback",
    input: ({ round: _round, proposer, ...data }, before) => ({
      ...data,
      proposer: before?.received.proposers[proposer - 1]?.name,
    }),
  },
  ReplyPublished: { command: "publish", input: (data) => data },
  FollowUpRecorded: { command: "follow-up", input: (data) => data },
  CommitmentMade: {
    command: "commit",
    input: ({ commitment: _number, deadlines: _due, ...data }) => data,
    kept: ["commitment"],
    // putting a promise off is no correction
    fixed: ["due", "longTerm"],
  },
  CommitmentFulfilled: {
    command: "fulfil",
    input: ({ deadlines: _due, ...data }) => data,
    fixed: ["commitment"],
  },
  CommitmentVerified: { command: "verify", input: (data) => data, fixed: ["commitment"] },
  ProgressReported: {
    command: "progress",
    input: ({ deadlines: _due, ...data }) => data,
    fixed: ["commitment", "occasion"],
  },
  FeedbackReminded: {
    command: "remind-feedback",
    input: ({ round: _round, ...data }) => data,
  },
  FeedbackExpired: { command: "expire-feedback", input: ({ round: _round, ...data }) => data },
  LookedBack: {
    command: "look-back",
    input: ({ jointWith: _others, ...data }) => data,
    kept: ["jointWith"],
  },
  PublicationWithdrawn: { command: "unpublish", input: (data) => data },
  RoundEscalated: { command: "escalate", input: ({ round: _round, ...data }) => data },
  CaseUrged: {
    command: "urge",
    input: ({ urge: _number, deadlines, ...data }) => ({ ...data, due: deadlines[0]?.dueOn }),
  },
  CaseClosed: { command: "close", input: (data) => data },
  CaseReopened: { command: "reopen", input: (data) => data },
  CaseWithdrawn: { command: "withdraw", input: (data) => data },
};

/** The members of a fact's data that are fields of the command. */
const only = (data: object, fields: object): Input =>
  Object.fromEntries(Object.entries(data).filter(([name]) => Object.hasOwn(fields, name)));

/** An amended entry; `otherFacts` where its command would have had other consequences. */
type Amended = Readonly<{
  on: string;
  data: object;
  /** The corrected fields by their names, sorted. */
  names: readonly string[];
  otherFacts: boolean;
}>;

/**
 * The entry as it should read; undefined where its type cannot be amended.
 * @param before the case as it stood before the entry
 * @throws EngineError `INVALID_INPUT` for a field or a value that the command does not take, or a day to come
 */
export const amendedEntry = (
  event: EvolveEvent,
  before: CaseState | null,
  fields: Input,
  context: DecideContext,
): Amended | undefined => {
  if (!isAmendable(event.type)) return undefined;
  const reading = readings[event.type] as Reading<CaseEventType>;
  const read = readFields(fields, reading, context);
  const { on = event.on, ...corrected } = read;
  const { note: _note, late: _late, ...data } = event.data;
  const remarks = remarksOf(event.data);
  const said = reading.input(data, before);
  const given = { ...said, ...corrected };
  // months take the place of the date that was computed from them
  const input = "months" in corrected ? { ...given, due: corrected["due"] } : given;
  const facts = inFields(read, () =>
    proposed(reading.command, { input: present(input), on, before, remarks }, context),
  );
  const [made, ...others] = facts;
  if (made === undefined) return undefined;
  const kept = (reading.kept ?? []).filter((name) => !(name in corrected) && name in data);
  const old = data as Input;
  return {
    on,
    data: {
      ...made.data,
      ...Object.fromEntries(kept.map((name) => [name, old[name]])),
      ...(event.type === "CaseReceived" && extendedStill(made.data as Dated, event.data, context)),
      ...(event.type === "CommitmentMade" && numberedStill(made.data, event.data)),
      // a case that another rulebook took over was received under its first one all the same
      ...("rulebook" in old && { rulebook: old["rulebook"] }),
    },
    names: Object.keys({ ...corrected, ...(on !== event.on && { on }) }).toSorted(),
    otherFacts: reading.command === "feedback" && others.length > 0 !== opensRound(context),
  };
};

/**
 * Refused input of the command put together again, as what was typed: one of the corrected fields. What was
 * not typed stands in the entry, and is to be corrected with the rest.
 */
const inFields = <Result>(corrected: Input, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (!isEngineError(error, "INVALID_INPUT")) throw error;
    const { problems } = error.data;
    throw invalidInput(
      ...problems.map((one): InputProblem => ({
        ...one,
        field: `fields.${one.field}`,
        ...(!Object.hasOwn(corrected, one.field) && { asRecorded: true }),
      })),
    );
  }
};

type Dated = Pick<CaseEventData["CaseReceived"], "kind" | "deadlines">;

/** The due dates of a case that was split off when they had been extended: they stay so. */
export const extendedStill = (
  { deadlines, kind }: Dated,
  old: Pick<Dated, "deadlines">,
  context: LawOfCase,
): Pick<Dated, "deadlines"> | undefined => {
  if (old.deadlines.every(({ extended }) => extended === undefined)) return undefined;
  return {
    deadlines: deadlines.map((due) => {
      const held = old.deadlines.find(({ id }) => id === due.id);
      return held?.extended === undefined ? due : extendedAs(held, due, kind, context);
    }),
  };
};

/** A promise keeps its number, also where one before it was taken back; its due date goes by it. */
const numberedStill = (
  made: object,
  { commitment: number }: Pick<CaseEventData["CommitmentMade"], "commitment">,
): Pick<CaseEventData["CommitmentMade"], "deadlines"> => {
  const { commitment, deadlines } = made as CaseEventData["CommitmentMade"];
  return {
    deadlines: deadlines.map((due) =>
      due.id === `commitment:${commitment}` ? { ...due, id: `commitment:${number}` } : due,
    ),
  };
};

/** A due date with the extension of another one: so many months more, or until a day that was fixed. */
const extendedAs = (held: DueDate, due: DueDate, kind: string, context: LawOfCase): DueDate => {
  const { extended, dueOn, provisional } = held;
  if (extended === undefined || (held.rule === due.rule && held.countedFrom === due.countedFrom))
    return held;
  const rule = context.rulebook.deadlines.find(({ id }) => id === due.rule);
  if (extended.months === undefined || rule === undefined)
    return { ...due, dueOn, provisional, extended };
  const term = extendedTerm(rule, extended.months);
  return { ...due, ...dueDateOf(context.case, term, due.countedFrom, context, kind), extended };
};

/** Whether the entry's own command recorded more than the entry. */
const opensRound = ({ entry }: DecideContext): boolean => (entry?.entries.length ?? 1) > 1;

const present = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

const proposed = (
  command: Reading<CaseEventType>["command"],
  {
    input,
    on,
    before,
    remarks,
  }: Readonly<{ input: Input; on: string; before: CaseState | null; remarks: Remarks }>,
  context: DecideContext,
): readonly CaseEvent[] => {
  const fact: MakeFact = (type, data) => ({ type, on, data: { ...data, ...remarks } }) as CaseEvent;
  if (command === "receive") {
    return [fact("CaseReceived", received(input as Parameters<typeof received>[0], on, context))];
  }
  const propose = proposals[command] as (
    proposal: Proposal<typeof command>,
  ) => readonly CaseEvent[];
  return propose({ input, on, state: before, context, fact } as Proposal<typeof command>);
};

/** What makes a case's name cannot be corrected: the name would be another. */
const nameParts: ReadonlySet<string> = new Set(["kind", "session", "number"]);

/** The corrected fields, read as the command reads them. */
const readFields = (
  given: Input,
  { command, fixed = [] }: Pick<Reading<CaseEventType>, "command" | "fixed">,
  { today }: Pick<DecideContext, "today">,
): Input & Readonly<{ on?: string }> => {
  const table: Readonly<Record<string, AnyField>> = {
    ...commands[command].fields,
    on: commonFields.on,
  };
  const known = Object.keys(table).filter(
    (name) => !nameParts.has(name) && !fixed.includes(name) && name !== "commitments",
  );
  const problems: InputProblem[] = [];
  const read: Record<string, unknown> = {};
  for (const [typed, value] of Object.entries(given)) {
    const name = known.find((one) => isCalled(typed, one, table[one]?.element));
    const field = name === undefined ? undefined : table[name];
    if (name === undefined || field === undefined) {
      const suggestion = nearest(typed, known);
      problems.push({
        field: `fields.${typed}`,
        kind: "unknown",
        ...(suggestion && { suggestion }),
      });
      continue;
    }
    const result = field.read(asTyped(value, field), {
      add: (problem, path = "") => problems.push({ ...problem, field: `fields.${name}${path}` }),
    });
    if (result !== undefined) read[name] = result;
  }
  for (const one of datesToCome(read, today))
    problems.push({ ...one, field: `fields.${one.field}` });
  if (problems.length > 0) throw invalidInput(...problems);
  return read;
};

/** A field goes by its name, by the name of one of its elements, and as options are spelt. */
const isCalled = (typed: string, name: string, element: string | undefined): boolean =>
  typed === name ||
  typed === element ||
  typed === name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const spelt: Readonly<Record<string, boolean>> = { true: true, false: false };

/** What came from the command line as the field wants it. */
const asTyped = (value: unknown, { typed }: AnyField): unknown => {
  if (typed === "list") return Array.isArray(value) ? value : [value];
  return typed === "flag" && typeof value === "string" ? (spelt[value] ?? value) : value;
};
