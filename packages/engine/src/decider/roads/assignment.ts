/** @module assignment — the 五定: from its commands to facts, and what the facts add to a case. */
import type { Assignment, CaseEventData, DueDate } from "../../case/events.ts";
import type { InputOf } from "../../case/commands.ts";
import { isCompleted } from "../../case/reading.ts";
import type { CaseState } from "../../case/state.ts";
import type { FiveFixed } from "../../case/terms.ts";
import { fiveFixed } from "../../case/terms.ts";
import { EngineError, invalidInput } from "../../errors.ts";
import { dateOf } from "../../time/occurred-on.ts";
import type { EvolveEvent, Gathering } from "../gathering.ts";
import { isLive, replaced } from "../gathering.ts";
import type { DecideContext, LawOfCase, Proposing } from "../proposing.ts";
import { byPerson } from "../proposing.ts";
import { firstReports } from "./progress.ts";

/** What its commands ask for. */
export const assignmentProposals: Proposing<"assign" | "reassign"> = {
  assign: ({ input, on, state, context, fact }) => [
    fact("CaseAssigned", assigned(input, on, state, context)),
  ],
  reassign: ({ input: { reason, ...input }, on, state, context, fact }) => [
    fact("CaseReassigned", { ...assigned(input, on, state, context), reason }),
  ],
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
  return { assignment, deadlines: dueDatesOfAssignment(assignment, on, state, context) };
};

/** The internal date, and the first dates of what is reported again and again. */
export const dueDatesOfAssignment = (
  { due }: Pick<Assignment, "due">,
  on: string,
  state: CaseState,
  context: LawOfCase,
): readonly DueDate[] => {
  // once the round is answered, nothing could meet an internal date any more
  const internal = isCompleted(state) ? [] : [byPerson("internal", due, on, "assignment", "五定")];
  return [...internal, ...firstReports(state, on, context)];
};

const fixed = (
  state: CaseState,
  event: Extract<EvolveEvent, { type: "CaseAssigned" | "CaseReassigned" }>,
): CaseState => {
  const { assignment } = event.data;
  const deadlines = replaced(state, event.data.deadlines).map((deadline) =>
    // the right to send the case back ends where the unit takes it on
    deadline.id === "return-request" && isLive(deadline)
      ? { ...deadline, ended: "waived" as const }
      : deadline,
  );
  return {
    ...state,
    assignment,
    formerAssignments: state.assignment
      ? [...state.formerAssignments, state.assignment]
      : state.formerAssignments,
    deadlines,
  };
};

const underNewName = (assignment: Assignment, from: string, to: string): Assignment => {
  const now = (name: string): string => (name === from ? to : name);
  const { department, coDepartments } = assignment;
  return {
    ...assignment,
    department: now(department),
    ...(coDepartments && { coDepartments: coDepartments.map(now) }),
  };
};

/** What its events add to a case. */
export const assignmentFacts: Gathering<"CaseAssigned" | "CaseReassigned" | "AssignmentRenamed"> = {
  CaseAssigned: fixed,
  CaseReassigned: fixed,
  AssignmentRenamed: (state, { on, data: { from, to } }) => ({
    ...state,
    assignment: state.assignment && underNewName(state.assignment, from, to),
    formerDepartments: [...state.formerDepartments, { on, from, to }],
  }),
};
