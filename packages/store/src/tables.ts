/**
 * @module tables — the tables as Kysely sees them. Append-only tables cannot be updated in the type
 * either: `updateTable("event").set(…)` does not compile.
 */
import type { ColumnType } from "kysely";

type Once<Value> = ColumnType<Value, Value, never>;

export type Tables = {
  event: {
    /** Place in the whole log, from 0, without gaps. */
    seq: Once<number>;
    /** Null for events of the log itself. */
    case_id: Once<string | null>;
    /** Place in the case, from 1; null exactly when `case_id` is. */
    case_seq: Once<number | null>;
    type: Once<string>;
    /** `YYYY-MM-DDTHH:mm:ss.sssZ`. */
    recorded_at: Once<string>;
    /** The canonical JSON whose UTF-8 bytes were hashed. */
    body: Once<string>;
    /** 32 bytes. */
    leaf: Once<Uint8Array>;
  };
  command: {
    cmd: Once<string>;
    request_hash: Once<Uint8Array>;
    first_seq: Once<number>;
    /** One less than `first_seq` when the command recorded nothing. */
    last_seq: Once<number>;
  };
  /** Hashes of complete subtrees: node (level, idx) covers events idx·2^level to (idx+1)·2^level - 1. */
  node: { level: Once<number>; idx: Once<number>; hash: Once<Uint8Array> };
  checkpoint: { size: Once<number>; note: Once<Uint8Array> };
  cosignature: { size: Once<number>; line: Once<string> };
  file: { sha256: Once<string>; size: Once<number>; bytes: Once<Uint8Array> };
  personal: { seal: string; salt: string; value: string };
  projection_row: { projection: string; stream: string; key: string; sort: string; body: string };
  projection_tally: { projection: string; key: string; count: number };
  projection_meta: { version: string };
};
