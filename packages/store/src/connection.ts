/**
 * @module connection — one connection to a casebook file: statements prepared once, transactions, and
 * fail-stop. After an I/O error or damage it is closed, because what is in its cache may be wrong.
 */
import type { DriverHandle, DriverStatement } from "./driver.ts";
import type { Why } from "./faults.ts";
import { codeOf, endsTrust, refusalOf, unavailable } from "./faults.ts";
import type { Statement } from "./statement.ts";
import { inTurn, inTurnMeanwhile } from "./waiting-turn.ts";

/** Values for the gaps of a statement; left out when it has none. */
type Values<Given> = unknown extends Given ? [] : [given: Given];

/** Every method throws the refusal that an error of SQLite stands for, where there is one. */
export interface Connection {
  /** The file as its opener named it. */
  readonly file: string;
  all<Given, Row>(statement: Statement<Given, Row>, ...given: Values<Given>): Row[];
  get<Given, Row>(statement: Statement<Given, Row>, ...given: Values<Given>): Row | undefined;
  run<Given, Row>(statement: Statement<Given, Row>, ...given: Values<Given>): void;
  /** Begins a transaction that excludes other writers; stands still until they are done. */
  begin(): void;
  /** The same, and whoever else has something to do in this process does it meanwhile. */
  beginMeanwhile(): Promise<void>;
  /** Begins a transaction that writes nothing and sees one moment: that of its first read. */
  beginReading(): void;
  /** An I/O error here leaves unknown whether the transaction was kept, and the refusal says so. */
  commit(): void;
  rollback(): void;
  /** Runs SQL text that is no query: tables and settings. */
  execute(text: string): void;
  /** The first column of the first row of a pragma. */
  pragma(text: string): unknown;
  isOpen(): boolean;
  /** @throws EngineError `STORE_UNAVAILABLE` when it has been closed, or has failed */
  assertOpen(): void;
  /** Ends it as an error of its own does: it is to be opened again and verified. */
  stop(): void;
  close(): void;
}

type ConnectionOptions = Readonly<{
  /** Called when it fails: nobody else should believe the file any more either. */
  onFailure?: (() => void) | undefined;
  /** Why nothing can be written through it, where it cannot. */
  readOnlyBecause?: Why | undefined;
}>;

/**
 * A connection through an open handle of the driver, which from now on belongs to it and must not wait by
 * itself.
 * @param busyTimeoutMs how long whatever another connection has locked is waited for
 */
export const connectionThrough = (
  handle: DriverHandle,
  file: string,
  busyTimeoutMs: number,
  { onFailure, readOnlyBecause }: ConnectionOptions = {},
): Connection => {
  const prepared = new Map<string, DriverStatement>();
  let state: "open" | "closed" | "failed" = "open";

  const end = (as: "closed" | "failed"): void => {
    state = as;
    prepared.clear();
    handle.close();
  };

  const stop = (): void => {
    if (state !== "open") return;
    try {
      end("failed");
    } catch {
      // The first error is the one that tells what happened.
    }
  };

  const refusal = (error: unknown): unknown => {
    if (endsTrust(error)) {
      stop();
      onFailure?.();
    }
    if (readOnlyBecause !== undefined && codeOf(error).startsWith("SQLITE_READONLY"))
      return unavailable(file, readOnlyBecause, error);
    return refusalOf(error, file);
  };

  const assertOpen = (): void => {
    if (state !== "open") throw unavailable(file, state === "failed" ? "stopped" : "closed");
  };

  const guarded = <Result>(work: () => Result): Result => {
    assertOpen();
    try {
      return inTurn(busyTimeoutMs, work);
    } catch (error) {
      throw refusal(error);
    }
  };

  const prepare = (text: string): DriverStatement => handle.prepare(text) as DriverStatement;

  const preparedFor = ({ text }: Statement<never, unknown>): DriverStatement => {
    let found = prepared.get(text);
    if (found === undefined) {
      found = prepare(text);
      prepared.set(text, found);
    }
    return found;
  };

  const control = (text: string): (() => void) => {
    let statement: DriverStatement | undefined;
    return () => void (statement ??= prepare(text)).run();
  };
  const beginImmediate = control("BEGIN IMMEDIATE");
  const beginDeferred = control("BEGIN");
  const commitNow = control("COMMIT");
  const rollbackNow = control("ROLLBACK");

  const rollback = (): void => {
    // A full disk has ended the transaction already, and so has closing.
    if (state === "open" && handle.inTransaction) guarded(rollbackNow);
  };

  return {
    file,
    all: <Given, Row>(statement: Statement<Given, Row>, ...given: Values<Given>) =>
      guarded(() => preparedFor(statement).all(...given) as Row[]),
    get: <Given, Row>(statement: Statement<Given, Row>, ...given: Values<Given>) =>
      guarded(() => preparedFor(statement).get(...given) as Row | undefined),
    run: <Given, Row>(statement: Statement<Given, Row>, ...given: Values<Given>) =>
      guarded(() => void preparedFor(statement).run(...given)),
    begin: () => guarded(beginImmediate),
    beginMeanwhile: async () => {
      try {
        await inTurnMeanwhile(busyTimeoutMs, () => {
          assertOpen();
          beginImmediate();
        });
      } catch (error) {
        throw refusal(error);
      }
    },
    beginReading: () => guarded(beginDeferred),
    commit: () => {
      assertOpen();
      try {
        inTurn(busyTimeoutMs, commitNow);
      } catch (error) {
        const refused = refusal(error);
        if (codeOf(error).startsWith("SQLITE_IOERR"))
          throw unavailable(file, "outcomeUnknown", error);
        rollback();
        throw refused;
      }
    },
    rollback,
    execute: (text) => guarded(() => void handle.exec(text)),
    pragma: (text) => guarded(() => handle.pragma(text, { simple: true })),
    isOpen: () => state === "open",
    assertOpen,
    stop,
    close: () => {
      if (state === "open") end("closed");
    },
  };
};

/** Runs `work` in a transaction that excludes other writers; whatever it throws undoes all of it. */
export const inTransaction = <Result>(connection: Connection, work: () => Result): Result => {
  connection.begin();
  let result: Result;
  try {
    result = work();
  } catch (error) {
    connection.rollback();
    throw error;
  }
  connection.commit();
  return result;
};
