/** @module history-of-case — a case's state from its recorded events. */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import type { EvolveEvent } from "../decider/evolve.ts";
import { evolve } from "../decider/evolve.ts";
import type { RecordedEvent } from "../ports/event-store.ts";

/**
 * A recorded event of a case as the folds read it. What lies in the log was decided by this program, and
 * `audit verify` and `replay` show where that is not so; reading trusts it.
 */
export const caseEventOf = (event: RecordedEvent): EvolveEvent => event as unknown as EvolveEvent;

/** Folds a case's events; null when there are none. */
export const foldCase = (
  id: CaseId,
  events: readonly RecordedEvent[],
  from: CaseState | null = null,
): CaseState | null =>
  events.reduce<CaseState | null>((state, event) => evolve(id, state, caseEventOf(event)), from);
