/**
 * @module byte-order — the order in which a database compares text: by UTF-8 bytes, which is by code
 * points. JavaScript's own `<` compares UTF-16 units and puts rare characters before some common ones.
 */

/** Negative, zero or positive as `one` comes before, is, or comes after `other`. */
export const compareBytes = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));
