/**
 * @module log-writer — the one place of a process that begins transactions on the log.
 *
 * Appends that wait at the same moment share a transaction, and with it the one wait for the disk that
 * durability costs. Each still succeeds or fails alone. Such a transaction is one synchronous step on the
 * connection that everybody reads from. One that takes several steps has a connection of its own, so that
 * nobody reads what may yet be rolled back.
 */
import type { AppendRequest, AppendResult, StoreTransaction } from "@wuding/engine";
import type { PlannedAppend, Recorder } from "./append.ts";
import { planAppend, writeAppend } from "./append.ts";
import type { Connection } from "./connection.ts";
import { emptyWriteAheadLog } from "./erase-personal.ts";
import { altered, unavailable } from "./faults.ts";
import type { LogHead } from "./log-head.ts";
import { currentHead, emptyHead } from "./log-head.ts";
import { logReader, originOf } from "./log-reader.ts";
import type { GatheredChanges } from "./projection-changes.ts";
import { gather, noChanges, writeChanges } from "./projection-changes.ts";

/** Requests that share one transaction at most; other processes wait no longer than for these. */
const requestsPerCommitMax = 512;

export type LogWriterOptions = Recorder &
  Readonly<{
    /** The log's name as long as it is empty; afterwards its first event says it. */
    origin: string | undefined;
    /** Another connection to the same file. */
    connectAnew: () => Connection;
    /** Throws when the file must not be written to. */
    assertWritable: () => void;
    /** Called after each commit with the number of events in the log. */
    onCommit: (size: number) => void;
  }>;

export interface LogWriter {
  append(request: AppendRequest): Promise<AppendResult>;
  /** As the port says: all requests, or none. */
  appendTogether(requests: readonly AppendRequest[]): Promise<void>;
  /** As the port says. */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  /** Runs `work` while no append of this process is under way; later ones wait for it. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Records what is waiting and refuses what comes after. */
  end(): Promise<void>;
}

type Waiting = Readonly<{
  request: AppendRequest;
  resolve: (result: AppendResult) => void;
  reject: (error: unknown) => void;
}>;

/** What has been written since the transaction began, and whether personal values were erased. */
type Transaction = Readonly<{ connection: Connection; changes: GatheredChanges }> & {
  head: LogHead;
  hasErased: boolean;
};

