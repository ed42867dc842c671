/**
 * @module tlog-proof — that one entry lies in a log, in a file of its own that needs nothing but the
 * verifier's keys (https://c2sp.org/tlog-proof).
 *
 *     c2sp.org/tlog-proof@v1
 *     index 73894                          place of the entry, from 0
 *     <base64 of a hash>                   the inclusion proof, from the leaf upwards, one a line
 *     …
 *                                          an empty line
 *     <the signed checkpoint>
 */
import type { TrustedCheckpoint } from "./checkpoint.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { hashFromBase64, toBase64, treeHashOf } from "./hash.ts";
import { showsInclusion } from "./inclusion.ts";
import type { Policy } from "./policy.ts";
import { unproven } from "./refusal.ts";

/** A proof taken apart; nothing in it has been verified. */
export type TlogProof = Readonly<{
  index: number;
  hashes: readonly Uint8Array[];
  /** The signed note of the checkpoint. */
  checkpoint: string;
}>;

const firstLine = "c2sp.org/tlog-proof@v1";
/** A tree of 2^63 leaves needs no more. */
export const proofHashesMax = 63;

export const writeTlogProof = ({ index, hashes, checkpoint }: TlogProof): string =>
  [firstLine, `index ${index}`, ...hashes.map(toBase64), "", checkpoint].join("\n");

/** @throws EngineError `UNPROVEN` when the text is no such proof */
export const readTlogProof = (text: string): TlogProof => {
  const end = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split("\n");
  // extra data is nobody's word and is passed over
  if (lines[0]?.startsWith("extra ") === true) lines.shift();
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(lines[0] ?? "") ?? [];
  const hashes = lines.slice(1).map(hashFromBase64);
  const isWhole = hashes.length <= proofHashesMax && !hashes.includes(undefined);
  if (end < 0 || first !== firstLine || index === undefined || !isWhole) {
    throw unproven({ zh: "内容不是存证证明的格式", en: "it does not have the form of a proof" });
  }
  return {
    index: Number(index),
    hashes: hashes as readonly Uint8Array[],
    checkpoint: text.slice(end + 2),
  };
};

/**
 * Checks a proof of an entry, given its exact bytes.
 * @throws EngineError `UNPROVEN` saying what fails
 */
export const openTlogProof = (
  text: string,
  entry: string | Uint8Array,
  policy: Policy,
): TrustedCheckpoint & Readonly<{ index: number }> => {
  const { index, hashes, checkpoint: note } = readTlogProof(text);
  const checkpoint = openCheckpoint(note, policy);
  const { origin, size, root } = checkpoint;
  const tree = treeHashOf(origin);
  if (!showsInclusion({ leaf: tree.leaf(entry), index, size, root }, hashes, tree)) {
    throw unproven({
      zh: "按证明算不出检查点的根哈希：内容、位置或者证明被改动",
      en: "the proof does not lead to the checkpoint's root: the entry, its place or the proof was changed",
    });
  }
  return { ...checkpoint, index };
};
