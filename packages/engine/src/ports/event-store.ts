/**
 * @module event-store — the port to the log. Asynchronous, because a database server stands behind it
 * one day; nothing of any database shows through it.
 */
import type { CaseId } from "../case/case-id.ts";
import type { FileRef } from "../case/events.ts";
import type { Status } from "../case/terms.ts";
import type { NodePlace } from "../proof/tree.ts";
import type { ProjectionChange, ProjectionReader } from "./projection-store.ts";

/** Who records, as the shell has authenticated them. */
export type Actor = Readonly<{ id: string; org?: string; role?: string }>;

/** Any JSON value; what event data is made of. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | Readonly<{ [name: string]: Json | undefined }>;

/** An event before it has a place in the log. */
export type NewEvent = Readonly<{
  type: string;
  /** Version of the shape of `data` for this type, from 1. */
  dataVersion: number;
  /** When it was true: a civil date, or an instant with its written offset. */
  on: string;
  data: object;
  /** The transition it made, both null outside a case. */
  from: Status | null;
  to: Status | null;
}>;

/** An event as it lies in the log. */
export type RecordedEvent = NewEvent &
  Readonly<{
    /** Place in the whole log, from 0, without gaps. */
    globalPosition: number;
    /** The case it belongs to, null for events of the log itself. */
    stream: CaseId | null;
    /** Place in its stream, from 1; 0 for events of the log itself. */
    streamVersion: number;
    /** 128 random bits, base64url. */
    id: string;
    /** UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`; set by the store, never runs backwards. */
    recordedAt: string;
    actor: Actor;
    commandId: string;
    /** `sha256:<hex>` of the rulebook in force. */
    rulebookHash: string;
    /** Leaf hash, lower-case hex. */
    hash: string;
  }>;

/**
 * Events for one stream. `expectedVersion` is the number of events the writer has seen, 0 for none; the
 * events of the log itself, stream null, are counted for it like any other stream's.
 */
export type StreamAppend = Readonly<{
  stream: CaseId | null;
  expectedVersion: number;
  rulebookHash: string;
  events: readonly NewEvent[];
}>;

/** A personal value kept beside the log: `seal` is base64url SHA-256(salt ‖ UTF-8 value). */
export type PersonalValue = Readonly<{ seal: string; salt: string; value: string }>;

/** A row of the table of commands: which events a command recorded. */
export type StoredCommand = Readonly<{
  /** Its place in the order in which commands were recorded; gaps mean nothing. */
  place: number;
  commandId: string;
  /** Positions of its first and last event; `last` is `first - 1` for one that recorded nothing. */
  first: number;
  last: number;
}>;

/** A document kept beside the log. */
export type StoredFile = FileRef & Readonly<{ bytes: Uint8Array }>;

export type AppendRequest = Readonly<{
  /** Idempotency key of the command behind these events. */
  commandId: string;
  /** SHA-256 of the command as it was given, lower-case hex; tells a repetition from a reuse. */
  requestHash: string;
  actor: Actor;
  /** All are appended, or none. */
  streams: readonly StreamAppend[];
  personal?: readonly PersonalValue[];
  /**
   * Seals of personal values to erase with these events, whether they are there or not: gone from what is
   * read, and from the bytes of the store as soon as nobody reads an earlier moment.
   */
  forget?: readonly string[];
  files?: readonly StoredFile[];
  /** What the events do to the projections; applied in the same transaction. */
  changes?: readonly ProjectionChange[];
}>;

export type AppendResult = Readonly<{
  /** In the order they were given, or as first recorded when `repeated`. */
  events: readonly RecordedEvent[];
  /** True when this command id had been recorded before with the same request: nothing was written. */
  repeated: boolean;
}>;

/** One row of the log as its bytes lie there, for verification. */
export type RawEvent = Readonly<{
  seq: number;
  /** The exact bytes that were hashed. */
  body: Uint8Array;
  leaf: Uint8Array;
  /** Copies for queries; a verifier compares them with the body. */
  columns: Readonly<{
    caseId: string | null;
    caseSeq: number | null;
    type: string;
    recordedAt: string;
  }>;
}>;

/** A signed checkpoint that the casebook keeps. */
export type KeptCheckpoint = Readonly<{
  /** Events that it stands for. */
  size: number;
  /** The signed note, with the lines of the witnesses that have cosigned it since. */
  note: string;
}>;

/** A page of a longer reading: at most `limit` items after the named one. */
export type Page<Key> = Readonly<{ after?: Key; limit: number }>;

