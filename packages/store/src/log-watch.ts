/**
 * @module log-watch — tells waiting readers that the log has grown, whichever process made it grow.
 *
 * SQLite notifies nobody, so other processes' commits are noticed by asking now and then; the question
 * costs microseconds, and nobody asks while nobody waits.
 */
import type { Connection } from "./connection.ts";

const pollMs = 100;

export interface LogWatch {
  /** Resolves once the log holds an event after `after`, the signal aborts, or the watch ends. */
  waitForMore(after: number, signal?: AbortSignal): Promise<void>;
  /** To be called when this process has committed. */
  grownTo(size: number): void;
  /** Lets everybody go. */
  end(): void;
}

type Waiter = Readonly<{ after: number; wake: () => void }>;

/** A watch on the log behind a connection; `sizeNow` counts what is on the disk. */
export const logWatch = (connection: Connection, sizeNow: () => number): LogWatch => {
  const waiting = new Set<Waiter>();
  let timer: NodeJS.Timeout | undefined;
  let seenVersion: unknown;
  let isEnded = false;

  const stopWhenIdle = (): void => {
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  const grownTo = (size: number): void => {
    for (const waiter of waiting) if (size - 1 > waiter.after) waiter.wake();
  };

  const end = (): void => {
    isEnded = true;
    for (const waiter of waiting) waiter.wake();
  };

  const poll = (): void => {
    try {
      const version = connection.pragma("data_version");
      if (version === seenVersion) return;
      seenVersion = version;
      grownTo(sizeNow());
    } catch {
      // Whoever is woken reads next, and meets the refusal there.
      end();
    }
  };

  const startPolling = (): void => {
    if (timer !== undefined) return;
    // Read before anybody looks at the size: what is committed after that look changes it.
    seenVersion = connection.pragma("data_version");
    timer = setInterval(poll, pollMs);
    // A process that has nothing else to do may end.
    timer.unref();
  };

  const waitForMore = async (after: number, signal?: AbortSignal): Promise<void> => {
    if (isEnded || signal?.aborted) return;
    startPolling();
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        waiting.delete(waiter);
        signal?.removeEventListener("abort", wake);
        stopWhenIdle();
        resolve();
      };
      const waiter: Waiter = { after, wake };
      waiting.add(waiter);
      signal?.addEventListener("abort", wake);
      grownTo(sizeNow());
    });
  };

  return { waitForMore, grownTo, end };
};
