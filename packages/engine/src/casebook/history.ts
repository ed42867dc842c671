/** @module history — every event of a case, as `history --json` prints it. */
import type { RecordedEvent } from "../ports/event-store.ts";
import { dateOf, shanghaiDate, shanghaiInstant } from "../time/occurred-on.ts";
import type { Reader } from "./reader.ts";
import { readCase } from "./reader.ts";

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
  actor: string;
  data: object;
  commandId: string;
  /** Leaf hash, hex. */
  hash: string;
}>;

const entryOf = (event: RecordedEvent): HistoryEntry => ({
  position: event.globalPosition,
  version: event.streamVersion,
  type: event.type,
  from: event.from,
  to: event.to,
  on: event.on,
  recordedAt: shanghaiInstant(event.recordedAt),
  isLateEntry: shanghaiDate(Date.parse(event.recordedAt)) > dateOf(event.on),
  actor: event.actor.id,
  data: event.data,
  commandId: event.commandId,
  hash: event.hash,
});

/** The events of a case in order. Personal values stay sealed. */
export const historyOf = async (reader: Reader, name: string): Promise<readonly HistoryEntry[]> =>
  (await readCase(reader, name)).events.map(entryOf);
