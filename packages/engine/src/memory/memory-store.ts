/**
 * @module memory-store — both store ports in memory. It writes the same bytes, leaves and tree nodes as
 * a store on disk and keeps the same promises, except the one of still being there tomorrow.
 *
 * What takes several steps works on a copy, which takes the place of the original when it is committed:
 * readers see nothing of it before. Appends wait for each other in line, reads do not wait.
 */
import type { CaseId } from "../case/case-id.ts";
import { EngineError } from "../errors.ts";
import { readEnvelope } from "../log/envelope.ts";
import { clauses } from "../log/fault-clauses.ts";
import { watchedClock } from "../log/watched-clock.ts";
import type {
  AppendRequest,
  EventStore,
  KeptCheckpoint,
  Page,
  RawEvent,
  RecordedEvent,
  StoreReader,
  StoreTransaction,
} from "../ports/event-store.ts";
import type { ProjectionStore } from "../ports/projection-store.ts";
import { compareBytes } from "./byte-order.ts";
import type { Recorder } from "./memory-append.ts";
import { appendTo, eventsOf } from "./memory-append.ts";
import type { EventRow, MemoryLog } from "./memory-log.ts";
import { copyOfLog, emptyLog } from "./memory-log.ts";
import type { MemoryProjections } from "./memory-projections.ts";
import { createMemoryProjections } from "./memory-projections.ts";

/** Clock, ids and the log's name (`gov.example/proposals/log1`), which is written into every event. */
export type MemoryStoreOptions = Recorder;

export type MemoryStore = EventStore & ProjectionStore;

type Content = Readonly<{ log: MemoryLog; projections: MemoryProjections }>;

