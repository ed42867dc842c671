/**
 * @module memory-append — one request to record events: checked first, then written. Nothing can fail
 * once the first thing is written, so a refused request has changed nothing.
 */
import type { CaseId } from "../case/case-id.ts";
import { EngineError } from "../errors.ts";
import { readEnvelope, writeEnvelope } from "../log/envelope.ts";
import { aheadIn, recordedAtAfter } from "../log/recorded-at.ts";
import type { Clock } from "../ports/clock.ts";
import type { AppendRequest, AppendResult, RecordedEvent } from "../ports/event-store.ts";
import type { Ids } from "../ports/ids.ts";
import { treeHashOf } from "../proof/hash.ts";
import type { CommandRow, EventRow, MemoryLog } from "./memory-log.ts";
import { joinEvent } from "./memory-log.ts";
import type { MemoryProjections } from "./memory-projections.ts";

/** What a store was opened with. */
export type Recorder = Readonly<{ clock: Clock; ids: Ids; origin: string }>;

/**
 * Records a request, or finds it recorded. The command id is looked at before the versions, because a
 * repeated command has made its own expected version stale.
 * @throws EngineError `COMMAND_ID_REUSED`, `VERSION_CONFLICT`, `CLOCK_BACKWARDS`, `INVALID_INPUT`
 */
export const appendTo = (
  log: MemoryLog,
  projections: MemoryProjections,
  recorder: Recorder,
  request: AppendRequest,
): AppendResult => {
  const { commandId, requestHash } = request;
  const earlier = log.commands.get(commandId);
  if (earlier !== undefined) {
    if (earlier.requestHash !== requestHash) {
      throw new EngineError("COMMAND_ID_REUSED", { commandId });
    }
    return { events: eventsOf(log, earlier), repeated: true };
  }
  checkVersions(log, request);
  const written = writeEvents(log, recorder, request);
  // It checks all changes before it makes the first; from there on nothing can fail.
  projections.apply(request.changes ?? []);
  const first = log.events.length;
  const tree = treeHashOf(recorder.origin);
  for (const event of written) joinEvent(log, event, tree);
  const command = { requestHash, first, end: log.events.length };
  log.commands.set(commandId, command);
  for (const value of request.personal ?? []) log.personal.set(value.seal, { ...value });
  for (const seal of request.forget ?? []) log.personal.delete(seal);
  for (const { sha256, bytes } of request.files ?? []) log.files.set(sha256, bytes.slice());
  return { events: eventsOf(log, command), repeated: false };
};

/** The events that a command recorded, in order. */
export const eventsOf = (log: MemoryLog, { first, end }: CommandRow): RecordedEvent[] =>
  log.events.slice(first, end).map(({ body, leaf }) => readEnvelope(body, leaf));

const checkVersions = (log: MemoryLog, request: AppendRequest): void => {
  // A request may name a stream twice; the second time, its own events count.
  const versions = new Map<CaseId | null, number>();
  for (const { stream, expectedVersion, events } of request.streams) {
    const actualVersion = versions.get(stream) ?? log.streams.get(stream)?.length ?? 0;
    if (actualVersion !== expectedVersion) {
      const name = stream ?? "log";
      throw new EngineError("VERSION_CONFLICT", { stream: name, expectedVersion, actualVersion });
    }
    versions.set(stream, actualVersion + events.length);
  }
};

const writeEvents = (log: MemoryLog, recorder: Recorder, request: AppendRequest): EventRow[] => {
  const { origin, ids, clock } = recorder;
  const at = recordedAtAfter(clock.now(), log.events.at(-1)?.recordedAt ?? null, aheadIn(request));
  const heads = new Map<CaseId, Uint8Array>();
  const written: EventRow[] = [];
  for (const { stream, expectedVersion, rulebookHash, events } of request.streams) {
    for (const [place, event] of events.entries()) {
      const caseSeq = stream === null ? null : expectedVersion + place + 1;
      const { body, leaf } = writeEnvelope({
        origin,
        seq: log.events.length + written.length,
        stream,
        caseSeq,
        prev: stream === null ? null : (heads.get(stream) ?? lastLeafOf(log, stream)),
        at,
        id: ids.next(),
        actor: request.actor,
        commandId: request.commandId,
        rulebookHash,
        event,
      });
      if (stream !== null) heads.set(stream, leaf);
      written.push({ body, leaf, stream, caseSeq, type: event.type, recordedAt: at });
    }
  }
  return written;
};

const lastLeafOf = (log: MemoryLog, stream: CaseId): Uint8Array | null => {
  const position = log.streams.get(stream)?.at(-1);
  return position === undefined ? null : (log.events[position]?.leaf ?? null);
};
