/**
 * @module as-of — a case at a moment, on either of two axes: what was true on a day (`asOf`), and what
 * was known on a day (`knownOn`), that is, recorded by its end in Asia/Shanghai.
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
import { dateOf, shanghaiDate } from "../time/occurred-on.ts";
import { caseEventOf } from "./history-of-case.ts";

/** A moment in the past; both members absent: now. */
export type Moment = Readonly<{
  /** Only facts that were true by this day. */
  asOf?: CivilDate | undefined;
  /** Only facts that were recorded by the end of this day. */
  knownOn?: CivilDate | undefined;
}>;

/** Whether a moment is in the past at all. */
export const isPast = ({ asOf, knownOn }: Moment): boolean =>
  asOf !== undefined || knownOn !== undefined;

/** The day that stands for today at a moment. */
export const dayOf = ({
  asOf,
  knownOn,
  today,
}: Moment & Readonly<{ today: CivilDate }>): CivilDate => asOf ?? knownOn ?? today;

/** Whether an event belongs to a moment. */
export const isAt = ({ on, recordedAt }: RecordedEvent, { asOf, knownOn }: Moment): boolean =>
  (asOf === undefined || dateOf(on) <= asOf) &&
  (knownOn === undefined || shanghaiDate(Date.parse(recordedAt)) <= knownOn);

/** The case at a moment; null before it was received. */
export const foldAt = (
  id: CaseId,
  events: readonly RecordedEvent[],
  moment: Moment,
): CaseState | null => {
  let state: CaseState | null = null;
  for (const event of events) {
    if (!isAt(event, moment)) continue;
    const fact = caseEventOf(event);
    if (state === null && fact.type !== "CaseReceived") continue;
    const follows: boolean = hasArrow(state?.status ?? "unreceived", fact.type);
    const to = follows || state === null ? fact.to : state.status;
    state = evolve(id, state, { ...fact, to });
  }
  return state;
};