/** A new, empty store. */
export const createMemoryStore = (given: MemoryStoreOptions): MemoryStore => {
  const options = { ...given, clock: watchedClock(given.clock) };
  let content: Content = { log: emptyLog(), projections: createMemoryProjections() };
  let isClosed = false;
  const waiting = new Set<() => void>();
  let line: Promise<unknown> = Promise.resolve();

  const wakeAll = (): void => {
    for (const wake of waiting) wake();
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

  const commit = (staged: Content): void => {
    content = staged;
    wakeAll();
  };

  const appendAll = ({ log, projections }: Content, requests: readonly AppendRequest[]): void => {
    for (const request of requests) appendTo(log, projections, options, request);
  };

  const reader = readerOf(() => content);

  return {
    ...reader,
    readAll: async (page) => {
      // whoever waits for more is let go by a closing, and must not wait again for ever
      assertOpen();
      return await reader.readAll(page);
    },
    append: (request) =>
      inLine(() => {
        const result = appendTo(content.log, content.projections, options, request);
        wakeAll();
        return result;
      }),
    appendTogether: (requests) =>
      inLine(() => {
        const staged = copyOf(content);
        appendAll(staged, requests);
        commit(staged);
      }),
    transaction: (work) =>
      inLine(async () => {
        const staged = copyOf(content);
        const { transaction, end, assertWhole } = transactionOn(staged, (requests) =>
          appendAll(staged, requests),
        );
        try {
          const result = await work(transaction);
          assertWhole();
          commit(staged);
          return result;
        } finally {
          end();
        }
      }),
    snapshot: async (work) => {
      assertOpen();
      const frozen = copyOf(content);
      return await work(readerOf(() => frozen));
    },
    keepCheckpoint: ({ size, note }) =>
      inLine(() => {
        const { checkpoints } = content.log;
        if (!checkpoints.has(size)) checkpoints.set(size, [note]);
      }),
    keepCosignature: (size, cosignature) =>
      inLine(() => {
        const lines = content.log.checkpoints.get(size);
        if (lines === undefined) throw new RangeError(`no checkpoint of ${size} events is kept`);
        if (!lines.includes(cosignature)) lines.push(cosignature);
      }),
    waitForMore: (after, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          const { length } = content.log.events;
          if (length - 1 <= after && !isClosed && signal?.aborted !== true) return;
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
    rebuild: async (version, refold) => {
      const projections = createMemoryProjections(new Map(), version);
      const caughtUp = (done: number): Promise<boolean> =>
        inLine(() => {
          if (content.log.events.length > done) return false;
          content = { ...content, projections };
          return true;
        });
      let done = 0;
      do {
        const until = content.log.events.length;
        for await (const changes of refold(done, until)) projections.apply(changes);
        done = until;
      } while (!(await caughtUp(done)));
    },
  };
};

const copyOf = ({ log, projections }: Content): Content => ({
  log: copyOfLog(log),
  projections: projections.copy(),
});

const lowerAscii = (text: string): string =>
  text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Everything that reads, over what is there when it is asked. */
const readerOf = (content: () => Content): StoreReader => {
  const pageOf = ({ after = -1, limit }: Page<number>): readonly EventRow[] =>
    content().log.events.slice(after + 1, after + 1 + limit);
  const cases = (): CaseId[] =>
    [...content().log.streams.keys()].filter((stream) => stream !== null).toSorted(compareBytes);
  return {
    readStream: async (stream) => {
      const { log } = content();
      return (log.streams.get(stream) ?? []).map((seq) => recorded(log.events[seq] as EventRow));
    },
    streamVersion: async (stream) => content().log.streams.get(stream)?.length ?? 0,
    readAll: async (page) => pageOf(page).map(recorded),
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
    streamsMentioning: async (text) => {
      const wanted = lowerAscii(text);
      const { events } = content().log;
      const found = events.filter(({ body }) => lowerAscii(body).includes(wanted));
      const ids = new Set(found.flatMap(({ stream }) => (stream === null ? [] : [stream])));
      return [...ids].toSorted(compareBytes);
    },
    findCommand: async (commandId) => {
      const { log } = content();
      const command = log.commands.get(commandId);
      return command && { requestHash: command.requestHash, events: eventsOf(log, command) };
    },
    readNodes: async (level, { after = -1, limit }) =>
      (content().log.nodes[level] ?? []).slice(after + 1, after + 1 + limit),
    treeNodes: async (places) => {
      const { events, nodes } = content().log;
      return places.map(({ level, idx }) => {
        const found = level === 0 ? events[idx]?.leaf : nodes[level]?.[idx];
        if (found === undefined) throw missingNode(level, idx);
        return found;
      });
    },
    readCheckpoints: async ({ after = -1, limit }) =>
      checkpointsOf(content().log)
        .filter(({ size }) => size > after)
        .slice(0, limit),
    newestCheckpoint: async () => checkpointsOf(content().log).at(-1),
    personalValues: async (seals) =>
      new Map(
        seals.flatMap((seal) => {
          const value = content().log.personal.get(seal);
          return value === undefined ? [] : [[seal, value] as const];
        }),
      ),
    readCommands: async ({ after = -1, limit }) =>
      [...content().log.commands]
        .map(([commandId, { first, end }], place) => ({ place, commandId, first, last: end - 1 }))
        .slice(after + 1, after + 1 + limit),
    readPersonal: async ({ after = "", limit }) =>
      [...content().log.personal.values()]
        .filter(({ seal }) => compareBytes(seal, after) > 0)
        .toSorted((one, other) => compareBytes(one.seal, other.seal))
        .slice(0, limit),
    listFiles: async ({ after = "", limit }) =>
      [...content().log.files]
        .filter(([sha256]) => sha256 > after)
        .map(([sha256, bytes]) => ({ sha256, size: bytes.length }))
        .toSorted((one, other) => compareBytes(one.sha256, other.sha256))
        .slice(0, limit),
    readFile: async (sha256) => content().log.files.get(sha256)?.slice(),
    size: async () => content().log.events.length,
    rows: async (query) => content().projections.rows(query),
    tallies: async (projection) => content().projections.tallies(projection),
    projectionVersion: async () => content().projections.version(),
  };
};

/** A transaction on staged content; `assertWhole` throws what was refused in it. */
const transactionOn = (
  staged: Content,
  appendAll: (requests: readonly AppendRequest[]) => void,
): Readonly<{ transaction: StoreTransaction; end(): void; assertWhole(): void }> => {
  let isOver = false;
  let refused: Readonly<{ error: unknown }> | undefined;
  const ongoing = (): Content => {
    if (isOver) throw new EngineError("STORE_UNAVAILABLE", { file: "memory", why: over });
    return staged;
  };
  return {
    transaction: {
      ...readerOf(ongoing),
      append: async (requests) => {
        ongoing();
        try {
          appendAll(requests);
        } catch (error) {
          refused ??= { error };
          throw error;
        }
      },
    },
    end: () => {
      isOver = true;
    },
    assertWhole: () => {
      if (refused !== undefined) throw refused.error;
    },
  };
};

const closed = { zh: "已经关闭", en: "it has been closed" };
const over = { zh: "事务已经结束", en: "its transaction is over" };

const missingNode = (level: number, idx: number): EngineError =>
  new EngineError("INTEGRITY", {
    fault: "MISSING",
    position: level === 0 ? idx : null,
    case: null,
    what: clauses.absentNode({ level, idx }),
  });

const checkpointsOf = ({ checkpoints }: MemoryLog): readonly KeptCheckpoint[] =>
  [...checkpoints]
    .toSorted(([one], [other]) => one - other)
    .map(([size, lines]) => ({ size, note: lines.join("") }));

const recorded = ({ body, leaf }: EventRow): RecordedEvent => readEnvelope(body, leaf);

const rawEvent = ({ body, leaf, stream, ...row }: EventRow, seq: number): RawEvent => ({
  seq,
  body: Buffer.from(body),
  leaf,
  columns: { caseId: stream, caseSeq: row.caseSeq, type: row.type, recordedAt: row.recordedAt },
});
