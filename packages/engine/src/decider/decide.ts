/**
 * @module decide — from a command and a case to the facts that follow, or to a refusal.
 *
 * The order is fixed: is there an arrow (WRONG_STATE) → what would follow (the command's own rules) →
 * walk the facts through the lifecycle (RULE_REFUSED by the guard's name and source). Nothing here asks
 * which state the case is in; that is the machine's business.
 */
import type { CaseId } from "../case/case-id.ts";
import { caseIdOf, normalNumber, normalSession } from "../case/case-id.ts";
import type { InputOf, ReadCommand } from "../case/commands.ts";
import type {
  Assignment,
  CaseEvent,
  CaseEventData,
  CaseEventType,
  DecidedEvent,
  DueDate,
  FileRef,
  Participant,
  Sealed,
} from "../case/events.ts";
import type { Document } from "../case/fields.ts";
import {
  answersProposer,
  currentCommitment,
  isCompleted,
  isPublishable,
  lastReply,
} from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import type { FiveFixed } from "../case/terms.ts";
import { fiveFixed } from "../case/terms.ts";
import { EngineError, invalidInput } from "../errors.ts";
import { guards, sourceOfGuard, whyOfGuard } from "../lifecycle/guards.ts";
import { verdict } from "../lifecycle/table.ts";
import { canonicalJson } from "../log/canonical-json.ts";
import type { Actor } from "../ports/event-store.ts";
import type { Triggered } from "../rulebook/due-on.ts";
import { dueDatesFor } from "../rulebook/due-on.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { choiceFor, kindOf, rulebookName, schemeFor } from "../rulebook/rulebook.ts";
import type { WorkingCalendar } from "../rulebook/calendar/working-days.ts";
import { dateOf } from "../time/occurred-on.ts";
import { evolve } from "./evolve.ts";
import { extension } from "./extend.ts";
import { hasArrowFor, possibilities } from "./possible.ts";
import { ruleFactsOf, triggeredByReceipt } from "./triggers.ts";

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

/** The name of the case that a `receive` command makes, checked against the rulebook's kinds. */
export const newCaseId = (input: InputOf<"receive">, rulebook: Rulebook): CaseId => {
  const kind = kindOf(rulebook, input.kind);
  if (kind === undefined) {
    const allowed = rulebook.kinds.map((one) => one.id);
    throw invalidInput({ field: "kind", kind: "notOneOf", value: input.kind, allowed });
  }
  const session = normalSession(input.session);
  const isYear = session !== undefined && !session.includes("-");
  if (session === undefined || isYear !== (kind.numbering === "year")) {
    throw invalidInput({
      field: "session",
      kind: "malformed",
      expected:
        kind.numbering === "year"
          ? { zh: "年份，如 2021", en: "a year, such as 2021" }
          : { zh: "届次，如 15-5、十五届五次", en: "a session, such as 15-5 or 十五届五次" },
    });
  }
  const number = normalNumber(input.number);
  if (number === undefined) {
    throw invalidInput({
      field: "number",
      kind: "malformed",
      expected: { zh: "编号，如 122", en: "a number, such as 122" },
    });
  }
  return caseIdOf(kind.id, session, number);
};

/**
 * Decides a command.
 * @returns the facts with their transitions; none when the command changes nothing
 * @throws EngineError `NOT_FOUND`, `DUPLICATE_CASE`, `WRONG_STATE`, `INCOMPLETE_ASSIGNMENT`, `RULE_REFUSED`,
 * `INVALID_INPUT`
 */
