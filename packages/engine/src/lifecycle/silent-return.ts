/** @module silent-return — what silence means: a request to send a case back on which nobody decided in time. */
import { isOpen } from "../case/reading.ts";
import type { CaseState, Deadline } from "../case/state.ts";
import type { Rulebook } from "../rulebook/rulebook.ts";
import { choiceFor } from "../rulebook/rulebook.ts";
import type { CivilDate } from "../time/civil-date.ts";

/** The decision's due date, where a day is past it and the decision is still not there. */
export const missedDecision = (state: CaseState, today: CivilDate): Deadline | undefined =>
  state.returnRequest?.pending === true
    ? state.deadlines.findLast(
        (deadline) =>
          deadline.id === "return-decision" && isOpen(deadline) && deadline.dueOn < today,
      )
    : undefined;

/** Whether the rulebook takes the silence of that day for a refusal. */
export const isRefusedBySilence = (
  state: CaseState,
  rulebook: Pick<Rulebook, "silentReturn">,
  today: CivilDate,
): boolean =>
  missedDecision(state, today) !== undefined &&
  choiceFor(rulebook.silentReturn, state.received.kind).value === "refused";
