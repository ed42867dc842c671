/**
 * @module log-writer — the one place of a process that begins transactions on the log.
 *
 * Appends that wait at the same moment share a transaction, and with it the one wait for the disk that
 * durability costs. Each still succeeds or fails alone.
 */
import type { AppendRequest, AppendResult } from "@wuding/engine";
import type { PlannedAppend, Recorder } from "./append.ts";
import { planAppend, writeAppend } from "./append.ts";
import { altered, unavailable } from "./faults.ts";
import type { LogHead } from "./log-head.ts";
import { currentHead, emptyHead } from "./log-head.ts";
import { originOf, sizeOf } from "./log-reader.ts";
import type { GatheredChanges } from "./projection-changes.ts";
import { gather, noChanges, writeChanges } from "./projection-changes.ts";

/** Requests that share one transaction at most; other processes wait no longer than for these. */
const requestsPerCommitMax = 512;

export type LogWriterOptions = Recorder &
  Readonly<{
    /** The log's name as long as it is empty; afterwards its first event says it. */
    origin: string | undefined;
    /** Throws when the file must not be written to. */
    assertWritable: () => void;
    /** Called after each commit with the number of events in the log. */
    onCommit: (size: number) => void;
  }>;

export interface LogWriter {
  append(request: AppendRequest): Promise<AppendResult>;
  /** As the port says: all requests of all batches, or none. */
  appendAtomically(batches: AsyncIterable<readonly AppendRequest[]>): Promise<void>;
  /** Runs `work` while no append of this process is under way; later ones wait for it. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Number of events on the disk, without those of a transaction that is under way. */
  committedSize(): number;
  /** Records what is waiting and refuses what comes after. */
  end(): Promise<void>;
}

type Waiting = Readonly<{
  request: AppendRequest;
  resolve: (result: AppendResult) => void;
  reject: (error: unknown) => void;
}>;

/** What has been written since the transaction began. */
type Transaction = { head: LogHead; changes: GatheredChanges };

export const logWriter = (options: LogWriterOptions): LogWriter => {
  const { connection } = options;
  const waiting: Waiting[] = [];
  /** The head as it was last known to be on the disk. */
  let head: LogHead = emptyHead;
  let isWriting = false;
  let storedOrigin: string | undefined;
  let isScheduled = false;
  let isEnded = false;
  /** Works that run alone or wait to; appends are recorded when there are none. */
  let worksAlone = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const begin = (): Transaction => {
    options.assertWritable();
    connection.begin();
    try {
      head = currentHead(connection, head);
      isWriting = true;
      return { head, changes: noChanges() };
    } catch (error) {
      connection.rollback();
      throw error;
    }
  };

  const commit = (transaction: Transaction): void => {
    writeChanges(connection, transaction.changes);
    connection.commit();
    isWriting = false;
    head = transaction.head;
    options.onCommit(head.size);
  };

  const undo = (): void => {
    connection.rollback();
    isWriting = false;
    // It may have been read from the event that is now undone.
    storedOrigin = undefined;
  };

  const originFor = ({ size }: LogHead): string => {
    if (size > 0) return (storedOrigin ??= originOf(connection) ?? namelessLog());
    if (options.origin === undefined) throw new TypeError("an empty log needs an origin");
    return options.origin;
  };

  const plan = (transaction: Transaction, request: AppendRequest): PlannedAppend =>
    planAppend(options, originFor(transaction.head), transaction.head, request);

  const write = (transaction: Transaction, planned: PlannedAppend): void => {
    if (planned.result.repeated) return;
    writeAppend(connection, planned);
    gather(transaction.changes, planned.request.changes ?? []);
    transaction.head = planned.head;
  };

  /** Gives each request its answer once the transaction they share is on the disk. */
  const recordTogether = (batch: readonly Waiting[]): void => {
    const refused: (() => void)[] = [];
    const done: (() => void)[] = [];
    let transaction: Transaction | undefined;
    try {
      transaction = begin();
      for (const { request, resolve, reject } of batch) {
        let planned: PlannedAppend;
        try {
          planned = plan(transaction, request);
        } catch (error) {
          refused.push(() => reject(error));
          continue;
        }
        write(transaction, planned);
        done.push(() => resolve(planned.result));
      }
      commit(transaction);
    } catch (error) {
      undo();
      const mayHelp = transaction !== undefined && connection.isOpen() && batch.length > 1;
      if (mayHelp) for (const one of batch) recordTogether([one]);
      else for (const { reject } of batch) reject(error);
      return;
    }
    for (const answer of done) answer();
    for (const answer of refused) answer();
  };

  const recordWaiting = (): void => {
    recordTogether(waiting.splice(0, requestsPerCommitMax));
  };

  const schedule = (): void => {
    if (isScheduled || worksAlone > 0 || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      if (worksAlone > 0 || waiting.length === 0) return;
      recordWaiting();
      schedule();
    });
  };

  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    worksAlone += 1;
    const result = turn.then(() => {
      while (waiting.length > 0) recordWaiting();
      return work();
    });
    const after = (): void => {
      worksAlone -= 1;
      schedule();
    };
    turn = result.then(after, after);
    return result;
  };

  const appendAll = async (batches: AsyncIterable<readonly AppendRequest[]>): Promise<void> => {
    const transaction = begin();
    try {
      for await (const batch of batches) {
        for (const request of batch) write(transaction, plan(transaction, request));
        // So that whoever makes the next batch reads the rows of this one.
        writeChanges(connection, transaction.changes);
      }
      commit(transaction);
    } catch (error) {
      undo();
      throw error;
    }
  };

  const assertNotEnded = (): void => {
    if (isEnded) throw unavailable(connection.file, "closed");
  };

  return {
    append: (request) =>
      new Promise((resolve, reject) => {
        assertNotEnded();
        waiting.push({ request, resolve, reject });
        schedule();
      }),
    appendAtomically: async (batches) => {
      assertNotEnded();
      await alone(() => appendAll(batches));
    },
    alone: async (work) => {
      assertNotEnded();
      return await alone(work);
    },
    committedSize: () => (isWriting ? head.size : sizeOf(connection)),
    end: async () => {
      isEnded = true;
      await alone(() => Promise.resolve());
    },
  };
};

const namelessLog = (): never => {
  const what = { zh: "首条记录没有日志名称", en: "it does not name its log" };
  throw altered("ALTERED", what, 0);
};
