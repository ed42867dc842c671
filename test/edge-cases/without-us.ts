/**
 * @module without-us — a casebook read with SQLite, JSON and SHA-256 alone, after docs/data-format.md. Nothing
 * of Wuding is imported here, on purpose: an archive does not have it.
 */
import { createHash } from "node:crypto";

/** A row of the table `event`. */
export type Row = Readonly<{
  seq: number;
  case_id: string | null;
  case_seq: number | null;
  type: string;
  recorded_at: string;
  body: string;
  leaf: Buffer;
}>;

/** The members of an event's body that are compared. */
export type Body = Readonly<{
  seq: number;
  case: string | null;
  caseSeq: number | null;
  type: string;
  at: string;
  on: string;
  to: string | null;
  by: Readonly<{ id: string }>;
  prev: string | null;
}>;

/** A row of the table `file`. */
export type FileRow = Readonly<{ sha256: string; bytes: Buffer }>;

export const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The canonical form of RFC 8785 for what events hold: members sorted by code units, no white space. */
export const inOneForm = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inOneForm).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${inOneForm(one)}`).join(",")}}`;
};

/** The root of the tree of RFC 6962, section 2.1, over leaves that are hashed already. */
export const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return first;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return sha256(Buffer.of(1), rootOf(leaves.slice(0, left)), rootOf(leaves.slice(left)));
};
