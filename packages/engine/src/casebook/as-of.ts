/**
 * @module as-of — a case as it was true on a day: the facts that were so by then, whenever recorded.
 *
 * Leaving out later facts can leave out what an earlier-dated one stood on (a contact dated before the
 * 五定). Such a fact is gathered, and the case stays in the phase that the lifecycle gives it.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import { evolve } from "../decider/evolve.ts";
import { hasArrow } from "../lifecycle/table.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf } from "../time/occurred-on.ts";
import { caseEventOf } from "./history-of-case.ts";

/** The case on a day; null before it was received. */
export const foldAsOf = (
  id: CaseId,
  events: readonly RecordedEvent[],
  asOf: CivilDate,
): CaseState | null => {
  let state: CaseState | null = null;
  for (const event of events) {
    if (dateOf(event.on) > asOf) continue;
    const fact = caseEventOf(event);
    if (state === null && fact.type !== "CaseReceived") continue;
    const follows: boolean = hasArrow(state?.status ?? "unreceived", fact.type);
    const to = follows || state === null ? fact.to : state.status;
    state = evolve(id, state, { ...fact, to });
  }
  return state;
};