export const decide = (
  command: ReadCommand,
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

const wrongState = (
  { command, on }: ReadCommand,
  state: CaseState | null,
  { case: id, actor, rulebook }: DecideContext,
): EngineError<"WRONG_STATE"> =>
  new EngineError("WRONG_STATE", {
    case: id,
    status: state?.status ?? null,
    command,
    allowed: state === null ? [] : possibilities(state, { actor, on, rulebook }).allowed,
  });

/** Walks the proposed facts through the lifecycle and gives each its transition. */
const walk = (
  command: ReadCommand,
  proposed: readonly CaseEvent[],
  before: CaseState | null,
  context: DecideContext,
): readonly DecidedEvent[] => {
  const { actor, rulebook } = context;
  let state = before;
  return proposed.map((fact) => {
    const from = state?.status ?? null;
    const input = state && { state, fact, actor, rulebook };
    const judged = verdict(from ?? "unreceived", fact.type, input);
    if (!judged.allowed) {
      if (judged.guard === null || input === null) throw wrongState(command, state, context);
      throw new EngineError("RULE_REFUSED", {
        case: context.case,
        rule: judged.guard,
        why: whyOfGuard(judged.guard, input),
        source: sourceOfGuard(judged.guard, input),
        repair: guards[judged.guard].repair,
      });
    }
    const decided = { ...fact, from, to: judged.to };
    state = evolve(context.case, state, { ...decided, actor });
    return decided;
  });
};

/** The facts that a command asks for, before the lifecycle has judged them. */
const propose = (
  command: ReadCommand,
  state: CaseState | null,
  context: DecideContext,
): readonly CaseEvent[] => {
  const fact = <Type extends CaseEventType>(type: Type, data: CaseEventData[Type]): CaseEvent =>
    ({
      type,
      on: command.on,
      data: command.note === undefined ? data : { ...data, note: command.note },
    }) as CaseEvent;
  if (command.command === "receive") {
    return [fact("CaseReceived", received(command.input, command.on, context))];
  }
  const known = state as CaseState;
  switch (command.command) {
    case "request-return":
      return [
        fact("ReturnRequested", {
          ...command.input,
          ...owed({ returnRequested: command.on }, known, context),
        }),
      ];
    case "decide-return": {
      const { decision, by } = command.input;
      return decision === "refused"
        ? [fact("ReturnRefused", { by })]
        : [
            fact("ReturnApproved", {
              by,
              ...owed({ returnApproved: command.on }, known, context),
            }),
          ];
    }
    case "assign":
      return [fact("CaseAssigned", assigned(command.input, command.on, known, context))];
    case "reassign": {
      const { reason, ...input } = command.input;
      return [fact("CaseReassigned", { ...assigned(input, command.on, known, context), reason })];
    }
    case "contact":
      return [fact("ContactRecorded", contacted(command.input, known, context))];
    case "waive-contact":
      return [fact("ContactWaived", command.input)];
    case "answer":
      return answered(command.input, command.on, known, context, fact);
    case "submit-opinion":
      return [fact("OpinionSubmitted", command.input)];
    case "extend":
      return [fact("DeadlineExtended", extension(command.input, command.on, known, context))];
    case "rehandle":
      return [fact("RehandlingOrdered", newRound(known, command.on, context, command.input))];
    case "remind-feedback":
      return [fact("FeedbackReminded", { round: known.round, ...command.input })];
    case "expire-feedback":
      return [fact("FeedbackExpired", { round: known.round, ...command.input })];
    case "publish":
      return [fact("ReplyPublished", command.input)];
    case "unpublish":
      return [fact("PublicationWithdrawn", command.input)];
    case "feedback":
      return rated(command.input, command.on, known, context, fact);
    case "follow-up":
      checkRequests(command.input.adopted, known);
      return [fact("FollowUpRecorded", command.input)];
    case "commit":
      return [
        fact("CommitmentMade", promised(command.input, command.on, known.commitments.length + 1)),
      ];
    case "fulfil":
    case "verify": {
      const { commitment } = command.input;
      if (currentCommitment(known, commitment) === undefined) {
        const name = `${context.case}#${commitment}`;
        throw new EngineError("NOT_FOUND", { what: "commitment", name });
      }
      return command.command === "fulfil"
        ? [fact("CommitmentFulfilled", command.input)]
        : [fact("CommitmentVerified", command.input)];
    }
    case "close":
      return [fact("CaseClosed", {})];
    case "reopen":
      return [fact("CaseReopened", command.input)];
    case "withdraw":
      return [fact("CaseWithdrawn", command.input)];
  }
};

/** Due dates as the data of an event has them; absent where there are none. */
const owed = (
  triggered: Triggered,
  state: CaseState,
  context: DecideContext,
): Readonly<{ deadlines?: readonly DueDate[] }> => {
  const due = dueDates(triggered, state, state.round, context);
  return due.length === 0 ? {} : { deadlines: due };
};

/** The due dates that a later fact of a case sets. */
const dueDates = (
  triggered: Triggered,
  { received }: CaseState,
  round: number,
  context: DecideContext,
): readonly DueDate[] =>
  dueDatesFor(context.case, context, triggered, ruleFactsOf(received, round));

const received = (
  input: InputOf<"receive">,
  on: string,
  context: DecideContext,
): CaseEventData["CaseReceived"] => {
  const { dispatchedOn = dateOf(on), session, number, proposers, ...rest } = input;
  if (dispatchedOn > dateOf(on)) {
    throw invalidInput({ field: "on", kind: "tooEarly", value: on, earliest: dispatchedOn });
  }
  checkBefore("submittedOn", input.submittedOn, dispatchedOn);
  checkBefore("sessionClosedOn", input.sessionClosedOn, dateOf(on));
  const made = {
    ...rest,
    role: input.role ?? "sole",
    isComplex: input.isComplex ?? false,
    isKey: input.isKey ?? false,
    session: normalSession(session) ?? session,
    number: normalNumber(number) ?? number,
    proposers: proposers.map(({ phone, ...proposer }) =>
      phone === undefined ? proposer : { ...proposer, phone: context.seal(phone) },
    ),
    proposerType: input.proposerType ?? "individual",
    dispatchedOn,
  };
  const triggered = triggeredByReceipt(made, on);
  return {
    ...made,
    rulebook: rulebookName(context.rulebook),
    deadlines: dueDatesFor(context.case, context, triggered, ruleFactsOf(made, 1)),
  };
};

const checkBefore = (field: string, value: string | undefined, latest: string): void => {
  if (value === undefined || value <= latest) return;
  const expected = { zh: `不晚于 ${latest} 的日期`, en: `a date no later than ${latest}` };
  throw invalidInput({ field, kind: "outOfRange", value, expected });
};

/** The same case once more: nothing when it says the same, a refusal when it does not. */
const receiveAgain = (
  command: Extract<ReadCommand, { command: "receive" }>,
  state: CaseState,
  { reveal }: DecideContext,
): readonly DecidedEvent[] => {
  const { input } = command;
  const defaults = { role: "sole", proposerType: "individual", isKey: false, isComplex: false };
  const given: Readonly<Record<string, unknown>> = {
    ...defaults,
    ...input,
    // the default of dispatchedOn is `on`, which does not count
    dispatchedOn: input.dispatchedOn ?? state.received.dispatchedOn,
    session: normalSession(input.session),
    number: normalNumber(input.number),
  };
  const { rulebook: _rulebook, ...kept } = state.received;
  const known: Readonly<Record<string, unknown>> = {
    ...kept,
    // an erased phone can be compared with nothing
    proposers: kept.proposers.map(({ phone, ...proposer }, index) => {
      const open = phone && (reveal?.(phone) ?? input.proposers[index]?.phone);
      return open === undefined ? proposer : { ...proposer, phone: open };
    }),
  };
  // the log gives members back sorted, so both are compared in the one spelling
  const spelt = (value: unknown): string => canonicalJson(value ?? null);
  const differs = [...new Set([...Object.keys(given), ...Object.keys(known)])].filter(
    (field) => field !== "note" && spelt(given[field]) !== spelt(known[field]),
  );
  if (differs.length === 0) return [];
  throw new EngineError("DUPLICATE_CASE", { case: state.case, differs });
};

const assigned = (
  input: InputOf<"assign">,
  on: string,
  state: CaseState,
  context: DecideContext,
): CaseEventData["CaseAssigned"] => {
  const missing = (Object.keys(fiveFixed) as FiveFixed[]).filter(
    (name) => input[name] === undefined,
  );
  if (missing.length > 0)
    throw new EngineError("INCOMPLETE_ASSIGNMENT", { case: context.case, missing });
  const assignment = input as Assignment;
  if (assignment.due < dateOf(on)) {
    throw invalidInput({
      field: "due",
      kind: "tooEarly",
      value: assignment.due,
      earliest: dateOf(on),
    });
  }
  // once the round is answered, nothing could meet an internal date any more
  const deadlines = isCompleted(state)
    ? []
    : [byPerson("internal", assignment.due, on, "assignment", "五定")];
  return { assignment, deadlines };
};

/** A due date that a person fixed. */
const byPerson = (
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

const contacted = (
  input: InputOf<"contact">,
  state: CaseState,
  context: DecideContext,
): CaseEventData["ContactRecorded"] => {
  const names = new Set(state.received.proposers.map((proposer) => proposer.name));
  const participants: readonly Participant[] = (input.participants ?? []).map(({ name, role }) => ({
    name,
    role: role ?? (names.has(name) ? "proposer" : "other"),
  }));
  const jointWith = context.jointWith ?? [];
  return { ...input, participants, ...(jointWith.length > 0 && { jointWith }) };
};

const checkRequests = (adopted: readonly number[] | undefined, state: CaseState): void => {
  const asked = state.received.requests?.length ?? 0;
  const beyond = adopted?.find((number) => number > asked);
  if (beyond === undefined) return;
  const expected = {
    zh: `本件共提出 ${asked} 条意见建议`,
    en: `the case asks for ${asked} points`,
  };
  throw invalidInput({ field: "adopted", kind: "outOfRange", value: String(beyond), expected });
};

const promised = (
  input: InputOf<"commit">,
  on: string,
  commitment: number,
): CaseEventData["CommitmentMade"] => {
  if (input.due < dateOf(on)) {
    throw invalidInput({ field: "due", kind: "tooEarly", value: input.due, earliest: dateOf(on) });
  }
  const deadline = byPerson(`commitment:${commitment}`, input.due, on, "commitment", "承诺事项");
  return { commitment, ...input, deadlines: [deadline] };
};

type MakeFact = <Type extends CaseEventType>(type: Type, data: CaseEventData[Type]) => CaseEvent;

const answered = (
  input: InputOf<"answer">,
  on: string,
  state: CaseState,
  context: DecideContext,
  fact: MakeFact,
): readonly CaseEvent[] => {
  const { commitments = [], contactPerson, contactPhone, file, ...reply } = input;
  const { scheme, codes } = schemeFor(context.rulebook, state.received.kind);
  const allowed = codes.map((one) => one.code);
  if (!allowed.includes(reply.result)) {
    throw invalidInput({ field: "result", kind: "notOneOf", value: reply.result, allowed });
  }
  checkRequests(reply.adopted, state);
  const meaning = codes.find(({ code }) => code === reply.result)?.meaning;
  const delivered = fact("ReplyDelivered", {
    round: state.round,
    scheme,
    ...(meaning && { meaning }),
    ...reply,
    ...(contactPerson !== undefined && { contactPerson: context.seal(contactPerson) }),
    ...(contactPhone !== undefined && { contactPhone: context.seal(contactPhone) }),
    ...(file && { file: context.keep(file) }),
    deadlines: dueDates({ replyDelivered: on }, state, state.round, context).filter(
      // whether a reply is made public is decided with it; without that there is no such duty
      ({ id }) => id !== "publication" || isPublishable(reply),
    ),
  });
  const promises = commitments.map((commitment, index) =>
    fact("CommitmentMade", promised(commitment, on, state.commitments.length + 1 + index)),
  );
  return [delivered, ...promises];
};

const rated = (
  input: InputOf<"feedback">,
  on: string,
  state: CaseState,
  context: DecideContext,
  fact: MakeFact,
): readonly CaseEvent[] => {
  const names = state.received.proposers.map((proposer) => proposer.name);
  const { proposer = names[0] ?? "", enteredOnBehalf = false, ...form } = input;
  if (!names.includes(proposer)) {
    throw invalidInput({ field: "proposer", kind: "notOneOf", value: proposer, allowed: names });
  }
  const round = lastReply(state)?.round ?? state.round;
  const returned = fact("FeedbackReceived", {
    round,
    proposer: names.indexOf(proposer) + 1,
    ...form,
    enteredOnBehalf,
  });
  const { ratings, axes } = choiceFor(context.rulebook.rehandlingOn, state.received.kind).value;
  const opensRound =
    answersProposer(state) &&
    round === state.round &&
    axes.some((axis) => ratings.includes(form[axis]));
  if (!opensRound) return [returned];
  return [returned, fact("RehandlingOrdered", newRound(state, on, context))];
};

/** The round that begins: by a form that demands it, or by somebody's order. */
const newRound = (
  state: CaseState,
  on: string,
  context: DecideContext,
  order?: Readonly<{ orderedBy: string; reason: string }>,
): CaseEventData["RehandlingOrdered"] => ({
  round: state.round + 1,
  cause: order === undefined ? "feedback" : "order",
  ...order,
  deadlines: dueDates({ rehandlingOrdered: on }, state, state.round + 1, context),
});
