/** @module receiving — a case that is taken in: its name, its facts, and what a repetition means. */
import type { CaseId } from "../case/case-id.ts";
import { caseIdOf, normalNumber, normalSession } from "../case/case-id.ts";
import type { InputOf, ReadCommand } from "../case/commands.ts";
import type { CaseEventData, DecidedEvent } from "../case/events.ts";
import { firstReceived } from "../case/reading.ts";
import type { CaseState } from "../case/state.ts";
import { EngineError, invalidInput } from "../errors.ts";
import { canonicalJson } from "../log/canonical-json.ts";

import type { Rulebook } from "../rulebook/rulebook.ts";
import { kindOf, rulebookName } from "../rulebook/rulebook.ts";
import { dateOf } from "../time/occurred-on.ts";
import type { DecideContext } from "./proposing.ts";
import { dueDatesOfReceipt } from "./triggers.ts";

/** The name of the case that a `receive` command makes, checked against the rulebook's kinds. */
export const newCaseId = (
  input: Pick<InputOf<"receive">, "kind" | "session" | "number">,
  rulebook: Rulebook,
): CaseId => {
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

/** The facts of a case that is taken in. */
export const received = (
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
  return {
    ...made,
    rulebook: rulebookName(context.rulebook),
    deadlines: dueDatesOfReceipt(made, on, context),
  };
};

const checkBefore = (field: string, value: string | undefined, latest: string): void => {
  if (value === undefined || value <= latest) return;
  const expected = { zh: `不晚于 ${latest} 的日期`, en: `a date no later than ${latest}` };
  throw invalidInput({ field, kind: "outOfRange", value, expected });
};

/** The same case once more: nothing when it says the same, a refusal when it does not. */
export const receiveAgain = (
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
  const { rulebook: _rulebook, ...kept } = firstReceived(state);
  const known: Readonly<Record<string, unknown>> = {
    ...kept,
    // an erased phone can be compared with nothing
    proposers: kept.proposers
      .slice(0, kept.proposers.length - state.joined.proposers)
      .map(({ phone, ...proposer }, index) => {
        const open = phone && (reveal?.(phone) ?? input.proposers[index]?.phone);
        return open === undefined ? proposer : { ...proposer, phone: open };
      }),
    // what merged cases brought was not received with this one
    requests: ownRequests(state),
  };
  // the log gives members back sorted, so both are compared in the one spelling
  const spelt = (value: unknown): string => canonicalJson(value ?? null);
  const differs = [...new Set([...Object.keys(given), ...Object.keys(known)])].filter(
    (field) => field !== "note" && field !== "late" && spelt(given[field]) !== spelt(known[field]),
  );
  if (differs.length === 0) return [];
  throw new EngineError("DUPLICATE_CASE", { case: state.case, differs });
};

/** The requests that the case was received with. */
const ownRequests = (state: CaseState): readonly string[] | undefined => {
  const { requests } = state.received;
  const joined = state.joined.requests;
  if (requests === undefined || joined === requests.length)
    return joined === 0 ? requests : undefined;
  return requests.slice(0, requests.length - joined);
};
