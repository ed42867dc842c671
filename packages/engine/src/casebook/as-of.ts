/**
 * @module as-of — a case at a moment, on either of two axes: what was true on a day (`asOf`), and what
 * was known on a day (`knownOn`), that is, recorded by its end in Asia/Shanghai.
 *
 * Leaving out later facts can leave out what an earlier-dated one stood on (a contact dated before the
 * 五定). Such a fact is gathered, and the case stays in the phase that the lifecycle gives it.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import type { Status } from "../case/terms.ts";
import type { Entry } from "../decider/entries.ts";
import { isCorrection, standingAfter } from "../decider/entries.ts";
import type { EvolveEvent } from "../decider/evolve.ts";
import { evolve } from "../decider/evolve.ts";
import { leadsTo } from "../lifecycle/table.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { dateOf, recordedOn } from "../time/occurred-on.ts";
import { caseEventOf } from "./history-of-case.ts";
import type { ClockAdjustment } from "./time-taken-back.ts";

/** A moment in the past; both members absent: now. */
export type Moment = Readonly<{
  /** Only facts that were true by this day. */
  asOf?: CivilDate | undefined;
  /** Only facts that were recorded by the end of this day. */
  knownOn?: CivilDate | undefined;
  /**
   * With `knownOn`: records in front of this place were made by then, whatever instant they bear. The
   * clock was adjusted there by that day, and what came before it was there at the latest then.
   */
  knownBefore?: number | undefined;
}>;

/** A moment with what its day of knowledge says of records of a clock that ran ahead. */
export const withAdjustments = <Given extends Moment>(
  moment: Given,
  adjustments: readonly Pick<ClockAdjustment, "position" | "recordedAt">[],
): Given => {
  const { knownOn } = moment;
  if (knownOn === undefined) return moment;
  const last = adjustments.findLast((one) => recordedOn(one) <= knownOn);
  return last === undefined ? moment : { ...moment, knownBefore: last.position };
};

/** Whether a moment is in the past at all. */
export const isPast = ({ asOf, knownOn }: Moment): boolean =>
  asOf !== undefined || knownOn !== undefined;

/** The day that stands for today at a moment. */
export const dayOf = ({
  asOf,
  knownOn,
  today,
}: Moment & Readonly<{ today: CivilDate }>): CivilDate => asOf ?? knownOn ?? today;

/**
 * The events of a case that were recorded by the end of a day. They have no gap: what stands before one
 * that was recorded by then was too, also where its instant came from a clock that ran ahead.
 */
const recordedBy = (
  events: readonly RecordedEvent[],
  { knownOn: day, knownBefore = 0 }: Moment,
): readonly RecordedEvent[] =>
  day === undefined
    ? events
    : events.slice(
        0,
        events.findLastIndex(
          (event) => recordedOn(event) <= day || event.globalPosition < knownBefore,
        ) + 1,
      );

/** The events of a case that belong to a moment. */
export const eventsAt = (
  events: readonly RecordedEvent[],
  moment: Moment,
): readonly RecordedEvent[] =>
  recordedBy(events, moment).filter(
    ({ on }) => moment.asOf === undefined || dateOf(on) <= moment.asOf,
  );

/** The case at a moment; null before it was received. */
export const foldAt = (
  id: CaseId,
  events: readonly RecordedEvent[],
  moment: Moment,
): CaseState | null => {
  let state: CaseState | null = null;
  for (const fact of standingAt(events, moment)) {
    if (state === null && fact.type !== "CaseReceived") continue;
    const follows: boolean = leadsTo(state?.status ?? "unreceived", fact.type, fact.to);
    const leads = follows && fact.from !== fact.to;
    const to: Status = leads || state === null ? fact.to : state.status;
    state = evolve(id, state, { ...fact, to });
  }
  return state;
};

type Fact = EvolveEvent & Readonly<{ from: Status | null }>;

/**
 * The facts of a moment. What had been corrected by the day of knowledge is read as corrected, on
 * whatever day the correction was made: it says what was true before.
 */
const standingAt = (events: readonly RecordedEvent[], moment: Moment): readonly Fact[] => {
  const known = recordedBy(events, moment);
  let entries: readonly Entry[] = [];
  for (const event of known) {
    const fact = caseEventOf(event);
    entries = isCorrection(fact)
      ? standingAfter(entries, fact)
      : [...entries, { entry: event.streamVersion, event: fact }];
  }
  return entries
    .map(({ event }) => event as Fact)
    .filter(({ on }) => moment.asOf === undefined || dateOf(on) <= moment.asOf);
};
