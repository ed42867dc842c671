/** @module history-of-case — a case's state from its recorded events. */
import type { CaseId } from "../case/case-id.ts";
import type { CaseEventData, CaseEventType, DueDate } from "../case/events.ts";
import type { CaseState } from "../case/state.ts";
import type { EvolveEvent } from "../decider/evolve.ts";
import { evolve } from "../decider/evolve.ts";
import { EngineError } from "../errors.ts";
import type { RecordedEvent } from "../ports/event-store.ts";

/** The facts that always say which due dates they set, be it none. */
type SayingDueDates = {
  [Type in CaseEventType]: CaseEventData[Type] extends Readonly<{ deadlines: readonly DueDate[] }>
    ? Type
    : never;
}[CaseEventType];

const sayingDueDates: Readonly<Record<SayingDueDates, true>> = {
  CaseReceived: true,
  CaseRedispatched: true,
  CaseMarkedComplex: true,
  CaseAssigned: true,
  CaseReassigned: true,
  OpinionRequested: true,
  OpinionReturned: true,
  ReplyDelivered: true,
  DeliveryRecorded: true,
  DisclosureDecided: true,
  DeadlineExtended: true,
  ExtensionWithdrawn: true,
  DeadlinesRecomputed: true,
  RehandlingOrdered: true,
  CommitmentMade: true,
  ProgressReported: true,
  CommitmentChanged: true,
  CommitmentStatusSent: true,
  CaseUrged: true,
};

/**
 * A recorded event of a case as the folds read it. What lies in the log was decided by this program, and
 * `audit verify` and `replay` show where that is not so; reading trusts it, but for the due dates that a
 * fact has to say.
 * @throws EngineError `INTEGRITY` where it says none
 */
export const caseEventOf = (event: RecordedEvent): EvolveEvent => {
  const { type, data } = event as unknown as EvolveEvent;
  const isSaid =
    type === "EntryAmended" ? saysDueDates(data.type, data.data) : saysDueDates(type, data);
  if (isSaid) return event as unknown as EvolveEvent;
  throw new EngineError("INTEGRITY", {
    fault: "ALTERED",
    position: event.globalPosition,
    case: event.stream,
    what: { zh: `${type} 缺少时限项`, en: `${type} lacks its list of due dates` },
  });
};

const saysDueDates = (type: string, data: object): boolean =>
  !Object.hasOwn(sayingDueDates, type) ||
  Array.isArray((data as Readonly<{ deadlines?: unknown }>).deadlines);

/** Folds a case's events; null when there are none. */
export const foldCase = (
  id: CaseId,
  events: readonly RecordedEvent[],
  from: CaseState | null = null,
): CaseState | null =>
  events.reduce<CaseState | null>((state, event) => evolve(id, state, caseEventOf(event)), from);