export const logWriter = (options: LogWriterOptions): LogWriter => {
  const { connection, clock, ids } = options;
  const recorder = { clock, ids };
  const waiting: Waiting[] = [];
  /** The head as it was last known to be on the disk. */
  let head: LogHead = emptyHead;
  let storedOrigin: string | undefined;
  let isScheduled = false;
  let isEnded = false;
  /** The end of all that has been begun: one transaction after the other. */
  let turn: Promise<unknown> = Promise.resolve();

  const begin = async (through: Connection): Promise<Transaction> => {
    options.assertWritable();
    await through.beginMeanwhile();
    try {
      head = currentHead(through, head);
      return { connection: through, head, changes: noChanges(), hasErased: false };
    } catch (error) {
      through.rollback();
      throw error;
    }
  };

  const commit = (transaction: Transaction): void => {
    writeChanges(transaction.connection, transaction.changes);
    transaction.connection.commit();
    head = transaction.head;
    if (transaction.hasErased) emptyWriteAheadLog(transaction.connection);
    options.onCommit(head.size);
  };

  const undo = (through: Connection): void => {
    through.rollback();
    // It may have been read from the event that is now undone.
    storedOrigin = undefined;
  };

  const originFor = ({ connection: through, head: { size } }: Transaction): string => {
    if (size > 0) return (storedOrigin ??= originOf(through) ?? namelessLog());
    if (options.origin === undefined) throw new TypeError("an empty log needs an origin");
    return options.origin;
  };

  const plan = (transaction: Transaction, request: AppendRequest): PlannedAppend =>
    planAppend(
      { ...recorder, connection: transaction.connection },
      originFor(transaction),
      transaction.head,
      request,
    );

  const write = (transaction: Transaction, planned: PlannedAppend): void => {
    if (planned.result.repeated) return;
    writeAppend(transaction.connection, planned);
    if ((planned.request.forget ?? []).length > 0) transaction.hasErased = true;
    gather(transaction.changes, planned.request.changes ?? []);
    transaction.head = planned.head;
  };

  /** Gives each request its answer once the transaction they share is on the disk. */
  const recordTogether = async (
    transaction: Transaction,
    batch: readonly Waiting[],
  ): Promise<void> => {
    const refused: (() => void)[] = [];
    const done: (() => void)[] = [];
    try {
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
      undo(connection);
      const mayHelp = connection.isOpen() && batch.length > 1;
      if (mayHelp) for (const one of batch) await record([one], () => [one]);
      else for (const { reject } of batch) reject(error);
      return;
    }
    for (const answer of done) answer();
    for (const answer of refused) answer();
  };

  /**
   * Records requests together once it is this process's turn.
   * @param asking who is refused when it never is
   * @param then who is recorded: those who have come meanwhile too
   */
  const record = async (
    asking: readonly Waiting[],
    then: () => readonly Waiting[],
  ): Promise<void> => {
    let transaction: Transaction;
    try {
      transaction = await begin(connection);
    } catch (error) {
      for (const { reject } of asking) reject(error);
      return;
    }
    await recordTogether(transaction, then());
  };

  const recordWaiting = async (): Promise<void> => {
    const asking = waiting.splice(0, requestsPerCommitMax);
    await record(asking, () => {
      const free = requestsPerCommitMax - asking.length;
      return [...asking, ...waiting.splice(0, free)];
    });
  };

  const schedule = (): void => {
    if (isScheduled || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      turn = turn.then(recordScheduled);
    });
  };
  const recordScheduled = async (): Promise<void> => {
    if (waiting.length > 0) await recordWaiting();
    isScheduled = false;
    schedule();
  };

  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(async () => {
      while (waiting.length > 0) await recordWaiting();
      return await work();
    });
    turn = result.catch(() => {
      // told to whoever asked for the work; the next one has its turn
    });
    return result;
  };

  const recordAll = async (requests: readonly AppendRequest[]): Promise<void> => {
    const transaction = await begin(connection);
    try {
      for (const request of requests) write(transaction, plan(transaction, request));
      commit(transaction);
    } catch (error) {
      undo(connection);
      throw error;
    }
  };

  const transactionFor = async <Result>(
    work: (transaction: StoreTransaction) => Promise<Result>,
  ): Promise<Result> => {
    // before the name is opened again, which may lead to another file by now
    options.assertWritable();
    const own = options.connectAnew();
    try {
      const transaction = await begin(own);
      try {
        const { given, assertWhole } = givenTo(transaction);
        const result = await work(given);
        assertWhole();
        commit(transaction);
        return result;
      } catch (error) {
        undo(own);
        throw error;
      }
    } finally {
      own.close();
    }
  };

  /** What work in a transaction is given; `assertWhole` throws what was refused in it. */
  const givenTo = (
    transaction: Transaction,
  ): Readonly<{ given: StoreTransaction; assertWhole(): void }> => {
    let refused: Readonly<{ error: unknown }> | undefined;
    const append = async (requests: readonly AppendRequest[]): Promise<void> => {
      try {
        for (const request of requests) write(transaction, plan(transaction, request));
        // gathered any longer, the changes of a million lines would fill the memory
        writeChanges(transaction.connection, transaction.changes);
      } catch (error) {
        refused ??= { error };
        throw error;
      }
    };
    return {
      given: { ...logReader(transaction.connection), append },
      assertWhole: () => {
        if (refused !== undefined) throw refused.error;
      },
    };
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
    appendTogether: async (requests) => {
      assertNotEnded();
      await alone(() => recordAll(requests));
    },
    transaction: async (work) => {
      assertNotEnded();
      return await alone(() => transactionFor(work));
    },
    alone: async (work) => {
      assertNotEnded();
      return await alone(work);
    },
    end: async () => {
      isEnded = true;
      await alone(() => Promise.resolve());
    },
  };
};

const namelessLog = (): never => {
  const what = { zh: "没有写明办件库标识", en: "it does not name its log" };
  throw altered("ALTERED", what, 0);
};
