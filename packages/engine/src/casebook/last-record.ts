/** @module last-record — the newest event of a log. */
import type { LogReader, RecordedEvent } from "../ports/event-store.ts";

/** The last event, undefined in an empty log. */
export const lastRecord = async (
  store: Pick<LogReader, "size" | "readAll">,
): Promise<RecordedEvent | undefined> =>
  (await store.readAll({ after: (await store.size()) - 2, limit: 1 })).at(-1);
