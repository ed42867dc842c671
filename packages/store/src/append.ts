/**
 * @module append — one request to record events: checked first, then written. The only file that
 * writes `event`, `command` and `node`.
 *
 * Every check, and everything else that can go wrong on a request's own account, comes before its first
 * write; so a refused request leaves its neighbours in the same transaction unharmed.
 */
import type {
  AppendRequest,
  AppendResult,
  CaseId,
  Clock,
  Ids,
  RecordedEvent,
  TreeNode,
} from "@wuding/engine";
import {
  aheadIn,
  appendLeaf,
  EngineError,
  recordedAtAfter,
  treeHashOf,
  writeEnvelope,
} from "@wuding/engine";
import type { Insertable } from "kysely";
import type { Connection } from "./connection.ts";
import type { LogHead } from "./log-head.ts";
import { commandEvents, commandRow, streamVersion } from "./log-reader.ts";
import { erasePersonal } from "./erase-personal.ts";
import { statement } from "./statement.ts";
import type { Tables } from "./tables.ts";

/** What a store was opened with. */
export type Recorder = Readonly<{ connection: Connection; clock: Clock; ids: Ids }>;

/** What a request will write, and the head of the log after it. */
export type PlannedAppend = Readonly<{
  result: AppendResult;
  head: LogHead;
  request: AppendRequest;
  events: readonly Insertable<Tables["event"]>[];
  nodes: readonly TreeNode[];
  /** Absent when the command had been recorded before: nothing is to be written. */
  command?: Insertable<Tables["command"]>;
}>;

/**
 * Checks a request against the log as `head` says it ends. Writes nothing.
 * @throws EngineError `COMMAND_ID_REUSED`, `VERSION_CONFLICT`, `CLOCK_BACKWARDS`, `INVALID_INPUT`
 */
export const planAppend = (
  recorder: Recorder,
  origin: string,
  head: LogHead,
  request: AppendRequest,
): PlannedAppend => {
  const { connection } = recorder;
  const { commandId } = request;
  const requestHash = Buffer.from(request.requestHash, "hex");
  const known = connection.get(commandRow, { commandId });
  if (known !== undefined) {
    if (!requestHash.equals(known.request_hash)) {
      throw new EngineError("COMMAND_ID_REUSED", { commandId });
    }
    const events = commandEvents(connection, known);
    return { result: { events, repeated: true }, head, request, events: [], nodes: [] };
  }
  const ends = streamEnds(connection, origin, request);
  const recordedAt = recordedAtAfter(recorder.clock.now(), head.recordedAt, aheadIn(request));
  const rows: Insertable<Tables["event"]>[] = [];
  const nodes: TreeNode[] = [];
  const events: RecordedEvent[] = [];
  const tree = treeHashOf(origin);
  let { leaf, frontier } = head;
  for (const { stream, rulebookHash, events: newEvents } of request.streams) {
    for (const event of newEvents) {
      const seq = frontier.size;
      const end = stream === null ? undefined : ends.get(stream);
      const caseSeq = end === undefined ? null : end.version + 1;
      const id = recorder.ids.next();
      const written = writeEnvelope({
        origin,
        seq,
        stream,
        caseSeq,
        prev: end?.leaf ?? null,
        at: recordedAt,
        id,
        actor: request.actor,
        commandId,
        rulebookHash,
        event,
      });
      leaf = written.leaf;
      const grown = appendLeaf(frontier, leaf, tree);
      frontier = grown.frontier;
      nodes.push(...grown.nodes);
      if (stream !== null && caseSeq !== null) ends.set(stream, { version: caseSeq, leaf });
      rows.push({
        seq,
        case_id: stream,
        case_seq: caseSeq,
        type: event.type,
        recorded_at: recordedAt,
        body: written.body,
        leaf,
      });
      // Written out: spreading the event here costs ten times as much.
      events.push({
        type: event.type,
        dataVersion: event.dataVersion,
        on: event.on,
        data: event.data,
        from: event.from,
        to: event.to,
        globalPosition: seq,
        stream,
        streamVersion: caseSeq ?? 0,
        id,
        recordedAt,
        actor: request.actor,
        commandId,
        rulebookHash,
        hash: Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength).toString("hex"),
      });
    }
  }
  return {
    result: { events, repeated: false },
    head: rows.length === 0 ? head : { size: frontier.size, recordedAt, leaf, frontier },
    request,
    events: rows,
    nodes,
    command: {
      cmd: commandId,
      request_hash: requestHash,
      first_seq: head.size,
      last_seq: frontier.size - 1,
    },
  };
};

