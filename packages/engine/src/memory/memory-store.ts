/**
 * @module memory-store — both store ports in memory. It writes the same bytes, leaves and tree nodes as
 * a store on disk and keeps the same promises, except the one of still being there tomorrow.
 *
 * An append is one synchronous step. What takes several steps (an atomic batch, a rebuild) has the
 * store to itself: other appends wait in line, reads do not.
 */
import type { CaseId } from "../case/case-id.ts";
import { EngineError } from "../errors.ts";
import { readEnvelope } from "../log/envelope.ts";
import type { EventStore, Page, RawEvent, RecordedEvent } from "../ports/event-store.ts";
import type { ProjectionStore } from "../ports/projection-store.ts";
import { compareBytes } from "./byte-order.ts";
import type { Recorder } from "./memory-append.ts";
import { appendTo, eventsOf } from "./memory-append.ts";
import type { EventRow } from "./memory-log.ts";
import { copyOfLog, emptyLog } from "./memory-log.ts";
import { createMemoryProjections } from "./memory-projections.ts";

/** Clock, ids and the log's name (`gov.example/proposals/log1`), which is written into every event. */
export type MemoryStoreOptions = Recorder;

export type MemoryStore = EventStore & ProjectionStore;

/** A new, empty store. */
export const createMemoryStore = (options: MemoryStoreOptions): MemoryStore => {
  const projections = createMemoryProjections();
  let log = emptyLog();
  /** Events that can no longer be rolled back; the ones that `waitForMore` tells of. */
  let committed = 0;
  let isClosed = false;
  const waiting = new Set<() => void>();
  let line: Promise<unknown> = Promise.resolve();

  const wakeAll = (): void => {
    for (const wake of waiting) wake();
  };

  const commit = (): void => {
    committed = log.events.length;
    wakeAll();
  };

  const assertOpen = (): void => {
    if (isClosed) throw new EngineError("STORE_UNAVAILABLE", { file: "memory", why: closed });
  };

  /** Runs `work` after everything that asked before it. */
  const inLine = <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    const result = line.then(() => {
      assertOpen();
      return work();
    });
    line = result.catch(() => undefined);
    return result;
  };

  const pageOf = ({ after = -1, limit }: Page<number>): readonly EventRow[] =>
    log.events.slice(after + 1, after + 1 + limit);
  const cases = (): CaseId[] =>
    [...log.streams.keys()].filter((stream) => stream !== null).toSorted(compareBytes);

  return {
    append: (request) =>
      inLine(() => {
        const result = appendTo(log, projections, options, request);
        commit();
        return result;
      }),
    appendAtomically: (batches) =>
      inLine(async () => {
        const before = copyOfLog(log);
        const restoreProjections = projections.remember();
        try {
          for await (const batch of batches) {
            for (const request of batch) appendTo(log, projections, options, request);
          }
        } catch (error) {
          log = before;
          restoreProjections();
          throw error;
        }
        commit();
      }),
    readStream: async (stream) =>
      (log.streams.get(stream) ?? []).map((seq) => recorded(log.events[seq] as EventRow)),
    readAll: async (page) => {
      // whoever waits for more is let go by a closing, and must not wait again for ever
      assertOpen();
      return pageOf(page).map(recorded);
    },
    readRaw: async (page) =>
      pageOf(page).map((row, place) => rawEvent(row, (page.after ?? -1) + 1 + place)),
    listStreams: async ({ after, limit }) =>
      cases()
        .filter((id) => after === undefined || compareBytes(id, after) > 0)
        .slice(0, limit),
    findStreams: async (ending, limit) =>
      cases()
        .filter((id) => id.endsWith(ending))
        .slice(0, limit),
    findCommand: async (commandId) => {
      const command = log.commands.get(commandId);
      return command && { requestHash: command.requestHash, events: eventsOf(log, command) };
    },
    readNodes: async (level, { after = -1, limit }) =>
      (log.nodes[level] ?? []).slice(after + 1, after + 1 + limit),
    personalValues: async (seals) =>
      new Map(
        seals.flatMap((seal) => {
          const value = log.personal.get(seal);
          return value === undefined ? [] : [[seal, value] as const];
        }),
      ),
    readFile: async (sha256) => log.files.get(sha256)?.slice(),
    size: async () => log.events.length,
    waitForMore: (after, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          if (committed - 1 <= after && !isClosed && signal?.aborted !== true) return;
          waiting.delete(wake);
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        waiting.add(wake);
        signal?.addEventListener("abort", wake);
        wake();
      }),
    close: async () => {
      isClosed = true;
      wakeAll();
    },
    rows: async (query) => projections.rows(query),
    tallies: async (projection) => projections.tallies(projection),
    projectionVersion: async () => projections.version(),
    rebuild: (version, changes) => inLine(() => projections.rebuild(version, changes)),
  };
};

const closed = { zh: "已关闭", en: "it has been closed" };

const recorded = ({ body, leaf }: EventRow): RecordedEvent => readEnvelope(body, leaf);

const rawEvent = ({ body, leaf, stream, ...row }: EventRow, seq: number): RawEvent => ({
  seq,
  body: Buffer.from(body),
  leaf,
  columns: { caseId: stream, caseSeq: row.caseSeq, type: row.type, recordedAt: row.recordedAt },
});
