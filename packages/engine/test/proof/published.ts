/**
 * @module published — the proofs of RFC 6962 section 2.1, written down word for word as the standard
 * defines them: slow, recursive, over the whole list of leaves. It shares nothing with the engine.
 */
import { createHash } from "node:crypto";

export type List = readonly Buffer[];

/** The standard's own functions for a hash. */
export const published = (hashName: string) => {
  const digest = (...parts: Uint8Array[]): Buffer => {
    const made = createHash(hashName);
    for (const part of parts) made.update(part);
    return made.digest();
  };
  const known = new Map<string, Buffer>();
  /** MTH(D[from:to]) */
  const mth = (d: List, from = 0, to = d.length): Buffer => {
    if (to === from) return digest();
    if (to - from === 1) return digest(Buffer.of(0), d[from] as Buffer);
    const name = `${from}:${to}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const k = split(to - from);
    const made = digest(Buffer.of(1), mth(d, from, from + k), mth(d, from + k, to));
    known.set(name, made);
    return made;
  };
  /** PATH(m, D[from:to]) */
  const path = (m: number, d: List, from = 0, to = d.length): Buffer[] => {
    const n = to - from;
    if (n === 1) return [];
    const k = split(n);
    return m < k
      ? [...path(m, d, from, from + k), mth(d, from + k, to)]
      : [...path(m - k, d, from + k, to), mth(d, from, from + k)];
  };
  /** SUBPROOF(m, D[from:to], b) */
  const subproof = (m: number, d: List, b: boolean, from: number, to: number): Buffer[] => {
    const n = to - from;
    if (m === n) return b ? [] : [mth(d, from, to)];
    const k = split(n);
    return m <= k
      ? [...subproof(m, d, b, from, from + k), mth(d, from + k, to)]
      : [...subproof(m - k, d, false, from + k, to), mth(d, from, from + k)];
  };
  return {
    root: (d: List, size = d.length) => mth(d, 0, size),
    inclusion: (m: number, d: List, size: number) => path(m, d, 0, size),
    /** PROOF(m, D[n]); empty for m = 0, which the standard leaves out */
    consistency: (m: number, d: List, size: number) =>
      m === 0 ? [] : subproof(m, d, true, 0, size),
  };
};

/** The largest power of two smaller than n. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));
