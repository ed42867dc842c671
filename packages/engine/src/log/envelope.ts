/**
 * @module envelope — the exact bytes of one event in the log.
 *
 * An event is the UTF-8 of one JSON object in the spelling of RFC 8785, at most 65,535 bytes, with
 * exactly these members:
 *
 *     at       "2026-11-22T01:02:03.456Z"     recorded, UTC, never before the previous event's
 *     by       {"id","org"?,"role"?}          who recorded it
 *     case     "cppcc/15-5/122" | null        null for an event of the log itself
 *     caseSeq  1, 2, 3, … | null              number in the case
 *     cmd      "…"                            the command that it came from
 *     data     {…}                            what happened
 *     def      "sha256:…"                     the rulebook in force
 *     dv       1, 2, …                        version of the shape of `data` for this type
 *     from     "assigned" | null              status before
 *     id       "…"                            128 random bits; also hides short events in sibling hashes
 *     log      "gov.example/proposals/log1"   the log's origin
 *     on       "2026-11-21"                   when it was true
 *     prev     "<base64>" | null              leaf hash of the case's previous event, null for its first
 *     seq      0, 1, 2, …                     place in the log and in the tree
 *     to       "contacted" | null             status after
 *     type     "ContactRecorded"
 *     v        1                              version of this list
 *
 * The leaf hash is H(0x00 ‖ these bytes), with the hash of the log (`proof/hash.ts`). What is stored is what was hashed.
 */
import type { CaseId } from "../case/case-id.ts";
import type { Status } from "../case/terms.ts";
import { EngineError, invalidInput } from "../errors.ts";
import type { Actor, NewEvent, RecordedEvent } from "../ports/event-store.ts";
import { canonicalJson, canonicalString } from "./canonical-json.ts";
import { toBase64, toHex, treeHashOf } from "../proof/hash.ts";

/** Version of the list of members above. */
export const envelopeVersion = 1;

/** Bytes of one event; a 16-bit length holds it, as C2SP tiles want. */
export const bodyBytesMax = 65_535;

/** The stored object, as `JSON.parse` gives it. */
export type Envelope = Readonly<{
  at: string;
  by: Actor;
  case: CaseId | null;
  caseSeq: number | null;
  cmd: string;
  data: object;
  def: string;
  dv: number;
  from: Status | null;
  id: string;
  log: string;
  on: string;
  prev: string | null;
  seq: number;
  to: Status | null;
  type: string;
  v: number;
}>;

/** An event and the place that the store has given it. */
export type EnvelopeInput = Readonly<{
  /** The log's name, `log` in the body. */
  origin: string;
  seq: number;
  stream: CaseId | null;
  /** From 1; null exactly when `stream` is. */
  caseSeq: number | null;
  /** Leaf hash of the case's previous event; null for the first and outside a case. */
  prev: Uint8Array | null;
  at: string;
  id: string;
  actor: Actor;
  commandId: string;
  rulebookHash: string;
  event: NewEvent;
}>;

/**
 * The bytes of an event, as text, with their leaf hash.
 * @throws EngineError `INVALID_INPUT` when they are more than 65,535
 * @throws RangeError when place and stream contradict each other, and as `canonicalJson` does
 */
export const writeEnvelope = (
  input: EnvelopeInput,
): Readonly<{ body: string; leaf: Uint8Array }> => {
  const { stream, caseSeq, prev, event } = input;
  const isFirst = caseSeq === null || caseSeq === 1;
  if ((stream === null) !== (caseSeq === null) || isFirst !== (prev === null)) {
    throw new RangeError(`stream ${stream}, caseSeq ${caseSeq} and prev do not fit each other`);
  }
  // Written member by member, already sorted: this runs once for every event of every append.
  const body =
    `{"at":${canonicalString(input.at)}` +
    `,"by":${canonicalJson(input.actor)}` +
    `,"case":${stringOrNull(stream)}` +
    `,"caseSeq":${canonicalJson(caseSeq)}` +
    `,"cmd":${canonicalString(input.commandId)}` +
    `,"data":${canonicalJson(event.data)}` +
    `,"def":${canonicalString(input.rulebookHash)}` +
    `,"dv":${canonicalJson(event.dataVersion)}` +
    `,"from":${stringOrNull(event.from)}` +
    `,"id":${canonicalString(input.id)}` +
    `,"log":${canonicalString(input.origin)}` +
    `,"on":${canonicalString(event.on)}` +
    `,"prev":${prev === null ? "null" : `"${toBase64(prev)}"`}` +
    `,"seq":${canonicalJson(input.seq)}` +
    `,"to":${stringOrNull(event.to)}` +
    `,"type":${canonicalString(event.type)}` +
    `,"v":${envelopeVersion}}`;
  // A UTF-16 unit takes three bytes at most, so short texts need no counting.
  const bytes = body.length * 3 > bodyBytesMax ? Buffer.byteLength(body) : 0;
  if (bytes > bodyBytesMax) {
    throw invalidInput({ field: "data", kind: "tooLarge", bytes, max: bodyBytesMax });
  }
  return { body, leaf: treeHashOf(input.origin).leaf(body) };
};

const stringOrNull = (text: string | null): string =>
  text === null ? "null" : canonicalString(text);

/**
 * An event as readers see it, from its stored bytes. `streamVersion` is the number in the case; an event
 * of the log itself has none stored and gets 0, its order being that of `globalPosition`.
 *
 * This is the everyday reading and trusts the hashes; `verify.ts` is the one that does not.
 * @param leaf its leaf hash, as bytes or in lower-case hex, which a database is quicker to give
 * @throws EngineError `INTEGRITY` when the text is no event of a version that this program knows
 */
export const readEnvelope = (body: string, leaf: Uint8Array | string): RecordedEvent =>
  recordedEvent(parseBody(body), leaf);

/** The names that readers see for the members of a stored event. */
export const recordedEvent = (envelope: Envelope, leaf: Uint8Array | string): RecordedEvent => ({
  globalPosition: envelope.seq,
  stream: envelope.case,
  streamVersion: envelope.caseSeq ?? 0,
  id: envelope.id,
  type: envelope.type,
  dataVersion: envelope.dv,
  on: envelope.on,
  recordedAt: envelope.at,
  actor: envelope.by,
  commandId: envelope.cmd,
  rulebookHash: envelope.def,
  from: envelope.from,
  to: envelope.to,
  data: envelope.data,
  hash: typeof leaf === "string" ? leaf : toHex(leaf),
});

const parseBody = (body: string): Envelope => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw unreadable({ cause });
  }
  const envelope = value as Envelope | null;
  if (typeof envelope !== "object" || envelope?.v !== envelopeVersion) throw unreadable();
  return envelope;
};

const unreadable = (options?: ErrorOptions): EngineError<"INTEGRITY"> =>
  new EngineError(
    "INTEGRITY",
    {
      fault: "ALTERED",
      position: null,
      case: null,
      what: { zh: "有一条记录无法读取", en: "An event cannot be read" },
    },
    options,
  );
