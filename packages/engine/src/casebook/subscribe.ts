/** @module subscribe — events as they are recorded, from a position on. */
import type { EventStore, RecordedEvent } from "../ports/event-store.ts";

const pageSize = 500;

/**
 * Every event after a position, then each new one as it is recorded, by this process or another.
 * @param after the last position that was handled; -1 for the whole log
 * @param signal ends the subscription
 */
export async function* subscribeTo(
  store: Pick<EventStore, "readAll" | "waitForMore">,
  after: number,
  signal?: AbortSignal,
): AsyncGenerator<RecordedEvent> {
  let handled = after;
  const isOver = (): boolean => signal?.aborted === true;
  while (!isOver()) {
    const page = await store.readAll({ after: handled, limit: pageSize });
    for (const event of page) {
      if (isOver()) return;
      yield event;
      handled = event.globalPosition;
    }
    if (page.length === 0) await store.waitForMore(handled, signal);
  }
}
