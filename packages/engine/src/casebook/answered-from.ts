/**
 * @module answered-from — what a paper says of its own making: the day that it is about, which records it
 * counts, and the log that it was read from.
 */
import { shortRoot } from "../log/export.ts";
import type { CivilDate } from "../time/civil-date.ts";
import { recordedOn } from "../time/occurred-on.ts";
import type { Moment } from "./as-of.ts";
import { dayOf, isPast } from "./as-of.ts";
import { lastRecord } from "./last-record.ts";
import { headOf } from "./proving.ts";
import type { Reader } from "./reader.ts";

/** The log at the moment of an answer. */
export type LogMark = Readonly<{
  /** Events in the log. */
  size: number;
  /** The first characters of the root, as people compare them. */
  shortRoot: string;
  /** The newest signed checkpoint as it is written, null where there is none. */
  note: string | null;
}>;

export type AnsweredFrom = Readonly<{
  /** The day that stands for today. */
  asOf: CivilDate;
  /** Only what had been recorded by the end of this day is counted. */
  knownOn?: CivilDate;
  /** Today was set back behind the newest record, and no moment asked for: what came since is counted too. */
  includesLater: boolean;
  log: LogMark;
}>;

/** Read from the same moment of the casebook as the answer itself. */
export const answeredFrom = async (
  reader: Reader,
  options: Moment & Readonly<{ today: CivilDate }>,
): Promise<AnsweredFrom> => {
  const { store } = reader;
  const { knownOn } = options;
  const asOf = dayOf(options);
  const last = await lastRecord(store);
  const isBehind = last !== undefined && asOf < recordedOn(last);
  const { size, root } = await headOf(reader);
  const note = (await store.newestCheckpoint())?.note ?? null;
  return {
    asOf,
    ...(knownOn !== undefined && { knownOn }),
    includesLater: !isPast(options) && isBehind,
    log: { size, shortRoot: shortRoot(root), note },
  };
};