/** Writes what was planned, all but the changes of projections. Any error means a bug or a broken disk. */
export const writeAppend = (connection: Connection, planned: PlannedAppend): void => {
  for (const event of planned.events) connection.run(insertEvent, event);
  for (const node of planned.nodes) connection.run(insertNode, node);
  if (planned.command === undefined) return;
  connection.run(insertCommand, planned.command);
  for (const personal of planned.request.personal ?? []) connection.run(keepPersonal, personal);
  for (const file of planned.request.files ?? []) connection.run(keepFile, file);
  const { forget = [] } = planned.request;
  if (forget.length > 0) erasePersonal(connection, forget);
};

type StreamEnd = Readonly<{
  version: number;
  /** Leaf hash of the last event, null before the first. */
  leaf: Uint8Array | null;
}>;

/** The ends of the request's cases, once every expected version has been found right. */
const streamEnds = (
  connection: Connection,
  origin: string,
  request: AppendRequest,
): Map<CaseId, StreamEnd> => {
  const ends = new Map<CaseId, StreamEnd>();
  /** Versions as they will be, for a request that names a stream twice. */
  const versions = new Map<CaseId | null, number>();
  for (const { stream, expectedVersion, events } of request.streams) {
    const end = endOf(connection, stream);
    const actualVersion = versions.get(stream) ?? end.version;
    if (actualVersion !== expectedVersion) {
      const name = stream ?? origin;
      throw new EngineError("VERSION_CONFLICT", { stream: name, expectedVersion, actualVersion });
    }
    versions.set(stream, actualVersion + events.length);
    if (stream !== null) ends.set(stream, end);
  }
  return ends;
};

const endOf = (connection: Connection, stream: CaseId | null): StreamEnd => {
  if (stream === null) {
    return { version: streamVersion(connection, stream), leaf: null };
  }
  const last = connection.get(lastOfCase, { stream });
  return { version: last?.case_seq ?? 0, leaf: last?.leaf ?? null };
};

const lastOfCase = statement("lastOfCase", ({ tables, sql }, given: { stream: CaseId }) =>
  tables
    .selectFrom("event")
    .select(["case_seq", "leaf"])
    .where("case_id", "=", given.stream)
    .orderBy("case_seq", "desc")
    .limit(sql.lit(1)),
);

const insertEvent = statement("insertEvent", ({ tables }, given: Insertable<Tables["event"]>) =>
  tables.insertInto("event").values({
    seq: given.seq,
    case_id: given.case_id,
    case_seq: given.case_seq,
    type: given.type,
    recorded_at: given.recorded_at,
    body: given.body,
    leaf: given.leaf,
  }),
);

const insertNode = statement("insertNode", ({ tables }, given: Insertable<Tables["node"]>) =>
  tables.insertInto("node").values({ level: given.level, idx: given.idx, hash: given.hash }),
);

const insertCommand = statement(
  "insertCommand",
  ({ tables }, given: Insertable<Tables["command"]>) =>
    tables.insertInto("command").values({
      cmd: given.cmd,
      request_hash: given.request_hash,
      first_seq: given.first_seq,
      last_seq: given.last_seq,
    }),
);

// A seal and a file's hash say all there is to say about the row: the one that is there is the same.
const keepPersonal = statement(
  "keepPersonal",
  ({ tables }, given: Insertable<Tables["personal"]>) =>
    tables
      .insertInto("personal")
      .values({ seal: given.seal, salt: given.salt, value: given.value })
      .onConflict((row) => row.doNothing()),
);

const keepFile = statement("keepFile", ({ tables }, given: Insertable<Tables["file"]>) =>
  tables
    .insertInto("file")
    .values({ sha256: given.sha256, size: given.size, bytes: given.bytes })
    .onConflict((row) => row.doNothing()),
);
