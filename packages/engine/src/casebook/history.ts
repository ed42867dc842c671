/** @module history — every event of a case, as `history --json` prints it. */
import { proposerNames } from "../case/reading-answer.ts";
import type { CaseState } from "../case/state.ts";
import { EngineError } from "../errors.ts";
import type { RecordedEvent } from "../ports/event-store.ts";
import { shanghaiInstant } from "../time/occurred-on.ts";
import type { Moment } from "./as-of.ts";
import { eventsAt } from "./as-of.ts";
import type { Lateness } from "./lateness.ts";
import { latenessOf } from "./lateness.ts";
import type { Reader } from "./reader.ts";
import { foldOn, readCase } from "./reader.ts";

export type HistoryEntry = Readonly<{
  /** Place in the whole log. */
  position: number;
  /** Place in the case, from 1. */
  version: number;
  type: string;
  from: string | null;
  to: string | null;
  on: string;
  /** With the offset of Asia/Shanghai. */
  recordedAt: string;
  /** 补录: recorded on a later day than it was true. */
  isLateEntry: boolean;
  /** How much later, where it was. */
  late?: Lateness;
  actor: string;
  data: object;
  /** Names of the proposers that the reply reached by this entry, where it says which; else it reached all. */
  reached?: readonly string[];
  commandId: string;
  /** Leaf hash, hex. */
  hash: string;
}>;

/** The proposers that a delivery names by their place. */
const placesReached = ({ type, data }: RecordedEvent): readonly number[] | undefined => {
  const { deliveredTo, proposer } = data as { deliveredTo?: readonly number[]; proposer?: number };
  if (type === "DeliveryRecorded" && proposer !== undefined) return [proposer];
  return type === "ReplyDelivered" ? deliveredTo : undefined;
};

const reachedBy = (event: RecordedEvent, state: CaseState): Pick<HistoryEntry, "reached"> => {
  const places = placesReached(event);
  return places === undefined ? {} : { reached: proposerNames(state, places) };
};

const entryOf = (
  event: RecordedEvent,
  state: CaseState,
  late: Lateness | undefined,
): HistoryEntry => ({
  position: event.globalPosition,
  version: event.streamVersion,
  type: event.type,
  from: event.from,
  to: event.to,
  on: event.on,
  recordedAt: shanghaiInstant(event.recordedAt),
  isLateEntry: late !== undefined,
  ...(late && { late }),
  actor: event.actor.id,
  data: event.data,
  ...reachedBy(event, state),
  commandId: event.commandId,
  hash: event.hash,
});

/**
 * The events of a case in order, all or those of a moment. Personal values stay sealed.
 * @throws EngineError `NOT_FOUND` also for a case that was not there at the moment
 */
export const historyOf = async (
  reader: Reader,
  name: string,
  moment: Moment = {},
): Promise<readonly HistoryEntry[]> => {
  const { id, events } = await readCase(reader, name);
  const state = foldOn(id, events, moment);
  if (state === null) throw new EngineError("NOT_FOUND", { what: "case", name: id });
  const calendar = await reader.rules.calendar();
  return eventsAt(events, moment).map((event) =>
    entryOf(event, state, latenessOf(event, calendar)),
  );
};
