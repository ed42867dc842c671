/** @module open-store — opens the casebook in a file: both ports of the engine on one SQLite database. */
import type { Clock, EventStore, Ids, ProjectionStore, StoreReader } from "@wuding/engine";
import { watchedClock } from "@wuding/engine";
import { identityOf, isOld, migrate, openCasebookFile } from "./casebook-file.ts";
import { keepCheckpoint, keepCosignature } from "./checkpoints.ts";
import type { Connection } from "./connection.ts";
import { emptyWriteAheadLog } from "./erase-personal.ts";
import { unavailable } from "./faults.ts";
import { logReader, originOf, sizeOf } from "./log-reader.ts";
import { logWatch } from "./log-watch.ts";
import { logWriter } from "./log-writer.ts";
import { makeCasebookFile } from "./new-casebook.ts";
import { projectionReader } from "./projection-reader.ts";
import { rebuildProjections } from "./projection-rebuild.ts";
import { assertSound, lookedThroughMax } from "./sound-file.ts";

export type StoreOptions = Readonly<{
  /** Gives every record its instant; one that is `monotonic` too shows whether it was set meanwhile. */
  clock: Clock;
  /** Gives every event its id. */
  ids: Ids;
  /** Make the file when there is none. One that is there is opened, never overwritten. */
  create?: boolean;
  /**
   * The log's name, `gov.example/proposals/log1`, written into every event. Wanted for the first event;
   * after that the log knows it, and what is given here is ignored.
   */
  origin?: string;
  /** Never change the file, not even to tidy up its write-ahead log. */
  readOnly?: boolean;
  /**
   * Open a file whose tables or triggers have been altered, which is refused otherwise: so that an audit
   * can say what else has been. Only together with `readOnly`.
   */
  acceptAltered?: boolean;
  /**
   * Sees the log before a file of an older version is brought forward; when it rejects, the file stays as
   * it is and is not opened.
   */
  beforeMigration?: (log: StoreReader) => Promise<void>;
  /** How long a write waits for another program's, 15,000 when not given. The process stands still. */
  busyTimeoutMs?: number;
  /**
   * Before its first write a store looks through the whole file for damage, where that has no more bytes than
   * this: 16 MiB when not given; 0 is never, Infinity always.
   */
  lookThroughMaxBytes?: number;
}>;

/** The casebook in one file. Open it once in a process: writers of one process wait for each other. */
export type Store = EventStore & ProjectionStore;

/**
 * Opens a casebook.
 * @throws EngineError `NOT_FOUND` when there is no file and `create` is not set; `NOT_A_CASEBOOK`,
 *   `STORE_NEWER`, `STORE_UNAVAILABLE`; `INTEGRITY` when the file is damaged or its tables were altered
 */
export const openStore = async (file: string, options: StoreOptions): Promise<Store> => {
  const { readOnly = false, acceptAltered = false, busyTimeoutMs = 15_000 } = options;
  const { lookThroughMaxBytes = lookedThroughMax } = options;
  if (options.create === true && !readOnly && identityOf(file) === undefined) {
    makeCasebookFile(file);
  }
  const opening = { readOnly, busyTimeoutMs, acceptAltered: acceptAltered && readOnly };
  const identity = identityOf(file);
  const connection = openCasebookFile(file, { ...opening, leaveOld: true });
  if (!readOnly && isOld(connection)) await bringForward(connection, options);

  const assertInPlace = (): void => {
    if (identityOf(file) !== identity) throw unavailable(file, "replaced");
  };
  let isSound = false;
  const assertWritable = (): void => {
    if (readOnly) throw unavailable(file, "readOnly");
    connection.assertOpen();
    // What is written into a file that has lost its name is lost with it, without an error.
    assertInPlace();
    if (!isSound) assertSound(connection, lookThroughMaxBytes);
    isSound = true;
  };

  /** A connection for one task. When the file fails it, the store believes nothing any more. */
  const connectAnew = (): Connection =>
    openCasebookFile(file, { ...opening, onFailure: () => connection.stop() });

  let hasWritten = false;
  const watch = logWatch(connection, () => sizeOf(connection));
  const writer = logWriter({
    connection,
    clock: watchedClock(options.clock),
    ids: options.ids,
    origin: options.origin,
    connectAnew,
    assertWritable,
    onCommit: (size) => {
      hasWritten = true;
      watch.grownTo(size);
    },
  });

  const close = async (): Promise<void> => {
    await writer.end();
    watch.end();
    if (!connection.isOpen()) return;
    if (hasWritten) emptyWriteAheadLog(connection);
    connection.close();
  };
  let closing: Promise<void> | undefined;

  return {
    ...readerThrough(connection),
    append: (request) => writer.append(request),
    appendTogether: (requests) => writer.appendTogether(requests),
    transaction: (work) => writer.transaction(work),
    snapshot: async (work) => {
      if (closing !== undefined) throw unavailable(file, "closed");
      // an audit reads on, to say all that is wrong
      if (!opening.acceptAltered) connection.assertOpen();
      assertInPlace();
      return await atOneMoment(openCasebookFile(file, { ...opening, readOnly: true }), work);
    },
    keepCheckpoint: (checkpoint) =>
      writer.alone(async () => {
        assertWritable();
        keepCheckpoint(connection, checkpoint);
        hasWritten = true;
      }),
    keepCosignature: (size, line) =>
      writer.alone(async () => {
        assertWritable();
        keepCosignature(connection, size, line);
        hasWritten = true;
      }),
    waitForMore: (after, signal) => watch.waitForMore(after, signal),
    rebuild: async (version, refold) => {
      assertWritable();
      const own = connectAnew();
      try {
        await rebuildProjections({
          own,
          version,
          refold,
          size: () => sizeOf(connection),
          alone: (work) =>
            writer.alone(async () => {
              assertWritable();
              await work();
              hasWritten = true;
            }),
        });
      } finally {
        own.close();
      }
    },
    close: () => (closing ??= close()),
  };
};

/** Brings an older file to the newest version, once somebody has seen its log as it was. */
const bringForward = async (
  connection: Connection,
  { beforeMigration, lookThroughMaxBytes = lookedThroughMax }: StoreOptions,
): Promise<void> => {
  try {
    assertSound(connection, lookThroughMaxBytes);
    const isEmpty = originOf(connection) === undefined;
    if (!isEmpty) await beforeMigration?.(readerThrough(connection));
    migrate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
};

const readerThrough = (connection: Connection): StoreReader => ({
  ...logReader(connection),
  ...projectionReader(connection),
});

/** Runs `work` on what a connection sees now, and ends the connection. */
const atOneMoment = async <Result>(
  own: Connection,
  work: (reader: StoreReader) => Promise<Result>,
): Promise<Result> => {
  try {
    own.beginReading();
    // the moment is that of the first read: this one
    sizeOf(own);
    return await work(readerThrough(own));
  } finally {
    own.close();
  }
};