/** The reading part of the log. What is read has been committed: nobody can take it back. */
export interface LogReader {
  /** The events of one stream in order; none when it does not exist. */
  readStream(stream: CaseId | null): Promise<readonly RecordedEvent[]>;
  /** The number of events of one stream, as the next append to it must expect; 0 when it does not exist. */
  streamVersion(stream: CaseId | null): Promise<number>;
  /** Events of the whole log in order, after a position (-1 or absent: from the start). */
  readAll(page: Page<number>): Promise<readonly RecordedEvent[]>;
  /** The same as bytes. */
  readRaw(page: Page<number>): Promise<readonly RawEvent[]>;
  /** Ids of cases in the order of their bytes. */
  listStreams(page: Page<CaseId>): Promise<readonly CaseId[]>;
  /** Cases whose name ends in `ending` (`/122`); at most `limit`. */
  findStreams(ending: string, limit: number): Promise<readonly CaseId[]>;
  /**
   * Cases with an event whose bytes hold this text as it stands there, in the order of their bytes; letters
   * of ASCII match in either case. It costs a look at every event.
   */
  streamsMentioning(text: string): Promise<readonly CaseId[]>;
  /** The events that a command recorded, with the hash of its request. */
  findCommand(
    commandId: string,
  ): Promise<Readonly<{ requestHash: string; events: readonly RecordedEvent[] }> | undefined>;
  /** Stored tree nodes of one level from 1 upwards, left to right, for comparison with a recomputation. */
  readNodes(level: number, page: Page<number>): Promise<readonly Uint8Array[]>;
  /**
   * Hashes of tree nodes by their places, in the order asked for; those of level 0 are the leaves.
   * @throws EngineError `INTEGRITY` for one that is not there
   */
  treeNodes(places: readonly NodePlace[]): Promise<readonly Uint8Array[]>;
  /** Kept checkpoints after a size (-1 or absent: from the start), smallest first. */
  readCheckpoints(page: Page<number>): Promise<readonly KeptCheckpoint[]>;
  /** The kept checkpoint of the largest size. */
  newestCheckpoint(): Promise<KeptCheckpoint | undefined>;
  /** Personal values by seal; an erased one is missing from the map. */
  personalValues(seals: readonly string[]): Promise<ReadonlyMap<string, PersonalValue>>;
  /** Commands in the order in which they were recorded, for comparison with the events. */
  readCommands(page: Page<number>): Promise<readonly StoredCommand[]>;
  /** Personal values that are there, in the order of their seals' bytes. */
  readPersonal(page: Page<string>): Promise<readonly PersonalValue[]>;
  /** Stored documents in the order of their hashes, without their bytes. */
  listFiles(page: Page<string>): Promise<readonly Pick<FileRef, "sha256" | "size">[]>;
  /** The bytes of a stored document. */
  readFile(sha256: string): Promise<Uint8Array | undefined>;
  /** Number of events in the log. */
  size(): Promise<number>;
}

/** All that can be read of a casebook, log and projections. */
export type StoreReader = LogReader & ProjectionReader;

/**
 * What a transaction may do while it is open. It reads what it has appended itself, which nobody else
 * does before it is committed. Once the transaction is over, every call is refused.
 */
export type StoreTransaction = Pick<
  LogReader,
  "readStream" | "streamVersion" | "findStreams" | "findCommand" | "personalValues"
> &
  Readonly<{
    /**
     * Appends requests in order. A refusal ends the hope of the whole transaction: it is rolled back,
     * whatever the work makes of it.
     * @throws EngineError as `EventStore.append`
     */
    append(requests: readonly AppendRequest[]): Promise<void>;
  }>;

export interface EventStore extends LogReader {
  /**
   * Appends to one or several streams, all or nothing. All its events share one instant; one id is drawn
   * for each, in order, after the checks. A store that is new is empty: the first event is appended too.
   * @throws EngineError `VERSION_CONFLICT`, `COMMAND_ID_REUSED`, `CLOCK_BACKWARDS`, `CLOCK_JUMPED`,
   * `STORE_UNAVAILABLE`
   */
  append(request: AppendRequest): Promise<AppendResult>;
  /**
   * Appends every request, in order, or none: one transaction, one durable write. A command that had
   * been recorded before is passed over.
   * @throws EngineError the first refusal, as `append`
   */
  appendTogether(requests: readonly AppendRequest[]): Promise<void>;
  /**
   * Runs `work` in one transaction, committed when it resolves and rolled back when it rejects. Other
   * appends wait meanwhile, those of other processes too, so `work` must not wait for people, and an
   * append of this store that it awaits never comes.
   */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  /**
   * Runs `work` on the log and the projections as they are at one moment, whatever is recorded
   * meanwhile. Nobody waits for it. The reader is of no use afterwards.
   */
  snapshot<Result>(work: (reader: StoreReader) => Promise<Result>): Promise<Result>;
  /** Keeps a signed checkpoint. One of that size that is there already stays as it is. */
  keepCheckpoint(checkpoint: KeptCheckpoint): Promise<void>;
  /**
   * Adds a witness's line to the kept checkpoint of a size; a line that is there stays.
   * @throws RangeError when no checkpoint of that size is kept
   */
  keepCosignature(size: number, line: string): Promise<void>;
  /** Resolves once the log holds an event after this position, or the signal aborts. */
  waitForMore(after: number, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
