/**
 * @module strict-envelope — reads one event as a verifier must: nothing is believed that the bytes do
 * not show. `readEnvelope` is its everyday sister.
 */
import { isUtf8 } from "node:buffer";
import type { RawEvent } from "../ports/event-store.ts";
import { isOccurredOn, isRecordedAt } from "../time/occurred-on.ts";
import { isCanonicalJson } from "./canonical-json.ts";
import type { Envelope } from "./envelope.ts";
import { envelopeVersion } from "./envelope.ts";

/** The bytes as text; undefined when they are no UTF-8, which decoding would hide. */
export const textOf = (body: Uint8Array): string | undefined =>
  isUtf8(body)
    ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8")
    : undefined;

/**
 * The event that a text is, or undefined when it is none: not JSON, not in its canonical form, or not
 * exactly the members of a known version. A canonical text repeats no name and hides no prototype, so
 * the fast parser of the platform can do the reading.
 */
export const readStrictly = (text: string): Envelope | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isCanonicalJson(text, value) && isEnvelope(value) ? value : undefined;
};

/** The first column whose copy says something else than the body. */
export const differingColumn = (raw: RawEvent, envelope: Envelope): string | undefined => {
  const { caseId, caseSeq, type, recordedAt } = raw.columns;
  if (caseId !== envelope.case) return "case";
  if (caseSeq !== envelope.caseSeq) return "caseSeq";
  if (type !== envelope.type) return "type";
  return recordedAt === envelope.at ? undefined : "recordedAt";
};

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const members: Readonly<Record<keyof Envelope, (value: unknown) => boolean>> = {
  at: (value) => typeof value === "string" && isRecordedAt(value),
  by: (value) => isObject(value) && isText((value as { id?: unknown }).id),
  case: isTextOrNull,
  caseSeq: (value) => value === null || isCount(value),
  cmd: isText,
  data: isObject,
  def: isText,
  dv: isCount,
  from: isTextOrNull,
  id: isText,
  log: isText,
  on: (value) => typeof value === "string" && isOccurredOn(value),
  prev: isTextOrNull,
  seq: (value) => Number.isSafeInteger(value),
  to: isTextOrNull,
  type: isText,
  v: (value) => value === envelopeVersion,
};
const memberNames = Object.keys(members) as readonly (keyof Envelope)[];

const isEnvelope = (value: unknown): value is Envelope => {
  if (!isObject(value)) return false;
  const found = value as Readonly<Record<string, unknown>>;
  return (
    Object.keys(found).length === memberNames.length &&
    memberNames.every((name) => members[name](found[name]))
  );
};
